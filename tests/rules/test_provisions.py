from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from smsdesk.domain.findings import ViolationType
from smsdesk.rules.pack import load_pack
from smsdesk.rules.provisions import in_force, load_provisions

# SHA-256 over "id TAB text" of the verified provisions in file order, taken when they were compared
# word for word with their published sources: nobody may change a quoted word without noticing.
VERIFIED_WORDS = "93d0982c32b8bcb94ed2f695c051d2b243afebac0fd9c5ddbe0ab85480b0617e"


def test_the_verified_words_are_untouched():
    lines = [f"{p.id}\t{p.text}" for p in load_provisions().values() if p.verified]
    assert len(lines) == 145
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == VERIFIED_WORDS


def test_what_was_not_verified_has_no_words_to_quote():
    unverified = [p for p in load_provisions().values() if not p.verified]
    assert len(unverified) == 27
    assert all(p.text is None for p in unverified)


@pytest.mark.parametrize(
    ("day", "present", "absent"),
    [
        (dt.date(2025, 12, 31), "psapl-2012-42-p1-i5", "psapl-2025-50-p1-i5"),
        (dt.date(2026, 1, 1), "psapl-2025-50-p1-i5", "psapl-2012-42-p1-i5"),
    ],
)
def test_the_public_security_law_switches_with_the_year(day, present, absent):
    names = load_pack().provisions_for(ViolationType.FREQUENT, day)
    assert present in names
    assert absent not in names


def test_an_unknown_day_gives_old_and_new():
    names = load_pack().provisions_for(ViolationType.INSULT, None)
    assert {"psapl-2012-42-p1-i2", "psapl-2025-50-p1-i2"} <= set(names)


def test_an_open_end_does_not_exclude():
    assert in_force(["microloan-37"], dt.date(1990, 1, 1)) == ("microloan-37",)


def test_a_range_over_a_change_of_law_gets_the_articles_of_both_ends():
    old, new = "psapl-2012-42-p1-i1", "psapl-2025-50-p1-i1"
    ends = dt.date(2025, 12, 31), dt.date(2026, 1, 1)

    def found(*days):
        return {old, new} & {*load_pack().provisions_for(ViolationType.FALSE_THREAT, *days)}

    assert found(ends[0]) == {old}
    assert found(ends[1]) == {new}
    assert found(*ends) == {old, new}
