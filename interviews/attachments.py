"""Drawings and photos of an interview, for who would rather draw than talk (mission row 91).

Ciphertext, described, and shown to nobody outside without a yes of their own.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit
from interviews.access import Actor, Permission, require
from interviews.bsn import taken_out
from interviews.clock import now
from interviews.errors import Invalid
from interviews.formats.pictures import MEDIA_TYPE, Picture
from interviews.keys import KeyStore
from interviews.models import Attachment, Interview
from interviews.models.attachment import AttachmentKind
from interviews.models.interview import How, Status
from interviews.scopes import Scope
from interviews.sealedfiles import SealedFiles, key_of
from interviews.text import clean

FOLDER = "picture"
MOST = 20
"""Pictures per interview."""
LONGEST_DESCRIPTION = 1_000


def require_room(session: Session, actor: Actor, interview: Interview) -> None:
    """Return when the actor may add a picture.

    Raises Invalid("consent.no_research") for somebody who does not take part, Invalid("attachment.many") when there are
    enough.
    """
    require(actor, Permission.ATTACHMENT_ADD, interview)
    if not interview.allows(Scope.USE_RESEARCH):
        raise Invalid("consent.no_research")
    if len(pictures_of(session, interview)) >= MOST:
        raise Invalid("attachment.many", maximum=MOST)


def put(
    interview_id: uuid.UUID,
    picture: Picture,
    *,
    keys: KeyStore,
    files: SealedFiles,
    attachment_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Put a picture on disk, sealed, and return its id for `add`. Asks no permission and no database.

    Until `add` is committed it is a file that no row names, which a sweep clears up after a day.
    """
    attachment_id = attachment_id or uuid.uuid4()
    name = _name(attachment_id)
    files.put(name, key_of(keys.create(interview_id), name), picture.content)
    return attachment_id


def add(
    session: Session,
    actor: Actor,
    interview: Interview,
    picture: Picture,
    *,
    kind: AttachmentKind,
    description: str,
    may_be_shown: bool,
    how: How,
    keys: KeyStore,
    files: SealedFiles,
    kept: uuid.UUID | None = None,
) -> Attachment:
    """Keep a picture that was made anew (`formats.pictures.remake`), with a description for who cannot see it.

    `kept` is what `put` returned, for who does not want to hold the database while a file is written. Raises as
    `require_room`, and Invalid("attachment.description") without a description.
    """
    require_room(session, actor, interview)
    row = Attachment(
        id=kept or uuid.uuid4(),
        interview=interview,
        kind=kind,
        media_type=MEDIA_TYPE,
        width=picture.width,
        height=picture.height,
        size=len(picture.content),
        may_be_shown=may_be_shown,
        how=how,
        made_by_id=actor.person_id,
    )
    row.description_sealed = _described(row, interview, description, keys)
    if kept is None:
        # On disk before the row is: a crash leaves a file too many, never a row without its picture.
        put(interview.id, picture, keys=keys, files=files, attachment_id=row.id)
    session.add(row)
    session.flush()
    audit.record(session, actor, Permission.ATTACHMENT_ADD, row, project_id=interview.project_id)
    return row


def _name(attachment_id: uuid.UUID) -> str:
    return f"{FOLDER}/{attachment_id}"


def _described(row: Attachment, interview: Interview, description: str, keys: KeyStore) -> bytes:
    plain = taken_out(clean(description).strip()[:LONGEST_DESCRIPTION])[0]
    if not plain:
        raise Invalid("attachment.description")
    return keys.create(interview.id).seal_text(plain, context=f"attachment:{row.id}")


def change(
    session: Session,
    actor: Actor,
    row: Attachment,
    *,
    description: str,
    may_be_shown: bool,
    how: How,
    keys: KeyStore,
) -> None:
    """Describe a picture anew, or write down another answer on showing it."""
    require(actor, Permission.ATTACHMENT_ADD, row)
    row.description_sealed = _described(row, row.interview, description, keys)
    changed = row.may_be_shown != may_be_shown
    row.may_be_shown, row.how = may_be_shown, how
    session.flush()
    said = ("yes" if may_be_shown else "no") if changed else "described"
    audit.record(session, actor, Permission.ATTACHMENT_ADD, row, project_id=row.interview.project_id, reason=said)


def seeing_is_logged(session: Session, actor: Actor, row: Attachment) -> bool:
    """Tell whether `see` would write nothing: the log has a line a sitting for all pictures of an interview."""
    return audit.in_sitting(session, actor, Permission.ATTACHMENT_SEE, row.interview)


def see(session: Session, actor: Actor, row: Attachment, *, keys: KeyStore, files: SealedFiles) -> bytes:
    """Return the picture; that somebody looked is logged, once a sitting.

    Raises Invalid("attachment.gone") for one that was erased, Invalid("consent.no_research").
    """
    require(actor, Permission.ATTACHMENT_SEE, row)
    if row.erased_at is not None:
        raise Invalid("attachment.gone")
    if not row.interview.allows(Scope.USE_RESEARCH):
        raise Invalid("consent.no_research")
    if not seeing_is_logged(session, actor, row):
        project_id = row.interview.project_id
        audit.record(session, actor, Permission.ATTACHMENT_SEE, row.interview, project_id=project_id)
    name = _name(row.id)
    return files.get(name, key_of(keys.open(row.interview_id), name))


def erase(session: Session, actor: Actor, row: Attachment) -> str:
    """Forget a picture for good; return the name of its file, which the caller erases after the commit."""
    require(actor, Permission.ATTACHMENT_ADD, row)
    row.erased_at = row.erased_at or now()
    row.description_sealed = b""
    session.flush()
    audit.record(session, actor, Permission.ATTACHMENT_ADD, row, project_id=row.interview.project_id, reason="erased")
    return _name(row.id)


def sweep(session: Session, files: SealedFiles) -> None:
    """Destroy the files of pictures that were erased, and those that no row names.

    For a job that comes by each day, outside a transaction that changes: what a crash left behind goes here. A file
    that may belong to a change that is not committed yet is left alone for a day.
    """
    kept = {row.id: row.erased_at for row in session.execute(select(Attachment.id, Attachment.erased_at))}
    for name in files.names(FOLDER):
        attachment_id = uuid.UUID(name.split("/")[1])
        gone = kept[attachment_id] is not None if attachment_id in kept else files.is_old(name)
        if gone:
            files.erase(name)


def pictures_of(session: Session, interview: Interview) -> Sequence[Attachment]:
    """Return the pictures of an interview that are still there, oldest first."""
    return session.scalars(
        select(Attachment)
        .where(Attachment.interview_id == interview.id, Attachment.erased_at.is_(None))
        .order_by(Attachment.made_at, Attachment.id)
    ).all()


def description_of(row: Attachment, *, keys: KeyStore) -> str:
    """Return what a picture shows, in words. Asks no permission: for pages that have.

    "" for a picture that was erased, and when somebody does not take part any more.
    """
    taking_part = row.interview.status is not Status.STOPPED and row.interview.allows(Scope.USE_RESEARCH)
    if not row.description_sealed or not taking_part:
        return ""
    return keys.open(row.interview_id).open_text(row.description_sealed, context=f"attachment:{row.id}")
