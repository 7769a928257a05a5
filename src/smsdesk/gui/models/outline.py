"""The rows of the message list: messages under their days, with gaps between."""

from __future__ import annotations

import datetime as dt
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from smsdesk.domain.messages import Continuity, Listed
from smsdesk.domain.times import CHINA


class RowKind(IntEnum):
    """What a row of the list is."""

    DAY = 0
    GAP = 1
    MESSAGE = 2


@dataclass(frozen=True, slots=True)
class Gap:
    """Between two moments no screenshot shows the thread of the message below; None: unknown.

    `how` says how the message below follows: whether messages are missing may still be open.
    """

    after: dt.datetime | None
    before: dt.datetime | None
    how: Continuity = Continuity.GAP


@dataclass(slots=True)
class DayHead:
    """A day and how many messages of the list it has; None for messages without a time."""

    day: dt.date | None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `ordinal` is the message's place in Outline.ids, that of the one below a mark."""

    kind: RowKind
    ordinal: int
    head: DayHead | None = None
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """The ids of a list in order, and where in the rows each one and each mark stands.

    Kept in plain arrays: a hundred thousand small objects would make every collection of
    garbage a pause that a person notices.
    """

    ids: array[int] = field(default_factory=lambda: array("q"))
    rows: array[int] = field(default_factory=lambda: array("q"))
    marks: dict[int, DayHead | Gap] = field(default_factory=dict)
    ordinals: dict[int, int] = field(default_factory=dict)
    heads: array[int] = field(default_factory=lambda: array("q"))
    """The rows of the day heads."""

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.ids) + len(self.marks)

    def row(self, number: int) -> Row:
        """Return what a row shows."""
        ordinal = bisect_left(self.rows, number)
        mark = self.marks.get(number)
        if isinstance(mark, DayHead):
            return Row(RowKind.DAY, ordinal, head=mark)
        if mark is not None:
            return Row(RowKind.GAP, ordinal, gap=mark)
        return Row(RowKind.MESSAGE, ordinal)

    def id_at(self, number: int) -> int | None:
        """Return the message id of a row, None for marks and outside the list."""
        if number in self.marks or not 0 <= number < len(self):
            return None
        return self.ids[bisect_left(self.rows, number)]

    def row_of(self, message_id: int) -> int | None:
        """Return the row that shows a message, None if the list has not got it."""
        ordinal = self.ordinals.get(message_id)
        return None if ordinal is None else self.rows[ordinal]

    def ids_between(self, top: int, bottom: int) -> list[int]:
        """Return the ids of the messages in the rows from *top* to *bottom*, both included."""
        return self.ids[bisect_left(self.rows, top) : bisect_left(self.rows, bottom + 1)].tolist()

    def count_between(self, top: int, bottom: int) -> int:
        """Return how many messages stand in the rows from *top* to *bottom*, both included."""
        return bisect_left(self.rows, bottom + 1) - bisect_left(self.rows, top)

    def head_above(self, number: int) -> int | None:
        """Return the row of the day head under which a row stands, itself if it is one."""
        place = bisect_right(self.heads, number) - 1
        return self.heads[place] if place >= 0 else None

    def head_below(self, number: int) -> int | None:
        """Return the row of the next day head after a row."""
        place = bisect_right(self.heads, number)
        return self.heads[place] if place < len(self.heads) else None

    @property
    def spans_years(self) -> bool:
        """Whether the days lie in more than one year."""
        heads = (mark.day for mark in self.marks.values() if isinstance(mark, DayHead))
        return len({day.year for day in heads if day}) > 1


def outline_of(messages: Iterable[Listed], *, gaps: bool) -> Outline:
    """Return the rows for *messages*; gaps make sense only where the list leaves nothing out."""
    outline = Outline()
    last_of_thread: dict[int, dt.datetime | None] = {}
    head: DayHead | None = None
    row = 0
    for message in messages:
        day = _day_of(message)
        if head is None or head.day != day:
            head = outline.marks[row] = DayHead(day)
            outline.heads.append(row)
            row += 1
        head.count += 1
        if gaps and message.before not in (Continuity.START, Continuity.CONTINUOUS):
            after = last_of_thread.get(message.thread_id)
            outline.marks[row] = Gap(after, message.earliest, message.before)
            row += 1
        outline.ordinals[message.id] = len(outline.ids)
        outline.ids.append(message.id)
        outline.rows.append(row)
        row += 1
        last_of_thread[message.thread_id] = message.latest or message.earliest
    return outline


def _day_of(message: Listed) -> dt.date | None:
    """Return the day in China that a message is listed under."""
    moment = message.earliest or message.latest
    return moment.astimezone(CHINA).date() if moment else None


def page_around(ids: Sequence[int], ordinal: int, size: int) -> tuple[int, ...]:
    """Return the ids of the page of *size* that *ordinal* lies on."""
    start = ordinal // size * size
    return tuple(ids[start : start + size])
