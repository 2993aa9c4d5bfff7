"""Time that was spent, and the days on which an interviewer was trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import DateField, SelectField
from wtforms.validators import StopValidation

from interviews.models.aftercare import HoursKind, TrainingItem
from webapp.forms.base import Form
from webapp.moments import today

SPANS = (15, 30, 45, *range(60, 241, 15), *range(270, 481, 30))
"""The times to choose from, in minutes: short ones finer than long ones."""


def is_span(text: str) -> bool:
    """Tell whether `text` is one of the times to choose from."""
    return text in {str(minutes) for minutes in SPANS}


def span_words(minutes: int) -> str:
    """Return a time as people say it: "1 uur en 30 minuten"."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(num)s uur", "%(num)s uur", hours))
    if rest:
        parts.append(ngettext("%(num)s minuut", "%(num)s minuten", rest))
    return str(_("%(hours)s en %(minutes)s", hours=parts[0], minutes=parts[1])) if len(parts) == 2 else str(parts[0])


def span_options() -> list[tuple[str, str]]:
    """Return the times to choose from, with nothing first."""
    return [("", _("Kies een tijd")), *((str(minutes), span_words(minutes)) for minutes in SPANS)]


def kind_options() -> list[tuple[str, str]]:
    """Return what time can be spent on."""
    return [(kind.value, kind_word(kind)) for kind in HoursKind]


def kind_word(kind: HoursKind) -> str:
    """Return what time was spent on."""
    words: dict[HoursKind, str] = {
        HoursKind.TALK: _("Een gesprek"),
        HoursKind.TYPING: _("Uittypen"),
        HoursKind.MEETING: _("Overleg of training"),
        HoursKind.TRAVEL: _("Reizen"),
        HoursKind.OTHER: _("Iets anders"),
    }
    return words[kind]


def item_word(item: TrainingItem) -> str:
    """Return what an item of the training list is called."""
    words: dict[TrainingItem, str] = {
        TrainingItem.INTERVIEW_TRAINING: _("Training in gesprekken voeren"),
        TrainingItem.PRACTICE_TALK: _("Oefengesprek"),
        TrainingItem.CONSENT_PRACTICE: _("Oefenen met toestemming vragen"),
        TrainingItem.SAFETY: _("Wat doe je bij zorgen of gevaar?"),
        TrainingItem.CONFIDENTIALITY: _("Afspraak getekend: wat je hoort, vertel je niet door"),
    }
    return words[item]


class HoursForm(Form):
    """What the time went to, how long, and when."""

    kind = SelectField(validate_choice=False)
    minutes = SelectField(validate_choice=False)
    on = DateField(default=today)

    def validate_kind(self, field: SelectField) -> None:
        """Raise for what is not in the list."""
        if field.data not in {kind.value for kind in HoursKind}:
            raise StopValidation(_("Kies waar je tijd naartoe ging."))

    def validate_minutes(self, field: SelectField) -> None:
        """Raise for a time that is not in the list."""
        if not is_span(field.data or ""):
            raise StopValidation(_("Kies een tijd uit de lijst."))

    def validate_on(self, field: DateField) -> None:
        """Raise for what is no day, or a day that is still to come."""
        if field.process_errors or field.data is None:
            field.errors = []
            raise StopValidation(_("Kies eerst een dag. Dan kun je verder."))
        if not date(2000, 1, 1) <= field.data <= today():
            raise StopValidation(_("Kies een dag die al is geweest, of vandaag."))


@dataclass(slots=True)
class TrainingForm:
    """A day per item of the training list; empty for what is still to do."""

    days: dict[TrainingItem, date | None] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, form: Mapping[str, str]) -> TrainingForm:
        """Read the days that were filled in; say of each that is none what to do."""
        made = cls(typed={item.value: form.get(item.value, "").strip() for item in TrainingItem})
        for item in TrainingItem:
            text = made.typed[item.value]
            try:
                made.days[item] = date.fromisoformat(text) if text else None
            except ValueError:
                made.errors[item.value] = _("Deze datum kan ik niet lezen. Kies een dag, of laat het vak leeg.")
        return made

    def problems(self) -> list[tuple[str, str]]:
        """Return (id of the field, sentence) for each day that is none."""
        return list(self.errors.items())
