"""What is asked about consent, in plain forms and from the phone, and the answers as they come in."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from interviews.clock import now
from interviews.consents import asked_of
from interviews.errors import Invalid
from interviews.models import Interviewee
from interviews.models.interview import Address, How, Part, Representative, TeachBack
from interviews.scopes import Scope
from webapp.consenttext import consent_text

HOW = (How.SPOKEN, How.SIGNED, How.CROSS)
"""How a choice can be given at the table; the way of a file is not offered."""
_TEACH_BACKS = (TeachBack.RIGHT, TeachBack.EXPLAINED_AGAIN)


@dataclass(frozen=True, slots=True)
class Said:
    """What came out of one talk, as `consents.talk` takes it."""

    id: uuid.UUID
    person: uuid.UUID
    choices: dict[Scope, bool]
    how: How
    teach_back: TeachBack
    signature: str | None
    by_representative: bool
    agrees: bool | None
    at: datetime
    text_version: str


def said_in(body: object) -> Said:
    """Return the talk that a phone sent. Raises Invalid("consent.unreadable") for anything of another shape."""
    if not isinstance(body, dict):
        raise Invalid("consent.unreadable")
    try:
        choices = {Scope(name): _yes_or_no(value) for name, value in _mapping(body["choices"]).items()}
        return Said(
            id=uuid.UUID(_text(body["id"])),
            person=uuid.UUID(_text(body["person"])),
            choices=choices,
            how=How(_text(body["how"])),
            teach_back=TeachBack(_text(body.get("teach_back") or TeachBack.NOT_ASKED.value)),
            signature=None if body.get("signature") is None else _text(body["signature"]),
            by_representative=_yes_or_no(body.get("by_representative") or False),
            agrees=None if body.get("agrees") is None else _yes_or_no(body["agrees"]),
            at=_moment(body.get("at")),
            text_version=_text(body["text_version"]),
        )
    except (KeyError, ValueError, TypeError, OverflowError) as error:
        raise Invalid("consent.unreadable") from error


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(type(value).__name__)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(type(value).__name__)
    return value


def _moment(value: object) -> datetime:
    """Return the moment a phone wrote down; a phone that wrote none says it now."""
    if value is None:
        return now()
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC)


@dataclass(slots=True)
class ConsentForm:
    """A yes or no per use, and how it was given. Nothing is chosen beforehand except what is on file."""

    part: Part = Part.TELLER
    represented_by: Representative | None = None
    address: Address = Address.U
    choices: dict[Scope, bool] = field(default_factory=dict)
    how: How | None = None
    teach_back: TeachBack = TeachBack.NOT_ASKED
    agrees: bool | None = None
    talk_id: uuid.UUID = field(default_factory=uuid.uuid4)
    """Made when the form is shown, so that sending it twice writes it once."""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, person: Interviewee, part: Part, address: Address) -> ConsentForm:
        """Return the form as it is shown first: with what is on file."""
        known = {scope: choice.given for scope, choice in person.current_choices().items()}
        return cls(part, person.represented_by, address, known)

    @classmethod
    def read(cls, form: Mapping[str, str], person: Interviewee, part: Part, address: Address) -> ConsentForm:
        """Read what was chosen. Other values than yes and no count as not answered."""
        made = cls(part, person.represented_by, address)
        made.choices = {
            scope: form[scope.value] == "yes" for scope in asked_of(part) if form.get(scope.value) in ("yes", "no")
        }
        made.how = next((way for way in HOW if form.get("how") == way.value), None)
        made.teach_back = next(
            (one for one in _TEACH_BACKS if form.get("teach_back") == one.value), TeachBack.NOT_ASKED
        )
        made.agrees = {"yes": True, "no": False}.get(form.get("agrees", ""))
        # Without one it is a new talk.
        with suppress(ValueError):
            made.talk_id = uuid.UUID(form.get("talk", ""))
        return made

    @property
    def takes_part(self) -> bool:
        """Whether there is anything to ask after the first question: who does not take part is left alone."""
        return self.choices.get(Scope.USE_RESEARCH) is not False

    def validate(self) -> bool:
        """Say what is missing; tell whether nothing is."""
        if self.takes_part:
            for scope in asked_of(self.part):
                if scope not in self.choices:
                    self.errors[scope.value] = _("Kies ja of nee. Vraag het nog even.")
            if self.represented_by is not None and self.agrees is None:
                self.errors["agrees"] = _("Vraag het ook aan de persoon zelf.")
        if self.how is None:
            self.errors["how"] = _("Kies hoe de ander het heeft gezegd.")
        return not self.errors

    @property
    def summary(self) -> str | None:
        """How many choices are still open, in one sentence; None when none is."""
        open_ones = sum(name in {scope.value for scope in Scope} for name in self.errors)
        if not open_ones:
            return None
        return str(
            ngettext(
                "Bij 1 keuze staat nog geen ja of nee. Vraag die nog even. Daarna kun je beginnen.",
                "Bij %(num)s keuzes staat nog geen ja of nee. Vraag die nog even. Daarna kun je beginnen.",
                open_ones,
            )
        )

    def problems(self) -> list[tuple[str, str]]:
        """Return (id of the field, sentence) for each thing that is missing, in the order of the page."""
        labels = {entry.scope.value: entry.label for entry in consent_text(self.address, self.part).scopes}
        return [(name, f"{labels[name]} {text}" if name in labels else text) for name, text in self.errors.items()]

    def value(self, scope: Scope) -> str | None:
        """Return "yes", "no" or None for one use."""
        return None if scope not in self.choices else "yes" if self.choices[scope] else "no"


def how_word(how: How) -> str:
    """Return how a choice was given."""
    words: dict[How, str] = {
        How.SPOKEN: _("gezegd"),
        How.SIGNED: _("handtekening gezet"),
        How.CROSS: _("kruisje gezet"),
        How.IMPORTED: _("overgenomen uit een bestand"),
    }
    return words[how]


def how_options(ways: Iterable[How] = HOW) -> list[tuple[str, str]]:
    """Return the ways to choose from."""
    texts = {
        How.SPOKEN: _("De ander zei het hardop"),
        How.SIGNED: _("De ander zette een handtekening"),
        How.CROSS: _("De ander zette een kruisje"),
    }
    return [(way.value, texts[way]) for way in ways]


def teach_back_options() -> list[tuple[str, str]]:
    """Return what can come out of the question that checks whether it was understood."""
    return [
        (TeachBack.RIGHT.value, _("Klopt")),
        (TeachBack.EXPLAINED_AGAIN.value, _("Nog eens uitgelegd")),
    ]


def representative_word(who: Representative) -> str:
    """Return who decides with somebody."""
    words: dict[Representative, str] = {
        Representative.PARENT: _("ouder"),
        Representative.GUARDIAN: _("voogd"),
        Representative.CURATOR: _("curator"),
        Representative.OTHER: _("vertegenwoordiger"),
    }
    return words[who]
