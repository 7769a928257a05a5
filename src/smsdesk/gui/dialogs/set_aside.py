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
        hint = QLabel(self.tr("These files are not in the evidence. The rest was imported."))
        hint.setProperty("role", "muted")
        layout.addWidget(hint)
        self.tree = _tree([self.tr("File"), self.tr("Why, and what to do")])
        for item in items:
            row = QTreeWidgetItem([Path(item.path).name, reason_of(item)])
            row.setToolTip(0, item.path)
            row.setToolTip(1, item.detail)
            self.tree.addTopLevelItem(row)
        layout.addWidget(self.tree)
        layout.addWidget(self._buttons(items))

    def _buttons(self, items: list[ImportItem]) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = box.addButton(self.tr("Copy the list"), QDialogButtonBox.ButtonRole.ActionRole)
        text = "\n".join(f"{item.path}\t{reason_of(item)}" for item in items)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        box.rejected.connect(self.reject)
        return box


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
