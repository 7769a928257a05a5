"""Messages find room between others without moving them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from smsdesk.domain.findings import Recipient
from smsdesk.domain.threads import ThreadKey
from smsdesk.domain.times import UNKNOWN_TIME
from smsdesk.storage.ordering import STEP, spread
from tests.storage.builders import MOBILE, at, device, joined, screen, sighting


@given(st.lists(st.none() | st.integers(-3 * STEP, 9 * STEP), max_size=30))
def test_positions_always_ascend(known):
    places = spread(known)
    assert len(places) == len(known)
    assert all(one < other for one, other in pairwise(places))


@given(st.sets(st.integers(-9, 9), min_size=1), st.integers(1, 20), st.data())
def test_what_has_room_moves_nothing(standing, count, data):
    known = [STEP * place for place in sorted(standing)]
    where = data.draw(st.integers(0, len(known)))
    places = spread([*known[:where], *[None] * count, *known[where:]])
    assert [*places[:where], *places[where + count :]] == known


@pytest.mark.parametrize(
    ("known", "places"),
    [
        ([], []),
        ([None, None], [0, STEP]),
        ([0, 1, None, 2], [0, STEP, 2 * STEP, 3 * STEP]),
        ([5, 0, 10, 20], [0 - STEP, 0, 10, 20]),
        ([0, 99, 10, 20], [0, 5, 10, 20]),
        ([0, None, None, 30], [0, 10, 20, 30]),
        ([7, 7], [7 - STEP, 7]),
    ],
)
def test_what_stands_wrongly_finds_its_place(known, places):
    assert spread(known) == places


@pytest.mark.parametrize("dated", [True, False])
def test_a_message_between_others_moves_none_of_them(case, dated):
    with case.work() as work:
        key = ThreadKey(device(work).id, MOBILE.key)
        seen = screen(work, [sighting(str(n), at(9, n)) for n in range(20)])
        ids = work.messages.store_thread(key, [joined(s) for s in seen], Recipient.SELF)
        (late,) = screen(work, [sighting("间", at(9, 7) if dated else UNKNOWN_TIME)])
        written = []
        event.listen(case._engine, "before_cursor_execute", lambda *a: written.append(a[2:4]))
        between = [*ids[:8], joined(late), *ids[8:]]
        after = work.messages.store_thread(key, between, Recipient.SELF)
        assert work.messages.in_order(key) == after == [*ids[:8], after[8], *ids[8:]]
        assert work.messages.ids() == after
    moved = [values for statement, values in written if statement.startswith("UPDATE message")]
    assert 0 < len(moved) <= 2
    assert all(after[8] in values for values in moved)
