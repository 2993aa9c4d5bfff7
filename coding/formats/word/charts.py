"""Bar charts as Word's own charts: sharp at any size, in the fonts of the report, with their numbers written beside.

A chart part without a workbook behind it is what both Word and LibreOffice draw; it also means that no hidden sheet of
numbers travels with the report. Labels are direct, there is no legend, no grid and no axis.
"""

from __future__ import annotations

from lxml import etree

from coding.formats.word.looks import BRICK, INK, SANS, TEAL
from coding.formats.word.names import A, C, add, bare, q
from coding.summaries.blocks import Chart, Hue
from interviews.text import one_line

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
EMU = 635
_BAR, _FRAME = 430, 160
_COLOURS = {Hue.HELPFUL: TEAL, Hue.HINDERING: BRICK, Hue.NEUTRAL: "6B7785"}


def height(chart: Chart) -> int:
    """Return the height of a chart in twips: it grows with the number of bars."""
    return _FRAME + _BAR * len(chart.bars)


def drawing(at: etree._Element, chart: Chart, relation: str, number: int, width: int) -> None:
    """Append the picture to a run's paragraph: a chart in line with the text, with its alternative text."""
    inline = bare(
        add(add(at, "r"), "drawing"), "wp:inline", distT="0", distB="0", distL="0", distR="0"
    )  # fmt: skip
    bare(inline, "wp:extent", cx=str(width * EMU), cy=str(height(chart) * EMU))
    bare(inline, "wp:effectExtent", l="0", t="0", r="0", b="0")
    described = one_line(chart.alt_text)
    bare(inline, "wp:docPr", id=str(number), name=f"Chart {number}", title=one_line(chart.title), descr=described)
    bare(inline, "wp:cNvGraphicFramePr")
    graphic = etree.SubElement(inline, q("a:graphic"), nsmap={"a": A})
    data = bare(graphic, "a:graphicData", uri=C)
    made = etree.SubElement(data, q("c:chart"), nsmap={"c": C})
    made.set(q("r:id"), relation)


def part(chart: Chart, language: str) -> bytes:
    """Return the bytes of the chart part."""
    root = etree.Element(q("c:chartSpace"), nsmap={"c": C, "a": A})
    bare(root, "c:date1904", val="0")
    bare(root, "c:lang", val=language)
    bare(root, "c:roundedCorners", val="0")
    made = bare(root, "c:chart")
    bare(made, "c:autoTitleDeleted", val="1")
    area = bare(made, "c:plotArea")
    bare(area, "c:layout")
    bars = bare(area, "c:barChart")
    bare(bars, "c:barDir", val="bar")
    bare(bars, "c:grouping", val="clustered")
    bare(bars, "c:varyColors", val="0")
    _series(bars, chart)
    bare(bars, "c:gapWidth", val="55")
    for axis in ("111", "222"):
        bare(bars, "c:axId", val=axis)
    _category_axis(area)
    _value_axis(area, max(bar.value for bar in chart.bars))
    bare(made, "c:plotVisOnly", val="1")
    bare(made, "c:dispBlanksAs", val="gap")
    frame = bare(root, "c:spPr")
    bare(frame, "a:noFill")
    bare(bare(frame, "a:ln"), "a:noFill")
    _type(bare(root, "c:txPr"))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _series(bars: etree._Element, chart: Chart) -> None:
    series = bare(bars, "c:ser")
    bare(series, "c:idx", val="0")
    bare(series, "c:order", val="0")
    bare(bare(series, "c:tx"), "c:v").text = one_line(chart.title)
    first = chart.bars[0].hue
    _fill(series, first)
    bare(series, "c:invertIfNegative", val="0")
    for index, bar in enumerate(chart.bars):
        if bar.hue is not first:
            point = bare(series, "c:dPt")
            bare(point, "c:idx", val=str(index))
            bare(point, "c:invertIfNegative", val="0")
            bare(point, "c:bubble3D", val="0")
            _fill(point, bar.hue)
    labels = bare(series, "c:dLbls")
    bare(bare(labels, "c:spPr"), "a:noFill")
    _type(bare(labels, "c:txPr"), bold=True)
    bare(labels, "c:dLblPos", val="outEnd")
    for name in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize"):
        bare(labels, f"c:show{name}", val="1" if name == "Val" else "0")
    names = bare(bare(series, "c:cat"), "c:strLit")
    bare(names, "c:ptCount", val=str(len(chart.bars)))
    for index, bar in enumerate(chart.bars):
        bare(bare(names, "c:pt", idx=str(index)), "c:v").text = one_line(bar.label)
    values = bare(bare(series, "c:val"), "c:numLit")
    bare(values, "c:formatCode").text = "0"
    bare(values, "c:ptCount", val=str(len(chart.bars)))
    for index, bar in enumerate(chart.bars):
        bare(bare(values, "c:pt", idx=str(index)), "c:v").text = str(bar.value)


def _category_axis(area: etree._Element) -> None:
    axis = bare(area, "c:catAx")
    bare(axis, "c:axId", val="111")
    bare(bare(axis, "c:scaling"), "c:orientation", val="maxMin")
    bare(axis, "c:delete", val="0")
    bare(axis, "c:axPos", val="l")
    bare(axis, "c:numFmt", formatCode="General", sourceLinked="0")
    bare(axis, "c:majorTickMark", val="none")
    bare(axis, "c:minorTickMark", val="none")
    bare(axis, "c:tickLblPos", val="low")
    bare(bare(bare(axis, "c:spPr"), "a:ln"), "a:noFill")
    _type(bare(axis, "c:txPr"))
    bare(axis, "c:crossAx", val="222")
    bare(axis, "c:crosses", val="autoZero")
    bare(axis, "c:auto", val="1")
    bare(axis, "c:lblAlgn", val="ctr")
    bare(axis, "c:lblOffset", val="100")
    bare(axis, "c:noMultiLvlLbl", val="0")


def _value_axis(area: etree._Element, longest: int) -> None:
    axis = bare(area, "c:valAx")
    bare(axis, "c:axId", val="222")
    scaling = bare(axis, "c:scaling")
    bare(scaling, "c:orientation", val="minMax")
    # Room for the number behind the longest bar; a chart of zeros still has a length.
    bare(scaling, "c:max", val=f"{max(longest, 1) * 1.12:.2f}")
    bare(scaling, "c:min", val="0")
    bare(axis, "c:delete", val="1")
    bare(axis, "c:axPos", val="t")
    bare(axis, "c:numFmt", formatCode="0", sourceLinked="0")
    bare(axis, "c:majorTickMark", val="none")
    bare(axis, "c:minorTickMark", val="none")
    bare(axis, "c:tickLblPos", val="nextTo")
    bare(axis, "c:crossAx", val="111")
    bare(axis, "c:crosses", val="autoZero")
    bare(axis, "c:crossBetween", val="between")


def _fill(at: etree._Element, hue: Hue) -> None:
    bare(bare(bare(at, "c:spPr"), "a:solidFill"), "a:srgbClr", val=_COLOURS[hue])


def _type(at: etree._Element, *, bold: bool = False) -> None:
    bare(at, "a:bodyPr")
    bare(at, "a:lstStyle")
    paragraph = bare(at, "a:p")
    letters = bare(bare(paragraph, "a:pPr"), "a:defRPr", sz="1050", b="1" if bold else "0")
    bare(bare(letters, "a:solidFill"), "a:srgbClr", val=INK)
    bare(letters, "a:latin", typeface=SANS)
    bare(paragraph, "a:endParaRPr", lang="nl-NL")
