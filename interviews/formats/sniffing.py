"""What a file really is, by its bytes; the end of its name is only a hint where bytes leave a choice."""

from __future__ import annotations

import json
import re

from interviews.errors import Unreadable
from interviews.formats import otr, par_json, table, whisper
from interviews.formats.archive import Archive
from interviews.formats.encodings import decoded, is_text

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SOUND = (b"ID3", b"fLaC", b"OggS", b"#!AMR", b"\x1aE\xdf\xa3", b"FORM", b"caff", b"0&\xb2u\x8ef\xcf\x11")
_SOUND_FRAMES = tuple(bytes((0xFF, second)) for second in (0xFB, 0xF3, 0xF2, 0xFA, 0xF1, 0xF9))
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_PACKED = (b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PICTURE_BRANDS = (b"heic", b"heix", b"mif1", b"avif", b"msf1")
_SRT = re.compile(r"\s*(?:\d+\s*\n)?\s*\d{1,3}:[0-5]?\d:[0-5]?\d[.,]\d{1,3}[ \t]*--?>")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_TAGS = re.compile(r"<(?:p|div|br|span|table|h[1-6]|ul|ol|li|b|i|a)\b[^>]*>", re.IGNORECASE)
_FLAT_ODT = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<office:document\b", re.DOTALL)
_WORD_XML = re.compile(r"<(?:pkg:package|w:wordDocument)\b")
_HEAD = 4096


def sniff(name: str, data: bytes) -> str:
    """Return the kind of transcript: docx, odt, par-json, otr, whisper, vtt, srt, html, csv or txt.

    Raises Unreadable with a key that says what it is instead: `unreadable.empty`, `.password`, `.old_word`,
    `.old_office`, `.rtf`, `.pdf`, `.sound`, `.picture`, `.packed`, `.spreadsheet`, `.slides`, `.refi_project`,
    `.json`, `.xml`, `.word_xml`, `.unknown`, `.broken`.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise Unreadable("unreadable.empty")
    if data.startswith(b"PK"):
        return _office(data)
    _refuse_other_binaries(data)
    if not is_text(data):
        raise Unreadable("unreadable.unknown")
    text, _ = decoded(data)
    return _of_text(name, text)


def _office(data: bytes) -> str:
    archive = Archive(data)
    names = archive.names
    if "[content_types].xml" in names:
        if any(one.startswith("word/") for one in names):
            return "docx"
        if any(one.startswith("xl/") for one in names):
            raise Unreadable("unreadable.spreadsheet")
        if any(one.startswith("ppt/") for one in names):
            raise Unreadable("unreadable.slides")
        return "docx"
    kind = (archive.read("mimetype") or b"").strip() if "mimetype" in names else b""
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        raise Unreadable("unreadable.spreadsheet")
    if kind.startswith(b"application/vnd.oasis.opendocument.presentation"):
        raise Unreadable("unreadable.slides")
    if "content.xml" in names:
        return "odt"
    if "project.qde" in names:
        raise Unreadable("unreadable.refi_project")
    raise Unreadable("unreadable.packed")


def _refuse_other_binaries(data: bytes) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable("unreadable.password")
        if "WordDocument".encode("utf-16-le") in data:
            raise Unreadable("unreadable.old_word")
        raise Unreadable("unreadable.old_office")
    if data.lstrip()[:5] == b"{\\rtf":
        raise Unreadable("unreadable.rtf")
    if b"%PDF-" in data[:1024]:
        raise Unreadable("unreadable.pdf")
    if data[4:8] == b"ftyp":
        raise Unreadable("unreadable.picture" if data[8:12] in _PICTURE_BRANDS else "unreadable.sound")
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        raise Unreadable("unreadable.picture")
    looks_like_text = is_text(data)
    if data.startswith(b"RIFF") or (data.startswith((*_SOUND, *_SOUND_FRAMES)) and not looks_like_text):
        raise Unreadable("unreadable.sound")
    if data.startswith(_PICTURES) and not looks_like_text:
        raise Unreadable("unreadable.picture")
    if data.startswith(_PACKED) and not looks_like_text:
        raise Unreadable("unreadable.packed")


def _of_text(name: str, text: str) -> str:
    ending = name.rpartition(".")[2].casefold()
    head = text[:_HEAD]
    if not text.strip():
        raise Unreadable("unreadable.empty")
    if head.startswith("WEBVTT"):
        return "vtt"
    if _SRT.match(head):
        return "srt"
    if text.lstrip()[:1] in "{[" and (kind := _json(text, ending)):
        return kind
    if _FLAT_ODT.match(head):
        return "odt"
    if _HTML.match(head):
        return "html"
    if head.lstrip().startswith("<?xml"):
        raise Unreadable("unreadable.word_xml" if _WORD_XML.search(head) else "unreadable.xml")
    if ending in ("html", "htm", "xhtml") or (head.lstrip().startswith("<") and len(_TAGS.findall(head)) >= 3):
        return "html"
    if ending in ("csv", "tsv") or (ending != "txt" and table.is_table(text)):
        return "csv"
    return "txt"


def _json(text: str, ending: str) -> str | None:
    """Return which JSON it is, or None for text that only starts with a bracket (`[00:12] ...`)."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as e:
        if ending in ("json", "otr"):
            raise Unreadable("unreadable.broken") from e
        return None
    if isinstance(content, dict) and par_json.is_par(content):
        return "par-json"
    if isinstance(content, dict) and otr.is_otr(content):
        return "otr"
    if isinstance(content, dict) and whisper.is_whisper(content):
        return "whisper"
    raise Unreadable("unreadable.json")
