"""What the statistics page counts. Every figure counts received messages of this file only."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from smsdesk.domain.messages import Message
from smsdesk.domain.numbers import Sender
from smsdesk.domain.screens import Direction
from smsdesk.domain.times import CHINA, SentTime
from smsdesk.report.labels import shown_labels

NIGHT_FROM = 22
NIGHT_UNTIL = 8
"""22:00 (included) to 8:00 (excluded) of the next day: GB/T 45251-2025 and the China Banking
Association's guideline of 2026-01-30 use these hours; neither is a law, and the page says so."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many messages came on one day, and how many of them at night."""

    date: dt.date
    received: int
    night: int


@dataclass(frozen=True, slots=True)
class SenderCount:
    """What came from one sender; `first` and `last` are days, None where no day is known."""

    sender: Sender
    received: int
    night: int
    labelled: int
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures; `heat` is [weekday from Monday][hour], of messages whose hour is known."""

    received: int
    sent: int
    night: int
    labelled: int
    senders: tuple[SenderCount, ...]
    days: tuple[DayCount, ...]
    heat: tuple[tuple[int, ...], ...]
    without_day: int
    without_hour: int

    @property
    def worst(self) -> DayCount | None:
        """The day on which most came (the earliest of equals)."""
        return max(self.days, key=lambda day: day.received, default=None)


def known_day(sent: SentTime) -> dt.date | None:
    """Return the day of sending in China if both ends of the time agree on it."""
    if sent.earliest is None or sent.latest is None:
        return None
    first, last = (end.astimezone(CHINA).date() for end in (sent.earliest, sent.latest))
    return first if first == last else None


def known_hour(sent: SentTime) -> int | None:
    """Return the hour of sending in China if both ends of the time agree on it."""
    if known_day(sent) is None or sent.earliest is None or sent.latest is None:
        return None
    first, last = (end.astimezone(CHINA).hour for end in (sent.earliest, sent.latest))
    return first if first == last else None


def _night_of(moment: dt.datetime) -> dt.date | None:
    """Return the day on which the night around *moment* began, None in daytime."""
    local = moment.astimezone(CHINA)
    if local.hour >= NIGHT_FROM:
        return local.date()
    return local.date() - dt.timedelta(days=1) if local.hour < NIGHT_UNTIL else None


def at_night(sent: SentTime) -> bool:
    """Say whether the message surely came at night: both ends lie in the same night."""
    if sent.earliest is None or sent.latest is None:
        return False
    night = _night_of(sent.earliest)
    return night is not None and night == _night_of(sent.latest)


def count(messages: Sequence[Message]) -> Figures:
    """Return the figures of *messages*."""
    received = [m for m in messages if m.direction == Direction.IN]
    return Figures(
        received=len(received),
        sent=len(messages) - len(received),
        night=sum(at_night(m.sent) for m in received),
        labelled=sum(bool(shown_labels(m)) for m in received),
        senders=_per_sender(received),
        days=_per_day(received),
        heat=_heat(received),
        without_day=sum(known_day(m.sent) is None for m in received),
        without_hour=sum(known_hour(m.sent) is None for m in received),
    )


def _per_day(received: Sequence[Message]) -> tuple[DayCount, ...]:
    days = Counter(known_day(m.sent) for m in received)
    nights = Counter(known_day(m.sent) for m in received if at_night(m.sent))
    known = sorted(day for day in days if day is not None)
    return tuple(DayCount(day, days[day], nights[day]) for day in known)


def _heat(received: Sequence[Message]) -> tuple[tuple[int, ...], ...]:
    cells = [[0] * 24 for _ in range(7)]
    for message in received:
        date, hour = known_day(message.sent), known_hour(message.sent)
        if date is not None and hour is not None:
            cells[date.weekday()][hour] += 1
    return tuple(tuple(row) for row in cells)


def _per_sender(received: Sequence[Message]) -> tuple[SenderCount, ...]:
    """Return the senders, those of most messages first."""
    by_key: dict[str, list[Message]] = {}
    for message in received:
        by_key.setdefault(message.sender.key, []).append(message)
    counts = [_sender_count(messages) for messages in by_key.values()]
    return tuple(sorted(counts, key=lambda c: -c.received))


def _sender_count(messages: Sequence[Message]) -> SenderCount:
    days = sorted(day for m in messages if (day := known_day(m.sent)))
    return SenderCount(
        messages[0].sender,
        len(messages),
        sum(at_night(m.sent) for m in messages),
        sum(bool(shown_labels(m)) for m in messages),
        days[0] if days else None,
        days[-1] if days else None,
    )
