"""The one way this package parses XML and HTML: no entities, no network, no DTD, no huge trees."""

from __future__ import annotations

from lxml import etree

from interviews.errors import Unreadable

_DOCTYPE = {
    encoding: "<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
}
_HEAD_BYTES = 65536
_MAX_BYTES = 24 * 1024 * 1024


def parse(data: bytes) -> etree._Element:
    """Return the root of an XML document.

    Raises Unreadable: `unreadable.doctype` for any document type declaration (the door of entity attacks; no office
    program writes one), `unreadable.too_heavy` over 24 MB (a tree takes ten times that), `unreadable.broken` for what is no well-formed XML or nested more than 256 deep.
    """
    if len(data) > _MAX_BYTES:
        raise Unreadable("unreadable.too_heavy")
    if any(mark in data[:_HEAD_BYTES] for mark in _DOCTYPE.values()):
        raise Unreadable("unreadable.doctype")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as e:
        raise Unreadable("unreadable.broken") from e
    if root is None:
        raise Unreadable("unreadable.broken")
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("unreadable.doctype")
    return root


def parse_html(text: str) -> etree._Element | None:
    """Return the root of an HTML page, mended where it is sloppy; None when it holds no element at all.

    Raises Unreadable `unreadable.too_heavy` when it is nested so deep that the parser would drop words silently.
    """
    parser = etree.HTMLParser(
        no_network=True, recover=True, huge_tree=False, remove_pis=True, remove_comments=True, encoding="utf-8"
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise Unreadable("unreadable.too_heavy")
    return root
