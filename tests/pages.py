"""A page under test is a page inspected: what every page must have, and a browser that looks at each page it gets."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection
from typing import Any
from weakref import WeakSet

import lxml.html
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from interviews import people
from interviews.db import transaction, writing
from interviews.models import Person
from webapp import db

TEXT_ATTRIBUTES = ("title", "alt", "aria-label", "placeholder")
DATE = re.compile(
    r"\b(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag )?\d{1,2} (?:januari|februari|maart|april|mei|juni|juli|augustus"
    r"|september|oktober|november|december)(?: \d{4})?(?:,? (?:om )?\d{1,2}\.\d{2} uur)?"
)
"""A day, and a moment, as the calendar of the language writes it."""
UNTYPED = {"hidden", "submit", "button", "reset", "image"}


def faults(html: str) -> list[str]:
    """Return what is wrong with a page, each with the element it is about; empty for a good page."""
    root = lxml.html.document_fromstring(html)
    found: list[str] = []
    if not root.get("lang"):
        found.append("no lang on html")
    if len(root.findall(".//h1")) != 1:
        found.append(f"{len(root.findall('.//h1'))} h1")
    title = (root.findtext(".//title") or "").strip()
    if not title or title.startswith("·"):
        found.append("no title")
    ids = Counter(element.get("id") for element in root.iter() if isinstance(element.tag, str) and element.get("id"))
    found += [f"id {name} {count} times" for name, count in ids.items() if count > 1]
    found += _forms(root) + _labels(root, set(ids)) + _inline(root)
    found += [
        f"{element.tag} points at missing id {name}"
        for element in root.iter()
        if isinstance(element.tag, str)
        for attribute in ("aria-describedby", "aria-labelledby", "for")
        for name in (element.get(attribute) or "").split()
        if name not in ids
    ]
    return found


def _forms(root: Any) -> list[str]:
    found = []
    for form in root.iter("form"):
        method = (form.get("method") or "").lower()
        where = f"form to {form.get('action')}"
        if method not in ("get", "post", "dialog"):
            found.append(f"{where}: no method")
        if method != "dialog" and not form.get("action"):
            found.append("form without action")
        tokens = form.xpath(".//input[@name='csrf_token'][string-length(@value) > 0]")
        if method == "post" and not tokens:
            found.append(f"{where}: no csrf token")
        if method == "get" and tokens:
            found.append(f"{where}: csrf token in an address")
    return found


def _labels(root: Any, ids: Collection[str | None]) -> list[str]:
    named = {label.get("for") for label in root.iter("label")}
    found = []
    for box in root.iter("input", "textarea", "select"):
        if box.tag == "input" and (box.get("type") or "text") in UNTYPED:
            continue
        wrapped = any(parent.tag == "label" for parent in box.iterancestors())
        if not (wrapped or box.get("id") in named or box.get("aria-label") or box.get("aria-labelledby")):
            found.append(f"{box.tag} {box.get('name')}: no label")
    found += [
        f"button without words in {lxml.html.tostring(button, encoding='unicode')[:80]}"
        for button in root.iter("button")
        if not (button.text_content().strip() or button.get("aria-label"))
    ]
    return found


def _inline(root: Any) -> list[str]:
    found = [f"{script.get('src') or 'script'}: no nonce" for script in root.iter("script") if not script.get("nonce")]
    found += ["style element" for _ in root.iter("style")]
    for element in root.iter():
        if isinstance(element.tag, str):
            found += [
                f"{element.tag} with {name}" for name in element.attrib if name == "style" or name.startswith("on")
            ]
    return found


def untranslated(html: str, *, data: Collection[str] = ()) -> list[str]:
    """Return the visible texts of a page in the pseudo-language that never passed through a catalogue.

    Passed over: what stands in `translate="no"` or `data-data` elements, in elements with a language of their own, and
    the texts in `data` (names, titles and other things people typed).
    """
    root = lxml.html.document_fromstring(html)
    known = {"Dichterbij", *data}
    depth = 0
    loose: list[str] = []

    def read(text: str | None, *, is_data: bool) -> None:
        nonlocal depth
        outside = []
        for character in text or "":
            if character == "⟦":
                depth += 1
            elif character == "⟧":
                depth -= 1
            elif depth == 0:
                outside.append(character)
        rest = DATE.sub("", "".join(outside))
        for words in sorted(known, key=len, reverse=True):
            rest = rest.replace(words, "")
        if not is_data and re.search(r"[^\W\d_]", rest):
            loose.append(" ".join(rest.split()))

    def walk(element: Any, *, is_data: bool) -> None:
        if not isinstance(element.tag, str):
            return
        own = is_data or element.get("translate") == "no" or "data-data" in element.attrib
        own = own or (element.tag != "html" and bool(element.get("lang")))
        for name in TEXT_ATTRIBUTES:
            read(element.get(name), is_data=own)
        # What stands in a box was typed there.
        if element.tag not in ("script", "style", "textarea"):
            read(element.text, is_data=own)
            for child in element:
                walk(child, is_data=own)
                read(child.tail, is_data=own)

    walk(root, is_data=False)
    return loose


class PageClient(FlaskClient):
    """A browser that signs in, sends the token that a form would, and looks at every page it gets."""

    def open(self, *args: Any, csrf: bool = True, **kwargs: Any) -> TestResponse:
        """Ask for a page. `csrf=False` leaves the token out."""
        let_go()
        if csrf and str(kwargs.get("method", "GET")).upper() not in ("GET", "HEAD", "OPTIONS"):
            headers = dict(kwargs.pop("headers", None) or {})
            headers.setdefault("X-CSRFToken", self.csrf_token())
            kwargs["headers"] = headers
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400 and response.data:
            found = faults(response.text)
            assert not found, f"{response.request.path}: {found}"
        return response

    def csrf_token(self) -> str:
        """Return a token of this browser's session."""
        with self.session_transaction() as cookie:
            raw = cookie.setdefault("csrf_token", hashlib.sha1(b"test").hexdigest())
        signed = URLSafeTimedSerializer(self.application.secret_key or "", salt="wtf-csrf-token").dumps(raw)
        return signed.decode() if isinstance(signed, bytes) else signed

    def sign_in(self, person: Person) -> PageClient:
        """Be `person` from now on; return this browser."""
        person_id = person.id
        let_go()
        with self.application.app_context(), writing(db.store().engine)() as apart, transaction(apart):
            opened = people.open_session(apart, apart.get_one(Person, person_id), device="Testbrowser")
        with self.session_transaction() as cookie:
            cookie.clear()
            cookie["token"] = opened.token
            cookie.permanent = True
        return self

    def submit(self, page: TestResponse, action: str | None = None, /, **typed: object) -> TestResponse:
        """Send the form of `page` that goes to `action` (the only one in main by default) with what was typed.

        Hidden and prefilled values go along, as a browser sends them. `typed` goes over them; a list is several
        values of one name.
        """
        root: Any = lxml.html.document_fromstring(page.text)
        forms = (
            [form for form in root.xpath("//main//form") if form.get("method") == "post"]
            if action is None
            else [form for form in root.iter("form") if form.get("action") == action]
        )
        assert len(forms) == 1, [form.get("action") for form in root.iter("form")]
        values: dict[str, Any] = {}
        for name, value in forms[0].form_values():
            values.setdefault(name, []).append(value)
        values.update({name: value for name, value in typed.items() if value is not None})
        return self.post(forms[0].get("action"), data=values, csrf=False)


def browser(app: Flask) -> PageClient:
    """Return a new browser without cookies."""
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client


_watched: WeakSet[Session] = WeakSet()


def watch(session: Session) -> Session:
    """Return `session`, which from now on lets go of the database whenever a page is asked for."""
    _watched.add(session)
    event.listen(session, "after_flush", lambda own, _context: own.info.update(written=True))
    for ended in ("after_commit", "after_rollback"):
        event.listen(session, ended, lambda own: own.info.pop("written", None))
    return session


def let_go() -> None:
    """End what the test's own session was reading, so that it holds no lock and sees next what pages committed."""
    for session in list(_watched):
        # One that was closed with an earlier test, and is not yet forgotten, holds nothing; what it wrote is settled.
        if session.in_transaction():
            waiting = session.info.get("written") or session.new or session.dirty or session.deleted
            assert not waiting, "arrange within `transaction(db)`: pages see only what was committed"
            session.rollback()
        session.expire_all()
