"""Made-up interviews with everything that points at somebody marked: the material the name finder is measured on.

Halves: `"seen"` is what the rules were written on. `"held out"` has its own sentences (`frames_held_out`), and its own
names besides half of the others; rules are not mended by looking at it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from interviews.turns import Turn
from tests.interviews.detect.made import (
    frames_facts,
    frames_fresh,
    frames_held_out,
    frames_more,
    frames_more_facts,
    frames_people,
    frames_third,
    numerals,
    numerals_more,
    pools,
)

SEED = 20261123
_SLOT = re.compile(r"\{(\w+?)(\d?)(?:\.(\w+))?\}")
HALVES = ("seen", "held out", "fresh")


@dataclass(frozen=True, slots=True)
class Mark:
    """What must be found: half-open `[start, end)` of turn `turn`; persons with one `entity` are one person.

    `kinds` are the types that count as right, the first is the one meant. Without kinds it counts neither way.
    """

    turn: int
    start: int
    end: int
    kinds: tuple[str, ...]
    entity: str


@dataclass(slots=True)
class Interview:
    """Turns with their marks."""

    turns: list[Turn] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Person:
    first: str
    last: str
    entity: str


def pool(name: str, which: str) -> list[str]:
    """Return the names of pool `name` for one half: every second one, and the new ones for `"held out"`."""
    rows = list(getattr(pools, name))
    if which == HALVES[0]:
        return rows if name not in _SHARED_OUT else rows[::2]
    return [*(rows[1::2] if name in _SHARED_OUT else rows), *getattr(pools, f"NEW_{name}", ())]


_SHARED_OUT = frozenset(
    {
        "FIRST",
        "MADE_FIRST",
        "LAST",
        "PLACE",
        "ABROAD",
        "MADE_PLACE",
        "DISTRICT",
        "STREET",
        "VENUE",
        "FIRM",
        "WORD_FIRST",
    }
)
FRAMES = {
    "seen": (*frames_people.PEOPLE, *frames_people.TWO_MENTIONS, *frames_people.WORD_NAMES, *frames_people.SMALL,
             *frames_facts.NUMBERS, *frames_facts.DAYS, *frames_facts.AGES, *frames_facts.PLACES, *frames_facts.NEUTRAL,
             *frames_more.PEOPLE, *frames_more.TWO_MENTIONS, *frames_more_facts.FACTS, *frames_more_facts.NEUTRAL,
             *frames_third.AGES, *frames_third.NUMBERS, *frames_third.NEUTRAL),
    "held out": (*frames_held_out.PEOPLE, *frames_held_out.TWO_MENTIONS, *frames_held_out.FACTS, *frames_held_out.NEUTRAL),
    "fresh": (*frames_fresh.PEOPLE, *frames_fresh.AGES, *frames_fresh.NUMBERS, *frames_fresh.NEUTRAL),
}  # fmt: skip


def interviews(count: int, which: str, *, scenes: int = 60, seed: int = SEED) -> list[Interview]:
    """Return `count` made-up interviews of about `scenes` frames from one half, the same for the same seed."""
    chance = random.Random(f"{seed} {which}")
    deck: list[str] = []
    made = []
    for number in range(count):
        maker = _Maker(chance, which, f"{number}")
        for _ in range(scenes):
            if not deck:
                deck = list(FRAMES[which])
                chance.shuffle(deck)
            maker.play(deck.pop())
        made.append(maker.interview)
    return made


class _Maker:
    """Fills frames for one interview."""

    def __init__(self, chance: random.Random, which: str, name: str) -> None:
        self._chance = chance
        self._which = which
        self._name = name
        self.interview = Interview()
        rows = [*pool("FIRST", which), *pool("MADE_FIRST", which)]
        self._firsts = chance.sample(rows, len(rows))
        self._words = chance.sample(pool("WORD_FIRST", which), len(pool("WORD_FIRST", which)))
        self._lasts = chance.sample(pool("LAST", which), len(pool("LAST", which)))
        self._people = 0

    def play(self, frame: str) -> None:
        """Add the turns of one frame, filled in."""
        people: dict[str, _Person] = {}
        parts = frame.split("|")
        for place, part in enumerate(parts):
            turn = len(self.interview.turns)
            text, copied, stripped = "", 0, part.strip()
            for match in _SLOT.finditer(stripped):
                text += stripped[copied : match.start()]
                copied = match.end()
                for shown, kinds, entity in self._fill(match, people):
                    if kinds is not None:
                        self.interview.marks.append(Mark(turn, len(text), len(text) + len(shown), kinds, entity))
                    text += shown
            text += stripped[copied:]
            speaker = "I" if (len(parts) - 1 - place) % 2 else "R"
            self.interview.turns.append(Turn(speaker, text))

    def _fill(self, match: re.Match[str], people: dict[str, _Person]) -> list[tuple[str, tuple[str, ...] | None, str]]:
        name, form = match[1], match[3]
        if form is None:
            return _value(name, self._chance, self._which)
        if name not in people:
            # "sa" is a brother or sister of "a": the same surname.
            people[name] = self._person(name, people[name[1:]].last if name[1:] else None)
        person = people[name]
        return [(shown, kinds, person.entity) for shown, kinds in _called(person, form, self._chance)]

    def _person(self, slot: str, last: str | None) -> _Person:
        self._people += 1
        last = last or self._lasts[self._people % len(self._lasts)]
        if slot == "w":
            first = self._words[self._people % len(self._words)]
        else:
            first = self._firsts[self._people % len(self._firsts)]
        return _Person(first, last, f"{self._name}-{self._people}")


_PERSON = ("PERSON",)
_NOTHING: tuple[str, ...] = ()


def _called(person: _Person, form: str, chance: random.Random) -> list[tuple[str, tuple[str, ...] | None]]:
    """Return the parts of a name in one form, each with what it must be found as (None: not marked)."""
    first, last = person.first, person.last
    capital = (
        last
        if not last[0].islower() and last[0] != "'"
        else re.sub(r"[a-zà-ÿ]", lambda m: m.group().upper(), last, count=1)
    )
    plain = {"first": first, "last": last, "cap": capital, "full": f"{first} {last}", "small": first.lower(), "smalllast": last.lower(),
             "smallfull": f"{first} {last}".lower(), "typo": _misspelled(first), "nick": _nick(first)}  # fmt: skip
    if form in plain:
        return [(plain[form], _PERSON)]
    if form == "init":
        second = chance.choice(("", f"{chance.choice('ABCHJMW')}."))
        return [(f"{first[0]}.{second} {last}", _PERSON)]
    if form == "poss":
        tail = "'" if first[-1] in "szx" else "'s" if first[-1] in "aeiouyé" and not first.endswith(("e", "é")) else "s"
        return [(first, _PERSON), (tail, None)]
    if form in ("spell", "spellfirst"):
        letters = [mark for mark in (last.split()[-1] if form == "spell" else first) if mark.isalpha()]
        if chance.random() < 0.4:
            letters = [mark.lower() for mark in letters]
        else:
            letters = [mark.upper() for mark in letters]
        return [(chance.choice(("-", " ", ", ", ". ")).join(letters), _PERSON)]
    if form == "stutter":
        return [(first[:2], _NOTHING), ("... ", None), (first, _PERSON)]
    raise ValueError(form)


def _nick(first: str) -> str:
    head = re.sub(r"[aeiouyéëïèêıöüš]+$", "", first)[:6]
    return head + ("ie" if head[-1] in "mnlrts" else "je")


def _misspelled(first: str) -> str:
    for wrong, right in (
        ("y", "i"),
        ("ij", "y"),
        ("ou", "u"),
        ("c", "k"),
        ("f", "ff"),
        ("nn", "n"),
        ("l", "ll"),
        ("z", "s"),
        ("h", ""),
    ):
        if wrong in first[1:]:
            return first[0] + first[1:].replace(wrong, right, 1)
    return first[:-1] + first[-1] * 2


def _pick(name: str) -> Callable[[random.Random, str], str]:
    return lambda chance, which: chance.choice(pool(name, which))


def _address(chance: random.Random, which: str) -> str:
    number = str(chance.randrange(1, 400)) + chance.choice(
        ("", "", "", "a", "-2", " hs", "-III", " bis", "B", " 3 hoog")
    )
    return f"{chance.choice(pool('STREET', which))} {number.removesuffix(' 3 hoog')}"


def _spoken_address(chance: random.Random, which: str) -> str:
    return f"{chance.choice(pool('STREET', which))} {chance.choice(('', 'nummer '))}{numerals.said(chance.randrange(2, 99))}"


def _street(chance: random.Random, which: str) -> str:
    return chance.choice(
        [row for row in pool("STREET", which) if re.search(r"(?:straat|laan|kade|gracht|singel|dreef)$", row)]
    )


def _grown(chance: random.Random, _: str) -> str:
    number = chance.randrange(18, 92)
    return chance.choice((str(number), numerals.said(number)))


def _young(chance: random.Random, _: str) -> str:
    return numerals.said(chance.randrange(2, 18))


def _mail(chance: random.Random, which: str) -> str:
    one, other = (numerals.mail_name(chance.choice(pool(name, which))) for name in ("FIRST", "LAST"))
    host = chance.choice(("postvak.example", "mijnpost.example", "gmail.com", "hotmail.nl", "ziggo.nl", "live.nl"))
    return (
        chance.choice(
            (
                f"{one}.{other}",
                f"{one[0]}.{other}",
                f"{one}{chance.randrange(50, 99)}",
                f"{one}_{other}",
                f"{other}-{one}",
            )
        )
        + "@"
        + host
    )


def _spoken_mail(chance: random.Random, which: str) -> str:
    one, other = (numerals.mail_name(chance.choice(pool(name, which))) for name in ("FIRST", "LAST"))
    local = chance.choice((f"{one} punt {other}", f"{one[0]} punt {other}", f"{one} streepje {other}", f"{one}{other}",
                           f"{one} underscore {other}", f"{one} {numerals.said(chance.randrange(50, 99))}", f"{one} laag streepje {other}"))  # fmt: skip
    at = chance.choice((" apenstaartje ", ", apenstaartje, ", " at ", " apenstaart ", " apestaartje "))
    return (
        local
        + at
        + chance.choice(
            (
                "gmail punt com",
                "hotmail punt com",
                "ziggo punt nl",
                "live punt nl",
                "kpnmail punt nl",
                "outlook punt com",
            )
        )
    )


def _handle(chance: random.Random, which: str) -> str:
    one = numerals.mail_name(chance.choice(pool("FIRST", which)))
    return "@" + chance.choice((f"{one}.bakt", f"{one}_{chance.randrange(99)}", f"het.echte.{one}", f"{one}xx"))


def _username(chance: random.Random, which: str) -> str:
    one = numerals.mail_name(chance.choice(pool("FIRST", which)))
    return chance.choice((f"{one}{chance.randrange(1, 99)}", f"{one}_de_beste", f"xx.{one}.xx", f"king_{one}"))


def _spoken_handle(chance: random.Random, which: str) -> str:
    one = numerals.mail_name(chance.choice(pool("FIRST", which)))
    return chance.choice((f"apenstaartje {one} underscore {numerals.said(chance.randrange(11, 99))}", f"{one} underscore bakt",
                          f"apenstaartje {one} punt kookt", f"{one} laag streepje {numerals.said(chance.randrange(11, 99))}"))  # fmt: skip


def _numeral(name: str) -> Callable[[random.Random, str], str]:
    make = getattr(numerals, name)
    return lambda chance, _: str(make(chance))


def _more(name: str) -> Callable[[random.Random, str], str]:
    forms = getattr(numerals_more, name)
    return lambda chance, which: numerals_more.pick(forms, chance, which)


_ORG_OR_HOUSE = ("ORG", "LOCATION")
_VALUES: dict[str, tuple[tuple[str, ...], Callable[[random.Random, str], str]]] = {
    "bsn": (("BSN",), _numeral("bsn")), "wrongbsn": (("BSN",), _numeral("wrong_bsn")),
    "spokenbsn": (("BSN",), lambda chance, _: numerals.spoken(chance, numerals.citizen_number(chance, valid=chance.random() < 0.5))),
    "iban": (("IBAN",), _numeral("account")), "spokeniban": (("IBAN",), _numeral("spoken_account")),
    "mobile": (("PHONE",), _numeral("mobile")), "landline": (("PHONE",), _numeral("landline")),
    "spokenphone": (("PHONE",), _numeral("spoken_phone")),
    "postcode": (("POSTCODE",), _numeral("postcode")), "smallpostcode": (("POSTCODE",), _numeral("small_postcode")),
    "spokenpostcode": (("POSTCODE",), _numeral("spoken_postcode")),
    "plate": (("LICENSE_PLATE",), _numeral("plate")), "looseplate": (("LICENSE_PLATE",), _numeral("loose_plate")),
    "spokenplate": (("LICENSE_PLATE",), _numeral("spoken_plate")),
    "client": (("CLIENT_NO",), _numeral("client_number")),
    "spokenclient": (("CLIENT_NO",), lambda chance, _: numerals.spoken(chance, numerals.digits(chance, chance.choice((5, 6, 8))))),
    "date": (("DATE",), _numeral("day")), "writtendate": (("DATE",), _numeral("written_date")),
    "spokenbirthday": (("DATE",), _numeral("spoken_birthday")),
    "email": (("EMAIL",), _mail), "spokenemail": (("EMAIL",), _spoken_mail),
    "handle": (("USERNAME",), _handle), "username": (("USERNAME",), _username), "spokenhandle": (("USERNAME",), _spoken_handle),
    "grown": (("AGE",), _grown), "Grown": (("AGE",), lambda chance, which: _grown(chance, which).capitalize()),
    "young": (("AGE",), _young), "Young": (("AGE",), lambda chance, which: _young(chance, which).capitalize()),
    "round": (("AGE",), lambda chance, _: numerals.said(chance.choice((30, 40, 50, 60, 70)))),
    "ordage": (("AGE",), numerals_more.ordinal_age), "yearsold": (("AGE",), numerals_more.years_old),
    "otherpostcode": (("POSTCODE",), _more("WRITTEN_POSTCODES")), "othersmallpostcode": (("POSTCODE",), _more("SMALL_POSTCODES")),
    "otherspokenpostcode": (("POSTCODE",), _more("SPOKEN_POSTCODES")),
    "otherphone": (("PHONE",), _more("WRITTEN_PHONES")), "otherspokenphone": (("PHONE",), _more("SPOKEN_PHONES")),
    "otheriban": (("IBAN",), _more("WRITTEN_ACCOUNTS")), "otherspokeniban": (("IBAN",), _more("SPOKEN_ACCOUNTS")),
    "otherbsn": (("BSN",), _more("NAMED_CITIZENS")), "otherspokenbsn": (("BSN",), _more("SPOKEN_CITIZENS")),
    "otheremail": (("EMAIL",), _more("WRITTEN_MAILS")), "otherspokenemail": (("EMAIL",), _more("SPOKEN_MAILS")),
    "months": (("AGE",), lambda chance, _: numerals.said(chance.randrange(3, 12))),
    "town": (("PLACE",), _pick("PLACE")), "abroad": (("PLACE",), _pick("ABROAD")), "madeplace": (("PLACE",), _pick("MADE_PLACE")),
    "district": (("LOCATION", "PLACE"), _pick("DISTRICT")), "quarter": (("LOCATION", "PLACE"), _pick("QUARTER")),
    "compass": (("LOCATION", "PLACE"), lambda chance, _: chance.choice(pools.COMPASS)),
    "address": (("ADDRESS",), _address), "spokenaddress": (("ADDRESS",), _spoken_address), "streetonly": (("ADDRESS",), _street),
    "venue": (_ORG_OR_HOUSE[::-1], _pick("VENUE")), "firm": (("ORG",), _pick("FIRM")), "care": (_ORG_OR_HOUSE, _pick("CARE")),
    "school": (_ORG_OR_HOUSE, _pick("SCHOOL")), "practice": (_ORG_OR_HOUSE, _pick("PRACTICE")),
    "Practice": (_ORG_OR_HOUSE, lambda chance, which: (row := _pick("PRACTICE")(chance, which))[0].upper() + row[1:]),
    "church": (_ORG_OR_HOUSE[::-1], _pick("CHURCH")),
}  # fmt: skip


def _value(name: str, chance: random.Random, which: str) -> list[tuple[str, tuple[str, ...] | None, str]]:
    kinds, make = _VALUES[name]
    shown = make(chance, which)
    article = re.match(r"(?:het|de) (?=[A-Z])|(?:basisschool|praktijkschool) (?=[A-Z])", shown)
    if article is None:
        return [(shown, kinds, "")]
    return [(shown[: article.end()], None, ""), (shown[article.end() :], kinds, "")]
