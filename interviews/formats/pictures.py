"""A photo or drawing made into one that tells nothing but what it shows: turned upright, made smaller, painted anew.

A picture of a phone carries place, time and device in hidden fields; a picture made anew carries none. Read in the same
kind of child process as transcripts (`sandbox`): a picture from outside is a file like any other.
"""

from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import dataclass
from typing import NoReturn

from interviews.errors import Unreadable
from interviews.formats import sandbox

MEDIA_TYPE = "image/jpeg"
LONGEST_SIDE = 2_048
"""Pixels; enough for a page of paper, and about half a megabyte."""
MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 60_000_000
_MEGABYTES = MOST_BYTES // 1024 // 1024
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "MPO")
_QUALITY = 85


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG without hidden fields. `width` and `height` in pixels."""

    content: bytes
    width: int
    height: int


def remake(data: bytes) -> Picture:
    """Return the picture in `data`, made anew in a child process.

    Raises Unreadable: `unreadable.no_picture`, `unreadable.picture_too_large` (bytes or pixels) or
    `unreadable.too_heavy`.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("unreadable.picture_too_large", megabytes=_MEGABYTES)
    answer = sandbox.ask_child(__name__, data, packages=("PIL",))
    header, _, content = answer.partition(b"\n")
    try:
        told = json.loads(header)
        refused = told.get("unreadable")
        if refused is None:
            return Picture(content, int(told["width"]), int(told["height"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable("unreadable.too_heavy") from error
    raise Unreadable(str(refused), **told.get("fields", {}))


def serve() -> NoReturn:
    """Be the child: read a picture from standard input, answer on standard output, exit."""
    from PIL import Image

    # Every reader is imported before the limits close the door.
    Image.init()
    Image.MAX_IMAGE_PIXELS = None  # our own limit speaks first, and does not only warn
    sandbox.limit()
    try:
        answer = _remade(sys.stdin.buffer.read())
    except Unreadable as refusal:
        answer = json.dumps({"unreadable": refusal.key, "fields": refusal.fields}).encode() + b"\n"
    except MemoryError:
        os._exit(3)
    except Exception:  # noqa: BLE001
        # Whatever a reader trips over, the person hears that this is no picture we can open.
        answer = json.dumps({"unreadable": "unreadable.no_picture"}).encode() + b"\n"
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    os._exit(0)


def _remade(data: bytes) -> bytes:
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise Unreadable("unreadable.picture_too_large", megabytes=_MEGABYTES)
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        # On white: a drawing without a background would turn black.
        paper = Image.new("RGB", upright.size, "white")
        layer = upright.convert("RGBA")
        paper.paste(layer, mask=layer)
        painted = io.BytesIO()
        paper.save(painted, "JPEG", quality=_QUALITY, optimize=True)
    header = json.dumps({"width": paper.width, "height": paper.height}).encode()
    return header + b"\n" + painted.getvalue()
