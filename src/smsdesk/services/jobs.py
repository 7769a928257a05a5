"""What a long operation may say and must obey, whoever runs it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field


class Cancelled(Exception):
    """The person asked the running operation to stop."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an operation is: *done* of *total* steps, and what it is doing now."""

    done: int
    total: int
    label: str = ""


@dataclass(slots=True)
class Task:
    """Handed to a long operation: report through it, and ask it whether to wait or to stop."""

    on_progress: Callable[[Progress], None] = lambda _: None
    _stop: threading.Event = field(default_factory=threading.Event)
    _pause: threading.Condition = field(default_factory=threading.Condition)
    _paused: bool = False

    @property
    def cancelled(self) -> bool:
        """Whether someone asked to stop."""
        return self._stop.is_set()

    @property
    def paused(self) -> bool:
        """Whether someone asked to wait."""
        return self._paused

    def cancel(self) -> None:
        """Ask the operation to stop at its next step; callable from any thread."""
        self._stop.set()
        self.resume()

    def pause(self) -> None:
        """Ask the operation to wait at its next step; callable from any thread."""
        self._paused = True

    def resume(self) -> None:
        """Let the operation go on; callable from any thread."""
        with self._pause:
            self._paused = False
            self._pause.notify_all()

    def step(self, done: int, total: int, label: str = "") -> None:
        """Report progress; wait while paused; raise Cancelled if the person asked to stop."""
        self.on_progress(Progress(done, total, label))
        self.wait_while_paused()

    def report(self, done: int, total: int, label: str = "") -> None:
        """Report progress without waiting; raise Cancelled if the person asked to stop."""
        self.on_progress(Progress(done, total, label))
        self._check()

    def wait_while_paused(self) -> None:
        """Wait until the person lets it go on; raise Cancelled if asked to stop."""
        with self._pause:
            self._pause.wait_for(lambda: not self._paused)
        self._check()

    def while_writing(self) -> Task:
        """Return a task that reports and stops as this one does, but never waits.

        For what holds the case's write lock: a person's own changes would wait with it.
        """
        return Task(self.on_progress, self._stop)

    def _check(self) -> None:
        if self._stop.is_set():
            raise Cancelled
