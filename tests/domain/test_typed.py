from __future__ import annotations

import datetime as dt

import pytest

from smsdesk.domain.times import CHINA, UNKNOWN_TIME, SentTime, TimeBasis
from smsdesk.domain.typed import typed_time

NEAR = SentTime(dt.datetime(2025, 12, 18, 9, 5, tzinfo=CHINA), None, TimeBasis.DERIVED, "昨天 9:05")


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("text", "earliest"),
    [
        ("2025-12-17 23:41", at(2025, 12, 17, 23, 41)),
        ("2025-12-17T23:41", at(2025, 12, 17, 23, 41)),
        ("2025年12月17日 23:41", at(2025, 12, 17, 23, 41)),
        ("12月17日 下午2:23", at(2025, 12, 17, 14, 23)),
        ("12-17 23:41", at(2025, 12, 17, 23, 41)),
        ("23:41", at(2025, 12, 18, 23, 41)),
        ("晚上11:41", at(2025, 12, 18, 23, 41)),
    ],
)
def test_a_typed_time_is_a_minute_that_a_person_vouches_for(text, earliest):
    assert typed_time(text, NEAR) == SentTime(earliest, earliest, TimeBasis.TYPED, "昨天 9:05")


def test_a_day_alone_is_all_of_it():
    sent = typed_time("12月17日", NEAR)
    assert (sent.earliest, sent.latest) == (at(2025, 12, 17), at(2025, 12, 17, 23, 59))


@pytest.mark.parametrize("text", ["", "昨天 23:41", "2025-02-30", "25:61", "不知道", "13-40"])
def test_what_is_no_time_is_refused(text):
    assert typed_time(text, NEAR) is None


@pytest.mark.parametrize("text", ["23:41", "12-17 23:41", "12月17日"])
def test_where_no_day_is_known_it_must_be_typed(text):
    assert typed_time(text, UNKNOWN_TIME) is None
    assert typed_time("2025-12-17 23:41", UNKNOWN_TIME) is not None
