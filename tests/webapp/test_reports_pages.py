"""Making Word files."""

from __future__ import annotations

import io

import docx
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from coding.models import Report
from coding.models.report import ReportKind
from interviews import consents
from interviews.access import actor_for
from interviews.db import transaction
from interviews.keys import KeyStore
from interviews.models import Interview
from interviews.models.interview import How
from interviews.scopes import Scope
from tests.factories import ALL_SCOPES, Cast, interview
from tests.pages import PageClient, browser, untranslated
from tests.webapp.test_desk_pages import Story, add_story, choose, fresh, name_of, story

__all__ = ["story"]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def bob(app: Flask, cast: Cast) -> PageClient:
    """The browser of the researcher."""
    return browser(app).sign_in(cast.bob)


def address(story: Story) -> str:
    return f"/gesprekken/{story.transcript.interview_id}/verslagen"


def test_a_researcher_sees_which_reports_can_be_made_and_what_consent_leaves_out(
    bob: PageClient, cast: Cast, story: Story, db: Session, keys: KeyStore
) -> None:
    with transaction(db):
        add_story(db, cast, keys, scopes=ALL_SCOPES - {Scope.QUOTE_PSEUDONYM})
    text = bob.get(f"/p/{cast.project.id}/verslagen").text
    assert address(story) in text
    assert "Citaten mogen erin, met een andere naam." in text
    assert "Citaten mogen er niet in" in text
    assert "Uit 1 gesprek komen geen citaten" in text


def test_an_interviewer_sees_the_reports_of_own_interviews_only(
    app: Flask, cast: Cast, story: Story, db: Session, keys: KeyStore
) -> None:
    with transaction(db):
        other = interview(db, actor_for(db, cast.alice.id), cast.project)
    carla = browser(app).sign_in(cast.carla)
    text = carla.get(f"/p/{cast.project.id}/verslagen").text
    assert address(story) in text
    assert "Verslag van de lijst met thema" not in text
    assert carla.get(f"/gesprekken/{other.id}/verslagen").status_code == 403
    assert carla.post(f"/p/{cast.project.id}/verslagen", data={}).status_code == 403


@pytest.mark.parametrize("kind", [ReportKind.TEAM, ReportKind.TRANSCRIPT])
def test_a_report_about_one_story_is_a_word_file_that_is_registered(
    bob: PageClient, cast: Cast, story: Story, db: Session, kind: ReportKind
) -> None:
    choose(db, cast.bob, story, "Ik wist van niks")
    answer = bob.post(address(story), data={"kind": kind.value})
    assert answer.status_code == 200
    assert answer.mimetype == DOCX
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=verslag-")
    assert docx.Document(io.BytesIO(answer.data)).paragraphs
    row = fresh(db).scalars(sa.select(Report)).one()
    assert (row.kind, row.built_by_id, row.interview_id) == (kind, cast.bob.id, story.transcript.interview_id)
    assert "Eerder gemaakt" in bob.get(address(story)).text
    assert "Bob" in bob.get(f"/p/{cast.project.id}/verslagen").text


def test_a_report_that_may_hold_destroyed_words_says_so_wherever_it_is_listed(
    bob: PageClient, cast: Cast, story: Story, db: Session
) -> None:
    choose(db, cast.bob, story, "Ik wist van niks")
    bob.post(address(story), data={"kind": ReportKind.TEAM.value})
    assert "opnieuw maken" not in bob.get(address(story)).text
    with transaction(db):
        row = fresh(db).scalars(sa.select(Report)).one()
        row.outdated_at = row.built_at
    for page in (address(story), f"/p/{cast.project.id}/verslagen"):
        assert "opnieuw maken" in bob.get(page).text


def test_the_report_about_all_stories_is_a_word_file(bob: PageClient, cast: Cast, story: Story, db: Session) -> None:
    choose(db, cast.bob, story, "Ik wist van niks")
    page = bob.get(f"/p/{cast.project.id}/verslagen")
    answer = bob.submit(page, f"/p/{cast.project.id}/verslagen")
    assert answer.mimetype == DOCX
    assert fresh(db).scalars(sa.select(Report)).one().kind is ReportKind.CODEBOOK


def test_a_report_of_a_kind_that_is_not_about_one_story_is_refused(bob: PageClient, story: Story, db: Session) -> None:
    assert bob.post(address(story), data={"kind": "codebook"}).status_code == 400
    assert fresh(db).scalars(sa.select(Report)).all() == []


def test_a_report_about_nothing_says_so(bob: PageClient, cast: Cast) -> None:
    answer = bob.post(f"/p/{cast.project.id}/verslagen", data={})
    assert answer.status_code == 303
    assert "nog geen lijst met thema" in bob.get(answer.location).text


def test_a_story_whose_names_are_not_away_has_no_report_yet(bob: PageClient, cast: Cast, db: Session) -> None:
    with transaction(db):
        row = interview(db, actor_for(db, cast.carla.id), cast.project)
    assert "Dit gesprek is nog niet klaar" in bob.get(f"/gesprekken/{row.id}/verslagen").text


def test_somebody_who_stops_taking_part_is_in_no_report(bob: PageClient, cast: Cast, story: Story, db: Session) -> None:
    with transaction(db):
        row = db.get_one(Interview, story.transcript.interview_id)
        for person in row.interviewees:
            consents.record(
                db, actor_for(db, cast.alice.id), person, choices={Scope.USE_RESEARCH: False}, how=How.SPOKEN
            )
    assert bob.get(address(story)).status_code == 403
    assert bob.post(address(story), data={"kind": "team"}).status_code == 403
    text = bob.get(f"/p/{cast.project.id}/verslagen").text
    assert "Van 1 gesprek mag geen verslag komen" in text


def test_strangers_co_coders_and_municipalities_make_no_reports(app: Flask, cast: Cast, story: Story) -> None:
    for member, refused in ((cast.dirk, 403), (cast.esra, 403), (cast.zoe, 404)):
        client = browser(app).sign_in(member)
        assert client.get(f"/p/{cast.project.id}/verslagen").status_code == refused
        assert client.get(address(story)).status_code == refused
        assert client.post(address(story), data={"kind": "team"}).status_code == refused


def test_every_sentence_of_these_pages_can_be_translated(app: Flask, cast: Cast, story: Story, bob: PageClient) -> None:
    bob.post(address(story), data={"kind": "transcript"})
    app.config["PSEUDO_LANGUAGE"] = True
    data = [cast.project.title, "Bob", "Hanna", "06 12 34 56 78", name_of(story)]
    for page in (f"/p/{cast.project.id}/verslagen", address(story)):
        assert untranslated(bob.get(page).text, data=data) == []
