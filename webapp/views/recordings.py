"""Sound: coming in piece by piece from a phone, going out for listening, and going away.

A piece's body is in memory only (see `webapp.uploads` and `webapp.cli.serve`) until it is sealed. What is said to a
script is JSON, also what is refused: {"error": sentence}.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable, Iterator
from functools import wraps
from typing import ParamSpec

from flask import Blueprint, Response, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.http import parse_range_header

from interviews import recordings, removals
from interviews.access import Permission, allows
from interviews.db import transaction
from interviews.errors import Invalid, NotVisible
from interviews.models import Interview, Recording
from interviews.models.recording import RecordingState
from interviews.readings import Reading
from interviews.scopes import Scope
from interviews.streams import SealedReader
from webapp import identity
from webapp.db import files, keystore, let_go, session, store
from webapp.forms.recordings import Begun, Marked, parts_from
from webapp.guard import opens
from webapp.logged import log_reading
from webapp.messages import sentence

bp = Blueprint("recordings", __name__)

PORTION = 256 * 1024
"""Bytes that are opened at a time while sound is sent."""
AT_ONCE = 4 * 1024 * 1024
"""Most bytes in an answer to who asks for everything from a place on. A browser that listens asks so and takes its time;
a longer answer would keep one of the server's few hands for as long as somebody listens. It asks on by itself."""
_STATUS = {
    "recording.piece_too_large": 413,
    "recording.other_bytes": 409,
    "recording.incomplete": 409,
    "recording.erased": 410,
}

P = ParamSpec("P")


def in_json(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Say what `view` refuses as JSON, whatever the script said that it accepts."""

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        try:
            return view(*args, **kwargs)
        except Invalid as error:
            said: dict[str, object] = {"error": sentence(error.key, **error.fields)}
            if isinstance(error, recordings.MissingPieces):
                said["missing"] = error.missing
            return jsonify(said), _STATUS.get(error.key, 422)

    return answered


@bp.get("/gesprekken/<uuid:interview_id>/opnames")
@opens(Interview, Permission.INTERVIEW_SEE)
def index(interview: Interview) -> ResponseReturnValue:
    """Show the recordings of an interview, and add one."""
    return _index_page(interview)


def _index_page(interview: Interview, *, asked: uuid.UUID | None = None) -> str:
    """Return the page; `asked` is the recording of which it asks whether it must really go."""
    actor = identity.actor()
    return render_template(
        "recordings/index.html",
        layout="notebook",
        project_id=interview.project_id,
        interview=interview,
        recordings=[_told(row) for row in recordings.recordings_of(session(), actor, interview)],
        asked=asked,
        allowed=interview.allows(Scope.RECORD),
        may={
            "add": allows(actor, Permission.RECORDING_ADD, interview),
            "play": allows(actor, Permission.RECORDING_PLAY, interview),
            "erase": allows(actor, Permission.RECORDING_ERASE, interview),
            "speech": allows(actor, Permission.SPEECH_TO_TEXT, interview),
        },
        limits={"bytes": recordings.MAX_BYTES, "piece": recordings.PIECE_BYTES},
    )


def _told(row: Recording) -> dict[str, object]:
    """Return what the page tells of one recording: the row itself, and its words."""
    return {
        "row": row,
        "state": row.state.value,
        "state_word": sentence(f"recording.state.{row.state.value}"),
        "origin_word": sentence(f"recording.origin.{row.origin.value}"),
        "megabytes": row.size / 1_000_000,
        "duration_ms": row.duration_ms,
        "failure": sentence(row.failure) if row.failure else None,
        "started_at": row.started_at,
        "erase_on": row.erase_on,
        "erased_at": row.erased_at,
        "ready": row.state is RecordingState.READY,
        "unfinished": row.state in {RecordingState.RECEIVING, RecordingState.FAILED},
        "erased": row.state is RecordingState.ERASED,
        "hidden": [list(stretch) for stretch in removals.hidden_stretches(session(), row)],
    }


@bp.post("/gesprekken/<uuid:interview_id>/opnames")
@opens(Interview, Permission.INTERVIEW_SEE)
@in_json
def begin(interview: Interview) -> ResponseReturnValue:
    """Begin a recording; sent twice it is begun once."""
    sent = Begun.read(request.get_json(silent=True))
    with transaction(session()):
        row = recordings.begin(
            session(),
            identity.actor(),
            interview,
            recording_id=sent.id,
            origin=sent.origin,
            media_type=sent.media_type,
            started_at=sent.started_at,
            size=sent.size,
        )
    return jsonify(id=str(row.id), state=row.state)


@bp.put("/opnames/<uuid:recording_id>/stukken/<int:part>/<int:number>")
@opens(Recording, Permission.INTERVIEW_SEE)
@in_json
def receive(recording: Recording, part: int, number: int) -> ResponseReturnValue:
    """Take in one piece of sound, which is the body as it is. Sent twice it is here once."""
    actor, recording_id, interview_id = identity.actor(), recording.id, recording.interview_id
    recordings.require_recorded(actor, Permission.RECORDING_ADD, recording.interview)
    if (request.content_length or 0) > recordings.PIECE_BYTES:
        raise Invalid("recording.piece_too_large")
    # Sealing writes a file and waits for the disk: nobody else waits for that.
    let_go()
    piece = recordings.seal_piece(
        interview_id, recording_id, part=part, number=number, content=request.get_data(), keys=keystore(), files=files()
    )
    with transaction(session()):
        row = _still(recording_id)
        recordings.keep_piece(session(), actor, row, piece)
        state = row.state
    return jsonify(part=part, number=number, state=state)


def _still(recording_id: uuid.UUID) -> Recording:
    row = session().get(Recording, recording_id)
    if row is None:
        raise NotVisible
    return row


@bp.get("/opnames/<uuid:recording_id>/stukken.json")
@opens(Recording, Permission.RECORDING_ADD)
@in_json
def have(recording: Recording) -> ResponseReturnValue:
    """Tell which pieces are here."""
    return jsonify(have=recordings.have(session(), identity.actor(), recording), state=recording.state)


@bp.post("/opnames/<uuid:recording_id>/klaar")
@opens(Recording, Permission.INTERVIEW_SEE)
@in_json
def finish(recording: Recording) -> ResponseReturnValue:
    """Close a recording of which everything is here, else tell what is missing (409)."""
    parts = parts_from(request.get_json(silent=True))
    return jsonify(id=str(recording.id), state=_finish(recording, parts))


def _finish(recording: Recording, parts: list[int] | None) -> RecordingState:
    with transaction(session()):
        row = recordings.finish(session(), identity.actor(), recording, parts=parts)
        state, recording_id = row.state, row.id
    if state is RecordingState.WHOLE:
        current_app.extensions["jobs"].prepare(recording_id)
    return state


@bp.post("/opnames/<uuid:recording_id>/afronden")
@opens(Recording, Permission.RECORDING_ADD)
def settle(recording: Recording) -> ResponseReturnValue:
    """Close a recording with what is here: the form for a phone that does not come back. After a failure: try again."""
    interview_id = recording.interview_id
    _finish(recording, None)
    flash(sentence("recording.finished"), "ok")
    return redirect(url_for(".index", interview_id=interview_id), code=303)


@bp.get("/opnames/<uuid:recording_id>/geluid")
@opens(Recording, Permission.RECORDING_PLAY)
@in_json
def sound(recording: Recording) -> ResponseReturnValue:
    """Send the sound, or the range of it that was asked for. Only what is sent is opened, and never on disk."""
    media_type, tag = recording.media_type, f'"{recording.id}"'
    reader = _open_logged(recording)
    # Sending takes as long as somebody listens.
    let_go()
    response = _ranged(reader, tag)
    response.call_on_close(reader.close)
    response.headers["Content-Type"] = media_type
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = tag
    return response


def _open_logged(recording: Recording) -> SealedReader:
    """Open the sound; the listening is in the log when this returns.

    A page that is only read has a session that cannot write, so a new line is written in a transaction of its own.
    """
    actor, keys = identity.actor(), keystore()
    if recordings.playing_is_logged(session(), actor, recording):
        return recordings.open_sound(session(), actor, recording, keys=keys, files=files())
    with store().write() as apart, transaction(apart):
        return recordings.open_sound(apart, actor, apart.get_one(Recording, recording.id), keys=keys, files=files())


def _ranged(reader: SealedReader, tag: str) -> Response:
    """Return all of `reader` (200), the range that was asked for (206), or say that there is no such range (416)."""
    asked = parse_range_header(request.headers.get("Range"))
    current = request.headers.get("If-Range") in (None, tag)
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1 or not current:
        return _response(reader, 0, reader.size, 200)
    first, after = asked.ranges[0]
    if first < 0:
        # The last so many bytes; more than there are is all of them.
        start, end = max(0, reader.size + first), reader.size
    else:
        start, end = first, min(reader.size, first + AT_ONCE if after is None else after)
    if start >= end:
        reader.close()
        empty = Response(status=416)
        empty.headers["Content-Range"] = f"bytes */{reader.size}"
        return empty
    response = _response(reader, start, end, 206)
    response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{reader.size}"
    return response


def _response(reader: SealedReader, start: int, end: int, status: int) -> Response:
    response = Response(_portions(reader, start, end), status=status)
    response.content_length = end - start
    return response


def _portions(reader: SealedReader, start: int, end: int) -> Iterator[bytes]:
    reader.seek(start)
    while start < end:
        portion = reader.read(min(PORTION, end - start)) or b""
        start += len(portion)
        yield portion


@bp.get("/opnames/<uuid:recording_id>/golf.json")
@opens(Recording, Permission.RECORDING_PLAY)
@in_json
def peaks(recording: Recording) -> ResponseReturnValue:
    """Tell the shape of the sound: loudness 0–255 per step, as base64."""
    found = recordings.peaks(session(), identity.actor(), recording, keys=keystore())
    return jsonify(step_ms=recordings.PEAK_MS, peaks=base64.b64encode(found).decode("ascii"))


@bp.get("/opnames/<uuid:recording_id>/markeringen.json")
@opens(Recording, Permission.RECORDING_PLAY)
@in_json
def marks(recording: Recording) -> ResponseReturnValue:
    """Tell which moments were marked, with their notes."""
    if any(row.note_sealed and row.made_by_id != identity.actor().person_id for row in recording.marks):
        log_reading(Reading.NOTES, recording.interview)
    found = recordings.marks(session(), identity.actor(), recording, keys=keystore())
    return jsonify(marks=[{"id": str(one.id), "at_ms": one.at_ms, "kind": one.kind, "note": one.note} for one in found])


@bp.post("/opnames/<uuid:recording_id>/markeringen")
@opens(Recording, Permission.INTERVIEW_SEE)
@in_json
def mark(recording: Recording) -> ResponseReturnValue:
    """Mark a moment; the same mark again changes its note."""
    sent = Marked.read(request.get_json(silent=True))
    with transaction(session()):
        recordings.mark(
            session(),
            identity.actor(),
            recording,
            mark_id=sent.id,
            at_ms=sent.at_ms,
            kind=sent.kind,
            note=sent.note,
            keys=keystore(),
        )
    return jsonify(id=str(sent.id))


@bp.delete("/opnames/<uuid:recording_id>/markeringen/<uuid:mark_id>")
@opens(Recording, Permission.INTERVIEW_SEE)
@in_json
def unmark(recording: Recording, mark_id: uuid.UUID) -> ResponseReturnValue:
    """Take a mark away; one that is gone stays gone."""
    with transaction(session()):
        recordings.unmark(session(), identity.actor(), recording, mark_id=mark_id)
    return jsonify({})


@bp.post("/opnames/<uuid:recording_id>/wissen")
@opens(Recording, Permission.RECORDING_ERASE)
def erase(recording: Recording) -> ResponseReturnValue:
    """Ask whether it must really go; then erase it for good."""
    interview = recording.interview
    if request.form.get("sure") != "yes":
        return _index_page(interview, asked=recording.id)
    interview_id = interview.id
    with transaction(session()):
        recordings.erase(session(), identity.actor(), recording)
    # After the commit: the files go.
    with store().read() as apart:
        recordings.sweep(apart, files(), apart.get_one(Recording, recording.id))
    flash(sentence("recording.erased_now"), "ok")
    return redirect(url_for(".index", interview_id=interview_id), code=303)
