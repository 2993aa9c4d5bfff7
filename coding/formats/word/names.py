"""The XML names of WordprocessingML, spelled out once; lxml wants them in full."""

from __future__ import annotations

from functools import cache

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_PREFIXES = {"w": W, "r": R, "wp": WP, "a": A, "c": C, "cp": CP, "dc": DC, "dcterms": DCTERMS, "xsi": XSI}


@cache
def q(name: str) -> str:
    """Return the full name of `w:p`; a name without a prefix is of WordprocessingML."""
    prefix, _, local = name.rpartition(":")
    return f"{{{_PREFIXES[prefix or 'w']}}}{local}"


def add(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    """Append an element `name` to `parent`; the attributes are of WordprocessingML."""
    return etree.SubElement(parent, q(name), {q(key): value for key, value in attributes.items()})


def bare(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    """Append an element whose attributes have no namespace, as the drawing languages want them."""
    return etree.SubElement(parent, q(name), attributes)
