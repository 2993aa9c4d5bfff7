"""How long a project keeps each kind of data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit
from interviews.access import Actor, Permission, require
from interviews.clock import now
from interviews.errors import Invalid
from interviews.models import Interview, Project, Transcript
from interviews.recordings import schedule_erasure

MOST_DAYS = 3650
MOST_YEARS = 100


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a project. Days and years are not negative."""

    audio_days: int
    """After approval of the text, until the sound goes."""
    raw_days: int
    """After approval, until the text with names goes."""
    contact_days: int
    """After the last thing that was done with somebody, until the contact goes."""
    text_years: int
    """After publication, until the stories go."""
    published_on: date | None = None


def terms_of(project: Project) -> Terms:
    """Return the terms as they are."""
    return Terms(project.audio_days, project.raw_days, project.contact_days, project.text_years, project.published_on)


def set_terms(session: Session, actor: Actor, project: Project, terms: Terms) -> None:
    """Change the terms; recordings get their new day at once.

    Raises Invalid("retention.number") for a number that cannot be, and Invalid("retention.future") for a publication
    that is still to come.
    """
    require(actor, Permission.RETENTION_SET, project)
    days = (terms.audio_days, terms.raw_days, terms.contact_days)
    if not all(0 <= one <= MOST_DAYS for one in days) or not 0 <= terms.text_years <= MOST_YEARS:
        raise Invalid("retention.number", days=MOST_DAYS, years=MOST_YEARS)
    if terms.published_on is not None and terms.published_on > now().date():
        raise Invalid("retention.future")
    if terms == terms_of(project):
        return
    project.audio_days, project.raw_days, project.contact_days = days
    project.text_years, project.published_on = terms.text_years, terms.published_on
    session.flush()
    for transcript in session.scalars(select(Transcript).join(Interview).where(Interview.project_id == project.id)):
        schedule_erasure(session, transcript)
    audit.record(
        session,
        actor,
        Permission.RETENTION_SET,
        project,
        project_id=project.id,
        reason=f"{terms.audio_days}, {terms.raw_days}, {terms.contact_days}, {terms.text_years}",
    )
