"""How long a project keeps what: four numbers and a day."""

from __future__ import annotations

from datetime import date

from wtforms import DateField, StringField

from interviews.retention import Terms
from webapp.forms.base import Form, tidy
from webapp.messages import sentence

NUMBERS = ("audio_days", "raw_days", "contact_days", "text_years")


class TermsForm(Form):
    """Numbers are read as they were typed: a word in their place gets a sentence and no error page."""

    audio_days = StringField(filters=[tidy])
    raw_days = StringField(filters=[tidy])
    contact_days = StringField(filters=[tidy])
    text_years = StringField(filters=[tidy])
    published_on = DateField(validators=[])

    @classmethod
    def of(cls, terms: Terms) -> TermsForm:
        """Return the form as it stands before anybody types."""
        told = {name: str(getattr(terms, name)) for name in NUMBERS}
        return cls(formdata=None, data={**told, "published_on": terms.published_on})

    def terms(self) -> Terms | None:
        """Return what was typed; None when something is not right, which is then beside its field."""
        numbers = {name: self._number(name) for name in NUMBERS}
        typed = (self.published_on.raw_data or [""])[0]
        day: date | None = self.published_on.data
        if typed and day is None:
            self.published_on.errors = [sentence("retention.day")]
        if self.problems():
            return None
        return Terms(**{name: number for name, number in numbers.items() if number is not None}, published_on=day)

    def _number(self, name: str) -> int | None:
        typed = self[name].data or ""
        if typed.isascii() and typed.isdigit() and len(typed) < 6:
            return int(typed)
        self[name].errors = [sentence("retention.no_number")]
        return None
