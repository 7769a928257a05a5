"""What letters to lenders, authorities and courts ask for beside the names on the cover."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

FIELDS = (
    "claimant_id",
    "claimant_phone",
    "claimant_address",
    "respondent_code",
    "respondent_address",
    "product",
    "contract_number",
    "loan_date",
    "loan_amount",
    "requests",
    "lender_complaint",
)


def upgrade() -> None:
    for name in FIELDS:
        op.add_column("case_card", sa.Column(name, sa.Text(), server_default="", nullable=False))
