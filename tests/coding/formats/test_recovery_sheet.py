"""The recovery sheet in Word: the code as it is, numbered, with where to keep it; and a file that opens."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import zipfile

from docx import Document

from coding.formats.word import recovery_sheet
from coding.formats.word.recovery_sheet import RecoverySheetPaper
from interviews.keys import InstallationKey

CODE = InstallationKey(bytes(range(32))).to_recovery_code()
PAPER = RecoverySheetPaper(
    project="Dichterbij de brief",
    code=CODE,
    fingerprint="0a1b2c3d4e5f6071",
    made=dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC),
)


def written(paper: RecoverySheetPaper = PAPER) -> bytes:
    file = io.BytesIO()
    recovery_sheet.write(paper, file)
    return file.getvalue()


def test_the_groups_stand_in_a_table_with_their_numbers_to_read_down() -> None:
    (table,) = Document(io.BytesIO(written())).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows][1:]
    numbered = [(row[0], row[1]) for row in rows] + [(row[2], row[3]) for row in rows]
    assert numbered == [(str(number), group) for number, group in enumerate(CODE.split("-"), start=1)]


def test_it_says_what_it_is_for_and_where_to_keep_it() -> None:
    said = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(written())).paragraphs)
    for piece in ("Herstelblad", "Leg dit blad in een kluis", "dichterbij init --recover", "0a1b2c3d4e5f6071",
                  "zondag 22 november 2026", "Dichterbij de brief"):  # fmt: skip
        assert piece in said, piece


def test_one_of_three_says_which_and_that_two_are_enough() -> None:
    paper = dataclasses.replace(PAPER, number=2, of=3)
    said = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(written(paper))).paragraphs)
    assert "Herstelblad 2 van 3" in said
    assert "Met 2 van de 3 bladen" in said
    assert "Geef elk blad aan iemand anders" in said


def test_nobody_is_named_as_its_maker_and_equal_sheets_are_equal_files() -> None:
    content = written()
    assert content == written()
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        core = file.read("docProps/core.xml").decode()
    assert "<dc:creator>Dichterbij de brief</dc:creator>" in core


def test_the_code_is_not_shown_where_a_program_prints_the_sheet() -> None:
    assert CODE not in repr(PAPER)
