"""A no counts at once: open pages, scripts, quotes and files close at the next request."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from coding.models import Segment, Suggestion
from interviews import consents, transcripts
from interviews.access import actor_for
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.keys import KeyStore
from interviews.models import Interview, Transcript
from interviews.models.interview import How, Status
from interviews.scopes import Scope
from interviews.turns import Turn
from tests.pages import browser
from tests.security.estate import SAFE, Estate, address, rules

QUOTE = "niks"
"""In the passage that the researcher chose."""


@pytest.fixture
def withdraw(db: Session) -> Callable[..., None]:
    """Write down that somebody changed their mind."""

    def no(estate: Estate, interview_id: object, *scopes: Scope) -> None:
        with transaction(db):
            (person,) = db.get_one(Interview, interview_id).interviewees
            consents.record(
                db, actor_for(db, estate.lead.id), person, choices=dict.fromkeys(scopes, False), how=How.SPOKEN
            )

    return no


def of_the_desk(app: Flask, ours: Estate) -> list[tuple[str, str]]:
    """Every way to a story that is told, to a passage and to a suggestion: pages and scripts."""
    parts = {"transcript_id", "segment_id", "suggestion_id"}
    return [
        (address(rule, ours.ids()), method)
        for rule, method in rules(app)
        if rule.arguments & parts and rule.endpoint != "desk.passages.new_theme"
    ]


def test_after_a_no_to_taking_part_nobody_opens_the_story_any_more(
    app: Flask, ours: Estate, db: Session, withdraw: Callable[..., None]
) -> None:
    people = [browser(app).sign_in(person) for person in (ours.lead, ours.researcher, ours.peer)]
    for client in people:
        assert QUOTE in client.get(f"/lezen/{ours.ready.id}").text
    withdraw(ours, ours.told_id, Scope.USE_RESEARCH)
    kept = [len(db.scalars(sa.select(kind)).all()) for kind in (Segment, Suggestion)]
    for client in people:
        for url, method in of_the_desk(app, ours):
            for sent in ({}, {"json": {}}) if method not in SAFE else ({}, {"headers": {"Accept": "application/json"}}):
                answer = client.open(url, method=method, **sent)  # type: ignore[arg-type]
                assert answer.status_code == 403, (url, method)
                assert QUOTE not in answer.text
    assert [len(db.scalars(sa.select(kind)).all()) for kind in (Segment, Suggestion)] == kept


def test_after_a_no_to_being_read_by_others_only_its_own_interviewer_and_the_researchers_open_it(
    app: Flask, ours: Estate, db: Session, withdraw: Callable[..., None]
) -> None:
    from interviews import projects
    from interviews.models.project import Role
    from tests import factories

    with transaction(db):
        reader, peer = factories.person(db, "rik"), factories.person(db, "petra")
        projects.give_role(db, ours.project, reader, Role.CO_CODER)
        projects.give_role(db, ours.project, peer, Role.PEER_INTERVIEWER)
    others = [browser(app).sign_in(reader), browser(app).sign_in(peer)]
    for client in others:
        assert client.post(f"/lezen/{ours.ready.id}/gelezen").status_code == 303
        assert "niks" in client.get(f"/lezen/{ours.ready.id}").text
        assert QUOTE in client.get(f"/themas/{ours.theme.id}").text
    withdraw(ours, ours.told_id, Scope.CO_READ)
    for client in others:
        for url, method in of_the_desk(app, ours):
            assert client.open(url, method=method).status_code == 403, url
        assert QUOTE not in client.get(f"/themas/{ours.theme.id}").text
        assert str(ours.ready.id) not in client.get(f"/p/{ours.project.id}/lezen").text
    for person in (ours.lead, ours.researcher, ours.peer):
        assert browser(app).sign_in(person).get(f"/lezen/{ours.ready.id}").status_code == 200


def test_quotes_and_counts_go_from_the_list_of_themes(app: Flask, ours: Estate, withdraw: Callable[..., None]) -> None:
    bob = browser(app).sign_in(ours.researcher)
    page = bob.get(f"/themas/{ours.theme.id}").text
    assert QUOTE in page
    before = bob.get(f"/p/{ours.project.id}/themas").text
    withdraw(ours, ours.told_id, Scope.USE_RESEARCH)
    page = bob.get(f"/themas/{ours.theme.id}").text
    assert QUOTE not in page
    assert str(ours.ready.id) not in page
    assert bob.get(f"/p/{ours.project.id}/themas").text != before
    # A story that nobody may use any more is not counted either.
    assert set(re.findall(r"\d+ van \d+ gesprek|\d+ gesprek|\d+ stuk", page)) <= {
        "0 van 0 gesprek",
        "0 gesprek",
        "0 stuk",
    }


def words_of(content: bytes) -> str:
    """The text of a Word file."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "".join(package.read(name).decode("utf-8", "ignore") for name in package.namelist())


def test_no_file_is_handed_over_any_more(app: Flask, ours: Estate, withdraw: Callable[..., None]) -> None:
    bob = browser(app).sign_in(ours.researcher)
    talk, project = f"/gesprekken/{ours.told_id}/verslagen", f"/p/{ours.project.id}/verslagen"
    for kind in ("team", "transcript"):
        assert bob.post(talk, data={"kind": kind}).status_code == 200
    assert QUOTE in words_of(bob.post(project).data)
    withdraw(ours, ours.told_id, Scope.USE_RESEARCH)
    for client in (bob, browser(app).sign_in(ours.lead), browser(app).sign_in(ours.peer)):
        assert client.get(talk).status_code == 403
        for kind in ("team", "transcript"):
            answer = client.post(talk, data={"kind": kind})
            assert answer.status_code == 403
            assert "attachment" not in answer.headers.get("Content-Disposition", "")
    answer = bob.post(project)
    if answer.status_code == 200:
        assert QUOTE not in words_of(answer.data)
    assert str(ours.ready.id) not in bob.get(project).text


def test_after_a_no_to_quotes_no_file_quotes(app: Flask, ours: Estate, withdraw: Callable[..., None]) -> None:
    withdraw(ours, ours.told_id, Scope.QUOTE_PSEUDONYM)
    bob = browser(app).sign_in(ours.researcher)
    answer = bob.post(f"/p/{ours.project.id}/verslagen")
    assert answer.status_code == 200
    assert QUOTE not in words_of(answer.data)


def test_the_text_with_names_closes_too(
    app: Flask, ours: Estate, db: Session, keys: KeyStore, withdraw: Callable[..., None]
) -> None:
    withdraw(ours, ours.typed.interview_id, Scope.USE_RESEARCH)
    talk = f"/gesprekken/{ours.typed.interview_id}"
    for person in (ours.lead, ours.researcher, ours.peer):
        client = browser(app).sign_in(person)
        for part in ("namen", "uittypen", "sprekers"):
            answer = client.get(f"{talk}/{part}")
            # The page for typing says in plain words why it is closed.
            assert answer.status_code in ((200, 403) if part == "uittypen" else (403, 422)), part
            assert "Annelies" not in answer.text
        for part in ("erbij", "andere-naam", "samen", "besluit", "rest", "inleveren", "goedkeuren"):
            answer = client.post(f"{talk}/namen/{part}", data={"words": "Annelies", "decide": "yes.e-x"})
            assert answer.status_code in (303, 403, 422), part
            assert "op 1 plek" not in answer.text
    with pytest.raises(Invalid, match=r"consent\.no_research"):
        transcripts.read_raw(db, actor_for(db, ours.peer.id), ours.typed, keys=keys)
    with pytest.raises(Invalid, match=r"consent\.no_research"):
        transcripts.read_raw(db, actor_for(db, ours.researcher.id), ours.typed, keys=keys)
    assert db.get_one(Transcript, ours.typed.id).handed_in_at is None
    db.rollback()


def test_a_stopped_interview_is_refused_everywhere(app: Flask, ours: Estate, db: Session) -> None:
    with transaction(db):
        for row_id in (ours.planned_id, ours.typed.interview_id, ours.told_id):
            db.get_one(Interview, row_id).status = Status.STOPPED
    # What one may still do: look after people, and take away what is left.
    still = {"interviews.show", "consents.show", "consents.talk", "consents.plain", "consents.plain_submit", "consents.copy",
             "consents.copy_file", "consents.link", "withdrawals.ask", "withdrawals.choose", "withdrawals.stop",
             "bundles.show", "bundles.take", "names.review", "recordings.index", "planning.note_read"}  # fmt: skip
    after = {"aftercare", "worries", "removals"}
    open_ = set()
    for person in (ours.lead, ours.researcher, ours.peer):
        client = browser(app).sign_in(person)
        for rule, method in rules(app):
            if "interview_id" not in rule.arguments or rule.endpoint in still:
                continue
            if rule.endpoint.partition(".")[0] in after:
                continue
            for row_id in (ours.planned_id, ours.typed.interview_id, ours.told_id):
                answer = client.open(address(rule, {**ours.ids(), "interview_id": row_id}), method=method)
                refused = answer.status_code in (403, 422) or answer.location is not None
                if not refused:
                    open_.add((rule.endpoint, method, answer.status_code))
                assert "Annelies" not in answer.text
        for url, method in of_the_desk(app, ours):
            assert client.open(url, method=method).status_code == 403
        assert client.get(f"/gesprekken/{ours.typed.interview_id}/namen").status_code == 403
    assert open_ == set()
    typed = {"text-0": "Toch nog iets.", "who-0": "R", "role": "interviewee", "label": "R"}
    carla = browser(app).sign_in(ours.peer)
    for more in ({"save": "1"}, {"add": "1"}, {"add_speaker": "1"}):
        assert carla.post(f"/gesprekken/{ours.planned_id}/uittypen/opslaan", data=typed | more).status_code == 403
    assert len(db.scalars(sa.select(Transcript).where(Transcript.interview_id == ours.planned_id)).all()) == 0


def test_a_text_that_is_being_corrected_is_read_by_nobody_until_its_names_are_away_again(
    app: Flask, ours: Estate, db: Session, keys: KeyStore
) -> None:
    # The reason to correct an approved text is often a name that was missed.
    bob = browser(app).sign_in(ours.researcher)
    raw, turns = transcripts.open_raw(db, ours.ready, keys=keys)
    with transaction(db):
        changed = [*turns[:-1], Turn(turns[-1].speaker, "Ik durfde niet.")]
        transcripts.correct(db, actor_for(db, ours.researcher.id), ours.ready, changed, base=raw.id, keys=keys)
    for url in (f"/lezen/{ours.ready.id}", f"/lezen/{ours.ready.id}/stukken", f"/lezen/{ours.ready.id}/veranderd"):
        answer = bob.get(url)
        assert answer.status_code == 422
        assert "De namen in deze tekst zijn nog niet weg." in answer.text
        assert "luisterde" not in answer.text
