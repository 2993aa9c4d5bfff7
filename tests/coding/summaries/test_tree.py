"""A report that breaks a house rule cannot be made."""

from __future__ import annotations

import datetime as dt

import pytest

from coding.summaries.blocks import (
    Bar,
    Block,
    Bullets,
    Chart,
    Heading,
    Landscape,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    given,
    runs,
)
from coding.summaries.tree import Cover, Kind, Summary

NOW = dt.datetime(2024, 11, 19, tzinfo=dt.UTC)
WORDS = Paragraph(runs("Er is gelachen."))
TABLE = Table(("Thema", "Aantal"), (("Stress", "2"),))


def _summary(*blocks: Block) -> Summary:
    return Summary(Kind.TEAM, "Gesprek", "", "Project", "nl", NOW, Cover(), blocks)


@pytest.mark.parametrize(
    ("blocks", "fault"),
    [
        ((Heading(1, "A"), WORDS, Heading(3, "B"), WORDS), "jumps"),
        ((Heading(2, "A"), WORDS), "jumps"),
        ((Heading(1, "A"), Heading(1, "B"), WORDS), "empty"),
        ((Heading(1, "A"), WORDS, Heading(2, "B")), "empty"),
        ((Heading(1, "A"), WORDS, Heading(2, "B"), PageBreak(), Heading(1, "C"), WORDS), "empty"),
        ((Heading(1, "A"), Landscape((Heading(2, "B"),))), "empty"),
        ((Heading(1, " "), WORDS), "empty"),
        ((Bullets((runs("een"), runs(" "))),), "empty item"),
        ((Chart("Hoe vaak", (Bar("Stress", 2),), " ", TABLE),), "alternative text"),
        ((Chart("Hoe vaak", (), "Een staaf.", TABLE),), "no bars"),
        ((Table(("A", "B"), (("1",),)),), "different length"),
        ((Table(("A",), ()),), "no rows"),
        ((Table(("A", " "), (("1", "2"),)),), "without a title"),
        ((Quote("‘Ja.’", " "),), "source"),
        ((Paragraph(runs("Beste {naam},")),), "placeholder"),
        ((Paragraph(runs("TODO: aanvullen")),), "placeholder"),
        ((Paragraph(runs("Lorem ipsum dolor")),), "placeholder"),
        ((), "says nothing"),
    ],
)
def test_a_tree_that_breaks_a_rule_is_refused(blocks: tuple[Block, ...], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        _summary(*blocks)


def test_chapters_with_sections_are_fine() -> None:
    assert _summary(Heading(1, "A"), Heading(2, "B"), WORDS, Heading(3, "C"), TABLE, Heading(1, "D"), WORDS)


def test_people_may_write_what_they_like() -> None:
    assert _summary(Quote("‘Ik dacht {dit} is een TODO.’", "— Merel"), Paragraph((given("{zo} staat het er"),)))


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Summary(Kind.TEAM, "T", "", "P", "nl", NOW.replace(tzinfo=None), Cover(), (WORDS,))
