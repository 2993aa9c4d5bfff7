"""The name finder on sentences, on made-up interviews and on the gold interviews."""

from __future__ import annotations

import importlib.util
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.detect.finder import default_finder
from interviews.detect.findings import Finding
from interviews.detect.findings import IdentifierType as Kind
from interviews.turns import Turn

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT / ".." / "shared"


def find(*texts: str, keep: tuple[str, ...] = ()) -> list[Finding]:
    return default_finder().find([Turn(None, text) for text in texts], keep=keep)


def seen(*texts: str, keep: tuple[str, ...] = ()) -> list[tuple[Kind, str]]:
    return [(each.type, texts[each.span.turn][each.span.start : each.span.end]) for each in find(*texts, keep=keep)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Ik ben Anja ter Horst en dat is goed.", Kind.PERSON, "Anja ter Horst"),
        ("Toen kwam mevrouw Bosma binnen.", Kind.PERSON, "Bosma"),
        ("Het was meneer van den Berg.", Kind.PERSON, "van den Berg"),
        ("Die zoon van mij, Daan, zit op school.", Kind.PERSON, "Daan"),
        ("M'n buurvrouw, Hennie, ging mee.", Kind.PERSON, "Hennie"),
        ("Ik ben Fatiha El Ouardi.", Kind.PERSON, "Fatiha El Ouardi"),
        ("Zij heet Nguyen Thi Lan.", Kind.PERSON, "Nguyen Thi Lan"),
        ("Dank je wel, Selam.", Kind.PERSON, "Selam"),
        ("Toen belde Xandrino mij op.", Kind.PERSON, "Xandrino"),
        ("ik heet anja, hoor", Kind.PERSON, "anja"),
        ("volgens mevrouw bosma mag dat", Kind.PERSON, "bosma"),
        ("Dat is Marloes' kamer.", Kind.PERSON, "Marloes"),
        ("Anja's brief lag er nog.", Kind.PERSON, "Anja"),
        ("Ik woon hier in Tilburg.", Kind.PLACE, "Tilburg"),
        ("Ik woon hier in Wizelbrugge.", Kind.PLACE, "Wizelbrugge"),
        ("Ik werk bij de gemeente Borkerveld.", Kind.PLACE, "Borkerveld"),
        ("ik woon in tilburg", Kind.PLACE, "tilburg"),
        ("Ik kom uit de Kruidenbuurt.", Kind.LOCATION, "Kruidenbuurt"),
        ("Dat was in het buurthuis, De Turfschuur.", Kind.LOCATION, "De Turfschuur"),
        ("Ik woon aan de Wolkenmakerstraat 112.", Kind.ADDRESS, "Wolkenmakerstraat 112"),
        ("Ik woon aan de Dorpsstraat nummer twaalf.", Kind.ADDRESS, "Dorpsstraat nummer twaalf"),
        ("Wij zitten op het Plein 1830 nummer 4.", Kind.ADDRESS, "Plein 1830 nummer 4"),
        ("Ik zat in de zorg, bij Zorggroep De Wieken.", Kind.ORG, "Zorggroep De Wieken"),
        ("Mijn zoon zit op het Maaslandcollege.", Kind.ORG, "Maaslandcollege"),
        ("Ik heb gewerkt bij Bakkerij Oudewaal.", Kind.ORG, "Bakkerij Oudewaal"),
        ("Ik ben begeleid door Kwintes.", Kind.ORG, "Kwintes"),
        ("Ik ben drieënveertig, ik heb een gezin.", Kind.AGE, "drieënveertig"),
        ("Mijn zoon van zes kan dat.", Kind.AGE, "zes"),
        ("Hij is zeven maanden.", Kind.AGE, "zeven maanden"),
        ("Mijn moeder is 78 jaar oud.", Kind.AGE, "78 jaar oud"),
        ("Het is vandaag 3 april 2024.", Kind.DATE, "3 april 2024"),
        ("Ik ben van vier mei negentienzevenenzestig.", Kind.DATE, "vier mei negentienzevenenzestig"),
        ("Ik ben geboren in 1967.", Kind.DATE, "1967"),
    ],
)
def test_what_points_at_somebody_is_proposed(text: str, kind: Kind, words: str) -> None:
    assert (kind, words) in seen(text)


@pytest.mark.parametrize(
    "text",
    [
        "De UWV en DUO en de Belastingdienst zeiden hetzelfde.",
        "Volgens de Participatiewet moet de gemeente dat doen.",
        "In september was het 43 weken geleden, op een maandag.",
        "Wij spreken Arabisch, Turks en Nederlands.",
        "Ik heb WhatsApp en DigiD op mijn Samsung.",
        "Mark my words, zei hij.",
        "Wil je koffie? Door de regen kwam ik te laat. Mei was koud.",
        "Ze heeft drie kinderen en ze is twee keer gebeld.",
        "Het is zes uur. De helft is dertig.",
        "[lacht] [BSN weggehaald] [naam]",
        "Roos is mijn lievelingsbloem.",
        "Ik ben vader van drie, en moeder van alles.",
        "Sollicitatiegesprekken! Schuldhulpverlening! Vrijwilligerswerk!",
        "Hij sprak Frans, in het Frans dus.",
    ],
)
def test_what_points_at_nobody_is_left_alone(text: str) -> None:
    assert [each for each in seen(text) if each[1] != "Mark"] == []


def test_somebody_is_asked_an_age_and_says_only_the_number() -> None:
    assert seen("Hoe oud ben je?", "Vijfenveertig. En jij?") == [(Kind.AGE, "Vijfenveertig")]


def test_a_person_keeps_one_key_by_full_name_first_name_and_title() -> None:
    findings = find("Ik ben Anja ter Horst.", "Dag mevrouw ter Horst.", "Dank je, Anja.", "Dat was Anja's idee.")
    assert {each.entity for each in findings} == {"PERSON-1"}
    assert len(findings) == 4


def test_a_first_name_that_two_people_share_stays_on_its_own() -> None:
    entities = [each.entity for each in find("Dat was Anja Bosma, met Anja de Wit.", "En toen zei Anja niks.")]
    assert len(set(entities)) == 3


def test_a_nickname_that_is_announced_is_the_same_person() -> None:
    entities = [each.entity for each in find("Ik ben Jairo Ramdin, maar iedereen zegt Jay.", "Dank je, Jay.")]
    assert set(entities) == {"PERSON-1"}


def test_the_same_age_in_digits_and_words_is_one_thing() -> None:
    assert {each.entity for each in find("Ik ben 43, hoor.", "Ik ben drieënveertig.")} == {"AGE-1"}


def test_keys_never_hold_the_words_themselves() -> None:
    for each in find("Ik ben Anja ter Horst uit Tilburg, 43 jaar, bel 06-12345071."):
        assert each.entity.rpartition("-")[0] == each.type.value


def test_a_name_found_inside_a_sentence_is_found_at_the_start_of_one_too() -> None:
    found = seen("Ik zei het tegen Roos en zij lachte.", "Roos zei niks.", "roos ruikt lekker")
    assert found == [(Kind.PERSON, "Roos"), (Kind.PERSON, "Roos")]


def test_a_name_typed_without_a_capital_is_found_when_it_was_named_before() -> None:
    assert (Kind.PERSON, "xandrino") in seen("Toen belde Xandrino mij op.", "en xandrino lachte")


def test_a_real_name_as_speaker_label_is_known_in_the_text() -> None:
    turns = [Turn("Roos Jansen", "Zo."), Turn("R", "Roos vroeg dat ook.")]
    assert [each.type for each in default_finder().find(turns)] == [Kind.PERSON]


def test_chosen_pseudonyms_are_not_proposed() -> None:
    assert seen("Ik ben Merel en dit is Anja.", keep=("merel",)) == [(Kind.PERSON, "Anja")]


def test_proposals_are_sorted_and_share_no_character() -> None:
    findings = find("Ik ben Anja ter Horst, 43, uit Tilburg, 06-12345071, 3199 XZ, anja@postvak.example.")
    spans = [each.span for each in findings]
    assert spans == sorted(spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(0 < each.score <= 1 for each in findings)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet=st.characters(blacklist_characters="\n"), max_size=80), max_size=4))
def test_any_text_at_all_gives_spans_inside_its_turns(texts: list[str]) -> None:
    for each in find(*texts):
        assert each.span.end <= len(texts[each.span.turn])
        assert texts[each.span.turn][each.span.start : each.span.end].strip()


def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("names_benchmark", ROOT / "benchmarks" / "names.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["names_benchmark"] = module
    spec.loader.exec_module(module)
    return module


def test_names_that_no_list_holds_are_found_by_what_stands_around_them() -> None:
    figures = benchmark().score(6)
    assert figures["recall"] >= 0.97
    assert figures["typed"] >= 0.90
    assert figures["precision"] >= 0.95


@pytest.mark.parametrize("folder", ["transcripts", "training/interviews"])
def test_the_gold_interviews_are_found_as_promised(folder: str) -> None:
    if not (SHARED / folder).is_dir():
        pytest.skip("the gold interviews are not here")
    figures = benchmark().gold_score(SHARED / folder)
    assert figures["recall"] >= 0.97
    assert figures["typed"] >= 0.90
    assert figures["precision"] >= 0.85
