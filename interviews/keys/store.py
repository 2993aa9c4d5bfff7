"""The folder with one small file per data key, and a drawer in it for the keys of contacts."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag

from interviews.durable import locked, sync_directory, write_whole
from interviews.keys.errors import KeyDamaged, KeyDestroyed, KeyMissing, KeyRenewing, WrongKey
from interviews.keys.installation import InstallationKey
from interviews.keys.sealing import KEY_BYTES, DataKey, decrypt, encrypt

_WRAPPED = b"DBk1"
_CHECK = b"DBc1"
_LASTING = b"DBl1"
_CHECK_FILE = "store.check"
_LASTING_FILE = "store.lasting"
_LOCK_FILE = "store.lock"
_CONTACTS = "contacts"
_KEY, _NEXT, _GONE, _FRESH, _PRIOR = ".key", ".next", ".gone", ".fresh", ".prior"
_DATA_KEYS, _CONTACT_KEYS = "data keys", "contact keys"


def opens_store(directory: Path, installation_key: InstallationKey) -> bool:
    """Tell whether this is the installation key of the store in `directory`; False where there is no store.

    Only looks: `KeyStore` would make a store, or finish what a crash interrupted.
    """
    return _fits(directory / _CHECK_FILE, installation_key.derive(_DATA_KEYS))


def _fits(check: Path, wrapping: bytes) -> bool:
    try:
        decrypt(wrapping, _CHECK, check.read_bytes(), b"key store")
    except (InvalidTag, FileNotFoundError):
        return False
    return True


def leave_lasting(directory: Path, successor: InstallationKey) -> None:
    """Keep the root of lasting keys in the store for `successor`; on disk when this returns. Again is no error."""
    sealed = encrypt(successor.derive("lasting root"), _LASTING, successor.lasting_root(), b"lasting")
    write_whole(directory / _LASTING_FILE, sealed)


def read_lasting(directory: Path, installation_key: InstallationKey) -> InstallationKey:
    """Return the key with the root of lasting keys that an earlier key left in the store; itself when none did.

    Raises `WrongKey` when what is there was left for another key.
    """
    try:
        sealed = (directory / _LASTING_FILE).read_bytes()
    except FileNotFoundError:
        return installation_key
    try:
        root = decrypt(installation_key.derive("lasting root"), _LASTING, sealed, b"lasting")
    except InvalidTag:
        raise WrongKey(str(directory)) from None
    return InstallationKey(installation_key.raw, root)


class KeyStore:
    """The folder with one small file per interview's data key. What it holds of people is in `interviews.keys`.

    `<uuid>.key` is the wrapped key; `<uuid>.gone` says that it was destroyed, and stays: a key file that comes back
    from a backup beside it is removed when the store opens. `store.check` tells whose store this is. Changes go one
    at a time over all threads and processes on this machine (a lock on `store.lock`).
    """

    def __init__(self, directory: Path, installation_key: InstallationKey, *, purpose: str = _DATA_KEYS) -> None:
        """Open the store in `directory`, or make it there. Finishes what a crash interrupted.

        Keys of two purposes are wrapped apart. Raises `WrongKey` when the store belongs to another installation key.
        """
        self.directory = directory
        self._purpose = purpose
        self._installation_key = installation_key
        self._wrapping = installation_key.derive(purpose)
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._changing():
            check = directory / _CHECK_FILE
            if not check.exists():
                if self._files(_KEY):
                    # Without the check file a wrong key would look like damage to every interview.
                    raise WrongKey(str(directory))
                write_whole(check, self._check_value(self._wrapping))
            self._require_own_store()
            self._recover()

    @property
    def contacts(self) -> KeyStore:
        """The drawer with one key per project, for who its interviewees are (class K). Made when it is first asked for.

        A folder of its own inside this one: copies of the store hold it too, and no list of interviews does. Raises
        `WrongKey` as the store does.
        """
        return KeyStore(self.directory / _CONTACTS, self._installation_key, purpose=_CONTACT_KEYS)

    def create(self, interview: UUID) -> DataKey:
        """Make and keep the key of an interview; on disk before this returns.

        When two ask at once, or again after a crash, both get the same key. Raises `KeyDestroyed` when the interview
        had a key that was destroyed.
        """
        with self._changing():
            self._require_own_store()
            try:
                return self.open(interview)
            except KeyMissing:
                key = DataKey(interview, secrets.token_bytes(KEY_BYTES))
                write_whole(self._path(interview, _KEY), self._wrap(self._wrapping, key))
                return key

    def open(self, interview: UUID) -> DataKey:
        """Return the key of an interview. Raises `KeyDestroyed`, `KeyMissing`, `KeyDamaged` or `WrongKey`."""
        if self._path(interview, _GONE).exists():
            raise KeyDestroyed(str(interview))
        # Before the key itself: whoever lets a new key take over meanwhile leaves each in one of the files.
        beside = self._beside(interview)
        try:
            wrapped = self._path(interview, _KEY).read_bytes()
        except FileNotFoundError:
            # Destroyed between the two looks?
            gone = self._path(interview, _GONE).exists()
            raise (KeyDestroyed if gone else KeyMissing)(str(interview)) from None
        return DataKey(interview, self._unwrapped(interview, wrapped), beside)

    def renew(self, interview: UUID) -> tuple[DataKey, DataKey]:
        """Make a new key for an interview that has one, and return the old and the new; on disk before this returns.

        For who destroys a part of an interview. Everything else is sealed again by the new key; just before that is
        committed the new key takes over (`take_over`), and after it `settle` destroys the other one, and with it every
        copy of that part in old backups. Until then `open` returns a key that opens what either sealed. Again returns
        the same two. Raises as `open`.
        """
        with self._changing():
            self._require_own_store()
            held = self.open(interview)
            fresh, prior = self._path(interview, _FRESH), self._path(interview, _PRIOR)
            if prior.exists():
                return DataKey(interview, self._unwrapped(interview, prior.read_bytes())), DataKey(interview, held.raw)
            if not fresh.exists():
                new = DataKey(interview, secrets.token_bytes(KEY_BYTES))
                write_whole(fresh, self._wrap(self._wrapping, new))
            new = DataKey(interview, self._unwrapped(interview, fresh.read_bytes()))
            return DataKey(interview, held.raw), new

    def take_over(self, interview: UUID) -> None:
        """Let the new key of a `renew` seal from now on; the old one stays beside it until `settle`. Again is no error."""
        with self._changing():
            self._require_own_store()
            fresh, path = self._path(interview, _FRESH), self._path(interview, _KEY)
            if fresh.exists() and path.exists():
                write_whole(self._path(interview, _PRIOR), path.read_bytes())
                self._replace(path, fresh)

    def settle(self, interview: UUID, *, renewed: bool) -> None:
        """Finish a `renew`: the old key is destroyed, or the new one is and all is as it was.

        Done on disk when this returns. An interview that gets no new key is no error.
        """
        if renewed:
            self.take_over(interview)
        with self._changing():
            self._require_own_store()
            prior, path = self._path(interview, _PRIOR), self._path(interview, _KEY)
            if prior.exists() and not renewed and path.exists():
                self._replace(path, prior)
            for left in (prior, self._path(interview, _FRESH)):
                if left.exists():
                    self._destroy(left)

    def renewing(self) -> frozenset[UUID]:
        """Return the interviews that are getting a new key: work going on, or left by a crash."""
        return (self._listed(_FRESH) | self._listed(_PRIOR)) - self.destroyed()

    def _replace(self, path: Path, by: Path) -> None:
        """Put a key file in the place of another, whose bytes are written over where the system lets a file be held."""
        if os.name != "posix":
            by.replace(path)
            sync_directory(self.directory)
            return
        with path.open("r+b", buffering=0) as old:
            by.replace(path)
            sync_directory(self.directory)
            old.write(secrets.token_bytes(os.fstat(old.fileno()).st_size))
            os.fsync(old.fileno())

    def _beside(self, interview: UUID) -> tuple[bytes, ...]:
        found = []
        for suffix in (_FRESH, _PRIOR):
            with suppress(FileNotFoundError):
                found.append(self._unwrapped(interview, self._path(interview, suffix).read_bytes()))
        return tuple(found)

    def _unwrapped(self, interview: UUID, wrapped: bytes) -> bytes:
        try:
            return decrypt(self._wrapping, _WRAPPED, wrapped, interview.bytes)
        except InvalidTag:
            self._require_own_store()
            raise KeyDamaged(str(interview)) from None

    def destroy(self, interview: UUID) -> None:
        """Destroy the key of an interview for good; done on disk when this returns. Again is no error.

        The tombstone comes first: after a crash half-way the store finishes the work when it opens. Also for an
        interview the store has no key of (a ledger replayed on an old backup), so that none can come back.
        """
        with self._changing():
            self._require_own_store()
            if not self._path(interview, _GONE).exists():
                write_whole(self._path(interview, _GONE), b"destroyed\n")
            self._erase(interview)

    def destroy_all(self, interviews: Iterable[UUID]) -> None:
        """Destroy several keys: what a restore does with the ledger of withdrawals."""
        for interview in interviews:
            self.destroy(interview)

    def interviews(self) -> frozenset[UUID]:
        """Return the interviews that have a key."""
        return self._listed(_KEY) - self.destroyed()

    def destroyed(self) -> frozenset[UUID]:
        """Return the interviews whose key was destroyed."""
        return self._listed(_GONE)

    def rewrap(self, installation_key: InstallationKey) -> None:
        """Wrap every key by a new installation key; from then on only that one opens the store.

        Safe against a crash: first every new wrapping is written beside the old one, then `store.check` changes hands
        in one step, then the new ones take the old ones' place. Whoever opens the store next finishes or clears up.
        Other processes get `WrongKey` until they start again. Raises `KeyDamaged`, with nothing changed, when a key
        cannot be read. The data keys stay the same: after a *leaked* installation key, old copies of the store must
        go too. Raises `KeyRenewing`, with nothing changed, while an interview is getting a new key.

        The drawer of contacts is a store of its own, and is wrapped again by its own call.
        """
        wrapping = installation_key.derive(self._purpose)
        with self._changing():
            self._require_own_store()
            if self.renewing():
                raise KeyRenewing(str(min(self.renewing())))
            keys = [self.open(interview) for interview in sorted(self.interviews())]
            for key in keys:
                write_whole(self._path(key.interview, _NEXT), self._wrap(wrapping, key))
            write_whole(self.directory / _CHECK_FILE, self._check_value(wrapping))
            self._wrapping, self._installation_key = wrapping, installation_key
            self._recover()

    def _path(self, interview: UUID, suffix: str) -> Path:
        return self.directory / f"{interview}{suffix}"

    def _listed(self, suffix: str) -> frozenset[UUID]:
        return frozenset(interview for interview, _ in self._files(suffix))

    def _files(self, suffix: str) -> list[tuple[UUID, Path]]:
        """Return the store's own files; what somebody else put in the folder is left alone."""
        files = []
        for path in self.directory.glob("*" + suffix):
            try:
                interview = UUID(path.stem)
            except ValueError:
                continue
            if path == self._path(interview, suffix):
                files.append((interview, path))
        return files

    @staticmethod
    def _wrap(wrapping: bytes, key: DataKey) -> bytes:
        return encrypt(wrapping, _WRAPPED, key.raw, key.interview.bytes)

    @staticmethod
    def _check_value(wrapping: bytes) -> bytes:
        return encrypt(wrapping, _CHECK, b"", b"key store")

    def _require_own_store(self) -> None:
        """Raise `WrongKey` when another installation key owns the store (now)."""
        try:
            decrypt(self._wrapping, _CHECK, (self.directory / _CHECK_FILE).read_bytes(), b"key store")
        except (InvalidTag, FileNotFoundError):
            raise WrongKey(str(self.directory)) from None

    def _recover(self) -> None:
        """Finish an interrupted `rewrap` or `destroy`; clear up what was never finished."""
        for path in self.directory.glob("*.new"):
            path.unlink()
        for interview, path in self._files(_NEXT):
            try:
                decrypt(self._wrapping, _WRAPPED, path.read_bytes(), interview.bytes)
            except InvalidTag:
                path.unlink()
            else:
                path.replace(self._path(interview, _KEY))
        sync_directory(self.directory)
        for interview in self.destroyed():
            self._erase(interview)

    def _erase(self, interview: UUID) -> None:
        for suffix in (_KEY, _NEXT, _FRESH, _PRIOR):
            path = self._path(interview, suffix)
            if path.exists():
                self._destroy(path)

    def _destroy(self, path: Path) -> None:
        with path.open("r+b", buffering=0) as file:
            file.write(secrets.token_bytes(path.stat().st_size))
            os.fsync(file.fileno())
        path.unlink()
        sync_directory(self.directory)

    def _changing(self) -> AbstractContextManager[None]:
        return locked(self.directory / _LOCK_FILE)
