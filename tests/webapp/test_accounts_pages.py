"""The second step, the card and the PIN, the lock, and what one signs in with."""

from __future__ import annotations

import dataclasses
import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from interviews import clock, devices, people, projects, secondfactor
from interviews.access import actor_for
from interviews.clock import now
from interviews.db import transaction
from interviews.keys import KeyStore
from interviews.models import AuditEntry, CardCode, Device, Interview, LoginSession, Person
from interviews.models.project import Role
from tests import factories
from tests.conftest import serve
from tests.factories import Cast, passphrase_of
from tests.pages import PageClient, browser
from webapp import create_app
from webapp.settings import Settings

PIN = "482916"


@pytest.fixture
def real(db: Session, cast: Cast) -> Cast:
    """The cast in a project with stories of real people."""
    with transaction(db):
        cast.project.made_up = False
    return cast


def sign_in(client: PageClient, word: str, typed: str | None = None) -> TestResponse:
    return client.submit(client.get("/inloggen"), "/inloggen", login_word=word, passphrase=typed or passphrase_of(word))


def secret_in(page: TestResponse) -> str:
    found = re.search(r"data-secret>([A-Z2-7 ]+)<", page.text)
    assert found
    return found[1].replace(" ", "")


def set_up(client: PageClient) -> tuple[str, list[str]]:
    """Set up a second factor; return the secret and the recovery codes."""
    page = client.get("/tweede-stap/instellen")
    secret = secret_in(page)
    answer = client.submit(page, "/tweede-stap/instellen", code=pyotp.TOTP(secret).at(clock.now()))
    assert answer.location == "/tweede-stap/codes"
    return secret, re.findall(r"data-recovery>([^<]+)<", client.get(answer.location).text)


def code_of(secret: str, *, later: int = 1) -> str:
    """The next code: the present one may be used already, and phones run ahead a little."""
    return pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=30 * later))


def age(db: Session, **fields: timedelta) -> None:
    """Move moments of the only live session into the past."""
    with transaction(db):
        row = db.scalars(sa.select(LoginSession).where(LoginSession.ended_at.is_(None))).one()
        for name, span in fields.items():
            setattr(row, name, now() - span)


# What changed since the last time


def test_who_signs_in_hears_once_that_somebody_changed_how_she_does(
    app: Flask, client: PageClient, cast: Cast, db: Session
) -> None:
    sign_in(client, "carla")
    assert "is veranderd op" not in client.get("/", follow_redirects=True).text
    with transaction(db):
        carla = db.get_one(Person, cast.carla.id)
        people.give_passphrase_by_operator(
            db, carla, people.choose(word="carla", passphrase="vier groene olifanten dansen")
        )
        people.make_card(db, actor_for(db, cast.alice.id), cast.project, carla)
    again = browser(app)
    sign_in(again, "carla", "vier groene olifanten dansen")
    start = again.get("/", follow_redirects=True).text
    assert start.count("Je wachtzin is veranderd op") == 1
    assert "Er is een kaartje voor je gemaakt op" in start
    assert "Was jij dat niet, en wist je er niet van? Bel" in start
    assert "Je wachtzin is veranderd op" in again.get("/apparaten").text
    third = browser(app)
    sign_in(third, "carla", "vier groene olifanten dansen")
    assert "is veranderd op" not in third.get("/", follow_redirects=True).text
    assert "is veranderd op" in third.get("/apparaten").text


def test_who_set_up_another_phone_hears_so_at_the_next_sign_in_after_the_code(
    app: Flask, client: PageClient, real: Cast
) -> None:
    sign_in(client, "alice")
    secret, _codes = set_up(client)
    other = browser(app)
    answer = sign_in(other, "alice")
    answer = other.submit(other.get(answer.location), answer.location, code=code_of(secret))
    assert "Je tweede stap is ingesteld op" in other.get("/", follow_redirects=True).text


# Signing in with a second factor


def test_a_lead_of_a_real_project_sees_nothing_before_the_second_step_is_set_up(client: PageClient, real: Cast) -> None:
    assert sign_in(client, "alice").status_code == 303
    for address in (f"/p/{real.project.id}", "/apparaten", f"/p/{real.project.id}/mensen", "/pincode"):
        assert client.get(address).location == "/tweede-stap/instellen"
    assert client.post("/taal", data={"locale": "nl"}).status_code == 303
    assert client.get("/hulp").status_code == 200
    assert real.project.title not in client.get("/hulp").text
    page = client.get("/tweede-stap/instellen")
    assert "Jij kunt veel verhalen lezen." in page.text
    assert "data:image/svg+xml" in page.text
    secret, codes = set_up(client)
    assert (len(secret), len(codes)) == (32, 10)
    assert client.get(f"/p/{real.project.id}").status_code == 200
    again = client.get("/tweede-stap/codes")
    assert codes[0] not in again.text
    assert "Je hebt nog 10 codes die werken." in again.text


def test_after_that_the_passphrase_is_followed_by_a_code(app: Flask, client: PageClient, real: Cast) -> None:
    sign_in(client, "alice")
    secret, codes = set_up(client)
    other = browser(app)
    asked = f"/p/{real.project.id}/mensen"
    asking = other.get(asked, follow_redirects=True)
    answer = other.submit(asking, "/inloggen", login_word="alice", passphrase=passphrase_of("alice"))
    assert answer.location == f"/inloggen/code?next={asked}"
    assert other.get(asked).location == f"/inloggen/code?next={asked}"
    page = other.get(answer.location)
    assert "Alice" not in page.text
    wrong = other.submit(page, "/inloggen/code", code="000000")
    assert wrong.status_code == 422
    assert "Deze code klopt niet, of hij is al gebruikt." in wrong.text
    answer = other.submit(page, "/inloggen/code", code=code_of(secret))
    assert answer.location == asked
    assert other.get(asked).status_code == 200
    # The same code a second time, and a recovery code.
    third = browser(app)
    sign_in(third, "alice")
    page = third.get("/inloggen/code")
    assert third.submit(page, "/inloggen/code", code=code_of(secret)).status_code == 422
    assert third.submit(page, "/inloggen/code", code=codes[4].upper()).status_code == 303
    assert "Je hebt nog 9 herstelcodes." in third.get("/apparaten").text


def test_each_step_gets_a_token_of_its_own(client: PageClient, real: Cast, db: Session) -> None:
    def token() -> str:
        with client.session_transaction() as cookie:
            return str(cookie["token"])

    sign_in(client, "alice")
    seen = [token()]
    secret, _codes = set_up(client)
    seen.append(token())
    client.post("/uitloggen")
    sign_in(client, "alice")
    seen.append(token())
    client.submit(client.get("/inloggen/code"), "/inloggen/code", code=code_of(secret))
    seen.append(token())
    age(db, confirmed_at=timedelta(minutes=11))
    page = client.get("/pincode", follow_redirects=True)
    assert page.request.path == "/tweede-stap"
    with transaction(db):
        # Half a minute went by.
        secondfactor.of(db, real.alice.id).last_step -= 1  # type: ignore[union-attr]
    assert client.submit(page, "/tweede-stap", code=code_of(secret)).location == "/pincode"
    seen.append(token())
    assert len(set(seen)) == 5
    for old in seen[:-1]:
        assert people.find_session(db, old) is None
    assert people.find_session(db, seen[-1]) is not None


def test_in_the_example_nobody_is_asked_for_a_code(client: PageClient, cast: Cast) -> None:
    assert sign_in(client, "alice").location == "/"
    assert client.get(f"/p/{cast.project.id}/mensen").status_code == 200


def test_a_code_page_without_a_passphrase_first_leads_to_signing_in(client: PageClient, real: Cast) -> None:
    assert client.get("/inloggen/code").location == "/inloggen"
    assert client.post("/inloggen/code", data={"code": "123456"}).location == "/inloggen"
    assert client.get("/tweede-stap").location.startswith("/inloggen")
    assert client.get("/tweede-stap/instellen").location.startswith("/inloggen")
    assert client.get("/tweede-stap/codes").location.startswith("/inloggen")


def test_another_app_replaces_the_first_one_and_ends_other_sessions(app: Flask, client: PageClient, real: Cast) -> None:
    sign_in(client, "alice")
    secret, _codes = set_up(client)
    other = browser(app)
    sign_in(other, "alice")
    other.submit(other.get("/inloggen/code"), "/inloggen/code", code=code_of(secret))
    assert other.get("/apparaten").status_code == 200
    new, _codes = set_up(client)
    assert new != secret
    assert other.get("/apparaten").status_code == 303


# Before a sensitive page


def test_a_sensitive_page_asks_again_after_ten_minutes_and_leads_back(
    client: PageClient, cast: Cast, db: Session
) -> None:
    client.sign_in(cast.alice)
    address = f"/p/{cast.project.id}/mensen/{cast.carla.id}/tweede-stap"
    assert client.get(address).status_code == 200
    age(db, confirmed_at=timedelta(minutes=11))
    page = client.get(address, follow_redirects=True)
    assert page.request.path == "/tweede-stap"
    wrong = client.submit(page, "/tweede-stap", proof="dit is het niet hoor")
    assert wrong.status_code == 422
    assert client.submit(wrong, "/tweede-stap", proof="").status_code == 422
    assert client.submit(wrong, "/tweede-stap", proof=passphrase_of("alice")).location == address
    assert client.get(address).status_code == 200
    # A stranger of the project still sees nothing, and a script is told where to go.
    age(db, confirmed_at=timedelta(minutes=11))
    told = client.get(address, headers={"Accept": "application/json"})
    assert (told.status_code, (told.get_json() or {})["step"]) == (403, f"/tweede-stap?next={address}")
    client.sign_in(cast.zoe)
    assert client.get(address).status_code == 404


def test_a_change_is_not_done_and_is_sent_again_after_the_second_step(
    client: PageClient, cast: Cast, db: Session
) -> None:
    client.sign_in(cast.alice)
    place = f"/p/{cast.project.id}/mensen/{cast.carla.id}"
    age(db, confirmed_at=timedelta(minutes=11))
    answer = client.post(f"{place}/kaartje", headers={"Referer": f"http://localhost{place}"})
    assert answer.location == f"/tweede-stap?next={place}"
    assert "Verstuur het daarna nog een keer." in client.get(answer.location).text
    assert db.scalars(sa.select(CardCode)).all() == []


# The lock


def test_a_locked_session_serves_no_page_on_any_tab_until_its_owner_is_back(
    client: PageClient, cast: Cast, db: Session
) -> None:
    client.sign_in(cast.carla)
    page = client.get(f"/p/{cast.project.id}")
    assert "Vergrendel" in page.text
    answer = client.submit(page, "/vergrendelen")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    for asked in (f"/p/{cast.project.id}", "/apparaten", f"/p/{cast.project.id}/gesprekken"):
        shut = client.get(asked)
        assert (shut.status_code, shut.location) == (303, f"/vergrendeld?next={asked}")
        assert shut.headers["Cache-Control"] == "no-store"
    assert client.post("/apparaten/andere-uitloggen").status_code == 401
    assert client.get("/apparaat.json").json == {"person": None}
    lock = client.get(f"/vergrendeld?next=/p/{cast.project.id}")
    assert lock.headers["Cache-Control"] == "no-store"
    assert "Carla" not in lock.text
    assert cast.project.title not in lock.text
    assert "Carla" not in client.get("/hulp").text
    assert client.submit(lock, "/vergrendeld", proof="dit is het niet hoor").status_code == 422
    assert client.get("/apparaten").status_code == 303
    answer = client.submit(lock, "/vergrendeld", proof=passphrase_of("carla"))
    assert answer.location == f"/p/{cast.project.id}"
    assert client.get("/apparaten").status_code == 200
    # A form that stood open in another tab can still be sent.
    assert client.submit(page, "/taal", locale="nl").status_code == 303


def test_after_half_an_hour_of_silence_a_shared_computer_locks_itself(
    client: PageClient, cast: Cast, db: Session
) -> None:
    sign_in(client, "carla")
    assert 'name="locks-after" content="1800"' in client.get(f"/p/{cast.project.id}").text
    age(db, last_seen_at=timedelta(minutes=29))
    assert client.get("/apparaten").status_code == 200
    age(db, last_seen_at=timedelta(minutes=31))
    assert client.get("/apparaten").location == "/vergrendeld?next=/apparaten"
    # What was typed meanwhile is shown back, not lost.
    typed = "Ze zei dat ze al drie weken op een brief van de gemeente wachtte."
    answer = client.post("/apparaten/andere-uitloggen", data={"note": typed})
    assert (answer.status_code, typed in answer.text) == (401, True)
    # Asking does not keep it awake.
    assert client.get("/apparaten").location == "/vergrendeld?next=/apparaten"


def test_an_own_phone_of_an_interviewer_stays_open_through_a_talk_and_a_lead_locks_everywhere(
    app: Flask, real: Cast, db: Session
) -> None:
    phone = browser(app)
    phone.post("/inloggen", data={"login_word": "carla", "passphrase": passphrase_of("carla"), "own_device": "y"})
    assert "locks-after" not in phone.get(f"/p/{real.project.id}").text
    age(db, last_seen_at=timedelta(hours=3), started_at=timedelta(days=3))
    assert phone.get("/apparaten").status_code == 200
    with transaction(db):
        projects.give_role(db, real.project, real.carla, Role.PROJECT_LEAD)
    assert phone.get("/apparaten").status_code == 303


def test_a_shift_on_a_shared_computer_ends_after_twelve_hours(client: PageClient, cast: Cast, db: Session) -> None:
    sign_in(client, "carla")
    age(db, started_at=timedelta(hours=12))
    assert client.get("/apparaten").location == "/inloggen?next=/apparaten"


def test_somebody_else_at_a_locked_screen_signs_in_and_the_first_one_is_out(
    client: PageClient, cast: Cast, db: Session
) -> None:
    client.sign_in(cast.carla)
    client.post("/vergrendelen")
    assert sign_in(client, "dirk").status_code == 303
    live = db.scalars(sa.select(LoginSession).where(LoginSession.ended_at.is_(None))).all()
    assert [row.person_id for row in live] == [cast.dirk.id]
    client.post("/vergrendelen")
    assert client.submit(client.get("/vergrendeld"), "/uitloggen").location == "/inloggen"
    assert client.get("/apparaten").location == "/inloggen?next=/apparaten"


def test_guessing_at_a_lock_is_slowed(client: PageClient, cast: Cast) -> None:
    client.sign_in(cast.carla)
    client.post("/vergrendelen")
    page = client.get("/vergrendeld")
    for _ in range(people.FREE_TRIES):
        client.submit(page, "/vergrendeld", proof="dit is het niet hoor")
    answer = client.submit(page, "/vergrendeld", proof=passphrase_of("carla"))
    assert answer.status_code == 429
    assert "Wacht 1 minuut" in answer.text


# The card and the PIN


def card_of(client: PageClient, cast: Cast, person: Person) -> str:
    """Let the signed-in lead make a card for `person`; return the code on it."""
    place = f"/p/{cast.project.id}/mensen/{person.id}"
    answer = client.submit(client.get(place), f"{place}/kaartje")
    page = client.get(answer.location)
    found = re.search(r"data-code>([a-z2-9-]{19})<", page.text)
    assert found
    assert person.login_word in page.text
    assert "http://127.0.0.1:8000/inloggen/kaart" in page.text
    assert "data-code" not in client.get(answer.location).text
    return found[1]


def use_card(client: PageClient, word: str, code: str, pin: str = PIN) -> TestResponse:
    return client.submit(
        client.get("/inloggen/kaart"), "/inloggen/kaart", login_word=word, code=code, pin=pin, pin_again=pin
    )


def test_a_card_makes_a_phone_known_once_and_from_then_on_a_pin_is_enough_there(
    app: Flask, client: PageClient, real: Cast, db: Session
) -> None:
    with transaction(db):
        projects.give_role(db, real.project, real.dirk, Role.PEER_INTERVIEWER)
        # A lead who signed in with everything that is asked.
        secondfactor.set_up(db, real.alice, **_any_secret(app))
    client.sign_in(real.alice)
    code = card_of(client, real, real.carla)
    phone = browser(app)
    assert use_card(phone, "carla", code.upper().replace("-", " ")).status_code == 303
    assert phone.get(f"/p/{real.project.id}").status_code == 200
    phone.post("/uitloggen")
    page = phone.get("/inloggen")
    assert "De zes cijfers die je op dit apparaat koos." in page.text
    assert sign_in(phone, "carla", PIN).status_code == 303
    assert phone.get(f"/p/{real.project.id}").status_code == 200
    # The passphrase way stays.
    phone.post("/uitloggen")
    assert (
        phone.submit(
            phone.get("/inloggen?met=wachtzin"), "/inloggen", login_word="carla", passphrase=passphrase_of("carla")
        ).location
        == "/"
    )
    # On another device the PIN is worth nothing, and the card was used.
    other = browser(app)
    assert sign_in(other, "carla", PIN).status_code == 422
    assert use_card(other, "carla", code).status_code == 422
    with transaction(db):
        line = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "card.use")).one()
    assert (line.actor_id, line.project_id) == (real.carla.id, real.project.id)


def _any_secret(app: Flask) -> dict[str, Any]:
    secret = secondfactor.new_secret()
    return {
        "secret": secret,
        "code": pyotp.TOTP(secret).at(clock.now()),
        "key": app.extensions["dichterbij.factor_key"],
    }


def test_drafts_on_a_phone_stay_readable_when_it_gets_a_pin(client: PageClient, cast: Cast, db: Session) -> None:
    client.sign_in(cast.carla)
    before = client.post("/apparaat", json={}).get_json() or {}
    assert client.submit(client.get("/pincode"), "/pincode", pin=PIN, pin_again=PIN).location == "/apparaten"
    after = client.get("/apparaat.json").get_json() or {}
    assert (before["device"], before["key"]) == (after["device"], after["key"])
    assert db.scalars(sa.select(Device)).one().pin_hash is not None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"pin": "123456", "pin_again": "123456"}, "Deze pincode is te makkelijk te raden."),
        ({"pin": "1234", "pin_again": "1234"}, "Een pincode heeft 6 cijfers."),
        ({"pin": PIN, "pin_again": "482917"}, "De twee pincodes zijn niet hetzelfde."),
        ({"pin": "", "pin_again": ""}, "Kies een pincode."),
    ],
)
def test_a_pin_that_cannot_be_is_said_beside_the_field(
    client: PageClient, cast: Cast, typed: dict[str, str], said: str
) -> None:
    client.sign_in(cast.carla)
    answer = client.submit(client.get("/pincode"), "/pincode", **typed)
    assert answer.status_code == 422
    assert answer.text.count(said) == 2


def test_a_pin_unlocks_and_is_gone_with_the_device(client: PageClient, cast: Cast, db: Session) -> None:
    client.sign_in(cast.carla)
    client.submit(client.get("/pincode"), "/pincode", pin=PIN, pin_again=PIN)
    client.post("/vergrendelen")
    assert client.submit(client.get("/vergrendeld"), "/vergrendeld", proof=PIN).location == "/"
    row = db.scalars(sa.select(Device)).one()
    client.post(f"/apparaten/{row.id}/afmelden")
    assert sign_in(client, "carla", PIN).status_code == 422
    assert db.scalars(sa.select(Device)).one().pin_hash is None


def test_a_pin_is_no_way_in_for_who_must_have_a_second_factor(client: PageClient, cast: Cast, db: Session) -> None:
    client.sign_in(cast.alice)
    client.submit(client.get("/pincode"), "/pincode", pin=PIN, pin_again=PIN)
    with transaction(db):
        cast.project.made_up = False
    client.post("/uitloggen")
    assert sign_in(client, "alice", PIN).status_code == 422


def test_whoever_guesses_from_elsewhere_holds_up_nobody_on_their_own_phone(
    app: Flask, client: PageClient, cast: Cast
) -> None:
    client.sign_in(cast.carla)
    client.submit(client.get("/pincode"), "/pincode", pin=PIN, pin_again=PIN)
    client.post("/uitloggen")
    stranger = browser(app)
    for _ in range(people.FREE_TRIES):
        sign_in(stranger, "carla", "dit is het niet hoor")
    assert sign_in(stranger, "carla").status_code == 429
    assert sign_in(client, "carla", PIN).status_code == 303


def test_a_lead_makes_no_card_for_who_also_works_elsewhere_or_signs_in_with_a_code(
    client: PageClient, real: Cast, db: Session, app: Flask
) -> None:
    with transaction(db):
        secondfactor.set_up(db, real.alice, **_any_secret(app))
        projects.give_role(db, real.elsewhere, real.carla, Role.CO_CODER)
    client.sign_in(real.alice)
    for person, said in ((real.carla, "werkt ook in een ander project"), (real.bob, "Een kaartje werkt dan niet.")):
        place = f"/p/{real.project.id}/mensen/{person.id}"
        answer = client.post(f"{place}/kaartje", headers={"Referer": f"http://localhost{place}"})
        assert said in client.get(answer.location).text
    assert db.scalars(sa.select(CardCode)).all() == []


def test_a_new_card_makes_the_old_one_worth_nothing_and_another_word_does_not_fit(
    app: Flask, client: PageClient, cast: Cast
) -> None:
    client.sign_in(cast.alice)
    old, new = card_of(client, cast, cast.carla), card_of(client, cast, cast.carla)
    phone = browser(app)
    wrong = [use_card(phone, "carla", old), use_card(phone, "dirk", new), use_card(phone, "niemand", new)]
    assert {answer.status_code for answer in wrong} == {422}
    assert all("Is de code al gebruikt? Vraag dan een nieuw kaartje." in answer.text for answer in wrong)
    assert use_card(phone, "carla", new).status_code == 303


def test_a_new_interviewer_chooses_a_pin_instead_of_a_passphrase(app: Flask, cast: Cast, db: Session) -> None:
    with transaction(db):
        _row, code = people.invite(
            db, actor_for(db, cast.alice.id), cast.project, display_name="Fatou", roles=[Role.PEER_INTERVIEWER]
        )
    phone = browser(app)
    page = phone.get(f"/uitnodiging/{code}?met=pincode")
    answer = phone.submit(page, page.request.path, login_word="fatou", pin=PIN, pin_again=PIN)
    assert (answer.status_code, answer.location) == (303, "/")
    assert phone.get(f"/p/{cast.project.id}").status_code == 200
    fatou = db.scalars(sa.select(Person).where(Person.login_word == "fatou")).one()
    assert fatou.passphrase_hash == ""
    # Without a passphrase none fits, not even an empty one; and one can be chosen later.
    other = browser(app)
    for typed in (" ", PIN, "vier gewone woorden achter"):
        assert sign_in(other, "fatou", typed).status_code == 422
    new = "vier gewone woorden achter"
    assert phone.submit(phone.get("/wachtzin"), "/wachtzin", passphrase=new, again=new).location == "/apparaten"
    assert sign_in(other, "fatou", new).status_code == 303


def test_a_researcher_who_is_invited_gets_no_pin(client: PageClient, real: Cast, db: Session) -> None:
    with transaction(db):
        _row, code = people.invite(
            db, actor_for(db, real.alice.id), real.project, display_name="Guus", roles=[Role.RESEARCHER]
        )
    page = client.get(f"/uitnodiging/{code}?met=pincode")
    assert 'name="pin"' not in page.text
    assert "Kies dan een pincode" not in page.text
    assert "12 tekens of meer" in page.text
    refused = client.post(
        f"/uitnodiging/{code}", data={"way": "pin", "login_word": "guus", "pin": PIN, "pin_again": PIN}
    )
    assert refused.status_code == 422
    new = "regen tafels"
    client.post(f"/uitnodiging/{code}", data={"login_word": "guus", "passphrase": new, "again": new})
    assert client.get("/").location == "/tweede-stap/instellen"


# What one signs in with


def test_somebody_changes_the_passphrase_and_is_out_on_every_other_device(
    app: Flask, client: PageClient, cast: Cast
) -> None:
    other = browser(app).sign_in(cast.carla)
    sign_in(client, "carla")
    page, new = client.get("/wachtzin"), "regen tafel zondag fiets"
    wrong = client.submit(page, "/wachtzin", old="dit is het niet hoor", passphrase=new, again=new)
    assert "Dit is niet je wachtzin van nu." in wrong.text
    easy = client.submit(
        page, "/wachtzin", old=passphrase_of("carla"), passphrase="Carla carla carla", again="Carla carla carla"
    )
    assert "te makkelijk te raden" in easy.text
    assert other.get("/apparaten").status_code == 200
    answer = client.submit(page, "/wachtzin", old=passphrase_of("carla"), passphrase=new, again=new)
    assert answer.location == "/apparaten"
    assert other.get("/apparaten").status_code == 303
    assert sign_in(browser(app), "carla").status_code == 422
    assert sign_in(browser(app), "carla", new).status_code == 303


def test_somebody_ends_all_other_sessions_at_once(app: Flask, client: PageClient, cast: Cast) -> None:
    others = [browser(app).sign_in(cast.carla) for _ in range(2)]
    stranger = browser(app).sign_in(cast.dirk)
    client.sign_in(cast.carla)
    page = client.get("/apparaten")
    assert page.text.count("Testbrowser") >= 3
    client.submit(page, "/apparaten/andere-uitloggen")
    assert [one.get("/apparaten").status_code for one in (*others, client, stranger)] == [303, 303, 200, 200]


# Letting somebody go


def test_the_lead_sees_what_somebody_still_holds_gives_it_on_and_ends_access(
    app: Flask, client: PageClient, cast: Cast, db: Session
) -> None:
    phone = browser(app).sign_in(cast.carla)
    given = phone.post("/apparaat", json={}).get_json()
    with transaction(db):
        rows = [factories.interview(db, actor_for(db, cast.carla.id), cast.project) for _ in range(2)]
        codes = [row.code for row in rows]
    client.sign_in(cast.alice)
    place = f"/p/{cast.project.id}/mensen/{cast.carla.id}/weghalen"
    page = client.get(place)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))
    assert "Gesprekken die nog niet klaar zijn 2" in text
    assert "Telefoons en computers met teksten 1" in text
    assert all(code in text for code in codes)
    nothing = client.submit(page, f"{place}/doorgeven", person=str(cast.bob.id), note="")
    assert "Schrijf eerst een briefje." in nothing.text
    nobody = client.submit(page, f"{place}/doorgeven", person=str(cast.zoe.id), note="Beide nog te houden.")
    assert "Kies eerst wie het gesprek overneemt." in nobody.text
    answer = client.submit(page, f"{place}/doorgeven", person=str(cast.bob.id), note="Beide nog te houden.")
    assert "2 gesprekken zijn nu van Bob." in client.get(answer.location).text
    assert set(db.scalars(sa.select(Interview.interviewer_id))) == {cast.bob.id}
    client.submit(client.get(place), place)
    # Out at once, and what is on the phone can be read by nobody any more.
    assert phone.get(f"/p/{cast.project.id}").status_code == 303
    told = phone.get("/apparaat.json")
    assert (told.status_code, (told.get_json() or {})["revoked"]) == (410, [given["device"]])
    device = db.scalars(sa.select(Device)).one()
    assert (device.salt, device.pin_hash) == (None, None)
    with pytest.raises(devices.DeviceRevoked):
        devices.key_of(app.extensions["dichterbij.factor_key"], device)
    assert sign_in(phone, "carla").status_code == 422
    assert db.get_one(Person, cast.carla.id).disabled_at is not None


def test_after_a_stolen_phone_the_lead_signs_somebody_out_everywhere_and_gives_a_new_card(
    app: Flask, client: PageClient, cast: Cast, db: Session
) -> None:
    phone = browser(app).sign_in(cast.carla)
    phone.post("/apparaat", json={})
    client.sign_in(cast.alice)
    place = f"/p/{cast.project.id}/mensen/{cast.carla.id}"
    answer = client.submit(client.get(place), f"{place}/afmelden")
    assert "Carla is overal uitgelogd." in client.get(answer.location).text
    assert phone.get("/apparaten").status_code == 303
    assert phone.get("/apparaat.json").status_code == 410
    new = browser(app)
    assert use_card(new, "carla", card_of(client, cast, cast.carla)).status_code == 303
    assert new.get(f"/p/{cast.project.id}").status_code == 200
    own = client.post(f"/p/{cast.project.id}/mensen/{cast.alice.id}/afmelden")
    assert (own.status_code, "Dat doe je bij Mijn apparaten." in own.text) == (422, True)


def test_who_also_works_elsewhere_keeps_the_account(app: Flask, cast: Cast, db: Session) -> None:
    with transaction(db):
        projects.give_role(db, cast.elsewhere, cast.carla, Role.CO_CODER)
        people.end_access(db, actor_for(db, cast.alice.id), cast.project, cast.carla)
    phone = browser(app)
    assert sign_in(phone, "carla").status_code == 303
    assert phone.get(f"/p/{cast.project.id}").status_code == 404
    assert phone.get(f"/p/{cast.elsewhere.id}").status_code == 200


def test_in_the_demo_lock_and_second_step_open_with_one_press_and_say_why(
    settings: Settings, engine: sa.Engine, keys: KeyStore, cast: Cast, db: Session
) -> None:
    app = serve(create_app(dataclasses.replace(settings, demo=True), engine=engine, keys=keys))
    app.config["DEMO_ACCOUNTS"] = [("alice", passphrase_of("alice"), "Kijk als projectleider", "Alice leidt.")]
    client = browser(app)
    page = client.get("/inloggen")
    assert "Daarom heb je hier geen code nodig." in page.text
    client.submit(page, "/inloggen/voorbeeld", account="alice")
    client.post("/vergrendelen")
    lock = client.get("/vergrendeld")
    assert "Daarom hoef je hier niets te typen." in lock.text
    assert client.submit(lock, "/vergrendeld", example="1").location == "/"
    age(db, confirmed_at=timedelta(minutes=11))
    step = client.get("/wachtzin", follow_redirects=True)
    assert client.submit(step, "/tweede-stap", example="1").location == "/wachtzin"


def test_outside_the_demo_no_press_opens_anything(client: PageClient, app: Flask, cast: Cast, db: Session) -> None:
    app.config["DEMO_ACCOUNTS"] = [("alice", passphrase_of("alice"), "Kijk als projectleider", "Alice leidt.")]
    client.sign_in(cast.alice)
    client.post("/vergrendelen")
    assert client.post("/vergrendeld", data={"example": "1"}).status_code == 422
