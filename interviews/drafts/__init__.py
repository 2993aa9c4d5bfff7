"""Typing out: the working text of an interview, saved every few seconds, from several devices, without losing a word.

A save that is not based on the newest text is kept aside and both are shown; nothing is ever written over. When it is
handed in the draft becomes a raw revision, and the draft with all its versions is destroyed.
"""

from __future__ import annotations

from interviews.drafts.choosing import Choice, VersionLine, put_back, read_version, settle, versions
from interviews.drafts.handing_in import HandedIn, hand_in
from interviews.drafts.rows import Kept, Opened
from interviews.drafts.saving import Save, Saved, Stale, offer, open_draft, reading_is_logged, save
from interviews.drafts.texts import Share, WorkingText, beginning, following, read_json, share, to_json

__all__ = [
    "Choice",
    "HandedIn",
    "Kept",
    "Opened",
    "Save",
    "Saved",
    "Share",
    "Stale",
    "VersionLine",
    "WorkingText",
    "beginning",
    "following",
    "hand_in",
    "offer",
    "open_draft",
    "put_back",
    "read_json",
    "read_version",
    "reading_is_logged",
    "save",
    "settle",
    "share",
    "to_json",
    "versions",
]
