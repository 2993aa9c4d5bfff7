"""What somebody looks for in the log, and what a data leak is about: read from the address of the page."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from interviews.audit import Asked
from interviews.breaches import Reach
from webapp.messages import sentence
from webapp.moments import HERE, moment_of

KINDS: dict[str, tuple[str, ...]] = {
    "read": ("raw.re", "read.", "recording.play", "attachment.see", "debrief.read", "safety.read", "contact.open"),
    "text": ("raw.edit", "names.", "segment", "theme.", "memo."),
    "consent": ("consent.",),
    "interview": ("interview.", "check.", "guide.", "pass.", "contact."),
    "gone": (
        "removal.", "redaction.", "recording.erase", "withdrawal.", "retention.", "interview.erased", "keys.end",
        "audit.",
    ),
    "people": (
        "people.", "invitation.", "training.", "device.", "session.", "card.", "passphrase.", "keys.", "recovery.",
        "project.",
    ),
    "out": ("report.", "backup.", "access."),
}  # fmt: skip
"""Kinds of lines to choose from, each with how its actions begin."""


def kind_options() -> list[tuple[str, str]]:
    """Return the kinds to choose from."""
    return [
        ("", _("Alles")),
        ("read", _("Lezen en luisteren")),
        ("text", _("Tekst en namen")),
        ("consent", _("Toestemming")),
        ("interview", _("Gesprekken en vragenlijst")),
        ("gone", _("Wissen en weglaten")),
        ("people", _("Mensen en apparaten")),
        ("out", _("Verslagen en kopieën")),
    ]


@dataclass(slots=True)
class LogForm:
    """Who, about which interview, what kind, and from which day to which. Everything may be left open."""

    typed: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    asked: Asked = field(default_factory=Asked)
    page: int = 1

    @classmethod
    def read(cls, args: Mapping[str, str]) -> LogForm:
        """Read what was chosen; say of each that is not understood what to do."""
        made = cls({name: args.get(name, "").strip() for name in ("wie", "gesprek", "soort", "van", "tot")})
        start, end = made._day("van"), made._day("tot")
        if made.typed["soort"] and made.typed["soort"] not in KINDS:
            made.errors["soort"] = sentence("breach.filter")
        if start and end and start > end:
            made.errors["tot"] = _("Het eind is eerder dan het begin. Kies een latere dag.")
        made.asked = Asked(
            person_id=made._id("wie"),
            interview_id=made._id("gesprek"),
            actions=KINDS.get(made.typed["soort"], ()),
            start=None if start is None else moment_of(start, None),
            end=None if end is None else moment_of(end + timedelta(days=1), None),
        )
        number = args.get("pagina", "1")
        made.page = max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 8 else 1
        return made

    @property
    def filters(self) -> bool:
        """Tell whether anything was chosen."""
        return any(self.typed.values())

    def problems(self) -> list[tuple[str, str]]:
        """Return (id of the field, sentence) for each that was not understood."""
        return list(self.errors.items())

    def _id(self, name: str) -> uuid.UUID | None:
        found = _uuid(self.typed[name])
        if found is None and self.typed[name]:
            self.errors[name] = sentence("breach.filter")
        return found

    def _day(self, name: str) -> date | None:
        if not self.typed[name]:
            return None
        try:
            day = date.fromisoformat(self.typed[name])
        except ValueError:
            day = None
        if day is None or not 2000 <= day.year <= 2200:
            self.errors[name] = _("Deze datum kan ik niet lezen. Kies een dag, of laat het vak leeg.")
            return None
        return day


@dataclass(slots=True)
class BreachForm:
    """From when to when, and whether it is about everything, somebody, a device or an interview."""

    typed: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    reach: Reach | None = None

    @classmethod
    def read(cls, args: Mapping[str, str]) -> BreachForm:
        """Read what was chosen; `reach` is None when nothing was yet, or not everything was understood."""
        made = cls({name: args.get(name, "").strip() for name in ("van", "tot", "over")})
        if not any(made.typed.values()):
            return made
        start, end = made._moment("van"), made._moment("tot")
        if start is not None and end is not None and start >= end:
            made.errors["tot"] = sentence("breach.period")
        kind, _colon, rest = made.typed["over"].partition(":")
        chosen = _uuid(rest)
        if made.typed["over"] and (kind not in {"p", "a", "g"} or chosen is None):
            made.errors["over"] = sentence("breach.filter")
        if not made.errors and start is not None and end is not None:
            made.reach = Reach(
                start,
                end,
                person_id=chosen if kind == "p" else None,
                device_id=chosen if kind == "a" else None,
                interview_id=chosen if kind == "g" else None,
            )
        return made

    def problems(self) -> list[tuple[str, str]]:
        """Return (id of the field, sentence) for each that was not understood."""
        return list(self.errors.items())

    def _moment(self, name: str) -> datetime | None:
        try:
            found = datetime.fromisoformat(self.typed[name])
        except ValueError:
            found = None
        if found is None or found.tzinfo is not None or not 2000 <= found.year <= 2200:
            self.errors[name] = _("Kies een dag en een tijd.")
            return None
        return found.replace(tzinfo=HERE)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
