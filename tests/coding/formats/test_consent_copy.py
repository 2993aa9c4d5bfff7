"""The paper with somebody's choices: true to what is on file, readable, without a name, and a Word file that opens."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import zipfile

import pytest
from docx import Document
from lxml import etree

from coding.formats.word import consent_copy
from coding.formats.word.consent_copy import ConsentCopy, Signature
from coding.formats.word.names import A, q
from interviews.models.interview import How, Representative

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
COPY = ConsentCopy(
    project="Dichterbij de brief",
    code="D-07",
    name="Merel",
    informal=False,
    made=NOW,
    given_on=dt.date(2026, 11, 20),
    explained_by="Carla",
    how=How.SIGNED,
    represented_by=Representative.PARENT,
    choices=(("Ik doe mee.", True), ("Het geluid mag worden opgenomen.", False), ("Bellen mag.", None)),
    withdraw="U kunt zich altijd bedenken.",
    contact=("Hanna", "06 12 34 56 78"),
    text_version="0.2",
    signature=Signature((((10, 20), (30, 40)), ((100, 100),)), 600, 240),
)


def written(copy: ConsentCopy = COPY) -> bytes:
    file = io.BytesIO()
    consent_copy.write(copy, file)
    return file.getvalue()


def words(content: bytes) -> str:
    made = Document(io.BytesIO(content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in made.paragraphs] + cells)


def test_the_paper_says_what_was_chosen_when_how_and_how_to_change_it() -> None:
    said = words(written())
    for piece in (
        "Uw keuzes", "vrijdag 20 november 2026", "Carla", "handtekening gezet", "ouder", "Ja, dat mag", "Nee",
        "Niet gevraagd", "U kunt zich altijd bedenken.", "Bel Hanna: 06 12 34 56 78.", "D-07 (Merel)",
    ):  # fmt: skip
        assert piece in said, piece
    rows = [tuple(cell.text for cell in row.cells) for row in Document(io.BytesIO(written())).tables[0].rows]
    assert rows[1:] == [
        ("Ik doe mee.", "Ja, dat mag"),
        ("Het geluid mag worden opgenomen.", "Nee"),
        ("Bellen mag.", "Niet gevraagd"),
    ]


def test_je_and_u_are_never_mixed() -> None:
    informal = words(written(dataclasses.replace(COPY, informal=True, withdraw="Je kunt je altijd bedenken.")))
    assert "Jouw keuzes" in informal
    assert " u " not in informal.casefold()
    assert " je " not in words(written()).casefold()


def test_all_running_text_is_in_fourteen_points() -> None:
    with zipfile.ZipFile(io.BytesIO(written())) as file:
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
    assert {name: sizes[name] for name in used if sizes[name] < consent_copy.SMALLEST} == {}


def test_the_signature_is_drawn_line_by_line() -> None:
    with zipfile.ZipFile(io.BytesIO(written())) as file:
        document = etree.fromstring(file.read("word/document.xml"))
        assert not [name for name in file.namelist() if "media" in name]
    points = [
        (command.tag, command[0].get("x"), command[0].get("y"))
        for path in document.iter(f"{{{A}}}path")
        for command in path
    ]
    down, to = f"{{{A}}}moveTo", f"{{{A}}}lnTo"
    assert points == [(down, "10", "20"), (to, "30", "40"), (down, "100", "100"), (to, "101", "100")]
    without = written(dataclasses.replace(COPY, signature=None))
    assert b"Handtekening of kruisje" not in without
    assert "Handtekening of kruisje" not in words(without)


def test_what_is_not_known_is_left_out() -> None:
    bare = dataclasses.replace(
        COPY, name="", given_on=None, explained_by="", how=None, represented_by=None, contact=None, signature=None
    )
    said = words(written(bare))
    for label in ("Gekozen op", "Uitgelegd door", "Samen met", "Bel "):
        assert label not in said
    assert "D-07" in said


def test_equal_papers_are_equal_files_and_no_person_is_in_their_properties() -> None:
    assert written() == written()
    with zipfile.ZipFile(io.BytesIO(written())) as file:
        core = file.read("docProps/core.xml").decode()
    assert "Dichterbij de brief" in core
    for name in ("Merel", "Carla", "Hanna"):
        assert name not in core


@pytest.mark.parametrize(
    ("code", "name"), [("D-07", "keuzes-d-07"), ("D-07.B1", "keuzes-d-07-b1"), ("Ré/../x", "keuzes-re-x")]
)
def test_a_file_name_is_made_of_a_code_only(code: str, name: str) -> None:
    assert consent_copy.file_name(code, NOW) == f"{name}-2026-11.docx"
