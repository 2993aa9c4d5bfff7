"""Typing out: what was ever said yes to is never lost, two at once cannot both win, and no word stands on disk."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy.orm import Session

from interviews import consents, drafts, transcripts
from interviews.access import Actor, actor_for
from interviews.db import transaction
from interviews.drafts import Choice, HandedIn, Save, Saved, Stale, WorkingText, texts
from interviews.drafts.pruning import prune, to_drop
from interviews.errors import Invalid, NotAllowed, NotVisible
from interviews.keys import KeyStore
from interviews.models import AuditEntry, Interview, Transcript, TypingDraft, TypingVersion
from interviews.models.interview import How, Status
from interviews.models.transcript import Layer
from interviews.models.typing import TypingKind
from interviews.scopes import Scope
from interviews.turns import Speaker, SpeakerRole, Turn
from tests import factories
from tests.factories import Cast

CANARY = "kanariegeel"
BSN = "111222333"
VOICES = (Speaker("I", SpeakerRole.INTERVIEWER), Speaker("R", SpeakerRole.INTERVIEWEE))


def text(*lines: str) -> WorkingText:
    """Lines said in turn by I and R."""
    return WorkingText(tuple(Turn("IR"[number % 2], line) for number, line in enumerate(lines)), VOICES)


def said(kept: WorkingText) -> list[str]:
    return [turn.text for turn in kept.turns]


@pytest.fixture
def carla(db: Session, cast: Cast) -> Actor:
    """The peer interviewer."""
    return actor_for(db, cast.carla.id)


@pytest.fixture
def bob(db: Session, cast: Cast) -> Actor:
    """The researcher."""
    return actor_for(db, cast.bob.id)


@pytest.fixture
def talk(db: Session, cast: Cast, carla: Actor) -> Interview:
    """An interview of Carla without a text."""
    with transaction(db):
        return factories.interview(db, carla, cast.project)


Saving = Callable[..., Saved | Stale]


@pytest.fixture
def save(db: Session, talk: Interview, carla: Actor, keys: KeyStore) -> Saving:
    """Save lines as Carla, on the version she knows."""

    def do(*lines: str, on: int, actor: Actor = carla, **more: object) -> Saved | Stale:
        asked = replace(Save(uuid.uuid4(), on, text(*lines)), **more)  # type: ignore[arg-type]  # fields of Save
        with transaction(db):
            return drafts.save(db, actor, talk, asked, keys=keys)

    return do


def test_an_interview_without_text_opens_empty_with_everybody_who_talks(
    db: Session, cast: Cast, carla: Actor, keys: KeyStore
) -> None:
    row = factories.interview(db, carla, cast.project, people=2)
    opened = drafts.open_draft(db, carla, row, keys=keys)
    assert (opened.version, opened.base, said(opened.text)) == (0, None, [""])
    assert [one.label for one in opened.text.speakers] == ["I", "R1", "R2"]
    assert db.scalars(sa.select(TypingDraft)).all() == []


def test_what_was_saved_opens_again_with_who_and_where(
    db: Session, talk: Interview, carla: Actor, keys: KeyStore, save: Saving
) -> None:
    first = save("Hoe gaat het?", "Goed, hè 🙂", on=0, device="telefoon")
    assert isinstance(first, Saved)
    opened = drafts.open_draft(db, carla, talk, keys=keys)
    assert (opened.version, opened.saved_by, opened.device) == (1, "Carla", "telefoon")
    assert said(opened.text) == ["Hoe gaat het?", "Goed, hè 🙂"]


def test_a_save_on_an_older_text_is_kept_aside_and_both_are_given(
    db: Session, talk: Interview, carla: Actor, bob: Actor, keys: KeyStore, save: Saving
) -> None:
    save("begin", on=0)
    save("van Bob", on=1, actor=bob)
    stale = save("van Carla", on=1)
    assert isinstance(stale, Stale)
    assert (said(stale.current.text), stale.current.saved_by) == (["van Bob"], "Bob")
    (kept,) = drafts.open_draft(db, carla, talk, keys=keys).asides
    assert (kept.id, said(kept.text), kept.saved_by) == (stale.aside, ["van Carla"], "Carla")


def test_the_same_save_again_is_the_same_answer(db: Session, save: Saving) -> None:
    early = uuid.uuid4()
    once, again = save("a", on=0, id=early), save("a", on=0, id=early)
    assert once == again
    late = uuid.uuid4()
    first, second = save("b", on=0, id=late), save("b", on=0, id=late)
    assert isinstance(first, Stale)
    assert isinstance(second, Stale)
    assert first.aside == second.aside
    assert len(db.scalars(sa.select(TypingVersion)).all()) == 2


def test_a_device_that_heard_no_answer_types_on_from_its_own_save(save: Saving) -> None:
    unheard = [uuid.uuid4() for _ in range(3)]
    save("a", on=0)
    save("ab", on=1, id=unheard[0])
    # The second never came through; the third was made from it.
    third = save("abc", on=1, id=unheard[2], after=tuple(unheard[:2]))
    assert isinstance(third, Saved)
    assert third.version == 3


def test_typing_on_in_a_text_kept_aside_leaves_one_to_choose_from(
    db: Session, talk: Interview, carla: Actor, bob: Actor, keys: KeyStore, save: Saving
) -> None:
    save("begin", on=0)
    save("van Bob", on=1, actor=bob)
    first = save("van", on=1)
    assert isinstance(first, Stale)
    save("van Carla", on=1, after=(first.aside,))
    opened = drafts.open_draft(db, carla, talk, keys=keys)
    assert [said(one.text) for one in opened.asides] == [["van Carla"]]
    assert len(drafts.versions(db, carla, talk)) == 4, "the half word stays readable"


@pytest.mark.parametrize(
    ("choice", "words"),
    [(Choice.ASIDE, ["van Carla"]), (Choice.CURRENT, ["van Bob"]), (Choice.BOTH, ["van Bob", "van Carla"])],
)
def test_a_person_chooses_and_the_other_text_stays_a_version(
    db: Session,
    talk: Interview,
    carla: Actor,
    bob: Actor,
    keys: KeyStore,
    save: Saving,
    choice: Choice,
    words: list[str],
) -> None:
    save("van Bob", on=0, actor=bob)
    stale = save("van Carla", on=0)
    assert isinstance(stale, Stale)
    row = db.get_one(TypingVersion, stale.aside)
    with transaction(db):
        moved = drafts.settle(db, carla, row, choice=choice, base_version=7, keys=keys)
        assert isinstance(moved, Stale)
        done = drafts.settle(db, carla, row, choice=choice, base_version=1, keys=keys)
        again = drafts.settle(db, carla, row, choice=Choice.BOTH, base_version=2, keys=keys)
    assert (done.version, again.version) == (2, 2)  # type: ignore[union-attr]  # Saved
    opened = drafts.open_draft(db, carla, talk, keys=keys)
    assert (said(opened.text), opened.asides) == (words, ())
    assert said(drafts.read_version(db, carla, row, keys=keys)) == ["van Carla"]


def test_an_earlier_version_is_put_back_and_that_can_be_undone(
    db: Session, talk: Interview, carla: Actor, keys: KeyStore, save: Saving
) -> None:
    save("een", on=0)
    save("twee", on=1)
    now, before = drafts.versions(db, carla, talk)
    assert (now.present, before.present, before.saved_by) == (True, False, "Carla")
    for line, words in ((before, "een"), (now, "twee")):
        version = drafts.open_draft(db, carla, talk, keys=keys).version
        with transaction(db):
            drafts.put_back(db, carla, db.get_one(TypingVersion, line.id), base_version=version, keys=keys)
        assert said(drafts.open_draft(db, carla, talk, keys=keys).text) == [words]
    assert len(drafts.versions(db, carla, talk)) == 4


def test_a_bsn_is_never_kept_not_in_any_version(
    db: Session, talk: Interview, carla: Actor, keys: KeyStore, save: Saving
) -> None:
    kept = save("Uw BSN?", f"Dat is {BSN}.", on=0)
    assert isinstance(kept, Saved)
    assert kept.bsn_turns == (1,)
    save(f"BSN {BSN}", on=0)
    drafts.offer(db, None, talk, [Turn("R", f"BSN {BSN}")], source="computer", keys=keys)
    for line in drafts.versions(db, carla, talk):
        words = said(drafts.read_version(db, carla, db.get_one(TypingVersion, line.id), keys=keys))
        assert BSN not in "".join(words)


def test_no_word_that_was_typed_stands_on_disk(
    db: Session, settings: object, talk: Interview, keys: KeyStore, save: Saving, tmp_path: Path, carla: Actor
) -> None:
    save(f"{CANARY} {CANARY}", on=0)
    save(f"{CANARY}!", on=0)
    for row in [*db.scalars(sa.select(TypingVersion)), *db.scalars(sa.select(TypingDraft))]:
        assert CANARY.encode() not in row.sealed
    assert all(CANARY.encode() not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert all(CANARY not in f"{line.reason}{line.action}" for line in db.scalars(sa.select(AuditEntry)))


def test_a_version_cannot_take_the_place_of_another(
    db: Session, talk: Interview, carla: Actor, keys: KeyStore, save: Saving
) -> None:
    from interviews.keys import SealBroken

    save("een", on=0)
    save("twee", on=1)
    first, second = db.scalars(sa.select(TypingVersion).order_by(TypingVersion.number)).all()
    with transaction(db):
        second.sealed = first.sealed
    with pytest.raises(SealBroken):
        drafts.read_version(db, carla, second, keys=keys)


def test_without_a_yes_to_taking_part_no_word_is_kept(
    db: Session, cast: Cast, talk: Interview, carla: Actor, keys: KeyStore, save: Saving
) -> None:
    save("een", on=0)
    with transaction(db):
        consents.record(db, carla, talk.interviewees[0], choices={Scope.USE_RESEARCH: False}, how=How.SPOKEN)
    for deed in (
        lambda: save("twee", on=1),
        lambda: drafts.open_draft(db, carla, talk, keys=keys),
        lambda: drafts.offer(db, None, talk, [Turn("R", "dag")], source="computer", keys=keys),
        lambda: drafts.hand_in(db, carla, talk, base_version=1, keys=keys),
    ):
        with pytest.raises(Invalid) as caught:
            deed()
        assert caught.value.key == "consent.no_research"


def test_who_may_not_edit_may_not_type_and_a_stranger_sees_nothing(
    db: Session, cast: Cast, talk: Interview, keys: KeyStore, save: Saving
) -> None:
    for person, error in ((cast.dirk, NotAllowed), (cast.alice, NotAllowed), (cast.zoe, NotVisible)):
        with pytest.raises(error):
            save("x", on=0, actor=actor_for(db, person.id))
    assert db.scalars(sa.select(TypingDraft)).all() == []


def test_the_id_of_another_interview_is_nothing_that_can_be_asked_for(
    db: Session, cast: Cast, carla: Actor, keys: KeyStore, save: Saving
) -> None:
    kept = uuid.uuid4()
    save("een", on=0, id=kept)
    other = factories.interview(db, carla, cast.project)
    with pytest.raises(NotVisible):
        drafts.save(db, carla, other, Save(kept, 0, text("dag")), keys=keys)


def test_an_hour_of_typing_is_one_line_in_the_log(db: Session, save: Saving) -> None:
    for version in range(5):
        save(f"versie {version}", on=version)
    lines = db.scalars(sa.select(AuditEntry).where(AuditEntry.reason == "typing")).all()
    assert [line.action for line in lines] == ["raw.edit"]


def test_handing_in_makes_the_transcript_and_destroys_the_draft(
    db: Session, talk: Interview, carla: Actor, keys: KeyStore, save: Saving
) -> None:
    save("Hoe gaat het?", "Goed.", "", on=0)
    with transaction(db):
        done = drafts.hand_in(db, carla, talk, base_version=1, keys=keys)
    assert isinstance(done, HandedIn)
    _revision, turns = transcripts.open_raw(db, done.transcript, keys=keys)
    assert [(turn.speaker, turn.text) for turn in turns] == [("I", "Hoe gaat het?"), ("R", "Goed.")]
    assert talk.status is Status.TYPED
    assert db.scalars(sa.select(TypingDraft.id)).all() == db.scalars(sa.select(TypingVersion.id)).all() == []


def test_nothing_is_handed_in_empty_unseen_or_while_a_text_waits(
    db: Session, talk: Interview, carla: Actor, keys: KeyStore, save: Saving
) -> None:
    with pytest.raises(Invalid, match=r"transcript\.empty"):
        drafts.hand_in(db, carla, talk, base_version=0, keys=keys)
    save("", on=0)
    with pytest.raises(Invalid, match=r"transcript\.empty"):
        drafts.hand_in(db, carla, talk, base_version=1, keys=keys)
    save("van hier", on=1)
    assert isinstance(drafts.hand_in(db, carla, talk, base_version=1, keys=keys), Stale)
    save("van daar", on=1)
    with pytest.raises(Invalid, match=r"typing\.choose_first"):
        drafts.hand_in(db, carla, talk, base_version=2, keys=keys)
    assert db.scalars(sa.select(Transcript)).all() == []


def test_a_correction_starts_from_the_raw_text_and_becomes_the_next_revision(
    db: Session, talk: Interview, carla: Actor, keys: KeyStore, save: Saving
) -> None:
    with transaction(db):
        row = factories.transcript(db, carla, talk, keys=keys)
    opened = drafts.open_draft(db, carla, talk, keys=keys)
    assert (opened.version, said(opened.text)) == (0, [line for _who, line in factories.TALK])
    more = WorkingText(
        (*opened.text.turns[:1], Turn("B", "Ik ben er ook bij.")),
        (*opened.text.speakers, Speaker("B", SpeakerRole.COMPANION)),
    )
    save(on=0, base=opened.base, text=more)
    with transaction(db):
        done = drafts.hand_in(db, carla, talk, base_version=1, keys=keys)
    assert isinstance(done, HandedIn)
    revision, turns = transcripts.open_raw(db, row, keys=keys)
    assert (revision.number, [turn.speaker for turn in turns]) == (2, ["I", "B"])


def test_who_corrected_meanwhile_is_shown_beside_not_written_over(
    db: Session, talk: Interview, carla: Actor, bob: Actor, keys: KeyStore, save: Saving
) -> None:
    with transaction(db):
        row = factories.transcript(db, carla, talk, keys=keys)
    base = drafts.open_draft(db, carla, talk, keys=keys).base
    assert base is not None
    save("Carla typt.", on=0, base=base)
    with transaction(db):
        transcripts.correct(db, bob, row, [Turn("R", "Bob was eerst.")], base=base, keys=keys)
        done = drafts.hand_in(db, carla, talk, base_version=1, keys=keys)
    assert isinstance(done, Stale)
    assert said(done.current.text) == ["Carla typt."]
    assert [(said(one.text), one.saved_by) for one in done.current.asides] == [(["Bob was eerst."], "Bob")]
    with transaction(db):
        aside = db.get_one(TypingVersion, done.aside)
        kept = drafts.settle(db, carla, aside, choice=Choice.BOTH, base_version=done.current.version, keys=keys)
        drafts.hand_in(db, carla, talk, base_version=kept.version, keys=keys)  # type: ignore[union-attr]  # Saved
    assert [turn.text for turn in transcripts.open_raw(db, row, keys=keys)[1]] == ["Carla typt.", "Bob was eerst."]


def test_a_text_from_a_phone_that_comes_after_handing_in_is_not_lost(
    db: Session, talk: Interview, carla: Actor, keys: KeyStore, save: Saving
) -> None:
    save("ingeleverd", on=0)
    with transaction(db):
        drafts.hand_in(db, carla, talk, base_version=1, keys=keys)
    late = save("van de telefoon", on=1)
    assert isinstance(late, Stale)
    assert said(late.current.text) == ["ingeleverd"]
    assert [said(one.text) for one in late.current.asides] == [["van de telefoon"]]


def test_after_approval_a_researcher_reads_it_for_a_reason_only(
    db: Session, cast: Cast, talk: Interview, carla: Actor, bob: Actor, keys: KeyStore
) -> None:
    with transaction(db):
        row = factories.transcript(db, carla, talk, keys=keys)
        factories.approved(db, row, by=bob, keys=keys)
    with pytest.raises(NotAllowed):
        drafts.open_draft(db, carla, talk, keys=keys)
    with pytest.raises(Invalid, match=r"raw\.reason"):
        drafts.open_draft(db, bob, talk, keys=keys)
    assert drafts.open_draft(db, bob, talk, keys=keys, reason="een zin klopt niet").base is not None
    assert transcripts.newest(db, row, Layer.RESEARCH) is not None


def test_what_the_computer_made_is_the_draft_or_stands_beside_it(
    db: Session, talk: Interview, carla: Actor, keys: KeyStore, save: Saving
) -> None:
    with transaction(db):
        drafts.offer(db, None, talk, [Turn("R", "van de computer", 0, 900)], source="computer", keys=keys)
    opened = drafts.open_draft(db, carla, talk, keys=keys)
    assert (opened.version, opened.saved_by, opened.device) == (1, None, "computer")
    with transaction(db):
        drafts.offer(db, carla, talk, [Turn("S1", "nog eens")], source="computer", keys=keys)
    opened = drafts.open_draft(db, carla, talk, keys=keys)
    assert [said(one.text) for one in opened.asides] == [["nog eens"]]
    assert "S1" in [one.label for one in opened.asides[0].text.speakers]


def test_old_versions_thin_out_and_what_waits_stays(
    db: Session, talk: Interview, keys: KeyStore, save: Saving, carla: Actor
) -> None:
    for version in range(10):
        save(f"versie {version}", on=version)
    save("wacht", on=3)
    with transaction(db):
        for number, row in enumerate(db.scalars(sa.select(TypingVersion).order_by(TypingVersion.number))):
            row.saved_at -= timedelta(days=3, minutes=-number)
        prune(db, db.scalars(sa.select(TypingDraft)).one())
    left = drafts.versions(db, carla, talk)
    assert [line.waiting for line in left].count(True) == 1
    assert [line.present for line in left].count(True) == 1
    assert len(left) <= 4


@given(st.lists(st.integers(0, 60 * 60 * 24 * 5), max_size=80))
def test_of_each_stretch_of_time_the_last_version_stays(ages: list[int]) -> None:
    at = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
    lines = [(uuid.uuid4(), TypingKind.SAVED, at - timedelta(seconds=age)) for age in ages]
    dropped = to_drop(lines, at=at)
    left = [when for one, _kind, when in lines if one not in dropped]
    assert all(at - when > timedelta(hours=1) for one, _kind, when in lines if one in dropped)
    if lines:
        assert max(when for _id, _kind, when in lines) in left
    days = {when.date() for when in left if at - when > timedelta(days=1)}
    assert days == {when.date() for _id, _kind, when in lines if at - when > timedelta(days=1)}


def test_the_share_is_said_in_parts_and_marks_are_no_words() -> None:
    assert texts.share(text("Hoe gaat het?", "[lacht] Goed.")) == texts.Share(1, 4)
    for told, total, parts in ((72, 100, (3, 4)), (0, 4, (0, 1)), (4, 4, (1, 1)), (1, 90, (1, 10)), (89, 90, (9, 10))):
        assert texts.Share(told, total).parts() == parts
    assert texts.Share(0, 0).parts() is None


WORDS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@given(st.lists(st.tuples(st.sampled_from(["I", "R", None]), WORDS, st.none() | st.integers(0, 9**9)), max_size=8))
def test_a_text_comes_back_from_its_packing_as_it_went(lines: list[tuple[str | None, str, int | None]]) -> None:
    given_text = drafts.read_json(
        {"turns": [{"speaker": who, "text": words, "start_ms": at} for who, words, at in lines], "speakers": []}
    )
    assert texts.unpack(texts.pack(given_text)) == given_text


@pytest.mark.parametrize(
    "sent",
    [None, [], {"turns": 1}, {"turns": [1]}, {"turns": [{"text": 1}]}, {"turns": [], "speakers": [{"label": 1}]}],
)
def test_what_is_no_text_is_refused_in_words(sent: object) -> None:
    with pytest.raises(Invalid, match=r"typing\.unreadable"):
        drafts.read_json(sent)


def test_a_time_that_cannot_be_is_no_reason_to_lose_the_words() -> None:
    sent = {"turns": [{"speaker": None, "text": "dag", "start_ms": -5, "end_ms": "x"}], "speakers": []}
    assert drafts.read_json(sent).turns == (Turn(None, "dag"),)


class Devices(RuleBasedStateMachine):
    """Devices that save, hear or do not hear, send again, choose and put back: what was said yes to stays readable."""

    devices = Bundle("devices")

    @initialize()
    def arrange(self) -> None:
        self.session, self.interview, self.actor, self.keys = PLACE[0]
        self.session.execute(sa.delete(TypingVersion))
        self.session.execute(sa.delete(TypingDraft))
        self.acknowledged: set[str] = set()
        self.count = 0

    @rule(target=devices)
    def takes_up(self) -> dict[str, object]:
        opened = drafts.open_draft(self.session, self.actor, self.interview, keys=self.keys)
        return {"version": opened.version, "after": (), "sent": None}

    def _send(self, device: dict, asked: Save, *, heard: bool) -> None:
        kept = drafts.save(self.session, self.actor, self.interview, asked, keys=self.keys)
        self.acknowledged.add(said(asked.text)[0])
        if not heard:
            device["after"] = (*device["after"], asked.id)
        elif isinstance(kept, Saved):
            device["version"], device["after"] = kept.version, ()
        else:
            assert said(kept.current.text)
            assert kept.aside in {one.id for one in kept.current.asides} or kept.aside == asked.id
            device["after"] = (asked.id,)

    @rule(device=devices, heard=st.booleans(), arrives=st.booleans())
    def types(self, device: dict, heard: bool, arrives: bool) -> None:
        self.count += 1
        asked = Save(uuid.uuid4(), device["version"], text(f"tekst {self.count}"), after=device["after"])
        device["sent"] = asked
        if arrives:
            self._send(device, asked, heard=heard)
        else:
            device["after"] = (*device["after"], asked.id)

    @rule(device=devices)
    def sends_again(self, device: dict) -> None:
        if device["sent"] is not None:
            before = len(drafts.versions(self.session, self.actor, self.interview))
            known = self.session.get(TypingVersion, device["sent"].id) is not None
            self._send(device, device["sent"], heard=False)
            after = len(drafts.versions(self.session, self.actor, self.interview))
            assert after == before or not known

    @rule(choice=st.sampled_from(Choice))
    def chooses(self, choice: Choice) -> None:
        opened = drafts.open_draft(self.session, self.actor, self.interview, keys=self.keys)
        if opened.asides:
            row = self.session.get_one(TypingVersion, opened.asides[0].id)
            drafts.settle(self.session, self.actor, row, choice=choice, base_version=opened.version, keys=self.keys)

    @invariant()
    def every_text_is_readable(self) -> None:
        found: set[str] = set()
        for line in drafts.versions(self.session, self.actor, self.interview):
            row = self.session.get_one(TypingVersion, line.id)
            found |= set(said(drafts.read_version(self.session, self.actor, row, keys=self.keys)))
        assert self.acknowledged <= found


PLACE: list[tuple[Session, Interview, Actor, KeyStore]] = []


def test_whatever_devices_do_no_text_that_was_acknowledged_is_lost(
    db: Session, talk: Interview, carla: Actor, keys: KeyStore
) -> None:
    PLACE[:] = [(db, talk, carla, keys)]
    try:
        from hypothesis.stateful import run_state_machine_as_test

        run_state_machine_as_test(Devices, settings=settings(max_examples=12, stateful_step_count=14))
    finally:
        db.rollback()
        PLACE.clear()
