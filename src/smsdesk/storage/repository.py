"""What all repositories share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy.orm import Session

from smsdesk.storage.schema import (
    AttachmentRow,
    DeviceRow,
    ExhibitGroupRow,
    FindingRow,
    ImportBatchRow,
    ImportItemRow,
    MessageRow,
    OriginalRow,
)

Row = TypeVar(
    "Row",
    AttachmentRow,
    DeviceRow,
    ExhibitGroupRow,
    FindingRow,
    ImportBatchRow,
    ImportItemRow,
    MessageRow,
    OriginalRow,
)
T = TypeVar("T")

_IDS_A_QUERY = 500
"""Older SQLite takes no more than 999 parameters."""


class Repository:
    """Reads and writes the rows of one case through one session."""

    def __init__(self, session: Session, case_id: int) -> None:
        self._session = session
        self._case_id = case_id

    def _row(self, kind: type[Row], key: int) -> Row:
        """Return the row with the id *key*; KeyError if this case has none."""
        row = self._session.get(kind, key)
        if row is None or row.case_id != self._case_id:
            raise KeyError(f"{kind.__tablename__} {key}")
        return row

    def _add(self, row: Row) -> Row:
        """Store *row* now, so that it has its id."""
        self._session.add(row)
        self._session.flush()
        return row


def slices(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield *items* in runs short enough for one query's parameters."""
    for start in range(0, len(items), _IDS_A_QUERY):
        yield items[start : start + _IDS_A_QUERY]
