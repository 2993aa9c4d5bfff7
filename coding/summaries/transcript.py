"""The transcript as a document: the research layer with line numbers, as quotes count them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from coding.summaries import quotes, wording
from coding.summaries.blocks import Facts, Heading, Paragraph, Transcript, TranscriptLine, runs
from coding.summaries.consent import Use, gate, permitted, voice_permitted
from coding.summaries.material import InterviewFacts, LineFacts, ProjectFacts
from coding.summaries.sections import accounts, clock, transcript_facts, voice_name
from coding.summaries.tree import Cover, Kind, Summary
from interviews.errors import Invalid


def transcript_document(
    *,
    project: ProjectFacts,
    interview: InterviewFacts,
    lines: Sequence[LineFacts],
    created: dt.datetime,
    language: str = "nl",
    times: bool = False,
) -> Summary:
    """Build the transcript of one interview for its readers; words of a voice that said no become `[…]`.

    Raises `Invalid`: summary.no_research when the interviewee does not take part, summary.no_lines when there is
    nothing to read yet.
    """
    if not permitted(interview, Use.COUNT):
        raise Invalid("summary.no_research", code=interview.code)
    if not lines:
        raise Invalid("summary.no_lines", code=interview.code)
    say = wording.say
    silent = sum(1 for line in lines if not _may_read(interview, line))
    extra = [wording.counted("left_out_lines", silent, language)] if silent else []
    blocks = (
        Heading(1, say("in_short", language)),
        Facts(transcript_facts(project, interview, language)),
        Paragraph(runs(say("transcript_marks", language)), small=True),
        Heading(1, say("transcript", language)),
        Transcript(tuple(_line(project, interview, line, times, language) for line in lines)),
        *accounts(project, gate([interview]), language, extra=extra),
    )
    return Summary(
        kind=Kind.TRANSCRIPT,
        title=say("transcript_title", language, code=interview.code),
        subtitle=say("transcript_subtitle", language),
        project=project.title,
        language=language,
        created=created,
        cover=Cover(
            lines=(project.title, wording.long_date(created.date(), language), say("internal", language)),
            question=project.question,
        ),
        blocks=blocks,
        name_parts=(interview.code,),
    )


def _may_read(interview: InterviewFacts, line: LineFacts) -> bool:
    voice = next((one for one in interview.speakers if one.label == line.speaker), None)
    return bool(voice and voice.interviewer) or voice_permitted(interview, line.speaker, Use.COUNT)


def _line(
    project: ProjectFacts, interview: InterviewFacts, line: LineFacts, times: bool, language: str
) -> TranscriptLine:
    voice = next((one for one in interview.speakers if one.label == line.speaker), None)
    return TranscriptLine(
        number=line.number,
        speaker=voice_name(project, interview, line.speaker, language),
        text=line.text if _may_read(interview, line) else quotes.OMISSION,
        time=clock(line) if times else "",
        interviewer=bool(voice and voice.interviewer),
    )
