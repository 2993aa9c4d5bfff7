"""How commands speak: sentences and progress on stderr, results on stdout, so that `--json` can be piped."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from interviews.errors import Invalid, Unreadable
from interviews.formats import reading
from interviews.formats.draft import TranscriptDraft
from webapp.messages import sentence

T = TypeVar("T")
errors = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)


class Failed(click.ClickException):
    """The command could not do its work: one sentence on stderr, exit code 1."""

    exit_code = 1

    def __init__(self, message: str = "") -> None:
        """Say `message`; nothing when everything has been said already, file by file."""
        super().__init__(message)

    def show(self, file: object = None) -> None:
        """Print the sentence."""
        if self.message:
            errors.print(self.format_message())


def say(text: str) -> None:
    """Print one sentence for a person, on stderr."""
    errors.print(text)


def result(text: str) -> None:
    """Print what was asked for, for a person, on stdout."""
    click.echo(text)


def explain(problem: Invalid) -> str:
    """Return the sentence of a refused value, in Dutch, as on screen."""
    return sentence(problem.key, **problem.fields)


def print_json(value: object) -> None:
    """Print `value` as JSON on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def read_transcript(path: Path) -> TranscriptDraft:
    """Return the draft of a file. Raises Unreadable, also for a file that cannot be opened or is far too large."""
    try:
        # Looked at before it is read: a file of many gigabytes would fill the memory first.
        if path.stat().st_size > reading.MAX_BYTES:
            raise Unreadable("unreadable.too_large", megabytes=reading.MAX_BYTES // (1024 * 1024))
        return reading.read(path.name, path.read_bytes())
    except OSError as error:
        raise Unreadable("unreadable.unknown") from error


def track(items: Iterable[T], *, total: int | None, label: str, quiet: bool = False) -> Iterator[T]:
    """Yield `items` with a progress bar on stderr; without one when `quiet` or when nobody is looking."""
    if quiet or not errors.is_terminal:
        yield from items
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True) as progress:
        yield from progress.track(items, total=total, description=label)
