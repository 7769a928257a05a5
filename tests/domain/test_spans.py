from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.spans import carried


@pytest.mark.parametrize(
    ("old", "new", "span", "expected"),
    [
        ("你是老赖", "你真是老赖", (2, 4), ((3, 5),)),
        ("你真是老赖", "你是老赖", (3, 5), ((2, 4),)),
        ("老赖老赖", "老赖，老赖", (2, 4), ((3, 5),)),
        ("老赖", "老懒", (0, 2), ()),
        ("老赖", "", (0, 2), ()),
        ("老赖", "老赖", (1, 1), ()),
    ],
)
def test_words_are_found_again_at_their_nearest_place(old, new, span, expected):
    assert carried([span], old, new) == expected


@given(st.text("老赖你"), st.text("老赖你"), st.integers(0, 5), st.integers(1, 3))
def test_a_carried_span_always_holds_the_same_words(old, new, start, length):
    for begin, end in carried([(start, start + length)], old, new):
        assert new[begin:end] == old[start : start + length] != ""


@given(st.text("老赖你"), st.integers(0, 5), st.integers(1, 3))
def test_in_an_unchanged_text_a_span_stays_where_it_is(text, start, length):
    end = min(start + length, len(text))
    expected = ((start, end),) if start < end else ()
    assert carried([(start, end)], text, text) == expected
