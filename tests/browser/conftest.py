"""A real browser on a really served installation. Without Chromium or the built pages the tests skip by name."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, expect, sync_playwright

from interviews.sealedfiles import SealedFiles
from tests.browser.house import House, served
from tests.browser.visits import Sights, sights
from tests.browser.watching import Watch, settle
from webapp import assets, example

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "webapp/frontend/node_modules/axe-core/axe.min.js"
SHOTS = ROOT / ".artifacts/screenshots"
PICTURES = ROOT / "docs/handleiding/beelden"
IN_CI = bool(os.environ.get("DICHTERBIJ_CI"))
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1440, "height": 900}
PICTURE_DESK: ViewportSize = {"width": 1040, "height": 640}
HEAVIEST = 60_000
"""Bytes of one picture in the guides: they are read on a phone too."""

Opens = Callable[..., Page]


def missing(what: str) -> NoReturn:
    """Skip because `what` is not on this machine; in CI that is a failure."""
    if IN_CI:
        pytest.fail(f"{what} is missing, and CI runs every test", pytrace=False)
    pytest.skip(f"{what} is missing")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here that needs a browser.

    A browser on a busy machine sometimes stalls. What fails is played once more on a fresh page; the first failure is
    printed as `RERUN`, so that nobody overlooks it. A mistake of ours fails twice.
    """
    for item in items:
        if Path(item.path).parent == Path(__file__).parent and "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def playing() -> Iterator[Playwright]:
    """Playwright, which drives the browser."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playing: Playwright) -> Iterator[Browser]:
    """The machine's own Chromium."""
    names = (
        os.environ.get("DICHTERBIJ_CHROMIUM"),
        "/usr/bin/chromium",
        "chromium",
        "chromium-browser",
        "google-chrome",
    )
    program = next((found for name in names if name and (found := shutil.which(name))), None)
    if program is None:
        missing("Chromium")
    if not (assets.BUILD / "manifest.json").exists():
        missing("the build of webapp/frontend")
    quiet = ["--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-component-update"]
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    browser = playing.chromium.launch(executable_path=program, args=[*quiet, "--disable-sync", *sandbox])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe, which knows the rules of WCAG that a machine can check."""
    if not AXE.exists():
        missing("axe-core (npm ci in webapp/frontend)")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def example_house(tmp_path_factory: pytest.TempPathFactory, cheap_passphrases: None) -> Iterator[House]:
    """The example project of the demo, served. For looking: a test that changes things serves its own house."""
    from coding.tagging.tagger import default_tagger
    from interviews.detect.finder import default_finder

    with served(tmp_path_factory.mktemp("example"), demo=True) as house:
        with house.arranging() as session:
            example.create(
                session,
                keys=house.place.keys,
                files=SealedFiles(house.place.settings.data / "files"),
                finder=default_finder(),
                tagger=default_tagger(),
            )
        yield house


@pytest.fixture(scope="session")
def seen(example_house: House) -> Sights:
    """What there is to see in the example."""
    with example_house.arranging() as session:
        return sights(session, example_house.place.keys)


@contextmanager
def watched(chromium: Browser, house: House, size: ViewportSize, **options: object) -> Iterator[BrowserContext]:
    """Give a browser without cookies on `house`. Fails at its end when a page erred or reached for another host."""
    context = chromium.new_context(
        base_url=house.url,
        viewport=size,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        **options,  # type: ignore[arg-type]
    )
    context.set_default_timeout(20_000)
    watch = Watch(urlsplit(house.url).netloc).over(context)
    try:
        yield context
    finally:
        context.close()
    assert watch.problems == []


@pytest.fixture
def phone_on(chromium: Browser) -> Callable[[House], AbstractContextManager[BrowserContext]]:
    """Return a way to take a small phone to a house."""
    return lambda house: watched(chromium, house, PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def desk_on(chromium: Browser) -> Callable[[House], AbstractContextManager[BrowserContext]]:
    """Return a way to sit at a desk with a large screen in a house."""
    return lambda house: watched(chromium, house, DESK)


# A busy machine is no reason to fail: what must be seen may take its time.
expect.set_options(timeout=20_000)


def sign_in(page: Page, word: str, passphrase: str) -> None:
    """Sign in by typing, as people do."""
    page.goto("/inloggen")
    page.get_by_label("Inlogwoord").fill(word)
    page.get_by_label("Wachtzin").fill(passphrase)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url(re.compile(r"^(?!.*/inloggen)"))


def press_long(page: Page, x: float, y: float) -> None:
    """Rest a finger on the screen for much longer than a long press takes, and lift it.

    Much longer, because on a busy machine the page's own clock runs behind.
    """
    client = page.context.new_cdp_session(page)
    client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    page.wait_for_timeout(1_500)
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(500)


def shoot(page: Page, name: str, *, whole: bool = True) -> None:
    """Keep a picture of the page for people to look at, with DICHTERBIJ_SHOTS=1; `name` without an ending."""
    settle(page)
    if not os.environ.get("DICHTERBIJ_SHOTS"):
        return
    SHOTS.mkdir(parents=True, exist_ok=True)
    (SHOTS.parent / ".gitignore").write_text("*\n", encoding="utf-8")
    page.screenshot(path=SHOTS / f"{name}.png", full_page=whole, animations="disabled")


def picture(page: Page, name: str) -> None:
    """Take a picture for the guides, only when DICHTERBIJ_PICTURES says so: pictures are kept in the repository."""
    if not os.environ.get("DICHTERBIJ_PICTURES"):
        return
    settle(page)
    PICTURES.mkdir(parents=True, exist_ok=True)
    taken = b""
    for quality in (80, 65, 50, 35):
        taken = page.screenshot(type="jpeg", quality=quality, animations="disabled", caret="hide")
        if len(taken) <= HEAVIEST:
            break
    (PICTURES / f"{name}.jpg").write_bytes(taken)
