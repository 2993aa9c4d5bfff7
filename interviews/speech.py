"""Speech to text: the computer makes a first text of a recording, which a person corrects. Optional, and never online.

`faster-whisper` (the extra `speech`) listens with a model that somebody put in a folder on this machine. Nothing is
ever downloaded: a folder that is not complete is no model (`missing`). The sound is decoded in the child process of
`formats.media` and comes in as it is needed; it is listened to in stretches of some minutes, cut where it is quiet, so
that three hours take no more memory than five minutes. What was said is nowhere but in memory until it is sealed.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from interviews import audit, drafts, removals, tasks
from interviews.access import Actor, Permission, require
from interviews.errors import Invalid
from interviews.formats import media
from interviews.formats.media import HEARD_RATE
from interviews.hidden import OMITTED, left_out, masker
from interviews.keys import KeyStore
from interviews.models import Recording, Task
from interviews.models.interview import Status
from interviews.models.recording import RecordingState
from interviews.models.task import TaskKind
from interviews.recordings.places import sound_name
from interviews.scopes import Scope
from interviews.sealedfiles import SealedFiles, key_of
from interviews.streams import SealedReader
from interviews.text import one_line
from interviews.turns import Turn

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

SOURCE = "computer"
"""What stands where else the device stands of a text that the computer made."""
LANGUAGE = "nl"
_NEEDED = ("model.bin", "config.json", "tokenizer.json")
_STRETCH_SECONDS, _LOOK_BACK_SECONDS, _QUIET_SECONDS = 300, 30, 0.2
_PAUSE_MS, _LONG = 1200, 280
_SENTENCE_ENDS = (".", "?", "!", "…")


def missing(model: Path | None) -> str | None:
    """Return the key of the sentence that says what is missing for speech to text here; None when all is there."""
    if find_spec("faster_whisper") is None:
        return "speech.no_program"
    if model is None or not all((model / name).is_file() for name in _NEEDED):
        # Without its own list of words the library would fetch one from the internet.
        return "speech.no_model"
    return None


def ask(session: Session, actor: Actor, recording: Recording, *, model: Path | None) -> Task:
    """Ask for a first text of a recording; the same one again while it waits or runs. Do it after the commit.

    Raises Invalid: what `missing` says, `recording.erased`, `recording.not_ready`, `consent.no_research`.
    """
    require(actor, Permission.SPEECH_TO_TEXT, recording)
    lacking = missing(model)
    if lacking is not None:
        raise Invalid(lacking)
    if recording.state is RecordingState.ERASED:
        raise Invalid("recording.erased")
    if recording.state is not RecordingState.READY:
        raise Invalid("recording.not_ready")
    if not recording.interview.allows(Scope.USE_RESEARCH):
        raise Invalid("consent.no_research")
    task = tasks.ask(
        session,
        project_id=recording.interview.project_id,
        kind=TaskKind.SPEECH_TO_TEXT,
        subject_id=recording.id,
        asked_by=actor.person_id,
    )
    audit.record(
        session, actor, Permission.SPEECH_TO_TEXT, recording, project_id=recording.interview.project_id, reason="asked"
    )
    return task


def may_be_heard(recording: Recording) -> bool:
    """Tell whether the computer may listen (still): the sound is there, and nobody took a yes back."""
    interview = recording.interview
    return (
        recording.state is RecordingState.READY
        and interview.status is not Status.STOPPED
        and interview.allows(Scope.RECORD)
        and interview.allows(Scope.USE_RESEARCH)
    )


def deliver(session: Session, recording: Recording, turns: Sequence[Turn], *, keys: KeyStore) -> None:
    """Offer what was heard as a first text: the draft where there is none, else kept beside what was typed.

    What must go is left out: what was said in a stretch of sound that is hidden, and words that were. Raises Invalid("speech.nothing_heard") without a word, and as `drafts.offer`.
    """
    if not turns:
        raise Invalid("speech.nothing_heard")
    offered = _without_hidden(session, recording, turns, keys=keys)
    drafts.offer(session, None, recording.interview, offered, source=SOURCE, keys=keys)


def _without_hidden(session: Session, recording: Recording, turns: Sequence[Turn], *, keys: KeyStore) -> list[Turn]:
    stretches = removals.hidden_stretches(session, recording)
    masked = masker(session, recording.interview_id, key=keys.create(recording.interview_id))
    return [replace(turn, text=OMITTED if _touches(turn, stretches) else left_out(masked(turn.text))) for turn in turns]


def _touches(turn: Turn, stretches: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a turn was said, wholly or in part, in one of the stretches; one without times might have been."""
    first, last = turn.start_ms or 0, turn.end_ms
    return any(first < end and (last is None or start < last) for start, end in stretches)


def turns(
    model: Path | None,
    sound: SealedReader,
    *,
    duration_ms: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
    only_voices: bool = True,
) -> Iterator[Turn]:
    """Yield what is said in a playable recording, in order, with its times; nobody knows yet who says it.

    `progress` is told (milliseconds heard, milliseconds in all). `only_voices` passes over what is no voice, which keeps
    the computer from making words up. Raises Invalid with what `missing` says, `speech.broken_model`, and Unreadable as
    `media.hear`.
    """
    listener = _load(model)
    yield from together(_heard(listener, sound, duration_ms, progress, only_voices))


@dataclass(frozen=True, slots=True)
class Said:
    """Some words in a row, as the computer heard them."""

    text: str
    start_ms: int
    end_ms: int


def together(said: Iterable[Said]) -> Iterator[Turn]:
    """Yield turns: what is said in one breath stays together, a pause or a long stretch begins a new one."""
    words, start, end = "", 0, 0
    for one in said:
        if words and (one.start_ms - end > _PAUSE_MS or (len(words) > _LONG and words.endswith(_SENTENCE_ENDS))):
            yield Turn(None, words, start, end)
            words = ""
        if not words:
            start = one.start_ms
        words = f"{words} {one.text}".strip()
        end = max(one.end_ms, start)
    if words:
        yield Turn(None, words, start, end)


def stretches(samples: Iterable[bytes]) -> Iterator[tuple[int, array[int]]]:
    """Cut samples of 16 bits into stretches of some minutes, at a quiet place; yield each with the sample it begins at."""
    most, back = _STRETCH_SECONDS * HEARD_RATE, _LOOK_BACK_SECONDS * HEARD_RATE
    start, held = 0, array("h")
    for portion in samples:
        held.frombytes(portion)
        while len(held) >= most:
            cut = most - back + _quietest(held[most - back : most])
            yield start, held[:cut]
            start, held = start + cut, held[cut:]
    if held:
        yield start, held


def _quietest(samples: array[int]) -> int:
    """Return the middle of the quietest moment."""
    step = int(_QUIET_SECONDS * HEARD_RATE)
    begins = range(0, len(samples) - step + 1, step)
    return min(begins, key=lambda begin: _swing(samples[begin : begin + step])) + step // 2


def _swing(samples: array[int]) -> int:
    return max(samples) - min(samples)


def _load(model: Path | None) -> WhisperModel:
    lacking = missing(model)
    if lacking is not None:
        raise Invalid(lacking)
    from faster_whisper import WhisperModel

    # It tells how long a recording is and what it makes of it.
    logging.getLogger("faster_whisper").setLevel(logging.ERROR)
    try:
        return WhisperModel(str(model), device="cpu", compute_type="int8", local_files_only=True)
    except (RuntimeError, ValueError, OSError, KeyError) as error:
        raise Invalid("speech.broken_model") from error


def _heard(
    listener: WhisperModel,
    sound: SealedReader,
    duration_ms: int,
    progress: Callable[[int, int], None],
    only_voices: bool,
) -> Iterator[Said]:
    import numpy as np

    for start, samples in stretches(media.hear(sound, sound.size)):
        offset = start * 1000 // HEARD_RATE
        heard = np.frombuffer(samples, dtype="<i2").astype("float32") / 32768
        segments, _ = listener.transcribe(heard, language=LANGUAGE, task="transcribe", vad_filter=only_voices)
        for segment in segments:
            end = offset + round(segment.end * 1000)
            progress(min(end, duration_ms), duration_ms)
            text = one_line(segment.text)
            if text:
                yield Said(text, offset + max(0, round(segment.start * 1000)), end)
        progress(min(offset + len(samples) * 1000 // HEARD_RATE, duration_ms), duration_ms)


def open_sound(recording: Recording, *, keys: KeyStore, files: SealedFiles) -> SealedReader:
    """Open the sound for the computer to listen to, for who closes it. Asks no permission: `ask` and `may_be_heard` do.

    Raises FileNotFoundError and KeysError when the file is not as it was.
    """
    name = sound_name(recording.id)
    return files.read(name, key_of(keys.open(recording.interview_id), name))
