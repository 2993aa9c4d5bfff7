"""A BSN is kept nowhere: whatever somebody types, and wherever, it is taken out before it is stored."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from coding import codebooks, memos
from coding.models import Memo
from interviews import (
    aftercare,
    attachments,
    handing_over,
    interviews,
    memberchecks,
    names,
    recordings,
    removals,
    training,
    transcripts,
    worries,
)
from interviews.access import Actor, actor_for
from interviews.bsn import BSN_GONE
from interviews.detect.finder import default_finder
from interviews.errors import Invalid
from interviews.formats.pictures import Picture
from interviews.keys import KeyStore
from interviews.memberchecks import Answer
from interviews.models import Interview, MemberCheck, Transcript
from interviews.models.aftercare import TrainingItem
from interviews.models.attachment import AttachmentKind
from interviews.models.interview import How, Perspective
from interviews.models.membercheck import CheckForm, CheckMatter, Verdict, WishState
from interviews.models.recording import RecordingOrigin
from interviews.names.rows import entities_of
from interviews.sealedfiles import SealedFiles
from tests import factories
from tests.coding.studies import small_lexicon
from tests.factories import Cast

BSN = "111222333"
TYPED = f"Het nummer is {BSN}."
CLEAN = f"Het nummer is {BSN_GONE}."


@dataclass
class Desk:
    """Everything that somebody who types has at hand."""

    db: Session
    cast: Cast
    keys: KeyStore
    files: SealedFiles
    carla: Actor
    alice: Actor
    text: Transcript

    @property
    def talk(self) -> Interview:
        return self.text.interview

    def check(self) -> MemberCheck:
        """A check of a summary, with answers."""
        row = memberchecks.ask(
            self.db, self.carla, self.talk, self.talk.interviewees[0],
            form=CheckForm.ALOUD, matter=CheckMatter.SUMMARY, sentences=[TYPED], keys=self.keys,
        )  # fmt: skip
        answers = {0: Answer(Verdict.OTHER, TYPED)}
        memberchecks.answer(self.db, None, row, answers=answers, top=[TYPED], remark=TYPED, keys=self.keys)
        return row


@pytest.fixture
def desk(db: Session, cast: Cast, keys: KeyStore, tmp_path: Path) -> Desk:
    carla = actor_for(db, cast.carla.id)
    talk = factories.interview(db, carla, cast.project)
    text = factories.transcript(db, carla, talk, keys=keys, talk=(("R", "Mijn zus Annelies hielp me."),))
    names.propose(db, text, keys=keys, finder=default_finder())
    return Desk(db, cast, keys, SealedFiles(tmp_path / "files"), carla, actor_for(db, cast.alice.id), text)


def feeling(at: Desk) -> list[str | None]:
    aftercare.write(at.db, at.carla, at.talk, feeling=TYPED, struck=TYPED, keys=at.keys)
    return [aftercare.own(at.db, at.carla, at.talk, keys=at.keys), at.talk.reflection]


def worry(at: Desk) -> list[str | None]:
    worries.flag(at.db, at.carla, at.talk, note=TYPED, keys=at.keys)
    worries.close(at.db, at.alice, at.talk, done=TYPED, keys=at.keys)
    (told,) = worries.read(at.db, at.alice, at.talk, keys=at.keys)
    return [told.note, told.done]


def removal(at: Desk) -> list[str | None]:
    said = removals.ask_in_words(at.db, at.carla, at.talk, words=TYPED, keys=at.keys)
    pointed = removals.ask_passage(at.db, at.carla, at.talk, turn=0, start=0, end=4, keys=at.keys, reason=TYPED)
    return [removals.in_words(said, keys=at.keys), removals.reason_of(pointed, keys=at.keys)]


def check(at: Desk) -> list[str | None]:
    row = at.check()
    (wish,) = row.answers
    memberchecks.reply(at.db, at.carla, wish, state=WishState.NOT_DONE, words=TYPED)
    (asked,) = memberchecks.passages(at.db, row, keys=at.keys)
    top = memberchecks.top_of(row, keys=at.keys)
    return [asked.text, wish.reply, memberchecks.words_of(wish, keys=at.keys), *top,
            memberchecks.remark_of(row, keys=at.keys)]  # fmt: skip


def picture(at: Desk) -> list[str | None]:
    row = attachments.add(
        at.db, at.carla, at.talk, Picture(b"\xff\xd8", 1, 1), kind=AttachmentKind.PHOTO, description=TYPED,
        may_be_shown=False, how=How.SPOKEN, keys=at.keys, files=at.files,
    )  # fmt: skip
    return [attachments.description_of(row, keys=at.keys)]


def mark(at: Desk) -> list[str | None]:
    row = recordings.begin(
        at.db, at.carla, at.talk, recording_id=uuid.uuid4(), origin=RecordingOrigin.RECORDED, media_type="audio/webm"
    )
    recordings.mark(at.db, at.carla, row, mark_id=uuid.uuid4(), at_ms=1, note=TYPED, keys=at.keys)
    return [one.note for one in recordings.marks(at.db, at.carla, row, keys=at.keys)]


def note(at: Desk) -> list[str | None]:
    row = handing_over.hand_over(at.db, at.carla, at.talk, to=at.cast.bob, note=TYPED, keys=at.keys)
    return [handing_over.read(actor_for(at.db, at.cast.bob.id), row, keys=at.keys)]


def remark(at: Desk) -> list[str | None]:
    item = TrainingItem.SAFETY
    training.mark(at.db, at.alice, at.cast.project, at.cast.carla, item, done_on=date(2026, 1, 1), remark=TYPED)
    return [training.own(at.db, at.carla, at.cast.project).marks[item].remark]


def pseudonym(at: Desk) -> list[str | None]:
    plan = interviews.plan(at.db, at.carla, at.cast.project, perspective=Perspective.CLIENT, pseudonyms=[TYPED])
    planned = plan.interviewees[0].pseudonym
    interviews.rename(at.db, at.carla, plan, plan.interviewees[0], f"{TYPED} En meer.")
    return [planned, (plan.interviewees[0].pseudonym or "").removesuffix(" En meer.")]


def replacement(at: Desk) -> list[str | None]:
    entity = entities_of(at.db, at.text)[0]
    names.set_replacement(at.db, at.carla, entity, f"[{TYPED}]", keys=at.keys)
    return [entity.replacement[1:-1]]


def memo(at: Desk) -> list[str | None]:
    names.accept_rest(at.db, at.carla, at.text)
    names.hand_in(at.db, at.carla, at.text)
    names.approve(at.db, at.alice, at.text, keys=at.keys, risk=factories.RISK)
    codebooks.adopt(at.db, at.cast.project, small_lexicon())
    row: Memo = memos.add(at.db, actor_for(at.db, at.cast.bob.id), at.text, text=TYPED)
    return [row.text]


@pytest.mark.parametrize(
    "writes",
    [feeling, worry, removal, check, picture, mark, note, remark, pseudonym, replacement, memo],
    ids=lambda writes: writes.__name__,
)
def test_a_bsn_that_somebody_types_is_not_kept(desk: Desk, writes: Callable[[Desk], list[str | None]]) -> None:
    assert set(writes(desk)) == {CLEAN}


def test_a_voice_is_not_called_by_a_bsn(desk: Desk) -> None:
    with pytest.raises(Invalid, match=r"speaker\.label"):
        transcripts.change_speaker(desk.db, desk.carla, desk.text.speakers[0], label=BSN)
