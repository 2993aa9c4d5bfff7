"""What can go wrong with a backup."""

from __future__ import annotations

from interviews.errors import InterviewsError


class BackupFailed(InterviewsError):
    """A backup could not be made, is not whole, or could not be put back. `key` names the message, `fields` fill it in.

    A backup that was being made is not there any more; a folder that was being restored into is as it was.
    """

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key)
        self.key = key
        self.fields = fields
