"""The one key on top: 256 random bits, in a file, on paper, and in memory while a program runs."""

from __future__ import annotations

import hmac
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from interviews import recoverycodes
from interviews.durable import write_whole
from interviews.errors import Invalid
from interviews.keys import protecting, splitting
from interviews.keys.errors import KeyFileDamaged, KeyFileExists, KeyFileExposed, PassphraseNeeded
from interviews.keys.sealing import KEY_BYTES, check_length, derived

SHEETS, ENOUGH = 3, 2
"""How many sheets a key is cut in, and how many of them give it back."""
LASTING = ("device/", "second factor")
"""How purposes begin whose keys stay the same when the installation gets a new key: what they sealed is out of reach
(drafts on people's phones), or has no copy under another key."""


@dataclass(frozen=True, slots=True, eq=False)
class InstallationKey:
    """The one secret an installation cannot do without: 256 random bits. Never shown by `repr`."""

    raw: bytes = field(repr=False)
    lasting: bytes | None = field(default=None, repr=False)
    """The root of the keys that stay (`LASTING`), taken over from the key before; None for the first key."""

    def __post_init__(self) -> None:
        check_length(self.raw)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, InstallationKey) and hmac.compare_digest(self.raw, other.raw)

    def __hash__(self) -> int:
        return hash((InstallationKey, self.raw))

    @classmethod
    def generate(cls) -> InstallationKey:
        """Return a new key from the system's random source."""
        return cls(secrets.token_bytes(KEY_BYTES))

    @classmethod
    def from_file(cls, path: Path, *, passphrase: str | None = None, guarded: bool = False) -> InstallationKey:
        """Read the key that `save` wrote.

        `guarded` says that the system itself keeps others from the file, whatever its mode says (systemd gives a
        service its credentials by an access list). Raises `KeyFileExposed` when group or others have any right on the
        file (POSIX), `PassphraseNeeded` or `PassphraseWrong` for a key under a passphrase, `KeyFileDamaged` when there
        is no whole key, and OSError when it cannot be read.
        """
        with path.open("rb") as file:
            # Ask the open file and not the path, which could be another file by the time it is opened.
            if os.name == "posix" and not guarded and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise KeyFileExposed(str(path))
            content = file.read(protecting.MAX_BYTES)
        if protecting.is_wrapped(content):
            if passphrase is None:
                raise PassphraseNeeded(str(path))
            return cls(protecting.unwrap(content, passphrase))
        try:
            return cls.from_recovery_code(content.decode("ascii"))
        except (UnicodeDecodeError, recoverycodes.RecoveryCodeWrong) as error:
            raise KeyFileDamaged(str(path)) from error

    @staticmethod
    def asks_passphrase(path: Path) -> bool:
        """Tell whether the key in this file opens with a passphrase. Raises OSError when there is no such file."""
        with path.open("rb") as file:
            return protecting.is_wrapped(file.read(protecting.MAX_BYTES))

    def save(self, path: Path, *, passphrase: str | None = None) -> None:
        """Write the key to `path`, for this user only (mode 600); on disk when this returns, never half a key.

        With a passphrase the file opens with that only. Raises `KeyFileExists` when there already is a file: an
        overwritten key is an installation lost.
        """
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = self._content(passphrase)
        try:
            # An empty file claims the name: of two at once, one gets it.
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            raise KeyFileExists(str(path)) from None
        try:
            write_whole(path, content)
        except OSError:
            path.unlink()
            raise

    def save_again(self, path: Path, *, passphrase: str | None) -> None:
        """Write this same key over its file, under another passphrase or under none. Raises OSError."""
        write_whole(path, self._content(passphrase))

    def _content(self, passphrase: str | None) -> bytes:
        if passphrase is not None:
            return protecting.wrap(self.raw, passphrase)
        return self.to_recovery_code().encode("ascii") + b"\n"

    def database_key(self) -> bytes:
        """Return the raw 32-byte key for SQLCipher (no further key derivation needed)."""
        return self.derive("database")

    def derive(self, purpose: str) -> bytes:
        """Return a 32-byte key for one purpose. Keys of two purposes tell nothing about each other or this key.

        What is derived for a purpose that begins as one of `LASTING` stays the same after `succeeded_by`.
        """
        return derived(self.lasting_root() if purpose.startswith(LASTING) else self.raw, purpose)

    def lasting_root(self) -> bytes:
        """Return the root of the keys that stay."""
        return derived(self.raw, "lasting") if self.lasting is None else self.lasting

    def succeeded_by(self, other: InstallationKey) -> InstallationKey:
        """Return `other` as the key that comes after this one, with this one's lasting root."""
        return InstallationKey(other.raw, self.lasting_root())

    def fingerprint(self) -> str:
        """Return 16 letters and digits that say which key this is, and nothing about it."""
        return self.derive("fingerprint")[:8].hex()

    def to_recovery_code(self) -> str:
        """Return the key as groups of letters and digits, to print on the recovery sheet."""
        return recoverycodes.encode(self.raw)

    @classmethod
    def from_recovery_code(cls, code: str) -> InstallationKey:
        """Read a recovery code as a person types it. Raises `RecoveryCodeWrong`, which names the wrong group."""
        return cls(recoverycodes.decode(code))

    def to_sheets(self) -> list[str]:
        """Return three codes of which any two give the key back; one alone tells nothing about it."""
        parts = splitting.split(self.raw, need=ENOUGH, of=SHEETS)
        return [recoverycodes.encode(part, sheet=number) for number, part in parts.items()]

    @classmethod
    def from_codes(cls, codes: Mapping[int, bytes]) -> InstallationKey:
        """Put codes together that `recoverycodes.read` took apart: the whole one (0), or two different sheets.

        Raises Invalid("recovery_code.one_more") when that is not enough. Sheets of two different cuttings give another
        key: `opens_store` tells.
        """
        if 0 in codes:
            return cls(codes[0])
        if len(codes) < ENOUGH:
            raise Invalid("recovery_code.one_more")
        return cls(splitting.combine(codes))
