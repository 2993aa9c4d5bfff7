"""After words were destroyed: the sound made silent, and everything that is left of the interview under a new key.

Old backups hold the raw text, drafts and sound as ciphertext under the interview's key. So the interview gets a new key
and the old one is destroyed: those copies cannot be read any more, by anybody. In order, for a job::

    with reading(engine)() as session:
        work = work_on(session, redaction, keys=keys, files=files)   # None: nothing to do (any more), or not yet
    for name in work.names: ...                                      # each file once: silent, or as it was
    with writing(engine)() as session, transaction(session):
        store_renewed(session, work, made)
        keys.take_over(work.interview_id)                            # last: from here the new key seals
    finish(work, keys=keys, files=files)                             # after the commit

New files are made in a folder of their own, under the new key; the rows change in one transaction; then the new files
take their places and the old key is destroyed. After a crash `half_way` tells which key the rows are under, by
`Redaction.key_proof`, seals what was written under the other one meanwhile, and `clear_up` finishes or undoes the rest.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit
from interviews.clock import now
from interviews.errors import Invalid
from interviews.keys import DataKey, KeyDestroyed, KeyMissing, KeyStore, SealBroken
from interviews.models import Attachment, Interview, Recording, RecordingPiece
from interviews.models.recording import RecordingState
from interviews.models.redaction import Redaction
from interviews.recordings.places import digest_of, name_of, peaks_context, piece_name, sound_name
from interviews.redactions.sealed import reseal, reseal_late
from interviews.sealedfiles import SealedFiles, key_of
from interviews.streams import SealedReader, SealedWriter

FOLDER = "renewing"
QUIET = timedelta(hours=1)
"""So long after the last piece of sound that came in nobody is taken to be sending any more."""
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Made:
    """What became of the sound that was made silent."""

    media_type: str
    duration_ms: int
    peaks: bytes


@dataclass(frozen=True, slots=True)
class Work:
    """What is needed to give one interview a new key, apart from any database session. Holds both keys."""

    interview_id: uuid.UUID
    redaction_id: uuid.UUID
    names: Mapping[str, str]
    """Per file of the interview the name that it gets."""
    silences: Mapping[str, Sequence[tuple[int, int]]]
    """Per file of sound the stretches (ms) that become silence."""
    pieces: Mapping[uuid.UUID, bytes]
    """Per piece of sound its new digest."""
    old: DataKey = field(repr=False)
    new: DataKey = field(repr=False)
    files: SealedFiles = field(repr=False)

    def open(self, name: str) -> SealedReader:
        """Open a file as it is. Raises `keys.SealBroken` and FileNotFoundError."""
        return self.files.read(name, key_of(self.old, name))

    def write(self, name: str) -> SealedWriter:
        """Return the writer of what takes the place of a file: whole when its block ends, not there when it raises."""
        target = self.names[name]
        return self.files.write(_beside(self.interview_id, target), key_of(self.new, target))

    def copy(self, name: str) -> None:
        """Seal a file anew as it is."""
        with self.open(name) as source, self.write(name) as target:
            while content := source.read(CHUNK):
                target.write(content)


def _beside(interview_id: uuid.UUID, name: str) -> str:
    return f"{FOLDER}/{interview_id}/{name}"


def to_do(session: Session) -> Sequence[uuid.UUID]:
    """Return the redactions whose interview still gets a new key, oldest first."""
    return session.scalars(
        select(Redaction.id).where(Redaction.renewed_at.is_(None)).order_by(Redaction.at, Redaction.id)
    ).all()


def work_on(session: Session, redaction: Redaction, *, keys: KeyStore, files: SealedFiles) -> Work | None:
    """Return what is needed; None when it was done, when the story was taken back, or while sound comes in.

    Asks no permission: it is a job's. The new key is beside the old one when this returns.
    """
    interview_id = redaction.interview_id
    if redaction.renewed_at is not None or interview_id in keys.destroyed() or _sound_comes_in(session, interview_id):
        return None
    old, new = keys.renew(interview_id)
    names, pieces = _files(session, interview_id, old, new, files)
    silences: dict[str, list[tuple[int, int]]] = {}
    for row in _waiting(session, interview_id):
        for recording_id, start, end in row.silences:
            name = sound_name(uuid.UUID(str(recording_id)))
            if name in names:
                silences.setdefault(name, []).append((int(start), int(end)))
    return Work(interview_id, redaction.id, names, silences, pieces, old, new, files)


def _waiting(session: Session, interview_id: uuid.UUID) -> Sequence[Redaction]:
    """Return every redaction of an interview that waits: one new key serves them all."""
    return session.scalars(
        select(Redaction).where(Redaction.interview_id == interview_id, Redaction.renewed_at.is_(None))
    ).all()


def _sound_comes_in(session: Session, interview_id: uuid.UUID) -> bool:
    """Tell whether sound is on its way: a piece that is sealed just now would be under the old key."""
    busy = session.scalars(
        select(Recording).where(
            Recording.interview_id == interview_id,
            Recording.state.in_((RecordingState.RECEIVING, RecordingState.WHOLE)),
        )
    ).all()
    for row in busy:
        last = max((piece.received_at for piece in row.pieces), default=row.started_at)
        if row.state is RecordingState.WHOLE or now() - last < QUIET:
            return True
    return False


def _files(
    session: Session, interview_id: uuid.UUID, old: DataKey, new: DataKey, files: SealedFiles
) -> tuple[dict[str, str], dict[uuid.UUID, bytes]]:
    """Return per file of the interview what it will be called, and per piece its digest under the new key."""
    names = {name: name for name in _kept(session, interview_id, files)}
    pieces: dict[uuid.UUID, bytes] = {}
    for row, piece in _pieces(session, interview_id):
        name = name_of(piece)
        pieces[piece.id] = digest_of(new, row.id, files.get(name, key_of(old, name)))
        names[name] = piece_name(row.id, piece.part, piece.number, pieces[piece.id])
    return names, pieces


def _kept(session: Session, interview_id: uuid.UUID, files: SealedFiles) -> Iterator[str]:
    """Yield the names of files that keep their name. One that is not there is lost with either key."""
    ready = session.scalars(
        select(Recording.id).where(Recording.interview_id == interview_id, Recording.state == RecordingState.READY)
    )
    pictures = session.scalars(
        select(Attachment.id).where(Attachment.interview_id == interview_id, Attachment.erased_at.is_(None))
    )
    for name in (*map(sound_name, ready), *(f"picture/{picture_id}" for picture_id in pictures)):
        if files.exists(name):
            yield name


def _pieces(session: Session, interview_id: uuid.UUID) -> Iterator[tuple[Recording, RecordingPiece]]:
    for row in session.scalars(
        select(Recording).where(
            Recording.interview_id == interview_id,
            Recording.state.not_in((RecordingState.READY, RecordingState.ERASED)),
        )
    ):
        yield from ((row, piece) for piece in row.pieces)


def store_renewed(session: Session, work: Work, made: Mapping[str, Made]) -> None:
    """Put every value under the new key, and the silent sound in its row; call `finish` after the commit.

    `made` has what became of each file in `work.silences`. Raises Invalid("removal.interview_moved") when there is a
    file now that was not there when the work began: then it is done again.
    """
    interview = session.get_one(Interview, work.interview_id, with_for_update=True)
    session.expire_all()
    names = {*_kept(session, interview.id, work.files), *(name_of(one) for _, one in _pieces(session, interview.id))}
    if not names <= set(work.names):
        raise Invalid("removal.interview_moved")
    for piece in session.scalars(select(RecordingPiece).where(RecordingPiece.id.in_(list(work.pieces)))):
        piece.digest = work.pieces[piece.id]
    reseal(session, interview.id, old=work.old, new=work.new)
    for name, sound in made.items():
        recording = session.get(Recording, uuid.UUID(name.split("/")[1]))
        if recording is not None and recording.state is RecordingState.READY:
            recording.media_type, recording.duration_ms = sound.media_type, sound.duration_ms
            recording.peaks_sealed = work.new.seal(sound.peaks, context=peaks_context(recording.id))
    moment = now()
    for row in _waiting(session, interview.id):
        row.renewed_at = moment
        row.key_proof = work.new.seal(b"", context=f"redaction:{row.id}:key")
        audit.record(session, None, "redaction.renewed", row, project_id=interview.project_id)
    session.flush()


def finish(session: Session, work: Work) -> None:
    """Seal what somebody wrote under the old key while it changed hands. After the commit, in a transaction of its own.

    The caller then calls `clear_up` with the interview as renewed.
    """
    reseal_late(session, work.interview_id, kept=work.new, dropped=work.old)


def _move(interview_id: uuid.UUID, files: SealedFiles) -> None:
    folder = f"{FOLDER}/{interview_id}"
    for name in files.names(folder):
        files.replace(name.removeprefix(folder + "/"), name)
    files.erase_folder(folder)


def is_half_way(*, keys: KeyStore, files: SealedFiles) -> bool:
    """Tell whether such work is going on, or was left by a crash."""
    return bool(keys.renewing() or files.names(FOLDER))


def half_way(session: Session, *, keys: KeyStore) -> dict[uuid.UUID, bool]:
    """Return the interviews whose keys are changing hands, each with whether the rows are under the new one.

    Call it when nobody else is at this work, in a transaction, and `clear_up` with the answer after the commit: what was
    written under the other key meanwhile is sealed by the one that stays.
    """
    found = {}
    for interview_id in keys.renewing():
        try:
            old, new = keys.renew(interview_id)
        except (KeyDestroyed, KeyMissing):
            continue
        renewed = _opens_a_proof(session, interview_id, new)
        kept, dropped = (new, old) if renewed else (old, new)
        reseal_late(session, interview_id, kept=kept, dropped=dropped)
        found[interview_id] = renewed
    return found


def _opens_a_proof(session: Session, interview_id: uuid.UUID, key: DataKey) -> bool:
    for row in session.scalars(
        select(Redaction).where(Redaction.interview_id == interview_id, Redaction.key_proof.is_not(None))
    ):
        try:
            key.open(row.key_proof or b"", context=f"redaction:{row.id}:key")
        except SealBroken:
            continue
        return True
    return False


def clear_up(found: Mapping[uuid.UUID, bool], *, keys: KeyStore, files: SealedFiles) -> None:
    """Destroy the key that no row is under any more, and let the new files take their places or go. Again is no error."""
    for interview_id, renewed in found.items():
        if not renewed:
            files.erase_folder(f"{FOLDER}/{interview_id}")
        keys.settle(interview_id, renewed=renewed)
    for name in files.names(FOLDER):
        # Under the key that was settled, now or before a crash.
        interview_id = uuid.UUID(name.split("/")[1])
        if interview_id not in keys.renewing():
            _move(interview_id, files)
