"""The interviewee checks: no answer is not a yes, every wish gets a reply, and in a group one sees one's own words."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from interviews import memberchecks, transcripts
from interviews.access import Actor, actor_for
from interviews.errors import Invalid, NotAllowed, NotVisible
from interviews.keys import KeyStore
from interviews.memberchecks import Answer
from interviews.models import Interview, MemberCheck, Transcript
from interviews.models.interview import Status
from interviews.models.membercheck import CheckForm, CheckMatter, Verdict, WishState
from interviews.scopes import Scope
from tests import factories
from tests.factories import ALL_SCOPES, Cast

SUMMARY = ("U kreeg een brief.", "Dat gaf stress.", "Uw consulent belde terug.")
TALK = (
    ("I", "Hoe begon het?"),
    ("R", "Met een brief. Ik sliep er niet van."),
    ("I", "En toen?"),
    ("R", "Mijn consulent belde terug."),
)


class Kitchen:
    """Where Carla sits with the person she interviewed."""

    def __init__(self, db: Session, cast: Cast, keys: KeyStore) -> None:
        self.db, self.keys, self.cast = db, keys, cast
        self.carla, self.bob, self.alice = (actor_for(db, one.id) for one in (cast.carla, cast.bob, cast.alice))
        self.talk: Interview = factories.interview(db, self.carla, cast.project)
        self.text: Transcript = factories.transcript(db, self.carla, self.talk, keys=keys, talk=TALK)

    def approved(self) -> None:
        factories.approved(self.db, self.text, by=self.alice, keys=self.keys)

    def summary(self, talk: Interview | None = None, *, actor: Actor | None = None) -> MemberCheck:
        talk = talk or self.talk
        return memberchecks.ask(
            self.db, actor or self.carla, talk, talk.interviewees[0],
            form=CheckForm.ALOUD, matter=CheckMatter.SUMMARY, sentences=SUMMARY, keys=self.keys,
        )  # fmt: skip

    def whole(self) -> MemberCheck:
        return memberchecks.ask(
            self.db, self.carla, self.talk, self.talk.interviewees[0],
            form=CheckForm.LINK, matter=CheckMatter.TRANSCRIPT, keys=self.keys,
        )  # fmt: skip

    def say(self, check: MemberCheck, *, actor: Actor | None = None, **said: Verdict | str) -> None:
        """`p0=Verdict.OTHER, w0="Zo was het."`: what is said of passage 0, and how it should be said."""
        answers = {
            int(name[1:]): Answer(Verdict(verdict), str(said.get(f"w{name[1:]}", "")))
            for name, verdict in said.items()
            if name.startswith("p")
        }
        memberchecks.answer(self.db, actor, check, answers=answers, keys=self.keys)

    def shown(self, check: MemberCheck) -> list[str]:
        return [passage.text for passage in memberchecks.passages(self.db, check, keys=self.keys)]


@pytest.fixture
def kitchen(db: Session, cast: Cast, keys: KeyStore) -> Kitchen:
    return Kitchen(db, cast, keys)


def test_silence_is_no_yes(kitchen: Kitchen) -> None:
    kitchen.approved()
    check = kitchen.summary()
    assert check.answered_at is None
    assert check.closed_at is None
    assert kitchen.talk.status is Status.NAMES_AWAY


def test_when_everything_fits_the_interview_is_checked(kitchen: Kitchen) -> None:
    kitchen.approved()
    check = kitchen.summary()
    kitchen.say(check, p0=Verdict.FITS, p1=Verdict.FITS, p2=Verdict.FITS)
    assert check.closed_at is not None
    assert kitchen.talk.status is Status.CHECKED


def test_a_wish_stays_open_until_somebody_says_what_was_done(kitchen: Kitchen) -> None:
    kitchen.approved()
    check = kitchen.summary()
    kitchen.say(check, p0=Verdict.FITS, p1=Verdict.OTHER, w1="Ik was vooral boos.")
    (wish,) = memberchecks.open_wishes(check)
    assert memberchecks.words_of(wish, keys=kitchen.keys) == "Ik was vooral boos."
    assert kitchen.talk.status is Status.NAMES_AWAY
    with pytest.raises(Invalid, match=r"check\.reply"):
        memberchecks.reply(kitchen.db, kitchen.carla, wish, state=WishState.NOT_DONE, words=" ")
    memberchecks.reply(kitchen.db, kitchen.carla, wish, state=WishState.DONE, words="Dit staat er nu zo.")
    assert (wish.reply, check.closed_at is not None, kitchen.talk.status) == (
        "Dit staat er nu zo.",
        True,
        Status.CHECKED,
    )


def test_the_words_are_kept_as_ciphertext(kitchen: Kitchen) -> None:
    check = kitchen.summary()
    memberchecks.answer(
        kitchen.db, None, check, keys=kitchen.keys,
        answers={1: Answer(Verdict.OTHER, "Ik was vooral boos.")}, top=["De brief", "De stress"], remark="Bel mij.",
    )  # fmt: skip
    kept = [check.summary_sealed, check.top_sealed, check.remark_sealed, check.answers[0].words_sealed]
    for sealed in kept:
        assert sealed is not None
        assert not any(word in sealed for word in (b"brief", b"boos", b"Bel"))
    assert memberchecks.top_of(check, keys=kitchen.keys) == ["De brief", "De stress"]
    assert memberchecks.remark_of(check, keys=kitchen.keys) == "Bel mij."


def test_an_answer_can_change_until_there_is_a_reply(kitchen: Kitchen) -> None:
    check = kitchen.summary()
    kitchen.say(check, p1=Verdict.OUT)
    kitchen.say(check, p1=Verdict.OTHER, w1="Anders.")
    (wish,) = memberchecks.open_wishes(check)
    assert wish.verdict is Verdict.OTHER
    memberchecks.reply(kitchen.db, kitchen.carla, wish, state=WishState.NOT_DONE, words="Dat staat er al.")
    with pytest.raises(Invalid, match=r"check\.closed"):
        kitchen.say(check, p1=Verdict.OUT)


def test_a_passage_of_the_text_that_must_go_is_gone_at_once(kitchen: Kitchen) -> None:
    kitchen.approved()
    check = kitchen.whole()
    assert kitchen.shown(check) == [text for _, text in TALK]
    kitchen.say(check, p1=Verdict.OUT, p3=Verdict.FITS)
    _, turns = transcripts.read_research(kitchen.db, kitchen.alice, kitchen.text)
    assert turns[1].text == "[weggelaten]"
    assert "sliep" not in "".join(kitchen.shown(check))
    assert memberchecks.open_wishes(check), "somebody still tells what was done"


def test_the_questions_are_shown_and_nothing_is_said_of_them(kitchen: Kitchen) -> None:
    kitchen.approved()
    check = kitchen.whole()
    assert [one.own for one in memberchecks.passages(kitchen.db, check, keys=kitchen.keys)] == [False, True] * 2
    with pytest.raises(Invalid, match=r"check\.place"):
        kitchen.say(check, p0=Verdict.OUT)


def test_in_a_group_each_sees_own_words_only(kitchen: Kitchen) -> None:
    talk = factories.interview(kitchen.db, kitchen.carla, kitchen.cast.project, people=2)
    text = factories.transcript(
        kitchen.db, kitchen.carla, talk, keys=kitchen.keys,
        talk=(("I", "Wie begint?"), ("R1", "Ik was boos."), ("R2", "Ik niet."), ("R1", "Toch wel.")),
    )  # fmt: skip
    factories.approved(kitchen.db, text, by=kitchen.alice, keys=kitchen.keys)
    seen = []
    for person in talk.interviewees:
        check = memberchecks.ask(
            kitchen.db,
            kitchen.carla,
            talk,
            person,
            form=CheckForm.PAPER,
            matter=CheckMatter.TRANSCRIPT,
            keys=kitchen.keys,
        )
        seen.append(kitchen.shown(check))
    assert seen == [["Ik was boos.", "Toch wel."], ["Ik niet."]]


def test_a_group_is_checked_when_everybody_answered(kitchen: Kitchen) -> None:
    talk = factories.interview(kitchen.db, kitchen.carla, kitchen.cast.project, people=2)
    text = factories.transcript(
        kitchen.db, kitchen.carla, talk, keys=kitchen.keys, talk=(("I", "En?"), ("R1", "Ja."), ("R2", "Nee."))
    )
    factories.approved(kitchen.db, text, by=kitchen.alice, keys=kitchen.keys)
    for person, status in zip(talk.interviewees, (Status.NAMES_AWAY, Status.CHECKED), strict=True):
        check = memberchecks.ask(
            kitchen.db, kitchen.carla, talk, person,
            form=CheckForm.ALOUD, matter=CheckMatter.SUMMARY, sentences=SUMMARY, keys=kitchen.keys,
        )  # fmt: skip
        kitchen.say(check, p0=Verdict.FITS)
        assert talk.status is status


def test_a_text_that_was_corrected_since_is_asked_again(kitchen: Kitchen) -> None:
    kitchen.approved()
    check = kitchen.whole()
    base, turns = transcripts.open_raw(kitchen.db, kitchen.text, keys=kitchen.keys)
    transcripts.correct(kitchen.db, kitchen.bob, kitchen.text, turns[1:], base=base.id, keys=kitchen.keys)
    with pytest.raises(Invalid, match=r"research\.none"):
        kitchen.shown(check)
    kitchen.approved()
    assert memberchecks.is_outdated(kitchen.db, check)
    with pytest.raises(Invalid, match=r"check\.outdated"):
        kitchen.say(check, p1=Verdict.FITS)


def test_who_wants_no_summary_is_sent_none(kitchen: Kitchen) -> None:
    talk = factories.interview(
        kitchen.db, kitchen.carla, kitchen.cast.project, scopes=ALL_SCOPES - {Scope.SUMMARY_SELF}
    )
    with pytest.raises(Invalid, match=r"check\.no_summary"):
        kitchen.summary(talk)


@pytest.mark.parametrize(
    ("sentences", "key"),
    [
        ((), "check.sentences"),
        ((" ",), "check.sentences"),
        (("Ja.",) * 13, "check.sentences"),
        (("x" * 301,), "check.long"),
    ],
)
def test_a_summary_is_a_few_short_sentences(kitchen: Kitchen, sentences: tuple[str, ...], key: str) -> None:
    with pytest.raises(Invalid, match=key.replace(".", r"\.")):
        memberchecks.ask(
            kitchen.db, kitchen.carla, kitchen.talk, kitchen.talk.interviewees[0],
            form=CheckForm.PAPER, matter=CheckMatter.SUMMARY, sentences=sentences, keys=kitchen.keys,
        )  # fmt: skip


def test_who_may_ask_and_who_may_reply(kitchen: Kitchen) -> None:
    with pytest.raises(NotAllowed):
        kitchen.summary(actor=kitchen.bob)
    other = factories.interview(kitchen.db, kitchen.carla, kitchen.cast.project)
    with pytest.raises(NotVisible):
        memberchecks.ask(
            kitchen.db, kitchen.carla, kitchen.talk, other.interviewees[0],
            form=CheckForm.PAPER, matter=CheckMatter.SUMMARY, sentences=SUMMARY, keys=kitchen.keys,
        )  # fmt: skip
    check = kitchen.summary()
    kitchen.say(check, p0=Verdict.OUT)
    (wish,) = memberchecks.open_wishes(check)
    memberchecks.reply(kitchen.db, kitchen.bob, wish, state=WishState.DONE)
    with pytest.raises(NotAllowed):
        memberchecks.reply(kitchen.db, actor_for(kitchen.db, kitchen.cast.dirk.id), wish, state=WishState.DONE)


def test_the_day_to_ask_again_comes(kitchen: Kitchen) -> None:
    day = date(2026, 12, 1)
    check = memberchecks.ask(
        kitchen.db, kitchen.carla, kitchen.talk, kitchen.talk.interviewees[0], form=CheckForm.PAPER,
        matter=CheckMatter.SUMMARY, sentences=SUMMARY, keys=kitchen.keys, ask_again_on=day,
    )  # fmt: skip
    project = kitchen.cast.project.id
    assert list(memberchecks.silent(kitchen.db, project, date(2026, 11, 30))) == []
    assert list(memberchecks.silent(kitchen.db, project, day)) == [check]
    kitchen.say(check, p0=Verdict.FITS)
    assert list(memberchecks.silent(kitchen.db, project, day)) == []
