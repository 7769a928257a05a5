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
        ("老lai不要lian", "老赖不要脸"),
        ("泼氵由漆", "泼油漆"),
        ("开刂案", "刑案"),
        ("你个ＳＢ玩意", "你个傻逼玩意"),
        ("𝐧𝐦𝐬𝐥", "你妈死了"),
        ("明天jc来", "明天jc来"),
        ("人民灋院", "人民法院"),
        ("给你🔪", "给你刀"),
        ("借新huan旧", "借新还旧"),
        ("爆 通-讯*录", "爆通讯录"),
        ("已l i案", "已立案"),
        ("你个s.b玩意", "你个傻逼玩意"),
        ("A型 B型 a b", "a型 b型 ab"),
    ],
)
def test_a_disguise_is_undone(disguised, plain):
    assert PLAIN(disguised).text == plain


def test_every_disguise_that_the_pack_names_is_undone_alone_and_in_a_sentence():
    for bad, good in PLAIN._words.items():
        assert PLAIN(bad).text == good
        assert PLAIN(f"一{bad}一").text == f"一{good}一"


def test_many_words_become_what_each_would_alone():
    words = [*PLAIN._words, "立·案", "ＡＰＰ", "", "l i 案"]
    assert PLAIN.plain(words) == [PLAIN(word).text for word in words]
    assert PLAIN.plain(["立\ue000案", "起訴"]) == ["立\ue000案", "起诉"]


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


@pytest.mark.parametrize(
    "text",
    [
        "剩余期数3期",
        "设立按摩店",
        "消费物品清单",
        "您的保证信息已更新",
        "usb线到了",
        "沙比较细",
        "md5校验",
    ],
)
def test_what_only_looks_like_a_disguise_stays(text):
    assert PLAIN(text).text == text


def test_a_disguised_word_is_marked_as_a_whole():
    text = "你个老 lai，去si"
    normalised = PLAIN(text)
    for plain, written in (("老赖", "老 lai"), ("去死", "去si")):
        start = normalised.text.index(plain)
        low, high = normalised.span(start, start + len(plain))
        assert text[low:high] == written


def test_a_text_without_disguise_keeps_its_positions():
    assert PLAIN("您的借款今日到期").span(2, 4) == (2, 4)


CJK = [*"立案诈骗偏訴訟您的贷款歀沵 ·.*_-\u200b。，！？😀\ud83d1【】\n氵由刂开老"]
CHARACTERS = st.sampled_from(
    [
        *"立案诈骗偏訴訟您的贷款歀沵 ·.*_-\u200b。，！？😀\ud83dａＡ1【】\n氵由刂开老sb",
        "lai",
        "nmsl",
        "li案",
    ]
)
TEXTS = st.lists(CHARACTERS, max_size=60).map("".join) | st.text(max_size=60)


@given(st.lists(st.sampled_from(CJK), max_size=60).map("".join))
def test_folding_twice_changes_nothing_more(text):
    once = PLAIN(text).text
    assert PLAIN(once).text == once


@given(TEXTS)
def test_every_character_maps_back_into_the_text(text):
    normalised = PLAIN(text)
    previous = 0
    for index in range(len(normalised.text)):
        low, high = normalised.span(index, index + 1)
        assert previous <= low < high <= len(text)
        previous = high
    assert all(0 < pause < len(normalised.text) for pause in normalised.pauses)
