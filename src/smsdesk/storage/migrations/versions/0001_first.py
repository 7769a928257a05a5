"""The first schema of a case file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    _create_case_card()
    _create_custody_entry()
    _create_device()
    _create_original()
    _create_thread()
    _create_import_item()
    _create_message()
    _create_original_bytes()
    _create_reading()
    _create_finding()
    _create_sighting()


def _create_case_card() -> None:
    op.create_table(
        "case_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("claimant", sa.Text(), nullable=False),
        sa.Column("respondent", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("submitter", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_card"),
    )


def _create_custody_entry() -> None:
    op.create_table(
        "custody_entry",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("details", JSON, nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_card.id"], name="fk_custody_entry_case_id_case_card"
        ),
        sa.PrimaryKeyConstraint("case_id", "number", name="pk_custody_entry"),
    )


def _create_device() -> None:
    op.create_table(
        "device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("own_number", sa.Text(), nullable=False),
        sa.Column("kept_by", sa.Text(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_card.id"], name="fk_device_case_id_case_card"),
        sa.PrimaryKeyConstraint("id", name="pk_device"),
        sa.UniqueConstraint("case_id", "name", name="uq_device_case_id_name"),
        sqlite_autoincrement=True,
    )


def _create_original() -> None:
    op.create_table(
        "original",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("sm3", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("file_time", sa.DateTime(timezone=True), nullable=True),
        sa.Column("exif_time", sa.DateTime(timezone=True), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("captured_source", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_card.id"], name="fk_original_case_id_case_card"
        ),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_original_device_id_device"),
        sa.PrimaryKeyConstraint("id", name="pk_original"),
        sa.UniqueConstraint("case_id", "sha256", name="uq_original_case_id_sha256"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_original_capture", "original", ["case_id", "captured_at"], unique=False)


def _create_thread() -> None:
    op.create_table(
        "thread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("sender_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_card.id"], name="fk_thread_case_id_case_card"),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_thread_device_id_device"),
        sa.PrimaryKeyConstraint("id", name="pk_thread"),
        sa.UniqueConstraint(
            "case_id", "device_id", "sender_key", name="uq_thread_case_id_device_id_sender_key"
        ),
        sqlite_autoincrement=True,
    )


def _create_import_item() -> None:
    op.create_table(
        "import_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("original_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("twin", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_card.id"], name="fk_import_item_case_id_case_card"
        ),
        sa.ForeignKeyConstraint(
            ["original_id"], ["original.id"], name="fk_import_item_original_id_original"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_item"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_import_item_status", "import_item", ["case_id", "status"], unique=False)


def _create_message() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sender", JSON, nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("machine_text", sa.Text(), nullable=False),
        sa.Column("corrected_text", sa.Text(), nullable=True),
        sa.Column("doubtful", JSON, nullable=False),
        sa.Column("sent_earliest", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_latest", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_basis", sa.String(), nullable=False),
        sa.Column("sent_label", sa.Text(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("starred", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("sort_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("night", sa.Boolean(), nullable=False),
        sa.Column("has_doubt", sa.Boolean(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("sender_digits", sa.Text(), nullable=False),
        sa.Column("sender_words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_card.id"], name="fk_message_case_id_case_card"),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name="fk_message_thread_id_thread"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_message_order", "message", ["case_id", "sort_at", "thread_id", "position"], unique=False
    )
    op.create_index("ix_message_thread", "message", ["thread_id", "position"], unique=False)


def _create_original_bytes() -> None:
    op.create_table(
        "original_bytes",
        sa.Column("original_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_card.id"], name="fk_original_bytes_case_id_case_card"
        ),
        sa.ForeignKeyConstraint(
            ["original_id"], ["original.id"], name="fk_original_bytes_original_id_original"
        ),
        sa.PrimaryKeyConstraint("original_id", name="pk_original_bytes"),
    )


def _create_reading() -> None:
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("original_id", sa.Integer(), nullable=False),
        sa.Column("engine_name", sa.Text(), nullable=False),
        sa.Column("engine_version", sa.Text(), nullable=False),
        sa.Column("engine_model_sha256", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("lines", JSON, nullable=False),
        sa.Column("screen", JSON, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_card.id"], name="fk_reading_case_id_case_card"),
        sa.ForeignKeyConstraint(
            ["original_id"], ["original.id"], name="fk_reading_original_id_original"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reading"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reading_original", "reading", ["original_id", "id"], unique=False)


def _create_finding() -> None:
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("violation", sa.String(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("spans", JSON, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("provisions", JSON, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("pack_version", sa.Text(), nullable=True),
        sa.Column("pack_sha256", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_card.id"], name="fk_finding_case_id_case_card"),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_finding_message_id_message", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
        sa.UniqueConstraint(
            "message_id", "violation", "rule", name="uq_finding_message_id_violation_rule"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_finding_label", "finding", ["case_id", "violation", "state"], unique=False)


def _create_sighting() -> None:
    op.create_table(
        "sighting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("original_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("screen_kind", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("box", JSON, nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raw_text", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("doubtful", JSON, nullable=False),
        sa.Column("clipped", sa.Boolean(), nullable=False),
        sa.Column("snippet", sa.Boolean(), nullable=False),
        sa.Column("sender", JSON, nullable=False),
        sa.Column("sent", JSON, nullable=False),
        sa.Column("label_scope", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_card.id"], name="fk_sighting_case_id_case_card"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["message.id"],
            name="fk_sighting_message_id_message",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["original_id"], ["original.id"], name="fk_sighting_original_id_original"
        ),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name="fk_sighting_thread_id_thread"),
        sa.PrimaryKeyConstraint("id", name="pk_sighting"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sighting_message", "sighting", ["message_id", "rank"], unique=False)
    op.create_index("ix_sighting_original", "sighting", ["original_id"], unique=False)
    op.create_index("ix_sighting_thread", "sighting", ["thread_id"], unique=False)
