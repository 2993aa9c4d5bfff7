"""Numbers that point at one person, written and spoken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn

from interviews.detect.findings import IdentifierType as Kind
from interviews.detect.hits import without_overlap
from interviews.detect.numbers import bsn_spans, number_hits
from interviews.detect.online import online_hits
from interviews.detect.spoken import digit_runs


def seen(text: str, before: str = "") -> list[tuple[Kind, str]]:
    hits = without_overlap([*number_hits(text, before=before), *online_hits(text)])
    return [(hit.type, text[hit.start : hit.end]) for hit in hits]


@pytest.mark.parametrize(
    "text",
    [
        "dat is 999990019",
        "dat is 9999 90 019",
        "dat is 999.990.019",
        "dat is 999-990-019",
        "mijn BSN is 123456789",
        "mijn burgerservicenummer: 12345678",
        "m'n sofinummer was 123 456 789",
        "BSN123456789",
        "het is negen negen negen, negen negen nul, nul een negen",
        "bsn: een twee drie vier vijf zes zeven acht negen",
    ],
)
def test_a_citizen_number_is_stopped_however_it_is_written_or_said(text: str) -> None:
    assert len(bsn_spans(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "het is 123456789 geworden",
        "[BSN weggehaald]",
        "mijn BSN geef ik niet",
        "bel 06-12345678",
        "NL13 TEST 0123 4567 89",
        "van 2016 tot 2018 had ik 1.200 euro",
        "",
    ],
)
def test_other_text_is_not_stopped_as_a_citizen_number(text: str) -> None:
    assert bsn_spans(text) == []


@given(st.integers(min_value=10_000_000, max_value=999_999_999), st.sampled_from(["", " ", ".", "-"]))
def test_every_number_that_passes_the_eleven_test_is_found(number: int, joint: str) -> None:
    digits = f"{number:09d}"
    spans = bsn_spans(f"nou {joint.join(digits)} dus")
    if bsn.is_valid(digits) and len(set(digits)) > 1:
        assert spans == [(4, 4 + len(joint.join(digits)))]


@given(st.text(max_size=200))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in bsn_spans(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("bel maar: 06-12345071.", "06-12345071"),
        ("het is 06 12 34 50 88", "06 12 34 50 88"),
        ("het is +31 6 12345 091, hoor", "+31 6 12345 091"),
        ("een vaste lijn, 0511-555 063", "0511-555 063"),
        ("088-555 01 23", "088-555 01 23"),
        ("nul zes, twaalf, vierendertig, vijfenzestig, tien", "nul zes, twaalf, vierendertig, vijfenzestig, tien"),
        (
            "plus eenendertig, zes, twaalf, drie vijfenveertig, acht",
            "plus eenendertig, zes, twaalf, drie vijfenveertig, acht",
        ),
    ],
)
def test_a_telephone_number_is_found(text: str, words: str) -> None:
    assert seen(text) == [(Kind.PHONE, words)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("op NL13 TEST 0123 4567 89 graag", Kind.IBAN, "NL13 TEST 0123 4567 89"),
        ("op NL56FICT0311908877 graag", Kind.IBAN, "NL56FICT0311908877"),
        ("mijn oude rekening was 1234567", Kind.IBAN, "1234567"),
        ("3199 XZ is het", Kind.POSTCODE, "3199 XZ"),
        ("postcode 3199 xz", Kind.POSTCODE, "3199 xz"),
        ("mijn postcode is eenendertig negenennegentig x z", Kind.POSTCODE, "eenendertig negenennegentig x z"),
        ("de bus, AE-12-OU, weet ik nog", Kind.LICENSE_PLATE, "AE-12-OU"),
        ("kenteken AE 12 OU", Kind.LICENSE_PLATE, "AE 12 OU"),
        ("m'n klantnummer is WH 20931", Kind.CLIENT_NO, "WH 20931"),
        ("dossier 84-1127, dat weet ik", Kind.CLIENT_NO, "84-1127"),
        ("m'n klantnummer is zeven nul een acht", Kind.CLIENT_NO, "zeven nul een acht"),
        ("mail naar anja.x@postvak.example.", Kind.EMAIL, "anja.x@postvak.example"),
        ("het is anja punt bos apenstaartje gmail punt com", Kind.EMAIL, "anja punt bos apenstaartje gmail punt com"),
        ("mail is anja.bos bij gmail punt com", Kind.EMAIL, "anja.bos bij gmail punt com"),
        ("volg me op @halfelf.jay", Kind.USERNAME, "@halfelf.jay"),
        ("videobellen met esra_riet", Kind.USERNAME, "esra_riet"),
    ],
)
def test_a_number_or_address_of_one_person_is_found(text: str, kind: Kind, words: str) -> None:
    assert seen(text) == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "in 2016 en 2018, van 13.30 tot 16.15 uur",
        "het duurde 43 weken en kostte 1.200 euro",
        "artikel 17, lijn 43, kamer 12",
        "een, twee, drie, vier, vijf, zes, zeven",
        "bel 112 of 14 030",
        "15 procent van 120 mensen",
        "dat is punt twee van de lijst",
    ],
)
def test_counts_money_and_years_are_left_alone(text: str) -> None:
    assert seen(text) == []


def test_a_number_is_known_by_what_was_asked_just_before() -> None:
    assert seen("Dat is 40077812.", before="Je klantnummer weet je niet?") == [(Kind.CLIENT_NO, "40077812")]
    assert seen("310784562, ofzo.", before="En wat is uw BSN?") == [(Kind.BSN, "310784562")]


def test_spoken_repetitions_are_written_out() -> None:
    assert digit_runs("nul zes, dubbel vier, drie nullen, twaalf")[0].digits == "064400012"
