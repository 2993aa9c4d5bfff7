"""What a person said yes to is all a report may use."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.summaries.blocks import Quote, SideBySide, flat, words
from coding.summaries.codebook import codebook_report
from coding.summaries.consent import Use, gate, permitted, voice_permitted, workable
from coding.summaries.material import InterviewFacts, SpeakerFacts
from coding.summaries.team import team_summary
from coding.summaries.transcript import transcript_document
from interviews.errors import Invalid
from interviews.scopes import Scope

if TYPE_CHECKING:
    from tests.coding.summaries.conftest import Small

NO_QUOTES = {"use_research": True, "quote_pseudonym": False}


def _report(small: Small, **changes: object) -> str:
    interviews = [changes.get(one.code, one) for one in small.interviews]
    made = codebook_report(
        project=small.project,
        interviews=interviews,  # type: ignore[arg-type]
        themes=small.themes,
        passages=small.passages,
        created=small.now,
    )
    return "\n".join(words(made.blocks))


@given(consent=st.dictionaries(st.sampled_from(list(Scope)), st.booleans()), use=st.sampled_from(list(Use)))
def test_a_use_needs_a_clear_yes_to_every_scope_it_rests_on(consent: dict[str, bool], use: Use) -> None:
    interview = InterviewFacts("D-01", "Merel", "client", consent)
    assert permitted(interview, use) == all(consent.get(scope, False) for scope in use.value)


@given(use=st.sampled_from(list(Use)))
def test_a_person_who_stopped_permits_nothing(use: Use) -> None:
    everything: dict[str, bool] = {scope.value: True for scope in Scope}
    assert permitted(InterviewFacts("D-01", "Merel", "client", everything), use)
    assert not permitted(InterviewFacts("D-01", "Merel", "client", everything, withdrawn=True), use)
    assert not permitted(InterviewFacts("D-01", "Merel", "client", everything, practice=True), use)


def test_a_half_filled_form_is_not_a_yes() -> None:
    half = {"use_research": True, "quote_pseudonym": "ja"}
    assert not permitted(InterviewFacts("D-01", "Merel", "client", half), Use.QUOTE)  # type: ignore[arg-type]


def test_without_a_form_nothing_is_permitted_and_a_loose_file_may_still_be_worked_on() -> None:
    loose = InterviewFacts("D-01", "Merel", "client", None)
    assert not any(permitted(loose, use) for use in Use)
    assert workable(loose)
    assert not workable(replace(loose, withdrawn=True))
    assert not workable(replace(loose, consent={}))


def test_a_person_who_said_no_to_quotes_is_not_quoted_and_still_counts(small: Small) -> None:
    said = _report(small, **{"D-08": replace(small.joris, consent=NO_QUOTES)})
    assert "trilden" not in said
    assert "pen neer" not in said
    assert "in 2 van de 2 gesprekken met cliënten" in said
    assert "2 stukken tekst tellen mee zonder citaat" in said


def test_a_person_who_does_not_take_part_does_not_count(small: Small) -> None:
    said = _report(small, **{"D-08": replace(small.joris, consent={"quote_pseudonym": True})})
    assert "trilden" not in said
    assert "1 gesprek telt niet mee, omdat er geen toestemming is." in said
    assert "1 gesprek met een cliënt" in said


def test_a_person_who_stopped_is_only_a_number(small: Small) -> None:
    said = _report(small, **{"D-08": replace(small.joris, withdrawn=True)})
    assert "Joris" not in said
    assert "D-08" not in said
    assert "1 persoon is gestopt." in said


def test_in_a_group_each_voice_decides_for_itself(small: Small) -> None:
    voices = (*small.merel.speakers, SpeakerFacts("R2", "Bram", consent=NO_QUOTES))
    group = replace(small.merel, kind="group", speakers=voices)
    assert voice_permitted(group, "R", Use.QUOTE)
    assert not voice_permitted(group, "R2", Use.QUOTE)
    assert voice_permitted(group, "R2", Use.COUNT)
    assert not voice_permitted(group, "somebody nobody asked", Use.QUOTE)


def test_words_of_a_voice_that_said_no_are_left_out_of_the_transcript(small: Small) -> None:
    silent = (small.merel.speakers[0], replace(small.merel.speakers[1], consent={}))
    made = transcript_document(
        project=small.project, interview=replace(small.merel, speakers=silent), lines=small.lines, created=small.now
    )
    said = "\n".join(words(made.blocks))
    assert "wakker" not in said
    assert "[…]" in said
    assert "1 regel is weggelaten" in said


def test_no_team_report_is_made_of_a_person_who_does_not_take_part(small: Small) -> None:
    with pytest.raises(Invalid, match=r"summary\.no_research"):
        team_summary(
            project=small.project,
            interview=replace(small.merel, consent={}),
            themes=small.themes,
            passages=small.passages,
            created=small.now,
        )


def test_a_team_report_without_permission_for_quotes_says_so(small: Small) -> None:
    made = team_summary(
        project=small.project,
        interview=replace(small.merel, consent=NO_QUOTES),
        themes=small.themes,
        passages=small.passages,
        created=small.now,
    )
    shown = [block for block in flat(made.blocks) if isinstance(block, Quote)]
    pairs = [block for block in flat(made.blocks) if isinstance(block, SideBySide)]
    assert shown == []
    assert not any(isinstance(one, Quote) for pair in pairs for row in pair.rows for cell in row for one in cell)
    assert "Deze persoon wil geen citaten." in "\n".join(words(made.blocks))


def test_the_gate_counts_each_reason_once(small: Small) -> None:
    passed = gate(
        [
            small.merel,
            replace(small.joris, consent={}),
            replace(small.joris, withdrawn=True, consent={}),
            replace(small.joris, practice=True),
        ]
    )
    assert passed.counted == (small.merel,)
    assert (passed.without_consent, passed.withdrawn, passed.practice) == (1, 1, 1)
