"""Undo steps: changes that a service carries out, and their inverses."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from smsdesk.domain.changes import Change
from smsdesk.domain.exhibits import PlanChange
from smsdesk.services import exhibits
from smsdesk.storage.case_file import CaseFile

ExhibitWork = Callable[[CaseFile], PlanChange]
"""Changes the catalogue of exhibits, and returns what was done."""


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


class ExhibitStep(QUndoCommand):
    """One change of the catalogue of exhibits.

    What was done is known once it is done: a plan is made from the case as it is then, and a new
    group has its id only then. All of it happens in the writer's thread, one after the other.
    """

    place = "exhibits"
    """Where what it changes is seen."""

    def __init__(
        self,
        text: str,
        do: ExhibitWork,
        carry_out: Callable[[Callable[[CaseFile], object], ExhibitStep], None],
    ) -> None:
        super().__init__(text)
        self._do = do
        self._carry_out = carry_out
        self._done: PlanChange | None = None
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
            exhibits.apply(case, self._done)

    def _undo_work(self, case: CaseFile) -> None:
        if self._done is not None:
            exhibits.apply(case, self._done.inverse())
