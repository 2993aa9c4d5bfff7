"""What a phrase with a capital is: a person, a place, an organisation, or nobody's business.

The rules stand in order of certainty; the first that speaks decides. Scores come from the precision of each rule on
interviews it was not written for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from interviews.detect import signs
from interviews.detect.evidence import hit_of
from interviews.detect.findings import IdentifierType as Kind
from interviews.detect.hits import Hit
from interviews.detect.persons import PersonRules
from interviews.detect.phrases import Phrase

_INNER_CAPITAL = re.compile(r"[a-z][A-Z]|\d")


@dataclass(frozen=True, slots=True)
class Judge(PersonRules):
    """Decides over phrases with the lists of `lexicon`; never reports a word in `keep` (folded)."""

    def verdict(self, phrase: Phrase) -> Hit | None:
        """Return what the phrase is, or None when it points at nobody."""
        phrase = self._without_edges(phrase)
        if all(key in self.keep for key in phrase.keys) or all(len(key) < 2 for key in phrase.keys):
            return None
        if self.is_pet(phrase):
            return None
        for rule in (
            self._after_title,
            self._initials,
            self._compass,
            self._listed_place,
            self._named,
            self._organisation,
            self._after_kin,
            self._listed_name,
            self._placed,
            self._unlisted,
        ):
            hit = rule(phrase)
            if hit is not None:
                return hit
        return None

    def _without_edges(self, phrase: Phrase) -> Phrase:
        """Drop a greeting or title with a capital in front, and neutral words behind."""
        first, last = phrase.first, phrase.last
        words = phrase.words
        while first < last and (words[first].key in signs.TITLES or words[first].key in signs.GREETINGS):
            first += 1
        return Phrase(words, first, last)

    def _compass(self, phrase: Phrase) -> Hit | None:
        """Judge "in Zuid", "heel Noord": a part of the town that everybody there knows."""
        alone = phrase.first == phrase.last and phrase.keys[0] in signs.COMPASS and not phrase.opens
        if (alone and self._touching_left(phrase) not in ("het", "de", "naar", "van")) or (
            alone and self._before_a_stop(phrase)
        ):
            return hit_of(phrase, Kind.LOCATION, "part_of_town", 0.8)
        return None

    def _organisation(self, phrase: Phrase) -> Hit | None:
        keys, words = phrase.keys, phrase.words
        head = words[phrase.first]
        several = phrase.last > phrase.first
        if several and keys[0] in signs.SCHOOL_SHORT and head.text.isupper():
            return hit_of(phrase, Kind.ORG, "organisation_word", 0.9)
        if (several and not head.opens) or (several and not self.lexicon.is_name(keys[0])):
            if keys[0] not in signs.VENUE_NOUNS and signs.ends_like(keys[0], signs.ORG_NOUNS):
                return hit_of(phrase, Kind.ORG, "organisation_word", 0.93)
            if signs.ends_like(keys[0], signs.VENUE_NOUNS) and not self._neutral(phrase):
                return hit_of(phrase, Kind.LOCATION, "meeting_place_word", 0.9)
        near, touching = self._near_left(phrase), self._touching_left(phrase)
        if " ".join(keys) in self.lexicon.organisations:
            named = self.lexicon.is_name(keys[0]) or self.lexicon.is_ordinary(keys[0])
            if not named or (touching in ("bij", "van", "naar") and not self._listed_first(phrase)):
                return hit_of(phrase, Kind.ORG, "known_organisation", 0.85)
        if keys[0] in signs.EMPLOYERS and touching in ("bij", "naar", "van") and self._about_work(phrase):
            return hit_of(phrase, Kind.ORG, "after_at", 0.85)
        if self._neutral(phrase):
            return None
        family = keys[0] in self.lexicon.surnames and keys[0] not in self.lexicon.first_names
        if several and signs.ORG_ENDINGS.search(keys[-1]) and (family or not self._all_names(phrase)):
            return hit_of(self._with_opening(phrase), Kind.ORG, "organisation_word", 0.88)
        if not several and signs.SCHOOL_ENDINGS.search(keys[0]) and len(keys[0]) > 9 and not head.opens:
            return hit_of(phrase, Kind.ORG, "organisation_word", 0.9)
        if _INNER_CAPITAL.search(head.text) and not head.text.isupper() and not keys[0].startswith("mc"):
            return hit_of(phrase, Kind.ORG, "odd_capital", 0.75)
        if near is not None and not phrase.opens:
            loose = touching == "" and (keys[0] in ("de", "het") or not self._listed(phrase))
            named = (touching and signs.ends_like(near.key, signs.ORG_NOUNS)) or (loose and near.key in signs.ORG_NOUNS)
            if named and not (self._listed(phrase) and near.key in signs.KIN):
                return hit_of(phrase, Kind.ORG, "organisation_word", 0.9)
            if near.key in signs.VENUE_NOUNS and (touching or loose) and keys[0] != "van":
                return hit_of(phrase, Kind.LOCATION, "meeting_place_word", 0.88)
        return None

    def _listed_place(self, phrase: Phrase) -> Hit | None:
        keys = phrase.keys
        whole = " ".join(keys)
        left = self._touching_left(phrase)
        hyphened = keys[0].rpartition("-")
        directed = hyphened[2] in signs.DIRECTIONS and hyphened[0] in self.lexicon.places
        listed = (
            whole in self.lexicon.places or directed or (whole.endswith("se") and whole[:-2] in self.lexicon.places)
        )
        if not listed and len(keys) == 2 and keys[1] in signs.DIRECTIONS and keys[0] in self.lexicon.places:
            listed = True
        if not listed:
            return None
        toward = (
            left in signs.IN_WORDS
            or left in signs.TO_WORDS
            or left in signs.PLACE_NOUNS
            or self._after_postcode(phrase)
        )
        first_name = keys[0] in self.lexicon.first_names
        if first_name and not toward:
            return None
        if keys[0] in self.lexicon.homographs and phrase.opens:
            return None
        if whole in signs.SEATS_OF_POWER and not self._about_home(phrase):
            return None
        if left == "van" and first_name:
            return None
        return hit_of(phrase, Kind.PLACE, "known_place", 0.95)

    def _placed(self, phrase: Phrase) -> Hit | None:
        if self._neutral(phrase) or phrase.opens:
            return None
        left, before = self._touching_left(phrase), self._touching_left(phrase, 2)
        if self._after_postcode(phrase):
            return hit_of(phrase, Kind.PLACE, "after_postcode", 0.93)
        article = before if left in ("de", "het", "'t") else ""
        own_article = phrase.keys[0] in ("de", "het", "'t")
        bare_in = left in ("in", "uit") and not article
        if self._ordinary(phrase) and not own_article and left != "'t" and not bare_in:
            return None
        if article or (own_article and len(phrase.keys) > 1):
            hit = self._with_article(phrase, article or left, inside=own_article)
            if hit is not None:
                return hit
        return self._after_preposition(phrase, left, before)

    def _with_article(self, phrase: Phrase, preposition: str, *, inside: bool) -> Hit | None:
        """Judge "in De Schakel" (`inside`: the article is part of the name) and "in de Veenkamp"."""
        if preposition == "bij":
            return hit_of(phrase, Kind.ORG, "name_with_article" if inside else "after_at", 0.8 if inside else 0.65)
        if inside and preposition in ("in", "naar", "op", "uit", "van", "achter", "vanuit"):
            return hit_of(phrase, Kind.LOCATION, "name_with_article", 0.8)
        if not inside and phrase.left() is not None and self._touching_left(phrase) == "'t":
            phrase = Phrase(phrase.words, phrase.first - 1, phrase.last)
        if not inside and preposition in ("in", "op", "aan", "uit", "naar", "achter", "vanuit", "van"):
            if preposition == "van" and not signs.LOCATION_ENDINGS.search(phrase.keys[-1]):
                return None
            return hit_of(phrase, Kind.LOCATION, "after_in_the", 0.75)
        return None

    def _of_a_person(self, phrase: Phrase, left: str) -> bool:
        """Tell "in Anja's keuken" and "tussen Anja en mij" from places."""
        after, word = phrase.right(), phrase.words[phrase.last]
        if after is None or after.before != " ":
            return False
        if left == "tussen" and after.key == "en":
            behind = phrase.right(2)
            return behind is not None and behind.key in (
                "mij",
                "jou",
                "hem",
                "haar",
                "ons",
                "mijn",
                "m'n",
                "z'n",
                "d'r",
            )
        return phrase.end < word.end or (word.key.endswith("s") and after.key in signs.OWNED)

    def _after_preposition(self, phrase: Phrase, left: str, before: str) -> Hit | None:
        if left in signs.PLACE_NOUNS:
            return hit_of(phrase, Kind.PLACE, "after_place_word", 0.92)
        opener = phrase.left()
        if left == "van" and opener is not None and opener.opens and self._before_a_stop(phrase):
            return hit_of(phrase, Kind.PLACE, "after_to", 0.66)
        if " ".join(phrase.keys) in signs.SEATS_OF_POWER:
            return None
        if self._of_a_person(phrase, left):
            return hit_of(phrase, Kind.PERSON, "capital_inside", 0.8)
        if left == "uit" and before in ("bestond", "bestaat", "bestonden", "bestaan"):
            return hit_of(phrase, Kind.PERSON, "capital_inside", 0.6)
        if left in signs.IN_WORDS or (left == "bij" and before in ("vlak", "dicht", "hier", "dorp", "dorpje")):
            return hit_of(phrase, Kind.PLACE, "after_in", 0.86)
        following, further = phrase.right(), phrase.right(2)
        onward = following is not None and further is not None and following.key in ("naar", "tot") and further.capital
        if left == "van" and onward and not self._listed(phrase):
            return hit_of(phrase, Kind.PLACE, "after_to", 0.7)
        if left in signs.TO_WORDS and (left == "naar" or before in signs.HOME_VERBS or before == "ben"):
            return hit_of(phrase, Kind.PLACE, "after_to", 0.66)
        if left == "bij":
            several = len(phrase.keys) > 1 and phrase.keys[0] != "van"
            if several or self._about_work(phrase):
                return hit_of(phrase, Kind.ORG, "after_at", 0.7)
            return hit_of(phrase, Kind.PERSON, "capital_inside", 0.6)
        return None
