"""When a backup was made and tried: a small file beside the data, for `doctor`. It proves nothing, it reminds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from interviews.backups.manifest import Kind
from interviews.durable import locked, write_whole

FILE = "backups.json"
_MOST = 50


@dataclass(frozen=True, slots=True)
class Note:
    """One backup that was made: of what, when, where, and when it was put back to see that it is whole."""

    kind: Kind
    made_at: datetime
    folder: str
    checked_at: datetime | None = None


class Diary:
    """The file `backups.json` in the data folder."""

    def __init__(self, data: Path) -> None:
        """Use the file in `data`; it is made by the first note."""
        self._path = data / FILE

    def notes(self) -> list[Note]:
        """Return what was noted, oldest first. A file that cannot be read is as good as none."""
        try:
            lines = json.loads(self._path.read_bytes())
            return [
                Note(
                    Kind(line["kind"]),
                    datetime.fromisoformat(line["made_at"]),
                    str(line["folder"]),
                    datetime.fromisoformat(line["checked_at"]) if line["checked_at"] else None,
                )
                for line in lines
            ]
        except (OSError, ValueError, KeyError, TypeError):
            return []

    def add(self, note: Note) -> None:
        """Note a backup, in place of what was noted of the same one; the newest fifty are kept. Raises OSError."""
        with locked(self._path.with_suffix(".lock")):
            others = [one for one in self.notes() if (one.kind, one.folder) != (note.kind, note.folder)]
            lines = [
                {
                    "kind": one.kind.value,
                    "made_at": one.made_at.isoformat(),
                    "folder": one.folder,
                    "checked_at": None if one.checked_at is None else one.checked_at.isoformat(),
                }
                for one in [*others, note][-_MOST:]
            ]
            write_whole(self._path, json.dumps(lines, indent=1).encode())

    def last(self, kind: Kind, *, checked: bool = False) -> Note | None:
        """Return the newest backup of a kind, or the newest that was tried; None when there is none."""
        found = [one for one in self.notes() if one.kind is kind and (one.checked_at is not None or not checked)]
        return max(found, key=lambda one: one.made_at, default=None)
