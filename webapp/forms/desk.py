"""What people choose at the desk: with a form that needs no script, or as JSON from the script."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import StopValidation

from coding.models.segment import Origin
from coding.models.suggestion import Answer
from interviews.errors import Invalid
from webapp.forms.base import Form, tidy

ANSWERS = {"fits": Answer.YES, "not": Answer.NO, "later": Answer.LATER}
"""The answers to a suggestion as pages call them."""
_MOST = 10_000_000
_MOST_DIGITS = 8


class PlaceForm(Form):
    """Lines, and if wanted some words in them."""

    first = StringField(filters=[tidy])
    last = StringField(filters=[tidy])
    words = StringField(filters=[tidy])
    revision = HiddenField()

    def validate_first(self, field: StringField) -> None:
        """Raise when it is no line number."""
        if not _is_number(field.data):
            raise StopValidation(_("Typ het nummer van de eerste regel."))

    def validate_last(self, field: StringField) -> None:
        """Raise when it is no line number."""
        if not _is_number(field.data):
            raise StopValidation(_("Typ het nummer van de laatste regel."))

    def place(self) -> tuple[int, int, str]:
        """Return first line, last line and words of a form that is right."""
        return int(self.first.data), int(self.last.data), self.words.data or ""


class ChooseForm(PlaceForm):
    """Lines, if wanted some words in them, and a theme."""

    theme = SelectField(validate_choice=False)

    def validate_theme(self, field: SelectField) -> None:
        """Raise when no theme is chosen."""
        if as_id(field.data) is None:
            raise StopValidation(_("Kies een thema uit de lijst."))


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage and a theme. `quote` is what the page showed there, None when it did not say."""

    revision_id: uuid.UUID
    theme_id: uuid.UUID
    start: int
    end: int
    origin: Origin = Origin.SELF
    quote: str | None = None


def passage_from(sent: Any) -> Passage:
    """Read a passage out of what a script or an address says. Raises Invalid("segment.outside") for anything else."""
    if not hasattr(sent, "get"):
        raise Invalid("segment.outside")
    revision_id, theme_id = as_id(sent.get("revision")), as_id(sent.get("theme"))
    start, end, quote = _place(sent.get("start")), _place(sent.get("end")), sent.get("quote")
    if revision_id is None or theme_id is None or start is None or end is None:
        raise Invalid("segment.outside")
    return Passage(
        revision_id,
        theme_id,
        start,
        end,
        Origin.ACCEPTED if sent.get("origin") == Origin.ACCEPTED.value else Origin.SELF,
        quote if isinstance(quote, str) else None,
    )


def answer_from(sent: Any) -> tuple[uuid.UUID, Answer]:
    """Read which suggestion is answered, and how. Raises Invalid("segment.outside") for anything else."""
    suggestion_id = as_id(sent.get("suggestion")) if hasattr(sent, "get") else None
    answer = ANSWERS.get(str(sent.get("answer"))) if hasattr(sent, "get") else None
    if suggestion_id is None or answer is None:
        raise Invalid("segment.outside")
    return suggestion_id, answer


def as_id(value: object) -> uuid.UUID | None:
    """Return the id that `value` writes, None when it writes none."""
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return None


def _is_number(word: str | None) -> bool:
    return word is not None and word.isdecimal() and len(word) <= _MOST_DIGITS


def _place(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        found = int(value)
    except ValueError:
        return None
    return found if 0 <= found <= _MOST else None
