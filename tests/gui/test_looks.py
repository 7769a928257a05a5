"""How the window looks: what is written can be read, whole, in both looks and languages."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget

from smsdesk.domain.findings import ViolationType
from smsdesk.gui import language
from smsdesk.gui.theme import DARK, LIGHT, Look, chip_colour
from tests.gui.acts import open_case, wait_idle

READABLE = 4.5
"""WCAG 2.2, 1.4.3 (AA): the contrast of text of usual size."""
SEEN = 3.0
"""WCAG 2.2, 1.4.11 (AA): the contrast of what shows where a control is, or which has the focus."""

INKS = ("text", "muted", "accent", "danger", "doubt", "good")
GROUNDS = ("window", "surface", "raised", "selected")


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    """Return the ratio of WCAG, from 1 (the same) to 21 (black on white)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_that_of_wcag():
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
class TestContrast:
    def test_every_ink_can_be_read_on_every_ground(self, colours):
        weak = {
            (ink, ground): round(ratio, 2)
            for ink in INKS
            for ground in GROUNDS
            if (ratio := _contrast(getattr(colours, ink), getattr(colours, ground))) < READABLE
        }
        assert weak == {}

    def test_the_primary_button_and_lit_words_can_be_read(self, colours):
        assert _contrast(colours.on_accent, colours.accent) >= READABLE
        assert _contrast(colours.text, colours.match) >= READABLE

    @pytest.mark.parametrize("violation", ViolationType)
    def test_labels_can_be_read(self, colours, violation):
        chip = chip_colour(violation, colours.dark)
        grounds = (colours.surface, colours.selected, colours.window)
        assert min(_contrast(chip, ground) for ground in grounds) >= READABLE

    def test_focus_boxes_and_scroll_bars_are_seen(self, colours):
        for mark in (colours.accent, colours.muted, colours.handle):
            assert _contrast(mark, colours.window) >= SEEN
            assert _contrast(mark, colours.surface) >= SEEN


@pytest.fixture(params=["zh", "en"])
def spoken(request, qapp, monkeypatch):
    """The language of the window: Chinese is installed, English is what is in the source."""
    if request.param == "zh":
        yield "zh"
        return
    installed = [t for t in qapp.findChildren(QTranslator) if qapp.removeTranslator(t)]
    monkeypatch.setattr(language, "_current", "en")
    yield "en"
    for translator in installed:
        qapp.installTranslator(translator)


@pytest.fixture
def desk(qtbot, spoken, window, sample_case_path):
    """The window of 1280 x 800 with the sample case, in either language."""
    open_case(qtbot, window, sample_case_path)
    return window


def test_nothing_is_cut_off_in_any_place(qtbot, desk):
    cut = _cut_off(desk)
    for place in desk.case_page._pages:
        desk.case_page.places.choose(place)
        wait_idle(qtbot, desk)
        QApplication.processEvents()
        cut += [f"{place}: {found}" for found in _cut_off(desk)]
    assert cut == []


def test_nothing_is_cut_off_on_the_start_page(spoken, window):
    QApplication.processEvents()
    assert _cut_off(window) == []


def test_nothing_is_cut_off_in_dialogs(qtbot, desk):
    cut = []
    for action in (desk.card_action, desk.log_action, desk.preferences_action, desk.about_action):
        action.trigger()
        qtbot.waitUntil(lambda: _dialog(desk) is not None)
        wait_idle(qtbot, desk)
        dialog = _dialog(desk)
        cut += [f"{type(dialog).__name__}: {found}" for found in _cut_off(dialog)]
        dialog.reject()
    assert cut == []


def _dialog(window) -> QDialog | None:
    return next((d for d in window.findChildren(QDialog) if d.isVisible()), None)


def _cut_off(root: QWidget) -> list[str]:
    """Return the words of labels and buttons that have less room than they ask for."""
    texts = [w for w in root.findChildren(QLabel) if w.isVisible() and w.text()]
    buttons = [w for w in root.findChildren(QAbstractButton) if w.isVisible() and w.text()]
    return [
        f"{type(w).__name__} {w.objectName()} {w.text()[:30]!r}: {w.width()} x {w.height()}"
        f" of {w.sizeHint().width()} x {w.sizeHint().height()}"
        for w in (*texts, *buttons)
        if not _has_room(w)
    ]


def _has_room(widget: QLabel | QAbstractButton) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() >= widget.heightForWidth(widget.width())
    # Of the height, what the letters need: the hint of a tool button adds room that a style
    # sheet takes away again.
    wanted, letters = widget.sizeHint().width(), widget.fontMetrics().height()
    return widget.width() >= wanted and widget.height() >= letters


def test_links_of_the_message_bar_follow_the_look(qtbot, window):
    window.bar.inform('<a href="smsdesk:x">■■■■■■■■</a>')
    for look, colours in ((Look.DARK, DARK), (Look.LIGHT, LIGHT)):
        window._choose_look(look)
        QApplication.processEvents()
        drawn = window.bar.text_label.grab().toImage()
        inks = {drawn.pixelColor(x, drawn.height() // 2).name() for x in range(80)}
        assert colours.accent in inks
