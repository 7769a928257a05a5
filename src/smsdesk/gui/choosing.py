"""Asks for files and folders with the system's own dialogs, and remembers where they were."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from smsdesk.gui.settings import WindowSettings

translate = QCoreApplication.translate


class Chooser:
    """Each kind of thing has a folder of its own that is offered the next time."""

    def __init__(self, settings: WindowSettings, parent: QWidget) -> None:
        self._settings = settings
        self._parent = parent

    @property
    def cases_folder(self) -> Path:
        """Where new cases are kept unless a person says otherwise."""
        return self._settings.folder("cases", _documents())

    def case(self, folder: Path | None = None) -> Path | None:
        """Ask for a case or an evidence package."""
        start = folder or self._settings.folder("case", self.cases_folder)
        kinds = translate("Chooser", "Cases and evidence packages (*.smscase *.zip)")
        title = translate("Chooser", "Open a case")
        chosen, _ = QFileDialog.getOpenFileName(self._parent, title, str(start), kinds)
        return Path(chosen) if chosen else None

    def package(self) -> Path | None:
        """Ask for an evidence package to check."""
        start = self._settings.folder("export", _documents())
        kinds = translate("Chooser", "Evidence packages (*.zip)")
        title = translate("Chooser", "Verify an evidence package")
        chosen, _ = QFileDialog.getOpenFileName(self._parent, title, str(start), kinds)
        return Path(chosen) if chosen else None

    def pictures(self) -> tuple[Path, ...]:
        """Ask for files to import."""
        folder = self._settings.folder("import", _pictures())
        title = translate("Chooser", "Pictures, PDFs or ZIP files to import")
        chosen, _ = QFileDialog.getOpenFileNames(self._parent, title, str(folder))
        if chosen:
            self._settings.set_folder("import", Path(chosen[0]).parent)
        return tuple(Path(one) for one in chosen)

    def folder(self, title: str) -> Path | None:
        """Ask for a folder to import or to watch."""
        folder = self._settings.folder("import", _pictures())
        chosen = QFileDialog.getExistingDirectory(self._parent, title, str(folder))
        if not chosen:
            return None
        self._settings.set_folder("import", Path(chosen))
        return Path(chosen)

    def note_export(self, target: Path) -> None:
        """Offer the folder of *target* the next time."""
        self._settings.set_folder("export", target.parent)

    def export_target(self, name: str, suffix: str, start: Path | None) -> Path | None:
        """Ask where to export to; the file's name ends in *suffix* whatever was typed."""
        folder = self._settings.folder("export", start or _documents())
        title = translate("Chooser", "Export to")
        proposed = str(folder / f"{name}{suffix}")
        chosen, _ = QFileDialog.getSaveFileName(self._parent, title, proposed, f"*{suffix}")
        if not chosen:
            return None
        target = Path(chosen)
        return target if target.suffix.lower() == suffix else Path(chosen + suffix)


def _documents() -> Path:
    location = QStandardPaths.StandardLocation.DocumentsLocation
    documents = QStandardPaths.writableLocation(location) or str(Path.home())
    return Path(documents) / translate("MainWindow", "SMS Evidence Desk")


def _pictures() -> Path:
    location = QStandardPaths.StandardLocation.PicturesLocation
    return Path(QStandardPaths.writableLocation(location) or str(Path.home()))
