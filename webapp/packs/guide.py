"""The guide of one interview on a phone: its questions as they are said to this person, and what was noted so far."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from coding import codebooks
from interviews import guides, talks
from interviews.access import Actor, Permission, allows
from interviews.models import Interview, Question
from interviews.models.interview import Address
from interviews.readings import Reading
from interviews.talks import Note
from webapp.db import keystore
from webapp.logged import log_reading
from webapp.navigation import endpoint_exists
from webapp.views.guidepages import topic_name


def section(session: Session, actor: Actor, interview: Interview) -> dict[str, Any] | None:
    """Return the questions that fit this interview, and the notes; None for who may not hold it."""
    if not allows(actor, Permission.TALK_HOLD, interview):
        return None
    guide = talks.guide_for(session, interview)
    themes = {theme.key: theme.name for theme in codebooks.themes_of(session, interview.project_id)}
    if talks.others_wrote(session, actor, interview):
        log_reading(Reading.NOTES, interview)
    notes = talks.notes_of(session, actor, interview, keys=keystore())
    return {
        "id": None if guide is None else str(guide.id),
        "version": None if guide is None else guide.version,
        "questions": [
            _question(one, interview, themes) | {"topic_name": topic_name(one.topic, interview.project)}
            for one in talks.questions_for(session, interview)
        ],
        "notes": {str(question_id): note_json(note) for question_id, note in notes.items()},
        "held_on": None if interview.held_on is None else interview.held_on.isoformat(),
        "urls": urls(interview),
    }


def _question(question: Question, interview: Interview, themes: dict[str, str]) -> dict[str, Any]:
    return {
        "id": str(question.id),
        "key": question.key,
        "topic": question.topic,
        "must": question.must,
        "text": question.text_u if interview.address is Address.U else question.text_je,
        "follow_up": [guides.spoken(line, interview.address) for line in question.follow_up],
        "themes": [themes[key] for key in question.themes if key in themes],
        "note": url_for("talk.note", interview_id=interview.id, question_id=question.id),
    }


def note_json(note: Note) -> dict[str, Any]:
    """Return a note as a phone keeps it."""
    return {
        "asked": note.asked,
        "skipped": note.skipped,
        "recording": None if note.recording_id is None else str(note.recording_id),
        "at_ms": note.at_ms,
        "text": note.text,
    }


def urls(interview: Interview) -> dict[str, str | None]:
    """Return where one goes from the talk."""
    after = "aftercare.debrief"
    return {
        "interview": url_for("interviews.show", interview_id=interview.id),
        "held": url_for("talk.held_json", interview_id=interview.id),
        "after": url_for(after, interview_id=interview.id) if endpoint_exists(after) else None,
    }
