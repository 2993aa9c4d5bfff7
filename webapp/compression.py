"""What goes over the line, sent small: on an old phone with a slow line a page arrives three to five times sooner.

Files that are the same for everybody are packed once per process. A page mixes somebody's words with a secret, and the
length of a packed page can tell an eavesdropper something of it (the BREACH attack). So the length says little: each
answer carries a name of random length in its gzip header, as in Palacios and others, "Heal the Breach" (IEEE TIFS 2022),
which Django does too. The attack also needs pages that repeat what an address says, asked for from another site with
the person's cookie: ours repeat no words of an address, and the cookie does not travel along (SameSite).
"""

from __future__ import annotations

import gzip
import secrets
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from flask import Flask, Response, request

PACKABLE = frozenset({"text/css", "text/javascript", "application/javascript", "image/svg+xml", "application/json"})
PAGES = frozenset({"text/html", "application/json"})
SMALLEST = 600
"""Bytes below which packing a page saves nothing."""
MOST_PADDING = 100
_LEVEL = 6


@lru_cache(maxsize=64)
def _packed(path: Path, changed_ns: int) -> bytes:
    """Return the file's content under gzip; `changed_ns` makes a rebuilt file another entry."""
    return gzip.compress(path.read_bytes(), 9, mtime=0)


def _padded(content: bytes) -> bytes:
    """Return `content` under gzip, longer by a random number of bytes."""
    packed = BytesIO()
    name = "a" * secrets.randbelow(MOST_PADDING + 1)
    with gzip.GzipFile(filename=name, mode="wb", compresslevel=_LEVEL, fileobj=packed, mtime=0) as file:
        file.write(content)
    return packed.getvalue()


def init_app(app: Flask) -> None:
    """Pack what `app` sends, for browsers that say they unpack it."""

    @app.after_request
    def pack(response: Response) -> Response:
        is_file = request.endpoint == "static"
        if response.mimetype not in (PACKABLE if is_file else PAGES) or "Content-Encoding" in response.headers:
            return response
        response.vary.add("Accept-Encoding")
        if "Range" in request.headers or not request.accept_encodings["gzip"]:
            return response
        packed = _of_file(app, response) if is_file else _of_page(response)
        if packed is not None:
            response.set_data(packed)
            response.headers["Content-Encoding"] = "gzip"
        return response


def _of_file(app: Flask, response: Response) -> bytes | None:
    if response.status_code != 200:
        return None
    path = Path(str(app.static_folder)) / str((request.view_args or {})["filename"])
    # The file that Flask opened to stream is not needed any more, and nobody else would close it.
    response.close()
    response.direct_passthrough = False
    # The packed bytes are another representation than the file that the tag was made of.
    response.headers.pop("ETag", None)
    return _packed(path, path.stat().st_mtime_ns)


def _of_page(response: Response) -> bytes | None:
    if response.is_streamed or response.direct_passthrough or response.status_code == 304:
        return None
    content = response.get_data()
    if len(content) < SMALLEST:
        return None
    if response.headers.get("ETag"):
        # Of the same words in another form: browsers compare such a tag weakly.
        response.set_etag(response.get_etag()[0] or "", weak=True)
    return _padded(content)
