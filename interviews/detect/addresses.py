"""Streets and houses: a street with or without a number, a number said in words, a square with a year in its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviews.detect import signs
from interviews.detect.findings import IdentifierType as Kind
from interviews.detect.hits import Hit
from interviews.detect.spoken import alternatives, says_a_number, value_of

_SURE = (
    r"(?:straat|straatje|laan|laantje|weg|wegje|steeg|steegje|gracht|grachtje|singel|kade|dreef|plantsoen|plein|pleintje|"
    r"boulevard|allee|dwarsstraat|leane|strjitte|wei|wal|vest|erf|hof|hofje|pad|paadje|dijk|ring|park|burg|gaarde|"
    r"gang|poort|markt|baan|kamp|akker|veld|horst|hoek|haven|hoeve|oord|meent|brink|es|kant|zoom|rode|donk|broek|weide)"
)
_STREET_ONLY = r"(?:straat|straatje|laan|laantje|steeg|steegje|gracht|singel|kade|dreef|plantsoen|dwarsstraat|leane|strjitte|boulevard)"
_CAP = rf"[{signs.CAPITAL}](?:[^\W\d_]|['’]){{0,40}}"
_LINK = r"(?:van|de|der|den|het|'t|’t|ter|ten|en)"
_NAME = rf"(?:(?:\d+e|Sint|Sint-|St\.)\s*)?{_CAP}(?:[-\s](?:{_CAP}|{_LINK}(?=[-\s](?:{_CAP}|{_LINK})))){{0,6}}"
_NUMBER = (
    rf"(?:(?:1[4-9]|20)\d\d,?\s+(?:nummer|nr\.?)\s+\d{{1,4}}|(?:,?\s*(?:nummer|nr\.?|huisnummer)\s+)?(?:\d{{1,4}}(?!\d|[.,]\d|e\b)(?:\s?-?\s?(?:bis|hs|huis|[a-zA-Z](?!\w)|[IVX]{{1,4}}\b|\d{{1,3}}\b))?"
    rf"|(?:nummer\s+)(?:{alternatives(1, 149)}))"
    rf"|\s(?:{alternatives(2, 149)})(?!\w)(?!\s+(?:jaar|keer|uur|mensen|weken|maanden|dagen|euro|huizen|minuten)))"
)
_WITH_NUMBER = re.compile(rf"(?<![\w'’])(?P<name>{_NAME})(?P<number>,?\s+{_NUMBER}|{_NUMBER})(?!\w)")
_STREET = re.compile(
    rf"(?<![\w'’])(?P<name>(?:{_CAP}[-\s](?:{_LINK}[-\s]){{0,3}}){{0,4}}[{signs.CAPITAL}][\w'’]{{0,40}}{_STREET_ONLY})(?!\w)"
)
_LOWER = re.compile(
    rf"\b(?:woon|woont|wonen|woonde|adres|verhuisd|aan de|op de|in de)\b[^.?!]{{0,25}}?\b(?P<street>[a-zß-ÿ]{{3,}}{_STREET_ONLY}\s+\d{{1,4}}\s?(?:[a-z](?!\w))?)",
    re.I,
)
_PLACED = re.compile(
    r"(?:\b(?:aan|op|in|naar|van|bij|langs)\s+(?:de|het|'t|’t)|\b(?:adres|naar|post|woon|woont|op|aan|is|in)\b[\w\s]{0,12}[:,]?)\s*$",
    re.I,
)
_SUFFIXED = re.compile(rf"{_SURE}$", re.I)
_POSTCODE_NEXT = re.compile(r"^,?\s*[1-9]\d{3}\s?[A-Z]{2}\b")
_OWN = frozenset({"De", "Het", "Achter", "Bij", "Aan", "Op", "In", "Langs"})
_NO_STREET = re.compile(
    r"^(?:bij|aan|langs|achter|naast|tegenover|vlakbij|(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)|lijn|artikel|kamer|bus|tram|"
    r"groep|klas|fase|stap|punt|vraag|hoofdstuk|nummer|code|versie|deel|dag|week|jaar|team|de|het|een|ik|op|in|na|voor|van|"
    r"iphone|windows|nos|npo|rtl|radio|covid|a|b|c|f|g|v|nt|ja|nee|nou|en|maar|dus|toen|die|dat|ze|hij|zij|we|wij|je|jij|"
    r"met|om|tot|al|bijna|ongeveer|zo'n|minstens|bladzij|bladzijde|pagina|loket|balie|fifa|kpi|plus|netflix|met name)$", re.I
)  # fmt: skip


def address_hits(text: str) -> Iterator[Hit]:
    """Yield the addresses in the text of one turn."""
    if says_a_number(text) or "nummer" in text or _STREET.search(text):
        for match in _WITH_NUMBER.finditer(text):
            hit = _street_with_number(text, match)
            if hit is not None:
                yield hit
    for match in _STREET.finditer(text):
        yield Hit(match.start("name"), match.end("name"), Kind.ADDRESS, "street", 0.92)
    for match in _LOWER.finditer(text):
        yield Hit(match.start("street"), match.end("street"), Kind.ADDRESS, "street_number", 0.85)


def _street_with_number(text: str, match: re.Match[str]) -> Hit | None:
    name, start = match.group("name"), match.start("name")
    words = re.split(r"\s", name)
    before = text[max(0, start - signs.AROUND) : start]
    after = text[match.end() : match.end() + signs.AROUND]
    opening = not before.rstrip(" '\"‘“„") or before.rstrip(" '\"‘“„")[-1] in ".?!:]…"
    while words and _NO_STREET.match(words[0]) and (opening or len(words) == 1 or words[0] not in _OWN):
        start += len(words[0]) + 1
        words = words[1:]
    if not words or value_of(words[0]) is not None:
        return None
    suffixed = bool(_SUFFIXED.search(words[-1]) or _SUFFIXED.search(words[0]))
    spoken = not any(mark.isdecimal() for mark in match.group("number")) and "nummer" not in match.group("number")
    digits = re.search(r"\d+", match.group("number"))
    if digits and len(digits.group()) == 4 and not suffixed and 1900 <= int(digits.group()) <= 2099:
        return None
    placed = bool(_PLACED.search(text[max(0, start - signs.AROUND) : start]))
    if spoken and not suffixed:
        stop = re.match(r"\s*(?:$|[.,;!?])", after)
        return Hit(start, match.end(), Kind.ADDRESS, "street_number", 0.86) if placed and stop and not opening else None
    if _POSTCODE_NEXT.match(after):
        return Hit(start, match.end(), Kind.ADDRESS, "street_number", 0.97)
    if suffixed:
        return Hit(start, match.end(), Kind.ADDRESS, "street_number", 0.95)
    lettered = (
        bool(re.search(r"\d\s?[a-z]$|\d\s?(?:bis|hs)$", match.group("number")))
        and len(digits.group() if digits else "") > 1
    )
    if opening and lettered and len(words) == 1:
        return Hit(start, match.end(), Kind.ADDRESS, "street_number", 0.8)
    if placed and "," not in match.group("number"):
        return Hit(start, match.end(), Kind.ADDRESS, "street_number", 0.86)
    return None
