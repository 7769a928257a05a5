"""Told under the text: the message's number is not its conversation's, and the way to mend it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from smsdesk.gui import words
from smsdesk.gui.flow import FlowLayout
from smsdesk.services.conversations import Strays


class StraysBar(QWidget):
    """Hidden for messages that stand where they belong."""

    move_asked = Signal()
    """These messages are to go to the conversation of their number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.label.setProperty("role", "doubt")
        self.move_button = QPushButton(self)
        self.move_button.clicked.connect(self.move_asked)
        buttons = FlowLayout(spacing=8)
        buttons.addWidget(self.move_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.label)
        column.addLayout(buttons)
        self.hide()

    def show_strays(self, strays: Strays | None) -> None:
        """Tell where the messages stand and where they belong; nothing if that is one place."""
        self.setVisible(strays is not None)
        if strays is None:
            return
        told = self.tr(
            "The number differs from the conversation's: this message stands in that of {stands}."
        )
        self.label.setText(told.format(stands=words.key_name(strays.stands)))
        pattern = self.tr(
            "Put %n message(s) into the conversation of {number}", "", len(strays.message_ids)
        )
        self.move_button.setText(pattern.format(number=words.key_name(strays.belongs)))
