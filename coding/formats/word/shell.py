"""The file around the body: a package with only the parts a report needs, and nothing of the library's own template."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import BinaryIO

from docx import Document
from docx.document import Document as DocumentObject
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from coding.formats.word import charts, looks, styles, text
from coding.formats.word.names import CP, DC, DCTERMS, XSI, R, W, add, q
from coding.summaries import wording
from coding.summaries.blocks import Chart
from coding.summaries.tree import Summary
from interviews.text import one_line

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Shell:
    """An empty document with our own styles, footers and properties, ready for a body.

    `at_least` half points is the smallest type of its text.
    """

    def __init__(self, summary: Summary, *, at_least: int = 0) -> None:
        self._summary = summary
        self._document: DocumentObject = Document()
        self._charts = 0
        self._strip()
        self._properties()
        self._part("styles", styles.styles(summary.language, at_least=at_least))
        self._part("settings", styles.settings(summary.language))
        self._part("fontTable", styles.font_table())
        date = wording.long_date(summary.created.date(), summary.language)
        self.footers = {
            wide: self._part("footer", _footer(summary, date, wide), number=2 if wide else 1) for wide in (False, True)
        }

    @property
    def body(self) -> etree._Element:
        """The empty body."""
        body: etree._Element = self._document.element.body
        return body

    def add_chart(self, chart: Chart) -> str:
        """Store a chart as a part of the file and return the relationship that leads to it."""
        self._charts += 1
        locale = styles.LOCALES[self._summary.language]
        part = Part(
            PackURI(f"/word/charts/chart{self._charts}.xml"),
            charts.CONTENT_TYPE,
            charts.part(chart, locale),
            self._document.part.package,
        )
        return self._document.part.relate_to(part, charts.RELATIONSHIP)

    def save(self, stream: BinaryIO, ordered_lists: int) -> None:
        """Write the file. The same document gives the same bytes: the zip holds no time of writing."""
        self._part("numbering", styles.numbering(ordered_lists))
        written = io.BytesIO()
        self._document.save(written)
        with zipfile.ZipFile(written) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(entry, source.read(name))

    def _strip(self) -> None:
        """Take out everything the library's template brings along: its styles, thumbnail, theme and custom parts."""
        part = self._document.part
        for rels in (part.rels, part.package.rels):
            for key in list(rels):
                if not rels[key].reltype.endswith("/officeDocument"):
                    del rels[key]
        for child in list(self.body):
            self.body.remove(child)

    def _part(self, name: str, blob: bytes, number: int = 0) -> str:
        part = Part(
            PackURI(f"/word/{name}{number or ''}.xml"), _TYPE.format(name), blob, self._document.part.package
        )  # fmt: skip
        return self._document.part.relate_to(part, _RELATION.format(name))

    def _properties(self) -> None:
        package = self._document.part.package
        part = Part(PackURI("/docProps/core.xml"), _CORE_TYPE, _core(self._summary), package)
        package.relate_to(part, _CORE_RELATION)


def _core(summary: Summary) -> bytes:
    """Return the core properties: the project is the author, never a person or an account."""
    moment = f"{summary.created.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
    root = etree.Element(q("cp:coreProperties"), nsmap={"cp": CP, "dc": DC, "dcterms": DCTERMS, "xsi": XSI})
    for name, value in (
        ("dc:title", summary.title),
        ("dc:subject", summary.subtitle),
        ("dc:creator", summary.project),
        ("cp:lastModifiedBy", summary.project),
        ("dc:language", styles.LOCALES[summary.language]),
        ("cp:revision", "1"),
    ):
        etree.SubElement(root, q(name)).text = one_line(value)[:255]
    for name in ("dcterms:created", "dcterms:modified"):
        element = etree.SubElement(root, q(name))
        element.set(q("xsi:type"), "dcterms:W3CDTF")
        element.text = moment
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _footer(summary: Summary, date: str, wide: bool) -> bytes:
    say = wording.say
    root = etree.Element(q("ftr"), nsmap={"w": W, "r": R})
    made = text.paragraph(root, "Footer")
    if wide:
        stops = add(text.properties(made), "tabs")
        add(stops, "tab", val="clear", pos=str(looks.TEXT_WIDTH))
        add(stops, "tab", val="right", pos=str(looks.WIDE_TEXT_WIDTH))
    text.words(made, f"{_short(one_line(summary.title))} · {date}")
    text.tab(made)
    text.words(made, f"{say('page', summary.language)} ")
    text.field(made, "PAGE", "1")
    text.words(made, f" {say('page_of', summary.language)} ")
    text.field(made, "NUMPAGES", "1")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _short(title: str, room: int = 60) -> str:
    return title if len(title) <= room else title[: room - 1].rstrip() + "…"
