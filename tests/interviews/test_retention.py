"""Nothing is kept longer than was agreed: what is due is shown beforehand, goes on its day, and stands in the log."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import ModuleType

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

import coding.redacting  # noqa: F401  # what the analysis erases
from coding import codebooks, memos, segments
from coding.models import Memo, Segment
from interviews import clock, contacts, memberchecks, names, recordings, removals, retention, transcripts
from interviews.access import Actor, actor_for
from interviews.contacts import Details
from interviews.detect.finder import default_finder
from interviews.errors import Invalid, NotAllowed
from interviews.keys import KeyStore
from interviews.ledger import Ledger
from interviews.models import (
    AuditEntry,
    Contact,
    Interview,
    Interviewee,
    NameEntity,
    Person,
    Recording,
    Redaction,
    RemovalRequest,
    Transcript,
)
from interviews.models.aftercare import RemovalState
from interviews.models.membercheck import CheckForm, CheckMatter
from interviews.models.recording import RecordingOrigin, RecordingState
from interviews.models.transcript import Layer
from interviews.redactions.sealed import SEALINGS
from interviews.retention import Terms
from interviews.scopes import Scope
from interviews.sealedfiles import SealedFiles
from interviews.turns import Turn
from interviews.withdrawal import replay
from tests import factories
from tests.coding.studies import small_lexicon
from tests.factories import Cast
from webapp.settings import Settings

TALK = (
    ("I", "Hoe was dat?"),
    ("R", "Zwaar. Mevrouw Zwartemolen belde me elke dag op, ook in het weekend. Daarna kwam de brief."),
    ("I", "Dank je."),
)
NAME = "Zwartemolen"
TODAY = datetime.now(UTC).date()
Move = Callable[[float], datetime]


@pytest.fixture
def carla(db: Session, cast: Cast) -> Actor:
    return actor_for(db, cast.carla.id)


@pytest.fixture
def alice(db: Session, cast: Cast) -> Actor:
    return actor_for(db, cast.alice.id)


@pytest.fixture
def ledger(settings: Settings) -> Ledger:
    return Ledger(settings.data)


@pytest.fixture
def text(db: Session, cast: Cast, carla: Actor, alice: Actor, keys: KeyStore) -> Transcript:
    """A story whose name is away, with a recording and a coded passage."""
    talk = factories.interview(db, carla, cast.project)
    made = factories.transcript(db, carla, talk, keys=keys, talk=TALK)
    names.propose(db, made, keys=keys, finder=default_finder())
    names.accept_rest(db, carla, made)
    recordings.begin(db, carla, talk, recording_id=uuid.uuid4(), origin=RecordingOrigin.ADDED, media_type="audio/webm")
    factories.approved(db, made, by=alice, keys=keys)
    bob = actor_for(db, cast.bob.id)
    theme = next(one for one in codebooks.adopt(db, cast.project, small_lexicon()).themes if one.assignable)
    revision = transcripts.newest(db, made, Layer.RESEARCH)
    assert revision is not None
    row = segments.code(db, bob, made, revision_id=revision.id, theme=theme, start=20, end=40)
    memos.add(db, bob, row, text="Dit raakt me.")
    return made


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Move:
    """Move the clock of the program forward by so many days."""

    def move(days: float) -> datetime:
        moment = datetime.now(UTC) + timedelta(days=days)
        for module in _with_the_clock():
            monkeypatch.setattr(module, "now", lambda: moment)
        return moment

    return move


def _with_the_clock() -> list[ModuleType]:
    return [module for module in list(sys.modules.values()) if getattr(module, "now", None) is clock.now]


def rules(db: Session, moment: datetime) -> set[str]:
    return {one.rule for one in retention.due(db, moment)}


def test_what_goes_is_shown_beforehand_and_nothing_goes_before_its_day(
    db: Session, cast: Cast, text: Transcript, keys: KeyStore, ledger: Ledger
) -> None:
    today = datetime.now(UTC)
    assert retention.erase_due(db, keys=keys, ledger=ledger).counts == {}
    assert rules(db, today + timedelta(days=29)) == set()
    assert rules(db, today + timedelta(days=31)) == {"sound"}
    assert rules(db, today + timedelta(days=91)) == {"sound", "raw"}
    (raw,) = [one for one in retention.due(db, today + timedelta(days=91)) if one.rule == "raw"]
    assert (raw.code, raw.project_id) == (text.interview.code, cast.project.id)
    assert retention.due(db, today + timedelta(days=9999), project_id=cast.elsewhere.id) == []


def test_what_nobody_approved_is_for_a_person_to_decide_on(
    db: Session, cast: Cast, carla: Actor, alice: Actor, text: Transcript, keys: KeyStore
) -> None:
    day = timedelta(days=1)
    term = timedelta(days=cast.project.audio_days) + retention.PATIENCE
    talk = factories.interview(db, carla, cast.project)
    sound = recordings.begin(
        db, carla, talk, recording_id=uuid.uuid4(), origin=RecordingOrigin.ADDED, media_type="audio/webm"
    )
    assert retention.undecided(db, sound.started_at + term - day) == []
    (waiting,) = retention.undecided(db, sound.started_at + term)
    assert (waiting.code, waiting.sound, waiting.text) == (talk.code, True, False)
    assert retention.undecided(db, sound.started_at + term, project_id=cast.elsewhere.id) == []
    # A text that was approved has its own term; corrected after that, it waits from the correction on.
    corrected = datetime.now(UTC)
    text.created_at -= timedelta(days=900)
    raw, turns = transcripts.open_raw(db, text, keys=keys)
    better = [*turns[:-1], replace(turns[-1], text="Dank je wel.")]
    transcripts.correct(db, actor_for(db, cast.bob.id), text, better, base=raw.id, keys=keys)
    assert [one.code for one in retention.undecided(db, corrected + term - day)] == []
    assert text.interview.code in {one.code for one in retention.undecided(db, corrected + term + day)}
    recordings.erase(db, carla, sound)
    assert talk.code not in {one.code for one in retention.undecided(db, corrected + 9 * term)}


def test_with_the_clock_far_ahead_nothing_is_overdue_any_more(
    db: Session, cast: Cast, alice: Actor, carla: Actor, text: Transcript, keys: KeyStore, ledger: Ledger, later: Move
) -> None:
    person = text.interview.interviewees[0]
    contacts.keep(db, carla, text.interview, person, Details(name="Jan de Boer"), keys=keys)
    retention.set_terms(db, alice, cast.project, replace(retention.terms_of(cast.project), published_on=TODAY))
    cast.dirk.disabled_at = datetime.now(UTC)
    db.flush()
    moment = later(365 * 12)
    assert rules(db, moment) >= {"sound", "raw", "stories", "account", "log"}
    counts = retention.erase_due(db, keys=keys, ledger=ledger).counts
    assert retention.due(db, moment) == []
    assert counts["stories"] == 1
    assert db.scalars(sa.select(Interview).where(Interview.project_id == cast.project.id)).all() == []
    assert db.scalars(sa.select(Interviewee).where(Interviewee.project_id == cast.project.id)).all() == []
    assert db.scalars(sa.select(Memo)).all() == []
    assert db.scalars(sa.select(Contact)).all() == []
    assert db.get(Person, cast.dirk.id) is None
    assert keys.interviews() == frozenset()
    actions = set(db.scalars(sa.select(AuditEntry.action)))
    assert {"retention.raw", "retention.stories", "retention.account"} <= actions


def test_the_text_with_names_goes_and_work_goes_on_with_the_text_without(
    db: Session, cast: Cast, alice: Actor, text: Transcript, keys: KeyStore, ledger: Ledger
) -> None:
    bob = actor_for(db, cast.bob.id)
    before = transcripts.read_research(db, bob, text)[1]
    assert NAME in transcripts.open_raw(db, text, keys=keys)[1][1].text
    erased = retention.erase_due(db, keys=keys, ledger=ledger, moment=datetime.now(UTC) + timedelta(days=91))
    assert erased.counts["raw"] == 1
    assert db.scalars(sa.select(Redaction.id)).all() == list(erased.redactions)
    assert [turn.text for turn in transcripts.open_raw(db, text, keys=keys)[1]] == [turn.text for turn in before]
    assert db.scalars(sa.select(NameEntity)).all() == []
    key = keys.open(text.interview_id)
    for sealing in SEALINGS:
        for row in sealing.of(db, text.interview_id):
            plain = key.open(getattr(row, sealing.column), context=sealing.context(row))
            assert NAME.encode() not in plain
    segment = db.scalars(sa.select(Segment)).one()
    # What is corrected, hidden and shown again afterwards starts from the text without names.
    request = removals.ask_passage(db, alice, text.interview, turn=1, start=0, end=6, layer=Layer.RESEARCH, keys=keys)
    assert transcripts.read_research(db, bob, text)[1][1].text.startswith("[weggelaten]")
    removals.take_back(db, alice, request, keys=keys)
    assert [turn.text for turn in transcripts.read_research(db, bob, text)[1]] == [turn.text for turn in before]
    segments.follow(db, text)
    assert segment.placement.value == "placed"


def test_what_was_hidden_and_not_destroyed_is_destroyed_with_the_text_with_names(
    db: Session, alice: Actor, text: Transcript, keys: KeyStore, ledger: Ledger
) -> None:
    request = removals.ask_passage(db, alice, text.interview, turn=1, start=7, end=60, keys=keys)
    moment = datetime.now(UTC) + timedelta(days=91)
    retention.erase_due(db, keys=keys, ledger=ledger, moment=moment)
    assert db.get_one(RemovalRequest, request.id).state is RemovalState.DESTROYED
    assert db.get_one(Transcript, text.id).raw_erased_at is not None
    assert rules(db, moment) == set()


def test_a_text_that_is_being_corrected_waits(
    db: Session, cast: Cast, text: Transcript, keys: KeyStore, ledger: Ledger
) -> None:
    bob = actor_for(db, cast.bob.id)
    base, turns = transcripts.open_raw(db, text, keys=keys)
    transcripts.correct(db, bob, text, [*turns[:-1], Turn("I", "Dank je wel.")], base=base.id, keys=keys)
    assert "raw" not in rules(db, datetime.now(UTC) + timedelta(days=3650))


def test_a_copy_that_is_put_back_does_not_bring_the_names_back(
    db: Session, text: Transcript, keys: KeyStore, ledger: Ledger, settings: Settings
) -> None:
    with db.begin_nested() as copy:
        retention.erase_due(db, keys=keys, ledger=ledger, moment=datetime.now(UTC) + timedelta(days=91))
        copy.rollback()
    db.expire_all()
    assert NAME in transcripts.open_raw(db, text, keys=keys)[1][1].text
    files = SealedFiles(settings.data / "files")
    assert replay(db, keys, files, ledger) >= 1
    assert NAME not in transcripts.open_raw(db, text, keys=keys)[1][1].text
    assert replay(db, keys, files, ledger) == 0


def test_a_contact_goes_when_nothing_is_done_with_it_any_more(
    db: Session, cast: Cast, carla: Actor, text: Transcript, keys: KeyStore, ledger: Ledger
) -> None:
    person = text.interview.interviewees[0]
    contacts.keep(db, carla, text.interview, person, Details(name="Jan de Boer"), keys=keys)
    far = datetime.now(UTC) + timedelta(days=400)
    # Who wants to hear what came of it is kept until there is something to tell.
    assert person.allows(Scope.CONTACT_AGAIN)
    assert "contact" not in rules(db, far)
    cast.project.published_on = TODAY
    db.flush()
    assert "contact" in rules(db, far)
    assert "contact" not in rules(db, datetime.now(UTC) + timedelta(days=80))
    other = factories.interview(db, carla, cast.project, scopes={Scope.USE_RESEARCH, Scope.RECORD})
    contacts.keep(db, carla, other, other.interviewees[0], Details(name="Piet"), keys=keys)
    assert len([one for one in retention.due(db, far) if one.rule == "contact"]) == 1


def test_a_member_check_starts_the_term_of_a_contact_again(
    db: Session, cast: Cast, carla: Actor, alice: Actor, keys: KeyStore
) -> None:
    talk = factories.interview(db, carla, cast.project, scopes={Scope.USE_RESEARCH, Scope.SUMMARY_SELF})
    made = factories.transcript(db, carla, talk, keys=keys)
    factories.approved(db, made, by=alice, keys=keys)
    person = talk.interviewees[0]
    contacts.keep(db, carla, talk, person, Details(name="Jan de Boer"), keys=keys)
    check = memberchecks.ask(
        db, carla, talk, person, form=CheckForm.LINK, matter=CheckMatter.SUMMARY, keys=keys, sentences=["Zo was het."]
    )
    day = datetime.now(UTC) + timedelta(days=91)
    assert "contact" in rules(db, day)
    check.asked_at = day - timedelta(days=10)
    db.flush()
    assert "contact" not in rules(db, day)


def test_the_lead_sets_the_terms_and_recordings_get_their_new_day(
    db: Session, cast: Cast, alice: Actor, text: Transcript
) -> None:
    sound = db.scalars(sa.select(Recording)).one()
    approved = text.approved_at
    assert approved is not None
    retention.set_terms(db, alice, cast.project, Terms(5, 20, 60, 7))
    assert sound.erase_on == approved.date() + timedelta(days=5)
    assert sound.state is not RecordingState.ERASED
    with pytest.raises(NotAllowed):
        retention.set_terms(db, actor_for(db, cast.bob.id), cast.project, Terms(5, 20, 60, 7))
    for wrong in (Terms(-1, 20, 60, 7), Terms(5, 99_999, 60, 7), Terms(5, 20, 60, 101)):
        with pytest.raises(Invalid, match=r"retention\.number"):
            retention.set_terms(db, alice, cast.project, wrong)
    with pytest.raises(Invalid, match=r"retention\.future"):
        retention.set_terms(db, alice, cast.project, Terms(5, 20, 60, 7, TODAY + timedelta(days=3)))
    assert retention.terms_of(cast.project) == Terms(5, 20, 60, 7)
