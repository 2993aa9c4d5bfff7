"""Destroying what must go: what somebody says of each recording, and that it is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from interviews.formats import times
from interviews.models import Recording
from interviews.redactions import Stretch
from interviews.text import one_line

SILENT, NOT_HEARD = "stil", "niet"


@dataclass(slots=True)
class SoundAnswer:
    """What somebody says of one recording: whether the words are heard in it, and from when to when."""

    recording: Recording
    heard: str = ""
    start: str = ""
    end: str = ""
    error: str | None = None
    """Key of what is not right yet."""

    @property
    def field(self) -> str:
        """The id of the recording: how its fields are called."""
        return str(self.recording.id)

    def read(self) -> None:
        """Take what was typed."""
        given = request.form
        self.heard = given.get(f"heard-{self.field}", "")
        self.start = one_line(given.get(f"start-{self.field}", ""))
        self.end = one_line(given.get(f"end-{self.field}", ""))
        if self.heard not in {SILENT, NOT_HEARD}:
            self.error = "removal.sound_choose"
        elif self.heard == SILENT and self.stretch() is None:
            self.error = "removal.stretch"

    def stretch(self) -> Stretch | None:
        """Return what becomes silent; None when nothing, or when it makes no sense."""
        start, end = times.milliseconds(self.start), times.milliseconds(self.end)
        if self.heard != SILENT or start is None or end is None or not start < end:
            return None
        return Stretch(self.recording.id, start, end)


@dataclass(slots=True)
class DestroyForm:
    """The answers about the sound, and the tick that says: I know that this cannot be undone."""

    sounds: Sequence[SoundAnswer]
    sure: bool = False
    error: str | None = None

    def read(self) -> bool:
        """Take what was typed; tell whether all of it is right."""
        for sound in self.sounds:
            sound.read()
        self.sure = request.form.get("sure") == "1"
        self.error = None if self.sure else "removal.sure"
        return self.sure and not any(sound.error for sound in self.sounds)

    def stretches(self) -> list[Stretch]:
        """Return what becomes silent."""
        return [found for sound in self.sounds if (found := sound.stretch()) is not None]

    def problems(self) -> list[tuple[str, str]]:
        """Return (id of the field, key of the sentence) for what is not right yet."""
        found = [(f"heard-{sound.field}", sound.error) for sound in self.sounds if sound.error]
        return [*found, *([("sure", self.error)] if self.error else [])]
