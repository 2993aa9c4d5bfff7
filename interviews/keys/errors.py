"""What can go wrong with keys."""

from __future__ import annotations

from interviews.errors import InterviewsError


class KeysError(InterviewsError):
    """Base of everything that goes wrong with keys. No error of this tree carries key bytes or plain text."""


class KeyFileExposed(KeysError):
    """The installation key's file can be read by others on this machine (POSIX), so it is not used."""


class KeyFileDamaged(KeysError):
    """The installation key's file holds no whole key."""


class KeyFileExists(KeysError):
    """There already is an installation key at this path; it is never overwritten."""


class PassphraseNeeded(KeysError):
    """The installation key's file opens with a passphrase only, and none was given."""


class PassphraseWrong(KeysError):
    """The installation key's file does not open with this passphrase."""


class WrongKey(KeysError):
    """The key store belongs to another installation key."""


class KeyMissing(KeysError):
    """The store never had a key for this interview, or its file was lost. Restore the key store."""


class KeyDestroyed(KeysError):
    """The interview's key was destroyed on purpose. What it sealed cannot be read again, by anybody."""


class KeyRenewing(KeysError):
    """An interview is getting a new key just now (`KeyStore.renew`); that must be settled first."""


class KeyDamaged(KeysError):
    """The file of an interview's key was changed or cut short."""


class SealBroken(KeysError):
    """A sealed value was changed, moved to another place, cut short, or sealed by another key."""
