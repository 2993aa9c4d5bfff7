"""What must go is hidden at once: the words of a removal request are blocked out wherever the raw text is opened.

Blocks, and not a shorter sign, so that every position in the text stays what it was. The research text, which has
positions of its own, gets `OMITTED` instead.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import uuid
from collections.abc import Callable, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews.keys import DataKey
from interviews.models import RemovalRequest, Revision, Transcript
from interviews.models.aftercare import RemovalState
from interviews.quoting import SHORTEST, Span, windows, words_in

BLOCK = "█"
OMITTED = "[weggelaten]"
NEAR = 8
"""Characters before or after a shorter passage that must be the same to take it as the same words."""


def mask(text: str, spans: Iterable[Span]) -> str:
    """Return `text` with every character in the half-open `spans` blocked out; line feeds stay, they part the turns."""
    for start, end in spans:
        text = text[:start] + re.sub(r"[^\n]", BLOCK, text[start:end]) + text[end:]
    return text


def blocked(text: str) -> list[Span]:
    """Return where `text` is blocked out."""
    return [found.span() for found in re.finditer(f"{BLOCK}+", text)]


def left_out(text: str) -> str:
    """Return `text` with what is blocked out as `OMITTED`, for who only reads it."""
    return re.sub(f"{BLOCK}+", OMITTED, text)


def places_of(words: str, text: str) -> list[Span]:
    """Return where the same words stand in another text; white space may differ. Too short a passage is nowhere."""
    parts = words.split()
    if len("".join(parts)) < SHORTEST:
        return []
    pattern = r"\s+".join(re.escape(part) for part in parts)
    return [found.span() for found in re.finditer(pattern, text)]


def _short_places(words: str, text: str, before: str, after: str) -> list[Span]:
    """Return where a passage that is too short to be known by itself stands between words that stood beside it."""
    left, right = before[-NEAR:], after[:NEAR]
    if not words.strip() or len("".join(words.split())) >= SHORTEST:
        return []
    return [
        found.span()
        for found in re.finditer(re.escape(words), text)
        if (left.strip() and text[: found.start()].endswith(left))
        or (right.strip() and text[found.end() :].startswith(right))
    ]


def masker(session: Session, interview_id: uuid.UUID, *, key: DataKey) -> Callable[[str], str]:
    """Return what blocks out the words that must go in any other text of an interview, such as a draft or a summary.

    It knows them as they were said: white space may differ, nothing else, and what is shorter than `SHORTEST` is not
    found. Words that were destroyed and come back, from a phone that still had them, go as well (`returned`).
    """
    again = returned(session, interview_id, key=key)
    said = [
        key.open_text(request.words_sealed, context=f"removal:{request.id}:words")
        for request in session.scalars(
            select(RemovalRequest).where(
                RemovalRequest.interview_id == interview_id,
                RemovalRequest.state == RemovalState.HIDDEN,
                RemovalRequest.revision_id.is_not(None),
            )
        )
        if request.words_sealed is not None
    ]
    return lambda text: again(mask(text, [span for words in said for span in places_of(words, text)]))


def print_of(words: str) -> str | None:
    """Return what words can be known by when they come back, without holding them; None for too few of them.

    A salted hash of all words together: who has it can try a guess of the whole passage, and read nothing.
    """
    known = words_in(words)
    if sum(map(len, known)) < SHORTEST:
        return None
    salt = secrets.token_hex(16)
    return json.dumps({"count": len(known), "salt": salt, "hash": _hash(salt, " ".join(known))})


def _hash(salt: str, words: str) -> str:
    return hashlib.sha256(f"{salt} {words}".encode()).hexdigest()


def returned(session: Session, interview_id: uuid.UUID, *, key: DataKey) -> Callable[[str], str]:
    """Return what blocks out the words that were destroyed, in a text that comes in from elsewhere."""
    prints = [
        json.loads(key.open_text(request.print_sealed, context=f"removal:{request.id}:print"))
        for request in session.scalars(
            select(RemovalRequest).where(
                RemovalRequest.interview_id == interview_id, RemovalRequest.print_sealed.is_not(None)
            )
        )
        if request.print_sealed is not None
    ]

    def without(text: str) -> str:
        for one in prints:
            found = [span for span, words in windows(text, one["count"]) if _hash(one["salt"], words) == one["hash"]]
            text = mask(text, found)
        return text

    return without


def open_unmasked(revision: Revision, *, key: DataKey) -> str:
    """Decrypt a raw revision as it was said. For who looks for words that must go, and never for a page."""
    assert revision.sealed is not None, "only the raw layer is sealed"
    return key.open_text(revision.sealed, context=f"revision:{revision.id}")


def open_masked(session: Session, revision: Revision, *, key: DataKey) -> str:
    """Decrypt a raw revision without what must go. Asks no permission: for verbs that have."""
    text = open_unmasked(revision, key=key)
    spans: list[Span] = []
    for request in session.scalars(
        select(RemovalRequest)
        .join(Transcript, Transcript.interview_id == RemovalRequest.interview_id)
        .where(Transcript.id == revision.transcript_id, RemovalRequest.state == RemovalState.HIDDEN)
    ):
        spans += places_in(session, request, revision, text, key=key)
    return mask(text, spans)


def places_in(session: Session, request: RemovalRequest, revision: Revision, text: str, *, key: DataKey) -> list[Span]:
    """Return where the words of a request stand in a raw revision with this text; nowhere when it points at none."""
    if request.revision_id == revision.id and request.start is not None and request.end is not None:
        return [(request.start, request.end)]
    if request.revision_id is None or request.words_sealed is None:
        return []
    words = key.open_text(request.words_sealed, context=f"removal:{request.id}:words")
    return [*places_of(words, text), *_short_places(words, text, *_beside(session, request, key=key))]


def _beside(session: Session, request: RemovalRequest, *, key: DataKey) -> tuple[str, str]:
    """Return what stands before and after a passage in the revision that somebody pointed in."""
    text = open_unmasked(session.get_one(Revision, request.revision_id), key=key)
    return text[: request.start], text[request.end :]
