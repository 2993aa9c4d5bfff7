"""`par-transcript/1`: our own exchange format, JSON with speakers, turns and what is known about the interview.

The words are kept as they are, spaces too, so that offsets into a turn's text hold on both sides.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from interviews.errors import Unreadable
from interviews.formats.assembly import time_notes
from interviews.formats.draft import Note, TranscriptDraft
from interviews.formats.encodings import decoded
from interviews.formats.json import parse
from interviews.formats.paragraphs import has_words
from interviews.formats.speakers import with_roles
from interviews.formats.times import from_seconds
from interviews.text import clean, one_line
from interviews.turns import Speaker, SpeakerRole, Turn

SCHEMA = "par-transcript/1"
_OWN_FIELDS = frozenset({"schema", "speakers", "turns"})
_ROLES = {
    "interviewer": SpeakerRole.INTERVIEWER,
    "interviewster": SpeakerRole.INTERVIEWER,
    "geinterviewde": SpeakerRole.INTERVIEWEE,
    "geïnterviewde": SpeakerRole.INTERVIEWEE,
    "interviewee": SpeakerRole.INTERVIEWEE,
    "respondent": SpeakerRole.INTERVIEWEE,
    "deelnemer": SpeakerRole.INTERVIEWEE,
    "metgezel": SpeakerRole.COMPANION,
    "begeleider": SpeakerRole.COMPANION,
    "companion": SpeakerRole.COMPANION,
    "tolk": SpeakerRole.COMPANION,
    "onbekend": SpeakerRole.UNKNOWN,
    "unknown": SpeakerRole.UNKNOWN,
}
_WORDS = {
    SpeakerRole.INTERVIEWER: "interviewer",
    SpeakerRole.INTERVIEWEE: "geinterviewde",
    SpeakerRole.COMPANION: "metgezel",
    SpeakerRole.UNKNOWN: "onbekend",
}


def read(data: bytes, name: str = "") -> TranscriptDraft:
    """Return the draft of a `par-transcript/1` file.

    Every other field of the file is in `metadata`; a role in other words ("opbouwwerker") is under `speaker_roles` by
    label. Raises Unreadable: `unreadable.json` for other JSON, `unreadable.par_version` with `schema` for a newer
    version, `unreadable.broken` when turns are not what they should be.
    """
    text, notes = decoded(data)
    content = parse(text)
    schema = content.get("schema")
    if not is_par(content):
        raise Unreadable("unreadable.json")
    if schema != SCHEMA:
        raise Unreadable("unreadable.par_version", schema=one_line(str(schema))[:60])
    listed = content["turns"]
    if not isinstance(listed, list):
        raise Unreadable("unreadable.broken")
    all_turns = [_turn(entry) for entry in listed]
    turns = tuple(turn for turn in all_turns if has_words(turn.text))
    roles = _roles(content.get("speakers", []))
    labels = list(dict.fromkeys([*roles, *(turn.speaker for turn in turns if turn.speaker is not None)]))
    metadata = {clean(name): _plain(value) for name, value in content.items() if name not in _OWN_FIELDS}
    kept = {label: role for label, role in roles.items() if role and role.casefold() not in _ROLES}
    if kept:
        metadata["speaker_roles"] = kept
    if len(turns) < len(all_turns):
        notes = (*notes, Note("read.empty_turns", {"count": len(all_turns) - len(turns)}))
    return TranscriptDraft(
        turns=turns,
        speakers=_speakers(labels, roles, turns),
        format="par-json",
        notes=(*notes, *time_notes(turns)),
        metadata=metadata,
    )


def dump(draft: TranscriptDraft) -> str:
    """Return a draft as `par-transcript/1`. Reading it again gives the same turns, speakers, roles and metadata."""
    texts = draft.metadata.get("speaker_roles")
    own_words: Mapping[str, object] = texts if isinstance(texts, dict) else {}
    content: dict[str, object] = {"schema": SCHEMA}
    content.update(
        (name, value) for name, value in draft.metadata.items() if name not in (*_OWN_FIELDS, "speaker_roles")
    )
    content["speakers"] = [
        {"id": speaker.label, "role": _role_word(speaker, own_words.get(speaker.label))} for speaker in draft.speakers
    ]
    content["turns"] = [_entry(turn) for turn in draft.turns]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def is_par(content: Mapping[str, object]) -> bool:
    """Tell whether parsed JSON says it is a `par-transcript` of any version."""
    return str(content.get("schema", "")).startswith("par-transcript/") and "turns" in content


def _role_word(speaker: Speaker, own_word: object) -> str:
    return own_word if isinstance(own_word, str) and own_word else _WORDS[speaker.role]


def _entry(turn: Turn) -> dict[str, object]:
    entry: dict[str, object] = {"speaker": turn.speaker}
    if turn.start_ms is not None:
        entry["start_s"] = turn.start_ms / 1000
    if turn.end_ms is not None:
        entry["end_s"] = turn.end_ms / 1000
    entry["text"] = turn.text
    return entry


def _turn(entry: object) -> Turn:
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        raise Unreadable("unreadable.broken")
    speaker = entry.get("speaker")
    if speaker is not None and not isinstance(speaker, str | int):
        raise Unreadable("unreadable.broken")
    label = one_line(str(speaker)) if speaker is not None else ""
    text = clean(entry["text"]).replace("\n", " ")
    return Turn(label or None, text, from_seconds(entry.get("start_s")), from_seconds(entry.get("end_s")))


def _roles(listed: object) -> dict[str, str]:
    """Return the role in the file's own words by label; empty where it gives none."""
    if not isinstance(listed, list):
        raise Unreadable("unreadable.broken")
    roles: dict[str, str] = {}
    for entry in listed:
        if isinstance(entry, dict) and isinstance(entry.get("id"), str | int):
            role = entry.get("role")
            label = one_line(str(entry["id"]))
            if label:
                roles.setdefault(label, one_line(role) if isinstance(role, str) else "")
    return roles


def _speakers(labels: list[str], roles: Mapping[str, str], turns: tuple[Turn, ...]) -> tuple[Speaker, ...]:
    """Return the speakers with the role the file gives, guessed where it gives none in words we know."""
    guessed = {speaker.label: speaker.role for speaker in with_roles(labels, turns)}
    return tuple(Speaker(label, _ROLES.get(roles.get(label, "").casefold(), guessed[label])) for label in labels)


def _plain(value: object) -> object:
    """Return a JSON value with clean texts."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {clean(str(name)): _plain(item) for name, item in value.items()}
    return value
