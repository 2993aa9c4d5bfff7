"""The uses of a story that a person says yes or no to. Pure: the rows of the field and the reports share these words."""

from __future__ import annotations

import enum


class Scope(enum.StrEnum):
    """One use that an interviewee allows or not; ten scopes, each asked apart, default no."""

    USE_RESEARCH = "use_research"
    RECORD = "record"
    QUOTE_PSEUDONYM = "quote_pseudonym"
    SUMMARY_SELF = "summary_self"
    MUNICIPALITY_REPORT = "municipality_report"
    PORTRAIT = "portrait"
    OWN_NAME = "own_name"
    CO_READ = "co_read"
    ARCHIVE = "archive"
    CONTACT_AGAIN = "contact_again"


COMPANION_SCOPES = frozenset({Scope.USE_RESEARCH, Scope.RECORD, Scope.QUOTE_PSEUDONYM, Scope.MUNICIPALITY_REPORT})
"""What a companion who sits in is asked: only what touches the companion's own words."""
