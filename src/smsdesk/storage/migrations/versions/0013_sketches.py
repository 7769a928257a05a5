"""Keep of every screen, in short, which others it can have to do with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "screen_sketch",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("original_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("dated", sa.LargeBinary(), nullable=True),
        sa.Column("borrows", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name="fk_screen_sketch_thread_id_thread"
        ),
        sa.ForeignKeyConstraint(
            ["original_id"], ["original.id"], name="fk_screen_sketch_original_id_original"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_card.id"], name="fk_screen_sketch_case_id_case_card"
        ),
        sa.PrimaryKeyConstraint("thread_id", "original_id", "page", name="pk_screen_sketch"),
    )
    op.create_index("ix_screen_sketch_original", "screen_sketch", ["original_id"])
