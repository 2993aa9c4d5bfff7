"""The house style of quotes: literal words in single curly quotation marks, and an honest source line. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from coding.summaries import wording
from coding.summaries.blocks import Quote
from coding.summaries.material import HiddenFacts, InterviewFacts, PassageFacts, ProjectFacts
from interviews.text import one_line

OMISSION = "[…]"


def quoted(text: str) -> str:
    """Return `text` on one line between single curly quotation marks; the words stay as they were said."""
    return f"‘{one_line(text)}’"


def lines(first: int, last: int, language: str) -> str:
    """Return "regel 41" or "regel 41–43"."""
    return wording.say("line", language, n=first) if first == last else wording.say("lines", language, a=first, b=last)


def source_line(project: ProjectFacts, interview: InterviewFacts, passage: PassageFacts, language: str) -> str:
    """Return where a quote comes from: `— Merel, cliënt, gesprek D-07, regel 41–43`.

    In a small team the perspective alone is written, because a line or a code would point at one person.
    """
    voice = next((one for one in interview.speakers if one.label == passage.speaker), None)
    perspective = (voice.perspective if voice else "") or interview.perspective
    word = wording.perspective(perspective, language, project.words).singular
    if interview.small_team:
        return f"— {word}"
    name = (voice.name if voice else "") or interview.pseudonym
    parts = [name] if name and name != word else []
    parts += [word, wording.say("interview_code", language, code=interview.code)]
    return "— " + ", ".join([*parts, lines(passage.first_line, passage.last_line, language)])


def quote(project: ProjectFacts, interview: InterviewFacts, passage: PassageFacts, language: str) -> Quote:
    """Return the quote of a passage. Whether it may be shown is asked before (`coding.summaries.consent`)."""
    return Quote(quoted(passage.text), source_line(project, interview, passage, language))


def masked(text: str, hidden: Iterable[HiddenFacts], language: str, window: tuple[int, int] | None = None) -> str:
    """Return a line with what is hidden replaced in square brackets: `[persoon 1]`.

    The spans are of this one line, in code points; where they overlap, everything any of them covers is hidden.
    `window` keeps only the characters `[start, end)`, and hides what a span covers of them. Raises ValueError when a
    span or the window lies outside the text: half a name must never stay.
    """
    first, last = window or (0, len(text))
    if not 0 <= first <= last <= len(text):
        raise ValueError("the window lies outside the line")
    result: list[str] = []
    at = first
    for span in sorted(hidden, key=lambda one: (one.start, -one.end)):
        if not 0 <= span.start < span.end <= len(text):
            raise ValueError(f"a hidden part lies outside line {span.line}")
        if span.end <= at or span.start >= last:
            continue
        if span.start >= at or at == first:
            result += [text[at : max(at, span.start)], _replacement(span, language)]
        at = span.end
    return "".join([*result, text[at:last]])


def _replacement(span: HiddenFacts, language: str) -> str:
    word = wording.identifier(span.kind, 1, language)
    return f"[{word} {span.number}]" if span.number else f"[{word}]"
