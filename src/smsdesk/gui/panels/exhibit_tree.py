"""The catalogue as a tree of groups and exhibits, reordered by drag or by keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from smsdesk.domain.exhibits import ExhibitPlan, PlannedExhibit, PlannedGroup
from smsdesk.gui import words

translate = QCoreApplication.translate

_KEY = Qt.ItemDataRole.UserRole
_GROUP = Qt.ItemDataRole.UserRole + 1
_Drop = QAbstractItemView.DropIndicatorPosition


class ExhibitTree(QTreeWidget):
    """Says what a person wants moved; nothing moves before the case says so."""

    chosen = Signal()
    """Another exhibit or group is current."""
    exhibit_moved = Signal(str, int, int)
    """Key of an exhibit, id of the group it shall stand in, and its place there from 1."""
    group_moved = Signal(int, int)
    """Id of a group, and its place among all groups from 1."""
    files_dropped = Signal(object, int)
    """Paths, and the id of the group onto which they were dropped, 0 for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exhibit_tree")
        self.setAccessibleName(self.tr("Exhibits by group"))
        self.setColumnCount(4)
        self.setHeaderLabels([self.tr("No."), self.tr("Name"), self.tr("Holds"), self.tr("Pages")])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)  # titles of groups span all
        header.resizeSection(0, 80)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Fixed)  # "12–15" comes later
        header.resizeSection(3, 72)
        self._pages: Mapping[str, tuple[int, int]] = {}
        self.currentItemChanged.connect(lambda *_: self.chosen.emit())

    # -- what is shown -------------------------------------------------------------------------

    def show_plan(self, plan: ExhibitPlan) -> None:
        """Show *plan*; what was current stays current."""
        current = self._mark(self.currentItem())
        blocked = self.blockSignals(True)
        self.clear()
        for group in plan.groups:
            row = self._group_row(group)
            self.addTopLevelItem(row)
            row.setFirstColumnSpanned(True)  # forgotten by rows that are in no tree yet
        self.expandAll()
        rows = list(self._rows())
        wanted = next((row for row in rows if self._mark(row) == current), None)
        first = next((row for row in rows if row.data(0, _KEY)), rows[0] if rows else None)
        if (current_row := wanted or first) is not None:
            self.setCurrentItem(current_row)
        self.blockSignals(blocked)
        self.show_pages(self._pages)
        self.chosen.emit()

    def show_pages(self, pages: Mapping[str, tuple[int, int]]) -> None:
        """Show on which pages of the court PDF exhibits stand, by key; empty where not known."""
        self._pages = pages
        for row in self._rows():
            span = pages.get(row.data(0, _KEY) or "")
            row.setText(3, "" if span is None else _span(*span))

    def choose(self, key: str) -> None:
        """Make the exhibit with that key current."""
        for row in self._rows():
            if row.data(0, _KEY) == key:
                self.setCurrentItem(row)

    @property
    def key(self) -> str:
        """The key of the current exhibit, "" if a group is current or nothing."""
        row = self.currentItem()
        return row.data(0, _KEY) or "" if row is not None else ""

    @property
    def group_id(self) -> int:
        """The group that is current, or that holds the current exhibit; 0 if there is none."""
        row = self.currentItem()
        return row.data(0, _GROUP) if row is not None else 0

    def _rows(self) -> Iterator[QTreeWidgetItem]:
        for index in range(self.topLevelItemCount()):
            group = self.topLevelItem(index)
            if group is not None:
                yield group
                rows = (group.child(number) for number in range(group.childCount()))
                yield from (row for row in rows if row is not None)

    def _mark(self, row: QTreeWidgetItem | None) -> tuple[str, int] | None:
        """Return what names a row for good: an exhibit may have gone to another group."""
        if row is None:
            return None
        key = row.data(0, _KEY)
        return (key, 0) if key else ("", row.data(0, _GROUP))

    def _group_row(self, group: PlannedGroup) -> QTreeWidgetItem:
        row = QTreeWidgetItem([group_name(group)])
        row.setData(0, _GROUP, group.group.id)
        row.setToolTip(0, self.tr("Drop files here to add them to this group"))
        font = self.font()
        font.setBold(True)
        row.setFont(0, font)
        for exhibit in group.exhibits:
            row.addChild(_exhibit_row(exhibit, group.group.id))
        return row

    # -- moving --------------------------------------------------------------------------------

    def move_current(self, step: int) -> None:
        """Ask for the current row to go up (-1) or down (1); over the edge into the next group."""
        row = self.currentItem()
        if row is None:
            return
        group = row.parent()
        if group is None:
            place = self.indexOfTopLevelItem(row) + step
            if 0 <= place < self.topLevelItemCount():
                self.group_moved.emit(row.data(0, _GROUP), place + 1)
            return
        place = group.indexOfChild(row) + step
        if 0 <= place < group.childCount():
            self.exhibit_moved.emit(row.data(0, _KEY), group.data(0, _GROUP), place + 1)
            return
        other = self.topLevelItem(self.indexOfTopLevelItem(group) + step)
        if other is not None:
            end = 1 if step > 0 else other.childCount() + 1
            self.exhibit_moved.emit(row.data(0, _KEY), other.data(0, _GROUP), end)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the current row with Alt and an arrow."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_current(step)
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, and rows of this tree."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where a row would go; files may be let go anywhere."""
        super().dragMoveEvent(event)
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what is wanted; the rows stay until the case has changed."""
        target = self.itemAt(event.position().toPoint())
        urls = event.mimeData().urls()
        if urls:
            paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
            self.files_dropped.emit(paths, target.data(0, _GROUP) if target else 0)
            event.acceptProposedAction()
            return
        row = self.currentItem()
        if row is not None and target is not None and row is not target:
            self.drop_row(row, target, self.dropIndicatorPosition())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()

    def drop_row(self, row: QTreeWidgetItem, target: QTreeWidgetItem, where: _Drop) -> None:
        """Ask for what dropping *row* on, above or below *target* means."""
        group = target.parent() or target
        if row.parent() is None:
            if group is not row:
                self.group_moved.emit(row.data(0, _GROUP), self.indexOfTopLevelItem(group) + 1)
            return
        place = group.childCount() + 1
        if target is not group:
            place = group.indexOfChild(target) + (2 if where is _Drop.BelowItem else 1)
            if row.parent() is group and group.indexOfChild(row) < place - 1:
                place -= 1  # it leaves its place first
        self.exhibit_moved.emit(row.data(0, _KEY), group.data(0, _GROUP), place)


def group_name(group: PlannedGroup) -> str:
    """Return a group's number and title; only groups with exhibits have a number."""
    if group.number is None:
        empty = translate("ExhibitTree", "nothing yet: left out of the catalogue")
        return f"{group.title}  ({empty})"
    number = translate("ExhibitTree", "Group {number}").format(number=group.number)
    return f"{number}  {group.title}"


def _exhibit_row(exhibit: PlannedExhibit, group_id: int) -> QTreeWidgetItem:
    name = exhibit.texts.name.replace("\n", " ")
    row = QTreeWidgetItem([exhibit.number, name, contents_words(exhibit)])
    row.setData(0, _KEY, exhibit.key)
    row.setData(0, _GROUP, group_id)
    row.setToolTip(1, exhibit.texts.name)
    return row


def contents_words(exhibit: PlannedExhibit) -> str:
    """Return what an exhibit holds: messages and screenshots, or files."""
    # Numbers by name: lupdate overlooks a call with another call among its arguments.
    files, messages, screenshots = map(
        len, (exhibit.attachments, exhibit.messages, exhibit.originals)
    )
    if files:
        return words.files_counted(files)
    parts = (
        words.messages_named(messages),
        words.screenshots_counted(screenshots),
    )
    return " · ".join(parts)


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
