"""The catalogue of exhibits, and files of other kinds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")

_GROUPS = (
    ("主体与债权债务关系", 1, "relation"),
    ("短信", 2, "messages"),
    ("损害后果", 3, "harm"),
)


def upgrade() -> None:
    _create_attachment()
    _create_attachment_bytes()
    _create_exhibit_group()
    _create_exhibit()
    _create_exhibit_file()
    _give_groups_to_cases()


def _create_attachment() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("sm3", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file_time", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("page_sizes", JSON, nullable=False),
        _key("attachment", "case_id", "case_card"),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
        sa.UniqueConstraint("case_id", "sha256", name="uq_attachment_case_id_sha256"),
        sqlite_autoincrement=True,
    )


def _create_attachment_bytes() -> None:
    op.create_table(
        "attachment_bytes",
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        _key("attachment_bytes", "attachment_id", "attachment"),
        _key("attachment_bytes", "case_id", "case_card"),
        sa.PrimaryKeyConstraint("attachment_id", name="pk_attachment_bytes"),
    )


def _create_exhibit_group() -> None:
    op.create_table(
        "exhibit_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        _key("exhibit_group", "case_id", "case_card"),
        sa.PrimaryKeyConstraint("id", name="pk_exhibit_group"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_exhibit_group_case", "exhibit_group", ["case_id", "position"])


def _create_exhibit() -> None:
    op.create_table(
        "exhibit",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("anchor_id", sa.Integer(), nullable=True),
        *(
            sa.Column(name, sa.Text(), nullable=True)
            for name in ("name", "source", "proves", "summary")
        ),
        sa.Column("copies", sa.Integer(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        _key("exhibit", "case_id", "case_card"),
        _key("exhibit", "group_id", "exhibit_group"),
        _key("exhibit", "anchor_id", "original"),
        sa.PrimaryKeyConstraint("case_id", "key", name="pk_exhibit"),
    )


def _create_exhibit_file() -> None:
    op.create_table(
        "exhibit_file",
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _key("exhibit_file", "attachment_id", "attachment"),
        _key("exhibit_file", "case_id", "case_card"),
        sa.ForeignKeyConstraint(
            ["case_id", "key"],
            ["exhibit.case_id", "exhibit.key"],
            name="fk_exhibit_file_case_id_exhibit",
        ),
        sa.PrimaryKeyConstraint("attachment_id", name="pk_exhibit_file"),
    )
    op.create_index("ix_exhibit_file_exhibit", "exhibit_file", ["case_id", "key"])


def _give_groups_to_cases() -> None:
    group = sa.table(
        "exhibit_group",
        sa.column("case_id", sa.Integer()),
        sa.column("title", sa.Text()),
        sa.column("position", sa.Integer()),
        sa.column("role", sa.String()),
    )
    cases = op.get_bind().execute(sa.text("SELECT id FROM case_card")).scalars().all()
    rows = [
        {"case_id": case_id, "title": title, "position": position, "role": role}
        for case_id in cases
        for title, position, role in _GROUPS
    ]
    if rows:
        op.bulk_insert(group, rows)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}")
