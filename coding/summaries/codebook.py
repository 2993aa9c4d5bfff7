"""The codebook report for researchers: every theme with its counts and quotes, and how the team came to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from coding.summaries import wording
from coding.summaries.blocks import (
    Block,
    Bullets,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    Runs,
    given,
    runs,
)
from coding.summaries.consent import Gate, gate
from coding.summaries.counts import Tally, ordered
from coding.summaries.material import (
    CodingWork,
    InterviewFacts,
    MemoFacts,
    PassageFacts,
    ProjectFacts,
    Side,
    SuggestionCounts,
    ThemeFacts,
)
from coding.summaries.matrix import cross_tables, framework
from coding.summaries.sections import accounts, heard_chart, interviews_sentence, quotable, sides
from coding.summaries.themes import theme_section
from coding.summaries.tree import Cover, Kind, Summary
from interviews.text import one_line

_NOTHING = CodingWork()


def codebook_report(
    *,
    project: ProjectFacts,
    interviews: Sequence[InterviewFacts],
    themes: Sequence[ThemeFacts],
    passages: Sequence[PassageFacts],
    created: dt.datetime,
    language: str = "nl",
    work: CodingWork = _NOTHING,
    quotes_per_theme: int | None = None,
) -> Summary:
    """Build the researchers' report of all interviews that may count.

    `quotes_per_theme` limits the quotes per theme (None: all that may be shown), spread over the interviews; the report
    says how many were not shown.
    """
    say = wording.say
    passed = gate(interviews)
    tally = Tally(passed.counted, passages)
    blocks: list[Block] = [
        *_colophon(project, passed, created, language),
        *_method(project, work.suggestions, language),
        PageBreak(),
        *_overview(project, themes, tally, language),
    ]
    blocks += _per_theme(project, tally, themes, work, language, quotes_per_theme)
    blocks += _memos([memo for memo in work.memos if not memo.theme], language)
    blocks += framework(ordered(themes), tally, language)
    blocks += accounts(
        project,
        passed,
        language,
        kept_back=sum(quotable(tally, theme.id).kept_back for theme in themes),
        how=_coders(project, language),
        extra=_short_sources(tally, language),
    )
    return Summary(
        kind=Kind.CODEBOOK,
        title=say("codebook_title", language),
        subtitle=project.title,
        project=project.title,
        language=language,
        created=created,
        cover=_cover(project, created, language),
        blocks=tuple(blocks),
        name_parts=(f"v{project.codebook_version}",) if project.codebook_version else (),
        contents=True,
    )


def _per_theme(
    project: ProjectFacts,
    tally: Tally,
    themes: Sequence[ThemeFacts],
    work: CodingWork,
    language: str,
    quotes_per_theme: int | None,
) -> list[Block]:
    answers = {one.theme: one for one in work.suggestions}
    blocks: list[Block] = []
    for side, found in sides(themes):
        blocks += [PageBreak(), Heading(1, wording.side(side, language))]
        if side is Side.SYSTEM:
            blocks.append(Paragraph(runs(wording.say("system_apart", language)), lead=True))
        for theme in found:
            notes = [memo for memo in work.memos if memo.theme == theme.id]
            blocks += theme_section(
                project, tally, theme, themes, answers.get(theme.id), notes, language, quotes_per_theme
            )
    return blocks


def _cover(project: ProjectFacts, created: dt.datetime, language: str) -> Cover:
    say = wording.say
    lines = [wording.enumeration(project.municipalities, language)] if project.municipalities else []
    lines += [wording.long_date(created.date(), language), say("for_researchers", language)]
    return Cover(lines=tuple(lines), question=project.question, full_page=True)


def _colophon(project: ProjectFacts, passed: Gate, created: dt.datetime, language: str) -> list[Block]:
    say = wording.say
    rows: list[tuple[str, Runs]] = [(say("project", language), (given(project.title),))]
    if project.question:
        rows.append((say("question", language), (given(project.question),)))
    rows.append((say("date", language), runs(wording.long_date(created.date(), language))))
    for key, value in (
        ("guide", project.guide_version),
        ("codebook", project.codebook_version),
        ("tagger", project.tagger_version),
        ("checksum", project.data_checksum),
    ):
        if value:
            rows.append((say(key, language), (given(value),)))
    about = interviews_sentence(project, passed.counted, language)
    return [Heading(1, say("colophon", language)), Paragraph((given(about),), lead=True), Facts(tuple(rows))]


def _method(project: ProjectFacts, suggestions: Sequence[SuggestionCounts], language: str) -> list[Block]:
    say = wording.say
    result: list[Block] = [Heading(1, say("method", language))]
    style = "agreement" if project.coding_style == "agreement" else "dialogue"
    result.append(Paragraph(runs(say(f"style_{style}", language))))
    coders = _coders(project, language)
    if coders:
        result.append(Paragraph((given(coders),)))
    if suggestions:
        total: Mapping[str, int] = {
            "offered": sum(one.offered for one in suggestions),
            "accepted": sum(one.accepted for one in suggestions),
            "rejected": sum(one.rejected for one in suggestions),
            "later": sum(one.later for one in suggestions),
        }
        result.append(Paragraph(runs(say("suggestions_total", language, **total))))
    else:
        result.append(Paragraph(runs(say("suggestions_none", language))))
    return result


def _coders(project: ProjectFacts, language: str) -> str:
    if not project.coders:
        return ""
    people = wording.enumeration([f"{count} {role}" for role, count in project.coders], language)
    return wording.say("coders", language, people=people)


def _overview(project: ProjectFacts, themes: Sequence[ThemeFacts], tally: Tally, language: str) -> list[Block]:
    say = wording.say
    result: list[Block] = [Heading(1, say("overview", language))]
    charts = [
        (side, chart)
        for side, found in sides(themes)
        if side in (Side.HELPFUL, Side.HINDERING) and (chart := heard_chart(found, tally, language))
    ]
    if not tally.passages:
        return [*result, Paragraph(runs(say("nothing_heard", language)))]
    result.append(Paragraph(runs(say("overview_intro", language))))
    for side, chart in charts:
        result += [Heading(2, wording.side(side, language)), chart]
    result += [Heading(2, say("by_perspective", language))]
    if len(tally.perspectives()) == 1:
        result.append(Paragraph(runs(say("one_perspective", language)), small=True))
    result += cross_tables(project, themes, tally, language)
    return result


def _memos(memos: Sequence[MemoFacts], language: str) -> list[Block]:
    if not memos:
        return []
    items = tuple(
        (given(one_line(memo.text)), Run(f" — {memo.author_role}", italic=True, given=True)) for memo in memos
    )
    return [Heading(1, wording.say("noticed", language)), Bullets(items)]


def _short_sources(tally: Tally, language: str) -> list[str]:
    hidden = sum(1 for one in tally.passages if tally.interviews[one.interview].small_team)
    return [wording.counted("short_sources", hidden, language)] if hidden else []
