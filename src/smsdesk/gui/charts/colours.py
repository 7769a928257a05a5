"""The shades of a chart: from hardly any colour to the accent, in light and dark."""

from __future__ import annotations

from PySide6.QtGui import QColor

from smsdesk.gui.charts.grid import CLASSES
from smsdesk.gui.theme import Colours

_FIRST = 0.22
"""How much of the accent the palest shade has: told from an empty cell at a glance."""


def shades(colours: Colours, count: int) -> list[QColor]:
    """Return the colours of an empty cell and of *count* shades above it."""
    empty = QColor(colours.raised if colours.dark else colours.surface)
    full, ground = QColor(colours.accent), QColor(colours.surface)
    steps = [_FIRST + (1 - _FIRST) * n / max(1, CLASSES - 1) for n in range(CLASSES)]
    used = steps[-count:] if count else []
    return [empty, *(_mixed(ground, full, share) for share in used)]


def ink_on(ground: QColor) -> QColor:
    """Return black or white, whichever is read better on *ground*."""
    return QColor("#10161d") if ground.lightnessF() > 0.55 else QColor("#ffffff")


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(a + (b - a) * share) for a, b in pairs))
