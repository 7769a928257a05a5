"""Asks once per import whose phone the pictures come from; a line in the window, no dialog."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from smsdesk.domain.cases import SourceDevice
from smsdesk.domain.findings import Recipient
from smsdesk.gui.forms import load_form
from smsdesk.gui.settings import ImportDefaults, WindowSettings

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ImportPanel(QFrame):
    """Comes up with the paths, and gives them back with the phone."""

    question_label: QLabel
    device_box: QComboBox
    self_button: QRadioButton
    third_button: QRadioButton
    relation_edit: QLineEdit
    cancel_button: QPushButton
    start_button: QPushButton

    confirmed = Signal(object, object)
    """The paths, and the SourceDevice they come from."""

    def __init__(self, settings: WindowSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form("import_panel", self)
        self._settings = settings
        self._paths: tuple[Path, ...] = ()
        self._known: dict[str, SourceDevice] = {}
        self.device_box.currentTextChanged.connect(self._on_device)
        self.third_button.toggled.connect(self._on_whose)
        self.cancel_button.clicked.connect(self.hide)
        self.start_button.clicked.connect(self._confirm)
        self.hide()

    def ask(self, paths: Sequence[Path], devices: Sequence[SourceDevice]) -> None:
        """Ask about *paths*; the phones that the case knows are offered."""
        self._paths = tuple(paths)
        self._known = {device.name: device for device in devices}
        named = paths[0].name if len(paths) == 1 else ""
        self.question_label.setText(
            self.tr("Whose phone does {name} come from?").format(name=named)
            if named
            else self.tr("Whose phone do these %n item(s) come from?", "", len(paths))
        )
        self._prefill(self._settings.import_defaults())
        self.show()
        self.start_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start by Enter, leave by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in _ENTER:
            self._confirm()
        else:
            super().keyPressEvent(event)

    def _prefill(self, last: ImportDefaults) -> None:
        """Offer the answers of last time, as far as they fit this case."""
        self.device_box.clear()
        self.device_box.addItems(list(self._known))
        fits = not self._known or last.device in self._known
        first = next(iter(self._known), "")
        name = (last.device if fits else first) or self.tr("My phone")
        third = last.recipient == Recipient.THIRD and bool(last.device)
        self.third_button.setChecked(third)
        self.self_button.setChecked(not third)
        self.relation_edit.setText(last.relation)
        self.device_box.setCurrentText(name)
        self._on_device(name)
        self._on_whose()

    def _on_device(self, name: str) -> None:
        """Leave a phone that the case knows with its owner."""
        known = self._known.get(name.strip())
        for widget in (self.self_button, self.third_button, self.relation_edit):
            widget.setEnabled(known is None)
        if known is not None:
            third = known.recipient == Recipient.THIRD
            self.third_button.setChecked(third)
            self.self_button.setChecked(not third)
            self.relation_edit.setText(known.relation)
        self.start_button.setEnabled(bool(name.strip()))

    def _on_whose(self) -> None:
        self.relation_edit.setVisible(self.third_button.isChecked())

    def _confirm(self) -> None:
        name = self.device_box.currentText().strip()
        if not name:
            return
        third = self.third_button.isChecked()
        recipient = Recipient.THIRD if third else Recipient.SELF
        relation = self.relation_edit.text().strip() if third else ""
        self._settings.set_import_defaults(ImportDefaults(name, recipient, relation))
        device = SourceDevice(0, name, recipient=recipient, relation=relation)
        self.hide()
        self.confirmed.emit(self._paths, self._known.get(name, device))
