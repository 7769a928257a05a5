"""Keep what a person put right of a message beside the machine's reading."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column(
        "message",
        sa.Column("sender_doubtful", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("message", sa.Column("by_hand", JSON, server_default="{}", nullable=False))
    _mark_doubtful_senders()


def _mark_doubtful_senders() -> None:
    """Mark the messages whose number further readings gave in another form."""
    connection = op.get_bind()
    message = sa.table("message", sa.column("id", sa.Integer), sa.column("sender", sa.JSON))
    doubtful = [
        key for key, sender in connection.execute(sa.select(message)) if sender.get("readings")
    ]
    flag = sa.table("message", sa.column("id", sa.Integer), sa.column("sender_doubtful"))
    for key in doubtful:
        connection.execute(
            sa.update(flag).where(flag.c.id == key).values(sender_doubtful=sa.true())
        )
