"""The log on screen: to look through, to check, and to tell what happened at a data leak."""

from __future__ import annotations

import csv
import io
import re
import uuid
import zipfile
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from coding.formats.word import breach_pack
from interviews import audit, auditheads, breaches, people, transcripts
from interviews.access import actor_for
from interviews.breaches import Reach
from interviews.clock import now
from interviews.db import reading, transaction
from interviews.errors import Invalid, NotAllowed, NotVisible
from interviews.keys import KeyStore
from interviews.models import Device, Interview, LoginSession
from interviews.models.project import Role
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser
from webapp.jobs import Jobs
from webapp.settings import Settings


@pytest.fixture
def alice(client: PageClient, cast: Cast) -> PageClient:
    """The project lead, signed in."""
    return client.sign_in(cast.alice)


@pytest.fixture
def read(db: Session, cast: Cast, keys: KeyStore) -> Interview:
    """An interview whose text Carla and Bob read."""
    with transaction(db):
        carla, bob = actor_for(db, cast.carla.id), actor_for(db, cast.bob.id)
        interview = factories.interview(db, carla, cast.project)
        transcript = factories.transcript(db, carla, interview, keys=keys)
        transcripts.read_raw(db, carla, transcript, keys=keys)
        transcripts.read_raw(db, bob, transcript, keys=keys)
    return interview


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def page(cast: Cast, rest: str = "") -> str:
    return f"/p/{cast.project.id}/logboek{rest}"


def test_the_log_says_who_read_which_text(alice: PageClient, cast: Cast, read: Interview) -> None:
    text = plain(alice.get(page(cast)).text)
    assert f"Carla las de tekst met namen van {read.code}" in text
    assert f"Bob las de tekst met namen van {read.code}" in text


def test_one_can_look_for_a_person_a_kind_an_interview_and_a_day(
    alice: PageClient, cast: Cast, read: Interview
) -> None:
    found = plain(alice.get(page(cast, f"?wie={cast.bob.id}&soort=read&gesprek={read.id}")).text)
    assert "1 regel " in found
    assert "Bob las" in found
    assert "Carla las" not in found
    assert "Hierover staat niets" in alice.get(page(cast, "?soort=out")).text
    assert "Hierover staat niets" in alice.get(page(cast, "?tot=2020-01-01")).text
    assert "Bob las" in plain(alice.get(page(cast, f"?van=2020-01-01&tot={now():%Y-%m-%d}")).text)


def test_a_question_that_is_not_understood_is_said_and_stays(alice: PageClient, cast: Cast) -> None:
    for asked in ["wie=x", "gesprek=x", "soort=x", "van=x", "van=0001-01-01", "van=2026-02-01&tot=2026-01-01"]:
        answer = alice.get(page(cast, f"?{asked}"))
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text or "utrecht-form-field--invalid" in answer.text
        assert alice.get(page(cast, f".csv?{asked}")).status_code == 422


def test_an_odd_page_number_is_some_page(alice: PageClient, cast: Cast) -> None:
    for asked in ["pagina=x", "pagina=99999999999", "pagina=0", "pagina=٣", "iets=anders"]:
        assert alice.get(page(cast, f"?{asked}")).status_code == 200


def test_a_long_log_has_pages(alice: PageClient, cast: Cast, db: Session) -> None:
    with transaction(db):
        for number in range(120):
            audit.record(db, None, f"step.{number:03}", cast.project, project_id=cast.project.id)
    first, third = plain(alice.get(page(cast)).text), plain(alice.get(page(cast, "?pagina=3")).text)
    assert "step.119" in first
    assert "step.060" not in first
    assert "Pagina 3 van 3" in third
    assert "step.000" in third


def test_the_list_is_a_spreadsheet_without_formulas(
    alice: PageClient, cast: Cast, read: Interview, db: Session
) -> None:
    with transaction(db):
        cast.bob.display_name = "=SUM(A1)"
        db.merge(cast.bob)
    answer = alice.get(page(cast, ".csv?soort=read"))
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:4] == ["Regel", "Tijd (UTC)", "Wie", "Wat"]
    assert {row[2] for row in rows[1:]} == {"'=SUM(A1)", "Carla"}
    assert {row[4] for row in rows[1:]} == {read.code}


def test_a_log_that_was_touched_is_said(alice: PageClient, cast: Cast, db: Session, settings: Settings) -> None:
    assert "Niemand heeft een regel veranderd" in alice.get(page(cast, "/controle")).text
    with transaction(db):
        auditheads.add(settings.heads_file, audit.head(db))
        db.connection().exec_driver_sql("DROP TRIGGER IF EXISTS audit_entry_no_change")
        db.execute(sa.text("UPDATE audit_entry SET action = 'x' WHERE seq = 1"))
    text = plain(alice.get(page(cast, "/controle")).text)
    assert "Regel 1 is veranderd" in text
    assert "Bel vandaag nog wie dit programma heeft geïnstalleerd" in text
    settings.heads_file.write_text("geen hoofd\n")
    assert "bij regel 1" in plain(alice.get(page(cast, "/controle")).text)


def around() -> str:
    return f"van={now() - timedelta(days=1):%Y-%m-%dT%H:%M}&tot={now() + timedelta(days=1):%Y-%m-%dT%H:%M}"


def test_after_a_leak_one_sees_who_could_and_who_did(alice: PageClient, cast: Cast, read: Interview) -> None:
    assert "72 uur" in alice.get(page(cast, "/datalek")).text
    text = plain(alice.get(page(cast, f"/datalek?{around()}")).text)
    # She typed it out and read it.
    assert f"Carla de tekst met namen {read.code} 2" in text
    # Dirk reads with others, and never with names; Esra reads for a municipality.
    assert "Dirk Ervaringsdeskundige – – –" in text
    paper = alice.get(page(cast, f"/datalek.docx?{around()}"))
    assert paper.status_code == 200
    with zipfile.ZipFile(io.BytesIO(paper.data)) as word:
        said = plain(word.read("word/document.xml").decode())
    assert "Wie heeft iets gezien?" in said
    assert "Carla" in said
    lines = alice.get(page(cast, f"/datalek.csv?{around()}")).data.decode("utf-8-sig")
    assert "raw.read" in lines
    assert "session.start" in lines


def test_the_paper_after_a_leak_has_a_word_for_every_role_and_reading() -> None:
    assert set(breach_pack.ROLES) == set(Role)
    assert set(breach_pack.WHAT) == set(breaches.READINGS.values())


def test_a_leak_of_no_time_or_of_nobody_is_refused_with_a_sentence(alice: PageClient, cast: Cast) -> None:
    for asked in ["van=x&tot=y", "van=2026-01-02T10:00&tot=2026-01-01T10:00", "over=q:1", "van=2026-01-01"]:
        for kind in ("", ".docx", ".csv"):
            assert alice.get(page(cast, f"/datalek{kind}?{asked}")).status_code == 422
    stranger = f"/datalek?{around()}&over=p:{cast.zoe.id}"
    assert alice.get(page(cast, stranger)).status_code == 422


def test_only_the_lead_sees_the_log(app: Flask, cast: Cast) -> None:
    bob, zoe = browser(app).sign_in(cast.bob), browser(app).sign_in(cast.zoe)
    for rest in ["", ".csv", "/controle", "/datalek", "/datalek.docx", "/datalek.csv"]:
        assert bob.get(page(cast, rest)).status_code == 403
        assert zoe.get(page(cast, rest)).status_code == 404


def reach(**about: uuid.UUID) -> Reach:
    return Reach(now() - timedelta(days=1), now() + timedelta(days=1), **about)


def test_who_could_see_follows_the_roles_and_who_went_counts(db: Session, cast: Cast, read: Interview) -> None:
    alice = actor_for(db, cast.alice.id)
    could = {one.name: one for one in breaches.pack(db, alice, cast.project, reach()).could}
    assert could["Carla"].names == could["Bob"].names == could["Alice"].names == (read.code,)
    assert could["Dirk"].names == could["Esra"].names == ()
    assert "Zoe" not in could
    people.end_access(db, alice, cast.project, cast.bob)
    gone = {one.name: one for one in breaches.pack(db, alice, cast.project, reach()).could}["Bob"]
    assert gone.ended_at is not None
    assert gone.roles == frozenset()


def test_a_leak_of_one_interview_device_or_person_is_about_that_only(
    db: Session, cast: Cast, read: Interview, keys: KeyStore
) -> None:
    alice = actor_for(db, cast.alice.id)
    with transaction(db):
        other = factories.interview(db, actor_for(db, cast.carla.id), cast.project)
        phone = Device(person_id=cast.carla.id, token_hash=b"x" * 32, salt=b"y" * 32, name="Chrome · Android")
        db.add(phone)
        db.flush()
        people.open_session(db, cast.carla, device="Chrome · Android")
        opened = db.scalars(sa.select(LoginSession).where(LoginSession.person_id == cast.carla.id)).one()
        opened.device_id = phone.id
        opened.started_at = now() - timedelta(minutes=5)
    about_one = breaches.pack(db, alice, cast.project, reach(interview_id=read.id))
    assert (about_one.about, about_one.people) == (read.code, 1)
    assert {line.interview_id for line in about_one.lines} == {read.id}
    about_bob = breaches.pack(db, alice, cast.project, reach(person_id=cast.bob.id))
    assert {one.name for one in about_bob.did} == {one.name for one in about_bob.could} == {"Bob"}
    about_phone = breaches.pack(db, alice, cast.project, reach(device_id=phone.id))
    assert about_phone.about == "Carla · Chrome · Android"
    assert [one.device for one in about_phone.signed_in] == ["Chrome · Android"]
    assert {line.actor_id for line in about_phone.lines} == {cast.carla.id}
    db.get_one(LoginSession, opened.id).ended_at = now() - timedelta(minutes=4)
    assert breaches.pack(db, alice, cast.project, reach(device_id=phone.id)).did == []
    assert other.code not in {one.code for one in about_one.interviews}
    for nothing in ({"device_id": uuid.uuid4()}, {"interview_id": uuid.uuid4()}, {"person_id": cast.zoe.id}):
        with pytest.raises(NotVisible):
            breaches.pack(db, alice, cast.project, reach(**nothing))
    with pytest.raises(Invalid):
        breaches.pack(db, alice, cast.project, Reach(reach().end, reach().start))
    with pytest.raises(NotAllowed):
        breaches.pack(db, actor_for(db, cast.bob.id), cast.project, reach())


def test_the_worker_keeps_the_newest_line_once_a_day(
    engine: sa.Engine, settings: Settings, cast: Cast, read: Interview
) -> None:
    jobs = Jobs(engine, folder=settings.data, immediate=True, heads=settings.heads_file)
    for _ in range(2):
        jobs.catch_up()
    (head,) = auditheads.read(settings.heads_file)
    with reading(engine)() as session:
        assert (head.seq, head.hash) == (audit.head(session).seq, audit.head(session).hash)
    # A file that cannot be read stops no other work.
    settings.heads_file.write_text("geen hoofd\n")
    jobs.catch_up()
