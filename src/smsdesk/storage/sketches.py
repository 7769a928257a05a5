"""What is kept of screens in short, so that a long thread need not be read whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select

from smsdesk.domain.threads import KeptSketch
from smsdesk.storage.presence import is_present
from smsdesk.storage.repository import Repository
from smsdesk.storage.schema import OriginalCopyRow, OriginalRow, ScreenSketchRow, SightingRow


class SketchRepository(Repository):
    """Sketches are kept by the thread that has the messages; its parts are among its *group*.

    Whatever changes what a page shows of a thread lets its sketch go (`SightingRepository`,
    `ConversationRepository`); it is made anew when the thread is joined the next time.
    """

    def of_thread(self, thread_id: int, form: int) -> list[KeptSketch]:
        """Return the sketches of this *form* of the originals that count, by capture and import."""
        columns = (
            ScreenSketchRow.original_id,
            ScreenSketchRow.page,
            OriginalRow.captured_at,
            OriginalCopyRow.better_id,
            ScreenSketchRow.data,
            ScreenSketchRow.dated,
            ScreenSketchRow.borrows,
        )
        rows = self._session.execute(
            select(*columns)
            .join(OriginalRow, OriginalRow.id == ScreenSketchRow.original_id)
            .outerjoin(OriginalCopyRow, OriginalCopyRow.original_id == OriginalRow.id)
            .where(
                ScreenSketchRow.thread_id == thread_id,
                ScreenSketchRow.form == form,
                is_present(ScreenSketchRow.original_id),
            )
            .order_by(
                OriginalRow.captured_at.asc().nulls_last(),
                ScreenSketchRow.original_id,
                ScreenSketchRow.page,
            )
        )
        return [KeptSketch(*row) for row in rows]

    def missing(self, thread_id: int, group: Sequence[int], form: int) -> list[tuple[int, int]]:
        """Return the pages (and their originals) of a thread without a sketch of this *form*."""
        sketched = (
            select(ScreenSketchRow.page)
            .where(
                ScreenSketchRow.thread_id == thread_id,
                ScreenSketchRow.original_id == SightingRow.original_id,
                ScreenSketchRow.page == SightingRow.page,
                ScreenSketchRow.form == form,
            )
            .exists()
        )
        pages = (
            select(SightingRow.original_id, SightingRow.page)
            .where(SightingRow.thread_id.in_(group), ~sketched, is_present(SightingRow.original_id))
            .distinct()
        )
        return [(row.original_id, row.page) for row in self._session.execute(pages)]

    def keep(self, thread_id: int, form: int, sketches: Iterable[KeptSketch]) -> None:
        """Keep sketches of pages of a thread, in the place of such of another form."""
        rows = [
            {
                "thread_id": thread_id,
                "original_id": sketch.original_id,
                "page": sketch.page,
                "case_id": self._case_id,
                "form": form,
                "data": sketch.data,
                "dated": sketch.dated,
                "borrows": sketch.borrows,
            }
            for sketch in sketches
        ]
        if not rows:
            return
        other = ScreenSketchRow.form != form
        old = delete(ScreenSketchRow).where(ScreenSketchRow.thread_id == thread_id, other)
        self._session.execute(old)
        self._session.execute(insert(ScreenSketchRow), rows)
