"""What can go wrong in the field: a tree of errors with fields, never with sentences (those are in `webapp.messages`)."""

from __future__ import annotations


class InterviewsError(Exception):
    """Base of every error that `interviews` raises on purpose."""


class NotAllowed(InterviewsError):
    """The actor is a member, and lacks the right."""


class NotVisible(InterviewsError):
    """The actor may not know that the object exists."""


class Invalid(InterviewsError):
    """A value was refused. `key` names the message, `fields` fill it in; nothing was stored."""

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key)
        self.key = key
        self.fields = fields


class Unreadable(Invalid):
    """A file could not be read as a transcript. Same shape as `Invalid`; `key` starts with `unreadable.`."""
