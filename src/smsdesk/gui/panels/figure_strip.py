"""Figures in a row: each is a button that leads to the messages it counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QWidget

from smsdesk.domain.figures import Ids
from smsdesk.gui.flow import FlowLayout


@dataclass(frozen=True, slots=True)
class Figure:
    """Words with a number, the messages that it counts, and what their list is to be called."""

    words: str
    ids: Ids
    name: str
    hint: str = ""


class FigureStrip(QWidget):
    """Shows figures side by side, on several lines where the room ends."""

    asked = Signal(object, str)
    """Ids of messages, and a name for them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, spacing=4)
        self._buttons: list[QToolButton] = []

    @property
    def buttons(self) -> list[QToolButton]:
        """The buttons of the figures shown."""
        return self._buttons

    def show_figures(self, figures: Iterable[Figure]) -> None:
        """Show these figures; one that counts nothing is words only."""
        focused = next((n for n, b in enumerate(self._buttons) if b.hasFocus()), None)
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(figure) for figure in figures]
        if focused is not None and focused < len(self._buttons):
            self._buttons[focused].setFocus()
        self.updateGeometry()

    def _button(self, figure: Figure) -> QToolButton:
        button = QToolButton(self)
        button.setText(figure.words)
        button.setToolTip(figure.hint)
        button.setProperty("role", "link")
        button.setEnabled(bool(figure.ids))
        button.clicked.connect(lambda: self.asked.emit(figure.ids, figure.name))
        self._flow.addWidget(button)
        button.show()
        return button
