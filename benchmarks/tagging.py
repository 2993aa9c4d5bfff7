"""How much slower than spaCy's bare tokeniser the tagger is, per turn, in one run.

    python benchmarks/tagging.py [--interviews N] [--words M] [--rounds R]

Prints ratios of CPU time (median and range over interleaved rounds): trust the ratios, not the seconds. Goals: at
most 2 with literal indicators, at most 3 with inflections and compounds, 38 themes x 25 indicators.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable

import corpus  # type: ignore[import-not-found]  # its neighbour; benchmarks are scripts, no package
import spacy

from coding.starter import start_lexicon
from coding.tagging.tagger import Tagger, default_tagger
from interviews.turns import SpeakerRole


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interviews", type=int, default=20)
    parser.add_argument("--words", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    codebook = corpus.lexicon()
    material = list(corpus.interviews(arguments.interviews, arguments.words, codebook=codebook))
    texts = [turn.text for _, turns in material for turn in turns]
    # Everybody is coded here, so that the tagger reads the very turns the tokeniser reads.
    roles = {"I": SpeakerRole.UNKNOWN, "R": SpeakerRole.INTERVIEWEE}
    bare = spacy.blank("nl")

    def tokenise() -> None:
        for text in texts:
            bare.make_doc(text)

    def tag(tagger: Tagger) -> Callable[[], None]:
        def run() -> None:
            for _, turns in material:
                tagger.suggest(turns, roles)

        return run

    def match(tagger: Tagger) -> Callable[[], None]:
        def run() -> None:
            for text in texts:
                tagger.hits(text)

        return run

    literal, inflected = Tagger(codebook, inflections=False), Tagger(codebook)
    ways = {
        "bare tokeniser": tokenise,
        "literal: matches": match(literal),
        "literal: proposals": tag(literal),
        "inflected: matches": match(inflected),
        "inflected: proposals": tag(inflected),
        "start codebook: proposals": tag(Tagger(start_lexicon())),
        "with all lists: proposals": tag(default_tagger()),
    }
    for run in ways.values():
        run()
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(arguments.rounds):
        for name, run in ways.items():
            started = time.process_time()
            run()
            times[name].append(time.process_time() - started)
    words = sum(text.count(" ") + 1 for text in texts)
    found = sum(len(hits.hits) for text in texts if (hits := literal.hits(text)))
    print(f"one literal hit in {words / found:.0f} words, 38 x 25 indicators")
    print(f"{words} words in {len(texts)} turns, {arguments.rounds} rounds, warm")
    for name, taken in times.items():
        ratios = sorted(one / base for one, base in zip(taken, times["bare tokeniser"], strict=True))
        speed = words / statistics.median(taken) / 1000
        print(
            f"{name:26} x {statistics.median(ratios):5.2f} ({ratios[0]:.2f}..{ratios[-1]:.2f})  {speed:6.0f} k words/s"
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
