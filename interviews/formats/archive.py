"""A zip file from somebody else, read with limits: members are counted while they inflate, never by what they claim."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib

from interviews.errors import Unreadable

MAX_MEMBERS = 2000
MAX_TOTAL_BYTES = 100 * 1024 * 1024
MAX_RATIO = 200
_RATIO_FROM_BYTES = 1024 * 1024
_CHUNK = 256 * 1024
_ENCRYPTED = 0x1 | 0x40


class Archive:
    """The members of a zip file by name. Every refusal and every damage is an `Unreadable`; nothing is unpacked to disk.

    Limits (`safety.md` section 3): 2,000 members, 100 MB in all, 200 times the packed size (counted past the first
    MB of a member), no encryption, no links, no name twice, no name that leads out of the archive.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError, OverflowError) as e:
            raise Unreadable("unreadable.broken") from e
        if len(members) > MAX_MEMBERS:
            raise Unreadable("unreadable.too_heavy")
        self._members: dict[str, zipfile.ZipInfo] = {}
        for member in members:
            self._check(member)
            self._members[member.filename.casefold()] = member
        self._left = MAX_TOTAL_BYTES
        self._size = len(data)

    @property
    def names(self) -> frozenset[str]:
        """The names of all members, in lower case: office programs do not tell cases apart."""
        return frozenset(self._members)

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a member (in any case), or None when there is none of that name. Raises Unreadable past a limit."""
        member = self._members.get(name.casefold())
        if member is None:
            return None
        pieces: list[bytes] = []
        size = 0
        # What a member says of its packed size may be a lie; more than the whole file it cannot be.
        most = max(_RATIO_FROM_BYTES, MAX_RATIO * min(member.compress_size, self._size))
        try:
            with self._zip.open(member) as stream:
                while piece := stream.read(_CHUNK):
                    size += len(piece)
                    self._left -= len(piece)
                    if size > most or self._left < 0:
                        raise Unreadable("unreadable.too_heavy")
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as e:
            raise Unreadable("unreadable.broken") from e
        return b"".join(pieces)

    def _check(self, member: zipfile.ZipInfo) -> None:
        if member.flag_bits & _ENCRYPTED:
            raise Unreadable("unreadable.password")
        name = member.filename
        parts = name.rstrip("/").split("/")
        odd = name.startswith(("/", "\\")) or "\\" in name or "\x00" in member.orig_filename or ":" in parts[0]
        if odd or any(part in ("..", ".", "") for part in parts) or name.casefold() in self._members:
            raise Unreadable("unreadable.broken")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise Unreadable("unreadable.broken")
