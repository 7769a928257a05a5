"""The import queue, kept in the case so that an interrupted import goes on where it was."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Select, select

from smsdesk.domain.cases import ImportItem, ImportStatus
from smsdesk.storage.repository import Repository
from smsdesk.storage.schema import ImportItemRow


class QueueRepository(Repository):
    """One line for each file that was ever imported, or for each page of it, in that order."""

    def add(self, item: ImportItem) -> ImportItem:
        """Store a line; return it with its id."""
        values = asdict(item)
        del values["id"]
        return _item(self._add(ImportItemRow(case_id=self._case_id, **values)))

    def update(self, item: ImportItem) -> None:
        """Replace the line with the id of *item*; KeyError if there is none."""
        row = self._row(ImportItemRow, item.id)
        for name, value in asdict(item).items():
            setattr(row, name, value)

    def pending(self) -> list[ImportItem]:
        """Return the lines that are stored but still to be read."""
        return self._items(self._lines().where(ImportItemRow.status == ImportStatus.QUEUED))

    def all(self) -> list[ImportItem]:
        """Return all lines."""
        return self._items(self._lines())

    def _lines(self) -> Select[ImportItemRow]:
        return select(ImportItemRow).where(ImportItemRow.case_id == self._case_id)

    def _items(self, lines: Select[ImportItemRow]) -> list[ImportItem]:
        return [_item(row) for row in self._session.scalars(lines.order_by(ImportItemRow.id))]


def _item(row: ImportItemRow) -> ImportItem:
    return ImportItem(
        row.id, row.path, row.status, row.original_id, row.reason, row.detail, row.twin, row.page
    )
