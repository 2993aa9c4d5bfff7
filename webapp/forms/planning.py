"""What is agreed before an interview, and a note for who takes it over."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import BooleanField, DateField, RadioField, SelectField, TextAreaField, TimeField
from wtforms.validators import Optional, StopValidation

from interviews.interviews import MAX_INTERVIEWEES, Appointment
from interviews.models import Interview, Project
from interviews.models.interview import (
    Address,
    Channel,
    InterviewKind,
    Perspective,
    PlaceType,
    Representative,
    Status,
)
from interviews.text import clean, one_line
from webapp.forms.base import Form
from webapp.moments import moment_of, parts_of, today

MAX_PSEUDONYM = 60
MOST_COMPANIONS = 4
LAST_YEAR = 2037
"""Until then every library agrees on when summer time is."""


class PlanForm(Form):
    """With whom, where and when. Only with whom must be filled in."""

    perspective = RadioField(validate_choice=False)
    municipality = SelectField(validate_choice=False)
    day = DateField(validators=[Optional()])
    time = TimeField(validators=[Optional()])
    place_type = SelectField(validate_choice=False)
    channel = SelectField(validate_choice=False)
    address = RadioField(default=Address.U.value, validate_choice=False)

    def for_project(self, project: Project) -> PlanForm:
        """Offer the municipalities of `project`; return the form."""
        self.municipality.choices = [(str(place.id), place.name) for place in project.municipalities]
        return self

    @property
    def municipality_id(self) -> uuid.UUID | None:
        """The municipality that was chosen."""
        return uuid.UUID(self.municipality.data) if self.municipality.data else None

    @property
    def appointment(self) -> Appointment:
        """What was agreed."""
        return Appointment(
            planned_for=None if self.day.data is None else moment_of(self.day.data, self.time.data),
            channel=Channel(self.channel.data) if self.channel.data else None,
            place_type=PlaceType(self.place_type.data) if self.place_type.data else None,
            address=Address(self.address.data),
        )

    def validate_perspective(self, field: RadioField) -> None:
        """Raise when nobody said from which side of the table the story is told."""
        if field.data not in {perspective.value for perspective in Perspective}:
            raise StopValidation(_("Kies eerst met wie je praat. Dan kun je verder."))

    def validate_day(self, field: DateField) -> None:
        """Raise for what is no day. No day at all is fine."""
        if field.process_errors:
            # The library's own sentence is in English.
            field.errors = []
            raise StopValidation(_("Deze datum kan ik niet lezen. Kies een dag, of laat het vak leeg."))
        if field.data is not None and not 2000 <= field.data.year <= LAST_YEAR:
            raise StopValidation(_("Deze datum kan ik niet lezen. Kies een dag, of laat het vak leeg."))

    def validate_time(self, field: TimeField) -> None:
        """Raise for what is no time, and for a time without a day."""
        if field.process_errors:
            field.errors = []
            raise StopValidation(_("Deze tijd kan ik niet lezen. Typ bijvoorbeeld 14:00, of laat het vak leeg."))
        if field.data is not None and not "".join(self.day.raw_data or []).strip():
            raise StopValidation(_("Kies bij de tijd ook een dag. Of laat allebei leeg."))

    def validate_municipality(self, field: SelectField) -> None:
        """Raise for a municipality that is not in this project."""
        if field.data and field.data not in {value for value, _name in field.choices or []}:
            raise StopValidation(_("Kies een gemeente uit de lijst."))

    def validate_place_type(self, field: SelectField) -> None:
        """Raise for a place that is not in the list."""
        _require_one_of(PlaceType, field)

    def validate_channel(self, field: SelectField) -> None:
        """Raise for a way that is not in the list."""
        _require_one_of(Channel, field)

    def validate_address(self, field: RadioField) -> None:
        """Raise for neither je nor u."""
        if not field.data:
            field.data = Address.U.value
        _require_one_of(Address, field)

    def typed(self, name: str) -> str:
        """Return what stands in the box `name`: as it was typed, also when it is no day or time."""
        field = self[name]
        if field.raw_data:
            return str(field.raw_data[0])
        value = field.data
        if value is None:
            return ""
        return value.isoformat() if isinstance(value, date) else f"{value:%H:%M}"


def _require_one_of(kind: Any, field: SelectField) -> None:
    if field.data and field.data not in {one.value for one in kind}:
        raise StopValidation(_("Kies iets uit de lijst."))


class NewInterviewForm(PlanForm):
    """A new interview: how many people, and how each wants to be called."""

    people = SelectField(default="1", validate_choice=False)
    pseudonyms = TextAreaField()
    companions = SelectField(default="0", validate_choice=False)
    represented_by = SelectField(validate_choice=False)

    @property
    def count(self) -> int:
        """How many people tell their story."""
        return int(self.people.data)

    @property
    def kind(self) -> InterviewKind:
        """With one person, or with several at once."""
        return InterviewKind.INDIVIDUAL if self.count == 1 else InterviewKind.GROUP

    @property
    def names(self) -> list[str]:
        """The other names that were chosen, one per line; of a very long one the beginning."""
        return [name for line in (self.pseudonyms.data or "").splitlines() if (name := one_line(line)[:MAX_PSEUDONYM])]

    @property
    def appointment(self) -> Appointment:
        """What was agreed. A talk with several people has nobody who decides for all of them."""
        agreed = super().appointment
        who = self.represented_by.data if self.count == 1 else None
        return Appointment(
            planned_for=agreed.planned_for,
            channel=agreed.channel,
            place_type=agreed.place_type,
            address=agreed.address,
            companions=int(self.companions.data or 0),
            represented_by=Representative(who) if who else None,
        )

    @property
    def held_on(self) -> date | None:
        """The day, when it is past: then the talk has been held."""
        return self.day.data if self.day.data is not None and self.day.data < today() else None

    def validate_people(self, field: SelectField) -> None:
        """Raise for a number of people that does not fit."""
        field.data = field.data or "1"
        if not (_is_number(field.data) and 1 <= int(field.data) <= MAX_INTERVIEWEES):
            raise StopValidation(
                _("In een groep zitten 2 tot %(maximum)s mensen. Kies een getal.", maximum=MAX_INTERVIEWEES)
            )

    def validate_companions(self, field: SelectField) -> None:
        """Raise for a number of companions that does not fit."""
        if field.data and not (_is_number(field.data) and int(field.data) <= MOST_COMPANIONS):
            raise StopValidation(_("Kies iets uit de lijst."))

    def validate_represented_by(self, field: SelectField) -> None:
        """Raise for somebody who is not in the list."""
        _require_one_of(Representative, field)


class ChangePlanForm(PlanForm):
    """What was agreed about an interview, to change it."""

    add_companion = BooleanField()

    @classmethod
    def of(cls, interview: Interview) -> ChangePlanForm:
        """Return the form filled in with what was agreed."""
        day, at = parts_of(interview.planned_for)
        return cls(
            formdata=None,
            data={
                "perspective": interview.perspective.value,
                "municipality": "" if interview.municipality_id is None else str(interview.municipality_id),
                "day": day if interview.status is Status.PLANNED else interview.held_on,
                "time": at,
                "place_type": interview.place_type,
                "channel": interview.channel,
                "address": interview.address.value,
            },
        )


class HandOverForm(Form):
    """Who takes over, and what that person must know."""

    person = RadioField(validate_choice=False)
    note = TextAreaField(filters=[lambda text: None if text is None else clean(text)])


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 4


def channel_options(consulent: str) -> list[tuple[str, str]]:
    """Return how somebody can be found; `consulent` is the project's own word."""
    words: dict[Channel, str] = {
        Channel.OWN_NETWORK: _("Ik kende de ander al"),
        Channel.FLYER: _("Via een flyer of een oproep"),
        Channel.ORGANISATION: _("Via een organisatie"),
        Channel.CONSULENT: _("Via een %(consulent)s", consulent=consulent),
        Channel.OTHER: _("Op een andere manier"),
    }
    return [(channel.value, text) for channel, text in words.items()]


def place_options() -> list[tuple[str, str]]:
    """Return where an interview can be; never the place itself."""
    words: dict[PlaceType, str] = {
        PlaceType.AT_HOME: _("Bij de ander thuis"),
        PlaceType.COMMUNITY_CENTRE: _("In een buurthuis"),
        PlaceType.LIBRARY: _("In de bibliotheek"),
        PlaceType.OUTSIDE: _("Buiten"),
        PlaceType.OFFICE: _("Op een kantoor"),
        PlaceType.PHONE: _("Met de telefoon"),
        PlaceType.VIDEO: _("Met beeldbellen"),
        PlaceType.OTHER: _("Ergens anders"),
    }
    return [(place.value, text) for place, text in words.items()]


def representative_options() -> list[tuple[str, str]]:
    """Return who can decide for somebody who may not decide alone."""
    words: dict[Representative, str] = {
        Representative.PARENT: _("Een ouder"),
        Representative.GUARDIAN: _("Een voogd"),
        Representative.CURATOR: _("Een curator of mentor"),
        Representative.OTHER: _("Iemand anders"),
    }
    return [(who.value, text) for who, text in words.items()]


def address_options() -> list[tuple[str, str]]:
    """Return how the interviewee can be spoken to."""
    return [(Address.U.value, _("u")), (Address.JE.value, _("je"))]


def people_options() -> list[tuple[str, str]]:
    """Return with how many people a talk can be."""
    groups = [
        (str(number), str(_("Met een groep van %(number)s mensen", number=number)))
        for number in range(2, MAX_INTERVIEWEES + 1)
    ]
    return [("1", str(_("Met één persoon"))), *groups]


def companion_options() -> list[tuple[str, str]]:
    """Return how many people can come along."""
    some = [
        (str(number), str(ngettext("Ja, %(num)s persoon", "Ja, %(num)s mensen", number)))
        for number in range(1, MOST_COMPANIONS + 1)
    ]
    return [("0", str(_("Nee, niemand"))), *some]
