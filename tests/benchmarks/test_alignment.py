from __future__ import annotations

import pytest

from benchmarks.alignment import Told, Truth, compare, folded
from benchmarks.degraded import VARIANTS
from benchmarks.drawn_texts import texts


def whole(text: str) -> Truth:
    return Truth(text, clipped=False, whole=text)


@pytest.mark.parametrize(
    ("text", "doubtful", "truth", "wrong", "marked"),
    [
        ("今天还钱", (), "今天还钱", 0, 0),
        ("今夭还钱", ((1, 2),), "今天还钱", 1, 1),
        ("今夭还钱", ((2, 3),), "今天还钱", 1, 0),
        ("今天还还钱", ((3, 4),), "今天还钱", 1, 1),
        ("今还钱", ((0, 1),), "今天还钱", 1, 1),
        ("今还钱", ((1, 2),), "今天还钱", 1, 1),
        ("今还钱", ((2, 3),), "今天还钱", 1, 0),
        ("今天还", ((2, 3),), "今天还钱", 1, 1),
        ("今 天,还(钱)...", (), "今天，还（钱）…", 0, 0),
    ],
)
def test_every_edit_is_a_wrong_character(text, doubtful, truth, wrong, marked):
    counts = compare([Told(text, doubtful)], [whole(truth)])
    assert (counts["found"], counts["wrong"], counts["marked"]) == (1, wrong, marked)


def test_characters_stay_with_their_marks_when_folding_changes_the_length():
    assert folded("你… 好") == ("你...好", [0, 1, 1, 1, 3])
    counts = compare([Told("你…奸", ((2, 3),))], [whole("你…好")])
    assert (counts["wrong"], counts["marked"], counts["doubtful"], counts["read"]) == (1, 1, 1, 5)


def test_widths_count_in_the_strict_figure_only():
    counts = compare([Told("好,的", ())], [whole("好，的")])
    assert (counts["wrong"], counts["strict"]) == (0, 1)


def test_a_row_that_went_elsewhere_is_told_apart_from_slips():
    told = [Told("您的账单，请及时还款。", ((3, 4),))]
    counts = compare(told, [whole("您的账单已于上周五出具，请及时还欸。")])
    assert (counts["wrong"], counts["misplaced"], counts["misplaced_marked"]) == (8, 7, 7)
    assert counts["marked"] == 7


def test_messages_are_found_invented_and_missing():
    told = [Told("还钱", ()), Told("天气预报说今晚有雨", ())]
    counts = compare(told, [whole("还钱"), whole("我不认识这个人")])
    assert (counts["messages"], counts["told"], counts["found"]) == (2, 2, 1)


def test_a_cut_message_may_be_told_in_part_or_not_at_all():
    cut = Truth("别以为换个号码", clipped=True, whole="别以为换个号码就找不到你了")
    for told in ([], [Told("换个号码", ())], [Told("别以为换个号码就", ())]):
        counts = compare(told, [cut])
        assert (counts["messages"], counts["told"], counts["characters"]) == (0, 0, 0)


def test_equal_texts_are_paired_in_their_order():
    told = [Told("收到", ()), Told("收到", ((0, 1),))]
    counts = compare(told, [whole("收到"), Truth("收到", clipped=True, whole="收到了")])
    assert (counts["found"], counts["doubtful"]) == (1, 0)


def test_drawn_texts_are_the_same_for_the_same_seed():
    assert texts(1, 30) == texts(1, 30) != texts(2, 30)
    assert not any("{" in text for group in texts(3, 200) for text in group)


def test_the_first_way_is_none():
    name, first = next(iter(VARIANTS.items()))
    assert name == "as drawn"
    marker = object()
    assert first(marker) is marker
