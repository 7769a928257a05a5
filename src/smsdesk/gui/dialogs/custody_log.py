"""Shows the custody log: when, who, what; to be searched, copied and held against its hashes."""

from __future__ import annotations

import json
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from smsdesk.gui import icons
from smsdesk.gui.language import current_language
from smsdesk.gui.theme import Theme
from smsdesk.services.custody_words import LogBook, LoggedLine
from smsdesk.services.rows import custody_row

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class Column(IntEnum):
    """The columns, from the left."""

    NUMBER = 0
    WHEN = 1
    WHO = 2
    WHAT = 3
    DETAILS = 4


class LogModel(QAbstractTableModel):
    """The newest entry first; narrowed to those that hold some words."""

    def __init__(self, book: LogBook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = [(line, _cells(line)) for line in reversed(book.lines)]
        self._rows = self._all
        self._titles = (
            self.tr("No."),
            self.tr("When"),
            self.tr("Who"),
            self.tr("What"),
            self.tr("Particulars"),
        )

    def narrow(self, words: str) -> None:
        """Show only entries that hold all *words* anywhere."""
        wanted = words.casefold().split()
        self.beginResetModel()
        self._rows = [
            row for row in self._all if all(word in " ".join(row[1]).casefold() for word in wanted)
        ]
        self.endResetModel()

    def line(self, row: int) -> LoggedLine:
        """Return the entry of a row."""
        return self._rows[row][0]

    def text(self) -> str:
        """Return what is shown, columns apart by tabs."""
        return "\n".join("\t".join(cells) for _, cells in self._rows)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many entries are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's words."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._rows[index.row()][1][index.column()]
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return a column's title."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._titles[section]
        return None


class CustodyLogDialog(QDialog):
    """Nothing in it changes the case."""

    def __init__(self, book: LogBook, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Custody log"))
        self.resize(1000, 620)
        self.model = LogModel(book, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addLayout(self._chain(book, theme))
        self.search_edit = QLineEdit()
        self.search_edit.setPlaceholderText(self.tr("Search the log: a file, a person, a date"))
        self.search_edit.setAccessibleName(self.tr("Search the log"))
        self.search_edit.setClearButtonEnabled(True)
        self.search_edit.textChanged.connect(self.model.narrow)
        layout.addWidget(self.search_edit)
        splitter = QSplitter(Qt.Orientation.Vertical)
        self.table = self._table()
        self.whole = QPlainTextEdit()
        self.whole.setReadOnly(True)
        self.whole.setAccessibleName(self.tr("The whole entry"))
        self.whole.setPlaceholderText(self.tr("Choose an entry to see it whole, hashes included."))
        splitter.addWidget(self.table)
        splitter.addWidget(self.whole)
        splitter.setSizes([380, 120])
        layout.addWidget(splitter, 1)
        layout.addWidget(self._buttons())
        self.search_edit.setFocus()

    def _chain(self, book: LogBook, theme: Theme) -> QHBoxLayout:
        good = book.broken is None
        colour = theme.colours.good if good else theme.colours.danger
        sign = QLabel()
        name = "shield" if good else "shield-broken"
        sign.setPixmap(icons.pixmap(name, colour, 20, self.devicePixelRatioF()))
        self.chain_label = QLabel(book.chain_words(current_language()))
        self.chain_label.setWordWrap(True)
        line = QHBoxLayout()
        line.addWidget(sign)
        line.addWidget(self.chain_label, 1)
        return line

    def _table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("custody_table")
        table.setModel(self.model)
        table.setAccessibleName(self.tr("Custody log"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(28)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in ((0, 56), (1, 200), (2, 96), (3, 152)):
            header.resizeSection(column, width)
        header.setSectionResizeMode(Column.DETAILS, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(self._show_whole)
        return table

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = QPushButton(self.tr("Copy what is shown"))
        copy.setAutoDefault(False)
        box.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.model.text()))
        box.rejected.connect(self.reject)
        return box

    def _show_whole(self, current: QModelIndex) -> None:
        if not current.isValid():
            self.whole.clear()
            return
        row = custody_row(self.model.line(current.row()).entry)
        self.whole.setPlainText(json.dumps(row, ensure_ascii=False, indent=2))


def _cells(line: LoggedLine) -> tuple[str, ...]:
    entry = line.entry
    when = f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S %z}"
    return (str(entry.number), when, entry.actor, line.action, line.details)
