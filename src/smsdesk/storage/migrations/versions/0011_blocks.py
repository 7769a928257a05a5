"""Keep which blocks of threads were joined, and which threads a person keeps apart."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "joined_block",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name="fk_joined_block_thread_id_thread"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_card.id"], name="fk_joined_block_case_id_case_card"
        ),
        sa.PrimaryKeyConstraint("thread_id", "fingerprint", name="pk_joined_block"),
    )
    op.create_table(
        "thread_apart",
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["one_id"], ["thread.id"], name="fk_thread_apart_one_id_thread"),
        sa.ForeignKeyConstraint(
            ["other_id"], ["thread.id"], name="fk_thread_apart_other_id_thread"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_card.id"], name="fk_thread_apart_case_id_case_card"
        ),
        sa.PrimaryKeyConstraint("one_id", "other_id", name="pk_thread_apart"),
    )
