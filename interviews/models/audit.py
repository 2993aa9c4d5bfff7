"""Who did what, to which object, when and why. Never what was said."""

from __future__ import annotations

import uuid

from sqlalchemy import DDL, BigInteger, Index, LargeBinary, event
from sqlalchemy.orm import Mapped, mapped_column

from interviews.columns import Id, Moment, Words, WordsOrNone
from interviews.db import Base


class AuditEntry(Base):
    """One line of the log. Refers by id without foreign keys: the line outlives what it is about.

    Lines form a chain (`interviews.auditchain`): `seq` and `hash` are given when the change commits, and from then on
    the database refuses to change or remove the line. The exceptions are in `APPEND_ONLY`.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index(None, "project_id", "at"),
        Index("uq__audit_entry__seq", "seq", unique=True),
    )

    id: Mapped[Id]
    at: Mapped[Moment]
    project_id: Mapped[uuid.UUID | None]
    actor_id: Mapped[uuid.UUID | None] = mapped_column()
    """None: the tool itself (a job, a command)."""
    action: Mapped[Words]
    object_kind: Mapped[Words]
    object_id: Mapped[uuid.UUID]
    reason: Mapped[WordsOrNone]
    """A word of the program, or what somebody gave as reason for reading again. May be forgotten; the chain holds."""
    interview_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    """The interview that the object belongs to."""
    seq: Mapped[int | None] = mapped_column(BigInteger())
    """Place in the chain of this installation, from 1 without gaps; None until the change commits."""
    hash: Mapped[bytes | None] = mapped_column(LargeBinary())
    """SHA-256 over the hash of the line before and this line."""
    reason_salt: Mapped[bytes | None] = mapped_column(LargeBinary())
    reason_mark: Mapped[bytes | None] = mapped_column(LargeBinary())
    """SHA-256 over salt and reason: what the chain holds of a reason, so that forgetting one breaks nothing."""


class AuditCheckpoint(Base):
    """Where the chain begins after old lines were removed: the last removed line's place and hash. Never changes."""

    __tablename__ = "audit_checkpoint"

    id: Mapped[Id]
    at: Mapped[Moment]
    seq: Mapped[int] = mapped_column(BigInteger(), unique=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary())


_KEPT = (
    "id", "at", "project_id", "actor_id", "action", "object_kind", "object_id", "interview_id", "seq", "hash",
    "reason_mark",
)  # fmt: skip
_SAME_SQLITE = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in _KEPT)
_SAME_POSTGRESQL = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _KEPT)
_REFUSAL = "the log is only ever added to"

# A line may be changed until it has its place (in the transaction that wrote it), its reason may be forgotten, and
# lines up to a checkpoint may go. Everything else is refused by the database itself.
APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "sqlite": (
        f"""CREATE TRIGGER IF NOT EXISTS audit_entry_no_change BEFORE UPDATE ON audit_entry
WHEN NOT (OLD.seq IS NULL OR (NEW.reason IS NULL AND NEW.reason_salt IS NULL AND {_SAME_SQLITE}))
BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
        f"""CREATE TRIGGER IF NOT EXISTS audit_entry_no_delete BEFORE DELETE ON audit_entry
WHEN OLD.seq IS NULL OR OLD.seq > COALESCE((SELECT max(seq) FROM audit_checkpoint), 0)
BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",  # noqa: S608  # made of the names above only
        f"""CREATE TRIGGER IF NOT EXISTS audit_checkpoint_no_change BEFORE UPDATE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
        f"""CREATE TRIGGER IF NOT EXISTS audit_checkpoint_no_delete BEFORE DELETE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
    ),
    "postgresql": (
        f"""CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF TG_TABLE_NAME = 'audit_entry' THEN
    IF TG_OP = 'DELETE' THEN
      IF OLD.seq <= (SELECT max(seq) FROM audit_checkpoint) THEN RETURN OLD; END IF;
    ELSIF OLD.seq IS NULL OR (NEW.reason IS NULL AND NEW.reason_salt IS NULL AND {_SAME_POSTGRESQL}) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '{_REFUSAL}';
END $body$""",  # noqa: S608  # made of the names above only
        """CREATE OR REPLACE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
        """CREATE OR REPLACE TRIGGER audit_checkpoint_append_only BEFORE UPDATE OR DELETE ON audit_checkpoint
FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
    ),
}
"""Per kind of database the statements that keep the log append-only. A migration executes them after both tables."""

TAKE_AWAY: dict[str, tuple[str, ...]] = {
    "sqlite": tuple(
        f"DROP TRIGGER IF EXISTS {name}"
        for name in (
            "audit_entry_no_change",
            "audit_entry_no_delete",
            "audit_checkpoint_no_change",
            "audit_checkpoint_no_delete",
        )
    ),
    "postgresql": (
        "DROP TRIGGER IF EXISTS audit_entry_append_only ON audit_entry",
        "DROP TRIGGER IF EXISTS audit_checkpoint_append_only ON audit_checkpoint",
        "DROP FUNCTION IF EXISTS audit_append_only()",
    ),
}
"""Per kind of database the statements that undo `APPEND_ONLY`, for a migration that goes back."""

# With the checkpoints, which are made after the lines: they are declared later and nothing else orders the two.
AuditCheckpoint.__table__.add_is_dependent_on(AuditEntry.__table__)  # type: ignore[attr-defined]  # a Table, always


def _also(when: str, statement: str, dialect: str) -> None:
    made: DDL = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy has no types here
    event.listen(AuditCheckpoint.__table__, when, made.execute_if(dialect=dialect))


for _dialect, _statements in APPEND_ONLY.items():
    for _statement in _statements:
        _also("after_create", _statement, _dialect)
# A trigger goes with its table; the function it calls does not.
_also("after_drop", "DROP FUNCTION IF EXISTS audit_append_only() CASCADE", "postgresql")
