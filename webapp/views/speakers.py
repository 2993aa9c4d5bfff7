"""Who talks in a stored text: another label everywhere at once, another part, two voices made one, one voice more."""

from __future__ import annotations

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import func, select

from interviews import transcripts
from interviews.access import Permission
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.models import Interview, Revision, SpeakerRow, Transcript, TurnRow
from interviews.models.transcript import Layer
from webapp import identity
from webapp.db import keystore, session
from webapp.forms.bring_in import role_of, role_words
from webapp.guard import opens
from webapp.messages import sentence
from webapp.views.bring_in import read_logged

bp = Blueprint("speakers", __name__)


@bp.get("/gesprekken/<uuid:interview_id>/sprekers")
@opens(Interview, Permission.RAW_EDIT)
def index(interview: Interview) -> ResponseReturnValue:
    """Show every voice with its label, its part and how often it speaks."""
    transcript = transcripts.transcript_of(session(), interview)
    if transcript is None:
        return redirect(url_for("bring_in.choose", interview_id=interview.id), code=303)
    return _page(interview, transcript)


def _page(
    interview: Interview, transcript: Transcript, *, errors: dict[str, str] | None = None, typed: str | None = None
) -> str:
    newest = transcripts.newest(session(), transcript, Layer.RAW)
    counted = session().execute(
        select(TurnRow.speaker_id, func.count())
        .join(Revision)
        .where(Revision.id == (None if newest is None else newest.id))
        .group_by(TurnRow.speaker_id)
    )
    called = {}
    if transcript.approved_at is None:
        # What a speaker was called in the source may be a real name: for whoever may still read the text with names,
        # and in the log as that.
        read_logged(transcript)
        called = transcripts.speaker_names(session(), transcript, keys=keystore())
    return render_template(
        "bring_in/speakers.html",
        interview=interview,
        speakers=transcript.speakers,
        counts=dict(counted.all()),
        called=called,
        role_options=role_words(),
        errors=errors or {},
        typed=typed,
    )


def _of(interview: Interview, speaker_id: str) -> tuple[Transcript, SpeakerRow]:
    """Return the transcript and the speaker of it with this id. Raises Invalid("speaker.unknown")."""
    transcript = transcripts.transcript_of(session(), interview)
    for row in transcript.speakers if transcript is not None else ():
        if str(row.id) == speaker_id and transcript is not None:
            return transcript, row
    raise Invalid("speaker.unknown")


def _back(interview: Interview, speaker_id: uuid.UUID | None = None) -> ResponseReturnValue:
    flash(_("Opgeslagen."), "ok")
    anchor = None if speaker_id is None else f"s-{speaker_id}"
    return redirect(url_for("speakers.index", interview_id=interview.id, _anchor=anchor), code=303)


@bp.post("/gesprekken/<uuid:interview_id>/sprekers/<uuid:speaker_id>")
@opens(Interview, Permission.RAW_EDIT)
def change(interview: Interview, speaker_id: uuid.UUID) -> ResponseReturnValue:
    """Give a voice another label or part, everywhere at once."""
    transcript, speaker = _of(interview, str(speaker_id))
    label = request.form.get("label", "")
    try:
        with transaction(session()):
            transcripts.change_speaker(
                session(), identity.actor(), speaker, label=label, role=role_of(request.form.get("role"))
            )
    except Invalid as error:
        errors = {str(speaker_id): sentence(error.key, **error.fields)}
        return _page(interview, transcript, errors=errors, typed=label), 422
    return _back(interview, speaker_id)


@bp.post("/gesprekken/<uuid:interview_id>/sprekers/<uuid:speaker_id>/samen")
@opens(Interview, Permission.RAW_EDIT)
def merge(interview: Interview, speaker_id: uuid.UUID) -> ResponseReturnValue:
    """Say that two voices are one."""
    _transcript, speaker = _of(interview, str(speaker_id))
    _transcript, into = _of(interview, request.form.get("into", ""))
    with transaction(session()):
        transcripts.merge_speakers(session(), identity.actor(), speaker, into=into)
    return _back(interview, into.id)


@bp.post("/gesprekken/<uuid:interview_id>/sprekers")
@opens(Interview, Permission.RAW_EDIT)
def add(interview: Interview) -> ResponseReturnValue:
    """Add a voice that the text does not name yet."""
    transcript = transcripts.transcript_of(session(), interview)
    if transcript is None:
        raise Invalid("transcript.empty")
    with transaction(session()):
        row = transcripts.add_speaker(
            session(), identity.actor(), transcript, role=role_of(request.form.get("role")), keys=keystore()
        )
    return _back(interview, row.id)
