"""A chart of cells, each with a number: moved in by arrows, chosen by click, Enter or a drag."""

from __future__ import annotations

from collections.abc import Callable

import pyqtgraph
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QToolTip, QWidget

from smsdesk.gui.charts.colours import ink_on, shades
from smsdesk.gui.charts.grid import Cell, Grid, Stretch, class_bounds, shade_of
from smsdesk.gui.theme import Colours, Theme

NARROWEST = 15
"""Pixels: below this a cell is hard to hit; what does not fit is scrolled to."""

WIDEST = 40
"""Pixels: wider cells say no more."""

NUMBER_FROM = 22
"""Pixels: from this width on a cell has room for its number."""

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_EMPTY = Grid(0, 7, {}, {}, {}, Stretch.IN_ORDER)


class CellChart(pyqtgraph.PlotWidget):  # type: ignore[misc] # pyqtgraph has no types
    """Shows a Grid; what is chosen stays outlined until something else is, or Escape."""

    chosen = Signal(object)
    """A frozenset of cells that a person wants to see; empty: nothing chosen any more."""
    moved = Signal(object)
    """The cell that the keyboard or the mouse is on."""

    def __init__(self, theme: Theme, describe: Callable[[Cell], str], parent: QWidget) -> None:
        super().__init__(parent, background=None)
        self._theme = theme
        self._describe = describe
        self._grid = _EMPTY
        self._first = 0
        self._cursor: Cell = (0, 0)
        self._anchor: Cell | None = None
        self._chosen: frozenset[Cell] = frozenset()
        self._cells = _Cells(self)
        self._set_up()
        theme.changed.connect(self._restyle)
        self._restyle()

    def _set_up(self) -> None:
        plot = self.getPlotItem()
        plot.hideButtons()
        plot.setMenuEnabled(False)
        self.setCacheMode(self.CacheModeFlag.CacheNone)  # keeps a ground of the look before
        left_and_top = (True, True, False, False)
        plot.showAxes(left_and_top, showValues=left_and_top)
        box = plot.getViewBox()
        box.setMouseEnabled(False, False)
        box.invertY(True)
        box.setDefaultPadding(0)
        plot.addItem(self._cells)
        for side in ("left", "top"):
            axis = plot.getAxis(side)
            axis.setStyle(tickLength=0, hideOverlappingLabels=False)
            axis.setPen(None)
            axis.setTickPen(pyqtgraph.mkPen(None))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFrameShape(self.Shape.NoFrame)

    def sizeHint(self) -> QSize:
        """Return a size at which cells are easy to hit; the layout may give less."""
        return QSize(600, self.maximumHeight())

    # -- what is shown -------------------------------------------------------------------------

    @property
    def grid(self) -> Grid:
        """What is shown."""
        return self._grid

    @property
    def cursor_cell(self) -> Cell:
        """The cell that the keyboard is on."""
        return self._cursor

    @property
    def selection(self) -> frozenset[Cell]:
        """The cells chosen."""
        return self._chosen

    @property
    def colours(self) -> Colours:
        """The palette in use."""
        return self._theme.colours

    def show_grid(self, grid: Grid) -> None:
        """Show other numbers; the cursor stays where it is if that cell is still there."""
        same_shape = grid.counts.keys() == self._grid.counts.keys()
        self._grid = grid
        self._chosen = self._chosen & grid.counts.keys() if same_shape else frozenset()
        self._anchor = None
        if not same_shape:
            filled = [cell for cell, count in grid.counts.items() if count]
            self._cursor = max(filled, default=(0, 0))
        self._cells.refresh()
        self._scroll()
        self._tell()

    def choose(self, cells: frozenset[Cell]) -> None:
        """Outline these cells, without a word to anybody."""
        self._chosen = cells & self._grid.counts.keys()
        self._cells.update()

    def cell_place(self, cell: Cell) -> QRectF:
        """Return where a cell stands, in pixels of the viewport."""
        box = self.getPlotItem().getViewBox()
        corners = [
            self.mapFromScene(box.mapViewToScene(QPointF(cell[0] + dx, cell[1] + dy)))
            for dx, dy in ((0, 0), (1, 1))
        ]
        return QRectF(QPointF(corners[0]), QPointF(corners[1]))

    def cell_at(self, where: QPointF) -> Cell | None:
        """Return the cell at a point of the viewport."""
        box = self.getPlotItem().getViewBox()
        point = box.mapSceneToView(self.mapToScene(where.toPoint()))
        cell = int(point.x() // 1), int(point.y() // 1)
        return cell if cell in self._grid.counts else None

    @property
    def _visible(self) -> int:
        """How many columns fit."""
        room = self.viewport().width() - self.getPlotItem().getAxis("left").width() - 8
        return max(1, int(room // NARROWEST))

    def _scroll(self) -> None:
        """Show as many columns as fit, among them the cursor's."""
        visible, columns = self._visible, self._grid.columns
        if self._cursor[0] < self._first:
            self._first = self._cursor[0]
        self._first = max(self._first, self._cursor[0] - visible + 1)
        self._show_from(min(self._first, columns - visible))

    def _show_from(self, first: int) -> None:
        """Show columns from *first* on; few columns get no wider than WIDEST."""
        self._first = max(0, first)
        room = self.viewport().width() - self.getPlotItem().getAxis("left").width() - 8
        shown = max(min(self._visible, self._grid.columns), int(room // WIDEST), 1)
        plot = self.getPlotItem()
        plot.getViewBox().setRange(
            xRange=(self._first, self._first + shown), yRange=(0, self._grid.rows), padding=0
        )
        names = self._grid
        plot.getAxis("top").setTicks([[(c + 0.5, word) for c, word in names.columns_named.items()]])
        plot.getAxis("left").setTicks([[(r + 0.5, word) for r, word in names.rows_named.items()]])

    def _restyle(self) -> None:
        for side in ("left", "top"):
            axis = self.getPlotItem().getAxis(side)
            axis.setTextPen(self.colours.muted)
            axis.setTickFont(self.font())
        self._cells.refresh()

    def _tell(self) -> None:
        """Say aloud and below the chart what the cursor is on."""
        if self._cursor in self._grid.counts:
            self.setAccessibleDescription(self._describe(self._cursor))
            self.moved.emit(self._cursor)
        self._cells.update()

    # -- what a person does --------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by arrows, Home and End; Shift stretches; Enter chooses; Escape lets go."""
        key = Qt.Key(event.key())
        ends = self._grid.ends
        stretched = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if ends is None:
            event.ignore()
        elif key in _ARROWS:
            self._go(self._grid.step(self._cursor, *_ARROWS[key]), stretched=stretched)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(ends[key == Qt.Key.Key_End], stretched=stretched)
        elif key in _ENTERS:
            self._choose_stretch()
        elif key == Qt.Key.Key_Escape and self._chosen:
            self._let_go()
        else:
            event.ignore()

    def _go(self, cell: Cell, *, stretched: bool) -> None:
        if not stretched:
            self._anchor = None
        elif self._anchor is None:
            self._anchor = self._cursor
        self._cursor = cell
        self._scroll()
        self._tell()

    def _choose_stretch(self) -> None:
        self._chosen = self.stretch
        self._cells.update()
        self.chosen.emit(self._chosen)

    def _let_go(self) -> None:
        self._anchor = None
        self._chosen = frozenset()
        self._cells.update()
        self.chosen.emit(self._chosen)

    @property
    def stretch(self) -> frozenset[Cell]:
        """The cells that a person is about to choose: the cursor's, or all from the anchor on."""
        return self._grid.between(self._anchor or self._cursor, self._cursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stretch, or with Shift end it here."""
        cell = self.cell_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or cell is None:
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._anchor = (self._anchor or self._cursor) if shift else cell
        self._cursor = cell
        self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Stretch as far as the mouse is dragged."""
        cell = self.cell_at(event.position())
        if cell is not None and event.buttons() & Qt.MouseButton.LeftButton and self._anchor:
            self._cursor = cell
            self._tell()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what the mouse was dragged over."""
        if event.button() == Qt.MouseButton.LeftButton and self._anchor is not None:
            self._choose_stretch()
            self._anchor = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go along the columns where not all fit."""
        if self._grid.columns <= self._visible:
            event.ignore()
            return
        turned = event.angleDelta()
        notches = (turned.x() or turned.y()) / 120
        self._show_from(min(round(self._first - 3 * notches), self._grid.columns - self._visible))

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what a cell holds where the mouse rests."""
        if isinstance(event, QHelpEvent):
            cell = self.cell_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._describe(cell) if cell else "", self)
            return True
        return bool(super().viewportEvent(event))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as fit now."""
        super().resizeEvent(event)
        if hasattr(self, "_cells"):  # Qt resizes it while it is being made
            self._scroll()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor."""
        super().focusInEvent(event)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cursor."""
        super().focusOutEvent(event)
        self._cells.update()


class _Cells(pyqtgraph.GraphicsObject):  # type: ignore[misc]
    """Draws the cells in whole pixels, whatever the chart's scale."""

    def __init__(self, chart: CellChart) -> None:
        super().__init__()
        self._chart = chart
        self._bounds: list[int] = []
        self._shades: list[QColor] = []
        # many hundred cells: drawn again when they change, not whenever the page is
        self.setCacheMode(self.CacheMode.DeviceCoordinateCache)

    def refresh(self) -> None:
        """Take over other numbers or colours."""
        self._bounds = class_bounds(self._chart.grid.most)
        self._shades = shades(self._chart.colours, len(self._bounds))
        self.prepareGeometryChange()
        self.informViewBoundsChanged()
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the room of all cells."""
        return QRectF(0, 0, max(1, self._chart.grid.columns), self._chart.grid.rows)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw what is in sight."""
        grid, chart = self._chart.grid, self._chart
        place = painter.transform()
        painter.setTransform(QTransform())
        font = chart.font()
        painter.setFont(font)
        seen = self.viewRect()
        about = chart.stretch if chart.hasFocus() else frozenset()
        columns = range(max(0, int(seen.left())), int(seen.right()) + 1)
        for cell in ((column, row) for column in columns for row in range(grid.rows)):
            if cell in grid.counts:
                room = place.mapRect(QRectF(cell[0], cell[1], 1, 1)).toAlignedRect()
                inner = QRectF(room).adjusted(1, 1, -1, -1)
                self._paint_cell(painter, inner, cell, grid.counts[cell])
                self._paint_outline(painter, QRectF(room), cell, about)
        painter.setTransform(place)

    def _paint_cell(self, painter: QPainter, room: QRectF, cell: Cell, count: int) -> None:
        grid, colours = self._chart.grid, self._chart.colours
        ground = self._shades[shade_of(count, self._bounds)]
        painter.fillRect(room, ground)
        if cell[0] in grid.dimmed and not count:
            painter.fillRect(room, QColor(colours.line))
        if cell[0] in grid.dimmed and cell[1] == 0:
            painter.fillRect(QRectF(room.left(), room.top(), room.width(), 3), colours.muted)
        if cell in grid.breaks:
            painter.fillRect(QRectF(room.left() - 1, room.top(), 1, room.height()), colours.muted)
        if count and room.width() >= NUMBER_FROM:
            painter.setPen(ink_on(ground))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, str(count))
        if cell in grid.marked:
            side = max(4.0, room.width() / 4)
            corner = [room.topRight(), room.topRight() - QPointF(side, 0)]
            corner.append(room.topRight() + QPointF(0, side))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.doubt))
            painter.drawPolygon(corner)

    def _paint_outline(
        self, painter: QPainter, room: QRectF, cell: Cell, about: frozenset[Cell]
    ) -> None:
        """Outline what is chosen, and more strongly what the keyboard is on."""
        colours = self._chart.colours
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if cell in self._chart.selection:
            painter.setPen(QPen(QColor(colours.text), 1))
            painter.drawRect(room.adjusted(0.5, 0.5, -1.5, -1.5))
        if cell in about:
            painter.setPen(QPen(QColor(colours.text), 2))
            painter.drawRect(room.adjusted(1, 1, -1, -1))
