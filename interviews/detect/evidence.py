"""What stands around a phrase, and what its words are known as: the evidence that `classify.Judge` decides on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from interviews.detect import signs
from interviews.detect.findings import IdentifierType as Kind
from interviews.detect.hits import Hit
from interviews.detect.lexicon import Lexicon
from interviews.detect.phrases import Phrase
from interviews.detect.words import Word

_FILLERS = frozenset({"eh", "ehm", "uh", "uhm", "ja", "nou", "heel", "netjes"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """Answers about phrases with the lists of `lexicon`; `keep` (folded) are words never to report."""

    lexicon: Lexicon
    keep: Collection[str]

    def _near_left(self, phrase: Phrase, distance: int = 1) -> Word | None:
        """Return the word before the phrase in the same sentence, over fillers and one comma."""
        skipped = 0
        for step in range(1, 6):
            word = phrase.left(step)
            follower = phrase.words[phrase.first - step + 1]
            if word is None or (any(mark in follower.before for mark in ".?!…;") and not _title_dot(word)):
                return None
            if word.key in _FILLERS and "," in follower.before + (word.before or ""):
                continue
            skipped += 1
            if skipped == distance:
                return word
        return None

    def _touching_left(self, phrase: Phrase, distance: int = 1) -> str:
        """Return the key of a word before the phrase with only spaces between, or ''."""
        for step in range(1, distance + 1):
            follower, word = phrase.words[phrase.first - step + 1], phrase.left(step)
            if word is None:
                return ""
            gap = follower.before.strip(" '\"‘“„")
            if gap != "" and not (gap == "." and word.key in signs.SHORTENED):
                return ""
        word = phrase.left(distance)
        return word.key if word is not None else ""

    def _neutral(self, phrase: Phrase) -> bool:
        keys = [key for key in phrase.keys if key not in signs.PARTICLES and key != "en"]
        if not keys:
            return len(phrase.keys) > 1
        if len(keys) == 1 and keys[0] in signs.SHORT_NAMES and not phrase.words[phrase.last].text.isupper():
            return False
        if keys == ["frans"] and self._touching_left(phrase) in (
            "het",
            "goed",
            "les",
            "spreek",
            "spreekt",
            "sprak",
            "spreken",
            "leert",
            "geen",
        ):
            return True
        whole = "-".join(phrase.keys)
        if whole in self.lexicon.neutral or any(
            "-".join(phrase.keys[:n]) in self.lexicon.neutral for n in (2, 3) if n < len(keys)
        ):
            return True
        return whole.startswith("albert-heijn") or all(self._neutral_key(key) for key in keys)

    def is_pet(self, phrase: Phrase) -> bool:
        """Tell whether a pet is named so: "onze hond Bello", "de kat heette Minoes"."""
        left, before = self._touching_left(phrase), self._touching_left(phrase, 2)
        if left in signs.PETS:
            return True
        near, after = phrase.left(), phrase.right()
        if near is not None and after is not None and near.key in signs.PETS and after.key == "die":
            return phrase.words[phrase.first].before == after.before == ", "
        if left in ("heet", "heette", "genaamd") or (left == "is" and before == "naam"):
            return any(word.key in signs.PETS for word in phrase.words[max(0, phrase.first - 5) : phrase.first])
        return False

    def _nobody(self, phrase: Phrase) -> bool:
        """Tell whether the phrase is neutral even where a name is expected ("mijn zus Mei" is a person)."""
        return self._neutral(phrase) and not (len(phrase.keys) == 1 and phrase.keys[0] in self.lexicon.first_names)

    def _said_again(self, phrase: Phrase) -> bool:
        """Tell whether somebody began with this word, stopped and said it whole ("Mi... Mireya")."""
        before = phrase.left()
        return (
            before is not None
            and before.capital
            and phrase.keys[0] != before.key
            and phrase.keys[0].startswith(before.key)
            and any(mark in phrase.words[phrase.first].before for mark in "….-")
        )

    def _neutral_key(self, key: str) -> bool:
        if key in self.lexicon.neutral or (key.rstrip("s") in self.lexicon.neutral and not self.lexicon.is_name(key)):
            return True
        if "-" in key:
            head, _, tail = key.partition("-")
            return head in self.lexicon.neutral and (tail in self.lexicon.neutral or self.lexicon.is_ordinary(tail))
        return False

    def _surname_with(self, phrase: Phrase, particle: str) -> bool:
        """Tell "mevrouw van de Berg" from "de mevrouw van het Taalhuis"."""
        key = phrase.keys[0]
        if key in self.lexicon.surnames:
            return True
        if self._neutral(phrase) or signs.ends_like(key, signs.ORG_NOUNS) or signs.ends_like(key, signs.VENUE_NOUNS):
            return False
        return particle not in ("het", "'t", "in", "op") and not self.lexicon.is_ordinary(
            phrase.words[phrase.first].text
        )

    def _sounds_like_surname(self, phrase: Phrase, particle: str) -> bool:
        """Tell "advocaat de Graaff" from "de consulent de Veenkamp"."""
        if self._ordinary(phrase) or self._listed_first(phrase) or signs.LOCATION_ENDINGS.search(phrase.keys[-1]):
            return False
        return self._surname_with(phrase, particle)

    def _with_opening(self, phrase: Phrase) -> Phrase:
        """Return the phrase with the capital "Van" or "De" that opened the sentence and belongs to the name."""
        first = phrase.first
        while first and phrase.words[first - 1].key in signs.PARTICLES and phrase.words[first].before == " ":
            first -= 1
            if phrase.words[first].capital:
                return Phrase(phrase.words, first, phrase.last)
        return phrase

    def _listed(self, phrase: Phrase) -> bool:
        return any(parts_in(key, self.lexicon.first_names) or key in self.lexicon.surnames for key in phrase.keys)

    def _listed_first(self, phrase: Phrase) -> bool:
        return phrase.keys[0] in self.lexicon.first_names

    def _all_names(self, phrase: Phrase) -> bool:
        return all(self.lexicon.is_name(key) for key in phrase.keys)

    def _ordinary(self, phrase: Phrase) -> bool:
        """Tell whether every word is one of every day. A compound with a capital inside a sentence is not."""
        words = phrase.words[phrase.first : phrase.last + 1]
        known = self.lexicon.is_ordinary if phrase.opens else self.lexicon.is_word
        return all(word.key in signs.PARTICLES or known(word.text.rstrip("'’")) for word in words)

    def _set_apart(self, phrase: Phrase) -> bool:
        """Tell whether the word stands as a name does: alone, before a comma or a verb that people are subject of."""
        after = phrase.right()
        if after is None or (phrase.words[phrase.last].remark and not after.remark):
            return phrase.first == 0 or phrase.opens
        return self._before_a_stop(phrase) or (after.before == " " and after.key in signs.PERSON_VERBS)

    def _before_a_stop(self, phrase: Phrase) -> bool:
        after = phrase.right()
        return after is None or after.before.startswith((".", ",", "!", "?", ":", "…", "'", '"', "]", " ("))

    def _person_near(self, phrase: Phrase) -> bool:
        """Tell whether the neighbours of an ordinary word with a capital inside a sentence make it a person."""
        left, after = self._touching_left(phrase), phrase.right()
        if phrase.opens:
            return False
        previous = phrase.left()
        between_commas = previous is not None and "," in phrase.words[phrase.first].before
        ends = after is None or after.before[:1] in (".", ",", "!", "?")
        if between_commas and ends:
            return True
        if left in signs.TELLING and (after is None or after.before != " " or not after.capital):
            return True
        if left in ("die", "ene", "tegen", "met", "en", "dag", "hoi", "onze") and (
            ends or (after is not None and after.key in signs.PERSON_VERBS)
        ):
            return True
        return (
            after is not None
            and after.before == " "
            and after.key in signs.PERSON_VERBS
            and left in ("", "dat", "en", "als", "toen", "of", "want", "die", "nu", "dan")
        )

    def _about_home(self, phrase: Phrase) -> bool:
        """Tell whether somebody says where he lives or comes from."""
        near = phrase.words[max(0, phrase.first - 5) : phrase.first] + phrase.words[phrase.last + 1 : phrase.last + 3]
        return any(word.key in signs.HOME_VERBS for word in near)

    def _after_postcode(self, phrase: Phrase) -> bool:
        letters, digits = phrase.left(), phrase.left(2)
        if letters is None or digits is None or not (len(letters.text) == 2 and letters.text.isupper()):
            return False
        return len(digits.text) == 4 and digits.text.isdecimal()

    def _about_work(self, phrase: Phrase) -> bool:
        near = phrase.words[max(0, phrase.first - 9) : phrase.first]
        return any(word.key in signs.WORK_WORDS for word in near)


def parts_in(key: str, names: frozenset[str]) -> bool:
    """Tell whether `key`, or each part of a double name, or the name its genitive is of, is in `names`."""
    if key in names:
        return True
    if "-" in key:
        return all(part in names for part in key.split("-"))
    return len(key) > 4 and key.endswith("s") and key[:-1] in names


def _title_dot(word: Word) -> bool:
    return word.key in signs.TITLES


def hit_of(phrase: Phrase, kind: Kind, reason: str, score: float) -> Hit:
    """Return a hit that covers the phrase."""
    return Hit(phrase.start, phrase.end, kind, reason, score)
