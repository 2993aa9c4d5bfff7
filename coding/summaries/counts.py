"""How often a theme was heard: interviews and passages per perspective and per municipality. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from coding.summaries import wording
from coding.summaries.material import InterviewFacts, Origin, PassageFacts, ProjectFacts, Side, ThemeFacts

_ORDER = tuple(Side)


@dataclass(frozen=True, slots=True)
class Heard:
    """In how many interviews a theme was heard, and in how many passages."""

    interviews: int
    passages: int


class Tally:
    """Counts over the interviews that may count; passages of any other interview do not exist for it.

    Suggestions no person has answered are not counted, unless `suggestions` asks for them and only them.
    """

    def __init__(
        self, interviews: Iterable[InterviewFacts], passages: Iterable[PassageFacts], *, suggestions: bool = False
    ) -> None:
        self.interviews = {one.code: one for one in interviews}
        self.passages = tuple(
            one
            for one in passages
            if one.interview in self.interviews and (one.origin is Origin.SUGGESTION) is suggestions
        )
        self._by_theme: dict[str, list[PassageFacts]] = {}
        for passage in self.passages:
            self._by_theme.setdefault(passage.theme, []).append(passage)

    def of(self, theme: str) -> tuple[PassageFacts, ...]:
        """Return the passages of a theme in the order given."""
        return tuple(self._by_theme.get(theme, ()))

    def heard(self, theme: str, *, perspective: str | None = None, municipality: str | None = None) -> Heard:
        """Count a theme, in all interviews or in those of one perspective and one municipality."""
        found = [
            one.interview
            for one in self.of(theme)
            if _within(self.interviews[one.interview], perspective, municipality)
        ]
        return Heard(len(set(found)), len(found))

    def size(self, *, perspective: str | None = None, municipality: str | None = None) -> int:
        """Return the number of interviews, of one perspective and one municipality when these are given."""
        return sum(1 for one in self.interviews.values() if _within(one, perspective, municipality))

    def perspectives(self) -> tuple[str, ...]:
        """Return the perspectives there are, clients first."""
        found = {one.perspective for one in self.interviews.values()}
        return tuple(sorted(found, key=lambda one: (wording.perspective_order(one), one)))

    def municipalities(self) -> tuple[str, ...]:
        """Return the municipalities there are, by name."""
        return tuple(sorted({one.municipality for one in self.interviews.values() if one.municipality}))

    def cell(self, interview: str, theme: str) -> int:
        """Return the number of passages of one theme in one interview."""
        return sum(1 for one in self.of(theme) if one.interview == interview)


def ordered(themes: Iterable[ThemeFacts]) -> tuple[ThemeFacts, ...]:
    """Return the themes with what helps before what hinders; within a side in the order of the codebook."""
    return tuple(sorted(themes, key=lambda one: _ORDER.index(one.side)))


def by_hearing(themes: Iterable[ThemeFacts], tally: Tally) -> tuple[ThemeFacts, ...]:
    """Return the themes that were heard, most interviews first, then most passages, then as given."""
    heard = [(theme, tally.heard(theme.id)) for theme in themes]
    heard.sort(key=lambda pair: (-pair[1].interviews, -pair[1].passages))
    return tuple(theme for theme, count in heard if count.passages)


def sentence(project: ProjectFacts, tally: Tally, theme: str, language: str) -> str:
    """Return "in 5 van de 8 gesprekken met cliënten en in 2 van de 3 gesprekken met consulenten"."""
    parts = []
    for perspective in tally.perspectives():
        words = wording.perspective(perspective, language, project.words)
        count, of = tally.heard(theme, perspective=perspective).interviews, tally.size(perspective=perspective)
        parts.append(wording.out_of(count, of, words, language))
    return wording.enumeration(parts, language)


def names_sentence(names: Counter[str], language: str) -> str:
    """Return "12 namen van mensen, 3 plaatsen en 1 leeftijd": kinds and numbers, never the names themselves."""
    found = [(kind, n) for kind, n in sorted(names.items(), key=lambda one: (-one[1], one[0])) if n]
    return wording.enumeration([f"{n} {wording.identifier(kind, n, language)}" for kind, n in found], language)


def _within(interview: InterviewFacts, perspective: str | None, municipality: str | None) -> bool:
    return (perspective is None or interview.perspective == perspective) and (
        municipality is None or interview.municipality == municipality
    )
