"""Names in text that somebody typed without capitals ("ik ben anja, ik woon in tilburg")."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from interviews.detect import signs
from interviews.detect.findings import IdentifierType as Kind
from interviews.detect.hits import Hit
from interviews.detect.lexicon import Lexicon
from interviews.detect.words import Word

_SHORTEST = 5
_POLITE = frozenset({"mevrouw", "meneer", "mijnheer", "mevr", "mw", "dhr", "heer"})
_IN = frozenset({"in", "uit", "naar", "te", "vanuit"})


def lower_case_hits(words: Sequence[Word], lexicon: Lexicon, keep: Collection[str]) -> Iterator[Hit]:
    """Yield names and places without a capital: names of the lists that are no ordinary word, or that are announced."""
    careless = len(words) > 3 and not any(word.capital for word in words)
    for place, word in enumerate(words):
        if word.capital or word.remark or not word.text[0].isalpha() or word.key in keep or place == 0:
            continue
        hit = _lower_name(words, place, lexicon) or (_unknown_word(words, place, lexicon) if careless else None)
        if hit is not None:
            yield hit


def _lower_name(words: Sequence[Word], place: int, lexicon: Lexicon) -> Hit | None:
    word = words[place]
    touching = word.before == " "
    left = words[place - 1].key if touching else ""
    before = words[place - 2].key if touching and place > 1 and words[place - 1].before == " " else ""
    ordinary = lexicon.is_ordinary(word.text)
    if left in signs.TITLES and left not in ("pater", "zuster", "broeder", "meester", "tant"):
        if word.key in signs.PARTICLES:
            return _particle_surname(words, place, lexicon)
        surname = word.key in lexicon.surnames and word.key not in lexicon.common and word.key not in signs.PERSON_VERBS
        unknown = not ordinary or (left in _POLITE and (surname or not lexicon.is_word(word.text)))
        if unknown and len(word.key) >= 3 and word.key not in lexicon.neutral and word.key not in signs.KIN:
            return _hit(words, place, _unknown_end(words, place, lexicon), Kind.PERSON, "after_title", 0.85)
    said = left in ("heet", "heette") or (left in ("is", "was") and before in ("naam", "voornaam", "achternaam"))
    if said and not ordinary and len(word.key) > 2 and word.key not in lexicon.neutral:
        return _hit(words, place, _surname_end(words, place, lexicon), Kind.PERSON, "called", 0.75)
    listed = word.key in lexicon.first_names and word.key not in lexicon.common
    announced = (
        (left in ("ben", "heet") and before == "ik")
        or left in ("heet", "heette")
        or (left == "is" and before == "naam")
    )
    if listed and announced and (not ordinary or left != "ben"):
        return _hit(words, place, _surname_end(words, place, lexicon), Kind.PERSON, "says_own_name", 0.85)
    possessed = left in signs.KIN and before in (
        "mijn",
        "m'n",
        "onze",
        "zijn",
        "z'n",
        "haar",
        "d'r",
        "je",
        "hun",
        "jouw",
        "de",
    )
    unknown = (
        not ordinary and len(word.key) > 2 and word.key not in lexicon.neutral and word.key not in signs.PERSON_VERBS
    )
    if possessed and before != "de" and unknown:
        return _hit(words, place, place, Kind.PERSON, "after_relation", 0.75)
    if listed and possessed and (not ordinary or word.key not in lexicon.homographs):
        return _hit(words, place, place, Kind.PERSON, "after_relation", 0.8)
    if ordinary or word.key in lexicon.homographs or word.key in lexicon.neutral or len(word.key) < _SHORTEST:
        return None
    if left in _IN and word.key in lexicon.places:
        return _hit(words, place, place, Kind.PLACE, "known_place", 0.8)
    if listed:
        return _hit(words, place, _surname_end(words, place, lexicon), Kind.PERSON, "first_name_small", 0.65)
    return None


def _unknown_word(words: Sequence[Word], place: int, lexicon: Lexicon) -> Hit | None:
    """Judge a word that no list holds, in a turn without any capital, by the preposition before it."""
    word = words[place]
    if word.before != " " or len(word.key) < _SHORTEST - 1 or word.key in lexicon.neutral:
        return None
    if lexicon.is_ordinary(word.text):
        return None
    left = words[place - 1].key
    if left in ("in", "uit"):
        return _hit(words, place, place, Kind.PLACE, "after_in", 0.5)
    if left in ("bij", "met", "van", "tegen", "volgens", "naast", "door"):
        return _hit(words, place, place, Kind.PERSON, "first_name_small", 0.5)
    return None


def _particle_surname(words: Sequence[Word], place: int, lexicon: Lexicon) -> Hit | None:
    """Return "de wit", "van den berg" after a title."""
    last = place
    while (
        last + 1 < len(words)
        and last - place < 3
        and words[last].key in signs.PARTICLES
        and words[last + 1].before == " "
    ):
        last += 1
    surname = words[last].key in lexicon.surnames or not lexicon.is_ordinary(words[last].text)
    if last > place and surname and words[last].key not in lexicon.neutral:
        return _hit(words, place, last, Kind.PERSON, "after_title", 0.85)
    return None


def _surname_end(words: Sequence[Word], place: int, lexicon: Lexicon) -> int:
    """Return the place of the surname behind a first name, or the first name's own place."""
    last = place
    while (
        last + 1 < len(words)
        and last - place < 3
        and words[last + 1].before == " "
        and words[last + 1].key in signs.PARTICLES_OPEN
    ):
        last += 1
    if last + 1 < len(words) and words[last + 1].before == " " and words[last + 1].key in lexicon.surnames:
        following = words[last + 1]
        if last > place or not lexicon.is_ordinary(following.text):
            return last + 1
    return _unknown_end(words, last, lexicon) if _unknown_end(words, last, lexicon) > last else place


def _unknown_end(words: Sequence[Word], last: int, lexicon: Lexicon) -> int:
    """Return the place of one more word without a capital that no list holds, or `last`."""
    if last + 1 >= len(words):
        return last
    following = words[last + 1]
    unknown = not following.capital and len(following.key) > 2 and not lexicon.is_ordinary(following.text)
    return last + 1 if unknown and following.before == " " and following.key not in lexicon.neutral else last


def _hit(words: Sequence[Word], first: int, last: int, kind: Kind, reason: str, score: float) -> Hit:
    return Hit(words[first].start, words[last].end, kind, reason, score)
