"""The link of an interviewee: what its finder can do, and when it shows nothing to anybody any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy.orm import Session

from interviews import clock, consents, handing_over, memberchecks, passes
from interviews.access import Actor, actor_for
from interviews.db import transaction
from interviews.keys import KeyStore
from interviews.models import Interview, MemberCheck, Membership, Person
from interviews.models.interview import How, Status
from interviews.models.membercheck import CheckForm, CheckMatter, PassPurpose
from interviews.scopes import Scope
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser

STORY = "U schrok van de brief."


@pytest.fixture(autouse=True)
def cheap_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passes, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def carla(db: Session, cast: Cast) -> Actor:
    return actor_for(db, cast.carla.id)


@pytest.fixture
def talk(db: Session, cast: Cast, carla: Actor) -> Interview:
    """Of two people at once."""
    with transaction(db):
        return factories.interview(db, carla, cast.project, people=2, pseudonyms=["Merel", "Sanne"])


@pytest.fixture
def merel(db: Session, carla: Actor, talk: Interview, keys: KeyStore) -> passes.Made:
    return invited(db, carla, talk, 0, keys)


def invited(db: Session, carla: Actor, talk: Interview, number: int, keys: KeyStore) -> passes.Made:
    """The pass of one of them, with a summary to check."""
    with transaction(db):
        person = db.get_one(Interview, talk.id).interviewees[number]
        made = passes.make(db, carla, talk, person, purpose=PassPurpose.CHECK)
        memberchecks.ask(
            db,
            carla,
            talk,
            person,
            form=CheckForm.LINK,
            matter=CheckMatter.SUMMARY,
            sentences=[f"{person.pseudonym}: {STORY}"],
            keys=keys,
            pass_id=made.row.id,
        )
    return made


def come_in(app: Flask, made: passes.Made) -> PageClient:
    guest = browser(app)
    assert guest.post(f"/mee/{made.token}", data={"code": made.code}).status_code == 303
    assert STORY in guest.get(f"/mee/{made.token}").text
    return guest


def stop(db: Session, cast: Cast, talk: Interview, keys: KeyStore) -> None:
    db.get_one(Interview, talk.id).status = Status.STOPPED


def say_no(*scopes: Scope) -> Callable[[Session, Cast, Interview, KeyStore], None]:
    def no(db: Session, cast: Cast, talk: Interview, keys: KeyStore) -> None:
        person = db.get_one(Interview, talk.id).interviewees[0]
        consents.record(db, actor_for(db, cast.alice.id), person, choices=dict.fromkeys(scopes, False), how=How.SPOKEN)

    return no


def give_away(db: Session, cast: Cast, talk: Interview, keys: KeyStore) -> None:
    handing_over.hand_over(
        db, actor_for(db, cast.carla.id), db.get_one(Interview, talk.id), to=cast.bob, note="Ik stop.", keys=keys
    )


def leave(db: Session, cast: Cast, talk: Interview, keys: KeyStore) -> None:
    db.execute(sa.delete(Membership).where(Membership.person_id == cast.carla.id))


def lose_account(db: Session, cast: Cast, talk: Interview, keys: KeyStore) -> None:
    db.get_one(Person, cast.carla.id).disabled_at = clock.now()


@pytest.mark.parametrize(
    "happens",
    [stop, say_no(Scope.USE_RESEARCH), say_no(Scope.SUMMARY_SELF), give_away, leave, lose_account],
    ids=["stopped", "does not take part", "wants no summary", "handed over", "left", "account ended"],
)
def test_the_link_shows_nothing_any_more_when(
    app: Flask,
    db: Session,
    cast: Cast,
    talk: Interview,
    merel: passes.Made,
    keys: KeyStore,
    happens: Callable[[Session, Cast, Interview, KeyStore], None],
) -> None:
    guest, link = come_in(app, merel), f"/mee/{merel.token}"
    with transaction(db):
        happens(db, cast, talk, keys)
    assert STORY not in guest.get(link).text
    answer = guest.post(f"{link}/nakijken", data={"p0": "fits", "remark": "Toch."})
    assert answer.status_code == 404
    assert STORY not in answer.text
    assert db.query(MemberCheck).one().answered_at is None
    new = browser(app)
    new.post(link, data={"code": merel.code})
    assert STORY not in new.get(link).text


def test_what_somebody_said_is_not_read_any_more_after_a_no(
    app: Flask, db: Session, cast: Cast, talk: Interview, merel: passes.Made, keys: KeyStore
) -> None:
    come_in(app, merel).post(
        f"/mee/{merel.token}/nakijken", data={"p0": "other", "w0": "Anders.", "remark": "Nog iets."}
    )
    carla = browser(app).sign_in(cast.carla)
    page = carla.get(f"/gesprekken/{talk.id}/nakijken").text
    assert all(words in page for words in (STORY, "Anders.", "Nog iets."))
    with transaction(db):
        say_no(Scope.USE_RESEARCH)(db, cast, talk, keys)
    page = carla.get(f"/gesprekken/{talk.id}/nakijken").text
    assert not any(words in page for words in (STORY, "Anders.", "Nog iets."))


def test_the_code_of_one_does_not_open_the_link_of_the_other(
    app: Flask, db: Session, carla: Actor, talk: Interview, merel: passes.Made, keys: KeyStore
) -> None:
    sanne = invited(db, carla, talk, 1, keys)
    guest = come_in(app, merel)
    page = guest.get(f"/mee/{sanne.token}").text
    assert STORY not in page
    assert "Sanne" not in page
    assert guest.post(f"/mee/{sanne.token}/nakijken", data={"p0": "out"}).status_code == 404
    # Coming in by the other link closes the first on this phone.
    guest.post(f"/mee/{sanne.token}", data={"code": sanne.code})
    assert "Merel" not in guest.get(f"/mee/{merel.token}").text


def test_the_next_day_the_code_is_asked_again_on_the_same_phone(
    app: Flask, merel: passes.Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = come_in(app, merel)
    tomorrow = clock.now() + timedelta(hours=13)
    monkeypatch.setattr("webapp.views.guests.now", lambda: tomorrow)
    page = guest.get(f"/mee/{merel.token}").text
    assert STORY not in page
    assert "De 6 cijfers" in page


@pytest.mark.parametrize("kept", ["oud", ["x"], [1, 2], ["x", "y"], None])
def test_an_odd_cookie_opens_nothing(app: Flask, merel: passes.Made, kept: object) -> None:
    guest = browser(app)
    with guest.session_transaction() as cookie:
        cookie["guest"] = kept
    answer = guest.get(f"/mee/{merel.token}")
    assert answer.status_code == 200
    assert STORY not in answer.text


def test_nobody_is_asked_again_about_an_interview_to_practise_on(db: Session, carla: Actor, talk: Interview) -> None:
    today = date(2026, 1, 1)
    for practice in (False, True):
        check = MemberCheck(
            interview_id=talk.id,
            interviewee_id=talk.interviewees[0].id,
            form=CheckForm.ALOUD,
            matter=CheckMatter.SUMMARY,
            ask_again_on=today,
        )
        db.add(check)
        db.get_one(Interview, talk.id).practice = practice
        db.flush()
        assert bool(memberchecks.silent(db, talk.project_id, today)) is not practice
    db.rollback()
