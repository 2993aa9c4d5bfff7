"""Getting in, getting out, and staying out."""

from __future__ import annotations

import base64
import dataclasses
import re
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from interviews import keyholders, people, projects
from interviews.access import Actor, actor_for
from interviews.clock import now
from interviews.db import transaction, writing
from interviews.keys import InstallationKey, KeyStore
from interviews.models import AuditEntry, Invitation, LoginSession, Person
from interviews.models.project import Role
from tests.conftest import serve
from tests.factories import Cast, passphrase_of
from tests.factories import cast as cast_of
from tests.pages import PageClient, browser
from webapp import create_app, identity
from webapp.guard import limiter
from webapp.settings import Settings, UnsafeSettings


def cookie_of(client: PageClient, name: str = "dichterbij") -> str:
    found = client.get_cookie(name)
    assert found is not None
    return found.value


def sign_in(client: PageClient, word: str, passphrase: str | None = None) -> TestResponse:
    return client.submit(
        client.get("/inloggen"), "/inloggen", login_word=word, passphrase=passphrase or passphrase_of(word)
    )


def test_somebody_signs_in_with_a_word_and_a_passphrase(client: PageClient, cast: Cast) -> None:
    answer = sign_in(client, "alice")
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Alice" in client.get(f"/p/{cast.project.id}").text


def test_a_capital_or_a_space_in_the_login_word_does_not_matter(client: PageClient, cast: Cast) -> None:
    assert sign_in(client, " Alice ", passphrase_of("alice")).status_code == 303


def test_somebody_arrives_at_the_page_they_asked_for(client: PageClient, cast: Cast) -> None:
    asked = f"/p/{cast.project.id}/mensen"
    page = client.get(asked, follow_redirects=True)
    assert page.request.path == "/inloggen"
    answer = client.submit(page, "/inloggen", login_word="alice", passphrase=passphrase_of("alice"))
    assert answer.location == asked


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://voorbeeld.example/",
        "//voorbeeld.example",
        "/\\voorbeeld.example",
        "javascript:alert(1)",
        "/\t/x.example",
    ],
)
def test_signing_in_never_leads_to_another_site(client: PageClient, cast: Cast, elsewhere: str) -> None:
    page = client.get("/inloggen", query_string={"next": elsewhere})
    answer = client.submit(page, "/inloggen", login_word="alice", passphrase=passphrase_of("alice"))
    assert answer.location == "/"


def test_a_wrong_passphrase_and_an_unknown_word_get_the_same_answer(client: PageClient, cast: Cast) -> None:
    wrong = sign_in(client, "alice", "dit is het niet hoor")
    unknown = sign_in(client, "niemand", "dit is het niet hoor")
    assert wrong.status_code == unknown.status_code == 422
    assert "Dit klopt niet. Kijk op je kaartje" in wrong.text
    masked = [re.sub(r"alice|niemand", "…", mask(answer.text)) for answer in (wrong, unknown)]
    assert masked[0] == masked[1]
    assert client.get("/").location == "/inloggen"


def mask(html: str) -> str:
    html = re.sub(r'nonce="[^"]+"', "nonce", html)
    return re.sub(r'(name="csrf_token" value|name="csrf-token" content)="[^"]+"', "token", html)


def test_after_five_wrong_tries_one_has_to_wait(client: PageClient, cast: Cast) -> None:
    for _ in range(people.FREE_TRIES):
        sign_in(client, "alice", "dit is het niet hoor")
    answer = sign_in(client, "alice")
    assert answer.status_code == 429
    assert "Wacht 1 minuut" in answer.text
    assert 0 < int(answer.headers["Retry-After"]) <= 30
    # Nobody else waits for it.
    assert sign_in(client, "bob").status_code == 303


def test_an_empty_form_says_what_to_type(client: PageClient, cast: Cast) -> None:
    answer = client.submit(client.get("/inloggen"), "/inloggen")
    assert answer.status_code == 422
    assert "Typ eerst je inlogwoord." in answer.text
    assert 'href="#login_word"' in answer.text


def test_somebody_who_signs_out_is_out_also_with_the_old_cookie(client: PageClient, cast: Cast) -> None:
    sign_in(client, "alice")
    old = cookie_of(client)
    answer = client.submit(client.get(f"/p/{cast.project.id}"), "/uitloggen")
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    client.set_cookie("dichterbij", old)
    assert client.get(f"/p/{cast.project.id}").status_code == 303


def test_the_cookie_changes_when_somebody_signs_in(client: PageClient, cast: Cast) -> None:
    client.get("/inloggen")
    with client.session_transaction() as before:
        before["token"] = "planted"
        before["csrf_token"] = "planted"
    page = client.get("/inloggen")
    client.submit(page, "/inloggen", login_word="alice", passphrase=passphrase_of("alice"))
    with client.session_transaction() as after:
        assert after["token"] != "planted"
        assert after.get("csrf_token") != "planted"


def test_the_cookie_tells_nothing_to_whoever_finds_the_phone(client: PageClient, cast: Cast) -> None:
    sign_in(client, "alice")
    with client.session_transaction() as inside:
        token = inside["token"]
    assert token.encode() not in base64.urlsafe_b64decode(cookie_of(client) + "==")


def test_the_database_holds_no_token(client: PageClient, cast: Cast, db: Session) -> None:
    sign_in(client, "alice")
    with client.session_transaction() as inside:
        token = inside["token"]
    row = db.scalars(sa.select(LoginSession)).one()
    assert token.encode() not in row.token_hash


def test_a_cookie_of_another_installation_or_a_changed_one_opens_nothing(client: PageClient, cast: Cast) -> None:
    sign_in(client, "alice")
    good = cookie_of(client)
    for bad in (good[:-6] + "AAAAA=", "x", "", good[10:], "é"):
        client.set_cookie("dichterbij", bad)
        assert client.get("/").location == "/inloggen"


def test_somebody_who_was_shown_out_is_out_at_the_next_request(client: PageClient, cast: Cast, db: Session) -> None:
    client.sign_in(cast.carla)
    assert client.get(f"/p/{cast.project.id}").status_code == 200
    with transaction(db):
        people.end_access(db, actor_for(db, cast.alice.id), cast.project, cast.carla)
    answer = client.get(f"/p/{cast.project.id}", follow_redirects=True)
    assert answer.request.path == "/inloggen"
    assert "Je bent uitgelogd." in answer.text


def test_a_changed_role_counts_at_the_next_request(client: PageClient, cast: Cast, db: Session) -> None:
    client.sign_in(cast.carla)
    address = f"/p/{cast.project.id}/mensen"
    assert client.get(address).status_code == 403
    with transaction(db):
        projects.give_role(db, cast.project, cast.carla, Role.PROJECT_LEAD)
    assert client.get(address).status_code == 200


def test_an_account_that_is_disabled_is_out_at_once(client: PageClient, cast: Cast, db: Session) -> None:
    client.sign_in(cast.bob)
    with transaction(db):
        db.get_one(Person, cast.bob.id).disabled_at = now()
    assert client.get("/").location == "/inloggen"
    assert sign_in(client, "bob").status_code == 422


@pytest.mark.parametrize(("field", "ago"), [("last_seen_at", people.IDLE), ("ends_at", timedelta())])
def test_a_session_ends_by_itself(client: PageClient, cast: Cast, db: Session, field: str, ago: timedelta) -> None:
    client.sign_in(cast.bob)
    with transaction(db):
        setattr(db.scalars(sa.select(LoginSession)).one(), field, now() - ago)
    assert client.get("/").location == "/inloggen"


@pytest.mark.parametrize("method", ["get", "post"])
def test_last_use_is_noted_at_most_once_a_minute(client: PageClient, cast: Cast, db: Session, method: str) -> None:
    client.sign_in(cast.bob)

    def ask() -> None:
        if method == "get":
            client.get("/apparaten")
        else:
            client.post("/taal", data={"locale": "nl"})

    def seen() -> datetime:
        return db.scalars(sa.select(LoginSession)).one().last_seen_at

    first = seen()
    ask()
    assert seen() == first
    with transaction(db):
        db.scalars(sa.select(LoginSession)).one().last_seen_at = first - timedelta(minutes=2)
    ask()
    assert seen() >= first


def test_text_typed_while_signed_out_is_shown_back(client: PageClient, cast: Cast) -> None:
    typed = "Ze zei dat ze al drie weken op een brief van de gemeente wachtte."
    answer = client.post(
        f"/p/{cast.project.id}/mensen/uitnodigen", data={"display_name": typed, "passphrase": "x" * 50}
    )
    assert answer.status_code == 401
    assert typed in answer.text
    assert "x" * 50 not in answer.text


def test_a_script_that_is_signed_out_gets_a_sentence(client: PageClient, cast: Cast) -> None:
    answer = client.get(f"/p/{cast.project.id}", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json) == (401, {"error": "Je bent uitgelogd. Log opnieuw in."})


def test_over_https_the_cookie_is_bound_to_this_host(
    settings: Settings, engine: sa.Engine, keys: KeyStore, cast: Cast
) -> None:
    app = serve(create_app(dataclasses.replace(settings, public_url="https://localhost"), engine=engine, keys=keys))
    client = browser(app)
    page = client.get("/inloggen", base_url="https://localhost")
    answer = client.post(
        "/inloggen",
        base_url="https://localhost",
        data={"login_word": "alice", "passphrase": passphrase_of("alice"), "csrf_token": token_in(page.text)},
        csrf=False,
    )
    flags = answer.headers["Set-Cookie"]
    assert flags.startswith("__Host-dichterbij=")
    assert all(flag in flags for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in flags
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")


def token_in(html: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert found
    return found[1]


# An invitation


@pytest.fixture
def invitation(db: Session, cast: Cast) -> str:
    """The code of an invitation for a peer interviewer."""
    with transaction(db):
        _row, code = people.invite(
            db, actor_for(db, cast.alice.id), cast.project, display_name="Fatou", roles=[Role.PEER_INTERVIEWER]
        )
    return code


def test_a_new_person_comes_in_with_the_code_of_a_card(client: PageClient, invitation: str, db: Session) -> None:
    page = client.submit(client.get("/uitnodiging"), "/uitnodiging", code=invitation.upper().replace("-", " "))
    page = client.get(page.location)
    assert "Welkom, Fatou" in page.text
    assert "Dichterbij de brief" in page.text
    answer = client.submit(page, page.request.path, login_word="fatou", passphrase="vier woorden zonder regen",
                           again="vier woorden zonder regen")  # fmt: skip
    assert (answer.status_code, answer.location) == (303, "/")
    start = client.get("/", follow_redirects=True)
    assert "Welkom, Fatou. Je kunt nu beginnen." in start.text
    new = db.scalars(sa.select(Person).where(Person.login_word == "fatou")).one()
    assert set(actor_for(db, new.id).roles.values()) == {frozenset({Role.PEER_INTERVIEWER})}


def test_who_was_invited_to_hold_a_key_that_somebody_else_got_is_told_so(
    client: PageClient, db: Session, cast: Cast
) -> None:
    with transaction(db):
        _row, code = people.invite(
            db, actor_for(db, cast.alice.id), cast.project, display_name="Truus", roles=[Role.KEY_HOLDER]
        )
    page = client.get(f"/uitnodiging/{code}")
    with transaction(db):
        keyholders.name(db, actor_for(db, cast.alice.id), cast.project, cast.dirk)
    typed = {"login_word": "truus", "passphrase": "vier woorden zonder regen", "again": "vier woorden zonder regen"}
    for answer in (client.submit(page, page.request.path, **typed), client.get(f"/uitnodiging/{code}")):
        assert answer.status_code == 409
        assert "Er is intussen een andere sleutelhouder." in answer.text
    assert db.scalar(sa.select(Person.id).where(Person.login_word == "truus")) is None


def test_a_new_person_keeps_the_language_of_the_page(client: PageClient, invitation: str, db: Session) -> None:
    page = client.get(f"/uitnodiging/{invitation}", headers={"Accept-Language": "en"})
    assert "Welcome, Fatou" in page.text
    client.post(f"/uitnodiging/{invitation}", headers={"Accept-Language": "en"}, data={
        "login_word": "fatou", "passphrase": "four words without rain", "again": "four words without rain",
    })  # fmt: skip
    assert db.scalars(sa.select(Person.language).where(Person.login_word == "fatou")).one() == "en"


def test_a_code_works_once(client: PageClient, app: Flask, invitation: str) -> None:
    data = {"login_word": "fatou", "passphrase": "vier woorden zonder regen", "again": "vier woorden zonder regen"}
    assert client.post(f"/uitnodiging/{invitation}", data=data).status_code == 303
    other = browser(app)
    answer = other.post(f"/uitnodiging/{invitation}", data={**data, "login_word": "fatou2"})
    assert answer.status_code == 404
    assert "Deze uitnodiging werkt niet meer." in answer.text


def test_a_code_is_over_after_two_weeks(client: PageClient, invitation: str, db: Session) -> None:
    with transaction(db):
        db.scalars(sa.select(Invitation)).one().ends_at = now()
    assert client.get(f"/uitnodiging/{invitation}").status_code == 404
    answer = client.submit(client.get("/uitnodiging"), "/uitnodiging", code=invitation)
    assert "Deze uitnodiging werkt niet meer." in answer.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"login_word": "x"}, "Kies een inlogwoord van 3 tot 40 tekens."),
        ({"login_word": "alice"}, "Dit inlogwoord is al van iemand anders."),
        ({"passphrase": "kort", "again": "kort"}, "Je wachtzin is te kort. Gebruik 15 tekens of meer"),
        (
            {"passphrase": "welkom-welkom-welkom", "again": "welkom-welkom-welkom"},
            "Deze wachtzin is te makkelijk te raden.",
        ),
        ({"again": "iets heel anders"}, "De twee wachtzinnen zijn niet hetzelfde."),
    ],
)
def test_what_cannot_be_chosen_is_said_beside_the_field(
    client: PageClient, invitation: str, typed: dict[str, str], said: str
) -> None:
    data = {"login_word": "fatou", "passphrase": "vier woorden zonder regen", "again": "vier woorden zonder regen"}
    answer = client.post(f"/uitnodiging/{invitation}", data={**data, **typed})
    assert answer.status_code == 422
    assert answer.text.count(said) == 2  # in the list on top and beside the field
    assert "vier woorden zonder regen" not in answer.text


# Devices


def test_somebody_ends_the_session_of_a_lost_phone(app: Flask, client: PageClient, cast: Cast) -> None:
    phone = browser(app)
    phone.post(
        "/inloggen",
        data={"login_word": "carla", "passphrase": passphrase_of("carla")},
        headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36"},
    )
    client.sign_in(cast.carla)
    page = client.get("/apparaten")
    assert "Chrome · Android" in page.text
    actions = re.findall(r'action="(/apparaten/[^"]+)"', page.text)
    own = page.text.index("dit apparaat")
    lost = next(action for action in actions if abs(page.text.index(action) - own) > 600 or action is actions[-1])
    client.submit(page, lost)
    assert {phone.get("/").location, client.get("/").location} == {"/inloggen", f"/p/{cast.project.id}"}


def test_nobody_ends_the_session_of_somebody_else(app: Flask, client: PageClient, cast: Cast, db: Session) -> None:
    other = browser(app).sign_in(cast.bob)
    row = db.scalars(sa.select(LoginSession).where(LoginSession.person_id == cast.bob.id)).one()
    client.sign_in(cast.alice)
    assert client.post(f"/apparaten/{row.id}/uitloggen").status_code == 404
    assert other.get("/").status_code == 303
    assert other.get("/").location != "/inloggen"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox · Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge · Windows"),
        ("", ""),
    ],
)
def test_a_device_has_a_name_that_somebody_recognises(agent: str, name: str) -> None:
    assert identity.device_name(agent) == name


# The demo


@pytest.fixture
def demo(settings: Settings, engine: sa.Engine, keys: KeyStore) -> Flask:
    app = serve(create_app(dataclasses.replace(settings, demo=True), engine=engine, keys=keys))
    app.config["DEMO_ACCOUNTS"] = [("carla", passphrase_of("carla"), "Kijk als interviewer", "Carla voert gesprekken.")]
    return app


def test_in_the_demo_one_press_is_enough(demo: Flask, cast: Cast) -> None:
    client = browser(demo)
    page = client.get("/inloggen")
    assert "Kijk als interviewer" in page.text
    answer = client.submit(page, "/inloggen/voorbeeld", account="carla")
    assert answer.status_code == 303
    assert "Carla" in client.get("/", follow_redirects=True).text


def test_outside_the_demo_there_is_no_such_door(client: PageClient, app: Flask, cast: Cast) -> None:
    app.config["DEMO_ACCOUNTS"] = [("carla", passphrase_of("carla"), "Kijk als interviewer", "Carla voert gesprekken.")]
    assert "Kijk als interviewer" not in client.get("/inloggen").text
    assert client.post("/inloggen/voorbeeld", data={"account": "carla"}).status_code == 404


def test_the_log_knows_who_signed_in_and_out(client: PageClient, cast: Cast, db: Session) -> None:
    sign_in(client, "bob")
    client.post("/uitloggen")
    lines = db.scalars(sa.select(AuditEntry).where(AuditEntry.object_kind == "LoginSession"))
    assert sorted(line.action for line in lines) == ["session.end", "session.start"]


def test_an_address_that_signs_in_too_often_waits(app: Flask, client: PageClient, cast: Cast) -> None:
    app.config["RATELIMIT_ENABLED"] = True
    limiter.enabled = True
    limiter.reset()
    try:
        answers = [client.post("/inloggen", data={"login_word": f"w{n}", "passphrase": ""}) for n in range(61)]
    finally:
        limiter.enabled = False
        limiter.reset()
    assert [answer.status_code for answer in answers[:60]] == [422] * 60
    assert answers[60].status_code == 429
    assert "Wacht een minuut" in answers[60].text


def test_the_doors_are_the_same_on_each_kind_of_database(
    settings: Settings, any_engine: sa.Engine, keys: KeyStore
) -> None:
    with writing(any_engine)() as session, transaction(session):
        made = cast_of(session)
        project_id = made.project.id
    client = browser(serve(create_app(settings, engine=any_engine, keys=keys)))
    assert client.get(f"/p/{project_id}/mensen").status_code == 303
    assert sign_in(client, "carla").status_code == 303
    assert client.get(f"/p/{project_id}/mensen").status_code == 403
    client.post("/uitloggen")
    sign_in(client, "alice")
    page = client.get(f"/p/{project_id}/mensen/uitnodigen")
    assert client.submit(page, display_name="Fatou", roles=["researcher"]).status_code == 303
    assert "nodigde iemand uit" in client.get(f"/p/{project_id}/logboek").text


def test_settings_refuse_an_unprotected_line(settings: Settings) -> None:
    with pytest.raises(UnsafeSettings):
        Settings.from_environment(settings.data, environment={"DICHTERBIJ_PUBLIC_URL": "http://dichterbij.example"})
    with pytest.raises(UnsafeSettings):
        Settings.from_environment(settings.data, environment={"DICHTERBIJ_HOST": "0.0.0.0"})
    served = Settings.from_environment(
        settings.data,
        environment={"DICHTERBIJ_HOST": "0.0.0.0", "DICHTERBIJ_PUBLIC_URL": "https://dichterbij.example/"},
    )
    assert served.https
    assert "dichterbij.example" in (served.trusted_hosts or [])


def test_a_name_that_is_not_ours_is_not_answered(client: PageClient) -> None:
    assert client.get("/inloggen", headers={"Host": "evil.example"}).status_code == 400


def test_the_key_is_not_in_the_data(settings: Settings) -> None:
    assert settings.data not in settings.key_file.parents
    assert isinstance(settings.read_key(), InstallationKey)


def test_an_actor_is_somebody_signed_in(app: Flask, cast: Cast) -> None:
    with app.test_request_context("/"):
        assert identity.person() is None
        with pytest.raises(identity.NotSignedIn):
            identity.actor()
    assert Actor(cast.alice.id).roles_in(cast.project.id) == frozenset()
