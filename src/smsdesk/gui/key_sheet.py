"""The sheet of all keys, laid over the window by "?"."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget


class KeySheet(QWidget):
    """Covers its parent and dims it; any key or click puts it away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self._focused: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet("KeySheet { background: rgba(0, 0, 0, 110); }")
        sheet = QFrame(self)
        sheet.setProperty("role", "sheet")
        grid = QGridLayout(sheet)
        grid.setContentsMargins(32, 24, 32, 24)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(8)
        self._fill(grid)
        outer = QVBoxLayout(self)
        outer.addWidget(sheet, 0, Qt.AlignmentFlag.AlignCenter)
        parent.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        """Show the sheet, or put it away."""
        if self.isVisible():
            self._put_away()
            return
        self.setGeometry(self._covered.rect())
        self._focused = self._covered.window().focusWidget()
        self.show()
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the sheet away."""
        self._put_away()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the sheet away."""
        self._put_away()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the parent whatever its size."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._covered.rect())
        return super().eventFilter(watched, event)

    def _put_away(self) -> None:
        self.hide()
        if self._focused is not None:
            self._focused.setFocus()

    def _fill(self, grid: QGridLayout) -> None:
        title = QLabel(self.tr("Keys"))
        title.setProperty("role", "heading")
        grid.addWidget(title, 0, 0, 1, 2)
        rows = self._keys()
        half = (len(rows) + 1) // 2
        for number, (keys, meaning) in enumerate(rows):
            key = QLabel(keys)
            key.setProperty("role", "heading")
            row, column = number % half + 1, number // half * 2
            grid.addWidget(key, row, column, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(QLabel(meaning), row, column + 1)
        hint = QLabel(self.tr("Any key closes this sheet."))
        hint.setProperty("role", "muted")
        grid.addWidget(hint, half + 1, 1)

    def _keys(self) -> list[tuple[str, str]]:
        return [
            ("Enter", self.tr("Confirm what is proposed, mark as reviewed, go to the next")),
            ("Shift+Enter", self.tr("Back to the message before")),
            ("Tab", self.tr("Next doubtful character: type over it, then Enter")),
            ("Shift+Tab", self.tr("The doubtful character before")),
            ("1 … 9   0", self.tr("Mark with the label of that number, or unmark")),
            ("X", self.tr("Reject the proposal shown")),
            ("E   T", self.tr("Correct the text; the time")),
            ("H   D   R   I", self.tr("The number; direction; recipient; institution")),
            ("S   N", self.tr("Mark as key; write a note")),
            ("G", self.tr("The whole conversation, and back")),
            ("J   K   ↓   ↑", self.tr("Next and previous message")),
            (self.tr("Space"), self.tr("Zoom to the message, and back to the whole width")),
            ("[   ]", self.tr("Other places where the message is seen")),
            ("Shift+Del", self.tr("Take the picture out of the case")),
            ("+   −   W", self.tr("Larger, smaller, fit the width")),
            ("L", self.tr("Put the list away, and back")),
            ("Shift+↓   Ctrl+A", self.tr("Select several; all of the list")),
            ("Esc", self.tr("Leave without a change")),
            ("Ctrl+F   F3", self.tr("Search; next hit, with Shift the previous one")),
            ("← ↑ → ↓   Shift", self.tr("Days and hours of the timeline; Enter lists them")),
            ("I   F2   Delete", self.tr("Numbers: assign, rename, take out")),
            ("Ctrl+Z   Ctrl+Shift+Z", self.tr("Undo and redo")),
            ("Ctrl+I   Ctrl+E", self.tr("Import, export the PDF")),
            ("Ctrl+V   Ctrl+J", self.tr("Paste a picture; files of the imports")),
            ("Ctrl+N   Ctrl+O   Ctrl+W", self.tr("New case, open, close")),
            ("Ctrl+L   Ctrl+,", self.tr("Custody log, settings")),
            ("?", self.tr("This sheet")),
        ]
