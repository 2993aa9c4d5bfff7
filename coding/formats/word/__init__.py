"""Word documents: how a Summary looks.

`write` typesets a summary tree as .docx. python-docx holds the package together; the body is built straight as
elements, with styles set by id (setting them by name searches all styles for every paragraph). The file carries real
heading styles, one language, a filled-in table of contents, repeated header rows and alternative texts, and nothing
hidden: no comments, no tracked changes, no workbook behind a chart, no template leftovers, no person in its properties.
"""

from __future__ import annotations

import re
import unicodedata
from typing import BinaryIO

from coding.formats.word import pages
from coding.formats.word.body import Body
from coding.formats.word.shell import Shell
from coding.summaries.tree import Summary

_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")
_LONGEST = 80

__all__ = ["file_name", "write"]


def write(summary: Summary, stream: BinaryIO) -> None:
    """Write `summary` as a Word file to `stream`, which stays open. Equal summaries give equal bytes."""
    shell = Shell(summary)
    body = Body(
        shell.body,
        summary,
        add_chart=shell.add_chart,
        footers=shell.footers,
        pages=pages.of(summary) if summary.contents else {},
    )
    body.write()
    shell.save(stream, body.ordered_lists)


def file_name(summary: Summary) -> str:
    """Return a file name in ASCII: `verslag-team-d-07-2024-11.docx`.

    It is made of the kind, the codes in `name_parts` and the month, and never of a title: a title may name a person.
    """
    parts = ["verslag", summary.kind, *summary.name_parts]
    plain = unicodedata.normalize("NFKD", "-".join(parts)).encode("ascii", "ignore").decode().lower()
    stem = _NOT_IN_A_NAME.sub("-", plain).strip("-")[:_LONGEST].strip("-")
    return f"{stem}-{summary.created:%Y-%m}.docx"
