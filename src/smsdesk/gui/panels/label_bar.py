"""All violation types as buttons, each with its key: what a message is marked with, or is not."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from smsdesk.domain.findings import HINTS, FindingState, ViolationType
from smsdesk.domain.messages import Message
from smsdesk.gui import words
from smsdesk.gui.chips import HEIGHT, chip_width, paint_chip
from smsdesk.gui.flow import FlowLayout
from smsdesk.gui.theme import Theme

KEYS: dict[ViolationType, str] = {
    violation: str(number)
    for number, violation in enumerate((v for v in ViolationType if v not in HINTS), start=1)
    if number <= 9
}
"""The key of each label; the tenth has none, since 0 fits the picture to the width."""


class LabelBar(QWidget):
    """A click or a key puts a label on, or takes it off."""

    toggled = Signal(object)
    """A ViolationType."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = FlowLayout(self, spacing=4)
        self.buttons: dict[ViolationType, LabelButton] = {}
        for violation in (v for v in ViolationType if v not in HINTS):
            button = LabelButton(violation, KEYS.get(violation, ""), theme, self)
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
    """A chip with its key before it; pale where the message has no such label."""

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
        """Return the size of key and chip."""
        wide = chip_width(self.fontMetrics(), self._violation) + self._room()
        return QSize(wide, HEIGHT + 4)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same: a chip is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw key and chip, and the focus around both."""
        painter = QPainter(self)
        colours = self._theme.colours
        place = QRectF(self.rect()).adjusted(self._room(), 2, 0, -2)
        painter.setPen(QColor(colours.muted))
        if self._key:
            painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignVCenter, self._key)
        if self._state is None:
            painter.setOpacity(0.55 if not self.underMouse() else 0.9)
            paint_chip(painter, place, self._violation, None, self._theme)
            painter.setOpacity(1)
        else:
            paint_chip(painter, place, self._violation, self._state, self._theme)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 4, 4)

    def _room(self) -> int:
        return self.fontMetrics().horizontalAdvance("0") + 4 if self._key else 0
