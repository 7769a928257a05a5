"""The figures of a case, each with the messages it counts."""

from __future__ import annotations

from dataclasses import dataclass

from smsdesk.domain.messages import Message
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.retention import Retention, retention_of
from smsdesk.domain.screens import Direction
from smsdesk.rules.figures import Figures, figures
from smsdesk.rules.frequency import counted_messages, day_of
from smsdesk.rules.institutions import Institution, institutions_in
from smsdesk.services.packs import packs_of
from smsdesk.storage.case_file import CaseFile


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """Figures of the collection messages, all institutions, and the countdown of each message."""

    figures: Figures
    institutions: tuple[Institution, ...]
    retention: dict[int, Retention]


def case_figures(case: CaseFile, query: MessageQuery | None = None) -> CaseFigures:
    """Count the messages that *query* leaves (default: all)."""
    packs = packs_of(case)
    with case.view() as work:
        messages = work.messages.get(work.messages.ids(query or MessageQuery()))
        by_hand = work.rulings.institutions()
    institutions = institutions_in(messages, by_hand)
    counted = counted_messages(packs.bundled, messages, institutions)
    return CaseFigures(
        figures(counted, institutions, packs.timing.thresholds), institutions, _retention(messages)
    )


def _retention(messages: list[Message]) -> dict[int, Retention]:
    """Return, by message, how long its provider keeps the record; unknown days have none."""
    return {
        m.id: retention_of(day, m.sender)
        for m in messages
        if m.direction == Direction.IN and (day := day_of(m.sent)) is not None
    }
