"""Holding the rows against the sealed files: is every file there that a row names, and is each of them whole?"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import attachments
from interviews.keys import KeysError, KeyStore
from interviews.models import Attachment, Recording
from interviews.models.recording import RecordingState
from interviews.recordings.places import FOLDER, name_of, sound_name
from interviews.sealedfiles import SealedFiles, key_of


@dataclass(frozen=True, slots=True)
class Inventory:
    """What was found, by name of file."""

    whole: int
    missing: tuple[str, ...]
    """Named by a row and not there."""
    damaged: tuple[str, ...]
    """There, and changed, cut short, or without its key."""
    unnamed: tuple[str, ...]
    """There for more than a day, and no row names it: what a crash left and a worker clears up."""


def take(session: Session, keys: KeyStore, files: SealedFiles) -> Inventory:
    """Look at every file. Of each its length and its last part are checked, so it costs little however long it is."""
    missing, damaged, named, whole = [], [], set(), 0
    for name, interview in _named(session):
        named.add(name)
        try:
            files.read(name, key_of(keys.open(interview), name)).close()
            whole += 1
        except FileNotFoundError:
            missing.append(name)
        except KeysError:
            damaged.append(name)
    there = [*files.names(FOLDER), *files.names(attachments.FOLDER)]
    unnamed = [name for name in there if name not in named and files.is_old(name)]
    return Inventory(whole, tuple(missing), tuple(damaged), tuple(unnamed))


def _named(session: Session) -> Iterator[tuple[str, uuid.UUID]]:
    """Yield the name of each file that a row names, with the interview whose key it is under."""
    for recording in session.scalars(select(Recording).where(Recording.state != RecordingState.ERASED)):
        if recording.state is RecordingState.READY:
            yield sound_name(recording.id), recording.interview_id
        else:
            for piece in recording.pieces:
                yield name_of(piece), recording.interview_id
    for picture in session.scalars(select(Attachment).where(Attachment.erased_at.is_(None))):
        yield f"{attachments.FOLDER}/{picture.id}", picture.interview_id
