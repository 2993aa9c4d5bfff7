"""A recording of the example: made sound that comes in as from a phone, ready to play."""

from __future__ import annotations

import uuid
from contextlib import ExitStack, closing
from datetime import datetime

from sqlalchemy.orm import Session

from interviews import recordings
from interviews.access import Actor
from interviews.formats import media
from interviews.keys import KeyStore
from interviews.models import Interview, Recording
from interviews.models.recording import RecordingOrigin
from interviews.recordings import PIECE_BYTES
from interviews.sealedfiles import SealedFiles


def record(
    session: Session,
    actor: Actor,
    interview: Interview,
    content: bytes,
    started_at: datetime,
    *,
    keys: KeyStore,
    files: SealedFiles,
) -> Recording:
    """Record `content` as a phone does, in pieces, and make it ready to play as the worker does."""
    recording = recordings.begin(
        session,
        actor,
        interview,
        recording_id=uuid.uuid4(),
        origin=RecordingOrigin.RECORDED,
        media_type="audio/wav",
        started_at=started_at,
    )
    half = min(PIECE_BYTES, -(-len(content) // 2))
    places = range(0, len(content), half)
    for number, start in enumerate(places):
        piece = content[start : start + half]
        recordings.receive(session, actor, recording, part=0, number=number, content=piece, keys=keys, files=files)
    recordings.finish(session, actor, recording, parts=[len(places)])
    work = recordings.work_on(session, recording, keys=keys, files=files)
    assert work is not None
    with ExitStack() as held:
        parts = [(held.enter_context(closing(part)), part.size) for part in work.parts()]
        out = held.enter_context(work.sound())
        made = media.prepare(parts, sink=out.write, most_ms=recordings.MAX_MS)
    recordings.store_ready(
        session, recording, media_type=made.media_type, duration_ms=made.duration_ms, peaks=made.peaks, keys=keys
    )
    return recording
