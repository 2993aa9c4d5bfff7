"""The main job on one transcript without a database."""

from __future__ import annotations

import json

import pytest

from coding import analysis
from coding.evaluation import prediction_json
from coding.starter import example_interviews, start_lexicon
from coding.summaries.material import Side
from coding.tagging.tagger import default_tagger
from interviews.detect.finder import default_finder
from interviews.formats import par_json
from interviews.formats.draft import TranscriptDraft
from interviews.turns import Speaker, SpeakerRole, Turn


def draft(*talk: tuple[str, str], **metadata: object) -> TranscriptDraft:
    labels = dict.fromkeys(label for label, _ in talk)
    return TranscriptDraft(
        turns=tuple(Turn(label, text) for label, text in talk),
        speakers=tuple(
            Speaker(label, SpeakerRole.INTERVIEWER if label == "I" else SpeakerRole.INTERVIEWEE) for label in labels
        ),
        format="plain",
        metadata=metadata,
    )


def analysed(*talk: tuple[str, str], **metadata: object) -> analysis.Analysed:
    return analysis.analyse("x", draft(*talk, **metadata), finder=default_finder(), tagger=default_tagger())


SAID = ("Fatma Yilmaz", "Ik ben Fatma Yilmaz. Elke keer moest ik opnieuw mijn verhaal doen bij Fatma.")


@pytest.mark.parametrize("name", sorted(example_interviews()))
def test_every_offset_points_into_its_turn(name: str) -> None:
    read = par_json.read(example_interviews()[name].encode(), name)
    one = analysis.analyse(name, read, finder=default_finder(), tagger=default_tagger())
    assert one.names
    assert one.themes
    for span in [finding.span for finding in one.names] + [proposal.span for proposal in one.themes]:
        assert 0 <= span.start < span.end <= len(read.turns[span.turn].text)
    for proposal in one.themes:
        passage = read.turns[proposal.span.turn].text[proposal.span.start : proposal.span.end]
        assert proposal.reason
        assert all(words in passage for words in proposal.reason)
    silent = {speaker.label for speaker in read.speakers if speaker.role is SpeakerRole.INTERVIEWER}
    assert not [proposal for proposal in one.themes if read.turns[proposal.span.turn].speaker in silent]


def test_no_document_of_a_run_shows_a_name() -> None:
    facts = analysis.file_facts(analysed(("I", "Hoe heet je?"), SAID), label="bestand 1")
    shown = " ".join([*(passage.text for passage in facts.passages), *(" ".join(p.reason) for p in facts.passages),
                      *(line.speaker for line in facts.lines), facts.interview.pseudonym,
                      *(speaker.name for speaker in facts.interview.speakers)])  # fmt: skip
    assert facts.passages
    assert "Fatma" not in shown
    assert "Yilmaz" not in shown


def test_what_is_hidden_is_where_the_name_stands() -> None:
    facts = analysis.file_facts(analysed(("I", "Hoe heet je?"), SAID), label="bestand 1")
    lines = {line.number: line.text for line in facts.lines}
    hidden = [lines[one.line][one.start : one.end] for one in facts.hidden]
    assert "Fatma Yilmaz" in hidden
    assert {one.number for one in facts.hidden if one.kind == "PERSON"} == {1}


def test_a_name_over_the_end_of_a_line_is_hidden_on_both() -> None:
    one = analysed(("R", "Goed " * 8 + "ik heet Annemarie-Johanna van der Zwaluwenberg en ik woon hier."))
    facts = analysis.file_facts(one, label="x")
    lines = {line.number: line.text for line in facts.lines}
    assert len({hidden.line for hidden in facts.hidden}) == 2
    gone = " ".join(lines[hidden.line][hidden.start : hidden.end] for hidden in facts.hidden)
    assert "Zwaluwenberg" in gone


def test_without_a_form_nobody_said_yes_or_no() -> None:
    assert analysis.file_facts(analysed(SAID), label="x").interview.consent is None
    facts = analysis.file_facts(analysed(SAID, consent_scopes=["use_research"]), label="x")
    assert facts.interview.consent is not None
    assert [scope for scope, yes in facts.interview.consent.items() if yes] == ["use_research"]


def test_what_a_file_says_of_itself_is_never_believed_blindly() -> None:
    facts = analysis.file_facts(
        analysed(SAID, perspective="koning", kind=7, interview_date="gisteren", consent_scopes="alles"), label="x"
    )
    assert (facts.interview.perspective, facts.interview.kind, facts.interview.date) == ("other", "individual", None)
    assert facts.interview.consent is None


def test_the_overview_keeps_counts_and_no_words() -> None:
    full = analysis.file_facts(analysed(SAID), label="x")
    small = analysis.counts_only(full)
    assert small.names == full.names
    assert [passage.theme for passage in small.passages] == [passage.theme for passage in full.passages]
    assert not small.lines
    assert not any(passage.text or passage.reason for passage in small.passages)


@pytest.mark.parametrize(
    ("title", "tells"),
    [
        ("gesprek 3", False),
        ("interview_Fatma", True),
        ("fatma", True),
        ("Gesprek met Gerrit Jansen", True),
        ("D-01", False),
    ],
)
def test_the_name_of_a_file_may_tell_who_is_in_it(title: str, tells: bool) -> None:
    assert analysis.names_somebody(title, analysed(SAID), default_finder()) is tells


def test_words_are_counted_and_the_prediction_is_plain_json() -> None:
    one = analysed(("I", "Hoe heet je?"), SAID)
    assert one.words == 3 + 14
    shown = json.loads(json.dumps(prediction_json(one.id, one.names, one.themes)))
    assert set(shown) == {"id", "pii", "themes"}
    assert {"turn", "start", "end", "type"} <= set(shown["pii"][0])
    assert {"turn", "start", "end", "codes", "why", "score"} <= set(shown["themes"][0])


def test_the_start_codebook_has_a_side_for_every_theme() -> None:
    facts = analysis.theme_facts(start_lexicon())
    assert len(facts) == len(start_lexicon().themes)
    assert {theme.side for theme in facts} == set(Side) - {Side.OTHER}
    assert analysis.run_facts(start_lexicon(), title="x").codebook_version.startswith(start_lexicon().id)
