"""One fact of a message: shown with a button that corrects it, typed over in place."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from smsdesk.gui import words


class EditableFact(QWidget):
    """Enter hands over what was typed, Escape leaves the fact as it was.

    So does a blank, unless it `may_be_blank`: an empty field wipes nothing.
    """

    typed = Signal(str)
    left = Signal()
    """The editing has ended, either way."""

    def __init__(
        self, name: str, button: str, key: str, example: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._value = ""
        self.may_be_blank = False
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QToolButton(self)
        self.button.setText(f"{button} {key}")
        self.button.setProperty("role", "dense")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setAccessibleName(f"{name}: {button} {key}")
        self.button.clicked.connect(self.begin)
        self.edit = QLineEdit(self)
        self.edit.setPlaceholderText(example)
        self.edit.setAccessibleName(name)
        self.edit.returnPressed.connect(self._save)
        self.edit.installEventFilter(self)
        self.hint = QLabel(self)
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "doubt")
        self._arrange()
        self._show_editor(shown=False)

    @property
    def is_editing(self) -> bool:
        """Whether a person is typing over the fact."""
        return not self.edit.isHidden()

    def show_fact(self, html: str, value: str) -> None:
        """Show a fact; *value* is what a correction begins with."""
        self.label.setText(words.breakable(html))
        self._value = value
        self._show_editor(shown=False)

    def begin(self) -> None:
        """Type over the fact."""
        self.edit.setText(self._value)
        self._show_editor(shown=True)
        self.edit.setFocus()
        self.edit.selectAll()

    def refuse(self, why: str) -> None:
        """Say why what was typed is not taken; the editor stays."""
        self.hint.setText(why)
        self.hint.show()

    def end(self) -> None:
        """Put the editor away."""
        if not self.edit.isHidden():
            self._show_editor(shown=False)
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave by Escape."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and cast("QKeyEvent", event).key() == Qt.Key.Key_Escape:
            self.end()
            return True
        return super().eventFilter(watched, event)

    def _save(self) -> None:
        text = self.edit.text().strip()
        if text == self._value or not (text or self.may_be_blank):
            self.end()
        else:
            self.typed.emit(text)

    def _show_editor(self, *, shown: bool) -> None:
        self.edit.setVisible(shown)
        self.label.setVisible(not shown)
        self.button.setVisible(not shown)
        self.hint.hide()

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.label, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.edit, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self.hint)
