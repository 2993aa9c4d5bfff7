"""What tells who somebody is without a name, and what risk is left when the names are away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from interviews import names, transcripts
from interviews.detect.findings import IdentifierType
from interviews.errors import Invalid, NotAllowed
from interviews.keys import KeyStore
from interviews.models import NameEntity
from interviews.models.name import IndirectKind, MentionStatus, RiskLevel, SpecialCategory
from interviews.turns import Turn, TurnSpan
from tests.factories import Cast
from tests.interviews.namedesk import NAMES, WORDS, Desk


@pytest.fixture
def desk(db: Session, cast: Cast, keys: KeyStore) -> Desk:
    """The desk with names proposed."""
    made = Desk(db, cast, keys)
    made.propose()
    return made


# What tells who somebody is without a name


def span(desk: Desk, words: str) -> TurnSpan:
    """Where words stand in the raw text, the first time."""
    return next(
        TurnSpan(number, turn.text.index(words), turn.text.index(words) + len(words))
        for number, turn in enumerate(desk.turns())
        if words in turn.text
    )


def marked(desk: Desk, words: str, handling: names.Handling, instead: str = "", **more: object) -> NameEntity:
    options = {"kind": IndirectKind.JOB, "categories": ()} | more
    return names.mark(
        desk.db,
        desk.carla,
        desk.transcript,
        [span(desk, words)],
        handling=handling,
        words=instead,
        keys=desk.keys,
        **options,  # type: ignore[arg-type]
    )


JOB = (("R", "Ik was de enige torenwachter van Almelo. Ik heb suikerziekte."),)


@pytest.fixture
def tower(db: Session, cast: Cast, keys: KeyStore) -> Desk:
    """A story by which everybody knows who it is."""
    made = Desk(db, cast, keys, talk=JOB)
    made.propose()
    return made


def test_a_passage_is_said_less_exactly_and_so_it_is_read(tower: Desk) -> None:
    made = marked(tower, "de enige torenwachter van", names.Handling.GENERALISE, "iemand met een bijzonder beroep in")
    names.accept_rest(tower.db, tower.carla, tower.transcript)
    tower.hand_in()
    text = tower.approve()
    assert text.startswith("Ik was [iemand met een bijzonder beroep in] [plaats].")
    assert (made.indirect, made.type) == (IndirectKind.JOB, IdentifierType.INDIRECT)


def test_a_passage_is_left_out_or_left_standing(tower: Desk) -> None:
    marked(tower, "de enige torenwachter", names.Handling.TAKE_OUT)
    marked(tower, "suikerziekte", names.Handling.LEAVE, kind=None, categories=[SpecialCategory.HEALTH])
    names.accept_rest(tower.db, tower.carla, tower.transcript)
    assert names.categories_of(tower.db, tower.transcript) == {SpecialCategory.HEALTH: 1}
    tower.hand_in()
    assert tower.approve() == "Ik was [weggelaten] van [plaats]. Ik heb suikerziekte."


@pytest.mark.parametrize(
    ("instead", "key"),
    [("", r"mark\.words"), ("x" * 121, r"mark\.words"), ("de wachter van Almelo", r"replacement\.in_text")],
)
def test_what_stands_there_instead_is_there_and_holds_no_name(tower: Desk, instead: str, key: str) -> None:
    with pytest.raises(Invalid, match=key):
        marked(tower, "torenwachter", names.Handling.GENERALISE, instead)


def test_a_mark_says_why_and_where_and_is_made_once(tower: Desk) -> None:
    with pytest.raises(Invalid, match=r"mark\.nothing"):
        marked(tower, "torenwachter", names.Handling.TAKE_OUT, kind=None)
    for places in ([], [TurnSpan(7, 0, 1)], [TurnSpan(0, 2, 3)]):
        with pytest.raises(Invalid, match=r"mark\.place"):
            names.mark(
                tower.db,
                tower.carla,
                tower.transcript,
                places,
                kind=IndirectKind.JOB,
                handling=names.Handling.LEAVE,
                keys=tower.keys,
            )
    marked(tower, "torenwachter", names.Handling.TAKE_OUT)
    with pytest.raises(Invalid, match=r"mark\.again"):
        marked(tower, "orenwacht", names.Handling.TAKE_OUT)


def test_who_marked_a_passage_does_not_approve(tower: Desk) -> None:
    names.accept_rest(tower.db, tower.carla, tower.transcript)
    tower.hand_in()
    names.mark(
        tower.db,
        tower.bob,
        tower.transcript,
        [span(tower, "torenwachter")],
        kind=IndirectKind.JOB,
        handling=names.Handling.TAKE_OUT,
        keys=tower.keys,
    )
    with pytest.raises(names.OwnProposal):
        tower.approve(tower.bob)
    assert "torenwachter" not in tower.approve(tower.alice)


def test_marks_outlive_a_correction_with_why_and_what(tower: Desk) -> None:
    marked(tower, "enige torenwachter van Almelo", names.Handling.GENERALISE, "bijzonder beroep")
    marked(tower, "suikerziekte", names.Handling.LEAVE, kind=None, categories=[SpecialCategory.HEALTH])
    tower.correct("Nou, ik was de enige torenwachter van Almelo. Ik heb dus suikerziekte.")
    tower.propose()
    names.accept_rest(tower.db, tower.carla, tower.transcript)
    assert tower.entity("enige torenwachter van Almelo").indirect is IndirectKind.JOB
    assert tower.entity("suikerziekte").categories == [SpecialCategory.HEALTH.value]
    assert tower.said(MentionStatus.REJECTED) == ["suikerziekte"]
    tower.hand_in()
    assert tower.approve() == "Nou, ik was de [bijzonder beroep]. Ik heb dus suikerziekte."


def test_marking_is_undone(tower: Desk) -> None:
    marked(tower, "torenwachter", names.Handling.TAKE_OUT)
    step = names.newest_own(tower.db, tower.carla, tower.transcript)
    assert step is not None
    names.undo(tower.db, tower.carla, step)
    assert "torenwachter" not in tower.said()


def test_words_in_the_place_of_a_passage_may_not_bring_a_name_back_that_was_found_later(tower: Desk) -> None:
    marked(tower, "torenwachter", names.Handling.GENERALISE, "beroep hoog boven de enige straat")
    names.accept_rest(tower.db, tower.carla, tower.transcript)
    tower.add("enige")
    tower.hand_in()
    with pytest.raises(Invalid, match=r"names\.replacement_names"):
        tower.approve()


def test_each_part_of_the_text_is_asked_about_and_what_nobody_looked_at_is_counted(
    db: Session, cast: Cast, keys: KeyStore
) -> None:
    desk = Desk(db, cast, keys, talk=[("R", f"Zin {number}. " * 60) for number in range(4)])
    revision, turns = transcripts.open_raw(db, desk.transcript, keys=keys)
    parts = names.parts_of(turns)
    assert [(part.number, part.first, part.last) for part in parts] == [(1, 0, 1), (2, 2, 3)]
    for _ in range(2):
        names.look(db, desk.carla, desk.transcript, part=2, keys=keys)
    assert names.lookers(db, revision) == {2: {desk.carla.person_id}}
    assert names.never_looked(db, desk.transcript, revision, turns) == parts[:1]
    with pytest.raises(Invalid, match=r"names\.part"):
        names.look(db, desk.carla, desk.transcript, part=3, keys=keys)
    desk.hand_in()
    desk.approve()
    found = names.risk_of(db, desk.alice, desk.transcript, keys=keys)
    assert found is not None
    assert (found[0].parts_not_seen, found[0].by_id) == (1, desk.bob.person_id)


@given(st.lists(st.integers(1, 2_000), max_size=30))
def test_parts_hold_every_turn_once_and_in_order(lengths: list[int]) -> None:
    parts = names.parts_of([Turn("R", "x" * length) for length in lengths])
    assert [number for part in parts for number in range(part.first, part.last + 1)] == list(range(len(lengths)))
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))


# What is left of the risk


def test_who_approves_says_what_risk_is_left_and_only_who_may_read_names_reads_it(desk: Desk) -> None:
    names.accept_rest(desk.db, desk.carla, desk.transcript)
    desk.hand_in()
    for reason in ("  ", "x" * 1001):
        with pytest.raises(Invalid, match=r"risk\.reason"):
            names.approve(
                desk.db,
                desk.bob,
                desk.transcript,
                keys=desk.keys,
                risk=names.Risk(RiskLevel.HIGH, reason),
            )
    said = "Zijn buurman herkent het verhaal van de roos."
    names.approve(desk.db, desk.bob, desk.transcript, keys=desk.keys, risk=names.Risk(RiskLevel.HIGH, said))
    found = names.risk_of(desk.db, desk.alice, desk.transcript, keys=desk.keys)
    assert found is not None
    assert (found[0].level, found[1]) == (RiskLevel.HIGH, said)
    assert b"roos" not in found[0].reason_sealed
    for other in (desk.carla, desk.dirk):
        with pytest.raises(NotAllowed):
            names.risk_of(desk.db, other, desk.transcript, keys=desk.keys)


# Passages over names, in every way they can overlap


@st.composite
def overlapping(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    """A line of words with capitals for names, and passages anywhere over it."""
    said = draw(st.lists(st.one_of(NAMES, WORDS), min_size=2, max_size=10))
    text = " ".join(said)
    names_at, position = [], 0
    for word in said:
        if word[0].isupper() and word != "Ik":
            names_at.append((position, position + len(word)))
        position += len(word) + 1
    cuts = st.integers(0, len(text) - 1)
    passages = [
        (start, end)
        for start, end in draw(st.lists(st.tuples(cuts, cuts), min_size=1, max_size=3))
        if start < end and text[start:end].strip()
    ]
    return text, names_at, passages


@settings(max_examples=60)
@given(overlapping(), st.data())
def test_a_passage_over_a_name_leaves_no_half_a_name_and_takes_nothing_else(
    db: Session,
    cast: Cast,
    keys: KeyStore,
    case: tuple[str, list[tuple[int, int]], list[tuple[int, int]]],
    data: st.DataObject,
) -> None:
    text, names_at, passages = case
    desk = Desk(db, cast, keys, talk=[("R", text)])
    for words in {text[start:end] for start, end in names_at}:
        with suppress(Invalid):
            desk.add(words)
    for start, end in passages:
        handling = data.draw(st.sampled_from(list(names.Handling)))
        with suppress(Invalid):
            names.mark(
                db,
                desk.carla,
                desk.transcript,
                [TurnSpan(0, start, end)],
                kind=IndirectKind.OTHER,
                handling=handling,
                words="§§",
                keys=keys,
            )
    gone = [False] * len(text)
    accepted = [m for reading in desk.readings() for m, _ in reading.mentions if m.status is MentionStatus.ACCEPTED]
    instead = {mention.entity.replacement for mention in accepted}
    for mention in accepted:
        gone[mention.start : mention.end] = [True] * (mention.end - mention.start)
    assert all(all(gone[start:end]) for start, end in names_at)
    desk.hand_in()
    made = desk.approve()
    # What nobody pointed at is still there, in order, and between it stands nothing but what was chosen.
    stays = ["".join(run) for keep, run in _runs(text, gone) if keep]
    pattern = "".join(
        re.escape("".join(run)) if keep else "(?:" + "|".join(map(re.escape, sorted(instead))) + ")+"
        for keep, run in _runs(text, gone)
    )
    assert re.fullmatch(pattern, made), (text, made, stays)
    db.rollback()


def _runs(text: str, gone: Sequence[bool]) -> list[tuple[bool, list[str]]]:
    runs: list[tuple[bool, list[str]]] = []
    for letter, away in zip(text, gone, strict=True):
        if not runs or runs[-1][0] is away:
            runs.append((not away, []))
        runs[-1][1].append(letter)
    return runs
