"""What an interviewer fills in to bring in a text: who is who in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from interviews.formats.draft import TranscriptDraft
from interviews.text import one_line
from interviews.turns import Speaker, SpeakerRole

APART = ""
"""What a speaker who is nobody else has in the field "is the same as"."""
MAX_LABEL = 60


def role_words() -> list[tuple[str, str]]:
    """Return the parts somebody can play, to choose from."""
    return [
        (SpeakerRole.INTERVIEWER.value, _("interviewer")),
        (SpeakerRole.INTERVIEWEE.value, _("verteller")),
        (SpeakerRole.COMPANION.value, _("begeleider")),
        (SpeakerRole.UNKNOWN.value, _("weet ik niet")),
    ]


def role_of(word: str | None) -> SpeakerRole:
    """Return the part that was chosen; unknown for anything else."""
    return SpeakerRole(word) if word in {role.value for role in SpeakerRole} else SpeakerRole.UNKNOWN


@dataclass(frozen=True, slots=True)
class Voice:
    """What somebody says about one speaker of a draft: another label, a role, or that it is the same as another."""

    name: str
    role: SpeakerRole
    same_as: str = APART
    """Position of the other speaker, as text; empty when nobody else."""


def voices_of(draft: TranscriptDraft) -> list[Voice]:
    """Return the speakers as the reader understood them."""
    return [Voice(speaker.label, speaker.role) for speaker in draft.speakers]


def read_voices(form: Mapping[str, str], draft: TranscriptDraft) -> list[Voice]:
    """Return what was filled in about each speaker; what is missing stays as the reader understood it."""
    return [
        Voice(
            one_line(form.get(f"name-{number}", ""))[:MAX_LABEL] or known.name,
            role_of(form.get(f"role-{number}")) if f"role-{number}" in form else known.role,
            form.get(f"same-{number}", APART),
        )
        for number, known in enumerate(voices_of(draft))
    ]


def with_voices(draft: TranscriptDraft, voices: Sequence[Voice]) -> TranscriptDraft:
    """Return `draft` with its speakers named, merged and given their part.

    Two speakers with one name are one speaker, with the part of the first. No turn is lost or joined with another.
    """
    targets = [_target(voices, number) for number in range(len(voices))]
    roles: dict[str, SpeakerRole] = {}
    for target in targets:
        roles.setdefault(voices[target].name, voices[target].role)
    labels = {speaker.label: voices[target].name for speaker, target in zip(draft.speakers, targets, strict=True)}
    return replace(
        draft,
        turns=tuple(
            replace(turn, speaker=None if turn.speaker is None else labels[turn.speaker]) for turn in draft.turns
        ),
        speakers=tuple(Speaker(label, role) for label, role in roles.items()),
    )


def _target(voices: Sequence[Voice], number: int) -> int:
    """Return who speaker `number` is in the end; a circle ends where it began."""
    seen = [number]
    while (word := voices[seen[-1]].same_as).isascii() and word.isdigit() and len(word) < 4:
        following = int(word)
        if following >= len(voices) or following in seen:
            break
        seen.append(following)
    return min(seen) if _circular(voices, seen) else seen[-1]


def _circular(voices: Sequence[Voice], seen: Sequence[int]) -> bool:
    return voices[seen[-1]].same_as in {str(number) for number in seen}
