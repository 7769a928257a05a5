"""Undo steps: changes that a service carries out, and their inverses."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from smsdesk.domain.changes import Change


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
