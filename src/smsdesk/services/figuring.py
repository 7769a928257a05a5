"""The figures of a case, each with the messages it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from smsdesk.domain.days import day_of
from smsdesk.domain.figures import CaseFigures, Lines
from smsdesk.domain.messages import Message
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.retention import Retention, retention_of
from smsdesk.domain.screens import Direction
from smsdesk.rules.figures import figures, labels_of
from smsdesk.rules.frequency import counted_messages
from smsdesk.rules.institutions import institutions_in
from smsdesk.services.packs import Packs, packs_of
from smsdesk.storage.case_file import CaseFile


def case_figures(case: CaseFile, query: MessageQuery | None = None) -> CaseFigures:
    """Count the messages that *query* leaves (default: all)."""
    packs = packs_of(case)
    with case.view() as work:
        messages = work.messages.get(work.messages.ids(query or MessageQuery()))
        by_hand = work.rulings.institutions()
    return figures_of(packs, messages, by_hand)


def figures_of(
    packs: Packs,
    messages: Sequence[Message],
    by_hand: Mapping[str, str],
    notify: Callable[[], None] = lambda: None,
) -> CaseFigures:
    """Count *messages* (in time order); *by_hand* gives sender keys a person's institution.

    What counts is collection: by the rules, or because it bears a label. *notify* is called again
    and again; what it raises stops the counting.
    """
    institutions = institutions_in(messages, by_hand)
    counted = {m.id for m in counted_messages(packs.bundled, messages, institutions, notify)}
    counted |= {m.id for m in messages if m.direction == Direction.IN and labels_of([m])}
    thresholds = packs.timing.thresholds
    return CaseFigures(
        figures([m for m in messages if m.id in counted], institutions, thresholds),
        institutions,
        _retention(messages),
        Lines(
            thresholds.night_from,
            thresholds.night_to,
            thresholds.notice_a_day,
            thresholds.many_a_day,
        ),
    )


def _retention(messages: Sequence[Message]) -> dict[int, Retention]:
    """Return, by message, how long its provider keeps the record; unknown days have none."""
    return {
        m.id: retention_of(day, m.sender)
        for m in messages
        if m.direction == Direction.IN and (day := day_of(m.sent)) is not None
    }
