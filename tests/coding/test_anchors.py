"""A coded passage points at the same words after the text changed, or it is on the list. Nothing else can happen.

The tests know the truth: every character of a text carries an identity that edits keep, so after any row of edits it
is known where the words of an anchor went.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from itertools import count, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.alignment import Alignment, Block, Edit, align, align_edits
from coding.anchors import (
    CONTEXT,
    LONG_QUOTE,
    MIN_CONTEXT,
    MIN_QUOTE,
    MIN_SCORE,
    Anchor,
    Evidence,
    Misaligned,
    Orphan,
    Placed,
    Reason,
    make,
    relocate,
    relocate_all,
)
from coding.surroundings import ink, joined, occurrences, same_ends

STORY = """Hoe ging het toen je uitkering begon?
Nou, ik was mijn baan kwijt en ik durfde eerst niet naar het loket te gaan. Ik schaamde me.
Ja. En toen?
Toen ging ik met Marit naar het wijkcentrum. Zij zei: je hoeft dit niet alleen te doen. 👩‍👧
Ja, dat klopt. En daarna?
Daarna kreeg ik een brief over een huisbezoek. Ik sliep er niet van, ja, echt niet.
Wat zou jij anders willen?
Dat ze eerst bellen. En dat iemand gewoon vraagt: hoe gaat het met je? سلام 🇳🇱
"""

WORDS = [
    *("ja", "nee", "ik", "de", "en", "uitkering", "uitkeringen", "gemeente", "gesprek", "brief", "werk", "schulden"),
    *(
        "👍🏽",
        "👩\u200d👩\u200d👧",
        "🇳🇱",
        "e\u0323\u0302",
        "é",
        "שלום",
        "\u202bمرحبا\u202c",
        "…",
        ".",
        ",",
        "Marit",
        "Joost",
    ),
]
words = st.sampled_from(WORDS)
passages = st.lists(words, min_size=1, max_size=8).map(" ".join)
fresh_words = st.text(st.characters(categories=["L"]), min_size=3, max_size=9)
long_turns = st.lists(words | fresh_words, min_size=3, max_size=25).map(" ".join)
texts = st.lists(long_turns, min_size=1, max_size=6).map("\n".join)


@dataclass(slots=True)
class Paper:
    """A text of which every character has an identity, and the edits done to it."""

    ids: list[int] = field(default_factory=list)
    characters: list[str] = field(default_factory=list)
    source: count[int] = field(default_factory=count)

    def type(self, at: int, text: str) -> None:
        self.ids[at:at] = [next(self.source) for _ in text]
        self.characters[at:at] = text

    def delete(self, start: int, end: int) -> None:
        del self.ids[start:end]
        del self.characters[start:end]

    def move(self, start: int, end: int, to: int) -> None:
        """Take `[start, end)` out and put it before what is then at `to`."""
        ids, characters = self.ids[start:end], self.characters[start:end]
        self.delete(start, end)
        self.ids[to:to] = ids
        self.characters[to:to] = characters

    @property
    def text(self) -> str:
        return "".join(self.characters)


@dataclass(frozen=True, slots=True)
class Case:
    """An old text, a new one, and what only the test knows: which character of the new text was which old one."""

    old: str
    new: str
    new_ids: tuple[int, ...]

    def truth(self, start: int, end: int) -> int | None:
        """Where old `[start, end)` is in the new text, when every character of it is still there, side by side."""
        if start not in self.new_ids:
            return None
        at = self.new_ids.index(start)
        return at if self.new_ids[at : at + end - start] == tuple(range(start, end)) else None


def turn_bounds(text: str) -> list[tuple[int, int]]:
    bounds, at = [], 0
    for line in text.splitlines(keepends=True):
        bounds.append((at, at + len(line)))
        at += len(line)
    return bounds


@st.composite
def cases(draw: st.DrawFn, source: st.SearchStrategy[str] = texts) -> Case:
    paper = Paper()
    paper.type(0, draw(source))
    old = paper.text
    for _ in range(draw(st.integers(0, 5))):
        size = len(paper.text)
        kind = draw(st.sampled_from(["insert", "delete", "replace", "swap turns", "name", "copy"]))
        start = draw(st.integers(0, size))
        end = min(size, start + draw(st.integers(0, 40)))
        if kind == "insert":
            paper.type(start, draw(passages | fresh_words))
        elif kind == "delete":
            paper.delete(start, end)
        elif kind == "replace":
            paper.delete(start, end)
            paper.type(start, draw(passages))
        elif kind == "copy":
            paper.type(start, paper.text[start:end])
        elif kind == "swap turns":
            bounds = turn_bounds(paper.text)
            if len(bounds) > 1:
                first, second = draw(st.sampled_from(list(pairwise(bounds))))
                paper.move(*second, first[0])
        else:
            for name, pseudonym in (("Marit", "Roos"), ("Joost", "Bram-Willem")):
                while (at := paper.text.find(name)) >= 0:
                    paper.delete(at, at + len(name))
                    paper.type(at, pseudonym)
    return Case(old, paper.text, tuple(paper.ids))


def anchors_in(text: str) -> st.SearchStrategy[list[Anchor]]:
    span = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 60))
    return st.lists(span.map(lambda pair: make(text, pair[0], min(len(text), sum(pair)))), min_size=1, max_size=12)


def word_anchors(text: str) -> list[Anchor]:
    """An anchor on every word and on every three words in a row."""
    starts = [n for n in range(len(text)) if not text[n].isspace() and (n == 0 or text[n - 1].isspace())]
    ends = [n for n in range(1, len(text) + 1) if not text[n - 1].isspace() and (n == len(text) or text[n].isspace())]
    spans = list(zip(starts, ends, strict=True)) + list(zip(starts, ends[2:], strict=False))
    return [make(text, start, end) for start, end in spans]


def window(anchor: Anchor) -> str:
    return anchor.before + anchor.quote + anchor.after


def is_one_passage(ids: tuple[int, ...]) -> bool:
    return ids == tuple(range(ids[0], ids[0] + len(ids)))


# -- the promise


@given(cases(), st.data())
@settings(max_examples=250, deadline=None)
def test_every_anchor_points_at_the_same_words_or_is_on_the_list(case: Case, data: st.DataObject) -> None:
    anchors = data.draw(anchors_in(case.old))
    report = relocate_all(anchors, case.old, case.new)
    assert [outcome.old for outcome in report.outcomes] == anchors
    assert len(report.placed) + len(report.orphans) == len(anchors)
    for outcome in report.outcomes:
        if isinstance(outcome, Orphan):
            assert outcome.guess is None or outcome.guess.points_into(case.new)
            assert 0 <= outcome.near <= len(case.new)
            continue
        assert outcome.new.points_into(case.new)
        assert outcome.moved_with_changes == (outcome in report.to_confirm)
        if not outcome.moved_with_changes:
            assert outcome.new.quote == outcome.old.quote
            assert not outcome.changed
            assert outcome.score == 1
        else:
            assert MIN_SCORE <= outcome.score <= 1


@given(cases(), st.data())
@settings(max_examples=250, deadline=None)
def test_words_that_stood_once_are_never_found_on_other_old_words(case: Case, data: st.DataObject) -> None:
    """Words unique in the old text go, when placed without asking, to themselves or to the same words newly typed."""
    anchors = data.draw(anchors_in(case.old)) + word_anchors(case.old)[::3]
    for placed in relocate_all(anchors, case.old, case.new).placed:
        anchor = placed.old
        if placed.moved_with_changes or case.old.find(anchor.quote) != case.old.rfind(anchor.quote):
            continue
        there = case.new_ids[placed.new.start : placed.new.end]
        own = range(anchor.start, anchor.end)
        other_old_words = [n for n in there if n < len(case.old) and n not in own]
        assert len(other_old_words) < len(there) or not is_one_passage(there), placed


@given(cases(), st.data())
@settings(max_examples=250, deadline=None)
def test_words_in_surroundings_of_their_own_are_always_found(case: Case, data: st.DataObject) -> None:
    """Provable, whatever the comparison makes of it: the anchor and its context are untouched and unique in both."""
    anchors = data.draw(anchors_in(case.old)) + word_anchors(case.old)[::3]
    for outcome in relocate_all(anchors, case.old, case.new).outcomes:
        anchor = outcome.old
        around = window(anchor)
        low, high = anchor.start - len(anchor.before), anchor.end + len(anchor.after)
        truth = case.truth(low, high)
        enough = ink(anchor.before + anchor.after) >= MIN_CONTEXT or ink(anchor.quote) >= LONG_QUOTE
        if truth is None or not enough or len(occurrences(case.old, around, limit=9) or [0, 0]) > 1:
            continue
        if len(occurrences(case.new, around, limit=9) or [0, 0]) > 1:
            continue
        start = truth + len(anchor.before)
        if same_ends(case.old, anchor.start, anchor.end, case.new, start):
            assert isinstance(outcome, Placed), outcome
            assert outcome.new.start == start
            assert not outcome.moved_with_changes


@given(cases(st.just(STORY)))
@settings(max_examples=200, deadline=None)
def test_in_a_real_interview_no_words_slip_onto_other_words(case: Case) -> None:
    """A place taken without asking is the words' own place, or has the very same text around it.

    Also for "ja" and "ik", which stand everywhere.
    """
    for placed in relocate_all(word_anchors(STORY), case.old, case.new).placed:
        if placed.moved_with_changes:
            continue
        there = case.new_ids[placed.new.start : placed.new.end]
        if not set(there) & set(range(placed.old.start, placed.old.end)):
            typed = any(n >= len(case.old) for n in there)
            same_around = (placed.new.before, placed.new.after) == (placed.old.before, placed.old.after)
            assert typed or same_around, placed


@given(texts, st.data())
@settings(max_examples=200, deadline=None)
def test_an_unchanged_text_changes_no_anchor(text: str, data: st.DataObject) -> None:
    anchors = data.draw(anchors_in(text))
    report = relocate_all(anchors, text, text)
    assert [placed.new for placed in report.placed] == anchors
    assert {placed.evidence for placed in report.placed} == {Evidence.MAPPED}


@given(cases(), st.data())
@settings(max_examples=200, deadline=None)
def test_there_and_back_is_the_place_it_came_from(case: Case, data: st.DataObject) -> None:
    if not case.new:
        return
    anchors = data.draw(anchors_in(case.old))
    there = [placed for placed in relocate_all(anchors, case.old, case.new).placed if not placed.moved_with_changes]
    back = relocate_all([placed.new for placed in there], case.new, case.old)
    for first, second in zip(there, back.outcomes, strict=True):
        anchor = first.old
        if isinstance(second, Placed) and not second.moved_with_changes:
            assert second.new.quote == anchor.quote
        whole = window(first.new) == window(anchor)
        unique = all(text.find(window(anchor)) == text.rfind(window(anchor)) for text in (case.old, case.new))
        if whole and unique and ink(anchor.before + anchor.after) >= MIN_CONTEXT:
            assert isinstance(second, Placed)
            assert second.new == anchor


@given(cases(), st.data())
@settings(max_examples=150, deadline=None)
def test_one_anchor_fares_the_same_alone_as_among_others(case: Case, data: st.DataObject) -> None:
    anchors = data.draw(anchors_in(case.old))
    together = relocate_all(anchors, case.old, case.new).outcomes
    assert together == tuple(relocate(anchor, case.old, case.new) for anchor in anchors)


# -- known edits


@st.composite
def known_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(texts)
    marks = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return text, [Edit(start, end, draw(st.just("") | passages)) for start, end in pairs]


@given(known_edits(), st.data())
@settings(max_examples=200, deadline=None)
def test_with_known_edits_an_anchor_outside_them_goes_exactly_where_it_must(
    known: tuple[str, list[Edit]], data: st.DataObject
) -> None:
    old, edits = known
    changes = align_edits(old, edits)
    anchors = data.draw(anchors_in(old)) + word_anchors(old)[::3]
    for outcome in relocate_all(anchors, old, changes.new, changes=changes).outcomes:
        anchor = outcome.old
        if any(edit.start <= anchor.end and edit.end >= anchor.start for edit in edits):
            if isinstance(outcome, Placed):
                assert outcome.changed <= outcome.moved_with_changes
            continue
        shift = sum(len(edit.replacement) - (edit.end - edit.start) for edit in edits if edit.end < anchor.start)
        assert isinstance(outcome, Placed)
        assert (outcome.new.start, outcome.new.quote) == (anchor.start + shift, anchor.quote)
        assert outcome.evidence is Evidence.MAPPED


def test_replacing_names_leaves_even_the_shortest_passage_between_two_names_in_place() -> None:
    old = "Marit zei ja Joost zei ja Marit"
    edits = [Edit(0, 5, "Roos"), Edit(13, 18, "Bram"), Edit(26, 31, "Roos")]
    changes = align_edits(old, edits)
    assert changes.new == "Roos zei ja Bram zei ja Roos"
    for start, place in ((10, 9), (23, 21)):
        outcome = relocate(make(old, start, start + 2), old, changes.new, changes=changes)
        assert isinstance(outcome, Placed)
        assert outcome.new.start == place
        assert not outcome.moved_with_changes


def test_edits_that_overlap_or_lie_outside_are_refused() -> None:
    for edits in ([Edit(0, 3, "x"), Edit(2, 4, "y")], [Edit(4, 99, "")]):
        with pytest.raises(ValueError, match="overlaps another or lies past the end"):
            align_edits("een tekst", edits)
    with pytest.raises(ValueError, match="not an edit"):
        Edit(3, 2, "")


def test_changes_of_other_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="other texts"):
        relocate(make("ja", 0, 2), "ja", "nee", changes=align("ja", "ja"))


# -- the alignment itself


@given(texts, texts)
@settings(max_examples=200, deadline=None)
def test_equal_blocks_are_equal_in_order_and_never_cross(old: str, new: str) -> None:
    assert_sound(align(old, new))


@given(cases())
@settings(max_examples=200, deadline=None)
def test_blocks_of_an_edited_text_are_sound(case: Case) -> None:
    assert_sound(align(case.old, case.new))


def assert_sound(changes: Alignment) -> None:
    old_end = new_end = 0
    for block in changes.blocks:
        assert block.size > 0
        assert block.old >= old_end
        assert block.new >= new_end
        old_end, new_end = block.old + block.size, block.new + block.size
        assert changes.old[block.old : old_end] == changes.new[block.new : new_end]
        assert changes.exact(block.old, old_end) == block.new
        assert changes.origin(block.new, new_end) == block.old
        assert changes.taken(block.new, new_end, start=block.old, end=old_end) == 0
        assert changes.taken(block.new, new_end, start=0, end=0) == changes.ink(block.old, old_end)
        assert changes.kept(block.old, old_end, block.new, new_end) == changes.ink(block.old, old_end)
    assert old_end <= len(changes.old)
    assert new_end <= len(changes.new)


def test_a_long_answer_on_one_line_of_the_same_few_words_is_still_compared() -> None:
    old = "ja nee ja ja " * 400
    new = old[:2600] + "misschien " + old[2600:]
    changes = align(old, new)
    assert sum(block.size for block in changes.blocks) == len(old)


def test_an_inserted_word_splits_one_block_in_two() -> None:
    assert align("ik ben blij", "ik ben heel blij").blocks == (Block(0, 0, 7), Block(7, 12, 4))


# -- what people will meet


def outcome_of(old: str, quote: str, new: str, *, nth: int = 0) -> Placed | Orphan:
    start = -1
    for _ in range(nth + 1):
        start = old.index(quote, start + 1)
    return relocate(make(old, start, start + len(quote)), old, new)


def placed(outcome: Placed | Orphan) -> Placed:
    assert isinstance(outcome, Placed), outcome
    return outcome


def orphan(outcome: Placed | Orphan) -> Orphan:
    assert isinstance(outcome, Orphan), outcome
    return outcome


def test_a_passage_moves_along_with_its_turn() -> None:
    turns = STORY.splitlines(keepends=True)
    new = "".join([turns[0], *turns[4:6], *turns[1:4], *turns[6:]])
    for anchor in word_anchors(STORY):
        outcome = relocate(anchor, STORY, new)
        if isinstance(outcome, Placed):
            assert outcome.new.quote == anchor.quote or outcome.moved_with_changes
    found = placed(outcome_of(STORY, "een brief over een huisbezoek", new))
    assert not found.moved_with_changes
    assert new[found.new.start : found.new.end] == "een brief over een huisbezoek"


def test_a_passage_in_which_a_name_was_replaced_is_listed_with_its_old_words() -> None:
    outcome = placed(outcome_of(STORY, "met Marit naar het wijkcentrum", STORY.replace("Marit", "Roos")))
    assert outcome.new.quote == "met Roos naar het wijkcentrum"
    assert outcome.old.quote == "met Marit naar het wijkcentrum"
    assert outcome.changed
    assert outcome.moved_with_changes


def test_a_passage_that_is_only_the_replaced_name_waits_for_a_person() -> None:
    outcome = orphan(outcome_of(STORY, "Marit", STORY.replace("Marit", "Roos")))
    assert outcome.reason is Reason.GONE
    assert outcome.guess is not None
    assert outcome.guess.quote == "Roos"


def test_a_passage_that_was_taken_out_is_an_orphan_and_says_where_it_was() -> None:
    new = STORY.replace("Ik schaamde me.", "")
    outcome = orphan(outcome_of(STORY, "Ik schaamde me", new))
    assert outcome.reason is Reason.GONE
    assert new[: outcome.near].rstrip().endswith("te gaan.")


def test_a_yes_that_was_taken_out_does_not_become_the_next_yes() -> None:
    new = STORY.replace("Ja. En toen?\n", "")
    assert isinstance(outcome_of(STORY, "Ja", new), Orphan)
    other = placed(outcome_of(STORY, "Ja", new, nth=1))
    assert new[other.new.start :].startswith("Ja, dat klopt")
    assert not other.moved_with_changes


def test_a_yes_beside_a_new_yes_is_not_guessed() -> None:
    assert orphan(outcome_of("ja", "ja", "ja ja")).reason is Reason.AMBIGUOUS
    outcome = orphan(outcome_of("ik zei ja ja tegen hem", "ja", "ik zei ja ja ja tegen hem", nth=1))
    assert outcome.reason is Reason.AMBIGUOUS
    assert outcome.guess is not None
    assert outcome.guess.quote == "ja"


def test_the_same_word_in_another_sentence_is_another_word() -> None:
    outcome = orphan(outcome_of("hij ging naar Zwolle", "Zwolle", "wij wonen in Zwolle"))
    assert outcome.reason is Reason.UNSURE


def test_a_word_shared_with_the_sentence_that_took_its_place_is_not_the_same_word() -> None:
    turns = STORY.splitlines(keepends=True)
    outcome = outcome_of(STORY, "En", "".join([*turns[:2], turns[4], turns[3], *turns[5:]]))
    assert isinstance(outcome, Orphan) or outcome.moved_with_changes


def test_a_word_that_became_part_of_a_longer_word_is_listed() -> None:
    old = "ik vond dat werk bij de post heel fijn"
    guessed = orphan(outcome_of(old, "werk", old.replace("werk", "werkgever")))
    assert guessed.guess is not None
    assert guessed.guess.quote == "werkgever"
    listed = placed(outcome_of(old, "werk", old.replace("werk", "werkje")))
    assert listed.new.quote == "werkje"
    assert listed.moved_with_changes


def test_a_part_of_a_word_may_be_coded_and_stays_where_it_is() -> None:
    old, new = "mijn bijstandsuitkering is gestopt", "mijn bijstands-uitkering is gestopt"
    outcome = placed(outcome_of(old, "uitkering", new))
    assert outcome.new.quote == "uitkering"
    assert not outcome.changed


@pytest.mark.parametrize(
    ("sign", "other"),
    [("👩", "👩\u200d👧"), ("👍", "👍🏽"), ("e", "e\u0323\u0302"), ("🇳🇱", "🇳🇱🇧🇪")],
)
def test_a_sign_that_became_another_sign_is_listed(sign: str, other: str) -> None:
    old = f"Dat is precies wat ik voel {sign} zei ze toen tegen mij."
    outcome = outcome_of(old, f" {sign} "[1:-1], old.replace(f" {sign} ", f" {other} "), nth=old.count(sign, 0, 27))
    assert isinstance(outcome, Orphan) or outcome.moved_with_changes
    if isinstance(outcome, Placed):
        assert outcome.new.quote == other


def test_a_word_typed_in_the_middle_of_a_passage_comes_along_and_is_listed() -> None:
    outcome = placed(outcome_of(STORY, "een brief over een huisbezoek", STORY.replace("een brief", "een boze brief")))
    assert outcome.new.quote == "een boze brief over een huisbezoek"
    assert outcome.moved_with_changes


def test_a_passage_of_which_more_than_half_went_has_no_place() -> None:
    outcome = orphan(
        outcome_of(STORY, "Ik sliep er niet van, ja, echt niet", STORY.replace(" sliep er niet van, ja", ""))
    )
    assert outcome.reason is Reason.GONE
    assert outcome.score < 1
    assert MIN_QUOTE == 0.5


def test_a_turn_that_moved_and_had_a_name_replaced_is_found_and_listed() -> None:
    turns = STORY.splitlines(keepends=True)
    new = "".join([*turns[:3], *turns[4:], turns[3].replace("Marit", "Roos")])
    outcome = placed(outcome_of(STORY, "ging ik met Marit naar het wijkcentrum", new))
    assert outcome.new.quote == "ging ik met Roos naar het wijkcentrum"
    assert outcome.moved_with_changes


def test_an_emptied_text_leaves_orphans_and_no_errors() -> None:
    report = relocate_all(word_anchors(STORY), STORY, "")
    assert not report.placed
    assert len(report.orphans) == len(word_anchors(STORY))


def test_a_word_that_stands_more_than_a_thousand_times_is_not_guessed() -> None:
    old = "ja " * 1_500
    outcome = relocate(make(old, 3_000, 3_002), old, "nee " + "ja " * 700 + "nee nee nee " + "ja " * 801)
    assert isinstance(outcome, Orphan) or window(outcome.new) == window(outcome.old) or outcome.moved_with_changes


# -- an anchor that cannot be wrong


@given(texts, st.integers(-3, 200), st.integers(-3, 200))
def test_an_anchor_holds_the_words_at_its_place(text: str, start: int, end: int) -> None:
    if 0 <= start < end <= len(text):
        anchor = make(text, start, end)
        assert anchor.quote == text[start:end]
        assert anchor.points_into(text)
        assert window(anchor) in text
        assert len(anchor.before) <= CONTEXT
        assert len(anchor.after) <= CONTEXT
    else:
        with pytest.raises(Misaligned):
            make(text, start, end)


@pytest.mark.parametrize(
    ("start", "end", "quote", "before", "after"),
    [(0, 3, "ja", "", ""), (0, 0, "", "", ""), (-1, 1, "ja", "", ""), (4, 6, "ja", "", ""), (0, 2, "ja", "", "x" * 33)],
)
def test_a_misaligned_anchor_cannot_exist(start: int, end: int, quote: str, before: str, after: str) -> None:
    with pytest.raises(Misaligned):
        Anchor(start, end, quote, before, after)


def test_an_anchor_of_another_text_is_refused() -> None:
    with pytest.raises(Misaligned):
        relocate(make("een ander verhaal", 4, 9), STORY, STORY)


def test_a_drawn_character_is_one_whole() -> None:
    for whole in ("👩\u200d👧", "👍🏽", "🇳🇱", "e\u0323\u0302", "é"):
        assert all(joined(whole, at) for at in range(1, len(whole)))
    assert unicodedata.is_normalized("NFC", STORY)
    assert not joined("ja nee", 2)
    assert not joined("ja.", 2)
    assert joined("ja", 1)
