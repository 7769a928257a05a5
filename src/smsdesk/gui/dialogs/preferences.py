"""Asks for what a person likes: look, language, text size, where cases are kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from smsdesk.gui.elided import ElidedText
from smsdesk.gui.panels.message_text import LARGEST, SMALLEST
from smsdesk.gui.theme import Look


@dataclass(frozen=True, slots=True)
class Preferences:
    """What holds now; `language` is "zh" or "en", the text size in pixels."""

    look: Look
    text_size: int
    language: str
    cases_folder: Path


class PreferencesDialog(QDialog):
    """Each choice takes effect and is remembered at once; the language at the next start."""

    look_chosen = Signal(object)
    text_size_chosen = Signal(int)
    language_chosen = Signal(str)
    folder_chosen = Signal(object)

    def __init__(self, now: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumWidth(520)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(16)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.addRow(self.tr("Look"), self._look_box(now.look))
        form.addRow(self.tr("Text of the messages"), self._size_box(now.text_size))
        form.addRow(self.tr("Language"), self._language_box(now.language))
        form.addRow(self.tr("New cases are kept in"), self._folder_line(now.cases_folder))
        layout.addLayout(form)
        self.hint_label = QLabel("")
        self.hint_label.setProperty("role", "muted")
        self.hint_label.hide()
        layout.addWidget(self.hint_label)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        box.rejected.connect(self.reject)
        layout.addWidget(box)

    def _look_box(self, look: Look) -> QComboBox:
        box = self.look_box = QComboBox()
        names = {
            Look.SYSTEM: self.tr("As the system"),
            Look.LIGHT: self.tr("Light"),
            Look.DARK: self.tr("Dark"),
        }
        for value, name in names.items():
            box.addItem(name, value.value)
        box.setCurrentIndex(list(names).index(look))
        box.currentIndexChanged.connect(lambda _row: self.look_chosen.emit(Look(box.currentData())))
        return box

    def _size_box(self, size: int) -> QSpinBox:
        box = self.size_box = QSpinBox()
        box.setRange(SMALLEST, LARGEST)
        box.setSuffix(" px")
        box.setValue(size)
        box.valueChanged.connect(self.text_size_chosen)
        return box

    def _language_box(self, language: str) -> QComboBox:
        box = self.language_box = QComboBox()
        box.addItem("中文", "zh")
        box.addItem("English", "en")
        box.setCurrentIndex(box.findData(language))
        box.currentIndexChanged.connect(self._on_language)
        return box

    def _on_language(self) -> None:
        self.language_chosen.emit(self.language_box.currentData())
        self.hint_label.setText(self.tr("The language changes when the program is started again."))
        self.hint_label.show()

    def _folder_line(self, folder: Path) -> QHBoxLayout:
        self.folder_label = QLabel(self)
        self.folder_label.setTextFormat(Qt.TextFormat.PlainText)
        self.folder_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._folder = ElidedText(self.folder_label, Qt.TextElideMode.ElideMiddle)
        self._show_folder(str(folder))
        choose = self.choose_button = QPushButton(self.tr("Choose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose_folder)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.folder_label, 1)
        line.addWidget(choose)
        return line

    def _show_folder(self, folder: str) -> None:
        """Show where a path begins and ends; the tool tip has all of it."""
        self._folder.set_text(folder)
        self.folder_label.setAccessibleName(folder)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("New cases are kept in"), self._folder.text
        )
        if chosen:
            self._show_folder(chosen)
            self.folder_chosen.emit(Path(chosen))
