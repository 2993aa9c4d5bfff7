"""Pages: what must go is pointed at or said, and is nowhere from then on."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from interviews import transcripts
from interviews.access import actor_for
from interviews.db import transaction
from interviews.keys import KeyStore
from interviews.models import Interview, Recording, Transcript
from interviews.models.recording import RecordingOrigin, RecordingState
from interviews.turns import Turn
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser
from webapp.forms.removals import pieces_of, runs

TALK = (
    ("I", "Hoe was dat?"),
    ("R", "Zwaar. Mijn broer zat toen vast. Hij belde me elke dag. Daarna kreeg ik stress."),
)


@pytest.fixture
def talk(db: Session, cast: Cast) -> Interview:
    with transaction(db):
        return factories.interview(db, actor_for(db, cast.carla.id), cast.project)


@pytest.fixture
def text(talk: Interview, cast: Cast, db: Session, keys: KeyStore) -> Transcript:
    with transaction(db):
        return factories.transcript(db, actor_for(db, cast.carla.id), talk, keys=keys, talk=TALK)


@pytest.fixture
def carla(app: Flask, cast: Cast) -> PageClient:
    return browser(app).sign_in(cast.carla)


def raw(db: Session, text: Transcript, keys: KeyStore) -> str:
    with transaction(db):
        return transcripts.open_raw(db, text, keys=keys)[1][1].text


def chosen(*sentences: str) -> list[str]:
    return [piece.value for piece in pieces_of(1, Turn("R", TALK[1][1])) if piece.text in sentences]


def test_carla_ticks_two_sentences_and_nobody_reads_them_again(
    carla: PageClient, talk: Interview, text: Transcript, db: Session, keys: KeyStore
) -> None:
    page = carla.get(f"/gesprekken/{talk.id}/eruit/aanwijzen")
    assert "Mijn broer zat toen vast." in page.text
    answer = carla.post(
        f"/gesprekken/{talk.id}/eruit/aanwijzen",
        data={"pieces": chosen("Mijn broer zat toen vast.", "Hij belde me elke dag."), "reason": "Te herkenbaar"},
    )
    assert answer.status_code == 303
    assert "broer" not in raw(db, text, keys)
    for address in ("eruit/aanwijzen", "namen", "eruit"):
        assert "broer" not in carla.get(f"/gesprekken/{talk.id}/{address}").text
    assert "Te herkenbaar" in carla.get(f"/gesprekken/{talk.id}/eruit").text


def test_in_an_approved_text_she_points_in_the_text_without_names(
    carla: PageClient, app: Flask, cast: Cast, talk: Interview, text: Transcript, db: Session, keys: KeyStore
) -> None:
    with transaction(db):
        factories.approved(db, text, by=actor_for(db, cast.alice.id), keys=keys)
    carla.post(f"/gesprekken/{talk.id}/eruit/aanwijzen", data={"pieces": chosen("Mijn broer zat toen vast.")})
    bob = browser(app).sign_in(cast.bob)
    page = bob.get(f"/lezen/{text.id}").text
    assert "[weggelaten]" in page
    assert "broer" not in page
    assert "Daarna kreeg ik stress." in page


def test_the_lead_puts_it_back_and_carla_may_not(
    carla: PageClient, app: Flask, cast: Cast, talk: Interview, text: Transcript, db: Session, keys: KeyStore
) -> None:
    carla.post(f"/gesprekken/{talk.id}/eruit/aanwijzen", data={"pieces": chosen("Mijn broer zat toen vast.")})
    wish = carla.get(f"/gesprekken/{talk.id}/eruit").text.split('href="/eruit/')[1].split('"')[0]
    assert "Toch terugzetten" not in carla.get(f"/eruit/{wish}").text
    alice = browser(app).sign_in(cast.alice)
    page = alice.get(f"/eruit/{wish}")
    assert "Toch terugzetten" in page.text
    assert carla.post(f"/eruit/{wish}/terug").status_code == 403
    assert alice.submit(page, f"/eruit/{wish}/terug").status_code == 303
    assert "teruggezet" in alice.get(f"/eruit/{wish}").text
    assert "broer" in raw(db, text, keys)


def test_a_word_brings_her_to_the_place_and_is_in_no_address(
    carla: PageClient, talk: Interview, text: Transcript
) -> None:
    page = carla.post(f"/gesprekken/{talk.id}/eruit/zoeken", data={"word": "broer"})
    assert "Mijn broer zat toen vast." in page.text
    assert "Hoe was dat?" not in page.text
    assert "Geen stuk gevonden" in carla.post(f"/gesprekken/{talk.id}/eruit/zoeken", data={"word": "zebra"}).text


@pytest.mark.parametrize("pieces", [[], ["x"], ["9:0:3"], ["1:0"], ["1:0:99999"], ["-1:0:1"]])
def test_ticking_nothing_gets_a_sentence(
    carla: PageClient, talk: Interview, text: Transcript, pieces: list[str], db: Session, keys: KeyStore
) -> None:
    answer = carla.post(f"/gesprekken/{talk.id}/eruit/aanwijzen", data={"pieces": pieces})
    assert answer.status_code == 422
    assert "Kies eerst wat eruit moet." in answer.text
    assert raw(db, text, keys) == TALK[1][1]


def test_before_there_is_a_text_it_is_said_in_words(carla: PageClient, talk: Interview) -> None:
    assert "Aanwijzen in de tekst" not in carla.get(f"/gesprekken/{talk.id}/eruit").text
    assert carla.get(f"/gesprekken/{talk.id}/eruit/aanwijzen").status_code == 303
    assert carla.post(f"/gesprekken/{talk.id}/eruit/woorden", data={"words": " "}).status_code == 422
    carla.post(f"/gesprekken/{talk.id}/eruit/woorden", data={"words": "Het stuk over haar broer."})
    assert "Het stuk over haar broer." in carla.get(f"/gesprekken/{talk.id}/eruit").text


@given(st.text(alphabet=st.sampled_from("ab. !?…é😀"), min_size=1, max_size=60))
def test_the_sentences_of_a_turn_hold_every_word_of_it_in_order(text: str) -> None:
    found = pieces_of(0, Turn("R", text))
    assert "".join(text[piece.start : piece.end] for piece in found).split() == text.split() or "".join(
        piece.text for piece in found
    ).replace(" ", "") == text.replace(" ", "")
    assert all(piece.text == text[piece.start : piece.end] for piece in found)
    everything = runs([piece.value for piece in found], [Turn("R", text)])
    assert len(everything) == (1 if found else 0)


def test_a_stretch_of_the_recording_is_passed_over_from_then_on(
    carla: PageClient, talk: Interview, db: Session
) -> None:
    with transaction(db):
        sound = Recording(
            interview_id=talk.id,
            origin=RecordingOrigin.ADDED,
            media_type="audio/mpeg",
            size=1,
            duration_ms=900_000,
            state=RecordingState.READY,
        )
        db.add(sound)
    address = f"/gesprekken/{talk.id}/eruit/geluid"
    for start, end in (("", "1:00"), ("2:00", "1:00"), ("straks", "later")):
        answer = carla.post(address, data={"recording": str(sound.id), "start": start, "end": end})
        assert answer.status_code == 422
        assert "Het begin is eerder dan het eind." in answer.text
    assert carla.post(address, data={"recording": str(talk.id), "start": "1:00", "end": "1:20"}).status_code == 404
    assert carla.post(address, data={"recording": str(sound.id), "start": "12:30", "end": "12:50"}).status_code == 303
    assert "12:30 – 12:50" in carla.get(f"/gesprekken/{talk.id}/eruit").text
    assert "[750000, 770000]" in carla.get(f"/gesprekken/{talk.id}/opnames").text
    pack = carla.get(f"/gesprekken/{talk.id}/pakket.json").json
    assert pack is not None
    assert pack["recording"]["recordings"][0]["hidden"] == [[750_000, 770_000]]
