"""Messages: lists of them by query, and what a person changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, func, select

from smsdesk.domain.messages import Message, ReviewState
from smsdesk.domain.queries import MessageCounts, MessageQuery
from smsdesk.storage import conditions
from smsdesk.storage.repository import slices
from smsdesk.storage.rows import message_of, text_of
from smsdesk.storage.schema import FindingRow, MessageRow, SightingRow
from smsdesk.storage.threads import ThreadRepository

_EVERYTHING = MessageQuery()


class MessageRepository(ThreadRepository):
    """The messages of a case, and the threads that they belong to."""

    def ids(self, query: MessageQuery = _EVERYTHING) -> list[int]:
        """Return the messages that *query* finds in order of time.

        A message of unknown time stands beside its neighbour in the thread; threads without any
        known time come last. A label without a state finds proposed and confirmed ones. A day
        finds a message whose range of time touches it.
        """
        found = (
            select(MessageRow.id)
            .where(MessageRow.case_id == self._case_id, *conditions.conditions(query))
            .order_by(
                MessageRow.sort_at.asc().nulls_last(), MessageRow.thread_id, MessageRow.position
            )
        )
        return list(self._session.scalars(found))

    def get(self, ids: Sequence[int]) -> list[Message]:
        """Return these messages in the order of *ids*; ids that the case has not are left out.

        Three queries for each 500 of them.
        """
        return [message for part in slices(ids) for message in self._get(part)]

    def _get(self, ids: Sequence[int]) -> list[Message]:
        rows = self._session.scalars(
            select(MessageRow).where(MessageRow.case_id == self._case_id, MessageRow.id.in_(ids))
        )
        by_id = {row.id: row for row in rows}
        sightings: defaultdict[int | None, list[SightingRow]] = defaultdict(list)
        for seen in self._session.scalars(
            select(SightingRow).where(SightingRow.message_id.in_(ids)).order_by(SightingRow.rank)
        ):
            sightings[seen.message_id].append(seen)
        findings: defaultdict[int, list[FindingRow]] = defaultdict(list)
        for finding in self._session.scalars(
            select(FindingRow).where(FindingRow.message_id.in_(ids)).order_by(FindingRow.id)
        ):
            findings[finding.message_id].append(finding)
        return [message_of(by_id[i], sightings[i], findings[i]) for i in ids if i in by_id]

    def count(self) -> int:
        """Return how many messages there are."""
        return self.counts().total

    def counts(self) -> MessageCounts:
        """Return how many messages there are, in all and of the kinds that a summary names."""
        kinds = (
            MessageRow.state == ReviewState.NEW,
            conditions.doubtful(),
            conditions.night(),
            conditions.unlabelled(),
        )
        sums: list[Any] = [func.count(), *(func.count(case((kind, 1))) for kind in kinds)]
        same_case = MessageRow.case_id == self._case_id
        row = self._session.execute(select(*sums).where(same_case)).one()
        return MessageCounts(*row)

    def set_state(self, message_id: int, state: ReviewState) -> ReviewState:
        """Mark a message as looked at, or as new; return the state before. KeyError if unknown."""
        row = self._row(MessageRow, message_id)
        before, row.state = row.state, state
        return before

    def set_corrected(self, message_id: int, text: str | None) -> str | None:
        """Keep a person's reading beside the machine's (None takes it back); return the one before.

        KeyError if there is no such message.
        """
        row = self._row(MessageRow, message_id)
        before, text_before = row.corrected_text, text_of(row)
        row.corrected_text = text
        row.search_text = conditions.fold(text_of(row))
        self._carry_findings(row, text_before)
        return before
