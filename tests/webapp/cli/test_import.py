"""`dichterbij import` and `dichterbij report`: stories in, reports out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import sqlalchemy as sa
from click.testing import Result

from coding.starter import example_interviews
from interviews import names
from interviews.access import Actor, actor_for
from interviews.db import transaction, writing
from interviews.keys import KeyStore
from interviews.models import Interview, Person, Project, Transcript
from interviews.models.interview import How
from interviews.models.project import Role
from interviews.scopes import Scope
from tests import factories
from webapp.installation import opened
from webapp.settings import Settings

SHARED = Path(__file__).resolve().parents[3] / ".." / "shared"
Invoke = Callable[..., Result]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
TALK = "Interviewer: Hoe gaat het?\nGast: Elke keer moest ik opnieuw mijn verhaal doen.\n"


def story(folder: Path, name: str = "gesprek.txt", text: str = TALK) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_dry_run_shows_what_is_understood_and_needs_no_installation(run: Run, place: Path) -> None:
    ran = run("import", story(place), "--dry-run", "--json")
    assert ran.returncode == 0, ran.stderr
    (shown,) = json.loads(ran.stdout)["transcripts"]
    assert shown["file"] == "gesprek.txt"
    assert [(turn["speaker"], turn["text"]) for turn in shown["turns"]] == [
        ("Interviewer", "Hoe gaat het?"),
        ("Gast", "Elke keer moest ik opnieuw mijn verhaal doen."),
    ]
    assert {"speaker", "start_ms", "text"} <= set(shown["turns"][0])
    assert isinstance(shown["notes"], list)
    assert not (place / "data").exists()


def test_a_file_that_cannot_be_read_costs_one_sentence_each(run: Run, place: Path) -> None:
    picture = place / "foto.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    bad = [story(place, "leeg.txt", ""), picture, story(place, "x.json", "{}")]
    ran = run("import", *bad, story(place), "--dry-run", "--json")
    assert ran.returncode == 1
    lines = ran.stderr.strip().splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["leeg.txt", "foto.png", "x.json"]
    assert len(json.loads(ran.stdout)["transcripts"]) == 1


def test_without_an_installation_it_says_how_to_make_one(invoke: Invoke, place: Path) -> None:
    ran = invoke("import", story(place), "--consent")
    assert ran.exit_code == 1
    assert "dichterbij init" in ran.stderr


def test_without_a_yes_nothing_is_kept(invoke: Invoke, installed: Path) -> None:
    ran = invoke("import", story(installed))
    assert ran.exit_code == 1
    assert len(ran.stderr.strip().splitlines()) == 1
    with opened(Settings.from_environment()) as place, writing(place.engine)() as db:
        assert db.scalars(sa.select(Interview)).all() == []
        assert place.keys.interviews() == frozenset()


def test_a_file_may_bring_its_own_consent_and_only_uses_that_we_know(invoke: Invoke, installed: Path) -> None:
    told = json.loads(example_interviews()["dev01"]) | {"consent_scopes": ["use_research", "co_read", "verkopen"]}
    ran = invoke("import", story(installed, "een.json", json.dumps(told)))
    assert ran.exit_code == 0, ran.output
    with opened(Settings.from_environment()) as place, writing(place.engine)() as db:
        (row,) = db.scalars(sa.select(Interview)).all()
        assert {scope for scope in Scope if row.allows(scope)} == {Scope.USE_RESEARCH, Scope.CO_READ}
        assert {choice.how for person in row.interviewees for choice in person.choices} == {How.IMPORTED}
        assert row.held_on is not None
        assert row.held_on.isoformat() == told["interview_date"]


def test_a_project_is_chosen_by_name_when_there_are_more(invoke: Invoke, installed: Path) -> None:
    with opened(Settings.from_environment()) as place, writing(place.engine)() as db, transaction(db):
        factories.project(db, db.scalars(sa.select(Person)).one(), title="Tweede")
    ran = invoke("import", story(installed), "--consent")
    assert ran.exit_code == 1
    assert "Proef; Tweede" in ran.stderr
    assert invoke("import", story(installed), "--consent", "--project", "Niets").exit_code == 1
    assert invoke("import", story(installed), "--consent", "--project", "Tweede").exit_code == 0


def approve_all(keys: KeyStore, engine: sa.Engine) -> None:
    """A colleague looks at the names."""
    with writing(engine)() as db, transaction(db):
        project = db.scalars(sa.select(Project)).one()
        lead = db.scalars(sa.select(Person)).one()
        bob = factories.person(db, "bob")
        from interviews import projects

        projects.give_role(db, project, bob, Role.RESEARCHER)
        holder = Actor(lead.id, {project.id: frozenset({Role.PEER_INTERVIEWER})})
        for transcript in db.scalars(sa.select(Transcript)):
            names.accept_rest(db, holder, transcript)
            names.hand_in(db, holder, transcript)
            names.approve(db, actor_for(db, bob.id), transcript, keys=keys, risk=factories.RISK)


def test_a_story_goes_in_and_a_report_comes_out(run: Run, invoke: Invoke, installed: Path) -> None:
    ran = run("import", story(installed), "--consent", "--json")
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["transcripts"][0]["interview"] == "D-01"
    out = installed / "verslagen"
    for kind in ("team", "transcript"):
        early = invoke("report", kind, "--interview", "D-01", "--out", out)
        assert early.exit_code == 1
        assert len(early.stderr.strip().splitlines()) == 1
    with opened(Settings.from_environment()) as place:
        approve_all(place.keys, place.engine)
    ran = run("report", "transcript", "--interview", "D-01", "--out", out, "--json")
    assert ran.returncode == 0, ran.stderr
    shown = json.loads(ran.stdout)
    assert len(shown["sha256"]) == 64
    assert "opnieuw" in "\n".join(
        cell.text for table in docx.Document(shown["file"]).tables for row in table.rows for cell in row.cells
    ) + "\n".join(paragraph.text for paragraph in docx.Document(shown["file"]).paragraphs)
    assert "Het verslag staat in" in invoke("report", "codebook", "--out", out).stdout
    assert len(list(out.glob("*.docx"))) == 2


def test_a_report_on_a_story_that_was_taken_back_is_not_made(invoke: Invoke, installed: Path) -> None:
    invoke("import", story(installed), "--consent")
    with opened(Settings.from_environment()) as place:
        approve_all(place.keys, place.engine)
        with writing(place.engine)() as db, transaction(db):
            row = db.scalars(sa.select(Interview)).one()
            from interviews import consents

            assert row.interviewer_id is not None
            actor = actor_for(db, row.interviewer_id)
            consents.record(db, actor, row.interviewees[0], choices={Scope.USE_RESEARCH: False}, how=How.SPOKEN)
    ran = invoke("report", "team", "--interview", "D-01", "--out", installed / "uit")
    assert ran.exit_code == 1
    assert "mag geen verslag komen" in ran.stderr
    assert list((installed / "uit").iterdir()) == []


def test_a_report_needs_an_interview_that_is_there(invoke: Invoke, installed: Path) -> None:
    assert invoke("report", "team").exit_code == 2
    assert invoke("report", "roman").exit_code == 2
    ran = invoke("report", "team", "--interview", "D-99", "--out", installed)
    assert ran.exit_code == 1
    assert "D-99" in ran.stderr


@pytest.mark.shared
def test_real_files_of_other_tools_are_read_with_their_speakers(run: Run, place: Path) -> None:
    folder = SHARED / "samples"
    if not folder.exists():
        pytest.skip("no shared material beside the checkout")
    names_ = ("noscribe_interview.html", "noscribe_interview.vtt", "qualcoder_ID1.docx", "potato_talk_01.srt")
    ran = run("import", *(folder / name for name in names_), "--dry-run", "--json")
    assert ran.returncode == 0, ran.stderr
    shown = {one["file"]: one for one in json.loads(ran.stdout)["transcripts"]}
    assert set(shown) == set(names_)
    for one in shown.values():
        labels = {speaker["label"] for speaker in one["speakers"]}
        assert {turn["speaker"] for turn in one["turns"]} - {None} <= labels
        assert sum(len(turn["text"].split()) for turn in one["turns"]) > 50
    assert len(shown["noscribe_interview.html"]["speakers"]) == len(shown["noscribe_interview.vtt"]["speakers"]) > 1
