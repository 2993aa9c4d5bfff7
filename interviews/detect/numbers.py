"""Numbers that point at one person: citizen number, bank account, telephone, postcode, number plate, client number.

Checks by python-stdnum (`nl.bsn`, `iban`). A number that fails its check is still proposed when the words around it say
what it is: people mishear and mistype.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from stdnum import iban
from stdnum.nl import bsn

from interviews.detect.findings import IdentifierType as Kind
from interviews.detect.hits import Hit
from interviews.detect.letters import mixed_hits
from interviews.detect.signs import REMARK
from interviews.detect.spoken import DigitRun, digit_runs, says_a_number

_ABOUT_BSN = re.compile(
    r"\bbsn\b|bsn-?(?:nummer|nr)|burger\s?service|burger(?:nummer|nr)|\bso[fv]i\b|so[fv]i-?(?:nummer|nr)|persoonsnummer",
    re.I,
)
_ABOUT_ACCOUNT = re.compile(r"rekening|\biban\b|\bgiro|bankn|overmaken|\bbank\b", re.I)
_ABOUT_CLIENT = re.compile(
    r"(?:klant|cli[eë]nt|dossier|zaak|polis|registratie|relatie|lid|pas|werkzoekende|aanvraag|kaart|leerling|personeels?|"
    r"studenten?|patient|patiënt|referentie|inschrijf|document|paspoort|rijbewijs|id|v|vreemdelingen)-?\s?(?:nummer|nr\b)|"
    r"\bdossier\b|\bkenmerk\b|\bpaspoort\b|\brijbewijs\b|\bid-kaart\b|\bv-nummer\b|\bmijn nummer\b|\bm'n nummer\b",
    re.I,
)
_ABOUT_PHONE = re.compile(
    r"telefoon|\btel\b|mobiel|\bbel(?:len|t|de)?\b|\bapp(?:en|t)?\b|nul zes|06|bereik|nummer", re.I
)
_CALLED_UP = re.compile(r"telefoon|mobiel|\bbel(?:len|t|de)?\b|\bapp(?:en|t)?\b|bereik|\bdraai", re.I)
_ABOUT_PLATE = re.compile(r"kenteken|nummerbord|nummerplaat|\bplaat\b", re.I)
_ABOUT_POSTCODE = re.compile(r"postcode|postcode is", re.I)

_IBAN = re.compile(r"(?<![\w])[A-Za-z]{2}\s?\d{2}(?:[ .\-]?[A-Za-z0-9]){11,30}(?![\w])")
_DUTCH_IBAN = re.compile(
    r"(?<!\w)N[ .\-]?L[ .\-/]{0,3}\d[ .]?\d(?:[ .\-/,]{0,3}[A-Z]){4}(?:[ .\-/,_]{0,3}\d){7,10}(?!\d)", re.I
)
_PHONE = re.compile(
    r"(?<![\w+])(?:\+|00)\s?(?!31)\d{2}[\s.\-]?\(?\d(?:[\s.\-()]{0,2}\d){6,11}(?!\w)"
    r"|(?<![\w+])(?:\+\s?31|00[\s.\-]?31)[\s.\-]*(?:\(0\))?[\s.\-]*\(?\d(?:[\s.\-()/_–]{0,3}\d){7,9}(?!\w)"
    r"|(?<![\w+])31[\s.\-/]{0,3}(?:\(?0\)?[\s.\-]{0,2})?6(?:[\s.\-–/()_]{0,3}\d){8}(?!\w)"
    r"|(?<![\w+])\(?0\d{0,3}\)?(?:[\s.\-–/()_,]{0,3}\d){6,9}(?!\w)"
)
_POSTCODE = re.compile(r"(?<![\w-])[1-9]\d{3}[\s/-]{0,2}(?!SA|SD|SS)([A-Z]{2})(?![\w-])")
_NOT_POSTCODE = frozenset(
    {"EN", "OF", "IN", "OP", "IS", "EU", "NA", "AL", "JA", "NU", "ZO", "DE", "OM", "ER", "ZE", "WE", "TE", "EH", "UH"}
)
_PLATE_GROUPS = (
    r"[A-Z]{2}-\d\d-\d\d|\d\d-\d\d-[A-Z]{2}|\d\d-[A-Z]{2}-\d\d|[A-Z]{2}-\d\d-[A-Z]{2}|[A-Z]{2}-[A-Z]{2}-\d\d|"
    r"\d\d-[A-Z]{2}-[A-Z]{2}|\d\d-[A-Z]{3}-\d|\d-[A-Z]{3}-\d\d|[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}|"
    r"[A-Z]{3}-\d\d-[A-Z]|[A-Z]-\d\d-[A-Z]{3}|\d-[A-Z]{2}-\d{3}|\d{3}-[A-Z]{2}-\d"
)
_PLATE = re.compile(rf"(?<![\w-])(?:{_PLATE_GROUPS})(?![\w-])", re.I)
_LOOSE_PLATE = re.compile(
    rf"(?<![\w-])(?!(?:is|was|de|en|op|in|van|met|het|een)\b)(?:{re.sub('(?<!A)-', '[ -]?', _PLATE_GROUPS)})(?![\w-])",
    re.I,
)
_DIGITS = re.compile(r"(?<![\w€@,])(?:[A-Z]{1,3}[ -]?)?\d(?:[ .\-/\u00a0\u202f–]{0,2}\d){3,17}(?!\w|[,.]\d)")
_MONEY_BEFORE = re.compile(r"(?:€|euro|EUR|bedrag van|eur)\s*$", re.I)
_AMOUNT_AFTER = re.compile(r"^[\s,-]*(?:euro|eur\b|€|procent|%|gulden|mensen|man\b|uur|keer|weken|dagen|jaar|inwoners|meter|"
                           r"kilo|km\b|woningen|klanten|cli[eë]nten|per\b|mille|gram|stappen|brieven|huishoudens|banen)", re.I)  # fmt: skip
_YEARS = re.compile(r"^(?:19|20)\d\d(?:\s?[-/]\s?(?:(?:19|20)?\d\d))?$")
_THOUSANDS = re.compile(r"^\d{1,3}(?:\.\d{3})+$")
_CLOCK = re.compile(r"^[012]?\d\.[0-5]\d(?:\s?-\s?[012]?\d\.[0-5]\d)?$")
_SPELLED_BANK = re.compile(r"\b(?:n[\s,.-]*l|en[\s,.-]+el)[\s,.]+(?:\w+[\s,.…–-]+){1,10}$", re.I)
_SAID = re.compile(r"(?:\s?\[[^\[\]]{0,80}\])*(?P<said>[^\[]+|\[)")
_PAUSE = r"(?:[ .,\-/–_…\u00a0\u202f]|\b(?:en|dan|eh|ehm|uh|uhm|streepje|punt|spatie)\b)"
_LOOSE_BSN = re.compile(rf"(?<![\w€@,+(])(?<![\d)][ .-])\d(?:{_PAUSE}{{0,8}}\d){{7,8}}(?!\w|[ .,-]?\d)", re.I)
_LOOSE_MOBILE = re.compile(rf"(?<![\w+])0{_PAUSE}{{0,3}}6(?:{_PAUSE}{{0,8}}\d){{8}}(?!\w|[,.]\d)", re.I)
_LOOSE_POSTCODE = re.compile(
    r"(?<![\w-])[1-9](?:[\s.,\-/]?\d){3}[\s.,\-/]{0,3}(?P<letters>[A-Z][\s.,\-]{0,2}[A-Z])(?![\w-])", re.I
)
_GLUED = re.compile(r"(?:bsn|so[fv]i(?:nummer)?)[:.\-]?(?P<number>\d(?:[ .\-]?\d){7,8})(?!\d)", re.I)
_LOOK_BACK = 60
_MOBILE_LENGTH = 10
_ABOUT_CASE = re.compile(
    r"\b(?:mijn|m'n|de|een|onze|zijn|haar|die)\s+(?:zaak|dossier|polis|aanvraag|beschikking|klacht|bezwaar)\b", re.I
)
_NUMBERED = re.compile(r"\b(?:nummer|nr\.?|code)\W*(?:is\W*)?$", re.I)


def bsn_spans(text: str) -> list[tuple[int, int]]:
    """Return where `text` holds a citizen number: half-open code point spans, in order, not overlapping.

    Any nine digits (dots, spaces and dashes allowed) that pass the eleven test; eight or nine digits that are called
    a bsn, burgerservicenummer or sofinummer, valid or not; the same in spoken words. Cheap: meant for each keystroke
    pause and paste.
    """
    hits = [hit for hit in _bsn_hits(text, "") if hit.type is Kind.BSN]
    return sorted({(hit.start, hit.end) for hit in hits})


def number_hits(text: str, *, before: str = "") -> Iterator[Hit]:
    """Yield the identifying numbers in the text of one turn; `before` is what was said just before it.

    A note of the transcriber ("06 [zoekt] 12345678") does not break a number in two.
    """
    if not says_a_number(text):
        return
    yield from _numbers(text, before)
    if REMARK.search(text):
        places = [place for match in _SAID.finditer(text) for place in range(*match.span("said"))]
        for hit in _numbers("".join(text[place] for place in places), before):
            yield replace(hit, start=places[hit.start], end=places[hit.end - 1] + 1)


def _numbers(text: str, before: str) -> Iterator[Hit]:
    yield from _iban_hits(text)
    yield from _phone_hits(text)
    yield from _bsn_hits(text, before)
    yield from _postcode_hits(text, before)
    yield from _plate_hits(text)
    yield from mixed_hits(text, before=before)
    yield from _client_hits(text, before)
    for run in digit_runs(text):
        yield from _spoken_hits(text, run, before)


def _said_before(text: str, start: int, before: str) -> str:
    """Return the words shortly before a number, with the end of the previous turn when the number opens its turn."""
    here = text[max(0, start - _LOOK_BACK) : start]
    said = before[-_LOOK_BACK:] + " " + here if start < _LOOK_BACK // 2 else here
    return REMARK.sub(" ", said)


def _nearest(about: str) -> Kind | None:
    """Return what the last telling word before a number says that it is."""
    best: tuple[int, Kind | None] = (-1, None)
    for cue, kind in ((_ABOUT_ACCOUNT, Kind.IBAN), (_ABOUT_CLIENT, Kind.CLIENT_NO), (_ABOUT_BSN, Kind.BSN)):
        for match in cue.finditer(about):
            best = max(best, (match.end(), kind), key=lambda each: each[0])
    return best[1]


def _digits(text: str) -> str:
    return "".join(mark for mark in text if mark.isdecimal())


def _bsn_hits(text: str, before: str) -> Iterator[Hit]:
    if not says_a_number(text):
        return
    for match in _DIGITS.finditer(text):
        digits = _digits(match.group())
        start = match.start() + (len(match.group()) - len(match.group().lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ -")))
        if not 8 <= len(digits) <= 9:
            continue
        if _nearest(_said_before(text, start, before)) is Kind.BSN:
            yield Hit(start, match.end(), Kind.BSN, "bsn_named", 0.99)
        elif len(digits) == 9 and "/" not in match.group() and bsn.is_valid(digits) and len(set(digits)) > 1:
            yield Hit(start, match.end(), Kind.BSN, "bsn_eleven_test", 0.97)
    for match in _LOOSE_BSN.finditer(text):
        if _nearest(_said_before(text, match.start(), before)) is Kind.BSN:
            yield Hit(match.start(), match.end(), Kind.BSN, "bsn_named", 0.99)
    for match in _GLUED.finditer(text):
        yield Hit(match.start("number"), match.end(), Kind.BSN, "bsn_named", 0.99)
    for run in digit_runs(text):
        if len(run.digits) in (8, 9) and _nearest(_said_before(text, run.start, before)) is Kind.BSN:
            yield Hit(run.start, run.end, Kind.BSN, "bsn_spoken", 0.99)
        elif len(run.digits) == 9 and bsn.is_valid(run.digits) and len(set(run.digits)) > 1 and not run.counts:
            if _AMOUNT_AFTER.match(text[run.end :]):
                continue
            yield Hit(run.start, run.end, Kind.BSN, "bsn_spoken", 0.95)


def _iban_hits(text: str) -> Iterator[Hit]:
    for match in _DUTCH_IBAN.finditer(text):
        yield Hit(match.start(), match.end(), Kind.IBAN, "iban", 0.99)
    for match in _IBAN.finditer(text):
        compact = iban.compact(match.group())
        if iban.is_valid(compact):
            yield Hit(match.start(), match.end(), Kind.IBAN, "iban_checked", 0.99)


def _phone_hits(text: str) -> Iterator[Hit]:
    for match in _LOOSE_MOBILE.finditer(text):
        yield Hit(match.start(), match.end(), Kind.PHONE, "phone", 0.98)
    for match in _PHONE.finditer(text):
        count = len(_digits(match.group()))
        if match.group().startswith(("(0", "0")) and not match.group().startswith("00"):
            right_length = count in (10, 11) or (count == 9 and match.group().startswith("06"))
            # A date such as 03-04-2024 has eight digits and never comes here.
            if right_length and not _digits(match.group()).startswith(("0800", "0900", "0906", "0909")):
                yield Hit(match.start(), match.end(), Kind.PHONE, "phone", 0.98)
        elif 9 <= count <= 15:
            yield Hit(match.start(), match.end(), Kind.PHONE, "phone", 0.98)


def _postcode_hits(text: str, before: str) -> Iterator[Hit]:
    for match in _POSTCODE.finditer(text):
        if match.group(1) not in _NOT_POSTCODE or _ABOUT_POSTCODE.search(
            text[max(0, match.start() - 25) : match.start()]
        ):
            yield Hit(match.start(), match.end(), Kind.POSTCODE, "postcode", 0.97)
    for match in _LOOSE_POSTCODE.finditer(text):
        letters = "".join(mark for mark in match["letters"] if mark.isalpha())
        ordinary = letters.islower() and letters.upper() in _NOT_POSTCODE
        if not ordinary and _ABOUT_POSTCODE.search(_said_before(text, match.start(), before)):
            yield Hit(match.start(), match.end(), Kind.POSTCODE, "postcode", 0.95)


def _plate_hits(text: str) -> Iterator[Hit]:
    for match in _PLATE.finditer(text):
        yield Hit(match.start(), match.end(), Kind.LICENSE_PLATE, "licence_plate", 0.96)
    if not _ABOUT_PLATE.search(text):
        return
    for match in _LOOSE_PLATE.finditer(text):
        if _ABOUT_PLATE.search(text[max(0, match.start() - 40) : match.start()]):
            yield Hit(match.start(), match.end(), Kind.LICENSE_PLATE, "licence_plate", 0.98)


def _client_hits(text: str, before: str) -> Iterator[Hit]:
    for match in _DIGITS.finditer(text):
        written = match.group()
        digits = _digits(written)
        about = _said_before(text, match.start(), before)
        amount = _THOUSANDS.match(written) and not re.search(rf"(?:{_ABOUT_CLIENT.pattern})\W*(?:is\W+)?$", about, re.I)
        if _YEARS.match(written) or amount or _CLOCK.match(written):
            continue
        if _MONEY_BEFORE.search(text[max(0, match.start() - _LOOK_BACK) : match.start()]) or _AMOUNT_AFTER.match(
            text[match.end() : match.end() + _LOOK_BACK]
        ):
            continue
        kind = _nearest(about)
        if kind is None and len(digits) > 4 and _NUMBERED.search(about):
            around = about + " " + text[match.end() : match.end() + _LOOK_BACK]
            kind = Kind.CLIENT_NO if _ABOUT_CASE.search(around) or _ABOUT_CLIENT.search(around) else None
        if kind is Kind.IBAN and 7 <= len(digits) <= 10:
            # Ten figures from a nought on look like a telephone number too: the words before them tell.
            score = 0.9 if _CALLED_UP.search(about) else 0.985
            yield Hit(match.start(), match.end(), Kind.IBAN, "account_named", score)
        elif kind is Kind.CLIENT_NO:
            yield Hit(match.start(), match.end(), Kind.CLIENT_NO, "client_number_named", 0.93)
        elif len(digits) >= 6 and re.search(r"\d{5}", written):
            yield Hit(match.start(), match.end(), Kind.CLIENT_NO, "long_number", 0.6)


def _spoken_hits(text: str, run: DigitRun, before: str) -> Iterator[Hit]:
    count, about = len(run.digits), _said_before(text, run.start, before)
    if run.counts or _AMOUNT_AFTER.match(text[run.end :]):
        return
    mobile = run.digits.startswith(("06", "00316")) or run.plus or (run.digits.startswith("316") and count > 9)
    kind = Kind.BSN if _ABOUT_BSN.search(text[run.end :][:25]) else _nearest(about)
    spelled = _SPELLED_BANK.search(text[: run.start])
    if (
        ((run.digits.startswith("06") and count == _MOBILE_LENGTH) or (run.plus and count > _MOBILE_LENGTH))
        and not spelled
        and kind is not Kind.IBAN
    ):
        yield Hit(run.start, run.end, Kind.PHONE, "phone_spoken", 0.995)
    elif spelled and count >= 7:
        yield Hit(spelled.start(), run.end, Kind.IBAN, "account_spoken", 0.96)
    elif kind is Kind.BSN and count >= 5:
        yield Hit(run.start, run.end, Kind.BSN, "bsn_spoken", 0.96)
    elif (mobile and count >= 4) or (run.digits.startswith("0") and 8 <= count <= 11 and kind is not Kind.IBAN):
        yield Hit(run.start, run.end, Kind.PHONE, "phone_spoken", 0.96)
    elif kind is Kind.IBAN and count >= 7:
        yield Hit(run.start, run.end, Kind.IBAN, "account_spoken", 0.9)
    elif kind is Kind.CLIENT_NO and count >= 4:
        yield Hit(run.start, run.end, Kind.CLIENT_NO, "client_number_spoken", 0.9)
    elif _ABOUT_PHONE.search(about) and count >= 6:
        yield Hit(run.start, run.end, Kind.PHONE, "phone_spoken", 0.85)
    elif count == 9 and len(run.values) >= 4:
        yield Hit(run.start, run.end, Kind.BSN, "bsn_spoken", 0.6)
    elif count >= 7 and len(run.values) >= 5:
        yield Hit(run.start, run.end, Kind.CLIENT_NO, "long_number_spoken", 0.55)
