"""Keep what messages mean to the judgement of others, and which of them are to be judged again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009"
down_revision = "0008"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    _create_bearing()
    _create_bearing_mark()
    _create_judging_due()
    # Of messages that are there already nothing is kept yet: all of them are due.
    op.execute(
        "INSERT INTO judging_due (case_id, message_id, bearing) SELECT id, 0, '{}' FROM case_card"
    )


def _create_bearing() -> None:
    op.create_table(
        "bearing",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("packs", sa.Text(), nullable=False),
        sa.Column("sender_key", sa.Text(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("collecting", sa.Boolean(), nullable=False),
        sa.Column("opens_collecting", sa.Boolean(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("contextual", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["message.id"],
            name="fk_bearing_message_id_message",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_card.id"], name="fk_bearing_case_id_case_card"),
        sa.PrimaryKeyConstraint("message_id", name="pk_bearing"),
    )
    op.create_index("ix_bearing_packs", "bearing", ["case_id", "packs"])
    op.create_index("ix_bearing_day", "bearing", ["case_id", "sender_key", "day"])
    for kind in ("collecting", "opens_collecting", "contextual"):
        op.create_index(f"ix_bearing_{kind}", "bearing", ["case_id", "sender_key", kind])


def _create_bearing_mark() -> None:
    op.create_table(
        "bearing_mark",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("sender_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["message.id"],
            name="fk_bearing_mark_message_id_message",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_card.id"], name="fk_bearing_mark_case_id_case_card"
        ),
        sa.PrimaryKeyConstraint("message_id", "mark", name="pk_bearing_mark"),
    )
    op.create_index("ix_bearing_mark_mark", "bearing_mark", ["case_id", "mark", "sender_key"])
    op.create_index("ix_bearing_mark_sender", "bearing_mark", ["case_id", "sender_key", "mark"])


def _create_judging_due() -> None:
    op.create_table(
        "judging_due",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("bearing", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_card.id"], name="fk_judging_due_case_id_case_card"
        ),
        sa.PrimaryKeyConstraint("case_id", "message_id", name="pk_judging_due"),
    )
