"""Below the name of a conversation: with which other one it is one, and what that would change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from smsdesk.gui import words
from smsdesk.gui.flow import FlowLayout
from smsdesk.services.conversations import Candidate, Union

_LEAST_CHARACTERS = 12
"""The box grows with the room, not with the longest name in it."""


class UnitingBar(QFrame):
    """Hidden until it is asked for; nothing changes before it is confirmed."""

    chosen = Signal(int)
    """A thread's id: `show_preview` is to say what uniting would change."""
    confirmed = Signal(object)
    """The Union shown is to be carried out."""
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._union: Union | None = None
        self.setProperty("role", "info")
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.box = QComboBox(self)
        self.box.setAccessibleName(self.tr("The other conversation"))
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(_LEAST_CHARACTERS)
        self.box.activated.connect(self._choose)
        self.do_button = QPushButton(self.tr("Make them one"), self)
        self.do_button.setProperty("role", "primary")
        self.do_button.clicked.connect(self._confirm)
        self.drop_button = QPushButton(self.tr("No  Esc"), self)
        self.drop_button.clicked.connect(self.dropped)
        buttons = FlowLayout(spacing=8)
        for button in (self.do_button, self.drop_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.box)
        column.addWidget(self.label)
        column.addLayout(buttons)
        self.hide()

    def offer(self, candidates: Sequence[Candidate]) -> None:
        """Let a person choose among *candidates*."""
        self._union = None
        self.do_button.hide()
        self.box.clear()
        self.box.setVisible(bool(candidates))
        self.label.setText(
            self.tr("Choose the conversation that is the same as this one.")
            if candidates
            else self.tr("No other conversation can be the same as this one: two numbers are two.")
        )
        for one in candidates:
            name, count = words.key_name(one.name), self.tr("%n message(s)", "", one.messages)
            self.box.addItem(f"{name}  ·  {one.phone}  ·  {count}", one.thread_id)
        self.box.setCurrentIndex(-1)
        self.box.setPlaceholderText(self.tr("the other conversation…"))
        self.show()
        (self.box if candidates else self.drop_button).setFocus()

    def show_preview(self, union: Union) -> None:
        """Say what *union* would change, and ask."""
        self._union = union
        told = [self._counts(union)]
        if union.recipients:
            pattern = self.tr("%n message(s) will be to: {recipient}", "", union.recipients)
            told.append(pattern.format(recipient=words.recipient_name(union.recipient)))
        self.label.setText("\n".join(told))
        self.do_button.show()
        self.do_button.setFocus()

    def _counts(self, union: Union) -> str:
        all_of_them = self.tr("%n message(s) will be one conversation", "", union.together)
        if not union.counted_once:
            return all_of_them
        once = self.tr("%n seen in both will be counted once", "", union.counted_once)
        return f"{all_of_them}  ·  {once}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave it by Escape; Enter confirms what is shown."""
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._union is not None:
            self._confirm()
        else:
            super().keyPressEvent(event)

    def _choose(self, row: int) -> None:
        self._union = None
        self.do_button.hide()
        self.label.setText(self.tr("Working out what would change…"))
        self.chosen.emit(self.box.itemData(row))

    def _confirm(self) -> None:
        if self._union is not None:
            self.confirmed.emit(self._union)
