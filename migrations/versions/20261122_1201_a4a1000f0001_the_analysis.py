"""The analysis: codebooks, segments, first readings, suggestions, memos and reports.

Revision ID: a4a1000f0001
Revises: f1e1d0000001
Create Date: 2026-11-22 12:01:00+00:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "a4a1000f0001"
down_revision: str | None = "f1e1d0000001"
branch_labels: None = None
depends_on: None = None


JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def words(name: str, *values: str) -> sa.Enum:
    """Return the type of a column that holds one of `values`; the database checks it as ck__TABLE__NAME."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "codebook",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk__codebook__project_id__project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__codebook")),
        sa.UniqueConstraint("project_id", "key", "version", name=op.f("uq__codebook__project_id_key_version")),
    )
    op.create_table(
        "theme",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("codebook_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("include", sa.Text(), nullable=False),
        sa.Column("exclude", sa.Text(), nullable=False),
        sa.Column("example", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=True),
        sa.Column("assignable", sa.Boolean(), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("sources", JSON, nullable=False),
        sa.Column("knowledge", JSON, nullable=False),
        sa.Column("indicators", JSON, nullable=False),
        sa.Column("status", words("themestatus", "concept", "fixed", "retired"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["codebook_id"], ["codebook.id"], name=op.f("fk__theme__codebook_id__codebook"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk__theme__created_by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["theme.id"], name=op.f("fk__theme__parent_id__theme"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__theme")),
        sa.UniqueConstraint("codebook_id", "key", name=op.f("uq__theme__codebook_id_key")),
    )
    op.create_index(op.f("ix__theme__parent_id"), "theme", ["parent_id"])
    op.create_table(
        "report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=True),
        sa.Column("kind", words("reportkind", "team", "codebook", "transcript"), nullable=False),
        sa.Column("codebook_version", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("consent_choices", JSON, nullable=False),
        sa.Column("quotes", sa.Integer(), nullable=False),
        sa.Column("built_by_id", sa.Uuid(), nullable=True),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["built_by_id"], ["person.id"], name=op.f("fk__report__built_by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk__report__interview_id__interview"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk__report__project_id__project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__report")),
    )
    op.create_index(op.f("ix__report__interview_id"), "report", ["interview_id"])
    op.create_index(op.f("ix__report__project_id"), "report", ["project_id"])
    op.create_table(
        "first_reading",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transcript_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk__first_reading__person_id__person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcript.id"],
            name=op.f("fk__first_reading__transcript_id__transcript"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__first_reading")),
        sa.UniqueConstraint("transcript_id", "person_id", name=op.f("uq__first_reading__transcript_id_person_id")),
    )
    op.create_index(op.f("ix__first_reading__person_id"), "first_reading", ["person_id"])
    op.create_table(
        "segment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transcript_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("coder_id", sa.Uuid(), nullable=True),
        sa.Column(
            "coder_role",
            words("role", "peer_interviewer", "co_coder", "researcher", "project_lead", "municipality_reader"),
            nullable=False,
        ),
        sa.Column("origin", words("origin", "self", "accepted", "imported"), nullable=False),
        sa.Column("placement", words("placement", "placed", "to_confirm", "orphan"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.CheckConstraint('start >= 0 AND "end" > start', name=op.f("ck__segment__span")),
        sa.ForeignKeyConstraint(
            ["coder_id"], ["person.id"], name=op.f("fk__segment__coder_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk__segment__revision_id__revision"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk__segment__theme_id__theme"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcript.id"],
            name=op.f("fk__segment__transcript_id__transcript"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__segment")),
    )
    op.create_index(op.f("ix__segment__coder_id"), "segment", ["coder_id"])
    op.create_index(op.f("ix__segment__revision_id"), "segment", ["revision_id"])
    op.create_index(op.f("ix__segment__theme_id"), "segment", ["theme_id"])
    op.create_index(op.f("ix__segment__transcript_id_start"), "segment", ["transcript_id", "start"])
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transcript_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reason", JSON, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.CheckConstraint('start >= 0 AND "end" > start', name=op.f("ck__suggestion__span")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk__suggestion__revision_id__revision"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk__suggestion__theme_id__theme"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcript.id"],
            name=op.f("fk__suggestion__transcript_id__transcript"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__suggestion")),
    )
    op.create_index(op.f("ix__suggestion__revision_id"), "suggestion", ["revision_id"])
    op.create_index(op.f("ix__suggestion__theme_id"), "suggestion", ["theme_id"])
    op.create_index(op.f("ix__suggestion__transcript_id_start"), "suggestion", ["transcript_id", "start"])
    op.create_table(
        "memo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("segment_id", sa.Uuid(), nullable=True),
        sa.Column("transcript_id", sa.Uuid(), nullable=True),
        sa.Column("theme_id", sa.Uuid(), nullable=True),
        sa.Column("kind", words("memokind", "strikes", "own_view", "method"), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN segment_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN transcript_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN theme_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck__memo__one_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk__memo__author_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk__memo__project_id__project"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["segment_id"], ["segment.id"], name=op.f("fk__memo__segment_id__segment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk__memo__theme_id__theme"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name=op.f("fk__memo__transcript_id__transcript"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__memo")),
    )
    op.create_index(op.f("ix__memo__author_id"), "memo", ["author_id"])
    op.create_index(op.f("ix__memo__project_id"), "memo", ["project_id"])
    op.create_index(op.f("ix__memo__segment_id"), "memo", ["segment_id"])
    op.create_index(op.f("ix__memo__theme_id"), "memo", ["theme_id"])
    op.create_index(op.f("ix__memo__transcript_id"), "memo", ["transcript_id"])
    op.create_table(
        "suggestion_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("suggestion_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("answer", words("answer", "yes", "no", "later"), nullable=False),
        sa.Column("segment_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk__suggestion_answer__person_id__person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["segment_id"], ["segment.id"], name=op.f("fk__suggestion_answer__segment_id__segment"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["suggestion_id"],
            ["suggestion.id"],
            name=op.f("fk__suggestion_answer__suggestion_id__suggestion"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__suggestion_answer")),
        sa.UniqueConstraint("suggestion_id", "person_id", name=op.f("uq__suggestion_answer__suggestion_id_person_id")),
    )
    op.create_index(op.f("ix__suggestion_answer__person_id"), "suggestion_answer", ["person_id"])
    op.create_index(op.f("ix__suggestion_answer__segment_id"), "suggestion_answer", ["segment_id"])


def downgrade() -> None:
    """Take the schema back to the revision before."""
    op.drop_table("suggestion_answer")
    op.drop_table("memo")
    op.drop_table("suggestion")
    op.drop_table("segment")
    op.drop_table("first_reading")
    op.drop_table("report")
    op.drop_table("theme")
    op.drop_table("codebook")
