"""Paragraphs and runs, built straight as elements: no search for a style by name, no python-docx objects in bulk."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from coding.formats.word.names import SPACE, add, q
from coding.summaries.blocks import Run
from interviews.text import clean

_P, _PPR, _PSTYLE, _VAL = q("p"), q("pPr"), q("pStyle"), q("val")
_R, _RPR, _T, _BR, _TAB, _RSTYLE = q("r"), q("rPr"), q("t"), q("br"), q("tab"), q("rStyle")


def paragraph(parent: etree._Element, style: str) -> etree._Element:
    """Append an empty paragraph with the style `style` (an id) and return it."""
    made = etree.SubElement(parent, _P)
    etree.SubElement(etree.SubElement(made, _PPR), _PSTYLE).set(_VAL, style)
    return made


def words(at: etree._Element, text: str, *, bold: bool = False, italic: bool = False, style: str = "") -> None:
    """Append a run. The text is cleaned; a line break in it becomes a line break in Word."""
    run = etree.SubElement(at, _R)
    if bold or italic or style:
        properties = etree.SubElement(run, _RPR)
        if style:
            etree.SubElement(properties, _RSTYLE).set(_VAL, style)
        if bold:
            add(properties, "b")
        if italic:
            add(properties, "i")
    for index, piece in enumerate(clean(text).split("\n")):
        if index:
            etree.SubElement(run, _BR)
        written = etree.SubElement(run, _T)
        written.text = piece.replace("\t", " ")
        written.set(SPACE, "preserve")


def line(parent: etree._Element, style: str, text: str) -> etree._Element:
    """Append a paragraph of plain words."""
    made = paragraph(parent, style)
    words(made, text)
    return made


def running(parent: etree._Element, style: str, runs: Iterable[Run]) -> etree._Element:
    """Append a paragraph of runs."""
    made = paragraph(parent, style)
    for run in runs:
        words(made, run.text, bold=run.bold, italic=run.italic)
    return made


def tab(at: etree._Element) -> None:
    """Append a tab to a paragraph."""
    etree.SubElement(etree.SubElement(at, _R), _TAB)


def line_break(at: etree._Element) -> None:
    """Append a line break to a paragraph."""
    etree.SubElement(etree.SubElement(at, _R), _BR)


def field(at: etree._Element, instruction: str, result: str) -> None:
    """Append a field (a page number, say) with the result a reader sees before it is calculated."""
    for kind in ("begin", "", "separate"):
        run = etree.SubElement(at, _R)
        if kind:
            add(run, "fldChar", fldCharType=kind)
        else:
            code = add(run, "instrText")
            code.text = f" {instruction} "
            code.set(SPACE, "preserve")
    words(at, result)
    add(etree.SubElement(at, _R), "fldChar", fldCharType="end")


def properties(made: etree._Element) -> etree._Element:
    """Return the properties of a paragraph."""
    return made[0]
