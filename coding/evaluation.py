"""How well names and themes were found, against what careful readers marked (`par-gold/1`).

Pure. The figures are those the example interviews are published with:

- names: a marked span counts as found when a proposed span shares one character with it; *typed* asks for the same
  type too; indirect identifiers are counted apart (people find those), and proposals on spans marked neutral count
  neither way;
- one person, one name: of the found mentions of persons who are named more than once, the share that carries the key
  most of that person's mentions carry; a key that stands for two marked persons is counted as joined;
- themes: pairs of (turn, theme) in turns of people who are interviewed; micro and macro F1, recall per wording, and
  traps (an indicator word in another meaning) that were coded after all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coding.tagging.proposals import Proposal
    from interviews.detect.findings import Finding

_INTERVIEWER = "I"
_INDIRECT = "INDIRECT"
_PERSON = "PERSON"
WEAKEST = 8


@dataclass(frozen=True, slots=True)
class Case:
    """One interview to score: the transcript (`par-transcript/1`), the gold (`par-gold/1`) and the prediction."""

    transcript: Mapping[str, Any]
    gold: Mapping[str, Any]
    prediction: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Share:
    """`found` out of `total`."""

    found: int
    total: int

    @property
    def ratio(self) -> float:
        """Return found / total, 0 when there was nothing to find."""
        return self.found / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class NameScore:
    """How well identifying words were found. Ratios are between 0 and 1; `missed` lists spans nobody touched.

    `consistency` counts mentions of persons named more than once that carry their person's own key; `joined` counts
    marked persons who share a key with somebody else.
    """

    recall: float
    typed: float
    precision: float
    characters_missed: int
    indirect: Share
    by_type: Mapping[str, Share]
    marked: int
    proposed: int
    consistency: Share = Share(0, 0)
    joined: int = 0
    missed: tuple[Mapping[str, object], ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Return the figures as plain values for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ThemeFigures:
    """True and false positives and false negatives of one theme."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """Return F1 (0 to 1)."""
        return _f1(self.right, self.wrong, self.missed)


@dataclass(frozen=True, slots=True)
class ThemeScore:
    """How well themes were found. `weakest` are the themes with the lowest F1, lowest first."""

    precision: float
    recall: float
    micro_f1: float
    macro_f1: float
    traps: Share
    by_wording: Mapping[str, Share]
    by_theme: Mapping[str, ThemeFigures]
    weakest: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """Return the figures as plain values for JSON."""
        return asdict(self)


def score_names(cases: Iterable[Case]) -> NameScore:
    """Return how well the names (`pii`) of all cases together were found."""
    found = typed = marked = wrong = proposed = characters = indirect = indirect_found = 0
    by_type: dict[str, list[int]] = {}
    missed: list[Mapping[str, object]] = []
    same = mentions = joined = 0
    for case in cases:
        alike, of_persons, shared = _consistent(case)
        same, mentions, joined = same + alike, mentions + of_persons, joined + shared
        predicted = case.prediction.get("pii", [])
        for span in case.gold["pii"]:
            touching = [other for other in predicted if _touch(span, other)]
            if span["type"] == _INDIRECT:
                indirect += 1
                indirect_found += bool(touching)
                continue
            marked += 1
            found += bool(touching)
            typed += any(other["type"] == span["type"] for other in touching)
            count = by_type.setdefault(span["type"], [0, 0])
            count[0] += bool(touching)
            count[1] += 1
            characters += _uncovered(span, touching)
            if not touching:
                missed.append({"id": case.gold["id"], **{key: span[key] for key in ("turn", "start", "end", "type")}})
        for span in predicted:
            if any(_touch(span, neutral) for neutral in case.gold["pii_neutral"]):
                continue
            proposed += 1
            wrong += not any(_touch(span, other) for other in case.gold["pii"])
    return NameScore(
        recall=found / marked if marked else 0.0,
        typed=typed / marked if marked else 0.0,
        precision=1 - wrong / proposed if proposed else 0.0,
        characters_missed=characters,
        indirect=Share(indirect_found, indirect),
        by_type={kind: Share(a, b) for kind, (a, b) in sorted(by_type.items())},
        marked=marked,
        proposed=proposed,
        consistency=Share(same, mentions),
        joined=joined,
        missed=tuple(missed),
    )


def score_themes(cases: Iterable[Case]) -> ThemeScore:
    """Return how well the themes of all cases together were found."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    wording: dict[str, list[int]] = {}
    traps = sprung = 0
    for case in cases:
        gold, predicted = _pairs(case.gold["themes"]), _spoken_pairs(case)
        for span in case.gold["themes"]:
            for theme in span["codes"]:
                count = wording.setdefault(span["wording"], [0, 0])
                count[0] += (span["turn"], theme) in predicted
                count[1] += 1
        right.update(theme for _, theme in gold & predicted)
        wrong.update(theme for _, theme in predicted - gold)
        missed.update(theme for _, theme in gold - predicted)
        for trap in case.gold["traps"]:
            traps += 1
            sprung += (trap["turn"], trap["not_code"]) in predicted - gold
    figures = {theme: ThemeFigures(right[theme], wrong[theme], missed[theme]) for theme in {*right, *missed}}
    tp, fp, fn = right.total(), wrong.total(), missed.total()
    return ThemeScore(
        precision=tp / (tp + fp) if tp + fp else 0.0,
        recall=tp / (tp + fn) if tp + fn else 0.0,
        micro_f1=_f1(tp, fp, fn),
        macro_f1=sum(value.f1 for value in figures.values()) / len(figures) if figures else 0.0,
        traps=Share(sprung, traps),
        by_wording={name: Share(a, b) for name, (a, b) in sorted(wording.items())},
        by_theme=dict(sorted(figures.items())),
        weakest=tuple(sorted(figures, key=lambda theme: (figures[theme].f1, theme))[:WEAKEST]),
    )


def prediction_json(identity: str, findings: Sequence[Finding], proposals: Sequence[Proposal]) -> dict[str, object]:
    """Return what was found in one transcript as plain values for `<id>.pred.json`.

    Offsets are code points of the turn's text. `why` holds the matched words for a theme, and for a name the key of
    the rule that found it.
    """
    return {
        "id": identity,
        "pii": [
            {
                "turn": finding.span.turn,
                "start": finding.span.start,
                "end": finding.span.end,
                "type": finding.type.value,
                "entity": finding.entity,
                "why": finding.reason,
                "score": finding.score,
            }
            for finding in findings
        ],
        "themes": [
            {
                "turn": proposal.span.turn,
                "start": proposal.span.start,
                "end": proposal.span.end,
                "codes": [proposal.theme],
                "why": list(proposal.reason),
                "score": proposal.score,
            }
            for proposal in proposals
        ],
    }


def _consistent(case: Case) -> tuple[int, int, int]:
    """Return of one case: mentions with their person's own key, mentions of persons named twice or more, joined persons."""
    keys: dict[str, list[str]] = {}
    for span in case.gold["pii"]:
        if span["type"] != _PERSON or "entity" not in span:
            continue
        touching = [other for other in case.prediction.get("pii", []) if _touch(span, other) and "entity" in other]
        if touching:
            keys.setdefault(span["entity"], []).append(touching[0]["entity"])
    same = mentions = joined = 0
    owners: set[str] = set()
    for of_one in sorted(keys.values(), key=len, reverse=True):
        own, count = Counter(of_one).most_common(1)[0]
        joined += own in owners
        owners.add(own)
        if len(of_one) > 1:
            same, mentions = same + count, mentions + len(of_one)
    return same, mentions, joined


def _touch(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(one["turn"] == other["turn"] and one["start"] < other["end"] and other["start"] < one["end"])


def _uncovered(span: Mapping[str, Any], covers: Sequence[Mapping[str, Any]]) -> int:
    places = range(span["start"], span["end"])
    return sum(not any(cover["start"] <= place < cover["end"] for cover in covers) for place in places)


def _pairs(themes: Iterable[Mapping[str, Any]]) -> set[tuple[int, str]]:
    return {(span["turn"], theme) for span in themes for theme in span["codes"]}


def _spoken_pairs(case: Case) -> set[tuple[int, str]]:
    """Return the predicted pairs in turns of anybody but the interviewer."""
    roles = {speaker["id"]: speaker.get("role") for speaker in case.transcript.get("speakers", [])}
    turns = case.transcript["turns"]
    return {
        (turn, theme)
        for turn, theme in _pairs(case.prediction.get("themes", []))
        if turn < len(turns)
        and turns[turn]["speaker"] != _INTERVIEWER
        and roles.get(turns[turn]["speaker"]) != "interviewer"
    }


def _f1(right: int, wrong: int, missed: int) -> float:
    return 2 * right / (2 * right + wrong + missed) if right else 0.0
