"""The interview on the phone: devices, the guide at work, recordings, typing, after the interview, the member check.

Revision ID: f1e1d0000002
Revises: a4a1000f0001
Create Date: 2026-11-23 09:00:00+00:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "f1e1d0000002"
down_revision: str | None = "a4a1000f0001"
branch_labels: None = None
depends_on: None = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def words(name: str, *values: str) -> sa.Enum:
    """Return the type of a column that holds one of `values`; the database checks it as ck__TABLE__NAME."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "device",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("revoked_at IS NULL OR salt IS NULL", name=op.f("ck__device__revoked_has_no_key")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk__device__person_id__person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__device")),
        sa.UniqueConstraint("token_hash", name=op.f("uq__device__token_hash")),
    )
    op.create_index(op.f("ix__device__person_id"), "device", ["person_id"])
    op.create_table(
        "received",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk__received__person_id__person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__received")),
    )
    op.create_index(op.f("ix__received__person_id"), "received", ["person_id"])
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("kind", words("taskkind", "prepare_recording", "speech_to_text"), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("state", words("taskstate", "waiting", "running", "done", "failed"), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("done >= 0 AND total >= 0 AND done <= total", name=op.f("ck__task__progress")),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk__task__asked_by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk__task__project_id__project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__task")),
    )
    op.create_index(op.f("ix__task__kind_subject_id"), "task", ["kind", "subject_id"])
    op.create_index(op.f("ix__task__project_id"), "task", ["project_id"])
    op.create_table(
        "training_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "item",
            words(
                "trainingitem", "interview_training", "practice_talk", "consent_practice", "safety", "confidentiality"
            ),
            nullable=False,
        ),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("noted_by_id", sa.Uuid(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["noted_by_id"], ["person.id"], name=op.f("fk__training_mark__noted_by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk__training_mark__person_id__person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk__training_mark__project_id__project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__training_mark")),
        sa.UniqueConstraint(
            "project_id", "person_id", "item", name=op.f("uq__training_mark__project_id_person_id_item")
        ),
    )
    op.create_index(op.f("ix__training_mark__person_id"), "training_mark", ["person_id"])
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("kind", words("attachmentkind", "drawing", "photo"), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("description_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("may_be_shown", sa.Boolean(), nullable=False),
        sa.Column("how", words("how", "signed", "cross", "spoken", "imported"), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("width > 0 AND height > 0 AND size > 0", name=op.f("ck__attachment__size")),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk__attachment__interview_id__interview"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk__attachment__made_by_id__person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__attachment")),
    )
    op.create_index(op.f("ix__attachment__interview_id"), "attachment", ["interview_id"])
    op.create_table(
        "consent_talk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interviewee_id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=True),
        sa.Column("how", words("how", "signed", "cross", "spoken", "imported"), nullable=False),
        sa.Column("text_version", sa.Text(), nullable=False),
        sa.Column("teach_back", words("teachback", "right", "explained_again", "not_asked"), nullable=False),
        sa.Column("by_representative", sa.Boolean(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.Column("signature_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk__consent_talk__by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk__consent_talk__interview_id__interview"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["interviewee_id"],
            ["interviewee.id"],
            name=op.f("fk__consent_talk__interviewee_id__interviewee"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__consent_talk")),
    )
    op.create_index(op.f("ix__consent_talk__interviewee_id"), "consent_talk", ["interviewee_id"])
    op.create_table(
        "debrief",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk__debrief__interview_id__interview"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk__debrief__person_id__person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__debrief")),
        sa.UniqueConstraint("interview_id", "person_id", name=op.f("uq__debrief__interview_id_person_id")),
    )
    op.create_index(op.f("ix__debrief__person_id"), "debrief", ["person_id"])
    op.create_table(
        "guest_pass",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("interviewee_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", words("passpurpose", "check", "consent"), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk__guest_pass__interview_id__interview"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["interviewee_id"],
            ["interviewee.id"],
            name=op.f("fk__guest_pass__interviewee_id__interviewee"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk__guest_pass__made_by_id__person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__guest_pass")),
        sa.UniqueConstraint("token_hash", name=op.f("uq__guest_pass__token_hash")),
    )
    op.create_index(op.f("ix__guest_pass__interview_id"), "guest_pass", ["interview_id"])
    op.create_index(op.f("ix__guest_pass__interviewee_id"), "guest_pass", ["interviewee_id"])
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=True),
        sa.Column("to_id", sa.Uuid(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk__hand_over__by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["person.id"], name=op.f("fk__hand_over__from_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk__hand_over__interview_id__interview"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["person.id"], name=op.f("fk__hand_over__to_id__person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__hand_over")),
    )
    op.create_index(op.f("ix__hand_over__interview_id"), "hand_over", ["interview_id"])
    op.create_table(
        "hours",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=True),
        sa.Column("kind", words("hourskind", "talk", "typing", "meeting", "travel", "other"), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minutes > 0 AND minutes <= 1440", name=op.f("ck__hours__minutes")),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk__hours__interview_id__interview"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk__hours__person_id__person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk__hours__project_id__project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__hours")),
    )
    op.create_index(op.f("ix__hours__person_id"), "hours", ["person_id"])
    op.create_index(op.f("ix__hours__project_id"), "hours", ["project_id"])
    op.create_table(
        "question_remark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk__question_remark__person_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk__question_remark__question_id__question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__question_remark")),
    )
    op.create_index(op.f("ix__question_remark__question_id"), "question_remark", ["question_id"])
    op.create_table(
        "recording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("origin", words("recordingorigin", "recorded", "added"), nullable=False),
        sa.Column("state", words("recordingstate", "receiving", "whole", "ready", "failed", "erased"), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("peaks_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erase_on", sa.Date(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(state = 'erased') = (erased_at IS NOT NULL)", name=op.f("ck__recording__erased")),
        sa.CheckConstraint("size >= 0 AND (duration_ms IS NULL OR duration_ms >= 0)", name=op.f("ck__recording__size")),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk__recording__interview_id__interview"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk__recording__made_by_id__person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__recording")),
    )
    op.create_index(op.f("ix__recording__interview_id"), "recording", ["interview_id"])
    op.create_table(
        "question_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.Column("recording_id", sa.Uuid(), nullable=True),
        sa.Column("at_ms", sa.Integer(), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("at_ms IS NULL OR at_ms >= 0", name=op.f("ck__question_note__at_ms")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk__question_note__changed_by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk__question_note__interview_id__interview"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk__question_note__question_id__question"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recording_id"],
            ["recording.id"],
            name=op.f("fk__question_note__recording_id__recording"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__question_note")),
        sa.UniqueConstraint("interview_id", "question_id", name=op.f("uq__question_note__interview_id_question_id")),
    )
    op.create_index(op.f("ix__question_note__question_id"), "question_note", ["question_id"])
    op.create_table(
        "recording_piece",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recording_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("part >= 0 AND number >= 0 AND size > 0", name=op.f("ck__recording_piece__place")),
        sa.ForeignKeyConstraint(
            ["recording_id"],
            ["recording.id"],
            name=op.f("fk__recording_piece__recording_id__recording"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__recording_piece")),
        sa.UniqueConstraint(
            "recording_id", "part", "number", name=op.f("uq__recording_piece__recording_id_part_number")
        ),
    )
    op.create_table(
        "time_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recording_id", sa.Uuid(), nullable=False),
        sa.Column("kind", words("timemarkkind", "mark", "leave_out"), nullable=False),
        sa.Column("at_ms", sa.Integer(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("at_ms >= 0", name=op.f("ck__time_mark__at_ms")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk__time_mark__made_by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recording.id"], name=op.f("fk__time_mark__recording_id__recording"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__time_mark")),
    )
    op.create_index(op.f("ix__time_mark__recording_id"), "time_mark", ["recording_id"])
    op.create_table(
        "member_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("interviewee_id", sa.Uuid(), nullable=False),
        sa.Column("form", words("checkform", "link", "paper", "aloud"), nullable=False),
        sa.Column("matter", words("checkmatter", "summary", "transcript"), nullable=False),
        sa.Column("summary_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("revision_id", sa.Uuid(), nullable=True),
        sa.Column("pass_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("ask_again_on", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("top_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("remark_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk__member_check__asked_by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk__member_check__interview_id__interview"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["interviewee_id"],
            ["interviewee.id"],
            name=op.f("fk__member_check__interviewee_id__interviewee"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pass_id"], ["guest_pass.id"], name=op.f("fk__member_check__pass_id__guest_pass"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk__member_check__revision_id__revision"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__member_check")),
    )
    op.create_index(op.f("ix__member_check__interview_id"), "member_check", ["interview_id"])
    op.create_index(op.f("ix__member_check__interviewee_id"), "member_check", ["interviewee_id"])
    op.create_table(
        "removal_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("recording_id", sa.Uuid(), nullable=True),
        sa.Column("from_ms", sa.Integer(), nullable=True),
        sa.Column("to_ms", sa.Integer(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_by_interviewee", sa.Boolean(), nullable=False),
        sa.Column("state", words("removalstate", "hidden", "destroyed", "taken_back"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            '(revision_id IS NOT NULL AND start IS NOT NULL AND "end" > start) OR (recording_id IS NOT NULL AND from_ms IS NOT NULL AND to_ms > from_ms) OR (revision_id IS NULL AND recording_id IS NULL AND words_sealed IS NOT NULL)',
            name=op.f("ck__removal_request__place"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk__removal_request__asked_by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk__removal_request__interview_id__interview"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recording_id"],
            ["recording.id"],
            name=op.f("fk__removal_request__recording_id__recording"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk__removal_request__revision_id__revision"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"],
            ["person.id"],
            name=op.f("fk__removal_request__settled_by_id__person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__removal_request")),
    )
    op.create_index(op.f("ix__removal_request__interview_id"), "removal_request", ["interview_id"])
    op.create_table(
        "typing_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("base_id", sa.Uuid(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Uuid(), nullable=True),
        sa.Column("device", sa.Text(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck__typing_draft__version")),
        sa.ForeignKeyConstraint(
            ["base_id"], ["revision.id"], name=op.f("fk__typing_draft__base_id__revision"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk__typing_draft__interview_id__interview"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["person.id"], name=op.f("fk__typing_draft__saved_by_id__person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__typing_draft")),
        sa.UniqueConstraint("interview_id", name=op.f("uq__typing_draft__interview_id")),
    )
    op.create_table(
        "check_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("verdict", words("verdict", "fits", "other", "out"), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", words("wishstate", "open", "done", "not_done"), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replied_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("state <> 'not_done' OR reply IS NOT NULL", name=op.f("ck__check_answer__no_needs_a_reply")),
        sa.CheckConstraint("place >= 0", name=op.f("ck__check_answer__place")),
        sa.ForeignKeyConstraint(
            ["check_id"], ["member_check.id"], name=op.f("fk__check_answer__check_id__member_check"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["replied_by_id"], ["person.id"], name=op.f("fk__check_answer__replied_by_id__person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__check_answer")),
        sa.UniqueConstraint("check_id", "place", name=op.f("uq__check_answer__check_id_place")),
    )
    op.create_table(
        "typing_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("kind", words("typingkind", "saved", "aside"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Uuid(), nullable=True),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["typing_draft.id"],
            name=op.f("fk__typing_version__draft_id__typing_draft"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["person.id"], name=op.f("fk__typing_version__saved_by_id__person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__typing_version")),
    )
    op.create_index(op.f("ix__typing_version__draft_id_number"), "typing_version", ["draft_id", "number"])
    _widen()


def _widen() -> None:
    """Give the tables that were there their new columns."""
    with op.batch_alter_table("consent_choice") as table:
        table.add_column(sa.Column("talk_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(
            op.f("fk__consent_choice__talk_id__consent_talk"), "consent_talk", ["talk_id"], ["id"], ondelete="SET NULL"
        )
    with op.batch_alter_table("guide") as table:
        table.add_column(sa.Column("made_by_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("based_on_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
        table.create_foreign_key(
            op.f("fk__guide__based_on_id__guide"), "guide", ["based_on_id"], ["id"], ondelete="SET NULL"
        )
        table.create_foreign_key(
            op.f("fk__guide__made_by_id__person"), "person", ["made_by_id"], ["id"], ondelete="SET NULL"
        )
    # Every guide that is there was in use.
    op.execute("UPDATE guide SET published_at = created_at")
    with op.batch_alter_table("interview") as table:
        table.add_column(sa.Column("planned_for", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("channel", words("channel", *CHANNELS), nullable=True))
        table.add_column(sa.Column("place_type", words("placetype", *PLACES), nullable=True))
        # "u" is how a stranger is spoken to until they say otherwise.
        table.add_column(sa.Column("address", words("address", "je", "u"), nullable=False, server_default="u"))
        table.add_column(sa.Column("safety_flag_by_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("safety_note_sealed", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("safety_seen_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("safety_closed_at", sa.DateTime(timezone=True), nullable=True))
        table.create_foreign_key(
            op.f("fk__interview__safety_flag_by_id__person"),
            "person",
            ["safety_flag_by_id"],
            ["id"],
            ondelete="SET NULL",
        )
    with op.batch_alter_table("interviewee") as table:
        table.add_column(sa.Column("represented_by", words("representative", *REPRESENTATIVES), nullable=True))
    with op.batch_alter_table("login_session") as table:
        table.add_column(sa.Column("device_id", sa.Uuid(), nullable=True))
        table.create_index(op.f("ix__login_session__device_id"), ["device_id"])
        table.create_foreign_key(
            op.f("fk__login_session__device_id__device"), "device", ["device_id"], ["id"], ondelete="SET NULL"
        )
    with op.batch_alter_table("participation") as table:
        # Everybody who was there until now told a story.
        table.add_column(
            sa.Column("part", words("part", "teller", "companion"), nullable=False, server_default="teller")
        )
    # The defaults were for the rows that were there; new rows say it themselves.
    with op.batch_alter_table("interview") as table:
        table.alter_column("address", server_default=None, existing_type=sa.String(32), existing_nullable=False)
    with op.batch_alter_table("participation") as table:
        table.alter_column("part", server_default=None, existing_type=sa.String(32), existing_nullable=False)


CHANNELS = ("own_network", "flyer", "organisation", "consulent", "other")
PLACES = ("at_home", "community_centre", "library", "outside", "office", "phone", "video", "other")
REPRESENTATIVES = ("parent", "guardian", "curator", "other")


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("participation") as table:
        table.drop_constraint(op.f("ck__participation__part"), type_="check")
        table.drop_column("part")
    with op.batch_alter_table("login_session") as table:
        table.drop_constraint(op.f("fk__login_session__device_id__device"), type_="foreignkey")
        table.drop_index(op.f("ix__login_session__device_id"))
        table.drop_column("device_id")
    with op.batch_alter_table("interviewee") as table:
        table.drop_constraint(op.f("ck__interviewee__representative"), type_="check")
        table.drop_column("represented_by")
    with op.batch_alter_table("interview") as table:
        table.drop_constraint(op.f("fk__interview__safety_flag_by_id__person"), type_="foreignkey")
        for check in ("channel", "placetype", "address"):
            table.drop_constraint(op.f(f"ck__interview__{check}"), type_="check")
        for column in (
            "planned_for", "channel", "place_type", "address",
            "safety_flag_by_id", "safety_note_sealed", "safety_seen_at", "safety_closed_at",
        ):  # fmt: skip
            table.drop_column(column)
    with op.batch_alter_table("guide") as table:
        table.drop_constraint(op.f("fk__guide__made_by_id__person"), type_="foreignkey")
        table.drop_constraint(op.f("fk__guide__based_on_id__guide"), type_="foreignkey")
        for column in ("published_at", "based_on_id", "made_by_id"):
            table.drop_column(column)
    with op.batch_alter_table("consent_choice") as table:
        table.drop_constraint(op.f("fk__consent_choice__talk_id__consent_talk"), type_="foreignkey")
        table.drop_column("talk_id")
    for name in NEW:
        op.drop_table(name)


NEW = (
    "typing_version",
    "check_answer",
    "typing_draft",
    "removal_request",
    "member_check",
    "time_mark",
    "recording_piece",
    "question_note",
    "recording",
    "question_remark",
    "hours",
    "hand_over",
    "guest_pass",
    "debrief",
    "consent_talk",
    "attachment",
    "training_mark",
    "task",
    "received",
    "device",
)
"""The tables of this revision, those that point at others first."""
