"""Take out of a COPY of a case what originals show that a person took out of the case (移出).

Never for a case itself: it takes the triggers away that keep originals as they were. What
identifies those originals stays (name, size, hashes, when and why they went), and so does the whole
custody log, since one with holes could not be checked. Their bytes, what was read of them, and the
work on messages that only they showed are gone from the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, or_, select, update
from sqlalchemy import delete as delete_from

from smsdesk.storage import triggers
from smsdesk.storage.faults import told_as_faults
from smsdesk.storage.former import sightings_in
from smsdesk.storage.repository import slices
from smsdesk.storage.schema import (
    FormerMessageRow,
    JoinDecisionRow,
    JoinedBlockRow,
    MessageRow,
    OpenPairRow,
    OriginalBytesRow,
    ReadingRow,
    RemovedOriginalRow,
    RemovedWorkRow,
    ScreenSketchRow,
    SightingRow,
    ThreadApartRow,
    ThreadPartRow,
    ThreadRecipientRow,
    ThreadRow,
)
from smsdesk.storage.sqlite import connect


def withhold(copy: Path) -> None:
    """Leave what removed originals show out of *copy*; nothing of it is left in free pages."""
    with triggers.unguarded(copy) as connection:
        _forget(connection)
    with told_as_faults(copy), closing(connect(copy)) as plain:
        plain.execute("VACUUM")  # what was deleted would still be found in the file


def _forget(connection: Connection) -> None:
    removed = select(RemovedOriginalRow.original_id)
    shown = select(SightingRow.id, SightingRow.thread_id).where(
        SightingRow.original_id.in_(removed)
    )
    rows = connection.execute(shown).all()
    _forget_answers(connection, [row.id for row in rows])
    connection.execute(delete_from(RemovedWorkRow))
    connection.execute(update(RemovedOriginalRow).values(copies=[]))
    for table in (SightingRow, ScreenSketchRow, ReadingRow, OriginalBytesRow):
        connection.execute(delete_from(table).where(table.original_id.in_(removed)))
    _forget_threads(connection, {row.thread_id for row in rows})


def _forget_answers(connection: Connection, sightings: Sequence[int]) -> None:
    """Forget what was asked, said and kept of these sightings."""
    for ids in slices(sightings):
        for pair in (JoinDecisionRow, OpenPairRow):
            either = or_(pair.one_id.in_(ids), pair.other_id.in_(ids))
            connection.execute(delete_from(pair).where(either))
    columns = FormerMessageRow.message_id, FormerMessageRow.sightings, FormerMessageRow.before
    gone = set(sightings)
    about = [
        row.message_id
        for row in connection.execute(select(*columns)).all()
        if not gone.isdisjoint(sightings_in(row.sightings, row.before))
    ]
    for ids in slices(about):
        connection.execute(
            delete_from(FormerMessageRow).where(FormerMessageRow.message_id.in_(ids))
        )


def _forget_threads(connection: Connection, threads: Iterable[int]) -> None:
    """Forget the threads, of these, that nothing in the case belongs to any more."""
    used = set(connection.scalars(select(SightingRow.thread_id)))
    used |= set(connection.scalars(select(MessageRow.thread_id)))
    parts = connection.execute(select(ThreadPartRow.thread_id, ThreadPartRow.root_id)).all()
    used |= {part.root_id for part in parts if part.thread_id in used}
    for ids in slices(sorted(set(threads) - used)):
        for table in (JoinedBlockRow, ScreenSketchRow, ThreadPartRow, ThreadRecipientRow):
            connection.execute(delete_from(table).where(table.thread_id.in_(ids)))
        either = or_(ThreadApartRow.one_id.in_(ids), ThreadApartRow.other_id.in_(ids))
        connection.execute(delete_from(ThreadApartRow).where(either))
        connection.execute(delete_from(ThreadRow).where(ThreadRow.id.in_(ids)))
