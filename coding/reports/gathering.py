"""What the builders of reports need, out of the rows: stories cut into numbered lines, people, themes, passages."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from coding import suggestions
from coding.models import Codebook, Memo, Segment, Theme
from coding.models.segment import Origin, Placement
from coding.summaries.material import (
    SIDES,
    InterviewFacts,
    LineFacts,
    MemoFacts,
    PassageFacts,
    ProjectFacts,
    Side,
    SpeakerFacts,
    SuggestionCounts,
    ThemeFacts,
)
from coding.summaries.material import Origin as PassageOrigin
from interviews import guides
from interviews.lines import Line, lines_of_span, number_lines
from interviews.models import Interview, Interviewee, Participation, Project, Revision, Transcript
from interviews.models.interview import Perspective, Status
from interviews.models.project import Role
from interviews.models.transcript import Layer
from interviews.scopes import Scope
from interviews.turns import SpeakerRole

_RELIED_ON = (Scope.USE_RESEARCH, Scope.QUOTE_PSEUDONYM)


@dataclass(frozen=True, slots=True)
class Story:
    """One interview with its newest research text, cut into numbered lines."""

    interview: Interview
    transcript: Transcript
    revision: Revision
    texts: tuple[str, ...]
    lines: tuple[Line, ...]


def stories_of(session: Session, project: Project, interview: Interview | None) -> list[Story]:
    """Return the stories of a project, or of one interview, whose names are away in the text as it is now.

    A text that is being corrected waits: what is corrected may be a name that was missed.
    """
    query = (
        select(Transcript)
        .join(Interview)
        .where(Interview.project_id == project.id, Transcript.approved_at.is_not(None))
        .order_by(Interview.code)
        .options(
            joinedload(Transcript.interview).options(
                selectinload(Interview.participations)
                .joinedload(Participation.interviewee)
                .options(selectinload(Interviewee.choices)),
                joinedload(Interview.municipality),
            ),
            selectinload(Transcript.speakers),
        )
    )
    if interview is not None:
        query = query.where(Interview.id == interview.id)
    transcripts = session.scalars(query).all()
    newest = _newest_research(session, [transcript.id for transcript in transcripts])
    stories = []
    for transcript in transcripts:
        revision = newest.get(transcript.id)
        if revision is None or revision.text is None:
            continue
        texts = tuple(revision.text[turn.start : turn.end] for turn in revision.turns)
        stories.append(Story(transcript.interview, transcript, revision, texts, tuple(number_lines(texts))))
    return stories


def _newest_research(session: Session, transcript_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Revision]:
    rows = session.scalars(
        select(Revision)
        .where(Revision.transcript_id.in_(transcript_ids), Revision.layer == Layer.RESEARCH)
        .order_by(Revision.number)
        .options(selectinload(Revision.turns))
    )
    return {row.transcript_id: row for row in rows}


def project_facts(session: Session, project: Project, codebook: Codebook, stories: Sequence[Story]) -> ProjectFacts:
    """Return what reports say of the project and of how it worked; practice interviews count nowhere."""
    stories = [story for story in stories if not story.interview.practice]
    coders = session.execute(
        select(Segment.coder_role, func.count(func.distinct(Segment.coder_id)))
        .where(Segment.transcript_id.in_([story.transcript.id for story in stories]))
        .group_by(Segment.coder_role)
    ).all()
    guide = guides.newest(session, project.id)
    checksum = hashlib.sha256("\0".join(story.revision.text or "" for story in stories).encode()).hexdigest()
    contact = ", ".join(part for part in (project.help_name, project.help_phone) if part)
    return ProjectFacts(
        title=project.title,
        question=project.research_question,
        municipalities=tuple(place.export_name for place in project.municipalities),
        contact=contact,
        words={
            "client": (project.client_word, _plural(project.client_word)),
            "consulent": (project.consulent_word, _plural(project.consulent_word)),
        },
        guide_version="" if guide is None else f"{guide.key} {guide.version}",
        codebook_version=f"{codebook.key} {codebook.version}",
        tagger_version=f"regels bij {codebook.key} {codebook.version}",
        data_checksum=checksum[:16],
        coding_style=project.coding_style.value,
        coders=tuple((role_word(role), int(count)) for role, count in coders),
    )


def _plural(word_: str) -> str:
    return f"{word_}s" if word_.endswith(("er", "el", "en")) else f"{word_}en"


def role_word(role: Role) -> str:
    """Return the word that reports use for a role."""
    return {
        Role.PEER_INTERVIEWER: "peer interviewer",
        Role.CO_CODER: "ervaringsdeskundige",
        Role.RESEARCHER: "onderzoeker",
        Role.PROJECT_LEAD: "projectleider",
        Role.MUNICIPALITY_READER: "lezer gemeente",
    }[role]


def interview_facts(story: Story) -> InterviewFacts:
    """Return what reports say of one interview, with everybody's choices as they are now."""
    interview = story.interview
    people = interview.interviewees
    group = len(people) > 1
    voices = tuple(
        SpeakerFacts(
            label=speaker.label,
            name=_voice_name(speaker.interviewee, speaker.label, people),
            interviewer=speaker.role is SpeakerRole.INTERVIEWER,
            perspective=interview.perspective.value,
            consent=_choices(speaker.interviewee) if group and speaker.interviewee is not None else None,
        )
        for speaker in story.transcript.speakers
    )
    return InterviewFacts(
        code=interview.code,
        pseudonym=" en ".join(person.pseudonym or person.code for person in people),
        perspective=interview.perspective.value,
        consent={scope.value: interview.allows(scope) for scope in Scope},
        kind=interview.kind.value,
        municipality="" if interview.municipality is None else interview.municipality.export_name,
        date=interview.held_on,
        length_ms=interview.duration_ms,
        interviewer_kind="peer" if interview.peer else "researcher",
        speakers=voices,
        consent_version=_consent_version(people),
        status=interview.status.value,
        companions=sum(speaker.role is SpeakerRole.COMPANION for speaker in story.transcript.speakers),
        withdrawn=interview.status is Status.STOPPED,
        practice=interview.practice,
        # Consulenten of one team are recognised by colleagues: their quotes carry no more than the perspective.
        small_team=interview.perspective is Perspective.CONSULENT,
        words=sum(len(text.split()) for text in story.texts),
        turns=len(story.texts),
    )


def _voice_name(interviewee: Interviewee | None, label: str, people: Sequence[Interviewee]) -> str:
    if interviewee is not None:
        return interviewee.pseudonym or interviewee.code
    if label.startswith("R") and len(people) == 1:
        return people[0].pseudonym or people[0].code
    return label


def _choices(interviewee: Interviewee) -> dict[str, bool]:
    return {scope.value: interviewee.allows(scope) for scope in Scope}


def _consent_version(people: Sequence[Interviewee]) -> str:
    return ", ".join(sorted({choice.text_version for person in people for choice in person.choices}))


def choices_relied_on(stories: Iterable[Story]) -> list[str]:
    """Return the ids of the choices that let these stories be counted and quoted."""
    return [
        str(choice.id)
        for story in stories
        if takes_part(story.interview)
        for person in story.interview.interviewees
        for scope, choice in person.current_choices().items()
        if scope in _RELIED_ON and choice.given
    ]


def takes_part(interview: Interview) -> bool:
    """Tell whether everybody in the interview takes part, and nobody took the story back."""
    return interview.status is not Status.STOPPED and interview.allows(Scope.USE_RESEARCH)


def theme_facts(codebook: Codebook) -> list[ThemeFacts]:
    """Return the themes of a codebook that can be chosen."""
    groups = {theme.id: theme for theme in codebook.themes if theme.parent_id is None}
    return [
        ThemeFacts(
            id=theme.key,
            name=theme.name,
            side=SIDES.get(theme.group_key, Side.OTHER),
            group=groups[theme.parent_id].name if theme.parent_id in groups else "",
            definition=theme.definition,
            include=theme.include,
            exclude=theme.exclude,
            example=theme.example,
            sources=(),
            knowledge=tuple(theme.knowledge),
            indicators=tuple(theme.indicators.get("lemmas", []))[:12],
            level=theme.level or "",
            related=tuple(theme.indicators.get("related", [])),
            tensions=tuple(theme.indicators.get("tensions", [])),
        )
        for theme in codebook.themes
        if theme.assignable
    ]


def passages_of(session: Session, stories: Sequence[Story], themes: Mapping[uuid.UUID, Theme]) -> list[PassageFacts]:
    """Return the coded passages, each once per theme: several coders who agree are one passage with one quote."""
    by_transcript = {story.transcript.id: story for story in stories}
    rows = session.scalars(
        select(Segment)
        .where(Segment.transcript_id.in_(by_transcript), Segment.placement == Placement.PLACED)
        .order_by(Segment.transcript_id, Segment.start, Segment.end, Segment.created_at)
    )
    seen: dict[tuple[uuid.UUID, uuid.UUID, int, int], PassageFacts] = {}
    for row in rows:
        story = by_transcript[row.transcript_id]
        where = (row.transcript_id, row.theme_id, row.start, row.end)
        if row.revision_id != story.revision.id or where in seen or row.theme_id not in themes:
            continue
        passage = _passage(story, row, themes[row.theme_id])
        if passage is not None:
            seen[where] = passage
    return list(seen.values())


def _passage(story: Story, row: Segment, theme: Theme) -> PassageFacts | None:
    """Return the words of the first storyteller in the passage; other voices in it are left out as `[…]`."""
    pieces: list[str] = []
    speaker, first, last = None, 0, 0
    for turn, text in zip(story.revision.turns, story.texts, strict=True):
        start, end = max(row.start, turn.start) - turn.start, min(row.end, turn.end) - turn.start
        if start >= end or turn.speaker is None or turn.speaker.role is SpeakerRole.INTERVIEWER:
            continue
        if speaker is not None and turn.speaker.label != speaker:
            continue
        if not text[start:end].strip():
            continue
        speaker = turn.speaker.label
        pieces.append(text[start:end])
        lines = lines_of_span(story.lines, turn.number, start, end)
        first, last = first or lines[0], lines[1]
    if speaker is None:
        return None
    return PassageFacts(
        theme=theme.key,
        interview=story.interview.code,
        speaker=speaker,
        text=" […] ".join(pieces),
        first_line=first,
        last_line=last,
        origin=PassageOrigin.ACCEPTED if row.origin is Origin.ACCEPTED else PassageOrigin.SELF,
        coder_role=role_word(row.coder_role),
    )


def memos_of(session: Session, project: Project, transcripts: Sequence[uuid.UUID]) -> list[MemoFacts]:
    """Return the shared memos on these transcripts and on themes, oldest first."""
    rows = session.execute(
        select(Memo, Theme.key)
        .outerjoin(Segment, Segment.id == Memo.segment_id)
        .outerjoin(Theme, Theme.id == func.coalesce(Memo.theme_id, Segment.theme_id))
        .where(
            Memo.project_id == project.id,
            Memo.shared,
            func.coalesce(Memo.transcript_id, Segment.transcript_id).in_(transcripts) | (Memo.theme_id.is_not(None)),
        )
        .order_by(Memo.created_at)
    )
    return [MemoFacts(memo.text, "onderzoeksteam", theme or "") for memo, theme in rows]


def suggestion_counts(session: Session, project: Project) -> list[SuggestionCounts]:
    """Return what people answered to the suggestions, per theme."""
    return [
        SuggestionCounts(theme, counts["offered"], counts["yes"], counts["no"], counts["later"])
        for theme, counts in suggestions.counts_per_theme(session, project.id).items()
    ]


def lines_of(story: Story) -> list[LineFacts]:
    """Return the numbered lines of a story."""
    return [
        LineFacts(
            line.number,
            _label(story, line.turn),
            story.texts[line.turn][line.start : line.end],
            story.revision.turns[line.turn].start_ms if line.start == 0 else None,
        )
        for line in story.lines
    ]


def _label(story: Story, turn: int) -> str:
    speaker = story.revision.turns[turn].speaker
    return "" if speaker is None else speaker.label
