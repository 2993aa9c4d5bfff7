"""How soon an interviewer's pages show and answer on an old phone with a slow line.

Serves the example project, opens each page in Chromium at 360 px with the line of "slow 3G" (400 kbit/s, 400 ms) and a
processor six times slower, as the browser's own tools throttle them, and prints per page: kilobytes over the line, first
contentful paint, and the moment from which no task takes longer than 50 ms (time to interactive). First with nothing on
the phone, then again. Ratios to the sign-in page of the same run, because machines differ.

    uv run python benchmarks/phone.py [--runs 3]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from coding.tagging.tagger import default_tagger
from interviews.detect.finder import default_finder
from interviews.sealedfiles import SealedFiles
from tests.browser.conftest import sign_in
from tests.browser.house import House, served
from tests.browser.visits import VISITS, Sights, sights
from webapp import example
from webapp.example import PASSPHRASE

SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
SLOWER = 6
PAGES = ("interviews.index", "interviews.show", "consents.show", "talk.show", "typing.show", "aftercare.debrief")
_LONG_TASKS = """() => new Promise((done) => {
  let last = performance.getEntriesByType("paint").find((one) => one.name === "first-contentful-paint")?.startTime ?? 0;
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) last = Math.max(last, task.startTime + task.duration);
  }).observe({ type: "longtask", buffered: true });
  setTimeout(() => done(last), 3000);
})"""


def opened(page: Page, address: str) -> tuple[float, float, float]:
    """Open `address` and return kilobytes over the line, first paint and time to interactive in seconds."""
    sizes: list[float] = []
    line = page.context.new_cdp_session(page)
    line.on("Network.loadingFinished", lambda event: sizes.append(float(event["encodedDataLength"])))
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_3G)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load", timeout=120_000)
    ready = float(page.evaluate(_LONG_TASKS)) / 1000
    paint: Any = page.evaluate('() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN')
    line.detach()
    return sum(sizes) / 1000, float(paint) / 1000, max(ready, float(paint) / 1000)


def phone(browser: Browser, house: House, cookies: Any = None) -> BrowserContext:
    """Return a small phone without anything on it, but perhaps signed in. Its worker is off: it would hide the line."""
    return browser.new_context(
        base_url=house.url,
        viewport={"width": 360, "height": 640},
        locale="nl-NL",
        is_mobile=True,
        has_touch=True,
        storage_state=cookies,
        service_workers="block",
    )


def signed_in(browser: Browser, house: House) -> Any:
    """Return the cookies of the interviewer of the example."""
    context = phone(browser, house)
    page = context.new_page()
    sign_in(page, "interviewer", PASSPHRASE)
    cookies = context.storage_state()
    context.close()
    return cookies


def measure(browser: Browser, house: House, seen: Sights, runs: int) -> None:
    """Print a line per page."""
    cookies = signed_in(browser, house)
    base = _both(browser, house, "/inloggen", None, runs)
    print(
        f"{'page':<20} {'first: kB':>10} {'paint s':>8} {'ready s':>8} {'again: kB':>10} {'paint s':>8} {'ready s':>8} {'× sign-in':>10}"
    )
    _line("sign-in", base, base)
    for endpoint in PAGES:
        _line(endpoint, _both(browser, house, VISITS[endpoint](seen)[0], cookies, runs), base)


def _both(browser: Browser, house: House, address: str, cookies: Any, runs: int) -> list[tuple[float, float, float]]:
    first, again = [], []
    for _ in range(runs):
        context = phone(browser, house, cookies)
        page = context.new_page()
        first.append(opened(page, address))
        page.goto("about:blank")
        again.append(opened(page, address))
        context.close()
    return [_medians(first), _medians(again)]


def _medians(rows: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    kilobytes, paint, ready = (statistics.median(column) for column in zip(*rows, strict=True))
    return kilobytes, paint, ready


def _line(name: str, both: list[tuple[float, float, float]], base: list[tuple[float, float, float]]) -> None:
    (kb, paint, ready), (kb_again, paint_again, ready_again) = both
    print(
        f"{name:<20} {kb:>10.0f} {paint:>8.1f} {ready:>8.1f} {kb_again:>10.0f} {paint_again:>8.1f} {ready_again:>8.1f} "
        f"{ready / base[0][2]:>10.1f}"
    )


def main() -> None:
    """Serve the example and measure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=3)
    runs: int = asked.parse_args().runs
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), demo=True) as house:
        with house.arranging() as session:
            example.create(
                session,
                keys=house.place.keys,
                files=SealedFiles(house.place.settings.data / "files"),
                finder=default_finder(),
                tagger=default_tagger(),
            )
        with house.arranging() as session:
            seen = sights(session, house.place.keys)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium",
                args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            )
            measure(browser, house, seen, runs)
            browser.close()


if __name__ == "__main__":
    main()
