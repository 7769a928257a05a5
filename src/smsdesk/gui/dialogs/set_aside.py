"""Lists the files that were set aside, each with the reason and what to do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from smsdesk.domain.cases import ImportItem
from smsdesk.gui.language import current_language
from smsdesk.wording import say


class SetAsideDialog(QDialog):
    """A list that can be read and copied; nothing in it changes the case."""

    def __init__(self, items: list[ImportItem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Files set aside"))
        self.resize(720, 360)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(16)
        hint = QLabel(self.tr("No message came from these files and pages. The rest was read."))
        hint.setProperty("role", "muted")
        layout.addWidget(hint)
        self.tree = _tree([self.tr("File"), self.tr("Why, and what to do")])
        for item in items:
            row = QTreeWidgetItem([name_of(item), reason_of(item)])
            row.setToolTip(0, item.path)
            row.setToolTip(1, item.detail)
            self.tree.addTopLevelItem(row)
        layout.addWidget(self.tree)
        layout.addWidget(self._buttons(items))

    def _buttons(self, items: list[ImportItem]) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = box.addButton(self.tr("Copy the list"), QDialogButtonBox.ButtonRole.ActionRole)
        text = "\n".join(f"{item.path}{page_of(item)}\t{reason_of(item)}" for item in items)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        box.rejected.connect(self.reject)
        return box


def name_of(item: ImportItem) -> str:
    """Return the file's name, and the page where it has several."""
    return Path(item.path).name + page_of(item)


def page_of(item: ImportItem) -> str:
    """Return the words that name a page of a file, "" for a file as a whole."""
    if item.page is None:
        return ""
    return f" {say('terms.page', current_language(), number=item.page + 1)}"


def reason_of(item: ImportItem) -> str:
    """Return why a file was set aside, in the person's language."""
    return say(f"set_aside.{item.reason}", current_language()) if item.reason else ""


def _tree(titles: list[str]) -> QTreeWidget:
    tree = QTreeWidget()
    tree.setHeaderLabels(titles)
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
    return tree
