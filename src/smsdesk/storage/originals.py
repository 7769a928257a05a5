"""Originals: what is known of them, and their bytes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import JSON, ColumnElement, func, insert, select, true, type_coerce

from smsdesk.domain.cases import Original
from smsdesk.domain.screens import StatusBar
from smsdesk.domain.times import CaptureMoment, Contradiction, contradictions
from smsdesk.storage.codec import from_json, to_json
from smsdesk.storage.presence import is_present
from smsdesk.storage.repository import Repository
from smsdesk.storage.schema import (
    OriginalBytesRow,
    OriginalCopyRow,
    OriginalRow,
    ReadingRow,
    SightingRow,
)


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
        row = self._row(OriginalRow, original_id)
        return self._with_contradictions([_original(row, self._better(row.id))])[0]

    def by_sha256(self, sha256: str) -> Original | None:
        """Return the original with that hash, None if there is none."""
        twin = select(OriginalRow).where(
            OriginalRow.case_id == self._case_id, OriginalRow.sha256 == sha256
        )
        row = self._session.scalar(twin)
        return None if row is None else _original(row, self._better(row.id))

    def all(self) -> list[Original]:
        """Return the originals in order of capture; those of unknown moment last, as imported.

        Those that were taken out of the case are left out: see `every`, and `removals.all`.
        """
        return self._ordered(is_present(OriginalRow.id))

    def every(self) -> list[Original]:
        """Return all originals that the case file holds, those taken out too, ordered as `all`."""
        return self._ordered(true())

    def _ordered(self, which: ColumnElement[bool]) -> list[Original]:
        rows = (
            select(OriginalRow, OriginalCopyRow.better_id)
            .outerjoin(OriginalCopyRow, OriginalCopyRow.original_id == OriginalRow.id)
            .where(OriginalRow.case_id == self._case_id, which)
            .order_by(OriginalRow.captured_at.asc().nulls_last(), OriginalRow.id)
        )
        return self._with_contradictions([_original(*row) for row in self._session.execute(rows)])

    def _with_contradictions(self, originals: Sequence[Original]) -> list[Original]:
        """Return the originals with what their pictures say against their moments."""
        only = [one.id for one in originals] if len(originals) == 1 else None
        bars, labels = self._status_bars(only), self._labels(only)
        return [_held_against(one, bars[one.id], labels[one.id]) for one in originals]

    def _status_bars(self, only: Sequence[int] | None) -> defaultdict[int, list[StatusBar]]:
        """Return what the latest reading of each page found, of all originals or *only*."""
        bar = type_coerce(ReadingRow.screen, JSON)["status_bar"]
        shown = select(ReadingRow.original_id, ReadingRow.page, bar).where(
            ReadingRow.case_id == self._case_id
        )
        if only is not None:
            shown = shown.where(ReadingRow.original_id.in_(only))
        read = self._session.execute(shown.order_by(ReadingRow.id))
        latest = {(original_id, page): found for original_id, page, found in read if found}
        bars: defaultdict[int, list[StatusBar]] = defaultdict(list)
        for (original_id, _), found in sorted(latest.items(), key=lambda item: item[0]):
            bars[original_id].append(from_json(StatusBar, found))
        return bars

    def _labels(self, only: Sequence[int] | None) -> defaultdict[int, set[str]]:
        drawn = select(
            SightingRow.original_id, type_coerce(SightingRow.sent, JSON)["label"].as_string()
        ).where(SightingRow.case_id == self._case_id)
        if only is not None:
            drawn = drawn.where(SightingRow.original_id.in_(only))
        labels: defaultdict[int, set[str]] = defaultdict(set)
        for original_id, label in self._session.execute(drawn.distinct()):
            if label:
                labels[original_id].add(label)
        return labels

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

    def lacking_bytes(self) -> set[int]:
        """Return the originals whose bytes the file does not hold, though it knows of them."""
        kept = select(OriginalBytesRow.original_id)
        rows = select(OriginalRow.id).where(
            OriginalRow.case_id == self._case_id, OriginalRow.id.not_in(kept)
        )
        return set(self._session.scalars(rows))

    def count(self) -> int:
        """Return how many originals there are; those that were taken out do not count."""
        same_case = OriginalRow.case_id == self._case_id
        counted = select(func.count()).where(same_case, is_present(OriginalRow.id))
        return self._session.scalars(counted).one()

    def came_since(self, moment: dt.datetime) -> bool:
        """Say whether an original was imported after *moment*."""
        newest = select(func.max(OriginalRow.imported_at)).where(
            OriginalRow.case_id == self._case_id
        )
        found = self._session.scalar(newest)
        return found is not None and found > moment

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

    def family_of(self, original_id: int) -> list[Original]:
        """Return an original with all that show the same picture, by id, those taken out too."""
        root = self._better(original_id) or original_id
        return sorted([self.get(root), *self.copies_of(root)], key=lambda one: one.id)

    def regroup(self, better_id: int, copy_ids: Sequence[int]) -> None:
        """Make one picture the better of a family, whatever it was before; the others its copies.

        A family of one has no links.
        """
        for original_id in (better_id, *copy_ids):
            row = self._session.get(OriginalCopyRow, original_id)
            if row is not None:
                self._session.delete(row)
        self._session.flush()
        self._session.add_all(
            OriginalCopyRow(original_id=copy_id, better_id=better_id, case_id=self._case_id)
            for copy_id in copy_ids
        )
        self._session.flush()

    def _better(self, original_id: int) -> int | None:
        row = self._session.get(OriginalCopyRow, original_id)
        return None if row is None else row.better_id


def _held_against(
    original: Original, bars: Sequence[StatusBar], labels: Collection[str]
) -> Original:
    """Return an original with what its pages say against its moment, and the clock that does."""
    found = [(bar, contradictions(original.captured, bar, labels)) for bar in bars]
    found.sort(key=lambda pair: Contradiction.CLOCK not in pair[1])
    if not found:
        return original
    bar, against = found[0]
    return replace(original, status_clock=bar.time, contradictions=against)


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
