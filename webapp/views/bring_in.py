"""Bringing in a text: paste it or choose a file, and look at what was understood. Typing it is `webapp.views.typing`."""

from __future__ import annotations

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from interviews import names, transcripts
from interviews.access import Permission
from interviews.db import transaction
from interviews.detect.finder import default_finder
from interviews.errors import Invalid, Unreadable
from interviews.formats import reading
from interviews.formats.draft import TranscriptDraft
from interviews.models import Interview, Transcript
from interviews.models.interview import Status
from interviews.scopes import Scope
from interviews.turns import Turn
from webapp import identity, uploads
from webapp.db import SAFE_METHODS, keystore, let_go, session, store
from webapp.forms.bring_in import (
    Voice,
    read_voices,
    role_words,
    voices_of,
    with_voices,
)
from webapp.guard import opens
from webapp.messages import sentence

bp = Blueprint("bring_in", __name__)
SHOWN = 20
"""Turns of a new text that are shown before it is stored."""


def clock(milliseconds: int | None) -> str | None:
    """Return a time in the recording as people read it: "00.12.30"; None for none."""
    if milliseconds is None:
        return None
    seconds = milliseconds // 1000
    return f"{seconds // 3600:02}.{seconds // 60 % 60:02}.{seconds % 60:02}"


def _closed(interview: Interview) -> str | None:
    """Return the page that says why no text can come in now; None when it can."""
    transcript = transcripts.transcript_of(session(), interview)
    if transcript is None and interview.allows(Scope.USE_RESEARCH) and interview.status is not Status.STOPPED:
        return None
    return render_template("bring_in/closed.html", interview=interview, exists=transcript is not None)


@bp.get("/gesprekken/<uuid:interview_id>/tekst")
@opens(Interview, Permission.RAW_EDIT)
def choose(interview: Interview) -> ResponseReturnValue:
    """Ask how the text comes in. Without a yes to taking part: say so, and what to do."""
    return _closed(interview) or _choose_page(interview)


def _choose_page(interview: Interview, *, pasted: str = "", errors: dict[str, str] | None = None) -> str:
    return render_template(
        "bring_in/choose.html",
        interview=interview,
        pasted=pasted,
        errors=errors or {},
        megabytes=reading.MAX_BYTES // (1024 * 1024),
    )


@bp.get("/gesprekken/<uuid:interview_id>/tekst/bekijken")
@opens(Interview, Permission.RAW_EDIT)
def preview_again(interview: Interview) -> ResponseReturnValue:
    """Go back to choosing: nothing of the last look was stored."""
    return redirect(url_for("bring_in.choose", interview_id=interview.id), code=303)


@bp.post("/gesprekken/<uuid:interview_id>/tekst/bekijken")
@opens(Interview, Permission.RAW_EDIT)
def preview(interview: Interview) -> ResponseReturnValue:
    """Show what was understood of a text, before anything is stored."""
    closed = _closed(interview)
    if closed is not None:
        return closed, 422
    if "draft" in request.form:
        carried = _carried(interview)
        return _preview_page(interview, carried, read_voices(request.form, carried.draft))
    pasted = request.form.get("pasted", "")
    file = request.files.get("file")
    where = "file" if file is not None and file.filename else "pasted"
    # Reading a file may take seconds, in a process of its own.
    let_go()
    try:
        if file is not None and file.filename:
            draft = reading.read(file.filename, file.read())
        elif pasted.strip():
            draft = reading.read_pasted(pasted)
        else:
            raise Invalid("transcript.empty")
    except (Unreadable, Invalid) as error:
        said = sentence(error.key, **error.fields)
        return _choose_page(interview, pasted=pasted, errors={where: said}), 422
    carried = uploads.carry(draft)
    return _preview_page(interview, carried, voices_of(carried.draft))


def _carried(interview: Interview) -> uploads.Carried:
    key = keystore().create(interview.id)
    return uploads.unseal(request.form["draft"], key, person_id=identity.actor().person_id)


def _preview_page(interview: Interview, carried: uploads.Carried, voices: list[Voice], error: str | None = None) -> str:
    draft = carried.draft
    shown = with_voices(draft, voices)
    counts = {speaker.label: sum(turn.speaker == speaker.label for turn in draft.turns) for speaker in draft.speakers}
    roles = {speaker.label: speaker.role.value for speaker in shown.speakers}
    return render_template(
        "bring_in/preview.html",
        interview=interview,
        draft=draft,
        sealed=uploads.seal(carried, keystore().create(interview.id), person_id=identity.actor().person_id),
        voices=list(zip(draft.speakers, voices, [counts[one.label] for one in draft.speakers], strict=True)),
        role_options=role_words(),
        turns=[(turn, clock(turn.start_ms), roles.get(turn.speaker or "")) for turn in shown.turns[:SHOWN]],
        notes=[sentence(note.key, **note.fields) for note in draft.notes],
        bsn=bsn_sentence(carried.bsn_removed),
        error=error,
    )


def bsn_sentence(count: int) -> str | None:
    """Say that BSNs were taken out; None when there were none."""
    if not count:
        return None
    return str(
        ngettext(
            "Er stond iets in dat op een BSN lijkt. Dat mogen we niet bewaren. We hebben het weggehaald.",
            "Er stonden %(num)s nummers in die op een BSN lijken. Die mogen we niet bewaren. We hebben ze weggehaald.",
            count,
        )
    )


@bp.post("/gesprekken/<uuid:interview_id>/tekst/opslaan", endpoint="store")
@opens(Interview, Permission.RAW_EDIT)
def store_draft(interview: Interview) -> ResponseReturnValue:
    """Store the text as it was looked at, and go on to the names in it."""
    closed = _closed(interview)
    if closed is not None:
        return closed, 422
    if "draft" not in request.form:
        raise Invalid("draft.lost")
    carried = _carried(interview)
    voices = read_voices(request.form, carried.draft)
    try:
        return _store(interview, with_voices(carried.draft, voices), carried.bsn_removed)
    except Invalid as error:
        return _preview_page(interview, carried, voices, sentence(error.key, **error.fields)), 422


def _store(interview: Interview, draft: TranscriptDraft, removed: int = 0) -> ResponseReturnValue:
    with transaction(session()):
        brought = transcripts.bring_in(session(), identity.actor(), interview, draft, keys=keystore())
        names.propose(session(), brought.transcript, keys=keystore(), finder=default_finder())
    flash(_("De tekst is opgeslagen. Haal nu de namen weg."), "ok")
    bsn = bsn_sentence(removed + brought.bsn_removed)
    if bsn is not None:
        flash(bsn, "warning")
    return redirect(url_for("names.review", interview_id=interview.id), code=303)


def read_logged(transcript: Transcript, *, reason: str | None = None) -> tuple[uuid.UUID, list[Turn]]:
    """Return the id of the newest raw revision and its turns; the reading is in the log when this returns.

    A page that is only read has a session that cannot write, so a new line is written in a transaction of its own.
    """
    actor, keys = identity.actor(), keystore()
    known = transcripts.reading_is_logged(session(), actor, transcript, reason=reason)
    if request.method in SAFE_METHODS and not known:
        with store().write() as apart, transaction(apart):
            own = apart.get_one(Transcript, transcript.id)
            revision, turns = transcripts.read_raw(apart, actor, own, keys=keys, reason=reason)
    else:
        with transaction(session()):
            revision, turns = transcripts.read_raw(session(), actor, transcript, keys=keys, reason=reason)
    return revision.id, turns
