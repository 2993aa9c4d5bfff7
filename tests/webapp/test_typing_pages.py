"""Typing out in the browser's eyes: the editor's page, saving for the script, and all of it as plain forms."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

import lxml.html
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from interviews import consents, drafts, transcripts
from interviews.access import actor_for
from interviews.db import transaction
from interviews.keys import KeyStore
from interviews.models import AuditEntry, Interview, Transcript, TypingDraft, TypingVersion
from interviews.models.interview import How
from interviews.scopes import Scope
from interviews.turns import Speaker, SpeakerRole, Turn
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser, untranslated
from webapp.forms.typing import beside, share_sentence

BSN = "111222333"
SPEAKERS = [{"label": "I", "role": "interviewer"}, {"label": "R", "role": "interviewee"}]


def at(talk: Interview, rest: str = "") -> str:
    return f"/gesprekken/{talk.id}/uittypen{rest}"


@pytest.fixture
def talk(db: Session, cast: Cast) -> Interview:
    """An interview of Carla with consent and no text."""
    with transaction(db):
        return factories.interview(db, actor_for(db, cast.carla.id), cast.project)


@pytest.fixture
def carla(app: Flask, cast: Cast) -> PageClient:
    """Carla's phone."""
    return browser(app).sign_in(cast.carla)


@pytest.fixture
def bob(app: Flask, cast: Cast) -> PageClient:
    """Bob's desk."""
    return browser(app).sign_in(cast.bob)


@pytest.fixture
def text(talk: Interview, cast: Cast, db: Session, keys: KeyStore) -> Transcript:
    """The stored text of Carla's interview."""
    with transaction(db):
        return factories.transcript(db, actor_for(db, cast.carla.id), talk, keys=keys)


def put(client: PageClient, talk: Interview, *lines: str, on: int, **more: object) -> TestResponse:
    turns = [{"speaker": "IR"[number % 2], "text": line} for number, line in enumerate(lines)]
    sent = {"save": str(uuid.uuid4()), "version": on, "turns": turns, "speakers": SPEAKERS, **more}
    return client.put(at(talk, "/concept"), json=sent)


def answer(response: TestResponse) -> dict[str, Any]:
    assert isinstance(response.json, dict)
    return response.json


def block(page: TestResponse, name: str) -> dict[str, Any]:
    """What the page has for its script, under this id."""
    root: Any = lxml.html.document_fromstring(page.text)
    found: dict[str, Any] = json.loads(root.xpath(f"//script[@id='{name}']")[0].text)
    return found


def pack(page: TestResponse) -> dict[str, Any]:
    return block(page, "pack")


def raw(db: Session, keys: KeyStore) -> list[Turn]:
    return transcripts.open_raw(db, db.scalars(sa.select(Transcript)).one(), keys=keys)[1]


def test_the_page_takes_along_what_a_phone_needs(carla: PageClient, talk: Interview) -> None:
    page = carla.get(at(talk))
    typing = pack(page)["typing"]
    assert (typing["version"], typing["base"], [turn["text"] for turn in typing["turns"]]) == (0, None, [""])
    assert [one["label"] for one in typing["speakers"]] == ["I", "R"]
    words = block(page, "words")
    assert words["saved"] == "Opgeslagen om {time}"


def test_a_save_is_answered_with_its_version_and_opens_again(carla: PageClient, talk: Interview) -> None:
    first = put(carla, talk, "Hoe gaat het?", "Goed, hè 🙂", on=0)
    assert (first.status_code, answer(first)["version"], answer(first)["bsn"]) == (200, 1, [])
    assert answer(put(carla, talk, "Hoe gaat het met je?", on=1))["version"] == 2
    typing = pack(carla.get(at(talk)))["typing"]
    assert [turn["text"] for turn in typing["turns"]] == ["Hoe gaat het met je?"]
    assert (typing["version"], typing["saved_by"]) == (2, "Carla")


def test_a_later_save_on_the_same_text_gets_both(carla: PageClient, bob: PageClient, talk: Interview) -> None:
    put(carla, talk, "begin", on=0)
    put(bob, talk, "van Bob", on=1)
    stale = put(carla, talk, "van Carla", on=1)
    assert stale.status_code == 409
    said = answer(stale)
    assert ([turn["text"] for turn in said["turns"]], said["saved_by"], said["version"]) == (["van Bob"], "Bob", 2)
    assert [one["id"] for one in said["aside"]] == [said["aside_id"]]
    done = put(carla, talk, "van Bob en Carla", on=2, settles=[said["aside_id"]])
    assert answer(done)["version"] == 3
    assert pack(carla.get(at(talk)))["typing"]["aside"] == []


def test_sent_twice_it_is_saved_once(carla: PageClient, talk: Interview, db: Session) -> None:
    save = str(uuid.uuid4())
    once, again = put(carla, talk, "a", on=0, save=save), put(carla, talk, "a", on=0, save=save)
    assert answer(once) == answer(again)
    assert len(db.scalars(sa.select(TypingVersion)).all()) == 1


def test_a_bsn_comes_back_as_words_without_it(carla: PageClient, talk: Interview) -> None:
    kept = answer(put(carla, talk, "Uw BSN?", f"Dat is {BSN}.", on=0))
    assert kept["bsn"] == [[1, "Dat is [BSN weggehaald]."]]
    assert BSN not in carla.get(at(talk)).text


@pytest.mark.parametrize(
    "sent",
    [
        [],
        {},
        {"save": "x", "version": 0, "turns": [], "speakers": []},
        {"save": str(uuid.uuid4()), "version": -1, "turns": [], "speakers": []},
        {"save": str(uuid.uuid4()), "version": True, "turns": [], "speakers": []},
        {"save": str(uuid.uuid4()), "version": 0, "turns": "dag", "speakers": []},
        {"save": str(uuid.uuid4()), "version": 0, "turns": [], "speakers": [], "after": "x"},
    ],
)
def test_what_is_no_save_is_refused_in_words(carla: PageClient, talk: Interview, sent: object, db: Session) -> None:
    refused = carla.put(at(talk, "/concept"), json=sent)
    assert refused.status_code == 422
    assert "Probeer het opnieuw" in answer(refused)["error"]
    assert db.scalars(sa.select(TypingDraft)).all() == []


def test_the_text_of_somebody_else_on_the_same_phone_waits_for_that_one(
    carla: PageClient, talk: Interview, cast: Cast
) -> None:
    sent = {"save": str(uuid.uuid4()), "version": 0, "turns": [], "speakers": []}
    assert carla.put(at(talk, "/concept"), json=sent, headers={"X-Person": str(cast.bob.id)}).status_code == 401
    assert carla.put(at(talk, "/concept"), json=sent, headers={"X-Person": str(cast.carla.id)}).status_code == 200


def test_pasted_text_is_read_as_files_are(carla: PageClient, talk: Interview, db: Session) -> None:
    pasted = f"[00:00:05] I: Dag.\n[00:00:09] R1: Hallo, mijn BSN is {BSN}.\n"
    read = answer(carla.post(at(talk, "/plakken"), json={"text": pasted}))
    assert [(turn["speaker"], turn["start_ms"]) for turn in read["turns"]] == [("I", 5000), ("R1", 9000)]
    assert BSN not in str(read)
    assert "lijkt" in read["bsn"]
    assert carla.post(at(talk, "/plakken"), json={"text": " "}).status_code == 422
    assert db.scalars(sa.select(TypingDraft)).all() == []


def test_without_script_one_types_adds_speaks_and_hands_in(
    carla: PageClient, talk: Interview, db: Session, keys: KeyStore
) -> None:
    save = at(talk, "/opslaan")
    page = carla.get(at(talk))
    assert page.text.count('<textarea class="utrecht') == 3
    one = carla.submit(page, save, **{"text-0": "Hoe gaat het?", "text-1": "Het gaat wel.\n\nSoms niet.", "add": "1"})
    assert (one.status_code, one.location.partition("#")[0]) == (303, at(talk))
    two = carla.get(at(talk))
    assert "Soms niet." in two.text
    three = carla.submit(two, save, new_role="companion", add_speaker="1")
    assert three.status_code == 303
    page = carla.get(at(talk))
    done = carla.submit(page, save, **{"who-4": "B", "text-4": "Ik ben er ook.", "hand_in": "1"})
    assert done.location == f"/gesprekken/{talk.id}/namen"
    assert [(turn.speaker, turn.text) for turn in raw(db, keys)] == [
        ("I", "Hoe gaat het?"),
        ("R", "Het gaat wel."),
        ("R", "Soms niet."),
        ("B", "Ik ben er ook."),
    ]
    assert db.scalars(sa.select(TypingVersion)).all() == []
    assert "De tekst is ingeleverd." in carla.get(done.location).text


def test_without_script_two_texts_are_shown_and_one_chooses(
    carla: PageClient, bob: PageClient, talk: Interview, db: Session
) -> None:
    page = carla.get(at(talk))
    put(bob, talk, "Bob schreef dit.", on=0)
    stale = carla.submit(page, at(talk, "/opslaan"), **{"text-0": "Carla schreef dit."})
    assert stale.status_code == 409
    for words in ("Bob schreef dit.", "Carla schreef dit.", "Beide teksten zijn bewaard."):
        assert words in stale.text
    again = carla.get(at(talk))
    assert "Twee teksten bekijken" in again.text
    (aside,) = db.scalars(sa.select(TypingVersion).where(TypingVersion.kind == "aside"))
    looked = carla.get(f"/versies/{aside.id}")
    chosen = carla.submit(looked, f"/versies/{aside.id}/kiezen", choice="both")
    assert chosen.location == at(talk)
    assert [turn["text"] for turn in pack(carla.get(at(talk)))["typing"]["turns"]][:2] == [
        "Bob schreef dit.",
        "Carla schreef dit.",
    ]


def test_an_earlier_version_is_listed_looked_at_and_put_back(carla: PageClient, talk: Interview, db: Session) -> None:
    assert "Nog niets opgeslagen" in carla.get(at(talk, "/versies")).text
    put(carla, talk, "eerst dit", on=0)
    put(carla, talk, "toen dat", on=1)
    page = carla.get(at(talk, "/versies"))
    assert "Carla" in page.text
    assert "eerst dit" not in page.text
    address = re.findall(r"/versies/[0-9a-f-]{36}", page.text)[0]
    looked = carla.get(address)
    assert "eerst dit" in looked.text
    stale = carla.post(f"{address}/terugzetten", data={"version": "1"})
    assert stale.location == at(talk, "/versies")
    assert carla.submit(looked, f"{address}/terugzetten").location == at(talk)
    assert "eerst dit" in carla.get(at(talk)).text


def test_handing_in_an_old_version_says_that_the_text_changed(carla: PageClient, talk: Interview, db: Session) -> None:
    put(carla, talk, "een", on=0)
    page = carla.get(at(talk))
    put(carla, talk, "twee", on=1)
    answer_ = carla.submit(page, at(talk, "/inleveren"))
    assert answer_.status_code == 409
    assert "Deze tekst is intussen veranderd." in answer_.text
    assert db.scalars(sa.select(Transcript)).all() == []
    assert carla.submit(answer_, at(talk, "/inleveren")).status_code == 303


def test_handing_in_without_a_word_is_said(carla: PageClient, talk: Interview) -> None:
    said = carla.post(at(talk, "/inleveren"), data={"version": "0"})
    assert said.status_code == 422
    assert "Er staat nog geen tekst." in said.text


def test_what_was_handed_in_without_network_follows_the_text(
    carla: PageClient, talk: Interview, db: Session, keys: KeyStore
) -> None:
    save, key = str(uuid.uuid4()), {"Idempotency-Key": str(uuid.uuid4())}
    put(carla, talk, "Van de telefoon.", on=0, save=save)
    sent = {"version": 0, "after": [save]}
    assert carla.post(at(talk, "/inleveren.json"), json={"version": 0}, headers=key).status_code == 409
    for _twice in range(2):
        done = carla.post(at(talk, "/inleveren.json"), json=sent, headers=key)
        assert (done.status_code, answer(done)) == (200, {"handed_in": True})
    assert [turn.text for turn in raw(db, keys)] == ["Van de telefoon."]


def test_a_correction_starts_from_the_text_and_is_logged(
    carla: PageClient, talk: Interview, text: Transcript, db: Session, keys: KeyStore
) -> None:
    page = carla.get(at(talk))
    typing = pack(page)["typing"]
    assert typing["base"] is not None
    assert "Ik wist van niks" in page.text
    kept = put(carla, talk, "Hoe gaat het?", "Mijn zus wist van niks.", on=0, base=typing["base"])
    assert answer(kept)["version"] == 1
    assert carla.submit(carla.get(at(talk)), at(talk, "/inleveren")).status_code == 303
    assert [turn.text for turn in raw(db, keys)] == ["Hoe gaat het?", "Mijn zus wist van niks."]
    assert db.scalars(sa.select(AuditEntry.action).where(AuditEntry.action == "raw.read")).all() == ["raw.read"]


def test_after_approval_a_researcher_says_why_first_and_a_conflict_shows_no_words(
    carla: PageClient, bob: PageClient, talk: Interview, text: Transcript, cast: Cast, db: Session, keys: KeyStore
) -> None:
    with transaction(db):
        factories.approved(db, text, by=actor_for(db, cast.bob.id), keys=keys)
    assert carla.get(at(talk)).status_code == 403
    ask = bob.get(at(talk))
    assert "Ik wist van niks" not in ask.text
    assert bob.submit(ask, reason=" ").status_code == 422
    page = bob.submit(ask, reason="Een zin klopte niet")
    typing = pack(page)["typing"]
    assert "Ik wist van niks" in page.text
    stale = put(bob, talk, "zomaar", on=0)
    assert (stale.status_code, answer(stale)["turns"], answer(stale)["aside"]) == (409, None, [])
    assert "niks" not in stale.text
    assert typing["reason"] == "Een zin klopte niet"
    reasons = db.scalars(sa.select(AuditEntry.reason).where(AuditEntry.action == "raw.reread")).all()
    assert reasons == ["Een zin klopte niet"]
    again = bob.submit(bob.get(at(talk)), reason="Een zin klopte niet")
    chosen = bob.post(
        f"/versies/{answer(stale)['aside_id']}/kiezen",
        data={"choice": "current", "version": "1", "reason": "Een zin klopte niet"},
    )
    assert again.status_code == chosen.status_code == 200


def test_without_a_yes_nothing_is_shown_or_kept(carla: PageClient, talk: Interview, cast: Cast, db: Session) -> None:
    put(carla, talk, "geheim woord", on=0)
    open_page = carla.get(at(talk))
    (version,) = db.scalars(sa.select(TypingVersion.id)).all()
    with transaction(db):
        consents.record(
            db,
            actor_for(db, cast.carla.id),
            db.get_one(Interview, talk.id).interviewees[0],
            choices={Scope.USE_RESEARCH: False},
            how=How.SPOKEN,
        )
    for path in (at(talk), at(talk, "/versies"), f"/versies/{version}"):
        page = carla.get(path)
        assert "geheim woord" not in page.text
        assert "nog geen ja gezegd" in page.text
    assert put(carla, talk, "nog een", on=1).status_code == 422
    typed = carla.submit(open_page, at(talk, "/opslaan"), **{"text-0": "Dit typte ik net."})
    assert typed.status_code == 422
    assert "I: Dit typte ik net." in typed.text


def test_strangers_and_colleagues_without_the_right_do_nothing_here(app: Flask, talk: Interview, cast: Cast) -> None:
    carla = browser(app).sign_in(cast.carla)
    put(carla, talk, "een", on=0)
    address = "/versies/" + pack(carla.get(at(talk)))["typing"]["save"]
    for person, status in ((cast.dirk, 403), (cast.alice, 403), (cast.esra, 403), (cast.zoe, 404)):
        client = browser(app).sign_in(person)
        assert [client.get(path).status_code for path in (at(talk), at(talk, "/versies"), address)] == [status] * 3
        assert put(client, talk, "x", on=1).status_code == status
        for path in ("/opslaan", "/inleveren", "/plakken", "/lezen"):
            assert client.post(at(talk, path)).status_code == status
        for path in ("/terugzetten", "/kiezen"):
            assert client.post(address + path).status_code == status


def test_no_text_on_these_pages_escaped_the_translators(app: Flask, talk: Interview, cast: Cast, db: Session) -> None:
    app.config["PSEUDO_LANGUAGE"] = True
    data = ["Carla", cast.project.title, "D-01", "Merel", "I · ", "R · ", "F1", "F2", "Ctrl", "−3 s", "+3 s"]
    carla = browser(app).sign_in(cast.carla)
    put(carla, talk, "een", on=0)
    put(carla, talk, "twee", on=0)
    versions = [f"/versies/{one}" for one in db.scalars(sa.select(TypingVersion.id))]
    for path in (at(talk), at(talk, "/versies"), *versions):
        assert untranslated(carla.get(path).text, data=data) == [], path


def test_two_texts_stand_turn_by_turn() -> None:
    voices = (Speaker("I", SpeakerRole.INTERVIEWER),)
    left = drafts.WorkingText((Turn("I", "a"), Turn("I", "b"), Turn("I", "c")), voices)
    right = drafts.WorkingText((Turn("I", "a"), Turn("I", "c"), Turn("I", "d")), voices)
    rows = [(one.left and one.left.text, one.right and one.right.text, one.differs) for one in beside(left, right)]
    assert rows == [("a", "a", False), ("b", None, True), ("c", "c", False), (None, "d", True)]


def test_the_share_is_a_sentence_without_percentages(app: Flask) -> None:
    with app.test_request_context():
        assert share_sentence((3, 4)) == "De ander zei ongeveer 3 van de 4 woorden."
        assert share_sentence((0, 1)) == "De ander zei nog niets."
        assert share_sentence(None) is None
