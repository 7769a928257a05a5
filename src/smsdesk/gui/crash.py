"""Bugs of ours: written to the log file and shown with a button that copies them."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from smsdesk import __version__
from smsdesk.services.logs import log_file

log = logging.getLogger(__name__)
translate = QCoreApplication.translate


def details_of(error: BaseException) -> str:
    """Return what a report of *error* should hold: versions and traceback."""
    trace = "".join(traceback.format_exception(error))
    return f"smsdesk {__version__} · Python {sys.version.split()[0]} · {sys.platform}\n{trace}"


def install_excepthook(show: Callable[[BaseException], None]) -> None:
    """Give every exception that nobody caught to *show*."""

    def on_uncaught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        show(error)

    sys.excepthook = on_uncaught


def crash_box(parent: QWidget | None, error: BaseException) -> QMessageBox:
    """Log *error*; return the dialog that says what happened, what is safe and what to do."""
    details = details_of(error)
    log.error("unexpected error\n%s", details)
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Critical)
    box.setWindowTitle(translate("Crash", "Unexpected error"))
    box.setText(translate("Crash", "Something went wrong inside the program."))
    safe = translate(
        "Crash",
        "What was saved in the case is safe. You can go on; if it happens again, restart the "
        "program and send us the copied details.",
    )
    where = translate("Crash", "Log file: {path}").format(path=log_file())
    box.setInformativeText(f"{safe}\n\n{where}")
    box.setDetailedText(details)
    copy = QPushButton(translate("Crash", "Copy details"), box)
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
    box.addButton(copy, QMessageBox.ButtonRole.HelpRole)
    box.addButton(QMessageBox.StandardButton.Close)
    return box
