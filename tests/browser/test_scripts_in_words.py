"""Whatever people type stays words in a real browser: forty scripts in every text field, seen on every page; none runs."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Dialog, Page
from waitress.server import BaseWSGIServer

from interviews.models import Person
from tests.browser.conftest import missing
from tests.pages import browser
from tests.security import test_markup
from tests.security.conftest import both as both  # noqa: PLC0414  # a fixture
from tests.security.conftest import ours as ours  # noqa: PLC0414
from tests.security.estate import Estate, address, rules
from tests.security.test_markup import MARK, PAYLOADS
from tests.security.test_markup import infested as infested  # noqa: PLC0414
from tests.serving import stop
from webapp import assets
from webapp.cli.serve import http_server

FULL = bool(os.environ.get("DICHTERBIJ_FULL"))
"""Each page as everybody who may open it, each group of payloads in each field; else each page once, one group."""
LISTEN = f"window.ran = []; window.{MARK} = (...what) => {{ window.ran.push(String(what)); return '{MARK}'; }};"
"""What every payload calls."""
LOOK = """() => {
  for (const one of document.querySelectorAll('details')) one.open = true;
  for (const one of document.querySelectorAll('a, button, input, summary, b, p, span'))
    for (const kind of ['mouseover', 'focus', 'toggle']) one.dispatchEvent(new Event(kind));
  return new Promise((done) => requestAnimationFrame(() => done([window.ran, document.body.innerText.length])));
}"""


@pytest.fixture
def address_of_the_house(app: Flask) -> Iterator[str]:
    """The application with the payloads in it, really served."""
    if not (assets.BUILD / "manifest.json").exists():
        missing("the build of webapp/frontend")
    server = http_server(app, host="127.0.0.1", port=0)
    assert isinstance(server, BaseWSGIServer)
    assert server.socket is not None
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.socket.getsockname()[1]}"
    stop(server)
    thread.join(timeout=10)


def at_the_door(chromium: Browser, app: Flask, url: str, person: Person, *, policy: bool) -> BrowserContext:
    """A browser in which `person` is signed in. Without the policy nothing but our own care stops a script."""
    context = chromium.new_context(bypass_csp=not policy, service_workers="block")
    context.add_init_script(LISTEN)
    client = browser(app).sign_in(person)
    context.add_cookies(
        [{"name": one.decoded_key, "value": one.value, "url": url} for one in (client._cookies or {}).values()]
    )
    return context


def dismissed(dialog: Dialog, heard: list[str]) -> None:
    """Note what a box says, and close it."""
    heard.append(dialog.message)
    dialog.dismiss()


def looked_at(page: Page, url: str) -> tuple[int, list[str], int]:
    """Open a page; return its status, what ran, and how much there was to read."""
    answer = page.goto(url, wait_until="load")
    if answer is None or not (answer.headers.get("content-type") or "").startswith("text/html"):
        return (answer.status if answer else 0), [], 0
    ran, length = page.evaluate(LOOK)
    return answer.status, ran, length


# With DICHTERBIJ_FULL=1 each group of payloads stands in each field; today each payload is in some field.
@pytest.mark.parametrize("infested", range(0, len(PAYLOADS) if FULL else 1, test_markup.TOGETHER), indirect=True)
def test_no_script_in_anything_people_type_runs(
    chromium: Browser, app: Flask, infested: Estate, address_of_the_house: str
) -> None:
    dialogs: list[str] = []
    seen = payloads = 0
    elsewhere: list[str] = []
    for policy in (False, True) if FULL else (False,):
        done: set[str] = set()
        for person in (infested.researcher, infested.lead, infested.peer):
            context = at_the_door(chromium, app, address_of_the_house, person, policy=policy)
            client = browser(app).sign_in(person)
            page = context.new_page()
            page.on("dialog", lambda dialog: dismissed(dialog, dialogs))
            page.on("request", lambda asked: elsewhere.append(asked.url) if f"//{MARK}" in asked.url else None)
            for rule, method in rules(app):
                if method != "GET" or rule.rule in done:
                    continue
                url = address(rule, infested.ids())
                plain = client.get(url)
                if plain.status_code != 200 or plain.mimetype != "text/html":
                    continue  # a file, a way to another page, or nothing for this person: judged in `test_markup`
                status, ran, length = looked_at(page, address_of_the_house + url)
                assert ran == [], (rule.rule, person.login_word)
                assert status < 500, rule.rule
                if status == 200 and length:
                    seen += 1
                    payloads += MARK in page.content()
                    if not FULL:
                        done.add(rule.rule)
            context.close()
    assert dialogs == []
    assert elsewhere == []
    assert seen > 40
    assert payloads > 15, "the payloads stand on no page: this test sees nothing"


def test_the_listener_hears_what_runs(chromium: Browser) -> None:
    context = chromium.new_context()
    context.add_init_script(LISTEN)
    page = context.new_page()
    heard = 0
    for payload in PAYLOADS:
        page.goto("data:text/html,<p>leeg</p>")
        page.evaluate(
            "(text) => { const box = document.createElement('div'); document.body.append(box); box.innerHTML = text; }",
            payload,
        )
        page.wait_for_timeout(20)
        ran, _ = page.evaluate(LOOK)
        heard += bool(ran)
    context.close()
    assert heard >= 5, "no payload would be heard if it ran"
    assert len(PAYLOADS) >= test_markup.TOGETHER * 3 >= 40
