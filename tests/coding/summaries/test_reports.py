"""What the reports say, and in which order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.summaries import quotes
from coding.summaries.analysis import analysis_summary
from coding.summaries.blocks import Block, Heading, SideBySide, WritingLines, flat, words
from coding.summaries.codebook import codebook_report
from coding.summaries.material import (
    CodingWork,
    FileFacts,
    HiddenFacts,
    LineFacts,
    MemoFacts,
    Origin,
    PassageFacts,
    SuggestionCounts,
    TeamNotes,
)
from coding.summaries.overview import overview
from coding.summaries.sections import spread
from coding.summaries.team import team_summary
from coding.summaries.tree import Summary

if TYPE_CHECKING:
    from tests.coding.summaries.conftest import Small


def _said(summary: Summary) -> str:
    return "\n".join(words(summary.blocks))


def _headings(blocks: tuple[Block, ...], level: int = 1) -> list[str]:
    return [block.text for block in flat(blocks) if isinstance(block, Heading) and block.level == level]


def _team(small: Small, notes: TeamNotes | None = None, language: str = "nl") -> Summary:
    return team_summary(
        project=small.project,
        interview=small.joris,
        themes=small.themes,
        passages=small.passages,
        created=small.now,
        language=language,
        notes=notes or TeamNotes(),
    )


def _codebook(small: Small, work: CodingWork | None = None) -> Summary:
    return codebook_report(
        project=small.project,
        interviews=small.interviews,
        themes=small.themes,
        passages=small.passages,
        created=small.now,
        work=work or CodingWork(),
    )


def _file(small: Small) -> FileFacts:
    text = "Ik vertelde Karelina alles over de brief."
    return FileFacts(
        label="gesprek-1",
        interview=replace(small.merel, words=7, turns=1),
        lines=(LineFacts(1, "R", text),),
        hidden=(HiddenFacts(1, 12, 20, "PERSON", 1),),
        passages=(
            PassageFacts(
                "bel.stress", "D-07", "R", text, 1, 1, Origin.SUGGESTION, reason=("Karelina", "brief"), window=(3, 40)
            ),
        ),
        names={"PERSON": 1},
    )


def test_the_team_report_has_its_eight_parts_and_ends_with_the_accounts(small: Small) -> None:
    assert _headings(_team(small).blocks) == [
        "In het kort",
        "Verhaallijn",
        "Thema’s",
        "Wat ons opvalt",
        "Waar we het anders zien",
        "Wat we de volgende keer willen vragen",
        "Afspraken",
        "Toestemming in het kort",
        "Verantwoording",
    ]


def test_what_helps_stands_beside_what_hinders_and_before_it(small: Small) -> None:
    pair = next(block for block in _team(small).blocks if isinstance(block, SideBySide))
    assert pair.header == ("Wat helpt", "Wat het moeilijk maakt")
    left, right = pair.rows[0]
    assert "Echt luisteren" in "".join(words(left))
    assert "Stress en spanning" in "".join(words(right))
    chapters = _headings(_codebook(small).blocks)
    assert chapters.index("Wat helpt") < chapters.index("Wat het moeilijk maakt")


def test_the_system_is_told_apart_from_people(small: Small) -> None:
    assert "Wet, organisatie en omstandigheden" in _headings(_codebook(small).blocks)


def test_a_quote_is_literal_and_says_where_it_comes_from(small: Small) -> None:
    said = _said(_codebook(small))
    assert "‘Ik lag de hele nacht wakker van die brief.’" in said
    assert "— Merel, cliënt, gesprek D-07, regel 41–43" in said


def test_a_consulent_in_a_small_team_is_only_called_consulent(small: Small) -> None:
    said = _said(_codebook(small))
    assert "\n— consulent\n" in said
    assert "D-09, regel" not in said
    assert "het team is te klein" in said


def test_a_proposal_of_the_computer_is_not_a_theme_until_a_person_says_yes(small: Small) -> None:
    assert "Een gok" not in _said(_codebook(small))


def test_what_people_write_themselves_stays_theirs_to_write(small: Small) -> None:
    made = _team(small)
    by_hand = [block for block in flat(made.blocks) if isinstance(block, WritingLines)]
    assert len(by_hand) == 4
    assert "Schrijf hier op waar jullie iets anders in lezen." in _said(made)


def test_the_interviewers_own_words_and_shared_memos_are_in_the_team_report(small: Small) -> None:
    notes = TeamNotes(experience="Het was warm en stil.", memos=(MemoFacts("Let op de brief.", "onderzoeksteam"),))
    said = _said(_team(small, notes))
    assert "‘Het was warm en stil.’" in said
    assert "Let op de brief." in said


def test_a_fixed_way_of_coding_claims_no_score_that_nobody_computed(small: Small) -> None:
    fixed = replace(small, project=replace(small.project, coding_style="agreement"))
    said = _said(_codebook(fixed))
    assert "vaste omschrijvingen" in said
    assert "hoe vaak zij hetzelfde kozen" not in said


def test_readers_see_names_where_a_description_points_at_another_theme(small: Small) -> None:
    pointing = replace(small.themes[0], include="Ook hlp.luisteren.", exclude="Niet sys.caseload of bel.onbekend.")
    said = _said(_codebook(replace(small, themes=(pointing, *small.themes[1:]))))
    assert "Ook ‘Echt luisteren’." in said
    assert "Niet ‘Hoge caseload’ of bel.onbekend." in said


def test_answers_to_suggestions_are_told_per_theme(small: Small) -> None:
    work = CodingWork(suggestions=(SuggestionCounts("bel.stress", 9, 5, 3, 1),))
    assert "9 keer voor: 5 past wel, 3 past niet, 1 later" in _said(_codebook(small, work))


def test_without_any_interview_the_report_says_so(small: Small) -> None:
    made = codebook_report(
        project=small.project, interviews=(), themes=small.themes, passages=small.passages, created=small.now
    )
    assert "telt geen enkel gesprek mee" in _said(made)
    assert "wakker" not in _said(made)


def test_a_name_the_computer_found_is_not_in_the_summary(small: Small) -> None:
    said = _said(analysis_summary(project=small.project, file=_file(small), themes=small.themes, created=small.now))
    assert "Karelina" not in said
    assert "‘vertelde [persoon 1] alles over de brief’" in said
    assert "Waarom: ‘brief’" in said
    assert "nog niemand heeft ze bekeken" in said.lower()


def test_a_plain_file_that_says_nothing_of_its_interviewer_gets_its_summary(small: Small) -> None:
    file = _file(small)
    bare = replace(file, interview=replace(file.interview, interviewer_kind="", consent=None, perspective="other"))
    made = analysis_summary(project=small.project, file=bare, themes=small.themes, created=small.now)
    assert "1 interviewer en 1" in _said(made)


def test_the_computer_writes_no_story(small: Small) -> None:
    said = _said(analysis_summary(project=small.project, file=_file(small), themes=small.themes, created=small.now))
    assert "De computer schrijft geen verhaal." in said


def test_without_permission_for_quotes_the_summary_names_only_lines(small: Small) -> None:
    file = _file(small)
    no_quotes = replace(file, interview=replace(file.interview, consent={"use_research": True}))
    said = _said(analysis_summary(project=small.project, file=no_quotes, themes=small.themes, created=small.now))
    assert "Een stuk tekst op regel 1." in said
    assert "Waarom:" not in said


def test_of_a_person_who_does_not_take_part_nothing_is_written(small: Small) -> None:
    file = _file(small)
    refused = replace(file, interview=replace(file.interview, consent={"use_research": False}))
    said = _said(analysis_summary(project=small.project, file=refused, themes=small.themes, created=small.now))
    assert "brief" not in said
    assert "1 gesprek telt niet mee" in said


def test_the_overview_counts_and_never_names(small: Small) -> None:
    unknown = replace(_file(small), label="gesprek-2", interview=replace(small.joris, consent=None))
    refused = replace(_file(small), label="gesprek-3", interview=replace(small.farah, consent={}))
    made = overview(
        project=small.project, files=(_file(small), unknown, refused), themes=small.themes, created=small.now
    )
    said = _said(made)
    assert "Karelina" not in said
    assert "2 namen van mensen" in said
    assert "Bij 1 gesprek is geen toestemming gevonden." in said
    assert "1 gesprek telt niet mee" in said
    assert "gesprek-3" not in said


def test_english_is_complete(small: Small) -> None:
    assert "What helps" in _said(_team(small, language="en"))
    assert "Verantwoording" not in _said(_team(small, language="en"))


@given(st.text(min_size=1, max_size=30), st.data())
def test_no_hidden_character_is_left_whatever_overlaps(text: str, data: st.DataObject) -> None:
    letters = "\ue000" * len(text)
    spans = data.draw(
        st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda s: s[0] < s[1]))
    )
    window = tuple(sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))))))
    hidden = [HiddenFacts(1, start, end, "PERSON", 1) for start, end in spans]
    kept = quotes.masked(letters, hidden, "nl", (window[0], window[1])).count("\ue000")
    covered = {at for start, end in spans for at in range(start, end)}
    assert kept == sum(1 for at in range(window[0], window[1]) if at not in covered)


def test_a_part_to_hide_outside_the_line_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        quotes.masked("kort", [HiddenFacts(1, 2, 9, "PERSON")], "nl")


def test_few_quotes_are_chosen_from_many_interviews() -> None:
    passages = [PassageFacts("t", code, "R", str(n), n, n) for n, code in enumerate("AAABBC", start=1)]
    assert [one.interview for one in spread(passages, 3)] == ["A", "B", "C"]
    assert spread(passages, None) == tuple(passages)
