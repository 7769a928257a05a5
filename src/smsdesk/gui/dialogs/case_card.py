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
    QVBoxLayout,
    QWidget,
)

from smsdesk.domain.cases import CaseCard
from smsdesk.gui.folded import Folded
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
    more_layout: QVBoxLayout
    cancel_button: QPushButton
    save_button: QPushButton

    confirmed = Signal(object)
    """The CaseCard as it should be."""

    def __init__(self, card: CaseCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form("case_card_dialog", self)
        self.resize(680, 640)
        self._card = card
        self._lines: dict[str, QLineEdit] = {
            "title": self.title_edit,
            "claimant": self.claimant_edit,
            "respondent": self.respondent_edit,
            "cause": self.cause_edit,
            "case_number": self.number_edit,
            "submitter": self.submitter_edit,
        }
        self._add_more()
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
        self.title_edit.setFocus()

    def _add_more(self) -> None:
        """Add what only letters need, folded where nothing of it is filled in."""
        for title, fields in self._groups():
            folded = Folded(title, self)
            for name, label in fields:
                edit = self._lines[name] = QLineEdit()
                edit.setAccessibleName(label)
                folded.form.addRow(label, edit)
            self.more_layout.addWidget(folded)
            if any(getattr(self._card, name) for name, _ in fields):
                folded.open()

    def _groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        return [
            (
                self.tr("About the claimant (for complaints and lawsuits)"),
                [
                    ("claimant_id", self.tr("Identity number")),
                    ("claimant_phone", self.tr("Telephone")),
                    ("claimant_address", self.tr("Address")),
                ],
            ),
            (
                self.tr("About the respondent and the loan"),
                [
                    ("respondent_code", self.tr("Unified social credit code")),
                    ("respondent_address", self.tr("Respondent's address")),
                    ("product", self.tr("App or product")),
                    ("contract_number", self.tr("Contract number")),
                    ("loan_date", self.tr("Date of the loan")),
                    ("loan_amount", self.tr("Sum of the loan")),
                ],
            ),
            (
                self.tr("Requests and earlier complaints"),
                [
                    ("requests", self.tr("What is asked for")),
                    ("lender_complaint", self.tr("Complaint to the lender (when, number)")),
                ],
            ),
        ]

    def _confirm(self) -> None:
        words = {name: edit.text().strip() for name, edit in self._lines.items()}
        facts = self.facts_edit.toPlainText().strip()
        copies = self.copies_box.value()
        self.accept()
        self.confirmed.emit(replace(self._card, **words, facts=facts, copies=copies))
