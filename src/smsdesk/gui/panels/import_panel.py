"""Asks once per import whose phone the pictures come from; a line in the window, no dialog."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from smsdesk.domain.cases import SourceDevice
from smsdesk.domain.findings import Recipient
from smsdesk.domain.times import CHINA
from smsdesk.gui import words
from smsdesk.gui.clipboard import Incoming
from smsdesk.gui.forms import load_form
from smsdesk.gui.settings import ImportDefaults, WindowSettings
from smsdesk.services.storing import Answers
from smsdesk.services.surveying import Survey

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ImportPanel(QFrame):
    """Comes up with what is to be imported, and gives it back with the answers."""

    question_label: QLabel
    survey_label: QLabel
    device_box: QComboBox
    self_button: QRadioButton
    third_button: QRadioButton
    relation_edit: QLineEdit
    moment_row: QWidget
    moment_check: QCheckBox
    moment_edit: QDateTimeEdit
    moment_label: QLabel
    cancel_button: QPushButton
    start_button: QPushButton

    confirmed = Signal(object, object, bool)
    """The Incoming, the Answers, and whether its folder is to be watched from now on."""
    left = Signal()
    """The person does not want to import now."""

    def __init__(self, settings: WindowSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form("import_panel", self)
        self._settings = settings
        self._what = Incoming()
        self._watch = False
        self._known: dict[str, SourceDevice] = {}
        self.device_box.currentTextChanged.connect(self._on_device)
        self.third_button.toggled.connect(self._on_whose)
        self.moment_check.toggled.connect(self.moment_edit.setEnabled)
        self.cancel_button.clicked.connect(self._leave)
        self.start_button.clicked.connect(self._confirm)
        self.hide()

    @property
    def what(self) -> Incoming:
        """What is being asked about; nothing while the panel is away."""
        return Incoming() if self.isHidden() else self._what

    def ask(self, what: Incoming, devices: Sequence[SourceDevice], *, watch: bool = False) -> None:
        """Ask about *what*; the phones that the case knows are offered."""
        self._what, self._watch = what, watch
        self._known = {device.name: device for device in devices}
        self.question_label.setText(self._question())
        self.start_button.setText(
            self.tr("Watch it  Enter") if watch else self.tr("Start the import  Enter")
        )
        self.survey_label.setText("")
        self.moment_row.hide()
        self.moment_check.setChecked(False)
        self._prefill(self._settings.import_defaults())
        self.show()
        self.start_button.setFocus()

    def show_survey(self, what: Incoming, survey: Survey) -> None:
        """Say what was found, and ask for the moment if the files do not tell it."""
        if what is not self._what or not self.isVisible():
            return
        self.survey_label.setText(self.tr("%n file(s)", "", survey.files))
        if not survey.undated or self._watch:
            return
        now = QDateTime.currentDateTime()
        self.moment_edit.setMaximumDateTime(now)
        self.moment_edit.setDateTime(now)
        self.moment_label.setText(self._moment_hint(survey))
        self.moment_row.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start by Enter, leave by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in _ENTER:
            (self._leave if self.cancel_button.hasFocus() else self._confirm)()
        else:
            super().keyPressEvent(event)

    def _question(self) -> str:
        what = self._what
        if self._watch:
            pattern = self.tr("Whose phone do the pictures in {name} come from?")
            return pattern.format(name=what.paths[0].name)
        if what.picture is not None:
            return self.tr("Whose phone does the pasted picture come from?")
        if len(what.paths) == 1:
            pattern = self.tr("Whose phone does {name} come from?")
            return pattern.format(name=what.paths[0].name)
        return self.tr("Whose phone do these %n item(s) come from?", "", len(what.paths))

    def _moment_hint(self, survey: Survey) -> str:
        if survey.shared_time is None:
            return self.tr(
                "Some files do not tell when they were taken. Without it, “yesterday” in a "
                "picture cannot be given a date."
            )
        hint = self.tr("%n file(s) have the same date", "", survey.sharing)
        moment = f"{words.day_name(survey.shared_time.date(), with_year=True)} "
        rest = self.tr(" ({moment}): probably the time of copying, not of the screenshot.")
        return hint + rest.format(moment=moment + words.clock(survey.shared_time))

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

    def _leave(self) -> None:
        self.hide()
        self.left.emit()

    def _confirm(self) -> None:
        name = self.device_box.currentText().strip()
        if not name:
            return
        third = self.third_button.isChecked()
        recipient = Recipient.THIRD if third else Recipient.SELF
        relation = self.relation_edit.text().strip() if third else ""
        self._settings.set_import_defaults(ImportDefaults(name, recipient, relation))
        device = SourceDevice(0, name, recipient=recipient, relation=relation)
        answers = Answers(self._known.get(name, device), self._moment(), captured_for_all=False)
        self.hide()
        self.confirmed.emit(self._what, answers, self._watch)

    def _moment(self) -> dt.datetime | None:
        if self.moment_row.isHidden() or not self.moment_check.isChecked():
            return None
        typed = self.moment_edit.dateTime().toPython()
        assert isinstance(typed, dt.datetime)  # noqa: S101 - the stubs say object
        return typed.replace(second=0, microsecond=0, tzinfo=CHINA)
