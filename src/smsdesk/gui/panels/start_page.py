"""The case shelf: recent cases with their progress, and the ways to begin."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smsdesk.gui import icons
from smsdesk.gui.forms import load_form
from smsdesk.gui.panels.shelf_row import ROW_HEIGHT, ShelfRow
from smsdesk.gui.settings import RecentCase
from smsdesk.gui.theme import Theme

_PATH = Qt.ItemDataRole.UserRole


class StartPage(QWidget):
    """Shown while no case is open."""

    logo_label: QLabel
    new_button: QPushButton
    open_button: QPushButton
    sample_button: QPushButton
    guide: QFrame
    guide_layout: QHBoxLayout
    recent_title: QLabel
    recent_list: QListWidget
    empty_label: QLabel
    keys_label: QLabel

    new_asked = Signal()
    open_asked = Signal()
    sample_asked = Signal()
    case_asked = Signal(object)
    """The path of a recent case."""
    find_asked = Signal(object)
    """The path at which a recent case is no longer."""
    forget_asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form("start_page", self)
        self._theme = theme
        self._rows: dict[str, ShelfRow] = {}
        self._missing: frozenset[str] = frozenset()
        self._shown: list[RecentCase] = []
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.logo_label.setPixmap(icons.app_icon().pixmap(QSize(56, 56)))
        for number, (title, text) in enumerate(self._steps(), start=1):
            self.guide_layout.addWidget(_step(number, title, text), 1)
        self.new_button.clicked.connect(self.new_asked)
        self.open_button.clicked.connect(self.open_asked)
        self.sample_button.clicked.connect(self.sample_asked)
        self.recent_list.itemActivated.connect(self._on_chosen)
        self.recent_list.itemClicked.connect(self._on_chosen)
        self.recent_list.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._restyle)

    def show_recent(self, cases: list[RecentCase]) -> None:
        """Show the shelf; without any case, how to begin."""
        self._shown, self._missing = cases, frozenset()
        self.recent_list.clear()
        self._rows = {}
        for case in cases:
            item = QListWidgetItem(self.recent_list)
            item.setSizeHint(QSize(400, ROW_HEIGHT))
            item.setData(_PATH, case.path)
            row = self._row(case)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{case.title} {row.progress.text()}")
            self.recent_list.setItemWidget(item, row)
        self._show_one_of_both(bool(cases))

    def _restyle(self) -> None:
        missing = self._missing
        self.show_recent(self._shown)
        self.show_missing(missing)

    def _show_one_of_both(self, shelf: bool) -> None:
        """Show the shelf, or what to do first."""
        self.recent_title.setVisible(shelf)
        self.recent_list.setVisible(shelf)
        self.keys_label.setVisible(shelf)
        self.guide.setVisible(not shelf)
        self.empty_label.setVisible(not shelf)
        if shelf:
            self.recent_list.setCurrentRow(0)

    def show_missing(self, paths: Collection[str]) -> None:
        """Grey the cases whose files are gone."""
        self._missing = frozenset(paths)
        for path in self._missing & self._rows.keys():
            self._rows[path].show_missing()

    @property
    def rows(self) -> list[ShelfRow]:
        """The cases shown, from the top."""
        return list(self._rows.values())

    def take_focus(self) -> None:
        """Put the keyboard where work goes on."""
        (self.recent_list if self._shown else self.new_button).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a case off the shelf by Del."""
        item = self.recent_list.currentItem()
        listed = item is not None and self.focusWidget() is self.recent_list
        if listed and event.key() == Qt.Key.Key_Delete:
            self.forget_asked.emit(Path(item.data(_PATH)))
        else:
            super().keyPressEvent(event)

    def _row(self, case: RecentCase) -> ShelfRow:
        path = Path(case.path)
        row = self._rows[case.path] = ShelfRow(case, self._theme)
        row.find_asked.connect(lambda: self.find_asked.emit(path))
        row.forget_asked.connect(lambda: self.forget_asked.emit(path))
        return row

    def _on_chosen(self, item: QListWidgetItem) -> None:
        path = item.data(_PATH)
        (self.find_asked if path in self._missing else self.case_asked).emit(Path(path))

    def _steps(self) -> list[tuple[str, str]]:
        return [
            (
                self.tr("Make a case"),
                self.tr("Three fields: a name, who was harassed, who is asked to stop."),
            ),
            (
                self.tr("Drop the screenshots in"),
                self.tr("Pictures, folders, ZIP files or PDFs, as they are. They stay unchanged."),
            ),
            (
                self.tr("Check and export"),
                self.tr("Picture beside text, Enter for the next. Then the PDF for court."),
            ),
        ]


def _step(number: int, title: str, text: str) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    lines = QVBoxLayout(card)
    lines.setContentsMargins(16, 16, 16, 16)
    lines.setSpacing(8)
    head = QLabel(f"{number}　{title}")
    head.setProperty("role", "heading")
    body = QLabel(text)
    body.setWordWrap(True)
    body.setAlignment(Qt.AlignmentFlag.AlignTop)
    lines.addWidget(head)
    lines.addWidget(body, 1)
    return card
