"""More ways in which people write and say numbers; the last three of each list are for the half "fresh" only."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from tests.interviews.detect.made.numerals import citizen_number, digits, ordinal, said

_LETTERS = "BCDFGHJKLMNPRSTVWXZ"
_FOR_LETTERS = {"B": "Bernard", "C": "Cornelis", "D": "Dirk", "F": "Ferdinand", "G": "Gerard", "H": "Hendrik", "J": "Johan",
                "K": "Karel", "L": "Lodewijk", "M": "Maria", "N": "Nico", "P": "Pieter", "R": "Rudolf", "S": "Simon",
                "T": "Theodoor", "V": "Victor", "W": "Willem", "X": "Xantippe", "Z": "Zaandam"}  # fmt: skip
_HUNDRED = ("", "honderd", "tweehonderd", "driehonderd", "vierhonderd", "vijfhonderd", "zeshonderd", "zevenhonderd", "achthonderd",
            "negenhonderd")  # fmt: skip
_OWN = 3
Form = Callable[[random.Random], str]


def _ones(row: str, between: str = " ") -> str:
    return between.join(said(int(mark)) for mark in row)


def _pairs(row: str, between: str = " ") -> str:
    """Return the row said two by two; "05" is "nul vijf"."""
    pieces = [row[place : place + 2] for place in range(0, len(row), 2)]
    return between.join(said(int(two)) if len(two) == 2 and two[0] != "0" else _ones(two) for two in pieces)


def _three(row: str) -> str:
    """Return three figures said as one number ("vierhonderdzesenvijftig")."""
    number = int(row)
    if row[0] == "0":
        return _ones(row)
    return _HUNDRED[number // 100] + (said(number % 100) if number % 100 else "")


def _letters(chance: random.Random) -> tuple[str, str]:
    return chance.choice(_LETTERS), chance.choice(_LETTERS)


def _postcode(shape: str) -> Form:
    def make(chance: random.Random) -> str:
        row, (one, other) = digits(chance, 4), _letters(chance)
        return shape.format(row=row, head=row[:2], tail=row[2:], one=one, other=other, small=one.lower(), smaller=other.lower(),
                            first=_FOR_LETTERS[one], second=_FOR_LETTERS[other], pairs=_pairs(row), ones=_ones(row),
                            commas=_ones(row, ", "))  # fmt: skip

    return make


WRITTEN_POSTCODES: tuple[Form, ...] = tuple(
    map(_postcode, ("{row}  {one}{other}", "{row}-{one}{other}", "{row} {one}.{other}.", "{row}\u00a0{one}{other}", "{row}{one}{other}",
                    "{row} {one} {other}", "{head} {tail} {one}{other}", "{row}, {one} {other}", "{row}/{one}{other}", "{head}.{tail} {one}{other}", "{row} [twijfelt] {one}{other}")))  # fmt: skip
SMALL_POSTCODES: tuple[Form, ...] = tuple(
    map(_postcode, ("{row} {small}{smaller}", "{row}-{small}{smaller}", "{row} {small}.{smaller}.", "{head}{tail}{small} {smaller}", "{row}, {small}{smaller}", "{row} {small}-{smaller}", "{row}{small}.{smaller}")))  # fmt: skip
SPOKEN_POSTCODES: tuple[Form, ...] = tuple(
    map(_postcode, ("{pairs}, {one} van {first}, {other} van {second}", "{pairs} en dan {one}{other}", "{ones}, {one} {other}",
                    "{pairs} de {one} en de {other}", "{commas}, {one}, {other}", "{pairs} {small} {smaller}",
                    "{row}, de {one} van {first} en de {other} van {second}", "{head} {tail} {one} {other}",
                    "{pairs}, letters {one} {other}", "{pairs}, {one}-{other}", "{pairs} met {one} {other}", "{ones} en de letters {one} en {other}", "{pairs}... {one}... {other}")))  # fmt: skip


def _phone(shape: str) -> Form:
    def make(chance: random.Random) -> str:
        row = digits(chance, 8)
        row = row.replace(row[1], row[0], 1) if "dubbel" in shape else row
        return shape.format(row=row, a=row[:2], b=row[2:4], c=row[4:6], d=row[6:], x=row[:4], y=row[4:], ones=_ones(row), pairs=_pairs(row),
                            triple=f"{_three(row[:3])} {_three(row[3:6])} {_pairs(row[6:])}", one=said(int(row[0])), rest=_ones(row[2:]),
                            pair=_pairs(row, ", "))  # fmt: skip

    return make


WRITTEN_PHONES: tuple[Form, ...] = tuple(
    map(_phone, ("06 {x}{y}", "0 6 {a} {b} {c} {d}", "06/{row}", "06–{x} {y}", "+31-6-{row}", "(06) {row}", "(06)-{a} {b} {c} {d}", "06_{row}",
                 "31 6 {row}", "00-31-6-{row}", "06{a}.{b}.{c}.{d}", "06 {a}-{b}-{c}-{d}", "+31 (6) {x} {y}", "0031-(0)6-{row}", "06 - {a} - {b} - {c} - {d}")))  # fmt: skip
SPOKEN_PHONES: tuple[Form, ...] = tuple(
    map(_phone, ("nul zes en dan {pairs}", "nul zes {triple}", "nul zes, dubbel {one}, {rest}", "plus eenendertig zes {pairs}", "nul zes, {pair}",
                 "06, {ones}", "nul, zes, {pair}", "plus drie één, zes, {pairs}", "nul zes, twee keer een {one}, dan {rest}", "0 6 {pairs}",
                 "06 dan {pairs}", "nul zes [denkt na] {pairs}", "nul-zes-{ones}", "nul zes en eh {pair}", "06 [zoekt in telefoon] {pairs}")))  # fmt: skip


def _account(shape: str) -> Form:
    def make(chance: random.Random) -> str:
        bank = chance.choice(("RABO", "INGB", "ABNA", "SNSB", "TRIO", "BUNQ", "ASNB", "KNAB"))
        check, row = digits(chance, 2), "0" + digits(chance, 9)
        return shape.format(check=check, bank=bank, small=bank.lower(), row=row, a=row[:4], b=row[4:8], c=row[8:], spelled=" ".join(bank),
                            dashed="-".join(bank.lower()), checked=_pairs(check), pairs=_pairs(row), ones=_ones(row), spoken=row[:2] + " " + " ".join(row[2:]))  # fmt: skip

    return make


WRITTEN_ACCOUNTS: tuple[Form, ...] = tuple(
    map(_account, ("NL{check} {bank} {row}", "NL {check} {bank} {a} {b} {c}", "NL{check}.{bank}.{a}.{b}.{c}", "nl {check} {small} {a} {b} {c}",
                   "NL-{check}-{bank}-{row}", "NL{check} {bank}{row}", "N L {check} {spelled} {a} {b} {c}", "NL{check}/{bank}/{row}", "IBAN:NL{check}{bank}{row}", "NL{check} {bank} {a} [bladert] {b} {c}", "NL {check} - {bank} - {row}")))  # fmt: skip
SPOKEN_ACCOUNTS: tuple[Form, ...] = tuple(
    map(_account, ("N L {checked} {spelled} {pairs}", "NL {checked}, {bank}, {ones}", "en el {checked} {bank} {pairs}", "nl {checked} {dashed} {ones}",
                   "NL {checked} {bank} en dan {pairs}", "N-L {checked}, {spelled}, {ones}", "nl {checked} {small} {ones}", "N, L, {checked}, {spelled}, {pairs}", "NL {check} {bank} {ones}")))  # fmt: skip


def _citizen(shape: str) -> Form:
    def make(chance: random.Random) -> str:
        row = citizen_number(chance, valid=chance.random() < 0.5)
        return shape.format(row=row, a=row[:3], b=row[3:6], c=row[6:], ones=_ones(row), pairs=_pairs(row), commas=_ones(row, ", "),
                            triples=" ".join(_three(row[place : place + 3]) for place in (0, 3, 6)), x=row[:2], y=row[2:5], z=row[5:],
                            p=" ".join(row[place : place + 2] for place in range(0, 9, 2)), dots=_ones(row, "... "))  # fmt: skip

    return make


NAMED_CITIZENS: tuple[Form, ...] = tuple(
    map(_citizen, ("{a}/{b}/{c}", "{x} {y} {z}", "{a}, {b}, {c}", "{p}", "{a} - {b} - {c}", "{a}.{b}-{c}", "{a}_{b}_{c}", "{a} [kijkt op pas] {b} {c}", "{x}.{y}.{z}")))  # fmt: skip
SPOKEN_CITIZENS: tuple[Form, ...] = tuple(
    map(_citizen, ("{triples}", "{ones}", "{dots}", "{commas}", "{pairs}", "{a} {b} {c}", "{x} {y} dan {z}", "{a}, dan {b}, dan {c}", "{x}... {y}... {z}")))  # fmt: skip


def _mail(shape: str) -> Form:
    def make(chance: random.Random) -> str:
        one, other = (
            chance.choice(("fenna", "milan", "yara", "teun", "noor", "ilias")),
            chance.choice(("bosma", "kaya", "dekker", "roos", "smid")),
        )
        return shape.format(one=one, other=other, spelled=" ".join(one), dashed="-".join(one), initial=one[0], number=chance.randrange(50, 99),
                            said=said(chance.randrange(50, 99)))  # fmt: skip

    return make


WRITTEN_MAILS: tuple[Form, ...] = tuple(
    map(_mail, ("{one}+post@mijnhost.example", "{one} @ {other}.example", "{one}.{other} (at) gmail.com", "{one}_{number}@live.example.nl",
                "{one}@gmail .com", "{initial}{other}[at]ziggo.nl", "{one}.{other}@gmail,com", "mailto:{one}@{other}.example", "{one}.{other}@ gmail.com", "{one}@{other}. example", "<{one}.{other}@post.example>")))  # fmt: skip
SPOKEN_MAILS: tuple[Form, ...] = tuple(
    map(_mail, ("{one} apenstaart {other} punt nl", "{spelled} apenstaartje gmail punt com", "{one} punt {other} at hotmail dot com",
                "{one} {said} bij gmail punt com", "{one}.{other} apenstaartje ziggo.nl", "{initial} punt {other}, dan apenstaartje, dan outlook punt com",
                "{one} apestaart {other} streepje post punt nl", "{dashed}, apenstaartje, live, punt, nl", "{one} met een {said} erachter apenstaartje gmail punt com",
                "{one} {other} aan elkaar apenstaartje gmail punt com", "{one} punt {other} op gmail punt com", "{one} laag streepje {other}, zo'n apenstaartje, en dan ziggo punt nl", "{spelled} punt {other} apenstaartje kpnmail punt nl")))  # fmt: skip


def pick(forms: Sequence[Form], chance: random.Random, which: str) -> str:
    """Return one form: for the half "fresh" any, for the others one that all share."""
    return chance.choice(forms if which == "fresh" else forms[:-_OWN])(chance)


def ordinal_age(chance: random.Random, _: str) -> str:
    """Return a birthday by its number ("zestiende", "16e")."""
    number = chance.randrange(14, 31)
    return chance.choice((ordinal(number), f"{number}{chance.choice(('e', 'ste' if number > 19 else 'de'))}"))


def years_old(chance: random.Random, _: str) -> str:
    """Return an age in one word ("34-jarige", "vierendertigjarige")."""
    number = chance.randrange(18, 90)
    return chance.choice((f"{number}-jarige", f"{said(number)}jarige", f"{number} jarige"))
