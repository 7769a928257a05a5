"""The open case as the window sees it: reads and changes in the background, news by signal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from smsdesk.domain.changes import Change, Field
from smsdesk.gui.jobs import Job, JobRunner, Runners
from smsdesk.gui.undo import ExhibitStep, ExhibitWork, ServiceCommand
from smsdesk.services import proposing, reviewing
from smsdesk.services.jobs import Task
from smsdesk.services.readers import Reader
from smsdesk.storage.case_file import CaseFile

T = TypeVar("T")


class Library(QObject):
    """Owns the open case and its undo stack; every view listens here and nowhere else."""

    case_changed = Signal()
    """Another case is open, or none."""
    messages_changed = Signal(object)
    """A tuple of ids whose messages changed in place."""
    contents_changed = Signal()
    """Messages came or went: lists must ask again."""
    judged = Signal()
    """Rules proposed anew: any message may have other findings than before."""
    rulings_changed = Signal()
    """A person said whom a thread was sent to, or which institution a sender is of."""
    exhibits_changed = Signal()
    """The catalogue of exhibits is another one: groups, order, columns, files."""
    failed = Signal(object)
    """An exception from a background call."""

    def __init__(self, runners: Runners, reader: Reader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runners = runners
        self.reader = reader
        self.undo_stack = QUndoStack(self)
        self._case: CaseFile | None = None

    @property
    def case(self) -> CaseFile | None:
        """The open case, if there is one."""
        return self._case

    def set_case(self, case: CaseFile | None) -> None:
        """Show *case* from now on; the one before is closed once nothing reads it any more."""
        before, self._case = self._case, case
        self.undo_stack.clear()
        if before is not None:
            self.reader.close()
            self.runners.shut_down()
            before.close()
        self.case_changed.emit()

    def read(self, work: Callable[[CaseFile], T], then: Callable[[T], None]) -> None:
        """Call *work* in a reader's thread; *then* gets its result if the case is still open."""
        self._call(self.runners.readers, lambda case, _task: work(case), then)

    def read_at_length(
        self, work: Callable[[CaseFile, Task], T], then: Callable[[T], None]
    ) -> None:
        """Do as `read` does with work that takes long: its task says when the window closes."""
        self._call(self.runners.readers, work, then)

    def write(self, work: Callable[[CaseFile], T], then: Callable[[T], None]) -> None:
        """Call *work*, which changes something that cannot be undone, after all changes so far."""
        self._call(self.runners.writer, lambda case, _task: work(case), then)

    def _call(
        self, runner: JobRunner, work: Callable[[CaseFile, Task], T], then: Callable[[T], None]
    ) -> None:
        case = self._case
        if case is None:
            return
        job = Job(lambda task: work(case, task))
        job.succeeded.connect(lambda result: self._deliver(case, then, result))
        job.failed.connect(self.failed)
        runner.start(job)

    def run_long(self, work: Callable[[CaseFile, Task], Any]) -> Job:
        """Return a job for the long runner, to be connected and started by the caller."""
        case = self._case
        if case is None:
            raise RuntimeError("no case is open")
        return Job(lambda task: work(case, task))

    def change(self, text: str, change: Change) -> bool:
        """Carry out *change* as an undo step named *text*; False if there is nothing to change."""
        if change.is_empty:
            return False
        self.undo_stack.push(ServiceCommand(text, change, self._carry_out))
        return True

    def change_exhibits(self, text: str, do: ExhibitWork) -> None:
        """Let *do* change the catalogue, as an undo step named *text*; see ExhibitStep."""
        self.undo_stack.push(ExhibitStep(text, do, self._carry_out_step))

    def _carry_out_step(self, work: Callable[[CaseFile], object], step: ExhibitStep) -> None:
        case = self._case
        if case is None:
            return
        job = Job(lambda _task: work(case))
        job.succeeded.connect(lambda _none: self.exhibits_changed.emit())
        job.failed.connect(lambda error: self._on_change_failed(step, error))
        self.runners.writer.start(job)

    def _carry_out(self, change: Change, command: ServiceCommand) -> None:
        case = self._case
        if case is None:
            return
        job = Job(lambda _task: reviewing.apply(case, change, judge=False))
        if change.recipients or change.institutions:
            job.succeeded.connect(lambda _ids: self.rulings_changed.emit())
        timed = any(edit.field is Field.TIME for edit in change.edits)
        rejoined = change.joins or change.conversations or change.removals
        if rejoined or timed:  # the list itself is another one
            job.succeeded.connect(lambda _ids: self.contents_changed.emit())
        else:
            job.succeeded.connect(self.messages_changed)
        job.failed.connect(lambda error: self._on_change_failed(command, error))
        self.runners.writer.start(job)
        if change.touches_judgement:
            self._judge(case)

    def _judge(self, case: CaseFile) -> None:
        """Let the rules propose anew, after the change that is on its way and before the next."""
        job = Job(lambda task: proposing.propose(case, task))
        job.succeeded.connect(lambda changed: self.judged.emit() if changed else None)
        job.failed.connect(self.failed)
        self.runners.writer.start(job)

    def _on_change_failed(self, command: ServiceCommand | ExhibitStep, error: Exception) -> None:
        command.mark_failed()
        self.failed.emit(error)

    def _deliver(self, case: CaseFile, then: Callable[[T], None], result: T) -> None:
        if self._case is case:
            then(result)
