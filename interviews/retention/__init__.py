"""Retention: nothing is kept longer than it is needed for, and what goes is shown beforehand.

1. `set_terms`: a project lead says how long each kind of data stays; `projects` have defaults.
2. `due`: what a moment asks to erase, per rule. A moment in the future shows what will go (a dry run, a report).
3. `erase_due`: erase all of it, once a day by a job or by a command; every erasure is a line in the log.
4. `undecided`: what nobody approved has no term; a person is asked to choose. `gone`: what went already.

Other parts add what they know: `clearers` before a text with names goes, `enders` when a project's stories go.
"""

from __future__ import annotations

from interviews.retention.erasing import Erased, clearers, enders, erase_due
from interviews.retention.ruling import ACCOUNT_YEARS, RULES, Due, Rule, due
from interviews.retention.telling import PATIENCE, Gone, Undecided, gone, undecided
from interviews.retention.terms import MOST_DAYS, MOST_YEARS, Terms, set_terms, terms_of
from interviews.withdrawal import erase_files

__all__ = [
    "ACCOUNT_YEARS",
    "MOST_DAYS",
    "MOST_YEARS",
    "PATIENCE",
    "RULES",
    "Due",
    "Erased",
    "Gone",
    "Rule",
    "Terms",
    "Undecided",
    "clearers",
    "due",
    "enders",
    "erase_due",
    "erase_files",
    "gone",
    "set_terms",
    "terms_of",
    "undecided",
]
