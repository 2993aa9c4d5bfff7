"""Measures the name finder on made-up interviews: what was found, with the right type, and what was proposed wrongly.

Usage:  python -m tests.interviews.detect.made.measure [--half "held out"] [--interviews 40] [--missed]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from interviews.detect.finder import default_finder
from interviews.detect.findings import Finding
from tests.interviews.detect.made.talk import HALVES, Interview, Mark, interviews


@dataclass(slots=True)
class Figures:
    """Counts per type: `wanted`, `found` (a character shared), `typed`; proposals and `wrong` ones, with examples."""

    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    typed: Counter[str] = field(default_factory=Counter)
    characters: Counter[str] = field(default_factory=Counter)
    proposed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    mentions: int = 0
    consistent: int = 0
    joined: int = 0
    missed: list[str] = field(default_factory=list)
    mistyped: list[str] = field(default_factory=list)
    wrongly: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)

    def recall(self, *kinds: str) -> float:
        """Return the share of what had to be found that was found, of these types or of all."""
        chosen = kinds or tuple(self.wanted)
        return sum(self.found[kind] for kind in chosen) / sum(self.wanted[kind] for kind in chosen)

    def precision(self) -> float:
        """Return the share of proposals that were right."""
        return 1 - self.wrong.total() / self.proposed.total()

    def consistency(self) -> float:
        """Return the share of found mentions of persons named more than once that carry their person's own key."""
        return self.consistent / self.mentions if self.mentions else 1.0


def measure(made: Iterable[Interview]) -> Figures:
    """Return the figures of the finder over `made`."""
    figures = Figures()
    for interview in made:
        findings = default_finder().find(interview.turns)
        _count_marks(interview, findings, figures)
        _count_proposals(interview, findings, figures)
        _count_people(interview, findings, figures)
    return figures


def _touching(mark: Mark, findings: list[Finding]) -> list[Finding]:
    return [
        each
        for each in findings
        if each.span.turn == mark.turn and each.span.start < mark.end and mark.start < each.span.end
    ]


def _count_marks(interview: Interview, findings: list[Finding], figures: Figures) -> None:
    for mark in interview.marks:
        if not mark.kinds:
            continue
        kind, touching = mark.kinds[0], _touching(mark, findings)
        right = any(each.type.value in mark.kinds for each in touching)
        figures.wanted[kind] += 1
        figures.found[kind] += bool(touching)
        figures.typed[kind] += right
        bare = sum(
            not any(each.span.start <= place < each.span.end for each in touching)
            for place in range(mark.start, mark.end)
        )
        figures.characters[kind] += bare
        text = interview.turns[mark.turn].text
        shown = f"{kind:13} {text[: mark.start]}⟦{text[mark.start : mark.end]}⟧{text[mark.end :]}"
        if not touching:
            figures.missed.append(shown)
        elif not right:
            figures.mistyped.append(shown + f" → {[(each.type.value, each.reason) for each in touching]}")
        elif bare > 2:
            figures.mistyped.append(shown + f" → partly {[text[each.span.start : each.span.end] for each in touching]}")


def _count_proposals(interview: Interview, findings: list[Finding], figures: Figures) -> None:
    for each in findings:
        marks = [
            m
            for m in interview.marks
            if each.span.turn == m.turn and each.span.start < m.end and m.start < each.span.end
        ]
        if marks and not any(mark.kinds for mark in marks):
            continue
        figures.proposed[each.type.value] += 1
        if not marks:
            figures.wrong[each.type.value] += 1
            text = interview.turns[each.span.turn].text
            shown = f"{text[: each.span.start]}⟦{text[each.span.start : each.span.end]}⟧{text[each.span.end :]}"
            figures.wrongly.append(f"{each.type.value:13} {each.reason:18} {shown}")


def _count_people(interview: Interview, findings: list[Finding], figures: Figures) -> None:
    keys: dict[str, list[str]] = {}
    for mark in interview.marks:
        if mark.kinds == ("PERSON",):
            touching = _touching(mark, findings)
            if touching:
                keys.setdefault(mark.entity, []).append(touching[0].entity)
    owners: dict[str, str] = {}
    for entity, of_one in sorted(keys.items(), key=lambda each: -len(each[1])):
        own, count = Counter(of_one).most_common(1)[0]
        figures.joined += owners.setdefault(own, entity) != entity
        if len(of_one) > 1:
            figures.mentions += len(of_one)
            figures.consistent += count
            if count < len(of_one):
                turns = sorted({mark.turn for mark in interview.marks if mark.entity == entity})
                figures.apart.append(f"{of_one} {[interview.turns[turn].text for turn in turns]}")


def table(figures: Figures) -> str:
    """Return the figures as lines of text."""
    lines = [f"{'':14}found          typed   wrong/proposed  characters missed"]
    for kind in sorted({*figures.wanted, *figures.proposed}):
        wanted = figures.wanted[kind]
        share = f"{figures.found[kind] / wanted:.3f} {figures.typed[kind] / wanted:.3f}" if wanted else "  -     -  "
        lines.append(
            f"{kind:14}{figures.found[kind]:4}/{wanted:<4} {share}   {figures.wrong[kind]:3}/{figures.proposed[kind]:<5}   {figures.characters[kind]}"
        )
    typed = figures.typed.total() / figures.wanted.total()
    lines.append(f"recall {figures.recall():.4f}  typed {typed:.4f}  precision {figures.precision():.4f}  "
                 f"consistency {figures.consistency():.4f} ({figures.mentions} mentions)  people joined wrongly {figures.joined}")  # fmt: skip
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", choices=HALVES, default=HALVES[1])
    parser.add_argument("--interviews", type=int, default=40)
    parser.add_argument("--missed", action="store_true")
    chosen = parser.parse_args()
    figures = measure(interviews(chosen.interviews, chosen.half))
    if chosen.missed:
        for title, rows in (
            ("MISSED", figures.missed),
            ("OTHER TYPE", figures.mistyped),
            ("WRONG", figures.wrongly),
            ("APART", figures.apart),
        ):
            sys.stdout.write("\n".join([f"--- {title}", *sorted(set(rows)), ""]))
    sys.stdout.write(table(figures) + "\n")


if __name__ == "__main__":
    main()
