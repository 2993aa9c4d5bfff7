"""The letters when somebody stops: plain words, 14 points, and to a holder nothing that says who it is."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
import zipfile

import pytest
from lxml import etree

from coding.formats.word import letters
from coding.formats.word.consent_copy import SMALLEST
from coding.formats.word.letters import RecallLetter, StoppedLetter
from coding.formats.word.names import q
from coding.summaries.blocks import words
from coding.summaries.tree import Summary
from interviews.plainlanguage import check

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
RECALL = RecallLetter(
    project="Dichterbij de brief", holder="gemeente Wilgenburg", made=NOW, report="Verslag voor het team",
    built_on=dt.date(2026, 10, 1), given_on=dt.date(2026, 10, 4), sha256="ab" * 32, whole=True,
    contact=("Hanna", "06 12 34 56 78"),
)  # fmt: skip
STOPPED = StoppedLetter(
    project="Dichterbij de brief", code="D-07", informal=False, made=NOW, at=NOW.date(), erased=True,
    gone=("de opname", "de tekst, in alle versies"), less=False,
    holders=(("gemeente Wilgenburg", "4-10-2026", True),), contact=("Hanna", "06 12 34 56 78"),
)  # fmt: skip
VARIANTS = {
    "recall": letters.recall(RECALL),
    "anew": letters.recall(dataclasses.replace(RECALL, whole=False, contact=None)),
    "stopped": letters.stopped(STOPPED),
    "je": letters.stopped(dataclasses.replace(STOPPED, informal=True, holders=())),
    "closed": letters.stopped(dataclasses.replace(STOPPED, erased=False, gone=("de opname",))),
    "less": letters.stopped(dataclasses.replace(STOPPED, erased=False, less=True, gone=("Citaten mogen.",))),
}


def said(letter: Summary) -> str:
    return "\n".join(words(letter.blocks))


def written(letter: Summary) -> bytes:
    file = io.BytesIO()
    letters.write(letter, file)
    return file.getvalue()


@pytest.mark.parametrize("name", VARIANTS)
def test_every_letter_is_in_plain_words(name: str) -> None:
    assert list(check(said(VARIANTS[name]))) == []


def test_a_holder_cannot_tell_who_stopped() -> None:
    for name in ("recall", "anew"):
        assert "D-07" not in said(VARIANTS[name])
    assert "abababababababab" in said(VARIANTS["recall"])
    assert "gemeente Wilgenburg" in said(VARIANTS["recall"])


def test_the_person_hears_what_went_what_stays_and_who_has_a_report() -> None:
    text = said(VARIANTS["stopped"])
    for part in ("D-07", "de opname", "We bewaren een code", "gemeente Wilgenburg", "Hanna"):
        assert part in text
    assert "aan iemand gegeven" in said(VARIANTS["je"])
    assert "achter slot" in said(VARIANTS["closed"])
    assert "minder delen" in said(VARIANTS["less"])


def test_je_and_u_are_never_mixed() -> None:
    assert not re.search(r"\b(u|uw|U|Uw)\b", said(VARIANTS["je"]) + VARIANTS["je"].title)
    assert not re.search(r"\b(je|jouw|Je|Jouw)\b", said(VARIANTS["stopped"]) + VARIANTS["stopped"].title)


@pytest.mark.parametrize("name", VARIANTS)
def test_every_letter_is_a_word_file_in_fourteen_points(name: str) -> None:
    content = written(VARIANTS[name])
    assert content == written(VARIANTS[name])
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        styles = etree.fromstring(file.read("word/styles.xml"))
        document = etree.fromstring(file.read("word/document.xml"))
    sizes = {
        style.get(q("styleId")): int(size.get(q("val")) or 0)
        for style in styles.findall(q("style"))
        if (size := style.find(f"{q('rPr')}/{q('sz')}")) is not None
    }
    used = {
        style.get(q("val"))
        for paragraph in document.iter(q("p"))
        if any(text.text for text in paragraph.iter(q("t")))
        for style in paragraph.iter(q("pStyle"))
    }
    assert used
    assert {name for name in used if sizes.get(name, SMALLEST) < SMALLEST} == set()


def test_a_file_is_called_by_its_code_and_never_by_a_name() -> None:
    assert letters.file_name(VARIANTS["stopped"]) == "brief-d-07-2026-11.docx"
    assert letters.file_name(VARIANTS["recall"]) == "brief-terug-abababab-2026-11.docx"
