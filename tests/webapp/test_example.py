"""The example project of the demo: work at every stage, people in every role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coding import readings, reports, segments, suggestions
from coding.models import Codebook, FirstReading, Memo, Segment, Suggestion, SuggestionAnswer
from coding.models.report import ReportKind
from coding.tagging.tagger import default_tagger
from interviews import (
    aftercare,
    attachments,
    consents,
    drafts,
    guides,
    handing_over,
    memberchecks,
    names,
    people,
    recordings,
    removals,
    retention,
    talks,
    training,
    transcripts,
    worries,
)
from interviews.access import Actor, actor_for
from interviews.clock import now
from interviews.db import Base, make_engine, transaction, writing
from interviews.detect.finder import default_finder
from interviews.keys import InstallationKey, KeyStore
from interviews.models import Guide, Interview, NameEntity, NameMention, Person, Project, Transcript
from interviews.models.aftercare import TrainingItem
from interviews.models.interview import Status, TeachBack
from interviews.models.membercheck import Verdict
from interviews.models.name import MentionStatus, StepKind
from interviews.models.project import Role
from interviews.models.recording import RecordingState
from interviews.sealedfiles import SealedFiles
from webapp import example
from webapp.example.making import Voice, drawing, sound
from webapp.views.retention import AHEAD


@dataclass(frozen=True)
class Example:
    """The example project, made once for all these tests, which only read."""

    db: Session
    project: Project
    keys: KeyStore
    files: SealedFiles

    def actor(self, role: Role) -> Actor:
        return actor_for(self.db, self.person(role).id)

    def interview(self, code: str) -> Interview:
        return self.db.scalars(sa.select(Interview).where(Interview.code == code)).one()

    def person(self, role: Role) -> Person:
        word = next(account.login_word for account in example.ACCOUNTS if account.role is role)
        return self.db.scalars(sa.select(Person).where(Person.login_word == word)).one()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Example]:
    """The example in a database of its own."""
    folder = tmp_path_factory.mktemp("example")
    key = InstallationKey.generate()
    engine = make_engine(f"sqlite+pysqlcipher:///{folder / 'example.db'}", key=key.database_key())
    Base.metadata.create_all(engine)
    keys, files = KeyStore(folder / "keys", key), SealedFiles(folder / "files")
    with writing(engine)() as db:
        assert not example.exists(db)
        with transaction(db):
            project = example.create(db, keys=keys, files=files, finder=default_finder(), tagger=default_tagger())
        recordings.sweep(db, files)
        yield Example(db, project, keys, files)
    engine.dispose()


def test_the_example_is_there_and_says_that_it_is_made_up(made: Example) -> None:
    assert example.exists(made.db)
    assert made.project.made_up


@pytest.mark.parametrize("account", example.ACCOUNTS, ids=lambda account: account.login_word)
def test_every_account_can_sign_in_and_has_its_role(made: Example, account: example.Account) -> None:
    opened = people.sign_in(made.db, word=account.login_word, passphrase=example.PASSPHRASE)
    assert opened is not None
    assert actor_for(made.db, opened.session.person_id).roles_in(made.project.id) == {account.role}


def test_there_is_an_account_for_every_role(made: Example) -> None:
    assert {account.role for account in example.ACCOUNTS} == set(Role)


def test_there_is_work_at_every_stage(made: Example) -> None:
    interviews = list(made.db.scalars(sa.select(Interview).order_by(Interview.code)))
    assert [row.code for row in interviews] == [*(f"D-{number:02}" for number in range(1, 11)), "O-01"]
    assert {row.status for row in interviews[:6]} == {Status.HANDED_IN, Status.NAMES_AWAY}
    assert [row.status for row in interviews[6:]] == [
        Status.PLANNED,
        Status.HELD,
        Status.HELD,
        Status.PLANNED,
        Status.PLANNED,
    ]
    assert [row.code for row in interviews if row.practice] == ["O-01"]
    assert {row.perspective.value for row in interviews} >= {"client", "consulent"}
    for kind in (Guide, Codebook, Suggestion, SuggestionAnswer, Segment, FirstReading, Memo):
        assert made.db.scalar(sa.select(sa.func.count()).select_from(kind)), kind


def test_one_interview_has_names_to_look_at(made: Example) -> None:
    open_ = made.db.scalars(sa.select(Transcript).where(Transcript.approved_at.is_(None))).one()
    waiting = made.db.scalars(sa.select(NameMention).where(NameMention.status == MentionStatus.PROPOSED)).all()
    assert len(waiting) > 3
    assert {mention.entity.transcript_id for mention in waiting} == {open_.id}
    assert open_.handed_in_at is not None
    assert len([row for row in made.db.scalars(sa.select(NameEntity)) if row.indirect]) >= 2
    revision, turns = transcripts.open_raw(made.db, open_, keys=made.keys)
    assert 0 < len(names.never_looked(made.db, open_, revision, turns)) < len(names.parts_of(turns))
    assert {one.kind for one in names.steps_of(made.db, open_)} >= {StepKind.DECIDED, StepKind.MARKED}


def test_two_people_coded_and_they_differ(made: Example) -> None:
    by_role: dict[Role, set[tuple[object, object, int]]] = {}
    for row in made.db.scalars(sa.select(Segment)):
        by_role.setdefault(row.coder_role, set()).add((row.transcript_id, row.theme_id, row.start))
        assert row.quote == (transcripts_text(made, row.transcript_id))[row.start : row.end]
    assert set(by_role) == {Role.RESEARCHER, Role.CO_CODER}
    assert by_role[Role.RESEARCHER] != by_role[Role.CO_CODER]
    assert all(len(places) > 5 for places in by_role.values())


def transcripts_text(made: Example, transcript_id: object) -> str:
    return segments.newest_text(made.db, made.db.get_one(Transcript, transcript_id)).text or ""


def test_no_marked_name_is_left_in_a_text_to_read(made: Example) -> None:
    for transcript in made.db.scalars(sa.select(Transcript).where(Transcript.approved_at.is_not(None))):
        _, raw = transcripts.open_raw(made.db, transcript, keys=made.keys)
        revision = segments.newest_text(made.db, transcript)
        read = transcripts.turns_of(revision, revision.text or "")
        accepted = made.db.scalars(
            sa.select(NameMention).where(
                NameMention.status == MentionStatus.ACCEPTED, NameMention.entity.has(transcript_id=transcript.id)
            )
        )
        for mention in accepted:
            words = raw[mention.turn].text[mention.start : mention.end]
            before, after = raw[mention.turn].text.count(words), read[mention.turn].text.count(words)
            assert after < before, words


def test_something_is_left_to_answer(made: Example) -> None:
    researcher = actor_for(made.db, made.person(Role.RESEARCHER).id)
    left = [
        row
        for story in readings.readable(made.db, researcher, made.project)
        for row in suggestions.visible_suggestions(made.db, researcher, story.transcript)
        if suggestions.answer_of(row, researcher) is None
    ]
    assert left


def test_everybody_has_something_to_see(made: Example) -> None:
    readable = {
        role: len(readings.readable(made.db, actor_for(made.db, made.person(role).id), made.project)) for role in Role
    }
    assert readable[Role.RESEARCHER] == readable[Role.PROJECT_LEAD] == readable[Role.PEER_INTERVIEWER] == 5
    assert 0 < readable[Role.CO_CODER] <= 5
    assert readable[Role.MUNICIPALITY_READER] == 0


@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_report_of_the_example_can_be_built(made: Example, kind: ReportKind) -> None:
    lead = actor_for(made.db, made.person(Role.PROJECT_LEAD).id)
    story = readings.readable(made.db, lead, made.project)[0]
    built = reports.build(made.db, lead, kind=kind, project=made.project, interview=story.interview)
    assert built.content.startswith(b"PK")


def test_one_interview_is_planned_for_next_week(made: Example) -> None:
    planned = made.interview("D-07")
    assert planned.planned_for is not None
    assert 5 < (planned.planned_for - now()).days < 10
    assert planned.planned_for.weekday() < 5
    assert None not in (planned.channel, planned.place_type, planned.municipality)
    assert talks.guide_for(made.db, planned) == guides.newest(made.db, made.project.id)
    assert consents.waiting_for(planned) == planned.interviewees


@pytest.mark.parametrize(("code", "longest"), [("D-08", 24_000), ("D-09", 38_000)])
def test_a_recording_of_the_example_plays_and_has_a_shape(made: Example, code: str, longest: int) -> None:
    marjan = made.actor(Role.PEER_INTERVIEWER)
    (recording,) = recordings.recordings_of(made.db, marjan, made.interview(code))
    assert (recording.state, recording.duration_ms) == (RecordingState.READY, longest)
    shape = recordings.peaks(made.db, marjan, recording, keys=made.keys)
    assert len(shape) == longest // recordings.PEAK_MS
    assert max(shape) > 20
    assert min(shape) < 5
    with recordings.open_sound(made.db, marjan, recording, keys=made.keys, files=made.files) as file:
        assert file.read(4) == b"RIFF"
    made.db.rollback()
    # The pieces in which each came in are gone, and so is the sound whose time was over.
    assert len(made.files.names("recording")) == 3


def test_the_recorded_interview_has_marks_notes_a_drawing_and_how_it_was(made: Example) -> None:
    marjan, interview = made.actor(Role.PEER_INTERVIEWER), made.interview("D-08")
    (recording,) = recordings.recordings_of(made.db, marjan, interview)
    assert len(recordings.marks(made.db, marjan, recording, keys=made.keys)) == 2
    noted = talks.notes_of(made.db, marjan, interview, keys=made.keys).values()
    assert sum(note.asked and note.at_ms is not None for note in noted) == 4
    assert sum(note.skipped for note in noted) == 1
    (picture,) = attachments.pictures_of(made.db, interview)
    assert attachments.see(made.db, marjan, picture, keys=made.keys, files=made.files).startswith(b"\xff\xd8")
    assert "huis" in attachments.description_of(picture, keys=made.keys)
    assert aftercare.own(made.db, marjan, interview, keys=made.keys)
    (talk,) = consents.talks_of(made.db, interview.interviewees[0])
    assert talk.teach_back is TeachBack.RIGHT
    assert consents.signature_of(made.db, marjan, talk, keys=made.keys)


def test_one_interview_is_half_typed_out_with_times_that_fit_its_sound(made: Example) -> None:
    marjan, interview = made.actor(Role.PEER_INTERVIEWER), made.interview("D-09")
    (recording,) = recordings.recordings_of(made.db, marjan, interview)
    draft = drafts.open_draft(made.db, marjan, interview, keys=made.keys)
    made.db.rollback()
    assert draft.version == 2
    times = [moment for turn in draft.text.turns for moment in (turn.start_ms, turn.end_ms)]
    assert times == sorted(moment for moment in times if moment is not None)
    assert recording.duration_ms is not None
    assert times[-1] is not None
    # There is more to hear than was typed.
    assert times[-1] < recording.duration_ms - 5_000
    (wish,) = removals.requests_of(made.db, marjan, interview)
    assert wish.asked_by_interviewee
    assert worries.unseen(made.db, made.project.id) == 1


def test_one_interview_came_from_somebody_else_with_a_note(made: Example) -> None:
    marjan, interview = made.actor(Role.PEER_INTERVIEWER), made.interview("D-10")
    note = handing_over.unread(made.db, marjan, [interview])[interview.id]
    assert handing_over.read(marjan, note, keys=made.keys)
    assert interview.peer
    assert len(interview.companions) == 1


def test_one_check_has_a_wish_and_one_has_no_answer(made: Example) -> None:
    wished, silent = made.interview("D-01"), made.interview("D-05")
    (check,) = memberchecks.checks_of(made.db, wished)
    (wish,) = memberchecks.open_wishes(check)
    assert wish.verdict is Verdict.OTHER
    assert memberchecks.words_of(wish, keys=made.keys)
    assert len(memberchecks.top_of(check, keys=made.keys)) == 3
    (asked,) = memberchecks.checks_of(made.db, silent)
    assert asked.answered_at is None
    assert wished.status is silent.status is Status.NAMES_AWAY


def test_the_interviewer_has_things_to_learn_and_hours(made: Example) -> None:
    marjan = made.actor(Role.PEER_INTERVIEWER)
    assert training.own(made.db, marjan, made.project).next is TrainingItem.PRACTICE_TALK
    assert len(training.own_hours(made.db, marjan, made.project)) == 5
    guide = guides.newest(made.db, made.project.id)
    assert guide is not None
    assert guides.remarks_of(made.db, guide)


def test_the_lead_sees_what_goes_soon_what_went_and_what_waits_for_a_choice(made: Example) -> None:
    soon = retention.due(made.db, now() + AHEAD, project_id=made.project.id)
    days: dict[str, set[object]] = {}
    for one in soon:
        days.setdefault(one.rule, set()).add(one.since.date())
    assert {rule: len(found) for rule, found in days.items()} == {"sound": 1, "raw": 4, "contact": 2}
    assert retention.due(made.db, project_id=made.project.id) == []
    assert [one.rule for one in retention.gone(made.db, made.project.id)].count("raw") == 1
    assert {one.rule for one in retention.gone(made.db, made.project.id)} == {"sound", "raw", "contact"}
    assert [one.code for one in retention.undecided(made.db, project_id=made.project.id)] == ["D-06"]


def test_the_made_sound_and_drawing_are_the_same_each_time() -> None:
    voices = [Voice(110, [(0, 900)]), Voice(200, [(1_000, 2_000)])]
    assert sound(voices, milliseconds=2_000) == sound(voices, milliseconds=2_000)
    assert len(sound(voices, milliseconds=2_000)) == 44 + 2 * 16_000 * 2
    assert drawing().content == drawing().content
