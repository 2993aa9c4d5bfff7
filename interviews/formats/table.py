"""Tables as text: .csv and .tsv, with or without a header, cut by semicolon, comma, tab or bar."""

from __future__ import annotations

import csv
import io

from interviews.errors import Unreadable
from interviews.formats import grid
from interviews.formats.assembly import assemble
from interviews.formats.draft import Note, TranscriptDraft
from interviews.formats.encodings import decoded
from interviews.formats.paragraphs import Kind, Paragraph, has_words
from interviews.text import one_line

_DELIMITERS = "\t;,|"
_SAMPLE_LINES = 50
_PROSE_WORDS = 3


def read(data: bytes, name: str = "") -> TranscriptDraft:
    """Return the draft of a table: a row is a turn.

    Words in columns that are not understood are asides of nobody; columns of numbers and codes are only named in the
    note `read.columns_left_out`. Raises Unreadable `unreadable.no_text_column` when no column holds the words.
    """
    text, notes = decoded(data)
    rows = _rows(text)
    columns = grid.understand(rows)
    if columns is None:
        raise Unreadable("unreadable.no_text_column")
    left_out = _codes(rows[columns.first_row :], columns)
    paragraphs: list[Paragraph] = []
    for row in rows[columns.first_row :]:
        paragraph = grid.of_row(row, columns, None)
        if paragraph is not None:
            paragraphs.append(paragraph)
        paragraphs.extend(
            Paragraph(row[i], Kind.ASIDE) for i in grid.further(row, columns) if i not in left_out and has_words(row[i])
        )
    if left_out:
        header = columns.header
        names = [header[i] if i < len(header) and header[i] else str(i + 1) for i in sorted(left_out)]
        notes = (*notes, Note("read.columns_left_out", {"columns": names}))
    return assemble(paragraphs, format="csv", notes=notes)


def is_table(text: str) -> bool:
    """Tell whether a text is a table somebody talks in, not prose with commas: for files that do not say so."""
    rows = _rows("\n".join(text.split("\n")[:_SAMPLE_LINES]))
    widths = {len(row) for row in rows if row}
    if len(rows) < 2 or len(widths) != 1 or widths == {1}:
        return False
    columns = grid.understand(rows)
    return columns is not None and columns.first_row > 0 and columns.speaker is not None


def _rows(text: str) -> list[list[str]]:
    """Return the filled rows, cut by the delimiter that gives the most even rows of two columns or more."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == 5:
        return _cut(rest, first[4])
    sample = "\n".join(text.split("\n")[:_SAMPLE_LINES])
    best, best_score = ",", -1.0
    for delimiter in _DELIMITERS:
        widths = [len(row) for row in _cut(sample, delimiter)]
        if not widths or max(widths) < 2:
            continue
        usual = max(set(widths), key=widths.count)
        score = widths.count(usual) / len(widths) if usual > 1 else 0.0
        if score > best_score:
            best, best_score = delimiter, score
    return _cut(text, best)


def _cut(text: str, delimiter: str) -> list[list[str]]:
    # The csv module refuses cells over 128 kB; a text that came in whole may stand in one cell.
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as e:
        raise Unreadable("unreadable.broken") from e
    return [row for row in rows if any(one_line(cell) for cell in row)]


def _codes(rows: list[list[str]], columns: grid.Columns) -> set[int]:
    """Return the columns that hold numbers and codes, not words somebody wrote."""
    cells: dict[int, list[str]] = {}
    for row in rows:
        for i in grid.further(row, columns):
            if i not in (columns.start, columns.end, columns.speaker) and has_words(row[i]):
                cells.setdefault(i, []).append(row[i])
    return {i for i, found in cells.items() if sum(len(cell.split()) for cell in found) < _PROSE_WORDS * len(found)}
