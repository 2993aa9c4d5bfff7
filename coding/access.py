"""The rows of the analysis in the one table of rules (`interviews.access`)."""

from __future__ import annotations

import enum

from sqlalchemy import select
from sqlalchemy.orm import object_session

from coding.models import Codebook, FirstReading, HandOut, Memo, Report, Segment, Suggestion, Theme
from interviews.access import (
    RULES,
    Actor,
    Permission,
    Subject,
    allowed_in_research,
    allows,
    co_coder,
    may_be_co_read,
    member,
    own_interview,
    peer_interviewer,
    project_lead,
    researcher,
    subject_of,
)
from interviews.models import Interview, Transcript


class CodingPermission(enum.StrEnum):
    """Everything in the analysis that can be allowed."""

    THEMES_READ = "themes.read"
    """Read the codebook, and counts per theme."""
    THEME_ADD = "theme.add"
    """Make a theme with status concept."""
    CODE = "code"
    """Give a passage a theme; answer suggestions."""
    UNCODE = "uncode"
    """Take one's own theme off a passage."""
    OTHERS_SEE = "others.see"
    """See suggestions and what others coded: after the own first reading."""
    MEMO_ADD = "memo.add"
    """Write a memo."""
    MEMO_READ = "memo.read"
    """Read a memo: one's own, or a shared one."""
    REPORT_INTERVIEW = "report.interview"
    """Build the team summary and the transcript of one interview."""
    REPORT_PROJECT = "report.project"
    """Build the codebook report."""


def made_it(actor: Actor, subject: Subject) -> bool:
    """The actor made the object."""
    return subject.maker_id == actor.person_id


def is_shared(actor: Actor, subject: Subject) -> bool:
    """The maker shares the object with the team."""
    return subject.shared


def may_read_its_story(actor: Actor, subject: Subject) -> bool:
    """The object is about no story at all, or about one that the actor may read."""
    return subject.interview is None or allows(actor, Permission.RESEARCH_READ, subject)


def first_reading_done(actor: Actor, subject: Subject) -> bool:
    """The actor said: I have read this transcript myself."""
    transcript = subject.transcript
    session = None if transcript is None else object_session(transcript)
    if transcript is None or session is None:
        return False
    return (
        session.scalar(
            select(FirstReading.id).where(
                FirstReading.transcript_id == transcript.id, FirstReading.person_id == actor.person_id
            )
        )
        is not None
    )


RULES.update(
    {
        CodingPermission.THEMES_READ: [[peer_interviewer], [co_coder], [researcher], [project_lead]],
        CodingPermission.THEME_ADD: [[peer_interviewer], [co_coder], [researcher]],
        CodingPermission.CODE: [
            [peer_interviewer, own_interview, allowed_in_research],
            [peer_interviewer, may_be_co_read, allowed_in_research],
            [co_coder, may_be_co_read, allowed_in_research],
            [researcher, allowed_in_research],
        ],
        CodingPermission.UNCODE: [
            [peer_interviewer, made_it],
            [co_coder, made_it],
            [researcher, made_it],
        ],
        CodingPermission.OTHERS_SEE: [
            [peer_interviewer, own_interview, allowed_in_research, first_reading_done],
            [peer_interviewer, may_be_co_read, allowed_in_research, first_reading_done],
            [co_coder, may_be_co_read, allowed_in_research, first_reading_done],
            [researcher, allowed_in_research],
            [project_lead, allowed_in_research],
        ],
        CodingPermission.MEMO_ADD: [[peer_interviewer], [co_coder], [researcher], [project_lead]],
        CodingPermission.MEMO_READ: [
            [member, made_it, may_read_its_story],
            [is_shared, peer_interviewer, may_read_its_story],
            [is_shared, co_coder, may_read_its_story],
            [is_shared, researcher, may_read_its_story],
            [is_shared, project_lead, may_read_its_story],
        ],
        CodingPermission.REPORT_INTERVIEW: [
            [peer_interviewer, own_interview, allowed_in_research],
            [researcher, allowed_in_research],
            [project_lead, allowed_in_research],
        ],
        CodingPermission.REPORT_PROJECT: [[researcher], [project_lead]],
    }
)


@subject_of.register
def _(thing: Codebook) -> Subject:
    return Subject(thing.project_id)


@subject_of.register
def _(thing: Theme) -> Subject:
    return Subject(thing.codebook.project_id, maker_id=thing.created_by_id)


@subject_of.register
def _(thing: Segment) -> Subject:
    interview = thing.transcript.interview
    return Subject(interview.project_id, interview=interview, transcript=thing.transcript, maker_id=thing.coder_id)


@subject_of.register
def _(thing: Suggestion) -> Subject:
    interview = thing.transcript.interview
    return Subject(interview.project_id, interview=interview, transcript=thing.transcript)


@subject_of.register
def _(thing: Memo) -> Subject:
    session = object_session(thing)
    transcript: Transcript | None = None
    if session is not None and thing.transcript_id is not None:
        transcript = session.get(Transcript, thing.transcript_id)
    elif session is not None and thing.segment_id is not None:
        transcript = session.get_one(Segment, thing.segment_id).transcript
    return Subject(
        thing.project_id,
        interview=None if transcript is None else transcript.interview,
        transcript=transcript,
        maker_id=thing.author_id,
        shared=thing.shared,
    )


@subject_of.register
def _(thing: Report) -> Subject:
    interview: Interview | None = None
    session = object_session(thing)
    if thing.interview_id is not None and session is not None:
        interview = session.get(Interview, thing.interview_id)
    return Subject(thing.project_id, interview=interview, maker_id=thing.built_by_id)


@subject_of.register
def _(thing: HandOut) -> Subject:
    return Subject(thing.report.project_id, maker_id=thing.given_by_id)
