"""Sealed files of any length in which one can jump: how sound and pictures lie on disk.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway and Vizár 2015) as AES-GCM-HKDF streaming encryption in Google
Tink does it, on `cryptography`'s AESGCM. A file is:

    header   4 bytes magic and version, 4 bytes chunk size, 32 bytes salt, 7 bytes nonce prefix
    chunks   64 KiB of plain bytes each (the last may be shorter), every one followed by a 16-byte tag

The file's own key is HKDF-SHA256(key given, salt in the header), the nonce of a chunk is prefix, 4 bytes counter and 1
byte that says whether it is the last; the header is associated data of every chunk. So a chunk that was changed, moved,
left out, taken from another file or sealed by another key is refused with `keys.SealBroken`, and so is a file that was
cut short or grew: the last chunk is opened first. Overwriting the header's salt makes the whole file unreadable, which
is what `erase` does before it removes a file. The length of the plain bytes shows.

Pure file work: knows nothing of interviews.
"""

from __future__ import annotations

import io
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from interviews.durable import sync_directory
from interviews.keys import KEY_BYTES, SealBroken

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

CHUNK = 64 * 1024
UNFINISHED = ".new"
"""How the name of a file ends that is being written. After a crash such a file is waste."""
_MAGIC = b"DBf1"
_SALT_BYTES, _PREFIX_BYTES, _TAG_BYTES = 32, 7, 16
_HEADER_BYTES = len(_MAGIC) + 4 + _SALT_BYTES + _PREFIX_BYTES
_SEALED_CHUNK = CHUNK + _TAG_BYTES


@dataclass(frozen=True, slots=True)
class _Cipher:
    """What seals and opens the chunks of one file."""

    aead: AESGCM
    header: bytes

    @classmethod
    def fresh(cls, key: bytes) -> _Cipher:
        random = secrets.token_bytes(_SALT_BYTES + _PREFIX_BYTES)
        return cls.of(key, _MAGIC + CHUNK.to_bytes(4) + random)

    @classmethod
    def of(cls, key: bytes, header: bytes) -> _Cipher:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")
        salt = header[-_PREFIX_BYTES - _SALT_BYTES : -_PREFIX_BYTES]
        hkdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=b"dichterbij/1/stream")
        return cls(AESGCM(hkdf.derive(key)), header)

    def seal(self, number: int, last: bool, plain: bytes) -> bytes:
        return self.aead.encrypt(self._nonce(number, last), plain, self.header)

    def open(self, number: int, last: bool, sealed: bytes) -> bytes:
        return self.aead.decrypt(self._nonce(number, last), sealed, self.header)

    def _nonce(self, number: int, last: bool) -> bytes:
        return self.header[-_PREFIX_BYTES:] + number.to_bytes(4) + bytes([last])


class SealedWriter:
    """Writes a sealed file: whole and on disk after `close`, or not there at all.

    A context manager: leaving it closes, leaving it by an exception aborts. Until then the bytes are in a file with
    another name (ciphertext as well, for this user only). At most one chunk of plain bytes is in memory.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self.size = 0
        """Plain bytes written so far."""
        self._cipher = _Cipher.fresh(key)
        self._waiting = bytearray()
        self._number = 0
        # A name of its own, so that two who write the same file do not write through each other.
        self._fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}{UNFINISHED}")
        descriptor = os.open(self._fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        self._file: BinaryIO | None = os.fdopen(descriptor, "wb")
        self._file.write(self._cipher.header)

    def write(self, content: ReadableBuffer) -> int:
        """Add plain bytes and return how many. Raises ValueError after `close` or `abort`."""
        if self._file is None:
            raise ValueError("the sealed file is closed")
        given = memoryview(content).cast("B")
        self._waiting += given
        # The last chunk is marked as such, so one is always kept back.
        start = 0
        while len(self._waiting) - start > CHUNK:
            self._put(bytes(self._waiting[start : start + CHUNK]), last=False)
            start += CHUNK
        del self._waiting[:start]
        self.size += len(given)
        return len(given)

    def close(self) -> None:
        """Finish the file and put it at its path, in place of an older one. Again is no error."""
        if self._file is None:
            return
        try:
            self._put(bytes(self._waiting), last=True)
            self._file.flush()
            os.fsync(self._file.fileno())
        except BaseException:
            self.abort()
            raise
        self._file.close()
        self._file = None
        self._fresh.replace(self.path)
        sync_directory(self.path.parent)

    def abort(self) -> None:
        """Let go of what was written; nothing stays. After `close` this does nothing."""
        if self._file is None:
            return
        self._file.close()
        self._file = None
        self._fresh.unlink(missing_ok=True)

    def _put(self, plain: bytes, *, last: bool) -> None:
        assert self._file is not None
        self._file.write(self._cipher.seal(self._number, last, plain))
        self._number += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.close()
        else:
            self.abort()


class SealedReader(io.RawIOBase):
    """Reads a sealed file as if it were plain; jumping costs one chunk. Keeps at most one chunk in memory.

    Opening raises `SealBroken` when the file is not whole or not of this key, and FileNotFoundError; reading raises
    `SealBroken` at the chunk that was changed, before any byte of it is given. Not for two threads at once.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        super().__init__()
        self._name = path.name
        self._file = path.open("rb", buffering=0)
        try:
            length = os.fstat(self._file.fileno()).st_size - _HEADER_BYTES
            header = self._file.read(_HEADER_BYTES)
            if length < _TAG_BYTES or header[:8] != _MAGIC + CHUNK.to_bytes(4):
                raise SealBroken(self._name)
            self._cipher = _Cipher.of(key, header)
            self._chunks = -(-length // _SEALED_CHUNK)
            self.size = length - self._chunks * _TAG_BYTES
            """Plain bytes in the file."""
            # Only an empty file has an empty last chunk: one way to write each content.
            if self.size <= (self._chunks - 1) * CHUNK and self._chunks > 1:
                raise SealBroken(self._name)
            self._at = 0
            self._held, self._plain = -1, b""
            self._chunk(self._chunks - 1)
        except BaseException:
            self._file.close()
            raise

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place and return it; past the end is allowed and reads nothing. Raises ValueError before the start."""
        self._require_open()
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError("a place in a file is not negative")
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        """Return the place of the next byte."""
        self._require_open()
        return self._at

    def readinto(self, into: WriteableBuffer, /) -> int:
        """Fill `into` and return how many bytes that was: fewer only at the end. Raises `SealBroken`."""
        self._require_open()
        room = memoryview(into).cast("B")
        done = 0
        while done < len(room) and self._at < self.size:
            number, start = divmod(self._at, CHUNK)
            part = self._chunk(number)[start : start + len(room) - done]
            room[done : done + len(part)] = part
            done += len(part)
            self._at += len(part)
        return done

    def readall(self) -> bytes:
        """Return everything from here to the end."""
        return self.read(max(self.size - self._at, 0)) or b""

    def close(self) -> None:
        """Close the file and let go of the chunk in memory."""
        if not self.closed:
            self._held, self._plain = -1, b""
            self._file.close()
        super().close()

    def _chunk(self, number: int) -> bytes:
        if number != self._held:
            self._file.seek(_HEADER_BYTES + number * _SEALED_CHUNK)
            sealed = self._file.read(_SEALED_CHUNK)
            try:
                self._plain = self._cipher.open(number, number == self._chunks - 1, sealed)
            except InvalidTag:
                raise SealBroken(self._name) from None
            self._held = number
        return self._plain

    def _require_open(self) -> None:
        if self.closed:
            raise ValueError("the sealed file is closed")


def erase(path: Path) -> None:
    """Make a sealed file unreadable for good and remove it; on disk when this returns. No file is no error.

    The salt of its key is overwritten first. What that cannot promise is said in `interviews.keys`: an SSD or a
    copy-on-write file system may keep the old bytes, still sealed under the interview's key.
    """
    try:
        with path.open("r+b", buffering=0) as file:
            file.write(secrets.token_bytes(_HEADER_BYTES))
            os.fsync(file.fileno())
    except FileNotFoundError:
        return
    path.unlink(missing_ok=True)
    sync_directory(path.parent)
