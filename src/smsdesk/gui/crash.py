"""Bugs of ours: written to the log file, and told in one sentence with a way to copy them."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QCoreApplication

from smsdesk import __version__

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


def report(error: BaseException) -> str:
    """Log *error* and return its details, to be copied by whoever reports it."""
    details = details_of(error)
    log.error("unexpected error\n%s", details)
    return details


def sentence() -> str:
    """Return what happened, what is safe and what to do."""
    return translate(
        "Crash",
        "Something went wrong inside the program. What was saved in the case is safe, and you can "
        "go on; if it happens again, restart the program and send us the copied details.",
    )
