"""Tab goes through a window in the order in which it is read, whatever was built first.

Qt's own order is that in which widgets were made: what is made anew while the window is used (a
label, a line of a list) would come last. So the order is read off the layouts when Tab is pressed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QLayout,
    QMainWindow,
    QRadioButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)


def move_focus(window: QWidget, focused: QWidget | None, *, forward: bool) -> bool:
    """Move the focus to the next stop of *window*, or the one before; False if there is none.

    After the last stop the first one follows. *focused* need not be a stop itself, nor be shown
    any more: from what has vanished the focus goes into what it stood in.
    """
    order = list(in_reading_order(window))
    while focused is not None and focused not in order:
        focused = focused.parentWidget()
    if not forward:
        order.reverse()
    start = order.index(focused) + 1 if focused is not None else 0
    stop = next(filter(_is_stop, order[start:] + order[:start]), None)
    if stop is None:
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stop.setFocus(reason)
    return True


def in_reading_order(widget: QWidget) -> Iterator[QWidget]:
    """Yield *widget* and all that is shown in it, from above to below, from left to right."""
    yield widget
    for part in _parts(widget):
        if not part.isHidden() and not part.isWindow():
            yield from in_reading_order(part)


def _is_stop(widget: QWidget) -> bool:
    takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    if isinstance(widget, QRadioButton):
        takes_tab = widget.isChecked()  # arrow keys lead from it to the others
    return takes_tab and widget.isEnabled() and widget.focusProxy() is None


def _parts(widget: QWidget) -> list[QWidget]:
    """Return the widgets that *widget* shows, in order."""
    match widget:
        case QSplitter():
            shown = [widget.widget(index) for index in range(widget.count())]
        case QStackedWidget():
            shown = [widget.currentWidget()]
        case QMainWindow():
            shown = [widget.centralWidget()]
        case QScrollArea():
            shown = [widget.widget()]
        case _ if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return []  # the parts of a box or a list are its own affair
        case _:
            return _laid_out(widget)
    return [part for part in shown if part is not None]


def _laid_out(widget: QWidget) -> list[QWidget]:
    """Return what the layout holds, then what floats over it."""
    layout = widget.layout()
    laid = list(_of_layout(layout)) if layout is not None else []
    others = [c for c in widget.children() if isinstance(c, QWidget) and c not in laid]
    return laid + sorted(others, key=lambda child: (child.y(), child.x()))


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    for index in _indexes(layout):
        item = layout.itemAt(index)
        part = item.widget() if item else None
        inner = item.layout() if item else None
        if part is not None:
            yield part
        elif inner is not None:
            yield from _of_layout(inner)


def _indexes(layout: QLayout) -> list[int]:
    """Return the numbers of a layout's items in order: a grid is filled in any."""
    indexes = range(layout.count())
    if isinstance(layout, QGridLayout):
        return sorted(indexes, key=lambda index: _row_and_column(layout, index))
    return list(indexes)


def _row_and_column(grid: QGridLayout, index: int) -> tuple[int, int]:
    row, column, _rows, _columns = cast(tuple[int, int, int, int], grid.getItemPosition(index))
    return row, column
