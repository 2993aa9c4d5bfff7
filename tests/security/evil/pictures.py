"""Pictures that unfold to gigabytes, lie about themselves, tell where they were taken, or are no picture."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, PngImagePlugin

from tests.security.evil.kinds import BAD, BadFile


def _saved(kind: str, size: tuple[int, int] = (40, 30), **how: object) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, (200, 120, 40)).save(target, kind, **how)
    return target.getvalue()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _png(width: int, height: int, *more: bytes, pixels: bytes | None = None) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    body = _chunk(b"IDAT", zlib.compress(bytes(1000) if pixels is None else pixels))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + body + _chunk(b"IEND", b"")


def _bomb() -> bytes:
    """50,000 by 50,000 pixels that really are there: 300 MB of nothing in 300 kB."""
    squeezer = zlib.compressobj(9)
    body = b"".join(squeezer.compress(bytes(6251)) for _ in range(50_000)) + squeezer.flush()
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _placed() -> bytes:
    """A photo that tells where, when and by whom."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x9286] = f"{BAD}merk", f"{BAD}maker", f"{BAD}noot"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (52.0, 5.0, 30.0), "E", (5.0, 7.0, 1.0)
    return _saved("JPEG", exif=exif.tobytes(), comment=f"{BAD}opmerking".encode())


def _moving() -> bytes:
    target = io.BytesIO()
    frames = [Image.new("P", (20, 20), number) for number in range(50)]
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:], loop=0)
    return target.getvalue()


def _talkative() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", f"{BAD}tekst" * 10, zip=True)
    target = io.BytesIO()
    Image.new("RGB", (20, 20)).save(target, "PNG", pnginfo=words)
    return target.getvalue()


def _jumping() -> bytes:
    """A TIFF whose list of pages is a circle."""
    entry = struct.pack("<HHII", 256, 4, 1, 10)
    return b"II*\x00" + struct.pack("<I", 8) + struct.pack("<H", 1) + entry + struct.pack("<I", 8)


def picture(title: str, name: str, make: object, **verdict: object) -> BadFile:
    """A file that is sent as a picture."""
    return BadFile(title, name, lambda _: make(), door="picture", **verdict)  # type: ignore[operator, arg-type]


_NO = ("no_picture",)
PICTURES: tuple[BadFile, ...] = (
    picture("a bomb of 50,000 by 50,000 points", "bom.png", _bomb, refused=("picture_too_large",)),
    picture("a small file that says it is gigantic", "leugen.png", lambda: _png(2_000_000_000, 2_000_000_000), refused=("picture_too_large", "no_picture")),
    picture("a jpeg that says it is gigantic", "leugen.jpg", lambda: _saved("JPEG").replace(struct.pack(">HH", 30, 40), b"\xff\xdc\xff\xdc", 1), refused=("picture_too_large",)),
    picture("a gif that says it is gigantic", "leugen.gif", lambda: b"GIF89a\xff\xff\xff\xff" + _saved("GIF")[10:], refused=("picture_too_large",)),
    picture("no points at all", "niets.png", lambda: _png(0, 0), refused=_NO),
    picture("cut off", "half.jpg", lambda: _saved("JPEG", (400, 300))[:700], refused=_NO),
    picture("its head only", "kop.jpg", lambda: _saved("JPEG")[:20], refused=_NO),
    picture("no bytes at all", "leeg.png", lambda: b"", refused=_NO),
    picture("a drawing with a script, under another name", "tekening.png", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'><script>x()</script></svg>", refused=_NO),
    picture("a page with a script, under another name", "pagina.jpg", lambda: b"<html><script>x()</script></html>", refused=_NO),
    picture("a pdf, under another name", "brief.png", lambda: b"%PDF-1.7\n1 0 obj", refused=_NO),
    picture("PostScript, under another name", "druk.png", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file", refused=_NO),
    picture("where it was taken, when and by whom", "plek.jpg", _placed, hidden=(f"{BAD}merk", f"{BAD}maker", f"{BAD}noot", f"{BAD}opmerking", "Exif")),
    picture("words beside the points", "tekst.png", _talkative, hidden=(f"{BAD}tekst",)),
    picture("a page behind the photo", "dubbel.jpg", lambda: _saved("JPEG") + f"<script>{BAD}</script>".encode(), hidden=(BAD,)),
    picture("a zip file behind the photo", "rits.jpg", lambda: _saved("JPEG") + b"PK\x05\x06" + bytes(18), hidden=("PK\x05\x06",)),
    picture("a picture that moves", "beweegt.gif", _moving),
    picture("colours that make no sense", "kleur.jpg", lambda: _saved("JPEG", icc_profile=b"onzin" * 5000), hidden=("onzin",)),
    picture("a bomb in the words beside the points", "bom.png", lambda: _png(10, 10, _chunk(b"zTXt", b"a\x00\x00" + zlib.compress(bytes(80_000_000))), pixels=bytes(30)), refused=_NO, either=True),
    picture("a bomb in its colours", "bom.png", lambda: _png(10, 10, _chunk(b"iCCP", b"a\x00\x00" + zlib.compress(bytes(80_000_000))), pixels=bytes(30)), refused=_NO, either=True),
    picture("pages in a circle", "rond.tif", _jumping, refused=_NO),
    picture("a bitmap of less than nothing", "min.bmp", lambda: _saved("BMP")[:18] + struct.pack("<ii", -2_000_000_000, -1) + _saved("BMP")[26:], refused=("no_picture", "picture_too_large", "too_heavy")),
    picture("a photo of sixteen megabytes", "groot.jpg", lambda: _saved("JPEG") + bytes(16 * 1024 * 1024), refused=("picture_too_large",)),
)  # fmt: skip
"""Verdicts on pictures. `hidden` may not be in the picture that is kept."""
