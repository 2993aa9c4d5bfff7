from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.formats import plain
from interviews.formats.draft import TranscriptDraft
from interviews.formats.reading import read_here, read_pasted
from interviews.turns import SpeakerRole

Said = Callable[[TranscriptDraft], list[tuple[str | None, str]]]


def read(text: str) -> TranscriptDraft:
    return plain.read(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "I: Hoe gaat het?\nR: Goed.",
        "I: Hoe gaat het?\n\nR: Goed.",
        "I : Hoe gaat het?\n\nR : Goed.",
        "I:Hoe gaat het?\nR:Goed.",
        "I:\tHoe gaat het?\nR:\tGoed.",
        "I\tHoe gaat het?\nR\tGoed.",
        "I:\u00a0Hoe\u00a0gaat het?\r\n\u00a0\r\nR:\u00a0Goed.\r\n",
        "I:\nHoe gaat het?\n\nR:\nGoed.",
        "I\nHoe gaat het?\n\nR\nGoed.",
        "**I:** Hoe gaat het?\n\n**R:** Goed.",
        "[I] Hoe gaat het?\n\n[R] Goed.",
    ],
)
def test_however_the_letters_are_set_we_see_who_asks_and_who_answers(text: str, said: Said) -> None:
    draft = read(text)
    assert said(draft) == [("I", "Hoe gaat het?"), ("R", "Goed.")]
    assert [speaker.role for speaker in draft.speakers] == [SpeakerRole.INTERVIEWER, SpeakerRole.INTERVIEWEE]


@pytest.mark.parametrize(
    "text",
    [
        "[00:12:30] Gerda: Ja?\n\n[00:12:33] Wilma: Ja.",
        "00:12:30 Gerda: Ja?\n00:12:33 Wilma: Ja.",
        "00:12:30 - Gerda: Ja?\n00:12:33 - Wilma: Ja.",
        "(12:30) Gerda: Ja?\n\n(12:33) Wilma: Ja.",
        "Gerda (00:12:30): Ja?\n\nWilma (00:12:33): Ja.",
        "Gerda [12:30]: Ja?\n\nWilma [12:33]: Ja.",
        "Gerda: [00:12:30] Ja?\n\nWilma: [00:12:33] Ja.",
        "Gerda 12:30\nJa?\n\nWilma 12:33\nJa.",
        "[00:12:30]\nGerda: Ja?\n\n[00:12:33]\nWilma: Ja.",
        "[00:12:30.000 --> 00:12:31.500] Gerda: Ja?\n\n[00:12:33.000 --> 00:12:34.000] Wilma: Ja.",
    ],
)
def test_a_time_beside_a_name_is_the_time_of_the_turn(text: str, said: Said) -> None:
    draft = read(text)
    assert said(draft) == [("Gerda", "Ja?"), ("Wilma", "Ja.")]
    assert [turn.start_ms for turn in draft.turns] == [750_000, 753_000]


def test_a_time_at_the_end_between_hash_signs_is_where_the_turn_ends() -> None:
    draft = read("Gerda: Ja? #00:00:12-3#\n\nWilma: Ja. #00:00:15-0#")
    assert [turn.end_ms for turn in draft.turns] == [12_300, 15_000]
    assert [turn.text for turn in draft.turns] == ["Ja?", "Ja."]


def test_a_paragraph_without_a_label_goes_on_with_the_same_person(said: Said) -> None:
    draft = read("I: En toen?\n\nR: Toen kwam de brief.\n\nEn daarna nog een.\n\nI: Nog een?")
    assert said(draft)[1:3] == [("R", "Toen kwam de brief."), ("R", "En daarna nog een.")]


def test_a_line_that_only_wraps_is_joined(said: Said) -> None:
    draft = read("I: En toen ging je\nnaar het loket\n\nR: Ja, naar het\nloket.")
    assert said(draft) == [("I", "En toen ging je naar het loket"), ("R", "Ja, naar het loket.")]


def test_a_paragraph_with_a_time_only_is_a_turn_of_the_same_person_at_that_time() -> None:
    draft = read("I: En toen?\n\nR: Een brief.\n\n[00:01:00] En nog een brief.\n\nI: Ja.")
    assert (draft.turns[2].speaker, draft.turns[2].start_ms) == ("R", 60_000)


def test_a_time_inside_a_sentence_stays_in_the_sentence(said: Said) -> None:
    draft = read("I: Hoe laat?\n\nR: Om [onverstaanbaar 00:12:31] of 12:30 uur.\n\n12:30 was de afspraak.\n\nI: Ja.")
    assert said(draft)[1:3] == [("R", "Om [onverstaanbaar 00:12:31] of 12:30 uur."), ("R", "12:30 was de afspraak.")]


def test_an_article_that_quotes_people_is_running_text(said: Said) -> None:
    text = (
        "Een dag op kantoor\n\nHet gaat niet altijd goed. Dat zie je zo: de wachtkamer is vol.\n\n"
        "De Graaf: ‘We doen het samen.’\n\nMaar: dat kost tijd.\n\nDe Graaf: ‘Tijd is er niet.’\n\n"
        "Foto's: het archief\n\nMeer weten? https://example.org/a:b om 12:30."
    )
    draft = read(text)
    assert draft.speakers == ()
    assert [text for _, text in said(draft)] == text.split("\n\n")
    assert [note.key for note in draft.notes] == ["read.no_speakers"]


def test_a_sentence_with_a_colon_in_an_interview_is_no_speaker(said: Said) -> None:
    draft = read("I: En?\n\nR: Nou ja.\n\nDus: weg ermee.\n\nDus: klaar.\n\nKijk: zo was het.\n\nI: Goh.\n\nR: Ja.")
    assert [speaker.label for speaker in draft.speakers] == ["I", "R"]
    assert ("R", "Dus: weg ermee.") in said(draft)
    assert ("R", "Kijk: zo was het.") in said(draft)


def test_a_head_above_the_interview_is_kept_and_nobody_says_it(said: Said) -> None:
    draft = read("Datum: 12 maart\nInterviewer: Gerda\n\nI: Hoe?\n\nR: Zo.\n\nI: Ja?\n\nR: Ja.")
    assert said(draft)[0][0] is None
    assert "Gerda" in " ".join(text for _, text in said(draft)[:2])
    assert [speaker.label for speaker in draft.speakers] == ["I", "R"]


def test_one_person_spelled_in_two_ways_is_one_person() -> None:
    draft = read("Gerda: Ja?\n\nWilma: Ja.\n\nGERDA: Nee?\n\nWilma: Nee.\n\nGerda: Oh.")
    assert [speaker.label for speaker in draft.speakers] == ["Gerda", "Wilma"]


def test_names_on_their_own_line_are_believed_when_they_come_back(said: Said) -> None:
    draft = read("Gerda\nHoe gaat het?\n\nWilma\nGoed hoor.\n\nGerda\nMooi zo.\n\nWilma\nJa.")
    assert said(draft) == [("Gerda", "Hoe gaat het?"), ("Wilma", "Goed hoor."), ("Gerda", "Mooi zo."), ("Wilma", "Ja.")]


def test_remarks_about_laughing_are_no_speakers(said: Said) -> None:
    draft = read("[lacht] Ja hoor.\n\n[pauze] Nee hoor.\n\n[lacht] Nou ja.")
    assert draft.speakers == ()
    assert said(draft)[0] == (None, "[lacht] Ja hoor.")


@pytest.mark.parametrize(
    "text",
    [
        "[12-03-2024 14:05:33] Gerda: hoi\n[12-03-2024 14:06:01] Wilma: hallo",
        "\u200e[12-03-2024 14:05:33] Gerda: hoi\n\u200e[12-03-2024 14:06:01] Wilma: hallo",
        "12/03/2024, 14:05 - Gerda: hoi\n12/03/2024, 14:06 - Wilma: hallo",
    ],
)
def test_a_chat_pasted_from_a_phone_is_read(text: str, said: Said) -> None:
    draft = read_pasted(text)
    assert said(draft) == [("Gerda", "hoi"), ("Wilma", "hallo")]
    assert [(note.key, note.fields) for note in draft.notes] == [("read.chat_times", {"count": 2})]


def test_lines_copied_out_of_a_word_processor_are_paragraphs(said: Said) -> None:
    long = (
        "Dit is een lange alinea die niemand met de hand heeft afgebroken, want zo lang is geen regel op papier ooit. "
        * 2
    )
    draft = read(f"{long}\nEen korte.\n{long}")
    assert len(draft.turns) == 3


def test_text_broken_at_a_fixed_width_is_put_together_again() -> None:
    text = (
        "Op een dag kwam er een brief van de gemeente en ik durfde\nhem niet open te maken want ik wist wel zo ongeveer wat\n"
        "Er in zou staan en dat was ook zo want er stond dat ik om\nGeld moest vragen bij een ander loket dan ik altijd deed\nop maandag."
    )
    assert len(read(text).turns) == 1


def test_who_asks_most_questions_is_the_interviewer() -> None:
    draft = read("\n\n".join(["Gerda: Hoe was dat?", "Wilma: Zwaar, heel zwaar."] * 4))
    assert {speaker.label: speaker.role for speaker in draft.speakers} == {
        "Gerda": SpeakerRole.INTERVIEWER,
        "Wilma": SpeakerRole.INTERVIEWEE,
    }


def test_a_companion_who_speaks_once_is_seen() -> None:
    draft = read("I: Hoe was dat?\n\nR1: Zwaar.\n\nB: Dat was het.\n\nR2: Ja.\n\nI: Ja?\n\nR1: Ja.")
    assert {speaker.label: speaker.role.value for speaker in draft.speakers} == {
        "I": "interviewer",
        "R1": "interviewee",
        "B": "companion",
        "R2": "interviewee",
    }


@pytest.mark.parametrize(
    ("labels", "roles"),
    [
        (["V", "A"], ["interviewer", "interviewee"]),
        (["Q", "A"], ["interviewer", "interviewee"]),
        (["Vraag", "Antwoord"], ["interviewer", "interviewee"]),
        (["A", "B"], ["unknown", "unknown"]),
        (["Interviewer 1", "Geïnterviewde"], ["interviewer", "interviewee"]),
        (["Interviewer", "Wilma"], ["interviewer", "interviewee"]),
        (["Gerda (interviewer)", "Wilma"], ["interviewer", "interviewee"]),
        (["S01", "S02"], ["unknown", "unknown"]),
        (["Host", "Guest"], ["interviewer", "interviewee"]),
    ],
)
def test_a_label_says_which_part_somebody_plays(labels: list[str], roles: list[str]) -> None:
    draft = read("\n\n".join(f"{label}: dat is zo." for label in labels * 2))
    assert [speaker.label for speaker in draft.speakers] == labels
    assert [speaker.role.value for speaker in draft.speakers] == roles


def test_times_that_go_back_are_told() -> None:
    draft = read("[00:02:00] I: Ja?\n\n[00:01:00] R: Nee.")
    assert [(note.key, note.fields) for note in draft.notes] == [("read.times_not_rising", {"count": 1})]


def test_windows_text_is_read_and_the_guess_is_told(said: Said) -> None:
    draft = plain.read("I: Hé, geïnteresseerd?\r\nR: Já – 10 €.".encode("cp1252"))
    assert said(draft) == [("I", "Hé, geïnteresseerd?"), ("R", "Já – 10 €.")]
    assert [note.key for note in draft.notes] == ["read.encoding_guessed"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_unicode_encoding_is_read(encoding: str, said: Said) -> None:
    text = "I: Hé, hoe is het?\nR: Goed 😀, en jij?"
    assert said(read_here("x.txt", text.encode(encoding))) == [("I", "Hé, hoe is het?"), ("R", "Goed 😀, en jij?")]


def test_what_the_transcribing_program_says_about_itself_is_a_note() -> None:
    draft = read("I: Ja?\n\nR: Nee.\n\nTranscribed by https://otter.ai")
    assert len(draft.turns) == 2
    assert [(note.key, note.fields["text"]) for note in draft.notes] == [
        ("read.remark", "Transcribed by https://otter.ai")
    ]


_WORDS = st.text("abcdefghijklmnopqrstuvwxyzéïö", min_size=1, max_size=9)
_SENTENCES = st.lists(_WORDS, min_size=1, max_size=12).map(" ".join)
_TIMES = st.sampled_from(["", "[{}] ", "({}) ", "{} "])


@settings(max_examples=60, deadline=None)
@given(
    names=st.lists(
        st.sampled_from(["Gerda", "Wilma de Wit", "I", "R1", "Interviewer 2", "Fatma Öz", "S01"]),
        min_size=2,
        max_size=4,
        unique=True,
    ),
    talk=st.lists(_SENTENCES, min_size=6, max_size=20),
    time=_TIMES,
    gap=st.sampled_from(["\n", "\n\n", "\r\n\r\n"]),
)
def test_any_names_in_any_time_format_come_back(names: list[str], talk: list[str], time: str, gap: str) -> None:
    lines = [f"{time.format(f'00:{n:02}:00')}{names[n % len(names)]}: {sentence}" for n, sentence in enumerate(talk)]
    draft = read(gap.join(lines))
    assert [turn.speaker for turn in draft.turns] == [names[n % len(names)] for n in range(len(talk))]
    assert [turn.text for turn in draft.turns] == talk
    if time:
        assert [turn.start_ms for turn in draft.turns] == [n * 60_000 for n in range(len(talk))]


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("aB:I \n\t[](0123-)#?.\u00a0'‘"), min_size=1, max_size=120))
def test_no_word_of_any_text_gets_lost(text: str) -> None:
    draft = plain.read_text(text, format="txt")
    seen = " ".join([*(turn.text for turn in draft.turns), *(speaker.label for speaker in draft.speakers)])
    for word in ("".join(ch if ch.isalpha() else " " for ch in text)).split():
        assert word.casefold() in seen.casefold()
