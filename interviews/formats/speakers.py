"""Who is who: guesses the part of each speaker from the label, else from who asks.

Pure. A guess only: a person confirms it on the import page.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from interviews.turns import Speaker, SpeakerRole, Turn

_NUMBER = r"(?: ?\d{1,2})?"
_INTERVIEWER_WORDS = (
    "interviewer|interviewster|interviewers|onderzoeker|onderzoekster|researcher|host|moderator|gespreksleider|"
    "gespreksleidster|presentator|facilitator|vragensteller|vraag|question|peer interviewer|peer-interviewer"
)
_INTERVIEWEE_WORDS = (
    "interviewee|geinterviewde|respondent|respondente|resp|antwoord|answer|guest|gast|deelnemer|deelneemster|"
    "participant|informant|client|cliente|kandidaat|bewoner|inwoner|klant|consulent|sociaal werker"
)
_COMPANION_WORDS = (
    "begeleider|begeleidster|companion|metgezel|mantelzorger|partner|tolk|interpreter|naaste|vriend|vriendin|"
    "moeder|vader|dochter|zoon|zus|broer"
)
_INTERVIEWER = re.compile(rf"(?:i|int|intv|{_INTERVIEWER_WORDS}){_NUMBER}")
_INTERVIEWEE = re.compile(rf"(?:r|{_INTERVIEWEE_WORDS}){_NUMBER}")
_COMPANION = re.compile(rf"(?:{_COMPANION_WORDS}){_NUMBER}")
_LETTER = re.compile(r"([abmpqv])(?: ?\d{1,2})?")
_ANONYMOUS = re.compile(r"(?:s|id|spk|speaker|spreker|persoon|person|stem|voice|onbekend|unknown)[ _-]?\d{0,3}")
_LONG_WORD = re.compile(rf"(?:{_INTERVIEWER_WORDS}|{_INTERVIEWEE_WORDS}|{_COMPANION_WORDS})")


@lru_cache(maxsize=4096)
def key(label: str) -> str:
    """Return what makes two spellings of a label the same speaker: case, accents' form, spaces, dots at the end."""
    text = "".join(" " if ch.isspace() else ch for ch in label if unicodedata.category(ch) != "Cf")
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).rstrip(" .")


def is_usual(label: str) -> bool:
    """Tell whether a label is one that only transcripts use (`I`, `R2`, `Interviewer 1`, `S01`, `id3`)."""
    plain = _plain(label)
    return bool(
        _INTERVIEWER.fullmatch(plain)
        or _INTERVIEWEE.fullmatch(plain)
        or _COMPANION.fullmatch(plain)
        or _LETTER.fullmatch(plain)
        or _ANONYMOUS.fullmatch(plain)
    )


def with_roles(labels: Sequence[str], turns: Iterable[Turn]) -> tuple[Speaker, ...]:
    """Return the speakers of `labels`, in that order, with a guessed role each.

    The label decides where it says something. Otherwise, of exactly two speakers: the one beside an interviewer is
    the interviewee and the other way round; else the one who asks clearly most questions is the interviewer.
    """
    letters = {match[1] for label in labels if (match := _LETTER.fullmatch(_plain(label)))}
    roles = {label: _by_label(label, letters) for label in labels}
    _letter_pairs(roles)
    if len(roles) == 2:
        _complete_pair(roles, turns)
    return tuple(Speaker(label, role) for label, role in roles.items())


def _plain(label: str) -> str:
    folded = unicodedata.normalize("NFD", key(label))
    return "".join(ch for ch in folded if not unicodedata.combining(ch))


def _by_label(label: str, letters: set[str]) -> SpeakerRole:
    plain = _plain(label)
    candidates = [plain, *re.findall(r"\(([^)]*)\)", plain)]
    first = plain.split(" ")[0] if plain else ""
    if _LONG_WORD.fullmatch(first):
        candidates.append(first)
    for candidate in candidates:
        if _INTERVIEWER.fullmatch(candidate):
            return SpeakerRole.INTERVIEWER
        if _INTERVIEWEE.fullmatch(candidate):
            return SpeakerRole.INTERVIEWEE
        if _COMPANION.fullmatch(candidate):
            return SpeakerRole.COMPANION
    letter = _LETTER.fullmatch(plain)
    if letter and letter[1] in "qv" and ("a" in letters or letter[1] == "q"):
        return SpeakerRole.INTERVIEWER
    if letter and letter[1] == "a" and letters & {"q", "v"}:
        return SpeakerRole.INTERVIEWEE
    return SpeakerRole.UNKNOWN


def _letter_pairs(roles: dict[str, SpeakerRole]) -> None:
    """`A`, `P` and `B` say something only beside an interviewer: alone they are just person A and person B."""
    interviewer = SpeakerRole.INTERVIEWER in roles.values()
    interviewee = SpeakerRole.INTERVIEWEE in roles.values()
    for label, role in roles.items():
        letter = _LETTER.fullmatch(_plain(label))
        if role is not SpeakerRole.UNKNOWN or letter is None:
            continue
        if letter[1] in "ap" and interviewer:
            roles[label] = SpeakerRole.INTERVIEWEE
        elif letter[1] == "b" and interviewer and (interviewee or len(roles) > 2):
            roles[label] = SpeakerRole.COMPANION


def _complete_pair(roles: dict[str, SpeakerRole], turns: Iterable[Turn]) -> None:
    known = [label for label, role in roles.items() if role is not SpeakerRole.UNKNOWN]
    if len(known) == 2:
        return
    if len(known) == 1:
        other = next(label for label in roles if label != known[0])
        if roles[known[0]] is SpeakerRole.INTERVIEWER:
            roles[other] = SpeakerRole.INTERVIEWEE
        elif roles[known[0]] is SpeakerRole.INTERVIEWEE:
            roles[other] = SpeakerRole.INTERVIEWER
        return
    asked: Counter[str] = Counter()
    spoken: Counter[str] = Counter()
    for turn in turns:
        if turn.speaker is not None:
            spoken[turn.speaker] += 1
            asked[turn.speaker] += turn.text.rstrip("\"'’”)» ").endswith("?")
    first, second = sorted(roles, key=lambda label: -asked[label])
    if asked[first] >= 2 and asked[first] >= 2 * asked[second] + 1 and asked[first] >= 0.25 * spoken[first]:
        roles[first], roles[second] = SpeakerRole.INTERVIEWER, SpeakerRole.INTERVIEWEE
