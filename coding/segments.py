"""Coded passages: code, take off, see, and follow the text when it is corrected."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from coding import anchors
from coding.access import CodingPermission
from coding.anchors import Anchor, Misaligned, Orphan
from coding.errors import TextMoved
from coding.models import FirstReading, Memo, Segment, Suggestion, Theme
from coding.models.segment import Origin, Placement
from coding.models.theme import ThemeStatus
from interviews import audit
from interviews.access import Actor, Permission, allows, require
from interviews.clock import now
from interviews.errors import Invalid
from interviews.hidden import BLOCK, OMITTED, mask
from interviews.models import Revision, Transcript
from interviews.models.project import Role
from interviews.models.transcript import Layer
from interviews.transcripts import newest

Anchored = TypeVar("Anchored", Segment, Suggestion)
# Who speaks from lived experience speaks first: a person who is both peer and researcher codes as a peer.
_ROLE_ORDER = (Role.CO_CODER, Role.PEER_INTERVIEWER, Role.RESEARCHER, Role.PROJECT_LEAD)


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of the coded passages after a correction: numbers of segments, for the re-anchoring report."""

    placed: int
    to_confirm: int
    orphans: int


def coder_role(actor: Actor, project_id: uuid.UUID) -> Role:
    """Return the role that somebody codes in."""
    held = actor.roles_in(project_id)
    return next(role for role in (*_ROLE_ORDER, Role.MUNICIPALITY_READER) if role in held)


def newest_text(session: Session, transcript: Transcript, *, revision_id: uuid.UUID | None = None) -> Revision:
    """Return the newest research revision. Raises TextMoved when it is not the one the page was made from."""
    revision = newest(session, transcript, Layer.RESEARCH)
    if revision is None or revision.text is None:
        raise Invalid("research.none")
    if revision_id is not None and revision.id != revision_id:
        raise TextMoved
    return revision


def code(
    session: Session,
    actor: Actor,
    transcript: Transcript,
    *,
    revision_id: uuid.UUID,
    theme: Theme,
    start: int,
    end: int,
    origin: Origin = Origin.SELF,
) -> Segment:
    """Give `[start, end)` (code points of the research revision) a theme, as the actor's own reading.

    White space at the ends is left out. The same passage with the same theme by the same coder is one segment: the
    one there is comes back. Raises TextMoved when the text was corrected meanwhile, Invalid for an empty passage, a
    theme of another project or one that is no longer used, NotAllowed where the consent does not reach.
    """
    require(actor, CodingPermission.CODE, transcript)
    project_id = transcript.interview.project_id
    if theme.codebook.project_id != project_id or not theme.assignable or theme.status is ThemeStatus.RETIRED:
        raise Invalid("theme.other_project")
    revision = newest_text(session, transcript, revision_id=revision_id)
    anchor = _anchor(revision, start, end)
    known = session.scalar(
        select(Segment).where(
            Segment.revision_id == revision.id,
            Segment.theme_id == theme.id,
            Segment.coder_id == actor.person_id,
            Segment.start == anchor.start,
            Segment.end == anchor.end,
        )
    )
    if known is not None:
        return known
    segment = Segment(
        transcript_id=transcript.id,
        revision_id=revision.id,
        theme_id=theme.id,
        coder_id=actor.person_id,
        coder_role=coder_role(actor, project_id),
        origin=origin,
        created_at=now(),
        **_columns(anchor),
    )
    session.add(segment)
    session.flush()
    return segment


def _anchor(revision: Revision, start: int, end: int) -> Anchor:
    text = revision.text or ""
    if not 0 <= start < end <= len(text):
        raise Invalid("segment.outside")
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    try:
        return anchors.make(text, start, end)
    except Misaligned as error:
        raise Invalid("segment.empty") from error


def _columns(anchor: Anchor) -> dict[str, int | str]:
    return {
        "start": anchor.start,
        "end": anchor.end,
        "quote": anchor.quote,
        "before": anchor.before,
        "after": anchor.after,
    }


def uncode(session: Session, actor: Actor, segment: Segment) -> None:
    """Take one's own theme off a passage. What people wrote at it stays, with the transcript."""
    require(actor, CodingPermission.UNCODE, segment)
    drop(session, segment)


def drop(session: Session, segment: Segment) -> None:
    """Delete a segment; memos on it move to its transcript. Asks no permission: for verbs that have."""
    session.execute(
        update(Memo).where(Memo.segment_id == segment.id).values(segment_id=None, transcript_id=segment.transcript_id)
    )
    session.delete(segment)
    session.flush()


def visible_segments(session: Session, actor: Actor, transcript: Transcript) -> Sequence[Segment]:
    """Return one's own segments, and the others' as well once one's own first reading is done; in text order.

    Raises NotAllowed where the text itself may not be read (any more): a segment quotes it.
    """
    require(actor, Permission.RESEARCH_READ, transcript)
    query = (
        select(Segment)
        .where(Segment.transcript_id == transcript.id)
        .order_by(Segment.start, Segment.end.desc(), Segment.id)
        .options(joinedload(Segment.theme), joinedload(Segment.coder))
    )
    if not allows(actor, CodingPermission.OTHERS_SEE, transcript):
        query = query.where(Segment.coder_id == actor.person_id)
    return session.scalars(query).all()


def finish_first_reading(session: Session, actor: Actor, transcript: Transcript) -> None:
    """Say: I have read this myself. From now on suggestions and others' codings are shown to the actor."""
    require(actor, CodingPermission.CODE, transcript)
    if not first_reading_done(session, actor, transcript):
        session.add(FirstReading(transcript_id=transcript.id, person_id=actor.person_id, done_at=now()))
        session.flush()


def first_reading_done(session: Session, actor: Actor, transcript: Transcript) -> bool:
    """Tell whether the actor has finished the own first reading of this transcript."""
    return (
        session.scalar(
            select(FirstReading.id).where(
                FirstReading.transcript_id == transcript.id, FirstReading.person_id == actor.person_id
            )
        )
        is not None
    )


def follow(session: Session, transcript: Transcript) -> Followed:
    """Move every segment and suggestion of `transcript` to its newest research revision.

    None is silently moved and none is lost: what is not surely the same words waits for a person. A suggestion that
    nobody answered and whose words changed is dropped, since the tagger reads the new text anyway. What stays behind
    and quotes words that must go has them blocked out, and gets its place again when they are shown again.
    """
    revision = newest_text(session, transcript)
    placed = to_confirm = orphans = 0
    behind = session.scalars(
        select(Segment).where(
            Segment.transcript_id == transcript.id,
            Segment.revision_id != revision.id,
            (Segment.placement != Placement.ORPHAN) | Segment.quote.contains(BLOCK),
        )
    ).all()
    for segment, outcome in _outcomes(session, behind, revision):
        if isinstance(outcome, Orphan):
            orphans += segment.placement is not Placement.ORPHAN
            segment.placement = Placement.ORPHAN
            continue
        _move(segment, outcome.new, revision)
        # Whoever waits for a person waits on: the words of a place that nobody confirmed say nothing for it.
        waits = outcome.moved_with_changes or segment.placement is Placement.TO_CONFIRM
        segment.placement = Placement.TO_CONFIRM if waits else Placement.PLACED
        to_confirm += waits
        placed += not waits
    proposed = session.scalars(
        select(Suggestion).where(Suggestion.transcript_id == transcript.id, Suggestion.revision_id != revision.id)
    ).all()
    for suggestion, outcome in _outcomes(session, proposed, revision):
        sure = not isinstance(outcome, Orphan) and not outcome.moved_with_changes
        if not sure and not suggestion.answers:
            session.delete(suggestion)
        elif not isinstance(outcome, Orphan):
            _move(suggestion, outcome.new, revision)
    session.flush()
    _block_out(session, transcript, revision)
    if placed or to_confirm or orphans:
        audit.record(
            session,
            None,
            "segments.follow",
            transcript,
            project_id=transcript.interview.project_id,
            reason=f"placed {placed}, to confirm {to_confirm}, orphans {orphans}",
        )
    return Followed(placed, to_confirm, orphans)


def _outcomes(
    session: Session, rows: Sequence[Anchored], revision: Revision
) -> Iterator[tuple[Anchored, anchors.Placed | Orphan]]:
    """Yield each row with where it stands in `revision`; the texts of one pair of revisions are compared once."""
    for old_id in {row.revision_id for row in rows}:
        moving = [row for row in rows if row.revision_id == old_id]
        old = session.get_one(Revision, old_id)
        found = anchors.relocate_all([_stored(row, old) for row in moving], old.text or "", revision.text or "")
        yield from zip(moving, found.outcomes, strict=True)


def _stored(row: Segment | Suggestion, revision: Revision) -> Anchor:
    """Return where a row stands in its own revision; in the words of that revision where the row has them blocked out."""
    if BLOCK in row.before + row.quote + row.after:
        return anchors.make(revision.text or "", row.start, row.end)
    return Anchor(row.start, row.end, row.quote, row.before, row.after)


def _block_out(session: Session, transcript: Transcript, newest_revision: Revision) -> None:
    """Block out what must go in the words of rows that stay on an older text, and show again what may be read again."""
    new = newest_revision.text or ""
    behind: list[Segment | Suggestion] = []
    for kind in (Segment, Suggestion):
        behind += session.scalars(
            select(kind).where(kind.transcript_id == transcript.id, kind.revision_id != newest_revision.id)
        )
    for old_id in {row.revision_id for row in behind}:
        revision = session.get_one(Revision, old_id)
        old = revision.text or ""
        covered = mask(old, _gone(old, new)) if OMITTED in new else old
        for row in behind:
            if row.revision_id == old_id:
                anchor = _stored(row, revision)
                row.quote = covered[row.start : row.end]
                row.before = covered[row.start - len(anchor.before) : row.start]
                row.after = covered[row.end : row.end + len(anchor.after)]
    session.flush()


def _gone(old: str, new: str) -> list[tuple[int, int]]:
    """Return the spans of `old` in whose place something was left out of `new`; all of it where nobody can tell.

    What stays is in `new` to be read, word for word and in the same order.
    """
    pieces = new.split(OMITTED)
    if not (old.startswith(pieces[0]) and old.endswith(pieces[-1])):
        return [(0, len(old))]
    spans, position, end = [], len(pieces[0]), len(old) - len(pieces[-1])
    for piece in pieces[1:-1]:
        found = old.find(piece, position, end)
        if found < 0:
            return [(0, len(old))]
        spans.append((position, found))
        position = found + len(piece)
    return [*spans, (position, end)] if position <= end else [(0, len(old))]


def _move(row: Segment | Suggestion, anchor: Anchor, revision: Revision) -> None:
    row.revision_id = revision.id
    for name, value in _columns(anchor).items():
        setattr(row, name, value)


def to_look_at(session: Session, transcripts: Iterable[Transcript]) -> Sequence[Segment]:
    """Return the segments that wait for a person after a correction: orphans and those to confirm."""
    ids = [transcript.id for transcript in transcripts]
    return session.scalars(
        select(Segment)
        .where(Segment.transcript_id.in_(ids), Segment.placement != Placement.PLACED)
        .order_by(Segment.transcript_id, Segment.start)
        .options(joinedload(Segment.theme), joinedload(Segment.coder))
    ).all()


def confirm(session: Session, actor: Actor, segment: Segment) -> None:
    """Say that a passage that moved with changes is where it belongs."""
    require(actor, CodingPermission.CODE, segment.transcript)
    if segment.placement is Placement.TO_CONFIRM:
        segment.placement = Placement.PLACED
        session.flush()
        _note_placed(session, actor, segment)


def place(session: Session, actor: Actor, segment: Segment, *, revision_id: uuid.UUID, start: int, end: int) -> None:
    """Put an orphan on `[start, end)` of the newest text; theme and coder stay."""
    require(actor, CodingPermission.CODE, segment.transcript)
    revision = newest_text(session, segment.transcript, revision_id=revision_id)
    _move(segment, _anchor(revision, start, end), revision)
    segment.placement = Placement.PLACED
    session.flush()
    _note_placed(session, actor, segment)


def _note_placed(session: Session, actor: Actor, segment: Segment) -> None:
    """Log who put whose passage where it is: a colleague may, and never silently."""
    interview = segment.transcript.interview
    reason = "own" if segment.coder_id == actor.person_id else "of somebody else"
    audit.record(session, actor, "segment.place", segment, project_id=interview.project_id, reason=reason)
