"""Where the pages find the built scripts, styles and icons.

The build (Vite, see `hatch_build.py`) names every file after its content and lists the names in a manifest. Pages ask
for an entry (`app`, `desk`) and get the address of the file that belongs to it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BUILD = Path(__file__).parent / "static" / "build"
"""The folder that the build writes."""


class AssetsNotBuilt(RuntimeError):
    """The scripts and styles have not been built on this machine."""

    def __init__(self, build: Path) -> None:
        super().__init__(
            f"No built scripts and styles in {build}. Install the project once more (`uv sync --reinstall-package "
            "dichterbij`), or run `npm ci && npm run build` in webapp/frontend."
        )


class UnknownAsset(LookupError):
    """A page asks for an entry that the build does not have."""

    def __init__(self, source: str, known: list[str]) -> None:
        super().__init__(f"The build has no {source!r}. It has: {', '.join(known)}.")


@dataclass(frozen=True, slots=True)
class Assets:
    """The files of one build, by the name of their source. `root` is the address of the build folder, ending in "/"."""

    files: Mapping[str, str]
    root: str = "/static/build/"

    @classmethod
    def read(cls, build: Path = BUILD, *, root: str = "/static/build/") -> Assets:
        """Read the manifest in the folder `build`. Raises AssetsNotBuilt where there is none."""
        try:
            manifest: dict[str, dict[str, Any]] = json.loads((build / "manifest.json").read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise AssetsNotBuilt(build) from error
        return cls(files={source: chunk["file"] for source, chunk in manifest.items()}, root=root)

    def css(self, entry: str) -> str:
        """Return the address of an entry's style sheet. Raises UnknownAsset."""
        return self.url(f"src/{entry}.css")

    def js(self, entry: str) -> str:
        """Return the address of an entry's module script. Raises UnknownAsset."""
        return self.url(f"src/{entry}.ts")

    def icons(self) -> str:
        """Return the address of the sprite with icons; `#name` behind it picks one. Raises UnknownAsset."""
        return self.url("src/icons.svg")

    def url(self, source: str) -> str:
        """Return the address of the built file that belongs to the source file `source`. Raises UnknownAsset."""
        try:
            return self.root + self.files[source]
        except KeyError:
            raise UnknownAsset(source, sorted(self.files)) from None


def template_globals(assets: Callable[[], Assets]) -> dict[str, Callable[..., str]]:
    """Return the functions that templates call: `asset_css(entry)`, `asset_js(entry)` and `asset_icons()`.

    `assets` is asked at each call, so that the application decides when to read the manifest: once in use, at each
    request while developing.
    """
    return {
        "asset_css": lambda entry: assets().css(entry),
        "asset_js": lambda entry: assets().js(entry),
        "asset_icons": lambda: assets().icons(),
    }
