"""Interviews, who took part in them, and what each person allowed."""

from __future__ import annotations

import enum
import uuid
from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interviews.columns import Id, Moment, MomentOrNone, Sealed, SealedOrNone, Words, WordsOrNone, to, words
from interviews.db import Base
from interviews.models.person import Person
from interviews.models.project import Municipality, Project
from interviews.scopes import COMPANION_SCOPES, Scope


class Perspective(enum.StrEnum):
    """From which side of the table somebody speaks (mission row 13)."""

    CLIENT = "client"
    CONSULENT = "consulent"
    SOCIAL_WORKER = "social_worker"
    PARENT = "parent"
    MANAGER = "manager"
    OTHER = "other"


class InterviewKind(enum.StrEnum):
    """With one person, or with several at once."""

    INDIVIDUAL = "individual"
    GROUP = "group"


class Status(enum.StrEnum):
    """Where an interview stands; the Dutch words are in `domain.md` 5.3."""

    PLANNED = "planned"
    HELD = "held"
    TYPED = "typed"
    HANDED_IN = "handed_in"
    """Names proposed and handed in; a second person must approve."""
    NAMES_AWAY = "names_away"
    CHECKED = "checked"
    READY = "ready"
    USED = "used"
    STOPPED = "stopped"


class How(enum.StrEnum):
    """How a choice was given."""

    SIGNED = "signed"
    CROSS = "cross"
    SPOKEN = "spoken"
    IMPORTED = "imported"
    """Taken over from a file that says so; a person confirmed it."""


class Channel(enum.StrEnum):
    """How the person was found (process step 5). Through a consulent may feel like pressure, so it is on record."""

    OWN_NETWORK = "own_network"
    FLYER = "flyer"
    ORGANISATION = "organisation"
    CONSULENT = "consulent"
    OTHER = "other"


class PlaceType(enum.StrEnum):
    """Where the interview is held; never the place itself."""

    AT_HOME = "at_home"
    COMMUNITY_CENTRE = "community_centre"
    LIBRARY = "library"
    OUTSIDE = "outside"
    OFFICE = "office"
    PHONE = "phone"
    VIDEO = "video"
    OTHER = "other"


class Address(enum.StrEnum):
    """How the interviewee is spoken to."""

    JE = "je"
    U = "u"


class Part(enum.StrEnum):
    """What somebody does in an interview."""

    TELLER = "teller"
    COMPANION = "companion"
    """Sits in. Has a say over own words, and is not counted."""


class Representative(enum.StrEnum):
    """Who decides for somebody who may not decide alone."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    CURATOR = "curator"
    OTHER = "other"


class TeachBack(enum.StrEnum):
    """Whether the person could say in own words what happens with the story."""

    RIGHT = "right"
    EXPLAINED_AGAIN = "explained_again"
    NOT_ASKED = "not_asked"


class Interviewee(Base):
    """Somebody who tells a story. Known here by a code and a pseudonym only."""

    __tablename__ = "interviewee"
    __table_args__ = (UniqueConstraint("project_id", "code"),)

    id: Mapped[Id]
    project_id: Mapped[uuid.UUID] = mapped_column(to("project.id"))
    code: Mapped[Words]
    """Such as "D-07": never from the name."""
    pseudonym: Mapped[WordsOrNone]
    perspective: Mapped[Perspective] = mapped_column(words(Perspective))
    municipality_id: Mapped[uuid.UUID | None] = mapped_column(to("municipality.id", on_delete="SET NULL"))
    represented_by: Mapped[Representative | None] = mapped_column(words(Representative))
    """Who decides with or for this person, such as a parent of a minor; None for who decides alone."""
    created_at: Mapped[Moment]

    choices: Mapped[list[ConsentChoice]] = relationship(
        order_by="ConsentChoice.at", back_populates="interviewee", cascade="all, delete-orphan", passive_deletes=True
    )

    def current_choices(self) -> dict[Scope, ConsentChoice]:
        """The newest choice per scope; a scope never asked is missing (and counts as no)."""
        return {choice.scope: choice for choice in self.choices}

    def allows(self, scope: Scope) -> bool:
        """Tell whether this person allows this use now. Never asked is no."""
        choice = self.current_choices().get(scope)
        return choice is not None and choice.given


class ConsentTalk(Base):
    """One time that the choices were gone through with a person: who explained, how it was given, and the proof."""

    __tablename__ = "consent_talk"

    id: Mapped[Id]
    """Made on the phone, so that sending it twice writes it once."""
    interviewee_id: Mapped[uuid.UUID] = mapped_column(to("interviewee.id"), index=True)
    interview_id: Mapped[uuid.UUID | None] = mapped_column(to("interview.id", on_delete="SET NULL"))
    how: Mapped[How] = mapped_column(words(How))
    text_version: Mapped[Words]
    teach_back: Mapped[TeachBack] = mapped_column(words(TeachBack), default=TeachBack.NOT_ASKED)
    by_representative: Mapped[bool] = mapped_column(default=False)
    """A representative answered; the person was asked as well (`agrees`)."""
    agrees: Mapped[bool | None]
    """Whether the person who is represented wants it too; None when nobody represents."""
    signature_sealed: Mapped[SealedOrNone]
    """What was drawn on the screen: an SVG path, under the interview's key."""
    at: Mapped[Moment]
    by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    """Who explained; None when the person did it alone, by link."""

    interviewee: Mapped[Interviewee] = relationship()


class ConsentChoice(Base):
    """One answer on one scope. Append-only: a change of mind is a new row, the newest counts."""

    __tablename__ = "consent_choice"
    __table_args__ = (Index(None, "interviewee_id", "scope", "at"),)

    id: Mapped[Id]
    interviewee_id: Mapped[uuid.UUID] = mapped_column(to("interviewee.id"))
    scope: Mapped[Scope] = mapped_column(words(Scope))
    given: Mapped[bool]
    how: Mapped[How] = mapped_column(words(How))
    text_version: Mapped[Words]
    """Version of the consent text that was read out."""
    at: Mapped[Moment]
    recorded_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    talk_id: Mapped[uuid.UUID | None] = mapped_column(to("consent_talk.id", on_delete="SET NULL"))
    """The conversation it was given in; None for a choice that was taken over from a file."""

    interviewee: Mapped[Interviewee] = relationship(back_populates="choices")


class Interview(Base):
    """One conversation. Owned by the project, not by an account: people leave, stories stay."""

    __tablename__ = "interview"
    __table_args__ = (
        UniqueConstraint("project_id", "code"),
        CheckConstraint("duration_ms IS NULL OR duration_ms >= 0", name="duration_ms"),
    )

    id: Mapped[Id]
    project_id: Mapped[uuid.UUID] = mapped_column(to("project.id"))
    code: Mapped[Words]
    interviewer_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"), index=True)
    peer: Mapped[bool] = mapped_column(default=True)
    """True when the interviewer has lived experience (mission row 4)."""
    kind: Mapped[InterviewKind] = mapped_column(words(InterviewKind), default=InterviewKind.INDIVIDUAL)
    perspective: Mapped[Perspective] = mapped_column(words(Perspective))
    municipality_id: Mapped[uuid.UUID | None] = mapped_column(to("municipality.id", on_delete="SET NULL"))
    guide_id: Mapped[uuid.UUID | None] = mapped_column(to("guide.id", on_delete="SET NULL"))
    status: Mapped[Status] = mapped_column(words(Status), default=Status.PLANNED)
    held_on: Mapped[date | None]
    duration_ms: Mapped[int | None]
    practice: Mapped[bool] = mapped_column(default=False)
    """To practise on: counts nowhere."""
    planned_for: Mapped[MomentOrNone]
    channel: Mapped[Channel | None] = mapped_column(words(Channel))
    place_type: Mapped[PlaceType | None] = mapped_column(words(PlaceType))
    address: Mapped[Address] = mapped_column(words(Address), default=Address.U)
    safety_flag_at: Mapped[MomentOrNone]
    """Somebody worries; the project lead sees it at once."""
    safety_flag_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    safety_note_sealed: Mapped[SealedOrNone]
    safety_seen_at: Mapped[MomentOrNone]
    safety_closed_at: Mapped[MomentOrNone]
    reflection: Mapped[WordsOrNone]
    """What struck the interviewer, in own words; kept apart from the transcript (mission row 5)."""
    created_at: Mapped[Moment]

    project: Mapped[Project] = relationship()
    interviewer: Mapped[Person | None] = relationship(foreign_keys=[interviewer_id])
    municipality: Mapped[Municipality | None] = relationship()
    participations: Mapped[list[Participation]] = relationship(
        order_by="Participation.position", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def interviewees(self) -> list[Interviewee]:
        """The people who told their story here, in order; companions are not among them."""
        return [one.interviewee for one in self.participations if one.part is Part.TELLER]

    @property
    def companions(self) -> list[Interviewee]:
        """The people who sat in, in order."""
        return [one.interviewee for one in self.participations if one.part is Part.COMPANION]

    def allows(self, scope: Scope) -> bool:
        """Tell whether everybody whose words are in it allows this use now. Nobody known is no.

        Companions have a say in what touches their own words (`COMPANION_SCOPES`), not in what is done with the story.
        """
        asked = self.interviewees + (self.companions if scope in COMPANION_SCOPES else [])
        return bool(self.interviewees) and all(person.allows(scope) for person in asked)


class Participation(Base):
    """An interviewee in an interview; a group interview has several."""

    __tablename__ = "participation"
    __table_args__ = (UniqueConstraint("interview_id", "interviewee_id"),)

    id: Mapped[Id]
    interview_id: Mapped[uuid.UUID] = mapped_column(to("interview.id"))
    interviewee_id: Mapped[uuid.UUID] = mapped_column(to("interviewee.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    part: Mapped[Part] = mapped_column(words(Part), default=Part.TELLER)

    interviewee: Mapped[Interviewee] = relationship()


class HandOver(Base):
    """An interview went on to another interviewer, with a note for the one who takes over (mission rows 98 and 99)."""

    __tablename__ = "hand_over"

    id: Mapped[Id]
    interview_id: Mapped[uuid.UUID] = mapped_column(to("interview.id"), index=True)
    from_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    to_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    note_sealed: Mapped[Sealed]
    """Under the interview's key."""
    at: Mapped[Moment]
    by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    seen_at: Mapped[MomentOrNone]
    """When the one who takes over read the note."""
