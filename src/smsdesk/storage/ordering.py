"""Where messages stand: in their thread, and in the case by their times.

Of a thread of thousands an import changes a few dozen; what is written is in proportion to those.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm.util import identity_key

from smsdesk.storage.conversations import ConversationRepository
from smsdesk.storage.repository import slices
from smsdesk.storage.schema import MessageRow

STEP = 4096
"""From one message to the next, so that some find room between them without moving the others;
half a million of them still have positions that any database's integers hold."""

UNPLACED = -1
"""The position of a message that has none yet."""


class OrderingRepository(ConversationRepository):
    """Positions only order: they have gaps, and may be negative."""

    def sort_anew(self, thread_ids: Iterable[int]) -> None:
        """Put the messages of threads where their times now say that they belong.

        One of unknown time goes with the next one above it; writes only what changed.
        """
        self._session.flush()
        for thread_id in thread_ids:
            of_thread = select(MessageRow.id).where(MessageRow.thread_id == thread_id)
            ids = list(self._session.scalars(of_thread.order_by(MessageRow.position)))
            self._sort(ids, ids)

    def _place(self, thread_id: int, ids: Sequence[int], fresh: Collection[int]) -> None:
        """Make *ids* the order of a thread, of which those *fresh* may have other times now."""
        rows = select(MessageRow.id, MessageRow.position).where(MessageRow.thread_id == thread_id)
        known = {row[0]: row[1] for row in self._session.execute(rows)}
        places = spread([known[i] if known[i] != UNPLACED else None for i in ids])
        self._write(
            {"id": i, "position": place}
            for i, place in zip(ids, places, strict=True)
            if known[i] != place
        )
        undated = select(MessageRow.id).where(
            MessageRow.thread_id == thread_id,
            MessageRow.sent_earliest.is_(None),
            MessageRow.sent_latest.is_(None),
        )
        self._sort(ids, {*fresh, *self._session.scalars(undated)})

    def _sort(self, ids: Sequence[int], some: Collection[int]) -> None:
        """Sort *some* of the messages *ids* of a thread, of which all others have times."""
        beside = (pair for pair in pairwise(ids) if pair[0] in some or pair[1] in some)
        wanted = {*chain.from_iterable(beside), *ids[:1]}
        told = self._times(sorted(wanted))
        moments = [(i, told[i][0]) for i in ids if i in wanted]
        last = next((moment for _, moment in moments if moment is not None), None)
        moved: list[dict[str, Any]] = []
        for i, moment in moments:
            last = moment or last
            if told[i][1] != last:
                moved.append({"id": i, "sort_at": last})
        self._write(moved)

    def _times(
        self, ids: Sequence[int]
    ) -> dict[int, tuple[dt.datetime | None, dt.datetime | None]]:
        """Return the moment of each message, and the one by which it is sorted."""
        columns = (
            MessageRow.id,
            MessageRow.sent_earliest,
            MessageRow.sent_latest,
            MessageRow.sort_at,
        )
        rows = (
            row
            for part in slices(ids)
            for row in self._session.execute(select(*columns).where(MessageRow.id.in_(part)))
        )
        return {row.id: (row.sent_earliest or row.sent_latest, row.sort_at) for row in rows}

    def _write(self, values: Iterable[Mapping[str, Any]]) -> None:
        """Write columns of messages (by "id") in one go; what the session knows of them is old."""
        changes = [dict(value) for value in values]
        if not changes:
            return
        self._session.execute(update(MessageRow), changes)
        for value in changes:
            row = self._session.identity_map.get(identity_key(MessageRow, value["id"]))
            if row is not None:
                self._session.expire(row, value.keys() - {"id"})


def spread(known: Sequence[int | None]) -> list[int]:
    """Return ascending positions for messages in their order; most that are *known* stay.

    Where there is no room between two that stay, all get new ones.
    """
    stay = _ascending(known)
    ends = [(-1, None), *((n, known[n]) for n in stay), (len(known), None)]
    places: list[int] = []
    for (above, low), (below, high) in pairwise(ends):
        if low is not None:
            places.append(low)
        count = below - above - 1
        if low is not None and high is not None and high - low <= count:
            return [STEP * number for number in range(len(known))]
        places += _between(low, high, count)
    return places


def _between(low: int | None, high: int | None, count: int) -> Iterator[int]:
    """Yield *count* positions between those of two messages, or before or after one."""
    if low is not None and high is not None:
        return (low + (high - low) * n // (count + 1) for n in range(1, count + 1))
    if high is not None:
        return (high - STEP * n for n in range(count, 0, -1))
    start = -STEP if low is None else low
    return (start + STEP * n for n in range(1, count + 1))


def _ascending(known: Sequence[int | None]) -> list[int]:
    """Return the indices of the longest ascending run of what is *known*, others left out."""
    ends: list[int] = []
    last: list[int] = []
    above: dict[int, int | None] = {}
    for number, position in enumerate(known):
        if position is not None:
            length = bisect_left(ends, position)
            ends[length : length + 1] = [position]
            last[length : length + 1] = [number]
            above[number] = last[length - 1] if length else None
    run: list[int] = []
    upper = last[-1] if last else None
    while upper is not None:
        run.append(upper)
        upper = above[upper]
    return run[::-1]
