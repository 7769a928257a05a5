"""Keep what rules rest on: packs of an office, answers about recipients, institutions by hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _create_rule_pack()
    _create_thread_recipient()
    _create_institution_sender()
    _create_judgement()


def _create_rule_pack() -> None:
    op.create_table(
        "rule_pack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_card.id"], name="fk_rule_pack_case_id_case_card"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rule_pack"),
        sa.UniqueConstraint("case_id", "version", name="uq_rule_pack_case_id_version"),
        sqlite_autoincrement=True,
    )


def _create_thread_recipient() -> None:
    op.create_table(
        "thread_recipient",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["thread.id"],
            name="fk_thread_recipient_thread_id_thread",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_card.id"], name="fk_thread_recipient_case_id_case_card"
        ),
        sa.PrimaryKeyConstraint("thread_id", name="pk_thread_recipient"),
    )


def _create_institution_sender() -> None:
    op.create_table(
        "institution_sender",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("sender_key", sa.Text(), nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_card.id"], name="fk_institution_sender_case_id_case_card"
        ),
        sa.PrimaryKeyConstraint("case_id", "sender_key", name="pk_institution_sender"),
    )


def _create_judgement() -> None:
    op.create_table(
        "judgement",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("packs", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["message.id"],
            name="fk_judgement_message_id_message",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_card.id"], name="fk_judgement_case_id_case_card"
        ),
        sa.PrimaryKeyConstraint("message_id", name="pk_judgement"),
    )
