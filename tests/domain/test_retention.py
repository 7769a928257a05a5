from __future__ import annotations

import datetime as dt

import pytest

from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.retention import retention_of


@pytest.mark.parametrize(
    ("sent", "until", "months"),
    [
        ("2025-12-18", "2026-05-18", 5),
        ("2025-09-30", "2026-02-28", 5),
        ("2026-04-30", "2026-09-30", 5),
        ("2026-05-01", "2026-11-01", 6),
        ("2026-08-31", "2027-02-28", 6),
    ],
)
def test_records_run_out_after_five_months_and_after_six_from_may_2026(sent, until, months):
    kept = retention_of(dt.date.fromisoformat(sent), parse_sender("13800000000"))
    assert (kept.until.isoformat(), kept.months) == (until, months)


def test_only_the_words_of_port_messages_are_kept_and_only_by_the_new_rules():
    new, old = dt.date(2026, 6, 1), dt.date(2026, 4, 1)
    port, mobile = parse_sender("1069012345678"), parse_sender("17101236805")
    assert retention_of(new, port).content
    assert not retention_of(new, mobile).content
    assert not retention_of(old, port).content


def test_the_countdown_goes_below_zero_when_it_is_too_late():
    kept = retention_of(dt.date(2026, 5, 1), parse_sender("1069012345678"))
    assert kept.days_left(dt.date(2026, 10, 31)) == 1
    assert kept.days_left(dt.date(2026, 11, 3)) == -2
