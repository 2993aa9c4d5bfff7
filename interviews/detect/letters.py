"""Letters and figures said one after another: spelled names, postcodes and number plates said aloud.

"de B, negenentwintig, zesenvijftig" is a plate, "drieduizend twaalf AB" a postcode, "S-M-I-T" a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from interviews.detect.findings import IdentifierType as Kind
from interviews.detect.hits import Hit
from interviews.detect.lexicon import Lexicon
from interviews.detect.signs import AROUND
from interviews.detect.spoken import NUMBERS

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_GAP = re.compile(r"^[\s,.…\-–]*$")
_BETWEEN = frozenset(
    "streepje streep spatie eh ehm uh uhm en dan dus wacht even kijken effe letter letters cijfers cijfer met nee ja de".split()
)
_TWO_LETTER_WORDS = frozenset(
    "is op de en of in ja nu zo al te na om er ze we je he ik me ie d'r an ge wa da ma pa oh ah eh uh tv pc".split()
)
_HUNDREDS = {
    word + tail: value * factor
    for tail, factor in (("honderd", 100), ("duizend", 1000))
    for word, value in NUMBERS.items()
    if (10 <= value <= 99 and factor == 100) or (1 <= value <= 9 and factor == 1000)
} | {"duizend": 1000}
_GLUED = re.compile(r"(?P<head>\w*?(?:duizend|honderd))(?:en|ën)?(?P<tail>\w+)")

_POSTCODE_CUE = re.compile(r"post\s?code", re.I)
_PLATE_CUE = re.compile(r"kenteken|nummerbord|nummerplaat|kentekenplaat|\bplaat\b|\bplaten\b", re.I)
_SPELLING_CUE = re.compile(r"\bspel|\bschrijf|\bschreef|\bletters?\b|\bnaam\b|\bheet", re.I)
_CUE_REACH = 60
_CLAUSE_END = re.compile(r"\s*(?:$|[.,;!?])")
_THREE_LETTERS = re.compile(r"(?<!\w)[^\W\d_]\W{1,4}[^\W\d_]\W{1,4}[^\W\d_](?!\w)")
_PLATE_LENGTHS = (6, 5, 7)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One or more figures or letters said as one word. `single` tells that it is one letter on its own."""

    start: int
    end: int
    marks: str
    figures: bool
    capital: bool


def mixed_hits(text: str, *, before: str = "") -> Iterator[Hit]:
    """Yield postcodes and number plates said in letters and figures; `before` is what was said just before this turn."""
    for row in _rows(text):
        cue = _cue(text, row, before)
        for hit in _postcode_in(row, named=bool(_POSTCODE_CUE.search(cue))):
            yield replace(hit, end=hit.end + len(_letter_word(text, hit.end)))
        if _PLATE_CUE.search(cue):
            yield from _plate_in(row)


def spelled_hits(text: str, lexicon: Lexicon, *, before: str = "") -> Iterator[Hit]:
    """Yield names that are spelled, letter by letter; `before` is what was said just before this turn."""
    if _THREE_LETTERS.search(text):
        for row in _rows(text):
            yield from _spelled_in(row, text, _cue(text, row, before), lexicon)


def _cue(text: str, row: Sequence[_Piece], before: str) -> str:
    said = text[max(0, row[0].start - _CUE_REACH) : row[0].start]
    return before[-_CUE_REACH:] + " " + said if row[0].start < _CUE_REACH // 4 else said


def spelled_name(text: str) -> str:
    """Return the word that a spelled name says ("S-M-I-T" is "smit"), or '' when `text` is not one letter by one."""
    letters = _TOKEN.findall(text)
    return "".join(letters).lower() if len(letters) > 1 and all(len(mark) == 1 for mark in letters) else ""


def _rows(text: str) -> Iterator[list[_Piece]]:
    """Yield rows of at least three letters and figures with nothing but pauses between them."""
    row: list[_Piece] = []
    position = 0
    for match in _TOKEN.finditer(text):
        word = match.group()
        joined = bool(_GAP.match(text[position : match.start()]))
        ends = bool(row) and row[-1].figures and bool(_CLAUSE_END.match(text[match.end() : match.end() + AROUND]))
        piece = _piece(word, match.start(), match.end(), last=ends)
        if row and joined and (word.lower() in _BETWEEN or _names_letter(row, text, match)):
            position = match.end()
            continue
        if not joined or piece is None:
            if len(row) > 1:
                yield row
            row = []
        position = match.end()
        if piece is not None:
            row.append(piece)
    if len(row) > 1:
        yield row


def _letter_word(text: str, end: int) -> str:
    """Return the words behind the letter that ends at `end` that only say which letter it was (" van Bernard")."""
    match = re.match(r"\s+van\s+([^\W\d_])\w*", text[end : end + AROUND])
    return match.group() if match and match[1].lower() == text[end - 1].lower() else ""


def _names_letter(row: Sequence[_Piece], text: str, match: re.Match[str]) -> bool:
    """Tell whether this word only says which letter was meant ("de B van Bernard")."""
    if match.group().lower() == "van":
        return not row[-1].figures and len(row[-1].marks) == 1
    return (
        text[max(0, match.start() - 5) : match.start()].endswith(" van ")
        and match.group()[0].lower() == row[-1].marks[-1].lower()
    )


def _piece(word: str, start: int, end: int, *, last: bool) -> _Piece | None:
    """Return the letters or figures a word says; `last` lets a small word that ends a row of figures be two letters."""
    if word.isdecimal():
        return _Piece(start, end, word, figures=True, capital=False)
    value = _value(word.lower())
    if value is not None:
        return _Piece(start, end, str(value), figures=True, capital=False)
    if len(word) == 1 or (
        len(word) <= 3 and (word.isupper() or (word.islower() and (word not in _TWO_LETTER_WORDS or last)))
    ):
        if len(word) > 1 and not word.isupper() and any(mark in "aeiou" for mark in word) and len(word) == 3:
            return None
        return _Piece(start, end, word, figures=False, capital=word.isupper())
    return None


def _value(word: str) -> int | None:
    if word in NUMBERS:
        return NUMBERS[word] if NUMBERS[word] < 1000 else None
    if word in _HUNDREDS:
        return _HUNDREDS[word]
    glued = _GLUED.fullmatch(word)
    if glued and glued["head"] in _HUNDREDS and glued["tail"] in NUMBERS and NUMBERS[glued["tail"]] < 1000:
        return _HUNDREDS[glued["head"]] + NUMBERS[glued["tail"]]
    return None


def _groups(row: Sequence[_Piece]) -> list[list[_Piece]]:
    return [list(group) for _, group in groupby(row, key=lambda piece: piece.figures)]


def _figures(pieces: Sequence[_Piece]) -> str:
    """Return the figures said, where "drieduizend twaalf" is 3012."""
    values = [piece.marks for piece in pieces]
    if len(values) == 2 and len(values[0]) == 4 and values[0].endswith("00") and len(values[1]) <= 3:
        return str(int(values[0]) + int(values[1]))
    return "".join(values)


def _postcode_in(row: Sequence[_Piece], *, named: bool) -> Iterator[Hit]:
    for figures, letters in zip(groups := _groups(row), groups[1:], strict=False):
        if not figures[0].figures:
            continue
        said = letters[:1] if len(letters[0].marks) == 2 else letters[:2]
        if sum(len(piece.marks) for piece in said) != 2:
            continue
        for first in range(len(figures)):
            length = len(_figures(figures[first:]))
            if (length == 4 or (named and length == 3)) and (named or all(piece.capital for piece in said)):
                yield Hit(figures[first].start, said[-1].end, Kind.POSTCODE, "postcode_spoken", 0.95 if named else 0.85)
                break


def _plate_in(row: Sequence[_Piece]) -> Iterator[Hit]:
    """Yield the first five to seven marks of a row that hold letters and figures, six when that can be."""
    ends: dict[int, int] = {}
    count = 0
    for number, piece in enumerate(row):
        count += len(piece.marks)
        ends.setdefault(count, number)
    for length in _PLATE_LENGTHS:
        last = ends.get(length)
        if last is None:
            continue
        pieces = row[: last + 1]
        if len({piece.figures for piece in pieces}) == 2 and (length == 6 or last + 1 == len(row)):
            yield Hit(pieces[0].start, pieces[-1].end, Kind.LICENSE_PLATE, "licence_plate_spoken", 0.97)
            return


def _spelled_in(row: Sequence[_Piece], text: str, cue: str, lexicon: Lexicon) -> Iterator[Hit]:
    for letters in _groups(row):
        if len(letters) < 3 or letters[0].figures or any(len(piece.marks) > 1 for piece in letters):
            continue
        word = "".join(piece.marks for piece in letters).lower()
        announced = _SPELLING_CUE.search(cue) or re.match(r"\W*(?:zo\s+)?(?:spel|schrijf)", text[letters[-1].end :])
        dashed = all(text[one.end : other.start] == "-" for one, other in pairwise(letters))
        if word in lexicon.neutral and not announced:
            continue
        if announced or lexicon.is_name(word) or (dashed and len(letters) > 4):
            yield Hit(letters[0].start, letters[-1].end, Kind.PERSON, "spelled", 0.96)
