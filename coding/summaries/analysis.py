"""What the command `analyse` writes about one file: proposals of the computer, marked as such, and nothing invented."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from coding.summaries import quotes, wording
from coding.summaries.blocks import (
    Block,
    Bullets,
    Caution,
    Facts,
    Heading,
    Paragraph,
    Quote,
    Runs,
    Table,
    Transcript,
    TranscriptLine,
    WritingLines,
    given,
    runs,
)
from coding.summaries.consent import Gate, Use, gate, voice_permitted, workable
from coding.summaries.counts import Tally, by_hearing
from coding.summaries.material import FileFacts, HiddenFacts, PassageFacts, ProjectFacts, ThemeFacts
from coding.summaries.sections import BAR_HUES, accounts, clock, heard_chart, sides, transcript_facts, voice_name
from coding.summaries.tree import Cover, Kind, Summary


def analysis_summary(
    *,
    project: ProjectFacts,
    file: FileFacts,
    themes: Sequence[ThemeFacts],
    created: dt.datetime,
    language: str = "nl",
    times: bool = False,
) -> Summary:
    """Build the summary of one file. Everything in it that a machine proposed is called a proposal.

    A person who does not take part in the research is not reported on: the document then says only that. Where no
    consent form was read, the document warns that nothing of it may be used yet.
    """
    say = wording.say
    interview = file.interview
    if workable(interview):
        blocks = _body(project, file, themes, language, times)
    else:
        blocks = [
            Heading(1, say("not_taking_part", language)),
            Caution(say("caution", language), (runs(say("not_taking_part_why", language)),)),
        ]
    # A file without a form is worked on, not counted as a refusal.
    passed = Gate((interview,), 0, 0, 0) if interview.consent is None else gate([interview])
    blocks += accounts(project, passed, language, how=say("how_analysis", language))
    return Summary(
        kind=Kind.ANALYSIS,
        title=say("analysis_title", language, label=file.label),
        subtitle=say("analysis_subtitle", language),
        project=project.title,
        language=language,
        created=created,
        cover=Cover(
            lines=(project.title, wording.long_date(created.date(), language), say("working_document", language)),
            question=project.question,
        ),
        blocks=tuple(blocks),
        name_parts=(file.label,),
    )


def _body(
    project: ProjectFacts, file: FileFacts, themes: Sequence[ThemeFacts], language: str, times: bool
) -> list[Block]:
    say = wording.say
    tally = Tally([file.interview], file.passages, suggestions=True)
    warning: list[Runs] = [runs(say("proposals_warning", language))]
    if file.interview.consent is None:
        warning.append(runs(say("consent_unknown", language)))
    blocks: list[Block] = [Caution(say("caution", language), tuple(warning))]
    blocks += _in_short(project, file, tally, themes, language)
    blocks += _names(file, language)
    blocks += _themes(project, file, tally, themes, language)
    blocks += [Heading(1, say("story_line", language)), WritingLines(say("story_yours", language), 10)]
    if file.lines:
        blocks += [Heading(1, say("transcript_annex", language)), Paragraph(runs(say("transcript_masked", language)))]
        blocks.append(Transcript(tuple(_lines(project, file, language, times))))
    return blocks


def _in_short(
    project: ProjectFacts, file: FileFacts, tally: Tally, themes: Sequence[ThemeFacts], language: str
) -> list[Block]:
    say = wording.say
    interview = file.interview
    rows = [*transcript_facts(project, interview, language)]
    rows.append((say("size", language), runs(wording.size(interview.words, interview.turns, language))))
    heard = by_hearing(themes, tally)
    found = say(
        "themes_proposed",
        language,
        themes=wording.plural("theme", len(heard), language),
        passages=wording.plural("passage", sum(tally.heard(one.id).passages for one in heard), language),
    )
    rows.append((say("themes", language), runs(found)))
    result: list[Block] = [Heading(1, say("in_short", language)), Facts(tuple(rows))]
    if file.notes:
        result.append(Paragraph(runs(say("reading_notes", language))))
        result.append(Bullets(tuple((given(note),) for note in file.notes)))
    return result


def _names(file: FileFacts, language: str) -> list[Block]:
    say = wording.say
    result: list[Block] = [Heading(1, say("names", language))]
    found = [(kind, n) for kind, n in Counter(file.names).most_common() if n]
    if not found:
        return [*result, Paragraph(runs(say("names_none", language)))]
    result.append(Paragraph(runs(say("names_intro", language))))
    rows = tuple((wording.title(wording.identifier(kind, 2, language)), str(n)) for kind, n in found)
    header = (say("kind", language), say("times_found", language))
    return [*result, Table(header, rows, widths=(75, 25), numeric=frozenset({1}))]


def _themes(
    project: ProjectFacts, file: FileFacts, tally: Tally, themes: Sequence[ThemeFacts], language: str
) -> list[Block]:
    say = wording.say
    heard = by_hearing(themes, tally)
    result: list[Block] = [Heading(1, say("themes_by_computer", language))]
    if not heard:
        return [*result, Paragraph(runs(say("themes_by_computer_none", language)))]
    result.append(Paragraph(runs(say("themes_by_computer_intro", language))))
    for side, found in sides(themes):
        ranked = by_hearing(found, tally)
        if ranked:
            result.append(Heading(2, wording.side(side, language)))
        chart = heard_chart(found, tally, language) if side in BAR_HUES else None
        if chart:
            result.append(chart)
        for theme in ranked:
            result.append(Heading(3, theme.name, given=True))
            result += [_proposal(project, file, passage, language) for passage in tally.of(theme.id)]
    return result


def _proposal(project: ProjectFacts, file: FileFacts, passage: PassageFacts, language: str) -> Quote | Paragraph:
    """Return one proposed passage with its reason; without permission for quotes only where it stands."""
    say = wording.say
    interview = file.interview
    where = quotes.lines(passage.first_line, passage.last_line, language)
    if interview.consent is not None and not voice_permitted(interview, passage.speaker, Use.QUOTE):
        return Paragraph(runs(say("passage_without_quote", language, lines=where)), small=True)
    reason = ", ".join(f"‘{word}’" for word in _safe_reason(file, passage))
    note = say("why_words", language, words=reason) if reason else say("why_alike", language)
    who = voice_name(project, interview, passage.speaker, language)
    return Quote(quotes.quoted(_passage_text(file, passage, language)), f"— {who}, {where}", note=note)


def _passage_text(file: FileFacts, passage: PassageFacts, language: str) -> str:
    if passage.window is None:
        return passage.text
    line = next(one for one in file.lines if one.number == passage.first_line)
    return quotes.masked(line.text, _hidden(file, line.number), language, passage.window)


def _safe_reason(file: FileFacts, passage: PassageFacts) -> list[str]:
    """Return the reason's words without those that hold a hidden part: a reason must not give a name away."""
    texts = {line.number: line.text for line in file.lines}
    secret = {texts[one.line][one.start : one.end].casefold() for one in file.hidden if one.line in texts}
    return [word for word in passage.reason if not any(part in word.casefold() for part in secret if part.strip())]


def _hidden(file: FileFacts, number: int) -> list[HiddenFacts]:
    return [one for one in file.hidden if one.line == number]


def _lines(project: ProjectFacts, file: FileFacts, language: str, times: bool) -> list[TranscriptLine]:
    hidden: dict[int, list[HiddenFacts]] = {}
    for one in file.hidden:
        hidden.setdefault(one.line, []).append(one)
    interviewers = {one.label for one in file.interview.speakers if one.interviewer}
    return [
        TranscriptLine(
            number=line.number,
            speaker=voice_name(project, file.interview, line.speaker, language),
            text=quotes.masked(line.text, hidden.get(line.number, ()), language),
            time=clock(line) if times else "",
            interviewer=line.speaker in interviewers,
        )
        for line in file.lines
    ]
