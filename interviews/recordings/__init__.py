"""Recordings: taking sound in piece by piece, making it ready, playing it, marking moments in it, erasing it.

Rows say what there is; the sound is in sealed files (`interviews.sealedfiles`) under the interview's own key. In order:

1. `begin` makes the row; its id comes from the phone, so that beginning twice begins once.
2. `receive` takes a piece: a sealed file of its own, on disk before its row is committed. The same piece again is no
   error, other bytes in its place are (`OtherBytes`). It is two steps for who does not want to hold the database while
   a file is written: `seal_piece` (no database) and `keep_piece` (rows only).
3. `finish` asks whether everything is here (`MissingPieces` says what is not) and makes it WHOLE. Without numbers it
   takes what is here: a phone that died does not come back.
4. Somebody makes it ready to play, without holding the database meanwhile::

       with reading(engine)() as session:
           job = recordings.work_on(session, recording, keys=keys, files=files)   # None: nothing to do (any more)
       with job.sound() as out:                     # a SealedWriter; aborts when the block raises
           ... for reader in job.parts(): ...       # one seekable reader with `.size` per part, pieces joined
       with writing(engine)() as session, transaction(session):
           recordings.store_ready(session, recording, media_type=…, duration_ms=…, peaks=…, keys=keys)
           # or: recordings.store_failed(session, recording, "recording.damaged")
       recordings.sweep(session, files, recording)  # after the commit: the pieces' files go

   The media type may differ from what came in. `store_ready` raises Invalid("recording.erased") when it was erased
   meanwhile, and Invalid("recording.too_long"): store that as a failure. After a failure the pieces stay.
5. `open_sound` gives a SealedReader of a READY recording; who listens is logged once a sitting.
6. `erase` (a person), `schedule_erasure` and `erase_due` (time), `erase_disallowed` (somebody took the yes to a
   recording back) and `erase_all` (the story was taken back) let go of the sound in the rows at once; the edge calls
   `sweep` after the commit, which destroys every file that no row names. A sweep that was missed is made up for by the
   next one: `sweep(session, files)` for all.
"""

from __future__ import annotations

from interviews.formats.media.wire import PEAK_MS
from interviews.recordings.erasing import (
    Erasure,
    erase,
    erase_all,
    erase_disallowed,
    erase_due,
    schedule_erasure,
    sweep,
)
from interviews.recordings.marking import Mark, mark, marks, unmark
from interviews.recordings.places import (
    MAX_BYTES,
    MAX_MS,
    PIECE_BYTES,
    MissingPieces,
    OtherBytes,
    media_type_of,
    require_recorded,
)
from interviews.recordings.playing import open_sound, peaks, playing_is_logged, recordings_of
from interviews.recordings.preparing import Work, store_failed, store_ready, work_on
from interviews.recordings.receiving import SealedPiece, begin, finish, have, keep_piece, receive, seal_piece

__all__ = [
    "MAX_BYTES",
    "MAX_MS",
    "PEAK_MS",
    "PIECE_BYTES",
    "Erasure",
    "Mark",
    "MissingPieces",
    "OtherBytes",
    "SealedPiece",
    "Work",
    "begin",
    "erase",
    "erase_all",
    "erase_disallowed",
    "erase_due",
    "finish",
    "have",
    "keep_piece",
    "mark",
    "marks",
    "media_type_of",
    "open_sound",
    "peaks",
    "playing_is_logged",
    "receive",
    "recordings_of",
    "require_recorded",
    "schedule_erasure",
    "seal_piece",
    "store_failed",
    "store_ready",
    "sweep",
    "unmark",
    "work_on",
]
