"""Builds files by hand, as a word processor would: no writing library, so that a test says exactly what is in them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from interviews.formats.draft import TranscriptDraft

_SHARED = Path(__file__).resolve().parents[3] / ".." / "shared"
_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_O = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file of `members`."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def docx(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Return a .docx with this body; each of `parts` ("styles", "footnotes", "header1") gets its relation."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
    }
    relations: dict[str, tuple[str, str]] = {}
    for name, content in (parts or {}).items():
        kind = re.sub(r"\d+$", "", name)
        root = {"header": "hdr", "footer": "ftr", "diagramData": "dgm:dataModel"}.get(kind, kind)
        tag = root if ":" in root else f"w:{root}"
        members[f"word/{name}.xml"] = f"<{tag} {_W}>{content}</{tag}>"
        relations[name] = (kind, f"{name}.xml")
    members["word/_rels/document.xml.rels"] = _relations(relations)
    return zipped(members)


def odt(body: str, automatic: str = "", styles: str = "") -> bytes:
    """Return an .odt with this text, automatic styles and master styles."""
    content = (
        f"<office:document-content {_O}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "styles.xml": f"<office:document-styles {_O}>{styles}</office:document-styles>",
        }
    )


def _relations(entries: Mapping[str, tuple[str, str]]) -> str:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    lines = "".join(
        f'<Relationship Id="{name}" Type="{base}/{kind}" Target="{target}"/>'
        for name, (kind, target) in entries.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'
    )


def said(draft: TranscriptDraft) -> list[tuple[str | None, str]]:
    """Return who says what."""
    return [(turn.speaker, turn.text) for turn in draft.turns]


def words_of(draft: TranscriptDraft) -> list[str]:
    """Return all words of a draft a person sees: turns, and texts in notes."""
    texts = [turn.text for turn in draft.turns]
    texts += [str(note.fields.get("text", "")) for note in draft.notes]
    return re.findall(r"\w+", " ".join(texts))


@pytest.fixture(scope="session", name="docx")
def _docx() -> Callable[..., bytes]:
    return docx


@pytest.fixture(scope="session", name="odt")
def _odt() -> Callable[..., bytes]:
    return odt


@pytest.fixture(scope="session", name="zipped")
def _zipped() -> Callable[[Mapping[str, str | bytes]], bytes]:
    return zipped


@pytest.fixture(scope="session", name="said")
def _said() -> Callable[[TranscriptDraft], list[tuple[str | None, str]]]:
    return said


@pytest.fixture(scope="session", name="words_of")
def _words_of() -> Callable[[TranscriptDraft], list[str]]:
    return words_of


@pytest.fixture
def shared() -> Path:
    """The team's shared material beside the checkout; tests that need it are skipped where it is not there."""
    if not _SHARED.is_dir():
        pytest.skip("no shared material beside this checkout")
    return _SHARED
