"""Zip files that want to fill a disk, keep a machine busy, land somewhere else, or are simply broken."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from functools import partial

from tests.interviews.formats.conftest import docx
from tests.security.evil.kinds import GOOD, BadFile

_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_CENTRAL, _LOCAL, _END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"


def good(word: str = f"{GOOD}pakket") -> bytes:
    """A Word document in which nothing is wrong."""
    return docx(f"<w:p><w:r><w:t>I: Hoe ging het?</w:t></w:r></w:p><w:p><w:r><w:t>R: {word}.</w:t></w:r></w:p>")


def packed(*members: tuple[str | zipfile.ZipInfo, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of members in this order, also when two have one name."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def _with(*members: tuple[str | zipfile.ZipInfo, str | bytes]) -> bytes:
    """The good document with more in it."""
    target = io.BytesIO(good())
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def _patched(data: bytes, mark: bytes, offset: int, content: bytes, *, last: bool = False) -> bytes:
    """`data` with other bytes at `offset` after each `mark`, or after the last one only."""
    out = bytearray(data)
    places = []
    at = data.find(mark)
    while at >= 0:
        places.append(at)
        at = data.find(mark, at + 4)
    for place in places[-1:] if last else places:
        out[place + offset : place + offset + len(content)] = content
    return bytes(out)


def _nested(depth: int) -> bytes:
    inner = bytes(200_000)
    for _ in range(depth):
        inner = packed(*((f"{number}.zip", inner) for number in range(10)))
    return inner


def _overlapping() -> bytes:
    """Every entry of the list points at one and the same 40 MB of nothing (after D. Fifield, 2019)."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = squeezer.compress(b" " * 40_000_000) + squeezer.flush()
    crc = zlib.crc32(b" " * 40_000_000)
    facts = struct.pack("<HHHHHIII", 20, 0, 8, 0, 33, crc, len(body), 40_000_000)
    name = b"word/document.xml"
    local = _LOCAL + facts + struct.pack("<HH", len(name), 0) + name + body
    names = [b"[Content_Types].xml", name, *(b"word/%d.xml" % number for number in range(1500))]
    central = b"".join(
        _CENTRAL + struct.pack("<H", 20) + facts + struct.pack("<HHHHHII", len(one), 0, 0, 0, 0, 0, 0) + one
        for one in names
    )
    end = _END + struct.pack("<HHHHIIH", 0, 0, len(names), len(names), len(central), len(local), 0)
    return local + central + end


def _linked() -> bytes:
    link = zipfile.ZipInfo("word/media/image1.png")
    link.external_attr = 0o120777 << 16
    return _with((link, "/etc/passwd"))


def _locked(data: bytes) -> bytes:
    """Every member says that it is encrypted."""
    return _patched(_patched(data, _CENTRAL, 8, b"\x01\x00"), _LOCAL, 6, b"\x01\x00")


def _crc(data: bytes) -> bytes:
    return _patched(_patched(data, _CENTRAL, 16, b"\xde\xad\xbe\xef"), _LOCAL, 14, b"\xde\xad\xbe\xef")


def _slipping(name: str, _beacon: str) -> bytes:
    return _with((name, "uitgebroken"))


_SLIPS = {
    "up": "../../../../tmp/dichterbij-uitgebroken.txt",
    "absolute": "/tmp/dichterbij-uitgebroken.txt",
    "of Windows": "..\\..\\dichterbij-uitgebroken.txt",
    "on a drive": "C:/dichterbij-uitgebroken.txt",
    "halfway": "word/../../dichterbij-uitgebroken.txt",
}
PACKAGES: tuple[BadFile, ...] = (
    BadFile(
        "a bomb: 60 MB of spaces in 60 kB",
        "bom.docx",
        lambda _: packed(("[Content_Types].xml", _TYPES), ("word/document.xml", b"<w:document>" + b" " * 60_000_000)),
        refused=("too_heavy",),
    ),
    BadFile("a bomb in a bomb in a bomb", "bom.zip", lambda _: _nested(3), refused=("packed",)),
    BadFile(
        "a bomb beside the text, where nobody looks",
        "bijlage.docx",
        lambda _: _with(("word/embeddings/Microsoft_Excel.zip", _nested(2)), ("word/media/a.emf", bytes(20_000_000))),
        shown=(f"{GOOD}pakket",),
    ),
    BadFile("a bomb of entries over each other", "bom.docx", lambda _: _overlapping(), refused=("broken", "too_heavy")),
    BadFile(
        "five thousand members",
        "veel.docx",
        lambda _: packed(*((f"word/{number}.xml", "<a/>") for number in range(5000)), method=zipfile.ZIP_STORED),
        refused=("too_heavy",),
    ),
    BadFile(
        "a member that says it is small",
        "leugen.docx",
        lambda _: _patched(
            packed(("[Content_Types].xml", _TYPES), ("word/document.xml", b" " * 9_000_000)),
            _CENTRAL,
            24,
            struct.pack("<I", 10),
            last=True,
        ),
        refused=("broken", "too_heavy"),
    ),
    BadFile(
        "a member that says it is endless",
        "leugen.docx",
        lambda _: _patched(good(), _CENTRAL, 20, b"\xfe\xff\xff\x7f\xfe\xff\xff\x7f"),
        shown=(f"{GOOD}pakket",),
        refused=("broken", "too_heavy"),
        either=True,
    ),
    BadFile("cut off half-way", "half.docx", lambda _: good()[: len(good()) // 2], refused=("broken",)),
    BadFile("its last byte is missing", "bijna.docx", lambda _: good()[:-1], refused=("broken",)),
    BadFile("checksums that do not fit", "stuk.docx", lambda _: _crc(good()), refused=("broken",)),
    BadFile(
        "no list of contents",
        "zonder-lijst.docx",
        lambda _: good()[: good().find(_CENTRAL)],
        refused=("broken",),
    ),
    BadFile(
        "a list of contents beyond the end",
        "verwezen.docx",
        lambda _: _patched(good(), _END, 16, b"\xf0\xff\xff\x7f"),
        refused=("broken",),
    ),
    BadFile(
        "on several disks",
        "diskettes.docx",
        lambda _: _patched(good(), _END, 4, b"\x02\x00\x03\x00"),
        refused=("broken",),
        either=True,
        shown=(f"{GOOD}pakket",),
    ),
    BadFile(
        "packed in a way nobody knows",
        "vreemd.docx",
        lambda _: _patched(_patched(good(), _CENTRAL, 10, b"\x61\x00"), _LOCAL, 8, b"\x61\x00"),
        refused=("broken",),
    ),
    BadFile("an empty zip file", "leeg.docx", lambda _: packed(), refused=("packed",)),
    BadFile(
        "the text stands in it twice",
        "dubbel.docx",
        lambda _: _with(("word/document.xml", "<w:document/>")),
        refused=("broken",),
    ),
    BadFile(
        "the text stands in it twice, in capitals",
        "dubbel.docx",
        lambda _: _with(("WORD/Document.XML", "<w:document/>")),
        refused=("broken",),
    ),
    *(
        BadFile(f"a member that leads out: {what}", "uitbraak.docx", partial(_slipping, name), refused=("broken",))
        for what, name in _SLIPS.items()
    ),
    BadFile("a link to a file of the machine", "koppeling.docx", lambda _: _linked(), refused=("broken",)),
    BadFile("encrypted members", "dicht.docx", lambda _: _locked(good()), refused=("password",)),
    BadFile(
        "a name with NUL in it",
        "nul.docx",
        lambda _: _with(("word/aXb.xml", "<a/>")).replace(b"word/aXb.xml", b"word/a\x00b.xml"),
        refused=("broken",),
    ),
    BadFile(
        "a program in front of it",
        "programma.docx",
        lambda _: b"MZ\x90\x00" + bytes(400) + good(),
        refused=("unknown",),
    ),
    BadFile(
        "a very long remark behind it",
        "opmerking.docx",
        lambda _: _patched(good(), _END, 20, b"\xff\xff") + b"x" * 65_535,
        shown=(f"{GOOD}pakket",),
    ),
)
"""Verdicts on the package; what is inside a good one is in `documents`."""
