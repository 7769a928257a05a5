from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.searching import fold, hits


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("还", "还钱，快还", ["还", "还"]),
        ("abc", "ＡＢＣ和abc", ["ＡＢＣ", "abc"]),
        ("还款", "还钱", []),
        ("", "还钱", []),
        ("１２", "电话12", ["12"]),
        ("kg", "重5㎏", ["㎏"]),
        ("aa", "aaa", ["aa"]),
    ],
)
def test_hits_are_found_whatever_case_and_width(words, text, found):
    assert [text[start:end] for start, end in hits(words, text)] == found


@given(st.text("还钱Aaａ１1㎏ 。", min_size=1), st.text("还钱Aaａ１1㎏ 。"))
def test_every_hit_folds_to_what_was_searched(words, text):
    for start, end in hits(words, text):
        assert fold(words) in fold(text[start:end])
