"""Who gets the key of the contacts, whether names are kept, and the groups of the recovery sheet."""

from __future__ import annotations

import uuid

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Length

from webapp.forms.base import Form, tidy


class HolderForm(Form):
    """The person who gets the key."""

    person = SelectField(validate_choice=False)

    @property
    def person_id(self) -> uuid.UUID | None:
        """Whom it is about; None when nobody was chosen."""
        try:
            return uuid.UUID(self.person.data or "")
        except ValueError:
            return None


class NamelessForm(Form):
    """Whether the project keeps no names at all."""

    nameless = BooleanField()


class EndForm(Form):
    """That one knows that nobody can undo it."""

    sure = BooleanField()


class SheetForm(Form):
    """What stands in the groups that were asked, at most three."""

    first = StringField(filters=[tidy], validators=[Length(max=40)])
    second = StringField(filters=[tidy], validators=[Length(max=40)])
    third = StringField(filters=[tidy], validators=[Length(max=40)])

    @property
    def groups(self) -> list[str]:
        """What was typed, in order."""
        return [self[name].data or "" for name in NAMES]


NAMES = ("first", "second", "third")
"""The boxes for the groups, in order."""
