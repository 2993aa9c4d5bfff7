"""From visible paragraphs to a draft: the one place that decides who says which paragraph, and at what time.

Pure. No word of a paragraph gets lost: it ends in a turn, or (headings above the talk, remarks of the transcribing
program) in a note.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from interviews.formats import labels
from interviews.formats.draft import Note, TranscriptDraft
from interviews.formats.paragraphs import Kind, Paragraph, has_words
from interviews.formats.speakers import key, with_roles
from interviews.text import one_line
from interviews.turns import Turn

_REMARK = re.compile(
    r"(?:transcri(?:bed|ption|pt(?:ie)?)|getranscribeerd|uitgeschreven|ondertitel\w*|subtitles?|captions?)\b[^.!?]{0,40}?"
    r"\b(?:with|by|via|using|met|door)\b[^.!?]{0,40}?(?:https?:|www\.|\w\.(?:ai|com|io|nl)\b|vers|noscribe|otter|whisper|"
    r"amberscript|happy scribe|otranscribe|sonix|trint|descript|teams|zoom|microsoft|f4|aTrain)",
    re.IGNORECASE,
)
_JOINS_MS = 1500
_ENDS_SENTENCE = re.compile("[.!?…][\"'’”»)\\]]*$")


@dataclass(slots=True)
class _Open:
    """A turn that may still grow."""

    speaker: str | None
    start_ms: int | None = None
    end_ms: int | None = None
    parts: list[str] = field(default_factory=list)


def assemble(
    paragraphs: Sequence[Paragraph],
    *,
    format: str,
    notes: Sequence[Note] = (),
    metadata: Mapping[str, object] | None = None,
    cues: bool = False,
) -> TranscriptDraft:
    """Return the draft of `paragraphs` in their order.

    A paragraph without a label goes on with the speaker of the paragraph before, as a turn of its own. With `cues`
    (subtitles) it does so only where the cue before it breaks off in a sentence, and such cues are joined.
    """
    paragraphs, remarks = _without_remarks([p for p in paragraphs if has_words(p.text)])
    cut = [(paragraph, _openings(paragraph)) for paragraph in paragraphs]
    belief = labels.believe(_evidence(cut))
    assembler = _Assembler(belief, cues=cues)
    for paragraph, lines in cut:
        assembler.add(paragraph, lines)
    return finished(
        assembler.turns(),
        format=format,
        notes=[*notes, *remarks, *assembler.notes],
        metadata=metadata or {},
    )


def finished(
    turns: Sequence[Turn],
    *,
    format: str,
    notes: Sequence[Note],
    metadata: Mapping[str, object],
) -> TranscriptDraft:
    """Return the draft of `turns`: one spelling per speaker, roles guessed, times checked; empty turns are left out."""
    spellings: dict[str, Counter[str]] = {}
    for turn in turns:
        if turn.speaker is not None:
            spellings.setdefault(key(turn.speaker), Counter())[turn.speaker] += 1
    chosen = {label_key: counted.most_common(1)[0][0] for label_key, counted in spellings.items()}
    kept = tuple(
        turn if turn.speaker is None else replace(turn, speaker=chosen[key(turn.speaker)])
        for turn in turns
        if has_words(turn.text)
    )
    found = list(dict.fromkeys(turn.speaker for turn in kept if turn.speaker is not None))
    extra = list(time_notes(kept))
    if kept and not found:
        extra.append(Note("read.no_speakers"))
    return TranscriptDraft(
        turns=kept, speakers=with_roles(found, kept), format=format, notes=(*notes, *extra), metadata=dict(metadata)
    )


def time_notes(turns: Sequence[Turn]) -> tuple[Note, ...]:
    """Return the note that start times go back, if they do: `read.times_not_rising` with `count`."""
    latest, back = 0, 0
    for turn in turns:
        if turn.start_ms is None:
            continue
        back += turn.start_ms < latest
        latest = max(latest, turn.start_ms)
    return (Note("read.times_not_rising", {"count": back}),) if back else ()


class _Assembler:
    def __init__(self, belief: labels.Belief, *, cues: bool) -> None:
        self._belief = belief
        self._cues = cues
        self._speaker: str | None = None
        self._stamp: tuple[int, str] | None = None
        self._open: list[_Open] = []
        self._chats = 0
        self._headings: list[Note] = []
        self._spelling: dict[str, str] = {}

    @property
    def notes(self) -> list[Note]:
        chats = [Note("read.chat_times", {"count": self._chats})] if self._chats else []
        return [*self._headings, *chats]

    def add(self, paragraph: Paragraph, lines: list[labels.Opening]) -> None:
        if paragraph.speaker is not None:
            self._say(paragraph, paragraph.speaker, paragraph.text, paragraph.start_ms, paragraph.end_ms)
            return
        if self._is_heading_above_the_talk(paragraph, lines):
            self._headings.append(Note("read.heading", {"text": one_line(paragraph.text)}))
            return
        for number, item in enumerate(lines):
            label = self._belief.label(item)
            if label is not None:
                self._labelled(paragraph, item, label, first=number == 0)
            else:
                self._unlabelled(paragraph, item, first=number == 0)

    def turns(self) -> list[Turn]:
        """Return the finished turns, in order."""
        if self._stamp is not None:
            self._open.append(_Open(self._speaker, self._stamp[0], None, [self._stamp[1]]))
            self._stamp = None
        turns = []
        heard = {one.speaker for one in self._open if has_words(" ".join(one.parts))}
        for one in self._open:
            text = one_line(" ".join(one.parts))
            if one.speaker is not None and one.speaker not in heard:
                # A label that no words ever follow: it was no speaker after all, and stays as it was read.
                turns.append(Turn(None, one.speaker, one.start_ms))
                continue
            end = one.end_ms if one.end_ms is None or one.start_ms is None or one.end_ms >= one.start_ms else None
            if has_words(text):
                turns.append(Turn(one.speaker, text, one.start_ms, end))
        return turns

    def _is_heading_above_the_talk(self, paragraph: Paragraph, lines: list[labels.Opening]) -> bool:
        if paragraph.kind is not Kind.HEADING or not self._belief.keys or self._speaker is not None:
            return False
        return all(self._belief.label(item) is None for item in lines)

    def _labelled(self, paragraph: Paragraph, item: labels.Opening, label: str, *, first: bool) -> None:
        speaker = self._spelling.setdefault(key(label), one_line(label))
        start = item.label_start_ms if item.label_start_ms is not None else item.start_ms
        if first and paragraph.start_ms is not None:
            start = paragraph.start_ms
        self._chats += item.chat
        self._say(paragraph, speaker, item.words, start, paragraph.end_ms or item.end_ms)
        if paragraph.kind is not Kind.ASIDE:
            self._speaker = speaker

    def _unlabelled(self, paragraph: Paragraph, item: labels.Opening, *, first: bool) -> None:
        stamped = item.start_ms is not None and (not item.bare or self._belief.bare_times)
        words = item.unlabelled if not item.bare or self._belief.bare_times else item.line
        words = item.line if item.chat else words
        start = item.start_ms if stamped else None
        if first and paragraph.start_ms is not None:
            start = paragraph.start_ms
        if stamped and not has_words(words) and item.start_ms is not None:
            self._stamp = (item.start_ms, item.line)
            return
        if first or stamped:
            speaker = self._speaker if paragraph.kind is Kind.BODY else None
            if self._cues and not self._goes_on(paragraph):
                speaker = self._speaker = None
            self._say(paragraph, speaker, words, start, paragraph.end_ms or item.end_ms)
        elif self._open:
            self._open[-1].parts.append(words)
            self._open[-1].end_ms = item.end_ms or self._open[-1].end_ms
        else:
            self._say(paragraph, None, words, start, None)

    def _say(self, paragraph: Paragraph, speaker: str | None, words: str, start: int | None, end: int | None) -> None:
        if start is None and self._stamp is not None and paragraph.kind is not Kind.ASIDE:
            start = self._stamp[0]
        elif self._stamp is not None:
            # A stamp that another stamp follows at once belongs to nothing: it stays as it was written.
            self._open.append(_Open(self._speaker, self._stamp[0], None, [self._stamp[1]]))
        self._stamp = None
        before = self._open[-1] if self._open else None
        if self._cues and before and speaker is not None and speaker == before.speaker and self._near(before, start):
            before.parts.append(words)
            before.end_ms = end
            return
        if before is not None and before.speaker == speaker and before.parts == [""] and has_words(words):
            # The label stood on a line of its own: these are its words.
            before.parts = [words]
            before.start_ms = before.start_ms if before.start_ms is not None else start
            before.end_ms = end if before.end_ms is None else before.end_ms
            return
        self._open.append(_Open(speaker, start, end, [words if has_words(words) else ""]))

    def _near(self, before: _Open, start: int | None) -> bool:
        if start is None or before.end_ms is None or not 0 <= start - before.end_ms < _JOINS_MS:
            return False
        return _ENDS_SENTENCE.search(one_line(" ".join(before.parts))) is None

    def _goes_on(self, paragraph: Paragraph) -> bool:
        before = self._open[-1] if self._open else None
        return before is not None and before.speaker is not None and self._near(before, paragraph.start_ms)


def _openings(paragraph: Paragraph) -> list[labels.Opening]:
    return [labels.opening(line) for line in paragraph.text.split("\n") if has_words(line)]


def _evidence(cut: list[tuple[Paragraph, list[labels.Opening]]]) -> Iterator[tuple[labels.Opening, bool]]:
    """Return each line with whether it begins a paragraph that should have a label if the text has labels.

    A heading or an aside needs none, so it is no proof against labels; nor is a stamp on a line of its own.
    """
    for paragraph, lines in cut:
        if paragraph.speaker is not None:
            continue
        begins = paragraph.kind is Kind.BODY
        for item in lines:
            if item.start_ms is not None and not has_words(item.unlabelled):
                continue
            yield item, begins
            begins = False


def _without_remarks(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[Note]]:
    """Take out what the transcribing program says about itself: only at the start and the end of a text."""
    kept: list[Paragraph] = []
    notes: list[Note] = []
    for number, paragraph in enumerate(paragraphs):
        at_edge = number < 5 or number >= len(paragraphs) - 2
        if at_edge and paragraph.speaker is None and _REMARK.match(paragraph.text.strip()):
            notes.append(Note("read.remark", {"text": one_line(paragraph.text)}))
        else:
            kept.append(paragraph)
    return kept, notes
