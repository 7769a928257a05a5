"""Why a message's sightings are one message, and the buttons that part and join them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from smsdesk.domain.messages import Continuity, Message
from smsdesk.gui.flow import FlowLayout
from smsdesk.services.joining import JoinReason


class JoinBar(QWidget):
    """Shown below the text; what a person wants goes out as signals."""

    confirmed = Signal()
    """The sightings in question are of one message."""
    parted = Signal()
    """They are of two; or the picture shown shows another message."""
    joined_above = Signal()
    """This message and the one above it in its thread are one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reasons_label = QLabel(self)
        self.reasons_label.setWordWrap(True)
        self.reasons_label.setProperty("role", "muted")
        self.same_button = QPushButton(self)
        self.part_button = QPushButton(self)
        self.join_button = QPushButton(self.tr("Same as the message above"), self)
        buttons = FlowLayout(spacing=8)
        for button in (self.same_button, self.part_button, self.join_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.reasons_label)
        column.addLayout(buttons)
        self.same_button.setText(self.tr("It is one message"))
        self.same_button.clicked.connect(self.confirmed)
        self.part_button.clicked.connect(self.parted)
        self.join_button.clicked.connect(self.joined_above)

    def show_message(self, message: Message) -> None:
        """Offer what can be done with *message*; the reasons follow by `show_reasons`."""
        several = len(message.sightings) > 1
        self.same_button.setVisible(message.in_question)
        self.part_button.setVisible(several)
        self.part_button.setText(
            self.tr("These are two messages")
            if message.in_question
            else self.tr("This picture shows another message")
        )
        self.join_button.setVisible(message.before != Continuity.START)
        self._say(self._open_points(message))

    def show_reasons(
        self, message: Message, reasons: Sequence[JoinReason], names: Mapping[int, str]
    ) -> None:
        """Say why each further sighting was taken for the message; *names* are of originals."""
        lines = [
            f"{names.get(reason.sighting.original_id, '')}: {self._reason(reason)}"
            for reason in reasons
        ]
        self._say([*self._open_points(message), *lines])

    def _say(self, lines: Sequence[str]) -> None:
        self.reasons_label.setText("\n".join(lines))
        self.reasons_label.setVisible(bool(lines))

    def _open_points(self, message: Message) -> list[str]:
        lines = []
        if message.in_question:
            lines.append(
                self.tr(
                    "May be two messages: nothing tells an overlap of the screenshots from a"
                    " repeat. It is counted once."
                )
            )
        if message.times_disagree:
            lines.append(self.tr("Its screenshots tell times that exclude each other."))
        return lines

    def _reason(self, reason: JoinReason) -> str:
        shared = self.tr("%n message(s) on both screenshots", "", len(reason.shared))
        words = [
            text
            for holds, text in (
                (reason.is_copy, self.tr("copy of the same screenshot")),
                (reason.by_hand, self.tr("joined by hand")),
                (reason.same_clock, self.tr("same minute")),
            )
            if holds
        ]
        return self.tr(", ").join([*words, shared])
