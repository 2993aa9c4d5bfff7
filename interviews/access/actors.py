"""Who asks, and what a rule needs to know about the thing that is asked for."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from interviews.models import Interview, Transcript
from interviews.models.project import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, detached from any database session: safe to keep for the length of a request or a job."""

    person_id: uuid.UUID
    roles: Mapping[uuid.UUID, frozenset[Role]] = field(default_factory=dict)
    """Per project the roles held there."""
    municipalities: Mapping[uuid.UUID, frozenset[uuid.UUID]] = field(default_factory=dict)
    """Per project the municipalities a reader may see."""

    def roles_in(self, project_id: uuid.UUID) -> frozenset[Role]:
        """The actor's roles in a project; empty for a stranger."""
        return self.roles.get(project_id, frozenset())


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule needs to know about an object: its project, its interview if it has one, who made it."""

    project_id: uuid.UUID
    interview: Interview | None = None
    transcript: Transcript | None = None
    maker_id: uuid.UUID | None = None
    shared: bool = False
