"""Keep what a person said of words in masked copies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "mask_choice",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_card.id"], name="fk_mask_choice_case_id_case_card"
        ),
        sa.PrimaryKeyConstraint("case_id", "words", name="pk_mask_choice"),
    )
