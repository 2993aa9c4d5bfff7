"""The door: who may open which page, asked of the list of pages itself."""

from __future__ import annotations

import re
import uuid

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from interviews.access import actor_for, allows
from interviews.models import Project
from tests.factories import Cast
from tests.pages import PageClient, browser
from webapp import guard
from webapp.identity import safe_next
from webapp.navigation import phone_uri


def mask(html: str) -> str:
    """The page without what differs from answer to answer."""
    html = re.sub(r'nonce="[^"]+"', "nonce", html)
    html = re.sub(r'(name="csrf_token" value|name="csrf-token" content)="[^"]+"', "token", html)
    return re.sub(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "id", html)


def project_rules(app: Flask) -> list[tuple[Rule, guard.Door]]:
    """Every way to a page about a whole project, with its door."""
    doors = guard.permissions_of(app)
    return [
        (rule, door)
        for rule in app.url_map.iter_rules()
        if (door := doors[rule.endpoint]) is not None
        and door.model is Project
        and set(rule.arguments) == {"project_id"}
    ]


def methods(rule: Rule) -> set[str]:
    return set(rule.methods or ())


def ask(client: PageClient, rule: Rule, project_id: uuid.UUID) -> TestResponse:
    address = rule.rule.replace("<uuid:project_id>", str(project_id))
    if "GET" in methods(rule):
        return client.get(address)
    return client.post(address)


def test_a_page_that_does_not_say_who_may_open_it_is_closed(app: Flask, client: PageClient, cast: Cast) -> None:
    app.add_url_rule("/vergeten", "forgotten", lambda: "secret")
    client.sign_in(cast.alice)
    answer = client.get("/vergeten")
    assert answer.status_code == 403
    assert "secret" not in answer.text


def test_nobody_who_is_not_signed_in_opens_a_page_that_is_not_public(app: Flask, cast: Cast) -> None:
    doors = guard.permissions_of(app)
    for rule in app.url_map.iter_rules():
        door = doors[rule.endpoint]
        if door is None or door.kind == "public":
            continue
        address = re.sub(r"<int:\w+>", "1", rule.rule)
        address = re.sub(r"<(?:\w+:)?\w+>", str(cast.project.id), address)
        client = browser(app)
        method = "GET" if "GET" in methods(rule) else min(methods(rule) - {"HEAD", "OPTIONS"})
        answer = client.open(address, method=method)
        if method == "GET":
            assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/inloggen"), address
        else:
            assert answer.status_code == 401, address


def test_each_role_opens_exactly_the_pages_of_a_project_that_the_table_of_rules_grants(
    app: Flask, cast: Cast, db: Session
) -> None:
    wrong = []
    for person in cast.everybody():
        client = browser(app).sign_in(person)
        actor = actor_for(db, person.id)
        for rule, door in project_rules(app):
            status = ask(client, rule, cast.project.id).status_code
            member = bool(actor.roles_in(cast.project.id))
            refused = 404 if not member else 403
            granted = allows(actor, door.permission or "", cast.project)
            if (status in (403, 404)) == granted or (not granted and status != refused):
                wrong.append((person.display_name, rule.rule, sorted(methods(rule)), status))
    assert wrong == []


def test_what_belongs_to_strangers_looks_like_what_does_not_exist(app: Flask, cast: Cast) -> None:
    client = browser(app).sign_in(cast.zoe)
    for rule, _door in project_rules(app):
        foreign, missing = ask(client, rule, cast.project.id), ask(client, rule, uuid.uuid4())
        assert foreign.status_code == missing.status_code == 404
        assert mask(foreign.text) == mask(missing.text)
        assert set(foreign.headers.keys()) == set(missing.headers.keys())
        assert "Hanna" not in foreign.text


def test_an_address_with_no_id_in_it_is_not_there(client: PageClient, cast: Cast) -> None:
    client.sign_in(cast.alice)
    assert client.get("/p/geen-nummer").status_code == 404


def test_a_member_without_the_right_is_told_whom_to_ask(client: PageClient, cast: Cast) -> None:
    client.sign_in(cast.carla)
    answer = client.get(f"/p/{cast.project.id}/mensen")
    assert answer.status_code == 403
    assert "Vraag het aan Hanna." in answer.text


def test_a_form_of_another_site_changes_nothing(client: PageClient, cast: Cast, db: Session) -> None:
    client.sign_in(cast.alice)
    for site in ("cross-site", "same-site"):
        answer = client.post("/taal", data={"locale": "en"}, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 403
    assert client.post("/taal", data={"locale": "en"}, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303


def test_every_change_needs_the_token_of_the_session(app: Flask, cast: Cast) -> None:
    client = browser(app).sign_in(cast.alice)
    for rule in app.url_map.iter_rules():
        if "POST" not in methods(rule):
            continue
        address = re.sub(r"<(?:\w+:)?\w+>", str(cast.project.id), rule.rule)
        answer = client.post(address, csrf=False)
        assert answer.status_code == 400, address
        assert "Deze pagina stond te lang open" in answer.text
        other = browser(app).csrf_token()
        forged = client.post(address, csrf=False, data={"csrf_token": other + "x"})
        assert forged.status_code == 400, address


def test_looking_at_a_page_writes_nothing(app: Flask, engine: sa.Engine, cast: Cast) -> None:
    said: list[str] = []
    browsers = [browser(app).sign_in(person) for person in cast.everybody()]
    sa.event.listen(engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    for client in browsers:
        for rule in app.url_map.iter_rules():
            if "GET" in methods(rule) and set(rule.arguments) <= {"project_id"}:
                assert ask(client, rule, cast.project.id).status_code < 500, rule.rule
    assert said
    assert [words for words in said if not re.match(r"SELECT|BEGIN", words)] == []


def test_no_session_of_the_database_stays_open(app: Flask, engine: sa.Engine, cast: Cast) -> None:
    client = browser(app).sign_in(cast.alice)
    client.get(f"/p/{cast.project.id}/mensen")
    client.post(f"/p/{cast.project.id}/mensen/uitnodigen", data={"display_name": ""})
    client.get("/p/niets")
    client.post("/taal", csrf=False)
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_head_and_options_pass_the_same_door(client: PageClient, cast: Cast) -> None:
    address = f"/p/{cast.project.id}/mensen"
    assert client.head(address).status_code == 303
    assert client.options(address).status_code == 303
    client.sign_in(cast.carla)
    assert client.head(address).status_code == 403


@given(st.text(alphabet=st.sampled_from("/\\:@?#.a\t\n h%"), max_size=12))
def test_where_one_goes_next_is_always_on_this_host(address: str) -> None:
    found = safe_next(address)
    if found is not None:
        assert re.fullmatch(r"/(?!/)[^\\\x00-\x20]*", found)


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("06 12 34 56 78", "tel:+31612345678"),
        ("+31 (0)6-12345678", "tel:+31612345678"),
        ("0800-0113", "tel:08000113"),
        ("0031 30 123 45 67", "tel:+31301234567"),
        ("112", "tel:112"),
        ("de balie", None),
    ],
)
def test_a_phone_number_can_be_dialled(typed: str, dialled: str | None) -> None:
    assert phone_uri(typed) == dialled
