"""Run service calls off the GUI thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from smsdesk.services.jobs import Cancelled, Progress, Task

PROGRESS_INTERVAL = 0.05
"""Seconds between two progress signals: twenty a second look smooth and cost nothing."""


class Job(QObject):
    """One background call; its signals always arrive on the GUI thread."""

    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()

    def __init__(self, work: Callable[[Task], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task = Task(on_progress=self._report)
        self._work = work
        self._reported_at = 0.0

    @Slot()
    def cancel(self) -> None:
        """Ask the call to stop at its next step."""
        self._task.cancel()

    def pause(self) -> None:
        """Ask the call to wait at its next step."""
        self._task.pause()

    def resume(self) -> None:
        """Let the call go on."""
        self._task.resume()

    def run(self) -> None:
        """Do the work; called by the pool's thread."""
        try:
            result = self._work(self._task)
        except Cancelled:
            self.cancelled.emit()
        except Exception as error:  # noqa: BLE001 - the one place; the window words or logs it
            self.failed.emit(error)
        else:
            self.succeeded.emit(result)
        finally:
            self.finished.emit()

    def _report(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.done >= progress.total or now - self._reported_at >= PROGRESS_INTERVAL:
            self._reported_at = now
            self.progressed.emit(progress)


class JobRunner(QObject):
    """Start jobs, keep them alive, and stop them all at exit."""

    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None, threads: int = 1) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._jobs: set[Job] = set()

    @property
    def busy(self) -> bool:
        """Whether a job is waiting or running."""
        return bool(self._jobs)

    def start(self, job: Job) -> None:
        """Run *job*, whose signals must be connected by now: a fast one ends at once."""
        job.finished.connect(self._on_finished)
        self._jobs.add(job)
        self.busy_changed.emit(True)
        self._pool.start(job.run)

    def cancel_all(self) -> None:
        """Ask every job to stop at its next step."""
        for job in self._jobs:
            job.cancel()

    def shut_down(self, wait_ms: int = 10_000) -> bool:
        """Cancel every job and wait; False if one did not stop in time."""
        self.cancel_all()
        return self._pool.waitForDone(wait_ms)

    @Slot()
    def _on_finished(self) -> None:
        job = self.sender()
        if not isinstance(job, Job):
            return
        self._jobs.discard(job)
        job.deleteLater()
        if not self._jobs:
            self.busy_changed.emit(False)


class Runners(QObject):
    """The window's threads: long work, both steps of an import, a person's changes, and reads.

    Each has its own so that a decision made while an import runs is kept at once, and new files
    are stored while others are read; the case file itself lets one writer in at a time.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.long = JobRunner(self)
        self.writer = JobRunner(self)
        self.readers = JobRunner(self, threads=3)
        self.intake = JobRunner(self)
        self.reading = JobRunner(self)

    @property
    def busy(self) -> bool:
        """Whether anything runs."""
        return any(runner.busy for runner in self._in_order())

    def cancel_all(self) -> None:
        """Ask everything to stop at its next step."""
        for runner in self._in_order():
            runner.cancel_all()

    def shut_down(self, wait_ms: int = 10_000) -> bool:
        """Stop everything: reads first, then changes (they finish), then long work."""
        ends = [runner.shut_down(wait_ms) for runner in self._in_order()]
        return all(ends)

    def _in_order(self) -> tuple[JobRunner, ...]:
        return (self.readers, self.writer, self.intake, self.reading, self.long)
