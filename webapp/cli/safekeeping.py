"""What `doctor` looks at besides: copies that were made and tried, the sealed files, and the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select

from interviews import audit, auditheads
from interviews.auditheads import HeadsDamaged
from interviews.backups import Diary, Kind
from interviews.backups.inventory import take
from interviews.clock import now
from interviews.db import reading
from interviews.models import AuditEntry, Project
from interviews.sealedfiles import SealedFiles
from webapp.installation import Installation
from webapp.messages import sentence

BACKUP_DAYS = 7
"""Days without a copy after which `doctor` warns. How much work may be lost is the project's to say; this is the most."""
TRIED_DAYS = 92
HEAD_DAYS = 3

Look = tuple[str, bool, str]
"""A short name, whether it is well, and the sentence."""


def looks(place: Installation) -> Iterator[Look]:
    """Yield what was looked at."""
    began = _began(place)
    yield _backup(place, began)
    yield _tried(place, began)
    yield _files(place)
    yield _log(place, began)


def _began(place: Installation) -> datetime | None:
    """Return when there was first something to lose; None for made-up projects, of which nothing need be kept."""
    with reading(place.engine)() as session:
        if not session.scalar(select(func.count()).where(Project.made_up.is_(False))):
            return None
        return session.scalar(select(func.min(AuditEntry.at)))


def _day(moment: datetime) -> str:
    return f"{moment:%d-%m-%Y}"


def _older(moment: datetime | None, days: int) -> bool:
    return moment is not None and moment < now() - timedelta(days=days)


def _backup(place: Installation, began: datetime | None) -> Look:
    diary = Diary(place.settings.data)
    data, keys = diary.last(Kind.DATA), diary.last(Kind.KEYS)
    if data is None:
        return "backup", not _older(began, BACKUP_DAYS), sentence("doctor.backup.none_yet")
    if began is not None and _older(data.made_at, BACKUP_DAYS):
        return "backup", False, sentence("doctor.backup.old", day=_day(data.made_at))
    if began is not None and _older(began if keys is None else keys.made_at, BACKUP_DAYS):
        return "backup", False, sentence("doctor.backup.keys")
    return "backup", True, sentence("doctor.backup.ok", day=_day(data.made_at))


def _tried(place: Installation, began: datetime | None) -> Look:
    note = Diary(place.settings.data).last(Kind.DATA, checked=True)
    if note is None or note.checked_at is None:
        return "backup_tried", not _older(began, BACKUP_DAYS), sentence("doctor.tried.never")
    if began is not None and _older(note.checked_at, TRIED_DAYS):
        return "backup_tried", False, sentence("doctor.tried.old")
    return "backup_tried", True, sentence("doctor.tried.ok", day=_day(note.checked_at))


def _files(place: Installation) -> Look:
    with reading(place.engine)() as session:
        found = take(session, place.keys, SealedFiles(place.settings.data / "files"))
    for kind, names in (("missing", found.missing), ("damaged", found.damaged), ("unnamed", found.unnamed)):
        if names:
            return "files", False, sentence(f"doctor.files.{kind}", count=len(names))
    return "files", True, sentence("doctor.files.ok", count=found.whole)


def _log(place: Installation, began: datetime | None) -> Look:
    try:
        heads = auditheads.read(place.settings.heads_file)
    except HeadsDamaged as error:
        return "log", False, sentence("audit.heads_damaged", line=error.line)
    with reading(place.engine)() as session:
        touched, head = audit.verify(session, heads), audit.head(session)
    if touched:
        return "log", False, sentence("doctor.log.touched")
    newest = auditheads.newest(heads)
    # A quiet project has no new line to keep.
    behind = newest is None or (newest.seq != head.seq and _older(newest.at, HEAD_DAYS))
    if behind and _older(began, HEAD_DAYS):
        return "log", False, sentence("doctor.log.behind")
    return "log", True, sentence("doctor.log.ok", seq=head.seq)
