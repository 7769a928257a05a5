"""Above a narrowed list: what it holds, the way back, and which conversations are one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from smsdesk.services.conversations import Conversation


class NarrowedStrip(QFrame):
    """Hidden while nothing is narrowed; what a person wants goes out as signals."""

    left = Signal()
    parted = Signal(Conversation)
    """What was taken for one conversation are two."""
    united = Signal(Conversation)
    """What was parted is one conversation after all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link: Conversation | None = None
        self.setProperty("role", "info")
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.link_button = QToolButton(self)
        self.back_button = QToolButton(self)
        self.back_button.setText(self.tr("Back  Esc"))
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 6, 12, 6)
        line.addWidget(self.label, 1)
        line.addWidget(self.link_button)
        line.addWidget(self.back_button)
        self.link_button.clicked.connect(self._ask)
        self.back_button.clicked.connect(self.left)
        self.show_name("")

    def show_name(self, name: str) -> None:
        """Name what the list is narrowed to; empty: to nothing."""
        self.label.setText(name)
        self.link_button.hide()
        self.setVisible(bool(name))

    def show_link(self, link: Conversation, thread_id: int) -> None:
        """Name the other header of the conversation *thread_id*, and offer to part or unite."""
        self._link = link
        other = link.part if link.root_id == thread_id else link.root
        if link.together:
            shown = self.tr("another header: {name}").format(name=other)
            self.link_button.setText(self.tr("These are two conversations"))
        else:
            shown = self.tr("kept apart from {name}").format(name=other)
            self.link_button.setText(self.tr("These are one conversation"))
        self.label.setText(f"{self.label.text()}  ·  {shown}")
        self.link_button.show()

    def _ask(self) -> None:
        if self._link is not None:
            (self.parted if self._link.together else self.united).emit(self._link)
