"""Taking an interview away: its rows, and then its files. Asks no permission: for verbs that have."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Collection, Mapping

from sqlalchemy import String, cast, delete, inspect, or_, select
from sqlalchemy.orm import Session

from interviews import attachments, audit, belongings
from interviews.access import Actor
from interviews.ledger import Entry
from interviews.models import Interview, Interviewee, Received, Task
from interviews.recordings.places import FOLDER
from interviews.sealedfiles import SealedFiles

Eraser = Callable[[Session, uuid.UUID, Mapping[str, Collection[uuid.UUID]]], Mapping[str, int]]
erasers: list[Eraser] = []
"""What the analysis erases before the rows of an interview go: called with its id and its rows per table
(`belongings.of`). Each returns how many of what, by name. `coding.withdrawing` adds its own."""


def listed(entry: Entry, name: str) -> list[uuid.UUID]:
    """Return the ids that a line of the ledger names; none when it names none."""
    return [uuid.UUID(one) for one in entry.ids.get(name, "").split(",") if one]


def erase_rows(session: Session, actor: Actor | None, interview: Interview) -> Counter[str]:
    """Erase every row that leads to an interview, and return how many of each table. Asks no permission.

    Also what leads to it without a foreign key: tasks, what phones were answered, and the reasons in the log.
    """
    found = belongings.of(session, interview)
    interview_id, project_id = interview.id, interview.project_id
    counts = Counter({name: len(ids) for name, ids in found.items()})
    audit.record(session, actor, "interview.erased", interview, project_id=project_id)
    for eraser in erasers:
        counts.update(eraser(session, interview_id, found))
    audit.forget_reasons(session, interview_id, project_id=project_id)
    everything = [one for ids in found.values() for one in ids]
    counts["task"] = _forget_tasks(session, everything)
    known_to_phones = [
        found.get(name, frozenset()) for name in ("interview", "transcript", "recording", "typing_draft")
    ]
    _forget_answers(session, frozenset().union(*known_to_phones))
    people = found.get("interviewee", frozenset())
    session.flush()
    # The database takes along what hangs on them (`ON DELETE CASCADE`); the session then knows nothing of them any more.
    session.execute(delete(Interview).where(Interview.id == interview_id).execution_options(synchronize_session=False))
    session.execute(delete(Interviewee).where(Interviewee.id.in_(people)).execution_options(synchronize_session=False))
    for row in list(session.identity_map.values()):
        # Letting go of one lets go of what is its own too.
        if row in session and inspect(row).identity[0] in found.get(inspect(row).mapper.local_table.name, ()):
            session.expunge(row)
    session.expire_all()
    return +counts


def _forget_tasks(session: Session, ids: Collection[uuid.UUID]) -> int:
    gone = 0
    for some in belongings.portions(ids):
        tasks = session.scalars(select(Task.id).where(Task.subject_id.in_(some))).all()
        session.execute(delete(Task).where(Task.id.in_(tasks)).execution_options(synchronize_session=False))
        gone += len(tasks)
    return gone


def _forget_answers(session: Session, ids: Collection[uuid.UUID]) -> None:
    """Forget what phones were answered about these rows: ids, which lead nowhere from now on."""
    said = cast(Received.answer, String)
    session.execute(
        delete(Received)
        .where(or_(*(said.contains(str(one)) for one in ids)))
        .execution_options(synchronize_session=False)
    )


def erase_files(files: SealedFiles, entry: Entry) -> int:
    """Destroy the sealed files that a line of the ledger names; return how many there were. Again is no error."""
    folders = [f"{FOLDER}/{one}" for one in listed(entry, "recordings")]
    names = [f"{attachments.FOLDER}/{one}" for one in listed(entry, "pictures")]
    gone = sum(len(files.names(folder)) for folder in folders) + sum(files.exists(name) for name in names)
    for folder in folders:
        files.erase_folder(folder)
    for name in names:
        files.erase(name)
    return gone
