"""The folder where sealed files lie: sound, and pictures. Every file in it is a stream of `interviews.streams`.

A file has a name of small words with slashes between, such as `recording/<id>/sound`, and a key of its own that its
owner derives from the interview's: `key_of(keys.open(interview.id), name)`. The folder has no list: rows say which files
there are, and a file that no row names is waste after a crash (`names`, `erase`).

Order of things: a file is on disk before the row that names it is committed, and the edge erases a file after the row
that let go of it is committed. Whatever a crash leaves is a file too many, never a row without its file.
"""

from __future__ import annotations

import re
import time
from contextlib import suppress
from pathlib import Path

from interviews import streams
from interviews.durable import sync_directory
from interviews.keys import DataKey
from interviews.streams import SealedReader, SealedWriter

_NAME = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)*")
_LEFT_BEHIND = 24 * 60 * 60
"""Seconds after which a file that is still being written belongs to a process that died."""


def key_of(data_key: DataKey, name: str) -> bytes:
    """Return the key of the file with this name under an interview's key."""
    return data_key.derive("file/" + name)


class SealedFiles:
    """A folder of sealed files, for this user only. Holds no state: any number may use one folder at once."""

    def __init__(self, directory: Path) -> None:
        """Use `directory`; it is made when the first file is written."""
        self.directory = directory

    def write(self, name: str, key: bytes) -> SealedWriter:
        """Return a writer for the file: whole and on disk when it closes, in place of an older one, or not there."""
        path = self._path(name)
        self._make(path.parent)
        try:
            return SealedWriter(path, key)
        except FileNotFoundError:
            # Somebody erased the last other file of the folder just now, and the empty folder with it.
            self._make(path.parent)
            return SealedWriter(path, key)

    def put(self, name: str, key: bytes, content: bytes) -> None:
        """Write a file in one go; on disk when this returns."""
        with self.write(name, key) as file:
            file.write(content)

    def read(self, name: str, key: bytes) -> SealedReader:
        """Open a file. Raises FileNotFoundError, and `keys.SealBroken` when it was changed or cut short."""
        return SealedReader(self._path(name), key)

    def get(self, name: str, key: bytes) -> bytes:
        """Return everything in a file. Raises as `read` does."""
        with self.read(name, key) as file:
            return file.readall()

    def exists(self, name: str) -> bool:
        """Tell whether there is a whole file with this name."""
        return self._path(name).is_file()

    def names(self, folder: str) -> list[str]:
        """Return the names of the whole files in a folder (`recording`) and the folders in it, in order."""
        found = (path.relative_to(self.directory).as_posix() for path in self._path(folder).rglob("*"))
        return sorted(name for name in found if _NAME.fullmatch(name) and self._path(name).is_file())

    def is_old(self, name: str) -> bool:
        """Tell whether a file was written more than a day ago, so that nobody is busy with it; yes when it is gone."""
        try:
            return _is_old(self._path(name))
        except FileNotFoundError:
            return True

    def erase(self, name: str) -> None:
        """Make a file unreadable and remove it, and folders that are empty by it. Again is no error."""
        path = self._path(name)
        streams.erase(path)
        for folder in path.parents:
            if folder == self.directory:
                break
            # Not empty, or somebody else was first.
            with suppress(OSError):
                folder.rmdir()

    def replace(self, name: str, by: str) -> None:
        """Put the file `by` in the place of the file `name`, as it is: it was sealed by the key of `name`.

        For who seals a file anew beside the old one. Nothing happens when there is no file `by` (any more).
        """
        path = self._path(name)
        self._make(path.parent)
        with suppress(FileNotFoundError):
            self._path(by).replace(path)
            sync_directory(path.parent)
        self.erase(by)

    def erase_folder(self, folder: str) -> None:
        """Erase everything in a folder, also what is being written there now."""
        place = self._path(folder)
        for path in sorted(place.rglob("*" + streams.UNFINISHED)):
            streams.erase(path)
        for name in self.names(folder):
            self.erase(name)
        with suppress(OSError):
            place.rmdir()

    def sweep(self) -> None:
        """Remove what processes that died were still writing."""
        for path in self.directory.rglob("*" + streams.UNFINISHED):
            with suppress(FileNotFoundError):
                if _is_old(path):
                    streams.erase(path)

    def _make(self, folder: Path) -> None:
        if folder.is_dir():
            return
        self._make(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_directory(folder.parent)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            # Names come from ids and words of the program, never from a person.
            raise ValueError("not a name of a sealed file")
        return self.directory / Path(*name.split("/"))


def _is_old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > _LEFT_BEHIND
