"""Sightings by the originals that show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, select

from smsdesk.domain.geometry import Box
from smsdesk.domain.messages import Sighting
from smsdesk.domain.screens import ScreenKind
from smsdesk.domain.threads import ThreadKey
from smsdesk.domain.times import CaptureMoment, date_messages
from smsdesk.storage.codec import from_json, to_json
from smsdesk.storage.conversations import key_in
from smsdesk.storage.presence import is_present
from smsdesk.storage.repository import Repository
from smsdesk.storage.rows import sighting_of
from smsdesk.storage.schema import (
    MessageRow,
    ScreenSketchRow,
    SightingRow,
    ThreadPartRow,
    ThreadRow,
)


class SightingRepository(Repository):
    """What originals show, whichever thread it belongs to."""

    def unjoined_originals(self) -> list[int]:
        """Return the originals with sightings that belong to no message yet, as imported.

        Those that were taken out wait for nothing.
        """
        waiting = select(SightingRow.original_id).where(
            SightingRow.case_id == self._case_id,
            SightingRow.message_id.is_(None),
            is_present(SightingRow.original_id),
        )
        return list(self._session.scalars(waiting.distinct().order_by(SightingRow.original_id)))

    def lines_of(self, original_id: int) -> list[tuple[str, Box]]:
        """Return the texts that an original shows, and where, from the top."""
        rows = (
            select(SightingRow.text, SightingRow.box)
            .where(SightingRow.original_id == original_id)
            .order_by(SightingRow.position)
        )
        return [(text, from_json(Box, box)) for text, box in self._session.execute(rows)]

    def on_page(self, original_id: int, page: int) -> list[tuple[int, Sighting]]:
        """Return what a page shows, each with the id of its message."""
        rows = self._session.scalars(
            select(SightingRow).where(
                SightingRow.case_id == self._case_id,
                SightingRow.original_id == original_id,
                SightingRow.page == page,
                SightingRow.message_id.is_not(None),
            )
        )
        return [(row.message_id, sighting_of(row)) for row in rows if row.message_id is not None]

    def date_anew(self, original_id: int, captured: CaptureMoment) -> None:
        """Resolve the labels of an original's sightings against another moment of it."""
        self._forget_sketches(original_id)
        rows = self._session.scalars(
            select(SightingRow)
            .where(SightingRow.original_id == original_id)
            .order_by(SightingRow.position)
        ).all()
        seen = [sighting_of(row) for row in rows]
        labels = [(sighting.sent.label, sighting.label_scope) for sighting in seen]
        kind = rows[0].screen_kind if rows else ScreenKind.THREAD
        for row, sent in zip(rows, date_messages(labels, captured, kind), strict=True):
            row.sent = to_json(sent)

    def times_of(self, original_ids: Sequence[int]) -> dict[int, object]:
        """Return what the labels of these originals were resolved to, by sighting, as JSON."""
        rows = select(SightingRow.id, SightingRow.sent).where(
            SightingRow.case_id == self._case_id, SightingRow.original_id.in_(original_ids)
        )
        return dict(iter(self._session.execute(rows)))

    def set_times(self, times: Mapping[int, object]) -> None:
        """Bring back what `times_of` returned."""
        for number, sent in times.items():
            row = self._session.get(SightingRow, number)
            if row is not None and row.sent != sent:
                row.sent = sent
                self._forget_sketches(row.original_id)

    def _forget_sketches(self, original_id: int) -> None:
        about = ScreenSketchRow.original_id == original_id
        self._session.execute(delete(ScreenSketchRow).where(about))

    def threads_on(self, original_id: int) -> list[ThreadKey]:
        """Return the conversations that an original shows."""
        ids = select(SightingRow.thread_id).where(SightingRow.original_id == original_id)
        roots = func.coalesce(ThreadPartRow.root_id, ThreadRow.id)
        of_these = (
            select(roots)
            .outerjoin_from(ThreadRow, ThreadPartRow, ThreadPartRow.thread_id == ThreadRow.id)
            .where(ThreadRow.id.in_(ids))
        )
        rows = select(ThreadRow).where(ThreadRow.id.in_(of_these)).order_by(ThreadRow.id)
        return [key_in(row) for row in self._session.scalars(rows)]

    def shown_together(self, original_ids: Sequence[int]) -> dict[int, list[int]]:
        """Return, for each original, the ids of the messages that it shows, in thread order."""
        rows = self._session.execute(
            select(SightingRow.original_id, SightingRow.message_id)
            .join(MessageRow, MessageRow.id == SightingRow.message_id)
            .where(SightingRow.original_id.in_(original_ids), MessageRow.case_id == self._case_id)
            .order_by(MessageRow.thread_id, MessageRow.position)
        )
        shown: dict[int, list[int]] = {original_id: [] for original_id in original_ids}
        for original_id, message_id in rows:
            if message_id is not None:
                shown[original_id].append(message_id)
        return shown
