"""What the command `analyse` writes about a whole run: the files side by side, in numbers, without a single name."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from coding.summaries import wording
from coding.summaries.blocks import Block, Box, Caution, Heading, Paragraph, Runs, Table, given, runs
from coding.summaries.consent import Gate, gate, workable
from coding.summaries.counts import Tally, by_hearing, names_sentence, ordered
from coding.summaries.material import FileFacts, PassageFacts, ProjectFacts, Side, ThemeFacts
from coding.summaries.matrix import framework
from coding.summaries.sections import accounts, heard_chart, sides
from coding.summaries.tree import Cover, Kind, Summary


def overview(
    *,
    project: ProjectFacts,
    files: Sequence[FileFacts],
    themes: Sequence[ThemeFacts],
    created: dt.datetime,
    language: str = "nl",
) -> Summary:
    """Build the overview of all files of a run. Interviews of people who do not take part are only counted as left out.

    Files are told apart by `FileFacts.label`, which must be unique. Raises ValueError when two labels are equal.
    """
    say = wording.say
    if len({one.label for one in files}) != len(files):
        raise ValueError("two files have the same label")
    used = [one for one in files if workable(one.interview)]
    passed = gate(one.interview for one in files)
    unknown = sum(1 for one in used if one.interview.consent is None)
    # A loose file of which nobody read a form is not a refusal.
    passed = replace(passed, without_consent=passed.without_consent - unknown)
    tally = Tally(
        [replace(one.interview, code=one.label) for one in used],
        [_labelled(one, passage) for one in used for passage in one.passages],
        suggestions=True,
    )
    blocks: list[Block] = [*_in_short(used, themes, tally, unknown, language)]
    if used:
        blocks += _files(used, tally, language)
        blocks += _names(used, language)
        blocks += _themes(themes, tally, language)
        blocks += framework(ordered(themes), tally, language)
    blocks += _accounts(project, passed, tally, language)
    return Summary(
        kind=Kind.OVERVIEW,
        title=wording.plural("overview_title", len(files), language),
        subtitle=say("overview_subtitle", language),
        project=project.title,
        language=language,
        created=created,
        cover=Cover(
            lines=(project.title, wording.long_date(created.date(), language), say("working_document", language)),
            question=project.question,
            full_page=True,
        ),
        blocks=tuple(blocks),
        contents=True,
    )


def _labelled(file: FileFacts, passage: PassageFacts) -> PassageFacts:
    return replace(passage, interview=file.label)


def _in_short(
    used: Sequence[FileFacts], themes: Sequence[ThemeFacts], tally: Tally, unknown: int, language: str
) -> list[Block]:
    say = wording.say
    result: list[Block] = [Heading(1, say("in_short", language))]
    if not used:
        return [*result, Paragraph(runs(say("nothing_to_show", language)))]
    names: Counter[str] = Counter()
    for one in used:
        names.update(one.names)
    words = sum(one.interview.words for one in used)
    turns = sum(one.interview.turns for one in used)
    points: list[Runs] = [
        runs(wording.size(words, turns, language) + "."),
        runs(say("names_total", language, names=names_sentence(names, language)))
        if names.total()
        else runs(say("names_none", language)),
    ]
    for side in (Side.HELPFUL, Side.HINDERING):
        top = by_hearing([one for one in themes if one.side is side], tally)[:3]
        if top:
            listed = wording.enumeration([f"‘{one.name}’" for one in top], language)
            points.append((given(say(f"most_{side}", language, themes=listed)),))
    warning: list[Runs] = [runs(say("proposals_warning", language))]
    if unknown:
        warning.append(runs(wording.counted("consent_unknown_files", unknown, language)))
    return [
        *result,
        Box(say("at_a_glance", language), tuple(points)),
        Caution(say("caution", language), tuple(warning)),
    ]


def _files(used: Sequence[FileFacts], tally: Tally, language: str) -> list[Block]:
    say = wording.say
    rows = tuple(
        (
            one.label,
            wording.number(one.interview.words, language),
            str(one.interview.turns),
            str(sum(one.names.values())),
            str(sum(1 for passage in tally.passages if passage.interview == one.label)),
        )
        for one in used
    )
    header = tuple(say(key, language) for key in ("file", "words", "turns", "names_found", "passages_proposed"))
    table = Table(header, rows, widths=(36, 14, 14, 18, 18), numeric=frozenset({1, 2, 3, 4}))
    return [Heading(1, say("files", language)), Paragraph(runs(say("files_intro", language))), table]


def _names(used: Sequence[FileFacts], language: str) -> list[Block]:
    say = wording.say
    result: list[Block] = [Heading(1, say("names", language))]
    kinds: Counter[str] = Counter()
    for one in used:
        kinds.update(one.names)
    found = [(kind, n) for kind, n in kinds.most_common() if n]
    if not found:
        return [*result, Paragraph(runs(say("names_none", language)))]
    rows = tuple(
        (
            wording.title(wording.identifier(kind, 2, language)),
            str(n),
            str(sum(1 for one in used if one.names.get(kind))),
        )
        for kind, n in found
    )
    header = (say("kind", language), say("times_found", language), say("in_files", language))
    table = Table(header, rows, widths=(60, 20, 20), numeric=frozenset({1, 2}))
    return [*result, Paragraph(runs(say("names_intro", language))), table]


def _themes(themes: Sequence[ThemeFacts], tally: Tally, language: str) -> list[Block]:
    say = wording.say
    result: list[Block] = [Heading(1, say("themes_by_computer", language))]
    if not by_hearing(themes, tally):
        return [*result, Paragraph(runs(say("themes_by_computer_none", language)))]
    result.append(Paragraph(runs(say("overview_themes_intro", language))))
    for side, found in sides(themes):
        chart = heard_chart(found, tally, language)
        if chart:
            result += [Heading(2, wording.side(side, language)), chart]
        elif side in (Side.HELPFUL, Side.HINDERING):
            # What helps and what hinders are always told together, also when one of them was not heard.
            result += [Heading(2, wording.side(side, language)), Paragraph(runs(say("side_silent", language)))]
    return result


def _accounts(project: ProjectFacts, passed: Gate, tally: Tally, language: str) -> list[Block]:
    whole = replace(passed, counted=tuple(tally.interviews.values()))
    return accounts(project, whole, language, how=wording.say("how_analysis", language))
