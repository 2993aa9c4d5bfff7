"""Files and pages travel small, and the length of a page does not betray what is in it."""

from __future__ import annotations

import gzip

from flask import Flask
from flask.testing import FlaskClient

from tests.factories import Cast
from tests.pages import browser

PLAIN = {"Accept-Encoding": "identity"}
PACKED = {"Accept-Encoding": "gzip, br"}


def test_a_browser_that_unpacks_gets_the_same_file_smaller(app: Flask) -> None:
    with (
        app.test_client().get("/static/sign.svg", headers=PLAIN) as plain,
        app.test_client().get("/static/sign.svg", headers=PACKED) as packed,
    ):
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
        assert "Accept-Encoding" in plain.headers["Vary"]


def test_a_browser_that_does_not_gets_the_file_as_it_is(app: Flask) -> None:
    with app.test_client().get("/static/sign.svg", headers=PLAIN) as answer:
        assert "Content-Encoding" not in answer.headers
        assert answer.data.startswith(b"<svg")


def test_a_page_travels_small_and_is_the_same_page(app: Flask) -> None:
    client = FlaskClient(app)
    plain, packed = client.get("/hulp", headers=PLAIN), client.get("/hulp", headers=PACKED)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2
    assert len(gzip.decompress(packed.data)) == len(plain.data)


def test_the_length_of_a_packed_page_says_little(app: Flask) -> None:
    # Without padding every answer to one request would have one length.
    client = FlaskClient(app)
    lengths = {len(client.get("/bestaat-niet", headers=PACKED).data) for _ in range(30)}
    assert len(lengths) > 10


def test_an_answer_for_a_script_travels_small_too(app: Flask, cast: Cast) -> None:
    client = browser(app).sign_in(cast.carla)
    answer = client.get("/apparaat.json", headers=PACKED)
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_file_that_is_not_there_is_still_a_404(app: Flask) -> None:
    assert app.test_client().get("/static/weg.svg", headers=PACKED).status_code == 404


def test_a_file_is_the_same_for_everybody_so_that_a_phone_keeps_it(app: Flask, cast: Cast) -> None:
    with browser(app).sign_in(cast.carla).get("/static/sign.svg", headers=PACKED) as answer:
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "Set-Cookie" not in answer.headers
