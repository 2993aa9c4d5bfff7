"""Pages: what must go is destroyed by the project lead, and everybody sees how far it is without reading a word of it."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from coding import codebooks, memos, segments
from interviews import recordings, removals, transcripts
from interviews.access import actor_for
from interviews.clock import now
from interviews.db import transaction
from interviews.keys import KeyStore
from interviews.models import LoginSession, Recording, Redaction, RedactionDecision, RemovalRequest, Transcript
from interviews.models.aftercare import RemovalState
from interviews.models.recording import RecordingOrigin, RecordingState
from interviews.models.transcript import Layer
from tests import factories
from tests.coding.studies import small_lexicon
from tests.factories import Cast
from tests.pages import PageClient, browser

WORDS = "Mijn broer Zebulon zat toen vast."
TALK = (("I", "Hoe was dat?"), ("R", f"Zwaar. {WORDS} Daarna kwam de brief."), ("I", "Dank je."))


@pytest.fixture
def text(db: Session, cast: Cast, keys: KeyStore) -> Transcript:
    """A story with its names away, and two notes that name the brother: one shared, one private."""
    with transaction(db):
        carla, bob = actor_for(db, cast.carla.id), actor_for(db, cast.bob.id)
        talk = factories.interview(db, carla, cast.project)
        made = factories.transcript(db, carla, talk, keys=keys, talk=TALK)
        factories.approved(db, made, by=actor_for(db, cast.alice.id), keys=keys)
        theme = next(one for one in codebooks.adopt(db, cast.project, small_lexicon()).themes if one.assignable)
        revision = transcripts.newest(db, made, Layer.RESEARCH)
        assert revision is not None
        row = segments.code(db, bob, made, revision_id=revision.id, theme=theme, start=20, end=40)
        memos.add(db, bob, row, text="Zebulon raakt me.", shared=True)
        memos.add(db, bob, row, text="Alleen voor mij: Zebulon.")
        return made


@pytest.fixture
def wish(db: Session, cast: Cast, text: Transcript, keys: KeyStore) -> uuid.UUID:
    """The brother must go."""
    start = TALK[1][1].index(WORDS)
    with transaction(db):
        return removals.ask_passage(
            db, actor_for(db, cast.carla.id), text.interview, turn=1, start=start, end=start + len(WORDS), keys=keys
        ).id


@pytest.fixture
def alice(app: Flask, cast: Cast) -> PageClient:
    return browser(app).sign_in(cast.alice)


def recording(db: Session, cast: Cast, text: Transcript, state: RecordingState) -> Recording:
    with transaction(db):
        row = recordings.begin(
            db, actor_for(db, cast.bob.id), text.interview, recording_id=uuid.uuid4(),
            origin=RecordingOrigin.ADDED, media_type="audio/webm",
        )  # fmt: skip
        row.state, row.duration_ms = state, 90_000
        return row


def test_the_lead_destroys_it_and_settles_what_people_wrote(
    alice: PageClient, wish: uuid.UUID, db: Session, cast: Cast, app: Flask
) -> None:
    page = alice.get(f"/eruit/{wish}")
    assert "Zebulon" not in page.text
    refused = alice.submit(page, f"/eruit/{wish}/wissen")
    assert refused.status_code == 422
    assert "Zet een vinkje als je dit zeker weet." in refused.text
    answer = alice.submit(page, f"/eruit/{wish}/wissen", sure="1")
    assert answer.status_code == 303
    page = alice.get(f"/eruit/{wish}")
    assert "Voorgoed gewist op" in page.text
    assert "Toch terugzetten" not in page.text
    assert "Versies van de tekst met namen" in page.text
    assert "<mark>Zebulon</mark> raakt me." in page.text
    # A private note is settled without being read.
    assert "Alleen voor mij" not in page.text
    assert "Je kunt hem niet lezen." in page.text
    for one in db.scalars(sa.select(RedactionDecision.id)).all():
        db.rollback()
        assert alice.submit(page, f"/eruit/besluit/{one}", outcome="words_out").status_code == 303
    page = alice.get(f"/eruit/{wish}")
    assert "Alle teksten zijn nagekeken." in page.text
    assert "Zebulon" not in page.text
    # Who asked sees how far it is, and has no buttons.
    seen = browser(app).sign_in(cast.carla).get(f"/eruit/{wish}")
    assert "Voorgoed gewist op" in seen.text
    assert "<button" not in seen.text.partition("<main")[2].partition("</main>")[0]


def test_only_a_project_lead_destroys(app: Flask, wish: uuid.UUID, cast: Cast, db: Session) -> None:
    for person in (cast.carla, cast.bob):
        client = browser(app).sign_in(person)
        assert client.post(f"/eruit/{wish}/wissen", data={"sure": "1"}).status_code == 403
    assert browser(app).sign_in(cast.zoe).post(f"/eruit/{wish}/wissen", data={"sure": "1"}).status_code == 404
    assert db.get_one(RemovalRequest, wish).state is RemovalState.HIDDEN


def test_of_each_recording_the_lead_says_whether_the_words_are_heard(
    alice: PageClient, wish: uuid.UUID, text: Transcript, db: Session, cast: Cast
) -> None:
    sound = recording(db, cast, text, RecordingState.READY)
    page = alice.get(f"/eruit/{wish}")
    for typed, said in (
        ({}, "Kies of je deze woorden in de opname hoort."),
        ({f"heard-{sound.id}": "stil", f"start-{sound.id}": "0:50", f"end-{sound.id}": "0:10"}, "Vul in van waar"),
    ):
        refused = alice.submit(page, f"/eruit/{wish}/wissen", sure="1", **typed)
        assert refused.status_code == 422
        assert said in refused.text
    right = {f"heard-{sound.id}": "stil", f"start-{sound.id}": "0:10", f"end-{sound.id}": "0:20"}
    assert alice.submit(page, f"/eruit/{wish}/wissen", sure="1", **right).status_code == 303
    assert db.scalars(sa.select(Redaction)).one().silences == [[str(sound.id), 10_000, 20_000]]
    assert "Het geluid wordt stil gemaakt." in alice.get(f"/eruit/{wish}").text


def test_a_stretch_of_a_recording_that_is_not_ready_waits(
    alice: PageClient, text: Transcript, db: Session, cast: Cast, keys: KeyStore
) -> None:
    sound = recording(db, cast, text, RecordingState.RECEIVING)
    with transaction(db):
        asked = removals.ask_stretch(
            db, actor_for(db, cast.alice.id), text.interview, recording_id=sound.id, from_ms=1, to_ms=900, keys=keys
        ).id
    page = alice.get(f"/eruit/{asked}")
    assert "Een opname is nog niet klaar." in page.text
    refused = alice.submit(page, f"/eruit/{asked}/wissen", sure="1")
    assert refused.status_code == 422
    assert "Deze opname is nog niet klaar." in refused.text
    assert db.get_one(RemovalRequest, asked).state is RemovalState.HIDDEN


def test_a_choice_that_is_none_changes_nothing(alice: PageClient, wish: uuid.UUID, db: Session) -> None:
    page = alice.get(f"/eruit/{wish}")
    alice.submit(page, f"/eruit/{wish}/wissen", sure="1")
    (one, *_others) = db.scalars(sa.select(RedactionDecision.id)).all()
    db.rollback()
    assert alice.submit(alice.get(f"/eruit/{wish}"), f"/eruit/besluit/{one}", outcome="alles").status_code == 303
    assert db.get_one(RedactionDecision, one).outcome is None


def test_destroying_takes_the_second_step(alice: PageClient, wish: uuid.UUID, db: Session) -> None:
    page = alice.get(f"/eruit/{wish}")
    with transaction(db):
        db.execute(sa.update(LoginSession).values(confirmed_at=now() - timedelta(minutes=11)))
    assert alice.submit(page, f"/eruit/{wish}/wissen").location.startswith("/tweede-stap")
    db.expire_all()
    assert db.get_one(RemovalRequest, wish).state is RemovalState.HIDDEN
