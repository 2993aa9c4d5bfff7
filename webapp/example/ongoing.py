"""Interviews of the example that are still going on: planned, held and recorded, in typing, handed over, being checked.

Days are counted from the day on which the example is made, so that what is planned is always still to come.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from interviews import (
    aftercare,
    attachments,
    consents,
    drafts,
    guides,
    handing_over,
    interviews,
    memberchecks,
    passes,
    recordings,
    removals,
    talks,
    training,
    worries,
)
from interviews.access import Actor
from interviews.drafts import Save, WorkingText
from interviews.interviews import Appointment
from interviews.keys import KeyStore
from interviews.memberchecks import Answer
from interviews.models import Interview, Person, Project
from interviews.models.aftercare import HoursKind, TrainingItem
from interviews.models.attachment import AttachmentKind
from interviews.models.interview import Address, Channel, How, Perspective, PlaceType, TeachBack
from interviews.models.membercheck import CheckForm, CheckMatter, PassPurpose, Verdict
from interviews.models.project import Role
from interviews.models.recording import TimeMarkKind
from interviews.scopes import Scope
from interviews.sealedfiles import SealedFiles
from interviews.talks import Jotting
from interviews.turns import Speaker, SpeakerRole, Turn
from webapp.example.making import Voice, drawing, sound
from webapp.example.sounding import record
from webapp.moments import moment_of, today

_LOW, _HIGH = 112, 198
"""How high the made voices are, in Hz."""
_FRIDAY = 4
_PHONE = "Chrome · Android"
_SIGNATURE = (
    "M80,150 L110,95 L135,150 L160,100 L185,150 M210,130 L240,110 L265,135 L240,152 L212,140 "
    "M300,70 L302,150 M330,120 L360,150 L395,108 L430,148 M455,140 L520,128"
)
"""A scribble that is nobody's name."""
_YES = {scope: scope not in (Scope.OWN_NAME, Scope.PORTRAIT) for scope in Scope}
_TOLD = (
    Turn("I", "Fijn dat je er bent. Hoe gaat het nu met je?", 0, 4_000),
    Turn("R", "Het gaat wel. Ik kom net van het buurthuis. Daar schenk ik koffie, daar tel ik mee.", 4_600, 11_400),
    Turn("I", "Hoe ging je eerste gesprek bij de gemeente?", 12_000, 15_000),
    Turn(
        "R",
        "Nou, eh, ik zat daar met mijn buurvrouw Ineke. [stilte] Ze vroegen meteen naar mijn papieren. "
        "Niemand vroeg hoe het met míj ging.",
        15_800,
        26_500,
    ),
    Turn("I", "Wat had je willen horen?", 27_200, 29_000),
)
"""As far as it is typed out; the answer that follows is heard only."""
_ANSWER_MS, _WHOLE_MS = (29_800, 37_200), 38_000


@dataclass(frozen=True, slots=True)
class _Field:
    """What every step here needs."""

    session: Session
    actors: Mapping[Role, Actor]
    project: Project
    keys: KeyStore
    files: SealedFiles

    @property
    def marjan(self) -> Actor:
        return self.actors[Role.PEER_INTERVIEWER]


def add(
    session: Session,
    actors: Mapping[Role, Actor],
    project: Project,
    *,
    told: Sequence[Interview],
    keys: KeyStore,
    files: SealedFiles,
) -> None:
    """Add what an interviewer has at hand; the first and the fifth of the `told` interviews go to who told them."""
    field = _Field(session, actors, project, keys, files)
    _planned(field)
    _recorded(field)
    _in_typing(field)
    _handed_over(field)
    interviews.practise(session, field.marjan, project)
    _checked(field, told[0])
    _asked_by_link(field, told[4])
    _trained(field)


def _at(days: int, hour: int, minute: int = 0) -> datetime:
    """Return a time of day so many days from now."""
    return moment_of(today() + timedelta(days=days), time(hour, minute))


def _on_a_weekday(days: int) -> int:
    """Return how many days from now the first weekday is, `days` from now or later."""
    while (today() + timedelta(days=days)).weekday() > _FRIDAY:
        days += 1
    return days


def _planned(field: _Field) -> None:
    interviews.plan(
        field.session,
        field.marjan,
        field.project,
        perspective=Perspective.CLIENT,
        pseudonyms=["Tess"],
        municipality=field.project.municipalities[0],
        appointment=Appointment(_at(_on_a_weekday(7), 10, 30), Channel.OWN_NETWORK, PlaceType.LIBRARY, Address.JE),
    )


def _held(field: _Field, name: str, days: int, how: How, teach_back: TeachBack) -> Interview:
    """Add an interview for which consent was asked, so many days ago, with a talk about every use."""
    interview = interviews.plan(
        field.session,
        field.marjan,
        field.project,
        perspective=Perspective.CLIENT,
        pseudonyms=[name],
        municipality=field.project.municipalities[1],
        appointment=Appointment(_at(-days, 14), Channel.ORGANISATION, PlaceType.COMMUNITY_CENTRE, Address.JE),
    )
    consents.talk(
        field.session,
        field.marjan,
        interview.interviewees[0],
        interview,
        id=uuid.uuid4(),
        choices=_YES,
        how=how,
        keys=field.keys,
        teach_back=teach_back,
        signature=_SIGNATURE if how is How.SIGNED else None,
        at=_at(-days, 14, 5),
    )
    return interview


def _recorded(field: _Field) -> None:
    """One that was held yesterday: sound with marks, notes at questions, a drawing, and how it was."""
    session, marjan, keys = field.session, field.marjan, field.keys
    interview = _held(field, "Wout", 1, How.SIGNED, TeachBack.RIGHT)
    voices = (
        Voice(_HIGH, [(300, 3_200), (12_000, 14_300)]),
        Voice(_LOW, [(4_000, 11_200), (15_000, 23_600)]),
    )
    heard = sound(voices, milliseconds=24_000)
    recording = record(session, marjan, interview, heard, _at(-1, 14, 12), keys=keys, files=field.files)
    for at_ms, kind, note in (
        (7_500, TimeMarkKind.MARK, "Mooi gezegd: over de deur die dicht bleef."),
        (19_000, TimeMarkKind.LEAVE_OUT, "Over zijn broer. Dit moet eruit."),
    ):
        recordings.mark(session, marjan, recording, mark_id=uuid.uuid4(), at_ms=at_ms, kind=kind, note=note, keys=keys)
    asked = {
        "open.vrij": (300, ""),
        "c.start": (1_800, "Raakte zijn werk kwijt door zijn rug."),
        "c.eerste_gesprek": (12_000, "Mocht zijn zus meenemen. Dat hielp."),
        "c.gehoord": (17_400, "Eén keer: toen zijn consulent zelf belde."),
    }
    for question in talks.questions_for(session, interview):
        if question.key in asked:
            at_ms, text = asked[question.key]
            jotting = Jotting(asked=True, recording_id=recording.id, at_ms=at_ms, text=text)
            talks.note(session, marjan, interview, question, jotting, keys=keys)
        elif question.key == "c.wethouder":
            talks.note(session, marjan, interview, question, Jotting(skipped=True), keys=keys)
    attachments.add(
        session,
        marjan,
        interview,
        drawing(),
        kind=AttachmentKind.DRAWING,
        description="Een huis met één raam waar licht brandt. Buiten staat iemand, een eind van de deur.",
        may_be_shown=True,
        how=How.SPOKEN,
        keys=keys,
        files=field.files,
    )
    aftercare.write(
        session,
        marjan,
        interview,
        feeling="Ik was moe en ook blij. Hij vertelde meer dan ik dacht.",
        struck="Hij ging rechtop zitten toen het over het telefoontje ging.",
        keys=keys,
    )
    training.note_hours(
        session, marjan, field.project, kind=HoursKind.TALK, minutes=75, on=_day(-1), interview=interview
    )


def _in_typing(field: _Field) -> None:
    """One that is half typed out, with something that must go, and a worry that nobody saw yet."""
    session, marjan, keys = field.session, field.marjan, field.keys
    interview = _held(field, "Nine", 5, How.SPOKEN, TeachBack.EXPLAINED_AGAIN)
    voices = (
        Voice(_HIGH, [(turn.start_ms or 0, turn.end_ms or 0) for turn in _TOLD if turn.speaker == "I"]),
        Voice(_LOW, [*((turn.start_ms or 0, turn.end_ms or 0) for turn in _TOLD if turn.speaker == "R"), _ANSWER_MS]),
    )
    heard = sound(voices, milliseconds=_WHOLE_MS)
    record(session, marjan, interview, heard, _at(-5, 14, 10), keys=keys, files=field.files)
    speakers = (Speaker("I", SpeakerRole.INTERVIEWER), Speaker("R", SpeakerRole.INTERVIEWEE))
    for version, count in enumerate((3, len(_TOLD))):
        text = WorkingText(_TOLD[:count], speakers)
        drafts.save(session, marjan, interview, Save(uuid.uuid4(), version, text, device=_PHONE), keys=keys)
    aftercare.write(
        session,
        marjan,
        interview,
        feeling="Het raakte mij. Ik ben daarna een eind gaan lopen.",
        struck="Zij keek steeds naar de deur. Bij het buurthuis begon zij te lachen.",
        keys=keys,
    )
    removals.ask_in_words(
        session,
        marjan,
        interview,
        words="Wat zij over haar zoon zei, tegen het einde.",
        keys=keys,
        asked_by_interviewee=True,
    )
    worries.flag(
        session,
        marjan,
        interview,
        note="Zij slaapt slecht en is veel alleen. Zij vond het goed dat ik dit doorgeef.",
        keys=keys,
    )
    for kind, minutes, days in ((HoursKind.TALK, 90, -5), (HoursKind.TRAVEL, 40, -5), (HoursKind.TYPING, 60, -2)):
        training.note_hours(
            session, marjan, field.project, kind=kind, minutes=minutes, on=_day(days), interview=interview
        )


def _handed_over(field: _Field) -> None:
    """One that the researcher planned and the interviewer takes over, with somebody who sits in."""
    joost = field.actors[Role.RESEARCHER]
    interview = interviews.plan(
        field.session,
        joost,
        field.project,
        perspective=Perspective.CLIENT,
        pseudonyms=["Hedy"],
        municipality=field.project.municipalities[0],
        appointment=Appointment(_at(_on_a_weekday(3), 15), Channel.FLYER, PlaceType.AT_HOME, Address.U, companions=1),
        peer=False,
    )
    handing_over.hand_over(
        field.session,
        joost,
        interview,
        to=field.session.get_one(Person, field.marjan.person_id),
        note="Zij praat liever met iemand die het zelf kent. Haar zus zit erbij. De afspraak staat al.",
        keys=field.keys,
    )


def _checked(field: _Field, interview: Interview) -> None:
    """Somebody heard the summary and wants one sentence said in another way; nobody replied yet."""
    person = interview.interviewees[0]
    check = memberchecks.ask(
        field.session,
        field.marjan,
        interview,
        person,
        form=CheckForm.ALOUD,
        matter=CheckMatter.SUMMARY,
        keys=field.keys,
        sentences=(
            "U hebt lang gewacht op een antwoord.",
            "U durfde niet goed te bellen.",
            "Later was er een consulent die naar u luisterde.",
            "U wilt dat mensen eerst vragen hoe het gaat.",
        ),
    )
    memberchecks.answer(
        field.session,
        field.marjan,
        check,
        answers={
            0: Answer(Verdict.FITS),
            1: Answer(Verdict.OTHER, "Ik durfde wel te bellen. Maar niemand nam op."),
            2: Answer(Verdict.FITS),
            3: Answer(Verdict.FITS),
        },
        keys=field.keys,
        top=("Eerst vragen hoe het gaat.", "De telefoon opnemen.", "Eén vaste consulent."),
        remark="Fijn dat u het voorlas.",
    )


def _asked_by_link(field: _Field, interview: Interview) -> None:
    """Somebody got a link and has not answered. That is not a yes."""
    person = interview.interviewees[0]
    made = passes.make(field.session, field.marjan, interview, person, purpose=PassPurpose.CHECK)
    memberchecks.ask(
        field.session,
        field.marjan,
        interview,
        person,
        form=CheckForm.LINK,
        matter=CheckMatter.SUMMARY,
        keys=field.keys,
        sentences=("U kreeg steeds een andere consulent.", "U moest uw verhaal steeds opnieuw vertellen."),
        ask_again_on=_day(7),
        pass_id=made.row.id,
    )


def _trained(field: _Field) -> None:
    """What the interviewer learned, the time she spent, and what she thinks of a question."""
    session, lead = field.session, field.actors[Role.PROJECT_LEAD]
    person = session.get_one(Person, field.marjan.person_id)
    for item, days in (
        (TrainingItem.INTERVIEW_TRAINING, -60),
        (TrainingItem.CONSENT_PRACTICE, -46),
        (TrainingItem.CONFIDENTIALITY, -46),
        (TrainingItem.SAFETY, -39),
    ):
        training.mark(session, lead, field.project, person, item, done_on=_day(days))
    training.note_hours(session, field.marjan, field.project, kind=HoursKind.MEETING, minutes=120, on=_day(-39))
    guide = guides.newest(session, field.project.id)
    question = None if guide is None else next((one for one in guide.questions if one.key == "c.werk"), None)
    if question is not None:
        guides.remark(session, field.marjan, question, "Dit zijn twee vragen. Mensen beantwoorden er één.")


def _day(days: int) -> date:
    return today() + timedelta(days=days)
