"""Asks for what stands on the cover of the PDF."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from smsdesk.domain.cases import CaseCard
from smsdesk.gui.forms import load_form


class CaseCardDialog(QDialog):
    """Emits the changed card."""

    title_edit: QLineEdit
    claimant_edit: QLineEdit
    respondent_edit: QLineEdit
    cause_edit: QLineEdit
    number_edit: QLineEdit
    submitter_edit: QLineEdit
    copies_box: QSpinBox
    facts_edit: QPlainTextEdit
    cancel_button: QPushButton
    save_button: QPushButton

    confirmed = Signal(object)
    """The CaseCard as it should be."""

    def __init__(self, card: CaseCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form("case_card_dialog", self)
        self._card = card
        self._lines = {
            "title": self.title_edit,
            "claimant": self.claimant_edit,
            "respondent": self.respondent_edit,
            "cause": self.cause_edit,
            "case_number": self.number_edit,
            "submitter": self.submitter_edit,
        }
        for name, edit in self._lines.items():
            edit.setText(getattr(card, name))
            edit.setCursorPosition(0)
        self.copies_box.setValue(card.copies)
        self.facts_edit.setPlainText(card.facts)
        self.title_edit.textChanged.connect(
            lambda text: self.save_button.setEnabled(bool(text.strip()))
        )
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._confirm)

    def _confirm(self) -> None:
        words = {name: edit.text().strip() for name, edit in self._lines.items()}
        facts = self.facts_edit.toPlainText().strip()
        copies = self.copies_box.value()
        self.accept()
        self.confirmed.emit(replace(self._card, **words, facts=facts, copies=copies))
