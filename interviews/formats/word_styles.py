"""What a Word document's styles hide, and which of them are headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

_HEADING = re.compile(r"(?:heading|kop) ?\d|title|subtitle|titel|ondertitel", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace (transitional and strict files differ only there)."""
    return str(element.tag).rpartition("}")[2]


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """Return the first child of that local name."""
    if element is not None:
        for inner in element:
            if local(inner) == name:
                return inner
    return None


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """Return an attribute by its local name."""
    if element is not None:
        for key, text in element.attrib.items():
            if str(key).rpartition("}")[2] == name:
                return str(text)
    return None


def switch(properties: etree._Element | None, name: str) -> bool | None:
    """Return whether an on/off property is set; None when the properties say nothing about it."""
    found = child(properties, name)
    return None if found is None else (value(found) or "1").lower() not in _OFF


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    vanish: bool | None
    heading: bool


class Styles:
    """The styles of one document. An unknown style hides nothing."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default_paragraph: str | None = None
        self._hidden_by_default = False
        self._hiding: dict[tuple[str | None, str | None], bool] = {}
        if root is None:
            return
        defaults = child(child(child(root, "docDefaults"), "rPrDefault"), "rPr")
        self._hidden_by_default = switch(defaults, "vanish") or False
        for element in root:
            if local(element) != "style":
                continue
            style_id = value(element, "styleId") or ""
            if value(element, "type") == "paragraph" and (value(element, "default") or "0") not in _OFF:
                self._default_paragraph = style_id
            self._styles[style_id] = _Style(
                value(child(element, "basedOn")),
                switch(child(element, "rPr"), "vanish"),
                bool(_HEADING.fullmatch(value(child(element, "name")) or "")),
            )

    def hides(self, paragraph_style: str | None, character_style: str | None) -> bool:
        """Tell whether text in these styles is hidden. Hiding is a toggle: two styles that hide undo each other."""
        pair = (paragraph_style, character_style)
        if pair not in self._hiding:
            by_paragraph = self._vanish(paragraph_style or self._default_paragraph)
            self._hiding[pair] = self._hidden_by_default or by_paragraph != self._vanish(character_style)
        return self._hiding[pair]

    def is_heading(self, style: str | None) -> bool:
        """Tell whether a paragraph style is a heading or a title, or is based on one."""
        return any(found.heading for found in self._chain(style))

    def _vanish(self, style: str | None) -> bool:
        return next((found.vanish for found in self._chain(style) if found.vanish is not None), False)

    def _chain(self, style: str | None) -> list[_Style]:
        chain: list[_Style] = []
        while style is not None and len(chain) < 20 and (found := self._styles.get(style)) is not None:
            chain.append(found)
            style = found.based_on
        return chain
