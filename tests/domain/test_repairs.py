from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.repairs import repairs

MARKS = st.text("还钱，,。.（(…—", max_size=12)


@pytest.mark.parametrize(
    ("raw", "text", "expected"),
    [
        ("好的", "好的", ()),
        ("好,的", "好，的", ((1, 2, ","),)),
        ("等着...", "等着…", ((2, 3, "..."),)),
        ("(后果)自负", "（后果）自负", ((0, 1, "("), (3, 4, ")"))),
    ],
)
def test_tells_where_and_what_was_read(raw, text, expected):
    assert repairs(raw, text) == expected


@given(MARKS, MARKS)
def test_putting_the_pieces_back_gives_the_raw_reading(raw, text):
    put_back = text
    for start, end, piece in reversed(repairs(raw, text)):
        put_back = put_back[:start] + piece + put_back[end:]
    assert put_back == raw
