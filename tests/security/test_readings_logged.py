"""Who reads sealed words is in the log: once a sitting, and again when the reason is another one."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from interviews import (
    aftercare,
    audit,
    consents,
    handing_over,
    memberchecks,
    names,
    projects,
    registry,
    removals,
    transcripts,
    worries,
)
from interviews.access import actor_for
from interviews.clock import now
from interviews.db import Base, transaction
from interviews.keys import KeyStore
from interviews.memberchecks import Answer
from interviews.models import AuditEntry, Interview, MemberCheck, Person
from interviews.models.interview import How
from interviews.models.membercheck import Verdict
from interviews.models.project import Role
from interviews.models.transcript import Layer
from interviews.names.rows import entities_of
from interviews.readings import READ_AS
from interviews.redactions.sealed import SEALINGS
from interviews.registry import DataClass
from interviews.scopes import Scope
from interviews.sealedfiles import SealedFiles
from tests import factories
from tests.pages import browser
from tests.security.estate import Estate, address, rules
from tests.security.seeing import Seen, Watch
from webapp.settings import Settings


class Hands:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = now()

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """The time of the log."""
    hands = Hands()
    monkeypatch.setattr(audit, "now", hands)
    return hands


def lines(db: Session) -> list[tuple[str, str | None]]:
    found = db.scalars(sa.select(AuditEntry).where(AuditEntry.action.like("raw.re%")).order_by(AuditEntry.at))
    return [(line.action, line.reason) for line in found]


def test_a_review_of_many_pages_is_one_line(app: Flask, ours: Estate, db: Session, clock: Hands) -> None:
    carla = browser(app).sign_in(ours.peer)
    talk = f"/gesprekken/{ours.typed.interview_id}"
    for _ in range(3):
        for part in ("namen", "uittypen", "sprekers"):
            assert carla.get(f"{talk}/{part}").status_code == 200
        clock.at += timedelta(minutes=5)
    assert lines(db) == [("raw.read", None)]


def test_the_next_sitting_another_person_and_another_text_have_a_line_of_their_own(
    app: Flask, ours: Estate, db: Session, clock: Hands
) -> None:
    carla, bob = browser(app).sign_in(ours.peer), browser(app).sign_in(ours.researcher)
    talk = f"/gesprekken/{ours.typed.interview_id}/namen"
    carla.get(talk)
    bob.get(talk)
    assert len(lines(db)) == 2
    clock.at += audit.SITTING + timedelta(seconds=1)
    carla.get(talk)
    assert len(lines(db)) == 3


def test_seeing_what_speakers_are_really_called_is_a_reading(app: Flask, ours: Estate, db: Session) -> None:
    browser(app).sign_in(ours.peer).get(f"/gesprekken/{ours.typed.interview_id}/sprekers")
    assert lines(db) == [("raw.read", None)]


def test_after_approval_each_reason_is_a_line(ours: Estate, db: Session, keys: KeyStore, clock: Hands) -> None:
    bob = actor_for(db, ours.researcher.id)
    for reason in ("een naam", "een naam ", "een naam", "een zin"):
        assert transcripts.reading_is_logged(db, bob, ours.ready, reason=reason) is (
            ("raw.reread", reason.strip()) in lines(db)
        )
        transcripts.read_raw(db, bob, ours.ready, keys=keys, reason=reason)
    assert lines(db) == [("raw.reread", "een naam"), ("raw.reread", "een zin")]
    db.rollback()


def test_an_approved_text_is_not_shown_without_a_reason_by_saving_something_old(
    app: Flask, ours: Estate, db: Session, keys: KeyStore
) -> None:
    assert ours.ready.approved_at is not None
    bob = browser(app).sign_in(ours.researcher)
    url = f"/gesprekken/{ours.told_id}/uittypen/opslaan"
    typed = {"version": "0", "base": str(uuid.uuid4()), "text-0": "Wat ik typte."}
    answer = bob.post(url, data=typed)
    assert "niks" not in answer.text
    assert lines(db) == []
    answer = bob.post(url, data={**typed, "reason": "een naam vergeten"})
    assert answer.status_code == 409
    assert "Wat ik typte." in answer.text
    assert "niks" in answer.text
    assert lines(db) == [("raw.reread", "een naam vergeten")]


# Every kind of sealed words


def tell_everything(db: Session, ours: Estate, keys: KeyStore, files: SealedFiles) -> Person:
    """Let the peer interviewer write what the estate lacks, and give all her interviews to Dina, who wrote nothing."""
    carla, bob, alice = (actor_for(db, one.id) for one in (ours.peer, ours.researcher, ours.lead))
    dina = factories.person(db, "dina")
    projects.give_role(db, ours.project, dina, Role.PEER_INTERVIEWER)
    told, recorded = ours.ready.interview, db.get_one(Interview, ours.field.recorded)
    aftercare.write(db, carla, told, feeling="Het was zwaar.", struck="", keys=keys)
    worries.flag(db, carla, told, note="Er is geen eten in huis.", keys=keys)
    person = ours.planned.interviewees[0]
    consents.talk(
        db, carla, person, ours.planned, id=uuid.uuid4(), choices={Scope.USE_RESEARCH: True}, how=How.SIGNED,
        keys=keys, signature="M10,10 L200,100 L300,120",
    )  # fmt: skip
    removals.ask_passage(
        db, carla, told, turn=1, start=0, end=20, layer=Layer.RESEARCH, keys=keys, reason="Dit vond iemand te dichtbij."
    )
    voice = ours.typed.speakers[1]
    voice.name_sealed = keys.open(ours.typed.interview_id).seal_text("Johanna B.", context=f"speaker:{voice.id}")
    wishes = {0: Answer(Verdict.OTHER, "Het ging om een formulier.")}
    check = db.get_one(MemberCheck, ours.field.check)
    memberchecks.answer(
        db, carla, check, answers=wishes, top=["Dat er iemand belde."], remark="Verder was het zo.", keys=keys
    )
    names.hand_in(db, carla, ours.typed)
    names.send_back(db, bob, ours.typed, why="Kijk nog eens naar de zus.", keys=keys)
    for interview in (ours.planned, ours.typed.interview, told, recorded, db.get_one(Interview, ours.field.drafting)):
        handing_over.hand_over(db, alice, interview, to=dina, note="Bel altijd na de middag.", keys=keys)
    projects.give_role(db, ours.project, factories.person(db, "hilde"), Role.KEY_HOLDER)
    return dina


def pages(app: Flask, ours: Estate, db: Session) -> list[str]:
    """Every page and script that is read, of each interview there is."""
    told, field = ours.told_id, ours.field
    talks = [ours.planned_id, ours.typed.interview_id, told, field.recorded, field.drafting]
    found = {
        address(rule, ours.ids() | {"interview_id": talk})
        for rule, method in rules(app)
        if method == "GET"
        for talk in (talks if "interview_id" in rule.arguments else talks[:1])
    }
    entities = entities_of(db, ours.typed)
    return sorted(found) + [f"/gesprekken/{ours.typed.interview_id}/namen/wie?wie={one.id}" for one in entities]


def owner(db: Session, seen: Seen) -> uuid.UUID | None:
    """The interview that a sealed value belongs to."""
    row_id = uuid.UUID(seen.row_id)
    for sealing in SEALINGS:
        if (sealing.model.__table__.name, sealing.column) == (seen.table, seen.column):
            for interview_id in db.scalars(sa.select(Interview.id)):
                if any(row.id == row_id for row in sealing.of(db, interview_id)):
                    return interview_id
    return None


def is_in_the_log(db: Session, person: Person, seen: Seen) -> bool:
    action = READ_AS[seen.table, seen.column]
    also = {"raw.reread"} if action == "raw.read" else set()
    found = db.scalars(
        sa.select(AuditEntry.interview_id).where(
            AuditEntry.actor_id == person.id, AuditEntry.action.in_({str(action), *also})
        )
    )
    return owner(db, seen) in set(found)


NEVER_A_PAGE = frozenset({("recording", "peaks_sealed"), ("contact", "sealed")})
"""No words, and opened after a choice only (`test_contacts_pages`)."""


def test_every_sealed_column_of_who_somebody_is_and_of_the_story_says_as_what_reading_it_is_logged() -> None:
    sealed = {(table.name, column.name) for table in Base.metadata.sorted_tables for column in table.columns
              if isinstance(column.type, sa.LargeBinary)}  # fmt: skip
    declared = {
        (one.table, one.column)
        for one in registry.columns(Base.metadata)
        if isinstance(one, registry.Held) and one.data_class in {DataClass.IDENTITY, DataClass.RAW}
    }
    assert (sealed & declared) - {("recording_piece", "digest")} == set(READ_AS), (
        "say in interviews.readings as what reading it is in the log"
    )


def test_whoever_sees_sealed_words_on_any_page_is_in_the_log(
    app: Flask, ours: Estate, db: Session, keys: KeyStore, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(db):
        dina = tell_everything(db, ours, keys, SealedFiles(settings.data / "files"))
    watch, every = Watch(monkeypatch), pages(app, ours, db)
    shown: set[tuple[str, str]] = set()
    silent: set[str] = set()
    for person in (ours.lead, ours.researcher, dina):
        client = browser(app).sign_in(person)
        for url in every:
            watch.seen("")
            answer = client.get(url)
            found = watch.seen(answer.get_data().decode("utf-8", "ignore"))
            db.rollback()
            if answer.status_code == 401:
                client.sign_in(person)
            shown |= {(one.table, one.column) for one in found}
            silent |= {
                f"{person.login_word} {url} {one.table}.{one.column}"
                for one in found
                if (one.table, one.column) in READ_AS and not is_in_the_log(db, person, one)
            }
    assert silent == set()
    assert set(READ_AS) - shown == NEVER_A_PAGE, "nobody looked at these: the pages here do not show them any more"


def test_reading_it_again_in_the_same_sitting_is_the_same_line(
    app: Flask, ours: Estate, db: Session, keys: KeyStore, settings: Settings, clock: Hands
) -> None:
    with transaction(db):
        dina = tell_everything(db, ours, keys, SealedFiles(settings.data / "files"))
    client, talk = browser(app).sign_in(dina), f"/gesprekken/{ours.planned_id}"
    for _ in range(3):
        for page in (talk, f"{talk}/toestemming/kopie", f"{talk}/toestemming/kopie.docx"):
            assert client.get(page).status_code == 200
    db.rollback()
    kinds = sa.select(AuditEntry.action).where(AuditEntry.actor_id == dina.id, AuditEntry.action.like("read.%"))
    assert sorted(db.scalars(kinds)) == ["read.hand_over", "read.signature"]
    clock.at += audit.SITTING + timedelta(seconds=1)
    client.get(talk)
    db.rollback()
    assert sorted(db.scalars(kinds)) == ["read.hand_over", "read.hand_over", "read.signature"]
