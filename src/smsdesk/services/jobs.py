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
    """Handed to a long operation: report through it, and ask it whether to stop."""

    on_progress: Callable[[Progress], None] = lambda _: None
    _stop: threading.Event = field(default_factory=threading.Event)

    @property
    def cancelled(self) -> bool:
        """Whether someone asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the operation to stop at its next step; callable from any thread."""
        self._stop.set()

    def step(self, done: int, total: int, label: str = "") -> None:
        """Report progress; raise Cancelled if the person asked to stop."""
        self.on_progress(Progress(done, total, label))
        if self._stop.is_set():
            raise Cancelled
