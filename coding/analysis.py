"""The main job on one transcript without a database: read it, look for names, propose themes, say so in a document."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from coding.lexicon import Lexicon
from coding.summaries.material import (
    SIDES,
    FileFacts,
    HiddenFacts,
    InterviewFacts,
    LineFacts,
    Origin,
    PassageFacts,
    ProjectFacts,
    Side,
    SpeakerFacts,
    ThemeFacts,
)
from coding.summaries.quotes import masked
from coding.tagging.proposals import Proposal, Proposer
from interviews.detect.findings import Finding, IdentifierType
from interviews.formats.draft import TranscriptDraft
from interviews.lines import Line, lines_of_span, number_lines
from interviews.models.interview import InterviewKind, Perspective
from interviews.names import Finder
from interviews.scopes import Scope
from interviews.transcripts import neutral_labels
from interviews.turns import SpeakerRole, Turn


@dataclass(frozen=True, slots=True)
class Analysed:
    """One transcript with what the machine proposes; spans are code points of each turn's text as imported."""

    id: str
    draft: TranscriptDraft
    names: tuple[Finding, ...]
    themes: tuple[Proposal, ...]

    @property
    def words(self) -> int:
        """The number of words in the transcript."""
        return sum(len(turn.text.split()) for turn in self.draft.turns)


def analyse(id: str, draft: TranscriptDraft, *, finder: Finder, tagger: Proposer) -> Analysed:
    """Look for names and propose themes in one transcript. Stores nothing."""
    roles = {speaker.label: speaker.role for speaker in draft.speakers}
    return Analysed(
        id,
        draft,
        tuple(finder.find(draft.turns)),
        tuple(tagger.suggest(draft.turns, roles)),
    )


def names_somebody(title: str, analysed: Analysed, finder: Finder) -> bool:
    """Tell whether the name of a file may tell who is in it: then the documents must not show it."""
    plain = re.sub(r"[\W_]+", " ", title).strip()
    if finder.find([Turn(None, plain)]):
        return True
    said = {
        word.casefold()
        for finding in analysed.names
        if finding.type is IdentifierType.PERSON
        for word in re.findall(r"\w{3,}", analysed.draft.turns[finding.span.turn].text[slice(*_ends(finding))])
    }
    return not said.isdisjoint(plain.casefold().split())


def _ends(finding: Finding) -> tuple[int, int]:
    return finding.span.start, finding.span.end


def theme_facts(lexicon: Lexicon) -> list[ThemeFacts]:
    """Return the themes of a codebook as reports name them."""
    return [
        ThemeFacts(
            id=theme.id,
            name=theme.name,
            side=SIDES.get(theme.group, Side.OTHER),
            group=lexicon.group(theme.group).name,
            definition=theme.definition,
            include=theme.include,
            exclude=theme.exclude,
            example=theme.example,
            knowledge=theme.knowledge,
            indicators=theme.indicators.lemmas[:12],
            level=theme.level,
            related=theme.related,
            tensions=theme.tensions,
        )
        for theme in lexicon.themes
    ]


def run_facts(lexicon: Lexicon, *, title: str) -> ProjectFacts:
    """Return what a run of `analyse` knows of its project: the codebook, and nothing else."""
    return ProjectFacts(
        title=title,
        question=lexicon.research_question,
        codebook_version=f"{lexicon.id} {lexicon.version}",
        tagger_version=f"regels bij {lexicon.id} {lexicon.version}",
    )


def file_facts(analysed: Analysed, *, label: str, notes: Sequence[str] = (), language: str = "nl") -> FileFacts:
    """Return what the documents of `analyse` say of one file. `label` must hold no name of a person."""
    draft = analysed.draft
    labels = neutral_labels(draft.speakers)
    texts = [turn.text for turn in draft.turns]
    lines = number_lines(texts)
    starts = [turn.start_ms for turn in draft.turns]
    return FileFacts(
        label=label,
        interview=_interview(analysed, label=label, labels=labels),
        lines=tuple(
            LineFacts(
                line.number,
                labels.get(draft.turns[line.turn].speaker or "", ""),
                texts[line.turn][line.start : line.end],
                starts[line.turn] if line.start == 0 else None,
            )
            for line in lines
        ),
        hidden=tuple(_hidden(analysed.names, lines)),
        passages=tuple(_passages(analysed, lines, texts, label=label, labels=labels, language=language)),
        names=Counter(finding.type.value for finding in analysed.names),
        notes=tuple(notes),
    )


def _interview(analysed: Analysed, *, label: str, labels: Mapping[str, str]) -> InterviewFacts:
    draft, metadata = analysed.draft, analysed.draft.metadata
    scopes = metadata.get("consent_scopes")
    consent = None
    if isinstance(scopes, (list, tuple)):
        consent = {scope.value: scope.value in scopes for scope in Scope}
    perspective = str(metadata.get("perspective", ""))
    if perspective not in {member.value for member in Perspective}:
        perspective = Perspective.OTHER.value
    kind = str(metadata.get("kind", ""))
    ends = [ms for turn in draft.turns for ms in (turn.end_ms, turn.start_ms) if ms is not None]
    return InterviewFacts(
        code=label,
        pseudonym="",
        perspective=perspective,
        consent=consent,
        kind=kind if kind in {member.value for member in InterviewKind} else InterviewKind.INDIVIDUAL.value,
        date=_date(metadata.get("interview_date")),
        length_ms=max(ends, default=None),
        interviewer_kind=str(metadata.get("interviewer_type", "")),
        speakers=tuple(
            SpeakerFacts(
                label=labels[speaker.label],
                name=labels[speaker.label],
                interviewer=speaker.role is SpeakerRole.INTERVIEWER,
                perspective=perspective,
            )
            for speaker in draft.speakers
        ),
        companions=sum(speaker.role is SpeakerRole.COMPANION for speaker in draft.speakers),
        words=analysed.words,
        turns=len(draft.turns),
    )


def _date(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None


def _hidden(findings: Sequence[Finding], lines: Sequence[Line]) -> list[HiddenFacts]:
    """Return where names stand on the numbered lines; a name over a line end is hidden on both."""
    numbers = _numbers(findings)
    hidden = []
    for finding in findings:
        for line in lines:
            start, end = max(line.start, finding.span.start), min(line.end, finding.span.end)
            if line.turn == finding.span.turn and start < end:
                hidden.append(
                    HiddenFacts(line.number, start - line.start, end - line.start, finding.type.value, numbers[finding])
                )
    return hidden


def _numbers(findings: Sequence[Finding]) -> dict[Finding, int]:
    """Return per finding the number of its person, place or thing among those of its kind, in order of appearance."""
    seen: dict[str, dict[str, int]] = {}
    return {
        finding: seen.setdefault(finding.type.value, {}).setdefault(
            finding.entity, len(seen.get(finding.type.value, {})) + 1
        )
        for finding in findings
    }


def _passages(
    analysed: Analysed,
    lines: Sequence[Line],
    texts: Sequence[str],
    *,
    label: str,
    labels: Mapping[str, str],
    language: str,
) -> list[PassageFacts]:
    numbers = _numbers(analysed.names)
    hidden: dict[int, list[HiddenFacts]] = defaultdict(list)
    said: set[str] = set()
    for finding in analysed.names:
        span = finding.span
        hidden[span.turn].append(HiddenFacts(0, span.start, span.end, finding.type.value, numbers[finding]))
        said.add(texts[span.turn][span.start : span.end].casefold())
    passages = []
    for proposal in analysed.themes:
        span = proposal.span
        first, last = lines_of_span(lines, span.turn, span.start, span.end)
        passages.append(
            PassageFacts(
                theme=proposal.theme,
                interview=label,
                speaker=labels.get(analysed.draft.turns[span.turn].speaker or "", ""),
                text=masked(texts[span.turn], hidden[span.turn], language, (span.start, span.end)),
                first_line=first,
                last_line=last,
                origin=Origin.SUGGESTION,
                # A reason that holds a name is not printed: the passage itself shows where it was.
                reason=tuple(words for words in proposal.reason if not any(n in words.casefold() for n in said)),
            )
        )
    return passages


def counts_only(file: FileFacts) -> FileFacts:
    """Return what the overview of a run needs of a file: no lines and no quotes, so that many files fit in memory."""
    return replace(
        file,
        lines=(),
        hidden=(),
        passages=tuple(replace(passage, text="", reason=()) for passage in file.passages),
    )
