"""Undo steps: changes that a service carries out, and their inverses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtGui import QUndoCommand

from smsdesk.domain.changes import Change
from smsdesk.storage.case_file import CaseFile


class ServiceCommand(QUndoCommand):
    """One change that a person made; *carry_out* hands it to the writer's thread.

    Changes are carried out one after the other in the order given, so an undo that follows at once
    finds its change done. One that failed does nothing when it is undone, and goes off the stack.
    """

    def __init__(
        self, text: str, change: Change, carry_out: Callable[[Change, ServiceCommand], None]
    ) -> None:
        super().__init__(text)
        self._change = change
        self._carry_out = carry_out
        self._failed = False

    @property
    def message_ids(self) -> tuple[int, ...]:
        """The messages that the change touches."""
        return self._change.message_ids

    def redo(self) -> None:
        """Make the change (again)."""
        if not self._failed:
            self._carry_out(self._change, self)

    def undo(self) -> None:
        """Take the change back."""
        if not self._failed:
            self._carry_out(self._change.inverse(), self)

    def mark_failed(self) -> None:
        """Remember that the service refused: there is nothing to undo."""
        self._failed = True
        self.setObsolete(True)


class Reversible(Protocol):
    """What was done to a case, and so can be undone."""

    def inverse(self) -> Reversible:
        """Return the change that undoes this one."""


class LateStep(QUndoCommand):
    """A change that is known once it is done: a plan made from the case as it is by then.

    *do* makes it and returns what was done; *apply* makes such a change. Both run in the writer's
    thread, one after the other. `place` is where what it changes is seen, empty for nowhere.
    """

    def __init__(
        self,
        text: str,
        do: Callable[[CaseFile], Reversible],
        apply: Callable[[CaseFile, Any], object],
        carry_out: Callable[[Callable[[CaseFile], object], LateStep], None],
        place: str = "",
    ) -> None:
        super().__init__(text)
        self.place = place
        self._do, self._apply = do, apply
        self._carry_out = carry_out
        self._done: Reversible | None = None
        self._failed = False

    def redo(self) -> None:
        """Make the change (again)."""
        if not self._failed:
            self._carry_out(self._work, self)

    def undo(self) -> None:
        """Take the change back."""
        if not self._failed:
            self._carry_out(self._undo_work, self)

    def mark_failed(self) -> None:
        """Remember that the service refused: there is nothing to undo."""
        self._failed = True
        self.setObsolete(True)

    def _work(self, case: CaseFile) -> None:
        if self._done is None:
            self._done = self._do(case)
        else:
            self._apply(case, self._done)

    def _undo_work(self, case: CaseFile) -> None:
        if self._done is not None:
            self._apply(case, self._done.inverse())
