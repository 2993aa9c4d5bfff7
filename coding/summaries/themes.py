"""One theme in the codebook report: what it means, how often it was heard, who said what, where it rubs."""

from __future__ import annotations

from collections.abc import Sequence

from coding.lexicon import with_names
from coding.summaries import quotes, wording
from coding.summaries.blocks import Block, Bullets, Facts, Heading, Paragraph, Quote, Run, Runs, given, runs
from coding.summaries.counts import Tally, sentence
from coding.summaries.material import MemoFacts, PassageFacts, ProjectFacts, SuggestionCounts, ThemeFacts
from coding.summaries.sections import quotable, spread
from interviews.text import one_line


def theme_section(
    project: ProjectFacts,
    tally: Tally,
    theme: ThemeFacts,
    themes: Sequence[ThemeFacts],
    answers: SuggestionCounts | None,
    memos: Sequence[MemoFacts],
    language: str,
    limit: int | None,
) -> list[Block]:
    """Return the section of one theme. Quotes pass the consent gate here, one by one."""
    result: list[Block] = [Heading(2, theme.name, given=True)]
    result.append(Paragraph((given(theme.definition or wording.say("definition_none", language)),), lead=True))
    rows = _particulars(theme, themes, language)
    if rows:
        result.append(Facts(tuple(rows)))
    result += _heard(project, tally, theme, answers, language)
    result += _quotes(project, tally, theme, language, limit)
    if memos:
        items = tuple(
            (given(one_line(memo.text)), Run(f" — {memo.author_role}", italic=True, given=True)) for memo in memos
        )
        result += [Heading(3, wording.say("noticed", language)), Bullets(items)]
    return result


def _particulars(theme: ThemeFacts, themes: Sequence[ThemeFacts], language: str) -> list[tuple[str, Runs]]:
    names = {one.id: one.name for one in themes}
    values = (
        ("include", with_names(theme.include, names)),
        ("exclude", with_names(theme.exclude, names)),
        ("example", theme.example),
        ("level", theme.level),
        ("knowledge", wording.enumeration(theme.knowledge, language)),
        ("sources", wording.enumeration(theme.sources, language)),
        ("indicators", ", ".join(theme.indicators)),
        ("related", wording.enumeration([names.get(one, one) for one in theme.related], language)),
        ("tensions", wording.enumeration([names.get(one, one) for one in theme.tensions], language)),
    )
    return [(wording.say(key, language), (given(one_line(value)),)) for key, value in values if value.strip()]


def _heard(
    project: ProjectFacts, tally: Tally, theme: ThemeFacts, answers: SuggestionCounts | None, language: str
) -> list[Block]:
    say = wording.say
    heard = tally.heard(theme.id)
    parts: list[Run] = []
    if heard.passages:
        where = sentence(project, tally, theme.id, language)
        count = wording.plural("passage", heard.passages, language)
        parts.append(given(say("heard_in", language, where=where, passages=count)))
    else:
        parts.append(Run(say("not_heard", language)))
    if answers:
        parts.append(
            Run(
                " "
                + say(
                    "suggestions_theme",
                    language,
                    offered=answers.offered,
                    accepted=answers.accepted,
                    rejected=answers.rejected,
                    later=answers.later,
                )
            )
        )
    return [Paragraph(tuple(parts))]


def _quotes(project: ProjectFacts, tally: Tally, theme: ThemeFacts, language: str, limit: int | None) -> list[Block]:
    allowed = quotable(tally, theme.id)
    shown = spread(allowed.passages, limit)
    result: list[Block] = [_with_coder(project, tally, one, language) for one in shown]
    kept = len(allowed.passages) - len(shown)
    if kept:
        result.append(Paragraph(runs(wording.counted("more_quotes", kept, language)), small=True))
    if allowed.kept_back:
        result.append(Paragraph(runs(wording.counted("kept_back", allowed.kept_back, language)), small=True))
    return result


def _with_coder(project: ProjectFacts, tally: Tally, passage: PassageFacts, language: str) -> Quote:
    """Return the quote with who chose the theme, by role, in its source line."""
    made = quotes.quote(project, tally.interviews[passage.interview], passage, language)
    if not passage.coder_role:
        return made
    chosen = wording.say(f"chosen_{passage.origin}", language, role=passage.coder_role)
    return Quote(made.text, f"{made.source_line} · {chosen}")
