"""The pages of an interviewee, behind a link and a spoken code: usable for everybody, in every language."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import PHONE, watched
from tests.browser.house import House
from tests.browser.test_pages import faults
from tests.browser.visits import Sights


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_interviewee_opens_the_link_and_finds_every_page_usable(
    language: str, chromium: Browser, axe: str, example_house: House, seen: Sights
) -> None:
    wrong: list[str] = []
    headers = {"Accept-Language": language}
    with watched(chromium, example_house, PHONE, has_touch=True, is_mobile=True, extra_http_headers=headers) as context:
        page = context.new_page()
        page.goto(f"/mee/{seen.guest}")
        page.locator("input[name=code]").fill(seen.guest_code)
        page.locator("main button[type=submit]").first.click()
        page.locator("form[action$='/nakijken']").wait_for()
        for name, address in (("check", ""), ("choices", "/keuzes"), ("thanks", "/bedankt")):
            answer = page.goto(f"/mee/{seen.guest}{address}")
            assert answer is not None
            assert answer.status == 200, name
            found = faults(page, axe, f"{language}-guests.{name}", thorough=language == "nl")
            wrong += [f"{name}: {one}" for one in found]
    assert not wrong, "\n".join(wrong)
