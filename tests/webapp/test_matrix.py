"""Every page × every role × every method, asked of the list of pages itself."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from coding import memos, reports, segments, suggestions
from coding.models import Codebook, Memo, Report, Segment, Suggestion, Theme
from coding.models.report import HandOut, ReportKind
from interviews.access import actor_for, allows
from interviews.clock import now
from interviews.db import transaction
from interviews.keys import KeyStore
from interviews.models import (
    Attachment,
    CheckAnswer,
    Contact,
    GuestPass,
    Guide,
    Interview,
    MemberCheck,
    Person,
    Project,
    Question,
    QuestionRemark,
    Recording,
    RedactionDecision,
    RemovalRequest,
    Task,
    Transcript,
    TypingVersion,
    Withdrawal,
)
from interviews.models.interview import Address
from interviews.models.withdrawal import Asked, Outcome
from interviews.scopes import Scope
from interviews.sealedfiles import SealedFiles
from tests.coding.studies import Study, WordTagger
from tests.factories import ALL_SCOPES, Cast
from tests.pages import PageClient, browser
from tests.security.estate import at_hand
from webapp import matrix
from webapp.guard import Door, permissions_of
from webapp.settings import Settings

SAFE = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True)
class World:
    """One row of every kind that a page is opened by, in Alice's project."""

    rows: dict[type[object], object]
    cast: Cast


@pytest.fixture
def world(db: Session, cast: Cast, keys: KeyStore, settings: Settings) -> World:
    """A story that may not be co-read, so that who codes elsewhere is refused here."""
    with transaction(db):
        study = Study(db, cast, keys, scopes=ALL_SCOPES - {Scope.CO_READ})
        suggestions.refresh(db, study.transcript, WordTagger(bel_brief="brief"))
        segments.finish_first_reading(db, study.bob, study.transcript)
        suggestion = suggestions.visible_suggestions(db, study.bob, study.transcript)[0]
        start, end = study.place("niks")
        segment = segments.code(
            db, study.bob, study.transcript, revision_id=study.text().id, theme=study.theme(), start=start, end=end
        )
        memo = memos.add(db, study.bob, segment, text="Van mij.")
        report = reports.build(
            db, study.bob, kind=ReportKind.TEAM, project=cast.project, interview=study.transcript.interview
        ).report
        field = at_hand(
            db, keys, SealedFiles(settings.data / "files"), (study.carla, study.bob), cast.project, study.transcript
        )
        of_the_field: dict[type[object], uuid.UUID] = {
            Recording: field.recording,
            MemberCheck: field.check,
            CheckAnswer: field.check_answer,
            Contact: field.contact,
            GuestPass: field.guest_pass,
            Attachment: field.attachment,
            RemovalRequest: field.removal,
            Guide: field.concept,
            Question: field.question,
            QuestionRemark: field.remark,
            TypingVersion: field.version,
            Task: field.task,
            RedactionDecision: field.decision,
        }
        found = {kind: db.get_one(kind, row_id) for kind, row_id in of_the_field.items()}
        stopped = Withdrawal(
            project_id=cast.project.id,
            interview_id=uuid.uuid4(),
            code="D-99",
            address=Address.U,
            outcome=Outcome.ERASED,
            scopes=[],
            asked=Asked.IN_PERSON,
            at=now(),
            reports=[],
        )
        db.add(stopped)
        # Somebody whose words are in it stopped: its holders get a letter.
        report.recalled_at = now()
        db.flush()
        handed = db.scalars(sa.select(HandOut).where(HandOut.report_id == report.id)).one()
    rows: dict[type[object], object] = {
        Project: cast.project,
        Interview: study.transcript.interview,
        Transcript: study.transcript,
        Segment: segment,
        Suggestion: suggestion,
        Memo: memo,
        Report: report,
        Codebook: study.codebook,
        Theme: study.theme(),
        Withdrawal: stopped,
        HandOut: handed,
        **found,
    }
    return World(rows, cast)


def opened(app: Flask) -> list[tuple[Rule, Door]]:
    """Every way to a page that a row opens."""
    doors = permissions_of(app)
    found = []
    for rule in app.url_map.iter_rules():
        door = doors[rule.endpoint]
        if door is not None and door.kind == "opens":
            found.append((rule, door))
    return found


def address_of(rule: Rule, door: Door | None, row_id: uuid.UUID) -> str:
    """The address of `rule` for one row; other parts of it are made up."""

    def part(match: re.Match[str]) -> str:
        kind, name = match[1] or "string", match[2]
        if door is not None and name == door.arg:
            return str(row_id)
        return {"uuid": str(uuid.uuid4()), "int": "1"}.get(kind.partition("(")[0], "iets")

    return re.sub(r"<(?:([^:<>]+):)?(\w+)>", part, rule.rule)


def ask(client: PageClient, address: str, method: str, **options: object) -> TestResponse:
    return client.open(address, method=method, **options)  # type: ignore[arg-type]


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def id_of(world: World, door: Door) -> uuid.UUID:
    assert door.model is not None
    assert door.model in world.rows, f"no {door.model.__name__} in this world: add one"
    found: uuid.UUID = world.rows[door.model].id  # type: ignore[attr-defined]
    return found


def mask(page: str) -> str:
    page = re.sub(r'nonce="[^"]+"', "nonce", page)
    page = re.sub(r'(name="csrf_token" value|name="csrf-token" content)="[^"]+"', "token", page)
    return re.sub(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "id", page)


def test_there_is_no_page_without_a_mark(app: Flask) -> None:
    assert [endpoint for endpoint, door in permissions_of(app).items() if door is None] == []


def test_who_is_not_signed_in_is_sent_to_the_page_to_sign_in(app: Flask, world: World) -> None:
    doors = permissions_of(app)
    for rule in app.url_map.iter_rules():
        door = doors[rule.endpoint]
        if door is None or door.kind == "public":
            continue
        row_id = id_of(world, door) if door.kind == "opens" else uuid.uuid4()
        for method in methods(rule):
            answer = ask(browser(app), address_of(rule, door, row_id), method)
            if method in SAFE:
                assert (answer.status_code, (answer.location or "").partition("?")[0]) == (303, "/inloggen"), rule
            else:
                assert answer.status_code == 401, rule


def test_to_a_stranger_what_is_there_and_what_is_not_are_the_same_404(app: Flask, world: World) -> None:
    client = browser(app).sign_in(world.cast.zoe)
    for rule, door in opened(app):
        for method in methods(rule):
            there = ask(client, address_of(rule, door, id_of(world, door)), method)
            missing = ask(client, address_of(rule, door, uuid.uuid4()), method)
            assert there.status_code == missing.status_code == 404, (rule, method)
            assert mask(there.text) == mask(missing.text), (rule, method)


def test_a_member_without_the_right_gets_a_403_from_every_method(app: Flask, world: World, db: Session) -> None:
    refused = 0
    for member in world.cast.members.values():
        client = browser(app).sign_in(member)
        for rule, door in opened(app):
            row_id = id_of(world, door)
            if granted(db, member, world, door):
                continue
            refused += 1
            for method in methods(rule):
                answer = ask(client, address_of(rule, door, row_id), method)
                assert answer.status_code == 403, (member.display_name, rule, method)
    assert refused > 50


def granted(db: Session, member: Person, world: World, door: Door) -> bool:
    assert door.model is not None
    assert door.permission is not None
    return allows(actor_for(db, member.id), door.permission, world.rows[door.model])


def test_a_member_with_the_right_is_let_in(app: Flask, world: World, db: Session) -> None:
    seen = 0
    for member in world.cast.members.values():
        client = browser(app).sign_in(member)
        for rule, door in opened(app):
            if "GET" not in methods(rule) or len(rule.arguments) != 1 or not granted(db, member, world, door):
                continue
            seen += 1
            answer = ask(client, address_of(rule, door, id_of(world, door)), "GET")
            # A page about names asks once more, for the right to read them.
            assert answer.status_code < 400 or answer.status_code in (403, 422), (member.display_name, rule)
    assert seen > 20


def test_no_change_without_the_token_of_the_session(app: Flask, world: World) -> None:
    doors = permissions_of(app)
    for member in (world.cast.alice, world.cast.zoe):
        client = browser(app).sign_in(member)
        for rule in app.url_map.iter_rules():
            door = doors[rule.endpoint]
            row_id = id_of(world, door) if door is not None and door.kind == "opens" else uuid.uuid4()
            for method in set(methods(rule)) - SAFE:
                answer = ask(client, address_of(rule, door, row_id), method, csrf=False)
                assert answer.status_code == 400, (rule, method)


def test_the_printed_permissions_are_those_of_the_code() -> None:
    # When this fails: python -m webapp.matrix
    ran = CliRunner().invoke(matrix.main, ["--check"])
    assert ran.exit_code == 0, ran.output


def test_the_printed_page_names_every_right_and_every_page(app: Flask) -> None:
    page = matrix.render(app)
    for endpoint in permissions_of(app):
        assert f"`{endpoint}`" in page
    from interviews.access import RULES

    assert all(f"| `{permission}` |" in page for permission in RULES)


def test_a_page_that_is_no_longer_true_is_noticed(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    monkeypatch.setattr(matrix, "PAGE", tmp_path / "permissions.md")
    assert CliRunner().invoke(matrix.main, ["--check"]).exit_code == 1
    assert CliRunner().invoke(matrix.main, []).exit_code == 0
    assert CliRunner().invoke(matrix.main, ["--check"]).exit_code == 0
    (tmp_path / "permissions.md").write_text("iets anders")
    assert CliRunner().invoke(matrix.main, ["--check"]).exit_code == 1
