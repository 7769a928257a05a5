"""The views on the left: each with its count, each a narrowing of the list."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from smsdesk.domain.findings import FindingState
from smsdesk.domain.messages import ReviewState
from smsdesk.domain.queries import MessageQuery
from smsdesk.gui import icons
from smsdesk.gui.theme import Theme
from smsdesk.services.listing import CaseSummary


class Place(StrEnum):
    """A view of the case's messages."""

    ALL = "all"
    NEW = "new"
    DOUBTFUL = "doubtful"
    NIGHT = "night"
    UNLABELLED = "unlabelled"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


QUERIES: dict[Place, MessageQuery] = {
    Place.ALL: MessageQuery(),
    Place.NEW: MessageQuery(review=ReviewState.NEW),
    Place.DOUBTFUL: MessageQuery(doubtful=True),
    Place.NIGHT: MessageQuery(night=True),
    Place.UNLABELLED: MessageQuery(unlabelled=True),
    Place.PROPOSED: MessageQuery(state=FindingState.PROPOSED),
    Place.CONFIRMED: MessageQuery(state=FindingState.CONFIRMED),
    Place.REJECTED: MessageQuery(state=FindingState.REJECTED),
}

_ICONS: dict[Place, str] = {
    Place.ALL: "all",
    Place.NEW: "inbox",
    Place.DOUBTFUL: "doubt",
    Place.NIGHT: "moon",
    Place.UNLABELLED: "untagged",
    Place.PROPOSED: "tag",
    Place.CONFIRMED: "check",
    Place.REJECTED: "rejected",
}

_PLACE = Qt.ItemDataRole.UserRole
_COUNT = Qt.ItemDataRole.UserRole + 1
_ROW = 36


def counts_of(summary: CaseSummary) -> dict[Place, int]:
    """Return the number shown beside each view; the last three count findings, not messages."""
    messages = summary.messages
    return {
        Place.ALL: messages.total,
        Place.NEW: messages.new,
        Place.DOUBTFUL: messages.doubtful,
        Place.NIGHT: messages.night,
        Place.UNLABELLED: messages.unlabelled,
        Place.PROPOSED: summary.findings.get(FindingState.PROPOSED, 0),
        Place.CONFIRMED: summary.findings.get(FindingState.CONFIRMED, 0),
        Place.REJECTED: summary.findings.get(FindingState.REJECTED, 0),
    }


class PlacesPanel:
    """Fills the list of views and keeps its counts; selection is read from the list itself."""

    def __init__(
        self, view: QListWidget, theme: Theme, names: dict[Place, tuple[str, str]]
    ) -> None:
        self._view = view
        view.setItemDelegate(_PlaceDelegate(theme, view))
        view.setSpacing(0)
        for place, (name, hint) in names.items():
            item = QListWidgetItem(name, view)
            item.setToolTip(hint)
            item.setData(_PLACE, place.value)
            item.setData(_COUNT, 0)
        view.setCurrentRow(0)

    @property
    def current(self) -> Place:
        """The view chosen."""
        item = self._view.currentItem()
        return Place(item.data(_PLACE)) if item else Place.ALL

    def choose(self, place: Place) -> None:
        """Go to a view."""
        self._view.setCurrentRow(list(Place).index(place))

    def count(self, place: Place) -> int:
        """Return the number shown beside a view."""
        return int(self._view.item(list(Place).index(place)).data(_COUNT))

    def set_counts(self, counts: dict[Place, int]) -> None:
        """Show new numbers."""
        for row, place in enumerate(Place):
            self._view.item(row).setData(_COUNT, counts[place])


class _PlaceDelegate(QStyledItemDelegate):
    """Icon and name on the left, count on the right."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        # The findings' states are another kind of view: a little room sets them apart.
        apart = 12 if index.data(_PLACE) == Place.PROPOSED.value else 0
        return QSize(120, _ROW + apart)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colours = self._theme.colours
        whole: QRect = option.rect
        place = QRect(whole.left(), whole.bottom() - _ROW + 1, whole.width(), _ROW)
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(place, QColor(colours.selected))
            painter.fillRect(QRect(place.left(), place.top(), 3, _ROW), QColor(colours.accent))
        ink = colours.accent if selected else colours.muted
        device = painter.device()
        ratio = device.devicePixelRatioF() if device else 1.0
        drawing = icons.pixmap(_ICONS[Place(index.data(_PLACE))], ink, 16, ratio)
        painter.drawPixmap(place.left() + 16, place.top() + (_ROW - 16) // 2, drawing)
        inner = place.adjusted(42, 0, -16, 0)
        painter.setPen(QColor(colours.text))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, index.data())
        painter.setPen(QColor(colours.text if selected else colours.muted))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(inner, right, str(index.data(_COUNT)))
        painter.restore()
