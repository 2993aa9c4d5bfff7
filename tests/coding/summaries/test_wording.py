"""Report prose: every sentence in both languages, numbers as people say them."""

from __future__ import annotations

import datetime as dt
import re
import string

import pytest

from coding.summaries import wording
from coding.summaries.material import Side
from coding.summaries.wording import Words
from interviews.detect.findings import IdentifierType
from interviews.models.interview import Status
from interviews.scopes import Scope

CLIENTS = Words("cliënt", "cliënten")


def test_both_languages_say_the_same_things_with_the_same_fields() -> None:
    dutch, english = wording.CATALOGUES["nl"], wording.CATALOGUES["en"]
    assert dutch.keys() == english.keys()
    for key in dutch:
        fields = [
            {name for _, name, _, _ in string.Formatter().parse(catalogue[key]) if name}
            for catalogue in (dutch, english)
        ]
        assert fields[0] == fields[1], key


def test_a_sentence_is_short_enough_to_follow() -> None:
    for key, text in wording.CATALOGUES["nl"].items():
        for sentence in re.split(r"(?<=[.:?;])\s", text):
            assert len(sentence.split()) <= 20, key
        assert "!" not in text
        assert "%" not in text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_kind_scope_and_side_has_its_words(language: str) -> None:
    for kind in IdentifierType:
        assert wording.identifier(kind, 1, language)
        assert wording.identifier(kind, 2, language)
    assert all(wording.scope(scope, language) for scope in Scope)
    assert all(wording.side(side, language) for side in Side)


@pytest.mark.parametrize(
    ("n", "of", "said"),
    [
        (5, 8, "in 5 van de 8 gesprekken met cliënten"),
        (0, 8, "in geen van de 8 gesprekken met cliënten"),
        (1, 1, "in het ene gesprek met een cliënt"),
        (0, 1, "niet in het ene gesprek met een cliënt"),
    ],
)
def test_counts_are_told_and_never_a_percentage(n: int, of: int, said: str) -> None:
    assert wording.out_of(n, of, CLIENTS, "nl") == said


def test_dates_lengths_and_lists_read_as_people_say_them() -> None:
    assert wording.long_date(dt.date(2024, 3, 12), "nl") == "dinsdag 12 maart 2024"
    assert wording.duration(3_900_000, "nl") == "1 uur en 5 minuten"
    assert wording.duration(20_000, "nl") == "minder dan 1 minuut"
    assert wording.enumeration(["a", "b", "c"], "nl") == "a, b en c"
    assert wording.number(12_400, "nl") == "12.400"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_where_an_interview_stands_is_said_in_words(language: str) -> None:
    for status in Status:
        assert wording.status(status.value, language)


def test_a_file_that_does_not_say_who_interviewed_had_an_interviewer() -> None:
    assert wording.interviewer("peer", "nl") == "1 interviewer met eigen ervaring"
    assert wording.interviewer("", "nl") == "1 interviewer"
    assert wording.interviewer("buurman", "en") == "1 interviewer"


def test_a_project_may_use_its_own_word_for_people() -> None:
    own = {"client": ("inwoner", "inwoners")}
    assert wording.perspective("client", "nl", own) == Words("inwoner", "inwoners")
    assert wording.perspective("somebody new", "nl").singular == "geïnterviewde"
