"""The day and the hour in China of a time of sending, where it is known closely enough."""

from __future__ import annotations

import datetime as dt

from smsdesk.domain.times import CHINA, SentTime


def day_of(sent: SentTime) -> dt.date | None:
    """Return the day in China, None where it is unknown or a range spans two."""
    if sent.earliest is None or sent.latest is None:
        return None
    first, last = (moment.astimezone(CHINA).date() for moment in (sent.earliest, sent.latest))
    return first if first == last else None


def hour_of(sent: SentTime) -> int | None:
    """Return the hour in China if both ends of the time agree on it."""
    if day_of(sent) is None or sent.earliest is None or sent.latest is None:
        return None
    first, last = (moment.astimezone(CHINA).hour for moment in (sent.earliest, sent.latest))
    return first if first == last else None
