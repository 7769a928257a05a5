"""What a place without anything to show says: one sentence on what to do next, and its button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget


class EmptySide(QWidget):
    """Stands in the middle of the room that a place has."""

    import_asked = Signal()

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = QLabel(sentence, self)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(True)
        self.button = QPushButton(self.tr("Choose pictures…"), self)
        self.button.clicked.connect(self.import_asked)
        column = QVBoxLayout(self)
        column.addStretch()
        column.addWidget(label)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
