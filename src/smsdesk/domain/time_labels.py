"""The grammar of the time labels that phones draw: text -> what it says, nothing resolved yet.

Everything a label may hold is found and taken out step by step; a label of which something else
remains is not understood at all (None), since half a time would be a wrong time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace

_NOISE = re.compile(
    r"(?:卡|SIM) ?[12]\b|卡[一二]|短信|彩信|信息|RCS|SMS|MMS|iMessage|Text Message"
    r"|中国(?:移动|联通|电信|广电)|已读|未读|已送达|送达|发送成功|\bat\b",
    re.IGNORECASE,
)
"""What phones draw on the line of a label without its being part of the time."""

_SLIPS = str.maketrans(
    {"曰": "日", "夭": "天", "咋": "昨", "晩": "晚", "週": "周", "點": "点", "禮": "礼"}
)
"""Characters that no label holds but that engines (or traditional script) give for ones it does."""

_SLIPS_IN_PLACE = (
    (re.compile(r"(?<=[上下中])[牛干千]"), "午"),
    (re.compile(r"(?<=\d)[目口]"), "日"),
)
"""The same for characters that only a word of time tells."""

_DIGIT_SLIPS = str.maketrans({"l": "1", "I": "1", "|": "1", "O": "0", "o": "0"})
_DIGIT_RUN = re.compile(r"(?<![A-Za-z])[0-9lI|Oo]+(?![A-Za-z])")

_CLOCK = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2}) ?(?:(?P<mark>[:.;]) ?(?P<minute>\d{2})(?: ?[:.] ?\d{2})?"
    r"|[点时] ?(?:(?P<spelt>\d{1,2}) ?分?|(?P<half>半))?)(?!\d)"
)
_MARK_LOST = re.compile(r"(?<![\d.:/-])(?P<hour>\d{2})(?P<minute>[0-5]\d)(?![\d.:/-])")
_MARK_LOST_OF_HALF_DAY = re.compile(
    r"(?<![\d.:/-])(?P<hour>\d{1,2})(?P<minute>[0-5]\d)(?![\d.:/-])"
)
"""A clock whose colon the engine did not see; believed only beside a day or a part of one.

Three digits only beside a part of a day: 下午223 is a clock, 今天500 a sum.
"""

_YEAR_MONTH_DAY = re.compile(
    r"(?<!\d)(?P<year>20\d\d) ?(?:年|[-/.]) ?(?P<month>\d{1,2}) ?(?:月|[-/.]) ?"
    r"(?P<day>\d{1,2}) ?(?:[日号]|(?!\d))"
)
_RUN_TOGETHER = re.compile(
    r"(?<!\d)(?:(?P<year>20\d\d)[-/.])?(?P<month>\d{1,2})[-/.](?P<day>\d\d)(?=\d\d:\d\d)"
)
"""A date whose space before the clock got lost: 2025-10-1915:35, 10/2212:00."""

_SHORT_DATE = re.compile(r"(?<![\d/])(?:\d{1,2}/){2}\d{1,2}(?![\d/])")
"""A date whose year has two digits: 25/10/19 is 2025-10-19 in China, 2019-10-25 elsewhere."""

_YEAR_LAST = re.compile(r"(?<![\d/])(?P<one>\d{1,2})/(?P<two>\d{1,2})/(?P<year>20\d\d)(?![\d/])")
"""Month and day as in America, or day and month as elsewhere: told only where one is above 12."""

NO_YEAR = 0
"""The year of a date in two digits: the label is one, but on no day that is sure."""

_MONTH_DAY = re.compile(
    r"(?<!\d)(?P<month>\d{1,2}) ?(?:月 ?(?P<day>\d{1,2}) ?(?:[日号]|(?!\d))"
    r"|[-/](?P<day2>\d{1,2})(?!\d))"
)
_ENGLISH_DATE = re.compile(
    r"(?:(?P<day>\d{1,2}) )?(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? ?"
    r"(?P<day2>\d{1,2}(?![\d:]))?,? ?(?P<year>20\d\d(?![\d:]))?",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_BACK = (
    (re.compile(r"今[天日]|今(?=[早晚晨夜])|\btoday\b", re.IGNORECASE), 0),
    (re.compile(r"昨[天日]|昨(?=[晚夜])|\byesterday\b", re.IGNORECASE), 1),
    (re.compile(r"大前[天日]"), 3),
    (re.compile(r"前[天日]"), 2),
)
_WEEKDAY = re.compile(r"(?:周|星期|礼拜) ?(?P<day>[一二三四五六日天]|[-—–]+)")
_ENGLISH_WEEKDAY = re.compile(
    r"\b(?P<day>mon|tue|wed|thu|fri|sat|sun)(?:(?:s|nes|rs|ur)?day|s|rs|r)?\b\.?", re.IGNORECASE
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_AGO = re.compile(
    r"(?P<count>\d{1,3}|[一两二三四五六七八九十]) ?(?P<unit>秒钟?|分钟|小时|天)(?:以)?前"
)
_HALF_AN_HOUR_AGO = re.compile(r"半(?:个)?小时(?:以)?前")
_ENGLISH_AGO = re.compile(
    r"\b(?P<count>\d{1,3}|an?) ?(?P<unit>s|m|h|d|sec|min|hr|second|minute|hour|day)s?\.? ago\b",
    re.IGNORECASE,
)
_JUST_NOW = re.compile(r"刚刚|刚才|\b(?:just )?now\b", re.IGNORECASE)
_UNIT_MINUTES = {"秒": 0, "分": 1, "小": 60, "天": 1440, "s": 0, "m": 1, "h": 60, "d": 1440}
_COUNTS = {
    "两": 2,
    "a": 1,
    "an": 1,
    **{char: n for n, char in enumerate("一二三四五六七八九十", 1)},
}

_HourOf = Callable[[int], tuple[int, bool]]
"""Hour as drawn -> hour of 24, and whether it may belong to the next day."""

_REST = re.compile(r"[\s,、。·•|\-—–()]*")


@dataclass(frozen=True, slots=True)
class TimeLabel:
    """What a label says; a part it does not say is None.

    A date whose year is drawn in two digits has NO_YEAR, and month and day 0: it cannot be told.
    `clock` counts minutes since midnight. `either_midnight`: the words (晚上12:10) may mean the
    small hours of the day named or of the next. `back` counts days before the day of the
    screenshot, `weekday` from Monday 0. `ago` is the span (at least, less than) in minutes before
    the screenshot.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    back: int | None = None
    weekday: int | None = None
    clock: int | None = None
    either_midnight: bool = False
    ago: tuple[int, int] | None = None

    @property
    def names_a_day(self) -> bool:
        """Whether the label names a day, fully or relative to the screenshot's."""
        return any(part is not None for part in (self.month, self.back, self.weekday))

    @property
    def is_bare_clock(self) -> bool:
        """Whether the label says nothing but a clock."""
        return self.clock is not None and not self.names_a_day


@dataclass(slots=True)
class _Work:
    """The part of a label not understood yet, and what the rest has told."""

    rest: str
    found: TimeLabel = field(default_factory=TimeLabel)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take the first match out of the rest, leaving a space in its place."""
        match = pattern.search(self.rest)
        if match:
            self.rest = f"{self.rest[: match.start()]} {self.rest[match.end() :]}"
        return match


def parse_label(label: str) -> TimeLabel | None:
    """Return what *label* says, or None where any part of it is not understood."""
    work = _Work(_normal(label))
    try:
        for step in _STEPS:
            step(work)
    except ValueError:  # a clock or date that cannot be: 25:10, 上午14:23
        return None
    if not _REST.fullmatch(work.rest) or work.found == TimeLabel():
        return None
    return work.found


def _normal(label: str) -> str:
    text = unicodedata.normalize("NFKC", label).translate(_SLIPS).replace("∶", ":")
    for slip, meant in _SLIPS_IN_PLACE:
        text = slip.sub(meant, text)
    return _NOISE.sub(" ", _DIGIT_RUN.sub(_repair_digits, text))


def _repair_digits(match: re.Match[str]) -> str:
    """Letters in a run of digits, or before the mark of a clock or date, are digits misread."""
    run, after = match.group(), match.string[match.end() : match.end() + 1]
    evident = any(c.isdigit() for c in run) or after in tuple(":年月日号点时/")
    return run.translate(_DIGIT_SLIPS) if evident else run


def _ago(work: _Work) -> None:
    if work.take(_JUST_NOW):
        work.found = replace(work.found, ago=(0, 2))  # phones call up to a minute "just now"
    elif work.take(_HALF_AN_HOUR_AGO):
        work.found = replace(work.found, ago=(30, 60))
    elif match := work.take(_AGO) or work.take(_ENGLISH_AGO):
        unit = _UNIT_MINUTES[match["unit"][0].lower()]
        count = _COUNTS.get(match["count"].lower()) or int(match["count"])
        # Days are counted by midnights: two days ago may be little more than one.
        least = count - 1 if unit == _UNIT_MINUTES["d"] else count
        work.found = replace(work.found, ago=(least * unit, (count + 1) * max(unit, 1)))


def _date(work: _Work) -> None:
    if work.take(_SHORT_DATE):
        # Two readings years apart: no time at all is told rather than perhaps a wrong one.
        work.found = replace(work.found, year=NO_YEAR, month=0, day=0)
        return
    if match := work.take(_YEAR_LAST):
        _year_last(work, match)
        return
    match = work.take(_RUN_TOGETHER) or work.take(_YEAR_MONTH_DAY) or work.take(_MONTH_DAY)
    if match:
        parts = match.groupdict()
        day = parts["day"] or parts["day2"]
        _set_date(work, parts.get("year"), int(parts["month"]), int(day))
    elif match := work.take(_ENGLISH_DATE):
        day = match["day"] or match["day2"]
        if not day:
            raise ValueError(match.group())
        month = _MONTHS.index(match["month"].lower()) + 1
        _set_date(work, match["year"], month, int(day))


def _year_last(work: _Work, match: re.Match[str]) -> None:
    month, day = sorted((int(match["one"]), int(match["two"])))
    if day > 12 or month == day:
        _set_date(work, match["year"], month, day)
    else:
        work.found = replace(work.found, year=NO_YEAR, month=0, day=0)


def _set_date(work: _Work, year: str | None, month: int, day: int) -> None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        raise ValueError((month, day))
    work.found = replace(work.found, year=int(year) if year else None, month=month, day=day)


def _relative_day(work: _Work) -> None:
    for pattern, back in _BACK:
        if work.take(pattern):
            work.found = replace(work.found, back=back)
            return


def _weekday(work: _Work) -> None:
    if match := work.take(_WEEKDAY):
        # 一 is easily read as a dash.
        index = "一二三四五六日天".find(match["day"])
        work.found = replace(work.found, weekday=min(max(index, 0), 6))
    elif match := work.take(_ENGLISH_WEEKDAY):
        work.found = replace(work.found, weekday=_WEEKDAYS.index(match["day"].lower()))


def _clock(work: _Work) -> None:
    match = work.take(_CLOCK)
    period = _period(work)
    if match is None and period:
        match = work.take(_MARK_LOST_OF_HALF_DAY)
    elif match is None and work.found.names_a_day:
        match = work.take(_MARK_LOST)
    if match is None:
        if period:  # 今天下午: a part of a day is no clock
            raise ValueError(work.rest)
        return
    hour, minute = int(match["hour"]), _minute(match.groupdict())
    dotted = match.groupdict().get("mark") == "."
    if dotted and not period and not work.found.names_a_day and 1 <= hour <= 12:
        raise ValueError(match.group())  # 10.19 alone may be a date
    hour, either = period(hour) if period else (hour, False)
    if hour > 23 or minute > 59:
        raise ValueError(match.group())
    work.found = replace(work.found, clock=hour * 60 + minute, either_midnight=either)


def _minute(parts: dict[str, str | None]) -> int:
    return 30 if parts.get("half") else int(parts["minute"] or parts.get("spelt") or 0)


def _period(work: _Work) -> _HourOf | None:
    """Take the word for the part of the day and return how it turns an hour into one of 24."""
    return next((hour_of for pattern, hour_of in _PERIODS if work.take(pattern)), None)


def _morning(hour: int) -> tuple[int, bool]:
    if hour > 12:
        raise ValueError(hour)
    return hour % 12, False


def _small_hours(hour: int) -> tuple[int, bool]:
    if 12 < hour < 22:
        raise ValueError(hour)
    if hour >= 22:
        return hour, False
    return (hour + 12 if 9 <= hour < 12 else hour % 12), False  # 半夜11:30 is 23:30


def _noon(hour: int) -> tuple[int, bool]:
    return (hour if hour >= 10 else hour + 12), False


def _afternoon(hour: int) -> tuple[int, bool]:
    return (hour if hour > 12 else hour % 12 + 12), False  # 下午14:23 says the same twice


def _night(hour: int) -> tuple[int, bool]:
    if hour > 12:
        return hour, False
    late = hour % 12 < 5  # 晚上12:10, 夜里1:30: no phone calls 16:00 night
    return (hour % 12 if late else hour + 12), late


_PERIODS: tuple[tuple[re.Pattern[str], _HourOf], ...] = (
    (re.compile(r"上午|早[上晨]?|清晨|(?<!凌)晨|(?<![a-z])a\.?m\b\.?", re.IGNORECASE), _morning),
    (re.compile(r"凌晨|[午半]夜"), _small_hours),
    (re.compile(r"[中正]午"), _noon),
    (re.compile(r"下午|午后|傍晚|(?<![a-z])p\.?m\b\.?", re.IGNORECASE), _afternoon),
    (re.compile(r"晚上?|夜[里间晚]|深夜"), _night),
)
_STEPS: tuple[Callable[[_Work], None], ...] = (_ago, _date, _relative_day, _weekday, _clock)
