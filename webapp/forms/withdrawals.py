"""Stopping: what somebody wants, how it was asked, and until when everything can be erased."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from flask_babel import gettext as _
from wtforms import BooleanField, DateField, RadioField, SelectMultipleField, StringField
from wtforms.validators import Optional, StopValidation

from interviews.models.project import AfterExport
from interviews.models.withdrawal import Asked
from interviews.scopes import Scope
from webapp.forms.base import Form, tidy
from webapp.messages import sentence

WHOLE, LESS = "whole", "less"


def reach_words() -> list[tuple[str, str, str]]:
    """Return how far somebody may want to go back, with what that means."""
    return [
        (WHOLE, _("Helemaal stoppen"), _("Alles van dit gesprek gaat weg: opname, tekst en thema's.")),
        (LESS, _("Minder delen"), _("Het gesprek blijft. Kies hieronder wat er niet meer mag.")),
    ]


def asked_words() -> dict[Asked, str]:
    """Return how somebody may have asked it, in the order of the page."""
    return {
        Asked.IN_PERSON: _("Zelf gezegd, waar ik bij was"),
        Asked.PHONE: _("Gebeld"),
        Asked.MESSAGE: _("Brief, mail of app"),
        Asked.LINK: _("Zelf gedaan, met de eigen link"),
        Asked.OTHER: _("Anders"),
    }


def after_words() -> list[tuple[str, str, str]]:
    """Return what happens after the last day, with what that means."""
    return [
        (AfterExport.ERASE.value, _("Nog steeds alles wissen"), _("Verslagen die al gegeven zijn, vragen we terug.")),
        (AfterExport.KEEP.value, _("Niet meer gebruiken, wel bewaren"), _("Niemand leest het nog. De opname gaat wel weg.")),
    ]  # fmt: skip


class StopForm(Form):
    """What somebody wants, and how it was asked."""

    reach = RadioField(validate_choice=False)
    uses = SelectMultipleField(validate_choice=False)
    """Values `<person>:<scope>`."""
    asked = RadioField(validate_choice=False)

    def validate_reach(self, field: RadioField) -> None:
        """Raise when nobody said how far."""
        if field.data not in (WHOLE, LESS):
            raise StopValidation(sentence("withdrawal.reach"))

    def validate_asked(self, field: RadioField) -> None:
        """Raise when nobody said how it was asked."""
        if field.data not in {one.value for one in Asked if one is not Asked.LINK}:
            raise StopValidation(sentence("withdrawal.asked"))

    def taken_back(self, people: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Scope]]:
        """Return per person which uses were ticked; anything else that was sent is left out."""
        known = {str(person): person for person in people}
        scopes = {scope.value: scope for scope in Scope}
        found: dict[uuid.UUID, list[Scope]] = {}
        for value in self.uses.data or []:
            person, _colon, scope = value.partition(":")
            if person in known and scope in scopes:
                found.setdefault(known[person], []).append(scopes[scope])
        return found


class SureForm(Form):
    """Whether somebody is sure, asked a second time."""

    sure = BooleanField()
    asked = StringField()

    def validate_sure(self, field: BooleanField) -> None:
        """Raise when the tick is missing."""
        if not field.data:
            raise StopValidation(sentence("withdrawal.sure"))

    def how(self) -> Asked:
        """Return how it was asked, as the page before said."""
        return Asked(self.asked.data) if self.asked.data in {one.value for one in Asked} else Asked.OTHER


class AgreementForm(Form):
    """Until which day everything is erased, and what happens after it."""

    erase_until = DateField(validators=[Optional()])
    after_export = RadioField(validate_choice=False)

    def validate_erase_until(self, field: DateField) -> None:
        """Say it in our own words when it is no day."""
        if field.process_errors:
            raise StopValidation(sentence("withdrawal.date"))

    def validate_after_export(self, field: RadioField) -> None:
        """Raise when nobody said what happens."""
        if field.data not in {one.value for one in AfterExport}:
            raise StopValidation(sentence("withdrawal.after"))


class HolderForm(Form):
    """Who got a report."""

    holder = StringField(filters=[tidy])
