"""Made-up interviews of any number and length, as a stream, the same on every machine.

Turns are built from sentence frames filled with ordinary words, names of things people talk about and words of a
codebook; word frequencies fall off as in real speech (Zipf), and compounds make new word types all the time. It says
nothing about quality: it is there to measure time and memory.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate

from coding.lexicon import Indicators, Lexicon, ThemeEntry, ThemeGroup
from interviews.turns import SpeakerRole, Turn

SEED = 20240312
ROLES = {"I": SpeakerRole.INTERVIEWER, "R": SpeakerRole.INTERVIEWEE}
TERMS_PER_THEME = 25

_FRAMES = (
    "Nou, toen zat ik daar met {a} en {b}, en eh... ja, dat was {c}.",
    "Ze zei: '{a} is niet {b}', maar ik dacht meteen aan {c}.",
    "Ik heb m'n {a} meegenomen, want zonder {b} kom je d'r niet door.",
    "Dat {a} van vorige week, zeg maar, daar heb ik nog lang {b} van gehad.",
    "En dan moet je weer naar {a}, en dan vragen ze naar {b} en naar {c}!",
    "Weet je wat het is? Die {a} doet gewoon z'n werk, maar {b} blijft liggen.",
    "Nee, dat niet. {a} wel, elke maandag om half {d}.",
    "Mijn buurvrouw zegt altijd dat {a} vanzelf {b} wordt.",
    "Ik kreeg {d} brieven over {a}, en geen een over {b}.",
)
_STEMS = (
    "huis straat werk brief tafel fiets bus kind school winkel tuin kast deur kamer weg dag week nacht geld jas tas "
    "stoel boek krant hond kat markt brood koffie thee soep vis boom bloem regen wind zon jaar maand uur gesprek kopje "
    "vraag antwoord verhaal plan lijst scherm pen papier mail beltoon afspraak wacht loket balie gang trap lift raam"
).split()
_NUMBERS = "twee drie vier vijf zes zeven acht negen tien elf twaalf".split()


def lexicon(themes: int = 38, terms: int = TERMS_PER_THEME, *, seed: int = SEED) -> Lexicon:
    """Return a made-up codebook: per theme `terms` literal indicators, two thirds words and one third phrases."""
    chance = random.Random(seed + 1)
    words = _vocabulary(seed)[200:]
    entries = []
    for number in range(themes):
        lemmas = tuple(chance.sample(words, terms * 2 // 3))
        phrases = tuple(f"{chance.choice(words)} {chance.choice(_NUMBERS)}" for _ in range(terms - len(lemmas)))
        entries.append(
            ThemeEntry(f"t.{number}", "t", f"Thema {number}", indicators=Indicators(lemmas=lemmas, phrases=phrases))
        )
    return Lexicon("made-up", "1", "Made up", (ThemeGroup("t", "Thema's"),), tuple(entries))


def interviews(
    number: int, words: int, *, codebook: Lexicon | None = None, seed: int = SEED
) -> Iterator[tuple[str, tuple[Turn, ...]]]:
    """Yield `number` interviews of about `words` words, as `(id, turns)`; one word in forty is of `codebook`."""
    vocabulary = _vocabulary(seed)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))
    terms = [term for theme in codebook.themes for term in theme.indicators.lemmas] if codebook else []
    for count in range(number):
        chance = random.Random(seed * 1_000_003 + count)
        yield f"made-up-{count + 1:05}", tuple(_turns(chance, words, vocabulary, weights, terms))


def _turns(
    chance: random.Random, words: int, vocabulary: Sequence[str], weights: Sequence[float], terms: Sequence[str]
) -> Iterator[Turn]:
    said = 0
    while said < words:
        sentences = []
        for _ in range(chance.randint(1, 6)):
            a, b, c = chance.choices(vocabulary, cum_weights=weights, k=3)
            if terms and chance.random() < 0.3:
                b = chance.choice(terms)
            sentences.append(chance.choice(_FRAMES).format(a=a, b=b, c=c, d=chance.choice(_NUMBERS)))
        text = " ".join(sentences)
        said += text.count(" ") + 1
        yield Turn("R" if chance.random() < 0.7 else "I", text)


def _vocabulary(seed: int) -> list[str]:
    """Return single words first, then compounds of two and three of them: the common ones before the rare."""
    chance = random.Random(seed)
    pairs = [f"{one}{link}{two}" for one in _STEMS for two in _STEMS if one != two for link in ("", "s")]
    chance.shuffle(pairs)
    triples = [f"{chance.choice(pairs)}{chance.choice(_STEMS)}" for _ in range(20_000)]
    return [*_STEMS, *pairs, *dict.fromkeys(triples)]
