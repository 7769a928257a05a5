"""The lines of the import queue as a list: what needs a person first, the newest of the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from enum import IntEnum, StrEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from smsdesk.domain.cases import ImportItem, ImportStatus
from smsdesk.gui.queue_words import name_of, state_of

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class Role(IntEnum):
    """What a view may ask for beyond Qt's own roles."""

    ITEM = Qt.ItemDataRole.UserRole
    """The ImportItem."""
    STATE = Qt.ItemDataRole.UserRole + 1
    """What became of it, in words."""


class Shown(StrEnum):
    """Which lines are shown."""

    ALL = "all"
    WAITING = "waiting"
    SET_ASIDE = "set_aside"
    DUPLICATE = "duplicate"


_STATUS = {
    Shown.WAITING: ImportStatus.QUEUED,
    Shown.SET_ASIDE: ImportStatus.SET_ASIDE,
    Shown.DUPLICATE: ImportStatus.DUPLICATE,
}
_ORDER = (ImportStatus.SET_ASIDE, ImportStatus.QUEUED, ImportStatus.IMPORTED)


class ImportQueueModel(QAbstractListModel):
    """Holds all lines, some thousands at most, and shows those of one kind."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[ImportItem] = []
        self._rows: list[ImportItem] = []
        self._out: Collection[int] = ()
        self._shown = Shown.ALL

    def set_items(self, items: Sequence[ImportItem], out: Collection[int] = ()) -> None:
        """Show these lines; rows stay rows where only states changed.

        *out* are the ids of duplicates whose twin was taken out of the case.
        """
        self._out = out
        self._all = sorted(items, key=_place)
        self._refill()

    def show_only(self, shown: Shown) -> None:
        """Show lines of one kind."""
        self._shown = shown
        self._refill()

    def count(self, shown: Shown) -> int:
        """Return how many lines there are of a kind."""
        counts = Counter(item.status for item in self._all)
        return counts[_STATUS[shown]] if shown in _STATUS else len(self._all)

    @property
    def every_item(self) -> list[ImportItem]:
        """All lines, shown or not."""
        return self._all

    @property
    def items(self) -> list[ImportItem]:
        """The lines shown."""
        return self._rows

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many lines are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the line, or words for it."""
        if not 0 <= index.row() < len(self._rows):
            return None
        item = self._rows[index.row()]
        if role == Role.ITEM:
            return item
        if role == Role.STATE:
            return self._state(item)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{name_of(item)}　{self._state(item)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{item.path}\n{item.detail}".strip()
        return None

    def _state(self, item: ImportItem) -> str:
        return state_of(item, twin_is_out=item.id in self._out)

    def _refill(self) -> None:
        status = _STATUS.get(self._shown)
        rows = [item for item in self._all if status is None or item.status == status]
        if [item.id for item in rows] == [item.id for item in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()


def _place(item: ImportItem) -> tuple[int, int]:
    """Order by what needs a person, then what waits in its turn, then the newest."""
    kind = _ORDER.index(item.status) if item.status in _ORDER else len(_ORDER) - 1
    return kind, item.id if item.status == ImportStatus.QUEUED else -item.id
