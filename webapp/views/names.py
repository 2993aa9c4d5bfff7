"""Names away: look at what was found, and say of each person, place or number what it is.

Words of the text are on these pages only: never in an address, a title, a flashed sentence or the log. What makes
somebody recognisable without a name is asked in `webapp.views.indirect`; handing in and approving is
`webapp.views.approval`.
"""

from __future__ import annotations

import uuid

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from interviews import names, transcripts
from interviews.access import Permission, allows
from interviews.db import transaction
from interviews.detect.findings import IdentifierType
from interviews.errors import Invalid
from interviews.models import Interview, NameEntity, NameMention, NameStep, Person, Transcript
from interviews.models.name import StepKind
from interviews.names.choices import PROVINCES, Scale, choices, with_province
from interviews.readings import Reading
from interviews.scopes import Scope
from webapp import identity
from webapp.db import keystore, session
from webapp.forms.names import ANSWERS, Typed, found, kind_of, kind_options, marked, state_of
from webapp.guard import opens
from webapp.logged import log_reading
from webapp.messages import sentence
from webapp.namewords import SCALES
from webapp.views.bring_in import clock, read_logged

bp = Blueprint("names", __name__)
_THINGS = frozenset({StepKind.RENAMED, StepKind.JOINED, StepKind.SPLIT, StepKind.ADDED, StepKind.MARKED})
"""The steps after which other things are in the list, so that a script asks for the whole page again."""


@bp.get("/gesprekken/<uuid:interview_id>/namen")
@opens(Interview, Permission.INTERVIEW_SEE)
def review(interview: Interview) -> ResponseReturnValue:
    """Show what was found in the text, and the text with its marks. The reading is logged."""
    transcript = transcripts.transcript_of(session(), interview)
    if transcript is None:
        return redirect(url_for("bring_in.choose", interview_id=interview.id), code=303)
    if transcript.approved_at is not None:
        return _away_page(interview, transcript)
    return _review_page(interview, transcript)


def _away_page(interview: Interview, transcript: Transcript) -> str:
    """Say that the names are away; who may read the text with names again also reads what risk was left."""
    risk = None
    if allows(identity.actor(), Permission.RAW_REREAD, transcript) and interview.allows(Scope.USE_RESEARCH):
        log_reading(Reading.RISK, interview)
        risk = names.risk_of(session(), identity.actor(), transcript, keys=keystore())
    return render_template("names/away.html", interview=interview, transcript=transcript, risk=risk)


def _review_page(interview: Interview, transcript: Transcript, typed: Typed | None = None) -> str:
    _base, turns = read_logged(transcript)
    readings = names.review(session(), transcript, turns, keys=keystore())
    things = found(readings, turns)
    total = sum(len(thing.places) for thing in things)
    waiting = sum(thing.undecided for thing in things)
    return render_template(
        "names/review.html",
        **frame(interview, transcript, "names"),
        things=things,
        text=marked(readings, turns),
        clock=clock,
        roles=roles_of(transcript),
        total=total,
        waiting=waiting,
        progress=progress(waiting),
        next_open=next((thing.id for thing in things if thing.undecided), None),
        opened=request.args.get("bij", ""),
        note=_note(transcript),
        may_undo=names.newest_own(session(), identity.actor(), transcript) is not None,
        kinds=kind_options(),
        typed=typed or Typed(),
    )


def frame(interview: Interview, transcript: Transcript, here: str) -> dict[str, object]:
    """Return what every page of the review knows; `here` is "names", "indirect" or "approval"."""
    actor, handed_in = identity.actor(), transcript.handed_in_at is not None
    return {
        "interview": interview,
        "here": here,
        "handed_in": handed_in,
        "may_decide": allows(actor, Permission.NAMES_APPROVE if handed_in else Permission.NAMES_PROPOSE, transcript),
        "approving": handed_in and allows(actor, Permission.NAMES_APPROVE, transcript),
    }


def roles_of(transcript: Transcript) -> dict[str, str]:
    """Return per speaker label the part that this speaker plays."""
    return {row.label: row.role.value for row in transcript.speakers}


def progress(waiting: int) -> str:
    """Return how many places nobody has decided on, as a sentence."""
    if not waiting:
        return str(_("Alle stukken zijn bekeken."))
    return str(ngettext("Nog 1 stuk niet bekeken.", "Nog %(num)s stukken niet bekeken.", waiting))


def _note(transcript: Transcript) -> tuple[str, str] | None:
    """Return who gave the text back and with which words, while it is with the interviewer again."""
    if transcript.handed_in_at is not None:
        return None
    whole = (StepKind.HANDED_IN, StepKind.SENT_BACK, StepKind.APPROVED)
    last = next((one for one in names.steps_of(session(), transcript) if one.kind in whole), None)
    if last is None or last.kind is not StepKind.SENT_BACK:
        return None
    who = None if last.by_id is None else session().get(Person, last.by_id)
    return (who.display_name if who else "", names.note_of(last, transcript, keys=keystore()))


def text_of(interview: Interview) -> Transcript:
    """Return the transcript of an interview.

    Raises Invalid("transcript.empty") when there is none, and Invalid("consent.no_research") when somebody does not
    take part any more: then nobody works on the names either.
    """
    transcript = transcripts.transcript_of(session(), interview)
    if transcript is None:
        raise Invalid("transcript.empty")
    if not interview.allows(Scope.USE_RESEARCH):
        raise Invalid("consent.no_research")
    return transcript


def _entity(transcript: Transcript, word: str | None) -> NameEntity | None:
    """Return the entity of this transcript with this id, None for anything else."""
    try:
        row = session().get(NameEntity, uuid.UUID(word or ""))
    except ValueError:
        return None
    return row if row is not None and row.transcript_id == transcript.id else None


def _known_entity(transcript: Transcript, word: str | None) -> NameEntity:
    row = _entity(transcript, word)
    if row is None:
        # The text was corrected meanwhile, and what was found with it.
        raise Invalid("names.changed")
    return row


def _back(interview: Interview, anchor: str | None = None, *, at: uuid.UUID | None = None) -> ResponseReturnValue:
    """Return to the same place of the page; `at` is the entity that was worked on."""
    if request.form.get("from") == "thing" and at is not None:
        return redirect(url_for("names.thing", interview_id=interview.id, wie=at, _anchor=anchor), code=303)
    return redirect(url_for("names.review", interview_id=interview.id, bij=at, _anchor=anchor), code=303)


def refused(interview: Interview, error: Invalid) -> ResponseReturnValue:
    """Show the page as it is now, with a sentence: the text was corrected while somebody looked at it."""
    said = sentence(error.key, **error.fields)
    if _asks_data():
        return jsonify(error=said), 422
    flash(said, "error")
    return redirect(url_for("names.review", interview_id=interview.id), code=303)


def _asks_data() -> bool:
    return request.headers.get("Accept") == "application/json"


def _standing(transcript: Transcript, entities: set[uuid.UUID], *, again: bool = False) -> ResponseReturnValue:
    """Answer a script: how far it is, and how the things that changed stand now. Holds no word of the text."""
    waiting = names.undecided(session(), transcript)
    rows = session().scalars(select(NameEntity).where(NameEntity.id.in_(entities)))
    return jsonify(
        progress=progress(waiting),
        waiting=waiting,
        again=again,
        may_undo=names.newest_own(session(), identity.actor(), transcript) is not None,
        things={
            str(row.id): {
                "state": state_of(mention.status for mention in row.mentions),
                "places": {str(mention.id): mention.status.value for mention in row.mentions},
            }
            for row in rows
        },
    )


def _mentions(transcript: Transcript, kind: str, word: str) -> list[NameMention]:
    """Return the mentions that a button speaks of: "m" one place, "e" every place of one entity."""
    if kind == "e":
        return list(_known_entity(transcript, word).mentions)
    try:
        wanted = uuid.UUID(word)
    except ValueError:
        wanted = uuid.UUID(int=0)
    row = session().scalar(
        select(NameMention).join(NameEntity).where(NameMention.id == wanted, NameEntity.transcript_id == transcript.id)
    )
    if row is None:
        raise Invalid("names.changed")
    return [row]


@bp.post("/gesprekken/<uuid:interview_id>/namen/besluit")
@opens(Interview, Permission.INTERVIEW_SEE)
def decide(interview: Interview) -> ResponseReturnValue:
    """Say of one place, or of every place of one person, whether it goes away. The verb asks who may."""
    transcript = text_of(interview)
    answer, _dot, target = request.form.get("decide", "").partition(".")
    kind, _dash, word = target.partition("-")
    try:
        if answer not in ANSWERS:
            raise Invalid("names.changed")
        with transaction(session()):
            rows = _mentions(transcript, kind, word)
            at = rows[0].entity_id if rows else None
            names.decide(session(), identity.actor(), rows, status=ANSWERS[answer])
    except Invalid as error:
        return refused(interview, error)
    if _asks_data():
        return _standing(transcript, {at} if at is not None else set())
    return _back(interview, f"e-{at}" if kind == "e" else f"p-{word}", at=at)


@bp.post("/gesprekken/<uuid:interview_id>/namen/rest")
@opens(Interview, Permission.INTERVIEW_SEE)
def accept_rest(interview: Interview) -> ResponseReturnValue:
    """Take away everything that nobody has decided on."""
    with transaction(session()):
        count = names.accept_rest(session(), identity.actor(), text_of(interview))
    flash(ngettext("1 stuk gaat weg.", "%(num)s stukken gaan weg.", count), "ok")
    return _back(interview, "klaar")


@bp.post("/gesprekken/<uuid:interview_id>/namen/ongedaan")
@opens(Interview, Permission.INTERVIEW_SEE)
def undo(interview: Interview) -> ResponseReturnValue:
    """Put back how it was before a step: the one that is named, else the newest of one's own."""
    transcript = text_of(interview)
    try:
        with transaction(session()):
            one = _step(transcript, request.form.get("step"))
            touched = [*(one.before or {}).get("m", {})]
            names.undo(session(), identity.actor(), one)
            again = one.kind in _THINGS
    except Invalid as error:
        return refused(interview, error)
    if _asks_data():
        changed = session().scalars(
            select(NameMention.entity_id).where(NameMention.id.in_([uuid.UUID(each) for each in touched]))
        )
        return _standing(transcript, set(changed), again=again)
    flash(_("Teruggezet."), "ok")
    if request.form.get("from") == "approval":
        return redirect(url_for("approval.show", interview_id=interview.id, _anchor="stappen"), code=303)
    return _back(interview)


def _step(transcript: Transcript, word: str | None) -> NameStep:
    try:
        one = session().get(NameStep, uuid.UUID(word or "")) if word else None
    except ValueError:
        one = None
    if not word:
        one = names.newest_own(session(), identity.actor(), transcript)
    if one is None or one.transcript_id != transcript.id:
        raise Invalid("names.undo_gone")
    return one


@bp.get("/gesprekken/<uuid:interview_id>/namen/wie")
@opens(Interview, Permission.INTERVIEW_SEE)
def thing(interview: Interview) -> ResponseReturnValue:
    """Show one person, place or number: every place, another name, joining and splitting."""
    transcript = transcripts.transcript_of(session(), interview)
    entity = None if transcript is None else _entity(transcript, request.args.get("wie"))
    if transcript is None or entity is None or transcript.approved_at is not None or not entity.mentions:
        return redirect(url_for("names.review", interview_id=interview.id), code=303)
    return _thing_page(interview, transcript, entity)


def _thing_page(interview: Interview, transcript: Transcript, entity: NameEntity, typed: Typed | None = None) -> str:
    _base, turns = read_logged(transcript)
    readings = names.review(session(), transcript, turns, keys=keystore())
    things = found(readings, turns)
    one = next((each for each in things if each.id == entity.id), None)
    if one is None:
        raise Invalid("names.changed")
    person = entity.type is IdentifierType.PERSON
    offered = choices(entity.type, one.forms[0])
    return render_template(
        "names/thing.html",
        **frame(interview, transcript, "names"),
        thing=one,
        person=person,
        suggestions=names.suggestions(session(), transcript, entity, keys=keystore()) if person else [],
        scales=[(_(SCALES[scale]), [each.text for each in offered if each.scale is scale]) for scale in Scale],
        provinces=PROVINCES if entity.type is IdentifierType.PLACE else (),
        others=[(str(each.id), f"{each.forms[0]} → {each.replacement}") for each in things if each.id != one.id],
        own_names={each.pseudonym for each in interview.interviewees if each.pseudonym},
        typed=typed or Typed(),
    )


@bp.post("/gesprekken/<uuid:interview_id>/namen/andere-naam")
@opens(Interview, Permission.INTERVIEW_SEE)
def rename(interview: Interview) -> ResponseReturnValue:
    """Choose what stands there instead: what was typed, else what was chosen, with a province where one was chosen."""
    transcript = text_of(interview)
    entity = _known_entity(transcript, request.form.get("entity"))
    entity_id = entity.id
    typed = request.form.get("replacement", "")
    value = typed if typed.strip() else with_province(request.form.get("choice", ""), request.form.get("province", ""))
    try:
        with transaction(session()):
            names.set_replacement(session(), identity.actor(), entity, value, keys=keystore())
    except Invalid as error:
        said = Typed(f"name-{entity_id}", typed or value, sentence(error.key, **error.fields))
        return _thing_page(interview, transcript, entity, said), 422
    return _back(interview, f"e-{entity_id}", at=entity_id)


@bp.post("/gesprekken/<uuid:interview_id>/namen/samen")
@opens(Interview, Permission.INTERVIEW_SEE)
def join(interview: Interview) -> ResponseReturnValue:
    """Say that two of the found are one person: both get the same other name."""
    transcript = text_of(interview)
    entity = _known_entity(transcript, request.form.get("entity"))
    entity_id, into = entity.id, _entity(transcript, request.form.get("into"))
    try:
        if into is None:
            raise Invalid("names.join")
        with transaction(session()):
            names.join(session(), identity.actor(), entity, into=into)
    except Invalid as error:
        typed = Typed(f"into-{entity_id}", error=sentence(error.key, **error.fields))
        return _thing_page(interview, transcript, entity, typed), 422
    flash(_("Samengevoegd. Ze krijgen dezelfde andere naam."), "ok")
    return redirect(url_for("names.thing", interview_id=interview.id, wie=into.id), code=303)


@bp.post("/gesprekken/<uuid:interview_id>/namen/apart")
@opens(Interview, Permission.INTERVIEW_SEE)
def split(interview: Interview) -> ResponseReturnValue:
    """Say that some places of one person mean somebody else."""
    transcript = text_of(interview)
    entity = _known_entity(transcript, request.form.get("entity"))
    ticked = set(request.form.getlist("places"))
    try:
        with transaction(session()):
            rows = [mention for mention in entity.mentions if str(mention.id) in ticked]
            made = names.split(session(), identity.actor(), rows, keys=keystore())
    except Invalid as error:
        typed = Typed("places", error=sentence(error.key, **error.fields))
        return _thing_page(interview, transcript, entity, typed), 422
    flash(_("Dat zijn er nu twee. Ze krijgen elk een eigen andere naam."), "ok")
    return redirect(url_for("names.thing", interview_id=interview.id, wie=made.id), code=303)


@bp.post("/gesprekken/<uuid:interview_id>/namen/erbij")
@opens(Interview, Permission.INTERVIEW_SEE)
def add(interview: Interview) -> ResponseReturnValue:
    """Take words away that the computer did not see, wherever they stand."""
    transcript = text_of(interview)
    words, same = request.form.get("words", ""), request.form.get("same", "")
    try:
        with transaction(session()):
            count = names.add(
                session(),
                identity.actor(),
                transcript,
                words,
                kind=kind_of(request.form.get("kind")),
                keys=keystore(),
                entity=_entity(transcript, same),
            )
    except Invalid as error:
        typed = Typed(
            "words",
            words,
            sentence(error.key, **error.fields),
            {"kind": request.form.get("kind", ""), "same": same},
        )
        return _review_page(interview, transcript, typed), 422
    flash(ngettext("Gevonden op 1 plek. Die gaat weg.", "Gevonden op %(num)s plekken. Die gaan weg.", count), "ok")
    return _back(interview, "erbij")
