"""Draws a line of the import queue: a small picture, the name, what became of it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from smsdesk.domain.cases import ImportItem, ImportStatus
from smsdesk.gui import icons
from smsdesk.gui.models.import_queue import Role
from smsdesk.gui.queue_words import name_of
from smsdesk.gui.theme import Theme
from smsdesk.gui.thumbnails import Thumbnails

ROW_HEIGHT = 48
_SIDE = 16
_PICTURE = 36
_GAP = 12

_Index = QModelIndex | QPersistentModelIndex


class ImportRowDelegate(QStyledItemDelegate):
    """Asks for thumbnails only as their rows are drawn."""

    def __init__(self, theme: Theme, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the same height for all rows."""
        return QSize(240, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one line."""
        item: ImportItem = index.data(Role.ITEM)
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        colours = self._theme.colours
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(place, QColor(colours.selected if chosen else colours.surface))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(colours.accent))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
        self._paint_picture(painter, place, item)
        words = place.adjusted(_SIDE + _PICTURE + _GAP, 4, -_SIDE, -4)
        self._paint_words(painter, words, item, index.data(Role.STATE))
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRect, item: ImportItem) -> None:
        top = place.top() + (ROW_HEIGHT - _PICTURE) // 2
        box = QRect(place.left() + _SIDE, top, _PICTURE, _PICTURE)
        image = self._picture_of(item)
        if image is None or image.isNull():
            ratio = painter.device().devicePixelRatio()
            drawn = icons.pixmap("picture", self._theme.colours.muted, 16, ratio)
            painter.drawPixmap(box.center().x() - 7, box.center().y() - 7, drawn)
            return
        size = image.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
        fitted = QRect(box.topLeft(), size)
        fitted.moveCenter(box.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(fitted, image)

    def _picture_of(self, item: ImportItem) -> QImage | None:
        if item.original_id is None:
            return QImage()
        return self._thumbnails.get((item.original_id, item.page or 0))

    def _paint_words(self, painter: QPainter, place: QRect, item: ImportItem, told: str) -> None:
        colours = self._theme.colours
        upper = QRect(place.left(), place.top(), place.width(), place.height() // 2)
        lower = upper.translated(0, upper.height())
        metrics = painter.fontMetrics()
        middle, right = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight
        painter.setPen(QColor(colours.text))
        line = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(upper, line, metrics.elidedText(name_of(item), middle, upper.width()))
        painter.setPen(QColor(self._colour_of(item)))
        if item.status == ImportStatus.SET_ASIDE:
            ratio = painter.device().devicePixelRatio()
            sign = icons.pixmap("warning", colours.danger, 14, ratio)
            painter.drawPixmap(lower.left(), lower.center().y() - 7, sign)
            lower.adjust(20, 0, 0, 0)
        painter.drawText(lower, line, metrics.elidedText(told, right, lower.width()))

    def _colour_of(self, item: ImportItem) -> str:
        colours = self._theme.colours
        return colours.danger if item.status == ImportStatus.SET_ASIDE else colours.muted
