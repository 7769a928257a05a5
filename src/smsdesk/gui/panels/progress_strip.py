"""The line at the bottom while something long runs: counts, time left, what is done now, cancel."""

from __future__ import annotations

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QPushButton, QWidget

from smsdesk.gui import words
from smsdesk.gui.forms import load_form
from smsdesk.gui.jobs import Job
from smsdesk.services.jobs import Progress

_TRUST_AFTER = 3
"""Steps done before a rest is estimated: the first ones also load the models."""


class ProgressStrip(QFrame):
    """Follows one job at a time."""

    counts_label: QLabel
    bar: QProgressBar
    now_label: QLabel
    cancel_button: QPushButton

    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form("progress_strip", self)
        self._title = ""
        self._total = 0
        self._started = 0.0
        self._done_at_start = 0
        self.cancel_button.clicked.connect(self._on_cancel)
        self.hide()

    def follow(self, title: str, job: Job) -> None:
        """Show *job* under *title* until it ends."""
        self._title = title
        self._total = 0
        self.counts_label.setText(title)
        self.now_label.setText("")
        self.bar.setRange(0, 0)
        self.cancel_button.setEnabled(True)
        job.progressed.connect(self._on_progress)
        job.finished.connect(self.hide)
        self.cancel_asked.connect(job.cancel)
        self.show()

    def _on_progress(self, progress: Progress) -> None:
        if progress.total != self._total:  # another stage of the same work
            self._total = progress.total
            self._started = time.monotonic()
            self._done_at_start = progress.done
        self.bar.setRange(0, max(1, progress.total))
        self.bar.setValue(progress.done)
        counts = f"{self._title}  {progress.done}/{progress.total}"
        rest = self._rest(progress)
        self.counts_label.setText(f"{counts}  ·  {rest}" if rest else counts)
        self.now_label.setText(progress.label or self.tr("weighing what was read"))

    def _rest(self, progress: Progress) -> str:
        steps = progress.done - self._done_at_start
        if steps < _TRUST_AFTER or progress.done >= progress.total:
            return ""
        pace = (time.monotonic() - self._started) / steps
        return words.time_left(pace * (progress.total - progress.done))

    def _on_cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self.counts_label.setText(self.tr("Stopping after the current step…"))
        self.cancel_asked.emit()
