"""Watches a folder for the open case and brings in what becomes whole there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from smsdesk.gui.clipboard import Incoming
from smsdesk.gui.import_desk import ImportDesk
from smsdesk.gui.jobs import Job
from smsdesk.gui.library import Library
from smsdesk.services.storing import Answers
from smsdesk.services.watching import Watch, known_files

POLL_MS = 2_000
"""Between two looks: network folders tell nothing by themselves, and files need time to settle."""


class FolderWatcher(QObject):
    """At most one folder at a time, of one case; looks are taken in the background."""

    changed = Signal()
    """Another folder is watched, or none, or it can no longer be reached."""

    def __init__(self, library: Library, desk: ImportDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder: Path | None = None
        self.lost = False
        self._library = library
        self._desk = desk
        self.answers = Answers()
        self._watch: Watch | None = None
        self._looking = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._system = QFileSystemWatcher(self)
        self._system.directoryChanged.connect(lambda _path: self._look())
        library.case_changed.connect(self._forget)

    def start(self, folder: Path, answers: Answers) -> None:
        """Watch *folder* for the open case; what the case has from there does not come again."""
        self._forget()
        self.folder, self.answers = folder, answers
        if folder.is_dir():
            self._system.addPath(str(folder))
        self.changed.emit()

        def begin(known: dict[str, int | None]) -> None:
            if self.folder == folder:
                self._watch = Watch(folder, known)
                self._timer.start(POLL_MS)
                self._look()

        self._library.read(known_files, begin)

    def stop(self) -> None:
        """Watch nothing any more."""
        self._forget()
        self.changed.emit()

    def rest(self) -> None:
        """Look no more before the case is left; which folder it was stays remembered."""
        self._timer.stop()
        self._watch = None

    def _forget(self) -> None:
        self._timer.stop()
        if self.folder is not None:
            self._system.removePath(str(self.folder))
        self.folder, self._watch, self.lost = None, None, False

    def _look(self) -> None:
        watch = self._watch
        if watch is None or self._looking:
            return
        self._looking = True
        job = Job(lambda _task: watch.look())
        job.succeeded.connect(lambda paths: self._on_looked(watch, paths))
        job.failed.connect(lambda _error: self._set_lost(True))
        job.finished.connect(self._on_look_ended)
        self._library.runners.readers.start(job)

    def _on_look_ended(self) -> None:
        self._looking = False

    def _on_looked(self, watch: Watch, paths: list[Path]) -> None:
        if watch is not self._watch:
            return
        self._set_lost(False)
        if paths:
            self._desk.take_in(Incoming(tuple(paths)), self.answers)

    def _set_lost(self, lost: bool) -> None:
        if lost != self.lost:
            self.lost = lost
            self.changed.emit()
