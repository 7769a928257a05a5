"""Imports while the window stays in use: files are stored at once, then read in the background.

New files are stored while others are still being read, and join the same queue in the case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from smsdesk.domain.cases import ImportItem
from smsdesk.gui.clipboard import Incoming, as_file
from smsdesk.gui.jobs import Job
from smsdesk.gui.library import Library
from smsdesk.gui.pace import Pace
from smsdesk.services import storing
from smsdesk.services.importing import read_on, report_of
from smsdesk.services.jobs import Progress, Task
from smsdesk.services.reading_queue import QueueResult
from smsdesk.services.storing import Answers
from smsdesk.storage.case_file import CaseFile

Lines = list[list[ImportItem]]


class ImportDesk(QObject):
    """Takes files in, reads them, and can be paused and cancelled; one for the whole window."""

    state_changed = Signal()
    """Something to be shown anew: progress, pause, busy or not."""
    queue_changed = Signal()
    """Lines of the queue came or changed."""
    finished = Signal(object)
    """The ImportReport on all that was done since it was idle."""
    stopped = Signal()
    """A person cancelled; what was done until then is kept."""
    failed = Signal(object)
    _joined = Signal()

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._intakes: set[Job] = set()
        self._reader: Job | None = None
        self._begin_anew()
        self._joined.connect(library.contents_changed)
        library.case_changed.connect(self._forget)

    @property
    def busy(self) -> bool:
        """Whether files are being stored or read."""
        return bool(self._intakes) or self._reader is not None

    def take_in(self, what: Incoming, answers: Answers) -> None:
        """Import files, folders and archives, or a picture from the clipboard."""

        def work(case: CaseFile, task: Task) -> Lines:
            if what.picture is None:
                return storing.take_in(case, what.paths, answers, task)
            batch = storing.begin(case, [], answers)
            return storing.store(case, batch, [as_file(what.picture)], task)

        self._take_in(work)

    def try_again(self, item_ids: Sequence[int]) -> None:
        """Try files anew that were set aside."""
        self._take_in(lambda case, task: storing.store_again(case, item_ids, task))

    def resume(self) -> None:
        """Go on with what an earlier import left."""
        self._take_in(storing.store_rest)

    def set_paused(self, paused: bool) -> None:
        """Let the pictures in work finish and then wait, or go on."""
        self.paused = paused
        for job in self._jobs():
            (job.pause if paused else job.resume)()
        (self.pace.pause if paused else self.pace.go_on)()
        self.state_changed.emit()

    def cancel(self) -> None:
        """Stop now; what is not read to its end stays in the queue."""
        self.cancelled, self.paused = True, False
        for job in self._jobs():
            job.cancel()
        if self._reader is not None:
            self._library.reader.interrupt()
        self.state_changed.emit()

    def _jobs(self) -> list[Job]:
        return [*self._intakes, *([self._reader] if self._reader else [])]

    def _begin_anew(self) -> None:
        self.progress: Progress | None = None
        self.storing: Progress | None = None
        self.pace = Pace()
        self.paused = self.cancelled = self._gave_up = self._more = False
        self._items: list[ImportItem] = []
        self._messages = 0

    # -- storing ---------------------------------------------------------------------------------

    def _take_in(self, work: Callable[[CaseFile, Task], Lines]) -> None:
        if not self.busy:
            self._begin_anew()
        job = self._library.run_long(work)
        self._intakes.add(job)
        job.progressed.connect(self._on_storing)
        job.succeeded.connect(self._on_stored)
        job.failed.connect(self.failed)
        job.finished.connect(lambda: self._on_taken_in(job))
        self._library.runners.intake.start(job)
        self.state_changed.emit()

    def _on_storing(self, progress: Progress) -> None:
        self.storing = progress
        self.state_changed.emit()

    def _on_stored(self, lines: Lines) -> None:
        self._items += [item for items in lines for item in items]

    def _on_taken_in(self, job: Job) -> None:
        if job not in self._intakes:  # of the case before
            return
        self._intakes.discard(job)
        self.storing = None
        self._more = True
        self.queue_changed.emit()
        self._go_on()

    # -- reading ---------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Start to read if anything may wait and nobody reads; tell when all is done."""
        if self._reader is not None:
            return
        if self._more and not (self.cancelled or self._gave_up):
            self._more = False
            self._read()
        elif not self._intakes:
            self._tell_end()

    def _read(self) -> None:
        def work(case: CaseFile, task: Task) -> QueueResult:
            return read_on(case, self._library.reader, task, self._joined.emit)

        self.pace = Pace()
        job = self._reader = self._library.run_long(work)
        job.progressed.connect(self._on_reading)
        job.succeeded.connect(self._on_read)
        job.failed.connect(self._on_reading_failed)
        job.finished.connect(lambda: self._on_reader_gone(job))
        if self.paused:
            job.pause()
        self._library.runners.reading.start(job)
        self.state_changed.emit()

    def _on_reading(self, progress: Progress) -> None:
        self.progress = progress
        if progress.label and not self.paused:
            self.pace.note(progress.done)
        self.state_changed.emit()
        self.queue_changed.emit()

    def _on_read(self, result: QueueResult) -> None:
        self._items += result.items
        self._messages += result.messages

    def _on_reading_failed(self, error: Exception) -> None:
        self._gave_up = True  # a second attempt would fail in the same way
        self.failed.emit(error)

    def _on_reader_gone(self, job: Job) -> None:
        if job is not self._reader:  # of the case before
            return
        self._reader = None
        self.progress = None
        self._library.contents_changed.emit()
        self.queue_changed.emit()
        self._go_on()

    def _tell_end(self) -> None:
        self.paused = False
        self.state_changed.emit()
        if self.cancelled:
            self.stopped.emit()
        elif not self._gave_up:
            self.finished.emit(report_of(self._items, self._messages))

    def _forget(self) -> None:
        """Another case: what the last one's import would still say is of no use."""
        self._intakes.clear()
        self._reader = None
        self._begin_anew()
        self.state_changed.emit()
