"""Putting the recovery sheet where somebody asked for it: as Word, as a page to print, as text, or on the screen."""

from __future__ import annotations

import html
import io
import os
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from coding.formats.word import recovery_sheet
from coding.formats.word.recovery_sheet import RecoverySheetPaper
from interviews import recoverysheets
from interviews.clock import now
from interviews.models import Project
from interviews.recoverysheets import Issued
from webapp.cli.console import say

sheet_option = click.option(
    "--recovery-sheet",
    "sheet",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Schrijf het herstelblad naar dit bestand (.docx, .html of .txt). Anders staat de code op het scherm.",
)
split_option = click.option(
    "--split", is_flag=True, help="Verdeel de code over drie bladen. Met twee daarvan gaat alles weer open."
)


def files_for(sheet: Path | None, *, split: bool) -> list[Path]:
    """Return the files for the sheets: one, three numbered ones, or none for the screen.

    Raises click.UsageError for a file that is there already, or a folder that is not.
    """
    if sheet is None:
        return []
    count = 3 if split else 1
    found = [sheet if count == 1 else sheet.with_stem(f"{sheet.stem}-{number}") for number in range(1, count + 1)]
    for path in found:
        if path.exists() or not path.parent.is_dir():
            raise click.UsageError(f"Kies voor --recovery-sheet een nieuw bestand in een map die er is, niet {path}.")
    return found


def give(session: Session, issued: Issued, files: list[Path]) -> None:
    """Write each code to its file, or print it when there is no file, or when that cannot be written."""
    title = session.scalar(select(Project.title).order_by(Project.created_at, Project.id).limit(1)) or "Dichterbij"
    papers = [
        RecoverySheetPaper(
            project=title,
            code=code,
            fingerprint=issued.row.fingerprint,
            made=now(),
            number=number,
            of=len(issued.codes),
        )
        for number, code in enumerate(issued.codes, start=1)
    ]
    for number, paper in enumerate(papers):
        if number >= len(files) or not _write(paper, files[number]):
            label = "Herstelcode" if paper.of == 1 else f"Herstelcode van blad {paper.number}"
            click.echo(f"{label}: {paper.code}")
        else:
            say(f"Het herstelblad staat in {files[number]}. Druk het af en wis het bestand daarna.")
    asked = " en ".join(
        f"groep {group}" if issued.row.sheets == 1 else f"groep {group} van blad {sheet}"
        for sheet, group in recoverysheets.places(issued.row)
    )
    say(f"Bevestig daarna dat je het blad hebt: `dichterbij keys confirm`. Dan vragen we {asked}.")


def _write(paper: RecoverySheetPaper, path: Path) -> bool:
    """Write one sheet; tell whether that went well."""
    content = {".docx": _word, ".html": _page}.get(path.suffix.lower(), _plain)(paper)
    try:
        # Made for its owner only, before a letter is in it.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
    except OSError:
        return False
    return True


def _word(paper: RecoverySheetPaper) -> bytes:
    made = io.BytesIO()
    recovery_sheet.write(paper, made)
    return made.getvalue()


def _plain(paper: RecoverySheetPaper) -> bytes:
    lines = [f"{paper.title} van Dichterbij", "", paper.purpose, ""]
    lines += [f"{number:>2}. {group}" for number, group in enumerate(paper.groups, start=1)]
    lines += ["", "Bewaar dit goed", *(f"- {line}" for line in paper.keeping)]
    lines += ["", "Is de sleutel weg?", *(f"{number}. {line}" for number, line in enumerate(paper.using, start=1))]
    lines += ["", *(f"{label}: {value}" for label, value in paper.particulars()), "", paper.code, ""]
    return "\n".join(lines).encode()


def _page(paper: RecoverySheetPaper) -> bytes:
    def listed(tag: str, lines: list[str]) -> str:
        return f"<{tag}>" + "".join(f"<li>{html.escape(line)}</li>" for line in lines) + f"</{tag}>"

    groups = "".join(f'<li value="{number}"><code>{group}</code></li>' for number, group in enumerate(paper.groups, 1))
    facts = "".join(f"<p>{html.escape(label)}: {html.escape(value)}</p>" for label, value in paper.particulars())
    page = (
        f'<!doctype html><html lang="nl"><meta charset="utf-8"><title>{paper.title}</title>'
        "<style>body{font:14pt/1.4 sans-serif;max-width:18cm;margin:2cm auto}"
        "ol.code{columns:2;font-size:18pt}</style>"
        f'<h1>{paper.title}</h1><p>{paper.purpose}</p><ol class="code">{groups}</ol>'
        f"<h2>Bewaar dit goed</h2>{listed('ul', paper.keeping)}"
        f"<h2>Is de sleutel weg?</h2>{listed('ol', paper.using)}{facts}</html>"
    )
    return page.encode()
