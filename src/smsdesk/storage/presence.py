"""Which originals count: those that nobody took out of the case."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from smsdesk.storage.schema import RemovedOriginalRow


def is_present(original_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Say of a column of originals' ids that the original was not taken out."""
    return original_id.not_in(select(RemovedOriginalRow.original_id))
