"""Bringing in a text: nothing is stored before somebody looked, and nothing typed is lost."""

from __future__ import annotations

import io
import re
import uuid
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from interviews import transcripts
from interviews.access import actor_for
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.formats.draft import Note, TranscriptDraft
from interviews.keys import DataKey, KeyStore
from interviews.models import Interview, NameMention, Transcript
from interviews.scopes import Scope
from interviews.text import clean
from interviews.turns import Speaker, SpeakerRole, Turn
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser, untranslated
from webapp import uploads
from webapp.forms.bring_in import Voice, with_voices

PASTED = """I: Hoe gaat het met je?
R: Goed hoor. Mijn buurvrouw Marja de Wit hielp me met de brief.
I: En toen?
R: Toen belde ik de gemeente.
"""
BSN = "111222333"


@pytest.fixture
def talk(db: Session, cast: Cast) -> Interview:
    """An interview that Carla held, with every yes."""
    with transaction(db):
        return factories.interview(db, actor_for(db, cast.carla.id), cast.project, pseudonyms=["Merel"])


@pytest.fixture
def carla(app: Flask, cast: Cast) -> PageClient:
    """The browser of the peer interviewer."""
    return browser(app).sign_in(cast.carla)


def address(talk: Interview, rest: str = "") -> str:
    return f"/gesprekken/{talk.id}/tekst{rest}"


def sealed_in(page: TestResponse) -> str:
    """The draft that the page carries in its form."""
    found = re.search(r'name="draft" value="([^"]+)"', page.text)
    assert found is not None
    return found[1]


def stored(db: Session) -> list[Transcript]:
    return list(db.scalars(sa.select(Transcript)))


def raw(db: Session, keys: KeyStore) -> list[Turn]:
    (transcript,) = stored(db)
    return transcripts.open_raw(db, transcript, keys=keys)[1]


def test_without_a_yes_to_taking_part_no_text_comes_in(carla: PageClient, cast: Cast, db: Session) -> None:
    with transaction(db):
        shut = factories.interview(
            db, actor_for(db, cast.carla.id), cast.project, scopes=frozenset(Scope) - {Scope.USE_RESEARCH}
        )
    page = carla.get(address(shut))
    assert "nog geen ja gezegd tegen meedoen" in page.text
    assert f"/gesprekken/{shut.id}/toestemming" in page.text
    for rest in ("/bekijken", "/opslaan"):
        assert carla.post(address(shut, rest), data={"pasted": PASTED}).status_code == 422
    assert stored(db) == []


def test_pasted_text_is_shown_before_anything_is_stored(carla: PageClient, talk: Interview, db: Session) -> None:
    page = carla.post(address(talk, "/bekijken"), data={"pasted": PASTED})
    assert page.status_code == 200
    assert "We lazen 4 stukken tekst." in page.text
    assert "Er praten 2 mensen." in page.text
    assert "Marja de Wit" in page.text
    assert stored(db) == []
    # What goes along to be stored is not readable for whoever finds the phone.
    assert "Marja" not in sealed_in(page)


def test_what_was_looked_at_is_stored_and_names_are_proposed(
    carla: PageClient, talk: Interview, db: Session, keys: KeyStore
) -> None:
    page = carla.post(address(talk, "/bekijken"), data={"pasted": PASTED})
    answer = carla.submit(page)
    assert (answer.status_code, answer.location) == (303, f"/gesprekken/{talk.id}/namen")
    turns = raw(db, keys)
    assert [turn.speaker for turn in turns] == ["I", "R", "I", "R"]
    assert turns[1].text == "Goed hoor. Mijn buurvrouw Marja de Wit hielp me met de brief."
    assert db.scalars(sa.select(NameMention)).all() != []


def test_a_speaker_gets_another_part_and_two_become_one(
    carla: PageClient, talk: Interview, db: Session, keys: KeyStore
) -> None:
    text = "Marja: Dag.\nR: Dag.\nR.: Kom binnen.\nTolk: Hij zegt dag.\n"
    page = carla.post(address(talk, "/bekijken"), data={"pasted": text})
    labels = re.findall(r'<strong translate="no">([^<]+)</strong>', page.text)
    assert len(labels) >= 3
    filled: dict[str, object] = {f"role-{number}": "interviewee" for number in range(len(labels))}
    filled |= {"role-0": "interviewer", f"role-{len(labels) - 1}": "companion", "name-1": "Verteller"}
    sealed = sealed_in(page)
    again = carla.post(address(talk, "/bekijken"), data={"draft": sealed, **filled})
    assert "Verteller" in again.text
    assert stored(db) == []
    carla.submit(again)
    (transcript,) = stored(db)
    roles = {row.label: row.role for row in transcript.speakers}
    assert roles["I"] is SpeakerRole.INTERVIEWER
    assert roles["B"] is SpeakerRole.COMPANION
    assert "Marja" not in roles


def test_a_file_is_read(carla: PageClient, talk: Interview) -> None:
    file = (io.BytesIO(PASTED.encode()), "gesprek.txt")
    page = carla.post(address(talk, "/bekijken"), data={"file": file}, content_type="multipart/form-data")
    assert page.status_code == 200
    assert "We lazen 4 stukken tekst." in page.text


def test_a_file_that_is_no_text_is_refused_with_what_to_do(carla: PageClient, talk: Interview) -> None:
    file = (io.BytesIO(b"%PDF-1.7 iets"), "gesprek.pdf")
    page = carla.post(address(talk, "/bekijken"), data={"file": file}, content_type="multipart/form-data")
    assert page.status_code == 422
    assert "Een pdf kan ik niet goed lezen." in page.text


def test_nothing_pasted_is_said(carla: PageClient, talk: Interview) -> None:
    page = carla.post(address(talk, "/bekijken"), data={"pasted": "  "})
    assert page.status_code == 422
    assert "Er staat nog geen tekst." in page.text


def test_a_bsn_is_gone_before_anybody_sees_it(carla: PageClient, talk: Interview, db: Session, keys: KeyStore) -> None:
    page = carla.post(address(talk, "/bekijken"), data={"pasted": f"I: Uw BSN?\nR: Mijn BSN is {BSN}.\n"})
    assert "Er stond iets in dat op een BSN lijkt." in page.text
    assert BSN not in page.text
    answer = carla.submit(page)
    assert BSN not in "".join(turn.text for turn in raw(db, keys))
    assert "op een BSN lijkt" in carla.get(answer.location).text


def test_a_draft_of_somebody_else_or_another_interview_is_not_opened(
    app: Flask, carla: PageClient, talk: Interview, cast: Cast, db: Session
) -> None:
    with transaction(db):
        other = factories.interview(db, actor_for(db, cast.carla.id), cast.project)
    page = carla.post(address(talk, "/bekijken"), data={"pasted": PASTED})
    sealed = sealed_in(page)
    key = app.extensions["dichterbij.store"].keys.open(talk.id)
    with pytest.raises(Invalid):
        uploads.unseal(sealed, key, person_id=cast.bob.id)
    with pytest.raises(Invalid):
        uploads.unseal(sealed, replace(key, interview=other.id), person_id=cast.carla.id)
    assert uploads.unseal(sealed, key, person_id=cast.carla.id).draft.turns[0].speaker == "I"


def test_a_second_text_is_not_put_over_the_first(carla: PageClient, talk: Interview, db: Session) -> None:
    page = carla.post(address(talk, "/bekijken"), data={"pasted": PASTED})
    carla.submit(page)
    again = carla.submit(page)
    assert again.status_code == 422
    assert "Bij dit gesprek staat al een tekst." in again.text
    assert len(stored(db)) == 1


LINES = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(
    lambda text: any(character.isalnum() for character in text)
)


@given(st.lists(st.tuples(st.sampled_from(["I", "R", "Ome Joop"]), LINES), min_size=1, max_size=8))
def test_a_draft_comes_back_from_the_browser_as_it_went(talk_lines: list[tuple[str, str]]) -> None:
    lines = [(who, clean(text).replace("\n", " ")) for who, text in talk_lines]
    draft = replace(
        factories.draft([(who, text) for who, text in lines if text.strip()] or [("I", "Dag.")]),
        notes=(Note("read.empty_turns", {"count": 2}),),
        format="pasted",
    )
    key, person = DataKey(uuid.uuid4(), b"k" * 32), uuid.uuid4()
    sealed = uploads.seal(uploads.Carried(draft, 1), key, person_id=person)
    assert uploads.unseal(sealed, key, person_id=person) == uploads.Carried(draft, 1)


def voiced(*voices: Voice) -> TranscriptDraft:
    labels = ("A", "B", "C")
    draft = TranscriptDraft(
        tuple(Turn(label, f"{label} zegt iets.") for label in labels),
        tuple(Speaker(label) for label in labels),
        "plain",
    )
    return with_voices(draft, voices)


def test_speakers_who_are_the_same_become_one_and_keep_every_turn() -> None:
    told = SpeakerRole.INTERVIEWEE
    draft = voiced(Voice("A", SpeakerRole.INTERVIEWER), Voice("B", told), Voice("C", told, same_as="1"))
    assert [turn.speaker for turn in draft.turns] == ["A", "B", "B"]
    assert [speaker.label for speaker in draft.speakers] == ["A", "B"]


def test_speakers_who_point_at_each_other_become_one() -> None:
    told = SpeakerRole.INTERVIEWEE
    draft = voiced(Voice("A", told, same_as="1"), Voice("B", told, same_as="0"), Voice("C", told))
    assert [turn.speaker for turn in draft.turns] == ["A", "A", "C"]


def test_two_speakers_with_one_name_are_one_speaker() -> None:
    draft = voiced(*(Voice("R", SpeakerRole.INTERVIEWEE) for _ in range(3)))
    assert draft.speakers == (Speaker("R", SpeakerRole.INTERVIEWEE),)


@pytest.fixture
def text(talk: Interview, cast: Cast, db: Session, keys: KeyStore) -> Transcript:
    """The stored text of Carla's interview."""
    with transaction(db):
        return factories.transcript(db, actor_for(db, cast.carla.id), talk, keys=keys)


def speakers(talk: Interview, rest: str = "") -> str:
    return f"/gesprekken/{talk.id}/sprekers{rest}"


def test_a_speaker_is_renamed_everywhere_merged_and_added(
    carla: PageClient, talk: Interview, text: Transcript, db: Session, keys: KeyStore
) -> None:
    rows = {row.label: row for row in db.get_one(Transcript, text.id).speakers}
    first = rows["R"].id
    answer = carla.submit(carla.get(speakers(talk)), speakers(talk, f"/{first}"), label="R9", role="interviewee")
    assert answer.status_code == 303
    assert [turn.speaker for turn in raw(db, keys)] == ["I", "R9", "I", "R9"]
    assert carla.submit(carla.get(speakers(talk)), speakers(talk), role="companion").status_code == 303
    added = {row.label: row for row in db.get_one(Transcript, text.id).speakers}["B"].id
    page = carla.get(speakers(talk))
    assert carla.submit(page, speakers(talk, f"/{first}/samen"), into=str(added)).status_code == 303
    assert [turn.speaker for turn in raw(db, keys)] == ["I", "B", "I", "B"]


def test_a_label_that_is_taken_is_refused_beside_the_field(
    carla: PageClient, talk: Interview, text: Transcript, db: Session
) -> None:
    row = next(one for one in db.get_one(Transcript, text.id).speakers if one.label == "R")
    answer = carla.submit(carla.get(speakers(talk)), speakers(talk, f"/{row.id}"), label="I", role="interviewee")
    assert answer.status_code == 422
    assert "Er is al een spreker ‘I’." in answer.text


def test_a_file_never_touches_the_disk(app: Flask) -> None:
    file = b"x" * 2_000_000
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="groot.txt"\r\n\r\n' + file + b"\r\n--b--\r\n"
    received = uploads.MemoryRequest.from_values(
        method="POST", input_stream=io.BytesIO(body), content_type="multipart/form-data; boundary=b",
        content_length=len(body),
    )  # fmt: skip
    assert isinstance(received.files["file"].stream, io.BytesIO)
    assert received.files["file"].read() == file
    assert app.request_class is uploads.MemoryRequest


def test_strangers_and_colleagues_without_the_right_bring_in_nothing(app: Flask, talk: Interview, cast: Cast) -> None:
    for person, status in ((cast.dirk, 403), (cast.alice, 403), (cast.esra, 403), (cast.zoe, 404)):
        client = browser(app).sign_in(person)
        for rest in ("", "/bekijken"):
            assert client.get(address(talk, rest)).status_code == status
        assert client.post(address(talk, "/opslaan")).status_code == status


def test_no_text_on_these_pages_escaped_the_translators(
    app: Flask, talk: Interview, cast: Cast, db: Session, keys: KeyStore
) -> None:
    app.config["PSEUDO_LANGUAGE"] = True
    data = ["Carla", cast.project.title, "D-01", "Merel"]
    carla = browser(app).sign_in(cast.carla)
    assert untranslated(carla.get(address(talk)).text, data=data) == []
    assert untranslated(carla.post(address(talk, "/bekijken"), data={"pasted": PASTED}).text, data=data) == []
    with transaction(db):
        factories.transcript(db, actor_for(db, cast.carla.id), talk, keys=keys)
    for path in (address(talk), speakers(talk)):
        assert untranslated(carla.get(path).text, data=[*data, "I", "R"]) == [], path
