"""Above a list that a search narrowed: how many it found there, and how many in the whole case."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget


class FoundStrip(QFrame):
    """Hidden while nothing is searched."""

    everywhere_asked = Signal()
    """Search all messages, not only those of the view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "info")
        self.label = QLabel(self)
        self.everywhere_button = QToolButton(self)
        self.everywhere_button.clicked.connect(self.everywhere_asked)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 4, 12, 4)
        line.addWidget(self.label, 1)
        line.addWidget(self.everywhere_button)
        self.hide()

    def show_found(self, here: int, everywhere: int) -> None:
        """Say what a search found in the list, and offer the rest of the case."""
        self.label.setText(self.tr("%n found here", "", here))
        self.everywhere_button.setText(self.tr("All messages: %n", "", everywhere))
        self.everywhere_button.setVisible(everywhere > here)
        self.show()
