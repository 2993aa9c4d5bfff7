"""Every page, in every language: usable by eye, ear, finger and keyboard; with DICHTERBIJ_FULL=1 for each role apart."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import update

from interviews.models import Person
from tests.browser.conftest import DESK, PHONE, shoot, sign_in, watched
from tests.browser.house import House
from tests.browser.inspection import (
    axe_violations,
    cut_off_at_double_size,
    is_notebook,
    lost_focus,
    small_targets,
    wider_than,
)
from tests.browser.visits import NOT_PAGES, OTHER_VISITS, VISITS, Sights, pages_of
from tests.browser.watching import settle
from webapp.example import ACCOUNTS, PASSPHRASE

FULL = bool(os.environ.get("DICHTERBIJ_FULL"))
"""Every page as each role sees it, on a wide screen too; else as the first one sees it who may open it (`tests/webapp`
asks every role), and of several pages of one kind the first one on a wide screen."""
VISITOR = "bezoeker"
WHO = [account.login_word for account in ACCOUNTS] + [VISITOR]
EXPECTED = {"/bestaat-niet": {404}, "/uitnodiging/geen-echte-code": {404}}
"""What else than 200 a visit may answer and still be a page to look at."""
_CHANGING = re.compile(r'name="csrf_token" value="[^"]*"|nonce="[^"]*"|name="draft" value="[^"]*"')


@pytest.fixture(scope="module", params=["nl", "en"])
def language(request: pytest.FixtureRequest, example_house: House) -> Iterator[str]:
    """The language that everybody reads in, one after the other."""
    with example_house.arranging() as session:
        session.execute(update(Person).values(language=request.param))
    yield request.param
    with example_house.arranging() as session:
        session.execute(update(Person).values(language="nl"))


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, example_house: House) -> dict[str, object]:
    """Per person the cookies of somebody who signed in."""
    states: dict[str, object] = {VISITOR: None}
    for account in ACCOUNTS:
        with watched(chromium, example_house, PHONE) as context:
            sign_in(context.new_page(), account.login_word, PASSPHRASE)
            states[account.login_word] = context.storage_state()
    return states


@pytest.fixture(scope="module")
def visitors(
    chromium: Browser, example_house: House, signed_in: dict[str, object], language: str
) -> Iterator[dict[str, Page]]:
    """Per person a phone with one open page. A script error or a request elsewhere, on any page, fails at the end."""
    with ExitStack() as stack:
        yield {
            who: stack.enter_context(
                watched(
                    chromium,
                    example_house,
                    PHONE,
                    has_touch=True,
                    is_mobile=True,
                    storage_state=signed_in[who],
                    extra_http_headers={"Accept-Language": language},
                )
            ).new_page()
            for who in WHO
        }


def test_every_page_is_visited_or_explained(example_house: House) -> None:
    known = set(VISITS) | set(NOT_PAGES)
    assert pages_of(example_house.app) - known == set(), "a new page: add it to tests/browser/visits.py"
    assert known - pages_of(example_house.app) == set(), "a page that is gone"


@pytest.mark.parametrize("endpoint", [*VISITS, *OTHER_VISITS])
def test_a_page_is_usable_for_everybody_who_may_open_it(
    endpoint: str, language: str, axe: str, example_house: House, seen: Sights, visitors: dict[str, Page]
) -> None:
    addresses = {**VISITS, **OTHER_VISITS}[endpoint](seen)
    wrong: list[str] = []
    known: set[str] = set()
    looked: set[str] = set()
    for who, page in visitors.items():
        for number, address in enumerate(addresses):
            if not FULL and address in looked:
                continue
            # Asked first, which is quicker than drawing a refusal.
            if page.request.get(address, max_redirects=0).status not in EXPECTED.get(address, {200}):
                continue
            page.goto(address)
            assert page.url.removeprefix(example_house.url) == address
            content = _CHANGING.sub("", page.locator("main").inner_html())
            looked.add(address)
            if content not in known:
                known.add(content)
                name = f"{language}-{endpoint}-{number}-{who}"
                found = faults(page, axe, name, thorough=language == "nl", wide=FULL or len(known) == 1)
                wrong += [f"{who} {address}: {one}" for one in found]
    assert known, "nobody can open this page"
    assert not wrong, "\n".join(wrong)


def faults(page: Page, axe: str, name: str, *, thorough: bool, wide: bool = True) -> list[str]:
    """Return everything that is wrong with the page that is open.

    `thorough` looks at size, focus and (`wide`) a wide screen as well, and takes its picture on a phone and on a desk.
    """
    settle(page)
    if thorough:
        shoot(page, f"phone/{name}")
    found = [f"axe: {one}" for one in axe_violations(page, axe)]
    found += [f"320 px: {one}" for one in wider_than(page)]
    if thorough:
        found += [f"letters twice as large: {one}" for one in cut_off_at_double_size(page)]
        found += [f"focus: {one}" for one in lost_focus(page)]
        if is_notebook(page):
            found += [f"hard to touch: {one}" for one in small_targets(page)]
    if thorough and wide:
        page.set_viewport_size(DESK)
        settle(page)
        shoot(page, f"desk/{name}")
        found += [f"axe, wide: {one}" for one in axe_violations(page, axe)]
        page.set_viewport_size(PHONE)
    return found
