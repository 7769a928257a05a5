from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.screens import LabelScope, ScreenKind, StatusBar
from smsdesk.domain.time_labels import parse_label
from smsdesk.domain.times import (
    CHINA,
    UNKNOWN_TIME,
    CaptureMoment,
    CaptureSource,
    Contradiction,
    SentTime,
    TimeBasis,
    capture_from_name,
    capture_moment,
    clock_agrees,
    contradictions,
    date_messages,
    dating_moment,
    lies_after,
    resolve,
    saved_from_name,
)
from smsdesk.resources import resource

OWN, GROUP, NONE = LabelScope.OWN, LabelScope.GROUP, LabelScope.NONE
READ, DERIVED, UNKNOWN = TimeBasis.READ, TimeBasis.DERIVED, TimeBasis.UNKNOWN


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=CHINA)


def seen(text: str, source: CaptureSource = CaptureSource.EXIF) -> CaptureMoment:
    return CaptureMoment(at(text), source)


WEDNESDAY = seen("2025-10-22 19:41:30")


# --- one label ------------------------------------------------------------------------------------

EXACT = {
    "14:23": "2025-10-22 14:23",
    "下午2:23": "2025-10-22 14:23",
    "下午 2:23": "2025-10-22 14:23",
    "下午14:23": "2025-10-22 14:23",
    "2:23 PM": "2025-10-22 14:23",
    "PM 2:23": "2025-10-22 14:23",
    "12:05 AM": "2025-10-22 00:05",
    "上午12:05": "2025-10-22 00:05",
    "下午12:30": "2025-10-22 12:30",
    "中午12:30": "2025-10-22 12:30",
    "中午1:10": "2025-10-22 13:10",
    "凌晨12:10": "2025-10-22 00:10",
    "凌晨2:13": "2025-10-22 02:13",
    "早上6:20": "2025-10-22 06:20",
    "傍晚6:20": "2025-10-22 18:20",
    "晚上7:28": "2025-10-22 19:28",
    "今天 14:06": "2025-10-22 14:06",
    "昨天09:27": "2025-10-21 09:27",
    "昨天 晚上9:42": "2025-10-21 21:42",
    "昨天 半夜11:30": "2025-10-21 23:30",
    "昨晚11:30": "2025-10-21 23:30",
    "今早8:30": "2025-10-22 08:30",
    "今晨2:10": "2025-10-22 02:10",
    "大前天 08:00": "2025-10-19 08:00",
    "昨天 晚上10点半": "2025-10-21 22:30",
    "前天 08:00": "2025-10-20 08:00",
    "周一 12:08": "2025-10-20 12:08",
    "星期四 上午7:02": "2025-10-16 07:02",
    "礼拜天 21:00": "2025-10-19 21:00",
    "Yesterday 14:23": "2025-10-21 14:23",
    "Mon 14:23": "2025-10-20 14:23",
    "10月19日 周日 14:23": "2025-10-19 14:23",
    "10月19日14:23": "2025-10-19 14:23",
    "10/22 12:00": "2025-10-22 12:00",
    "10-22 12:00": "2025-10-22 12:00",
    "12月16日 16:20": "2024-12-16 16:20",
    "11月30日周六 • 00:22": "2024-11-30 00:22",
    "2月22日周六上午8:31": "2025-02-22 08:31",
    "2025年10月19日 14:23": "2025-10-19 14:23",
    "2025年10月19日 星期日 下午2:23": "2025-10-19 14:23",
    "2025/6/3 00:43": "2025-06-03 00:43",
    "2025-10-19 15:35": "2025-10-19 15:35",
    "2025.10.19 15:35": "2025-10-19 15:35",
    "Oct 19, 2025 14:23": "2025-10-19 14:23",
    "Sunday, Oct 19 2:23 PM": "2025-10-19 14:23",
    "14点23分": "2025-10-22 14:23",
    "周日, 10月19日 14:23": "2025-10-19 14:23",
    "10月19日（周日）14:23": "2025-10-19 14:23",
    "Sun, Oct 19, 2:23 PM": "2025-10-19 14:23",
    "Yesterday, 9:42 PM": "2025-10-21 21:42",
    "Today at 9:42 AM": "2025-10-22 09:42",
    "Sunday, October 19, 2025 at 2:23 PM": "2025-10-19 14:23",
    "19 October 2025 at 14:23": "2025-10-19 14:23",
    "10/19/2025 14:23": "2025-10-19 14:23",
    "19/10/2025 14:23": "2025-10-19 14:23",
    "短信 今天 14:06": "2025-10-22 14:06",
    "卡1 14:23": "2025-10-22 14:23",
}
MISREAD = {
    "下午2：23": "2025-10-22 14:23",
    "今天 l4:O6": "2025-10-22 14:06",
    "14;23": "2025-10-22 14:23",
    "今天 14.06": "2025-10-22 14:06",
    "10月l9日 周曰 14:23": "2025-10-19 14:23",
    "昨夭 09:27": "2025-10-21 09:27",
    "昨天0927": "2025-10-21 09:27",
    "昨天09.27": "2025-10-21 09:27",
    "周日1423": "2025-10-19 14:23",
    "下午223": "2025-10-22 14:23",
    "下牛2∶23": "2025-10-22 14:23",
    "晩上7:28": "2025-10-22 19:28",
    "10月19目14:23": "2025-10-19 14:23",
    "周- 12:08": "2025-10-20 12:08",
    "2025-10-1915:35": "2025-10-19 15:35",
    "10/2212:00": "2025-10-22 12:00",
    "2O25年1O月19日14：23": "2025-10-19 14:23",
}


@pytest.mark.parametrize(("label", "expected"), [*EXACT.items(), *MISREAD.items()])
def test_a_label_with_a_clock_is_one_minute(label, expected):
    sent = resolve(label, WEDNESDAY)
    assert (sent.earliest, sent.latest, sent.label) == (at(expected), at(expected), label)
    assert sent.minute == at(expected)


@pytest.mark.parametrize(
    ("label", "earliest", "latest"),
    [
        ("今天", "2025-10-22 00:00", "2025-10-22 19:41"),
        ("昨天", "2025-10-21 00:00", "2025-10-21 23:59"),
        ("星期三", "2025-10-15 00:00", "2025-10-22 19:41"),
        ("周三 09:12", "2025-10-15 09:12", "2025-10-22 09:12"),
        ("10月19日", "2025-10-19 00:00", "2025-10-19 23:59"),
        ("2025/10/19", "2025-10-19 00:00", "2025-10-19 23:59"),
        ("刚刚", "2025-10-22 19:39", "2025-10-22 19:41"),
        ("5分钟前", "2025-10-22 19:35", "2025-10-22 19:36"),
        ("2小时前", "2025-10-22 16:41", "2025-10-22 17:41"),
        ("两小时前", "2025-10-22 16:41", "2025-10-22 17:41"),
        ("半小时前", "2025-10-22 18:41", "2025-10-22 19:11"),
        ("5 mins ago", "2025-10-22 19:35", "2025-10-22 19:36"),
        ("an hour ago", "2025-10-22 17:41", "2025-10-22 18:41"),
        ("2天前", "2025-10-19 19:41", "2025-10-21 19:41"),
        ("10月19日 晚上12:10", "2025-10-19 00:10", "2025-10-20 00:10"),
    ],
)
def test_what_leaves_more_than_a_minute_open_is_a_range(label, earliest, latest):
    sent = resolve(label, WEDNESDAY)
    assert (sent.earliest, sent.latest, sent.basis) == (at(earliest), at(latest), DERIVED)


@pytest.mark.parametrize("label", ["昨天", "10月19日", "2025/10/19", "5分钟前", "星期三"])
def test_no_minute_is_reported_where_no_clock_is_drawn(label):
    assert resolve(label, WEDNESDAY).minute is None


@pytest.mark.parametrize(
    "label",
    [
        "",
        "验证码 1234",
        "25:10",
        "上午14:23",
        "13月40日",
        "2月30日 10:00",
        "上周三 10:00",
        "今天下午",
        "10.19",
        "10月19日 周二 14:23",  # a Sunday in 2025; no Tuesday within three years
        "2025年10月19日 周二 14:23",
        "昨天 周三 10:00",
        "25/10/19 22:10",  # 2025 in China, 2019 where the day is written first
        "25/10/19",
        "3/4/25 下午2:23",
        "3/4/2025 14:23",  # March or April
        "今天1980",
        "今天500",
        "2341",
        "5m",
        "上周三 14:23",
    ],
)
def test_what_is_not_understood_or_contradicts_itself_stays_unknown(label):
    assert resolve(label, WEDNESDAY) == SentTime(None, None, UNKNOWN, label)


def test_a_date_in_two_digits_is_a_label_without_a_time():
    label = parse_label("25/10/19 22:10")
    assert label is not None
    assert label.names_a_day
    assert parse_label("1/25/10/19") is None
    assert parse_label("25/10/19/2") is None


def test_a_clock_above_such_a_date_is_not_todays():
    labels = [("08:10", OWN), ("25/10/19 22:10", OWN)]
    assert [sent.minute for sent in date_messages(labels, WEDNESDAY)] == [None, None]


def test_no_label_is_unknown():
    assert resolve(None, WEDNESDAY) == UNKNOWN_TIME


@pytest.mark.parametrize(
    ("label", "source", "basis"),
    [
        ("2025年10月19日 14:23", CaptureSource.FILE_TIME, READ),
        ("10月19日 周日 14:23", CaptureSource.FILE_TIME, READ),
        ("10月19日 14:23", CaptureSource.FILE_TIME, DERIVED),
        ("10月19日 14:23", CaptureSource.FILE_NAME, READ),
        ("10月19日 周六 14:23", CaptureSource.EXIF, DERIVED),  # 2024: only the weekday says so
        ("昨天 14:23", CaptureSource.PERSON, DERIVED),
        ("周一 14:23", CaptureSource.EXIF, DERIVED),
        ("14:23", CaptureSource.EXIF, DERIVED),
    ],
)
def test_a_day_reckoned_from_the_screenshot_is_derived(label, source, basis):
    assert resolve(label, seen("2025-10-22 19:41:30", source)).basis is basis


def test_a_weekday_finds_the_year_in_which_it_fits():
    assert resolve("10月19日 周六 14:23", WEDNESDAY).earliest == at("2024-10-19 14:23")
    assert resolve("10月19日 周三 14:23", WEDNESDAY).earliest == at("2022-10-19 14:23")


def test_the_last_days_of_december_seen_in_january_are_last_years():
    assert resolve("12月30日 23:10", seen("2026-01-03 08:00")).earliest == at("2025-12-30 23:10")
    assert resolve("周三 23:10", seen("2026-01-02 08:00")).earliest == at("2025-12-31 23:10")


def test_february_29_is_of_the_last_leap_year():
    assert resolve("2月29日 10:00", seen("2026-01-03 08:00")).earliest == at("2024-02-29 10:00")
    assert resolve("昨天 10:00", seen("2024-03-01 08:00")).earliest == at("2024-02-29 10:00")


def test_today_is_chinas_even_where_utc_has_yesterday():
    captured = CaptureMoment(dt.datetime(2025, 10, 21, 18, 30, tzinfo=dt.UTC), CaptureSource.EXIF)
    assert resolve("01:12", captured).earliest == at("2025-10-22 01:12")
    assert resolve("昨天 23:50", captured).earliest == at("2025-10-21 23:50")


def test_a_clock_later_than_the_screenshot_cannot_be_todays():
    assert resolve("23:50", WEDNESDAY).basis is UNKNOWN
    assert resolve("今天 23:50", WEDNESDAY).basis is UNKNOWN
    assert resolve("19:42", WEDNESDAY).earliest == at("2025-10-22 19:42")  # rounding


def test_a_weekday_clock_later_than_the_screenshot_is_a_week_ago():
    sent = resolve("周三 23:50", WEDNESDAY)
    assert sent.earliest == sent.latest == at("2025-10-15 23:50")


def test_without_a_capture_moment_only_full_dates_resolve():
    nowhere = CaptureMoment(None, CaptureSource.UNKNOWN)
    assert resolve("2025年10月19日 14:23", nowhere).basis is READ
    assert resolve("2025-10-19", nowhere).latest == at("2025-10-19 23:59")
    for label in ("14:23", "昨天 14:23", "周三", "10月19日 14:23", "刚刚"):
        assert resolve(label, nowhere).basis is UNKNOWN


def test_a_full_date_is_taken_as_drawn_whatever_the_files_time():
    assert resolve("2026年1月3日 10:41", WEDNESDAY).earliest == at("2026-01-03 10:41")


# --- as phones draw them --------------------------------------------------------------------------

WEEKDAYS = "一二三四五六日"


def period(moment: dt.datetime) -> str:
    words = ((6, "凌晨"), (8, "早上"), (12, "上午"), (13, "中午"), (19, "下午"), (24, "晚上"))
    word = next(word for end, word in words if moment.hour < end)
    return f"{word}{(moment.hour - 1) % 12 + 1}:{moment:%M}"


def half_day(moment: dt.datetime) -> str:
    half = "上午" if moment.hour < 12 else "下午"
    return f"{half}{(moment.hour - 1) % 12 + 1}:{moment:%M}"


CLOCKS = (
    lambda m: f"{m:%H:%M}",
    period,
    half_day,
    lambda m: f"{(m.hour - 1) % 12 + 1}:{m:%M} {'AM' if m.hour < 12 else 'PM'}",
)
FULL_DATES = (
    lambda m: f"{m.year}年{m.month}月{m.day}日",
    lambda m: f"{m.year}年{m.month}月{m.day}日 星期{WEEKDAYS[m.weekday()]}",
    lambda m: f"{m:%Y/%m/%d}",
    lambda m: f"{m.year}/{m.month}/{m.day}",
    lambda m: f"{m:%Y-%m-%d}",
)
DATES = (
    lambda m: f"{m.month}月{m.day}日",
    lambda m: f"{m.month}月{m.day}日 周{WEEKDAYS[m.weekday()]}",
    lambda m: f"{m:%m/%d}",
    lambda m: f"{m:%m-%d}",
)
MOMENTS = st.integers(0, 12 * 365 * 1440).map(
    lambda minutes: at("2019-01-01 00:00") + dt.timedelta(minutes=minutes)
)
SECONDS = st.integers(0, 59)


def dates_for(days: int):
    """The ways in which phones name a day so long ago."""
    relative = {0: ("", "今天"), 1: ("昨天",), 2: ("前天",)}.get(days, ())
    forms = [lambda _, word=word: word for word in relative]
    if 1 <= days < 7:
        forms += [
            lambda m: f"周{WEEKDAYS[m.weekday()]}",
            lambda m: f"星期{WEEKDAYS[m.weekday()]}",
        ]
    return [*forms, *(DATES if days < 365 else ()), *FULL_DATES]


@given(st.data(), MOMENTS, st.integers(0, 500 * 1440), SECONDS)
def test_what_a_phone_draws_is_read_back(data, moment, minutes, second):
    captured = moment + dt.timedelta(minutes=minutes, seconds=second)
    days = (captured.date() - moment.date()).days
    date = data.draw(st.sampled_from(dates_for(days)))(moment)
    clock = data.draw(st.sampled_from(CLOCKS))(moment)
    space = data.draw(st.sampled_from(["", " ", " • "])) if not date[-1:].isdigit() else " "
    sent = resolve(f"{date}{space}{clock}", CaptureMoment(captured, CaptureSource.EXIF))
    assert sent.earliest == sent.latest == moment


@given(st.data(), MOMENTS, st.integers(0, 400 * 1440))
def test_a_date_without_a_clock_holds_the_moment(data, moment, minutes):
    captured = moment + dt.timedelta(minutes=minutes)
    days = (captured.date() - moment.date()).days
    date = data.draw(st.sampled_from(dates_for(days)))(moment)
    sent = resolve(date or "今天", CaptureMoment(captured, CaptureSource.EXIF))
    assert sent.earliest <= moment <= sent.latest
    assert sent.latest - sent.earliest < dt.timedelta(days=1)


FULL_WIDTH = str.maketrans("0123456789:/", "０１２３４５６７８９：／")


@given(st.data(), MOMENTS, st.integers(0, 300 * 1440), SECONDS)
def test_what_an_engine_makes_of_it_is_read_back_too(data, moment, minutes, second):
    captured = moment + dt.timedelta(minutes=minutes, seconds=second)
    days = (captured.date() - moment.date()).days
    date = data.draw(
        st.sampled_from([f for f in dates_for(days) if f(moment)[-1:] > "9"] or [None])
    )
    if date is None:
        return
    drawn = f"{date(moment)} {data.draw(st.sampled_from(CLOCKS[:3]))(moment)}"
    mangled = data.draw(
        st.sampled_from(
            [
                drawn.replace(" ", ""),
                drawn.translate(FULL_WIDTH),
                drawn.replace(":", "∶"),
                drawn.replace("日", "曰").replace("天", "夭"),
                drawn.replace(":0", ":O").replace("11", "1l"),
                f"卡1 {drawn}",
                f"{drawn} 短信",
            ]
        )
    )
    sent = resolve(mangled, CaptureMoment(captured, CaptureSource.EXIF))
    assert sent.earliest == sent.latest == moment


@given(MOMENTS, st.integers(0, 40 * 1440), SECONDS)
def test_a_weekday_holds_the_moment_whichever_the_phone_means(moment, minutes, second):
    captured = moment + dt.timedelta(minutes=minutes, seconds=second)
    if (captured.date() - moment.date()).days > 7:
        return
    label = f"星期{WEEKDAYS[moment.weekday()]} {moment:%H:%M}"
    sent = resolve(label, CaptureMoment(captured, CaptureSource.EXIF))
    assert sent.earliest <= moment <= sent.latest
    assert sent.basis is DERIVED


PARTS = """
今天 昨天 前天 周三 星期日 10月19日 2月29日 12/31 01-02 上午 下午 凌晨 晚上 中午
12:10 09:27 23:59 00:00 1:05 刚刚 3小时前 年 : 7
"""
LABEL_PARTS = st.lists(st.sampled_from(PARTS.split()), max_size=4)


@given(LABEL_PARTS, MOMENTS)
def test_what_is_reckoned_is_never_later_than_the_screenshot(parts, captured):
    sent = resolve(" ".join(parts), CaptureMoment(captured, CaptureSource.FILE_NAME))
    if sent.latest is None:
        assert sent.earliest is None
        assert sent.basis is UNKNOWN
    else:
        assert sent.earliest <= sent.latest <= captured + dt.timedelta(minutes=1)


@given(st.text(max_size=20))
def test_any_text_is_a_label_or_is_not(text):
    parse_label(text)


# --- the labels of a screen -----------------------------------------------------------------------


def minutes_of(items, captured=WEDNESDAY, kind=ScreenKind.THREAD):
    return [
        sent.minute and f"{sent.minute:%m-%d %H:%M}"
        for sent in date_messages(items, captured, kind)
    ]


def test_later_messages_of_a_group_lie_between_their_label_and_the_next():
    items = [("昨天 11:05", OWN), ("昨天 11:05", GROUP), ("今天 10:05", OWN), ("今天 10:05", GROUP)]
    times = date_messages(items, WEDNESDAY)
    assert times[1] == SentTime(
        at("2025-10-21 11:05"), at("2025-10-22 10:05"), DERIVED, items[1][0]
    )
    assert times[3].earliest == at("2025-10-22 10:05")
    assert times[3].latest == at("2025-10-22 19:41")


def test_a_group_in_a_picture_without_a_moment_has_no_upper_bound():
    items = [("2025-10-19 11:05", OWN), ("2025-10-19 11:05", GROUP)]
    _, second = date_messages(items, CaptureMoment(None, CaptureSource.UNKNOWN))
    assert (second.earliest, second.latest, second.basis) == (at("2025-10-19 11:05"), None, DERIVED)


def test_messages_without_a_label_get_no_time():
    assert minutes_of([(None, NONE), ("14:23", OWN)]) == [None, "10-22 14:23"]


def test_clocks_above_a_dated_message_are_not_todays():
    items = [("18:55", OWN), ("昨天 19:36", OWN), ("09:10", OWN)]
    assert minutes_of(items) == [None, "10-21 19:36", "10-22 09:10"]
    assert date_messages(items, WEDNESDAY)[0].label == "18:55"


def test_clocks_above_a_smaller_clock_are_not_todays():
    assert minutes_of([("18:55", OWN), ("09:36", OWN), ("18:10", OWN)]) == [
        None,
        "10-22 09:36",
        "10-22 18:10",
    ]
    assert minutes_of([("09:36", OWN), ("09:30", OWN)])[0] == "10-22 09:36"  # a delayed message


def test_where_every_message_has_a_clock_the_day_is_drawn_elsewhere():
    assert minutes_of([("04:43", OWN), ("04:43", OWN), ("06:04", OWN)]) == [None, None, None]
    assert minutes_of([("04:43", OWN), ("04:43", GROUP), ("06:04", OWN)])[2] == "10-22 06:04"


def test_the_rows_of_an_inbox_stand_for_themselves():
    items = [("18:55", OWN), ("18:54", OWN), ("09:36", OWN), ("昨天", OWN)]
    assert minutes_of(items, kind=ScreenKind.INBOX) == [
        "10-22 18:55",
        "10-22 18:54",
        "10-22 09:36",
        None,
    ]


def test_neighbours_settle_whether_a_weekday_is_today():
    assert minutes_of([("周三 09:12", OWN), ("昨天 10:00", OWN)])[0] == "10-15 09:12"
    last = date_messages([("昨天 10:00", OWN), ("周三 09:12", OWN)], WEDNESDAY)[1]
    assert last.earliest == last.latest == at("2025-10-22 09:12")


def sample_screens():
    for path in sorted(Path(resource("samples")).glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if "captured_at" in truth:
            yield pytest.param(truth, id=path.stem)


@pytest.mark.parametrize("truth", list(sample_screens()))
def test_the_samples_labels_give_the_samples_times(truth):
    captured = CaptureMoment(dt.datetime.fromisoformat(truth["captured_at"]), CaptureSource.EXIF)
    scopes = {"own": OWN, "group": GROUP, None: OWN}
    items = [
        (m["time_label"], scopes[m["sent_at_basis"]] if m["time_label"] else NONE)
        for m in truth["messages"]
    ]
    times = date_messages(items, captured, ScreenKind(truth["kind"]))
    expected = [m["sent_at"] and dt.datetime.fromisoformat(m["sent_at"]) for m in truth["messages"]]
    assert [sent.minute for sent in times] == expected
    for sent, message in zip(times, truth["messages"], strict=True):
        actual = dt.datetime.fromisoformat(message["actual_sent_at"])
        assert sent.earliest is None or sent.earliest <= actual <= sent.latest


# --- the moment of a screenshot -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Screenshot_20251019-234102.png", "2025-10-19 23:41:02"),
        ("Screenshot_2025-10-19-23-41-02-123_com.android.mms.jpg", "2025-10-19 23:41:02"),
        ("Screenshot_20251019_234102_com.android.mms.jpg", "2025-10-19 23:41:02"),
        ("Screenshot_20251019_234102.jpg", "2025-10-19 23:41:02"),
        ("IMG_20251019_234102.jpg", "2025-10-19 23:41:02"),
        ("IMG_20251019_234102_345.jpg", "2025-10-19 23:41:02"),
        ("20251019234102.png", "2025-10-19 23:41:02"),
        ("截屏2025-10-19 23.41.02.png", "2025-10-19 23:41:02"),
        ("截屏2025-10-19 下午11.41.02.png", "2025-10-19 23:41:02"),
        ("屏幕快照 2025-10-19 上午12.41.02.png", "2025-10-19 00:41:02"),
        ("Screenshot 2025-10-19 at 11.41.02 PM.png", "2025-10-19 23:41:02"),
        ("Screenshot 2025-10-19 at 1.41.02\u202fAM.png", "2025-10-19 01:41:02"),
        ("屏幕截图 2025-10-19 234102.png", "2025-10-19 23:41:02"),
        ("微信截图_20251019234102.png", "2025-10-19 23:41:02"),
        ("QQ截图20251019234102.png", "2025-10-19 23:41:02"),
        ("PXL_20251019_154102123.jpg", "2025-10-19 23:41:02"),
        ("wx_camera_1760888462000.jpg", "2025-10-19 23:41:02"),
        ("Screenshot_1760888462.png", "2025-10-19 23:41:02"),
        ("Screenshot_1760888462000.png", "2025-10-19 23:41:02"),
        ("SmartSelect_20251019_234102_Messages.jpg", "2025-10-19 23:41:02"),
        ("Screenrecorder-2025-10-19-23-41-02-123.jpg", "2025-10-19 23:41:02"),
        ("Screenshot_20251019_234102_com.huawei.message.jpg", "2025-10-19 23:41:02"),
        ("Screenshot_20251019_234102_edit_17608884620.jpg", "2025-10-19 23:41:02"),
        ("Screenshot_2025-10-19-23-41-02-12_0a1b2c.jpg", "2025-10-19 23:41:02"),
        ("IMG_20251019_234102(1).jpg", "2025-10-19 23:41:02"),
        ("截屏2025-10-19 下午11.41.02 (2).png", "2025-10-19 23:41:02"),
        ("Screen Shot 2025-10-19 at 11.41.02 PM 2.png", "2025-10-19 23:41:02"),
        ("Snipaste_2025-10-19_23-41-02.png", "2025-10-19 23:41:02"),
        ("捕获_2025-10-19 23-41-02.png", "2025-10-19 23:41:02"),
        ("企业微信截图_20251019234102.png", "2025-10-19 23:41:02"),
    ],
)
def test_file_names_of_screenshots_tell_their_moment(name, expected):
    assert capture_from_name(name) == at(expected)


@pytest.mark.parametrize(
    "name",
    [
        "IMG_0428.PNG",
        "Screenshot_20251340-234102.png",
        "Screenshot_20251019-254102.png",
        "Screenshot_20250229-104102.png",
        "截屏2025-10-19.png",
        "S51019-234102.jpg",
        "20051019234102.png",
        "2025101923410.png",
        "106901236408258093.png",
        "mmexport1760888462000.jpg",
        "微信图片_20251019234102.jpg",
        "QQ图片20251019234102.png",
        "企业微信图片_20251019234102.png",
        "WhatsApp Image 2025-10-19 at 23.41.02.jpeg",
        "photo_2025-10-19_23-41-02.jpg",
        "signal-2025-10-19-23-41-02-123.jpg",
        "Screenshot_9760888462.png",
        "1760888462000.jpg",
    ],
)
def test_other_names_do_not(name):
    assert capture_from_name(name) is None


@pytest.mark.parametrize(
    "name", ["mmexport1760888462000.jpg", "微信图片_20251019234102.jpg", "QQ图片20251019234102.png"]
)
def test_names_given_on_saving_from_a_chat_only_bound_the_moment(name):
    saved = at("2025-10-19 23:41:02")
    assert saved_from_name(name) == saved
    copied = capture_moment(name, None, at("2026-02-01 09:00"), None)
    assert copied == CaptureMoment(saved, CaptureSource.FILE_TIME)


def test_the_surest_source_wins():
    name = "Screenshot_20251019-234102.png"
    typed, exif, file_time = (at(f"2025-10-{day} 10:00") for day in ("01", "02", "03"))
    assert capture_moment(name, exif, file_time, typed) == CaptureMoment(
        typed, CaptureSource.PERSON
    )
    assert capture_moment(name, exif, file_time, None) == CaptureMoment(exif, CaptureSource.EXIF)
    assert capture_moment(name, None, file_time, None).source is CaptureSource.FILE_NAME
    assert capture_moment("a.png", None, file_time, None).source is CaptureSource.FILE_TIME
    assert capture_moment("a.png", None, None, None) == CaptureMoment(None, CaptureSource.UNKNOWN)


def test_moments_are_told_in_china_time():
    exif = dt.datetime(2025, 10, 19, 15, 41, tzinfo=dt.UTC)
    moment = capture_moment("a.png", exif, None, None).at
    assert moment == exif
    assert moment.utcoffset() == dt.timedelta(hours=8)


def test_clocks_that_were_never_set_do_not_count():
    unset, file_time = at("1980-01-01 00:00"), at("2025-10-19 10:00")
    assert capture_moment("a.png", unset, file_time, None).source is CaptureSource.FILE_TIME
    assert capture_moment("a.png", None, unset, None).source is CaptureSource.UNKNOWN


@pytest.mark.parametrize(
    ("clock", "agrees"),
    [
        ("19:41", True),
        ("19:43", True),
        ("19:36", True),  # a long screenshot was begun minutes before it was saved
        ("7:41", True),
        ("下午7:41", True),
        ("07:41", False),
        ("上午7:41", False),
        ("19:44", False),
        ("19:35", False),
        ("19:50", False),
        ("昨天 19:41", None),
        ("", None),
        (None, None),
        ("5G", None),
    ],
)
def test_the_status_bar_is_held_against_the_moment(clock, agrees):
    assert clock_agrees(StatusBar(clock), WEDNESDAY) is agrees


def test_midnight_lies_between_neighbouring_clocks():
    assert clock_agrees(StatusBar("23:59"), seen("2025-10-22 00:00:10")) is True
    assert clock_agrees(StatusBar("00:00"), seen("2025-10-22 23:59:50")) is True
    nowhere = CaptureMoment(None, CaptureSource.UNKNOWN)
    assert clock_agrees(StatusBar("23:59"), nowhere) is None


def test_a_clock_that_was_not_surely_read_contradicts_nothing():
    assert clock_agrees(StatusBar("09:41", None, 0.6), WEDNESDAY) is None
    assert clock_agrees(StatusBar("09:41", None, 0.99), WEDNESDAY) is False


@given(MOMENTS, SECONDS, st.integers(0, 5), st.sampled_from(CLOCKS))
def test_the_clock_of_the_screenshot_itself_never_contradicts(moment, second, minutes, clock):
    captured = moment + dt.timedelta(minutes=minutes, seconds=second)
    bar = StatusBar(clock(moment))
    assert clock_agrees(bar, CaptureMoment(captured, CaptureSource.FILE_TIME)) is True


@pytest.mark.parametrize(
    ("label", "later"),
    [
        ("2025年10月23日 09:00", True),
        ("2025-10-22 19:43", True),
        ("2025-10-22 19:42", False),
        ("2025-10-22", False),
        ("2025-10-23", True),
        ("今天 23:50", True),
        ("今天 19:40", False),
        ("23:50", False),  # of a day that has scrolled away
        ("周三 23:50", False),
        ("12月16日 16:20", False),  # of last year
        ("2026年2月30日 10:00", False),
        ("25/10/23 22:10", False),
        (None, False),
        ("你好", False),
    ],
)
def test_a_label_may_lie_after_the_screenshot(label, later):
    assert lies_after(label, WEDNESDAY) is later
    assert not lies_after(label, CaptureMoment(None, CaptureSource.UNKNOWN))


COPIED = seen("2025-10-22 19:41:30", CaptureSource.FILE_TIME)


def test_a_picture_tells_what_contradicts_its_moment():
    assert contradictions(COPIED, StatusBar("19:40"), ["昨天 14:23", None]) == ()
    assert contradictions(COPIED, StatusBar("09:12"), ["昨天 14:23"]) == (Contradiction.CLOCK,)
    both = contradictions(COPIED, StatusBar("09:12"), ["2025-11-01 10:00"])
    assert both == (Contradiction.CLOCK, Contradiction.LABEL)


@pytest.mark.parametrize("source", [s for s in CaptureSource if s is not CaptureSource.UNKNOWN])
def test_only_a_person_vouches_for_a_moment_that_the_picture_contradicts(source):
    captured = seen("2025-10-22 19:41:30", source)
    contradicted = dating_moment(captured, StatusBar("09:12"), [])
    assert contradicted.vouches is (source is CaptureSource.PERSON)
    assert dating_moment(captured, StatusBar("19:41"), []).vouches
    assert dating_moment(captured, StatusBar(), []).vouches


@pytest.mark.parametrize(
    ("label", "basis"),
    [
        ("2025年10月19日 14:23", READ),
        ("10月19日 周日 14:23", DERIVED),  # 2025 by its weekday
        ("10月19日 14:23", UNKNOWN),
        ("昨天 14:23", UNKNOWN),
        ("今天 14:06", UNKNOWN),
        ("周一 12:08", UNKNOWN),
        ("14:23", UNKNOWN),
        ("5分钟前", UNKNOWN),
    ],
)
def test_no_day_is_reckoned_from_a_moment_that_the_picture_contradicts(label, basis):
    contradicted = dating_moment(COPIED, StatusBar("09:12"), [label])
    assert resolve(label, contradicted).basis is basis
    assert resolve(label, contradicted).label == label


def test_one_label_in_the_future_shakes_the_days_of_the_whole_screen():
    labels = ["昨天 14:23", "2025-11-01 10:00"]
    moment = dating_moment(COPIED, StatusBar(), labels)
    times = date_messages([(label, OWN) for label in labels], moment)
    assert [sent.basis for sent in times] == [UNKNOWN, READ]
