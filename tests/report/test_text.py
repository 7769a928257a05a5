"""Line breaking and the cleaning of outside text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.report.pdf.fonts import register
from smsdesk.report.pdf.text import (
    CLOSING,
    OPENING,
    Mark,
    break_lines,
    one_line,
    plain,
    shape,
)

register()


def lines_of(text, limit):
    return ["".join(g.char for g in line.glyphs) for line in break_lines(shape(text), limit)]


def test_lines_fill_the_width_and_lose_nothing():
    text = "您的借款已逾期，请尽快处理。" * 9
    lines = lines_of(text, 20)
    assert "".join(lines) == text
    assert all(len(line) >= 18 for line in lines[:-1])


def test_punctuation_never_starts_a_line_nor_do_brackets_end_one():
    text = (
        "【某某信管】张女士（本人），您的案件「已立案」；请于《通知》到后三日内，联系我们！？" * 7
    )
    for limit in range(8, 30):
        for line in lines_of(text, limit)[1:]:
            assert line[0] not in CLOSING
        for line in lines_of(text, limit)[:-1]:
            assert line[-1] not in OPENING


def test_numbers_and_words_stay_whole():
    lines = lines_of("请还款人民币12,345.67元并致电400-000-5518申请延期办理（编号0101–0103）", 9)
    assert "0101–0103" in "\n".join(lines)
    assert "12,345.67" in "\n".join(lines)
    assert "400-000-5518" in "\n".join(lines)


def test_a_number_written_in_groups_stays_on_one_line():
    numbers = [f"171 0123 {8000 + n}" for n in range(30)]
    for limit in range(16, 30):
        lines = lines_of("依短信签名：" + "、".join(numbers), limit)
        assert all(sum(number in line for line in lines) == 1 for number in numbers)
    assert "".join(lines_of("1 2 " * 100, 20)).replace(" ", "") == "12" * 100


def test_an_unbroken_string_is_cut_at_the_edge():
    lines = lines_of("http://example.invalid/" + "a" * 500, 20)
    assert "".join(lines) == "http://example.invalid/" + "a" * 500
    widths = [line.width for line in break_lines(shape("a" * 500), 20)]
    assert max(widths) <= 20
    assert min(widths[:-1]) > 18


@given(st.text(max_size=200), st.integers(4, 40))
def test_no_line_is_too_wide_and_nothing_is_lost(text, limit):
    glyphs = shape(text)
    lines = break_lines(glyphs, limit)
    assert all(line.width <= limit + 1e-6 for line in lines)
    kept = "".join(g.char for line in lines for g in line.glyphs).replace(" ", "")
    assert kept == "".join(g.char for g in glyphs).replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b", "a〔U+0000〕b"),
        ("老\u200b赖", "老〔U+200B〕赖"),
        ("\u202e倒\u202c", "〔U+202E〕倒〔U+202C〕"),
        ("\U0002a6b2", "〔U+2A6B2〕"),
        ("\ud800", "〔U+D800〕"),
        ("上\r\n下\u2028左", "上 下 左"),
        ("\t表", "表"),
        ("😀👨\u200d👩\u200d👧 ❤\ufe0f1\ufe0f\u20e3", "😀👨👩👧 ❤1⃣"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ],
)
def test_what_cannot_be_drawn_is_named(text, shown):
    assert plain(text) == shown


def test_marks_stay_on_their_characters():
    glyphs = shape("一\u200b二三", spans=[(2, 3, Mark.MATCHED), (3, 99, Mark.DOUBTFUL)])
    marked = {g.char: g.mark for g in glyphs}
    assert marked["一"] == Mark.NONE
    assert marked["二"] == Mark.MATCHED
    assert marked["三"] == Mark.DOUBTFUL


def test_one_line_is_cut_with_dots():
    glyphs = one_line("很长的文件名\n" * 9, 10, 100)
    assert sum(g.width for g in glyphs) * 10 <= 100
    assert glyphs[-1].char == "…"
