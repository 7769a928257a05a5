"""Keeps what the case shelf says of each case, and looks which files are still there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from smsdesk.domain.cases import CaseCard
from smsdesk.gui.import_desk import ImportDesk
from smsdesk.gui.jobs import Job
from smsdesk.gui.library import Library
from smsdesk.gui.panels.start_page import StartPage
from smsdesk.gui.settings import LeftAt, RecentCase, WindowSettings
from smsdesk.services import listing
from smsdesk.services.listing import CaseSummary
from smsdesk.services.verifying import Verdict
from smsdesk.storage.case_file import CaseFile

_PAUSE_MS = 10_000
"""Counts are put down so often at most: the shelf is not looked at meanwhile, and in a large case
counting takes a while. When the case is left, they are counted once more."""


class Shelf(QObject):
    """Notes the open case's progress in the settings, so that the shelf need not open any case."""

    def __init__(
        self,
        library: Library,
        page: StartPage,
        settings: WindowSettings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._page = page
        self._settings = settings
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.note_progress)
        library.messages_changed.connect(lambda _ids: self._note_soon())
        library.contents_changed.connect(self._note_soon)
        page.forget_asked.connect(self._forget)

    def show(self) -> None:
        """Show the shelf as it is known, then grey what is no longer there."""
        cases = self._settings.recent()
        self._page.show_recent(cases)
        paths = [case.path for case in cases]
        job = Job(lambda _task: [path for path in paths if not Path(path).is_file()])
        job.succeeded.connect(self._page.show_missing)
        self._library.runners.readers.start(job)

    def note_opened(self, case: CaseFile, card: CaseCard) -> None:
        """Put a case on top of the shelf."""
        path, opened = str(case.path), _now()
        if self._settings.recent_case(path) is None:
            self._settings.remember_case(RecentCase(path, card.title, opened))
        self._settings.note_case(path, title=card.title, opened=opened, on_top=True)

    def note_title(self, case: CaseFile, title: str) -> None:
        """Put down a case's new name."""
        self._settings.note_case(str(case.path), title=title)

    def note_verdict(self, case: CaseFile, verdict: Verdict, at: dt.datetime) -> None:
        """Put down when a case was verified, and what came of it."""
        moment = at.isoformat(timespec="seconds")
        self._settings.note_case(str(case.path), verified=moment, whole=verdict.ok)

    def verdict_of(self, case: CaseFile) -> RecentCase | None:
        """Return what is known of a case if it was ever verified on this computer."""
        known = self._settings.recent_case(str(case.path))
        return known if known and known.verified else None

    def note_left(self, at: LeftAt) -> None:
        """Put down where the person is in the open case."""
        case = self._library.case
        if case is not None:
            self._settings.note_case(
                str(case.path), place=at.place, view=at.view, message=at.message
            )

    def note_import(self, desk: ImportDesk) -> None:
        """Put down whether the person stopped the import of the open case, or leaves it running."""
        case, stopped = self._library.case, desk.cancelled or desk.paused
        if case is not None and (stopped or desk.busy):
            self._settings.note_case(str(case.path), stopped=stopped)

    @property
    def was_stopped(self) -> bool:
        """Whether the person stopped the import of the open case themselves."""
        case = self._library.case
        known = self._settings.recent_case(str(case.path)) if case else None
        return known is not None and known.stopped

    def note_progress(self) -> None:
        """Count in the background and put it down."""
        case = self._library.case
        if case is None:
            return
        self._pause.stop()
        path = str(case.path)

        def note(summary: CaseSummary) -> None:
            messages = summary.messages
            self._settings.note_case(
                path,
                messages=messages.total,
                reviewed=messages.total - messages.new,
                doubtful=messages.doubtful,
                waiting=summary.waiting,
                set_aside=summary.set_aside,
            )

        self._library.read(listing.summary, note)

    def _note_soon(self) -> None:
        if not self._pause.isActive():
            self._pause.start()

    def _forget(self, path: Path) -> None:
        self._settings.forget_case(str(path))
        self.show()


def _now() -> str:
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")
