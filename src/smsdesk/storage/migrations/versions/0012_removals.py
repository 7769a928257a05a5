"""Keep which originals a person took out of the case, and what was done to their messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "removed_original",
        sa.Column("original_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("copies", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["original_id"], ["original.id"], name="fk_removed_original_original_id_original"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_card.id"], name="fk_removed_original_case_id_case_card"
        ),
        sa.PrimaryKeyConstraint("original_id", name="pk_removed_original"),
    )
    op.create_table(
        "removed_work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("sightings", JSON, nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("after", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_card.id"], name="fk_removed_work_case_id_case_card"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_removed_work"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_removed_work_message", "removed_work", ["case_id", "message_id"])
