"""Bars for the hours of the day: how many messages came in each, night hours in another shade."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyqtgraph
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from smsdesk.gui.charts.colours import shades
from smsdesk.gui.charts.grid import CLASSES
from smsdesk.gui.theme import Theme

HOURS = 24
_NAMED = 3
"""Every so many hours one is named at the edge."""


class HourBars(pyqtgraph.PlotWidget):  # type: ignore[misc] # pyqtgraph has no types
    """Shows a number for each hour; arrows move, Enter or a click chooses an hour."""

    chosen = Signal(int)
    moved = Signal(int)
    """The hour that the keyboard is on, told anew whenever its number may have changed."""

    def __init__(self, theme: Theme, describe: Callable[[int], str], parent: QWidget) -> None:
        super().__init__(parent, background=None)
        self._theme = theme
        self._describe = describe
        self._counts: Mapping[int, int] = {}
        self._night: frozenset[int] = frozenset()
        self._hour = 0
        self._bars = pyqtgraph.BarGraphItem(x=[], height=[], width=0.8)
        self._mark = pyqtgraph.BarGraphItem(x=[], height=[], width=0.9)
        self._set_up()
        theme.changed.connect(self._draw)

    def _set_up(self) -> None:
        plot = self.getPlotItem()
        plot.hideButtons()
        plot.setMenuEnabled(False)
        self.setCacheMode(self.CacheModeFlag.CacheNone)  # keeps a ground of the look before
        plot.getViewBox().setMouseEnabled(False, False)
        plot.addItem(self._bars)
        plot.addItem(self._mark)
        bottom = plot.getAxis("bottom")
        bottom.setTicks([[(hour + 0.5, str(hour)) for hour in range(0, HOURS, _NAMED)]])
        for side in ("bottom", "left"):
            plot.getAxis(side).setStyle(tickLength=0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(self.Shape.NoFrame)

    @property
    def hour(self) -> int:
        """The hour that the keyboard is on."""
        return self._hour

    def show_counts(self, counts: Mapping[int, int], night: frozenset[int]) -> None:
        """Show a number for each hour; *night* are the hours of the night."""
        self._counts, self._night = counts, night
        self._draw()

    def _draw(self) -> None:
        colours = self._theme.colours
        palette = shades(colours, CLASSES)
        plot = self.getPlotItem()
        most = max(self._counts.values(), default=0) or 1
        plot.getViewBox().setRange(xRange=(0, HOURS), yRange=(0, most * 1.05), padding=0)
        plot.getAxis("left").setTicks([[(0, "0"), (most, str(most))]])
        for side in ("bottom", "left"):
            plot.getAxis(side).setPen(colours.line)
            plot.getAxis(side).setTextPen(colours.muted)
            plot.getAxis(side).setTickFont(self.font())
        hours = range(HOURS)
        self._bars.setOpts(
            x=[hour + 0.5 for hour in hours],
            height=[self._counts.get(hour, 0) for hour in hours],
            brushes=[palette[-1] if hour in self._night else palette[-3] for hour in hours],
            pen=QPen(Qt.PenStyle.NoPen),
        )
        self._mark.setOpts(
            x=[self._hour + 0.5],
            height=[most * 1.05 if self.hasFocus() else 0],
            brush=None,
            pen=colours.text,
        )
        self.setAccessibleDescription(self._describe(self._hour))
        self.moved.emit(self._hour)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by arrows, Home and End; Enter chooses."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self._hour = min(max(self._hour + step, 0), HOURS - 1)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._hour = 0 if event.key() == Qt.Key.Key_Home else HOURS - 1
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose()
        else:
            event.ignore()
        self._draw()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the hour that was clicked."""
        hour = self._hour_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and hour is not None:
            self._hour = hour
            self._draw()
            self._choose()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Leave the view where it is."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Leave the view where it is."""

    def wheelEvent(self, event: QEvent) -> None:
        """Let the page scroll."""
        event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what an hour holds where the mouse rests."""
        if isinstance(event, QHelpEvent):
            hour = self._hour_at(QPointF(event.pos()))
            words = "" if hour is None else self._describe(hour)
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return bool(super().viewportEvent(event))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the hour that the keyboard is on."""
        super().focusInEvent(event)
        self._draw()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it."""
        super().focusOutEvent(event)
        self._draw()

    def bar_place(self, hour: int) -> QPointF:
        """Return a point of the viewport in the column of an hour."""
        box = self.getPlotItem().getViewBox()
        return QPointF(self.mapFromScene(box.mapViewToScene(QPointF(hour + 0.5, 0.01))))

    def _hour_at(self, where: QPointF) -> int | None:
        box = self.getPlotItem().getViewBox()
        hour = int(box.mapSceneToView(self.mapToScene(where.toPoint())).x() // 1)
        return hour if 0 <= hour < HOURS else None

    def _choose(self) -> None:
        if self._counts.get(self._hour):
            self.chosen.emit(self._hour)
