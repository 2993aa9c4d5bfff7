"""Every answer there is, whoever asks: the exact set of headers and cookies, a policy for each route, a token for each change."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from interviews.keys import KeyStore
from tests.conftest import serve
from tests.pages import browser
from tests.security.estate import SAFE, Estate, address, rules
from tests.webapp.test_headers import POLICY
from webapp import create_app
from webapp.guard import permissions_of
from webapp.settings import Settings

FULL = bool(os.environ.get("DICHTERBIJ_FULL"))
EXACT = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "microphone=(self), camera=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()"
    ),
    "Content-Security-Policy": POLICY,
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
}
ALSO = frozenset(
    {
        "Cache-Control", "Content-Type", "Content-Length", "Set-Cookie", "Vary", "Location", "Allow", "Content-Disposition",
        "Retry-After", "Accept-Ranges", "Content-Range", "ETag", "Last-Modified", "Date", "Service-Worker-Allowed",
        "Clear-Site-Data", "Content-Encoding", "Expires",
    }
)  # fmt: skip
"""What an answer may carry besides; anything else (a server's name, a CORS header) is a fault."""
COOKIES = {"__Host-dichterbij": "Lax", "__Host-dichterbij-device": None}
"""Every cookie, with the SameSite it must have; None for Lax or Strict."""


@pytest.fixture
def secure(settings: Settings, engine: sa.Engine, keys: KeyStore) -> Flask:
    """The application as it is reached over https."""
    over_https = dataclasses.replace(settings, public_url="https://localhost")
    return serve(create_app(over_https, engine=engine, keys=keys))


def every(app: Flask, ours: Estate) -> Iterator[tuple[str, TestResponse]]:
    """One answer of every address and method, of files, and of every kind of error; in full as each kind of person."""
    people = [None, ours.lead, ours.researcher, ours.peer]
    for which, person in enumerate(people):
        client = browser(app) if person is None else browser(app).sign_in(person)
        for number, (rule, method) in enumerate(rules(app)):
            if not FULL and number % 4 != which:
                continue
            for asked in (method, "HEAD", "OPTIONS") if method == "GET" and (FULL or number % 3 == 0) else (method,):
                answer = client.open(address(rule, ours.ids()), method=asked, base_url=BASE)
                yield f"{asked} {rule.rule} as {getattr(person, 'login_word', 'nobody')}", answer
                if answer.status_code == 401 and person is not None:
                    client.sign_in(person)
    client = browser(app).sign_in(ours.researcher)
    static = Path(app.static_folder or "")
    files = [path.relative_to(static).as_posix() for path in sorted(static.rglob("*")) if path.is_file()]
    for name in [*(files if FULL else files[::5]), "niets.js", "../settings.py", "%2e%2e/settings.py"]:
        yield f"file {name}", client.get(f"/static/{name}", base_url=BASE)
    talk = ours.ready.interview_id
    yield "download", client.post(f"/gesprekken/{talk}/verslagen", data={"kind": "team"}, base_url=BASE)
    for name, options in {
        "no such page": {"path": "/niets"},
        "no such method": {"path": "/", "method": "DELETE"},
        "trace": {"path": "/", "method": "TRACE"},
        "no token": {"path": "/taal", "method": "POST", "csrf": False},
        "too large": {"path": "/taal", "method": "POST", "data": b"x", "headers": {"Content-Length": "999999999"}},
        "other site": {"path": "/taal", "method": "POST", "headers": {"Sec-Fetch-Site": "cross-site"}},
        "script": {"path": "/niets", "headers": {"Accept": "application/json"}},
    }.items():
        yield name, client.open(**options, base_url=BASE)  # type: ignore[arg-type]
    yield "other name", client.get("/", base_url="https://elders.example")


BASE = "https://localhost"


def wrong(name: str, answer: TestResponse) -> Iterator[str]:
    """What an answer lacks, or has too much."""
    for header, value in EXACT.items():
        found = answer.headers.get_all(header)
        if header == "Content-Security-Policy":
            found = [re.sub(r"'nonce-[\w-]{20,}'", "'nonce-NONCE'", one) for one in found]
        if found != [value]:
            yield f"{name}: {header} {found}"
    strange = set(dict(answer.headers)) - EXACT.keys() - ALSO
    if strange:
        yield f"{name}: {sorted(strange)}"
    kept = answer.headers.get_all("Cache-Control")
    if kept != ["no-store"] and not (name.startswith("file ") and kept[0].startswith("public")):
        yield f"{name}: Cache-Control {kept}"
    kind = answer.content_type or ""
    if kind.startswith("text/") and "charset=utf-8" not in kind:
        yield f"{name}: {kind}"
    for cookie in answer.headers.get_all("Set-Cookie"):
        key = cookie.partition("=")[0]
        parts = {part.strip().partition("=")[0].lower() for part in cookie.split(";")[1:]}
        if key not in COOKIES or not {"secure", "httponly", "path", "samesite"} <= parts or "domain" in parts:
            yield f"{name}: cookie {cookie[:40]} {sorted(parts)}"
        if (COOKIES.get(key) and f"SameSite={COOKIES[key]}" not in cookie) or "SameSite=None" in cookie:
            yield f"{name}: SameSite of {key}"


def test_every_answer_over_https_carries_exactly_these_headers_and_cookies(secure: Flask, ours: Estate) -> None:
    found: list[str] = []
    asked, cookies, statuses = 0, 0, set()
    for name, answer in every(secure, ours):
        found += wrong(name, answer)
        asked, cookies = asked + 1, cookies + len(answer.headers.get_all("Set-Cookie"))
        statuses.add(answer.status_code)
        answer.close()
    assert found == []
    assert asked > 200
    assert cookies > 20
    assert {200, 303, 400, 401, 403, 404, 405, 422} <= statuses


def test_every_route_has_a_policy_and_every_change_asks_for_the_token(app: Flask, ours: Estate) -> None:
    doors = permissions_of(app)
    assert [endpoint for endpoint, door in doors.items() if door is None] == []
    unsafe = [(rule, method) for rule, method in rules(app) if method not in SAFE]
    assert len(unsafe) > 80
    people = [ours.lead, ours.researcher, ours.peer]
    clients = [browser(app), *(browser(app).sign_in(person) for person in people)]
    cells = 0
    for number, (rule, method) in enumerate(unsafe):
        for client in clients if FULL else clients[number % 4 : number % 4 + 1]:
            answer = client.open(address(rule, ours.ids()), method=method, csrf=False)
            assert answer.status_code == 400, (rule.rule, method)
            answer = client.open(address(rule, ours.ids()), method=method, headers={"Sec-Fetch-Site": "cross-site"})
            assert answer.status_code == 403, (rule.rule, method)
            cells += 1
    assert cells == len(unsafe) * (len(clients) if FULL else 1)
