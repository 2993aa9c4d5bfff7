"""The styles, numbering, settings and font table of a report, as the bytes of their parts."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from coding.formats.word.looks import INK, LINE, LOOKS, SANS, SERIF, SOFT, TEAL, Look
from coding.formats.word.names import W, add, q

LOCALES = {"nl": "nl-NL", "en": "en-GB"}
TABLE_STYLE = "Rapporttabel"


def styles(language: str, *, at_least: int = 0) -> bytes:
    """Return the styles part: document defaults in the report's language, then every look.

    `at_least` half points is what running text, tables and boxes are set in, for people who read large type.
    """
    root = etree.Element(q("styles"), nsmap={"w": W})
    defaults = add(root, "docDefaults")
    run = add(add(defaults, "rPrDefault"), "rPr")
    _fonts(run, SANS)
    add(run, "color", val=INK)
    add(run, "sz", val="24")
    add(run, "szCs", val="24")
    locale = LOCALES[language]
    add(run, "lang", val=locale, eastAsia=locale, bidi="ar-SA")
    add(add(add(defaults, "pPrDefault"), "pPr"), "spacing", after="0", line="240", lineRule="auto")
    for look in LOOKS:
        _paragraph_style(root, _enlarged(look, at_least), locale)
    default = add(root, "style", type="character", default="1", styleId="DefaultParagraphFont")
    add(default, "name", val="Default Paragraph Font")
    _priority(default, hidden=True)
    _character_style(root, "Regelnummer", 17, SOFT)
    _character_style(root, "Spreker", 20, INK, bold=True)
    _character_style(root, "SprekerInterviewer", 20, SOFT, bold=True)
    _character_style(root, "Tijd", 17, SOFT)
    _table_styles(root)
    return _bytes(root)


_KEEP_SIZE = frozenset({"Streep", "NaTabel", "Footer"})
"""Looks that draw a line, make room, or stand outside the text."""


def _enlarged(look: Look, at_least: int) -> Look:
    return look if look.key in _KEEP_SIZE or look.size >= at_least else replace(look, size=at_least)


def numbering(ordered_lists: int) -> bytes:
    """Return the numbering part: bullets (1), numbers (2), and one restarting list per numbered list (from 3)."""
    root = etree.Element(q("numbering"), nsmap={"w": W})
    _level(root, 0, "bullet", "•", "ListBullet", 397)
    _level(root, 1, "decimal", "%1.", "ListNumber", 454)
    for number, abstract in ((1, 0), (2, 1)):
        add(add(root, "num", numId=str(number)), "abstractNumId", val=str(abstract))
    for index in range(ordered_lists):
        instance = add(root, "num", numId=str(3 + index))
        add(instance, "abstractNumId", val="1")
        add(add(instance, "lvlOverride", ilvl="0"), "startOverride", val="1")
    return _bytes(root)


def settings(language: str) -> bytes:
    """Return the settings part: a plain modern document, nothing tracked, nothing hidden, no question at opening."""
    root = etree.Element(q("settings"), nsmap={"w": W})
    add(root, "zoom", percent="100")
    add(root, "defaultTabStop", val="709")
    add(root, "characterSpacingControl", val="doNotCompress")
    compat = add(root, "compat")
    for name, value in (
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
    ):
        add(compat, "compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)
    add(root, "themeFontLang", val=LOCALES[language])
    add(root, "decimalSymbol", val="," if language == "nl" else ".")
    add(root, "listSeparator", val=";" if language == "nl" else ",")
    return _bytes(root)


def font_table() -> bytes:
    """Return the font table, in which each font names what to use where it is missing."""
    root = etree.Element(q("fonts"), nsmap={"w": W})
    for name, instead, family in ((SANS, "Aptos", "swiss"), (SERIF, "Liberation Serif", "roman")):
        font = add(root, "font", name=name)
        add(font, "altName", val=instead)
        add(font, "charset", val="00")
        add(font, "family", val=family)
        add(font, "pitch", val="variable")
    return _bytes(root)


def _paragraph_style(root: etree._Element, look: Look, locale: str) -> None:
    style = add(root, "style", type="paragraph", styleId=look.key)
    if look.key == "Normal":
        style.set(q("default"), "1")
    elif look.name not in _BUILT_IN:
        style.set(q("customStyle"), "1")
    add(style, "name", val=look.name)
    if look.based_on:
        add(style, "basedOn", val=look.based_on)
    if look.following:
        add(style, "next", val=look.following)
    _priority(style)
    _paragraph_properties(add(style, "pPr"), look)
    _run_properties(add(style, "rPr"), look, locale)


_BUILT_IN = frozenset(
    {"Normal", "Body Text", "Title", "Subtitle", "heading 1", "heading 2", "heading 3", "List Bullet", "List Number",
     "caption", "TOC Heading", "toc 1", "toc 2", "footer"}
)  # fmt: skip


def _paragraph_properties(at: etree._Element, look: Look) -> None:
    # The order of the children is that of the schema: Word refuses another one.
    if look.keep_next:
        add(at, "keepNext")
    if look.keep_lines:
        add(at, "keepLines")
    add(at, "widowControl")
    if look.number:
        numbers = add(at, "numPr")
        add(numbers, "ilvl", val="0")
        add(numbers, "numId", val=str(look.number))
    if look.borders:
        around = add(at, "pBdr")
        sides = {border.side: border for border in look.borders}
        for side in ("top", "left", "bottom", "right", "between"):
            if side in sides:
                line = sides[side]
                add(around, side, val="single", sz=str(line.thickness), space=str(line.distance), color=line.colour)
    if look.shade:
        add(at, "shd", val="clear", color="auto", fill=look.shade)
    if look.tabs:
        tabs = add(at, "tabs")
        for kind, position, leader in look.tabs:
            add(tabs, "tab", val=kind, leader=leader, pos=str(position))
    add(at, "spacing", before=str(look.before), after=str(look.after), line=str(look.line), lineRule="auto")
    indent = {"left": str(look.left), "right": str(look.right)}
    if look.hanging:
        indent["hanging"] = str(look.hanging)
    add(at, "ind", **indent)
    if look.contextual:
        add(at, "contextualSpacing")
    if look.outline is not None:
        add(at, "outlineLvl", val=str(look.outline))


def _run_properties(at: etree._Element, look: Look, locale: str) -> None:
    _fonts(at, look.font)
    for name, on in (("b", look.bold), ("bCs", look.bold), ("i", look.italic), ("iCs", look.italic)):
        if on or look.based_on not in ("", "Normal"):
            add(at, name, val="1" if on else "0")
    add(at, "color", val=look.colour)
    if look.spacing:
        add(at, "spacing", val=str(look.spacing))
    add(at, "sz", val=str(look.size))
    add(at, "szCs", val=str(look.size))
    add(at, "lang", val=locale)


def _character_style(root: etree._Element, name: str, size: int, colour: str, *, bold: bool = False) -> None:
    style = add(root, "style", type="character", customStyle="1", styleId=name)
    add(style, "name", val=name)
    add(style, "basedOn", val="DefaultParagraphFont")
    _priority(style)
    run = add(style, "rPr")
    _fonts(run, SANS)
    if bold:
        add(run, "b")
    add(run, "color", val=colour)
    add(run, "sz", val=str(size))


def _table_styles(root: etree._Element) -> None:
    normal = add(root, "style", type="table", default="1", styleId="TableNormal")
    add(normal, "name", val="Normal Table")
    _priority(normal, hidden=True)
    table = add(normal, "tblPr")
    add(table, "tblInd", w="0", type="dxa")
    _cell_margins(table, 0)
    style = add(root, "style", type="table", customStyle="1", styleId=TABLE_STYLE)
    add(style, "name", val=TABLE_STYLE)
    add(style, "basedOn", val="TableNormal")
    _priority(style)
    table = add(style, "tblPr")
    borders = add(table, "tblBorders")
    add(borders, "top", val="single", sz="8", space="0", color=INK)
    add(borders, "bottom", val="single", sz="8", space="0", color=INK)
    add(borders, "insideH", val="single", sz="4", space="0", color=LINE)
    _cell_margins(table, 80)
    first = add(style, "tblStylePr", type="firstRow")
    line = add(add(first, "tcPr"), "tcBorders")
    add(line, "bottom", val="single", sz="8", space="0", color=TEAL)


def _cell_margins(table: etree._Element, beside: int) -> None:
    margins = add(table, "tblCellMar")
    for side, width in (("top", 0), ("left", beside), ("bottom", 0), ("right", beside)):
        add(margins, side, w=str(width), type="dxa")


def _level(root: etree._Element, abstract: int, kind: str, text: str, style: str, indent: int) -> None:
    one = add(root, "abstractNum", abstractNumId=str(abstract))
    add(one, "multiLevelType", val="singleLevel")
    level = add(one, "lvl", ilvl="0")
    add(level, "start", val="1")
    add(level, "numFmt", val=kind)
    if abstract == 0:
        add(level, "pStyle", val=style)
    add(level, "lvlText", val=text)
    add(level, "lvlJc", val="left")
    add(add(level, "pPr"), "ind", left=str(indent), hanging=str(indent))
    run = add(level, "rPr")
    if kind == "bullet":
        _fonts(run, SANS)
    add(run, "b")
    add(run, "color", val=TEAL)


def _fonts(at: etree._Element, font: str) -> None:
    add(at, "rFonts", ascii=font, hAnsi=font, cs=font, eastAsia=font)


def _priority(style: etree._Element, *, hidden: bool = False) -> None:
    add(style, "uiPriority", val="99" if hidden else "1")
    if hidden:
        add(style, "semiHidden")
        add(style, "unhideWhenUsed")
    else:
        add(style, "qFormat")


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
