"""Keep what an import was asked for, so that one cut short while storing can go on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("paths", JSON, nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("captured_for_all", sa.Boolean(), nullable=False),
        sa.Column("stored", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_card.id"], name="fk_import_batch_case_id_case_card"
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name="fk_import_batch_device_id_device"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_batch"),
        sqlite_autoincrement=True,
    )
    lasting_ids = {"sqlite_autoincrement": True}  # a table made anew would lose it
    with op.batch_alter_table("import_item", table_kwargs=lasting_ids) as table:
        table.add_column(sa.Column("batch_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            "fk_import_item_batch_id_import_batch", "import_batch", ["batch_id"], ["id"]
        )
