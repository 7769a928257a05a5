"""Chips: a violation type as an outlined icon and word; dashed, solid or struck by its state."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from smsdesk.domain.findings import FindingState, ViolationType
from smsdesk.gui import icons, words
from smsdesk.gui.theme import Theme, chip_colour

HEIGHT = 20
_PADDING = 6
_ICON = 12
_SHORTEST = 72
"""Pixels of a chip that has to give way to what stands beside it."""


def chip_width(metrics: QFontMetrics, violation: ViolationType) -> int:
    """Return how wide a chip is."""
    word = metrics.horizontalAdvance(words.label_name(violation))
    return _PADDING + _ICON + 4 + word + _PADDING


def paint_chip(
    painter: QPainter,
    place: QRectF,
    violation: ViolationType,
    state: FindingState,
    theme: Theme,
) -> None:
    """Draw a chip that fills *place*: frame, icon and name."""
    rejected = state == FindingState.REJECTED
    painter.save()
    colour = paint_frame(painter, place, violation, state, theme)
    device = painter.device()
    ratio = device.devicePixelRatioF() if device else 1.0
    drawing = icons.pixmap(icons.violation_icon(violation), colour, _ICON, ratio)
    top = place.top() + (place.height() - _ICON) / 2
    painter.drawPixmap(int(place.left()) + _PADDING, int(top), drawing)
    font = painter.font()
    font.setStrikeOut(rejected)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    words_at = place.adjusted(_PADDING + _ICON + 4, 0, -_PADDING + 2, 0)
    aligned = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    name = painter.fontMetrics().elidedText(
        words.label_name(violation), Qt.TextElideMode.ElideRight, int(words_at.width()) + 1
    )
    painter.drawText(words_at, aligned, name)
    painter.restore()


def paint_frame(
    painter: QPainter,
    place: QRectF,
    violation: ViolationType,
    state: FindingState | None,
    theme: Theme,
) -> str:
    """Draw a chip's frame and return the colour of its words, as #rrggbb.

    A state of None is a label that the message has not got.
    """
    quiet = state is None or state == FindingState.REJECTED
    colour = theme.colours.muted if quiet else chip_colour(violation, theme.colours.dark)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_outline(painter, place.adjusted(0.5, 0.5, -0.5, -0.5), QColor(colour), state)
    painter.restore()
    return colour


def _paint_outline(
    painter: QPainter, place: QRectF, colour: QColor, state: FindingState | None
) -> None:
    pen = QPen(colour, 1)
    if state is None:
        pen.setColor(QColor(colour.red(), colour.green(), colour.blue(), 110))
    if state == FindingState.PROPOSED:
        pen.setDashPattern([3, 2])
    painter.setPen(pen)
    if state == FindingState.CONFIRMED:
        tint = QColor(colour)
        tint.setAlpha(38)
        painter.setBrush(tint)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place, 4, 4)


class Chip(QWidget):
    """One chip as a widget of its own; `show_label` says which."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._violation = next(iter(ViolationType))
        self._state = FindingState.PROPOSED
        self._theme = theme
        # It gives way to the buttons beside it, down to its icon and the beginning of its name.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(_SHORTEST)

    def show_label(self, violation: ViolationType, state: FindingState) -> None:
        """Show a label in a state."""
        self._violation, self._state = violation, state
        self.setToolTip(words.label_name(violation))
        self.setAccessibleName(f"{words.state_name(state)} {words.label_name(violation)}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of icon and word."""
        return QSize(chip_width(self.fontMetrics(), self._violation), HEIGHT + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self._violation, self._state, self._theme)
