"""A codebook travels as YAML: what is written comes back, what is wrong is named with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.formats import codebook_yaml
from coding.lexicon import Indicators, Lexicon, ThemeEntry, ThemeGroup
from coding.starter import start_guide_text, start_indicators, start_lexicon
from interviews.errors import Invalid

SMALL = """\
schema: par-codebook/1
id: klein
version: 0.10
title: Klein codeboek
groups:
  - {id: bel, name: Belemmerend}
codes:
  - id: bel.stress
    group: bel
    name: Stress
    lemmas: [stress, no, 1e3]
"""

_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff\ufffe\uffff"))
_WORDS = st.lists(_TEXT, max_size=3).map(tuple)
_ID = st.from_regex(r"[a-z][a-z0-9_.]{0,12}", fullmatch=True)


@st.composite
def lexicons(draw: st.DrawFn) -> Lexicon:
    """Any codebook a team could make."""
    groups = draw(st.lists(_ID, min_size=1, max_size=3, unique=True))
    themes = draw(st.lists(_ID, max_size=4, unique=True))
    return Lexicon(
        id=draw(_ID),
        version=draw(_TEXT),
        title=draw(_TEXT),
        research_question=draw(_TEXT),
        coding_rules=draw(_WORDS),
        knowledge_sources=draw(_WORDS),
        seeds=draw(st.dictionaries(_ID, _TEXT, max_size=2)),
        fields=draw(st.dictionaries(_ID, _WORDS, max_size=2)),
        groups=tuple(
            ThemeGroup(group, draw(_TEXT), draw(_TEXT), "#8A1538", draw(st.booleans()), draw(st.booleans()))
            for group in groups
        ),
        themes=tuple(
            ThemeEntry(
                theme,
                draw(st.sampled_from(groups)),
                draw(_TEXT),
                definition=draw(_TEXT),
                exclude=draw(_TEXT),
                level=draw(_TEXT),
                sub_labels=draw(_WORDS),
                tensions=draw(_WORDS),
                indicators=Indicators(draw(_WORDS), draw(_WORDS), draw(_WORDS), draw(_WORDS), draw(_WORDS)),
            )
            for theme in themes
        ),
    )


def refusal(text: str) -> Invalid:
    """Return why the text was refused."""
    with pytest.raises(Invalid) as caught:
        codebook_yaml.read(text)
    return caught.value


@given(lexicons())
def test_every_codebook_comes_back_as_it_was_written(lexicon: Lexicon) -> None:
    assert codebook_yaml.read(codebook_yaml.write(lexicon)) == lexicon


def test_the_start_codebook_has_38_themes_in_five_groups_and_survives_the_journey() -> None:
    lexicon = start_lexicon()
    assert len(lexicon.themes) == 38
    assert [group.id for group in lexicon.groups] == ["bel", "sys", "hlp", "wrd", "idee"]
    assert lexicon.theme("bel.stress").indicators.lemmas[0] == "stress"
    assert lexicon.group("bel").colour == "#8A1538"
    assert codebook_yaml.read(codebook_yaml.write(lexicon)) == lexicon


def test_the_further_indicators_belong_to_themes_of_the_start_codebook() -> None:
    known = {theme.id for theme in start_lexicon().themes}
    further = start_indicators()
    assert set(further.themes) <= known
    named = {
        word.strip()[1:]
        for indicators in further.themes.values()
        for combo in indicators.combos
        for side in combo.split("&")
        for word in side.split("|")
        if word.strip().startswith("@")
    }
    assert named <= set(further.fields)


def test_the_start_guide_is_there() -> None:
    assert start_guide_text().startswith("# Startgids")


def test_words_stay_words() -> None:
    lexicon = codebook_yaml.read(SMALL)
    assert lexicon.version == "0.10"
    assert lexicon.theme("bel.stress").indicators.lemmas == ("stress", "no", "1e3")


def test_a_broken_file_is_refused_with_the_line_to_look_at() -> None:
    found = refusal(SMALL + "    phrases: [niet, dicht\n  - id: x\n")
    assert found.key == "codebook.not_yaml"
    assert found.fields["line"] >= 11  # type: ignore[operator]


def test_a_misspelt_field_is_not_dropped_in_silence() -> None:
    found = refusal(SMALL + "    phrase: [niet geslapen]\n")
    assert (found.key, found.fields["field"], found.fields["line"]) == ("codebook.unknown_field", "phrase", 12)


def test_a_field_that_comes_twice_is_refused() -> None:
    found = refusal(SMALL + "    lemmas: [angst]\n")
    assert (found.key, found.fields["line"]) == ("codebook.field_twice", 12)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("codebook.theme_twice", SMALL + "  - {id: bel.stress, group: bel, name: Nog eens}\n"),
        ("codebook.no_such_group", SMALL + "  - {id: x, group: weg, name: Zonder groep}\n"),
        ("codebook.missing", SMALL + "  - {id: x, group: bel}\n"),
        ("codebook.missing", ""),
        ("codebook.missing", "id: a\ntitle: b\n"),
        ("codebook.wrong_schema", SMALL.replace("par-codebook/1", "par-guide/1")),
        ("codebook.wrong_shape", "- een\n- lijst\n"),
        ("codebook.wrong_shape", SMALL.replace("[stress, no, 1e3]", "stress")),
        ("codebook.not_yaml", "id: \x07"),
    ],
)
def test_what_is_wrong_has_its_own_name(key: str, text: str) -> None:
    assert refusal(text).key == key


def test_an_alias_bomb_is_refused_before_it_is_built() -> None:
    bomb = "a: &a [x,x]\n" + "".join(f"b{n}: &b{n} [*a,*a]\n" for n in range(50))
    assert refusal(bomb).key == "codebook.alias"


def test_deep_nesting_is_refused() -> None:
    assert refusal("id: " + "[" * 5000 + "]" * 5000).key == "codebook.too_deep"


def test_a_file_without_end_is_refused() -> None:
    assert refusal("id: " + "x" * 2_000_001).key == "codebook.too_big"


def test_no_tag_makes_an_object() -> None:
    assert refusal("!!python/object/apply:os.getcwd []").key == "codebook.wrong_shape"
