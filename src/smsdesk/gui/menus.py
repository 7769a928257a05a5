"""Menus whose entries follow something: what can be undone, which look was chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMenu

from smsdesk.gui.theme import Look


class UndoMenu(QObject):
    """Undo and redo, with the names of what they would undo and redo."""

    undo_asked = Signal()
    redo_asked = Signal()
    search_asked = Signal()

    def __init__(self, menu: QMenu, stack: QUndoStack, parent: QObject) -> None:
        super().__init__(parent)
        undo = self._action(menu, self.tr("Undo"), self.undo_asked)
        redo = self._action(menu, self.tr("Redo"), self.redo_asked)
        search = self._action(menu, self.tr("Search"), self.search_asked)
        undo.setShortcuts(QKeySequence.StandardKey.Undo)
        redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        search.setShortcut(QKeySequence.StandardKey.Find)
        undo.setEnabled(False)
        redo.setEnabled(False)
        stack.canUndoChanged.connect(undo.setEnabled)
        stack.canRedoChanged.connect(redo.setEnabled)
        stack.undoTextChanged.connect(
            lambda name: undo.setText(self.tr("Undo: {name}").format(name=name))
        )
        stack.redoTextChanged.connect(
            lambda name: redo.setText(self.tr("Redo: {name}").format(name=name))
        )

    def _action(self, menu: QMenu, name: str, then: SignalInstance) -> QAction:
        action = QAction(name, menu)
        action.triggered.connect(lambda *_checked: then.emit())
        menu.addAction(action)
        return action


class ViewMenu(QObject):
    """The looks, and the size of the messages' text."""

    look_chosen = Signal(object)
    text_stepped = Signal(int)

    def __init__(self, menu: QMenu, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._looks: dict[Look, QAction] = {}
        group = QActionGroup(self)
        names = {
            Look.SYSTEM: self.tr("As the system"),
            Look.LIGHT: self.tr("Light"),
            Look.DARK: self.tr("Dark"),
        }
        for value, name in names.items():
            action = self._looks[value] = QAction(name, menu)
            action.setCheckable(True)
            action.triggered.connect(self._emitting(value))
            group.addAction(action)
            menu.addAction(action)
        self.show_look(look)
        menu.addSeparator()
        self._add_sizes(menu)

    def show_look(self, look: Look) -> None:
        """Tick the look that holds."""
        self._looks[look].setChecked(True)

    def _emitting(self, look: Look) -> Callable[..., None]:
        return lambda *_checked: self.look_chosen.emit(look)

    def _add_sizes(self, menu: QMenu) -> None:
        larger = menu.addAction(self.tr("Larger text"))
        larger.setShortcut(QKeySequence("Ctrl+Shift+="))
        larger.triggered.connect(lambda *_checked: self.text_stepped.emit(1))
        smaller = menu.addAction(self.tr("Smaller text"))
        smaller.setShortcut(QKeySequence("Ctrl+Shift+-"))
        smaller.triggered.connect(lambda *_checked: self.text_stepped.emit(-1))
