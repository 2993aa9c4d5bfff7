"""The field: people, projects, consent, guides, interviews, transcripts, names and the audit log.

Revision ID: f1e1d0000001
Revises: nothing
Create Date: 2026-11-22 12:00:00+00:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "f1e1d0000001"
down_revision: str | None = None
branch_labels: None = None
depends_on: None = None


JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def words(name: str, *values: str) -> sa.Enum:
    """Return the type of a column that holds one of `values`; the database checks it as ck__TABLE__NAME."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object_kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__audit_entry")),
    )
    op.create_index(op.f("ix__audit_entry__project_id_at"), "audit_entry", ["project_id", "at"])
    op.create_table(
        "login_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_hash", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__login_attempt")),
    )
    op.create_index(op.f("ix__login_attempt__subject_hash_at"), "login_attempt", ["subject_hash", "at"])
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("login_word", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.Column("passphrase_hash", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__person")),
        sa.UniqueConstraint("login_word", name=op.f("uq__person__login_word")),
    )
    op.create_table(
        "project",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("research_question", sa.Text(), nullable=False),
        sa.Column(
            "phase", words("phase", "explore", "interview", "interpret", "devise", "test", "feed_back"), nullable=False
        ),
        sa.Column("coding_style", words("codingstyle", "dialogue", "agreement"), nullable=False),
        sa.Column("consulent_word", sa.Text(), nullable=False),
        sa.Column("client_word", sa.Text(), nullable=False),
        sa.Column("min_group_size", sa.Integer(), nullable=False),
        sa.Column("audio_days", sa.Integer(), nullable=False),
        sa.Column("contact_days", sa.Integer(), nullable=False),
        sa.Column("text_years", sa.Integer(), nullable=False),
        sa.Column("help_name", sa.Text(), nullable=False),
        sa.Column("help_phone", sa.Text(), nullable=False),
        sa.Column("made_up", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "audio_days >= 0 AND contact_days >= 0 AND text_years >= 0", name=op.f("ck__project__retention")
        ),
        sa.CheckConstraint("min_group_size >= 3", name=op.f("ck__project__min_group_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__project")),
    )
    op.create_table(
        "guide",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk__guide__project_id__project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__guide")),
        sa.UniqueConstraint("project_id", "key", "version", name=op.f("uq__guide__project_id_key_version")),
    )
    op.create_table(
        "login_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk__login_session__person_id__person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__login_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq__login_session__token_hash")),
    )
    op.create_index(op.f("ix__login_session__person_id"), "login_session", ["person_id"])
    op.create_table(
        "municipality",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("export_name", sa.Text(), nullable=False),
        sa.Column("context_note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk__municipality__project_id__project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__municipality")),
        sa.UniqueConstraint("project_id", "name", name=op.f("uq__municipality__project_id_name")),
    )
    op.create_table(
        "interview",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("interviewer_id", sa.Uuid(), nullable=True),
        sa.Column("peer", sa.Boolean(), nullable=False),
        sa.Column("kind", words("interviewkind", "individual", "group"), nullable=False),
        sa.Column(
            "perspective",
            words("perspective", "client", "consulent", "social_worker", "parent", "manager", "other"),
            nullable=False,
        ),
        sa.Column("municipality_id", sa.Uuid(), nullable=True),
        sa.Column("guide_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            words(
                "status", "planned", "held", "typed", "handed_in", "names_away", "checked", "ready", "used", "stopped"
            ),
            nullable=False,
        ),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("safety_flag_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reflection", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("duration_ms IS NULL OR duration_ms >= 0", name=op.f("ck__interview__duration_ms")),
        sa.ForeignKeyConstraint(
            ["guide_id"], ["guide.id"], name=op.f("fk__interview__guide_id__guide"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["interviewer_id"], ["person.id"], name=op.f("fk__interview__interviewer_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk__interview__municipality_id__municipality"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk__interview__project_id__project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__interview")),
        sa.UniqueConstraint("project_id", "code", name=op.f("uq__interview__project_id_code")),
    )
    op.create_index(op.f("ix__interview__interviewer_id"), "interview", ["interviewer_id"])
    op.create_table(
        "interviewee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("pseudonym", sa.Text(), nullable=True),
        sa.Column(
            "perspective",
            words("perspective", "client", "consulent", "social_worker", "parent", "manager", "other"),
            nullable=False,
        ),
        sa.Column("municipality_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk__interviewee__municipality_id__municipality"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk__interviewee__project_id__project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__interviewee")),
        sa.UniqueConstraint("project_id", "code", name=op.f("uq__interviewee__project_id_code")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("roles", JSON, nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=True),
        sa.Column("invited_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["person.id"], name=op.f("fk__invitation__invited_by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk__invitation__municipality_id__municipality"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk__invitation__project_id__project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__invitation")),
        sa.UniqueConstraint("code_hash", name=op.f("uq__invitation__code_hash")),
    )
    op.create_index(op.f("ix__invitation__project_id"), "invitation", ["project_id"])
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            words("role", "peer_interviewer", "co_coder", "researcher", "project_lead", "municipality_reader"),
            nullable=False,
        ),
        sa.Column("municipality_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk__membership__municipality_id__municipality"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk__membership__person_id__person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk__membership__project_id__project"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__membership")),
        sa.UniqueConstraint("project_id", "person_id", "role", name=op.f("uq__membership__project_id_person_id_role")),
    )
    op.create_index(op.f("ix__membership__person_id"), "membership", ["person_id"])
    op.create_table(
        "question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("guide_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("must", sa.Boolean(), nullable=False),
        sa.Column("text_je", sa.Text(), nullable=False),
        sa.Column("text_u", sa.Text(), nullable=False),
        sa.Column("follow_up", JSON, nullable=False),
        sa.Column("themes", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["guide_id"], ["guide.id"], name=op.f("fk__question__guide_id__guide"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__question")),
        sa.UniqueConstraint("guide_id", "key", name=op.f("uq__question__guide_id_key")),
    )
    op.create_table(
        "consent_choice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interviewee_id", sa.Uuid(), nullable=False),
        sa.Column(
            "scope",
            words(
                "scope",
                "use_research",
                "record",
                "quote_pseudonym",
                "summary_self",
                "municipality_report",
                "portrait",
                "own_name",
                "co_read",
                "archive",
                "contact_again",
            ),
            nullable=False,
        ),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("how", words("how", "signed", "cross", "spoken", "imported"), nullable=False),
        sa.Column("text_version", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["interviewee_id"],
            ["interviewee.id"],
            name=op.f("fk__consent_choice__interviewee_id__interviewee"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["person.id"],
            name=op.f("fk__consent_choice__recorded_by_id__person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__consent_choice")),
    )
    op.create_index(
        op.f("ix__consent_choice__interviewee_id_scope_at"), "consent_choice", ["interviewee_id", "scope", "at"]
    )
    op.create_table(
        "participation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("interviewee_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk__participation__interview_id__interview"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["interviewee_id"],
            ["interviewee.id"],
            name=op.f("fk__participation__interviewee_id__interviewee"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__participation")),
        sa.UniqueConstraint(
            "interview_id", "interviewee_id", name=op.f("uq__participation__interview_id_interviewee_id")
        ),
    )
    op.create_index(op.f("ix__participation__interviewee_id"), "participation", ["interviewee_id"])
    op.create_table(
        "transcript",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("source_format", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_in_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("tagged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["person.id"], name=op.f("fk__transcript__approved_by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["handed_in_by_id"],
            ["person.id"],
            name=op.f("fk__transcript__handed_in_by_id__person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk__transcript__interview_id__interview"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__transcript")),
        sa.UniqueConstraint("interview_id", name=op.f("uq__transcript__interview_id")),
    )
    op.create_table(
        "name_entity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transcript_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column(
            "type",
            words(
                "identifiertype",
                "PERSON",
                "PLACE",
                "LOCATION",
                "ADDRESS",
                "POSTCODE",
                "ORG",
                "AGE",
                "DATE",
                "PHONE",
                "EMAIL",
                "USERNAME",
                "BSN",
                "IBAN",
                "CLIENT_NO",
                "LICENSE_PLATE",
                "INDIRECT",
            ),
            nullable=False,
        ),
        sa.Column("canonical_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("replacement", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcript.id"],
            name=op.f("fk__name_entity__transcript_id__transcript"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__name_entity")),
        sa.UniqueConstraint("transcript_id", "key", name=op.f("uq__name_entity__transcript_id_key")),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transcript_id", sa.Uuid(), nullable=False),
        sa.Column("layer", words("layer", "raw", "research"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("derived_from_id", sa.Uuid(), nullable=True),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(layer = 'raw' AND sealed IS NOT NULL AND text IS NULL) OR (layer = 'research' AND text IS NOT NULL AND sealed IS NULL)",
            name=op.f("ck__revision__raw_is_ciphertext"),
        ),
        sa.ForeignKeyConstraint(
            ["derived_from_id"],
            ["revision.id"],
            name=op.f("fk__revision__derived_from_id__revision"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk__revision__made_by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcript.id"],
            name=op.f("fk__revision__transcript_id__transcript"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__revision")),
        sa.UniqueConstraint("transcript_id", "layer", "number", name=op.f("uq__revision__transcript_id_layer_number")),
    )
    op.create_table(
        "speaker",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transcript_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("role", words("speakerrole", "interviewer", "interviewee", "companion", "unknown"), nullable=False),
        sa.Column("interviewee_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interviewee_id"],
            ["interviewee.id"],
            name=op.f("fk__speaker__interviewee_id__interviewee"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcript.id"],
            name=op.f("fk__speaker__transcript_id__transcript"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__speaker")),
        sa.UniqueConstraint("transcript_id", "label", name=op.f("uq__speaker__transcript_id_label")),
    )
    op.create_table(
        "name_mention",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("status", words("mentionstatus", "proposed", "accepted", "rejected"), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('start >= 0 AND "end" > start', name=op.f("ck__name_mention__span")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk__name_mention__decided_by_id__person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["name_entity.id"], name=op.f("fk__name_mention__entity_id__name_entity"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"],
            ["person.id"],
            name=op.f("fk__name_mention__proposed_by_id__person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk__name_mention__revision_id__revision"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__name_mention")),
    )
    op.create_index(op.f("ix__name_mention__entity_id"), "name_mention", ["entity_id"])
    op.create_index(op.f("ix__name_mention__revision_id"), "name_mention", ["revision_id"])
    op.create_table(
        "turn",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Uuid(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("start_ms", sa.Integer(), nullable=True),
        sa.Column("end_ms", sa.Integer(), nullable=True),
        sa.CheckConstraint('start >= 0 AND "end" > start', name=op.f("ck__turn__span")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk__turn__revision_id__revision"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speaker.id"], name=op.f("fk__turn__speaker_id__speaker"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__turn")),
        sa.UniqueConstraint("revision_id", "number", name=op.f("uq__turn__revision_id_number")),
    )
    op.create_index(op.f("ix__turn__speaker_id"), "turn", ["speaker_id"])


def downgrade() -> None:
    """Take the schema back to the revision before."""
    op.drop_table("turn")
    op.drop_table("name_mention")
    op.drop_table("speaker")
    op.drop_table("revision")
    op.drop_table("name_entity")
    op.drop_table("transcript")
    op.drop_table("participation")
    op.drop_table("consent_choice")
    op.drop_table("question")
    op.drop_table("membership")
    op.drop_table("invitation")
    op.drop_table("interviewee")
    op.drop_table("interview")
    op.drop_table("municipality")
    op.drop_table("login_session")
    op.drop_table("guide")
    op.drop_table("project")
    op.drop_table("person")
    op.drop_table("login_attempt")
    op.drop_table("audit_entry")
