"""What every answer tells the browser to refuse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.factories import Cast
from tests.pages import PageClient, browser

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-NONCE'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; "
    "worker-src 'self'; media-src 'self' blob:"
)


def nonce_of(answer: TestResponse) -> str:
    found = re.search(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])
    assert found
    return found[1]


@pytest.fixture
def answers(app: Flask, cast: Cast, tmp_path: Path) -> Iterator[list[TestResponse]]:
    """One answer of each kind: page, redirect, errors, file, JSON."""
    client = browser(app)
    found = [client.get("/inloggen"), client.get("/"), client.get("/niets"), client.post("/inloggen", csrf=False)]
    (tmp_path / "regels.txt").write_text("Een bestand.")
    app.static_folder = str(tmp_path)
    found += [client.get("/static/regels.txt"), client.delete("/inloggen")]
    client.sign_in(cast.alice)
    found += [client.get("/", follow_redirects=True), client.get("/niets", headers={"Accept": "application/json"})]
    yield found
    for answer in found:
        answer.close()


def test_every_answer_carries_the_whole_set(answers: list[TestResponse]) -> None:
    for answer in answers:
        headers = answer.headers
        assert headers["Content-Security-Policy"].replace(nonce_of(answer), "NONCE") == POLICY
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Permissions-Policy"].startswith("microphone=(self), camera=()")
        assert "Strict-Transport-Security" not in headers
        assert "Server" not in headers


def test_the_nonce_is_another_one_each_time_and_is_on_every_script(answers: list[TestResponse]) -> None:
    nonces = [nonce_of(answer) for answer in answers]
    assert len(set(nonces)) == len(nonces)
    for answer in answers:
        if answer.mimetype == "text/html" and "<script" in answer.text:
            assert set(re.findall(r'<script[^>]* nonce="([^"]+)"', answer.text)) == {nonce_of(answer)}


def test_nothing_but_the_product_s_own_files_is_kept_by_a_browser(answers: list[TestResponse]) -> None:
    for answer in answers:
        if not answer.request.path.startswith("/static/"):
            assert answer.headers["Cache-Control"] == "no-store", answer.request.path


def test_a_file_that_is_named_after_its_content_is_kept_for_ever(
    client: PageClient, app: Flask, tmp_path: Path
) -> None:
    folder = tmp_path / "build" / "assets"
    folder.mkdir(parents=True)
    (folder / "app-12345678.css").write_text("p {}")
    app.static_folder = str(tmp_path)
    answer = client.get("/static/build/assets/app-12345678.css")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers
    answer.close()
    missing = client.get("/static/build/assets/app-00000000.css")
    assert (missing.status_code, missing.headers["Cache-Control"]) == (404, "no-store")
