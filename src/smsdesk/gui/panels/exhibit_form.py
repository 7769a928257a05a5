"""The columns of one exhibit, written over in place; what is proposed says so."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from smsdesk.domain.exhibits import ExhibitKind, PlannedExhibit
from smsdesk.gui.language import current_language
from smsdesk.gui.panels.exhibit_tree import contents_words
from smsdesk.services.exhibits import MOST_COPIES
from smsdesk.wording import say

_LONG = {"source": 52, "proves": 72, "summary": 92}
"""Columns of several lines, and how high their fields are: two to four lines."""


class ExhibitForm(QWidget):
    """Says what a person wrote; leaving a field keeps it, Escape leaves it as it was.

    A field left blank goes back to what it said: blanks wipe nothing.
    """

    edited = Signal(str, object)
    """Name of a column, and its new value (text, or copies)."""
    reset_asked = Signal(str)
    """Name of a column that shall follow its proposal again."""
    kind_chosen = Signal(object)
    messages_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exhibit: PlannedExhibit | None = None
        self.title = QLabel(self)
        self.title.setProperty("role", "heading")
        self.title.setWordWrap(True)
        self.holds = QLabel(self)
        self.holds.setProperty("role", "muted")
        self.holds.setWordWrap(True)
        self.messages_button = QPushButton(self.tr("Show its messages"), self)
        self.messages_button.clicked.connect(self.messages_asked)
        self.kind_box = self._make_kind_box()
        self.edits: dict[str, QLineEdit | QPlainTextEdit | QSpinBox] = {}
        self.states: dict[str, QLabel] = {}
        self.resets: dict[str, QToolButton] = {}
        self._arrange()

    def _names(self) -> dict[str, str]:
        return {
            "name": self.tr("Name of the exhibit"),
            "source": self.tr("Where it comes from"),
            "proves": self.tr("What it is to show"),
            "summary": self.tr("Contents in short"),
            "copies": self.tr("Copies"),
            "remark": self.tr("Remark"),
        }

    def _make_kind_box(self) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(self.tr("Kind"))
        for kind in ExhibitKind:
            if kind is not ExhibitKind.MESSAGES:
                box.addItem(kind_name(kind), kind)
        box.activated.connect(lambda row: self.kind_chosen.emit(ExhibitKind(box.itemData(row))))
        return box

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        held = QHBoxLayout()
        held.addWidget(self.holds, 1)
        held.addWidget(self.messages_button)
        held.addWidget(self.kind_box)
        layout.addLayout(held)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for row, (name, label) in enumerate(self._names().items()):
            self._add_field(grid, row, name, label)
        layout.addLayout(grid)
        layout.addStretch(1)

    def _add_field(self, grid: QGridLayout, row: int, name: str, label: str) -> None:
        edit = self._make_edit(name)
        edit.setAccessibleName(label)
        edit.installEventFilter(self)
        self.edits[name] = edit
        caption = QLabel(label, self)
        caption.setBuddy(edit)
        state = self.states[name] = QLabel(self)
        state.setProperty("role", "muted")
        state.setMinimumHeight(28)  # as high as the button that comes and goes beside it
        reset = self.resets[name] = QToolButton(self)
        reset.setText(self.tr("Back to the proposal"))
        reset.setAccessibleName(f"{label}: {reset.text()}")
        reset.setProperty("role", "link")
        reset.clicked.connect(lambda: self.reset_asked.emit(name))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(caption)
        head.addWidget(state)
        head.addStretch(1)
        head.addWidget(reset)
        grid.addLayout(head, 2 * row, 0)
        grid.addWidget(edit, 2 * row + 1, 0)

    def _make_edit(self, name: str) -> QLineEdit | QPlainTextEdit | QSpinBox:
        if name == "copies":
            box = QSpinBox(self)
            box.setRange(1, MOST_COPIES)
            box.setKeyboardTracking(False)
            box.setMaximumWidth(120)
            box.editingFinished.connect(lambda: self._leave(name))
            return box
        if name in _LONG:
            text = QPlainTextEdit(self)
            text.setTabChangesFocus(True)
            text.setFixedHeight(_LONG[name])
            return text
        line = QLineEdit(self)
        line.editingFinished.connect(lambda: self._leave(name))
        return line

    # -- what is shown -------------------------------------------------------------------------

    @property
    def exhibit(self) -> PlannedExhibit | None:
        """The exhibit shown."""
        return self._exhibit

    def show_exhibit(self, exhibit: PlannedExhibit | None) -> None:
        """Show an exhibit; a field in which somebody writes is left alone if it is the same one."""
        same = exhibit and self._exhibit and exhibit.key == self._exhibit.key
        self._exhibit = exhibit
        self.setVisible(exhibit is not None)
        if exhibit is None:
            return
        self.title.setText(f"{exhibit.number}  {exhibit.texts.name}")
        names = [one.file_name for one in exhibit.attachments]
        self.holds.setText(self.tr(", ").join(names) or contents_words(exhibit))
        self.messages_button.setVisible(bool(exhibit.messages))
        self.kind_box.setVisible(bool(exhibit.attachments))
        self.kind_box.setCurrentIndex(self.kind_box.findData(exhibit.kind))
        for name, edit in self.edits.items():
            if not (same and edit.hasFocus()):
                self._show_value(name)
            self._show_state(name, exhibit)

    def _show_value(self, name: str) -> None:
        if self._exhibit is None:
            return
        value = getattr(self._exhibit.texts, name)
        edit = self.edits[name]
        blocked = edit.blockSignals(True)
        if isinstance(edit, QSpinBox):
            edit.setValue(value)
        elif isinstance(edit, QPlainTextEdit):
            edit.setPlainText(value)
        else:
            edit.setText(value)
            edit.setCursorPosition(0)
        edit.blockSignals(blocked)

    def _show_state(self, name: str, exhibit: PlannedExhibit) -> None:
        written = name in exhibit.edited
        self.resets[name].setVisible(written)
        proposed = "" if not getattr(exhibit.texts, name) else self.tr("proposed")
        self.states[name].setText(self.tr("written by you") if written else proposed)

    # -- what is written -----------------------------------------------------------------------

    def _value(self, name: str) -> str | int:
        edit = self.edits[name]
        if isinstance(edit, QSpinBox):
            return edit.value()
        text = edit.toPlainText() if isinstance(edit, QPlainTextEdit) else edit.text()
        return text.strip()

    def _leave(self, name: str) -> None:
        """Keep what was written in a field."""
        if self._exhibit is None:
            return
        value, shown = self._value(name), getattr(self._exhibit.texts, name)
        if value in ("", shown):
            self._show_value(name)
        else:
            self.edited.emit(name, value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a text of several lines when it is left; Escape takes back what was typed."""
        name = next((n for n, edit in self.edits.items() if edit is watched), None)
        if name is None:
            return False
        if event.type() == QEvent.Type.FocusOut and name in _LONG:
            self._leave(name)
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and cast("QKeyEvent", event).key() == Qt.Key.Key_Escape:
            self._show_value(name)
            return True
        return super().eventFilter(watched, event)


def kind_name(kind: ExhibitKind) -> str:
    """Return what a kind of exhibit is called."""
    return say(f"exhibits.kind_{kind}", current_language())
