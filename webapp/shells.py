"""Pages without words that a phone keeps: the same templates as the real pages, rendered for nobody and no interview.

The service worker keeps them with every file they need, and answers with them when there is no network. What stands in
them comes from the encrypted store on the phone.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template, url_for
from flask_wtf.csrf import generate_csrf
from jinja2 import TemplateError, TemplateNotFound
from werkzeug.routing import BuildError

from webapp import assets, i18n
from webapp.headers import csp_nonce

logger = logging.getLogger(__name__)
_ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_STATIC = re.compile(r"/static/[^\"'#?\s)]+")
_NOBODY: dict[str, Any] = {
    # Over what the frame of a page says about whoever asks: a shell is everybody's.
    "me": None,
    "project": None,
    "navigation": [],
    "notices": [],
    "languages": [],
    "help_contact": None,
    "sign_out_url": None,
    "devices_url": None,
    "lock_url": None,
    "locks_after": None,
    "pack": None,
    "shell": True,
}


@dataclass(frozen=True, slots=True)
class Screen:
    """A page that works without network: its template, and the addresses (a regular expression) it answers."""

    name: str
    template: str
    pattern: str


SCREENS = (
    Screen("lijst", "offline/list.html", rf"^/(?:p/{_ID}(?:/gesprekken)?)?/?$"),
    Screen("gesprek", "talk/show.html", rf"^/gesprekken/{_ID}/gesprek$"),
    Screen("toestemming", "consents/show.html", rf"^/gesprekken/{_ID}/toestemming$"),
    Screen("uittypen", "typing/show.html", rf"^/gesprekken/{_ID}/uittypen$"),
    Screen("elders", "offline/elsewhere.html", r"^/"),
)
"""In the order in which an address is compared with them; the last one answers every other page."""


def render(name: str) -> str | None:
    """Return the shell `name` in this request's language; None when there is none, or this installation lacks it."""
    screen = next((one for one in SCREENS if one.name == name), None)
    if screen is None:
        return None
    try:
        return render_template(screen.template, **_NOBODY)
    except TemplateNotFound:
        return None
    except (TemplateError, BuildError, assets.UnknownAsset):
        if current_app.testing:
            raise
        # One page that cannot do without an interview must not take the others along.
        logger.exception("shell %s cannot be rendered", name)
        return None


@dataclass(frozen=True, slots=True)
class Kept:
    """What a phone keeps: shells with their patterns, the files they need, and a version that changes with any of it."""

    version: str
    shells: tuple[tuple[str, str], ...]
    files: tuple[str, ...]

    def as_json(self) -> str:
        """Return it as the service worker reads it."""
        shells = [{"url": f"/schil/{name}?v={self.version}", "pattern": pattern} for name, pattern in self.shells]
        return json.dumps({"version": self.version, "shells": shells, "files": self.files})


def kept() -> Kept:
    """Return what a phone keeps in this request's language. Made once per language, anew each time while developing."""
    memory: dict[str, Kept] = current_app.extensions.setdefault("dichterbij.shells", {})
    language = i18n.language()
    if language not in memory or current_app.debug:
        memory[language] = _look(language)
    return memory[language]


def _look(language: str) -> Kept:
    digest = hashlib.sha256(language.encode())
    shells: list[tuple[str, str]] = []
    named: set[str] = set()
    for screen in SCREENS:
        page = render(screen.name)
        if page is None:
            continue
        shells.append((screen.name, screen.pattern))
        named.update(_STATIC.findall(page))
        # What differs from answer to answer is no difference.
        plain = page.replace(csp_nonce(), "").replace(generate_csrf(), "")
        digest.update(f"{screen.name}\0{plain}\0".encode())
    files = tuple(sorted({*_with_what_they_need(named), url_for("offline.manifest")}))
    digest.update("\0".join(files).encode())
    return Kept(digest.hexdigest()[:16], tuple(shells), files)


def _with_what_they_need(urls: Iterable[str]) -> set[str]:
    """Return `urls` with every file of the build that they load: parts, styles, fonts."""
    try:
        manifest: dict[str, dict[str, Any]] = json.loads((assets.BUILD / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        manifest = {}
    root = "/static/build/"
    chunks = {root + chunk["file"]: name for name, chunk in manifest.items()}
    found, waiting = set(urls), [chunks[url] for url in urls if url in chunks]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in manifest:
            continue
        seen.add(name)
        chunk = manifest[name]
        found.update(root + file for file in (chunk["file"], *chunk.get("css", ()), *chunk.get("assets", ())))
        waiting += [*chunk.get("imports", ()), *chunk.get("dynamicImports", ())]
    return found
