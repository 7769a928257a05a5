"""What engines read from originals, and what layout made of it."""

from __future__ import annotations

from sqlalchemy import select

from smsdesk.domain.reading import EngineIdentity, Reading, TextLine
from smsdesk.domain.screens import Screen
from smsdesk.storage.codec import from_json, to_json
from smsdesk.storage.repository import Repository
from smsdesk.storage.schema import ReadingRow


class ReadingRepository(Repository):
    """All readings are kept; the latest of a page is the one that counts."""

    def add(self, original_id: int, reading: Reading, screen: Screen, page: int = 0) -> None:
        """Store what was read from a page of an original."""
        row = ReadingRow(
            case_id=self._case_id,
            original_id=original_id,
            engine_name=reading.engine.name,
            engine_version=reading.engine.version,
            engine_model_sha256=reading.engine.model_sha256,
            width=reading.width,
            height=reading.height,
            lines=to_json(reading.lines),
            screen=to_json(screen),
            page=page,
        )
        self._session.add(row)
        self._session.flush()

    def get(self, original_id: int, page: int = 0) -> tuple[Reading, Screen] | None:
        """Return the latest reading of a page, None if it was not read."""
        latest = (
            select(ReadingRow)
            .where(
                ReadingRow.case_id == self._case_id,
                ReadingRow.original_id == original_id,
                ReadingRow.page == page,
            )
            .order_by(ReadingRow.id.desc())
            .limit(1)
        )
        row = self._session.scalar(latest)
        if row is None:
            return None
        engine = EngineIdentity(row.engine_name, row.engine_version, row.engine_model_sha256)
        lines = from_json(tuple[TextLine, ...], row.lines)
        return Reading(engine, row.width, row.height, lines), from_json(Screen, row.screen)

    def pages(self) -> set[tuple[int, int]]:
        """Return all pages that were read, as (original id, page)."""
        pages = select(ReadingRow.original_id, ReadingRow.page).distinct()
        rows = self._session.execute(pages.where(ReadingRow.case_id == self._case_id))
        return {(original_id, page) for original_id, page in rows}

    def list_engines(self) -> list[EngineIdentity]:
        """Return the engines whose readings the case holds, by name and version."""
        columns = (
            ReadingRow.engine_name,
            ReadingRow.engine_version,
            ReadingRow.engine_model_sha256,
        )
        engines = select(*columns).where(ReadingRow.case_id == self._case_id).distinct()
        return [EngineIdentity(*row) for row in self._session.execute(engines.order_by(*columns))]
