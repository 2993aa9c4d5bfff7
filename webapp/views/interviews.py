"""The interviewer's notebook: one's interviews with what is next, and where one of them stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload, selectinload

from interviews import handing_over, worries
from interviews.access import Actor, Permission, allows, visible_interviews
from interviews.consents import part_of, people_of, waiting_for
from interviews.models import Interview, Interviewee, Participation, Project, Transcript
from interviews.models.interview import Channel, Part, Status
from interviews.models.project import Role
from interviews.readings import Reading
from webapp import identity
from webapp.consenttext import consent_text
from webapp.db import keystore, session
from webapp.forms.interviews import perspective_word
from webapp.forms.planning import place_options, representative_options
from webapp.guard import door_of, opens
from webapp.logged import log_reading
from webapp.moments import when
from webapp.standing import Standing, ids_of, standing_of, way_to
from webapp.steps import Step, Turn, step_of

bp = Blueprint("interviews", __name__)


@bp.get("/p/<uuid:project_id>/gesprekken")
@opens(Project, Permission.INTERVIEW_LIST)
def index(project: Project) -> ResponseReturnValue:
    """Show every interview with its next step, those that wait for the reader first; those to practise on apart."""
    actor = identity.actor()
    rows = (
        session()
        .scalars(
            visible_interviews(actor, project).options(
                selectinload(Interview.participations)
                .selectinload(Participation.interviewee)
                .selectinload(Interviewee.choices),
                joinedload(Interview.interviewer),
                joinedload(Interview.municipality),
            )
        )
        .all()
    )
    standing = standing_of(session(), actor, rows)
    return render_template(
        "interviews/index.html",
        project_row=project,
        groups=_by_turn(standing, actor, [row for row in rows if not row.practice]),
        practice=_steps(standing, actor, [row for row in rows if row.practice]),
        turns=Turn,
        whole=bool(actor.roles_in(project.id) & {Role.RESEARCHER, Role.PROJECT_LEAD}),
        may_add=allows(actor, Permission.INTERVIEW_ADD, project),
        perspective_word=perspective_word,
        own_id=actor.person_id,
        when=when,
    )


def _steps(standing: Standing, actor: Actor, rows: Sequence[Interview]) -> list[tuple[Interview, Step, str]]:
    steps = [(row, standing.step(actor, row)) for row in rows]
    return [(row, step, standing.url(step, row)) for row, step in steps]


def _by_turn(
    standing: Standing, actor: Actor, rows: Sequence[Interview]
) -> dict[Turn, list[tuple[Interview, Step, str]]]:
    groups: dict[Turn, list[tuple[Interview, Step, str]]] = {turn: [] for turn in Turn}
    for row, step, url in _steps(standing, actor, rows):
        groups[step.turn].append((row, step, url))
    return groups


@bp.get("/gesprekken/<uuid:interview_id>")
@opens(Interview, Permission.INTERVIEW_SEE)
def show(interview: Interview) -> ResponseReturnValue:
    """Show where an interview stands: the next step first, then what one can do, then what was agreed and allowed."""
    actor = identity.actor()
    standing = standing_of(session(), actor, [interview])
    transcript = standing.transcripts.get(interview.id)
    # The note is on this page: what is next here is what comes after it.
    known = standing.known[interview.id]
    step = step_of(actor, interview, transcript, replace(known, note_from=None))
    note = handing_over.unread(session(), actor, [interview]).get(interview.id)
    if note is not None:
        log_reading(Reading.HAND_OVER, interview)
    places = dict(place_options())
    return render_template(
        "interviews/show.html",
        interview=interview,
        step=step,
        step_url=standing.url(step, interview),
        perspective=perspective_word(interview.perspective, interview.project),
        when=when,
        place=places.get(interview.place_type.value) if interview.place_type is not None else None,
        representatives=dict(representative_options()),
        note=None if note is None else handing_over.read(actor, note, keys=keystore()),
        note_from=known.note_from,
        sections=_sections(actor, interview, transcript, besides=step.endpoint),
        worry=_worry(actor, interview),
        worry_url=_open_to(actor, interview, transcript, "worries.show"),
        pressure=interview.channel is Channel.CONSULENT and bool(waiting_for(interview)),
        scopes=consent_text().scopes,
        choices=[
            (person, person.current_choices(), part_of(interview, person) is Part.COMPANION)
            for person in people_of(interview)
        ],
        reflection_url=_open_to(actor, interview, transcript, "aftercare.debrief"),
        stopped=interview.status is Status.STOPPED,
    )


def _worry(actor: Actor, interview: Interview) -> str | None:
    """Return how far a worry is, for who may know: "new", "seen" or "closed"; None without one."""
    if interview.safety_flag_at is None or not worries.may_read(actor, interview):
        return None
    if interview.safety_closed_at is not None:
        return "closed"
    return "new" if interview.safety_seen_at is None else "seen"


@dataclass(frozen=True, slots=True)
class Link:
    """One thing to do with an interview."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class _Door:
    """A page about an interview. `for_` narrows who is shown the way when the page itself opens to more people."""

    endpoint: str
    label: str
    icon: str
    for_: tuple[Permission, ...] = ()
    with_text: bool | None = None
    """Only with a text, or only without one."""


def _doors() -> list[tuple[str, list[_Door]]]:
    """Return every page about an interview, by what it is about, in the order of the work."""
    sound = (Permission.RECORDING_ADD, Permission.RECORDING_PLAY, Permission.RECORDING_ERASE)
    return [
        (_("Het gesprek"), [
            _Door("talk.show", _("Vragen en opnemen"), "mic", with_text=False),
            _Door("recordings.index", _("Opname"), "volume-2", sound),
            _Door("typing.show", _("Uittypen"), "keyboard", (Permission.NAMES_PROPOSE,), with_text=False),
            _Door("bring_in.choose", _("Tekst toevoegen"), "plus", with_text=False),
            _Door("typing.show", _("Tekst verbeteren"), "pencil", (Permission.RAW_EDIT,), with_text=True),
            _Door("speakers.index", _("Wie praat er?"), "users", with_text=True),
            _Door("names.review", _("Namen bekijken"), "eye-off", (Permission.RAW_READ,), with_text=True),
            _Door("attachments.index", _("Tekeningen en foto's"), "square-pen"),
            _Door("desk.show", _("Lezen en thema's kiezen"), "book-open", with_text=True),
            _Door("reports.interview", _("Verslag maken"), "file-text", (Permission.RESEARCH_READ,), with_text=True),
        ]),
        (_("De ander"), [
            _Door("consents.show", _("Toestemming veranderen"), "list-checks"),
            _Door("contacts.fill", _("Naam en adres invullen"), "lock"),
            _Door("removals.index", _("Dit moet eruit"), "scissors"),
            _Door("withdrawals.ask", _("Stoppen of minder delen"), "circle-stop"),
            _Door("bundles.show", _("Alles over deze persoon"), "archive"),
            _Door("checks.index", _("Nakijken door de ander"), "check", with_text=True),
        ]),
        (_("Jij en dit gesprek"), [
            _Door("aftercare.debrief", _("Na het gesprek"), "heart-handshake"),
            _Door("aftercare.show", _("Hoe het was voor de interviewer"), "heart-handshake"),
            _Door("worries.tell", _("Zorgen melden"), "flag"),
            _Door("planning.edit", _("Afspraak veranderen"), "calendar"),
            _Door("planning.hand_over", _("Doorgeven aan een ander"), "send"),
        ]),
    ]  # fmt: skip


def _sections(
    actor: Actor, interview: Interview, transcript: Transcript | None, *, besides: str
) -> list[tuple[str, list[Link]]]:
    """Return what the actor can do with the interview, by what it is about; what the next step does is left out."""
    sections = []
    for title, doors in _doors():
        links = [
            Link(door.label, url, door.icon)
            for door in doors
            if door.endpoint != besides
            and door.with_text in (None, transcript is not None)
            and (not door.for_ or any(_may(actor, permission, interview, transcript) for permission in door.for_))
            and (url := _open_to(actor, interview, transcript, door.endpoint)) is not None
        ]
        if links:
            sections.append((title, links))
    return sections


def _may(actor: Actor, permission: str, interview: Interview, transcript: Transcript | None) -> bool:
    if permission == Permission.RESEARCH_READ and (transcript is None or transcript.approved_at is None):
        return False
    return allows(actor, permission, interview)


def _open_to(actor: Actor, interview: Interview, transcript: Transcript | None, endpoint: str) -> str | None:
    """Return the address of a page about the interview, when this installation has it and its door opens to `actor`."""
    url = way_to(endpoint, **ids_of(interview, transcript))
    door = door_of(current_app.view_functions.get(endpoint))
    if url is None or door is None or door.permission is None:
        return None
    # The lead of a project may read how it was; who held the talk writes it.
    if endpoint == "aftercare.show" and interview.interviewer_id == actor.person_id:
        return None
    return url if _may(actor, door.permission, interview, transcript) else None
