"""Backups: everything an installation has, taken while people work, sealed, and put back to see that it is whole.

A backup is a folder with a sealed list of what is in it (`manifest`). Two kinds, on purpose apart: the *data* (database,
sealed files, ledger of what was erased, heads of the log), which may be kept for as long as the project says, and the
*keys* (the key store), which are kept for 30 days, so that a key that was destroyed is gone everywhere after that.

Sealed by a key derived from the installation key: who has the backup and not the sheet in the safe has noise. The
recordings and pictures are copied as they lie, which is sealed under their interview's own key.

`making` takes them, `checking` puts one back in a folder of its own and looks, `restoring` puts one back to work with,
`databases` knows how either kind of database is copied, `diary` remembers when it was done.
"""

from __future__ import annotations

from interviews.backups.checking import check
from interviews.backups.diary import Diary, Note
from interviews.backups.errors import BackupFailed
from interviews.backups.making import KEPT_DAYS, Source, make, make_keys, prune_keys
from interviews.backups.manifest import Kind, Manifest, Part, read_manifest
from interviews.backups.restoring import Restored, restore

__all__ = [
    "KEPT_DAYS",
    "BackupFailed",
    "Diary",
    "Kind",
    "Manifest",
    "Note",
    "Part",
    "Restored",
    "Source",
    "check",
    "make",
    "make_keys",
    "prune_keys",
    "read_manifest",
    "restore",
]
