"""Our own icons: one-colour SVGs, drawn in the colour that the place asks for."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from smsdesk.domain.findings import ViolationType
from smsdesk.resources import resource


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """Return resources/icons/NAME.svg in *colour*, *size* device-independent pixels square."""
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))
    image = QPixmap(round(size * ratio), round(size * ratio))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def icon(name: str, colour: str) -> QIcon:
    """Return an icon for buttons and menus, sharp on screens of one and two pixels a point."""
    result = QIcon()
    for ratio in (1.0, 2.0):
        result.addPixmap(pixmap(name, colour, 16, ratio))
    return result


def violation_icon(violation: ViolationType) -> str:
    """Return the name of a violation type's icon."""
    return f"label-{violation.value.replace('_', '-')}"


def app_icon() -> QIcon:
    """Return the program's own icon."""
    return QIcon(str(resource("icons", "app.svg")))
