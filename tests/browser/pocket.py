"""A phone with a profile on disk: it can be switched off and on, cut off from the network, and taken apart."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tests.browser.conftest import PHONE
from tests.browser.house import House
from tests.browser.watching import Watch, until

PROGRAMS = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
KEPT = """async () => {
  const registered = await navigator.serviceWorker.getRegistration();
  if (registered?.active?.state !== 'activated') return false;
  for (const name of await caches.keys()) {
    const kept = await (await caches.open(name)).keys();
    if (kept.some((request) => request.url.includes('/schil/elders'))) return true;
  }
  return false;
}"""
IN_STORE = """async () => {
  const open = await new Promise((settle) => {
    const asked = indexedDB.open('dichterbij');
    // The page makes it, with what belongs in it.
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onsuccess = () => settle(asked.result);
    asked.onerror = () => settle(null);
  });
  if (!open) return null;
  const all = (name) => new Promise((settle) => {
    const asked = open.transaction(name).objectStore(name).getAllKeys();
    asked.onsuccess = () => settle(asked.result);
  });
  const found = [...await all('keys'), ...(await all('values')).map(([, kind, id]) => `${kind} ${id}`)];
  open.close();
  return found;
}"""
"""What lies in the store of this phone, by name: whose key, and of each value its kind and id."""


@contextmanager
def switched_on(
    playing: Playwright,
    profile: Path,
    house: House,
    *,
    offline: bool = False,
    refusals: bool = False,
    microphone: bool = False,
) -> Iterator[BrowserContext]:
    """Give the phone with this profile, at the state it was left in.

    Fails at the end when a page erred; `refusals`: the server's no is expected. `microphone`: one that beeps.
    """
    names = (os.environ.get("DICHTERBIJ_CHROMIUM"), *PROGRAMS)
    program = next(found for name in names if name and (found := shutil.which(name)))
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    context = playing.chromium.launch_persistent_context(
        profile,
        executable_path=program,
        args=[
            *("--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"),
            *(("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream") if microphone else ()),
            *sandbox,
        ],
        base_url=house.url,
        viewport=PHONE,
        locale="nl-NL",
        has_touch=True,
        is_mobile=True,
    )
    context.set_default_timeout(20_000)
    context.set_offline(offline)
    watch = Watch(urlsplit(house.url).netloc).over(context)
    try:
        yield context
    finally:
        try:
            context.close()
        except Error as error:
            # The battery is empty.
            if "has been closed" not in str(error):
                raise
    problems = [one for one in watch.problems if not (refusals and one[:3] in ("401", "410"))]
    assert problems == []


def battery_dies(profile: Path) -> None:
    """End the browser of this phone, and all its processes, at once and without a word."""
    subprocess.run(["pkill", "-KILL", "-f", str(profile)], check=True)


def everything_kept(page: Page) -> None:
    """Wait until this phone has what it needs to go on without network."""
    until(page, KEPT)


def packs_kept(page: Page) -> None:
    """Wait until what goes along lies on this phone; that it was looked for is the last thing written down."""
    until(page, f"async () => (await ({IN_STORE})())?.includes('along looked')")


def nothing_kept(page: Page) -> None:
    """Wait until neither a key nor a value lies on this phone."""
    until(page, f"async () => (await ({IN_STORE})())?.length === 0")


def bytes_on(profile: Path, *wanted: str) -> list[str]:
    """Return which of the texts stand readable anywhere in the profile, as UTF-8 or as UTF-16."""
    found = []
    for path in profile.rglob("*"):
        if not path.is_file() or path.is_symlink():
            continue
        content = path.read_bytes()
        found += [
            f"{text} in {path.relative_to(profile)}"
            for text in wanted
            if text.encode() in content or text.encode("utf-16-le") in content
        ]
    return found
