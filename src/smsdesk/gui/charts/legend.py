"""What the shades of a chart mean, in numbers; and what its marks do."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smsdesk.gui.charts.colours import shades
from smsdesk.gui.charts.grid import Grid, class_bounds
from smsdesk.gui.theme import Theme

_SIDE = 12
_GAP = 6
_HEIGHT = 20


class Legend(QWidget):
    """One line: a square for each shade with the numbers that it stands for."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ranges: list[str] = []
        self._marked = ""
        self._dimmed = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_grid(self, grid: Grid, marked: str, dimmed: str) -> None:
        """Explain a grid; *marked* and *dimmed* say what these mean, empty if there are none."""
        self._ranges = shade_words(class_bounds(grid.most), grid.most)
        self._marked, self._dimmed = marked, dimmed
        self.setAccessibleName("  ".join(filter(None, [*self._ranges, marked, dimmed])))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a line."""
        return QSize(200, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw squares and numbers."""
        painter = QPainter(self)
        colours, x = self._theme.colours, 0
        for colour, word in zip(shades(colours, len(self._ranges) - 1), self._ranges, strict=False):
            painter.fillRect(self._square(x), colour)
            x = self._word(painter, x, word)
        if self._dimmed:
            square = self._square(x)
            painter.fillRect(square, QColor(colours.line))
            painter.fillRect(QRect(square.left(), square.top(), _SIDE, 3), QColor(colours.muted))
            x = self._word(painter, x, self._dimmed)
        if self._marked:
            self._corner(painter, QRectF(self._square(x)))
            self._word(painter, x, self._marked)

    def _square(self, x: int) -> QRect:
        return QRect(x, (self.height() - _SIDE) // 2, _SIDE, _SIDE)

    def _corner(self, painter: QPainter, room: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.colours.doubt))
        top = room.topRight()
        painter.drawPolygon([top, top - QPointF(_SIDE, 0), top + QPointF(0, _SIDE)])

    def _word(self, painter: QPainter, x: int, word: str) -> int:
        painter.setPen(QColor(self._theme.colours.muted))
        room = QRect(x + _SIDE + _GAP, 0, self.width(), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, word)
        return room.left() + painter.fontMetrics().horizontalAdvance(word) + 2 * _GAP


def shade_words(bounds: list[int], most: int) -> list[str]:
    """Return the numbers of each shade, the empty one first: 0, 1–3, 4–6."""
    ends = [*(bound - 1 for bound in bounds[1:]), most]
    spans = zip(bounds, ends, strict=False)
    return ["0", *(str(low) if low == high else f"{low}–{high}" for low, high in spans)]
