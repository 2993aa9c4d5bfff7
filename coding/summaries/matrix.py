"""Tables of themes: by group of people and place, and the framework matrix with all interviews across."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coding.summaries import wording
from coding.summaries.blocks import Block, Heading, Landscape, Paragraph, Table, runs
from coding.summaries.counts import Tally, by_hearing, ordered
from coding.summaries.material import ProjectFacts, ThemeFacts
from coding.summaries.sections import sides

_ACROSS = 14
_GROUPS = 5
_NAME_WIDTH = 34
_CELL_WIDTH = 7


def framework(themes: Sequence[ThemeFacts], tally: Tally, language: str) -> list[Block]:
    """Return the matrix as a landscape annex; nothing when no theme was heard or there is one interview only.

    A cell holds the number of passages; an empty cell reads "–", so that it is not empty for a screen reader.
    """
    if tally.size() < 2 or not by_hearing(themes, tally):
        return []
    say = wording.say
    blocks: list[Block] = [Heading(1, say("matrix", language)), Paragraph(runs(say("matrix_intro", language)))]
    for side, found in sides(themes):
        heard = [theme for theme in found if tally.of(theme.id)]
        if heard:
            blocks.append(Heading(2, wording.side(side, language)))
            blocks += _tables(heard, tally, language)
    return [Landscape(tuple(blocks))]


def _tables(themes: Sequence[ThemeFacts], tally: Tally, language: str) -> Iterator[Table]:
    codes = list(tally.interviews)
    for start in range(0, len(codes), _ACROSS):
        across = codes[start : start + _ACROSS]
        rows = tuple((theme.name, *(str(tally.cell(code, theme.id) or "–") for code in across)) for theme in themes)
        yield Table(
            (wording.say("theme", language), *across),
            rows,
            widths=(_NAME_WIDTH, *(_CELL_WIDTH for _ in across)),
            numeric=frozenset(range(1, len(across) + 1)),
        )


def cross_tables(project: ProjectFacts, themes: Sequence[ThemeFacts], tally: Tally, language: str) -> Iterator[Table]:
    """Yield theme × perspective × municipality: one column per group that was interviewed, at most five to a table.

    A cell reads "interviews (passages)".
    """
    groups = [
        (one, place)
        for one in tally.perspectives()
        for place in (tally.municipalities() or ("",))
        if tally.size(perspective=one, municipality=place or None)
    ]
    for start in range(0, len(groups), _GROUPS):
        across = groups[start : start + _GROUPS]
        header = (wording.say("theme", language), *(_group(project, *one, language) for one in across))
        rows: list[tuple[str, ...]] = []
        for theme in ordered(themes):
            heard = [tally.heard(theme.id, perspective=one, municipality=place or None) for one, place in across]
            if any(one.passages for one in heard):
                cells = (f"{one.interviews} ({one.passages})" if one.passages else "–" for one in heard)
                rows.append((theme.name, *cells))
        if rows:
            yield Table(
                header,
                tuple(rows),
                caption=wording.say("cross_caption", language),
                widths=(28, *(72 // max(len(across), 4) for _ in across)),
                numeric=frozenset(range(1, len(header))),
            )


def _group(project: ProjectFacts, perspective: str, place: str, language: str) -> str:
    people = wording.perspective(perspective, language, project.words).plural
    return f"{people}\n{place}" if place else people
