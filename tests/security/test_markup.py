"""Whatever people type is text on every page that shows it: never a tag, an attribute or the end of a script block."""

from __future__ import annotations

import html
import json
import os
import re
import uuid
from typing import Any

import lxml.html
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from coding import codebooks, memos
from interviews import consents, interviews, names, people, transcripts
from interviews.access import actor_for
from interviews.db import transaction
from interviews.formats.draft import Note, TranscriptDraft
from interviews.keys import KeyStore
from interviews.models import Transcript
from interviews.models.interview import How, Perspective
from interviews.models.project import Role
from interviews.scopes import Scope
from interviews.turns import Speaker, SpeakerRole, Turn
from tests import factories
from tests.factories import Cast
from tests.pages import browser
from tests.security.estate import Estate, address, rules

IN_FULL = bool(os.environ.get("DICHTERBIJ_FULL"))
"""Every payload in every form, as before a release."""
MARK = "zqx"
"""In every payload, so that it is found again."""
PAYLOADS = tuple(
    payload.replace("X", MARK)
    for payload in (
        "<script>X()</script>",
        "<ScRiPt src=//X.example></sCrIpT>",
        "</script><script>X()</script>",
        "</title><script>X()</script>",
        "</textarea><script>X()</script>",
        "</option></select><img src=X onerror=X()>",
        "<img src=X onerror=X()>",
        "<img/src='X'/onerror='X()'>",
        "<svg onload=X()>",
        "<svg><script>X()</script></svg>",
        "<svg><animate onbegin=X() attributeName=x>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=X()>",
        "<iframe srcdoc='<script>X()</script>'></iframe>",
        "<iframe src=javascript:X()>",
        "<object data=javascript:X()>",
        "<embed src=javascript:X()>",
        "<base href=//X.example>",
        "<meta http-equiv=refresh content='0;url=//X.example'>",
        "<link rel=stylesheet href=//X.example>",
        "<style>@import '//X.example';</style>",
        "<a href=javascript:X()>X</a>",
        "<form action=//X.example><button>X</button>",
        "<input autofocus onfocus=X()>",
        "<details open ontoggle=X()>",
        "<body onload=X()>",
        "<video><source onerror=X()>",
        "<marquee onstart=X()>",
        '" onmouseover="X()',
        "' onmouseover='X()",
        '"><script>X()</script>',
        "'><script>X()</script>",
        "` onmouseover=`X()",
        "--><script>X()</script><!--",
        "]]><script>X()</script>",
        "<!--<script>X",
        "{{ X.__class__ }}{% if X %}",
        "%(X)s %X {0}",
        "&lt;script&gt;X()&lt;/script&gt;",
        "\u2028X()\u2029//<\\/script>",
        "\u202eX\u202c<b onclick=X()>",
        "javascript:X()",
        "data:text/html,<script>X()</script>",
    )
)


def dangers(page: str) -> list[str]:
    """Return each place of a page where something that was typed became more than text."""
    root: Any = lxml.html.document_fromstring(page)
    found = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            if MARK in (element.text or ""):
                found.append("in a comment")
            continue
        if MARK in element.tag:
            found.append(f"tag {element.tag}")
        for name, value in element.attrib.items():
            if MARK in name or (name.startswith("on") and MARK in value) or name == "srcdoc":
                found.append(f"attribute {name} of {element.tag}")
            if name in ("href", "src", "action", "data", "formaction", "content", "style") and MARK in value:
                found.append(f"{name}={value[:60]} of {element.tag}")
        if element.tag in ("script", "style") and MARK in (element.text or ""):
            found += _in_script(element)
    for tag in ("iframe", "object", "embed", "base", "marquee", "video", "math", "animate", "style"):
        found += [f"a {tag}" for _one in root.iter(tag)]
    return found


def _in_script(element: Any) -> list[str]:
    """A block of JSON holds data, and is one whole JSON value; anything else is a script that runs."""
    if element.get("type") != "application/json":
        return ["in a script"]
    words = element.text or ""
    json.loads(words)
    return ["< in a block of JSON"] if "<" in words else []


TOGETHER = 14
"""Payloads in one field: three runs put each of them everywhere."""


def payload(number: int) -> str:
    return " ".join(PAYLOADS[(number + each) % len(PAYLOADS)] for each in range(TOGETHER))


@pytest.fixture(params=range(0, len(PAYLOADS), TOGETHER))
def infested(request: pytest.FixtureRequest, ours: Estate, cast: Cast, db: Session, keys: KeyStore) -> Estate:
    """Alice's project, with a payload in everything that anybody may type. Each run puts other payloads elsewhere."""
    start: int = request.param
    carla, bob, alice = (actor_for(db, one.id) for one in (ours.peer, ours.researcher, ours.lead))
    with transaction(db):
        cast.alice.display_name = payload(start)
        cast.bob.display_name, cast.bob.organisation = payload(start + 1), payload(start + 2)
        cast.carla.display_name = payload(start + 3)
        ours.project.title, ours.project.research_question = payload(start + 4), payload(start + 5)
        ours.project.help_name, ours.project.help_phone = payload(start), payload(start + 1)
        ours.project.client_word, ours.project.consulent_word = payload(start + 2), payload(start + 3)
        ours.municipality.name = payload(start + 4)
        ours.theme.name, ours.theme.definition = payload(start + 5), payload(start)
        ours.theme.include, ours.theme.exclude, ours.theme.example = (payload(start + n) for n in (1, 2, 3))
        codebook = codebooks.codebook_of(db, ours.project.id)
        assert codebook is not None
        codebook.title = payload(start + 4)
        for number in range(6):
            made = codebooks.add_theme(
                db, bob, ours.project, name=f"Eigen {number}", definition=payload(start + number)
            )
            made.name = f"{number} {payload(start + number)}"
        group = next(one for one in codebook.themes if one.parent_id is None)
        group.name = payload(start + 1)
        for shared in (True, False):
            memos.add(db, bob, ours.ready, text=payload(start + 2), shared=shared)
        memos.add(db, carla, ours.segment, text=payload(start + 3), shared=True)
        _stories(db, keys, ours, start)
        people.invite(db, alice, ours.project, display_name=payload(start + 5), roles=[Role.CO_CODER])
        ours.typed.interview.reflection = payload(start)
        ours.entity(db).replacement = payload(start + 2)
        ours.suggestion.reason = [payload(start + 4)]
        people.open_session(db, ours.lead, device=payload(start + 5))
    return ours


def _stories(db: Session, keys: KeyStore, ours: Estate, start: int) -> None:
    """Two stories made of payloads: one with its names in it still, one that is approved."""
    carla, alice = actor_for(db, ours.peer.id), actor_for(db, ours.lead.id)
    draft = TranscriptDraft(
        turns=tuple(
            Turn(label, f"Ik zei: {payload(start + number)} en toen niets.")
            for number, label in enumerate((payload(start), payload(start + 1)) * 3)
        ),
        speakers=(
            Speaker(payload(start), SpeakerRole.INTERVIEWER),
            Speaker(payload(start + 1), SpeakerRole.INTERVIEWEE),
        ),
        format="plain",
    )
    for number, kept in enumerate((ours.typed, ours.ready)):
        row = interviews.plan(
            db, carla, ours.project, perspective=Perspective.CLIENT, pseudonyms=[f"{number}{payload(start + number)}"]
        )
        row.municipality_id = ours.municipality.id
        for person in row.interviewees:
            consents.record(db, carla, person, choices=dict.fromkeys(Scope, True), how=How.SPOKEN)
        made = transcripts.bring_in(db, carla, row, draft, keys=keys).transcript
        made.speakers[1].label = payload(start + 2)[:12]
        db.flush()
        names.add(db, carla, made, "niets", kind=ours.entity(db).type, keys=keys)
        if kept is ours.ready:
            names.hand_in(db, carla, made)
            names.approve(db, alice, made, keys=keys, risk=factories.RISK)
            ours.ready = made
        else:
            ours.typed = made


def test_no_payload_becomes_markup_on_any_page(app: Flask, infested: Estate, db: Session) -> None:
    seen = 0
    for person in (infested.lead, infested.researcher, infested.peer):
        client = browser(app).sign_in(person)
        if person is not infested.peer:
            client.post(f"/lezen/{infested.ready.id}/gelezen")
        for rule, method in rules(app):
            if method != "GET":
                continue
            answer = client.get(address(rule, infested.ids()))
            assert answer.status_code < 500
            if answer.mimetype == "text/html":
                assert dangers(answer.text) == [], (rule.rule, person.login_word)
                seen += answer.text.count(MARK)
            elif answer.is_json:
                assert "text/html" not in answer.content_type
    assert seen > 200, "the payloads stand on no page: this test sees nothing"


def test_what_is_refused_comes_back_as_text(app: Flask, ours: Estate, db: Session) -> None:
    lead, bob = browser(app).sign_in(ours.lead), browser(app).sign_in(ours.researcher)
    carla = browser(app).sign_in(ours.peer)
    talk, project = ours.typed.interview_id, ours.project.id
    entity = str(ours.entity(db).id)
    for typed in PAYLOADS[:: 5 if not IN_FULL else 1]:
        answers = [
            lead.post(f"/p/{project}/mensen/uitnodigen", data={"display_name": typed}),
            lead.post("/uitnodiging", data={"code": typed}),
            browser(app).post("/inloggen", data={"login_word": typed, "passphrase": "verkeerd", "next": typed}),
            browser(app).post(f"/lezen/{uuid.uuid4()}/opvallend", data={"text": typed * 5}),
            bob.post(f"/p/{project}/themas/nieuw", data={"name": typed * 20, "definition": typed}),
            bob.get(f"/p/{project}/themas", query_string={"q": typed}),
            bob.post(f"/lezen/{ours.ready.id}/opvallend", data={"text": typed * 1000, "kind": typed, "about": typed}),
            bob.post(f"/lezen/{ours.ready.id}/stukken/kiezen", data={"first": typed, "last": typed, "words": typed}),
            carla.post(f"/p/{project}/gesprekken/nieuw", data={"pseudonyms": typed, "held_on": typed, "kind": typed}),
            carla.post(f"/gesprekken/{talk}/namen/erbij", data={"words": typed, "same": typed, "kind": typed}),
            carla.post(f"/gesprekken/{talk}/namen/andere-naam", data={"entity": entity, "replacement": typed * 9}),
            carla.post(f"/gesprekken/{talk}/sprekers/{ours.typed.speakers[0].id}", data={"label": typed + "x" * 20}),
            carla.post(
                f"/gesprekken/{ours.planned.id}/uittypen/opslaan", data={"text-0": typed, "who-0": typed, "add": "1"}
            ),
            carla.post(f"/gesprekken/{ours.planned.id}/tekst/bekijken", data={"pasted": f"{typed}: {typed}"}),
            carla.get(f"/gesprekken/{talk}/toestemming", query_string={"persoon": typed}),
            carla.get(f"/gesprekken/{talk}/namen", query_string={"bij": typed}),
            carla.get(f"/niets/{typed.replace('/', '%2F').replace('?', '%3F').replace('#', '%23')}"),
        ]
        for number, answer in enumerate(answers):
            assert answer.status_code < 500, (number, typed)
            if answer.mimetype == "text/html" and not 300 <= answer.status_code < 400:
                assert dangers(answer.text) == [], (number, typed)


def test_what_a_file_says_about_itself_is_text_too(app: Flask, ours: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    from interviews.formats import reading

    carla = browser(app).sign_in(ours.peer)
    for typed in PAYLOADS[::4]:
        draft = TranscriptDraft(
            turns=(Turn(typed, typed), Turn("R", typed)),
            speakers=(Speaker(typed), Speaker("R")),
            format=typed,
            notes=(Note("read.heading", {"text": typed}), Note("read.columns_left_out", {"columns": typed})),
            metadata={typed: typed},
        )
        monkeypatch.setattr(reading, "read_pasted", lambda _text, draft=draft: draft)
        url = f"/gesprekken/{ours.planned.id}/tekst/bekijken"
        page = carla.post(url, data={"pasted": "iets"})
        assert page.status_code == 200
        assert dangers(page.text) == []
        root: Any = lxml.html.document_fromstring(page.text)
        sealed = root.xpath("//input[@name='draft']/@value")[0]
        again = carla.post(url, data={"draft": sealed, "name-0": typed, "same-0": typed, "role-0": typed})
        assert again.status_code == 200
        assert dangers(again.text) == []


def test_the_blocks_of_json_on_the_desk_say_exactly_what_was_typed(app: Flask, ours: Estate, db: Session) -> None:
    name = "</script><!--<script>zqx & 'zo'"
    with transaction(db):
        ours.theme.name = name
    page = browser(app).sign_in(ours.researcher).get(f"/lezen/{ours.ready.id}").text
    root: Any = lxml.html.document_fromstring(page)
    (block,) = root.xpath("//script[@id='themes-json']")
    assert name in [theme["name"] for theme in json.loads(block.text)]
    (words,) = root.xpath("//script[@id='desk-words']")
    assert json.loads(words.text)["box.title"] == "Thema kiezen"
    assert page.count("</script>") == page.count("<script")


def test_a_wrong_address_is_told_without_repeating_it(app: Flask, ours: Estate) -> None:
    client = browser(app).sign_in(ours.lead)
    page = client.get("/%3Cscript%3Ezqx()%3C/script%3E")
    assert page.status_code == 404
    # The form to choose a language carries the address, and nothing else says it.
    assert re.findall(r"zqx", page.text.replace(html.escape("/%3Cscript%3Ezqx()%3C/script%3E?"), "")) in ([], ["zqx"])
    assert dangers(page.text) == []


def test_the_stories_of_this_test_are_stories(infested: Estate) -> None:
    assert isinstance(infested.typed, Transcript)
    assert infested.typed.approved_at is None
    assert infested.ready.approved_at is not None
