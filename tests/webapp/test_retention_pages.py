"""Pages and a command: the lead says how long what stays, sees what will go, and it goes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask
from sqlalchemy.orm import Session

from interviews import recordings, transcripts
from interviews.access import actor_for
from interviews.db import transaction
from interviews.keys import KeyStore
from interviews.models import Recording, Redaction, Transcript
from interviews.models.recording import RecordingOrigin, RecordingState
from interviews.sealedfiles import SealedFiles
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser
from webapp.cli import main
from webapp.settings import Settings

Run = Callable[..., str]


@pytest.fixture
def text(db: Session, cast: Cast, keys: KeyStore, settings: Settings) -> Transcript:
    """A story that was approved a hundred days ago, with its sound."""
    carla = actor_for(db, cast.carla.id)
    with transaction(db):
        talk = factories.interview(db, carla, cast.project)
        made = factories.transcript(db, carla, talk, keys=keys)
        sound = recordings.begin(
            db, carla, talk, recording_id=uuid.uuid4(), origin=RecordingOrigin.ADDED, media_type="audio/webm"
        )
        files = SealedFiles(settings.data / "files")
        recordings.receive(db, carla, sound, part=0, number=0, content=b"geluid", keys=keys, files=files)
        factories.approved(db, made, by=actor_for(db, cast.alice.id), keys=keys)
        assert made.approved_at is not None
        made.approved_at -= timedelta(days=100)
        recordings.schedule_erasure(db, made)
        return made


@pytest.fixture
def alice(app: Flask, cast: Cast) -> PageClient:
    return browser(app).sign_in(cast.alice)


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command on the installation under test; the schema was made by `create_all`."""
    monkeypatch.setattr("webapp.migrating.is_current", lambda engine: True)
    monkeypatch.setenv("DICHTERBIJ_KEY_FILE", str(settings.key_file))

    def command(*arguments: str) -> str:
        done = CliRunner().invoke(main, ["retention", "--data", str(settings.data), *arguments])
        assert done.exit_code == 0, done.output
        return done.stdout

    return command


def test_the_lead_sees_what_goes_and_changes_the_terms(
    alice: PageClient, cast: Cast, text: Transcript, db: Session
) -> None:
    url = f"/p/{cast.project.id}/bewaren"
    page = alice.get(url)
    assert "De tekst met namen" in page.text
    assert text.interview.code in page.text
    answer = alice.submit(page, url, audio_days="5", raw_days="400", contact_days="60", text_years="7", published_on="")
    assert answer.status_code == 303
    page = alice.get(url)
    assert 'value="400"' in page.text
    assert text.interview.code in page.text
    db.expire_all()
    assert cast.project.raw_days == 400


def test_the_lead_sees_what_went_already(
    alice: PageClient, cast: Cast, text: Transcript, run: Run, db: Session
) -> None:
    url, code = f"/p/{cast.project.id}/bewaren", text.interview.code
    assert "Er is nog niets vanzelf weggegaan." in alice.get(url).text
    db.rollback()
    run()
    went = alice.get(url).text.partition("Wat er al weg is")[2].partition("Register van verwerkingen")[0]
    assert "Geluid" in went
    assert "De tekst met namen" in went
    assert went.count(code) == 2


def test_who_never_approves_is_asked_to_choose_and_nothing_goes_by_itself(
    alice: PageClient, cast: Cast, db: Session, keys: KeyStore, run: Run
) -> None:
    carla = actor_for(db, cast.carla.id)
    with transaction(db):
        talk = factories.interview(db, carla, cast.project)
        waiting = factories.transcript(db, carla, talk, keys=keys)
        waiting.created_at -= timedelta(days=cast.project.audio_days + 89)
    url, code = f"/p/{cast.project.id}/bewaren", talk.code
    assert "Nog niet goedgekeurd" not in alice.get(url).text
    assert json.loads(run("--dry-run", "--json"))["undecided"] == []
    assert [one["code"] for one in json.loads(run("--dry-run", "--days", "2", "--json"))["undecided"]] == [code]
    with transaction(db):
        db.merge(waiting).created_at -= timedelta(days=2)
    page = alice.get(url).text
    assert "1 gesprek is nog niet goedgekeurd." in page
    assert f'href="/gesprekken/{talk.id}"' in page
    assert f"Nog niet goedgekeurd: kies  {cast.project.title} {code}" in run("--dry-run")
    db.rollback()
    assert json.loads(run("--json"))["erased"] == {}
    db.expire_all()
    assert db.get_one(Transcript, waiting.id).raw_erased_at is None


def test_what_cannot_be_a_number_or_a_day_gets_a_sentence_and_stays_typed(alice: PageClient, cast: Cast) -> None:
    url = f"/p/{cast.project.id}/bewaren"
    page = alice.get(url)
    right = {"audio_days": "5", "raw_days": "20", "contact_days": "60", "text_years": "7", "published_on": ""}
    for name, typed, said in (
        ("audio_days", "veel", "Vul hier een heel getal in"),
        ("raw_days", "-3", "Vul hier een heel getal in"),
        ("text_years", "5000", "Kies een getal van 0 tot"),
        ("published_on", "morgen", "Vul een dag in"),
        ("published_on", (datetime.now(UTC) + timedelta(days=9)).date().isoformat(), "Deze dag moet nog komen."),
    ):
        answer = alice.submit(page, url, **{**right, name: typed})
        assert answer.status_code == 422, (name, typed)
        assert said in answer.text
        if name != "published_on":
            assert f'value="{typed}"' in answer.text


def test_only_a_lead_sets_terms(app: Flask, cast: Cast) -> None:
    for person in (cast.bob, cast.carla, cast.esra):
        assert browser(app).sign_in(person).get(f"/p/{cast.project.id}/bewaren").status_code == 403
    assert browser(app).sign_in(cast.zoe).get(f"/p/{cast.project.id}/bewaren").status_code == 404


def test_the_records_of_processing_name_every_class_with_its_term(alice: PageClient, cast: Cast) -> None:
    told = alice.get(f"/p/{cast.project.id}/bewaren/register")
    assert told.headers["Content-Type"].startswith("text/markdown")
    assert "## R. Zoals het is gezegd" in told.text
    assert (
        "| Een verhaal horen, uittypen en begrijpen | tot 90 dagen nadat de namen weg zijn | revision: sealed |"
        in told.text
    )
    assert "contact: " in told.text


def test_the_command_shows_first_and_then_erases(
    run: Run, text: Transcript, db: Session, cast: Cast, settings: Settings, keys: KeyStore
) -> None:
    interview_id = text.interview_id
    old = keys.open(interview_id).raw
    db.rollback()
    shown = json.loads(run("--dry-run", "--json"))
    assert {one["rule"] for one in shown["due"]} == {"sound", "raw"}
    assert "De tekst met namen" in run("--dry-run")
    assert db.scalars(sa.select(Recording.state)).one() is RecordingState.RECEIVING
    db.rollback()
    erased = json.loads(run("--json"))
    assert erased == {"erased": {"raw": 1, "sound": 1}, "waiting": 0}
    assert json.loads(run("--dry-run", "--json")) == {"due": [], "undecided": []}
    assert json.loads(run("--json"))["erased"] == {}
    db.expire_all()
    assert db.scalars(sa.select(Recording.state)).one() is RecordingState.ERASED
    assert SealedFiles(settings.data / "files").names("recording") == []
    assert db.scalars(sa.select(Redaction)).one().renewed_at is not None
    assert keys.open(interview_id).raw != old
    assert transcripts.open_raw(db, text, keys=keys)[1]


def test_the_command_prints_the_records(run: Run, cast: Cast, db: Session) -> None:
    title = cast.project.title
    db.rollback()
    assert run("--records", "--project", title).startswith("# Register van verwerkingen")


def test_looking_ahead_never_erases(run: Run, text: Transcript, settings: Settings) -> None:
    done = CliRunner().invoke(main, ["retention", "--data", str(settings.data), "--days", "10"])
    assert done.exit_code == 2
    assert "raw" in run("--dry-run", "--days", "400", "--json")
