"""A list of the rail on the left: an icon, a name, and a number on the right of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from smsdesk.gui import icons
from smsdesk.gui.theme import Theme

_KEY = Qt.ItemDataRole.UserRole
_COUNT = Qt.ItemDataRole.UserRole + 1
_ICON = Qt.ItemDataRole.UserRole + 2
_APART = Qt.ItemDataRole.UserRole + 3
_ROW = 32
_GAP = 8

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class RailItem:
    """One row; `apart` leaves a little room above it: what follows is of another kind."""

    key: str
    name: str
    hint: str
    icon: str
    apart: bool = False


class RailList:
    """Fills a QListWidget and keeps its numbers; which row is chosen the list itself knows."""

    def __init__(self, widget: QListWidget, theme: Theme) -> None:
        self._widget = widget
        self._rows: dict[str, QListWidgetItem] = {}
        self._delegate = _RailDelegate(theme, widget)
        self.named = self._delegate.named
        widget.setItemDelegate(self._delegate)
        widget.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(widget.viewport().update)

    def show_items(self, items: Iterable[RailItem]) -> None:
        """Show these rows, with the numbers of those that were there already."""
        counts = {key: row.data(_COUNT) for key, row in self._rows.items()}
        current = self.current
        blocked = self._widget.blockSignals(True)
        self._widget.clear()
        self._rows = {item.key: self._row(item, counts.get(item.key)) for item in items}
        self.choose(current if current in self._rows else next(iter(self._rows), ""))
        self._widget.blockSignals(blocked)

    @property
    def current(self) -> str:
        """The key of the row chosen, empty if none is."""
        item = self._widget.currentItem()
        return str(item.data(_KEY)) if item else ""

    def key_of(self, item: QListWidgetItem) -> str:
        """Return the key of a row."""
        return str(item.data(_KEY))

    def name(self, key: str) -> str:
        """Return the name of a row."""
        return self._rows[key].text()

    def choose(self, key: str) -> None:
        """Go to a row; one that is not there is left out."""
        if key in self._rows:
            self._widget.setCurrentItem(self._rows[key])

    def begin_naming(self, key: str) -> None:
        """Let a person type another name over a row; what they typed goes out by `named`."""
        row = self._rows[key]
        row.setFlags(row.flags() | Qt.ItemFlag.ItemIsEditable)
        self._widget.editItem(row)

    def leave(self) -> None:
        """Choose no row."""
        self._widget.setCurrentRow(-1)

    def count(self, key: str) -> int | None:
        """Return the number shown beside a row."""
        number: int | None = self._rows[key].data(_COUNT)
        return number

    def set_counts(self, counts: Mapping[str, int | None] | Mapping[str, int]) -> None:
        """Show new numbers; rows that *counts* does not name keep theirs."""
        for key, number in counts.items():
            if key in self._rows:
                row = self._rows[key]
                row.setData(_COUNT, number)
                told = row.text() if number is None else f"{row.text()} {number}"
                row.setData(Qt.ItemDataRole.AccessibleTextRole, told)

    def height(self) -> int:
        """Return how high all rows together are."""
        rows = [self._widget.item(row) for row in range(self._widget.count())]
        return sum(_ROW + (_GAP if row.data(_APART) else 0) for row in rows)

    def _row(self, item: RailItem, count: int | None) -> QListWidgetItem:
        row = QListWidgetItem(item.name, self._widget)
        row.setToolTip(item.hint)
        for role, value in (
            (_KEY, item.key),
            (_COUNT, count),
            (_ICON, item.icon),
            (_APART, item.apart),
        ):
            row.setData(role, value)
        return row


class _RailDelegate(QStyledItemDelegate):
    """Icon and name on the left, number on the right."""

    named = Signal(str, str)
    """A row's key and the name typed over it; the row itself stays as it is until shown anew."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        if isinstance(editor, QLineEdit):
            self.named.emit(index.data(_KEY), editor.text().strip())

    def updateEditorGeometry(  # noqa: N802 - Qt's name
        self, editor: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        whole: QRect = option.rect
        editor.setGeometry(whole.left() + 4, whole.bottom() - _ROW + 1, whole.width() - 8, _ROW)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, _ROW + (_GAP if index.data(_APART) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        colours = self._theme.colours
        whole: QRect = option.rect
        place = QRect(whole.left(), whole.bottom() - _ROW + 1, whole.width(), _ROW)
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(place, QColor(colours.selected))
            painter.fillRect(QRect(place.left(), place.top(), 3, _ROW), QColor(colours.accent))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(colours.accent))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
        ink = colours.accent if selected else colours.muted
        device = painter.device()
        ratio = device.devicePixelRatioF() if device else 1.0
        drawing = icons.pixmap(index.data(_ICON), ink, 16, ratio)
        painter.drawPixmap(place.left() + 14, place.top() + (_ROW - 16) // 2, drawing)
        self._paint_words(painter, place.adjusted(38, 0, -12, 0), index, selected)
        painter.restore()

    def _paint_words(self, painter: QPainter, inner: QRect, index: _Index, selected: bool) -> None:
        colours = self._theme.colours
        number = "" if index.data(_COUNT) is None else str(index.data(_COUNT))
        metrics = painter.fontMetrics()
        room = inner.width() - metrics.horizontalAdvance(number) - (_GAP if number else 0)
        name = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(colours.text))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(QColor(colours.text if selected else colours.muted))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(inner, right, number)
