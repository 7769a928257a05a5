"""Originals: what is known of them, and their bytes."""

from __future__ import annotations

from sqlalchemy import func, insert, select

from smsdesk.domain.cases import Original
from smsdesk.domain.times import CaptureMoment
from smsdesk.storage.codec import from_json, to_json
from smsdesk.storage.repository import Repository
from smsdesk.storage.schema import OriginalBytesRow, OriginalCopyRow, OriginalRow


class OriginalRepository(Repository):
    """Originals are added and read; nothing here can change or remove their bytes."""

    def add(self, original: Original, data: bytes) -> Original:
        """Store an original with its exact bytes; return it with its id.

        The database refuses a second one with the same SHA-256: ask `by_sha256` before.
        """
        row = self._add(
            OriginalRow(
                case_id=self._case_id,
                device_id=original.device_id,
                sha256=original.sha256,
                sm3=original.sm3,
                size=original.size,
                media_type=original.media_type,
                file_name=original.file_name,
                source=original.source,
                width=original.width,
                height=original.height,
                file_time=original.file_time,
                exif_time=original.exif_time,
                captured_at=original.captured.at,
                captured_source=original.captured.source,
                imported_at=original.imported_at,
                page_sizes=to_json(original.page_sizes),
            )
        )
        self._session.execute(
            insert(OriginalBytesRow).values(original_id=row.id, case_id=self._case_id, data=data)
        )
        return _original(row, None)

    def get(self, original_id: int) -> Original:
        """Return an original; KeyError if there is none."""
        return _original(self._row(OriginalRow, original_id), self._better(original_id))

    def by_sha256(self, sha256: str) -> Original | None:
        """Return the original with that hash, None if there is none."""
        twin = select(OriginalRow).where(
            OriginalRow.case_id == self._case_id, OriginalRow.sha256 == sha256
        )
        row = self._session.scalar(twin)
        return None if row is None else _original(row, self._better(row.id))

    def all(self) -> list[Original]:
        """Return all originals in order of capture; those of unknown moment last, as imported."""
        rows = (
            select(OriginalRow, OriginalCopyRow.better_id)
            .outerjoin(OriginalCopyRow, OriginalCopyRow.original_id == OriginalRow.id)
            .where(OriginalRow.case_id == self._case_id)
            .order_by(OriginalRow.captured_at.asc().nulls_last(), OriginalRow.id)
        )
        return [_original(row, better) for row, better in self._session.execute(rows)]

    def data(self, original_id: int) -> bytes:
        """Return the bytes as they are stored now; checking their hash is the caller's part.

        KeyError if there are none.
        """
        stored = select(OriginalBytesRow.data).where(
            OriginalBytesRow.original_id == original_id,
            OriginalBytesRow.case_id == self._case_id,
        )
        data = self._session.scalar(stored)
        if data is None:
            raise KeyError(f"bytes of original {original_id}")
        return data

    def count(self) -> int:
        """Return how many originals there are."""
        same_case = OriginalRow.case_id == self._case_id
        return self._session.scalars(select(func.count()).where(same_case)).one()

    def set_captured(self, original_id: int, captured: CaptureMoment) -> None:
        """Replace when the screenshot was taken, and how that is known."""
        row = self._row(OriginalRow, original_id)
        row.captured_at = captured.at
        row.captured_source = captured.source

    def link_copy(self, original_id: int, better_id: int) -> None:
        """Note that an original shows the same picture as a better one, and so do its copies."""
        copies = select(OriginalCopyRow).where(OriginalCopyRow.better_id == original_id)
        for row in self._session.scalars(copies):
            row.better_id = better_id
        self._session.add(
            OriginalCopyRow(original_id=original_id, better_id=better_id, case_id=self._case_id)
        )
        self._session.flush()

    def copies_of(self, better_id: int) -> list[Original]:
        """Return the copies of an original."""
        rows = (
            select(OriginalRow)
            .join(OriginalCopyRow, OriginalCopyRow.original_id == OriginalRow.id)
            .where(OriginalCopyRow.better_id == better_id)
            .order_by(OriginalRow.id)
        )
        return [_original(row, better_id) for row in self._session.scalars(rows)]

    def _better(self, original_id: int) -> int | None:
        row = self._session.get(OriginalCopyRow, original_id)
        return None if row is None else row.better_id


def _original(row: OriginalRow, copy_of: int | None) -> Original:
    return Original(
        id=row.id,
        sha256=row.sha256,
        sm3=row.sm3,
        size=row.size,
        media_type=row.media_type,
        file_name=row.file_name,
        source=row.source,
        width=row.width,
        height=row.height,
        file_time=row.file_time,
        exif_time=row.exif_time,
        captured=CaptureMoment(row.captured_at, row.captured_source),
        imported_at=row.imported_at,
        device_id=row.device_id,
        page_sizes=from_json(tuple[tuple[int, int], ...], row.page_sizes),
        copy_of=copy_of,
    )
