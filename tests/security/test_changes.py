"""What changes something is asked for by our own pages only; what is only looked at changes nothing and is kept nowhere."""

from __future__ import annotations

import os
import re

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from interviews.db import Base
from tests.pages import PageClient, browser
from tests.security.estate import SAFE, Estate, address, rules

LOGGED = frozenset({"audit_entry"})
"""Reading a text with names writes a line in the log, on purpose."""
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

FULL = bool(os.environ.get("DICHTERBIJ_FULL"))
"""Everybody asks everything; else they share it out."""


def counts(db: Session) -> dict[str, int]:
    """The number of rows of each table, and which version of it they are."""
    return {
        table.name: int(db.scalar(sa.select(sa.func.count()).select_from(table)) or 0)
        for table in Base.metadata.sorted_tables
        if table.name not in LOGGED
    }


def content(db: Session) -> dict[str, list[str]]:
    """Every row of every table but the log."""
    return {
        table.name: sorted(map(repr, db.execute(sa.select(table)).all()))
        for table in Base.metadata.sorted_tables
        if table.name not in LOGGED
    }


def unsafe(app: Flask, ours: Estate) -> list[tuple[str, str]]:
    return [(address(rule, ours.ids()), method) for rule, method in rules(app) if method not in SAFE]


@pytest.mark.parametrize("site", ["cross-site", "same-site", "Cross-Site", "iets", ""])
def test_no_change_is_made_because_another_site_asks(app: Flask, ours: Estate, db: Session, site: str) -> None:
    before = content(db)
    people = (ours.lead, ours.researcher, ours.peer)
    for who, person in enumerate(people):
        client = browser(app).sign_in(person)
        for number, (url, method) in enumerate(unsafe(app, ours)):
            if not FULL and number % len(people) != who:
                continue
            answer = client.open(url, method=method, headers={"Sec-Fetch-Site": site})
            assert answer.status_code == 403, (url, site)
    assert {name: len(rows) for name, rows in before.items() if name != "login_session"} == {
        name: number for name, number in counts(db).items() if name != "login_session"
    }


@pytest.mark.parametrize("token", [None, "", "anders", "{of_another}"])
def test_no_change_is_made_without_the_token_of_this_session(
    app: Flask, ours: Estate, db: Session, token: str | None
) -> None:
    other = browser(app)
    with other.session_transaction() as cookie:
        cookie["csrf_token"] = "ander"
    client = browser(app).sign_in(ours.researcher)
    before = content(db)
    headers = {} if token is None else {"X-CSRFToken": token.format(of_another=_token_of(app, "ander"))}
    for url, method in unsafe(app, ours):
        answer = client.open(url, method=method, csrf=False, headers=headers)
        assert answer.status_code == 400, (url, token)
        sent = client.open(url, method=method, csrf=False, data={"csrf_token": token or ""})
        assert sent.status_code == 400, (url, token)
    assert content(db) == before


def _token_of(app: Flask, raw: str) -> str:
    from itsdangerous import URLSafeTimedSerializer

    return str(URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token").dumps(raw))


def test_a_page_of_our_own_may_change_things(app: Flask, ours: Estate) -> None:
    client = browser(app).sign_in(ours.researcher)
    for site in ("same-origin", "none"):
        answer = client.post("/taal", data={"locale": "nl"}, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 303


def test_looking_at_any_page_changes_nothing(app: Flask, ours: Estate, db: Session) -> None:
    clients = [browser(app).sign_in(person) for person in (ours.lead, ours.researcher, ours.peer)] + [browser(app)]
    before = content(db)
    for who, client in enumerate(clients):
        for number, (rule, method) in enumerate(rules(app)):
            # Who may see most looks at every page; of the others one.
            if method == "GET" and (FULL or who in (0, 1 + number % 3)):
                url = address(rule, ours.ids())
                for asked in ("GET", "HEAD", "OPTIONS"):
                    client.open(url, method=asked, query_string={"persoon": "1", "bij": "x", "q": "a", "next": "/"})
                assert content(db) == before, url


def test_a_change_cannot_be_asked_for_by_looking(app: Flask, ours: Estate, db: Session) -> None:
    client = browser(app).sign_in(ours.researcher)
    before = content(db)
    for url, method in unsafe(app, ours):
        for trick in (
            {"headers": {"X-HTTP-Method-Override": method}},
            {"query_string": {"_method": method}},
            {"headers": {"X-HTTP-Method": method}},
        ):
            assert client.get(url, **trick).status_code < 500
    assert content(db) == before


def answers(app: Flask, ours: Estate) -> list[tuple[str, TestResponse]]:
    """One answer of every address and method, of a download, and of every kind of error."""
    bob = browser(app).sign_in(ours.researcher)
    found = [
        (f"{method} {rule.rule}", bob.open(address(rule, ours.ids()), method=method)) for rule, method in rules(app)
    ]
    bob = browser(app).sign_in(ours.researcher)
    talk = ours.ready.interview_id
    found += [
        ("download", bob.post(f"/gesprekken/{talk}/verslagen", data={"kind": "team"})),
        ("download", bob.post(f"/gesprekken/{talk}/verslagen", data={"kind": "transcript"})),
        ("download", bob.post(f"/p/{ours.project.id}/verslagen")),
        ("no such page", bob.get("/niets")),
        ("no such method", bob.delete("/")),
        ("other name", bob.get("/", headers={"Host": "elders.example"})),
        ("not allowed", bob.get(f"/p/{ours.project.id}/mensen")),
        ("no token", bob.post("/taal", csrf=False)),
        ("script", bob.get(f"/lezen/{ours.ready.id}/stukken")),
        ("refused script", bob.post(f"/lezen/{ours.ready.id}/stukken", json={})),
        (
            "signed out script",
            browser(app).get(f"/lezen/{ours.ready.id}/stukken", headers={"Accept": "application/json"}),
        ),
    ]
    return found


def test_every_answer_keeps_nothing_and_says_what_to_refuse(app: Flask, ours: Estate) -> None:
    found = answers(app, ours)
    assert sum("attachment" in answer.headers.get("Content-Disposition", "") for _name, answer in found) >= 3
    assert {400, 403, 404, 405, 401, 422, 200, 303} <= {answer.status_code for _name, answer in found}
    for name, answer in found:
        assert answer.headers["Cache-Control"] == "no-store", name
        assert answer.headers.get_all("Cache-Control") == ["no-store"], name
        for header, value in ALWAYS.items():
            assert answer.headers.get_all(header) == [value], (name, header)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert "frame-ancestors 'none'" in policy, name
        assert "Server" not in answer.headers, name
        answer.close()


def test_a_download_is_a_file_and_never_a_page(app: Flask, ours: Estate) -> None:
    bob = browser(app).sign_in(ours.researcher)
    answer = bob.post(f"/gesprekken/{ours.ready.interview_id}/verslagen", data={"kind": "team"})
    assert (answer.mimetype or "").startswith("application/vnd.openxmlformats")
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "ETag" not in answer.headers
    assert re.search(r"[\r\n]", answer.headers["Content-Disposition"]) is None


def test_the_cookie_is_out_of_reach_and_holds_nothing_to_read(app: Flask, ours: Estate) -> None:
    client: PageClient = browser(app).sign_in(ours.researcher)
    answer = client.post(f"/lezen/{ours.ready.id}/opvallend", data={"text": "Zwammerdorff belde."})
    (cookie,) = [value for name, value in answer.headers if name == "Set-Cookie"]
    for part in ("HttpOnly", "Path=/", "SameSite=Lax"):
        assert part in cookie
    assert "Domain" not in cookie
    assert str(ours.ready.id) not in cookie
