"""Originals of several pages: PDFs and TIFFs; what older cases hold has one page each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":  # it does not guard the new column: made anew after
        op.execute("DROP TRIGGER IF EXISTS keep_original_update")
    op.add_column("original", sa.Column("page_sizes", JSON, server_default="[]", nullable=False))
    op.add_column("import_item", sa.Column("page", sa.Integer(), nullable=True))
    for table in ("reading", "sighting"):
        op.add_column(table, sa.Column("page", sa.Integer(), server_default="0", nullable=False))
