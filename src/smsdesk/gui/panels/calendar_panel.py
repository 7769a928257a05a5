"""The calendar of days and the hours of the week, each with its legend and what it stands on."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from smsdesk.domain.figures import Figures, Ids, Lines
from smsdesk.gui import words
from smsdesk.gui.charts.cells import CellChart
from smsdesk.gui.charts.grid import Cell
from smsdesk.gui.charts.grids import Calendar, hour_ids, hours_grid
from smsdesk.gui.charts.legend import Legend
from smsdesk.gui.theme import Theme

_LOWEST = 168
"""Pixels: seven rows of 20 and the names of the columns."""
_HIGHEST = 248


class _ChartPanel(QWidget):
    """A chart under its heading, above a line that says what the cursor is on, and a legend."""

    chosen = Signal(object, str)
    """Ids of messages (none: let go) and a name for them."""

    def __init__(self, theme: Theme, heading: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.heading = QLabel(heading, self)
        self.heading.setProperty("role", "section")
        self.chart = CellChart(theme, self._describe, self)
        self.chart.setAccessibleName(heading)
        self.chart.setMinimumHeight(_LOWEST)
        self.chart.setMaximumHeight(_HIGHEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.reading = QLabel(self)
        self.reading.setProperty("role", "muted")
        self.reading.setMinimumWidth(1)
        self.legend = Legend(theme, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(2)
        for part in (self.heading, self.chart, self.reading, self.legend):
            column.addWidget(part)
        self.chart.moved.connect(lambda cell: self.reading.setText(self._describe(cell)))
        self.chart.chosen.connect(lambda cells: self.chosen.emit(*self._told(cells)))

    def leave(self) -> None:
        """Choose nothing any more."""
        self.chart.choose(frozenset())

    def _describe(self, cell: Cell) -> str:
        raise NotImplementedError

    def _told(self, cells: frozenset[Cell]) -> tuple[Ids, str]:
        raise NotImplementedError


class CalendarPanel(_ChartPanel):
    """How many messages came on each day."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        self._calendar: Calendar | None = None
        self._night: frozenset[int] = frozenset()
        self._many = 0
        super().__init__(theme, self.tr("Messages a day"), parent)

    def show_figures(self, figures: Figures, lines: Lines) -> None:
        """Show the days of *figures*; none: the panel is hidden."""
        self._calendar = Calendar.of(figures.overall)
        self._night = frozenset(figures.overall.night)
        self._many = lines.many_a_day
        self.setVisible(self._calendar is not None)
        if self._calendar is None:
            return
        grid = self._calendar.grid()
        self.chart.show_grid(grid)
        marked = self.tr("%n or more a day (own line, not the law's)", "", self._many)
        self.legend.show_grid(grid, marked if grid.marked else "", "")

    def _describe(self, cell: Cell) -> str:
        if self._calendar is None:
            return ""
        day = self._calendar.day_of(cell)
        ids = self._calendar.rhythm.days.get(day, ())
        parts = [_day(day), self.tr("%n message(s)", "", len(ids))]
        if night := len(self._night.intersection(ids)):
            parts.append(self.tr("%n of them at night", "", night))
        if cell in self.chart.grid.marked:
            parts.append(self.tr("%n or more a day (own line, not the law's)", "", self._many))
        return self.tr(", ").join(parts)

    def _told(self, cells: frozenset[Cell]) -> tuple[Ids, str]:
        if self._calendar is None or not cells:
            return (), ""
        ids = self._calendar.ids(cells)
        days = sorted(map(self._calendar.day_of, cells))
        name = _day(days[0])
        if len(days) > 1:
            name = self.tr("{first} to {last}").format(first=name, last=_day(days[-1]))
        return ids, self.tr("{name}: %n message(s)", "", len(ids)).format(name=name)


class HoursPanel(_ChartPanel):
    """At which hours of the week messages came."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        self._figures: Figures | None = None
        super().__init__(theme, self.tr("Hours of the week"), parent)

    def show_figures(self, figures: Figures, lines: Lines) -> None:
        """Show the hours of *figures*; nothing known of hours: the panel is hidden."""
        self._figures = figures
        self.setVisible(bool(figures.heat))
        grid = hours_grid(figures.heat, lines)
        self.chart.show_grid(grid)
        span = f"{lines.night_from:%H:%M}–{lines.night_to:%H:%M}"
        self.legend.show_grid(grid, "", self.tr("night, {span}").format(span=span))

    def _describe(self, cell: Cell) -> str:
        count = self.chart.grid.counts.get(cell, 0)
        parts = [_hours(frozenset({cell})), self.tr("%n message(s)", "", count)]
        if cell[0] in self.chart.grid.dimmed:
            parts.append(self.tr("night"))
        return self.tr(", ").join(parts)

    def _told(self, cells: frozenset[Cell]) -> tuple[Ids, str]:
        if self._figures is None or not cells:
            return (), ""
        ids = hour_ids(self._figures.heat, cells, self._figures.overall.ids)
        name = _hours(cells)
        return ids, self.tr("{name}: %n message(s)", "", len(ids)).format(name=name)


def _day(day: dt.date) -> str:
    return words.day_name(day, with_year=True)


def _hours(cells: frozenset[Cell]) -> str:
    """Return a block of hours: 周一—周五 22:00–24:00."""
    monday = dt.date(2024, 1, 1)
    days = [
        words.weekday(monday + dt.timedelta(days=end))
        for end in (min(row for _, row in cells), max(row for _, row in cells))
    ]
    hours = min(column for column, _ in cells), max(column for column, _ in cells) + 1
    named = "—".join(dict.fromkeys(days))
    return f"{named} {hours[0]}:00–{hours[1]}:00"
