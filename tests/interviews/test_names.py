"""Names away: propose, decide, add by hand, hand in, approve; only then the research layer exists."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from interviews import consents, names, transcripts
from interviews.db import transaction, writing
from interviews.detect.findings import Finding, IdentifierType
from interviews.errors import Invalid, NotAllowed
from interviews.keys import KeyStore
from interviews.models.interview import How, Status
from interviews.models.name import MentionStatus
from interviews.scopes import Scope
from interviews.turns import Turn
from tests import factories
from tests.factories import Cast
from tests.interviews.namedesk import NAMES, WORDS, Desk, choose


@pytest.fixture
def desk(db: Session, cast: Cast, keys: KeyStore) -> Desk:
    """The desk with names proposed."""
    made = Desk(db, cast, keys)
    made.propose()
    return made


def test_the_finder_proposes_and_nothing_is_decided(desk: Desk) -> None:
    said = desk.said(MentionStatus.PROPOSED)
    assert {"Fatma Yilmaz", "Fatma", "Gerrit"} <= set(said)
    assert names.undecided(desk.db, desk.transcript) == len(said) == len(desk.said())


def test_one_person_is_one_entity_however_often_and_in_whatever_form(desk: Desk) -> None:
    assert desk.entity("Fatma Yilmaz") is desk.entity("Fatma")
    assert len(desk.mentions("Gerrit")) == 2
    assert desk.entity("Gerrit").replacement != desk.entity("Fatma").replacement


def test_who_says_an_own_name_gets_the_own_pseudonym(desk: Desk) -> None:
    storyteller = desk.transcript.interview.interviewees[0]
    assert desk.entity("Fatma Yilmaz").replacement == storyteller.pseudonym


def test_the_speakers_names_in_the_source_help_to_find_them(db: Session, cast: Cast, keys: KeyStore) -> None:
    seen: list[str | None] = []

    class Listening:
        def find(self, turns: Sequence[Turn], *, keep: Collection[str] = ()) -> list[Finding]:
            seen.extend(turn.speaker for turn in turns)
            return []

    desk = Desk(db, cast, keys, talk=[("Fatma", "Hoi.")])
    names.propose(db, desk.transcript, keys=keys, finder=Listening())
    assert seen == ["Fatma"]


def test_a_decision_can_be_taken_back(desk: Desk) -> None:
    gerrit = desk.mentions("Gerrit")
    before = names.decide(desk.db, desk.carla, gerrit, status=MentionStatus.REJECTED)
    assert before == [MentionStatus.PROPOSED] * 2
    names.decide(desk.db, desk.carla, gerrit, status=before[0])
    assert all(mention.decided_by_id is None and mention.decided_at is None for mention in gerrit)


def test_the_rest_can_be_accepted_at_once_and_a_no_stays(desk: Desk) -> None:
    names.decide(desk.db, desk.carla, desk.mentions("Gerrit"), status=MentionStatus.REJECTED)
    count = names.accept_rest(desk.db, desk.carla, desk.transcript)
    assert count == len(desk.said(MentionStatus.ACCEPTED))
    assert desk.said(MentionStatus.REJECTED) == ["Gerrit", "Gerrit"]
    assert names.undecided(desk.db, desk.transcript) == 0


def test_added_words_are_found_everywhere_with_and_without_capitals(db: Session, cast: Cast, keys: KeyStore) -> None:
    desk = Desk(db, cast, keys, talk=[("R", "Mijn roos. ROOS, zei ik: Roos!"), ("I", "Rooster? Of roos?")])
    assert desk.add(" Roos ") == 4
    assert desk.said(MentionStatus.ACCEPTED) == ["roos", "ROOS", "Roos", "roos"]
    with pytest.raises(Invalid, match=r"names\.not_found"):
        desk.add("roos")


@pytest.mark.parametrize(
    ("words", "key"), [("  ", "names.empty"), ("Xander", "names.not_found"), ("Gerri", "names.not_found")]
)
def test_words_that_are_nowhere_cannot_be_added(desk: Desk, words: str, key: str) -> None:
    with pytest.raises(Invalid, match=key):
        desk.add(words)


def test_adding_what_was_called_no_name_makes_it_one(desk: Desk) -> None:
    names.decide(desk.db, desk.carla, desk.mentions("Gerrit"), status=MentionStatus.REJECTED)
    assert desk.add("Gerrit") == 2
    assert desk.said(MentionStatus.ACCEPTED) == ["Gerrit", "Gerrit"]
    assert len(desk.mentions("Gerrit")) == 2


def test_added_words_can_mean_somebody_who_is_known_already(desk: Desk) -> None:
    desk.add("buurman", entity=desk.entity("Gerrit"))
    assert desk.entity("buurman") is desk.entity("Gerrit")
    other = Desk(desk.db, desk.cast, desk.keys)
    other.propose()
    with pytest.raises(Invalid, match=r"names\.other_transcript"):
        desk.add("roos", entity=other.entity("Gerrit"))


def test_longer_words_over_shorter_ones_leave_nothing_standing(db: Session, cast: Cast, keys: KeyStore) -> None:
    desk = Desk(db, cast, keys, talk=[("R", "Anna van der Berg kwam, en Berg ging.")])
    desk.add("Berg")
    desk.add("van der Berg")
    desk.add("Anna van")
    desk.hand_in()
    text = desk.approve()
    assert not {"Anna", "van", "der", "Berg"} & set(text.replace(",", "").split())


def test_two_entities_that_are_one_person_get_one_pseudonym(desk: Desk) -> None:
    desk.add("buurman")
    kept = desk.entity("Gerrit").replacement
    names.join(desk.db, desk.carla, desk.entity("buurman"), into=desk.entity("Gerrit"))
    assert desk.entity("buurman").replacement == kept
    names.accept_rest(desk.db, desk.carla, desk.transcript)
    desk.hand_in()
    assert f"Mijn {kept} {kept}." in desk.approve()


def test_one_entity_is_not_joined_with_itself_or_with_another_interview(desk: Desk) -> None:
    other = Desk(desk.db, desk.cast, desk.keys)
    other.propose()
    for into in (desk.entity("Gerrit"), other.entity("Gerrit")):
        with pytest.raises(Invalid, match=r"names\.join"):
            names.join(desk.db, desk.carla, desk.entity("Gerrit"), into=into)


# What stands there instead


@pytest.mark.parametrize(
    ("replacement", "key"),
    [
        (" ", "replacement.length"),
        ("x" * 61, "replacement.length"),
        ("Roos", "replacement.in_text"),
        ("gerrit", "replacement.in_text"),
        ("[oom Gerrit]", "replacement.in_text"),
        ("[iemand uit Almelo]", "replacement.in_text"),
    ],
)
def test_a_pseudonym_is_short_and_no_word_of_the_story(desk: Desk, replacement: str, key: str) -> None:
    with pytest.raises(Invalid, match=key):
        choose(desk, "Fatma", replacement)


def test_two_people_do_not_share_a_pseudonym(desk: Desk) -> None:
    choose(desk, "Gerrit", "Wout")
    with pytest.raises(Invalid, match=r"replacement\.taken"):
        choose(desk, "Fatma", "wout")
    choose(desk, "Gerrit", "[buurman]")
    choose(desk, "Fatma", "[buurman]")


def test_a_neighbour_is_proposed_as_a_neighbour_and_not_under_another_name(desk: Desk) -> None:
    assert desk.entity("Gerrit").replacement == "[een buur]"


def test_no_proposed_pseudonym_is_a_word_of_the_raw_text(desk: Desk) -> None:
    raw = {word.strip(".,?").casefold() for turn in desk.turns() for word in turn.text.split()}
    names_given = [each.entity.replacement for each in desk.readings() if not each.entity.replacement.startswith("[")]
    assert names_given
    assert not {word.casefold() for name in names_given for word in name.split()} & raw


# After a correction


def test_decisions_are_carried_over_a_correction(desk: Desk) -> None:
    names.decide(desk.db, desk.carla, desk.mentions("Gerrit"), status=MentionStatus.ACCEPTED)
    names.decide(desk.db, desk.carla, desk.mentions("Almelo"), status=MentionStatus.REJECTED)
    choose(desk, "Gerrit", "Wout")
    desk.correct("Gerrit, hoe heet je?")
    desk.propose()
    assert desk.said(MentionStatus.ACCEPTED) == ["Gerrit"] * 3
    assert desk.entity("Gerrit").replacement == "Wout"
    assert {mention.decided_by_id for mention in desk.mentions("Gerrit")} == {desk.cast.carla.id}
    assert set(desk.said(MentionStatus.REJECTED)) >= {"Almelo"}
    assert "Fatma" in desk.said(MentionStatus.PROPOSED)


def test_what_a_person_added_is_carried_over_with_its_kind_its_label_and_its_maker(desk: Desk) -> None:
    desk.add("roos", IdentifierType.INDIRECT)
    choose(desk, "roos", "[bloem]")
    desk.correct("Een Roos? Hoe heet je?")
    desk.propose()
    assert [mention.turn for mention in desk.mentions("roos") + desk.mentions("Roos")] == [3, 0]
    entity = desk.entity("roos")
    assert (entity.type, entity.replacement) == (IdentifierType.INDIRECT, "[bloem]")
    assert {mention.proposed_by_id for mention in entity.mentions} == {desk.cast.carla.id}


def test_who_was_joined_stays_joined(desk: Desk) -> None:
    names.decide(desk.db, desk.carla, desk.mentions("Gerrit"), status=MentionStatus.ACCEPTED)
    desk.add("buurman", entity=desk.entity("Gerrit"))
    names.join(desk.db, desk.carla, desk.entity("Fatma"), into=desk.entity("Gerrit"))
    desk.correct("Hoe heet jij?")
    desk.propose()
    assert desk.entity("buurman") is desk.entity("Gerrit") is desk.entity("Fatma Yilmaz")


def test_words_with_a_yes_and_a_no_are_asked_again(desk: Desk) -> None:
    first, second = desk.mentions("Gerrit")
    names.decide(desk.db, desk.carla, [first], status=MentionStatus.ACCEPTED)
    names.decide(desk.db, desk.carla, [second], status=MentionStatus.REJECTED)
    desk.correct("Hoe heet jij?")
    desk.propose()
    assert {mention.status for mention in desk.mentions("Gerrit")} == {MentionStatus.PROPOSED}


def test_a_pseudonym_that_the_correction_brings_into_the_text_is_replaced(desk: Desk) -> None:
    choose(desk, "Gerrit", "Wout")
    desk.correct("Ik dacht aan Wout. Hoe heet je?")
    desk.propose()
    assert desk.entity("Gerrit").replacement != "Wout"


def test_no_names_are_handed_in_or_approved_on_an_older_text(desk: Desk) -> None:
    names.accept_rest(desk.db, desk.carla, desk.transcript)
    desk.correct("Zo. Hoe heet je, en wie ben jij dan?")
    for verb in (desk.hand_in, desk.readings, lambda: desk.add("roos")):
        with pytest.raises(Invalid, match=r"names\.text_changed"):
            verb()
    desk.propose()
    desk.hand_in()
    assert "Fatma" not in desk.approve()


# A second person


def test_a_second_person_approves_and_only_then_there_is_a_research_text(desk: Desk) -> None:
    with pytest.raises(Invalid, match=r"names\.not_handed_in"):
        desk.approve()
    desk.hand_in()
    assert desk.transcript.interview.status.value == "handed_in"
    with pytest.raises(Invalid, match=r"names\.undecided"):
        desk.approve()
    names.send_back(desk.db, desk.bob, desk.transcript, why="Kijk alles nog na.", keys=desk.keys)
    names.accept_rest(desk.db, desk.carla, desk.transcript)
    desk.hand_in()
    text = desk.approve()
    assert not any(name in text for name in ("Fatma", "Yilmaz", "Gerrit"))
    assert "Een roos kreeg hij." in text
    assert desk.transcript.interview.status is Status.NAMES_AWAY
    assert desk.transcript.approved_by_id == desk.cast.bob.id
    _, turns = transcripts.read_research(desk.db, desk.bob, desk.transcript)
    assert [turn.speaker for turn in turns] == ["I", "R", "I", "R"]
    assert "\n".join(turn.text for turn in turns) == text


def test_the_interviewer_does_not_approve(db: Session, cast: Cast, keys: KeyStore) -> None:
    from interviews import projects
    from interviews.models.project import Role

    projects.give_role(db, cast.project, cast.carla, Role.RESEARCHER)
    desk = Desk(db, cast, keys)
    desk.hand_in(desk.bob)
    assert not names.may_approve(db, desk.carla, desk.transcript)
    with pytest.raises(names.OwnProposal):
        desk.approve(desk.carla)


def test_who_handed_in_does_not_approve_also_not_after_a_second_hand(desk: Desk) -> None:
    names.accept_rest(desk.db, desk.carla, desk.transcript)
    desk.hand_in(desk.bob)
    desk.hand_in(desk.carla)
    with pytest.raises(names.OwnProposal):
        desk.approve(desk.bob)
    desk.approve(desk.alice)


def test_who_added_a_name_does_not_approve_also_not_after_a_correction(desk: Desk) -> None:
    names.add(desk.db, desk.bob, desk.transcript, "roos", kind=IdentifierType.INDIRECT, keys=desk.keys)
    names.accept_rest(desk.db, desk.carla, desk.transcript)
    desk.correct("Hoe heet jij?")
    desk.propose()
    desk.hand_in()
    with pytest.raises(names.OwnProposal):
        desk.approve(desk.bob)
    assert names.may_approve(desk.db, desk.alice, desk.transcript)


def test_after_handing_in_the_interviewer_waits_and_the_second_person_decides(desk: Desk) -> None:
    desk.hand_in()
    gerrit = desk.mentions("Gerrit")
    with pytest.raises(NotAllowed):
        names.decide(desk.db, desk.carla, gerrit, status=MentionStatus.ACCEPTED)
    names.decide(desk.db, desk.bob, gerrit, status=MentionStatus.ACCEPTED)


def test_a_co_coder_has_no_say_in_names(desk: Desk) -> None:
    verbs: list[Callable[[], object]] = [
        lambda: names.decide(desk.db, desk.dirk, desk.mentions("Gerrit"), status=MentionStatus.ACCEPTED),
        lambda: names.accept_rest(desk.db, desk.dirk, desk.transcript),
        lambda: desk.hand_in(desk.dirk),
        lambda: desk.approve(desk.dirk),
        lambda: names.send_back(desk.db, desk.dirk, desk.transcript, why="Nog eens.", keys=desk.keys),
        lambda: names.set_replacement(desk.db, desk.dirk, desk.entity("Gerrit"), "Wout", keys=desk.keys),
    ]
    for verb in verbs:
        with pytest.raises(NotAllowed):
            verb()


def test_what_was_sent_back_can_be_looked_at_again(desk: Desk) -> None:
    why = "Kijk nog naar de buurman."
    with pytest.raises(Invalid, match=r"names\.not_handed_in"):
        names.send_back(desk.db, desk.bob, desk.transcript, why=why, keys=desk.keys)
    desk.hand_in()
    with pytest.raises(Invalid, match=r"names\.note"):
        names.send_back(desk.db, desk.bob, desk.transcript, why=" ", keys=desk.keys)
    names.send_back(desk.db, desk.bob, desk.transcript, why=why, keys=desk.keys)
    sent = names.steps_of(desk.db, desk.transcript)[0]
    assert sent.by_id == desk.bob.person_id
    assert names.note_of(sent, desk.transcript, keys=desk.keys) == why
    assert why.encode() not in (sent.note_sealed or b"")
    assert desk.transcript.interview.status is Status.TYPED
    names.accept_rest(desk.db, desk.carla, desk.transcript)
    desk.hand_in()
    desk.approve()


def test_nothing_is_approved_for_somebody_who_does_not_take_part_any_more(desk: Desk) -> None:
    names.accept_rest(desk.db, desk.carla, desk.transcript)
    desk.hand_in()
    person = desk.transcript.interview.interviewees[0]
    consents.record(desk.db, desk.carla, person, choices={Scope.USE_RESEARCH: False}, how=How.SPOKEN)
    with pytest.raises(Invalid, match=r"consent\.no_research"):
        desk.approve()


def test_a_stopped_interview_does_not_come_back_by_approval(desk: Desk) -> None:
    names.accept_rest(desk.db, desk.carla, desk.transcript)
    desk.hand_in()
    desk.transcript.interview.status = Status.STOPPED
    with pytest.raises(NotAllowed):
        desk.approve()


@settings(max_examples=60)
@given(
    talk=st.lists(st.lists(st.one_of(NAMES, WORDS), min_size=1, max_size=9), min_size=1, max_size=5),
    joiner=st.sampled_from([" ", ", ", "-", " - "]),
)
def test_a_research_text_holds_no_accepted_name(
    db: Session, cast: Cast, keys: KeyStore, talk: list[list[str]], joiner: str
) -> None:
    desk = Desk(db, cast, keys, talk=[("R", joiner.join(words)) for words in talk])
    desk.propose()
    names.accept_rest(db, desk.carla, desk.transcript)
    chosen = {word for words in talk for word in words if word[0].isupper() and word != "Ik"}
    for name in sorted(chosen):
        # What the finder took out already, alone or in longer words, is nowhere left to add.
        with suppress(Invalid):
            desk.add(name)
    desk.hand_in()
    text = desk.approve()
    gone = desk.said(MentionStatus.ACCEPTED)
    assert chosen == set() or gone
    for words in gone:
        assert not re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text), (words, text)
    db.rollback()


def test_names_work_on_both_databases(any_engine: sa.Engine, keys: KeyStore) -> None:
    with writing(any_engine)() as db:
        with transaction(db):
            cast = factories.cast(db)
            desk = Desk(db, cast, keys)
            desk.propose()
        with transaction(db):
            names.join(db, desk.carla, desk.entity("Gerrit"), into=desk.entity("Fatma"))
            desk.correct("Hoe heet jij?")
            desk.propose()
            names.accept_rest(db, desk.carla, desk.transcript)
            desk.hand_in()
        with transaction(db):
            text = desk.approve()
        assert "Gerrit" not in text


def test_approval_sets_the_day_on_which_the_sound_goes_and_a_correction_takes_it_back(
    db: Session, cast: Cast, keys: KeyStore
) -> None:
    from interviews.clock import now
    from interviews.models import Recording
    from interviews.models.recording import RecordingOrigin

    desk = Desk(db, cast, keys)
    sound = Recording(
        interview_id=desk.transcript.interview_id, origin=RecordingOrigin.ADDED, media_type="audio/mpeg", size=1
    )
    db.add(sound)
    factories.approved(db, desk.transcript, by=desk.alice, keys=keys)
    db.refresh(sound)
    assert sound.erase_on is not None
    assert (sound.erase_on - now().date()).days == cast.project.audio_days
    base, turns = transcripts.open_raw(db, desk.transcript, keys=keys)
    transcripts.correct(db, desk.bob, desk.transcript, turns[1:], base=base.id, keys=keys)
    db.refresh(sound)
    assert sound.erase_on is None
