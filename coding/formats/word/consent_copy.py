"""The paper that an interviewee keeps: what was allowed, when, to whom it was said, and how to change it. In 14 points.

In Dutch, in the form of address that was chosen. It holds a code and, at most, the other name; never a real one.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from coding.formats.word import text
from coding.formats.word.body import Body
from coding.formats.word.charts import EMU
from coding.formats.word.names import A, add, bare, q
from coding.formats.word.shell import Shell
from coding.summaries import wording
from coding.summaries.blocks import Block, Box, Facts, Heading, Paragraph, Runs, Table, given, runs
from coding.summaries.tree import Cover, Kind, Summary
from interviews.models.interview import How, Representative

SMALLEST = 28
"""Half points: 14 points."""
_WIDTH, _HEIGHT = 4600, 1840
"""How large a signature is drawn, in twips."""
_PEN = 22_000
"""Thickness of its line, in EMU."""
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")

Stroke = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """What was drawn: lines on a board of `width` by `height`."""

    strokes: tuple[Stroke, ...]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ConsentCopy:
    """What stands on the paper. `made` is aware; `choices` are (sentence as it was read out, yes, no or not asked)."""

    project: str
    code: str
    name: str
    """The other name; empty for none."""
    informal: bool
    """True for `je`."""
    made: dt.datetime
    given_on: dt.date | None
    explained_by: str
    how: How | None
    """None when it was taken over from a file."""
    represented_by: Representative | None
    """Who decided too."""
    choices: tuple[tuple[str, bool | None], ...]
    withdraw: str
    contact: tuple[str, str] | None
    """Whom to call: name and number."""
    text_version: str
    signature: Signature | None = None

    @property
    def title(self) -> str:
        """What the paper is called."""
        return "Jouw keuzes" if self.informal else "Uw keuzes"

    @property
    def change(self) -> str:
        """The question above how to choose something else."""
        return "Wil je iets anders kiezen?" if self.informal else "Wilt u iets anders kiezen?"

    @property
    def small_print(self) -> str:
        """Which text it belongs to, and that no name is on it."""
        return f"Een echte naam staat hier niet op. Dit blad hoort bij tekst {self.text_version} over toestemming."

    def particulars(self) -> list[tuple[str, str]]:
        """Return (label, value) for what is known about when and how."""
        found = [("Gesprek", self.code if not self.name else f"{self.code} ({self.name})")]
        if self.given_on is not None:
            found.append(("Gekozen op", wording.long_date(self.given_on, "nl")))
        if self.explained_by:
            found.append(("Uitgelegd door", self.explained_by))
        if self.how is not None:
            found.append(("Hoe", _HOW[self.how]))
        if self.represented_by is not None:
            found.append(("Samen met", _WHO[self.represented_by]))
        return found

    def rows(self) -> list[tuple[str, str]]:
        """Return (sentence, answer) for each choice."""
        return [(label, _ANSWERS[yes]) for label, yes in self.choices]


_HOW = {
    How.SPOKEN: "hardop gezegd",
    How.SIGNED: "handtekening gezet",
    How.CROSS: "kruisje gezet",
    How.IMPORTED: "overgenomen uit een bestand",
}
_WHO = {
    Representative.PARENT: "ouder",
    Representative.GUARDIAN: "voogd",
    Representative.CURATOR: "curator",
    Representative.OTHER: "vertegenwoordiger",
}
_ANSWERS = {True: "Ja, dat mag", False: "Nee", None: "Niet gevraagd"}


def write(copy: ConsentCopy, stream: BinaryIO) -> None:
    """Write the paper as a Word file to `stream`, which stays open. Equal copies give equal bytes."""
    summary = _summary(copy)
    shell = Shell(summary, at_least=SMALLEST)
    body = Body(shell.body, summary, add_chart=shell.add_chart, footers=shell.footers, pages={})
    body.write()
    if copy.signature is not None and copy.signature.strokes:
        _sign(shell.body, copy)
    shell.save(stream, body.ordered_lists)


def file_name(code: str, made: dt.datetime) -> str:
    """Return a file name in ASCII, made of a code and the month: `keuzes-d-07-2026-11.docx`."""
    plain = unicodedata.normalize("NFKD", f"keuzes-{code}").encode("ascii", "ignore").decode().lower()
    return f"{_NOT_IN_A_NAME.sub('-', plain).strip('-')[:60]}-{made:%Y-%m}.docx"


def _summary(copy: ConsentCopy) -> Summary:
    return Summary(
        kind=Kind.CONSENT,
        title=copy.title,
        subtitle="Wat er met het gesprek mag",
        project=copy.project,
        language="nl",
        created=copy.made,
        cover=Cover(lines=(copy.project,)),
        blocks=tuple(_blocks(copy)),
        name_parts=(copy.code,),
    )


def _blocks(copy: ConsentCopy) -> Iterable[Block]:
    yours, you = ("jouw", "Je") if copy.informal else ("uw", "U")
    kept = "Bewaar dit blad." if copy.informal else "Bewaart u dit blad?"
    yield Paragraph(runs(f"Hier staan {yours} keuzes. {kept} {you} mag altijd iets anders kiezen."))
    yield Facts(tuple((label, (given(value),)) for label, value in copy.particulars()))
    yield Heading(1, "Dit is gekozen")
    yield Table(header=("Wat", f"{yours.capitalize()} keuze"), rows=tuple(copy.rows()), widths=(3, 1))
    yield Box(copy.change, tuple(_how_to_change(copy)))
    yield Paragraph(runs(copy.small_print), small=True)


def _how_to_change(copy: ConsentCopy) -> list[Runs]:
    said = [runs(copy.withdraw)]
    if copy.contact is not None:
        name, phone = copy.contact
        said.append(runs("Bel ", given(f"{name}: {phone}"), "."))
    return said


def _sign(body: etree._Element, copy: ConsentCopy) -> None:
    """Put the signature at the end, above the page set-up that closes the body."""
    signature = copy.signature
    if signature is None:
        return
    caption = text.line(body, "Bijschrift", "Handtekening of kruisje")
    holder = text.paragraph(body, "Figuur")
    _draw(holder, signature)
    set_up = body.find(q("sectPr"))
    if set_up is not None:
        for made in (caption, holder):
            set_up.addprevious(made)


def _draw(holder: etree._Element, signature: Signature) -> None:
    """Draw the lines as a shape of Word's own: sharp at any size, and no picture file in the document."""
    run = add(holder, "r")
    choice = etree.SubElement(
        etree.SubElement(run, f"{{{_MC}}}AlternateContent", nsmap={"mc": _MC, "wps": _WPS}), f"{{{_MC}}}Choice"
    )
    choice.set("Requires", "wps")
    cx, cy = str(_WIDTH * EMU), str(_HEIGHT * EMU)
    inline = bare(add(choice, "drawing"), "wp:inline", distT="0", distB="0", distL="0", distR="0")
    bare(inline, "wp:extent", cx=cx, cy=cy)
    bare(inline, "wp:effectExtent", l="0", t="0", r="0", b="0")
    bare(
        inline, "wp:docPr", id="1", name="Handtekening", title="Handtekening", descr="Een handtekening of een kruisje."
    )
    bare(inline, "wp:cNvGraphicFramePr")
    graphic = etree.SubElement(inline, q("a:graphic"), nsmap={"a": A})
    data = bare(graphic, "a:graphicData", uri=_WPS)
    shape = etree.SubElement(data, f"{{{_WPS}}}wsp")
    etree.SubElement(shape, f"{{{_WPS}}}cNvSpPr")
    looks = etree.SubElement(shape, f"{{{_WPS}}}spPr")
    place = bare(looks, "a:xfrm")
    bare(place, "a:off", x="0", y="0")
    bare(place, "a:ext", cx=cx, cy=cy)
    geometry = bare(looks, "a:custGeom")
    for name in ("avLst", "gdLst", "ahLst", "cxnLst"):
        bare(geometry, f"a:{name}")
    bare(geometry, "a:rect", l="0", t="0", r="r", b="b")
    path = bare(
        bare(geometry, "a:pathLst"), "a:path", w=str(signature.width), h=str(signature.height), fill="none"
    )  # fmt: skip
    for stroke in signature.strokes:
        _stroke(path, stroke)
    bare(looks, "a:noFill")
    line = bare(looks, "a:ln", w=str(_PEN), cap="rnd")
    bare(bare(line, "a:solidFill"), "a:srgbClr", val="1C1B1A")
    bare(line, "a:round")
    etree.SubElement(shape, f"{{{_WPS}}}bodyPr")


def _stroke(path: etree._Element, stroke: Stroke) -> None:
    # A dot is a line to where it began: a shape shows no line without length, so it goes one unit.
    points = stroke if len(stroke) > 1 else (*stroke, (stroke[0][0] + 1, stroke[0][1]))
    for number, (x, y) in enumerate(points):
        bare(bare(path, "a:lnTo" if number else "a:moveTo"), "a:pt", x=str(x), y=str(y))
