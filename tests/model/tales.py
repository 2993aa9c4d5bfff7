"""What a set of stories should be after anything people do with it: plain lists of letters, no database, no positions.

Every letter that is written is one of a kind, so "the same words" can be told from words that look the same. A coded
passage is the letters it was put on. What the program keeps as positions is compared with this after each step.
"""

from __future__ import annotations

import itertools
import re
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

BLOCK, OMITTED = "█", "[weggelaten]"
NAME = re.compile(r"\bN[a-z]{6,}\b")
COMMON = ("ja", "en toen", "de brief", "dat was het", "nee hoor", "bij de gemeente")
"""Said over and over, so that places look alike."""
_BEGIN, _END = ("b", "d", "f", "g", "k", "l", "m", "p", "r", "s", "t", "v", "w", "z"), ("a", "e", "i", "o", "u")


def word(number: int) -> str:
    """Return a word that nobody says twice: four syllables that spell a number."""
    syllables = []
    for _ in range(4):
        number, rest = divmod(number, len(_BEGIN) * len(_END))
        syllables.append(_BEGIN[rest % len(_BEGIN)] + _END[rest // len(_BEGIN)])
    return "".join(syllables)


_SERIAL = itertools.count()


@dataclass(eq=False, slots=True)
class Letter:
    """One character somebody wrote."""

    character: str
    telling: bool
    """Of a word that stands nowhere else."""
    serial: int = field(default_factory=lambda: next(_SERIAL))
    """Which letter it is, also in a copy of everything."""
    hidden_by: set[uuid.UUID] = field(default_factory=set)
    typed_over: bool = False
    """The text was corrected while it was hidden: a block was typed where it stood."""
    gone: bool = False
    """Destroyed."""

    @property
    def shown(self) -> str:
        """What stands there for who reads."""
        return BLOCK if self.gone or self.typed_over or self.hidden_by else self.character


@dataclass(frozen=True, slots=True)
class Cell:
    """One character of the research text, and the letter it is; None for a character that stands in for others."""

    character: str
    letter: Letter | None


Cells = tuple[Cell, ...]


@dataclass(eq=False, slots=True)
class Turn:
    """What somebody said."""

    label: str
    letters: list[Letter]

    @property
    def shown(self) -> str:
        """The words for who reads the text with names in it."""
        return "".join(letter.shown for letter in self.letters)

    def words(self, start: int, end: int) -> str:
        """What was said there, hidden or not."""
        return "".join(letter.character for letter in self.letters[start:end])


def readable(turns: Iterable[Turn], *, without: Collection[Letter] = ()) -> bool:
    """Tell whether a word is left to read when the letters `without` are hidden too."""
    hidden = {letter.serial for letter in without}
    return any(
        letter.shown != BLOCK and not letter.character.isspace() and letter.serial not in hidden
        for turn in turns
        for letter in turn.letters
    )


def letters(words: str, *, telling: bool) -> list[Letter]:
    """Return new letters. White space tells nothing."""
    return [Letter(one, telling and not one.isspace()) for one in words]


def spans(turn: Turn) -> list[tuple[int, int]]:
    """Return where the words of a turn stand; hidden ones are blocks and no words."""
    return [found.span() for found in re.finditer(rf"[^\s{BLOCK}]+", turn.shown)]


@dataclass(slots=True)
class Passage:
    """A coded passage: what it was put on, and where the program says that it stands."""

    cells: Cells
    confirmed: bool = True
    """False while a person is asked."""


@dataclass(slots=True)
class Tale:
    """One interview."""

    turns: list[Turn]
    pseudonyms: dict[str, str] = field(default_factory=dict)
    """What stands for each name, as it was approved."""
    approved: bool = False
    research: list[tuple[uuid.UUID, Cells]] = field(default_factory=list)
    """Every research text that was made, newest last."""
    passages: dict[uuid.UUID, Passage] = field(default_factory=dict)
    hidden: dict[uuid.UUID, list[Letter]] = field(default_factory=dict)
    """Requests that can be taken back, and what each hides."""

    @property
    def raw(self) -> list[tuple[str, str]]:
        """Who says what, with names, without what must go."""
        return [(turn.label, turn.shown) for turn in self.turns]

    def corrected(self, turns: Sequence[Turn]) -> None:
        """Take other turns as the text. What is hidden now is typed over with blocks."""
        self.turns = [turn for turn in turns if turn.shown.strip()]
        for turn in self.turns:
            turn.letters = [_typed(letter) for letter in turn.letters]
        self.approved = False

    def derive(self, revision_id: uuid.UUID) -> None:
        """Make the research text as it must be now."""
        self.research.append((revision_id, tuple(_research(self.turns, self.pseudonyms))))

    @property
    def newest(self) -> Cells:
        """The research text that people read."""
        return self.research[-1][1]

    def cells_of(self, revision_id: uuid.UUID) -> Cells:
        """Return the research text that was made as this revision."""
        return next(cells for known, cells in self.research if known == revision_id)

    def letters(self) -> Iterator[Letter]:
        """Yield every letter of the text, and of every text that was made of it."""
        for turn in self.turns:
            yield from turn.letters
        for _, cells in self.research:
            yield from (cell.letter for cell in cells if cell.letter is not None)

    def destroy(self, serials: Collection[int]) -> None:
        """Let these letters be gone for good, wherever they stand."""
        for letter in self.letters():
            if letter.serial in serials:
                letter.gone = True
                letter.hidden_by.clear()

    def secret(self) -> Iterator[str]:
        """Yield every word that nobody may read: of what is asked to go, and of what was destroyed."""
        for turn in self.turns:
            for found in re.finditer(r"\S+", "".join(letter.character for letter in turn.letters)):
                part = turn.letters[slice(*found.span())]
                if any(one.telling for one in part) and all(one.gone or one.hidden_by for one in part):
                    yield found[0]


def _typed(letter: Letter) -> Letter:
    """Return the letter as it is typed again: a block stays a block."""
    if letter.shown != BLOCK:
        return letter
    return replace(letter, hidden_by=set(letter.hidden_by), typed_over=True)


def _research(turns: Sequence[Turn], pseudonyms: Mapping[str, str]) -> Iterator[Cell]:
    for number, turn in enumerate(turns):
        if number:
            yield Cell("\n", None)
        shown, position = turn.shown, 0
        pieces = [(found.span(), OMITTED) for found in re.finditer(f"{BLOCK}+", shown)]
        pieces += [(found.span(), pseudonyms[found[0]]) for found in NAME.finditer(shown) if found[0] in pseudonyms]
        for (start, end), text in sorted(pieces):
            yield from (Cell(one.character, one) for one in turn.letters[position:start])
            yield from (Cell(one, None) for one in text)
            position = end
        yield from (Cell(one.character, one) for one in turn.letters[position:])


def same(cells: Sequence[Cell], others: Sequence[Cell]) -> bool:
    """Tell whether two stretches are the same words: letter for letter the same text, and the telling letters the same."""
    return len(cells) == len(others) and all(
        one.character == other.character and (_tells(one) == _tells(other))
        for one, other in zip(cells, others, strict=True)
    )


def _tells(cell: Cell) -> int | None:
    return cell.letter.serial if cell.letter is not None and cell.letter.telling else None


def text_of(cells: Iterable[Cell]) -> str:
    """Return the characters."""
    return "".join(cell.character for cell in cells)
