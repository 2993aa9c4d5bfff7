"""What each way of writing an indicator finds, and what it leaves alone."""

from __future__ import annotations

import pytest

from coding.lexicon import Indicators, IndicatorSet, Lexicon, ThemeEntry, ThemeGroup
from coding.tagging.proposals import Proposal
from coding.tagging.tagger import Tagger
from interviews.turns import SpeakerRole, Turn


def tagger(
    *, holds_when_negated: bool = False, fields: dict[str, tuple[str, ...]] | None = None, **lists: str
) -> Tagger:
    """Return a tagger with one theme; lists are written with semicolons."""
    indicators = Indicators(**{name: tuple(text.split("; ")) for name, text in lists.items()})
    group = ThemeGroup("bel", "Belemmerend", holds_when_negated=holds_when_negated)
    theme = ThemeEntry("bel.x", "bel", "X", indicators=indicators)
    lexicon = Lexicon("test", "1", "Test", (group,), (theme,), fields=fields or {})
    return Tagger(lexicon, threshold=0.1)


def found(by: Tagger, text: str) -> list[Proposal]:
    """Return what is proposed when somebody says `text`."""
    return by.suggest([Turn("R", text)], {"R": SpeakerRole.INTERVIEWEE})


def test_a_word_is_found_in_all_its_inflections() -> None:
    by = tagger(lemmas="korten; stress; schrikken")
    for text in (
        "Toen werd ik gekort.",
        "Ze korten me elke maand.",
        "STRESS!",
        "Ik schrok me rot.",
        "Wat ben ik geschrokken.",
    ):
        assert found(by, text), text
    assert not found(by, "Een korte broek.")


def test_a_word_written_in_one_form_means_that_form() -> None:
    by = tagger(lemmas="gezien; baantje")
    assert found(by, "Ik voelde me gezien.")
    assert not found(by, "Ik zie het wel.")
    assert found(by, "Weer zo'n baantje, allemaal baantjes.")
    assert not found(by, "Ik wil een vaste baan.")


def test_a_compound_carries_its_parts() -> None:
    by = tagger(lemmas="uitkering; controle; gesprek")
    assert found(by, "Mijn bijstandsuitkering was te laat.")[0].reason == ("bijstandsuitkering",)
    assert found(by, "Weer zo'n bankcontrole.")
    assert found(by, "Al die werkgesprekken.")
    assert not found(tagger(lemmas="macht; rouw"), "Overmacht, en vertrouwen.")


def test_a_phrase_is_found_whatever_the_capitals_commas_and_fillers() -> None:
    by = tagger(phrases="niet serieus genomen")
    for text in (
        "Ik werd NIET serieus genomen!",
        "Niet, eh... serieus genomen.",
        "Ik werd niet zeg maar serieus genomen",
        "niet 'serieus' genomen",
    ):
        assert found(by, text), text
    assert not found(by, "Ze heeft mij serieus genomen.")
    assert not found(by, "Het was niet serieus. Genomen of gegeven, dat weet ik niet.")


def test_a_phrase_is_found_in_spoken_spelling() -> None:
    by = tagger(phrases="mijn verhaal doen; van elkaar leren; je kent dat")
    for text in (
        "Weer m'n verhaal doen.",
        "Weer m’n verhaal doen.",
        "Van mekaar leren.",
        "Jij kent dat.",
        "Gij kent dat.",
    ):
        assert found(by, text), text


def test_a_star_stands_for_up_to_four_words() -> None:
    by = tagger(patterns="opnieuw * verhaal")
    assert found(by, "Dan moet je opnieuw je verhaal doen.")
    assert found(by, "Steeds opnieuw weer dat hele lange verhaal.")
    assert not found(by, "Opnieuw moest ik daar toen al dat hele verhaal doen.")


def test_a_bar_is_either_and_a_tilde_is_a_beginning() -> None:
    by = tagger(patterns="vertrouw~ * niet|niemand")
    assert found(by, "Ik vertrouwde daar echt niemand.")
    assert found(by, "Vertrouw ze niet.")
    assert not found(by, "Ik vertrouw haar.")


def test_a_second_try_is_made_when_the_first_word_after_a_star_leads_nowhere() -> None:
    by = tagger(patterns="geen * oog dicht~")
    assert found(by, "Ik deed geen oog, nee geen oog dichtgedaan.")


def test_a_combo_needs_all_its_sides_within_two_sentences() -> None:
    by = tagger(combos="@post & liggen|ligt & week|dagen_lang", fields={"post": ("brief", "blauwe envelop")})
    near = found(by, "Die blauwe envelop kwam maandag. Hij ligt er nu een week.")
    assert near[0].reason == ("blauwe envelop", "ligt", "week")
    assert found(by, "Dagen lang bleef die brief liggen.")
    assert not found(by, "Er kwam een brief. Dat is zo. Hij ligt er nu een week.")
    assert not found(by, "Er kwam een brief.")


def test_not_when_stops_the_theme_in_that_sentence_only() -> None:
    by = tagger(lemmas="nummer", not_when="nummer bellen; telefoon~ * nummer")
    assert not found(by, "Je moet een nummer bellen.")
    assert not found(by, "Het telefoontje ging, onbekend nummer.")
    proposals = found(by, "Je moet een nummer bellen. Ik was een nummer. Verder niets. Echt niets.")
    assert [proposal.span.start for proposal in proposals] == [27]


@pytest.mark.parametrize(
    "text",
    [
        "Ik was niet bang.",
        "Nee, geen angst meer.",
        "Bang ben ik niet.",
        "Ik was nooit echt bang.",
        "Zonder angst ging ik.",
    ],
)
def test_a_denied_word_is_no_reason(text: str) -> None:
    assert not found(tagger(lemmas="bang; angst"), text)
    assert found(tagger(lemmas="bang; angst", holds_when_negated=True), text)


@pytest.mark.parametrize(
    "text",
    [
        "Ik was niet alleen bang, ik was ook boos.",
        "Ik ging niet, want ik was bang.",
        "Niet te geloven, zo bang.",
        "Ik durfde niet omdat ik bang was.",
    ],
)
def test_a_denial_of_something_else_leaves_the_word_standing(text: str) -> None:
    assert found(tagger(lemmas="bang"), text)


def test_a_denial_inside_an_indicator_is_its_meaning() -> None:
    assert found(tagger(phrases="niet gehoord"), "Ik voelde me niet gehoord.")


def test_remarks_of_the_typist_are_not_what_somebody_said() -> None:
    assert not found(tagger(lemmas="huilen"), "En toen [begint te huilen] was het klaar.")


def test_accents_emoji_and_odd_spaces_move_nothing() -> None:
    by = tagger(lemmas="cliënt; continuïteit")
    text = "😀 Eén clie\u0308nt?\u00a0De 'CLIËNTEN'… en continuiteit 👩‍👧 dus."
    for proposal in found(by, text):
        for word in proposal.reason:
            assert word in text[proposal.span.start : proposal.span.end]
    assert {word.lower() for proposal in found(by, text) for word in proposal.reason} >= {"cliënten", "continuiteit"}


def test_een_is_not_the_number_one() -> None:
    by = tagger(patterns="één * vast~")
    assert found(by, "Ik wil één vast persoon.")
    assert not found(by, "Ik wil een vast persoon.")


def test_further_indicators_count_for_themes_the_codebook_has() -> None:
    lexicon = Lexicon("t", "1", "T", (ThemeGroup("g", "G"),), (ThemeEntry("g.a", "g", "A"),))
    further = IndicatorSet({"g.a": Indicators(phrases=("de muur in",)), "g.weg": Indicators(phrases=("de zee in",))})
    by = Tagger(lexicon, further=further, threshold=0.1)
    assert [proposal.theme for proposal in found(by, "De muur in, en de zee in.")] == ["g.a"]


def test_a_pattern_full_of_stars_takes_no_time() -> None:
    by = tagger(patterns=" * ".join(["ja"] * 40 + ["nee"]))
    assert not found(by, "ja " * 400)
    assert found(by, "ja " * 60 + "nee")


def test_a_word_at_the_end_of_a_sentence_is_still_that_word() -> None:
    assert found(tagger(phrases="zit vast"), "Je zit vast.")
    assert found(tagger(phrases="jij kent dat"), "Jij kent dat.")
