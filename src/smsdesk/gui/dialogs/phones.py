"""Asks what the phones are from which the screenshots come (原始载体)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smsdesk.domain.cases import SourceDevice


class PhonesDialog(QDialog):
    """A few fields for each phone; all of them may stay empty."""

    confirmed = Signal(object)
    """The phones (list of SourceDevice) as they should be."""

    def __init__(self, phones: Sequence[SourceDevice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Phones of this case"))
        self.resize(520, 520)
        self._phones = list(phones)
        self.edits: list[dict[str, QLineEdit]] = []
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.save_button = QPushButton(self.tr("Save"), self)
        self.save_button.setProperty("role", "primary")
        self.save_button.setDefault(True)
        self._arrange()
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._confirm)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        why = QLabel(
            self.tr("The court may want to see the phone itself: say which it is and who has it."),
            self,
        )
        why.setWordWrap(True)
        layout.addWidget(why)
        body = QWidget(self)
        body.setObjectName("reading_body")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        for phone in self._phones:
            column.addWidget(self._card(phone))
        column.addStretch(1)
        area = QScrollArea(self)
        area.setObjectName("reading_area")
        area.setAccessibleName(self.tr("The phones"))
        area.setWidgetResizable(True)
        area.setWidget(body)
        layout.addWidget(area, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.save_button)
        layout.addLayout(buttons)

    def _card(self, phone: SourceDevice) -> QFrame:
        card = QFrame(self)
        card.setProperty("role", "card")
        form = QFormLayout(card)
        form.setContentsMargins(16, 12, 16, 12)
        title = QLabel(phone.name, card)
        title.setProperty("role", "heading")
        form.addRow(title)
        edits: dict[str, QLineEdit] = {}
        for name, label in (
            ("owner", self.tr("Owner")),
            ("model", self.tr("Model")),
            ("own_number", self.tr("Its own number")),
            ("kept_by", self.tr("Kept by")),
        ):
            edit = edits[name] = QLineEdit(getattr(phone, name), card)
            edit.setAccessibleName(f"{phone.name}: {label}")
            form.addRow(label, edit)
        self.edits.append(edits)
        return card

    def _confirm(self) -> None:
        described = [
            _described(phone, {name: edit.text().strip() for name, edit in edits.items()})
            for phone, edits in zip(self._phones, self.edits, strict=True)
        ]
        self.accept()
        self.confirmed.emit(described)


def _described(phone: SourceDevice, words: Mapping[str, Any]) -> SourceDevice:
    return replace(phone, **words)
