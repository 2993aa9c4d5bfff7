"""`dichterbij analyse`: the main job on files."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import Result

from interviews.formats import reading

SHARED = Path(__file__).resolve().parents[3] / ".." / "shared"
Invoke = Callable[..., Result]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
TALK = "Interviewer: Hoe heet je?\nGast: Ik ben Fatma Yilmaz. Elke keer moest ik opnieuw mijn verhaal doen.\n"


def story(folder: Path, name: str = "gesprek.txt", text: str = TALK) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def words_of(path: Path) -> str:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
        return re.sub(
            r"<[^>]+>", "", "\n".join(packed.read(n).decode() for n in packed.namelist() if n.endswith(".xml"))
        )


def prediction(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_each_file_gives_a_summary_and_a_prediction_and_all_together_an_overview(invoke: Invoke, place: Path) -> None:
    ran = invoke("analyse", story(place), story(place, "tweede.txt"), "--out", place / "uit")
    assert ran.exit_code == 0, ran.output
    assert sorted(path.name for path in (place / "uit").iterdir()) == [
        "gesprek.docx",
        "gesprek.pred.json",
        "overview.docx",
        "tweede.docx",
        "tweede.pred.json",
    ]
    assert "2 gesprekken gelezen" in ran.stdout


def test_a_prediction_has_the_shape_that_others_read(invoke: Invoke, place: Path) -> None:
    invoke("analyse", story(place), "--out", place / "uit")
    found = prediction(place / "uit" / "gesprek.pred.json")
    assert set(found) == {"id", "pii", "themes"}
    assert found["id"] == "gesprek"
    turns = reading.read("gesprek.txt", TALK.encode()).turns
    names = {turns[span["turn"]].text[span["start"] : span["end"]] for span in found["pii"]}
    assert "Fatma Yilmaz" in names
    assert {"turn", "start", "end", "type", "why", "score"} <= set(found["pii"][0])
    assert found["themes"]
    for span in found["themes"]:
        passage = turns[span["turn"]].text[span["start"] : span["end"]]
        assert span["codes"]
        assert all(words in passage for words in span["why"])


def test_no_document_holds_a_name(invoke: Invoke, place: Path) -> None:
    invoke("analyse", story(place, "fatma yilmaz.txt"), "--out", place / "uit")
    for name in ("fatma yilmaz.docx", "overview.docx"):
        said = words_of(place / "uit" / name).casefold()
        assert "fatma" not in said
        assert "yilmaz" not in said
    assert "bestand 1" in words_of(place / "uit" / "overview.docx")


def test_a_file_that_calls_itself_an_address_writes_nothing_there(invoke: Invoke, place: Path) -> None:
    evil = {
        "schema": "par-transcript/1",
        "id": "../../weg",
        "speakers": [],
        "turns": [{"speaker": "R", "text": "Hoi daar."}],
    }
    ran = invoke("analyse", story(place / "in", "x.json", json.dumps(evil)), "--out", place / "uit")
    assert ran.exit_code == 0
    assert not list(place.rglob("weg*"))
    assert prediction(place / "uit" / "x.pred.json")["id"] == "../../weg"


def test_files_of_one_name_do_not_take_each_others_place(invoke: Invoke, place: Path) -> None:
    files = [
        story(place / folder, name)
        for folder, name in (("a", "x.txt"), ("b", "x.txt"), ("c", "x-2.txt"), ("d", "X.txt"), ("e", "overview.txt"))
    ]
    ran = invoke("analyse", *files, files[0], "--out", place / "uit", "--json")
    assert ran.exit_code == 0, ran.output
    names = [one["name"] for one in json.loads(ran.stdout)["files"]]
    assert len(names) == 5
    assert all((place / "uit" / f"{name}.docx").exists() for name in [*names, "overview"])
    assert len(list((place / "uit").glob("*.docx"))) == 6


def test_a_result_never_replaces_a_file_that_is_read(invoke: Invoke, place: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Interviewer: Hoi?")
    document.add_paragraph("Gast: Ja hoor.")
    document.save(str(place / "gesprek.docx"))
    before = (place / "gesprek.docx").read_bytes()
    ran = invoke("analyse", place / "gesprek.docx", "--out", place)
    assert ran.exit_code == 2
    assert (place / "gesprek.docx").read_bytes() == before
    assert not (place / "overview.docx").exists()


def test_json_goes_to_stdout_alone(invoke: Invoke, place: Path) -> None:
    ran = invoke("analyse", story(place), "--out", place / "uit", "--json", "--language", "en")
    shown = json.loads(ran.stdout)
    assert shown["files"][0]["file"] == "gesprek.txt"
    assert shown["failed"] == []
    assert shown["words"] == 15
    assert ran.stderr == ""


def test_a_bad_file_costs_one_sentence_and_the_others_go_on(run: Run, place: Path) -> None:
    broken = place / ("een heel lange naam van een bestand dat " * 3 + ":smile: kapot is.docx")
    broken.write_bytes(b"PK\x03\x04 dit is geen word")
    ran = run("analyse", broken, story(place), "--out", place / "uit")
    assert ran.returncode == 1
    lines = ran.stderr.strip().splitlines()
    assert len(lines) == 1, ran.stderr
    assert lines[0].startswith(f"{broken.name}: ")
    assert lines[0].endswith(".")
    assert (place / "uit" / "gesprek.docx").exists()


def test_a_codebook_of_ones_own_is_used(invoke: Invoke, place: Path) -> None:
    from tests.coding.studies import SMALL

    codebook = story(place, "klein.yaml", SMALL)
    ran = invoke("analyse", story(place, text="Gast: De brief kwam.\n"), "--out", place / "uit", "--codebook", codebook)
    assert ran.exit_code == 0, ran.output
    assert [span["codes"] for span in prediction(place / "uit" / "gesprek.pred.json")["themes"]] == [["bel.brief"]]
    for text in ("geen lijst", "schema: x"):
        ran = invoke("analyse", story(place), "--out", place / "uit", "--codebook", story(place, "slecht.yaml", text))
        assert ran.exit_code == 1
        assert len(ran.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("arguments", [[], ["--out", "x"], ["bestaat-niet.txt", "--out", "x"], ["--wat"]])
def test_a_command_that_is_not_understood_is_exit_code_2(invoke: Invoke, arguments: list[str]) -> None:
    assert invoke("analyse", *arguments).exit_code == 2


def test_an_output_folder_that_cannot_be_made_is_said(invoke: Invoke, place: Path) -> None:
    ran = invoke("analyse", story(place), "--out", story(place, "bestand") / "map")
    assert ran.exit_code in (1, 2)
    assert isinstance(ran.exception, SystemExit)


# With the team's shared material


def shared(*parts: str) -> Path:
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip("no shared material beside the checkout")
    return path


@pytest.mark.shared
def test_real_files_of_other_tools_go_through_whole(run: Run, place: Path) -> None:
    names = ("mlss_interview_11.txt", "noscribe_interview.html", "noscribe_interview.vtt", "potato_talk_01.srt",
             "qualcoder_ID1.docx", "qualcoder_transcript.txt")  # fmt: skip
    files = [shared("samples", name) for name in names] + sorted(shared("seeds").glob("000_*.txt"))
    ran = run("analyse", *files, "--out", place / "uit", "--json")
    assert ran.returncode == 0, ran.stderr
    shown = json.loads(ran.stdout)
    assert [one["file"] for one in shown["files"]] == [path.name for path in files]
    for one, path in zip(shown["files"], files, strict=True):
        draft = reading.read(path.name, path.read_bytes())
        assert one["words"] == sum(len(turn.text.split()) for turn in draft.turns) > 50
        docx.Document(str(place / "uit" / f"{one['name']}.docx"))


@pytest.mark.shared
def test_the_figures_on_the_gold_interviews_hold(run: Run, place: Path) -> None:
    gold = shared("transcripts")
    files = sorted(path for path in gold.glob("dev*.json") if not path.name.endswith(".gold.json"))
    ran = run("analyse", *files, "--out", place / "uit", "--json")
    assert ran.returncode == 0, ran.stderr
    scored = subprocess.run(
        [sys.executable, str(gold / "score.py"), str(gold), str(place / "uit")],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout
    names = re.search(r"PII +recall ([\d.]+).*precision ([\d.]+)", scored)
    themes = re.search(r"themes +precision ([\d.]+) +recall ([\d.]+).*traps coded (\d+)/", scored)
    assert names
    assert themes
    assert float(names[1]) >= 0.85, scored
    assert float(names[2]) >= 0.75, scored
    assert float(themes[1]) >= 0.65, scored
    assert float(themes[2]) >= 0.85, scored
    assert int(themes[3]) <= 1, scored


@pytest.mark.shared
def test_evaluate_gives_the_same_figures_as_the_teams_own_score(run: Run, place: Path) -> None:
    ran = run("evaluate", shared("transcripts"), "--json")
    assert ran.returncode == 0, ran.stderr
    shown = json.loads(ran.stdout)
    assert shown["interviews"] == 6
    assert shown["names"]["recall"] >= 0.85
    assert shown["themes"]["recall"] >= 0.85
    assert "valstrikken" in run("evaluate", shared("transcripts")).stdout
