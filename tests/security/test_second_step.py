"""What is sensitive asks again who sits there: a page that was left open for eleven minutes opens none of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from interviews.clock import now
from interviews.db import transaction
from interviews.keys import KeyStore
from interviews.models import AuditEntry, Interview, Invitation, LoginSession, RemovalRequest
from interviews.models.aftercare import RemovalState
from interviews.models.interview import Status
from interviews.names.rows import canonical_of, entities_of
from tests.pages import PageClient, browser
from tests.security.estate import Estate


@pytest.fixture
def alice(app: Flask, ours: Estate, db: Session) -> PageClient:
    """The project lead, who signed in eleven minutes ago."""
    return grown_cold(browser(app).sign_in(ours.lead), db)


def grown_cold(client: PageClient, db: Session) -> PageClient:
    with transaction(db):
        db.execute(sa.update(LoginSession).values(confirmed_at=now() - timedelta(minutes=11)))
    return client


def warmed(db: Session) -> None:
    with transaction(db):
        db.execute(sa.update(LoginSession).values(confirmed_at=now()))


def asked_again(ours: Estate) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Everything that takes the second step from a project lead, of what this file is about."""
    project, told = f"/p/{ours.project.id}", f"/gesprekken/{ours.told_id}"
    yield "GET", f"{told}/alles", {}
    yield "POST", f"{told}/alles", {"reason": "De persoon vroeg erom."}
    yield "POST", f"{told}/stoppen", {"reach": "whole", "asked": "phone"}
    yield "POST", f"{told}/stoppen/zeker", {"asked": "phone", "sure": "1"}
    yield "POST", f"/eruit/{ours.field.removal}/wissen", {}
    for kind in ("", ".docx", ".csv"):
        yield "GET", f"{project}/logboek/datalek{kind}?van=2026-01-01T00:00&tot=2026-01-02T00:00", {}
    yield "POST", f"{project}/sleutel/namen", {"nameless": "1"}
    yield "POST", f"{project}/herstelblad", {}
    for role in ("project_lead", "key_holder"):
        yield "POST", f"{project}/mensen/uitnodigen", {"display_name": "Guusje", "roles": role}


def test_a_page_that_was_left_open_does_none_of_it(alice: PageClient, ours: Estate, db: Session) -> None:
    for method, url, typed in asked_again(ours):
        answer = alice.open(url, method=method, data=typed or None)
        assert answer.status_code == 303, url
        assert answer.location.startswith("/tweede-stap"), url
    db.expire_all()
    assert db.get_one(Interview, ours.told_id).status is not Status.STOPPED
    assert db.get_one(RemovalRequest, ours.field.removal).state is RemovalState.HIDDEN
    assert "Guusje" not in set(db.scalars(sa.select(Invitation.display_name)))
    assert db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "access.bundle")).all() == []


def test_what_everybody_may_do_all_day_asks_nothing(alice: PageClient, ours: Estate, db: Session) -> None:
    way = f"/p/{ours.project.id}/mensen/uitnodigen"
    answer = alice.post(way, data={"display_name": "Guusje", "roles": "researcher"})
    assert answer.location.startswith(f"{way}/")
    told = f"/gesprekken/{ours.told_id}"
    fewer = alice.post(f"{told}/stoppen", data={"reach": "less", "asked": "phone"})
    assert fewer.status_code == 422
    for page in (told, f"{told}/stoppen", f"{told}/eruit", f"/p/{ours.project.id}/logboek"):
        assert alice.get(page).status_code == 200


def test_an_approved_text_with_its_names_takes_the_step_and_a_reason_and_is_in_the_log(
    app: Flask, ours: Estate, db: Session
) -> None:
    bob, talk = browser(app).sign_in(ours.researcher), f"/gesprekken/{ours.told_id}/uittypen"
    grown_cold(bob, db)
    typed = {"version": "0", "base": str(uuid.uuid4()), "text-0": "Wat ik typte.", "reason": "een naam"}
    for method, url in (("GET", talk), ("POST", f"{talk}/lezen"), ("POST", f"{talk}/opslaan")):
        answer = bob.open(url, method=method, data=typed if method == "POST" else None)
        assert answer.status_code == 303, url
        assert answer.location.startswith("/tweede-stap"), url
        assert answer.location.endswith("/uittypen"), url
    assert _rereadings(db) == []
    warmed(db)
    assert "niks" not in bob.get(talk).text
    assert "niks" in bob.post(f"{talk}/lezen", data={"reason": "een naam"}).text
    assert _rereadings(db) == ["een naam"]


def _rereadings(db: Session) -> list[str | None]:
    db.rollback()
    return list(db.scalars(sa.select(AuditEntry.reason).where(AuditEntry.action == "raw.reread")))


def test_after_approval_no_page_of_the_names_shows_who_was_meant(
    app: Flask, ours: Estate, db: Session, keys: KeyStore
) -> None:
    talk = f"/gesprekken/{ours.typed.interview_id}"
    key = keys.open(ours.typed.interview_id)
    who = {canonical_of(one, key) for one in entities_of(db, ours.typed)}
    assert "Annelies" in who
    with transaction(db):
        ours.typed.approved_at = now()
    entity = entities_of(db, ours.typed)[0].id
    for person in (ours.lead, ours.researcher, ours.peer):
        client = browser(app).sign_in(person)
        for part in ("namen", f"namen/wie?wie={entity}", "namen/klaar", "namen/stukken", "sprekers", "uittypen"):
            answer = client.get(f"{talk}/{part}", follow_redirects=True)
            assert not any(name in answer.text for name in who), (person.login_word, part)
    assert _rereadings(db) == []
