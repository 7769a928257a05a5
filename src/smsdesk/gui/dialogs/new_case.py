"""Asks for a new case: three fields and a place."""

from __future__ import annotations

import os
import re
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget

from smsdesk.domain.cases import CaseCard
from smsdesk.gui.forms import load_form

SUFFIX = ".smscase"

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
"""What Windows does not allow in file names; files are carried between computers."""

_LONGEST = 60
"""Characters of a file name made from a title: some file systems allow 255 bytes, 85 Han."""


def file_name_for(title: str) -> str:
    """Return a file name without its suffix that every system accepts; "" for an empty title."""
    return _FORBIDDEN.sub(" ", title).strip(" .")[:_LONGEST].strip()


class NewCaseDialog(QDialog):
    """Emits the path and the card of the case to make."""

    title_edit: QLineEdit
    claimant_edit: QLineEdit
    respondent_edit: QLineEdit
    file_edit: QLineEdit
    error_label: QLabel
    browse_button: QPushButton
    cancel_button: QPushButton
    create_button: QPushButton

    confirmed = Signal(object, object)
    """The path, and the CaseCard."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form("new_case_dialog", self)
        self._folder = folder
        self._placed_by_hand = False
        self.error_label.hide()
        self.title_edit.textChanged.connect(self._suggest)
        self.file_edit.textEdited.connect(self._on_placed)
        self.browse_button.clicked.connect(self._browse)
        self.cancel_button.clicked.connect(self.reject)
        self.create_button.clicked.connect(self._confirm)
        self._suggest()

    def refuse(self, why: str) -> None:
        """Say why no case can be made like this; what was typed stays."""
        self.error_label.setText(why)
        self.error_label.setVisible(bool(why))

    def _why_not(self) -> str:
        """Return why a case cannot be kept there, "" if it can."""
        if not self.file_edit.text().strip() or not self.path.stem.strip("."):
            return self.tr("Say where the case is to be kept.")
        if not self.path.is_absolute():
            return self.tr("Give the whole path, from the drive or the root on.")
        if self.path.exists():
            return self.tr("There is a file of this name; choose another name.")
        above = next(folder for folder in self.path.parents if folder.exists())
        if not above.is_dir() or not os.access(above, os.W_OK):
            return self.tr("Nothing can be written there; choose another folder.")
        return ""

    @property
    def path(self) -> Path:
        """Where the case will be kept."""
        path = Path(self.file_edit.text().strip())
        if path.suffix == SUFFIX or not path.name:
            return path
        return path.with_name(path.name + SUFFIX)

    def _suggest(self) -> None:
        name = file_name_for(self.title_edit.text())
        self.create_button.setEnabled(bool(name))
        if not self._placed_by_hand:
            shown = name or self.tr("New case")
            self.file_edit.setText(str(free_path(self._folder / f"{shown}{SUFFIX}")))

    def _on_placed(self) -> None:
        self._placed_by_hand = True

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Keep the case in"), str(self.path), self.tr("Cases (*.smscase)")
        )
        if chosen:
            self._placed_by_hand = True
            self.file_edit.setText(chosen)

    def _confirm(self) -> None:
        why = self._why_not()
        self.refuse(why)
        if why:
            self.file_edit.setFocus()
            return
        claimant = self.claimant_edit.text().strip()
        card = CaseCard(
            title=self.title_edit.text().strip(),
            claimant=claimant,
            respondent=self.respondent_edit.text().strip(),
            submitter=claimant,
        )
        self.accept()
        self.confirmed.emit(self.path, card)


def free_path(path: Path) -> Path:
    """Return *path*, or the first numbered one beside it that is not taken."""
    number, free = 2, path
    while free.exists():
        free = path.with_name(f"{path.stem} {number}{path.suffix}")
        number += 1
    return free
