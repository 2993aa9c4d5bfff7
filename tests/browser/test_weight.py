"""An old phone with little data: what the interviewer's pages weigh when they are opened for the first time."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PHONE, sign_in, watched
from tests.browser.house import House
from tests.browser.visits import VISITS, Sights
from tests.browser.watching import settle
from webapp.example import PASSPHRASE

MOST = 150_000
"""Bytes on the line. Styles and scripts go packed; a page itself does not (see the headers of `webapp.compression`)."""
MOST_AFTERWARDS = 20_000
"""The same for a page that is opened again: styles, scripts and letters are on the phone already."""
OFTEN = (
    "interviews.index",
    "planning.new",
    "consents.show",
    "talk.show",
    "typing.show",
    "bring_in.choose",
    "names.review",
)


class Line:
    """What really goes over the line to a page, as the browser itself counts it: headers and packed bodies.

    What the phone had kept costs nothing. What is fetched a while later, to have it without network, is not waited for.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.addresses: dict[str, str] = {}
        self.bytes: dict[str, float] = {}
        counter = page.context.new_cdp_session(page)
        counter.on("Network.requestWillBeSent", self._asked)
        counter.on("Network.loadingFinished", self._finished)
        counter.send("Network.enable")

    def _asked(self, event: dict[str, Any]) -> None:
        self.addresses[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes[event["requestId"]] = event["encodedDataLength"]

    def of(self, address: str) -> dict[str, int]:
        """Open `address` and return the bytes per file."""
        self.bytes.clear()
        self.page.goto(address)
        settle(self.page)
        sent = {one: int(size) for one, size in self.bytes.items() if size}
        return {Path(urlsplit(self.addresses[one]).path).name: size for one, size in sent.items()}


@pytest.mark.parametrize("endpoint", OFTEN)
def test_a_page_of_the_interviewer_is_light(
    endpoint: str, chromium: Browser, example_house: House, seen: Sights
) -> None:
    with watched(chromium, example_house, PHONE) as context:
        first = context.new_page()
        sign_in(first, "interviewer", PASSPHRASE)
        cookies = context.storage_state()
    # Without the worker of the pages: with it the browser does not say what went over the line and what it kept.
    context = chromium.new_context(
        base_url=example_house.url, viewport=PHONE, locale="nl-NL", storage_state=cookies, service_workers="block"
    )
    with context:
        page = context.new_page()
        line = Line(page)
        first_load = line.of(VISITS[endpoint](seen)[0])
        page.goto("about:blank")
        afterwards = line.of(VISITS[endpoint](seen)[0])
    assert sum(first_load.values()) < MOST, dict(sorted(first_load.items(), key=lambda item: -item[1]))
    assert sum(afterwards.values()) < MOST_AFTERWARDS, dict(sorted(afterwards.items(), key=lambda item: -item[1]))
