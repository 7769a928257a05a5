"""Joins that a person can see and redo; copies of pictures; threads of one conversation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    _create_thread_part()
    _create_original_copy()
    _create_pairs("join_decision", sa.Column("same", sa.Boolean(), nullable=False))
    _create_pairs("open_pair", sa.Column("number", sa.Integer(), nullable=False))
    op.create_index("ix_open_pair_other_id", "open_pair", ["other_id"])
    _create_former_message()


def _create_thread_part() -> None:
    op.create_table(
        "thread_part",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("root_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        _key("thread_part", "thread_id", "thread"),
        _key("thread_part", "root_id", "thread"),
        _key("thread_part", "case_id", "case_card"),
        sa.PrimaryKeyConstraint("thread_id", name="pk_thread_part"),
    )


def _create_original_copy() -> None:
    op.create_table(
        "original_copy",
        sa.Column("original_id", sa.Integer(), nullable=False),
        sa.Column("better_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        _key("original_copy", "original_id", "original"),
        _key("original_copy", "better_id", "original"),
        _key("original_copy", "case_id", "case_card"),
        sa.PrimaryKeyConstraint("original_id", name="pk_original_copy"),
    )
    op.create_index("ix_original_copy_of", "original_copy", ["better_id"])


def _create_pairs(table: str, column: sa.Column[object]) -> None:
    op.create_table(
        table,
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        column,
        _key(table, "one_id", "sighting"),
        _key(table, "other_id", "sighting"),
        _key(table, "case_id", "case_card"),
        _key(table, "thread_id", "thread"),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_thread_id", table, ["thread_id"])


def _create_former_message() -> None:
    op.create_table(
        "former_message",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("sightings", JSON, nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("after", JSON, nullable=False),
        _key("former_message", "case_id", "case_card"),
        _key("former_message", "thread_id", "thread"),
        sa.PrimaryKeyConstraint("message_id", name="pk_former_message"),
    )
    op.create_index("ix_former_message_thread_id", "former_message", ["thread_id"])


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}")
