"""A report is a Word file that reads well for eyes, ears and programs, and hides nothing."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from coding.formats.word import file_name, pages, write
from coding.summaries.blocks import (
    Bar,
    Block,
    Box,
    Bullets,
    Caution,
    Chart,
    Facts,
    Heading,
    Hue,
    Landscape,
    Numbered,
    PageBreak,
    Paragraph,
    Quote,
    Run,
    SideBySide,
    Table,
    Transcript,
    TranscriptLine,
    WritingLines,
    runs,
    words,
)
from coding.summaries.tree import Cover, Kind, Summary
from interviews.text import clean

NOW = dt.datetime(2024, 11, 19, 14, 5, tzinfo=dt.UTC)
TABLE = Table(("Thema", "Aantal"), (("Stress", "2"), ("Luisteren", "1")), "Hoe vaak", (3, 1), frozenset({1}))
EVERYTHING: tuple[Block, ...] = (
    Heading(1, "In het kort"),
    Facts((("Datum", runs("12 maart")),)),
    Box("In één oogopslag", (runs("Er is geluisterd."),)),
    Caution("Let op", (runs("Nog niemand keek dit na."),)),
    Heading(2, "Woorden"),
    Quote("‘Zij keek me aan.’", "— Merel, cliënt, gesprek D-07, regel 41–43", note="Waarom: ‘keek’"),
    Quote("‘Eindelijk.’", "— Merel, cliënt", featured=True),
    Bullets((runs("een"), runs("twee"))),
    Numbered((runs("eerst"), runs("dan"))),
    Paragraph(runs("Daarna:")),
    Numbered((runs("opnieuw"),)),
    Chart("Hoe vaak?", (Bar("Stress", 2, Hue.HINDERING), Bar("Luisteren", 1, Hue.HELPFUL)), "Staven: 2 en 1.", TABLE),
    SideBySide(("Wat helpt", "Wat hindert"), (((Paragraph(runs("Rust")),), (Quote("‘Nee.’", "— Joris"),)),)),
    WritingLines("Schrijf hier.", 3),
    PageBreak(),
    Heading(1, "Gesprek"),
    Transcript(
        (TranscriptLine(1, "Interviewer", "Hoe ging het?", "00:00:03", True), TranscriptLine(2, "Merel", "Ja."))
    ),
    Landscape((Heading(1, "Bijlage"), TABLE)),
    Heading(1, "Verantwoording"),
    Paragraph((Run("Zo kun je", bold=True), Run(" veranderen", italic=True))),
)


def _summary(*blocks: Block, language: str = "nl", title: str = "Verslag", full_page: bool = True) -> Summary:
    cover = Cover(("gemeente A", "19 november 2024"), "Wat helpt?", full_page)
    return Summary(
        Kind.TEAM, title, "Voor het team", "De werkrelatie", language, NOW, cover, blocks, ("D-07",), full_page
    )


def _bytes(summary: Summary) -> bytes:
    stream = io.BytesIO()
    write(summary, stream)
    return stream.getvalue()


def _open(summary: Summary) -> Document:
    return docx.Document(io.BytesIO(_bytes(summary)))


def _part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return etree.fromstring(file.read(name))


def _text(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(qn("w:p")):
        yield "".join(
            "\n" if one.tag == qn("w:br") else one.text or "" for one in paragraph.iter(qn("w:t"), qn("w:br"))
        )


@pytest.fixture(scope="module")
def everything() -> bytes:
    return _bytes(_summary(*EVERYTHING))


def test_every_paragraph_wears_a_style_that_exists(everything: bytes) -> None:
    known = {one.get(qn("w:styleId")) for one in _part(everything, "word/styles.xml").iter(qn("w:style"))}
    body = _part(everything, "word/document.xml")
    worn = [one.get(qn("w:val")) for name in ("w:pStyle", "w:rStyle", "w:tblStyle") for one in body.iter(qn(name))]
    assert set(worn) <= known
    assert {"Citaat", "Citaatbron", "Kader", "LetOp"} <= set(worn)
    assert all(one.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") is not None for one in body.iter(qn("w:p")))


def test_headings_are_real_and_skip_no_level(everything: bytes) -> None:
    document = docx.Document(io.BytesIO(everything))
    styles = [one.style.name or "" for one in document.paragraphs if one.style]
    levels = [int(name[-1]) for name in styles if name.startswith("Heading")]
    assert levels == [1, 2, 1, 1, 1]
    outline = [
        one.get(qn("w:val"))
        for n in (1, 2, 3)
        for style in _part(everything, "word/styles.xml").iter(qn("w:style"))
        if style.get(qn("w:styleId")) == f"Heading{n}"
        for one in style.iter(qn("w:outlineLvl"))
    ]
    assert outline == ["0", "1", "2"]


@pytest.mark.parametrize(("language", "locale"), [("nl", "nl-NL"), ("en", "en-GB")])
def test_the_language_is_set_in_the_defaults_and_in_every_style(language: str, locale: str) -> None:
    data = _bytes(_summary(*EVERYTHING, language=language))
    said = {one.get(qn("w:val")) for one in _part(data, "word/styles.xml").iter(qn("w:lang"))}
    assert said == {locale}
    assert docx.Document(io.BytesIO(data)).core_properties.language == locale


def test_header_rows_repeat_and_no_cell_is_merged(everything: bytes) -> None:
    body = _part(everything, "word/document.xml")
    tables = list(body.iter(qn("w:tbl")))
    assert len(tables) == 3
    for table in tables:
        assert table.find(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert not list(body.iter(qn("w:gridSpan"), qn("w:vMerge")))


def test_the_author_is_the_project_and_nobody_else(everything: bytes) -> None:
    properties = docx.Document(io.BytesIO(everything)).core_properties
    assert (properties.author, properties.last_modified_by) == ("De werkrelatie", "De werkrelatie")
    assert properties.title == "Verslag"
    assert properties.comments == ""
    assert properties.created == NOW
    assert b"python-docx" not in b"".join(_raw(everything).values())


def test_only_the_parts_a_report_needs_are_in_the_file(everything: bytes) -> None:
    assert set(_raw(everything)) == {
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/document.xml", "word/_rels/document.xml.rels",
        "word/styles.xml", "word/settings.xml", "word/fontTable.xml", "word/numbering.xml", "word/footer1.xml",
        "word/footer2.xml", "word/charts/chart1.xml",
    }  # fmt: skip


def test_nothing_is_hidden_and_nothing_asks_a_question_at_opening(everything: bytes) -> None:
    whole = b"".join(_raw(everything).values())
    for trace in (b"w:vanish", b"w:comment", b"w:ins ", b"w:del ", b"updateFields", b"w:rsid", b"externalData"):
        assert trace not in whole


def test_a_chart_has_a_text_for_people_who_do_not_see_it_and_its_table(everything: bytes) -> None:
    body = _part(everything, "word/document.xml")
    described = [one.get("descr") for one in body.iter("{*}docPr")]
    assert described == ["Staven: 2 en 1."]
    chart = _part(everything, "word/charts/chart1.xml")
    assert [one.text for one in chart.iter("{*}v")] == ["Hoe vaak?", "Stress", "Luisteren", "2", "1"]


def test_the_contents_can_be_read_before_any_field_is_updated(everything: bytes) -> None:
    entries = [
        "".join(str(text) for text in one.itertext()).strip()
        for one in _part(everything, "word/document.xml").iter(qn("w:p"))
        if one[0][0].get(qn("w:val"), "").startswith("TOC") and "Heading" not in one[0][0].get(qn("w:val"), "")
    ]
    assert [entry.split(" PAGEREF")[0].replace('TOC \\o "1-2" \\h \\z \\u', "").strip() for entry in entries] == [
        "In het kort",
        "Woorden",
        "Gesprek",
        "Bijlage",
        "Verantwoording",
    ]
    assert all(entry[-1].isdigit() for entry in entries)


def test_pages_are_counted_forward_and_a_page_break_counts() -> None:
    numbers = list(pages.of(_summary(*EVERYTHING)).values())
    assert numbers == sorted(numbers)
    assert numbers[0] == 3
    assert numbers[2] > numbers[1]


def test_numbered_lists_start_at_one_again(everything: bytes) -> None:
    used = [
        one.get(qn("w:val"))
        for paragraph in _part(everything, "word/document.xml").iter(qn("w:numPr"))
        for one in paragraph.iter(qn("w:numId"))
    ]
    assert used == ["3", "3", "4"]
    assert len(list(_part(everything, "word/numbering.xml").iter(qn("w:startOverride")))) == 2


def test_wide_tables_turn_the_page_and_the_rest_stands_upright(everything: bytes) -> None:
    document = docx.Document(io.BytesIO(everything))
    assert _wide(document) == [False, True, False]
    assert all("pagina" in one.footer.paragraphs[0].text for one in document.sections)


def test_a_report_that_ends_wide_has_no_empty_page_after_it() -> None:
    document = _open(_summary(Heading(1, "A"), Paragraph(runs("b")), Landscape((Heading(1, "C"), TABLE))))
    assert _wide(document) == [False, True]


def test_the_same_report_gives_the_same_bytes(everything: bytes) -> None:
    assert _bytes(_summary(*EVERYTHING)) == everything


def test_the_stream_stays_open_for_its_owner() -> None:
    stream = io.BytesIO(b"")
    write(_summary(Paragraph(runs("Hallo"))), stream)
    assert not stream.closed


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("D-07",), "verslag-team-d-07-2024-11.docx"),
        ((), "verslag-team-2024-11.docx"),
        (("Gemeente Súd-West/../é",), "verslag-team-gemeente-sud-west-e-2024-11.docx"),
        (("x" * 300,), f"verslag-team-{'x' * 67}-2024-11.docx"),
    ],
)
def test_a_file_name_is_plain_and_never_made_of_the_title(parts: tuple[str, ...], name: str) -> None:
    made = Summary(Kind.TEAM, "Gesprek met Karelina", "", "P", "nl", NOW, Cover(), (Paragraph(runs("a")),), parts)
    assert file_name(made) == name


SAID = st.text(
    st.characters(categories=("L", "M", "N", "P", "S", "Z", "Cc", "Cf", "Co", "Cn")), min_size=1, max_size=40
).filter(lambda text: clean(text).replace("\n", "").strip() != "" and "{" not in text)
LINE = SAID.map(lambda text: " ".join(clean(text).split())).filter(bool)
INNER = st.one_of(
    SAID.map(lambda text: Paragraph((Run(text, given=True),))),
    st.builds(Quote, text=SAID, source_line=LINE, note=st.just("")),
)
LEAF: st.SearchStrategy[Block] = st.one_of(
    INNER,
    st.lists(SAID, min_size=1, max_size=3).map(lambda items: Bullets(tuple((Run(one, given=True),) for one in items))),
    st.lists(SAID, min_size=1, max_size=3).map(lambda items: Numbered(tuple((Run(one, given=True),) for one in items))),
    st.tuples(LINE, SAID).map(lambda pair: Facts(((pair[0], (Run(pair[1], given=True),)),))),
    st.tuples(LINE, SAID).map(lambda pair: Box(pair[0], ((Run(pair[1], given=True),),))),
    st.tuples(LINE, SAID).map(lambda pair: Caution(pair[0], ((Run(pair[1], given=True),),))),
    st.tuples(LINE, SAID).map(lambda pair: Table((pair[0],), ((pair[1],),))),
    st.tuples(LINE, st.integers(0, 99)).map(lambda pair: Chart("Staven", (Bar(*pair),), "Alles.", TABLE)),
    st.tuples(INNER, INNER).map(lambda pair: SideBySide(("links", "rechts"), (((pair[0],), (pair[1],)),))),
    st.tuples(LINE, SAID).map(lambda pair: Transcript((TranscriptLine(7, *pair),))),
    st.just(WritingLines("Schrijf", 2)),
)


@st.composite
def trees(draw: st.DrawFn) -> tuple[Block, ...]:
    """Draw the blocks of any valid summary: chapters of chapters, none of them empty, some of them wide."""
    blocks: list[Block] = []
    level = 0
    for _ in range(draw(st.integers(1, 5))):
        level = draw(st.integers(1, min(3, level + 1)))
        chapter: list[Block] = [Heading(level, draw(LINE), given=True), *draw(st.lists(LEAF, min_size=1, max_size=3))]
        if draw(st.booleans()):
            blocks.append(PageBreak())
        if draw(st.booleans()) and level == 1:
            blocks.append(Landscape(tuple(chapter)))
        else:
            blocks += chapter
    return tuple(blocks)


@settings(max_examples=60, deadline=None)
@given(blocks=trees(), full_page=st.booleans())
def test_any_summary_is_written_and_read_back_with_every_word(blocks: tuple[Block, ...], full_page: bool) -> None:
    data = _bytes(_summary(*blocks, full_page=full_page))
    docx.Document(io.BytesIO(data))
    shown = "\n".join(_text(_part(data, "word/document.xml")))
    for text in words(blocks):
        assert clean(text).replace("\t", " ") in shown


def _wide(document: Document) -> list[bool]:
    return [int(one.page_width or 0) > int(one.page_height or 0) for one in document.sections]


def _raw(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}
