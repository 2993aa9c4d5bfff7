"""When a phrase with a capital is a person: by title, by what is said about it, by relation, by list, or by its capital.

Scores come from the precision of each rule on interviews it was not written for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from interviews.detect import signs
from interviews.detect.evidence import Evidence, hit_of, parts_in
from interviews.detect.findings import IdentifierType as Kind
from interviews.detect.hits import Hit
from interviews.detect.phrases import Phrase

_INITIALS = re.compile(r"^[A-Z]{1,4}$")
_CALLED_SO = frozenset({"is", "was", "luidt", "wordt"})
_AFTER_KIN = frozenset({"el", "al", "ait", "ten", "ter", "te", "den", "ben"})
_POINTING = frozenset({"die", "een", "ene", "zekere", "deze", "onze", "dezelfde"})
_CAPITAL_PARTICLES = frozenset({"in", "op", "aan", "uit", "van", "ter", "ten", "den", "te", "el"})
_INVERTED = frozenset("ik je jij hij ze zij we wij ge gij u het dat 't er ie niet nie toch ook wel maar".split())


@dataclass(frozen=True, slots=True)
class PersonRules(Evidence):
    """The rules for persons; each returns a hit or None."""

    def _after_title(self, phrase: Phrase) -> Hit | None:
        near = self._near_left(phrase)
        if near is None:
            return None
        touching = self._touching_left(phrase)
        key = near.key
        if key in signs.REVEREND and near.capital and signs.STREET_ENDINGS.search(phrase.keys[-1]):
            return None
        if touching in signs.PARTICLES_OPEN:
            return self._with_particle(phrase, touching)
        if touching in signs.FAMILY and not self._neutral(phrase):
            return hit_of(phrase, Kind.PERSON, "called", 0.95)
        if key not in signs.TITLES or (self._neutral(phrase) and not self._listed(phrase)):
            return None
        if not touching and phrase.opens:
            return None
        if touching or not self._ordinary(phrase):
            return hit_of(phrase, Kind.PERSON, "after_title", 0.97)
        return None

    def _with_particle(self, phrase: Phrase, particle: str) -> Hit | None:
        """Judge "mevrouw de Lange", "meneer van den Berg", "hij heette op den Buijs", "de familie te Riele"."""
        for step in (2, 3):
            cue, before = self._touching_left(phrase, step), self._touching_left(phrase, step + 1)
            whole = Phrase(phrase.words, phrase.first - step + 1, phrase.last)
            if step > 2 and self._touching_left(phrase, 2) not in signs.PARTICLES:
                break
            if cue in signs.FAMILY or (cue in _CALLED_SO and before in signs.NAMED):
                return (
                    None
                    if self._neutral(phrase) and cue in signs.FAMILY
                    else hit_of(whole, Kind.PERSON, "called", 0.95)
                )
            if cue in signs.TITLES and particle == "'t" and step > 2 and not self._neutral(phrase):
                return hit_of(whole, Kind.PERSON, "after_title", 0.95)
            if cue in signs.KIN and particle in ("de", "den", "der") and self._sounds_like_surname(phrase, particle):
                return hit_of(whole, Kind.PERSON, "after_relation", 0.85)
            titled = (
                cue in signs.TITLES
                or (cue in signs.PROFESSIONS and (particle != "van" or self._known_surname(phrase, step)))
                or (cue in signs.KIN and particle in _AFTER_KIN)
            )
            called = (cue in signs.NAMED and cue != "naam") or cue == "achteren"
            if (titled or called) and (
                self._surname_with(phrase, particle) or self._own_particle(phrase, particle, before)
            ):
                return hit_of(whole, Kind.PERSON, "after_title" if titled else "called", 0.97)
            if cue in _POINTING and self._known_surname(phrase, step):
                return hit_of(whole, Kind.PERSON, "surname", 0.8)
        return None

    def _initials(self, phrase: Phrase) -> Hit | None:
        """Judge "J. van Dam", "A.C. Hutten"."""
        words = phrase.words
        whole = phrase.last > phrase.first and len(words[phrase.first].text) == 1 and len(words[phrase.last].text) > 1
        if whole and words[phrase.first + 1].before.startswith(".") and not self._neutral(phrase):
            return hit_of(phrase, Kind.PERSON, "initials", 0.95)
        return None

    def _named(self, phrase: Phrase) -> Hit | None:
        left, before = self._touching_left(phrase), self._touching_left(phrase, 2)
        if self._nobody(phrase) and not (len(phrase.keys) == 1 and phrase.keys[0] in self.lexicon.surnames):
            return None
        if (left == "ben" and before == "ik") or (left == "ik" and before == "ben"):
            return hit_of(phrase, Kind.PERSON, "says_own_name", 0.96)
        if left in signs.NAMED or (
            left in ("me", "mij", "hem", "haar", "ze", "'m", "zich", "is") and before in signs.NAMED
        ):
            return hit_of(phrase, Kind.PERSON, "called", 0.94)
        if (
            left in ("nu", "dus", "eigenlijk", "gewoon", "toevallig", "voluit", "ook", "tegenwoordig", "officieel")
            and before in signs.NAMED
        ):
            return hit_of(phrase, Kind.PERSON, "called", 0.9)
        if left in ("als", "ze", "we", "altijd") and self._touching_left(phrase, 3) in signs.NAMED:
            return hit_of(phrase, Kind.PERSON, "called", 0.88)
        after = phrase.right()
        if after is not None and after.before in (" ", ", ") and after.key in ("heet", "heette", "genaamd"):
            return hit_of(phrase, Kind.PERSON, "called", 0.9)
        if after is not None and after.before in (" ", ", ") and not (phrase.opens and self._ordinary(phrase)):
            following = phrase.right(2)
            if (
                after.key in ("noemen", "noemt", "zo")
                and following is not None
                and following.key in ("ze", "we", "noemen", "noemt", "iedereen")
            ):
                return hit_of(phrase, Kind.PERSON, "called", 0.88)
        return None

    def _after_kin(self, phrase: Phrase) -> Hit | None:
        near = self._near_left(phrase)
        if near is None or near.key not in signs.KIN or self._nobody(phrase):
            return None
        if phrase.opens and not self._listed(phrase):
            return None
        if self._ordinary(phrase) and not self._listed(phrase) and not self._set_apart(phrase):
            return None
        return hit_of(phrase, Kind.PERSON, "after_relation", 0.95 if self._listed(phrase) else 0.88)

    def _listed_name(self, phrase: Phrase) -> Hit | None:
        if self._neutral(phrase):
            if not self._nobody(phrase) and self._person_near(phrase):
                return hit_of(phrase, Kind.PERSON, "first_name", 0.7)
            return None
        keys = phrase.keys
        first_listed = parts_in(keys[0], self.lexicon.first_names)
        if phrase.opens and keys[0] in self.lexicon.homographs and len(keys) == 1 and not self._set_apart(phrase):
            return None
        left = self._touching_left(phrase)
        capital_particle = keys[0] in signs.PARTICLES_OPEN and len(keys) > 1
        if first_listed and not capital_particle:
            return hit_of(phrase, Kind.PERSON, "first_name", 0.9 if not phrase.opens or len(keys) > 1 else 0.85)
        if (
            keys[0] in _CAPITAL_PARTICLES
            and len(keys) > 1
            and not phrase.opens
            and not (left in signs.IN_WORDS | signs.TO_WORDS and left != "van")
            and " ".join(keys) not in self.lexicon.places | signs.SEATS_OF_POWER
            and not signs.OFFICIAL.search(keys[-1])
            and not signs.ends_like(keys[1], signs.ORG_NOUNS | signs.VENUE_NOUNS)
            and not phrase.words[phrase.last].text.isupper()
        ):
            return hit_of(phrase, Kind.PERSON, "surname", 0.85)
        surname = keys[-1] in self.lexicon.surnames
        if capital_particle and surname and keys[0] not in ("het", "'t") and left not in ("in", "bij", "op", "naar"):
            return hit_of(phrase, Kind.PERSON, "surname", 0.85)
        if surname and len(keys) > 1 and _INITIALS.match(phrase.words[phrase.first].text):
            return hit_of(phrase, Kind.PERSON, "surname", 0.9)
        if surname and left not in ("in", "te") and not (phrase.opens and self._ordinary(phrase)):
            if len(keys) == 1 and keys[0] in self.lexicon.homographs and not self._person_near(phrase):
                return None
            if left == "bij" and self._about_work(phrase):
                return None
            return hit_of(phrase, Kind.PERSON, "surname", 0.8)
        return None

    def _unlisted(self, phrase: Phrase) -> Hit | None:
        if self._neutral(phrase):
            return None
        words = phrase.words[phrase.first : phrase.last + 1]
        short = (word.text.partition("-")[0] for word in words)
        if all(text.isupper() and len(text) <= 5 for text in short):
            return None
        if phrase.opens and len(words) == 1:
            return self._unlisted_opener(phrase)
        if self._ordinary(phrase):
            if self._person_near(phrase) and len(words) == 1:
                return hit_of(phrase, Kind.PERSON, "capital_inside", 0.45)
            return self._ordinary_inside(phrase)
        if len(words) > 1 and words[0].key in signs.SCHOOL_SHORT:
            return hit_of(phrase, Kind.ORG, "organisation_word", 0.85)
        article = self._touching_left(phrase) in ("de", "het", "'t") and not self._listed(phrase)
        article = article and self._touching_left(phrase, 2) not in ("is", "was", "wordt")
        if words[-1].key in ("buurt", "wijk", "kwartier", "polder", "dorp"):
            return hit_of(phrase, Kind.LOCATION, "after_in_the", 0.8)
        house = len(words) == 1 or signs.LOCATION_ENDINGS.search(words[-1].key)
        if article and house and not signs.ORG_WORD_ENDINGS.search(words[-1].key):
            return hit_of(phrase, Kind.LOCATION, "after_in_the", 0.65)
        if signs.ORG_WORD_ENDINGS.search(words[-1].key) and len(words[-1].key) > 8:
            return hit_of(phrase, Kind.ORG, "organisation_word", 0.7)
        left = self._touching_left(phrase)
        behind, further = phrase.right(), phrase.right(2)
        town = (
            behind is not None
            and further is not None
            and behind.key == "een"
            and further.key.endswith(("dorp", "stad", "stadje"))
        )
        if town or (left == "van" and self._touching_left(phrase, 2) in signs.TOWN_NOUNS):
            return hit_of(phrase, Kind.PLACE, "after_place_word", 0.7)
        if left == "heel" or (left in ("van", "langs", "rond", "over") and signs.VILLAGE_ENDINGS.search(words[-1].key)):
            return hit_of(phrase, Kind.PLACE, "after_to", 0.62)
        if len(words) == 1 and re.search(r"(?:buurt|wijk|kwartier)$", words[0].key):
            return hit_of(phrase, Kind.LOCATION, "after_in_the", 0.8)
        return hit_of(phrase, Kind.PERSON, "capital_inside", 0.62)

    def _ordinary_inside(self, phrase: Phrase) -> Hit | None:
        """Judge an ordinary word with a capital inside a sentence: nobody writes one there without a reason."""
        words = phrase.words[phrase.first : phrase.last + 1]
        left = phrase.left()
        if phrase.opens or words[0].remark or left is None or signs.OFFICIAL.search(words[-1].key):
            return None
        if words[0].key in ("de", "het", "'t") and len(words) > 1:
            return hit_of(phrase, Kind.LOCATION, "name_with_article", 0.5)
        # "'s Morgens" and "'t Is" open a sentence, with the capital on the second word.
        clipped = left.text[:1] in "'’" and left.opens
        known = words[0].key in signs.KIN | signs.TITLES | signs.ORG_NOUNS | signs.VENUE_NOUNS
        if len(words) > 1 or clipped or known or len(words[0].key) < 3 or not words[0].text[1:].islower():
            return None
        if self._touching_left(phrase) in ("de", "het", "'t", "een"):
            return hit_of(phrase, Kind.LOCATION, "after_in_the", 0.45)
        return hit_of(phrase, Kind.PERSON, "capital_inside", 0.42)

    def _own_particle(self, phrase: Phrase, particle: str, before: str) -> bool:
        """Tell "mevrouw ten Have" and "was dokter van de Water" from "de mevrouw van de Winkel"."""
        key = phrase.keys[0]
        if particle in signs.ONLY_IN_SURNAMES:
            return True
        named = not (self._neutral(phrase) or signs.ends_like(key, signs.ORG_NOUNS | signs.VENUE_NOUNS))
        return (
            named
            and particle != "het"
            and before not in ("de", "die", "een", "deze", "dat", "zo'n", "dezelfde", "andere")
        )

    def _known_surname(self, phrase: Phrase, step: int) -> bool:
        """Tell whether "die van den Broek" is a surname: listed, or with the two small words of a surname."""
        key = phrase.keys[-1]
        if key in self.lexicon.places or self._neutral(phrase) or self._listed_first(phrase):
            return False
        joined = (self._touching_left(phrase, 2), self._touching_left(phrase))
        return key in self.lexicon.surnames or (step == 3 and joined in (("van", "den"), ("van", "der"), ("van", "'t")))

    def _unlisted_opener(self, phrase: Phrase) -> Hit | None:
        """Judge one unknown word that opens a sentence."""
        word, after = phrase.words[phrase.first], phrase.right()
        if self._ordinary(phrase):
            return None
        if self._set_apart(phrase) or self._said_again(phrase):
            return hit_of(phrase, Kind.PERSON, "capital_opening", 0.55)
        if after is None or after.before != " " or after.remark != word.remark or len(word.key) < 3:
            return None
        owned = word.key.endswith("s") and (after.key in signs.KIN or after.key in signs.OWNED)
        if owned and not self.lexicon.is_ordinary(word.text[:-1]):
            return hit_of(phrase, Kind.PERSON, "capital_opening", 0.6)
        if after.capital or after.key in _INVERTED or after.text.isdecimal() or after.key.startswith("'"):
            return None
        return hit_of(phrase, Kind.PERSON, "capital_opening", 0.5)
