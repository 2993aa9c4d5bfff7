"""Who may do what: names of permissions, one table of rules, and nothing decided anywhere else.

A permission is granted when *any* of its rules holds, and a rule holds when *all* of its predicates hold. The table
follows the role matrix of the project's design; `coding.access` adds the rows of the analysis to the same table.
"""

from __future__ import annotations

from interviews.access.actors import Actor, Subject
from interviews.access.asking import actor_for, allows, require, visible_interviews, visible_projects
from interviews.access.permissions import Permission
from interviews.access.rules import (
    RULES,
    Predicate,
    Rules,
    allowed_in_research,
    co_coder,
    key_holder,
    may_be_co_read,
    may_be_recorded,
    member,
    municipality_reader,
    not_stopped,
    not_yet_approved,
    own_interview,
    peer_interviewer,
    project_lead,
    researcher,
)
from interviews.access.subjects import subject_of

__all__ = [
    "RULES",
    "Actor",
    "Permission",
    "Predicate",
    "Rules",
    "Subject",
    "actor_for",
    "allowed_in_research",
    "allows",
    "co_coder",
    "key_holder",
    "may_be_co_read",
    "may_be_recorded",
    "member",
    "municipality_reader",
    "not_stopped",
    "not_yet_approved",
    "own_interview",
    "peer_interviewer",
    "project_lead",
    "require",
    "researcher",
    "subject_of",
    "visible_interviews",
    "visible_projects",
]
