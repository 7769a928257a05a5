"""The night hours in which, failing an agreement, no one should be dunned: 22:00 to 08:00.

Source: GB/T 45251-2025 and the banking association's guideline of 2026-01-30 (design page law.md
2.0). They do not say whether the ends belong to the night; 22:00 is taken in, 08:00 is not.
"""

from __future__ import annotations

import datetime as dt

from smsdesk.domain.times import CHINA, SentTime

NIGHT_BEGINS = dt.time(22)
NIGHT_ENDS = dt.time(8)


def is_night(sent: SentTime, begins: dt.time = NIGHT_BEGINS, ends: dt.time = NIGHT_ENDS) -> bool:
    """Whether a message was certainly sent in the night, by the clock in China.

    A range counts only if it lies wholly inside one night; an unknown or half-open one never does.
    """
    if sent.earliest is None or sent.latest is None:
        return False
    end = _end_of_night(sent.earliest.astimezone(CHINA), begins, ends)
    return end is not None and sent.earliest <= sent.latest < end


def _end_of_night(moment: dt.datetime, begins: dt.time, ends: dt.time) -> dt.datetime | None:
    """Return when the night around *moment* ends, or None if it is day."""
    if moment.time() >= begins:
        day = moment.date() + dt.timedelta(days=1)
    elif moment.time() < ends:
        day = moment.date()
    else:
        return None
    return dt.datetime.combine(day, ends, CHINA)
