"""The figures of a case, each with the messages it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from smsdesk.domain.days import day_of
from smsdesk.domain.figures import CaseFigures, Lines, Overview
from smsdesk.domain.messages import Message
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.retention import Retention, retention_of
from smsdesk.domain.rulings import Bearing
from smsdesk.domain.screens import Direction
from smsdesk.rules.bearing import bearing_of
from smsdesk.rules.figures import Count, fact_of, figures, when_of
from smsdesk.rules.frequency import counted_messages
from smsdesk.rules.institutions import Marks, institutions_from, institutions_in, keys_of
from smsdesk.rules.pack import Thresholds
from smsdesk.services.packs import Packs, packs_of
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.facts import Told
from smsdesk.storage.unit_of_work import UnitOfWork

Notify = Callable[[], None]
Row = TypeVar("Row")

_READ_AT_ONCE = 100
"""Messages read with their texts between two looks at whether to stop."""

_NOTICED = 500
"""Rows between two looks at whether to stop: some milliseconds."""


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
    notify: Notify = lambda: None,
) -> CaseFigures:
    """Count *messages* (in time order); *by_hand* gives sender keys a person's institution.

    What counts is collection: by the rules, or because it bears a label. *notify* is called again
    and again; what it raises stops the counting.
    """
    institutions = institutions_in(messages, by_hand)
    counted = {m.id for m in counted_messages(packs.bundled, messages, institutions, notify)}
    counted |= {m.id for m in messages if m.direction == Direction.IN and fact_of(m).labels}
    thresholds = packs.timing.thresholds
    return CaseFigures(
        figures([m for m in messages if m.id in counted], institutions, thresholds),
        institutions,
        _retention(messages),
        _lines(thresholds),
    )


def overview(
    case: CaseFile, query: MessageQuery | None = None, notify: Notify = lambda: None
) -> Overview:
    """Count the messages that *query* leaves (default: all) by what the case keeps of each.

    Counts what `case_figures` does, and all other messages besides, without reading their texts:
    only those that changed since they were judged are looked at again. *notify* is called again
    and again; what it raises stops the counting.
    """
    packs = packs_of(case)
    with case.view() as work:
        return _Glance(work, packs, notify).overview(query or MessageQuery())


class _Glance:
    """Counts a case in two passes over its rows: who belongs together, then what came.

    No list of all messages is made: a hundred thousand objects alive at once would make every
    collection of garbage a pause that a person at the window notices.
    """

    def __init__(self, work: UnitOfWork, packs: Packs, notify: Notify) -> None:
        self._work = work
        self._packs = packs
        self._notify = notify
        self._by_hand = work.rulings.institutions()
        self._anew: dict[int, Bearing | None] | None = None

    def overview(self, query: MessageQuery) -> Overview:
        thresholds = self._packs.timing.thresholds
        institutions = institutions_from(self._marks(), self._by_hand)
        group = keys_of(institutions)
        collectors = {group[key] for key in self._collecting()}
        listed = Count((), thresholds)
        received, collection = (Count(institutions, thresholds) for _ in range(2))
        for one in self._noticed(self._work.facts.told(query, self._packs.fingerprint)):
            when = when_of(one.fact.sent, thresholds)
            listed.add(one.fact, when)
            if not one.received:
                continue
            received.add(one.fact, when)
            ordinary = self._is_ordinary(one)
            if one.fact.labels or (group[one.fact.sender.key] in collectors and not ordinary):
                collection.add(one.fact, when)
        return Overview(
            listed.figures(),
            received.figures(),
            collection.figures(),
            institutions,
            self._by_hand,
            _lines(thresholds),
        )

    def _marks(self) -> dict[str, Marks]:
        senders: dict[str, Marks] = {}
        for number, key, kept in self._noticed(self._work.facts.marks(self._packs.fingerprint)):
            senders.setdefault(key, Marks()).add(self._marks_now(number) if kept is None else kept)
        return senders

    def _marks_now(self, number: int) -> tuple[str, ...]:
        bearing = self._bearing(number)
        return () if bearing is None else bearing.marks

    def _collecting(self) -> set[str]:
        """Return the senders that sent collection by itself."""
        anew = (bearing for bearing in self._all_anew().values() if bearing is not None)
        now = {bearing.sender_key for bearing in anew if bearing.collecting}
        return now | self._work.facts.collecting(self._packs.fingerprint)

    def _is_ordinary(self, told: Told) -> bool:
        if told.counted is not None:
            return not told.counted
        bearing = self._bearing(told.fact.id)
        return bearing is None or not bearing.counted

    def _bearing(self, number: int) -> Bearing | None:
        """Return what a message bears, judged anew: what is kept of it does not hold."""
        return self._all_anew()[number]

    def _all_anew(self) -> dict[int, Bearing | None]:
        if self._anew is None:
            self._anew = dict(self._judged_anew())
        return self._anew

    def _judged_anew(self) -> Iterator[tuple[int, Bearing | None]]:
        numbers = self._work.facts.not_held(self._packs.fingerprint)
        bundled = self._packs.bundled
        for start in range(0, len(numbers), _READ_AT_ONCE):
            self._notify()
            for message in self._work.messages.get(numbers[start : start + _READ_AT_ONCE]):
                yield message.id, bearing_of(bundled, bundled, message)

    def _noticed(self, rows: Iterator[Row]) -> Iterator[Row]:
        for number, row in enumerate(rows):
            if number % _NOTICED == 0:
                self._notify()
            yield row


def _lines(thresholds: Thresholds) -> Lines:
    return Lines(
        thresholds.night_from,
        thresholds.night_to,
        thresholds.notice_a_day,
        thresholds.many_a_day,
    )


def _retention(messages: Sequence[Message]) -> dict[int, Retention]:
    """Return, by message, how long its provider keeps the record; unknown days have none."""
    return {
        m.id: retention_of(day, m.sender)
        for m in messages
        if m.direction == Direction.IN and (day := day_of(m.sent)) is not None
    }
