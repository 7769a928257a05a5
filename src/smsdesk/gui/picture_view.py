"""The screenshot: whole, zoomed and panned, with the message's box lit and the rest dimmed."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from smsdesk.domain.cases import Page
from smsdesk.domain.geometry import Box
from smsdesk.gui.pictures import DecodedPicture, Strip
from smsdesk.gui.theme import Theme

STEP = 1.25
"""One zoom step: eight steps are a factor of six."""

SMALLEST, LARGEST = 0.02, 8.0
"""Zoom in view pixels for each picture pixel."""

SPOT_HEIGHT = 44
"""View pixels that a framed character is high at least: every stroke of 囊 can be counted."""

BUBBLES = 0.6
"""The part of a picture's width that is shown at least when a message is brought close.

A bubble of many words is about this wide or wider and fills the view; one of two words is shown
as large as its neighbours, not blown up.
"""

TWICE = 2.0
"""A phone's picture on a wide screen would be blown up: twice its own pixels is enough."""

MARGIN = 0.04
"""Room left around a lit box, as a part of the picture's width."""


class Zoom(StrEnum):
    """How large a picture is shown when a message comes."""

    MESSAGE = "message"
    WIDTH = "width"
    FREE = "free"


class _PictureItem(QGraphicsItem):
    """Draws those strips that show, from the size that fits the zoom."""

    def __init__(self, picture: DecodedPicture) -> None:
        super().__init__()
        self._picture = picture
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def boundingRect(self) -> QRectF:
        """Return the whole picture."""
        return QRectF(0, 0, self._picture.width, self._picture.height)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        exposed: QRectF = option.exposedRect
        detail = option.levelOfDetailFromTransform(painter.worldTransform())
        ratio = widget.devicePixelRatioF() if widget else 1.0
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for strip in self._strips_for(detail * ratio):
            if strip.top <= exposed.bottom() and strip.top + strip.height >= exposed.top():
                target = QRectF(0, strip.top, self._picture.width, strip.height)
                painter.drawImage(target, strip.image)

    def _strips_for(self, zoom: float) -> tuple[Strip, ...]:
        """Return the smallest level that is not blown up at this zoom."""
        fitting = [strips for scale, strips in self._picture.levels if scale >= zoom]
        return fitting[-1] if fitting else self._picture.levels[0][1]


class _ShadeItem(QGraphicsItem):
    """Dims everything but the lit box, if there is one, and draws the box's edge."""

    def __init__(self, whole: QRectF, lit: QRectF | None, theme: Theme) -> None:
        super().__init__()
        self._whole = whole
        self._lit = lit
        self._theme = theme

    def boundingRect(self) -> QRectF:
        """Return the whole picture."""
        return self._whole

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._lit is None:
            painter.fillRect(self._whole, QColor(self._theme.colours.shade))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded = self._whole.width() * 0.012  # about the corner of a message bubble
        hole = QPainterPath()
        hole.addRoundedRect(self._lit, rounded, rounded)
        shade = QPainterPath()
        shade.addRect(self._whole)
        painter.fillPath(shade - hole, QColor(self._theme.colours.shade))
        edge = QPen(QColor(self._theme.colours.accent), 2)
        edge.setCosmetic(True)
        painter.setPen(edge)
        painter.drawPath(hole)


class PictureView(QGraphicsView):
    """Shows one page of an original; coordinates of boxes are pixels of the upright picture."""

    zoom_changed = Signal(float)
    mode_chosen = Signal(str)
    """A person chose another Zoom."""
    point_chosen = Signal(float, float)
    """Where in the picture a person clicked, in its pixels."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scene = QGraphicsScene(self)
        self._picture: DecodedPicture | None = None
        self._shade: _ShadeItem | None = None
        self._lit: QRectF | None = None
        self._spot: QGraphicsRectItem | None = None
        self._pressed_at: QPoint | None = None
        self._mode = Zoom.WIDTH
        self._came_close = False
        self.setScene(self._scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        # A bar that comes and goes would change the width that the picture is fitted to.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        theme.changed.connect(self._scene.update)

    @property
    def original_id(self) -> int | None:
        """The original shown, if one is."""
        return self._picture.page.original_id if self._picture else None

    @property
    def page(self) -> Page | None:
        """The page shown, if one is."""
        return self._picture.page if self._picture else None

    @property
    def lit(self) -> QRectF | None:
        """The lit box, grown by its margin, in pixels of the picture."""
        return self._lit

    @property
    def zoom(self) -> float:
        """View pixels for each pixel of the picture."""
        return self.transform().m11()

    def dim(self) -> None:
        """Light nothing and dim all: what is shown does not belong to the message any more."""
        if self._picture is None:
            return
        if self._shade is not None:
            self._scene.removeItem(self._shade)
        whole = QRectF(0, 0, self._picture.width, self._picture.height)
        self._lit = None
        self._shade = _ShadeItem(whole, None, self._theme)
        self._scene.addItem(self._shade)

    def clear(self) -> None:
        """Show nothing."""
        self._scene.clear()
        self._picture, self._shade, self._lit, self._spot = None, None, None, None

    def show_picture(self, picture: DecodedPicture, box: Box) -> None:
        """Show *picture* with *box* lit, and bring the box into view."""
        if self._picture is not picture:
            self.clear()
            self._picture = picture
            item = _PictureItem(picture)
            self._scene.addItem(item)
            self._scene.setSceneRect(item.boundingRect())
        self._light(picture, box)
        self.clear_spot()
        self._came_close = False  # to a character of the message before
        self._fit()

    def show_spot(self, box: Box) -> None:
        """Frame a part of the picture, such as one character, and zoom to where it can be read."""
        if self._picture is None:
            return
        self.clear_spot()
        edge = QPen(QColor(self._theme.colours.danger), 2)
        edge.setCosmetic(True)
        room = box.height * 0.12
        self._spot = self._scene.addRect(
            QRectF(box.x0, box.y0, box.width, box.height).adjusted(-room, -room, room, room), edge
        )
        wanted = min(SPOT_HEIGHT / max(box.height, 1.0), LARGEST)
        if self.zoom < wanted:
            self._came_close = True
            self._set_zoom(wanted)
        self.centerOn(self._spot.rect().center())

    def clear_spot(self) -> None:
        """Frame nothing."""
        if self._spot is not None:
            self._scene.removeItem(self._spot)
            self._spot = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click or a drag begins."""
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell where a person clicked; a drag is no click."""
        super().mouseReleaseEvent(event)
        at, began = event.position().toPoint(), self._pressed_at
        if self._picture is None or began is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if (at - began).manhattanLength() < QApplication.startDragDistance():
            point = self.mapToScene(at)
            self.point_chosen.emit(point.x(), point.y())

    def fit_width(self) -> None:
        """Zoom so that the picture is as wide as the view, from now on."""
        self.choose_mode(Zoom.WIDTH)

    def toggle_box_zoom(self) -> None:
        """Bring the message close, or go back to the picture's whole width."""
        close = self._mode == Zoom.MESSAGE and not self._came_close
        self.choose_mode(Zoom.WIDTH if close else Zoom.MESSAGE)

    def choose_mode(self, mode: Zoom) -> None:
        """Show this picture and those that come in another way."""
        self._came_close = False
        self._set_mode(mode)
        self._fit()

    def _set_mode(self, mode: Zoom) -> None:
        if mode != self._mode:
            self._mode = mode
            self.mode_chosen.emit(mode)

    def _fit(self) -> None:
        """Zoom as the mode says, and bring the lit box into view."""
        if self._picture is None:
            return
        wide = float(self._picture.width)
        if self._mode == Zoom.MESSAGE and self._lit is not None:
            wide = max(self._lit.width() + wide * MARGIN, wide * BUBBLES)
        if self._mode != Zoom.FREE:
            self._set_zoom(min(self.viewport().width() / wide, TWICE))
        self._show_box()

    def zoom_in(self) -> None:
        """Show everything one step larger."""
        self._step(STEP)

    def zoom_out(self) -> None:
        """Show everything one step smaller."""
        self._step(1 / STEP)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl held, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step(STEP ** (event.angleDelta().y() / 120))
            event.accept()
            return
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture fitted to the view."""
        super().resizeEvent(event)
        if not self._came_close:
            self._fit()

    def _step(self, factor: float) -> None:
        self._came_close = False
        self._set_mode(Zoom.FREE)
        self._set_zoom(self.zoom * factor)

    def _set_zoom(self, zoom: float) -> None:
        zoom = min(max(zoom, SMALLEST), LARGEST)
        factor = zoom / self.zoom
        self.scale(factor, factor)
        self.zoom_changed.emit(zoom)

    def _light(self, picture: DecodedPicture, box: Box) -> None:
        if self._shade is not None:
            self._scene.removeItem(self._shade)
        margin = picture.width * 0.008
        whole = QRectF(0, 0, picture.width, picture.height)
        lit = QRectF(box.x0, box.y0, box.width, box.height)
        self._lit = lit.adjusted(-margin, -margin, margin, margin) & whole
        self._shade = _ShadeItem(whole, self._lit, self._theme)
        self._scene.addItem(self._shade)

    def _show_box(self) -> None:
        """Centre the box; a box taller than the view is shown from its top."""
        if self._lit is None or self._picture is None:
            return
        visible = self.viewport().height() / self.zoom
        if self._lit.height() > visible:
            middle = self._lit.top() + visible / 2 - self._picture.width * MARGIN
            self.centerOn(self._lit.center().x(), middle)
        else:
            self.centerOn(self._lit.center())
