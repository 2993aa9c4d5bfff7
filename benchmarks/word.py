"""Writing quotes to Word: our writer beside python-docx as its manual shows it, in one run.

Both write the same: a heading every 25 quotes, each quote in its own style with its source line in another. Run with
`python benchmarks/word.py [QUOTES]`; the last line is the ratio. Our time includes building and checking the tree.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
import statistics
import sys
import time
from collections.abc import Callable

import docx
from docx.enum.style import WD_STYLE_TYPE

from coding.formats.word import write
from coding.summaries.blocks import Block, Heading, Quote
from coding.summaries.tree import Cover, Kind, Summary

EVERY = 25
WORDS = "‘Zij had mijn dossier gelezen, vóór het gesprek. Ze vroeg eerst hoe het met mijn moeder ging, nummer {}.’"
SOURCE = "— Merel, cliënt, gesprek D-07, regel {}"
PAIRED_RUNS = 3


def ours(quotes: int) -> int:
    """Write `quotes` quotes with our writer and return the size of the file in bytes."""
    blocks: list[Block] = []
    for number in range(quotes):
        if number % EVERY == 0:
            blocks.append(Heading(1, f"Thema {number // EVERY + 1}"))
        blocks.append(Quote(WORDS.format(number), SOURCE.format(number)))
    now = dt.datetime(2024, 11, 19, tzinfo=dt.UTC)
    stream = io.BytesIO()
    write(Summary(Kind.CODEBOOK, "Meting", "", "Meting", "nl", now, Cover(), tuple(blocks)), stream)
    return len(stream.getvalue())


def documented(quotes: int) -> int:
    """Write the same with python-docx as documented: `add_paragraph(text, style=name)`."""
    document = docx.Document()
    for name in ("Citaat", "Citaatbron"):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    for number in range(quotes):
        if number % EVERY == 0:
            document.add_heading(f"Thema {number // EVERY + 1}", level=1)
        document.add_paragraph(WORDS.format(number), style="Citaat")
        document.add_paragraph(SOURCE.format(number), style="Citaatbron")
    stream = io.BytesIO()
    document.save(stream)
    return len(stream.getvalue())


def seconds(work: Callable[[int], int], quotes: int) -> float:
    """Return the processor time of one run: the machine may be busy with other things."""
    gc.collect()
    start = time.process_time()
    work(quotes)
    return time.process_time() - start


def main() -> None:
    """Measure both ways by turns and print seconds and the ratio."""
    quotes = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    runs = 1 if quotes > 2_000 else PAIRED_RUNS
    pairs = [(seconds(ours, quotes), seconds(documented, quotes)) for _ in range(runs)]
    mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{quotes} quotes, median of {runs}")
    print(f"  ours                      {mine:8.2f} s")
    print(f"  python-docx as documented {theirs:8.2f} s")
    print(f"word_ratio={theirs / mine:.1f}")


if __name__ == "__main__":
    main()
