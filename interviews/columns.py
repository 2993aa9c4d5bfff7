"""Recurring kinds of column, each with a name, so that one idea has one type in every table."""

from __future__ import annotations

import enum
import uuid
from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, DateTime, Enum, ForeignKey, LargeBinary, Text, TypeDecorator, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import mapped_column

from interviews.clock import now


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC. SQLite forgets the zone, so it is put back on reading; a naive moment is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC. Raises ValueError for one without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Return the moment, aware, in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def words(kind: type[enum.StrEnum]) -> Enum:
    """Return the column type for `kind`: stored as its value, checked by the database, widened by a migration."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


Id = Annotated[uuid.UUID, mapped_column(Uuid(), primary_key=True, default=uuid.uuid4)]
Moment = Annotated[datetime, mapped_column(UtcDateTime(), default=now)]
MomentOrNone = Annotated[datetime | None, mapped_column(UtcDateTime())]
# No length limits on text: lengths are checked where a person can be told (forms), not by the database.
Words = Annotated[str, mapped_column(Text())]
WordsOrNone = Annotated[str | None, mapped_column(Text())]
Sealed = Annotated[bytes, mapped_column(LargeBinary())]
SealedOrNone = Annotated[bytes | None, mapped_column(LargeBinary())]
Json = JSON().with_variant(JSONB(), "postgresql")
WordList = Annotated[list[str], mapped_column(Json, default=list)]


def to(target: str, *, on_delete: str = "CASCADE") -> ForeignKey:
    """Return a foreign key to column `target` ("table.column")."""
    return ForeignKey(target, ondelete=on_delete)
