"""What a person types for a time: read as phones draw it, or as forms write it."""

from __future__ import annotations

import datetime as dt
import re

from smsdesk.domain.moments import CHINA, SentTime, TimeBasis
from smsdesk.domain.time_labels import parse_label

_OF_FORMS = re.compile(r"(?<=\d)T(?=\d)")
_DAY = re.compile(r"(?:(?P<year>20\d\d)[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?")


def typed_time(text: str, near: SentTime) -> SentTime | None:
    """Return the time that a person typed, in China; None if it is no time.

    A clock alone keeps the day of *near*, the time known so far; a day without its year keeps the
    year. A day alone is the whole day, from its first minute to its last. The label as drawn stays.
    """
    text = " ".join(_OF_FORMS.sub(" ", text).split())
    day = _DAY.fullmatch(text)
    if day is not None:
        first = _date(day["year"], int(day["month"]), int(day["day"]), near)
        return None if first is None else _typed(first, 0, 24 * 60 - 1, near)
    parsed = parse_label(text)
    if parsed is None or parsed.clock is None or parsed.back is not None:
        return None
    if parsed.is_bare_clock:
        known = near.earliest or near.latest
        return _typed(known.astimezone(CHINA).date(), parsed.clock, None, near) if known else None
    if parsed.month is None or parsed.day is None:
        return None
    date = _date(str(parsed.year) if parsed.year else None, parsed.month, parsed.day, near)
    return None if date is None else _typed(date, parsed.clock, None, near)


def _date(year: str | None, month: int, day: int, near: SentTime) -> dt.date | None:
    known = near.earliest or near.latest
    if year is None and known is None:
        return None
    try:
        return dt.date(int(year) if year else known.astimezone(CHINA).year, month, day)  # type: ignore[union-attr]
    except ValueError:  # February 30
        return None


def _typed(date: dt.date, first: int, last: int | None, near: SentTime) -> SentTime:
    start = dt.datetime.combine(date, dt.time(), CHINA)
    earliest = start + dt.timedelta(minutes=first)
    latest = start + dt.timedelta(minutes=first if last is None else last)
    return SentTime(earliest, latest, TimeBasis.TYPED, near.label)
