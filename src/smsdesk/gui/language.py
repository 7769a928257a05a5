"""Install the translations; Chinese is shown unless SMSDESK_LANG asks for English."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from smsdesk.resources import resource

_current = "zh"


def wanted_language(remembered: str = "") -> str:
    """Return "zh" or "en": what SMSDESK_LANG says, else what was *remembered*, else Chinese."""
    wanted = os.environ.get("SMSDESK_LANG") or remembered
    return "en" if wanted.lower().startswith("en") else "zh"


def current_language() -> str:
    """Return the language that was installed, for the catalogue in smsdesk.wording."""
    return _current


def install_language(app: QCoreApplication, language: str, compiled: Path | None = None) -> bool:
    """Install our translator and Qt's own; False if ours is missing (raw English is shown then).

    *compiled* names another .qm file than the shipped one. Must run before the first window.
    """
    global _current  # noqa: PLW0603 - set once at start; only the catalogue's language reads it
    _current = "en"
    if language == "en":
        QLocale.setDefault(QLocale(QLocale.Language.English))
        return _add(app, resource("translations", "smsdesk_en.qm"))  # plurals only
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    _add(app, Path(qt_folder) / "qtbase_zh_CN.qm")
    if not _add(app, compiled or resource("translations", "smsdesk_zh_CN.qm")):
        return False
    _current = "zh"
    return True


def _add(app: QCoreApplication, file: Path) -> bool:
    translator = QTranslator(app)
    return translator.load(str(file)) and app.installTranslator(translator)
