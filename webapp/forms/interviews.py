"""The words for from which side of the table somebody speaks."""

from __future__ import annotations

from flask_babel import gettext as _

from interviews.models import Project
from interviews.models.interview import Perspective


def perspective_word(perspective: Perspective, project: Project) -> str:
    """Return from which side of the table somebody speaks, in the project's own words."""
    words: dict[Perspective, str] = {
        Perspective.CLIENT: project.client_word,
        Perspective.CONSULENT: project.consulent_word,
        Perspective.SOCIAL_WORKER: _("sociaal werker"),
        Perspective.PARENT: _("ouder"),
        Perspective.MANAGER: _("leidinggevende"),
        Perspective.OTHER: _("iemand anders"),
    }
    return words[perspective]
