"""What the builders of reports need to know: plain frozen facts, free of the database.

The web app fills them from rows, the command `analyse` from files. Every text here is of the research layer (names
replaced, requests removed), except where a field says that it still has to be hidden.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field


class Side(enum.StrEnum):
    """What a theme is about, in the order reports speak of it: what helps always comes first."""

    HELPFUL = "helpful"
    HINDERING = "hindering"
    SYSTEM = "system"
    VALUE = "value"
    IDEA = "idea"
    OTHER = "other"


SIDES = {
    "hlp": Side.HELPFUL,
    "bel": Side.HINDERING,
    "sys": Side.SYSTEM,
    "wrd": Side.VALUE,
    "idee": Side.IDEA,
}
"""What the groups of the start codebook are about; any other group is `Side.OTHER`."""


class Origin(enum.StrEnum):
    """How a passage got its theme. Only a person makes a segment: a suggestion is never counted as one."""

    SELF = "self"
    ACCEPTED = "accepted"
    SUGGESTION = "suggestion"


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """The project a report belongs to.

    `municipalities` are named as exports may name them. `words` gives the project's own word per perspective as
    (singular, plural), for example {"client": ("inwoner", "inwoners")}. `contact` is whom to ask, with a phone number.
    `coding_style` is "dialogue" or "agreement". `coders` counts the coders per role.
    """

    title: str
    question: str = ""
    municipalities: tuple[str, ...] = ()
    contact: str = ""
    words: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    guide_version: str = ""
    codebook_version: str = ""
    tagger_version: str = ""
    data_checksum: str = ""
    coding_style: str = "dialogue"
    coders: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SpeakerFacts:
    """One voice of an interview, as reports name it.

    `label` is the one the lines use, `name` the pseudonym (or a role word). `consent` is None when the choices of the
    interview hold for this voice; in a group each person has choices of their own.
    """

    label: str
    name: str
    interviewer: bool = False
    perspective: str = ""
    consent: Mapping[str, bool] | None = None


@dataclass(frozen=True, slots=True)
class InterviewFacts:
    """One interview.

    `consent` holds the answer per scope: what is not in it is a no. It is None only where no form was ever read (a
    loose file given to `analyse`); nothing is permitted then. `small_team` says that few colleagues share the
    perspective, so that a source line names the perspective only. `words` is the number of words, `turns` of turns.
    """

    code: str
    pseudonym: str
    perspective: str
    consent: Mapping[str, bool] | None
    kind: str = "individual"
    municipality: str = ""
    date: dt.date | None = None
    length_ms: int | None = None
    interviewer_kind: str = "peer"
    speakers: tuple[SpeakerFacts, ...] = ()
    consent_version: str = ""
    status: str = ""
    companions: int = 0
    withdrawn: bool = False
    practice: bool = False
    small_team: bool = False
    words: int = 0
    turns: int = 0


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One numbered line (a turn, or a part of one). `speaker` is a label; `start_ms` is None where unknown."""

    number: int
    speaker: str
    text: str
    start_ms: int | None = None


@dataclass(frozen=True, slots=True)
class HiddenFacts:
    """Characters `[start, end)` of line `line` that must not be shown.

    `kind` is a value of `interviews.detect.findings.IdentifierType`. `number` tells people or places of one kind apart (1, 2, …); 0 writes no number.
    """

    line: int
    start: int
    end: int
    kind: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class ThemeFacts:
    """One entry of the codebook. `group` is the name of its group; texts are as people wrote them."""

    id: str
    name: str
    side: Side
    group: str = ""
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    sources: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    level: str = ""
    related: tuple[str, ...] = ()
    tensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageFacts:
    """A passage with a theme. `interview` is the interview's code, `speaker` a label of that interview.

    `coder_role` is the role of the person who chose the theme ("ervaringsdeskundige"); empty for a suggestion.
    `reason` holds the words that made the computer propose it.
    `window` is for text that still has names in it (`FileFacts`): the characters `[start, end)` of line `first_line`;
    the builder then takes the words from that line, hides what must be hidden, and does not look at `text`.
    """

    theme: str
    interview: str
    speaker: str
    text: str
    first_line: int
    last_line: int
    origin: Origin = Origin.SELF
    coder_role: str = ""
    reason: tuple[str, ...] = ()
    window: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class SuggestionCounts:
    """What people answered to the computer's proposals for one theme."""

    theme: str
    offered: int
    accepted: int
    rejected: int
    later: int = 0


@dataclass(frozen=True, slots=True)
class MemoFacts:
    """What somebody noticed. Only shared memos are given to a builder. `theme` is empty for a remark on the whole."""

    text: str
    author_role: str
    theme: str = ""


@dataclass(frozen=True, slots=True)
class TeamNotes:
    """What people wrote down about one interview. `experience` is how it went, in the interviewer's own words."""

    experience: str = ""
    memos: tuple[MemoFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class CodingWork:
    """How the team worked with the codebook."""

    suggestions: tuple[SuggestionCounts, ...] = ()
    memos: tuple[MemoFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file of a run of `analyse`.

    `label` is what the report calls the file: the caller makes sure that no name of a person is in it. `names` counts
    the names and numbers proposed per kind (`IdentifierType` values). `passages` are suggestions, `lines` the turns,
    `hidden` what must not be shown of them. `notes` are remarks about reading the file, written out.
    """

    label: str
    interview: InterviewFacts
    lines: tuple[LineFacts, ...] = ()
    hidden: tuple[HiddenFacts, ...] = ()
    passages: tuple[PassageFacts, ...] = ()
    names: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
