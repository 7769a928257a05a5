"""The case shelf: the cases opened last, and three ways to begin."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smsdesk.gui import icons, words
from smsdesk.gui.forms import load_form
from smsdesk.gui.settings import RecentCase
from smsdesk.gui.theme import Theme

_PATH = Qt.ItemDataRole.UserRole


class StartPage(QWidget):
    """Shown while no case is open."""

    logo_label: QLabel
    new_button: QPushButton
    open_button: QPushButton
    sample_button: QPushButton
    recent_title: QLabel
    recent_list: QListWidget
    empty_label: QLabel

    new_asked = Signal()
    open_asked = Signal()
    sample_asked = Signal()
    case_asked = Signal(object)
    """The path of a recent case."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form("start_page", self)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.logo_label.setPixmap(icons.app_icon().pixmap(QSize(56, 56)))
        self.new_button.clicked.connect(self.new_asked)
        self.open_button.clicked.connect(self.open_asked)
        self.sample_button.clicked.connect(self.sample_asked)
        self.recent_list.itemActivated.connect(self._on_chosen)
        self.recent_list.itemClicked.connect(self._on_chosen)
        self.recent_list.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_recent(self, cases: list[RecentCase]) -> None:
        """Show the shelf; a case whose file is gone is greyed."""
        self.recent_list.clear()
        for case in cases:
            item = QListWidgetItem(self.recent_list)
            item.setSizeHint(QSize(400, 60))
            item.setData(_PATH, case.path)
            item.setToolTip(case.path)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, case.title)
            self.recent_list.setItemWidget(item, self._row(case))
        self.recent_title.setVisible(bool(cases))
        self.recent_list.setVisible(bool(cases))
        self.empty_label.setVisible(not cases)

    def _row(self, case: RecentCase) -> QWidget:
        row = QWidget()
        row.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        lines = QVBoxLayout(row)
        lines.setContentsMargins(8, 6, 8, 6)
        lines.setSpacing(2)
        title = QLabel(case.title)
        title.setProperty("role", "heading")
        there = Path(case.path).is_file()
        note = _opened(case) if there else self.tr("the file is no longer there")
        place = QLabel(f"{note}  ·  {case.path}")
        place.setProperty("role", "muted")
        title.setEnabled(there)
        lines.addWidget(title)
        lines.addWidget(place)
        return row

    def _on_chosen(self, item: QListWidgetItem) -> None:
        self.case_asked.emit(Path(item.data(_PATH)))


def _opened(case: RecentCase) -> str:
    try:
        moment = dt.datetime.fromisoformat(case.opened).astimezone()
    except ValueError:
        return ""
    return f"{words.day_name(moment.date(), with_year=True)} {moment:%H:%M}"
