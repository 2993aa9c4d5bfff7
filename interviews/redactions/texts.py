"""The copies of a story that a passage must go out of: both layers of the text, names, and what is being typed."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import quoting
from interviews.clock import now
from interviews.drafts import rows as typing
from interviews.drafts.texts import WorkingText, pack
from interviews.hidden import OMITTED, mask, open_unmasked, places_in
from interviews.keys import DataKey
from interviews.models import (
    NameMention,
    RemovalRequest,
    Revision,
    Transcript,
    TypingDraft,
    TypingVersion,
)
from interviews.models.transcript import Layer
from interviews.models.typing import TypingKind
from interviews.names.rows import canonical_of, entities_of
from interviews.quoting import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """What goes, as long as the destroying lasts. Never shown, kept or logged."""

    words: str
    elsewhere: frozenset[str]
    """Every word that is said elsewhere in the interview, without capitals."""
    texts: Mapping[uuid.UUID, str]
    """Every raw revision as it was said."""
    raw: Mapping[uuid.UUID, list[Span]]
    """Per raw revision where it stands."""
    newest_id: uuid.UUID

    def quoted_in(self, text: str) -> list[Span]:
        """Return where `text` quotes it."""
        return quoting.quoted(self.words, text, elsewhere=self.elsewhere)

    def told_in(self, text: str) -> list[Span]:
        """Return where `text` quotes it, or holds a word that is said nowhere else."""
        return quoting.merged([*self.quoted_in(text), *quoting.telling(self.words, text, elsewhere=self.elsewhere)])


def passage_of(session: Session, transcript: Transcript, request: RemovalRequest, *, key: DataKey) -> Passage:
    """Return what a request is about and where it stands in each raw revision."""
    assert request.revision_id is not None
    assert request.start is not None
    assert request.end is not None
    revisions = _revisions(session, transcript, Layer.RAW)
    texts = {row.id: open_unmasked(row, key=key) for row in revisions}
    base = texts[request.revision_id]
    own = (request.start, request.end)
    raw = {}
    for row in revisions:
        spans = quoting.follow(base, texts[row.id], [own])
        # As the hiding found it: nothing that was hidden is shown again by destroying it.
        raw[row.id] = quoting.merged([*spans, *places_in(session, request, row, texts[row.id], key=key)])
    newest = revisions[-1]
    rest = mask(texts[newest.id], raw[newest.id])
    return Passage(base[own[0] : own[1]], frozenset(quoting.words_in(rest)), texts, raw, newest.id)


def _revisions(session: Session, transcript: Transcript, layer: Layer) -> Sequence[Revision]:
    return session.scalars(
        select(Revision)
        .where(Revision.transcript_id == transcript.id, Revision.layer == layer)
        .order_by(Revision.number)
    ).all()


def out_of_raw(session: Session, transcript: Transcript, passage: Passage, *, key: DataKey) -> int:
    """Block the passage out in every raw revision, for good; return in how many it stood."""
    done = 0
    for row in _revisions(session, transcript, Layer.RAW):
        if passage.raw[row.id]:
            write_raw(row, mask(passage.texts[row.id], passage.raw[row.id]), key=key)
            done += 1
    session.flush()
    return done


def write_raw(row: Revision, text: str, *, key: DataKey) -> None:
    """Put another text of the same length in a raw revision."""
    row.sealed = key.seal_text(text, context=f"revision:{row.id}")


def out_of_research(session: Session, transcript: Transcript, passage: Passage) -> dict[uuid.UUID, list[Span]]:
    """Block the passage out in every research revision; return where it stood, per revision."""
    raw = {row.id: row for row in _revisions(session, transcript, Layer.RAW)}
    found = {}
    for row in _revisions(session, transcript, Layer.RESEARCH):
        origin = None if row.derived_from_id is None else raw.get(row.derived_from_id)
        if origin is None or row.text is None:
            continue
        spans = _in_research(row, row.text, origin, passage)
        if spans:
            row.text = mask(row.text, spans)
            found[row.id] = spans
    session.flush()
    return found


def _in_research(row: Revision, text: str, origin: Revision, passage: Passage) -> list[Span]:
    said, gone = passage.texts[origin.id], passage.raw[origin.id]
    spans: list[Span] = []
    for old, new in zip(origin.turns, row.turns, strict=True):
        inside = [
            (max(start, old.start) - old.start, min(end, old.end) - old.start)
            for start, end in gone
            if start < old.end and end > old.start
        ]
        here = quoting.follow(said[old.start : old.end], text[new.start : new.end], inside)
        spans += [(start + new.start, end + new.start) for start, end in here]
    # What was left out already is left as it is.
    return quoting.without(spans, [found.span() for found in re.finditer(re.escape(OMITTED), text)])


def out_of_names(session: Session, transcript: Transcript, passage: Passage, *, key: DataKey) -> int:
    """Forget the names that were said in the passage only; return how many places went.

    A name that is said elsewhere too keeps its pseudonym, and gets the form in which it is said there.
    """
    revisions = {row.id: row for row in _revisions(session, transcript, Layer.RAW)}
    gone = 0
    for entity in entities_of(session, transcript):
        left: list[NameMention] = []
        for mention in list(entity.mentions):
            row = revisions[mention.revision_id]
            place = row.turns[mention.turn].start
            if any(s <= place + mention.start and place + mention.end <= e for s, e in passage.raw[row.id]):
                entity.mentions.remove(mention)
                gone += 1
            else:
                left.append(mention)
        if not left:
            session.delete(entity)
        elif any(word not in passage.elsewhere for word in _shared(canonical_of(entity, key), passage.words)):
            row = revisions[left[0].revision_id]
            start = row.turns[left[0].turn].start
            said = passage.texts[row.id][start + left[0].start : start + left[0].end]
            entity.canonical_sealed = key.seal_text(said, context=f"name:{entity.id}")
    session.flush()
    return gone


def _shared(one: str, other: str) -> set[str]:
    return set(quoting.words_in(one)) & set(quoting.words_in(other))


def out_of_drafts(session: Session, transcript: Transcript, passage: Passage, *, key: DataKey) -> int:
    """Leave the passage out of what is being typed, of every version of it; return of how many.

    The draft gets a new version, so that a phone that still has the words is told that its text is not the newest.
    """
    draft = session.scalar(select(TypingDraft).where(TypingDraft.interview_id == transcript.interview_id))
    if draft is None:
        return 0
    done = 0
    versions = session.scalars(select(TypingVersion).where(TypingVersion.draft_id == draft.id)).all()
    for version in versions:
        text = _left_out(typing.text_of_version(version, key), draft.base_id, passage)
        if text is not None:
            context = typing.version_context(version.id, version.draft_id, version.number)
            version.sealed = key.seal(pack(text), context=context)
            done += 1
    text = _left_out(typing.text_of(draft, key), draft.base_id, passage)
    if text is not None:
        moment = now()
        typing.put_text(draft, key, version=draft.version + 1, text=text, saved_at=moment, saved_by_id=None, device="")
        session.add(
            typing.new_version(
                draft, key, id=uuid.uuid4(), kind=TypingKind.SAVED, number=draft.version, text=text,
                saved_at=moment, saved_by_id=None, device="",
            )
        )  # fmt: skip
        done += 1
    session.flush()
    return done


def _left_out(text: WorkingText, base_id: uuid.UUID | None, passage: Passage) -> WorkingText | None:
    """Return a working text without the passage; None when it does not hold it."""
    base = base_id if base_id is not None and base_id in passage.texts else passage.newest_id
    whole = "\n".join(turn.text for turn in text.turns)
    spans = quoting.merged([*quoting.follow(passage.texts[base], whole, passage.raw[base]), *passage.quoted_in(whole)])
    covered = mask(whole, spans)
    if covered == whole:
        return None
    lines = covered.split("\n")
    return replace(text, turns=tuple(replace(turn, text=line) for turn, line in zip(text.turns, lines, strict=True)))
