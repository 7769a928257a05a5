"""Charts as lines and areas, in black and white: hatching and numbers, never colour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from smsdesk.report.pdf.sheet import Sheet
from smsdesk.report.pdf.styles import CAPTION_GREY, Style
from smsdesk.report.phrases import WEEKDAYS

_TICK = Style(6.5, 9, black=0.75, align="center")
_VALUE = Style(6.5, 9, align="center")
BAR_HEIGHT = 130.0
_LEGEND_HEIGHT = 14.0
_AXIS_HEIGHT = 20.0


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many messages came on one day, and how many of them at night."""

    date: dt.date
    received: int
    night: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """Messages per day: every day of the period has its place, days without any stay empty.

    The hatched lower part of a bar is what came at night; weekends have a grey ground. Periods
    longer than `_MAX_DAYS` days are summed up by week (from Monday).
    """

    days: Sequence[DayCount]

    @property
    def height(self) -> float:
        """Return the height of the whole drawing."""
        return _LEGEND_HEIGHT + BAR_HEIGHT + _AXIS_HEIGHT

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw the chart with its legend."""
        bars = _bars(self.days)
        step = width / len(bars)
        highest = max(bar.received for bar in bars)
        base = y + _LEGEND_HEIGHT + BAR_HEIGHT
        self._legend(sheet, x, y, width, weekly=bars[0].weekly)
        for position, bar in enumerate(bars):
            left = x + position * step
            if bar.is_weekend:
                sheet.box(left, y + _LEGEND_HEIGHT, step, BAR_HEIGHT, fill=0.06)
            if bar.received:
                _bar(sheet, bar, left, base, step, (BAR_HEIGHT - 12) / highest)
        sheet.rule(x, base, x + width, base, black=1)
        _dates(sheet, bars, x, base, step)

    def _legend(self, sheet: Sheet, x: float, y: float, width: float, *, weekly: bool) -> None:
        left = x
        sheet.box(left, y + 2, 8, 7, stroke=1)
        sheet.text("日间或时段未明", left + 11, y, width, CAPTION_GREY)
        left += 80
        sheet.hatch(left, y + 2, 8, 7)
        sheet.box(left, y + 2, 8, 7, stroke=1)
        sheet.text("夜间", left + 11, y, width, CAPTION_GREY)
        left += 42
        words = "每条柱为一周（自星期一起）" if weekly else "灰底为星期六、星期日"
        sheet.text(words, left, y, width, CAPTION_GREY)


_MAX_DAYS = 100
"""More bars than this would be narrower than their hatching."""


@dataclass(frozen=True, slots=True)
class _Bar:
    start: dt.date
    received: int
    night: int
    weekly: bool

    @property
    def is_weekend(self) -> bool:
        return not self.weekly and self.start.weekday() >= 5


def _bars(days: Sequence[DayCount]) -> list[_Bar]:
    """Return a bar for each day from the first to the last, or for each week."""
    by_day = {day.date: day for day in days}
    first, last = min(by_day), max(by_day)
    span = (last - first).days + 1
    weekly = span > _MAX_DAYS
    if weekly:
        first -= dt.timedelta(days=first.weekday())
        span = (last - first).days + 1
    width = 7 if weekly else 1
    bars = []
    for offset in range(0, span, width):
        start = first + dt.timedelta(days=offset)
        found = [
            by_day[date]
            for part in range(width)
            if (date := start + dt.timedelta(days=part)) in by_day
        ]
        received, night = sum(d.received for d in found), sum(d.night for d in found)
        bars.append(_Bar(start, received, night, weekly))
    return bars


def _bar(sheet: Sheet, bar: _Bar, left: float, base: float, step: float, unit: float) -> None:
    inset = min(step * 0.18, 4)
    width = min(step - 2 * inset, 22)
    x = left + (step - width) / 2
    night, whole = bar.night * unit, bar.received * unit
    sheet.box(x, base - whole, width, whole, fill=0)
    if night:
        sheet.hatch(x, base - night, width, night)
        sheet.rule(x, base - night, x + width, base - night, black=1)
    sheet.box(x, base - whole, width, whole, stroke=1, line=0.5)
    sheet.text(str(bar.received), left, base - whole - 9.5, step, _VALUE)


def _dates(sheet: Sheet, bars: Sequence[_Bar], x: float, base: float, step: float) -> None:
    """Write dates under the axis as closely as they have room, the year where it begins."""
    every = max(1, -(-24 // int(max(step, 1))))
    year = None
    for position in range(0, len(bars), every):
        start = bars[position].start
        left = x + position * step + step / 2 - 20
        sheet.rule(
            x + (position + 0.5) * step, base, x + (position + 0.5) * step, base + 2, black=1
        )
        sheet.text(f"{start.month}/{start.day}", left, base + 2, 40, _TICK)
        if start.year != year:
            year = start.year
            sheet.text(f"{year}年", left, base + 10, 40, _TICK)


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Messages by weekday and hour: the number in the cell, its shade only repeats it.

    `night` are the hours at which night ends and begins.
    """

    cells: Sequence[Sequence[int]]
    night: tuple[float, float]

    _HEAD = 12.0
    _ROW = 16.0

    @property
    def height(self) -> float:
        """Return the height of the whole drawing."""
        return self._HEAD + 7 * self._ROW + 3

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw the map; the night hours are set off by strong lines."""
        label = 34.0
        column = (width - label) / 24
        highest = max(max(row) for row in self.cells) or 1
        for hour in range(24):
            sheet.text(str(hour), x + label + hour * column, y, column, _TICK)
        for day, row in enumerate(self.cells):
            top = y + self._HEAD + day * self._ROW
            sheet.text(WEEKDAYS[day], x, top + 3, label, Style(7, 10))
            for hour, value in enumerate(row):
                self._cell(sheet, x + label + hour * column, top, column, value / highest, value)
        for edge_hour in self.night:
            edge = x + label + edge_hour * column
            bottom = y + self._HEAD + 7 * self._ROW
            sheet.rule(edge, y + 1, edge, bottom + 3, width=1.2, black=1)

    def _cell(
        self, sheet: Sheet, x: float, y: float, width: float, share: float, value: int
    ) -> None:
        sheet.box(x, y, width, self._ROW, fill=0.3 * share, stroke=0.35, line=0.3)
        if value:
            sheet.text(str(value), x, y + 3, width, Style(7.5, 10, bold=True, align="center"))
