"""How to reach somebody, and why one opens that."""

from __future__ import annotations

import uuid

from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField

from interviews.contacts import MOST, Details, Reason
from webapp.forms.base import Form, tidy
from webapp.messages import sentence


class ContactForm(Form):
    """What is known of one interviewee. It is never filled in with what is kept: nobody reads that back here."""

    person = HiddenField()
    name = StringField(filters=[tidy])
    phone = StringField(filters=[tidy])
    email = StringField(filters=[tidy])
    address = TextAreaField()
    language = StringField(filters=[tidy])
    reach = TextAreaField()
    message_is_safe = BooleanField()

    @property
    def person_id(self) -> uuid.UUID | None:
        """Whom it is about; None when that is no id."""
        try:
            return uuid.UUID(self.person.data or "")
        except ValueError:
            return None

    @property
    def details(self) -> Details:
        """What was typed."""
        return Details(
            **{name: self[name].data or "" for name in MOST}, message_is_safe=bool(self.message_is_safe.data)
        )


class ReasonForm(Form):
    """Why somebody opens a contact."""

    reason = RadioField(validate_choice=False)

    @property
    def chosen(self) -> Reason | None:
        """The reason; None when none of the list was chosen."""
        return next((reason for reason in Reason if reason.value == self.reason.data), None)


def reason_options() -> list[tuple[str, str]]:
    """Return why somebody can open a contact."""
    return [(reason.value, sentence(f"contact.reason.{reason.value}")) for reason in Reason]
