"""Tables in which people talk: which column holds the speaker, the words, the times. For CSV, Word, HTML and ODT.

Pure. A table that cannot be understood this way is read cell by cell by the caller; no word depends on this guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from interviews.formats import times
from interviews.formats.paragraphs import Kind, Paragraph, has_words
from interviews.formats.speakers import is_usual, key
from interviews.text import one_line

_SPEAKER = frozenset(
    "speaker spreker wie naam name persoon person rol role participant deelnemer stem voice sprekers".split()
)
_TEXT = frozenset(
    "text tekst transcript transcriptie transcription utterance uitspraak uiting content inhoud words woorden gesproken "
    "segment zin sentence fragment beurt".split()
)
_START = frozenset("start begin tijd time starttijd begintijd van from timestamp tijdstip tijdcode timecode in".split())
_END = frozenset("end eind einde stop eindtijd tot to until out".split())


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column (0-based) holds what; `first_row` is the first row below the header."""

    text: int
    speaker: int | None = None
    start: int | None = None
    end: int | None = None
    start_unit_ms: bool = False
    end_unit_ms: bool = False
    first_row: int = 0
    header: tuple[str, ...] = field(default_factory=tuple)


def spoken_rows(rows: Sequence[Sequence[str]]) -> list[Paragraph] | None:
    """Return one paragraph per row (and one aside per further cell with words), or None if nobody talks in this table.

    A table of a document counts only with a column of speakers. Words in further columns are asides, so none is lost.
    """
    columns = understand(rows)
    if columns is None or columns.speaker is None:
        return None
    paragraphs: list[Paragraph] = []
    if columns.first_row and not _is_plain_header(columns):
        paragraphs.extend(Paragraph(cell, Kind.ASIDE) for cell in rows[0] if has_words(cell))
    before: str | None = None
    for row in rows[columns.first_row :]:
        paragraph = of_row(row, columns, before)
        if paragraph is not None:
            before = paragraph.speaker
            paragraphs.append(paragraph)
        paragraphs.extend(Paragraph(row[i], Kind.ASIDE) for i in further(row, columns) if has_words(row[i]))
    return paragraphs


def understand(rows: Sequence[Sequence[str]]) -> Columns | None:
    """Return the columns of a table by the names in its first row, else by what stands in them; None if unclear."""
    filled = [row for row in rows if any(has_words(cell) for cell in row)]
    if not filled:
        return None
    width = max(len(row) for row in filled)
    if not 1 <= width <= 50:
        return None
    return _by_header(rows) or (_by_content(filled, width) if 2 <= width <= 8 and len(filled) >= 2 else None)


def of_row(row: Sequence[str], columns: Columns, before: str | None) -> Paragraph | None:
    """Return the paragraph of one row, or None without words. An empty speaker cell goes on with the one `before`."""
    text = _cell(row, columns.text)
    if not has_words(text):
        return None
    speaker = one_line(_cell(row, columns.speaker)).rstrip(":").strip() or before
    start = times.from_cell(_cell(row, columns.start), unit_ms=columns.start_unit_ms)
    end = times.from_cell(_cell(row, columns.end), unit_ms=columns.end_unit_ms)
    return Paragraph(text, speaker=speaker or None, start_ms=start, end_ms=end)


def further(row: Sequence[str], columns: Columns) -> list[int]:
    """Return the numbers of the cells that hold something else: also a time cell that holds no time."""
    used = {columns.text, columns.speaker}
    if not has_words(_cell(row, columns.text)):
        used.discard(columns.speaker)
    for number, unit_ms in ((columns.start, columns.start_unit_ms), (columns.end, columns.end_unit_ms)):
        if number is not None and times.from_cell(_cell(row, number), unit_ms=unit_ms) is not None:
            used.add(number)
    return [i for i in range(len(row)) if i not in used]


def _cell(row: Sequence[str], number: int | None) -> str:
    return row[number] if number is not None and number < len(row) else ""


def _name(cell: str) -> tuple[str, frozenset[str]]:
    plain = key(cell).replace("_", " ").replace("-", " ").replace("(", " ").replace(")", " ")
    return plain, frozenset(plain.split())


def _by_header(rows: Sequence[Sequence[str]]) -> Columns | None:
    first = next((i for i, row in enumerate(rows) if any(has_words(cell) for cell in row)), 0)
    names = [_name(cell) for cell in rows[first]]
    if any(len(plain) > 40 for plain, _ in names):
        return None

    def find(known: frozenset[str], *taken: int | None) -> int | None:
        exact = (i for i, (plain, _) in enumerate(names) if plain in known and i not in taken)
        loose = (i for i, (_, words) in enumerate(names) if words & known and len(words) <= 3 and i not in taken)
        return next(exact, next(loose, None))

    text = find(_TEXT)
    if text is None:
        return None
    speaker = find(_SPEAKER, text)
    end = find(_END, text, speaker)
    start = find(_START, text, speaker, end)
    if speaker is None and start is None and len(names) > 1:
        return None
    ms = [bool({"ms", "msec", "milliseconds", "milliseconden"} & words) for _, words in names]
    return Columns(
        text,
        speaker,
        start,
        end,
        start is not None and ms[start],
        end is not None and ms[end],
        first + 1,
        tuple(one_line(cell) for cell in rows[first]),
    )


def _by_content(rows: Sequence[Sequence[str]], width: int) -> Columns | None:
    columns = [[row[i].strip() for row in rows if i < len(row) and has_words(row[i])] for i in range(width)]
    timed = [i for i, cells in enumerate(columns) if cells and _share(cells, _is_clock) >= 0.7]
    words = [sum(len(cell.split()) for cell in cells) for cells in columns]
    text = max((i for i in range(width) if i not in timed), key=lambda i: words[i], default=None)
    if text is None or not columns[text]:
        return None
    speakers = [i for i in range(width) if i != text and i not in timed and _are_speakers(columns[i], len(rows))]
    if not speakers and not timed:
        return None
    return Columns(
        text,
        speakers[0] if speakers else None,
        timed[0] if timed else None,
        timed[1] if len(timed) > 1 else None,
    )


def _is_clock(cell: str) -> bool:
    return ":" in cell and times.from_cell(cell) is not None


def _share(cells: Sequence[str], test: object) -> float:
    return sum(1 for cell in cells if callable(test) and test(cell)) / len(cells)


def _are_speakers(cells: Sequence[str], rows: int) -> bool:
    """Names: short, on most rows, hardly any two of them different."""
    if 2 * len(cells) < rows or any(len(cell) > 45 or len(cell.split()) > 4 for cell in cells):
        return False
    labels = Counter(key(cell.rstrip(":")) for cell in cells)
    if any(ch.isdigit() for label in labels for ch in label[:1]):
        return False
    if all(is_usual(label) for label in labels):
        return len(labels) >= 2 or len(cells) >= 2
    return len(cells) >= 4 and 2 <= len(labels) <= len(cells) / 2


def _is_plain_header(columns: Columns) -> bool:
    """Tell whether the header only names the columns that were understood."""
    used = {columns.text, columns.speaker, columns.start, columns.end}
    return all(i in used or not has_words(cell) for i, cell in enumerate(columns.header))
