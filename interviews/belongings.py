"""What leads to one interview: found by walking the foreign keys, so that a table that is added tomorrow is found too.

The access bundle and the withdrawal both ask here, so that neither can know of less than the other.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import Column, Table, Uuid, func, or_, select
from sqlalchemy.orm import Session

from interviews.db import Base
from interviews.models import Interview, Participation

_MOST = 400
"""Ids in one question to the database."""

STAYS: dict[str, str] = {
    "hours": "the volunteer's own hours, in which the interview is a reference only",
}
"""Tables whose rows outlive the interview that they refer to, each with the reason; the reference becomes empty."""

Found = Mapping[str, frozenset[uuid.UUID]]
"""Ids of rows per table."""


def people_of(session: Session, interview_id: uuid.UUID) -> list[uuid.UUID]:
    """Return who is in this interview and in no other one: whom the tool knows by it alone."""
    here = select(Participation.interviewee_id).where(Participation.interview_id == interview_id)
    elsewhere = select(Participation.interviewee_id).where(Participation.interview_id != interview_id)
    query = here.where(Participation.interviewee_id.not_in(elsewhere)).order_by(Participation.position)
    return list(session.scalars(query))


def tables() -> list[Table]:
    """Return every table with rows that can lead to an interview, the interview's own first; parents before children."""
    found = {"interview", "interviewee"}
    named = []
    for table in Base.metadata.sorted_tables:
        leads = {key.column.table.name for key in table.foreign_keys} & found
        if table.name in found or (leads and table.name not in STAYS):
            found.add(table.name)
            named.append(table)
    return named


def of(session: Session, interview: Interview) -> dict[str, frozenset[uuid.UUID]]:
    """Return the ids of every row that leads to `interview`, per table; tables without one are left out."""
    found: dict[str, frozenset[uuid.UUID]] = {
        "interview": frozenset({interview.id}),
        "interviewee": frozenset(people_of(session, interview.id)),
    }
    for table in tables():
        if table.name in ("interview", "interviewee"):
            continue
        ids: set[uuid.UUID] = set()
        for column, known in _ways(table, found):
            for some in portions(known):
                ids |= set(session.scalars(select(key_of(table)).where(column.in_(some))))
        found[table.name] = frozenset(ids)
    return {name: ids for name, ids in found.items() if ids}


def portions(ids: Collection[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    """Yield the ids in lists that fit in one question to the database."""
    row = sorted(ids)
    for start in range(0, len(row), _MOST):
        yield row[start : start + _MOST]


def _ways(table: Table, found: Found) -> Iterator[tuple[Column[uuid.UUID], frozenset[uuid.UUID]]]:
    for key in table.foreign_keys:
        known = found.get(key.column.table.name)
        if known and key.column.table is not table:
            yield key.parent, known


def key_of(table: Table) -> Column[uuid.UUID]:
    """Return the one column that is a table's key. Raises ValueError for a table with a key of several columns."""
    (column,) = table.primary_key.columns
    return column


def id_columns() -> list[Column[uuid.UUID]]:
    """Return every column of every table that can hold an id, with or without a foreign key."""
    return [
        column for table in Base.metadata.sorted_tables for column in table.columns if isinstance(column.type, Uuid)
    ]


def mentions(session: Session, ids: Iterable[uuid.UUID]) -> dict[str, int]:
    """Return how many rows hold one of `ids` in any column, per table: what is left, as it stands in the rows."""
    wanted = set(ids)
    by_table: dict[str, list[Column[uuid.UUID]]] = {}
    for column in id_columns():
        by_table.setdefault(column.table.name, []).append(column)
    left: dict[str, int] = {}
    for name, columns in by_table.items():
        rows = sum(
            session.scalar(
                select(func.count()).select_from(columns[0].table).where(or_(*(column.in_(some) for column in columns)))
            )
            or 0
            for some in portions(wanted)
        )
        if rows:
            left[name] = rows
    return left
