from __future__ import annotations

import random
from dataclasses import replace

import pytest
from PIL import Image

from smsdesk.domain.geometry import Box
from smsdesk.domain.reading import Reading, TextLine
from smsdesk.layout.pixels import Appearance, Canvas
from smsdesk.layout.rows import Row, find_rows
from smsdesk.layout.text import join_rows
from smsdesk.layout.words import PLACEHOLDER, is_button, is_mark, time_label
from tests.layout.drawn_threads import IDENTITY, Sheet

EM = 40.0


def row(text: str, half: str = "") -> Row:
    """A row in which characters of ASCII and those in *half* take half an em, others a whole."""
    x, spans = 0.0, []
    for char in text:
        width = EM * (0.55 if char in half or (char.isascii() and not half) else 1.0)
        spans.append((x, x + width))
        x += width
    box = Box(0, 0, x, EM)
    line = TextLine(text, box, (0.9,) * len(text), tuple(spans))
    look = Appearance((255, 255, 255), (0, 0, 0), box, 255)
    return Row((line,), text, line.confidences, line.char_spans, box, EM, look)


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (["您的账单已出，请及时", "还款"], "您的账单已出，请及时还款"),
        (["Please call", "before Friday"], "Please call before Friday"),
        (["登录App", "查看"], "登录App查看"),
        (["详情 https://yph.example/r?", "c=Ab12"], "详情 https://yph.example/r?c=Ab12"),
        (["回电1380000", "1234"], "回电13800001234"),
        ([" 好的 ", "收到 "], "好的收到"),
    ],
)
def test_wraps_leave_no_trace(rows, text):
    joined = join_rows([row(part) for part in rows])
    assert joined.text == text
    assert len(joined.confidences) == len(text)


def test_marks_get_the_width_they_were_drawn_in():
    drawn_full = join_rows([row("还钱,否则(后果)自负,你看", half="x")])
    assert drawn_full.text == "还钱，否则（后果）自负，你看"
    assert drawn_full.raw_text == "还钱,否则(后果)自负,你看"
    drawn_half = join_rows([row("还钱，否则后果自负，你看", half="，")])
    assert drawn_half.text == "还钱,否则后果自负,你看"


def test_a_mark_at_the_end_of_a_row_goes_with_the_others():
    assert join_rows([row("还钱,马上,"), row("不然,走着瞧!")]).text == "还钱,马上,不然,走着瞧!"
    assert join_rows([row("还钱，马上,"), row("不然，等着")]).text == "还钱，马上，不然，等着"


def test_numbers_and_clocks_keep_their_marks():
    assert join_rows([row("还1,860元，9:00前")]).text == "还1,860元，9:00前"
    link = "点击http://yph.example/Ab查看，回T退订"
    assert join_rows([row(link)]).text == link


def test_a_list_number_is_part_of_its_row_however_flat():
    sheet = Sheet(Image.new("RGB", (1080, 300), (255, 255, 255)), random.Random(1))
    for top, text in ((80, "【诚衡法务】律师函"), (140, "一、您于上周借款"), (200, "至今逾期")):
        sheet.write(100, top, text, 40, (0, 0, 0))
    whole = sheet.lines[1]
    parts = [
        replace(
            whole,
            text=whole.text[start:end],
            box=Box(spans[0][0], whole.box.y0 + air, spans[-1][1], whole.box.y1 - air),
            confidences=whole.confidences[start:end],
            char_spans=spans,
        )
        for start, end, air in ((0, 2, 12), (2, 8, 0))
        for spans in (whole.char_spans[start:end],)
    ]
    lines = (sheet.lines[0], *parts, sheet.lines[2])
    rows = find_rows(Reading(IDENTITY, 1080, 300, lines), Canvas(sheet.image))
    assert [each.text for each in rows] == ["【诚衡法务】律师函", "一、您于上周借款", "至今逾期"]
    assert rows[1].em == rows[0].em


def test_dots_after_chinese_are_an_ellipsis():
    assert join_rows([row("你欠的债......")]).text == "你欠的债……"
    assert join_rows([row("粤0399民初...")]).text == "粤0399民初…"


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ("到期还款日1月8旦。如已还款", "到期还款日1月8日。如已还款"),
        ("12月31曰前", "12月31日前"),
        ("1月8 日晚", "1月8 日晚"),
        ("元旦3月8号，花旦曰", "元旦3月8号，花旦曰"),
    ],
)
def test_a_date_ends_in_its_day(read, text):
    joined = join_rows([row(read)])
    assert (joined.text, joined.raw_text) == (text, read)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ("粵0399民初1号", "粤0399民初1号"),
        ("別催了，戶口本", "别催了，户口本"),
        ("請勿別處轉帳", "請勿別處轉帳"),
        ("別催了😔", "别催了😔"),
    ],
)
def test_forms_of_other_scripts_are_repaired_in_simplified_texts_only(read, text):
    assert join_rows([row(read)]).text == text


@pytest.mark.parametrize(
    ("shown", "label"),
    [
        ("昨天 晚上11:27 卡2", "昨天 晚上11:27"),
        ("下午9:28 1", "下午9:28"),
        ("短信 周一 12:08", "周一 12:08"),
        ("12:36 已读", "12:36"),
        ("11月29日周六 • 00:22", "11月29日周六 • 00:22"),
        ("今天", "今天"),
        ("中国移动 14:23", "14:23"),
        ("还钱", None),
        ("今天不还钱", None),
        ("短信/彩信", None),
        ("12", None),
    ],
)
def test_time_labels(shown, label):
    assert time_label(shown) == label


@pytest.mark.parametrize(
    "text", ["短信", "短信（卡1）", "发送短信", "iMessage信息", "短信/彩信", "请输入内容…"]
)
def test_placeholders(text):
    assert PLACEHOLDER.fullmatch(text)


@pytest.mark.parametrize(
    "text", ["短信/彩信", "卡1", "来自卡1 中国移动", "已送达", "以下为新消息", "3条新消息"]
)
def test_marks_that_are_no_messages(text):
    assert is_mark(text)


@pytest.mark.parametrize("text", ["拒收请回复R", "短信轰炸", "还钱", "已读不回是吧"])
def test_words_that_are_messages(text):
    assert not is_mark(text)
    assert not is_button(text)
