"""What figures are made of, without loading a single text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Text, func, or_, select, type_coerce

from smsdesk.domain.figures import NO_LABELS, Fact
from smsdesk.domain.findings import HINTS, FindingState, ViolationType
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.screens import Direction
from smsdesk.domain.senders import Sender
from smsdesk.domain.times import SentTime
from smsdesk.storage.codec import from_text
from smsdesk.storage.conditions import conditions
from smsdesk.storage.repository import Repository
from smsdesk.storage.schema import (
    BearingMarkRow,
    BearingRow,
    FindingRow,
    JudgingDueRow,
    MessageRow,
)

_ROWS_A_TIME = 250
"""Rows fetched in one go while others wait for the interpreter: about a millisecond."""

_BETWEEN = "\x1f"
"""Parts the marks of one message in SQL; no text that people write holds it."""


class Told(NamedTuple):
    """A message as figures see it, and whether it counts (None: nothing that holds is kept)."""

    fact: Fact
    received: bool
    counted: bool | None


@dataclass(frozen=True, slots=True)
class _Kept:
    """Which of the bearings that are kept still hold."""

    packs: str
    due: frozenset[int]

    def holds(self, message_id: int, packs: str | None) -> bool:
        return packs == self.packs and message_id not in self.due


class FactRepository(Repository):
    """All messages at a glance, a few rows at a time, in order of time."""

    def not_held(self, packs: str) -> list[int]:
        """Return the received messages of which nothing is kept that holds, in order of id."""
        held = select(BearingRow.message_id).where(
            BearingRow.case_id == self._case_id, BearingRow.packs == packs
        )
        due = select(JudgingDueRow.message_id).where(JudgingDueRow.case_id == self._case_id)
        found = select(MessageRow.id).where(
            MessageRow.case_id == self._case_id,
            MessageRow.direction == Direction.IN,
            or_(MessageRow.id.not_in(held), MessageRow.id.in_(due)),
        )
        return list(self._session.scalars(found.order_by(MessageRow.id)))

    def collecting(self, packs: str) -> set[str]:
        """Return the senders of which what is kept says that they sent collection by itself."""
        due = select(JudgingDueRow.message_id).where(JudgingDueRow.case_id == self._case_id)
        found = select(BearingRow.sender_key).where(
            BearingRow.case_id == self._case_id,
            BearingRow.packs == packs,
            BearingRow.collecting.is_(True),
            BearingRow.message_id.not_in(due),
        )
        return set(self._session.scalars(found.distinct()))

    def told(self, query: MessageQuery, packs: str) -> Iterator[Told]:
        """Yield what figures need of the messages that *query* finds.

        *packs* is the fingerprint of the packs in use: what others found of a message does not
        hold, nor what was found before it changed.
        """
        kept, labels = self._kept(packs), self._labels()
        columns = (
            MessageRow.id,
            type_coerce(MessageRow.sender, Text).label("sender"),
            MessageRow.sent_earliest,
            MessageRow.sent_latest,
            MessageRow.sent_basis,
            MessageRow.sent_label,
            MessageRow.direction,
            BearingRow.packs,
            BearingRow.counted,
        )
        for row in self._stream(select(*columns), query):
            if query.only is not None and row.id not in query.only:
                continue
            holds = kept.holds(row.id, row.packs)
            sent = SentTime(row.sent_earliest, row.sent_latest, row.sent_basis, row.sent_label)
            fact = Fact(row.id, from_text(Sender, row.sender), sent, *labels.get(row.id, _NONE))
            received = row.direction is Direction.IN
            yield Told(fact, received, row.counted if holds else None)

    def marks(self, packs: str) -> Iterator[tuple[int, str, list[str] | None]]:
        """Yield received messages with the keys of their senders and the marks in their texts.

        In order of time; None where what is kept does not hold.
        """
        kept = self._kept(packs)
        marks = (
            select(func.aggregate_strings(BearingMarkRow.mark, _BETWEEN))
            .where(BearingMarkRow.message_id == MessageRow.id)
            .scalar_subquery()
        )
        columns = (
            MessageRow.id,
            type_coerce(MessageRow.sender, Text).label("sender"),
            MessageRow.direction,
            BearingRow.packs,
            marks.label("marks"),
        )
        for row in self._stream(select(*columns), MessageQuery()):
            if row.direction is not Direction.IN:
                continue
            found = row.marks.split(_BETWEEN) if row.marks else []
            key = from_text(Sender, row.sender).key
            yield row.id, key, found if kept.holds(row.id, row.packs) else None

    def _stream(self, rows: Any, query: MessageQuery) -> Iterator[Any]:
        found = (
            rows.outerjoin(BearingRow, BearingRow.message_id == MessageRow.id)
            .where(MessageRow.case_id == self._case_id, *conditions(query))
            .order_by(
                MessageRow.sort_at.asc().nulls_last(), MessageRow.thread_id, MessageRow.position
            )
        )
        return iter(self._session.execute(found.execution_options(yield_per=_ROWS_A_TIME)))

    def _kept(self, packs: str) -> _Kept:
        due = select(JudgingDueRow.message_id).where(JudgingDueRow.case_id == self._case_id)
        return _Kept(packs, frozenset(self._session.scalars(due)))

    def _labels(self) -> dict[int, _Pair]:
        """Return, by message, the labels that are not rejected, and those confirmed."""
        columns = (FindingRow.message_id, FindingRow.violation, FindingRow.state)
        live = select(*columns).where(
            FindingRow.case_id == self._case_id,
            FindingRow.state != FindingState.REJECTED,
            FindingRow.violation.not_in(HINTS),
        )
        found: dict[int, _Pair] = {}
        sets = _Sets()
        for row in self._session.execute(live.execution_options(yield_per=_ROWS_A_TIME)):
            labels, sure = found.get(row.message_id, _NONE)
            confirmed = row.state is FindingState.CONFIRMED
            more = sets.with_one(sure, row.violation) if confirmed else sure
            found[row.message_id] = sets.pair(sets.with_one(labels, row.violation), more)
        return found


_Pair = tuple[frozenset[ViolationType], frozenset[ViolationType]]
_NONE: _Pair = (NO_LABELS, NO_LABELS)


class _Sets:
    """Hands out one set for all messages with the same labels: there are few of them."""

    def __init__(self) -> None:
        self._made: dict[frozenset[ViolationType], frozenset[ViolationType]] = {}
        self._pairs: dict[_Pair, _Pair] = {}

    def pair(self, one: frozenset[ViolationType], other: frozenset[ViolationType]) -> _Pair:
        return self._pairs.setdefault((one, other), (one, other))

    def with_one(
        self, some: frozenset[ViolationType], one: ViolationType
    ) -> frozenset[ViolationType]:
        made = some | {one}
        return self._made.setdefault(made, made)
