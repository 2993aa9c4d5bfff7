"""Measure the precision of every indicator and write `coding/data/measured.tsv`.

    python benchmarks/tagging_precision.py TRAINING_FOLDER [--prune]

TRAINING_FOLDER holds `interviews/*.json` with their `*.gold.json`, and `passages_*.jsonl`. `--prune` also drops from
`coding/data/indicators_*.yaml` what was wrong nearly every time, and what the codebook lists already. Not for
timing: it prints per kind the precision that `coding.tagging.weights` keeps as a constant.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml

from coding import starter
from coding.formats import codebook_yaml
from coding.tagging.rules import Kind
from coding.tagging.tagger import Tagger

DATA = Path(__file__).resolve().parents[1] / "coding" / "data"
FEWEST_HITS = 3
WORST = 0.15


def units(folder: Path) -> Iterator[tuple[str, set[str]]]:
    """Yield every turn of an interviewee and every passage with the themes a reader saw in it."""
    for gold_file in sorted((folder / "interviews").glob("*.gold.json")):
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        source = gold_file.with_name(gold_file.name.replace(".gold.json", ".json"))
        themes: dict[int, set[str]] = {}
        for span in gold["themes"]:
            themes.setdefault(span["turn"], set()).update(span["codes"])
        for number, turn in enumerate(json.loads(source.read_text(encoding="utf-8"))["turns"]):
            if turn["speaker"] != "I":
                yield turn["text"], themes.get(number, set())
    for file in sorted(folder.glob("passages_*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            passage = json.loads(line)
            yield passage["text"], set(passage["codes"])


def measure(folder: Path) -> dict[tuple[str, Kind, str], tuple[int, int]]:
    """Return per indicator in how many units it hit, and in how many it was right."""
    tagger = Tagger(starter.start_lexicon(), further=starter.start_indicators())
    hits: Counter[tuple[str, Kind, str]] = Counter()
    right: Counter[tuple[str, Kind, str]] = Counter()
    for text, themes in units(folder):
        found = tagger.hits(text)
        keys = {(hit.theme, hit.kind, hit.source) for hit in found.hits if tagger.precision(hit)} if found else set()
        hits.update(keys)
        right.update(key for key in keys if key[0] in themes)
    return {key: (hits[key], right[key]) for key in sorted(hits)}


def write(measured: dict[tuple[str, Kind, str], tuple[int, int]]) -> None:
    """Write what was measured, and print it per kind and length."""
    lines = ["# theme, kind, units with a hit, units where a reader saw the theme, indicator (see tagging/weights.py)"]
    lines += [f"{theme}\t{kind}\t{n}\t{ok}\t{source}" for (theme, kind, source), (n, ok) in measured.items()]
    (DATA / "measured.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lexicon = starter.start_lexicon()
    own = {
        (theme.id, source)
        for theme in lexicon.themes
        for name in ("lemmas", "phrases", "patterns")
        for source in getattr(theme.indicators, name)
    }
    totals: dict[tuple[str, int, bool], list[int]] = {}
    for (theme, kind, source), (n, ok) in measured.items():
        length = min(len(source.split()), 5) if kind in (Kind.PHRASE, Kind.INFLECTED) else 0
        total = totals.setdefault((kind.value, length, (theme, source) in own), [0, 0])
        total[0] += n
        total[1] += ok
    for (name, length, is_own), (n, ok) in sorted(totals.items()):
        print(f"{name:10} {length} {'own' if is_own else 'further':8} {ok}/{n} = {(ok + 1) / (n + 3):.2f}")


def prune(measured: dict[tuple[str, Kind, str], tuple[int, int]]) -> None:
    """Drop further indicators that hit often enough and were nearly always wrong, and doubles."""
    lexicon = starter.start_lexicon()
    totals: dict[tuple[str, str], list[int]] = {}
    for (theme, _, source), (n, ok) in measured.items():
        total = totals.setdefault((theme, source), [0, 0])
        total[0] += n
        total[1] += ok
    bad = {key for key, (n, ok) in totals.items() if n >= FEWEST_HITS and ok / n < WORST}
    for file in sorted(DATA.glob("indicators_*.yaml")):
        found = codebook_yaml.read_indicators(file.read_text(encoding="utf-8"))
        codes = []
        for theme, indicators in found.themes.items():
            entry: dict[str, object] = {"id": theme}
            for name in ("lemmas", "phrases", "patterns", "combos", "not_when"):
                listed = set(getattr(lexicon.theme(theme).indicators, name))
                kept = [text for text in getattr(indicators, name) if text not in listed]
                if name != "not_when":
                    kept = [text for text in kept if (theme, text) not in bad]
                if kept:
                    entry[name] = kept
            codes.append(entry)
        used = {word for theme in codes for combo in theme.get("combos", ()) for word in _fields_in(combo)}  # type: ignore[attr-defined]
        fields = {name: list(words) for name, words in found.fields.items() if name in used}
        text = yaml.safe_dump({"fields": fields, "codes": codes}, allow_unicode=True, sort_keys=False, width=120)
        head = "# Further indicators for the start codebook. Made up; pruned by benchmarks/tagging_precision.py.\n"
        file.write_text(head + text, encoding="utf-8")


def _fields_in(combo: str) -> set[str]:
    return {word[1:] for side in combo.split("&") for word in side.strip().split("|") if word.startswith("@")}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--prune", action="store_true")
    arguments = parser.parse_args()
    result = measure(arguments.folder)
    write(result)
    if arguments.prune:
        prune(result)
