"""The reading aid: what it points at in a Dutch text, and what it leaves alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from coding.starter import start_guide_text
from interviews.plainlanguage import AVOID, ENGLISH, HARD, Kind, check, mean_words, sentences


def kinds(text: str, **options: bool) -> list[Kind]:
    """What was found, in order."""
    return [one.kind for one in check(text, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hoe ging het? En daarna?", [3, 2]),
        ("Kies eerst een datum. Dan kun je verder.", [4, 4]),
        ("Bel bijv. Hanneke om 14.05 uur. Zij helpt.", [6, 2]),
        ("Dat is o.a. voor mevr. J. Jansen.", [7]),
        ("Eerste regel\nTweede regel", [2, 2]),
        ("Hij zei: ‘Kom maar.’ Ik ging.", [4, 2]),
        ("%(name)s werkt nu aan {count} teksten.", [6]),
        ("Is dat zo?! Ja…", [3, 1]),
        ("…", []),
        ("", []),
    ],
)
def test_a_text_is_cut_into_sentences_as_people_do(text: str, expected: list[int]) -> None:
    assert [one.words for one in sentences(text)] == expected


def test_a_long_sentence_gets_a_hint_and_a_longer_one_is_too_long() -> None:
    assert kinds("een " * 15) == []
    assert kinds("een " * 16) == [Kind.LONG]
    assert kinds("een " * 21) == [Kind.TOO_LONG]
    assert mean_words("Een twee drie. Vier.") == 2
    assert mean_words("") == 0


@pytest.mark.parametrize(
    ("text", "kind", "words", "better"),
    [
        ("Je kunt dit uploaden.", Kind.AVOID, "uploaden", "toevoegen"),
        ("Welk fragment kies je?", Kind.AVOID, "fragment", "stuk tekst"),
        ("Met deze segmenten.", Kind.AVOID, "segmenten", "stuk tekst"),
        ("De informed consent.", Kind.AVOID, "informed consent", "toestemming"),
        ("Tevens kun je bellen.", Kind.HARD_WORD, "Tevens", "ook"),
        ("Wij hebben dat geïmplementeerd.", Kind.HARD_WORD, "geïmplementeerd", "invoeren"),
        ("Met betrekking tot je brief.", Kind.HARD_WORD, "Met betrekking tot", "over"),
        ("Morgen is de meeting.", Kind.ENGLISH, "meeting", "bijeenkomst"),
    ],
)
def test_a_hard_word_is_named_with_an_easier_one(text: str, kind: Kind, words: str, better: str) -> None:
    found = [one for one in check(text) if one.kind is kind]
    assert [(one.words, one.better) for one in found] == [(words, better)]
    assert text[found[0].start : found[0].end] == words


@pytest.mark.parametrize(
    "text",
    [
        "Je kunt hier de opname toevoegen.",
        "Wat gebeurt er met je gesprekken in de gemeente?",
        "Als je wilt, kun je later verder.",
        "Dat mag. Of wil je een andere dag?",
        "Het wordt een lang gesprek over geld.",
        "Neem een kaartje of een brief mee.",
        "Er staan %(score)s teksten klaar, van {unit}.",
    ],
)
def test_plain_dutch_is_left_alone(text: str) -> None:
    assert check(text) == []


def test_one_subordinate_clause_is_fine_and_two_are_not() -> None:
    assert kinds("Ik bel omdat het moet.") == []
    assert kinds("Ik bel omdat het moet, zodat je weet dat het kan.") == [Kind.CLAUSES]


def test_a_sentence_that_hides_who_does_it_gets_a_hint() -> None:
    assert kinds("De tekst wordt bewaard.") == [Kind.PASSIVE]
    assert kinds("De brieven werden door ons verstuurd.") == [Kind.PASSIVE]
    assert kinds("Wij bewaren de tekst.") == []


def test_je_and_u_do_not_stand_in_one_text() -> None:
    assert kinds("Wilt u dat je moeder komt?") == [Kind.MIXED_ADDRESS]
    assert kinds("Wat wil je?", formal=True) == [Kind.WRONG_ADDRESS]
    assert kinds("Wat wilt u?", formal=False) == [Kind.WRONG_ADDRESS]
    assert kinds("Wat wilt u?", formal=True) == kinds("Wat wil je?", formal=False) == []


def test_the_start_guide_reads_easily() -> None:
    document = yaml.safe_load(start_guide_text())
    rows = [*document["opening"], *(one for rows in document["topics"].values() for one in rows), *document["closing"]]
    hard = {Kind.TOO_LONG, Kind.AVOID, Kind.HARD_WORD, Kind.ENGLISH, Kind.MIXED_ADDRESS, Kind.WRONG_ADDRESS}
    for row in rows:
        for form, formal in (("je", False), ("u", True)):
            assert [one for one in check(row[form], formal=formal) if one.kind in hard] == [], row[form]


def test_no_easier_word_is_itself_a_word_to_avoid() -> None:
    for better in (*AVOID.values(), *HARD.values(), *ENGLISH.values()):
        assert [one for one in check(better) if one.kind in (Kind.AVOID, Kind.ENGLISH)] == [], better


@given(st.text(alphabet="abc .?!\n…%(){}s’“éU", max_size=80))
def test_every_finding_lies_in_the_text(text: str) -> None:
    for one in check(text):
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.words
    parts = sentences(text)
    assert all(before.end <= after.start for before, after in pairwise(parts))
