"""How long the provider keeps what proves that a message was sent (design page law.md 0.6, 2.0).

From 2026-05-01 the rules of the ministry ask for 6 months of times and numbers; before, for 5. The
words themselves are kept only for messages that come through a port (106…, 95…, short codes).
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from smsdesk.domain.numbers import Sender, SenderKind

SIX_MONTHS_FROM = dt.date(2026, 5, 1)
_PORTS = frozenset({SenderKind.SP106, SenderKind.SERVICE95, SenderKind.SHORT})


@dataclass(frozen=True, slots=True)
class Retention:
    """Until when (last day) the provider must keep its record.

    `content`: whether there is a rule on keeping the words too; else only time and numbers.
    """

    until: dt.date
    months: int
    content: bool

    def days_left(self, today: dt.date) -> int:
        """Return how many days remain; negative once they have run out."""
        return (self.until - today).days


def retention_of(sent_on: dt.date, sender: Sender) -> Retention:
    """Return how long the record of a message sent on a day must be kept."""
    months = 6 if sent_on >= SIX_MONTHS_FROM else 5
    content = sender.kind in _PORTS and sent_on >= SIX_MONTHS_FROM
    return Retention(_months_later(sent_on, months), months, content)


def _months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day of a later month, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
