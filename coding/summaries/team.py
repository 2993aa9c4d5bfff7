"""The report for the interview team: two to four pages about one interview, internal, pseudonymised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from coding.summaries import counts, quotes, wording
from coding.summaries.blocks import (
    Block,
    Facts,
    Heading,
    Paragraph,
    Quote,
    WritingLines,
    given,
    plain,
    runs,
)
from coding.summaries.consent import Use, gate, permitted
from coding.summaries.material import (
    InterviewFacts,
    MemoFacts,
    PassageFacts,
    ProjectFacts,
    Side,
    TeamNotes,
    ThemeFacts,
)
from coding.summaries.sections import accounts, consent_table, pairs, quotable, theme_words, transcript_facts
from coding.summaries.tree import Cover, Kind, Summary
from interviews.errors import Invalid
from interviews.text import one_line

_FEW_THEMES = 6
_QUOTED_EACH_WAY = 4
_QUOTED_OTHERS = {Side.IDEA: 2}
_NOTHING = TeamNotes()


def team_summary(
    *,
    project: ProjectFacts,
    interview: InterviewFacts,
    themes: Sequence[ThemeFacts],
    passages: Sequence[PassageFacts],
    created: dt.datetime,
    language: str = "nl",
    notes: TeamNotes = _NOTHING,
) -> Summary:
    """Build the team's report of one interview, two to four pages. A part without material says so in one sentence.

    The themes heard most are quoted (two quotes each when there are few themes, else one); the others are named. Raises
    `Invalid` (summary.no_research) when the interviewee does not take part in the research.
    """
    if not permitted(interview, Use.COUNT):
        raise Invalid("summary.no_research", code=interview.code)
    tally = counts.Tally([interview], passages)
    heard = counts.by_hearing(themes, tally)
    limit = 2 if len(heard) <= _FEW_THEMES else 1
    blocks: list[Block] = [
        *_in_short(project, interview, notes.experience, language),
        *_to_write("story_line", "story_none", 8, language),
        *_themes(project, tally, themes, language, limit),
        *_noticed(notes.memos, language),
        *_to_write("differences", "differences_none", 4, language),
        *_to_write("next_time", "next_time_none", 3, language),
        *_to_write("appointments", "appointments_none", 3, language),
        *_consent(interview, language),
        *accounts(
            project,
            gate([interview]),
            language,
            kept_back=sum(quotable(tally, theme.id).kept_back for theme in heard),
            how=wording.say("how_team", language),
        ),
    ]
    return Summary(
        kind=Kind.TEAM,
        title=wording.say("team_title", language, code=interview.code),
        subtitle=wording.say("team_subtitle", language),
        project=project.title,
        language=language,
        created=created,
        cover=Cover(
            lines=(project.title, wording.long_date(created.date(), language), wording.say("internal", language)),
            question=project.question,
        ),
        blocks=tuple(blocks),
        name_parts=(interview.code,),
    )


def _in_short(project: ProjectFacts, interview: InterviewFacts, experience: str, language: str) -> list[Block]:
    say = wording.say
    result: list[Block] = [Heading(1, say("in_short", language)), Facts(transcript_facts(project, interview, language))]
    if experience:
        result.append(Heading(2, say("experience", language)))
        result.append(Quote(quotes.quoted(experience), say("source_interviewer", language)))
    return result


def _to_write(heading: str, invitation: str, lines: int, language: str) -> list[Block]:
    """Return a part that people write themselves, by hand on the printed page: the tool holds nothing of it."""
    return [Heading(1, wording.say(heading, language)), WritingLines(wording.say(invitation, language), lines)]


def _themes(
    project: ProjectFacts, tally: counts.Tally, themes: Sequence[ThemeFacts], language: str, limit: int
) -> list[Block]:
    say = wording.say
    result: list[Block] = [Heading(1, say("themes", language))]
    heard = counts.by_hearing(themes, tally)
    if not heard:
        return [*result, Paragraph(runs(say("themes_none", language)))]
    result.append(
        Paragraph(
            runs(
                say(
                    "themes_intro",
                    language,
                    themes=wording.plural("theme", len(heard), language),
                    passages=wording.plural("passage", len(tally.passages), language),
                )
            )
        )
    )
    both = pairs(project, tally, themes, language, limit, most=_QUOTED_EACH_WAY)
    if both:
        result += [Heading(2, say("helps_and_hinders", language)), both]
        personal = [[one for one in heard if one.side is side] for side in (Side.HELPFUL, Side.HINDERING)]
        result += also_heard([one for found in personal for one in found[_QUOTED_EACH_WAY:]], language)
    for side in (Side.SYSTEM, Side.VALUE, Side.IDEA, Side.OTHER):
        found = [one for one in heard if one.side is side]
        if found:
            result.append(Heading(2, wording.side(side, language)))
            quoted = _QUOTED_OTHERS.get(side, 1)
            for theme in found[:quoted]:
                title, *rest = theme_words(project, tally, theme, language, limit)
                result += [Heading(3, plain(title.runs) if isinstance(title, Paragraph) else theme.name, given=True)]
                result += rest
            result += also_heard(found[quoted:], language)
    return result


def also_heard(themes: Sequence[ThemeFacts], language: str) -> list[Block]:
    """Return one sentence that names themes without quoting them; nothing when there are none."""
    if not themes:
        return []
    names = wording.enumeration([f"‘{one.name}’" for one in themes], language)
    return [Paragraph((given(wording.say("also_heard", language, themes=names)),), small=True)]


def _noticed(memos: Sequence[MemoFacts], language: str) -> list[Block]:
    say = wording.say
    result: list[Block] = [Heading(1, say("noticed", language))]
    if not memos:
        return [*result, Paragraph(runs(say("noticed_none", language)))]
    return [*result, *(Quote(one_line(memo.text), f"— {memo.author_role}") for memo in memos)]


def _consent(interview: InterviewFacts, language: str) -> list[Block]:
    say = wording.say
    result: list[Block] = [Heading(1, say("consent", language)), consent_table(interview, language)]
    if interview.consent_version:
        text = say("consent_version", language, version=interview.consent_version)
        result.append(Paragraph((given(text),), small=True))
    return result
