"""Putting other words in the place of identifying words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.detect.findings import IdentifierType as Kind
from interviews.hidden import OMITTED
from interviews.names.choices import choices, dates, with_province
from interviews.names.who import role_at, role_of, says_own_name
from interviews.pseudonyms import (
    NEUTRAL_NAMES,
    OMITTED_LABEL,
    Replacement,
    is_general,
    propose_replacement,
    replace,
)


def test_a_person_gets_a_first_name_that_nobody_in_the_project_has() -> None:
    raw = set(NEUTRAL_NAMES[:60])
    name = propose_replacement(Kind.PERSON, taken={NEUTRAL_NAMES[60]}, raw_words=raw, seed=3)
    assert name in set(NEUTRAL_NAMES) - raw - {NEUTRAL_NAMES[60]}


def test_the_comparison_with_raw_words_does_not_look_at_capitals() -> None:
    lowered = {name.lower() for name in NEUTRAL_NAMES if name != "Merel"}
    assert propose_replacement(Kind.PERSON, raw_words=lowered) == "Merel"


def test_the_same_seed_gives_the_same_name() -> None:
    assert propose_replacement(Kind.PERSON, seed=7) == propose_replacement(Kind.PERSON, seed=7)
    assert len({propose_replacement(Kind.PERSON, seed=seed) for seed in range(20)}) > 5


def test_when_the_names_run_out_people_are_numbered() -> None:
    assert propose_replacement(Kind.PERSON, taken={*NEUTRAL_NAMES, "[persoon 1]"}) == "[persoon 2]"


def test_somebody_in_the_story_may_be_called_by_a_role() -> None:
    assert propose_replacement(Kind.PERSON, role="zoon") == "[zoon]"
    assert propose_replacement(Kind.PLACE, role="gemeente") == "[gemeente]"


@pytest.mark.parametrize(
    ("words", "band"),
    [
        ("43", "[veertiger]"),
        ("drieënveertig", "[veertiger]"),
        ("zestien", "[tiener]"),
        ("zes", "[kind]"),
        ("zeven maanden", "[heel jong kind]"),
        ("58 jaar", "[vijftiger]"),
        ("47-jarige", "[veertiger]"),
        ("drieëntwintigste", "[twintiger]"),
        ("104", "[heel oud]"),
        ("oud", "[leeftijd]"),
    ],
)
def test_an_age_becomes_a_band(words: str, band: str) -> None:
    assert propose_replacement(Kind.AGE, words=words) == band


def test_every_kind_has_words_in_brackets_or_a_name() -> None:
    for kind in Kind:
        proposal = propose_replacement(kind)
        assert proposal in NEUTRAL_NAMES if kind is Kind.PERSON else (proposal[0], proposal[-1]) == ("[", "]")
    assert propose_replacement(Kind.BSN) == "[BSN weggehaald]"


def test_overlapping_and_outside_replacements_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        replace("Anja Bos", [Replacement(0, 5, "x"), Replacement(4, 8, "y")])
    with pytest.raises(ValueError, match="outside"):
        replace("Anja", [Replacement(2, 9, "x")])
    with pytest.raises(ValueError, match="not a span"):
        Replacement(3, 3, "x")


def test_a_span_that_touches_a_replaced_name_widens_to_the_whole_name() -> None:
    done = replace("Ik ben Anja hoor", [Replacement(7, 11, "Merel")])
    assert done.text == "Ik ben Merel hoor"
    assert done.to_new(9, 16) == (7, 17)
    assert done.to_new(0, 6) == (0, 6)
    assert done.to_new(12, 16) == (13, 17)
    assert done.to_old(8, 10) == (7, 11)
    assert done.to_new(3, 7) == (3, 7)


@st.composite
def replaced_texts(draw: st.DrawFn) -> tuple[str, list[Replacement]]:
    text = draw(st.text(min_size=1, max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=10)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [Replacement(start, end, draw(st.text(max_size=8))) for start, end in pairs]


@given(replaced_texts())
def test_words_outside_the_replacements_stay_as_they_are(case: tuple[str, list[Replacement]]) -> None:
    text, replacements = case
    done = replace(text, replacements)
    old, new = 0, 0
    for old_start, old_end, new_start, new_end in done.spans:
        assert text[old:old_start] == done.text[new:new_start]
        old, new = old_end, new_end
    assert text[old:] == done.text[new:]


@given(replaced_texts())
def test_every_replacement_stands_where_the_words_stood(case: tuple[str, list[Replacement]]) -> None:
    text, replacements = case
    done = replace(text, replacements)
    for each, span in zip(sorted(replacements), done.spans, strict=True):
        assert done.text[span[2] : span[3]] == each.text


@given(replaced_texts(), st.data())
def test_places_keep_their_order(case: tuple[str, list[Replacement]], data: st.DataObject) -> None:
    text, replacements = case
    done = replace(text, replacements)
    one, other = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    start, end = done.to_new(one, other)
    assert 0 <= start <= end <= len(done.text)
    assert done.to_new(one, len(text))[0] <= done.to_new(other, len(text))[0]


@given(replaced_texts(), st.data())
def test_a_span_outside_the_replacements_comes_back(case: tuple[str, list[Replacement]], data: st.DataObject) -> None:
    text, replacements = case
    done = replace(text, replacements)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if all(each.end <= start or end <= each.start for each in replacements):
        new = done.to_new(start, end)
        assert done.text[new[0] : new[1]] == text[start:end]
        assert done.to_old(*new) == (start, end)


# What else one may choose


def texts(kind: Kind, words: str) -> list[str]:
    return [choice.text for choice in choices(kind, words)]


def test_children_and_colleagues_may_be_called_by_who_they_are() -> None:
    assert {"[mijn dochter]", "[een collega]"} <= set(texts(Kind.PERSON, "Fatma"))


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        (Kind.ADDRESS, "[een straat]"),
        (Kind.LOCATION, "[een wijk in de stad]"),
        (Kind.PLACE, "[een dorp]"),
        (Kind.PLACE, "[een stad]"),
        (Kind.ORG, "[een school]"),
    ],
)
def test_a_place_is_said_by_what_kind_of_place_it_is(kind: Kind, level: str) -> None:
    assert level in texts(kind, "Wilgenburg")


def test_a_village_or_a_town_may_have_its_province_and_nothing_else_has() -> None:
    assert with_province("[een dorp]", "Drenthe") == "[een dorp in Drenthe]"
    assert with_province("[een dorp]", "Atlantis") == "[een dorp]"
    assert with_province("[een straat]", "Drenthe") == "[een straat]"


@pytest.mark.parametrize(
    ("words", "levels"),
    [
        ("12 maart 2021", ["maart 2021", "het eerste kwartaal van 2021", "2021"]),
        ("3-11-2019", ["november 2019", "het vierde kwartaal van 2019", "2019"]),
        ("twaalf mei", ["mei", "het tweede kwartaal"]),
        ("2018", ["2018"]),
        ("gisteren", []),
        ("31-13", []),
    ],
)
def test_a_date_is_said_by_month_quarter_or_year(words: str, levels: list[str]) -> None:
    assert dates(words) == levels


def test_an_age_is_offered_as_a_band() -> None:
    assert texts(Kind.AGE, "43") == ["[veertiger]", "[leeftijd]", "[weggelaten]"]


def test_every_kind_can_be_left_out_and_says_nothing_about_anybody() -> None:
    for kind in Kind:
        offered = texts(kind, "iets")
        assert offered[-1] == "[weggelaten]"
        assert len(offered) == len(set(offered))
        assert all(text.startswith("[") and text.endswith("]") for text in offered)


def test_general_words_are_known_as_such() -> None:
    assert all(map(is_general, ("[plaats]", "[veertiger]", "[weggelaten]")))
    assert not is_general("[een bakker uit Almelo]")


def test_left_out_is_called_the_same_everywhere() -> None:
    assert OMITTED_LABEL == OMITTED


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("Ik ging met mijn dochter ⟦Rahel⟧ naar school.", "mijn dochter"),
        ("M'n jongste zoontje, ⟦Yonas⟧, sliep.", "mijn zoon"),
        ("Onze kleinzoon ⟦Bram⟧ komt vaak.", "mijn kleinkind"),
        ("En de baby, ⟦Yonas⟧, huilde.", "een kind"),
        ("Haar dochter ⟦Iris⟧ weet dat.", "een kind"),
        ("De buurvrouw ⟦Truus⟧ paste op.", "een buur"),
        ("Mijn nieuwe collega ⟦Joost⟧ nam het over.", "een collega"),
        ("Mijn zus ⟦Annelies⟧ hielp.", None),
        ("Mijn dochter belde, en ⟦Joyce⟧ nam op.", None),
        ("Ik had ⟦Joyce⟧ gebeld.", None),
    ],
)
def test_children_neighbours_and_colleagues_are_known_by_the_words_before_their_name(
    said: str, role: str | None
) -> None:
    assert role_at(said.replace("⟦", "").replace("⟧", ""), said.index("⟦")) == role


def test_a_second_daughter_is_not_the_first_one() -> None:
    said = "Mijn dochter Rahel en"
    place = (said, said.index("Rahel"))
    assert role_of([place], ()) == "mijn dochter"
    assert role_of([("Zij heet Rahel.", 9), place], {"[mijn dochter]", "[mijn dochter 2]"}) == "mijn dochter 3"
    assert role_of([], ()) is None


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("Ik ben ⟦Selam⟧ en ik kom uit Eritrea.", True),
        ("Ik heet dus ⟦Selam⟧.", True),
        ("Mijn naam is ⟦Selam Tesfay⟧.", True),
        ("⟦Selam⟧ is mijn naam.", True),
        ("Iedereen noemt me ⟦Sel⟧.", True),
        ("Mijn zoon heet ⟦Selam⟧.", False),
        ("Ik ben ⟦Gerda⟧'s zoon.", False),
        ("Ik ben bij ⟦Gerda⟧ geweest.", False),
    ],
)
def test_who_introduces_themselves_is_heard_however_they_say_it(said: str, own: bool) -> None:
    start, end = said.index("⟦"), said.index("⟧") - 1
    assert says_own_name(said.replace("⟦", "").replace("⟧", ""), start, end) is own


def test_a_name_alone_is_ones_own_when_it_was_asked_for() -> None:
    assert says_own_name("Selam. Met een s.", 0, 5, asked="Hoe heet je?")
    assert says_own_name("Ja, Selam dus.", 4, 9, asked="Goed. Wat is uw naam?")
    assert not says_own_name("Selam. Met een s.", 0, 5, asked="Hoe gaat het?")
    assert not says_own_name("Dat weet Selam wel.", 9, 14, asked="Hoe heet je?")
