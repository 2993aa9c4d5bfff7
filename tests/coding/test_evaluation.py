"""Scores say what the published score says, and what a reader of the figures expects."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from coding.evaluation import Case, prediction_json, score_names, score_themes
from coding.tagging.proposals import Proposal
from interviews.detect.findings import Finding, IdentifierType
from interviews.turns import TurnSpan

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "transcripts"

TRANSCRIPT = {
    "id": "a",
    "speakers": [{"id": "I", "role": "interviewer"}, {"id": "R", "role": "geinterviewde"}],
    "turns": [{"speaker": "I", "text": "Was je bang, Anja?"}, {"speaker": "R", "text": "Ja, bang. Vraag Piet de Wit."}],
}
GOLD = {
    "id": "a",
    "pii": [
        {"turn": 0, "start": 13, "end": 17, "type": "PERSON"},
        {"turn": 1, "start": 16, "end": 27, "type": "PERSON"},
        {"turn": 1, "start": 0, "end": 9, "type": "INDIRECT"},
    ],
    "pii_neutral": [{"turn": 1, "start": 10, "end": 15}],
    "themes": [{"turn": 1, "start": 0, "end": 9, "codes": ["bel.stress"], "wording": "direct"}],
    "traps": [{"turn": 1, "start": 10, "end": 28, "not_code": "wrd.regie"}],
}


def case(**prediction: object) -> Case:
    """Return the small interview with this prediction."""
    return Case(TRANSCRIPT, GOLD, prediction)


def test_a_name_counts_as_found_when_a_part_of_it_is_and_the_rest_is_counted_as_missed() -> None:
    found = score_names([case(pii=[{"turn": 1, "start": 16, "end": 20, "type": "ORG"}])])
    assert (found.recall, found.typed, found.precision) == (0.5, 0.0, 1.0)
    assert found.characters_missed == 4 + 7
    assert found.missed == ({"id": "a", "turn": 0, "start": 13, "end": 17, "type": "PERSON"},)


def test_what_is_marked_neutral_counts_neither_way_and_indirect_is_counted_apart() -> None:
    spans = [{"turn": 1, "start": 10, "end": 14, "type": "ORG"}, {"turn": 1, "start": 4, "end": 8, "type": "ORG"}]
    found = score_names([case(pii=spans)])
    assert found.proposed == 1
    assert found.precision == 1.0
    assert (found.indirect.found, found.indirect.total) == (1, 1)


def test_what_the_interviewer_says_is_no_theme() -> None:
    spans = [{"turn": turn, "start": 0, "end": 5, "codes": ["bel.stress"]} for turn in (0, 1)]
    found = score_themes([case(themes=spans)])
    assert (found.precision, found.recall, found.micro_f1) == (1.0, 1.0, 1.0)


def test_a_trap_that_is_coded_is_counted() -> None:
    found = score_themes([case(themes=[{"turn": 1, "start": 10, "end": 28, "codes": ["wrd.regie"]}])])
    assert (found.traps.found, found.traps.total) == (1, 1)
    assert found.recall == 0.0
    assert found.weakest == ("bel.stress",)


def test_nothing_found_is_zero_and_no_error() -> None:
    assert score_names([case()]).as_dict()["recall"] == 0.0
    assert score_themes([]).micro_f1 == 0.0
    json.dumps(score_themes([case()]).as_dict())


def test_a_prediction_says_where_what_and_why() -> None:
    finding = Finding(TurnSpan(1, 16, 27), IdentifierType.PERSON, "PERSON-1", "first_name", 0.9)
    proposal = Proposal(TurnSpan(1, 0, 9), "bel.stress", 0.7, ("bang",))
    made = json.loads(json.dumps(prediction_json("a", [finding], [proposal])))
    assert made["id"] == "a"
    assert made["pii"][0]["type"] == "PERSON"
    assert made["themes"] == [{"turn": 1, "start": 0, "end": 9, "codes": ["bel.stress"], "why": ["bang"], "score": 0.7}]
    assert score_names([case(**made)]).typed == 0.5
    assert score_themes([case(**made)]).micro_f1 == 1.0


@pytest.mark.skipif(not (SHARED / "score.py").exists(), reason="the published score is not here")
def test_the_figures_equal_the_published_score(tmp_path: Path) -> None:
    cases = []
    for number, gold_file in enumerate(sorted(SHARED.glob("*.gold.json"))):
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        transcript = json.loads((SHARED / f"{gold['id']}.json").read_text(encoding="utf-8"))
        # Every second mark found, some with another type, some in the wrong place.
        prediction = {
            "id": gold["id"],
            "pii": [
                {**span, "start": span["start"] + k % 3, "end": span["end"] + k % 3, "type": "PERSON"}
                for k, span in enumerate(gold["pii"])
                if (k + number) % 2
            ],
            "themes": [{**span, "turn": span["turn"] + (k % 4 == 0)} for k, span in enumerate(gold["themes"]) if k % 3],
        }
        (tmp_path / f"{gold['id']}.pred.json").write_text(json.dumps(prediction), encoding="utf-8")
        cases.append(Case(transcript, gold, prediction))
    printed = subprocess.run(
        [sys.executable, str(SHARED / "score.py"), str(SHARED), str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    names, themes = score_names(cases), score_themes(cases)
    assert f"recall {names.recall:.3f}  typed {names.typed:.3f}  precision {names.precision:.3f}" in printed
    assert f"missed {names.characters_missed}  indirect {names.indirect.found}/{names.indirect.total}" in printed
    assert "  ".join(f"{kind} {share.found}/{share.total}" for kind, share in names.by_type.items()) in printed
    assert f"precision {themes.precision:.3f}  recall {themes.recall:.3f}  micro-F1 {themes.micro_f1:.3f}" in printed
    assert f"macro-F1 {themes.macro_f1:.3f}  traps coded {themes.traps.found}/{themes.traps.total}" in printed
    wording = re.search(r"by wording: (.*)", printed)
    assert wording
    assert wording.group(1) == ", ".join(f"{k} {s.found}/{s.total}" for k, s in themes.by_wording.items())


def test_one_person_with_two_keys_and_two_persons_with_one_key_are_counted() -> None:
    def span(place: int, **more: str) -> dict[str, object]:
        return {"turn": 0, "start": place, "end": place + 1, "type": "PERSON", **more}

    gold = {
        "id": "b",
        "pii": [span(0, entity="mother"), span(2, entity="mother"), span(4, entity="mother"), span(6, entity="son")],
        "pii_neutral": [],
        "themes": [],
        "traps": [],
    }
    keys = ("PERSON-1", "PERSON-1", "PERSON-2", "PERSON-1")
    prediction = {"pii": [span(place, entity=key) for place, key in zip((0, 2, 4, 6), keys, strict=True)]}
    score = score_names([Case({"id": "b", "speakers": [], "turns": []}, gold, prediction)])
    assert (score.consistency.found, score.consistency.total, score.joined) == (2, 3, 1)


def test_people_who_are_named_once_say_nothing_about_consistency() -> None:
    score = score_names([case(pii=[{"turn": 0, "start": 13, "end": 17, "type": "PERSON", "entity": "PERSON-1"}])])
    assert score.consistency.total == 0
