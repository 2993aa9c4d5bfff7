"""Reading aid for plain Dutch (B1): what in a text is hard to read or to hear, and which word is easier.

Pure, and by plain rules: it points, it never refuses. A person decides. The rules come from the wording guide of the
project: sentences of 12 words on average and never more than 20, ordinary words, one subordinate clause at most, who
does something is named, no English. A placeholder such as `%(name)s` or `{name}` counts as one word.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from interviews.plainwords import AVOID_LINES, ENGLISH_LINES, HARD_LINES

MEAN_WORDS = 12
"""What the mean sentence of a text aims at, in words."""
HINT_WORDS = 15
"""A sentence with more words than this gets a hint."""
MAX_WORDS = 20
"""A sentence with more words than this is too long."""


class Kind(enum.StrEnum):
    """What makes a piece of text hard."""

    TOO_LONG = "too_long"
    """More than MAX_WORDS words."""
    LONG = "long"
    """More than HINT_WORDS words."""
    AVOID = "avoid"
    """A word that the project does not use, with the word it does use."""
    HARD_WORD = "hard_word"
    ENGLISH = "english"
    CLAUSES = "clauses"
    """More than one subordinate clause."""
    PASSIVE = "passive"
    """Perhaps it does not say who does it."""
    MIXED_ADDRESS = "mixed_address"
    """Both "je" and "u" in one text."""
    WRONG_ADDRESS = "wrong_address"
    """"je" in a text that says "u", or the other way round."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its half-open span of code points in the text, and how many words it has."""

    start: int
    end: int
    text: str
    words: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One hint: what it is about (`words`, the half-open code point span) and what reads easier, where that is known."""

    kind: Kind
    start: int
    end: int
    words: str
    better: str = ""
    count: int = 0
    """Words of the sentence or number of clauses, for the kinds that count."""


def _table(lines: str) -> dict[str, str]:
    """Read lines of "word word: easier" into a mapping of each word or phrase; "_" stands for a space in a phrase."""
    found: dict[str, str] = {}
    for line in lines.strip().splitlines():
        hard, _, easier = line.partition(":")
        for word in hard.split():
            found[word.replace("_", " ")] = easier.strip()
    return found


AVOID: Mapping[str, str] = _table(AVOID_LINES)
"""Words that the project's pages do not use, with the word that they do use; lower case, a star ends an open word."""
HARD: Mapping[str, str] = _table(HARD_LINES)
"""Common difficult words with an easier one each; lower case, a star ends an open word."""
ENGLISH: Mapping[str, str] = _table(ENGLISH_LINES)
"""English words that are said in Dutch, with a Dutch one each."""

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%[sd]")
_WORD = re.compile(r"%\(\w+\)[sd]|\{\w+\}|[^\W_]+(?:[-'’.,/@:][^\W_]+)*")
_END = re.compile(r"(?:[.?!…]+[\"'”’)\]]*(?=\s|$))|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:bijv|bv|o\.a|t\.e\.m|t/m|enz|etc|nr|tel|dr|mr|ir|ds|drs|prof|mevr|mw|dhr|blz|art|ca|jl|resp|a\.u\.b|m\.b\.v"
    r"|i\.p\.v|z\.s\.m|d\.w\.z|[A-Z]))\.$",
    re.IGNORECASE,
)
_STRONG = r"omdat|doordat|zodat|opdat|hoewel|terwijl|nadat|voordat|totdat|zodra|zolang|tenzij|mits|indien|aangezien|ofschoon|als"
_SUBJECT = r"je|jij|jullie|u|ik|we|wij|hij|zij|ze|het|er|iemand|niemand|de|een|deze|dit|die|mijn|jouw|uw|onze"
_CLAUSE = re.compile(
    rf"\b(?:{_STRONG})\b|\bdat\s+(?={_SUBJECT}\b)|(?<=,\s)(?:die|dat|wat|wie|waar|hoe|of|toen|wanneer)\b"
    rf"|(?<=\w\s)(?:waar(?:mee|in|op|aan|door|over|uit|van|voor|bij|om)|waarom|wanneer)\b|\bof\s+(?=(?:je|u|ik|we|hij|ze|er)\b)",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"\b(?:\w*ge\w{2,}(?:d|t|en)|(?:be|ver|ont|her|er)\w{2,}(?:d|t|en))\b", re.IGNORECASE)
_BECOMES = re.compile(r"\b(?:word|wordt|worden|werd|werden)\b", re.IGNORECASE)
_BY_WHOM = re.compile(r"\b(?:is|zijn|was|waren)\b.*\bdoor\s+(?:de|het|een|ons|hem|haar|jou|u)\b", re.IGNORECASE)
# Words that look like a participle and are none.
_NO_PARTICIPLE = frozenset(
    "gesprekken gemeenten gevoelens geld geen gedachten gegevens bestand berichten bericht verhalen verschillen geluiden "
    "bedragen gebieden gezinnen beiden eigen tegen morgen dingen mogen enigen volgend beste verdriet bekend verkeerd "
    "gebeurt gezicht gewicht recht vergunningen verslagen ergens".split()
)
_JE, _U = re.compile(r"\b(?:je|jij|jou|jouw)\b", re.IGNORECASE), re.compile(r"\b(?:u|uw|uzelf)\b", re.IGNORECASE)
# Dutch endings that a word of a list may have: cases, mergen, gecodeerde.
_ENDING = r"(?:'?s|en|e|n|t|de|den|te|ten)?"


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of `text` in order. A line end ends a sentence; an abbreviation does not. No words, no sentence."""
    found: list[Sentence] = []
    start = 0
    for end in _ends(text):
        piece = text[start:end]
        words = len(_WORD.findall(piece))
        if words:
            lead = len(piece) - len(piece.lstrip())
            found.append(Sentence(start + lead, start + len(piece.rstrip()), piece.strip(), words))
        start = end
    return found


def _ends(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        if match.group().startswith("."):
            before = text[max(0, match.start() - 12) : match.start() + 1]
            if _ABBREVIATION.search(before):
                continue
        yield match.end()
    yield len(text)


def mean_words(text: str) -> float:
    """Return how many words a sentence of `text` has on average; 0 for a text without words."""
    found = sentences(text)
    return sum(one.words for one in found) / len(found) if found else 0.0


def check(text: str, *, formal: bool | None = None) -> list[Finding]:
    """Return every hint about `text`, in the order of the text; empty for plain text.

    `formal` says how the text should speak to the reader: with "u", with "je", or (None) with one of them.
    """
    findings: list[Finding] = []
    for sentence in sentences(text):
        findings += _of_sentence(sentence)
    findings += _of_words(text)
    findings += _of_address(text, formal)
    return sorted(findings, key=lambda one: (one.start, one.end, one.kind))


def _of_sentence(sentence: Sentence) -> Iterator[Finding]:
    def finding(kind: Kind, count: int = 0) -> Finding:
        return Finding(kind, sentence.start, sentence.end, sentence.text, count=count)

    if sentence.words > MAX_WORDS:
        yield finding(Kind.TOO_LONG, sentence.words)
    elif sentence.words > HINT_WORDS:
        yield finding(Kind.LONG, sentence.words)
    clauses = len(_CLAUSE.findall(sentence.text))
    if clauses > 1:
        yield finding(Kind.CLAUSES, clauses)
    if _is_passive(sentence.text):
        yield finding(Kind.PASSIVE)


def _is_passive(sentence: str) -> bool:
    becomes = _BECOMES.search(sentence)
    if becomes is None and not _BY_WHOM.search(sentence):
        return False
    return any(match.group().lower() not in _NO_PARTICIPLE for match in _PARTICIPLE.finditer(sentence))


def _pattern(words: Mapping[str, str]) -> re.Pattern[str]:
    parts = [
        # An open word is a verb: geïmplementeerd is implementeren too.
        r"(?:ge)?" + re.escape(word[:-1]).replace("i", "[iï]", 1) + r"\w*"
        if word.endswith("*")
        else re.escape(word) + _ENDING
        for word in sorted(words, key=len, reverse=True)
    ]
    return re.compile(rf"(?<![\w%({{-])(?:{'|'.join(parts)})(?![\w-])", re.IGNORECASE)


_PATTERNS = ((Kind.AVOID, AVOID, _pattern(AVOID)), (Kind.HARD_WORD, HARD, _pattern(HARD)),
             (Kind.ENGLISH, ENGLISH, _pattern(ENGLISH)))  # fmt: skip


def _of_words(text: str) -> Iterator[Finding]:
    # A placeholder is no word of the text: blanked at its own length, so that places stay.
    plain = _PLACEHOLDER.sub(lambda match: " " * len(match.group()), text)
    taken: list[tuple[int, int]] = []
    for kind, words, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            yield Finding(kind, *match.span(), match.group(), better=_easier(words, match.group().lower()))


def _easier(words: Mapping[str, str], found: str) -> str:
    """Return the easier word for what was found: of the longest entry that it begins with."""
    bare = found.removeprefix("ge").replace("ï", "i")
    fitting = [word for word in words if found.startswith(word.rstrip("*")) or bare.startswith(word.rstrip("*"))]
    return words[max(fitting, key=len)] if fitting else ""


def _of_address(text: str, formal: bool | None) -> Iterator[Finding]:
    found = {True: _U.search(text), False: _JE.search(text)}
    if formal is not None:
        wrong, kind = found[not formal], Kind.WRONG_ADDRESS
    else:
        wrong, kind = found[True] if found[False] else None, Kind.MIXED_ADDRESS
    if wrong is not None:
        yield Finding(kind, *wrong.span(), wrong.group())
