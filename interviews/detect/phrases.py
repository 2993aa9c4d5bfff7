"""Rows of words with a capital that belong together: "Anja ter Horst", "El Ouardi", "Bakkerij De Korenschuur"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviews.detect import signs
from interviews.detect.lexicon import Lexicon
from interviews.detect.words import Word

_NEAR = frozenset({" ", "-", ""})
_INITIAL_GAPS = frozenset({". ", "."})
_LONGEST_LINK = 3
_LONGEST_PLACE = 5
_OPENERS = frozenset(
    """ik dat die dit en maar dus toen de het een want ja nee nou als ze zij hij wij we je jij u er daar dan hier wat wie
    waar hoe waarom omdat om met voor van bij na op in uit aan te tot zo niet geen alle alles ook nu eerst daarna later
    soms altijd is was heb had moet kan mag mijn m'n""".split()
)
_LETTERED = frozenset(
    "rijbewijs vitamine plan blok gebouw hepatitis letter klasse categorie type groep ingang vleugel kamer lijn optie".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words `[first, last]` (both inclusive) of a turn that may be one name."""

    words: list[Word]
    first: int
    last: int

    @property
    def keys(self) -> tuple[str, ...]:
        """The folded words of the phrase."""
        return tuple(word.key for word in self.words[self.first : self.last + 1])

    @property
    def start(self) -> int:
        """Where the phrase starts in the turn's text."""
        return self.words[self.first].start

    @property
    def end(self) -> int:
        """Where the phrase ends in the turn's text, without a genitive 's after an apostrophe."""
        word = self.words[self.last]
        for tail in ("'s", "’s", "'", "’"):
            if word.text.endswith(tail) and len(word.text) > len(tail) + 1:
                return word.end - len(tail)
        return word.end

    @property
    def opens(self) -> bool:
        """Tell whether the first capital may be there only because a sentence starts."""
        return self.words[self.first].opens

    def left(self, distance: int = 1) -> Word | None:
        """Return the word `distance` places before the phrase."""
        place = self.first - distance
        return self.words[place] if place >= 0 else None

    def right(self, distance: int = 1) -> Word | None:
        """Return the word `distance` places behind the phrase."""
        place = self.last + distance
        return self.words[place] if place < len(self.words) else None


def read_phrases(words: list[Word], lexicon: Lexicon) -> list[Phrase]:
    """Return the phrases of a turn in order; words in square brackets only when they are names in the lists."""
    phrases: list[Phrase] = []
    place = 0
    while place < len(words):
        word = words[place]
        letters = place > 0 and len(word.text) == 2 and word.text.isupper() and words[place - 1].text.isdecimal()
        if not word.capital or letters or _plain_opener(words, place, lexicon):
            place += 1
            continue
        last = _last_of(words, place, lexicon)
        last = max(_trimmed(words, place, last, lexicon), _listed_run(words, place, lexicon))
        if not word.remark or any(_name_in_remark(each, lexicon) for each in words[place : last + 1]):
            phrases.append(Phrase(words, place, last))
        place = last + 1
    return phrases


def _plain_opener(words: Sequence[Word], place: int, lexicon: Lexicon) -> bool:
    """Tell whether the capital only opens a sentence: an ordinary word that is no name in the lists."""
    word = words[place]
    if word.key in ("de", "het", "van", "ter", "den", "el", "al", "ten", "'t"):
        return word.opens or not _capital_follows(words, place)
    if not word.opens:
        return word.key in ("ik", "u", "uw")
    if word.key in signs.TITLES or word.key in lexicon.common:
        return True
    if lexicon.is_ordinary(word.text) or word.key in lexicon.neutral:
        if signs.ends_like(word.key, signs.ORG_NOUNS | signs.VENUE_NOUNS) and _capital_touches(words, place):
            return False
        if not lexicon.is_name(word.key):
            return True
        return word.key in lexicon.homographs and not _named_opener(words, place, lexicon)
    return False


def _named_opener(words: Sequence[Word], place: int, lexicon: Lexicon) -> bool:
    """Tell whether a name that is a word too is a name where it opens a sentence ("Mees gaf", "Lies Brouwers")."""
    following = words[place + 1] if place + 1 < len(words) else None
    if following is None or following.before != " " or words[place].key in _OPENERS:
        return False
    if _capital_touches(words, place):
        return words[place].key in lexicon.first_names
    return following.key in signs.HUMAN_VERBS and words[place].key not in ("door", "wil", "wie", "met")


def _name_in_remark(word: Word, lexicon: Lexicon) -> bool:
    unknown = not (lexicon.is_ordinary(word.text) or word.key in lexicon.neutral or word.text.isupper())
    return lexicon.is_name(word.key) or (word.capital and unknown and len(word.key) > 2)


def _capital_touches(words: Sequence[Word], place: int) -> bool:
    following = words[place + 1] if place + 1 < len(words) else None
    return following is not None and following.before == " " and following.capital and not following.opens


def _listed_run(words: Sequence[Word], place: int, lexicon: Lexicon) -> int:
    """Return the last word of a place of several words that starts here ("Bergen op Zoom"), or `place`."""
    for last in range(min(place + _LONGEST_PLACE, len(words)) - 1, place, -1):
        run = words[place : last + 1]
        joined = words[last].capital and all(word.before in _NEAR for word in run[1:])
        if joined and " ".join(word.key for word in run) in lexicon.places:
            return last
    return place


def _capital_follows(words: Sequence[Word], place: int) -> bool:
    for step in range(1, _LONGEST_LINK + 1):
        if place + step >= len(words) or words[place + step].before not in _NEAR:
            return False
        following = words[place + step]
        if following.capital:
            return True
        if following.key not in signs.PARTICLES:
            return False
    return False


def _last_of(words: Sequence[Word], place: int, lexicon: Lexicon) -> int:
    last = place
    while last + 1 < len(words):
        step = _step(words, last, lexicon)
        if step == 0:
            break
        last += step
    return last


def _step(words: Sequence[Word], last: int, lexicon: Lexicon) -> int:
    """Return how many words further the next capital of the same name is; 0 when the name ends here."""
    if words[last].text.endswith(("'s", "’s")):
        return 0
    for step in range(1, _LONGEST_LINK + 2):
        if last + step >= len(words):
            return 0
        following = words[last + step]
        gap = following.before
        previous = words[last + step - 1]
        initial = previous.capital and len(previous.text) == 1 and gap in _INITIAL_GAPS
        initial = initial and (
            lexicon.is_name(following.key)
            or following.key in signs.PARTICLES
            or len(following.text) == 1
            or not lexicon.is_ordinary(following.text)
            or _is_initial(words, last + step - 1)
        )
        ampersand = gap == " & "
        if not (gap in _NEAR or initial or ampersand) or following.remark != words[last].remark:
            return 0
        if following.capital and following.text[0].isalpha() and not (following.opens and not initial):
            return step
        if following.key not in signs.PARTICLES:
            return 0
    return 0


def _is_initial(words: Sequence[Word], place: int) -> bool:
    """Tell whether a single capital with a dot is somebody's initial, not the end of "rijbewijs B."."""
    return words[place + 1].key not in _OPENERS and (place == 0 or words[place - 1].key not in _LETTERED)


def _trimmed(words: Sequence[Word], first: int, last: int, lexicon: Lexicon) -> int:
    """Cut a phrase before a preposition that only links two names ("Anja in Tilburg", "Jan van Bakkerij Smit")."""
    for place in range(first + 1, last):
        key = words[place].key
        if words[place].capital:
            continue
        surname = key == "te" and words[place + 1].key not in lexicon.places
        if key in ("in", "op", "aan", "te", "uit") and words[place + 1].capital and not surname:
            return place - 1
        if key in ("van", "de", "het") and words[place + 1].capital and words[place + 1].key in signs.ORG_NOUNS:
            return place - 1
        if key == "van" and words[place + 1].capital and words[place + 1].key in lexicon.first_names:
            known = words[place + 1].key in lexicon.surnames
            if not known and words[first].key in lexicon.first_names:
                return place - 1
    return last
