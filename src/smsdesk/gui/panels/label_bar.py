"""All violation types as buttons, each with its key: what a message is marked with, or is not."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from smsdesk.domain.findings import HINTS, FindingState, ViolationType
from smsdesk.domain.messages import Message
from smsdesk.gui import words
from smsdesk.gui.chips import HEIGHT, paint_frame
from smsdesk.gui.flow import FlowLayout
from smsdesk.gui.theme import Theme

KEYS: dict[ViolationType, str] = {
    violation: str(number)
    for number, violation in enumerate((v for v in ViolationType if v not in HINTS), start=1)
}
KEYS |= {violation: "0" for violation, key in KEYS.items() if key == "10"}
"""The key of each label, the tenth's is 0."""

_ROOM = 6
"""Pixels left and right of a chip's words."""


class LabelBar(QWidget):
    """A click or a key puts a label on, or takes it off."""

    toggled = Signal(object)
    """A ViolationType."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = FlowLayout(self, spacing=4)
        self.buttons: dict[ViolationType, LabelButton] = {}
        for violation in (v for v in ViolationType if v not in HINTS):
            button = LabelButton(violation, KEYS[violation], theme, self)
            button.clicked.connect(lambda _on, v=violation: self.toggled.emit(v))
            flow.addWidget(button)
            self.buttons[violation] = button
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_message(self, message: Message) -> None:
        """Show which labels a message has."""
        for violation, button in self.buttons.items():
            states = {f.state for f in message.findings if f.proposal.violation == violation}
            order = (FindingState.CONFIRMED, FindingState.PROPOSED, FindingState.REJECTED)
            button.show_state(next((state for state in order if state in states), None))


class LabelButton(QToolButton):
    """A short chip with its key in it; quiet where the message has no such label."""

    def __init__(
        self, violation: ViolationType, key: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._violation = violation
        self._key = key
        self._theme = theme
        self._state: FindingState | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_state(None)

    def show_state(self, state: FindingState | None) -> None:
        """Show a label's state, None for one that the message has not got."""
        self._state = state
        name = words.label_name(self._violation)
        told = words.state_name(state) if state else self.tr("not marked")
        self.setAccessibleName(f"{name} {told} {self._key}".strip())
        self.setToolTip(f"{name}  {self._key}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of key and name."""
        wide = self.fontMetrics().horizontalAdvance(self._words())
        return QSize(wide + 2 * _ROOM, HEIGHT + 4)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same: a chip is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw frame, key and name, and the focus around them."""
        painter = QPainter(self)
        colours = self._theme.colours
        place = QRectF(self.rect()).adjusted(0, 2, 0, -2)
        hovered = self._state is None and self.underMouse()
        ink = paint_frame(painter, place, self._violation, self._state, self._theme)
        font = painter.font()
        font.setBold(self._state == FindingState.CONFIRMED)
        font.setStrikeOut(self._state == FindingState.REJECTED)
        painter.setFont(font)
        painter.setPen(QColor(colours.text if hovered else ink))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._words())
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 4, 4)

    def _words(self) -> str:
        return f"{self._key} {words.label_short(self._violation)}"
