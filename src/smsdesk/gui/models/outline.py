"""The rows of the message list: messages under their days, with gaps between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from smsdesk.domain.messages import Continuity, Message
from smsdesk.domain.numbers import Sender
from smsdesk.domain.times import CHINA


class RowKind(IntEnum):
    """What a row of the list is."""

    DAY = 0
    GAP = 1
    MESSAGE = 2


@dataclass(frozen=True, slots=True)
class Gap:
    """Between two moments no screenshot shows the thread; None where one is unknown.

    `is_unsure`: whether messages are missing is not known.
    """

    sender: Sender
    after: dt.datetime | None
    before: dt.datetime | None
    is_unsure: bool = False


@dataclass(slots=True)
class DayHead:
    """A day and how many messages of the list it has; None for messages without a time."""

    day: dt.date | None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `ordinal` is the message's place in Outline.ids, -1 for heads and gaps."""

    kind: RowKind
    ordinal: int = -1
    head: DayHead | None = None
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """The ids of a list in order, and the rows that show them."""

    ids: tuple[int, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def spans_years(self) -> bool:
        """Whether the days lie in more than one year."""
        years = {row.head.day.year for row in self.rows if row.head and row.head.day}
        return len(years) > 1


def day_of(message: Message) -> dt.date | None:
    """Return the day in China that a message is listed under."""
    moment = message.sent.earliest or message.sent.latest
    return moment.astimezone(CHINA).date() if moment else None


def outline_of(messages: Iterable[Message], *, gaps: bool) -> Outline:
    """Return the rows for *messages*; gaps make sense only where the list leaves nothing out."""
    ids: list[int] = []
    rows: list[Row] = []
    last_of_thread: dict[int, dt.datetime | None] = {}
    head: DayHead | None = None
    for message in messages:
        day = day_of(message)
        if head is None or head.day != day:
            head = DayHead(day)
            rows.append(Row(RowKind.DAY, head=head))
        head.count += 1
        if gaps and message.before in (Continuity.GAP, Continuity.UNKNOWN):
            unsure = message.before == Continuity.UNKNOWN
            after = last_of_thread.get(message.thread_id)
            gap = Gap(message.sender, after, message.sent.earliest, is_unsure=unsure)
            rows.append(Row(RowKind.GAP, gap=gap))
        rows.append(Row(RowKind.MESSAGE, ordinal=len(ids)))
        ids.append(message.id)
        last_of_thread[message.thread_id] = message.sent.latest or message.sent.earliest
    return Outline(tuple(ids), tuple(rows))


def rows_of_ids(outline: Outline) -> dict[int, int]:
    """Return the row of each message id."""
    return {
        outline.ids[row.ordinal]: number
        for number, row in enumerate(outline.rows)
        if row.kind == RowKind.MESSAGE
    }


def page_around(ids: Sequence[int], ordinal: int, size: int) -> tuple[int, ...]:
    """Return the ids of the page of *size* that *ordinal* lies on."""
    start = ordinal // size * size
    return tuple(ids[start : start + size])
