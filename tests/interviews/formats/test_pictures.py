"""Pictures: made anew, upright, smaller, and without a word about where and when they were taken."""

from __future__ import annotations

import io
import random
import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from interviews.errors import Unreadable
from interviews.formats import pictures

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 30), *, exif: Image.Exif | None = None) -> bytes:
    picture = Image.new("RGBA" if kind == "PNG" else "RGB", size, (200, 30, 30))
    kept = io.BytesIO()
    picture.save(kept, kind, **({"exif": exif} if exif is not None else {}))
    return kept.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_of_every_usual_kind_becomes_a_jpeg(kind: str) -> None:
    made = pictures.remake(photo(kind))
    assert (made.width, made.height) == (60, 30)
    assert Image.open(io.BytesIO(made.content)).format == "JPEG"


def test_where_when_and_with_what_it_was_taken_is_gone() -> None:
    told = Image.Exif()
    told[MAKER] = "Zwammerphone"
    told.get_ifd(GPS)[2] = (52.0, 6.0, 0.0)
    taken = photo(exif=told)
    assert b"Zwammerphone" in taken
    made = pictures.remake(taken)
    assert b"Zwammerphone" not in made.content
    assert b"Exif" not in made.content
    assert not Image.open(io.BytesIO(made.content)).getexif()


def test_a_photo_taken_sideways_stands_upright() -> None:
    told = Image.Exif()
    told[ORIENTATION] = 6
    made = pictures.remake(photo(exif=told))
    assert (made.width, made.height) == (30, 60)


def test_a_large_photo_becomes_smaller() -> None:
    made = pictures.remake(photo(size=(4_000, 1_000)))
    assert (made.width, made.height) == (2_048, 512)


def test_a_drawing_without_a_background_is_on_white() -> None:
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    kept = io.BytesIO()
    clear.save(kept, "PNG")
    made = Image.open(io.BytesIO(pictures.remake(kept.getvalue()).content))
    assert made.getpixel((10, 10)) == (255, 255, 255)


def bomb() -> bytes:
    """A PNG of a few bytes that says it is 60,000 by 60,000."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "unreadable.no_picture"),
        (b"Dit is een gesprek.", "unreadable.no_picture"),
        (b"%PDF-1.7\n", "unreadable.no_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "unreadable.no_picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "unreadable.no_picture"),
        (photo()[:200], "unreadable.no_picture"),
        (bomb(), "unreadable.picture_too_large"),
        (b"\xff" * (pictures.MOST_BYTES + 1), "unreadable.picture_too_large"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(data: bytes, key: str) -> None:
    with pytest.raises(Unreadable) as refused:
        pictures.remake(data)
    assert refused.value.key == key


@settings(max_examples=12)
@given(st.randoms(use_true_random=False), st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_a_damaged_picture_is_remade_or_refused_and_nothing_else(chance: random.Random, kind: str) -> None:
    data = bytearray(photo(kind))
    for _ in range(chance.randrange(1, 12)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    with suppress(Unreadable):
        assert pictures.remake(bytes(data)).content.startswith(b"\xff\xd8")
