"""Start the window: the one place where its parts are put together."""

from __future__ import annotations

import gc
import logging
import sys
from pathlib import Path
from threading import Thread

from PySide6.QtWidgets import QApplication

from smsdesk import __version__
from smsdesk.domain.errors import RulePackError
from smsdesk.gui import icons
from smsdesk.gui.crash import install_excepthook
from smsdesk.gui.jobs import Runners
from smsdesk.gui.language import install_language, wanted_language
from smsdesk.gui.library import Library
from smsdesk.gui.main_window import MainWindow
from smsdesk.gui.pictures import raise_allocation_limit
from smsdesk.gui.settings import WindowSettings
from smsdesk.gui.theme import Look, Theme
from smsdesk.services.importing import ImportOptions
from smsdesk.services.logs import start_log
from smsdesk.services.packs import load_bundled
from smsdesk.services.readers import Reader
from smsdesk.services.reading_workers import Workers

THREAD_TURN = 0.0005
"""Seconds that a thread keeps the interpreter while others wait for it.

Painting a list calls back into Python some hundred times; with the usual 0.005, each of these calls
may wait that long for a thread that reads a large case.
"""


def run(case_path: Path | None = None) -> int:
    """Show the window, with *case_path* open if given, until it is closed; return the exit code."""
    start_log()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("smsdesk")
    app.setApplicationVersion(__version__)
    app.setWindowIcon(icons.app_icon())
    settings = WindowSettings()
    install_language(app, wanted_language(settings.text("view/language")))
    window = build_window(app, settings)
    spare_the_collector()
    install_excepthook(window.show_error)
    window.show()
    prepare_rules()
    if case_path is not None:
        window.open_case(case_path)
    return app.exec()


def spare_the_collector() -> None:
    """Leave what was built so far out of later collections of garbage; it lives to the end anyway.

    A collection looks at everything and holds up all threads meanwhile: with two hundred thousand
    objects of modules and widgets it took a tenth of a second, in the middle of scrolling.
    """
    gc.collect()
    gc.freeze()


def prepare_rules() -> Thread:
    """Load the rules in the background; else the first import or change would.

    Their hundred thousand objects would set off collections of garbage while they come, and be
    looked at in every later one: each held up all threads for some 80 ms.
    """
    thread = Thread(target=_load_rules, name="rules", daemon=True)
    thread.start()
    return thread


def _load_rules() -> None:
    gc.disable()
    try:
        load_bundled()
        gc.freeze()
    except RulePackError:  # whoever needs the rules is told
        logging.getLogger(__name__).exception("the rules cannot be loaded")
    finally:
        gc.enable()


def build_window(
    app: QApplication, settings: WindowSettings, reader: Reader | None = None
) -> MainWindow:
    """Put the window together; the language must be installed by now.

    *reader* reads the pictures (None: processes of their own, with the default engine).
    """
    raise_allocation_limit()
    sys.setswitchinterval(THREAD_TURN)
    look = settings.text("view/look", Look.SYSTEM.value)
    theme = Theme(app, Look(look) if look in set(Look) else Look.SYSTEM)
    runners = Runners(app)
    library = Library(runners, reader or Workers(ImportOptions().engine), app)
    return MainWindow(library, theme, settings)
