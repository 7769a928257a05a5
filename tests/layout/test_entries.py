"""Screens whose rows show a name, a time and a text: lists, plain conversations, and neither."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from PIL import Image

from smsdesk.domain.geometry import Box
from smsdesk.domain.reading import Reading
from smsdesk.domain.screens import Direction, LineRole, MessageDraft, Screen, ScreenKind
from smsdesk.layout.screen import read_screen
from smsdesk.layout.speakers import without_speakers
from tests.layout.drawn_threads import IDENTITY, Sheet, measure, wrapped

EM, WIDTH, HEIGHT = 44, 1080, 2200
INK, PALE = (20, 20, 24), (130, 130, 138)
LONG = "【云杉消费金融】张女士，您尾号6621的借款本期应还2186元，已逾期3天，请尽快存入绑定账户。"
Row = tuple[str, str, str]


def sheet_of(width: int = WIDTH, height: int = HEIGHT) -> Sheet:
    return Sheet(Image.new("RGB", (width, height), (250, 250, 250)), random.Random(1))


def read(sheet: Sheet) -> Screen:
    size = sheet.image.size
    lines = tuple(sorted(sheet.lines, key=lambda line: line.box.y0))
    return read_screen(Reading(IDENTITY, *size, lines), sheet.image)


def draw_rows(
    sheet: Sheet, rows: Sequence[Row], y: float, *, name: float = 1.0, lines: int = 9
) -> float:
    """Draw name, time and wrapped text of each row; return where the last one ends."""
    for who, when, text in rows:
        size, small = round(name * EM), round(0.75 * EM)
        sheet.write(EM, y, who, size, PALE if name < 1 else INK)
        sheet.write(WIDTH - measure(when, small) - EM, y, when, small, PALE)
        for line in wrapped(text, round(0.9 * EM), WIDTH - 2.4 * EM)[:lines]:
            y += 1.45 * EM
            sheet.write(EM, y, line, round(0.9 * EM), INK)
        y += 2.4 * EM
        sheet.pen.line((EM, y - 0.6 * EM, WIDTH, y - 0.6 * EM), (215, 215, 215), 2)
    return y


PLAIN: list[Row] = [
    ("171 0123 0909", "10月19日 14:23", LONG),
    ("我", "10月19日 14:29", "我没有钱，请不要骚扰"),
    ("171 0123 0909", "10月20日 09:23", "明天上午十点前不还钱，我们就去你单位。"),
    ("我", "10月20日 09:40", "知道了"),
]


def plain_thread(rows: Sequence[Row], *, rest: str = "") -> Screen:
    sheet = sheet_of()
    sheet.write(0.6 * EM, 1.2 * EM, "<", EM, INK)
    sheet.write(9 * EM, 1.2 * EM, "171 0123 0909", EM, INK)
    if rest:
        sheet.write(EM, 4 * EM, rest, round(0.9 * EM), INK)
    draw_rows(sheet, rows, 6 * EM, name=0.8)
    return read(sheet)


def test_entries_that_name_the_title_and_the_owner_are_one_conversation():
    screen = plain_thread(PLAIN)
    assert screen.kind is ScreenKind.THREAD
    assert screen.sender_raw == "171 0123 0909"
    assert [d.text for d in screen.drafts] == [text for _, _, text in PLAIN]
    assert [d.time_label for d in screen.drafts] == [when for _, when, _ in PLAIN]
    sent = [d.direction is Direction.OUT for d in screen.drafts]
    assert sent == [who == "我" for who, _, _ in PLAIN]
    assert not any(d.clipped or d.sender_raw for d in screen.drafts)


def test_a_list_of_two_senders_alike_is_no_conversation():
    rows: list[Row] = [("1069012395588", "10月19日", LONG), ("95588", "10月18日", LONG)]
    sheet = sheet_of()
    draw_rows(sheet, rows, 2 * EM)
    assert read(sheet).kind is ScreenKind.INBOX


def test_text_above_the_first_entry_is_the_end_of_a_cut_message():
    screen = plain_thread(PLAIN, rest="后果自负，请你认真对待。")
    first, second, *_ = screen.drafts
    assert (first.text, first.clipped, first.time_label) == ("后果自负，请你认真对待。", True, None)
    assert (second.text, second.clipped) == (LONG, False)


def inbox(rows: Sequence[Row], y: float, **options: float) -> Screen:
    sheet = sheet_of()
    sheet.write(EM, EM, "信息", round(1.6 * EM), INK)
    draw_rows(sheet, rows, y, **options)
    return read(sheet)


PEOPLE = ("171 0123 0909", "公司王姐", "95533", "妈", "云杉消费金融")


def test_a_name_of_one_character_is_a_name():
    rows: list[Row] = [(who, "10月19日", "你吃饭了吗，晚上回来吗？") for who in PEOPLE]
    screen = inbox(rows, 5 * EM)
    assert screen.kind is ScreenKind.INBOX
    assert [d.sender_raw for d in screen.drafts] == list(PEOPLE)


@pytest.mark.parametrize("bar", [False, True])
@pytest.mark.parametrize(
    ("last", "cut"), [(LONG[:18] + "一二三四五六七八", True), ("好的，再见", False)]
)
def test_the_last_entry_lacks_the_row_below_the_edge(last, cut, bar):
    """Its row fills the width, others show two, and there is no room for one more."""
    text = "您的快件已放在菜鸟驿站十二号柜子，请您尽快凭取件码来取走谢谢配合"
    rows: list[Row] = [(who, "10月19日", text) for who in PEOPLE]
    sheet = sheet_of(height=round((33.5 if bar else 31.5) * EM))
    draw_rows(sheet, rows, 2 * EM)
    y = 2 * EM + 5 * 5.3 * EM
    draw_rows(sheet, [("鹿芽快贷", "9月28日", last)], y, lines=1)
    if bar:
        sheet.pen.rectangle((0, y + 2.6 * EM, WIDTH, y + 9 * EM), (250, 250, 250))
        for x, tab in ((3, "短信"), (12, "联系人"), (20, "设置")):
            sheet.write(x * EM, y + 3.2 * EM, tab, round(0.8 * EM), INK)
    drafts = read(sheet).drafts
    assert [d.clipped for d in drafts] == [False] * 5 + [cut]


CALLS: list[Row] = [
    ("171 0123 6805 (6)", "10:05", "广东深圳 未接来电"),
    ("妈妈", "昨天", "手机 呼出 3分12秒"),
    ("0755 5555 0123", "周日", "四川成都 响铃8声"),
    ("10086", "11月3日", "呼入 52秒"),
]


def test_a_call_log_holds_no_messages():
    screen = inbox(CALLS, 5 * EM)
    assert screen.kind is ScreenKind.NONE
    assert not screen.drafts


def test_the_calls_of_one_number_are_no_messages():
    rows = [(text, when, text) for _, when, text in CALLS]
    sheet = sheet_of()
    sheet.write(8 * EM, 1.2 * EM, "171 0123 6805", EM, INK)
    draw_rows(sheet, rows, 5 * EM)
    assert read(sheet).kind is ScreenKind.NONE


def test_short_messages_are_no_calls():
    rows: list[Row] = [
        (who, "昨天", text)
        for who, text in zip(PEOPLE, ("未接来电", "好的", "在吗", "还钱", "接电话"), strict=True)
    ]
    assert inbox(rows, 5 * EM).kind is ScreenKind.INBOX


def bills(sheet: Sheet) -> None:
    sheet.write(11 * EM, 1.2 * EM, "账单", EM, INK)
    amounts = ("-8.00", "+200.00", "-1,800.00", "¥36.50")
    for index, amount in enumerate(amounts):
        y = (4 + 4.5 * index) * EM
        sheet.write(EM, y, "微信红包来自妈妈的钱", EM, INK)
        sheet.write(WIDTH - measure(amount, EM) - EM, y, amount, EM, INK)
        sheet.write(EM, y + 1.5 * EM, f"11月{9 + index}日 07:40", round(0.75 * EM), PALE)


def note(sheet: Sheet) -> None:
    sheet.write(0.5 * EM, 1.2 * EM, "<备忘录", EM, INK)
    sheet.write(WIDTH - 3 * EM, 1.2 * EM, "完成", EM, INK)
    sheet.write(8 * EM, 4 * EM, "2025年11月10日 下午9:12", round(0.75 * EM), PALE)
    for index, text in enumerate(("云杉消费金融每月8号还款1286元", "下周三找律师，带上身份证")):
        sheet.write(EM, (6 + 2.2 * index) * EM, text, EM, INK)


def lock_screen(sheet: Sheet) -> None:
    sheet.write(8 * EM, 3 * EM, "11:11", 3 * EM, INK)
    rows: list[Row] = [
        ("信息", "5分钟前", "今天下午五点前必须还清，否则后果自负"),
        ("天气", "08:00", "今日晴转多云，十二到二十度"),
    ]
    draw_rows(sheet, rows, 9 * EM, name=0.75)


@pytest.mark.parametrize("draw", [bills, note, lock_screen])
def test_other_programs_show_no_conversation(draw: Callable[[Sheet], None]):
    sheet = sheet_of()
    draw(sheet)
    screen = read(sheet)
    assert screen.kind is ScreenKind.NONE
    assert not screen.drafts
    assert {other.role for other in screen.other_lines} <= {LineRole.UNKNOWN, LineRole.STATUS_BAR}


def two_panes(*, thread: bool) -> Screen:
    sheet = sheet_of(2400, 1500)
    small = round(0.7 * EM)
    sheet.write(EM, 0.3 * EM, "10:31", small, INK)
    sheet.write(EM, 2 * EM, "信息", EM, INK)
    for index, who in enumerate(PEOPLE):
        y = (5 + 3.5 * index) * EM
        sheet.write(EM, y, who, round(0.9 * EM), INK)
        sheet.write(14 * EM, y, "11月28日", small, PALE)
        sheet.write(EM, y + 1.4 * EM, "今晚回家吃饭吗，等你回来", round(0.8 * EM), PALE)
    sheet.pen.line((800, 2 * EM, 800, 1500), (205, 205, 208), 2)
    if not thread:
        sheet.write(1400, 700, "未选择对话", EM, PALE)
        return read(sheet)
    sheet.write(900, 2 * EM, "+86 171 0123 6805", EM, INK)
    for index, text in enumerate(("你不出面没关系，你领导的号码我有", "请发书面文件，谢谢")):
        y = (7 + 6 * index) * EM
        sheet.write(1500, y - 2 * EM, f"11月20日 09:1{index}", small, PALE)
        left = 860 if index == 0 else 2350 - measure(text, EM) - EM
        right = left + measure(text, EM) + EM
        sheet.pen.rounded_rectangle(
            (left, y - 0.5 * EM, right, y + 1.7 * EM), EM / 2, (220, 228, 240)
        )
        sheet.write(left + 0.5 * EM, y, text, EM, INK)
    return read(sheet)


def test_of_two_panes_the_conversation_is_read():
    screen = two_panes(thread=True)
    assert screen.kind is ScreenKind.THREAD
    assert screen.sender_raw == "+86 171 0123 6805"
    assert [(d.direction, d.time_label) for d in screen.drafts] == [
        (Direction.IN, "11月20日 09:10"),
        (Direction.OUT, "11月20日 09:11"),
    ]


def test_without_a_conversation_the_list_beside_it_is_read():
    screen = two_panes(thread=False)
    assert screen.kind is ScreenKind.INBOX
    assert [d.sender_raw for d in screen.drafts] == list(PEOPLE)


@pytest.mark.parametrize("colon", [":", "："])
def test_names_before_the_texts_tell_who_wrote_and_are_no_text(colon):
    texts = [f"大伯{colon}给你留了一半", f"我{colon}好", f"大伯{colon}那就这样", "没有名字"]
    drafts = [
        MessageDraft(Direction.IN, text, text, Box(0, 0, 9, 9), (0.9,) * len(text))
        for text in texts
    ]
    told = without_speakers(drafts, "大伯")
    assert [d.text for d in told] == ["给你留了一半", "好", "那就这样", "没有名字"]
    assert [d.direction for d in told] == [Direction.IN, Direction.OUT, Direction.IN, Direction.IN]
    assert all(len(d.confidences) == len(d.text) for d in told)


def test_colons_inside_texts_are_no_names():
    texts = ["提示：请于今日还款", "案号：2025", "我方：即将起诉"]
    drafts = [
        MessageDraft(Direction.IN, text, text, Box(0, 0, 9, 9), (0.9,) * len(text))
        for text in texts
    ]
    assert without_speakers(drafts, "10690012345") == drafts


def test_a_list_may_set_the_time_below_the_text():
    sheet = sheet_of()
    sheet.write(EM, EM, "短信", round(1.6 * EM), INK)
    y = 5 * EM
    for who in ("+86 171 0123 0669", "10678012343201", "公司王姐"):
        for text, size in ((who, EM), ("明早六点半的车，别睡过头了。", 0.9 * EM)):
            sheet.write(EM, y, text, round(size), INK)
            y += 1.5 * EM
        sheet.write(EM, y, "早上7:16", round(0.75 * EM), PALE)
        y += 3 * EM
    screen = read(sheet)
    assert screen.kind is ScreenKind.INBOX
    assert [d.sender_raw for d in screen.drafts] == [
        "+86 171 0123 0669",
        "10678012343201",
        "公司王姐",
    ]
    assert {d.time_label for d in screen.drafts} == {"早上7:16"}


def test_a_list_may_set_the_time_before_the_name_under_its_day():
    sheet = sheet_of()
    sheet.write(EM, EM, "信息中心", round(1.6 * EM), INK)
    y = 5 * EM
    for day, entries in (
        ("今天", (("95561", "15:58"), ("前台小郑", "11:20"))),
        ("昨天", (("021-55552942", "21:36"),)),
    ):
        sheet.write(EM, y, day, round(0.75 * EM), PALE)
        y += 2 * EM
        for who, clock in entries:
            sheet.write(EM, y + 0.1 * EM, clock, round(0.75 * EM), PALE)
            sheet.write(6 * EM, y, who, EM, INK)
            sheet.write(6 * EM, y + 1.5 * EM, "今晚十一点让他给你打电话", round(0.9 * EM), INK)
            y += 4 * EM
    screen = read(sheet)
    assert screen.kind is ScreenKind.INBOX
    assert [(d.sender_raw, d.time_label) for d in screen.drafts] == [
        ("95561", "今天 15:58"),
        ("前台小郑", "今天 11:20"),
        ("021-55552942", "昨天 21:36"),
    ]
