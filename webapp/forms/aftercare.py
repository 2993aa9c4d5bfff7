"""How an interview was, what must go, and whether somebody worries. Every question may be passed by."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from wtforms import DateField, RadioField, SelectField, TextAreaField
from wtforms.validators import Optional, StopValidation

from interviews.text import clean
from webapp.forms.base import Form
from webapp.forms.training import is_span
from webapp.moments import today


def _tidy(text: str | None) -> str | None:
    return None if text is None else clean(text).strip()


class DebriefForm(Form):
    """The four questions, the day of the talk while that is not known, and the time it took."""

    held_on = DateField(validators=[Optional()])
    feeling = TextAreaField(filters=[_tidy])
    struck = TextAreaField(filters=[_tidy])
    remove = TextAreaField(filters=[_tidy])
    worry = RadioField(validate_choice=False)
    worry_note = TextAreaField(filters=[_tidy])
    minutes = SelectField(validate_choice=False)

    @property
    def worries(self) -> bool:
        """Tell whether the person worries: said so, or wrote about whom."""
        return bool(self.worry.data == "yes" or self.worry_note.data)

    @property
    def day(self) -> date:
        """The day of the talk; today when nobody said."""
        return self.held_on.data or today()

    def validate_held_on(self, field: DateField) -> None:
        """Raise for what is no day, or a day that is still to come."""
        if field.process_errors:
            field.errors = []
            raise StopValidation(_("Deze datum kan ik niet lezen. Kies een dag, of laat het vak leeg."))
        if field.data is not None and not date(2000, 1, 1) <= field.data <= today():
            raise StopValidation(_("Kies een dag die al is geweest, of vandaag."))

    def validate_worry(self, field: RadioField) -> None:
        """Raise for neither yes nor no; nothing at all is fine."""
        if field.data not in (None, "", "yes", "no"):
            raise StopValidation(_("Kies ja of nee."))

    def validate_minutes(self, field: SelectField) -> None:
        """Raise for a time that is not in the list."""
        if field.data and not is_span(field.data):
            raise StopValidation(_("Kies een tijd uit de lijst."))


class WorryForm(Form):
    """What one worries about; the words are optional."""

    note = TextAreaField(filters=[_tidy])


class DoneForm(Form):
    """What was done with a worry."""

    done = TextAreaField(filters=[_tidy])
