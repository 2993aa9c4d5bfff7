"""Made-up afternoons of an interviewer: what is typed, said and noted, and what goes wrong meanwhile.

A sequence is a list of events that follows from its seed alone. `generated` makes it; `tests/browser/playing_out.py`
plays it in a real browser and keeps the books of which words must exist in the end.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

DAILY = 8
FULL = 120
FIRST_SEED = 3_000
LENGTH = 11
"""Events in one sequence, without its beginning and its end."""

WORDS = (
    "brief", "één zus", "’k zei «nee»", "ñandú", "coördinatie", "👩‍👧 samen", "🙂🙃", "3½ uur", "Łódź", "naïef — stil",
    "çok teşekkürler", "привет", "مرحبا", "ﬁets", "tab\u00a0vast", "e\u0301n los", "👍🏽", "€ 1.024,50", "[lacht]", "oké…",
)  # fmt: skip
"""What is typed: accents in one and in two characters, other scripts, emoji of several characters, marks."""
DEAD = (("´", "é"), ("¨", "ë"), ("`", "à"), ("~", "ñ"), ("^", "ô"))
"""A dead key as a keyboard hands it over: first the mark alone, then the letter with it."""

TYPING = {
    "type": 7, "keys": 3, "dead": 3, "enter": 3, "save": 3, "wait": 2, "cut": 4, "back": 4, "kill": 3, "kill_at_once": 2,
    "crash": 2, "reload": 2, "second": 3, "close": 1, "away": 3, "lost": 4, "twice": 3, "slow": 2, "session": 1,
    "sign_out": 1, "choose": 2,
}  # fmt: skip
TALK = {
    "type": 7, "keys": 3, "dead": 2, "next": 4, "previous": 2, "asked": 3, "save": 3, "wait": 2, "cut": 4, "back": 4,
    "kill": 3, "kill_at_once": 2, "crash": 2, "reload": 2, "second": 2, "close": 1, "away": 3, "lost": 4, "twice": 3,
    "slow": 2, "session": 1, "record": 5, "sound": 9, "pause": 1, "stop": 2,
}  # fmt: skip
"""How often each event comes, against the others."""


@dataclass(frozen=True)
class Step:
    """One event. `tab`: in which of the open tabs, counted round."""

    deed: str
    tab: int = 0
    words: str = ""
    number: int = 0

    def __str__(self) -> str:
        """The event on one line of a report."""
        return " ".join(
            [f"{self.deed}@{self.tab}", *filter(None, [self.words]), *([str(self.number)] * bool(self.number))]
        )


@dataclass(frozen=True)
class Sequence:
    """One made-up afternoon."""

    seed: int
    kind: str
    """"typing" for the text of a talk, "talk" for the notes and the sound."""
    steps: tuple[Step, ...]

    def __str__(self) -> str:
        """The name of the sequence in a report."""
        return f"{self.kind}-{self.seed}"


def generated(seed: int) -> Sequence:
    """Return the sequence of this seed; the same each time."""
    chance = random.Random(seed)
    kind = "typing" if seed % 2 == 0 else "talk"
    deeds = TYPING if kind == "typing" else TALK
    steps = [Step("type", words=_words(chance, 0))]
    if kind == "talk":
        steps += [Step("record"), Step("sound")]
    for number in range(1, LENGTH + 1):
        deed = chance.choices(list(deeds), weights=list(deeds.values()))[0]
        tab = chance.randrange(2)
        steps.append(Step(deed, tab, _words(chance, number), chance.randrange(1, 4)))
    return Sequence(seed, kind, tuple(steps))


def _words(chance: random.Random, number: int) -> str:
    """Words that stand nowhere else in the sequence, so that none can be taken for another."""
    return f"{chance.choice(WORDS)} {chance.randrange(10_000):04}{'abcdefghijklmnopqrstuvwxyz'[number % 26]} "


def seeds(full: bool) -> range:
    """Return the seeds of the daily run, or of the full one; the daily ones are among the full ones."""
    return range(FIRST_SEED, FIRST_SEED + (FULL if full else DAILY))
