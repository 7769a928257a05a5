"""The open case as the window sees it: reads and changes in the background, news by signal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QUndoStack

from smsdesk.domain.cases import CaseCard, SourceDevice
from smsdesk.domain.changes import Change, Field
from smsdesk.domain.exhibits import PlanChange
from smsdesk.domain.masks import MaskChange
from smsdesk.gui.jobs import Job, JobRunner, Runners
from smsdesk.gui.undo import LateStep, Reversible, ServiceCommand
from smsdesk.services import cases, exhibits, masking, proposing, reviewing
from smsdesk.services.jobs import Progress, Task
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
    masks_changed = Signal()
    """A masked copy hides other words."""
    card_changed = Signal()
    """The case card says something else."""
    phones_changed = Signal()
    """Something else is said of the phones."""
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

    def read(self, work: Callable[[CaseFile], T], then: Callable[[T], object]) -> None:
        """Call *work* in a reader's thread; *then* gets its result if the case is still open."""
        self._call(self.runners.readers, lambda case, _task: work(case), then)

    def read_at_length(
        self,
        work: Callable[[CaseFile, Task], T],
        then: Callable[[T], object],
        progressed: Callable[[Progress], object] | None = None,
    ) -> None:
        """Do as `read` does with work that takes long: its task says when the window closes.

        *progressed* hears how far it is.
        """
        self._call(self.runners.readers, work, then, progressed)

    def write(self, work: Callable[[CaseFile], T], then: Callable[[T], object]) -> None:
        """Call *work*, which changes something that cannot be undone, after all changes so far."""
        self._call(self.runners.writer, lambda case, _task: work(case), then)

    def _call(
        self,
        runner: JobRunner,
        work: Callable[[CaseFile, Task], T],
        then: Callable[[T], object],
        progressed: Callable[[Progress], object] | None = None,
    ) -> None:
        case = self._case
        if case is None:
            return
        job = Job(lambda task: work(case, task))
        if progressed is not None:
            job.progressed.connect(lambda progress: self._deliver(case, progressed, progress))
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

    def change_exhibits(self, text: str, do: Callable[[CaseFile], PlanChange]) -> None:
        """Let *do* change the catalogue, as an undo step named *text*; see LateStep."""
        self._change_late(text, do, exhibits.apply, self.exhibits_changed, "exhibits")

    def change_masks(self, text: str, do: Callable[[CaseFile], MaskChange]) -> None:
        """Let *do* change what a masked copy hides, as an undo step named *text*."""
        self._change_late(text, do, masking.apply, self.masks_changed, "export")

    def change_card(self, text: str, card: CaseCard) -> None:
        """Replace the case card, as an undo step named *text*."""
        do = partial(cases.update_card, new=card)
        self._change_late(text, do, cases.apply_card, self.card_changed)

    def describe_phones(self, text: str, phones: Sequence[SourceDevice]) -> None:
        """Keep what is said of the phones, as an undo step named *text*."""
        do = partial(cases.describe_devices, described=phones)
        self._change_late(text, do, cases.apply_phones, self.phones_changed, "export")

    def _change_late(
        self,
        text: str,
        do: Callable[[CaseFile], Reversible],
        apply: Callable[[CaseFile, Any], object],
        news: SignalInstance,
        place: str = "",
    ) -> None:
        def carry_out(work: Callable[[CaseFile], object], step: LateStep) -> None:
            self._carry_out_step(work, step, news)

        self.undo_stack.push(LateStep(text, do, apply, carry_out, place))

    def _carry_out_step(
        self, work: Callable[[CaseFile], object], step: LateStep, news: SignalInstance
    ) -> None:
        case = self._case
        if case is None:
            return
        job = Job(lambda _task: work(case))
        job.succeeded.connect(lambda _none: news.emit())
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
        rejoined = change.joins or change.conversations or change.moves or change.removals
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

    def _on_change_failed(self, command: ServiceCommand | LateStep, error: Exception) -> None:
        command.mark_failed()
        self.failed.emit(error)

    def _deliver(self, case: CaseFile, then: Callable[[T], object], result: T) -> None:
        if self._case is case:
            then(result)
