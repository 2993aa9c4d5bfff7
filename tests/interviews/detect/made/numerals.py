"""Numbers as people write and say them, with a fixed source of chance."""

from __future__ import annotations

import random

_UNITS = "nul een twee drie vier vijf zes zeven acht negen".split()
_TEENS = "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split()
_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
_FILLERS = (" eh ", ", eh, ", "... ", " uh ", ", even kijken, ", ", wacht, ", ", ", " en dan ", " - ")
_ORDINALS = {1: "eerste", 2: "tweede", 3: "derde", 7: "zevende", 8: "achtste"}
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_LETTERS = "BCDFGHJKLMNPRSTVWXZ"


def said(number: int) -> str:
    """Return a number from 0 to 99 in Dutch words ("drieënveertig")."""
    if number < 10:
        return _UNITS[number]
    if number < 20:
        return _TEENS[number - 10]
    ten, unit = divmod(number, 10)
    if not unit:
        return _TENS[ten - 2]
    return _UNITS[unit] + ("ën" if _UNITS[unit].endswith("ee") or unit == 3 else "en") + _TENS[ten - 2]


def ordinal(number: int) -> str:
    """Return an ordinal from 1 to 31 in words ("veertiende")."""
    return _ORDINALS.get(number, said(number) + ("de" if number < 20 else "ste"))


def digits(chance: random.Random, count: int) -> str:
    """Return `count` digits, the first not a zero."""
    return str(chance.randrange(1, 10)) + "".join(str(chance.randrange(10)) for _ in range(count - 1))


def spoken(chance: random.Random, row: str) -> str:
    """Return a row of digits said aloud: one by one, in pairs, or mixed; with commas, fillers or nothing between."""
    pairs, commas, filled = chance.random(), chance.choice((" ", ", ")), chance.random() < 0.35
    words, place = [], 0
    while place < len(row):
        two = row[place : place + 2]
        if len(two) == 2 and two[0] != "0" and chance.random() < pairs:
            words.append(said(int(two)))
            place += 2
        else:
            words.append(_UNITS[int(row[place])])
            place += 1
    text = words[0]
    for word in words[1:]:
        text += (chance.choice(_FILLERS) if filled and chance.random() < 0.25 else commas) + word
    return text


def citizen_number(chance: random.Random, *, valid: bool) -> str:
    """Return nine digits that pass the eleven test, or that fail it."""
    while True:
        row = digits(chance, 9)
        rest = (sum((9 - place) * int(mark) for place, mark in enumerate(row[:8])) - int(row[8])) % 11
        if (rest == 0) is valid:
            return row


def bsn(chance: random.Random) -> str:
    """Return a citizen number that passes the eleven test, in one of the ways people write it."""
    row = citizen_number(chance, valid=True)
    return chance.choice((row, f"{row[:4]} {row[4:6]} {row[6:]}", f"{row[:3]} {row[3:6]} {row[6:]}",
                          f"{row[:4]}.{row[4:6]}.{row[6:]}", f"{row[:3]}-{row[3:6]}-{row[6:]}", " ".join(row)))  # fmt: skip


def wrong_bsn(chance: random.Random) -> str:
    """Return a citizen number as people misremember it."""
    row = citizen_number(chance, valid=False)
    return chance.choice((row, f"{row[:3]} {row[3:6]} {row[6:]}", f"{row[:3]}.{row[3:6]}.{row[6:]}", row[:8]))


def account(chance: random.Random) -> str:
    """Return a Dutch account number, check digits at random."""
    bank = chance.choice(("TEST", "FICT", "RABO", "INGB", "ABNA", "SNSB", "TRIO", "BUNQ"))
    head, tail = digits(chance, 2), "0" + digits(chance, 9)
    return chance.choice((f"NL{head}{bank}{tail}", f"NL{head} {bank} {tail[:4]} {tail[4:8]} {tail[8:]}",
                          f"NL {head} {bank} {tail}", f"nl{head}{bank.lower()}{tail}", f"NL{head}-{bank}-{tail}"))  # fmt: skip


def spoken_account(chance: random.Random) -> str:
    """Return a Dutch account number said aloud."""
    bank = chance.choice(("Rabo", "ING", "ABN Amro", "Triodos", "Bunq", "r a b o", "i n g b", "RABO"))
    return f"{chance.choice(('N L', 'NL', 'n l'))} {spoken(chance, digits(chance, 2))} {bank} {spoken(chance, '0' + digits(chance, 9))}"


def mobile(chance: random.Random) -> str:
    """Return a mobile number in one of the ways people write it."""
    row = digits(chance, 8)
    return chance.choice((f"06{row}", f"06-{row}", f"06 {row[:2]} {row[2:4]} {row[4:6]} {row[6:]}", f"+31 6 {row}", f"0031 6 {row}",
                          f"+316{row}", f"06 - {row[:4]} {row[4:]}", f"06.{row[:4]}.{row[4:]}", f"+31 (0)6 {row[:4]} {row[4:]}",
                          f"06-{row[:3]} {row[3:5]} {row[5:]}"))  # fmt: skip


def landline(chance: random.Random) -> str:
    """Return a landline number in one of the ways people write it."""
    long, short = digits(chance, 6), digits(chance, 7)
    area, city = chance.choice(("0511", "0528", "0317", "0165")), chance.choice(("020", "070", "043", "058"))
    return chance.choice((f"{area}-{long}", f"({area}) {long}", f"{city} {short[:3]} {short[3:5]} {short[5:]}", f"{city}-{short}",
                          f"+31 {city[1:]} {short}", f"{area} {long[:2]} {long[2:4]} {long[4:]}", f"{city}/{short}"))  # fmt: skip


def spoken_phone(chance: random.Random) -> str:
    """Return a mobile or landline number said aloud."""
    if chance.random() < 0.2:
        return "nul " + spoken(chance, chance.choice(("20", "70", "43", "58")) + digits(chance, 7))
    return (
        chance.choice(("nul zes", "nul-zes", "06", "nulzes"))
        + chance.choice((" ", ", ", "... "))
        + spoken(chance, digits(chance, 8))
    )


def postcode(chance: random.Random) -> str:
    """Return a postcode as written."""
    letters = chance.choice(_LETTERS) + chance.choice(_LETTERS)
    return digits(chance, 4) + chance.choice((" ", "", " ")) + letters


def small_postcode(chance: random.Random) -> str:
    """Return a postcode typed without care, for a sentence that says it is one."""
    row, one, other = digits(chance, 4), chance.choice(_LETTERS), chance.choice(_LETTERS)
    return chance.choice((f"{row} {one.lower()} {other.lower()}", f"{row}{one.lower()}{other.lower()}", f"{row} {one} {other}",
                          f"{row[:2]} {row[2:]} {one}{other}", f"{row}, {one}{other}"))  # fmt: skip


def spoken_postcode(chance: random.Random) -> str:
    """Return a postcode said aloud."""
    row, one, other = digits(chance, 4), chance.choice(_LETTERS), chance.choice(_LETTERS)
    thousands = f"{_UNITS[int(row[0])] if row[0] != '1' else ''}duizend {said(int(row[2:]))}"
    pairs = f"{said(int(row[:2]))} {said(int(row[2:]))}"
    number = chance.choice((pairs, spoken(chance, row), thousands, pairs.replace(" ", ", ")))
    return number + chance.choice(
        (f" {one}{other}", f" {one} {other}", f", {one.lower()} {other.lower()}", f" {one.lower()}{other.lower()}")
    )


_SIDECODES = ("XX-99-99", "99-99-XX", "99-XX-99", "XX-99-XX", "XX-XX-99", "99-XX-XX", "99-XXX-9", "9-XXX-99", "XX-999-X",
              "X-999-XX", "XXX-99-X", "X-99-XXX", "9-XX-999", "999-XX-9")  # fmt: skip


def plate(chance: random.Random) -> str:
    """Return a number plate of any Dutch sidecode."""
    shape = chance.choice(_SIDECODES)
    return "".join(
        chance.choice(_LETTERS) if mark == "X" else str(chance.randrange(10)) if mark == "9" else mark for mark in shape
    )


def loose_plate(chance: random.Random) -> str:
    """Return a number plate without dashes or in lower case, for a sentence that says it is one."""
    written = plate(chance)
    return chance.choice(
        (written.replace("-", " "), written.replace("-", ""), written.lower(), written.replace("-", " ").lower())
    )


def spoken_plate(chance: random.Random) -> str:
    """Return a number plate said aloud."""
    parts = plate(chance).split("-")
    heard = []
    for part in parts:
        if part.isdecimal():
            heard.append(
                said(int(part)) if len(part) < 3 and part[0] != "0" else " ".join(_UNITS[int(mark)] for mark in part)
            )
        else:
            heard.append(chance.choice((" ".join(part.lower()), " ".join(part))))
    return chance.choice((" ", ", ", " streepje ")).join(heard)


def client_number(chance: random.Random) -> str:
    """Return a number that some office gave."""
    row = digits(chance, chance.choice((6, 7, 8)))
    return chance.choice(
        (
            row,
            f"{row[:2]}-{row[2:]}",
            f"{row[:3]}.{row[3:]}",
            f"WZ{row}",
            f"D-{row}",
            f"2024/{row[:5]}",
            f"{row[:4]} {row[4:]}",
        )
    )


def day(chance: random.Random) -> str:
    """Return a day as written or said, with a month in words."""
    number, month, year = chance.randrange(1, 29), chance.choice(MONTHS), chance.randrange(1938, 2024)
    return chance.choice((f"{number} {month} {year}", f"{number} {month}", f"{number} {month} '{year % 100:02}", f"{ordinal(number)} {month}",
                          f"{said(number)} {month}", f"{number}e {month}", f"{ordinal(number)} {month} {year}"))  # fmt: skip


def written_date(chance: random.Random) -> str:
    """Return a date in figures."""
    number, month, year = chance.randrange(1, 29), chance.randrange(1, 13), chance.randrange(1938, 2024)
    return chance.choice((f"{number}-{month}-{year}", f"{number:02}-{month:02}-{year}", f"{number}-{month}-'{year % 100:02}", f"{number}/{month}/{year}",
                          f"{number:02}.{month:02}.{year}", f"{number:02}-{month:02}-{year % 100:02}"))  # fmt: skip


def spoken_birthday(chance: random.Random) -> str:
    """Return a birth date said aloud with its year."""
    number, month, year = chance.randrange(1, 29), chance.choice(MONTHS), chance.randrange(45, 99)
    way = chance.choice(
        (f"negentien{said(year)}", f"negentienhonderd {said(year)}", f"negentien {said(year)}", said(year), f"19{year}")
    )
    return f"{chance.choice((ordinal(number), said(number), str(number)))} {month} {way}"


def mail_name(word: str) -> str:
    """Return a name as it stands in an address on line."""
    plain = "".join(mark for mark in word.lower() if mark.isascii() and mark.isalpha())
    return plain or "post"
