"""What the tagger promises about its proposals, and how well it does on texts it was not made from."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.evaluation import Case, ThemeScore, prediction_json, score_themes
from coding.starter import example_gold, example_interviews, start_lexicon
from coding.tagging.sentences import split
from coding.tagging.tagger import LONGEST_SPAN, Tagger, default_tagger
from interviews.turns import SpeakerRole, Turn

ROOT = Path(__file__).resolve().parents[3]
TRAINING = ROOT / ".." / "shared" / "training" / "interviews"
ROLES = {"I": SpeakerRole.INTERVIEWER, "R": SpeakerRole.INTERVIEWEE}
TOLD = (
    "Ik had die nacht niet geslapen. Echt, ik zat met buikpijn in die wachtkamer. Daarna ben ik naar de markt gegaan. "
    "Lekker weer was het. Mijn zus was er ook. En toen lag die brief er, ik durfde hem niet open te maken."
)


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    """Return the tagger everybody starts with."""
    return default_tagger()


_SAID = st.lists(
    st.one_of(
        st.sampled_from(
            ["Ik was maar een nummer.", "niet serieus genomen", "eh...", "[lacht]", "zeg maar", "Bang?", "stress"]
        ),
        st.sampled_from(["vertrouw ze niet!", "m’n verhaal doen", "😀", "cliënt,", "« steeds opnieuw »", "brief"]),
        st.text(max_size=12).map(lambda text: " ".join(text.split())),
    ),
    max_size=14,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["I", "R", None]), _SAID), max_size=4))
def test_every_proposal_can_be_read_in_the_text(said: list[tuple[str | None, str]]) -> None:
    turns = [Turn(speaker, text) for speaker, text in said]
    for proposal in default_tagger().suggest(turns, ROLES):
        turn = turns[proposal.span.turn]
        assert turn.speaker != "I"
        assert proposal.span.end <= len(turn.text)
        passage = turn.text[proposal.span.start : proposal.span.end]
        assert passage == passage.strip()
        assert proposal.reason
        assert all(word in passage for word in proposal.reason)
        assert 0.0 < proposal.score <= 1.0


@given(st.text(max_size=200))
def test_sentences_hold_every_character_once(text: str) -> None:
    spans = split(text)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


def test_a_sentence_of_a_talker_goes_on_after_a_pause_and_a_title() -> None:
    text = 'Nou eh... ja. "Nee," zei mevr. Bos. [lacht] Ik zeg: "Dat klopt niet." Toen? J. Bos kwam.'
    assert [text[start:end] for start, end in split(text)] == [
        "Nou eh... ja.",
        '"Nee," zei mevr. Bos.',
        '[lacht] Ik zeg: "Dat klopt niet."',
        "Toen?",
        "J. Bos kwam.",
    ]


def test_a_text_without_full_stops_is_still_cut_to_size() -> None:
    text = "en toen ging ik naar de balie maar daar zat niemand " * 40
    assert all(end - start <= 420 for start, end in split(text))


def test_what_the_interviewer_says_is_never_coded(tagger: Tagger) -> None:
    turns = [Turn("I", TOLD), Turn("R", "Ja."), Turn("I", "Voelde u zich een nummer?")]
    assert tagger.suggest(turns, ROLES) == []


def test_somebody_whose_part_is_unknown_is_coded(tagger: Tagger) -> None:
    assert tagger.suggest([Turn(None, TOLD), Turn("X", TOLD)], {})


def test_hits_in_neighbouring_sentences_are_one_proposal_and_far_ones_are_two(tagger: Tagger) -> None:
    stress = [proposal for proposal in tagger.suggest([Turn("R", TOLD)], ROLES) if proposal.theme == "bel.stress"]
    assert len(stress) == 2
    assert TOLD[stress[0].span.start : stress[0].span.end].startswith("Ik had die nacht")
    assert "buikpijn" in stress[0].reason
    assert all(len(split(TOLD[p.span.start : p.span.end])) <= LONGEST_SPAN for p in stress)


def test_more_reasons_make_a_proposal_surer(tagger: Tagger) -> None:
    one = tagger.suggest([Turn("R", "Ik lag wakker van de stress.")], ROLES)
    two = tagger.suggest([Turn("R", "Ik lag wakker van de stress, niet geslapen, buikpijn van de brief.")], ROLES)
    score = {name: max(p.score for p in found if p.theme == "bel.stress") for name, found in (("1", one), ("2", two))}
    assert score["2"] > score["1"]


def test_transcripts_stream_one_at_a_time(tagger: Tagger) -> None:
    asked: list[int] = []

    def transcripts() -> Iterator[tuple[int, list[Turn], dict[str, SpeakerRole]]]:
        for number in range(3):
            asked.append(number)
            yield number, [Turn("R", TOLD)], ROLES

    stream = tagger.stream(transcripts())
    assert next(stream)[0] == 0
    assert asked == [0]
    assert [identity for identity, _ in stream] == [1, 2]


def test_a_codebook_gets_one_tagger_per_process() -> None:
    assert default_tagger() is default_tagger(start_lexicon())


def test_the_pipeline_finds_the_same_as_the_tagger(tagger: Tagger) -> None:
    from coding.tagging.matcher import HITS

    assert tagger.nlp(TOLD).user_data[HITS] == tagger.hits(TOLD)
    assert tagger.nlp.pipe_names == ["dichterbij_rules"]


def test_reading_a_codebook_does_not_start_spacy() -> None:
    program = "import sys, coding.tagging.tagger, coding.evaluation, coding.starter as s; s.start_lexicon(); print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"


def score(tagger: Tagger, interviews: dict[str, str], gold: dict[str, str]) -> ThemeScore:
    """Return how well the tagger does on these interviews together."""
    cases = []
    for identity, text in interviews.items():
        transcript = json.loads(text)
        turns = [Turn(turn["speaker"], turn["text"]) for turn in transcript["turns"]]
        prediction = prediction_json(identity, [], tagger.suggest(turns, ROLES))
        cases.append(Case(transcript, json.loads(gold[identity]), prediction))
    return score_themes(cases)


def test_on_the_six_example_interviews_two_of_three_proposals_are_right_and_little_is_missed(tagger: Tagger) -> None:
    found = score(tagger, example_interviews(), example_gold())
    assert found.precision >= 0.65
    assert found.recall >= 0.85
    assert found.traps.found <= 1


@pytest.mark.shared
@pytest.mark.skipif(not TRAINING.is_dir(), reason="the training interviews are not here")
def test_on_the_training_interviews_what_is_said_directly_is_found(tagger: Tagger) -> None:
    names = [path.name.removesuffix(".gold.json") for path in sorted(TRAINING.glob("*.gold.json"))]
    interviews = {name: (TRAINING / f"{name}.json").read_text(encoding="utf-8") for name in names}
    gold = {name: (TRAINING / f"{name}.gold.json").read_text(encoding="utf-8") for name in names}
    found = score(tagger, interviews, gold)
    assert found.precision >= 0.5
    assert found.by_wording["direct"].ratio >= 0.85
