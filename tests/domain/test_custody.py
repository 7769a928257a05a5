from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.custody import GENESIS, canonical_json, entry_hash, first_broken, next_entry

START = dt.datetime(2026, 1, 13, 21, 34, 2, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def chain(count, details=None):
    entries = []
    for index in range(count):
        at = START + dt.timedelta(minutes=index)
        last = entries[-1] if entries else None
        entries.append(next_entry(last, at, "张女士", f"step {index}", details or {"n": index}))
    return entries


def test_numbers_count_from_one_and_every_entry_names_the_one_before():
    entries = chain(4)
    assert [entry.number for entry in entries] == [1, 2, 3, 4]
    assert entries[0].previous_hash == GENESIS
    assert [e.previous_hash for e in entries[1:]] == [e.hash for e in entries[:-1]]


def test_a_whole_chain_holds():
    assert first_broken(chain(5)) is None
    assert first_broken([]) is None


@pytest.mark.parametrize(
    "change",
    [
        {"at": START},
        {"actor": "另一人"},
        {"action": "other"},
        {"details": {"n": 99}},
        {"number": 7},
        {"previous_hash": "1" * 64},
        {"hash": "1" * 64},
    ],
)
def test_a_changed_field_breaks_the_chain_where_it_stands(change):
    entries = chain(5)
    entries[2] = replace(entries[2], **change)
    assert first_broken(entries) == 3


def test_a_changed_entry_with_a_new_hash_breaks_the_next_one():
    entries = chain(5)
    forged = replace(entries[2], action="other")
    hashed = entry_hash(
        forged.number, forged.at, forged.actor, "other", forged.details, forged.previous_hash
    )
    entries[2] = replace(forged, hash=hashed)
    assert first_broken(entries) == 4


def test_missing_doubled_and_swapped_entries_are_seen():
    entries = chain(5)
    assert first_broken(entries[1:]) == 1
    assert first_broken([*entries[:2], *entries[3:]]) == 3
    assert first_broken([*entries[:3], entries[2], *entries[3:]]) == 4
    assert first_broken([entries[0], entries[2], entries[1]]) == 2


def test_the_hash_can_be_recomputed_from_its_description():
    entry = chain(1)[0]
    words = (
        '{"action":"step 0","actor":"张女士","at":"2026-01-13T13:34:02.000000+00:00",'
        '"details":{"n":0},"number":1}'
    )
    assert entry.hash == hashlib.sha256((GENESIS + words).encode()).hexdigest()


def test_the_same_moment_in_another_zone_has_the_same_hash():
    entry = chain(1)[0]
    moved = replace(entry, at=entry.at.astimezone(dt.UTC))
    assert first_broken([moved]) is None


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), PLAIN, max_size=4))
def test_details_survive_being_written_and_read(details):
    entries = chain(2, details)
    stored = [replace(e, details=json.loads(canonical_json(dict(e.details)))) for e in entries]
    assert first_broken(stored) is None


@given(st.dictionaries(st.text(), st.integers(), min_size=2, max_size=4))
def test_the_order_of_keys_does_not_matter(details):
    assert canonical_json(details) == canonical_json(dict(reversed(details.items())))
