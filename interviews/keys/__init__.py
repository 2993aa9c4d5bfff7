"""Keys and sealed values: a data key per interview, wrapped by the installation's key, in files of their own.

Why files and not a table: destroying one interview's key must empty that interview in *every* backup. A key in the
database would be in each backup of the database, and come back with it. So the key store is a folder beside the
database, with backups of its own that live shorter (30 days by default), while the database's backups may live for
years: what they hold of class K and R is ciphertext under a key that is no longer anywhere.

What is promised: without the installation key, nothing in the store or sealed by a data key can be read or changed
unseen. What is not: a process that opened a data key keeps it in memory until it lets go; and on an SSD or a
copy-on-write file system the overwritten bytes of a destroyed key may survive on the medium, still wrapped by the
installation key. The length of a sealed text shows.

`sealing` encrypts, `installation` is the one key on top, `protecting` its file, `splitting` cuts it in sheets of which
two are enough, `store` keeps the data keys.
"""

from __future__ import annotations

from interviews.keys.errors import (
    KeyDamaged,
    KeyDestroyed,
    KeyFileDamaged,
    KeyFileExists,
    KeyFileExposed,
    KeyMissing,
    KeyRenewing,
    KeysError,
    PassphraseNeeded,
    PassphraseWrong,
    SealBroken,
    WrongKey,
)
from interviews.keys.installation import InstallationKey
from interviews.keys.sealing import KEY_BYTES, DataKey
from interviews.keys.store import KeyStore, leave_lasting, opens_store, read_lasting

__all__ = [
    "KEY_BYTES",
    "DataKey",
    "InstallationKey",
    "KeyDamaged",
    "KeyDestroyed",
    "KeyFileDamaged",
    "KeyFileExists",
    "KeyFileExposed",
    "KeyMissing",
    "KeyRenewing",
    "KeyStore",
    "KeysError",
    "PassphraseNeeded",
    "PassphraseWrong",
    "SealBroken",
    "WrongKey",
    "leave_lasting",
    "opens_store",
    "read_lasting",
]
