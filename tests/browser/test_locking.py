"""The lock on a shared computer, in a real browser: by its button, by itself, and what the back button shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from interviews import people
from interviews.people import sessions
from tests import factories
from tests.browser.conftest import DESK, watched
from tests.browser.house import House, served
from tests.factories import passphrase_of


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, str]]:
    """A served installation with the cast in it, and the address of their project."""
    with served(tmp_path_factory.mktemp("locking")) as house:
        with house.arranging() as session:
            place = f"/p/{factories.cast(session).project.id}"
        yield house, place


def sign_in(page: Page) -> None:
    """Sign in as the lead on a computer that others use too."""
    page.goto("/inloggen")
    page.locator("#login_word").fill("alice")
    page.locator("#passphrase").fill(passphrase_of("alice"))
    # Watched from before the click: the page may lock itself soon after it is there.
    with page.expect_navigation(url="**/p/*"):
        page.locator("form[action='/inloggen'] button[type=submit]").click()


def test_after_silence_the_screen_locks_and_its_owner_comes_back_to_the_same_page(
    chromium: Browser, house: tuple[House, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The page is told so; the server itself counts half an hour.
    monkeypatch.setattr(people, "LOCK_AFTER", timedelta(seconds=1))
    with watched(chromium, house[0], DESK) as context:
        page = context.new_page()
        sign_in(page)
        page.wait_for_url(re.compile(r"/vergrendeld\?next="), timeout=20_000)
        assert "Alice" not in page.content()
        monkeypatch.setattr(people, "LOCK_AFTER", sessions.LOCK_AFTER)
        page.locator("#proof").fill(passphrase_of("alice"))
        page.get_by_role("button", name="Ontgrendelen").click()
        page.wait_for_url(f"**{house[1]}")
        expect(page.locator("h1")).to_be_visible()


def test_the_back_button_and_other_tabs_show_nothing_of_a_locked_session(
    chromium: Browser, house: tuple[House, str]
) -> None:
    with watched(chromium, house[0], DESK) as context:
        page, other = context.new_page(), context.new_page()
        sign_in(page)
        page.goto(f"{house[1]}/mensen")
        other.goto(f"{house[1]}/mensen")
        assert "Alice" in other.content()
        page.locator("details.who > summary").click()
        page.locator("form[data-lock] button").click()
        page.wait_for_url(re.compile(r"/vergrendeld\?next="))
        page.go_back()
        assert "Alice" not in page.content()
        other.reload()
        assert "Alice" not in other.content()
