"""What a reader understood of a file, before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from interviews.turns import Speaker, Turn


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know about how a file was read. `key` names a message, `fields` fill it in."""

    key: str
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TranscriptDraft:
    """A transcript as read.

    Every visible word of the source is in `turns` or, for headings and remarks of a program, in `notes`.
    Every turn's speaker is in `speakers` or None. `metadata` holds what the source itself says about the interview
    (title, language, perspective, municipality, date, consent_scopes, …); it is a hint for the form, never trusted.
    """

    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]
    format: str
    notes: tuple[Note, ...] = ()
    metadata: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        labels = [speaker.label for speaker in self.speakers]
        if len(labels) != len(set(labels)):
            raise ValueError("speaker labels are unique")
        unknown = {turn.speaker for turn in self.turns} - {*labels, None}
        if unknown:
            raise ValueError(f"turns name speakers that are not listed: {sorted(map(str, unknown))}")
