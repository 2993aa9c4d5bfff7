"""The names review as a page shows it: who was found, where, why, and what a person said about it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from interviews.detect.findings import IdentifierType
from interviews.models import NameEntity, NameMention
from interviews.models.name import IndirectKind, MentionStatus, SpecialCategory
from interviews.names import Handling, Reading
from interviews.pseudonyms import Replaced
from interviews.turns import Turn
from webapp.namewords import CATEGORIES, INDIRECT, kind_word, reason_sentence

AROUND = 48
"""Characters shown on either side of a mention."""

_NAMED = frozenset({IdentifierType.PERSON, IdentifierType.PLACE, IdentifierType.LOCATION, IdentifierType.ORG})
ANSWERS = {"yes": MentionStatus.ACCEPTED, "no": MentionStatus.REJECTED, "open": MentionStatus.PROPOSED}
"""What the buttons send."""


@dataclass(frozen=True, slots=True)
class Place:
    """One mention with the words around it. Class R: never in an address, a title or a log."""

    id: uuid.UUID
    number: int
    """Number of the turn, counted from 1."""
    before: str
    words: str
    after: str
    status: str


@dataclass(frozen=True, slots=True)
class Found:
    """One person, place or number as a reader reviews it."""

    id: uuid.UUID
    forms: tuple[str, ...]
    """Every way in which it is named, the longest first."""
    kind: str
    replacement: str
    reasons: tuple[str, ...]
    places: tuple[Place, ...]
    passage: bool = False
    """Whether a person marked it: words that tell who somebody is without a name."""
    named: bool = True
    """Whether it has a name of its own, as people, places and organisations do, and ages, numbers and passages do not."""

    @property
    def undecided(self) -> int:
        """How many places nobody has decided on."""
        return sum(place.status == MentionStatus.PROPOSED for place in self.places)

    @property
    def state(self) -> str:
        """The answer about all of its places (`state_of`)."""
        return state_of(MentionStatus(place.status) for place in self.places)


def found(readings: Sequence[Reading], turns: Sequence[Turn]) -> list[Found]:
    """Return what the review holds, in order of first mention; what has no place in the text is left out."""
    return [
        Found(
            id=reading.entity.id,
            forms=tuple(sorted({words: None for _mention, words in reading.mentions}, key=len, reverse=True)),
            kind=_what(reading.entity),
            replacement=reading.entity.replacement,
            reasons=tuple(dict.fromkeys(reason_sentence(mention.reason) for mention, _words in reading.mentions)),
            places=tuple(_place(mention, words, turns) for mention, words in reading.mentions),
            passage=bool(reading.entity.indirect or reading.entity.categories),
            named=reading.entity.type in _NAMED,
        )
        for reading in readings
        if reading.mentions
    ]


def _what(entity: NameEntity) -> str:
    """Return what kind of thing this is; of a marked passage why, and what the law protects in it."""
    said = [] if entity.indirect is None else [str(gettext(INDIRECT[entity.indirect]))]
    said += [str(gettext(CATEGORIES[one])) for one in SpecialCategory if one.value in (entity.categories or ())]
    return ", ".join(dict.fromkeys(said)) or kind_word(entity.type)


def _place(mention: NameMention, words: str, turns: Sequence[Turn]) -> Place:
    text = turns[mention.turn].text
    before, after = text[: mention.start], text[mention.end :]
    if len(before) > AROUND:
        # From a whole word on, where there is one.
        before = "… " + (before[-AROUND:].partition(" ")[2] or before[-AROUND:])
    if len(after) > AROUND:
        after = (after[:AROUND].rpartition(" ")[0] or after[:AROUND]) + " …"
    return Place(mention.id, mention.turn + 1, before, words, after, mention.status.value)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a turn: plain text, or a mention with what it becomes."""

    text: str
    mention: uuid.UUID | None = None
    entity: uuid.UUID | None = None
    status: str = ""
    replacement: str = ""


def marked(readings: Sequence[Reading], turns: Sequence[Turn]) -> list[tuple[Turn, list[Piece]]]:
    """Return every turn with its text cut at the mentions in it."""
    by_turn: dict[int, list[tuple[NameMention, NameEntity]]] = defaultdict(list)
    for reading in readings:
        for mention, _words in reading.mentions:
            by_turn[mention.turn].append((mention, reading.entity))
    return [(turn, _pieces(turn.text, by_turn[number])) for number, turn in enumerate(turns)]


def _pieces(text: str, mentions: Sequence[tuple[NameMention, NameEntity]]) -> list[Piece]:
    pieces, position = [], 0
    for mention, entity in sorted(mentions, key=lambda pair: pair[0].start):
        if mention.start < position:
            continue  # Two mentions over one another: the first is shown, both are in the list.
        if mention.start > position:
            pieces.append(Piece(text[position : mention.start]))
        pieces.append(
            Piece(text[mention.start : mention.end], mention.id, entity.id, mention.status.value, entity.replacement)
        )
        position = mention.end
    if position < len(text):
        pieces.append(Piece(text[position:]))
    return pieces


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of a turn as it was and as it becomes; the same where nothing changes."""

    old: str
    new: str

    @property
    def changed(self) -> bool:
        """Whether a reader of the research text reads something else here."""
        return self.old != self.new


def shown(text: str, replaced: Replaced) -> list[Shown]:
    """Return a turn cut at what is replaced in it."""
    pieces, position = [], 0
    for start, end, new_start, new_end in replaced.spans:
        if start > position:
            pieces.append(Shown(text[position:start], text[position:start]))
        pieces.append(Shown(text[start:end], replaced.text[new_start:new_end]))
        position = end
    if position < len(text):
        pieces.append(Shown(text[position:], text[position:]))
    return pieces


def kind_options() -> list[tuple[str, str]]:
    """Return the kinds of things to choose from when somebody adds words by hand."""
    return [(kind.value, kind_word(kind)) for kind in IdentifierType]


def kind_of(word: str | None) -> IdentifierType:
    """Return the kind that was chosen; a person for anything else."""
    return IdentifierType(word) if word in {kind.value for kind in IdentifierType} else IdentifierType.PERSON


@dataclass(slots=True)
class Typed:
    """What was typed in the review and refused: shown again, with the sentence beside it."""

    field_id: str = ""
    value: str = ""
    error: str = ""
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Marking:
    """What somebody said about a passage; odd values are left out."""

    words: str
    kind: IndirectKind | None
    handling: Handling | None
    general: str
    categories: tuple[SpecialCategory, ...]

    @classmethod
    def read(cls, form: MultiDict[str, str]) -> Marking:
        """Return what was typed and ticked."""
        kind, handling = form.get("kind", ""), form.get("handling", "")
        return cls(
            words=form.get("words", ""),
            kind={one.value: one for one in IndirectKind}.get(kind),
            handling={one.value: one for one in Handling}.get(handling),
            general=form.get("general", ""),
            categories=tuple(one for one in SpecialCategory if one.value in form.getlist("categories")),
        )


def state_of(statuses: Iterable[MentionStatus]) -> str:
    """Return the answer about several places: "open", "yes" when all goes away, "no" when all stays, else "mixed"."""
    said = set(statuses)
    if MentionStatus.PROPOSED in said:
        return "open"
    if said == {MentionStatus.ACCEPTED}:
        return "yes"
    return "no" if said == {MentionStatus.REJECTED} else "mixed"
