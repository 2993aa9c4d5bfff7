"""Pages: the interviewer asks, the interviewee answers without an account, and every wish gets a visible answer."""

from __future__ import annotations

import re

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy.orm import Session

from interviews import passes, transcripts
from interviews.access import actor_for
from interviews.db import transaction
from interviews.keys import KeyStore
from interviews.models import Interview, Transcript
from interviews.models.interview import Representative
from interviews.scopes import Scope
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser

SUMMARY = "U kreeg een brief.\nDat gaf stress.\n\nUw consulent belde terug."
TALK = (("I", "Hoe begon het?"), ("R", "Met een brief. Ik sliep er niet van."), ("R", "Mijn consulent belde terug."))


@pytest.fixture(autouse=True)
def cheap_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passes, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def talk(db: Session, cast: Cast) -> Interview:
    with transaction(db):
        return factories.interview(db, actor_for(db, cast.carla.id), cast.project, pseudonyms=["Merel"])


@pytest.fixture
def text(talk: Interview, cast: Cast, db: Session, keys: KeyStore) -> Transcript:
    with transaction(db):
        made = factories.transcript(db, actor_for(db, cast.carla.id), talk, keys=keys, talk=TALK)
        return factories.approved(db, made, by=actor_for(db, cast.alice.id), keys=keys)


@pytest.fixture
def carla(app: Flask, cast: Cast) -> PageClient:
    return browser(app).sign_in(cast.carla)


@pytest.fixture
def merel(app: Flask) -> PageClient:
    """The phone of the interviewee, where nobody is signed in."""
    return browser(app)


def ask(carla: PageClient, talk: Interview, **data: str) -> str:
    answer = carla.post(
        f"/gesprekken/{talk.id}/nakijken/vragen",
        data={"form": "link", "matter": "summary", "sentences": SUMMARY} | data,
    )
    assert answer.status_code in (200, 303), answer.text
    return answer.text if answer.status_code == 200 else answer.headers["Location"]


def way_in(page: str) -> tuple[str, str]:
    """The path of the link and the code, as Carla sees them once."""
    link = re.search(r'href="http://[^/]+(/mee/[^"]+)"', page)
    code = re.search(r"data-code>([\d ]+)<", page)
    assert link is not None
    assert code is not None
    return link[1], code[1]


def enter(merel: PageClient, page: str) -> str:
    link, code = way_in(page)
    assert merel.post(link, data={"code": code}).status_code == 303
    return link


def test_merel_opens_the_link_with_the_code_and_says_what_fits(
    carla: PageClient, merel: PageClient, talk: Interview
) -> None:
    link = enter(merel, ask(carla, talk))
    page = merel.get(link)
    assert "U kreeg een brief." in page.text
    assert "Merel" in page.text
    sent = merel.post(
        f"{link}/nakijken", data={"p0": "fits", "p1": "other", "w1": "Ik was vooral boos.", "top1": "Dat gaf stress."}
    )
    assert sent.status_code == 303
    overview = carla.get(f"/gesprekken/{talk.id}/nakijken").text
    assert "Ik was vooral boos." in overview
    assert "Dat gaf stress." in overview
    assert "wensen open" in overview


def test_the_reply_is_read_by_merel(carla: PageClient, merel: PageClient, talk: Interview) -> None:
    link = enter(merel, ask(carla, talk))
    merel.post(f"{link}/nakijken", data={"p1": "out", "p2": "other", "w2": "Nooit."})
    page = carla.get(f"/gesprekken/{talk.id}/nakijken").text
    first, second = re.findall(r'action="(/wensen/[^"]+)"', page)
    assert carla.post(first, data={"state": "not_done", "reply": ""}).status_code == 422
    assert carla.post(first, data={}).status_code == 422
    assert carla.post(first, data={"state": "done", "reply": "Dit is weg."}).status_code == 303
    assert "Dit is weg." in merel.get(link).text
    carla.post(second, data={"state": "not_done", "reply": "Dat staat er al."})
    closed = merel.post(f"{link}/nakijken", data={"p1": "fits"})
    assert closed.status_code == 422
    assert "Op elke wens is al een antwoord gegeven." in closed.text


def test_the_link_alone_shows_nothing_and_five_wrong_codes_end_it(
    carla: PageClient, merel: PageClient, talk: Interview
) -> None:
    link, code = way_in(ask(carla, talk))
    assert "brief" not in merel.get(link).text
    wrong = "111111" if code.replace(" ", "") != "111111" else "222222"
    for _ in range(passes.MOST_TRIES - 1):
        assert merel.post(link, data={"code": wrong}).status_code == 422
    assert merel.post(link, data={"code": wrong}).status_code == 404
    assert merel.post(link, data={"code": code}).status_code == 404


def test_on_another_phone_the_code_is_asked_again_and_after_closing_too(
    app: Flask, carla: PageClient, merel: PageClient, talk: Interview
) -> None:
    link = enter(merel, ask(carla, talk))
    other = browser(app)
    assert "brief" not in other.get(link).text
    assert other.post(f"{link}/nakijken", data={"p0": "out"}).status_code == 404
    assert other.get(f"{link}/bedankt").status_code == 404
    merel.post(f"{link}/klaar")
    assert "brief" not in merel.get(link).text


def test_carla_ends_the_link(carla: PageClient, merel: PageClient, talk: Interview) -> None:
    link = enter(merel, ask(carla, talk))
    action = re.search(r'action="(/passen/[^"]+)"', carla.get(f"/gesprekken/{talk.id}/nakijken").text)
    assert action is not None
    carla.post(action[1])
    assert merel.get(link).status_code == 404
    assert merel.get("/mee/geen-echte-link").status_code == 404


def test_read_aloud_carla_fills_it_in(carla: PageClient, talk: Interview) -> None:
    page = ask(carla, talk, form="aloud")
    assert "U kreeg een brief." in carla.get(page).text
    assert carla.post(page, data={"p0": "fits", "remark": "Mooi."}).status_code == 303
    assert "Mooi." in carla.get(f"/gesprekken/{talk.id}/nakijken").text


def test_on_paper_there_are_boxes_to_tick(carla: PageClient, talk: Interview) -> None:
    page = carla.get(ask(carla, talk, form="paper")).text
    assert page.count("☐") == 9
    assert "Zonder uw ja gebruiken we niets extra." in page


def test_what_must_go_out_of_the_whole_text_is_gone_at_once(
    carla: PageClient, merel: PageClient, talk: Interview, text: Transcript, db: Session, cast: Cast
) -> None:
    link = enter(merel, ask(carla, talk, matter="transcript"))
    assert "Ik sliep er niet van." in merel.get(link).text
    merel.post(f"{link}/nakijken", data={"p1": "out"})
    with transaction(db):
        _, turns = transcripts.read_research(db, actor_for(db, cast.alice.id), db.merge(text))
    assert turns[1].text == "[weggelaten]"
    assert "sliep" not in merel.get(link).text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"form": "duif"}, "Kies hoe de ander het hoort of leest."),
        ({"matter": ""}, "Kies wat de ander nakijkt."),
        ({"sentences": ""}, "Zet elke zin op een nieuwe regel."),
        ({"sentences": "x" * 301}, "Maak er twee korte zinnen van."),
        ({"matter": "transcript"}, "nog niet"),
        ({"ask_again_on": "morgen"}, ""),
    ],
)
def test_what_is_not_right_gets_a_sentence(carla: PageClient, talk: Interview, data: dict[str, str], said: str) -> None:
    answer = carla.post(
        f"/gesprekken/{talk.id}/nakijken/vragen",
        data={"form": "aloud", "matter": "summary", "sentences": SUMMARY} | data,
    )
    assert answer.status_code == 422
    assert said in answer.text


def test_odd_answers_are_no_answers(carla: PageClient, merel: PageClient, talk: Interview) -> None:
    link = enter(merel, ask(carla, talk))
    sent = merel.post(f"{link}/nakijken", data={"p0": "misschien", "p99": "out", "px": "fits"})
    assert sent.status_code == 303
    assert "Geen wensen." in carla.get(f"/gesprekken/{talk.id}/nakijken").text


def test_merel_changes_her_mind_on_her_own_phone_and_it_counts_at_once(
    carla: PageClient, merel: PageClient, talk: Interview, text: Transcript, db: Session
) -> None:
    link, code = way_in(carla.post(f"/gesprekken/{talk.id}/toestemming/link").text)
    merel.post(link, data={"code": code})
    assert "Uw keuzes" in merel.get(link).text
    form = {"talk": "6b0b5c6e-3c3f-4b7e-9c52-3d5a8f1f0a11", "quote_pseudonym": "no", "portrait": "misschien"}
    for _ in range(2):
        assert merel.post(f"{link}/keuzes", data=form).status_code == 303
    with transaction(db):
        person = db.get_one(Interview, talk.id).interviewees[0]
        db.refresh(person)
        assert not person.allows(Scope.QUOTE_PSEUDONYM)
        assert person.allows(Scope.PORTRAIT)
        assert len([choice for choice in person.choices if not choice.given]) == 1


def test_who_is_represented_can_say_no_alone_and_not_yes(
    carla: PageClient, merel: PageClient, talk: Interview, db: Session
) -> None:
    with transaction(db):
        db.get_one(Interview, talk.id).interviewees[0].represented_by = Representative.PARENT
    link, code = way_in(carla.post(f"/gesprekken/{talk.id}/toestemming/link").text)
    merel.post(link, data={"code": code})
    assert merel.post(f"{link}/keuzes", data={"portrait": "no"}).status_code == 303
    assert merel.post(f"{link}/keuzes", data={"portrait": "yes"}).status_code == 422


def test_when_nothing_was_heard_the_list_says_to_ask_again(
    carla: PageClient, talk: Interview, text: Transcript, cast: Cast
) -> None:
    ask(carla, talk, form="paper", ask_again_on="2026-01-05")
    assert "je hoorde nog niets. Vraag opnieuw of het klopt." in carla.get(f"/p/{cast.project.id}/gesprekken").text
