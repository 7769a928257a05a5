"""The numbers of a case as a tree: institutions with their numbers, numbers that stand alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from smsdesk.domain.figures import Dossier, Figures, Ids, InstitutionFigures, Rhythm
from smsdesk.domain.findings import ViolationType
from smsdesk.domain.institutions import Institution
from smsdesk.domain.searching import fold
from smsdesk.gui import words

translate = QCoreApplication.translate

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_MIME = "application/x-smsdesk-senders"


class Column(IntEnum):
    """What is told of a number or an institution."""

    NAME = 0
    COUNT = 1
    NIGHT = 2
    FIRST = 3
    LAST = 4
    KIND = 5
    LABELS = 6


@dataclass(slots=True)
class NumberRow:
    """A number (`dossier`), or an institution (`institution`) with the rows of its numbers.

    `words` and `sorts` have a place for each column.
    """

    keys: tuple[str, ...]
    words: tuple[str, ...]
    sorts: tuple[Any, ...]
    rhythm: Rhythm
    labels: Mapping[ViolationType, Ids]
    institution: Institution | None
    dossier: Dossier | None = None
    children: list[NumberRow] | None = None

    @property
    def is_group(self) -> bool:
        """Whether it is an institution."""
        return self.dossier is None

    @property
    def key(self) -> str:
        """What tells the row from others, in this case and after a change."""
        name = self.institution.name if self.institution else ""
        return f"={name}" if self.is_group else self.keys[0]


def rows_of(figures: Figures, searched: str) -> list[NumberRow]:
    """Return the rows of a case, the most messages first, narrowed to what holds *searched*.

    An institution of one number that nobody named is shown as its number. To be called in the
    background: a case may have thousands of numbers.
    """
    numbers = {one.sender.key: one for one in figures.numbers}
    rows: list[NumberRow] = []
    for group in figures.institutions:
        keys = [key for key in group.institution.senders if key in numbers]
        children = [_number_row(numbers[key], group.institution) for key in keys]
        alone = len(children) == 1 and group.institution.name in group.institution.senders
        rows += children if alone else [_group_row(group, children)]
    return list(_narrowed(rows, fold(searched.strip())))


def _narrowed(rows: list[NumberRow], wanted: str) -> Iterator[NumberRow]:
    for row in rows:
        if not wanted or _holds(row, wanted):
            yield row
        elif row.children:
            row.children = [child for child in row.children if _holds(child, wanted)]
            if row.children:
                yield row


def _holds(row: NumberRow, wanted: str) -> bool:
    """Say whether a row's own words hold what is wanted, spaces between digits or not."""
    told = fold(" ".join((*row.words, *(row.keys if not row.is_group else ()))))
    return wanted in told or wanted in told.replace(" ", "")


def _group_row(group: InstitutionFigures, children: list[NumberRow]) -> NumberRow:
    name = group.institution.name
    count = words.numbers_counted(len(children))
    return _row(
        tuple(key for child in children for key in child.keys),
        f"{name}  {count}",
        count,
        group.rhythm,
        group.labels,
        group.institution,
        children=children,
    )


def _number_row(dossier: Dossier, institution: Institution) -> NumberRow:
    sender = dossier.sender
    return _row(
        (sender.key,),
        words.sender_name(sender) + (" ?" if dossier.doubtful else ""),
        words.kind_name(sender),
        dossier.rhythm,
        dossier.labels,
        institution,
        dossier=dossier,
    )


def _row(
    keys: tuple[str, ...],
    name: str,
    kind: str,
    rhythm: Rhythm,
    labels: Mapping[ViolationType, Ids],
    institution: Institution,
    **rest: Any,
) -> NumberRow:
    count, night = len(rhythm.ids), len(rhythm.night)
    first, last = min(rhythm.days, default=None), max(rhythm.days, default=None)
    told = " · ".join(f"{words.label_name(v)} {len(ids)}" for v, ids in _most(labels))
    share = night / count if count else 0.0
    night_words = f"{night}  {share:.0%}" if night else "0"
    return NumberRow(
        keys,
        (name, str(count), night_words, _day(first), _day(last), kind, told),
        (name, count, (share, night), _sortable(first), _sortable(last), kind, _sum(labels)),
        rhythm,
        labels,
        institution,
        **rest,
    )


def _most(labels: Mapping[ViolationType, Ids]) -> list[tuple[ViolationType, Ids]]:
    return sorted(labels.items(), key=lambda pair: -len(pair[1]))


def _sum(labels: Mapping[ViolationType, Ids]) -> int:
    return sum(map(len, labels.values()))


def _day(day: dt.date | None) -> str:
    return "" if day is None else f"{day:%Y-%m-%d}"


def _sortable(day: dt.date | None) -> dt.date:
    return day or dt.date.max


class NumbersModel(QAbstractItemModel):
    """Rows of two levels; senders dragged onto a row are told by `dropped`."""

    dropped = Signal(object, object)
    """Keys of senders (a tuple), and the NumberRow on which they were dropped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[NumberRow] = []
        self._sorting = (int(Column.COUNT), Qt.SortOrder.DescendingOrder)

    @property
    def rows(self) -> Sequence[NumberRow]:
        """The rows of the first level."""
        return self._rows

    def set_rows(self, rows: list[NumberRow]) -> None:
        """Show other rows, sorted as the ones before."""
        self.beginResetModel()
        self._rows = rows
        self._sort()
        self.endResetModel()

    def row_at(self, index: _Index) -> NumberRow | None:
        """Return what a row shows."""
        if not index.isValid():
            return None
        if index.internalId() == 0:
            return self._rows[index.row()]
        return (self._rows[index.internalId() - 1].children or [])[index.row()]

    def index_of(self, key: str) -> QModelIndex:
        """Return where a row stands, by its key; invalid if it is not there."""
        for number, row in enumerate(self._rows):
            if row.key == key:
                return self.index(number, 0)
            for place, child in enumerate(row.children or ()):
                if child.key == key:
                    return self.index(place, 0, self.index(number, 0))
        return QModelIndex()

    def index(self, row: int, column: int, parent: _Index = _ROOT) -> QModelIndex:
        """Return the index of a cell; its id is 0, or the parent's row from 1."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: _Index = _ROOT) -> QModelIndex:  # type: ignore[override]
        """Return the institution of a number's row."""
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many rows there are below *parent*."""
        if not parent.isValid():
            return len(self._rows)
        row = self.row_at(parent)
        return len(row.children or ()) if row and parent.column() == 0 else 0

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Return how many columns there are."""
        return len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the name of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _column_name(Column(section))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(Column(section))
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in (Column.NAME, Column.LABELS):
            return row.words[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(Column(index.column()))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let rows be chosen and dragged onto one another."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort institutions and, within each, its numbers."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [(found.key if (found := self.row_at(one)) else "", one.column()) for one in before]
        self._sorting = (column, order)
        self._sort()
        after = [self.index_of(key).siblingAtColumn(column) for key, column in keys]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _sort(self) -> None:
        column, order = self._sorting
        down = order == Qt.SortOrder.DescendingOrder
        for rows in (self._rows, *(row.children for row in self._rows if row.children)):
            rows.sort(key=lambda row: row.sorts[column], reverse=down)

    # -- dragging ------------------------------------------------------------------------------

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's name
        """Return what is dragged."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        """Return the senders of rows."""
        rows = [row for index in indexes if (row := self.row_at(index))]
        keys = dict.fromkeys(key for row in rows for key in row.keys)
        data = QMimeData()
        data.setData(_MIME, "\n".join(keys).encode())
        return data

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802 - Qt's name
        """Allow to move."""
        return Qt.DropAction.MoveAction

    def dropMimeData(  # noqa: N802 - Qt's name
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index
    ) -> bool:
        """Tell what was dropped on which row; the rows themselves change when the case has."""
        target = self.row_at(parent)
        if target is not None and data.hasFormat(_MIME):
            keys = bytes(data.data(_MIME).data()).decode().split("\n")
            self.dropped.emit(tuple(keys), target)
        return False


def _alignment(column: Column) -> Qt.AlignmentFlag:
    right = column in (Column.COUNT, Column.NIGHT)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _column_name(column: Column) -> str:
    return {
        Column.NAME: translate("NumbersModel", "Number or institution"),
        Column.COUNT: translate("NumbersModel", "Count"),
        Column.NIGHT: translate("NumbersModel", "At night"),
        Column.FIRST: translate("NumbersModel", "First"),
        Column.LAST: translate("NumbersModel", "Last"),
        Column.LABELS: translate("NumbersModel", "Labels"),
        Column.KIND: translate("NumbersModel", "Kind"),
    }[column]
