"""The line below the numbers in which a person groups them: assign, rename, take out."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QToolButton, QWidget


class Wanted(Enum):
    """What the name that is typed is for."""

    ASSIGN = auto()
    RENAME = auto()


class GroupingBar(QFrame):
    """Buttons while nothing is typed; a field with the names there are while something is."""

    named = Signal(object, str)
    """Wanted, and the name that was typed or chosen."""
    parted = Signal()
    left = Signal()
    """The typing has ended, either way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self._wanted = Wanted.ASSIGN
        self._names: list[str] = []
        self.assign_button = self._button(self.tr("Assign to…  I"))
        self.rename_button = self._button(self.tr("Rename  F2"))
        self.part_button = self._button(self.tr("Take out  Delete"))
        self.label = QLabel(self)
        self.box = QComboBox(self)
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setAccessibleName(self.tr("Name of the institution"))
        self.done_button = self._button(self.tr("Do it  Enter"))
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 6, 12, 6)
        for part in (self.assign_button, self.rename_button, self.part_button, self.label):
            line.addWidget(part)
        line.addWidget(self.box, 1)
        line.addWidget(self.done_button)
        line.addStretch()
        self._connect()
        self._show_field(shown=False)

    def _button(self, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(words)
        return button

    def _connect(self) -> None:
        self.part_button.clicked.connect(self.parted)
        self.done_button.clicked.connect(self._done)
        for watched in (self.box, self.box.lineEdit()):
            if watched is not None:
                watched.installEventFilter(self)

    @property
    def is_typing(self) -> bool:
        """Whether a name is being typed."""
        return not self.box.isHidden()

    def allow(self, *, assign: bool, rename: bool, part: bool) -> None:
        """Offer what can be done with the rows chosen."""
        self.assign_button.setEnabled(assign)
        self.rename_button.setEnabled(rename)
        self.part_button.setEnabled(part)

    def begin(self, wanted: Wanted, about: str, names: Iterable[str], text: str) -> None:
        """Ask for a name; *about* says for what, *names* are those that there are."""
        self._wanted = wanted
        self.label.setText(about)
        self.box.clear()
        self.box.addItems(list(names))
        self.box.setEditText(text)
        self._show_field(shown=True)
        self.box.setFocus()
        edit = self.box.lineEdit()
        if edit is not None:
            edit.selectAll()

    def end(self) -> None:
        """Put the field away."""
        if self.is_typing:
            self._show_field(shown=False)
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter for the name and Escape for no change."""
        if event.type() == QEvent.Type.KeyPress:
            key = cast("QKeyEvent", event).key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._done()
                return True
            if key == Qt.Key.Key_Escape:
                self.end()
                return True
        return super().eventFilter(watched, event)

    def _done(self) -> None:
        name = " ".join(self.box.currentText().split())
        if name:  # a blank changes nothing
            self.named.emit(self._wanted, name)
        self.end()

    def _show_field(self, *, shown: bool) -> None:
        for part in (self.label, self.box, self.done_button):
            part.setVisible(shown)
        for part in (self.assign_button, self.rename_button, self.part_button):
            part.setVisible(not shown)
