"""From figures to grids: a calendar of days, and the hours of the week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from smsdesk.domain.figures import Ids, Lines, Rhythm
from smsdesk.gui import words
from smsdesk.gui.charts.grid import Cell, Grid, Stretch

DAYS, HOURS = 7, 24


@dataclass(frozen=True, slots=True)
class Calendar:
    """Weeks as columns from Monday down; whole months, so that one sees where days lie."""

    rhythm: Rhythm
    first: dt.date
    last: dt.date

    @classmethod
    def of(cls, rhythm: Rhythm) -> Calendar | None:
        """Return the calendar of the days on which something came, None if there is none."""
        if not rhythm.days:
            return None
        first, last = min(rhythm.days), max(rhythm.days)
        after = (last.replace(day=1) + dt.timedelta(days=31)).replace(day=1)
        return cls(rhythm, first.replace(day=1), after - dt.timedelta(days=1))

    def cell_of(self, day: dt.date) -> Cell:
        """Return where a day stands."""
        return (day - self._monday).days // DAYS, day.weekday()

    def day_of(self, cell: Cell) -> dt.date:
        """Return the day of a cell."""
        return self._monday + dt.timedelta(days=cell[0] * DAYS + cell[1])

    def ids(self, cells: Iterable[Cell]) -> Ids:
        """Return the messages of some days, in order of time."""
        days = sorted(map(self.day_of, cells))
        return tuple(i for day in days for i in self.rhythm.days.get(day, ()))

    def grid(self) -> Grid:
        """Return what the chart shows."""
        days = [self.first + dt.timedelta(days=n) for n in range((self.last - self.first).days + 1)]
        firsts = [day for day in days if day.day == 1]
        return Grid(
            columns=self.cell_of(self.last)[0] + 1,
            rows=DAYS,
            counts={self.cell_of(day): len(self.rhythm.days.get(day, ())) for day in days},
            columns_named=self._months(firsts),
            rows_named=_weekdays(),
            stretch=Stretch.IN_ORDER,
            marked=frozenset(map(self.cell_of, self.rhythm.striking)),
            breaks=frozenset(
                self.cell_of(day) for day in days if day.day <= DAYS and day != self.first
            ),
        )

    def _months(self, firsts: list[dt.date]) -> dict[int, str]:
        """Name months where they begin; a month that begins within a week, over the next one."""
        return {
            self.cell_of(day + dt.timedelta(days=DAYS - 1))[0]: words.month_name(
                day, with_year=not number or day.month == 1
            )
            for number, day in enumerate(firsts)
        }

    @property
    def _monday(self) -> dt.date:
        return self.first - dt.timedelta(days=self.first.weekday())


def hours_grid(heat: Mapping[tuple[int, int], Ids], lines: Lines) -> Grid:
    """Return the hours of the week: hours across, weekdays down; night hours are dimmed."""
    night = night_hours(lines)
    return Grid(
        columns=HOURS,
        rows=DAYS,
        counts={(hour, day): len(heat.get((day, hour), ())) for hour in range(HOURS)
                for day in range(DAYS)},
        columns_named={hour: str(hour) for hour in range(HOURS)},
        rows_named=_weekdays(),
        stretch=Stretch.BLOCK,
        dimmed=night,
        breaks=frozenset(
            (hour, day) for hour in range(1, HOURS) for day in range(DAYS)
            if (hour in night) != (hour - 1 in night)
        ),
    )  # fmt: skip


def hour_ids(heat: Mapping[tuple[int, int], Ids], cells: Collection[Cell], order: Ids) -> Ids:
    """Return the messages of some hours of the week, in the *order* of all."""
    found = {i for hour, day in cells for i in heat.get((day, hour), ())}
    return tuple(i for i in order if i in found)


def night_hours(lines: Lines) -> frozenset[int]:
    """Return the hours that lie wholly in the night."""
    begin, end = lines.night_from, lines.night_to
    whole = begin.hour + (1 if begin.minute else 0)
    return frozenset(
        hour
        for hour in range(HOURS)
        if (hour >= whole or hour < end.hour if begin > end else whole <= hour < end.hour)
    )


def _weekdays() -> dict[int, str]:
    monday = dt.date(2024, 1, 1)
    return {n: words.weekday(monday + dt.timedelta(days=n)) for n in range(DAYS)}
