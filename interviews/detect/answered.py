"""Ages said without "is" between who and how old: turned round, in a row, beside another age, or as an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from interviews.detect.findings import IdentifierType as Kind
from interviews.detect.hits import Hit
from interviews.detect.signs import AROUND
from interviews.detect.spoken import alternatives

_NUMBER = rf"(?:1[01]\d|[1-9]\d?|{alternatives(2, 110)})"
_BARE = re.compile(rf"(?<![\w.,:€/-])(?P<age>{_NUMBER})(?!\w|[.,:/-]\d|\s?[%€]|')", re.I)
_NEXT = re.compile(rf"(?:\s*,|\s+(?:en|of|à|tot))\s+{_NUMBER}(?!\w)", re.I)
_SENTENCE = re.compile(r"[^.?!…]+[.?!…]*")
_AFTER = re.compile(
    r"(?P<years>\s+(?:jaar(?:\s+(?:oud|jong))?|jr\.?))?(?=\s*(?:$|[.,;:!?…)\]'\"’”–-]|(?:en|of|maar|want|dus|toen|nu|nou|al|alweer|"
    r"pas|net|geworden|geweest|hoor|hè|denk|geloof|schat|ben|bent|is|was|werd|wordt|word|dan|die|inmiddels|intussen|zei|"
    r"ongeveer|ik|hij|ze|zij|jij|u|met|als)\b))",
    re.I,
)
_LINK = re.compile(
    r"[\s,;]*(?:(?:en|of|à|misschien|bijna|net|nou|nee|al|eh|uh|toen|een|van|één|eentje|ook|in plaats|ouder dan|jonger dan)[\s,]+)*",
    re.I,
)
_JUST_WHO = re.compile(
    r"(?:^|[\s,;(])(?:(?:en|maar|of|want)\s+)?(?:ik|jij|hij|ie|zij|ze|die|u|wij|we|mijn\s+\w+|m'n\s+\w+|zijn\s+\w+|z'n\s+\w+|haar\s+\w+|onze\s+\w+|"
    r"(?:de|het)\s+(?:\w+ste|ander|andere|kleine|\w*zoon|\w*dochter|\w*jongen|\w*meisje|jongens|meiden|baby|ene|een))"
    r"(?:\s+(?:zelf|toen|nu|nou|al|ook|net|pas|bijna|weer|dan))*,?\s+$",
    re.I,
)
_QUESTION = re.compile(r"\b(?:hoe\s+(?:oud|jong)|leeftijd(?:en)?)\b[^.!?]*\?|\bhoe\s+(?:oud|jong)\b[^.!?]*,", re.I)
_TOLD = re.compile(
    r"\b(?:vroeg|vroegen|vraagt|vragen|gevraagd|weten)\b[^.?!]*\b(?:hoe\s+(?:oud|jong)|leeftijd)\b[^.?!]*[.?!,:]", re.I
)
_ANSWER_REACH = 40
_LOOK_BACK = 60
_LOOK_AHEAD = 200
_COUNTED = re.compile(
    r"\b(?:groep|klas|kamer|lijn|bus|tram|nummer|nr|artikel|bladzijde|pagina|verdieping|maat|plek|huisnummer|om|tussen|van de|uit de|er)\s+$",
    re.I,
)
_MONTH = r"\s*(?:jan|feb|maart|apr|mei\b|jun|jul|aug|sep|okt|nov|dec)"


def age_neighbours(text: str, known: Sequence[Hit], *, before: str = "") -> Iterator[Hit]:
    """Yield the bare numbers that are ages because of an age or a question about age close to them.

    `known` are the ages found already in `text`; `before` is what was said just before this turn.
    """
    bare = [match for match in _BARE.finditer(text) if _stands_alone(text, match)]
    if not bare:
        return
    asked = _asked_until(text, before)
    for sentence in _SENTENCE.finditer(text):
        here = [match for match in bare if sentence.start() <= match.start() < sentence.end()]
        spans = [(hit.start, hit.end) for hit in known if sentence.start() <= hit.start < sentence.end()]
        for match in here:
            if any(start <= match.start() < asks for start, asks in asked):
                spans.append(match.span("age"))
                yield _hit(text, match, "age_asked", 0.85)
        yield from _spread(text, sentence.start(), here, spans)


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    if _COUNTED.search(text[max(0, match.start() - _LOOK_BACK) : match.start()]):
        return False
    after = last = text[match.end() : match.end() + _LOOK_AHEAD]
    # "Vijf, zes, zeven keer": what the last of a row counts, all of them count.
    while further := _NEXT.match(last):
        last = last[further.end() :]
    return bool(_AFTER.match(after) and _AFTER.match(last)) and not re.match(_MONTH, last, re.I)


def _asked_until(text: str, before: str) -> list[tuple[int, int]]:
    """Return the stretches of `text` that answer a question about an age."""
    stretches = [
        (match.end(), match.end() + _ANSWER_REACH) for rule in (_QUESTION, _TOLD) for match in rule.finditer(text)
    ]
    last = re.split(r"(?<=[.!?])\s+", before.strip())[-1]
    if _QUESTION.search(last) or _TOLD.search(last):
        stretches.append((0, _ANSWER_REACH))
    return stretches


def _spread(text: str, opens: int, bare: Sequence[re.Match[str]], spans: list[tuple[int, int]]) -> Iterator[Hit]:
    """Yield the numbers beside an age ("twaalf en veertien") and those of somebody else ("hij was twintig, ik tien")."""
    if not spans:
        return
    waiting = [match for match in bare if not any(start <= match.start() < end for start, end in spans)]
    again = True
    while again:
        again = False
        for match in list(waiting):
            if _beside(text, match, spans) or _JUST_WHO.search(
                text[max(opens, match.start() - _LOOK_BACK) : match.start()]
            ):
                waiting.remove(match)
                spans.append(match.span("age"))
                again = True
                yield _hit(text, match, "age_beside_age", 0.86)


def _beside(text: str, match: re.Match[str], spans: Sequence[tuple[int, int]]) -> bool:
    return any(
        _LINK.fullmatch(text[end : match.start()] if end <= match.start() else text[match.end() : start])
        for start, end in spans
    )


def _hit(text: str, match: re.Match[str], reason: str, score: float) -> Hit:
    after = _AFTER.match(text[match.end() : match.end() + AROUND])
    return Hit(
        match.start(), match.end() + (after.end("years") if after and after["years"] else 0), Kind.AGE, reason, score
    )
