"""Signing in: guessing is slow, nobody waits for somebody else's passphrase, and what ended stays ended."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from interviews import devices, passphrases, people
from interviews.access import actor_for
from interviews.clock import now
from interviews.db import transaction, writing
from interviews.errors import Invalid
from interviews.keys import InstallationKey
from interviews.models import Device, LoginAttempt, LoginSession, Person
from interviews.models.project import Role
from tests.factories import Cast, passphrase_of
from tests.pages import PageClient, browser
from webapp.guard import limiter

WRONG = "dit is het niet hoor"


def enter(client: PageClient, word: str, passphrase: str | None = None) -> int:
    sent = {"login_word": word, "passphrase": passphrase or passphrase_of(word)}
    return client.post("/inloggen", data=sent).status_code


class Slow:
    """The real hasher, that lets somebody else write to the database while it looks at a passphrase."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine, self.real = engine, passphrases._hasher
        self.written: list[str] = []

    def _write(self, what: str) -> None:
        def other() -> None:
            with writing(self.engine.execution_options())() as apart, transaction(apart):
                apart.execute(sa.update(Person).values(organisation=what))
                self.written.append(what)

        thread = threading.Thread(target=other, daemon=True)
        thread.start()
        thread.join(5)

    def verify(self, known: str, passphrase: str) -> bool:
        self._write("verify")
        return self.real.verify(known, passphrase)

    def hash(self, passphrase: str) -> str:
        self._write("hash")
        return self.real.hash(passphrase)

    def check_needs_rehash(self, known: str) -> bool:
        return True


def test_while_a_passphrase_is_looked_at_others_can_write(
    app: Flask, cast: Cast, engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(engine)
    monkeypatch.setattr(passphrases, "_hasher", slow)
    assert enter(browser(app), "carla") == 303
    assert slow.written == ["verify", "hash"]
    # Also when the browser was signed in already, and when the passphrase is wrong.
    assert enter(browser(app).sign_in(cast.bob), "carla") == 303
    assert enter(browser(app), "carla", WRONG) == 422
    assert len(slow.written) == 5


def test_while_a_new_passphrase_is_made_others_can_write(
    app: Flask, cast: Cast, db: Session, engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = invited(db, cast)
    slow = Slow(engine)
    monkeypatch.setattr(passphrases, "_hasher", slow)
    passphrase = "vier gewone woorden achter"
    sent = {"login_word": "guus", "passphrase": passphrase, "again": passphrase}
    assert browser(app).post(f"/uitnodiging/{code}", data=sent).status_code == 303
    assert slow.written == ["hash"]


def invited(db: Session, cast: Cast, role: Role = Role.CO_CODER) -> str:
    with transaction(db):
        place = cast.municipality.id if role is Role.MUNICIPALITY_READER else None
        _row, code = people.invite(
            db, actor_for(db, cast.alice.id), cast.project, display_name="Guus", roles=[role], municipality_id=place
        )
    return code


def test_who_tries_many_times_at_once_gets_no_more_answers_than_one_by_one(db: Session, cast: Cast) -> None:
    claims = [people.claim(db, word="carla") for _ in range(people.FREE_TRIES * 3)]
    checked = [people.check(claim, WRONG) for claim in claims] + [people.check(claims[0], passphrase_of("carla"))]
    for each in checked[: people.FREE_TRIES]:
        assert people.enter(db, each) is None
    for each in checked[people.FREE_TRIES :]:
        with pytest.raises(Invalid, match=r"sign_in\.wait"):
            people.enter(db, each)
    db.rollback()


def test_a_passphrase_that_was_changed_while_it_was_looked_at_no_longer_fits(db: Session, cast: Cast) -> None:
    checked = people.check(people.claim(db, word="carla"), passphrase_of("carla"))
    cast.carla.passphrase_hash = passphrases._hasher.hash("een heel andere wachtzin")
    db.flush()
    assert people.enter(db, checked) is None
    db.rollback()


def test_an_account_that_was_closed_while_the_passphrase_was_looked_at_does_not_open(db: Session, cast: Cast) -> None:
    checked = people.check(people.claim(db, word="carla"), passphrase_of("carla"))
    cast.carla.disabled_at = now()
    db.flush()
    assert people.enter(db, checked) is None
    db.rollback()


def test_no_claim_shows_a_hash_when_it_is_printed(db: Session, cast: Cast) -> None:
    claim = people.claim(db, word="carla")
    assert "argon2" not in repr(claim)
    assert "argon2" not in repr(people.check(claim, passphrase_of("carla")))


def test_guessing_keeps_nobody_out_who_is_in(app: Flask, cast: Cast) -> None:
    carla = browser(app).sign_in(cast.carla)
    stranger = browser(app)
    for _ in range(people.FREE_TRIES):
        assert enter(stranger, "carla", WRONG) == 422
    assert enter(stranger, "carla") == 429
    assert carla.get(f"/p/{cast.project.id}").status_code == 200
    assert carla.post("/taal", data={"locale": "nl"}).status_code == 303


def test_a_session_that_somebody_planted_is_not_the_one_that_is_signed_in(app: Flask, cast: Cast, db: Session) -> None:
    client = browser(app)
    with client.session_transaction() as cookie:
        cookie["token"] = "geplant"
        cookie["csrf_token"] = "geplant"
        cookie["geplant"] = "ja"
    assert enter(client, "carla") == 303
    with client.session_transaction() as cookie:
        assert cookie["token"] != "geplant"
        assert cookie.get("csrf_token") != "geplant"
        assert "geplant" not in cookie
    assert db.scalars(sa.select(LoginSession)).one().person_id == cast.carla.id


def test_who_signs_in_again_leaves_no_session_behind_that_nobody_can_end(app: Flask, cast: Cast, db: Session) -> None:
    client = browser(app)
    assert enter(client, "carla") == 303
    stolen = browser(app)
    with client.session_transaction() as cookie, stolen.session_transaction() as copy:
        copy.update(cookie)
    assert stolen.get(f"/p/{cast.project.id}").status_code == 200
    assert enter(client, "carla") == 303
    assert stolen.get(f"/p/{cast.project.id}").status_code == 303
    assert len([row for row in db.scalars(sa.select(LoginSession)) if row.ended_at is None]) == 1


def test_a_wrong_passphrase_signs_nobody_out(app: Flask, cast: Cast) -> None:
    client = browser(app).sign_in(cast.carla)
    assert enter(client, "bob", WRONG) == 422
    assert client.get(f"/p/{cast.project.id}").status_code == 200


def test_signing_out_ends_the_row_for_every_copy_of_the_cookie(app: Flask, cast: Cast, db: Session) -> None:
    client = browser(app).sign_in(cast.carla)
    stolen = browser(app)
    with client.session_transaction() as cookie, stolen.session_transaction() as copy:
        copy.update(cookie)
    assert client.post("/uitloggen").status_code == 303
    assert db.scalars(sa.select(LoginSession)).one().ended_at is not None
    assert stolen.get(f"/p/{cast.project.id}").status_code == 303
    assert stolen.post("/taal", data={"locale": "nl"}).status_code == 303


@pytest.fixture
def limited(app: Flask) -> Iterator[Flask]:
    """The application with its limits per address."""
    app.config["RATELIMIT_ENABLED"] = True
    limiter.enabled = True
    limiter.reset()
    yield app
    limiter.reset()
    limiter.enabled = False


@pytest.mark.parametrize("way", ["link", "card", "form"])
def test_guessing_from_one_address_is_slowed(limited: Flask, cast: Cast, way: str) -> None:
    client = browser(limited)
    answers = []
    for number in range(70):
        code = f"aaaa-bbbb-cccc-{number:04}"
        if way == "link":
            answers.append(client.get(f"/uitnodiging/{code}"))
        elif way == "card":
            answers.append(client.post("/uitnodiging", data={"code": code}))
        else:
            answers.append(client.post(f"/uitnodiging/{code}"))
    assert answers[0].status_code in (404, 422)
    assert answers[-1].status_code == 429
    assert "Wacht een minuut" in answers[-1].text
    assert sum(answer.status_code == 429 for answer in answers) == 10
    # Who works here goes on.
    assert browser(limited).sign_in(cast.carla).get(f"/p/{cast.project.id}").status_code == 200


def test_a_code_that_is_used_over_or_made_up_gets_one_and_the_same_page(app: Flask, cast: Cast, db: Session) -> None:
    from interviews.models import Invitation

    used, over = invited(db, cast), invited(db, cast)
    with transaction(db):
        first, second = db.scalars(sa.select(Invitation).order_by(Invitation.created_at)).all()
        first.used_at = now()
        second.ends_at = now() - timedelta(seconds=1)
    pages = [browser(app).get(f"/uitnodiging/{code}") for code in (used, over, "aaaa-bbbb-cccc-dddd")]
    assert {page.status_code for page in pages} == {404}
    assert all("Guus" not in page.text and cast.project.title not in page.text for page in pages)


def test_a_reader_of_a_municipality_sees_a_clear_page_and_nothing_else(app: Flask, cast: Cast, db: Session) -> None:
    code = invited(db, cast, Role.MUNICIPALITY_READER)
    passphrase = "vier gewone woorden achter"
    reader = browser(app)
    reader.post(f"/uitnodiging/{code}", data={"login_word": "guus", "passphrase": passphrase, "again": passphrase})
    page = reader.get("/", follow_redirects=True)
    assert page.status_code == 200
    assert "Zodra er een verslag is vrijgegeven, vind je het hier." in page.text
    for part in ("gesprekken", "gesprekken/nieuw", "lezen", "themas", "themas/nieuw", "verslagen", "mensen", "logboek"):
        assert reader.get(f"/p/{cast.project.id}/{part}").status_code == 403
        assert f"/p/{cast.project.id}/{part}" not in page.text
    assert db.scalar(sa.select(sa.func.count()).select_from(LoginAttempt)) == 0


class Counting:
    """The real hasher, that counts."""

    def __init__(self) -> None:
        self.real, self.seen = passphrases._hasher, list[str]()

    def verify(self, known: str, secret: str) -> bool:
        self.seen.append(known.rsplit("$", 2)[0])
        return self.real.verify(known, secret)

    def hash(self, secret: str) -> str:
        return self.real.hash(secret)

    def check_needs_rehash(self, known: str) -> bool:
        return self.real.check_needs_rehash(known)


def test_every_way_of_being_wrong_is_the_same_work_and_the_same_answer(
    app: Flask, cast: Cast, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = browser(app).sign_in(cast.carla)
    phone.submit(phone.get("/pincode"), "/pincode", pin="482916", pin_again="482916")
    phone.post("/uitloggen")
    with transaction(db):
        people.close_account(db, db.get_one(Person, cast.dirk.id))
        db.get_one(Person, cast.esra.id).passphrase_hash = ""
    passphrases.nobody()
    counting = Counting()
    monkeypatch.setattr(passphrases, "_hasher", counting)
    tries = [
        ("niemand", WRONG),  # nobody has this word
        ("bob", WRONG),
        ("dirk", passphrase_of("dirk")),  # an account that was closed
        ("esra", passphrase_of("esra")),  # somebody without a passphrase
        ("bob", "482916"),  # a PIN on a device that is not known
    ]
    answers = [browser(app).post("/inloggen", data={"login_word": word, "passphrase": typed}) for word, typed in tries]
    answers.append(phone.post("/inloggen", data={"login_word": "carla", "passphrase": "482917"}))  # a wrong PIN
    assert len(counting.seen) == len(answers)
    assert len(set(counting.seen)) == 1  # the same algorithm at the same price
    assert {answer.status_code for answer in answers} == {422}
    assert all("Dit klopt niet. Kijk op je kaartje" in answer.text for answer in answers)


def test_of_two_who_use_one_card_at_the_same_moment_one_gets_in(any_engine: sa.Engine) -> None:
    from tests import factories

    with writing(any_engine)() as session, transaction(session):
        cast = factories.cast(session)
        _row, code = people.make_card(session, actor_for(session, cast.alice.id), cast.project, cast.carla)
    ready, told = threading.Barrier(4), list[bool]()

    def one() -> None:
        chosen = people.choose_pin("482916", token=secrets.token_urlsafe(32))
        with writing(any_engine)() as session:
            ready.wait(10)
            with transaction(session):
                told.append(people.use_card(session, word="carla", code=code, chosen=chosen) is not None)

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(told) == [False, False, False, True]


def test_a_stolen_database_gives_no_pin(app: Flask, cast: Cast, db: Session) -> None:
    phone = browser(app).sign_in(cast.carla)
    phone.submit(phone.get("/pincode"), "/pincode", pin="482916", pin_again="482916")
    known = db.scalars(sa.select(Device)).one().pin_hash
    assert known is not None
    # All that is in the row: without the token of the phone even the right PIN does not fit.
    row = db.scalars(sa.select(Device)).one()
    for guess in ("482916", passphrases.pin_on_device("482916", row.token_hash.hex())):
        assert not passphrases.fits(known, guess)


def test_who_leaves_has_no_way_back(app: Flask, cast: Cast, db: Session) -> None:
    """Check B24: session, device, PIN, card, passphrase and key of the drafts, all in one transaction."""
    phone = browser(app).sign_in(cast.carla)
    phone.submit(phone.get("/pincode"), "/pincode", pin="482916", pin_again="482916")
    phone.post("/apparaat", json={})
    laptop = browser(app).sign_in(cast.carla)
    with transaction(db):
        _row, code = people.make_card(db, actor_for(db, cast.alice.id), cast.project, cast.carla)
    with transaction(db):
        people.end_access(db, actor_for(db, cast.alice.id), cast.project, cast.carla)
    pages = ("/", "/apparaten", f"/p/{cast.project.id}", f"/p/{cast.project.id}/gesprekken", "/meegaan.json")
    for client in (phone, laptop):
        assert not [page for page in pages if client.get(page).status_code == 200]
    assert enter(phone, "carla") == enter(phone, "carla", "482916") == 422
    sent = {"login_word": "carla", "code": code, "pin": "590371", "pin_again": "590371"}
    assert browser(app).post("/inloggen/kaart", data=sent).status_code == 422
    assert phone.get("/apparaat.json").status_code == 410
    assert db.scalars(sa.select(Device.salt)).all() == [None]


def test_closing_an_account_erases_what_makes_the_keys_of_its_drafts(db: Session, cast: Cast) -> None:
    with transaction(db):
        added = devices.add(db, cast.carla, name="Telefoon")
    with transaction(db):
        people.close_account(db, cast.carla)
    assert (added.device.salt, added.device.revoked_at is None) == (None, False)
    with transaction(db):
        # Opening the account again brings no key back.
        cast.carla.disabled_at = None
    with pytest.raises(devices.DeviceRevoked):
        devices.key_of(InstallationKey.generate(), added.device)
