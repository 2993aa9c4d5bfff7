"""How fast and in how much memory the main job goes through a corpus.

    python benchmarks/analyse.py [--interviews 200] [--words 8000]

Made-up interviews (see `corpus`) stream one by one through `coding.analysis`: names, themes, the facts of the documents.
Printed per quarter of the corpus: words per second, and the most memory the process ever held. In the same run spaCy's
bare tokeniser reads the same first interviews, so that the ratio holds on a slow or busy machine. Memory is flat when
the last quarter adds next to nothing to the first.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Iterator, Sequence

import corpus  # type: ignore[import-not-found]  # its neighbour; benchmarks are scripts, no package
import spacy

from coding import analysis
from coding.starter import start_lexicon
from coding.summaries.material import FileFacts
from coding.tagging.tagger import default_tagger
from interviews.detect.finder import default_finder
from interviews.formats.draft import TranscriptDraft
from interviews.turns import Speaker, Turn

QUARTERS = 4
TOKENISED = 10
"""Interviews that the bare tokeniser reads: enough to time it, few enough not to wait for it."""


def memory_mb() -> float:
    """Return the most memory this process ever held, in MB."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / 1024 if sys.platform != "darwin" else held / 1024 / 1024


def drafts(number: int, words: int) -> Iterator[tuple[str, TranscriptDraft]]:
    """Yield made-up interviews in which one word in forty is of the start codebook."""
    speakers = tuple(Speaker(label, role) for label, role in corpus.ROLES.items())
    for name, turns in corpus.interviews(number, words, codebook=start_lexicon()):
        yield name, TranscriptDraft(turns=turns, speakers=speakers, format="made-up")


def length(turns: Sequence[Turn]) -> int:
    """Return the number of words."""
    return sum(len(turn.text.split()) for turn in turns)


def tokenise(number: int, words: int) -> float:
    """Return words per second of spaCy's bare tokeniser, one Doc per turn."""
    nlp = spacy.blank("nl")
    read, seconds = 0, 0.0
    for _, draft in drafts(number, words):
        began = time.process_time()
        for turn in draft.turns:
            nlp.make_doc(turn.text)
        seconds += time.process_time() - began
        read += length(draft.turns)
    return read / seconds


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--interviews", type=int, default=200)
    parser.add_argument("--words", type=int, default=8000)
    given = parser.parse_args()
    began = time.process_time()
    finder, tagger = default_finder(), default_tagger()
    print(f"ready after {time.process_time() - began:.1f} s, {memory_mb():.0f} MB")
    bare = tokenise(min(TOKENISED, given.interviews), given.words)
    kept: list[FileFacts] = []
    read, part, seconds, spent, found = 0, 0, 0.0, 0.0, 0
    after = [given.interviews * quarter // QUARTERS for quarter in range(1, QUARTERS + 1)]
    for number, (name, draft) in enumerate(drafts(given.interviews, given.words), start=1):
        began = time.process_time()
        one = analysis.analyse(name, draft, finder=finder, tagger=tagger)
        kept.append(analysis.counts_only(analysis.file_facts(one, label=name)))
        took = time.process_time() - began
        seconds, spent = seconds + took, spent + took
        part, read, found = part + one.words, read + one.words, found + len(one.names) + len(one.themes)
        if number in after:
            print(f"{number:5} interviews  {part / max(spent, 1e-9):9,.0f} words/s  {memory_mb():5.0f} MB")
            part, spent = 0, 0.0
    speed = read / seconds
    print(f"all: {read:,} words, {found:,} proposals in {seconds:.1f} s of processor time")
    print(f"analyse                {speed:9,.0f} words/s")
    print(f"bare spaCy tokeniser   {bare:9,.0f} words/s   analyse is {bare / speed:.1f} times as slow")


if __name__ == "__main__":
    main()
