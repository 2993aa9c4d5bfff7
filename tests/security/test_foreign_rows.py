"""What belongs to another project, or to another story, answers as what does not exist."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from coding.models import Memo, Segment
from interviews import people
from interviews.access import actor_for
from interviews.consents.writing import TEXT_VERSION
from interviews.db import transaction
from interviews.errors import Invalid, NotVisible
from interviews.interviews import plan
from interviews.keys import KeyStore
from interviews.models import (
    ConsentTalk,
    Interview,
    Invitation,
    NameMention,
    Recording,
    TimeMark,
    Transcript,
    TypingVersion,
)
from interviews.models.interview import Perspective
from interviews.models.name import MentionStatus
from interviews.models.project import Role
from interviews.names.rows import entities_of
from tests import factories
from tests.pages import PageClient, browser
from tests.security.estate import NAMED, SAFE, Estate, address, mask, rules

FULL = bool(os.environ.get("DICHTERBIJ_FULL"))
"""Everybody asks everything; else they share it out."""


def answer_of(answer: TestResponse) -> tuple[int, str, str]:
    """What somebody can tell two answers apart by: status, where it leads, and the page without its ids."""
    return answer.status_code, mask(answer.location or ""), mask(answer.text)


def test_every_address_with_a_foreign_id_answers_as_with_a_missing_one(
    app: Flask, ours: Estate, theirs: Estate
) -> None:
    asked = 0
    foreign = theirs.ids()
    for who, person in enumerate((ours.lead, ours.researcher, ours.peer)):
        client = browser(app).sign_in(person)
        own = ours.ids()
        for number, (rule, method) in enumerate(rules(app)):
            # Who may most asks everything; of the others one.
            if not FULL and who not in (0, 1 + number % 2):
                continue
            for part in sorted(rule.arguments & own.keys()):
                there, missing = (
                    client.open(
                        address(rule, {**own, part: row_id}),
                        method=method,
                        headers={} if method in SAFE else {"Idempotency-Key": str(uuid.uuid4())},
                    )
                    for row_id in (foreign[part], uuid.uuid4())
                )
                assert answer_of(there) == answer_of(missing), (rule.rule, method, part)
                asked += 1
                if there.status_code == 303:
                    # What was done is said on the next page, whichever that is.
                    client.get("/hulp")
    assert asked > 100


def test_a_passage_of_another_story_is_taken_off_by_nobody_through_this_one(
    app: Flask, ours: Estate, theirs: Estate, db: Session
) -> None:
    client = browser(app).sign_in(ours.researcher)
    for segment_id in (theirs.segment.id, uuid.uuid4()):
        url = f"/lezen/{ours.ready.id}/stukken/{segment_id}/weghalen"
        answer = client.post(url, json={})
        assert (answer.status_code, answer.json) == (200, {"removed": str(segment_id)})
        assert client.post(url).status_code == 303
    assert db.get(Segment, theirs.segment.id) is not None


def test_before_the_own_first_reading_nobody_learns_that_others_chose_something(app: Flask, ours: Estate) -> None:
    carla = browser(app).sign_in(ours.peer)
    segment_id, other = ours.segment.id, uuid.uuid4()
    there = carla.post(f"/lezen/{ours.ready.id}/stukken/{segment_id}/weghalen", json={})
    missing = carla.post(f"/lezen/{ours.ready.id}/stukken/{other}/weghalen", json={})
    assert (there.status_code, mask(there.text)) == (missing.status_code, mask(missing.text))
    # She reads it herself, sees it, and is told that it is not hers.
    carla.post(f"/lezen/{ours.ready.id}/gelezen")
    assert carla.post(f"/lezen/{ours.ready.id}/stukken/{segment_id}/weghalen", json={}).status_code == 403


@dataclass(frozen=True)
class Inside:
    """A form field or a value in JSON that names a row: where it goes, and what else is sent."""

    url: Callable[[Estate], str]
    field: str
    foreign: Callable[[Session, Estate], uuid.UUID]
    rest: Callable[[Session, Estate], dict[str, Any]] = lambda db, ours: {}
    json: bool = False
    who: str = "researcher"
    shape: str = "{id}"
    method: str = "POST"


def passage(db: Session, ours: Estate) -> dict[str, Any]:
    text = ours.text(db)
    return {"revision": str(text.id), "theme": str(ours.theme.id), "start": 0, "end": 3}


NESTED = {
    "theme to code with": Inside(
        lambda o: f"/lezen/{o.ready.id}/stukken", "theme", lambda db, t: t.theme.id, passage, json=True
    ),
    "text to code in": Inside(
        lambda o: f"/lezen/{o.ready.id}/stukken", "revision", lambda db, t: t.text(db).id, passage, json=True
    ),
    "theme to code with, without script": Inside(
        lambda o: f"/lezen/{o.ready.id}/stukken/kiezen",
        "theme",
        lambda db, t: t.theme.id,
        lambda db, o: {"first": "1", "last": "1"},
    ),
    "text to code in, without script": Inside(
        lambda o: f"/lezen/{o.ready.id}/stukken/kiezen",
        "revision",
        lambda db, t: t.text(db).id,
        lambda db, o: {"first": "1", "last": "1", "theme": str(o.theme.id)},
    ),
    "suggestion": Inside(
        lambda o: f"/lezen/{o.ready.id}/voorstellen",
        "suggestion",
        lambda db, t: t.suggestion.id,
        lambda db, o: {"answer": "fits"},
        json=True,
    ),
    "passage of a remark": Inside(
        lambda o: f"/lezen/{o.ready.id}/opvallend",
        "about",
        lambda db, t: t.segment.id,
        lambda db, o: {"text": "Dit viel me op."},
    ),
    "group of a theme": Inside(
        lambda o: f"/p/{o.project.id}/themas/nieuw",
        "group",
        lambda db, t: t.theme.parent_id or uuid.uuid4(),
        lambda db, o: {"name": "Iets heel eigens"},
    ),
    "somebody found": Inside(
        lambda o: f"/gesprekken/{o.typed.interview_id}/namen/andere-naam",
        "entity",
        lambda db, t: t.entity(db).id,
        lambda db, o: {"replacement": "Fenna"},
    ),
    "somebody to join": Inside(
        lambda o: f"/gesprekken/{o.typed.interview_id}/namen/samen",
        "into",
        lambda db, t: t.entity(db).id,
        lambda db, o: {"entity": str(o.entity(db).id)},
    ),
    "somebody who is the same": Inside(
        lambda o: f"/gesprekken/{o.typed.interview_id}/namen/erbij",
        "same",
        lambda db, t: t.entity(db).id,
        lambda db, o: {"words": "staat er niet"},
    ),
    "place of a name": Inside(
        lambda o: f"/gesprekken/{o.typed.interview_id}/namen/besluit",
        "decide",
        lambda db, t: t.entity(db).mentions[0].id,
        shape="yes.m-{id}",
    ),
    "everything of a name": Inside(
        lambda o: f"/gesprekken/{o.typed.interview_id}/namen/besluit",
        "decide",
        lambda db, t: t.entity(db).id,
        shape="yes.e-{id}",
    ),
    "speaker to join with": Inside(
        lambda o: f"/gesprekken/{o.typed.interview_id}/sprekers/{o.typed.speakers[0].id}/samen",
        "into",
        lambda db, t: t.typed.speakers[0].id,
    ),
    "text to correct": Inside(
        lambda o: f"/gesprekken/{o.typed.interview_id}/uittypen/opslaan",
        "base",
        lambda db, t: t.text(db).id,
        lambda db, o: {"text-0": "Anders."},
    ),
    "municipality of an interview": Inside(
        lambda o: f"/p/{o.project.id}/gesprekken/nieuw",
        "municipality",
        lambda db, t: t.municipality.id,
        lambda db, o: {"perspective": "client"},
    ),
    "municipality of an appointment": Inside(
        lambda o: f"/gesprekken/{o.field.recorded}/afspraak",
        "municipality",
        lambda db, t: t.municipality.id,
        lambda db, o: {"perspective": "client", "address": "u"},
        who="peer",
    ),
    "somebody who takes over": Inside(
        lambda o: f"/gesprekken/{o.field.recorded}/overdragen",
        "person",
        lambda db, t: t.peer.id,
        lambda db, o: {"note": "De afspraak staat."},
        who="peer",
    ),
    "somebody who is asked": Inside(
        lambda o: f"/gesprekken/{o.field.recorded}/toestemming/gesprek",
        "person",
        lambda db, t: t.ready.interview.interviewees[0].id,
        lambda db, o: {
            "id": str(uuid.uuid4()),
            "choices": {"record": True},
            "how": "spoken",
            "text_version": TEXT_VERSION,
        },
        json=True,
        who="peer",
    ),
    "question that is put back": Inside(
        lambda o: f"/vragenlijst/{o.field.concept}/terugzetten", "key", lambda db, t: t.field.question
    ),
    "municipality of an invitation": Inside(
        lambda o: f"/p/{o.project.id}/mensen/uitnodigen",
        "municipality",
        lambda db, t: t.municipality.id,
        lambda db, o: {"display_name": "Guus", "roles": "municipality_reader"},
        who="lead",
    ),
}


@pytest.mark.parametrize("inside", NESTED.values(), ids=NESTED.keys())
def test_a_foreign_row_named_in_a_form_is_as_one_that_is_missing(
    app: Flask, ours: Estate, theirs: Estate, db: Session, inside: Inside
) -> None:
    client = browser(app).sign_in(getattr(ours, inside.who))
    found = []
    for row_id in (inside.foreign(db, theirs), uuid.uuid4()):
        sent = {**inside.rest(db, ours), inside.field: inside.shape.format(id=row_id)}
        url = inside.url(ours)
        body: dict[str, Any] = {"json": sent} if inside.json else {"data": sent}
        answer = client.open(url, method=inside.method, headers={"Idempotency-Key": str(uuid.uuid4())}, **body)
        shown = [status_and_page.replace(str(row_id), "id") for status_and_page in (answer.location or "", answer.text)]
        found.append((answer.status_code, *map(mask, shown)))
        # What was sent in a form is shown once more; a second look starts fresh.
        client.get("/hulp")
        with transaction(db):
            db.execute(sa.delete(Memo).where(Memo.text == "Dit viel me op."))
            _without_the_new_theme(db)
    assert found[0] == found[1]


def _without_the_new_theme(db: Session) -> None:
    from coding.models import Theme

    db.execute(sa.delete(Theme).where(Theme.name == "Iets heel eigens"))


def test_a_remark_on_a_passage_of_somebody_else_stays_with_the_story_and_not_with_the_passage(
    app: Flask, ours: Estate, db: Session
) -> None:
    carla = browser(app).sign_in(ours.peer)
    answer = carla.post(f"/lezen/{ours.ready.id}/opvallend", data={"text": "Raak.", "about": str(ours.segment.id)})
    assert answer.status_code == 303
    memo = db.scalars(sa.select(Memo).where(Memo.text == "Raak.")).one()
    assert (memo.segment_id, memo.transcript_id) == (None, ours.ready.id)


def test_a_name_in_another_interview_of_the_same_project_cannot_be_decided_through_this_one(
    app: Flask, ours: Estate, db: Session, keys: KeyStore
) -> None:
    carla = actor_for(db, ours.peer.id)
    with transaction(db):
        other = factories.transcript(db, carla, factories.interview(db, carla, ours.project), keys=keys, talk=NAMED)
    client = browser(app).sign_in(ours.researcher)
    mention = ours.entity(db).mentions[0].id
    client.post(f"/gesprekken/{other.interview_id}/namen/besluit", data={"decide": f"yes.m-{mention}"})
    assert db.get_one(NameMention, mention).status is MentionStatus.PROPOSED


def test_a_suggestion_of_a_story_that_one_may_not_read_cannot_be_answered(
    app: Flask, ours: Estate, theirs: Estate
) -> None:
    client = browser(app).sign_in(theirs.researcher)
    for url in (f"/lezen/{theirs.ready.id}/voorstellen", f"/lezen/{ours.ready.id}/voorstellen"):
        answer = client.post(url, json={"suggestion": str(ours.suggestion.id), "answer": "fits"})
        assert answer.status_code == 404
    assert client.post(f"/voorstellen/{ours.suggestion.id}/terugzetten", json={}).status_code == 404


def test_the_verbs_refuse_a_municipality_of_another_project_too(ours: Estate, theirs: Estate, db: Session) -> None:
    bob, alice = actor_for(db, ours.researcher.id), actor_for(db, ours.lead.id)
    with pytest.raises(NotVisible):
        plan(db, bob, ours.project, perspective=Perspective.CLIENT, municipality=theirs.municipality)
    with pytest.raises(Invalid, match=r"invitation\.municipality"):
        people.invite(
            db,
            alice,
            ours.project,
            display_name="Guus",
            roles=[Role.MUNICIPALITY_READER],
            municipality_id=theirs.municipality.id,
        )
    db.rollback()


def test_somebody_elses_device_cannot_be_signed_out_and_is_as_one_that_is_missing(
    app: Flask, ours: Estate, theirs: Estate
) -> None:
    client = browser(app).sign_in(ours.lead)
    there = client.post(f"/apparaten/{ours.device}/uitloggen")
    missing = client.post(f"/apparaten/{uuid.uuid4()}/uitloggen")
    assert there.status_code == 404
    assert mask(there.text) == mask(missing.text)


def test_nothing_of_another_project_was_touched_by_all_of_this(
    app: Flask, ours: Estate, theirs: Estate, db: Session
) -> None:
    def rows() -> list[int]:
        return [
            db.scalar(sa.select(sa.func.count()).select_from(kind)) or 0
            for kind in (Interview, Transcript, Segment, Memo, Invitation, NameMention)
        ]

    before = rows()
    client = browser(app).sign_in(ours.lead)
    for rule, method in rules(app):
        if "project_id" in rule.arguments or rule.endpoint.startswith("auth."):
            continue
        client.open(address(rule, theirs.ids()), method=method)
    assert rows() == before
    assert [row.replacement for row in entities_of(db, theirs.typed)] != []


def test_a_browser_of_a_stranger_learns_nothing_from_the_frame_of_the_page(
    app: Flask, theirs: Estate, ours: Estate
) -> None:
    client: PageClient = browser(app).sign_in(ours.lead)
    page = client.get(f"/p/{theirs.project.id}")
    assert theirs.project.title not in page.text
    assert theirs.project.help_name not in page.text


@pytest.mark.parametrize("what", ["recording", "mark", "talk", "typed text", "recording of a note"])
def test_an_id_that_a_phone_made_takes_nothing_over_from_another_project(
    app: Flask, ours: Estate, theirs: Estate, db: Session, what: str
) -> None:
    def talk(at: Estate, talk_id: uuid.UUID) -> tuple[str, str, dict[str, Any]]:
        told = {"choices": {"record": True}, "how": "spoken", "text_version": TEXT_VERSION}
        person = at.ready.interview.interviewees[0].id
        return (
            "POST",
            f"/gesprekken/{at.told_id}/toestemming/gesprek",
            {"id": str(talk_id), "person": str(person), **told},
        )

    if what == "talk":
        method, url, told = talk(theirs, theirs.field.mark)
        sent = (
            browser(app)
            .sign_in(theirs.peer)
            .open(url, method=method, json=told, headers={"Idempotency-Key": str(uuid.uuid4())})
        )
        assert sent.status_code == 200
    kept = {
        "recording": (db.get_one(Recording, theirs.field.recording), "interview_id"),
        "mark": (db.get_one(TimeMark, theirs.field.mark), "at_ms"),
        "talk": (db.get(ConsentTalk, theirs.field.mark), "interview_id"),
        "typed text": (db.get_one(TypingVersion, theirs.field.version), "sealed"),
        "recording of a note": (db.get_one(Recording, theirs.field.recording), "interview_id"),
    }[what]
    before = getattr(*kept)
    turns: dict[str, Any] = {"turns": [{"speaker": "R", "text": "Weg."}], "speakers": []}
    method, url, body = {
        "recording": (
            "POST",
            f"/gesprekken/{ours.field.recorded}/opnames",
            {"id": str(theirs.field.recording), "origin": "recorded", "media_type": "audio/webm"},
        ),
        "mark": (
            "POST",
            f"/opnames/{ours.field.recording}/markeringen",
            {"id": str(theirs.field.mark), "at_ms": 1, "note": "Van mij."},
        ),
        "talk": talk(ours, theirs.field.mark),
        "typed text": (
            "PUT",
            f"/gesprekken/{ours.field.drafting}/uittypen/concept",
            {"save": str(theirs.field.version), "version": 1, **turns},
        ),
        "recording of a note": (
            "PUT",
            f"/gesprekken/{ours.field.recorded}/vragen/{ours.field.used_question}",
            {"asked": True, "recording": str(theirs.field.recording), "at_ms": 3},
        ),
    }[what]
    client = browser(app).sign_in(ours.peer)
    answer = client.open(url, method=method, json=body, headers={"Idempotency-Key": str(uuid.uuid4())})
    assert answer.status_code == 404
    db.refresh(kept[0])
    assert getattr(*kept) == before
