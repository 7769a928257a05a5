"""The import queue, kept in the case so that an interrupted import goes on where it was."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict

from sqlalchemy import Select, func, select

from smsdesk.domain.cases import ImportBatch, ImportItem, ImportStatus
from smsdesk.storage.codec import from_json
from smsdesk.storage.columns import clean
from smsdesk.storage.repository import Repository
from smsdesk.storage.schema import ImportBatchRow, ImportItemRow


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

    def get(self, item_id: int) -> ImportItem:
        """Return a line; KeyError if there is none."""
        return _item(self._row(ImportItemRow, item_id))

    def pending(self) -> list[ImportItem]:
        """Return the lines that are stored but still to be read."""
        return self.with_status({ImportStatus.QUEUED})

    def with_status(self, statuses: Collection[ImportStatus]) -> list[ImportItem]:
        """Return the lines that are in one of these states."""
        return self._items(self._lines().where(ImportItemRow.status.in_(statuses)))

    def counts(self) -> dict[ImportStatus, int]:
        """Return how many lines are in each state."""
        counted = (
            select(ImportItemRow.status, func.count())
            .where(ImportItemRow.case_id == self._case_id)
            .group_by(ImportItemRow.status)
        )
        counts = dict.fromkeys(ImportStatus, 0)
        for status, count in self._session.execute(counted):
            counts[status] = count
        return counts

    def all(self) -> list[ImportItem]:
        """Return all lines."""
        return self._items(self._lines())

    def begin(self, batch: ImportBatch) -> ImportBatch:
        """Keep what an import was asked for; return it with its id."""
        values = {**asdict(batch), "paths": [clean(path) for path in batch.paths]}
        del values["id"]
        return _batch(self._add(ImportBatchRow(case_id=self._case_id, **values)))

    def batch(self, batch_id: int) -> ImportBatch:
        """Return an import; KeyError if there is none."""
        return _batch(self._row(ImportBatchRow, batch_id))

    def set_stored(self, batch_id: int) -> None:
        """Note that every file of an import has its line."""
        self._row(ImportBatchRow, batch_id).stored = True

    def cut_short(self) -> list[ImportBatch]:
        """Return the imports of which files may still lack their line."""
        rows = select(ImportBatchRow).where(
            ImportBatchRow.case_id == self._case_id, ImportBatchRow.stored.is_(False)
        )
        return [_batch(row) for row in self._session.scalars(rows.order_by(ImportBatchRow.id))]

    def sources_of(self, batch_id: int) -> set[str]:
        """Return where the files of an import lay that have their line."""
        paths = select(ImportItemRow.path).where(ImportItemRow.batch_id == batch_id)
        return set(self._session.scalars(paths))

    def _lines(self) -> Select[ImportItemRow]:
        return select(ImportItemRow).where(ImportItemRow.case_id == self._case_id)

    def _items(self, lines: Select[ImportItemRow]) -> list[ImportItem]:
        return [_item(row) for row in self._session.scalars(lines.order_by(ImportItemRow.id))]


def _item(row: ImportItemRow) -> ImportItem:
    return ImportItem(
        row.id,
        row.path,
        row.status,
        row.original_id,
        row.reason,
        row.detail,
        row.twin,
        row.page,
        row.batch_id,
    )


def _batch(row: ImportBatchRow) -> ImportBatch:
    return ImportBatch(
        id=row.id,
        paths=from_json(tuple[str, ...], row.paths),
        device_id=row.device_id,
        started_at=row.started_at,
        captured_at=row.captured_at,
        captured_for_all=row.captured_for_all,
        stored=row.stored,
    )
