"""Interview guides: taken in, made anew version by version, talked about, and taken along."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from coding.starter import start_guide_text
from interviews import guides
from interviews.access import Actor, actor_for
from interviews.errors import Invalid, NotAllowed, NotVisible
from interviews.guides import QuestionWords, What
from interviews.models import Guide, Question
from interviews.models.interview import Address, Perspective
from interviews.text import one_line
from tests import factories
from tests.factories import Cast

SMALL = """
schema: par-guide/1
id: klein
version: "1"
opening:
  - {id: o1, je: "Hoe gaat het met je?", u: "Hoe gaat het met u?", must: true}
topics:
  client:
    - {id: c1, je: "Wat helpt jou?", u: "Wat helpt u?", follow_up: ["Kun je dat vertellen?"], codes: [hlp.luisteren]}
closing:
  - {id: s1, je: "Wil je nog iets kwijt?", u: "Wilt u nog iets kwijt?"}
"""


def test_a_guide_keeps_its_questions_in_order_and_in_both_forms_of_address(db: Session, cast: Cast) -> None:
    guide = guides.adopt(db, cast.project, SMALL, title="Klein")
    assert [(question.topic, question.key, question.position) for question in guide.questions] == [
        ("opening", "o1", 0),
        ("client", "c1", 1),
        ("closing", "s1", 2),
    ]
    first, second, _ = guide.questions
    assert (first.must, first.text_je, first.text_u) == (True, "Hoe gaat het met je?", "Hoe gaat het met u?")
    assert (second.follow_up, second.themes) == (["Kun je dat vertellen?"], ["hlp.luisteren"])


def test_the_same_version_again_is_the_same_guide(db: Session, cast: Cast) -> None:
    first = guides.adopt(db, cast.project, SMALL)
    assert guides.adopt(db, cast.project, SMALL) is first
    assert guides.adopt(db, cast.elsewhere, SMALL) is not first
    assert guides.adopt(db, cast.project, SMALL.replace('"1"', '"2"')) is not first


def test_the_start_guide_is_one(db: Session, cast: Cast) -> None:
    guide = guides.adopt(db, cast.project, start_guide_text())
    assert len(guide.questions) > 10
    assert any(question.must for question in guide.questions)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "zomaar een zin",
        "[1, 2",
        "schema: par-guide/2\nid: a\nversion: 1",
        "schema: par-guide/1\nversion: 1",
        "schema: par-guide/1\nid: a\nversion: 1\nopening: [{id: x, je: Hoi}]",
        "schema: par-guide/1\nid: a\nversion: 1\nopening: vraag",
        "schema: par-guide/1\nid: a\nversion: 1\ntopics: [a, b]",
        "schema: par-guide/1\nid: a\nversion: 1\nopening: 7",
        SMALL.replace("s1", "o1"),
        "[" * 3_000,
    ],
)
def test_what_is_no_guide_is_refused_with_a_reason(db: Session, cast: Cast, source: str) -> None:
    with pytest.raises(Invalid, match=r"guide\.unreadable"):
        guides.adopt(db, cast.project, source)


def words(je: str = "Wat helpt jou?", u: str = "Wat helpt u?", **options: object) -> QuestionWords:
    """What somebody says about a question."""
    return QuestionWords(je, u, topic=str(options.pop("topic", "client")), **options)  # type: ignore[arg-type]


@pytest.fixture
def bob(db: Session, cast: Cast) -> Actor:
    """The researcher, who makes the guide."""
    return actor_for(db, cast.bob.id)


@pytest.fixture
def guide(db: Session, cast: Cast) -> Guide:
    """A guide of three questions, in use."""
    return guides.adopt(db, cast.project, SMALL, title="Klein")


def test_a_guide_that_is_adopted_is_in_use(db: Session, cast: Cast, guide: Guide) -> None:
    assert guide.published_at is not None
    assert guides.newest(db, cast.project.id) is guide
    assert guides.newest(db, cast.elsewhere.id) is None


def test_a_new_version_is_a_concept_with_the_same_questions_and_the_next_number(
    db: Session, cast: Cast, guide: Guide, bob: Actor
) -> None:
    made = guides.new_version(db, bob, guide)
    assert (made.version, made.published_at, made.based_on_id) == ("2", None, guide.id)
    assert [one.key for one in made.questions] == ["o1", "c1", "s1"]
    assert guides.newest(db, cast.project.id) is guide, "nobody asks the questions of a concept"
    assert guides.new_version(db, bob, guide) is made, "there is one concept at a time"


@pytest.mark.parametrize(
    ("version", "expected"),
    [("0.1", "0.2"), ("9", "10"), ("herfst", "herfst.2"), ("v3", "v4"), ("1" * 30, "1" * 30 + ".2")],
)
def test_the_number_counts_on(db: Session, cast: Cast, bob: Actor, version: str, expected: str) -> None:
    first = guides.adopt(db, cast.project, SMALL.replace('"1"', f'"{version}"'))
    assert guides.new_version(db, bob, first).version == expected


def test_a_concept_that_is_published_becomes_the_newest_and_never_changes_again(
    db: Session, cast: Cast, guide: Guide, bob: Actor
) -> None:
    made = guides.new_version(db, bob, guide)
    question = guides.add_question(db, bob, made, words(must=True, themes=["hlp.luisteren"]))
    guides.publish(db, bob, made)
    first = made.published_at
    guides.publish(db, bob, made)
    assert (guides.newest(db, cast.project.id), made.published_at) == (made, first)
    for change in (
        lambda: guides.edit_question(db, bob, question, words("Anders?")),
        lambda: guides.remove_question(db, bob, question),
        lambda: guides.move_question(db, bob, question, up=True),
        lambda: guides.add_question(db, bob, made, words()),
        lambda: guides.discard(db, bob, made),
    ):
        with pytest.raises(Invalid, match=r"guide\.fixed"):
            change()


def test_what_an_interview_goes_with_never_changes_either(db: Session, cast: Cast, guide: Guide, bob: Actor) -> None:
    made = guides.new_version(db, bob, guide)
    interview = factories.interview(db, actor_for(db, cast.carla.id), cast.project)
    interview.guide_id = made.id
    db.flush()
    with pytest.raises(Invalid, match=r"guide\.fixed"):
        guides.edit_question(db, bob, made.questions[0], words())


def test_only_who_makes_the_guide_may_change_it(db: Session, cast: Cast, guide: Guide, bob: Actor) -> None:
    made = guides.new_version(db, bob, guide)
    carla, zoe = actor_for(db, cast.carla.id), actor_for(db, cast.zoe.id)
    with pytest.raises(NotAllowed):
        guides.add_question(db, carla, made, words())
    with pytest.raises(NotVisible):
        guides.publish(db, zoe, made)
    with pytest.raises(NotAllowed):
        guides.remark(db, actor_for(db, cast.esra.id), guide.questions[0], "Mooi")


def test_questions_move_within_their_topic_and_come_back_after_removal(
    db: Session, cast: Cast, guide: Guide, bob: Actor
) -> None:
    made = guides.new_version(db, bob, guide)
    added = guides.add_question(db, bob, made, words("Wat nog meer?", "Wat nog meer?"))
    assert [one.key for one in made.questions] == ["o1", "c1", "vraag.1", "s1"]
    guides.move_question(db, bob, added, up=True)
    guides.move_question(db, bob, added, up=True)
    assert [one.key for one in made.questions] == ["o1", "vraag.1", "c1", "s1"], "it stays in its topic"
    guides.remove_question(db, bob, made.questions[2])
    assert [one.key for one in guides.removed_questions(db, made)] == ["c1"]
    guides.restore_question(db, bob, made, "c1")
    assert [one.key for one in made.questions] == ["o1", "vraag.1", "c1", "s1"]
    with pytest.raises(NotVisible):
        guides.restore_question(db, bob, made, "c1")


def test_a_new_question_never_takes_the_key_of_an_earlier_one(
    db: Session, cast: Cast, guide: Guide, bob: Actor
) -> None:
    second = guides.new_version(db, bob, guide)
    guides.add_question(db, bob, second, words())
    guides.publish(db, bob, second)
    third = guides.new_version(db, bob, second)
    guides.remove_question(db, bob, third.questions[2])
    assert guides.add_question(db, bob, third, words()).key == "vraag.2"


@pytest.mark.parametrize(
    ("said", "key"),
    [
        (words(je=" "), "guide.text"),
        (words(u="x" * 401), "guide.text"),
        (words(topic="sterren"), "guide.topic"),
        (words(follow_up=["waarom?"] * 13), "guide.follow_up"),
        (words(themes=[f"t{number}" for number in range(41)]), "guide.themes"),
    ],
)
def test_a_question_that_does_not_fit_is_refused(
    db: Session, guide: Guide, bob: Actor, said: QuestionWords, key: str
) -> None:
    made = guides.new_version(db, bob, guide)
    with pytest.raises(Invalid, match=key.replace(".", r"\.")):
        guides.add_question(db, bob, made, said)


def test_two_versions_differ_in_words_that_a_person_understands(
    db: Session, cast: Cast, guide: Guide, bob: Actor
) -> None:
    made = guides.new_version(db, bob, guide)
    opening, middle, closing = made.questions
    guides.edit_question(db, bob, opening, words(topic="opening", must=True))
    added = guides.add_question(db, bob, made, words("Wat nog meer?", "Wat nog meer?"))
    guides.move_question(db, bob, added, up=True)
    guides.remove_question(db, bob, closing)
    found = [(one.what, one.question.key) for one in guides.differences(guide.questions, made.questions)]
    assert found == [(What.WORDS, "o1"), (What.ADDED, "vraag.1"), (What.REMOVED, "s1")]
    guides.edit_question(db, bob, middle, words("Wat helpt jou?", "Wat helpt u?", must=True, themes=[]))
    assert [one.what for one in guides.differences(guide.questions, made.questions) if one.question.key == "c1"] == [
        What.MUST,
        What.FOLLOW_UP,
        What.THEMES,
    ]


def test_of_two_questions_that_changed_places_one_moved(db: Session, cast: Cast, bob: Actor) -> None:
    first = guides.adopt(db, cast.project, start_guide_text())
    made = guides.new_version(db, bob, first)
    guides.move_question(db, bob, made.questions[6], up=False)
    found = guides.differences(first.questions, made.questions)
    assert [one.what for one in found] == [What.MOVED]


def test_everybody_who_reads_the_guide_says_what_they_think_of_a_question(
    db: Session, cast: Cast, guide: Guide, bob: Actor
) -> None:
    carla = actor_for(db, cast.carla.id)
    said = guides.remark(db, carla, guide.questions[1], "Te lang.\nMensen\x00 vragen wat ik bedoel.")
    made = guides.new_version(db, bob, guide)
    assert [one.text for one in guides.remarks_of(db, made)["c1"]] == ["Te lang.\nMensen vragen wat ik bedoel."]
    with pytest.raises(NotAllowed):
        guides.settle_remark(db, carla, said)
    guides.settle_remark(db, bob, said)
    assert guides.remarks_of(db, made) == {}
    for text in ("  ", "x" * 1001, "Zijn bsn is 123456782."):
        with pytest.raises(Invalid, match=r"guide\.remark"):
            guides.remark(db, carla, guide.questions[1], text)


def test_a_concept_can_be_thrown_away_and_leaves_nothing(db: Session, cast: Cast, guide: Guide, bob: Actor) -> None:
    made = guides.new_version(db, bob, guide)
    guides.remark(db, bob, made.questions[0], "Hm")
    guides.discard(db, bob, made)
    assert guides.concept(db, cast.project.id) is None
    assert db.scalars(sa.select(Question).where(Question.guide_id == made.id)).all() == []
    assert guides.newest(db, cast.project.id) is guide


def test_a_guide_travels_as_yaml_and_stays_the_same(db: Session, cast: Cast, bob: Actor) -> None:
    guide = guides.adopt(db, cast.project, start_guide_text(), title="Vragenlijst: werk")
    zoe = actor_for(db, cast.zoe.id)
    there = guides.take_in(db, zoe, cast.elsewhere, guides.write(guide))
    assert there.published_at is None, "somebody looks before it is used"
    assert (there.title, there.version) == (guide.title, guide.version)
    assert [told(one) for one in there.questions] == [told(one) for one in guide.questions]
    with pytest.raises(Invalid, match=r"guide\.concept_there"):
        guides.take_in(db, zoe, cast.elsewhere, guides.write(guide))


def test_a_version_that_is_taken_in_twice_gets_the_next_number(db: Session, cast: Cast, bob: Actor) -> None:
    guide = guides.adopt(db, cast.project, start_guide_text())
    again = guides.take_in(db, bob, cast.project, guides.write(guide))
    assert (again.version, again.based_on_id) == ("0.2", guide.id)


def told(question: Question) -> tuple[object, ...]:
    """Everything that a question says."""
    return (
        question.key, question.topic, question.position, question.must, question.text_je, question.text_u,
        tuple(question.follow_up), tuple(question.themes),
    )  # fmt: skip


SAID = st.text(min_size=1, max_size=60).map(one_line).filter(bool)


@given(
    questions=st.lists(
        st.tuples(
            st.sampled_from(["opening", "client", "no", "1", "closing"]),
            SAID,
            SAID,
            st.booleans(),
            st.lists(SAID, max_size=3),
        ),
        max_size=6,
    )
)
def test_whatever_a_question_says_comes_back_from_yaml(
    questions: list[tuple[str, str, str, bool, list[str]]],
) -> None:
    guide = Guide(key="gids", version="0.10", title="yes")
    order = {"opening": 0, "closing": 9}
    guide.questions = [
        Question(
            key=f"v{number}",
            topic=topic,
            position=number,
            must=must,
            text_je=je,
            text_u=u,
            follow_up=further,
            themes=["a.b"],
        )
        for number, (topic, je, u, must, further) in enumerate(
            sorted(questions, key=lambda one: (order.get(one[0], 5), one[0]))
        )
    ]
    read = guides.read(guides.write(guide))
    assert (read.key, read.version, read.title) == ("gids", "0.10", "yes")
    assert [(one.key, one.topic, one.text_je, one.text_u, one.must, list(one.follow_up)) for one in read.questions] == [
        (one.key, one.topic, one.text_je, one.text_u, one.must, one.follow_up) for one in guide.questions
    ]


def test_a_file_that_unfolds_is_refused() -> None:
    with pytest.raises(Invalid, match=r"guide\.unreadable"):
        guides.read("schema: par-guide/1\nid: &a x\nversion: *a\n")


def test_what_is_read_from_cards_is_there_to_read_out(db: Session, cast: Cast) -> None:
    guide = guides.adopt(db, cast.project, start_guide_text())
    ideas = {one.key: one for one in guide.questions}
    assert len(ideas["c.ideeen"].follow_up) == 5
    assert ideas["k.ideeen"].follow_up == ideas["c.ideeen"].follow_up


def test_a_follow_up_with_both_forms_is_said_in_one() -> None:
    both = "Wat dacht je? / Wat dacht u?"
    assert guides.spoken(both, Address.JE) == "Wat dacht je?"
    assert guides.spoken(both, Address.U) == "Wat dacht u?"
    assert guides.spoken("En toen?", Address.U) == "En toen?"


@pytest.mark.parametrize(
    ("perspective", "people", "expected"),
    [
        (Perspective.CLIENT, 1, ["opening", "client", "closing"]),
        (Perspective.CONSULENT, 1, ["opening", "consulent", "closing"]),
        (Perspective.CLIENT, 3, ["opening", "client", "group", "closing"]),
        (Perspective.PARENT, 1, ["opening", "client", "consulent", "closing"]),
    ],
)
def test_a_talk_has_the_questions_that_fit_it(
    db: Session, cast: Cast, perspective: Perspective, people: int, expected: list[str]
) -> None:
    guide = guides.adopt(db, cast.project, start_guide_text())
    carla = actor_for(db, cast.carla.id)
    interview = factories.interview(db, carla, cast.project, perspective=perspective, people=people)
    assert guides.topics_of(guides.fitting(guide.questions, interview)) == expected
