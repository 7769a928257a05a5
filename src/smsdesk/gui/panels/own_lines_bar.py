"""The person's own lines in place: from how many messages a day on a day is named."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QSpinBox, QToolButton, QVBoxLayout, QWidget

from smsdesk.domain.figures import Lines, OwnLines
from smsdesk.gui.flow import FlowLayout
from smsdesk.services.own_lines import MOST


class OwnLinesBar(QWidget):
    """Two numbers that a person may change; a button appears once they differ."""

    drawn = Signal(object)
    """The OwnLines that a person wants."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now: OwnLines | None = None
        self.notice_box, self.many_box = QSpinBox(self), QSpinBox(self)
        self.notice_box.setAccessibleName(self.tr("Messages a day from which a day is named"))
        self.many_box.setAccessibleName(self.tr("Messages a day from which a day stands out"))
        self.done_button = QToolButton(self)
        self.done_button.setText(self.tr("Use these lines"))
        line = FlowLayout(spacing=8)
        for part in (
            self._words(self.tr("Days are named from")),
            self.notice_box,
            self._words(self.tr("messages on, and stand out from")),
            self.many_box,
            self._words(self.tr("on (own lines, not the law's)")),
            self.done_button,
        ):
            line.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 0, 8, 0)
        whole.addLayout(line)
        for box in (self.notice_box, self.many_box):
            box.setRange(1, MOST)
            box.valueChanged.connect(lambda _value: self._follow())
        self.done_button.clicked.connect(lambda: self.drawn.emit(self.wanted))
        self.done_button.hide()
        self.hide()

    def _words(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "muted")
        return label

    @property
    def wanted(self) -> OwnLines:
        """What stands in the fields."""
        return OwnLines(self.notice_box.value(), self.many_box.value())

    def show_lines(self, lines: Lines) -> None:
        """Show the lines in use; what a person is changing stays."""
        now = OwnLines(lines.notice_a_day, lines.many_a_day)
        if self._now in (None, self.wanted) or now == self.wanted:
            self._now = now
            self.notice_box.setValue(now.notice_a_day)
            self.many_box.setValue(now.many_a_day)
        self._now = now
        self._follow()
        self.show()

    def forget(self) -> None:
        """Show the lines of whichever case comes next."""
        self._now = None
        self.hide()

    def _follow(self) -> None:
        """Keep the first line below the second, and offer to use what differs."""
        if self.notice_box.value() >= self.many_box.value():
            other, value = (
                (self.notice_box, self.many_box.value() - 1)
                if self.many_box.hasFocus() and self.many_box.value() > 1
                else (self.many_box, self.notice_box.value() + 1)
            )
            other.setValue(value)
        self.done_button.setVisible(self._now is not None and self.wanted != self._now)
