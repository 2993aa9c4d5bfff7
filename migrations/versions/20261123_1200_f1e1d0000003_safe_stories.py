"""Safe stories: accounts, keys, contacts, the review of names, redaction, stopping, a log that is a chain.

Revision ID: f1e1d0000003
Revises: f1e1d0000002
Create Date: 2026-11-23 12:00:00+00:00
"""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from datetime import UTC

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "f1e1d0000003"
down_revision: str | None = "f1e1d0000002"
branch_labels: None = None
depends_on: None = None
ROLES = (("membership", "role"), ("segment", "coder_role"))
BEFORE = ("peer_interviewer", "co_coder", "researcher", "project_lead", "municipality_reader")


LOG = sa.table(
    "audit_entry",
    sa.column("id", sa.Uuid()),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("project_id", sa.Uuid()),
    sa.column("actor_id", sa.Uuid()),
    sa.column("interview_id", sa.Uuid()),
    sa.column("object_id", sa.Uuid()),
    sa.column("action", sa.Text()),
    sa.column("object_kind", sa.Text()),
    sa.column("reason", sa.Text()),
    sa.column("seq", sa.BigInteger()),
    sa.column("hash", sa.LargeBinary()),
    sa.column("reason_salt", sa.LargeBinary()),
    sa.column("reason_mark", sa.LargeBinary()),
)
REPORT = sa.table(
    "report",
    sa.column("id", sa.Uuid()),
    sa.column("built_by_id", sa.Uuid()),
    sa.column("sha256", sa.Text()),
    sa.column("built_at", sa.DateTime(timezone=True)),
)
HAND_OUT = sa.table(
    "hand_out",
    sa.column("id", sa.Uuid()),
    sa.column("report_id", sa.Uuid()),
    sa.column("person_id", sa.Uuid()),
    sa.column("holder", sa.Text()),
    sa.column("sha256", sa.Text()),
    sa.column("given_at", sa.DateTime(timezone=True)),
)
APPEND_ONLY = {
    "sqlite": (
        """CREATE TRIGGER IF NOT EXISTS audit_entry_no_change BEFORE UPDATE ON audit_entry
WHEN NOT (OLD.seq IS NULL OR (NEW.reason IS NULL AND NEW.reason_salt IS NULL AND NEW.id IS OLD.id AND NEW.at IS OLD.at AND NEW.project_id IS OLD.project_id AND NEW.actor_id IS OLD.actor_id AND NEW.action IS OLD.action AND NEW.object_kind IS OLD.object_kind AND NEW.object_id IS OLD.object_id AND NEW.interview_id IS OLD.interview_id AND NEW.seq IS OLD.seq AND NEW.hash IS OLD.hash AND NEW.reason_mark IS OLD.reason_mark))
BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END""",
        """CREATE TRIGGER IF NOT EXISTS audit_entry_no_delete BEFORE DELETE ON audit_entry
WHEN OLD.seq IS NULL OR OLD.seq > COALESCE((SELECT max(seq) FROM audit_checkpoint), 0)
BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END""",
        """CREATE TRIGGER IF NOT EXISTS audit_checkpoint_no_change BEFORE UPDATE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END""",
        """CREATE TRIGGER IF NOT EXISTS audit_checkpoint_no_delete BEFORE DELETE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF TG_TABLE_NAME = 'audit_entry' THEN
    IF TG_OP = 'DELETE' THEN
      IF OLD.seq <= (SELECT max(seq) FROM audit_checkpoint) THEN RETURN OLD; END IF;
    ELSIF OLD.seq IS NULL OR (NEW.reason IS NULL AND NEW.reason_salt IS NULL AND NEW.id IS NOT DISTINCT FROM OLD.id AND NEW.at IS NOT DISTINCT FROM OLD.at AND NEW.project_id IS NOT DISTINCT FROM OLD.project_id AND NEW.actor_id IS NOT DISTINCT FROM OLD.actor_id AND NEW.action IS NOT DISTINCT FROM OLD.action AND NEW.object_kind IS NOT DISTINCT FROM OLD.object_kind AND NEW.object_id IS NOT DISTINCT FROM OLD.object_id AND NEW.interview_id IS NOT DISTINCT FROM OLD.interview_id AND NEW.seq IS NOT DISTINCT FROM OLD.seq AND NEW.hash IS NOT DISTINCT FROM OLD.hash AND NEW.reason_mark IS NOT DISTINCT FROM OLD.reason_mark) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'the log is only ever added to';
END $body$""",
        """CREATE OR REPLACE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
        """CREATE OR REPLACE TRIGGER audit_checkpoint_append_only BEFORE UPDATE OR DELETE ON audit_checkpoint
FOR EACH ROW EXECUTE FUNCTION audit_append_only()""",
    ),
}
TAKE_AWAY = {
    "sqlite": (
        """DROP TRIGGER IF EXISTS audit_entry_no_change""",
        """DROP TRIGGER IF EXISTS audit_entry_no_delete""",
        """DROP TRIGGER IF EXISTS audit_checkpoint_no_change""",
        """DROP TRIGGER IF EXISTS audit_checkpoint_no_delete""",
    ),
    "postgresql": (
        """DROP TRIGGER IF EXISTS audit_entry_append_only ON audit_entry""",
        """DROP TRIGGER IF EXISTS audit_checkpoint_append_only ON audit_checkpoint""",
        """DROP FUNCTION IF EXISTS audit_append_only()""",
    ),
}


def upgrade() -> None:  # noqa: PLR0915  # one statement per table
    """Bring the schema to this revision."""
    op.create_table(
        "audit_checkpoint",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__audit_checkpoint")),
        sa.UniqueConstraint("seq", name=op.f("uq__audit_checkpoint__seq")),
    )
    op.create_table(
        "card_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk__card_code__made_by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk__card_code__person_id__person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk__card_code__project_id__project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__card_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq__card_code__code_hash")),
    )
    with op.batch_alter_table("card_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__card_code__person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__card_code__project_id"), ["project_id"], unique=False)

    op.create_table(
        "key_ending",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by_id", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk__key_ending__asked_by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["person.id"], name=op.f("fk__key_ending__done_by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk__key_ending__project_id__project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__key_ending")),
    )
    with op.batch_alter_table("key_ending", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__key_ending__project_id"), ["project_id"], unique=False)

    op.create_table(
        "key_hand_over",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=True),
        sa.Column("to_id", sa.Uuid(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk__key_hand_over__by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["person.id"], name=op.f("fk__key_hand_over__from_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk__key_hand_over__project_id__project"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["person.id"], name=op.f("fk__key_hand_over__to_id__person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__key_hand_over")),
    )
    with op.batch_alter_table("key_hand_over", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__key_hand_over__project_id"), ["project_id"], unique=False)

    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk__recovery_code__person_id__person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__recovery_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq__recovery_code__code_hash")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__recovery_code__person_id"), ["person_id"], unique=False)

    op.create_table(
        "recovery_sheet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("asked", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"],
            ["person.id"],
            name=op.f("fk__recovery_sheet__confirmed_by_id__person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__recovery_sheet")),
    )
    op.create_table(
        "second_factor",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk__second_factor__person_id__person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk__second_factor")),
    )
    op.create_table(
        "withdrawal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column(
            "address",
            sa.Enum("je", "u", name="address", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum("erased", "closed", "less", name="outcome", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("scopes", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "asked",
            sa.Enum(
                "in_person",
                "phone",
                "message",
                "link",
                "other",
                name="asked",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("counts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("reports", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk__withdrawal__by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk__withdrawal__project_id__project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__withdrawal")),
    )
    with op.batch_alter_table("withdrawal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__withdrawal__interview_id"), ["interview_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__withdrawal__project_id"), ["project_id"], unique=False)

    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("interviewee_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk__contact__changed_by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["interviewee_id"],
            ["interviewee.id"],
            name=op.f("fk__contact__interviewee_id__interviewee"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk__contact__project_id__project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__contact")),
        sa.UniqueConstraint("interviewee_id", name=op.f("uq__contact__interviewee_id")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__contact__project_id"), ["project_id"], unique=False)

    op.create_table(
        "hand_out",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by_id", sa.Uuid(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["person.id"], name=op.f("fk__hand_out__given_by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk__hand_out__person_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk__hand_out__report_id__report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__hand_out")),
    )
    with op.batch_alter_table("hand_out", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__hand_out__report_id"), ["report_id"], unique=False)

    op.create_table(
        "name_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transcript_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "decided",
                "renamed",
                "joined",
                "split",
                "added",
                "marked",
                "handed_in",
                "sent_back",
                "approved",
                name="stepkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("after", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk__name_step__by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcript.id"],
            name=op.f("fk__name_step__transcript_id__transcript"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["person.id"], name=op.f("fk__name_step__undone_by_id__person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__name_step")),
    )
    with op.batch_alter_table("name_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__name_step__transcript_id"), ["transcript_id"], unique=False)

    op.create_table(
        "part_look",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("first_turn", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk__part_look__by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk__part_look__revision_id__revision"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__part_look")),
    )
    with op.batch_alter_table("part_look", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__part_look__revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "residual_risk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transcript_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column(
            "level",
            sa.Enum("low", "medium", "high", name="risklevel", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("parts_not_seen", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk__residual_risk__by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk__residual_risk__revision_id__revision"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcript.id"],
            name=op.f("fk__residual_risk__transcript_id__transcript"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__residual_risk")),
    )
    with op.batch_alter_table("residual_risk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__residual_risk__revision_id"), ["revision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix__residual_risk__transcript_id"), ["transcript_id"], unique=False)

    op.create_table(
        "redaction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("counts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("silences", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("key_proof", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk__redaction__by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk__redaction__interview_id__interview"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["removal_request.id"],
            name=op.f("fk__redaction__request_id__removal_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__redaction")),
        sa.UniqueConstraint("request_id", name=op.f("uq__redaction__request_id")),
    )
    with op.batch_alter_table("redaction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix__redaction__interview_id"), ["interview_id"], unique=False)

    op.create_table(
        "redaction_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("redaction_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "memo",
                "theme",
                "question_note",
                "mark_note",
                "debrief",
                "worry",
                "reflection",
                "hand_over",
                "picture",
                "reply",
                "summary",
                "wish",
                "request",
                "remark",
                name="placekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("spans", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "words_out", "deleted", "kept", name="outcome", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name=op.f("ck__redaction_decision__decided")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["person.id"],
            name=op.f("fk__redaction_decision__decided_by_id__person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["redaction_id"],
            ["redaction.id"],
            name=op.f("fk__redaction_decision__redaction_id__redaction"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__redaction_decision")),
        sa.UniqueConstraint(
            "redaction_id",
            "kind",
            "subject_id",
            "part",
            name=op.f("uq__redaction_decision__redaction_id_kind_subject_id_part"),
        ),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("interview_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("seq", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("hash", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("reason_salt", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("reason_mark", sa.LargeBinary(), nullable=True))
        batch_op.create_index(batch_op.f("ix__audit_entry__interview_id"), ["interview_id"], unique=False)
        batch_op.create_index("uq__audit_entry__seq", ["seq"], unique=True)

    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pin_hash", sa.Text(), nullable=True))

    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("awaits_code", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("own_device", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("name_entity", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "indirect",
                sa.Enum(
                    "job",
                    "illness",
                    "family",
                    "conviction",
                    "origin",
                    "other",
                    name="indirectkind",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column("categories", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True)
        )

    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.add_column(sa.Column("raw_days", sa.Integer(), server_default="90", nullable=False))
        batch_op.add_column(sa.Column("published_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("erase_until", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "after_export",
                sa.Enum("erase", "keep", name="afterexport", native_enum=False, create_constraint=True, length=32),
                server_default="erase",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("nameless", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("removal_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("print_sealed", sa.LargeBinary(), nullable=True))

    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("outdated_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tries", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("transcript", schema=None) as batch_op:
        batch_op.add_column(sa.Column("raw_erased_at", sa.DateTime(timezone=True), nullable=True))
    # Somebody may now be key holder of a project, and nothing else.
    for table, column in ROLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"ck__{table}__role"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck__{table}__role"), sa.column(column).in_((*BEFORE, "key_holder")))
    # The rows first: the triggers let nobody change them afterwards.
    fill_in()
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(sa.text(statement))


def fill_in() -> None:
    """Give each line of the log its place and hash; whoever built a report is somebody who has its file."""
    connection = op.get_bind()
    before = b"\0" * 32
    lines = connection.execute(sa.select(LOG).order_by(LOG.c.at, LOG.c.id)).all()
    for seq, line in enumerate(lines, start=1):
        salt = None if line.reason is None else secrets.token_bytes(16)
        mark = None if salt is None else hashlib.sha256(salt + line.reason.encode()).digest()
        # SQLite gives moments back without their zone: they are UTC.
        at = line.at.replace(tzinfo=UTC) if line.at.tzinfo is None else line.at.astimezone(UTC)
        ids = (line.id, line.project_id, line.actor_id, line.interview_id, line.object_id)
        fields = (at.isoformat(timespec="microseconds"), *("" if one is None else one.hex for one in ids))
        whole = [seq, *fields, line.action, line.object_kind, "" if mark is None else mark.hex()]
        before = hashlib.sha256(before + json.dumps(whole, separators=(",", ":")).encode()).digest()
        connection.execute(
            sa.update(LOG).where(LOG.c.id == line.id).values(seq=seq, hash=before, reason_salt=salt, reason_mark=mark)
        )
    for report in connection.execute(sa.select(REPORT)).all():
        connection.execute(
            sa.insert(HAND_OUT).values(
                id=uuid.uuid4(),
                report_id=report.id,
                person_id=report.built_by_id,
                holder="",
                sha256=report.sha256,
                given_at=report.built_at,
            )
        )


def downgrade() -> None:  # noqa: PLR0915  # one statement per table
    """Take the schema back to the revision before."""
    for statement in TAKE_AWAY[op.get_bind().dialect.name]:
        op.execute(sa.text(statement))
    op.execute(sa.text("DELETE FROM membership WHERE role = 'key_holder'"))
    for table, column in ROLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"ck__{table}__role"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck__{table}__role"), sa.column(column).in_(BEFORE))
    with op.batch_alter_table("transcript", schema=None) as batch_op:
        batch_op.drop_column("raw_erased_at")

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_column("tries")

    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_column("recalled_at")
        batch_op.drop_column("outdated_at")

    with op.batch_alter_table("removal_request", schema=None) as batch_op:
        batch_op.drop_column("print_sealed")

    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.drop_column("nameless")
        batch_op.drop_constraint(op.f("ck__project__afterexport"), type_="check")
        batch_op.drop_column("after_export")
        batch_op.drop_column("erase_until")
        batch_op.drop_column("published_on")
        batch_op.drop_column("raw_days")

    with op.batch_alter_table("name_entity", schema=None) as batch_op:
        batch_op.drop_column("categories")
        batch_op.drop_constraint(op.f("ck__name_entity__indirectkind"), type_="check")
        batch_op.drop_column("indirect")

    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_column("own_device")
        batch_op.drop_column("locked_at")
        batch_op.drop_column("awaits_code")
        batch_op.drop_column("confirmed_at")

    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.drop_column("pin_hash")

    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("uq__audit_entry__seq")
        batch_op.drop_index(batch_op.f("ix__audit_entry__interview_id"))
        batch_op.drop_column("reason_mark")
        batch_op.drop_column("reason_salt")
        batch_op.drop_column("hash")
        batch_op.drop_column("seq")
        batch_op.drop_column("interview_id")

    op.drop_table("redaction_decision")
    with op.batch_alter_table("redaction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__redaction__interview_id"))

    op.drop_table("redaction")
    with op.batch_alter_table("residual_risk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__residual_risk__transcript_id"))
        batch_op.drop_index(batch_op.f("ix__residual_risk__revision_id"))

    op.drop_table("residual_risk")
    with op.batch_alter_table("part_look", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__part_look__revision_id"))

    op.drop_table("part_look")
    with op.batch_alter_table("name_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__name_step__transcript_id"))

    op.drop_table("name_step")
    with op.batch_alter_table("hand_out", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__hand_out__report_id"))

    op.drop_table("hand_out")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__contact__project_id"))

    op.drop_table("contact")
    with op.batch_alter_table("withdrawal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__withdrawal__project_id"))
        batch_op.drop_index(batch_op.f("ix__withdrawal__interview_id"))

    op.drop_table("withdrawal")
    op.drop_table("second_factor")
    op.drop_table("recovery_sheet")
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__recovery_code__person_id"))

    op.drop_table("recovery_code")
    with op.batch_alter_table("key_hand_over", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__key_hand_over__project_id"))

    op.drop_table("key_hand_over")
    with op.batch_alter_table("key_ending", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__key_ending__project_id"))

    op.drop_table("key_ending")
    with op.batch_alter_table("card_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix__card_code__project_id"))
        batch_op.drop_index(batch_op.f("ix__card_code__person_id"))

    op.drop_table("card_code")
    op.drop_table("audit_checkpoint")
