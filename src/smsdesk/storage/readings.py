"""What engines read from originals, and what layout made of it."""

from __future__ import annotations

from sqlalchemy import select

from smsdesk.domain.reading import EngineIdentity, Reading, TextLine
from smsdesk.domain.screens import Screen
from smsdesk.storage.codec import from_json, to_json
from smsdesk.storage.repository import Repository
from smsdesk.storage.schema import ReadingRow


class ReadingRepository(Repository):
    """All readings are kept; the latest of an original is the one that counts."""

    def add(self, original_id: int, reading: Reading, screen: Screen) -> None:
        """Store what was read from an original."""
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
        )
        self._session.add(row)
        self._session.flush()

    def get(self, original_id: int) -> tuple[Reading, Screen] | None:
        """Return the latest reading of an original, None if it was not read."""
        latest = (
            select(ReadingRow)
            .where(ReadingRow.case_id == self._case_id, ReadingRow.original_id == original_id)
            .order_by(ReadingRow.id.desc())
            .limit(1)
        )
        row = self._session.scalar(latest)
        if row is None:
            return None
        engine = EngineIdentity(row.engine_name, row.engine_version, row.engine_model_sha256)
        lines = from_json(tuple[TextLine, ...], row.lines)
        return Reading(engine, row.width, row.height, lines), from_json(Screen, row.screen)

    def list_engines(self) -> list[EngineIdentity]:
        """Return the engines whose readings the case holds, by name and version."""
        columns = (
            ReadingRow.engine_name,
            ReadingRow.engine_version,
            ReadingRow.engine_model_sha256,
        )
        engines = select(*columns).where(ReadingRow.case_id == self._case_id).distinct()
        return [EngineIdentity(*row) for row in self._session.execute(engines.order_by(*columns))]
