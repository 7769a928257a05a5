from __future__ import annotations

import datetime as dt

import pytest

from smsdesk.domain.night import is_night
from smsdesk.domain.times import CHINA, UNKNOWN_TIME, SentTime, TimeBasis


def _sent(earliest: str, latest: str | None = None) -> SentTime:
    first = dt.datetime.fromisoformat(f"2025-12-{earliest}").replace(tzinfo=CHINA)
    last = dt.datetime.fromisoformat(f"2025-12-{latest or earliest}").replace(tzinfo=CHINA)
    return SentTime(first, last, TimeBasis.READ)


@pytest.mark.parametrize(
    ("sent", "night"),
    [
        (_sent("18 21:59"), False),
        (_sent("18 22:00"), True),
        (_sent("18 23:59"), True),
        (_sent("19 00:00"), True),
        (_sent("19 07:59"), True),
        (_sent("19 08:00"), False),
        (_sent("18 22:00", "19 07:59"), True),
        (_sent("18 22:00", "19 08:00"), False),
        (_sent("18 21:59", "18 23:00"), False),
        (_sent("19 01:00", "19 23:00"), False),
        (_sent("18 23:00", "19 23:00"), False),
        (_sent("19 01:00", "20 01:00"), False),
        (_sent("19 01:00", "19 00:00"), False),
    ],
)
def test_a_range_counts_only_if_it_lies_wholly_in_one_night(sent, night):
    assert is_night(sent) is night


def test_the_clock_in_china_counts_whatever_the_zone_of_the_value():
    moment = dt.datetime(2025, 12, 18, 15, 0, tzinfo=dt.UTC)
    assert is_night(SentTime(moment, moment, TimeBasis.READ))


def test_what_is_not_known_is_no_night():
    late = dt.datetime(2025, 12, 18, 23, 0, tzinfo=CHINA)
    assert not is_night(UNKNOWN_TIME)
    assert not is_night(SentTime(late, None, TimeBasis.DERIVED))
    assert not is_night(SentTime(None, late, TimeBasis.DERIVED))
