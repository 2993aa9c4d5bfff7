"""The name finder on made-up talk that no rule was written on, and on any text at all.

A few hundred sentences each day; with DICHTERBIJ_FULL=1 some ten thousand, of other seeds too. Seeds are fixed.
"""

from __future__ import annotations

import os
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.detect.finder import default_finder
from interviews.detect.findings import Finding
from interviews.turns import Turn
from tests.interviews.detect.made import talk
from tests.interviews.detect.made.measure import Figures, measure, table

FULL = bool(os.environ.get("DICHTERBIJ_FULL"))
COUNT = 120 if FULL else 9
SEEDS = (talk.SEED, 7, 2027) if FULL else (talk.SEED,)
DIRECT = ("BSN", "IBAN", "PHONE", "EMAIL", "POSTCODE")


@cache
def figures(which: str, seed: int) -> Figures:
    return measure(talk.interviews(COUNT, which, seed=seed))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("which", talk.HALVES)
class TestMadeUpTalk:
    def test_no_number_or_address_of_one_person_is_missed_however_it_is_said(self, which: str, seed: int) -> None:
        found = figures(which, seed)
        assert all(found.wanted[kind] for kind in DIRECT)
        assert found.recall(*DIRECT) == 1.0, table(found)

    def test_people_are_found_by_whatever_they_are_called(self, which: str, seed: int) -> None:
        assert figures(which, seed).recall("PERSON") >= 0.97

    def test_every_kind_is_found_and_named_rightly(self, which: str, seed: int) -> None:
        found = figures(which, seed)
        weak = [kind for kind in found.wanted if found.recall(kind) < 0.95]
        assert weak == [], table(found)
        assert found.recall() >= 0.97
        assert found.typed.total() / found.wanted.total() >= 0.95

    def test_what_points_at_nobody_is_mostly_left_alone(self, which: str, seed: int) -> None:
        assert figures(which, seed).precision() >= 0.95

    def test_one_person_has_one_key_and_two_people_have_two(self, which: str, seed: int) -> None:
        found = figures(which, seed)
        assert found.consistency() >= 0.95
        assert found.joined <= 0.01 * found.wanted["PERSON"]


def test_a_good_part_of_the_made_up_names_is_in_no_list() -> None:
    from interviews.detect.lexicon import default_lexicon, fold

    names = talk.pool("FIRST", "held out") + talk.pool("MADE_FIRST", "held out")
    unlisted = [name for name in names if fold(name) not in default_lexicon().first_names]
    assert len(unlisted) > 0.25 * len(names)


def keys(*texts: str) -> list[str]:
    return [
        each.entity for each in default_finder().find([Turn(None, text) for text in texts]) if each.type == "PERSON"
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("Ik ben Wafaa Costa Lima.", "Welkom, mevrouw Costa Lima."),
        ("Dat was Constance van Hasselt-Roëll.", "Dag mevrouw van Hasselt."),
        ("Mijn zoon, Evert-Jan, komt zo.", "De brief was voor E.J. Bouwman."),
        ("Ze heet Hendrika, maar ze noemen haar Riek.", "Riek lachte."),
        ("Rinus Boelhouwer, Ome Rien voor de vrienden.", "Rien is er niet."),
        ("Bij de balie zat Xandrino.", "O ja, Xandrimo."),
        ("Mijn naam is Terwindt, dat spel je T-E-R-W-I-N-D-T.",),
        ("Daar zat Jip.", "Jips moeder ook."),
    ],
)
def test_one_person_called_in_two_ways_is_one(texts: tuple[str, ...]) -> None:
    assert len(keys(*texts)) >= 2
    assert len(set(keys(*texts))) == 1


def test_a_mother_and_a_daughter_with_one_surname_are_two() -> None:
    found = keys("Geertje Bouwman kwam, met haar dochter, Lisa Bouwman.", "Geertje huilde, Lisa niet.")
    assert len(set(found)) == 2
    assert found[0] == found[2]
    assert found[1] == found[3]


def test_a_name_that_two_share_goes_to_the_one_who_was_just_named() -> None:
    far = ["Ja."] * 10
    found = keys("Eerst had ik Anja Bosma.", *far, "Toen kwam Anja de Wit.", "En Anja zei niks.")
    assert found[2] == found[1] != found[0]


def test_somebody_else_with_the_same_name_is_somebody_else() -> None:
    first, other = keys("Mijn moeder is Maria.", "Mijn buurvrouw heet ook Maria.")
    assert first != other


def test_initials_of_a_son_are_not_his_mother() -> None:
    found = keys("Ik ben Geertje Bouwman.", "Mijn zoon heet Evert-Jan.", "Er kwam post voor E.J. Bouwman.")
    assert found[2] == found[1] != found[0]


def test_a_pet_is_nobody_unless_a_person_has_its_name() -> None:
    assert keys("Mijn hond heet Takkie.", "Takkie slaapt naast mijn bed.") == []
    assert keys("Mijn hond heet Max.", "Mijn zoon Max ook.", "Max zei niks.") != []


_PIECES = st.sampled_from(
    """Ik ben Anja heet mevrouw van den Berg 's 't . , : … ... [ ] [lacht // ' " ’ - – nul zes twaalf 06 12345678 bsn postcode
    1234 AB drieduizend kenteken X K 9 streepje apenstaartje punt nl @ _ a.b @x is in de Veenkamp De E.J. S-M-I-T eh é Ş 😀
    Op Insta straat Dorpsstraat 12a nummer van zes jaar oud 14-3-'72 veertien maart NL 13 TEST hond Bello die zo'n €""".split()
)
_TALK = st.lists(
    st.lists(_PIECES, max_size=14).map(" ".join)
    | st.text(alphabet=st.characters(blacklist_characters="\n"), max_size=60),
    max_size=4,
)


def find(texts: list[str]) -> list[Finding]:
    return default_finder().find([Turn(None, text) for text in texts])


@settings(max_examples=1500 if FULL else 120, deadline=None)
@given(_TALK)
def test_of_any_talk_proposals_are_in_order_inside_their_turn_and_apart(texts: list[str]) -> None:
    spans = [each.span for each in find(texts)]
    assert spans == sorted(spans)
    assert all(0 <= span.start < span.end <= len(texts[span.turn]) for span in spans)
    assert all(one.turn < other.turn or one.end <= other.start for one, other in pairwise(spans))


@settings(max_examples=400 if FULL else 40, deadline=None)
@given(_TALK)
def test_the_same_talk_gets_the_same_answer(texts: list[str]) -> None:
    assert find(texts) == find(texts)
