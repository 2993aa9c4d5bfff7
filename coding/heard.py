"""How often a theme was heard in a project, and the passages of it that somebody may read.

A theme is heard where a person chose it. What counts here is what counts in a report: stories of people who take part,
no practice, each place once however many people chose the theme there.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from coding.access import CodingPermission
from coding.models import Segment, Theme
from coding.models.segment import Placement
from interviews.access import Actor, Permission, allowed_in_research, allows, subject_of
from interviews.models import Revision, Transcript
from interviews.models.transcript import Layer


@dataclass(frozen=True, slots=True)
class Heard:
    """One theme: in how many interviews, how many passages, and how many of those the asker chose too."""

    interviews: int = 0
    passages: int = 0
    own: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """What was heard in a project, out of the number of interviews that count."""

    interviews: int
    themes: Mapping[uuid.UUID, Heard]

    def of(self, theme: Theme) -> Heard:
        """Return how often one theme was heard."""
        return self.themes.get(theme.id, Heard())


def counts(session: Session, actor: Actor, stories: Sequence[Transcript]) -> Counts:
    """Return how often each theme was heard in `stories` (`readings.approved`), in one query.

    Numbers tell no words, so they are over all interviews that count, whether or not `actor` may read them.
    """
    counted = [
        story.id for story in stories if not story.interview.practice and allowed_in_research(actor, subject_of(story))
    ]
    # A place where several people chose the same theme is one passage.
    place = (
        select(
            Segment.theme_id,
            Segment.transcript_id,
            func.max(case((Segment.coder_id == actor.person_id, 1), else_=0)).label("own"),
        )
        .where(Segment.transcript_id.in_(counted), Segment.placement == Placement.PLACED)
        .group_by(Segment.theme_id, Segment.transcript_id, Segment.start, Segment.end)
        .subquery()
    )
    rows = session.execute(
        select(
            place.c.theme_id, func.count(place.c.transcript_id.distinct()), func.count(), func.sum(place.c.own)
        ).group_by(place.c.theme_id)
    )
    return Counts(
        len(counted),
        {theme_id: Heard(int(interviews), int(passages), int(own)) for theme_id, interviews, passages, own in rows},
    )


def passages(session: Session, actor: Actor, theme: Theme, stories: Sequence[Transcript]) -> list[Segment]:
    """Return the passages with `theme` in `stories` that the actor may read, each place once, in the order of the text.

    One's own in every story one may read; those of others only after the own first reading.
    """
    readable = [story.id for story in stories if allows(actor, Permission.RESEARCH_READ, story)]
    newer = aliased(Revision)
    rows = session.scalars(
        select(Segment)
        .join(Revision, Revision.id == Segment.revision_id)
        .where(
            Segment.theme_id == theme.id,
            Segment.transcript_id.in_(readable),
            Segment.placement == Placement.PLACED,
            # A passage that did not follow the text yet quotes the older one: perhaps the name that was missed there.
            ~select(newer.id)
            .where(
                newer.transcript_id == Revision.transcript_id,
                newer.layer == Layer.RESEARCH,
                newer.number > Revision.number,
            )
            .exists(),
        )
        .order_by(Segment.transcript_id, Segment.start, Segment.end, Segment.created_at)
    )
    sees_others: dict[uuid.UUID, bool] = {}
    found: dict[tuple[uuid.UUID, int, int], Segment] = {}
    for row in rows:
        if row.coder_id != actor.person_id:
            if row.transcript_id not in sees_others:
                sees_others[row.transcript_id] = allows(actor, CodingPermission.OTHERS_SEE, row)
            if not sees_others[row.transcript_id]:
                continue
        found.setdefault((row.transcript_id, row.start, row.end), row)
    return list(found.values())
