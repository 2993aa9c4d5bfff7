"""What people wrote about an interview in words of their own: where somebody may have quoted what must go.

A place is one text, however it is kept: in a column, sealed, or as a part of a sealed list.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from interviews.hidden import OMITTED
from interviews.keys import DataKey
from interviews.models import (
    Attachment,
    CheckAnswer,
    Debrief,
    HandOver,
    Interview,
    MemberCheck,
    NameStep,
    QuestionNote,
    RemovalRequest,
    ResidualRisk,
    TimeMark,
)
from interviews.models.aftercare import RemovalState
from interviews.models.redaction import PlaceKind
from interviews.redactions.sealed import SEALINGS, Sealing


@dataclass(frozen=True, slots=True)
class Place:
    """One text. `put` writes another in its place; None deletes it, as far as the row can be without."""

    kind: PlaceKind
    subject_id: uuid.UUID
    part: str
    text: str
    put: Callable[[str | None], None]

    @property
    def is_copy(self) -> bool:
        """Words of the story itself, read back or asked: what is quoted here goes without asking anybody."""
        return self.kind in _COPIES


_COPIES = frozenset({PlaceKind.SUMMARY, PlaceKind.WISH, PlaceKind.REQUEST})
_PLAIN: dict[tuple[type[Any], str], PlaceKind] = {
    (QuestionNote, "text_sealed"): PlaceKind.QUESTION_NOTE,
    (TimeMark, "note_sealed"): PlaceKind.MARK_NOTE,
    (HandOver, "note_sealed"): PlaceKind.HAND_OVER,
    (Attachment, "description_sealed"): PlaceKind.PICTURE,
    (MemberCheck, "remark_sealed"): PlaceKind.WISH,
    (CheckAnswer, "words_sealed"): PlaceKind.WISH,
    (RemovalRequest, "words_sealed"): PlaceKind.REQUEST,
    (RemovalRequest, "reason_sealed"): PlaceKind.REQUEST,
    (NameStep, "note_sealed"): PlaceKind.REMARK,
    (ResidualRisk, "reason_sealed"): PlaceKind.REMARK,
}
"""Sealed columns with one text."""
_PACKED: dict[tuple[type[Any], str], PlaceKind] = {
    (Debrief, "sealed"): PlaceKind.DEBRIEF,
    (Interview, "safety_note_sealed"): PlaceKind.WORRY,
    (MemberCheck, "summary_sealed"): PlaceKind.SUMMARY,
    (MemberCheck, "top_sealed"): PlaceKind.WISH,
}
"""Sealed columns with texts as JSON: a list of texts, or objects with texts in them."""
_NO_WORDS = frozenset({"at", "by"})
"""Moments and ids in such objects."""
_NEEDED = frozenset({(HandOver, "note_sealed"), (Attachment, "description_sealed"), (ResidualRisk, "reason_sealed")})
"""Columns that cannot be without a value."""


def places_of(session: Session, interview: Interview, *, key: DataKey) -> Iterator[Place]:
    """Yield every place of an interview in the field, with its text. Asks no permission: for verbs that have."""
    if interview.reflection:
        yield Place(PlaceKind.REFLECTION, interview.id, "", interview.reflection, _setter(interview, "reflection"))
    for sealing in SEALINGS:
        where = (sealing.model, sealing.column)
        for row in sealing.of(session, interview.id) if where in _PLAIN or where in _PACKED else ():
            if isinstance(row, RemovalRequest) and not _said_in_words(row, sealing.column):
                continue
            told = key.open_text(getattr(row, sealing.column), context=sealing.context(row))
            if where in _PLAIN:
                yield Place(_PLAIN[where], row.id, sealing.column, told, _sealer(row, sealing, key))
            else:
                yield from _packed(row, sealing, _PACKED[where], key, told)
            if isinstance(row, CheckAnswer) and row.reply:
                yield _reply(row)
    for row in _answers_without_words(session, interview):
        yield _reply(row)


def _said_in_words(row: RemovalRequest, column: str) -> bool:
    """Tell whether somebody wrote this: the words of a passage that was pointed at are a copy with a place of its own."""
    return column == "reason_sealed" or (row.revision_id is None and row.state is RemovalState.HIDDEN)


def _answers_without_words(session: Session, interview: Interview) -> Iterator[CheckAnswer]:
    answers = next(one for one in SEALINGS if one.model is CheckAnswer)
    for row in session.scalars(answers.rows(interview.id)):
        if row.reply and not row.words_sealed:
            yield row


def _reply(row: CheckAnswer) -> Place:
    assert row.reply is not None

    def put(text: str | None) -> None:
        # A no needs a reply: what is left says that there was one.
        row.reply = text or OMITTED

    return Place(PlaceKind.REPLY, row.id, "reply", row.reply, put)


def _setter(row: Any, name: str) -> Callable[[str | None], None]:
    return lambda text: setattr(row, name, text or None)


def _sealer(row: Any, sealing: Sealing, key: DataKey) -> Callable[[str | None], None]:
    def put(text: str | None) -> None:
        if not text and (sealing.model, sealing.column) not in _NEEDED:
            setattr(row, sealing.column, None)
            return
        setattr(row, sealing.column, key.seal_text(text or OMITTED, context=sealing.context(row)))

    return put


def _packed(row: Any, sealing: Sealing, kind: PlaceKind, key: DataKey, told: str) -> Iterator[Place]:
    content = json.loads(told)
    for path, text in _texts(content, ()):

        def put(text: str | None, path: tuple[Any, ...] = path) -> None:
            # Opened anew: another part may have been written since.
            now = json.loads(key.open_text(getattr(row, sealing.column), context=sealing.context(row)))
            holder = now
            for step in path[:-1]:
                holder = holder[step]
            # A part that goes leaves a mark: others are known by their number.
            holder[path[-1]] = text or OMITTED
            packed = json.dumps(now, ensure_ascii=False)
            setattr(row, sealing.column, key.seal_text(packed, context=sealing.context(row)))

        yield Place(kind, row.id, f"{sealing.column}/{'/'.join(map(str, path))}", text, put)


def _texts(content: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    if isinstance(content, str):
        yield path, content
    elif isinstance(content, dict):
        for name, value in content.items():
            if name in _NO_WORDS:
                continue
            yield from _texts(value, (*path, name))
    elif isinstance(content, list):
        for number, value in enumerate(content):
            yield from _texts(value, (*path, number))


def omitted(text: str, spans: list[tuple[int, int]]) -> str:
    """Return `text` with `OMITTED` in the place of each span."""
    for start, end in reversed(spans):
        text = text[:start] + OMITTED + text[end:]
    return text
