"""What must go is read nowhere any more from the moment it was asked: no page, script, file or link of anybody has it."""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from coding import codebooks, memos, reports, segments, suggestions
from coding.models import Segment, Theme
from coding.models.report import ReportKind
from coding.models.segment import Placement
from coding.models.suggestion import Answer
from interviews import drafts, memberchecks, names, passes, recordings, removals, speech, transcripts
from interviews.access import Actor, actor_for
from interviews.db import transaction
from interviews.detect.finder import default_finder
from interviews.keys import KeyStore
from interviews.models import Interview, MemberCheck, Person, RemovalRequest, Transcript
from interviews.models.membercheck import CheckForm, CheckMatter, PassPurpose
from interviews.models.name import MentionStatus
from interviews.models.recording import RecordingOrigin
from interviews.models.transcript import Layer
from interviews.names.rows import entities_of
from interviews.turns import Turn
from tests import factories
from tests.coding.studies import WordTagger, small_lexicon
from tests.factories import Cast
from tests.pages import browser
from tests.security.estate import address

SECRET = "Mijn broer Zebulon zat toen vast in Zwammerdam."
TALK = (
    ("I", "Hoe was dat?"),
    ("R", f"Zwaar. {SECRET} Daarna kwam de brief en kreeg ik stress."),
    ("I", "Dank je."),
)
TELLING = ("Zebulon", "Zwammerdam", "zat toen vast", "broer")
"""What nobody may read; each in another form of the text: with names, and without."""


@dataclass
class Story:
    """A story of which a sentence must go, and what leads to it."""

    interview: Interview
    transcript: Transcript
    ids: dict[str, uuid.UUID]
    link: passes.Made


@pytest.fixture
def carla(db: Session, cast: Cast) -> Actor:
    return actor_for(db, cast.carla.id)


def typed(db: Session, cast: Cast, carla: Actor, keys: KeyStore) -> Transcript:
    """A text with names in it, all of them found; nobody handed it in."""
    found = factories.transcript(db, carla, factories.interview(db, carla, cast.project), keys=keys, talk=TALK)
    names.propose(db, found, keys=keys, finder=default_finder())
    names.accept_rest(db, carla, found)
    return found


@pytest.fixture
def story(db: Session, cast: Cast, carla: Actor, keys: KeyStore) -> Story:
    """Names away, read by everybody, coded, written about, and being checked by the one who told it; committed."""
    with transaction(db):
        text = typed(db, cast, carla, keys)
        for mention in (one for entity in entities_of(db, text) for one in entity.mentions):
            mention.status = MentionStatus.REJECTED
        names.hand_in(db, carla, text)
        names.approve(db, actor_for(db, cast.alice.id), text, keys=keys, risk=factories.RISK)
        codebook = codebooks.adopt(db, cast.project, small_lexicon())
        theme = next(one for one in codebook.themes if one.key == "bel.brief")
        readers = [actor_for(db, one.id) for one in (cast.bob, cast.carla, cast.dirk)]
        rows = [coded(db, reader, text, theme, SECRET) for reader in readers]
        suggestions.refresh(db, text, WordTagger(bel_brief="broer"))
        for reader in readers:
            segments.finish_first_reading(db, reader, text)
            suggestions.answer(db, reader, suggestions.visible_suggestions(db, reader, text)[0], Answer.LATER)
        memo = memos.add(db, readers[0], rows[0], text="Dit raakt me.", shared=True)
        person = text.interview.interviewees[0]
        made = passes.make(db, carla, text.interview, person, purpose=PassPurpose.CHECK)
        asked(db, carla, text, keys, CheckMatter.TRANSCRIPT, pass_id=made.row.id)
        check = asked(db, carla, text, keys, CheckMatter.SUMMARY, sentences=["U vertelde dit.", SECRET])
    ids = {
        "project_id": cast.project.id,
        "interview_id": text.interview_id,
        "transcript_id": text.id,
        "segment_id": rows[0].id,
        "suggestion_id": suggestions.visible_suggestions(db, readers[0], text)[0].id,
        "theme_id": theme.id,
        "memo_id": memo.id,
        "member_check_id": check.id,
    }
    return Story(text.interview, text, ids, made)


def asked(db: Session, actor: Actor, text: Transcript, keys: KeyStore, matter: CheckMatter, **more: Any) -> MemberCheck:
    """The person was asked whether it is right."""
    person = text.interview.interviewees[0]
    return memberchecks.ask(db, actor, text.interview, person, form=CheckForm.LINK, matter=matter, keys=keys, **more)


def coded(db: Session, actor: Actor, text: Transcript, theme: Theme, words: str) -> Segment:
    revision = transcripts.newest(db, text, Layer.RESEARCH)
    assert revision is not None
    start = (revision.text or "").index(words)
    return segments.code(db, actor, text, revision_id=revision.id, theme=theme, start=start, end=start + len(words))


def hidden(app: Flask, cast: Cast, interview_id: uuid.UUID) -> None:
    """Carla ticks the sentence on the page that is for that."""
    client = browser(app).sign_in(cast.carla)
    page = client.get(f"/gesprekken/{interview_id}/eruit/aanwijzen")
    (piece,) = re.findall(r'value="(1:\d+:\d+)"(?=(?:(?!value=).)*broer)', page.text, re.DOTALL)
    answer = client.submit(page, f"/gesprekken/{interview_id}/eruit/aanwijzen", pieces=piece)
    assert answer.status_code == 303, answer.text


def words_of(content: bytes) -> str:
    """The text of an answer: of a Word file what is in it."""
    if content[:2] != b"PK":
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def telling(app: Flask, people: Sequence[Person], ids: dict[str, uuid.UUID]) -> dict[tuple[str, str], list[str]]:
    """Which words of the sentence each page, script and report still tells, and to whom."""
    found = {}
    for person in people:
        client = browser(app).sign_in(person)
        pages = {rule.endpoint: client.get(address(rule, ids)) for rule in about(app, ids)}
        if "transcript_id" in ids:
            talk, project = f"/gesprekken/{ids['interview_id']}/verslagen", f"/p/{ids['project_id']}/verslagen"
            pages |= {kind: client.post(talk, data={"kind": kind}) for kind in ("team", "transcript")}
            pages["codebook"] = client.post(project)
        for page, answer in pages.items():
            told = [word for word in TELLING if word in words_of(answer.data)]
            if told:
                found[(person.display_name, page)] = told
    return found


def about(app: Flask, ids: dict[str, uuid.UUID]) -> list[Rule]:
    """Every address that can be asked for with these ids."""
    known = ids.keys() | {"screen"}
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.arguments and rule.arguments <= known
    ]


def test_a_sentence_that_must_go_is_on_no_page_of_anybody_and_in_no_report(
    app: Flask, story: Story, cast: Cast, db: Session
) -> None:
    before = telling(app, [cast.bob, cast.carla], story.ids)
    # The pages that this test is about do show it before: else it would look past them.
    assert {"desk.show", "codebook.theme", "checks.paper", "transcript", "codebook"} <= {page for _who, page in before}
    hidden(app, cast, story.ids["interview_id"])
    story.ids["removal_request_id"] = db.query(RemovalRequest).one().id
    assert telling(app, list(cast.members.values()), story.ids) == {}


def test_the_person_whose_story_it_is_does_not_see_it_by_the_link_either(app: Flask, story: Story, cast: Cast) -> None:
    guest, way = browser(app), f"/mee/{story.link.token}"
    assert guest.post(way, data={"code": story.link.code}).status_code == 303
    assert "Zebulon" in guest.get(way).text
    hidden(app, cast, story.ids["interview_id"])
    page = guest.get(way).text
    assert "[weggelaten]" in page
    assert [word for word in TELLING if word in page] == []


def test_in_a_text_with_names_it_is_on_no_page_and_its_names_are_in_no_list(
    app: Flask, cast: Cast, carla: Actor, db: Session, keys: KeyStore
) -> None:
    with transaction(db):
        text = typed(db, cast, carla, keys)
    ids = {"project_id": cast.project.id, "interview_id": text.interview_id}
    before = {page for _who, page in telling(app, [cast.carla], ids)}
    assert {"names.review", "removals.point"} <= before
    hidden(app, cast, text.interview_id)
    assert telling(app, [cast.alice, cast.bob, cast.carla], ids) == {}
    turns = transcripts.open_raw(db, text, keys=keys)[1]
    read = names.review(db, text, turns, keys=keys)
    assert not [one.canonical for one in read if any(word in one.canonical for word in TELLING)]


def test_a_text_that_was_being_corrected_shows_no_quote_of_before_when_it_comes_back(
    app: Flask, story: Story, cast: Cast, carla: Actor, db: Session, keys: KeyStore
) -> None:
    bob = actor_for(db, cast.bob.id)
    with transaction(db):
        text = db.get_one(Transcript, story.transcript.id)
        base, turns = transcripts.open_raw(db, text, keys=keys)
        transcripts.correct(db, bob, text, [*turns[:-1]], base=base.id, keys=keys)
        names.propose(db, text, keys=keys, finder=default_finder())
        for mention in (one for entity in entities_of(db, text) for one in entity.mentions):
            mention.status = MentionStatus.REJECTED
        removals.ask_passage(
            db,
            carla,
            text.interview,
            turn=1,
            start=len("Zwaar. "),
            end=len(f"Zwaar. {SECRET}"),
            keys=keys,
        )
    assert telling(app, [cast.bob], story.ids) == {}
    with transaction(db):
        names.hand_in(db, carla, text)
        names.approve(db, actor_for(db, cast.alice.id), text, keys=keys, risk=factories.RISK)
    # The worker that moves the passages has not come by yet.
    assert telling(app, [cast.bob], story.ids) == {}
    with transaction(db):
        segments.follow(db, text)
    assert telling(app, [cast.bob], story.ids) == {}


def test_taken_back_the_passages_stand_where_they_stood(app: Flask, story: Story, cast: Cast, db: Session) -> None:
    hidden(app, cast, story.ids["interview_id"])
    row = db.get_one(Segment, story.ids["segment_id"])
    assert (row.placement, "broer" in row.quote) == (Placement.ORPHAN, False)
    request = db.query(RemovalRequest).one().id
    assert browser(app).sign_in(cast.alice).post(f"/eruit/{request}/terug").status_code == 303
    row = db.get_one(Segment, story.ids["segment_id"])
    assert (row.placement, row.quote) == (Placement.PLACED, SECRET)
    built = reports.build(
        db, actor_for(db, cast.bob.id), kind=ReportKind.TRANSCRIPT, project=cast.project, interview=story.interview
    )
    assert "Zebulon" in words_of(built.content)
    db.rollback()


def test_the_sentences_that_were_ticked_on_an_older_text_hide_nothing_else(
    app: Flask, story: Story, cast: Cast, db: Session
) -> None:
    client = browser(app).sign_in(cast.carla)
    page = client.get(f"/gesprekken/{story.ids['interview_id']}/eruit/aanwijzen")
    hidden(app, cast, story.ids["interview_id"])
    answer = client.submit(page, f"/gesprekken/{story.ids['interview_id']}/eruit/aanwijzen", pieces="1:0:6")
    assert answer.status_code == 409
    assert "Deze tekst is net verbeterd." in answer.text
    assert db.query(RemovalRequest).count() == 1


def test_the_computer_writes_nothing_down_of_a_stretch_that_must_go(
    db: Session, cast: Cast, carla: Actor, keys: KeyStore
) -> None:
    talk = factories.interview(db, carla, cast.project)
    recording = recordings.begin(
        db, carla, talk, recording_id=uuid.uuid4(), origin=RecordingOrigin.RECORDED, media_type="audio/webm"
    )
    removals.ask_stretch(db, carla, talk, recording_id=recording.id, from_ms=5_000, to_ms=9_000, keys=keys)
    heard = [("Zwaar.", 0, 4_000), (SECRET, 4_000, 9_500), ("Daarna kwam de brief.", 9_500, 12_000)]
    speech.deliver(db, recording, [Turn(None, words, start, end) for words, start, end in heard], keys=keys)
    told = drafts.open_draft(db, carla, talk, keys=keys).text
    assert [turn.text for turn in told.turns] == ["Zwaar.", "[weggelaten]", "Daarna kwam de brief."]
