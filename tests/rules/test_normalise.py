from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.rules.pack import load_pack

PLAIN = load_pack().normaliser


@pytest.mark.parametrize(
    ("disguised", "plain"),
    [
        ("已立·案", "已立案"),
        ("已 立 案", "已立案"),
        ("公.安", "公安"),
        ("立\u200b案", "立案"),
        ("立😀案", "立案"),
        ("起訴材料", "起诉材料"),
        ("諷刺與欠債", "讽刺与欠债"),
        ("涉嫌诈偏", "涉嫌诈骗"),
        ("沵的贷歀", "你的贷款"),
        ("ＡＰＰ还款，１２３", "app还款,123"),
        ("⽴案", "立案"),
        ("身分证", "身份证"),
    ],
)
def test_a_disguise_is_undone(disguised, plain):
    assert PLAIN(disguised).text == plain


def test_a_blank_between_phrases_parts_clauses():
    normalised = PLAIN("机主注意 你的案子转了")
    assert normalised.text == "机主注意你的案子转了"
    assert normalised.pauses == (4,)


def test_a_blank_inside_a_word_parts_nothing():
    assert PLAIN("立 案 侦 查").pauses == ()


def test_spans_point_to_the_original():
    text = "逾期案已立·案，桉号稍后"
    normalised = PLAIN(text)
    start = normalised.text.index("立案")
    low, high = normalised.span(start, start + 2)
    assert text[low:high] == "立·案"


def test_a_text_without_disguise_keeps_its_positions():
    assert PLAIN("您的借款今日到期").span(2, 4) == (2, 4)


CHARACTERS = st.sampled_from("立案诈骗偏訴訟您的贷款歀沵 ·.*_-\u200b。，！？😀\ud83dａＡ1【】\n")


@given(st.text(CHARACTERS, max_size=60) | st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text):
    once = PLAIN(text).text
    assert PLAIN(once).text == once


@given(st.text(CHARACTERS, max_size=60) | st.text(max_size=60))
def test_every_character_maps_back_into_the_text(text):
    normalised = PLAIN(text)
    previous = 0
    for index in range(len(normalised.text)):
        low, high = normalised.span(index, index + 1)
        assert previous <= low < high <= len(text)
        previous = high
    assert all(0 < pause < len(normalised.text) for pause in normalised.pauses)
