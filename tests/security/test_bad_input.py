"""Whatever is sent to whichever page: an answer in words, never a crash, and nothing that was typed is lost."""

from __future__ import annotations

import io
import json
import os
import random
import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from coding.models import Memo
from interviews.access import actor_for
from interviews.db import is_sound, transaction, writing
from interviews.keys import KeyStore
from interviews.models import Interview, Transcript
from interviews.models.interview import Status
from interviews.transcripts import open_raw
from interviews.turns import Turn
from tests import factories
from tests.pages import PageClient, browser
from tests.security.estate import SAFE, Estate, address, rules

REQUESTS = int(os.environ.get("DICHTERBIJ_FUZZ", "1500"))
"""Requests of the fuzz; 20,000 before a release."""
FULL = bool(os.environ.get("DICHTERBIJ_FULL"))
SEED = int(os.environ.get("DICHTERBIJ_FUZZ_SEED", "20261122"))
NASTY: tuple[str, ...] = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ufeff\u200b",
    "\u202eomgekeerd\u202c",
    "👩‍👩‍👧‍👦" * 20,
    "e\u0301" * 50,
    "0",
    "-1",
    "1.5",
    "1e309",
    "NaN",
    "9" * 5000,
    "0002" + "9" * 5000,
    "٣",
    "²",
    "½",
    "null",
    "true",
    "[]",
    "{}",
    "on",
    "yes",
    "../../etc/passwd",
    "%00%0d%0aSet-Cookie:x=y",
    "a\r\nSet-Cookie: x=y",
    "' OR 1=1 --",
    "%(name)s %s {0} {{7*7}}",
    "nu-een-id-niet",
    "00000000-0000-0000-0000-000000000000",
    "{12345678-1234-5678-1234-567812345678}",
    "9999-12-31",
    "0001-01-01",
    "2026-02-30",
    "x" * 70_000,
    "één\n\ntwee\u2028drie\x85vier",
    "yes.m-",
    "yes.e-x.y-z",
    "open.e-" + "f" * 32,
    "//voorbeeld.example",
    "/\\voorbeeld.example",
    "/[",
)
FIELDS = (
    "login_word passphrase again next code account locale display_name roles municipality perspective kind people "
    "pseudonyms held_on practice text how persoon pasted file draft name-0 role-0 same-0 text-0 text-1 who-0 times-0 "
    "add add_speaker new_role role label save base reason decide entity replacement into words same first last "
    "revision theme group definition name sure about shared suggestion answer start end quote origin key "
    "use_research record quote_pseudonym summary_self municipality_report portrait own_name co_read archive "
    "contact_again "
    # The interview on the phone: plan, guide, talk, consent, sound, typing, afterwards, checking, pictures.
    "day time place_type channel address companions represented_by person note on asked skipped at_ms recording "
    "id how teach_back signature by_representative agrees at text_version choices origin media_type started_at size "
    "pieces parts version after settles turns speakers choice new_role must text_je text_u topic follow_up themes up "
    "feeling struck done minutes item done_on remark form matter sentences ask_again_on state reply top0 v-0 w-0 "
    "description may_be_shown turn from_ms to_ms persoon"
).split()
ODD_VALUES: tuple[Any, ...] = (None, True, -1, 0, 1.5, 10**30, [], {}, [[]], {"get": 1}, ["a"], "\ud800", "x" * 10_000)


def lead_researcher_peer(app: Flask, ours: Estate) -> list[PageClient]:
    return [browser(app).sign_in(person) for person in (ours.lead, ours.researcher, ours.peer)]


def unsafe(app: Flask) -> list[tuple[str, str]]:
    """Endpoint and method of every way to change something, but the ways out."""
    left = {"auth.sign_out", "auth.end_device", "people.end_access_submit"}
    return [(rule.endpoint, method) for rule, method in rules(app) if method not in SAFE and rule.endpoint not in left]


LEADS = {"people", "training", "worries", "removals.take_back"}
"""What the project lead does; a part of the notebook is the interviewer's own, and the rest the researcher's."""
INTERVIEWERS = {
    "talk",
    "typing",
    "recordings",
    "consents",
    "aftercare",
    "planning",
    "attachments",
    "checks",
    "removals",
}


def who_may(endpoint: str, clients: list[PageClient]) -> PageClient:
    lead, researcher, peer = clients
    names = {endpoint, endpoint.split(".", maxsplit=1)[0]}
    return lead if names & LEADS else peer if names & INTERVIEWERS else researcher


def sent_once() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid.uuid4())}


def url_of(app: Flask, endpoint: str, ours: Estate) -> str:
    (rule,) = list(app.url_map.iter_rules(endpoint))
    ids = ours.ids()
    if endpoint.split(".", maxsplit=1)[0] in INTERVIEWERS:
        ids["interview_id"] = ours.field.drafting if endpoint.startswith("typing.") else ours.field.recorded
    if endpoint in ("recordings.receive", "recordings.finish"):
        ids["recording_id"] = ours.field.receiving
    if endpoint == "talk.note":
        ids["question_id"] = ours.field.used_question
    if endpoint == "removals.hide":
        ids["interview_id"] = ours.typed.interview_id
    if endpoint.startswith("bring_in.") and "correct" not in endpoint:
        ids["interview_id"] = ours.planned_id
    if endpoint.startswith("reports."):
        ids["interview_id"] = ours.told_id
    return address(rule, ids)


NO_FORM: tuple[dict[str, Any], ...] = (
    {"data": b""},
    {"data": b"{", "content_type": "application/json"},
    {"data": b"null", "content_type": "application/json"},
    {"data": b"[]", "content_type": "application/json"},
    {"data": b'"tekst"', "content_type": "application/json"},
    {"data": b"12", "content_type": "application/json"},
    {"data": b"\xff\xfe\x00", "content_type": "application/json"},
    {"data": b"[" * 100_000, "content_type": "application/json"},
    {"data": b'{"start": ' + b"9" * 5000 + b"}", "content_type": "application/json"},
    {"data": b"a=b", "content_type": "text/plain"},
    {"data": b"a=b", "content_type": "nergens/naar; charset=onzin"},
    {"data": b"%%%=%zz&&&==", "content_type": "application/x-www-form-urlencoded"},
    {"data": b"text=%ED%A0%80%FF", "content_type": "application/x-www-form-urlencoded"},
    {"data": b"--x\r\n", "content_type": "multipart/form-data; boundary=x"},
    {"data": b"--x\r\n", "content_type": "multipart/form-data"},
    {"data": b"<a/>", "content_type": "application/xml"},
)


@pytest.mark.parametrize("share", range(16 if FULL else 4))
def test_a_body_that_is_no_form_gets_an_answer_in_words(app: Flask, ours: Estate, share: int) -> None:
    """Each way to change something gets four of the bodies; with DICHTERBIJ_FULL=1 each of them."""
    clients = lead_researcher_peer(app, ours)
    for number, (endpoint, method) in enumerate(unsafe(app)):
        body = NO_FORM[(number * 5 + share * 4 if not FULL else share) % len(NO_FORM)]
        answer = who_may(endpoint, clients).open(
            url_of(app, endpoint, ours), method=method, headers=sent_once(), **body
        )
        assert answer.status_code < 500, endpoint
        if answer.status_code >= 400:
            assert len(answer.get_data()) > 20, endpoint


@pytest.mark.parametrize("value", ODD_VALUES, ids=repr)
def test_json_of_another_shape_is_refused_in_words(app: Flask, ours: Estate, value: Any, db: Session) -> None:
    client = browser(app).sign_in(ours.researcher)
    text = ours.text(db)
    right: dict[str, Any] = {
        "revision": str(text.id), "theme": str(ours.theme.id), "start": 0, "end": 3, "quote": None, "key": "k",
        "suggestion": str(ours.suggestion.id), "answer": "later", "name": "Iets", "sure": True, "origin": "self",
    }  # fmt: skip
    for part in ("stukken", "voorstellen", "themas"):
        url = f"/lezen/{ours.ready.id}/{part}"
        for name in right:
            answer = client.post(url, data=json.dumps({**right, name: value}), content_type="application/json")
            assert answer.status_code in (200, 409, 422, 404), (part, name)
            assert answer.is_json
            if answer.status_code != 200:
                assert answer.json
                assert answer.json["error"].endswith((".", "?"))


def test_a_number_of_five_thousand_digits_is_no_line_and_no_number_of_people(app: Flask, ours: Estate) -> None:
    bob, carla = browser(app).sign_in(ours.researcher), browser(app).sign_in(ours.peer)
    far = "1" * 5000
    page = bob.post(
        f"/lezen/{ours.ready.id}/stukken/kiezen", data={"first": far, "last": far, "theme": str(ours.theme.id)}
    )
    assert page.status_code == 422
    assert "Typ het nummer van de eerste regel." in page.text
    assert bob.post(f"/stukken/{ours.segment.id}/plek", data={"first": far, "last": "1"}).status_code == 422
    group = {"perspective": "client", "kind": "group", "people": "0002" + "9" * 5000}
    answer = carla.post(f"/p/{ours.project.id}/gesprekken/nieuw", data=group)
    assert answer.status_code == 422
    assert "In een groep zitten 2 tot" in answer.text


@pytest.mark.parametrize("where", ["http://[", "//", "\\", "http://[::1"])
def test_a_page_that_says_nonsense_about_where_it_came_from_is_answered(app: Flask, ours: Estate, where: str) -> None:
    client = browser(app).sign_in(ours.peer)
    headers = {"Referer": where.encode("utf-8", "replace").decode("latin-1")}
    url = f"/gesprekken/{ours.planned.id}/tekst/opslaan"
    assert client.post(url, headers=headers, data={"next": where}).status_code in (303, 422)


def test_a_very_long_name_does_not_make_a_cookie_that_browsers_drop(app: Flask, ours: Estate, db: Session) -> None:
    lead = browser(app).sign_in(ours.lead)
    sent = {"display_name": "Guus " * 4000, "roles": "co_coder"}
    card = lead.post(f"/p/{ours.project.id}/mensen/uitnodigen", data=sent, follow_redirects=True)
    code = card.text.split("/uitnodiging/")[1][:19]
    new = browser(app)
    page = new.get(f"/uitnodiging/{code}")
    passphrase = "vier gewone woorden achter"
    answer = new.submit(page, login_word="guus", passphrase=passphrase, again=passphrase)
    assert answer.status_code == 303
    assert all(len(value) < 4000 for name, value in answer.headers if name == "Set-Cookie")
    assert new.get("/").status_code == 303


def test_many_sentences_that_nobody_looked_at_do_not_fill_the_cookie(app: Flask, ours: Estate) -> None:
    client = browser(app).sign_in(ours.peer)
    for _ in range(60):
        answer = client.post(f"/gesprekken/{ours.typed.interview_id}/namen/besluit", data={"decide": "niets"})
        assert all(len(value) < 4000 for name, value in answer.headers if name == "Set-Cookie")
    assert client.get(f"/gesprekken/{ours.typed.interview_id}").status_code == 200


def test_correcting_a_very_long_talk_keeps_every_piece(app: Flask, ours: Estate, db: Session, keys: KeyStore) -> None:
    by = actor_for(db, ours.peer.id)
    with transaction(db):
        row = factories.interview(db, by, ours.project)
        made = factories.transcript(db, by, row, keys=keys, talk=[("R", f"Stuk {number}.") for number in range(5300)])
        base = open_raw(db, made, keys=keys)[0].id
    sent = {"base": str(base), "version": "0", "label": "R", "role": "interviewee", "hand_in": "1"}
    for number in range(5300):
        sent |= {f"text-{number}": f"Stuk {number}.", f"who-{number}": "R"}
    sent["text-0"] = "Het eerste stuk."
    answer = browser(app).sign_in(ours.peer).post(f"/gesprekken/{row.id}/uittypen/opslaan", data=sent)
    assert answer.status_code == 303
    turns = open_raw(db, db.get_one(Transcript, made.id), keys=keys)[1]
    assert (len(turns), turns[0], turns[-1]) == (5300, Turn("R", "Het eerste stuk."), Turn("R", "Stuk 5299."))


@pytest.mark.parametrize("typed", ["x" * 12_000, "\u202eréf\u202c 👩‍👧 " * 700], ids=["long", "odd"])
def test_a_refused_remark_stands_in_the_box_as_it_was_typed(app: Flask, ours: Estate, db: Session, typed: str) -> None:
    page = browser(app).sign_in(ours.researcher).post(f"/lezen/{ours.ready.id}/opvallend", data={"text": typed * 2})
    assert page.status_code == 422
    assert (typed * 2).strip() in page.text
    assert db.scalars(sa.select(Memo.text)).all().count(typed) == 0


def test_what_was_typed_comes_back_when_the_interview_was_stopped_or_consent_withdrawn_meanwhile(
    app: Flask, ours: Estate, db: Session
) -> None:
    from interviews import consents
    from interviews.models.interview import How
    from interviews.scopes import Scope

    carla = browser(app).sign_in(ours.peer)
    page = carla.get(f"/gesprekken/{ours.planned_id}/uittypen")
    typed = {"text-0": "Dit staat nergens anders.", "save_only": "1"}
    with transaction(db):
        person = db.get_one(Interview, ours.planned_id).interviewees[0]
        consents.record(db, actor_for(db, ours.peer.id), person, choices={Scope.USE_RESEARCH: False}, how=How.SPOKEN)
    action = f"/gesprekken/{ours.planned_id}/uittypen/opslaan"
    answer = carla.submit(page, action, **typed)
    assert answer.status_code == 422
    assert "Dit staat nergens anders." in answer.text
    with transaction(db):
        db.get_one(Interview, ours.planned_id).status = Status.STOPPED
    assert carla.submit(page, action, **typed).status_code == 403


class Fuzz:
    """Requests out of a hat, the same each time."""

    def __init__(self, app: Flask, ours: Estate, seed: int) -> None:
        self.app, self.ours = app, ours
        self.hat = random.Random(seed)
        self.places = [*rules(app)]
        self.values = [*NASTY, *(str(row) for row in ours.ids().values())]

    def value(self) -> str:
        found = self.hat.choice(self.values)
        return found if self.hat.random() < 0.8 else found + self.hat.choice(self.values)

    def request(self) -> tuple[str, str, dict[str, Any]]:
        rule, method = self.hat.choice(self.places)
        ids = self.ours.ids()
        if self.hat.random() < 0.4:
            field = self.ours.field
            known = (self.ours.planned_id, self.ours.told_id, field.recorded, field.drafting)
            ids["interview_id"] = self.hat.choice([*known, uuid.uuid4()])
            ids["recording_id"] = self.hat.choice([field.recording, field.receiving])
            ids["question_id"] = self.hat.choice([field.question, field.used_question])
        if self.hat.random() < 0.1:
            ids[self.hat.choice(sorted(ids))] = uuid.uuid4()
        url = address(rule, ids)
        if self.hat.random() < 0.05:
            url = url[: self.hat.randrange(1, len(url) + 1)] + self.hat.choice(["", "%00", "%ff", "//", "é", "?"])
        options: dict[str, Any] = {"method": method}
        if self.hat.random() < 0.3:
            options["query_string"] = {self.hat.choice(FIELDS): self.value() for _ in range(3)}
        if method not in SAFE:
            options |= self.body()
        if self.hat.random() < 0.1:
            name = self.hat.choice(["Accept", "Accept-Language", "Referer", "User-Agent", "If-None-Match", "Range"])
            options["headers"] = {name: self.hat.choice(["*/*", "q=;;,", "bytes=0-", "\xff", "x" * 2000, "http://["])}
        if self.hat.random() < 0.8:
            options.setdefault("headers", {})["Idempotency-Key"] = str(uuid.UUID(int=self.hat.getrandbits(128)))
        return method, url, options

    def body(self) -> dict[str, Any]:
        names = self.hat.sample(FIELDS, self.hat.randrange(1, 25))
        kind = self.hat.random()
        if kind < 0.6:
            return {"data": {name: [self.value() for _ in range(self.hat.choice([1, 1, 1, 3]))] for name in names}}
        if kind < 0.85:
            odd = [self.hat.choice([*ODD_VALUES, self.value()]) for _ in names]
            return {"data": json.dumps(dict(zip(names, odd, strict=True))), "content_type": "application/json"}
        if kind < 0.95:
            file = (
                io.BytesIO(self.hat.randbytes(self.hat.randrange(2000))),
                self.hat.choice(["a.docx", "b.txt", "\x00.vtt", "c"]),
            )
            return {"data": {names[0]: self.value()[:1000], self.hat.choice(["file", *names[1:]]): file}}
        return {
            "data": self.hat.randbytes(200),
            "content_type": self.hat.choice(["", "text/html", "multipart/form-data; boundary=a"]),
        }


def test_fifteen_hundred_odd_requests_get_no_crash(app: Flask, ours: Estate, db: Session, engine: sa.Engine) -> None:
    fuzz = Fuzz(app, ours, SEED)
    people = [ours.lead, ours.researcher, ours.peer]
    clients = [*lead_researcher_peer(app, ours), browser(app)]
    seen: dict[int, int] = {}
    for number in range(REQUESTS):
        which = fuzz.hat.randrange(len(clients))
        method, url, options = fuzz.request()
        try:
            answer = clients[which].open(url, **options)
        except Exception as error:  # the application fails loudly in tests
            error.add_note(f"request {number}: {method} {url} {str(options)[:600]}")
            raise
        assert answer.status_code < 500, (number, method, url)
        answer.close()
        seen[answer.status_code] = seen.get(answer.status_code, 0) + 1
        if which < len(people) and (number % 10 == 0 or answer.status_code == 401):
            # Signed out by a request, or by a colleague's: in again.
            clients[which].sign_in(people[which])
            with transaction(db):
                _put_back(db, ours)
    assert {200, 303, 404, 422} <= seen.keys()
    with writing(engine)() as apart:
        assert is_sound(apart)


def _put_back(db: Session, ours: Estate) -> None:
    """Give everybody the roles again that a request may have taken away."""
    from interviews import projects
    from interviews.models import Person, Project
    from interviews.models.project import Role

    for person, role in (
        (ours.lead, Role.PROJECT_LEAD),
        (ours.researcher, Role.RESEARCHER),
        (ours.peer, Role.PEER_INTERVIEWER),
    ):
        projects.give_role(db, db.get_one(Project, ours.project.id), db.get_one(Person, person.id), role)
