"""The window without a mouse: Tab leads through all of it as it is read, and the focus is seen."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from smsdesk.gui.theme import Look
from tests.gui.acts import LONG, drop, open_case, wait_idle

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
SEEN = 40
"""Pixels that change where the focus is: a frame around the smallest button has more."""


@pytest.fixture
def desk(qtbot, window, sample_case_path):
    open_case(qtbot, window, sample_case_path)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def _places(qtbot, desk):
    for key in desk.case_page._pages:
        desk.case_page.places.choose(key)
        wait_idle(qtbot, desk)
        QApplication.processEvents()
        yield key


def _press(key: Qt.Key) -> QWidget:
    QTest.keyClick(QApplication.focusWidget(), key)
    QApplication.processEvents()
    return QApplication.focusWidget()


def _stops(key: Qt.Key) -> list[QWidget]:
    """Press *key* until the focus is back where it was; return where it has been."""
    stops = [QApplication.focusWidget()]
    while (now := _press(key)) is not stops[0] and len(stops) < 200:
        stops.append(now)
    return stops


def _tell(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName() or text}"


def _without_doubt(desk) -> None:
    """Choose a message without doubtful characters: in others Tab goes from doubt to doubt."""
    desk.case_page.view.setFocus()
    while desk.case_page.review._tab.isEnabled():
        _press(Qt.Key.Key_Return)


def test_tab_comes_to_every_control_each_with_a_name_and_shift_tab_back(qtbot, desk):
    for place in _places(qtbot, desk):
        _without_doubt(desk) if place == "review" else desk.case_page.take_focus()
        stops = _stops(Qt.Key.Key_Tab)
        back = _stops(Qt.Key.Key_Backtab)
        assert back == [stops[0], *reversed(stops[1:])], place
        missed = [_tell(w) for w in _controls(desk) if _is_missed(w, stops)]
        assert missed == [], place
        assert [_tell(stop) for stop in stops if not _is_named(stop)] == [], place


def _is_named(stop: QWidget) -> bool:
    """Whether a screen reader has a name for it."""
    text = stop.text().strip() if isinstance(stop, QAbstractButton) else ""
    return bool(stop.accessibleName() or text)


def _controls(window: QWidget) -> list[QWidget]:
    return [widget for widget in window.findChildren(QWidget) if isinstance(widget, CONTROLS)]


def _is_missed(widget: QWidget, stops: list[QWidget]) -> bool:
    if not (widget.isVisible() and widget.isEnabled()) or isinstance(widget, QHeaderView):
        return False
    if isinstance(widget, QRadioButton) and not widget.isChecked():
        return False  # arrow keys go from the checked one to the others
    return not any(stop is widget or stop.isAncestorOf(widget) for stop in stops)


def test_tab_goes_down_a_page_not_up_and_down(qtbot, desk):
    """Within a panel whose parts stand one below the other, the next stop is never above."""
    for place in _places(qtbot, desk):
        _without_doubt(desk) if place == "review" else desk.case_page.take_focus()
        stops = [s for s in _stops(Qt.Key.Key_Tab) if not isinstance(s, QScrollArea)]
        jumps = [
            f"{_tell(one)} -> {_tell(other)}"
            for one, other in pairwise(stops)
            if one.parent() is other.parent() and _is_above(other, one)
        ]
        assert jumps == [], place


def _is_above(one: QWidget, other: QWidget) -> bool:
    return one.y() + one.height() <= other.y() and one.x() <= other.x()


@pytest.mark.parametrize("look", [Look.LIGHT, Look.DARK])
def test_the_focus_is_seen_wherever_it_is(qtbot, desk, look):
    desk._choose_look(look)
    for place in _places(qtbot, desk):
        _without_doubt(desk) if place == "review" else desk.case_page.take_focus()
        unseen = [_tell(stop) for stop in _stops(Qt.Key.Key_Tab) if not _shows_focus(desk, stop)]
        assert unseen == [], place


def _shows_focus(window: QWidget, widget: QWidget) -> bool:
    """Whether the place of *widget* is drawn otherwise with the focus than without it."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    for area in window.findChildren(QScrollArea):
        if area.isAncestorOf(widget):
            area.ensureWidgetVisible(widget)
    QApplication.processEvents()
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-3, -3, 3, 3)
    focused = window.grab(place).toImage()
    widget.clearFocus()
    QApplication.processEvents()
    other = window.grab(place).toImage()
    return int(np.any(_pixels(focused) != _pixels(other), axis=2).sum()) >= SEEN


def _pixels(image: QImage) -> np.ndarray:
    """Return a picture as rows of pixels of four bytes each."""
    drawn = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(drawn.constBits(), np.uint8).reshape(drawn.height(), drawn.width(), 4)


def test_dialogs_are_gone_through_in_order_too(qtbot, desk):
    for action in (
        desk.new_action,
        desk.card_action,
        desk.log_action,
        desk.preferences_action,
        desk.about_action,
    ):
        action.trigger()
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
        dialog = QApplication.activeModalWidget()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        wait_idle(qtbot, desk)
        stops = _stops(Qt.Key.Key_Tab)
        name = type(dialog).__name__
        assert [_tell(w) for w in _controls(dialog) if _is_missed(w, stops)] == [], name
        assert [_tell(stop) for stop in stops if not _shows_focus(dialog, stop)] == [], name
        jumps = [_tell(other) for one, other in pairwise(stops) if _jumps_up(one, other)]
        assert len(jumps) <= 1, name  # from the last stop to the first
        dialog.reject()


def _jumps_up(one: QWidget, other: QWidget) -> bool:
    at = [w.mapTo(w.window(), QPoint(0, 0)) for w in (one, other)]
    return at[1].y() + other.height() <= at[0].y() and at[1].x() <= at[0].x()


def test_what_vanishes_leaves_the_focus_where_it_stood(qtbot, desk):
    star = desk.case_page.review.reading.star_button
    star.setFocus()
    star.hide()
    assert desk.case_page.review.reading.isAncestorOf(QApplication.focusWidget())


def test_what_is_asked_before_an_import_is_answered_by_keys(qtbot, window, empty_case, picture):
    empty_case.close()
    open_case(qtbot, window, empty_case.path)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    drop(window, picture)
    panel = window.case_page.import_panel
    qtbot.waitUntil(panel.isVisible)
    wait_idle(qtbot, window)
    for _ in range(2):
        stops = _stops(Qt.Key.Key_Tab)
    assert panel.device_box in stops
    panel.start_button.setFocus()
    _press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.import_desk.busy, timeout=LONG)


def test_escape_empties_the_search_then_goes_back_to_the_list(qtbot, desk):
    page = desk.case_page
    desk._search()
    page.search_edit.setText("法院")
    _press(Qt.Key.Key_Escape)
    assert (page.search_edit.text(), page.search_edit.hasFocus()) == ("", True)
    _press(Qt.Key.Key_Escape)
    assert page.view.hasFocus()


def test_escape_closes_the_message_and_leaves_a_button(qtbot, desk):
    desk.bar.inform("…")
    desk.case_page.take_focus()
    _press(Qt.Key.Key_Escape)
    assert not desk.bar.isVisible()
    desk.case_page.review.reading.star_button.setFocus()
    _press(Qt.Key.Key_Escape)
    assert desk.case_page.view.hasFocus()


def test_enter_presses_the_button_that_has_the_focus(qtbot, desk):
    desk.case_page.verdict_button.setFocus()
    _press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "完好" in desk.bar.html, timeout=LONG)


def test_the_tray_gives_the_keyboard_back(qtbot, desk):
    desk.tray_action.trigger()
    assert desk.tray.isAncestorOf(QApplication.focusWidget())
    desk.tray_action.trigger()
    assert desk.case_page.view.hasFocus()


def test_the_key_for_exporting_shows_first_what_is_missing(qtbot, desk):
    desk.export_action.trigger()
    wait_idle(qtbot, desk)
    assert desk.case_page.places.current == "export"
    assert desk.case_page.exporting.missing.isVisible()
