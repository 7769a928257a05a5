"""Figures in a row: each is a button that leads to the messages it counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from smsdesk.domain.figures import Ids, Rhythm
from smsdesk.gui import words
from smsdesk.gui.flow import FlowLayout

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Figure:
    """Words with a number, the messages that it counts, and what their list is to be called."""

    words: str
    ids: Ids
    name: str
    hint: str = ""


class FigureStrip(QWidget):
    """Shows figures side by side, on several lines where the room ends."""

    asked = Signal(object, str)
    """Ids of messages, and a name for them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, spacing=4)
        self._buttons: list[QToolButton] = []

    @property
    def buttons(self) -> list[QToolButton]:
        """The buttons of the figures shown."""
        return self._buttons

    def show_figures(self, figures: Iterable[Figure]) -> None:
        """Show these figures; one that counts nothing is words only."""
        focused = next((n for n, b in enumerate(self._buttons) if b.hasFocus()), None)
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(figure) for figure in figures]
        if focused is not None and focused < len(self._buttons):
            self._buttons[focused].setFocus()
        self.updateGeometry()

    def _button(self, figure: Figure) -> QToolButton:
        button = QToolButton(self)
        button.setText(figure.words)
        button.setToolTip(figure.hint)
        button.setProperty("role", "link")
        button.setEnabled(bool(figure.ids))
        button.clicked.connect(lambda: self.asked.emit(figure.ids, figure.name))
        self._flow.addWidget(button)
        button.show()
        return button


def rhythm_figures(rhythm: Rhythm) -> list[Figure]:
    """Return what a rhythm tells, each figure with the messages that it counts."""
    count, night = len(rhythm.ids), len(rhythm.night)
    figures = [
        _figure(words.messages_counted(count), rhythm.ids),
        _figure(translate("Figures", "%n at night", "", night), rhythm.night),
    ]
    if rhythm.worst_day:
        ids, day = rhythm.days[rhythm.worst_day], words.day_name(rhythm.worst_day)
        count = len(ids)
        pattern = translate("Figures", "most on one day: {day}, %n", "", count)
        figures.append(_figure(pattern.format(day=day), ids))
    if rhythm.shortest:
        minutes, ids = rhythm.shortest.minutes, rhythm.shortest.ids
        pattern = translate("Figures", "shortest interval: {interval}")
        figures.append(_figure(pattern.format(interval=words.interval(minutes)), ids))
    run = rhythm.longest_run
    if run and run.first != run.last:
        days = (run.last - run.first).days + 1
        told = translate("Figures", "%n days in a row", "", days)
        figures.append(
            _figure(told, run.ids, f"{words.day_name(run.first)} — {words.day_name(run.last)}")
        )
    return [*figures, *_unsure_figures(rhythm)]


def _unsure_figures(rhythm: Rhythm) -> list[Figure]:
    figures, edge, without = [], len(rhythm.edge), len(rhythm.without_day)
    if edge:
        told = translate("Figures", "%n when night begins or ends", "", edge)
        hint = translate(
            "Figures", "Whether these minutes belong to the night the standards do not say"
        )
        figures.append(_figure(told, rhythm.edge, hint))
    if without:
        told = translate("Figures", "%n without a day", "", without)
        hint = translate("Figures", "Their day is not known: they are in no chart")
        figures.append(_figure(told, rhythm.without_day, hint))
    return figures


def _figure(told: str, ids: Ids, hint: str = "") -> Figure:
    return Figure(told, ids, told, hint)
