"""Making a recording ready to play: its pieces out, one sealed stream in."""

from __future__ import annotations

import io
import itertools
import os
import uuid
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from interviews.errors import Invalid
from interviews.formats.media.wire import PEAK_MS
from interviews.keys import DataKey, KeyStore
from interviews.models import Recording
from interviews.models.recording import RecordingState
from interviews.recordings.places import MAX_MS, lock, media_type_of, name_of, peaks_context, sound_name
from interviews.sealedfiles import SealedFiles, key_of
from interviews.streams import SealedReader, SealedWriter

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

GRACE_MS = 10 * 60 * 1000
"""A recorder stops at three hours; sound that came out a little longer is not thrown away for it."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is needed to make one recording ready, apart from any database session. Holds the interview's key."""

    recording_id: uuid.UUID
    media_type: str
    """What came in."""
    pieces: tuple[tuple[tuple[str, int], ...], ...]
    """Per part the pieces in order: name of the file, plain bytes in it."""
    _key: DataKey = field(repr=False)
    _files: SealedFiles = field(repr=False)

    def parts(self) -> list[PartReader]:
        """Return a reader per part, for who closes them. A file that is gone or changed shows when it is read."""
        return [PartReader(pieces, self._files, self._key) for pieces in self.pieces]

    def sound(self) -> SealedWriter:
        """Return the writer of the file that will be played: whole when its block ends, not there when it raises."""
        name = sound_name(self.recording_id)
        return self._files.write(name, key_of(self._key, name))


class PartReader(io.RawIOBase):
    """The pieces of one part as one plain file in which one can jump. Opens one sealed file at a time.

    Reading raises `keys.SealBroken` for a piece that was changed, and FileNotFoundError for one that is gone.
    """

    def __init__(self, pieces: Sequence[tuple[str, int]], files: SealedFiles, key: DataKey) -> None:
        super().__init__()
        self._names = [name for name, _ in pieces]
        self._ends = list(itertools.accumulate(size for _, size in pieces))
        self._files, self._key = files, key
        self._at = 0
        self._held = -1
        self._open: SealedReader | None = None

    @property
    def size(self) -> int:
        """Plain bytes in the part."""
        return self._ends[-1] if self._ends else 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Return the place of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place and return it. Raises ValueError before the start."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError("a place in a file is not negative")
        self._at = base + offset
        return self._at

    def readinto(self, into: WriteableBuffer, /) -> int:
        """Fill `into` and return how many bytes that was: fewer only at the end."""
        room = memoryview(into).cast("B")
        done = 0
        while done < len(room) and self._at < self.size:
            number = bisect_right(self._ends, self._at)
            start = self._ends[number - 1] if number else 0
            piece = self._reader(number)
            piece.seek(self._at - start)
            count = piece.readinto(room[done:])
            done += count
            self._at += count
        return done

    def close(self) -> None:
        """Close the file that is open."""
        if not self.closed and self._open is not None:
            self._open.close()
        super().close()

    def _reader(self, number: int) -> SealedReader:
        if number != self._held or self._open is None:
            if self._open is not None:
                self._open.close()
            name = self._names[number]
            self._open = self._files.read(name, key_of(self._key, name))
            self._held = number
        return self._open


def work_on(session: Session, recording: Recording, *, keys: KeyStore, files: SealedFiles) -> Work | None:
    """Return what is needed to make a recording ready; None unless it is WHOLE. Asks no permission: it is a job's."""
    if recording.state is not RecordingState.WHOLE:
        return None
    by_part = itertools.groupby(recording.pieces, key=lambda piece: piece.part)
    pieces = tuple(tuple((name_of(piece), piece.size) for piece in group) for _, group in by_part)
    return Work(recording.id, recording.media_type, pieces, keys.open(recording.interview_id), files)


def store_ready(
    session: Session, recording: Recording, *, media_type: str, duration_ms: int, peaks: bytes, keys: KeyStore
) -> None:
    """Write down that the sound of `Work.sound` is what is played; call `sweep` after the commit.

    `peaks` has one byte per PEAK_MS. Does nothing when another worker was first. Raises Invalid("recording.erased"),
    Invalid("recording.not_ready") when it is not waiting for this, and Invalid("recording.too_long") over three hours.
    """
    lock(session, recording)
    if recording.state is RecordingState.READY:
        return
    if recording.state is not RecordingState.WHOLE:
        raise Invalid("recording.erased" if recording.state is RecordingState.ERASED else "recording.not_ready")
    if duration_ms > MAX_MS + GRACE_MS or len(peaks) > (MAX_MS + GRACE_MS) // PEAK_MS + 1:
        raise Invalid("recording.too_long", hours=MAX_MS // (60 * 60 * 1000))
    recording.media_type = media_type_of(media_type)
    recording.duration_ms = duration_ms
    recording.peaks_sealed = keys.open(recording.interview_id).seal(peaks, context=peaks_context(recording.id))
    recording.state, recording.failure = RecordingState.READY, None
    if recording.interview.duration_ms is None:
        recording.interview.duration_ms = duration_ms
    session.flush()


def store_failed(session: Session, recording: Recording, key: str) -> None:
    """Write down that it does not play, with the key of the sentence that says why. The pieces are kept.

    Does nothing when the recording is not waiting to be made ready any more.
    """
    lock(session, recording)
    if recording.state is RecordingState.WHOLE:
        recording.state, recording.failure = RecordingState.FAILED, key
        session.flush()
