"""The recovery sheet: the code that opens everything again when the key is lost, on one page, in 14 points.

In Dutch. It holds a code and no name of anybody who told a story. Whoever has it (or two of three) and the data can
read all, so it says where to keep it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import BinaryIO

from coding.formats.word.body import Body
from coding.formats.word.shell import Shell
from coding.summaries import wording
from coding.summaries.blocks import Block, Caution, Heading, Numbered, Paragraph, Table, runs
from coding.summaries.tree import Cover, Kind, Summary

SMALLEST = 28
"""Half points: 14 points."""


@dataclass(frozen=True, slots=True)
class RecoverySheetPaper:
    """What stands on one sheet. `made` is aware; `code` is never shown by `repr`."""

    project: str
    """Name of the first project: whoever finds the sheet in a safe knows what it is of."""
    code: str = field(repr=False)
    fingerprint: str
    """Says which key it is, and nothing about it."""
    made: dt.datetime
    number: int = 1
    of: int = 1

    @property
    def title(self) -> str:
        """What the sheet is called."""
        return "Herstelblad" if self.of == 1 else f"Herstelblad {self.number} van {self.of}"

    @property
    def groups(self) -> list[str]:
        """The groups of the code, in order."""
        return self.code.split("-")

    @property
    def purpose(self) -> str:
        """What one can do with it."""
        if self.of == 1:
            return "Is de sleutel weg? Met deze code gaan alle gesprekken weer open. Zonder deze code kan niemand dat."
        return (
            f"Is de sleutel weg? Met 2 van de {self.of} bladen gaan alle gesprekken weer open. "
            "Met alleen dit blad kan niemand iets."
        )

    @property
    def keeping(self) -> list[str]:
        """How to keep it."""
        where = (
            "Leg dit blad in een kluis. Niet bij de computer."
            if self.of == 1
            else "Geef elk blad aan iemand anders. Bewaar ze nooit samen."
        )
        return [
            where,
            "Maak er geen foto van. Stuur de code nooit in een bericht.",
            "Wis het bestand na het printen.",
        ]

    @property
    def using(self) -> list[str]:
        """What to do when the key is lost."""
        second = "Typ de code." if self.of == 1 else "Typ de codes van twee bladen."
        return ["Zet de gegevens terug op een computer.", "Start daar: dichterbij init --recover", second]

    def particulars(self) -> list[tuple[str, str]]:
        """Return (label, value) for what it belongs to."""
        return [
            ("Project", self.project),
            ("Gemaakt op", wording.long_date(self.made.date(), "nl")),
            ("Kenmerk van de sleutel", self.fingerprint),
        ]

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Return the numbered groups in two columns, to read down."""
        half = (len(self.groups) + 1) // 2
        numbered = [(str(number), group) for number, group in enumerate(self.groups, start=1)]
        right = [*numbered[half:], *[("", "")] * (2 * half - len(numbered))]
        return [(*left, *beside) for left, beside in zip(numbered[:half], right, strict=True)]


def write(paper: RecoverySheetPaper, stream: BinaryIO) -> None:
    """Write the sheet as a Word file to `stream`, which stays open. Equal sheets give equal bytes."""
    made = wording.long_date(paper.made.date(), "nl")
    summary = Summary(
        kind=Kind.RECOVERY,
        title=paper.title,
        subtitle="De code die alles weer opent",
        project=paper.project,
        language="nl",
        created=paper.made,
        # On top, and not below: each sheet stays one page.
        cover=Cover(lines=(paper.project, f"{made} · kenmerk {paper.fingerprint}")),
        blocks=tuple(_blocks(paper)),
        name_parts=(str(paper.number),),
    )
    shell = Shell(summary, at_least=SMALLEST)
    body = Body(shell.body, summary, add_chart=shell.add_chart, footers=shell.footers, pages={})
    body.write()
    shell.save(stream, body.ordered_lists)


def _blocks(paper: RecoverySheetPaper) -> Iterable[Block]:
    yield Paragraph(runs(paper.purpose))
    yield Table(header=("Groep", "Code", "Groep", "Code"), rows=tuple(paper.rows()), widths=(1, 2, 1, 2))
    yield Caution("Bewaar dit goed", tuple(runs(line) for line in paper.keeping))
    yield Heading(1, "Is de sleutel weg?")
    yield Numbered(tuple(runs(line) for line in paper.using))
