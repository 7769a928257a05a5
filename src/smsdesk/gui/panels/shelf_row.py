"""One case on the shelf: its name, how far it is, when it was opened and verified."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from smsdesk.gui import icons, words
from smsdesk.gui.elided import ElidedText
from smsdesk.gui.settings import RecentCase
from smsdesk.gui.theme import Theme

ROW_HEIGHT = 92


class ShelfRow(QWidget):
    """Clicks go through to the list, but for the buttons of a case whose file is gone."""

    find_asked = Signal()
    forget_asked = Signal()

    def __init__(self, case: RecentCase, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 16)
        row.setSpacing(16)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        self.title = _elided(case.title, "heading")
        ElidedText(self.title).set_text(case.title)
        self.progress = _elided(_Words().progress(case))
        self.state = _elided(_Words().state(case), "muted")
        for line in (self.title, self.progress, self.state):
            lines.addWidget(line)
        row.addLayout(lines, 1)
        self.bar = _bar(case)
        row.addWidget(self.bar)
        self.buttons = self._buttons()
        row.addWidget(self.buttons)
        self.shield = _shield(case, theme)
        row.addWidget(self.shield)
        self.setToolTip(case.path)

    def show_missing(self) -> None:
        """Grey the case and offer what can be done."""
        for line in (self.title, self.progress):
            line.setEnabled(False)
        self.state.setText(self.tr("The file is no longer there: moved, renamed or on a stick?"))
        self.bar.hide()
        self.shield.hide()
        self.buttons.show()

    def _buttons(self) -> QWidget:
        place = QWidget(self)
        layout = QHBoxLayout(place)
        layout.setContentsMargins(0, 0, 0, 0)
        find = QPushButton(self.tr("Find it…"), place)
        forget = QPushButton(self.tr("Take it off"), place)
        find.clicked.connect(self.find_asked)
        forget.clicked.connect(self.forget_asked)
        layout.addWidget(find)
        layout.addWidget(forget)
        place.hide()
        return place


class _Words(QObject):
    """Words of a row, each with its plural."""

    def progress(self, case: RecentCase) -> str:
        """Return how far the case is."""
        if not case.messages and not case.waiting:
            return self.tr("No message yet")
        parts = [self.tr("%n message(s)", "", case.messages)]
        new = case.messages - case.reviewed
        parts.append(self.tr("%n to review", "", new) if new else self.tr("all reviewed"))
        if case.doubtful:
            parts.append(self.tr("%n with doubtful characters", "", case.doubtful))
        if case.waiting:
            parts.append(self.tr("%n picture(s) not read yet", "", case.waiting))
        if case.set_aside:
            parts.append(self.tr("%n set aside", "", case.set_aside))
        return "  ·  ".join(parts)

    def state(self, case: RecentCase) -> str:
        """Return when it was opened and verified, and where it lies."""
        opened = moment_words(case.opened)
        parts = [self.tr("opened {moment}").format(moment=opened)] if opened else []
        parts.append(self._verified(case))
        return "  ·  ".join([*parts, case.path])

    def _verified(self, case: RecentCase) -> str:
        moment = moment_words(case.verified)
        if not moment:
            return self.tr("not verified on this computer")
        pattern = (
            self.tr("whole when verified {moment}")
            if case.whole
            else self.tr("damage found {moment}")
        )
        return pattern.format(moment=moment)


def moment_words(moment: str) -> str:
    """Return an ISO moment as a person writes it; "" if it is none."""
    try:
        at = dt.datetime.fromisoformat(moment).astimezone()
    except ValueError:
        return ""
    today = dt.datetime.now().astimezone().date()
    day = words.day_name(at.date(), with_year=at.year != today.year)
    return f"{at:%H:%M}" if at.date() == today else f"{day} {at:%H:%M}"


def _elided(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    if role:
        label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def _bar(case: RecentCase) -> QProgressBar:
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setFixedWidth(96)
    bar.setRange(0, max(1, case.messages))
    bar.setValue(case.reviewed)
    bar.setVisible(case.messages > 0)
    bar.setAccessibleName(f"{case.reviewed}/{case.messages}")
    return bar


def _shield(case: RecentCase, theme: Theme) -> QLabel:
    colours = theme.colours
    name = "shield" if case.whole else "shield-broken"
    colour = colours.muted if not case.verified else colours.good if case.whole else colours.danger
    label = QLabel()
    label.setPixmap(icons.pixmap(name, colour, 20, label.devicePixelRatioF()))
    label.setFixedWidth(24)
    return label
