"""How moments, numbers and senders are worded on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from smsdesk.domain.cases import Original
from smsdesk.domain.numbers import Sender, SenderKind
from smsdesk.domain.times import CHINA, CaptureMoment, SentTime, TimeBasis
from smsdesk.wording import say

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


def day(date: dt.date) -> str:
    """Return "2025年12月18日"."""
    return f"{date.year}年{date.month}月{date.day}日"


def weekday(date: dt.date) -> str:
    """Return "星期四"."""
    return WEEKDAYS[date.weekday()]


def moment(at: dt.datetime, *, seconds: bool = False) -> str:
    """Return "2025-12-18 14:06" in Chinese time, with seconds on demand."""
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")


def captured(capture: CaptureMoment) -> str:
    """Return when a screenshot was taken and where that comes from."""
    source = say(f"report.captured_{capture.source.value}")
    if capture.at is None:
        return source
    return f"{moment(capture.at, seconds=True)}（{source}）"


def contradicted(original: Original) -> list[str]:
    """Return a sentence for each thing that the picture says against its moment."""
    at = moment(original.captured.at) if original.captured.at else ""
    return [
        say(f"terms.contradiction_{found.value}", clock=original.status_clock, at=at)
        for found in original.contradictions
    ]


def basis(sent: SentTime) -> str:
    """Return the word for how a time is known: 读取, 推算, 手填 or 时间不明."""
    return say(f"terms.basis_{sent.basis.value}")


def clock(sent: SentTime, on: dt.date | None) -> str:
    """Return the time under the head of day *on*: "14:06", a range, or that it is unknown."""
    ends = [end.astimezone(CHINA) for end in (sent.earliest, sent.latest) if end is not None]
    if not ends:
        return basis(sent)
    shown = [_within_day(end, on) for end in ends]
    if len(ends) == 1:
        return ("不早于 " if sent.earliest else "不晚于 ") + shown[0]
    if ends[0].date() == ends[1].date():
        shown[1] = f"{ends[1]:%H:%M}"
    return shown[0] if ends[0] == ends[1] else f"{shown[0]} 至 {shown[1]}"


def _within_day(at: dt.datetime, on: dt.date | None) -> str:
    if at.date() == on:
        return f"{at:%H:%M}"
    if on and at.year == on.year:
        return f"{at.month}月{at.day}日 {at:%H:%M}"
    return f"{at:%Y-%m-%d %H:%M}"


def full_time(sent: SentTime) -> str:
    """Return the time with its date, and its basis unless it was read."""
    shown = clock(sent, None)
    known = sent.basis in (TimeBasis.READ, TimeBasis.UNKNOWN)
    return shown if known else f"{shown}（{basis(sent)}）"


def sender_name(sender: Sender) -> str:
    """Return how the sender is called: the number in readable groups, else the name."""
    number = sender.number or ""
    if sender.kind == SenderKind.MOBILE and number.startswith("+86") and len(number) == 14:
        return f"{number[3:6]} {number[6:10]} {number[10:]}"
    return sender.raw or number or sender.name or say("report.kind_unknown")


def sender_kind(sender: Sender) -> str:
    """Return what the number plan says of the sender, "" where it says nothing more."""
    words = say(f"report.kind_{sender.kind.value}")
    if sender.kind == SenderKind.UNKNOWN:
        return "" if not sender.key else "号码类型不明"
    if sender.resale:
        words += "，移动转售号段"
    if sender.region:
        words += f"（{sender.region}）"
    return words


def ranges(numbers: Sequence[int], digits: int = 4) -> str:
    """Return sorted *numbers* as "0003–0007、0012"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(
        f"{a:0{digits}}" if a == b else f"{a:0{digits}}–{b:0{digits}}" for a, b in runs
    )


def numeral(number: int) -> str:
    """Return the Chinese numeral of 1 to 99."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if tens == 0:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def page_of(original: Original, index: int) -> str:
    """Return which page of a document it is, "" where the file has one only."""
    return f"第 {index + 1} 页" if original.page_sizes else ""


def file_count(originals: Sequence[Original]) -> str:
    """Return how many files there are, and their pages if any has several: "3 件（共 12 页）"."""
    pages = sum(len(original.pages) for original in originals)
    return f"{len(originals)} 件" + (f"（共 {pages} 页）" if pages > len(originals) else "")
