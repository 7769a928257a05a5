"""What can be done to several messages at once: shown while more than one is selected."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from smsdesk.domain.changes import Change
from smsdesk.domain.findings import HINTS, Recipient, ViolationType
from smsdesk.domain.messages import ReviewState
from smsdesk.domain.rulings import Answer
from smsdesk.gui import words
from smsdesk.gui.flow import FlowLayout
from smsdesk.gui.panels.label_bar import KEYS
from smsdesk.gui.places.deciding import Deed, Deeds


class BulkBar(QFrame):
    """Offers deeds; says how many messages one would change before it is done."""

    asked = Signal(object)
    """A Deed: plan it for the messages selected, then `show_preview`."""
    confirmed = Signal()
    dropped = Signal()
    """The deed shown is not to be done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "info")
        self._deeds = Deeds(self)
        self._typed: Callable[[str], Deed] = self._deeds.number
        self.count_label = QLabel(self)
        self.count_label.setProperty("role", "heading")
        self.preview_label = QLabel(self)
        self.preview_label.setWordWrap(True)
        self.edit = QLineEdit(self)
        self.edit.setAccessibleName(self.tr("What all of them get"))
        self.edit.returnPressed.connect(self._on_typed)
        self.edit.installEventFilter(self)
        self.do_button = QPushButton(self.tr("Do it  Enter"), self)
        self.do_button.setProperty("role", "primary")
        self.do_button.clicked.connect(self.confirmed)
        self.drop_button = QPushButton(self.tr("No  Esc"), self)
        self.drop_button.clicked.connect(self.dropped)
        self._arrange()
        self.hide()

    def show_count(self, count: int) -> None:
        """Offer what can be done to *count* messages; nothing for one."""
        self.setVisible(count > 1)
        self.count_label.setText(self.tr("%n message(s) selected", "", count))
        self.clear_preview()

    @property
    def is_asking(self) -> bool:
        """Whether something is asked, or being worked out, that Escape leaves."""
        return self.drop_button.isVisible()

    def show_planning(self, name: str, done: int, selected: int) -> None:
        """Say of how many messages it was worked out what would change; Escape leaves it."""
        pattern = self.tr("Working out what changes: {done}/{count}  ·  {name}")
        self._say(pattern.format(name=name, done=f"{done:,}", count=f"{selected:,}"), asking=False)
        self.drop_button.show()

    def show_preview(self, name: str, change: Change, selected: int) -> None:
        """Say how many messages *change* would change, and ask."""
        count = len(change.message_ids)
        pattern = self.tr("%n message(s) will change: {name}", "", count)
        text = pattern.format(name=name)
        if count < selected:
            text += self.tr("  ·  %n stay(s) as it is", "", selected - count)
        self._say(text, asking=count > 0)

    def refuse(self, why: str) -> None:
        """Say why what was typed is not taken."""
        self._say(why, asking=False)

    def clear_preview(self) -> None:
        """Ask nothing."""
        self._say("", asking=False)
        self.edit.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the field by Escape."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and cast("QKeyEvent", event).key() == Qt.Key.Key_Escape:
            self.dropped.emit()
            return True
        return super().eventFilter(watched, event)

    def _say(self, text: str, *, asking: bool) -> None:
        self.preview_label.setText(text)
        self.preview_label.setVisible(bool(text))
        self.do_button.setVisible(asking)
        self.drop_button.setVisible(asking)

    def _ask(self, deed: Deed, _on: bool = False) -> None:
        self.edit.hide()
        self.asked.emit(deed)

    def _ask_for(self, make: Callable[[str], Deed], example: str) -> None:
        self._typed = make
        self.clear_preview()
        self.edit.clear()
        self.edit.setPlaceholderText(example)
        self.edit.setAccessibleName(example)
        self.edit.show()
        self.edit.setFocus()

    def _on_typed(self) -> None:
        text = self.edit.text().strip()
        if text:  # a blank wipes nothing
            self.asked.emit(self._typed(text))
        else:
            self.dropped.emit()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.count_label)
        tools = QWidget(self)
        flow = FlowLayout(tools, spacing=8)
        for button in (
            self._label_button(),
            self._recipient_button(),
            self._asking_button(
                self.tr("Number…"), self._deeds.number, self.tr("number or name; then Enter")
            ),
            self._asking_button(
                self.tr("Date…"), self._deeds.time, self.tr("2025-12-18 or 12-18; then Enter")
            ),
            self._button(self.tr("Reviewed"), self._deeds.review(ReviewState.REVIEWED)),
            self._button(self.tr("Key  S"), self._deeds.star(on=True)),
        ):
            flow.addWidget(button)
        column.addWidget(tools)
        column.addWidget(self.edit)
        column.addWidget(self.preview_label)
        answers = QWidget(self)
        line = FlowLayout(answers, spacing=8)
        line.addWidget(self.do_button)
        line.addWidget(self.drop_button)
        column.addWidget(answers)

    def _button(self, text: str, deed: Deed) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.clicked.connect(partial(self._ask, deed))
        return button

    def _asking_button(self, text: str, make: Callable[[str], Deed], example: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.clicked.connect(lambda _on: self._ask_for(make, example))
        return button

    def _label_button(self) -> QToolButton:
        menu = QMenu(self)
        for violation in (v for v in ViolationType if v not in HINTS):
            key = KEYS.get(violation, "")
            deed = self._deeds.label(violation, on=True)
            name = f"{words.label_name(violation)}\t{key}" if key else words.label_name(violation)
            menu.addAction(name).triggered.connect(partial(self._ask, deed))
        menu.addSeparator()
        off = menu.addMenu(self.tr("Take off"))
        for violation in (v for v in ViolationType if v not in HINTS):
            deed = self._deeds.label(violation, on=False)
            off.addAction(words.label_name(violation)).triggered.connect(partial(self._ask, deed))
        return self._menu_button(self.tr("Mark"), menu)

    def _recipient_button(self) -> QToolButton:
        menu = QMenu(self)
        for recipient in Recipient:
            deed = self._deeds.recipient(Answer(recipient))
            name = words.recipient_name(recipient)
            menu.addAction(name).triggered.connect(partial(self._ask, deed))
        return self._menu_button(self.tr("Recipient"), menu)

    def _menu_button(self, text: str, menu: QMenu) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button
