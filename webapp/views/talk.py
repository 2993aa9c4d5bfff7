"""The interview itself: the guide question by question, notes with a time in the recording, and that it was held.

The page is drawn by a script from the pack, so that it works without network; without a script it is one form.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from interviews import guides, talks
from interviews.access import Permission
from interviews.db import transaction
from interviews.errors import Invalid, NotVisible
from interviews.models import Interview, Question
from interviews.models.interview import Address
from interviews.readings import Reading
from interviews.talks import Jotting, Note, OtherNote
from webapp import identity
from webapp.db import keystore, session
from webapp.guard import opens
from webapp.logged import log_reading
from webapp.messages import sentence
from webapp.moments import today
from webapp.navigation import endpoint_exists
from webapp.once import once
from webapp.packs import pack_of
from webapp.packs.guide import note_json
from webapp.views.guidepages import topic_name

bp = Blueprint("talk", __name__)


@bp.get("/gesprekken/<uuid:interview_id>/gesprek")
@opens(Interview, Permission.TALK_HOLD)
def show(interview: Interview) -> ResponseReturnValue:
    """Show the guide, one question a screen, with the recorder below it."""
    return _page(interview)


def _page(interview: Interview, *, error: tuple[str, str] | None = None, typed: dict[str, str] | None = None) -> str:
    actor = identity.actor()
    _log_others(interview)
    return render_template(
        "talk/show.html",
        shell=False,
        interview=interview,
        pack=pack_of(session(), actor, interview),
        topics=_topics(interview),
        notes=talks.notes_of(session(), actor, interview, keys=keystore()),
        nothing=Note(),
        typed=typed or {},
        error=error,
        today=today().isoformat(),
    )


def _log_others(interview: Interview) -> None:
    """Write that somebody reads notes that another wrote, where there are any."""
    if talks.others_wrote(session(), identity.actor(), interview):
        log_reading(Reading.NOTES, interview)


def _topics(interview: Interview) -> list[tuple[str, list[tuple[Question, str, list[str]]]]]:
    """Return the questions under the name of their topic, as they are said to this person."""
    questions = talks.questions_for(session(), interview)
    formal = interview.address is Address.U
    return [
        (
            topic_name(topic, interview.project),
            [
                (
                    one,
                    one.text_u if formal else one.text_je,
                    [guides.spoken(line, interview.address) for line in one.follow_up],
                )
                for one in questions
                if one.topic == topic
            ],
        )
        for topic in guides.topics_of(questions)
    ]


@bp.post("/gesprekken/<uuid:interview_id>/gesprek")
@opens(Interview, Permission.TALK_HOLD)
def save(interview: Interview) -> ResponseReturnValue:
    """Keep the notes of the form that needs no script; a text from elsewhere stays beside one's own."""
    both = False
    current = None
    try:
        with transaction(session()):
            for current in talks.questions_for(session(), interview):
                both |= _keep(interview, current)
    except Invalid as error:
        where = "" if current is None else f"text-{current.id}"
        said = sentence(error.key, **error.fields)
        return _page(interview, error=(where, said), typed=request.form.to_dict()), 422
    flash(sentence("talk.other_note") if both else _("Opgeslagen."), "info" if both else "ok")
    return redirect(url_for(".show", interview_id=interview.id), code=303)


def _keep(interview: Interview, question: Question) -> bool:
    """Keep what the form says about one question; return whether another text was there, so that both are kept."""
    said = request.form
    text, base = said.get(f"text-{question.id}"), said.get(f"base-{question.id}", "")
    asked, was = f"asked-{question.id}" in said, said.get(f"was-{question.id}") == "1"
    if text is None or (text.strip() == base.strip() and asked == was):
        return False
    jotting = Jotting(asked=asked if asked != was else None, text=text, base=base)
    actor, keys = identity.actor(), keystore()
    try:
        talks.note(session(), actor, interview, question, jotting, keys=keys)
    except OtherNote as error:
        kept = Jotting(asked=jotting.asked, text=talks.both(text, error.text), base=error.text)
        talks.note(session(), actor, interview, question, kept, keys=keys)
        return True
    return False


@bp.put("/gesprekken/<uuid:interview_id>/vragen/<uuid:question_id>")
@opens(Interview, Permission.TALK_HOLD)
@once("note")
def note(interview: Interview, question_id: uuid.UUID) -> ResponseReturnValue:
    """Keep what a phone says about one question. 409 with the other text when another device wrote one meanwhile."""
    jotting = _jotting_from(request.get_json(silent=True))
    if jotting is None:
        return jsonify(error=sentence("talk.unreadable")), 422
    question = session().get(Question, question_id)
    if question is None:
        raise NotVisible
    try:
        with transaction(session()):
            kept = talks.note(session(), identity.actor(), interview, question, jotting, keys=keystore())
    except OtherNote as error:
        _log_others(interview)
        return jsonify(error=sentence(error.key), text=error.text), 409
    except Invalid as error:
        return jsonify(error=sentence(error.key, **error.fields)), 422
    return jsonify(note_json(kept))


def _jotting_from(given: Any) -> Jotting | None:
    """Return what a phone sent; None when it is not what a phone of ours sends."""
    if not isinstance(given, dict):
        return None
    marks = {name: given.get(name) for name in ("asked", "skipped")}
    at_ms, text, base, recording = (given.get(name) for name in ("at_ms", "text", "base", "recording"))
    fits = (
        all(mark is None or isinstance(mark, bool) for mark in marks.values())
        and (at_ms is None or (isinstance(at_ms, int) and not isinstance(at_ms, bool)))
        and (text is None or isinstance(text, str))
        and (base is None or isinstance(base, str))
        and (recording is None or isinstance(recording, str))
    )
    if not fits:
        return None
    try:
        recording_id = None if recording is None else uuid.UUID(recording)
    except ValueError:
        return None
    return Jotting(recording_id=recording_id, at_ms=at_ms, text=text, base=base or "", **marks)


@bp.post("/gesprekken/<uuid:interview_id>/gehouden")
@opens(Interview, Permission.TALK_HOLD)
def held(interview: Interview) -> ResponseReturnValue:
    """Say that the interview was held; go on to how it was."""
    on = _day(request.form.get("on"))
    try:
        if on is None:
            raise Invalid("talk.day")
        with transaction(session()):
            talks.held(session(), identity.actor(), interview, on)
    except Invalid as error:
        return _page(interview, error=("on", sentence(error.key, **error.fields)), typed=request.form.to_dict()), 422
    flash(_("Het gesprek is klaar. Alles is bewaard."), "ok")
    after = "aftercare.debrief" if endpoint_exists("aftercare.debrief") else "interviews.show"
    return redirect(url_for(after, interview_id=interview.id), code=303)


@bp.put("/gesprekken/<uuid:interview_id>/gehouden")
@opens(Interview, Permission.TALK_HOLD)
@once("held")
def held_json(interview: Interview) -> ResponseReturnValue:
    """Say that the interview was held, from a phone that may have been without network."""
    given = request.get_json(silent=True)
    on = _day(given.get("on")) if isinstance(given, dict) else None
    try:
        if on is None:
            raise Invalid("talk.day")
        with transaction(session()):
            talks.held(session(), identity.actor(), interview, on)
    except Invalid as error:
        return jsonify(error=sentence(error.key, **error.fields)), 422
    return jsonify(held_on=interview.held_on.isoformat() if interview.held_on else None)


def _day(given: object) -> date | None:
    try:
        return date.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None
