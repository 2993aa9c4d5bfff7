"""Dates of a day, and years of birth; never a month or a year alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviews.detect import signs
from interviews.detect.findings import IdentifierType as Kind
from interviews.detect.hits import Hit
from interviews.detect.spoken import NUMBERS, ORDINALS

_MONTH = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    r"jan\.|feb\.|mrt\.|apr\.|jun\.|jul\.|aug\.|sept?\.|okt\.|nov\.|dec\.)"
)
_DAY_WORDS = sorted([word for word, value in (NUMBERS | ORDINALS).items() if 1 <= value <= 31], key=len, reverse=True)
_DAY = rf"(?:[0-3]?\d(?:e|de|ste)?|{'|'.join(_DAY_WORDS)})"
_TAIL = "|".join(sorted([word for word, value in NUMBERS.items() if 1 <= value <= 99], key=len, reverse=True))
_YEAR = rf"(?:(?:19|20)\d\d|['’]\d\d|(?:tweeduizend|negentien(?:\s?honderd)?|twintig)(?:[\s-]?(?:en\s)?(?:{_TAIL}))?)"
_SHORT_YEAR = "|".join(sorted((word for word, value in NUMBERS.items() if 40 <= value <= 99), key=len, reverse=True))
_DATE = re.compile(
    rf"(?<![\w-])(?:de\s+)?(?P<date>{_DAY}\s+(?:van\s+)?{_MONTH}(?:[,]?\s+(?:van\s+)?(?:{_YEAR}|{_SHORT_YEAR}))?)(?!\w)",
    re.I,
)
_WRITTEN = re.compile(
    r"(?<![\w.,/-])(?:[0-3]?\d[-/.][01]?\d[-/.](?:(?:19|20)|['’])?\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d)(?![\w/-])"
)
_SHORT = re.compile(
    r"\b(?:op|per|vanaf|sinds|van|tot|datum|geboren)\s+(?P<date>(?:[12]?\d|3[01]|0\d)[-/](?:0?[1-9]|1[0-2]))(?![\w/-]|[.,]\d)"
    r"(?!\s*(?:uur|jaar|keer|procent|euro|weken|dagen|maanden))",
    re.I,
)
_BORN = re.compile(
    rf"\b(?:geboren\s+(?:in|op|is|was)?|geboortejaar|geboortedatum|bouwjaar|jaargang|(?:ik|hij|zij|ze|die)\s+(?:ben|is)\s+van|(?-i:[{signs.CAPITAL}][\w'’-]+)?,\s+van)\W+(?:\w+\s+)?(?P<date>{_YEAR})(?!\w)",
    re.I,
)
_SPOKEN = re.compile(
    rf"\b(?:geboren|geboortedatum|jarig|verjaardag)\b[^.?!]{{0,30}}?(?P<date>(?:{_DAY})[\s,]+(?:van de\s+)?(?:{_DAY})[\s,]+{_YEAR})(?!\w)",
    re.I,
)


def date_hits(text: str) -> Iterator[Hit]:
    """Yield days, and years of birth, in the text of one turn."""
    for match in _DATE.finditer(text):
        yield Hit(match.start("date"), match.end("date"), Kind.DATE, "date", 0.93)
    for match in _WRITTEN.finditer(text):
        yield Hit(match.start(), match.end(), Kind.DATE, "date", 0.94)
    for match in _SHORT.finditer(text):
        yield Hit(match.start("date"), match.end("date"), Kind.DATE, "date", 0.8)
    for match in _BORN.finditer(text):
        yield Hit(match.start("date"), match.end("date"), Kind.DATE, "year_of_birth", 0.85)
    for match in _SPOKEN.finditer(text):
        yield Hit(match.start("date"), match.end("date"), Kind.DATE, "date_spoken", 0.85)
