"""From something dropped, pasted or chosen to the import: ask, look it over, hand it on."""

from __future__ import annotations

from PySide6.QtCore import QObject

from smsdesk.domain.cases import SourceDevice
from smsdesk.gui.clipboard import Incoming
from smsdesk.gui.import_desk import ImportDesk
from smsdesk.gui.jobs import Job
from smsdesk.gui.library import Library
from smsdesk.gui.panels.import_panel import ImportPanel
from smsdesk.gui.settings import WatchedFolder, WindowSettings
from smsdesk.gui.watcher import FolderWatcher
from smsdesk.services import cases
from smsdesk.services.storing import Answers
from smsdesk.services.surveying import survey


class ImportFlow(QObject):
    """Asks in the panel, and remembers per case which folder is watched."""

    def __init__(
        self,
        library: Library,
        panel: ImportPanel,
        desk: ImportDesk,
        watcher: FolderWatcher,
        settings: WindowSettings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._panel = panel
        self._desk = desk
        self._watcher = watcher
        self._settings = settings
        self._survey: Job | None = None
        panel.confirmed.connect(self._on_confirmed)
        panel.left.connect(self._stop_survey)
        watcher.changed.connect(self._remember_watched)

    def ask(self, what: Incoming, *, watch: bool = False) -> None:
        """Ask about *what*; paths that come while the panel is open are added to those in it."""
        open_paths = self._panel.what.paths
        if open_paths and what.paths and not watch:
            what = Incoming(tuple(dict.fromkeys([*open_paths, *what.paths])))

        def ask(devices: list[SourceDevice]) -> None:
            self._panel.ask(what, devices, watch=watch)
            self._look_over(what)

        self._library.read(cases.devices, ask)

    def watch_again(self) -> None:
        """Watch the folder that was watched when this case was last open."""
        case = self._library.case
        watched = self._settings.watched(str(case.path)) if case else None
        if watched is not None:
            self._watcher.start(watched.path, watched.answers)

    def _look_over(self, what: Incoming) -> None:
        self._stop_survey()
        if not what.paths:
            return
        job = self._survey = Job(lambda task: survey(what.paths, task))
        job.succeeded.connect(lambda found: self._panel.show_survey(what, found))
        job.failed.connect(self._library.failed)
        job.finished.connect(self._on_surveyed)
        self._library.runners.readers.start(job)

    def _stop_survey(self) -> None:
        if self._survey is not None:
            self._survey.cancel()

    def _on_surveyed(self) -> None:
        if self.sender() is self._survey:
            self._survey = None

    def _on_confirmed(self, what: Incoming, answers: Answers, watch: bool) -> None:
        self._stop_survey()
        if watch:
            self._watcher.start(what.paths[0], answers)
        else:
            self._desk.take_in(what, answers)

    def _remember_watched(self) -> None:
        case = self._library.case
        if case is None:
            return
        folder = self._watcher.folder
        watched = WatchedFolder.of(folder, self._watcher.answers) if folder else None
        self._settings.set_watched(str(case.path), watched)
