"""Messages: lists of them by query, and what a person changes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Select, and_, case, func, select, true
from sqlalchemy.orm import aliased

from smsdesk.domain.changes import Field, FieldEdit
from smsdesk.domain.messages import Listed, Message, ReviewState
from smsdesk.domain.numbers import Sender
from smsdesk.domain.queries import MessageCounts, MessageQuery
from smsdesk.domain.screens import Direction
from smsdesk.domain.searching import fold
from smsdesk.domain.threads import ThreadKey
from smsdesk.domain.times import SentTime
from smsdesk.storage import conditions
from smsdesk.storage.bearings import DueRepository
from smsdesk.storage.codec import from_json
from smsdesk.storage.repository import slices
from smsdesk.storage.rows import message_of, say_by_hand, text_of
from smsdesk.storage.schema import (
    FindingRow,
    MessageRow,
    OpenPairRow,
    SightingRow,
    ThreadRow,
)
from smsdesk.storage.threads import ThreadRepository

_EVERYTHING = MessageQuery()

_ROWS_A_TIME = 250
"""Rows fetched in one go while others wait for the interpreter: about a millisecond."""

_COLUMNS = {Field.SENDER: "sender", Field.DIRECTION: "direction", Field.TIME: "sent"}


class MessageRepository(ThreadRepository):
    """The messages of a case, and the threads that they belong to."""

    def ids(self, query: MessageQuery = _EVERYTHING) -> list[int]:
        """Return the messages that *query* finds in order of time.

        A message of unknown time stands beside its neighbour in the thread; threads without any
        known time come last. A label without a state finds proposed and confirmed ones. A day
        finds a message whose range of time touches it.
        """
        ids = self._session.scalars(self._found(query, MessageRow.id))
        if query.only is None:
            return list(ids)
        return [i for i in ids if i in query.only]  # more than SQL takes as parameters

    def listed(self, query: MessageQuery = _EVERYTHING) -> Iterator[Listed]:
        """Yield what a list needs to know of messages before it shows them, ordered as `ids`.

        In small parts: a hundred thousand rows at once would hold up every other thread.
        """
        columns = (
            MessageRow.id,
            MessageRow.thread_id,
            MessageRow.before,
            MessageRow.sent_earliest,
            MessageRow.sent_latest,
        )
        found = self._found(query, *columns).execution_options(yield_per=_ROWS_A_TIME)
        for row in self._session.execute(found):
            if query.only is None or row.id in query.only:
                yield Listed(*row)

    def _found(self, query: MessageQuery, *columns: Any) -> Select[Any]:
        """Return the statement that reads *columns* of what *query* finds; `only` is left out."""
        return (
            select(*columns)
            .where(MessageRow.case_id == self._case_id, *conditions.conditions(query))
            .order_by(
                MessageRow.sort_at.asc().nulls_last(), MessageRow.thread_id, MessageRow.position
            )
        )

    def count_each(self, queries: Mapping[str, MessageQuery]) -> dict[str, int]:
        """Return how many messages each query finds, counted in one go."""
        if not queries:
            return {}
        sums = [
            func.count(case((and_(true(), *conditions.conditions(query)), 1)))
            for query in queries.values()
        ]
        row = self._session.execute(select(*sums).where(MessageRow.case_id == self._case_id)).one()
        return dict(zip(queries, row, strict=True))

    def get(self, ids: Sequence[int]) -> list[Message]:
        """Return these messages in the order of *ids*; ids that the case has not are left out.

        Four queries for each 500 of them.
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
        asked = self._in_question(ids)
        return [
            message_of(by_id[i], sightings[i], findings[i], in_question=i in asked)
            for i in ids
            if i in by_id
        ]

    def _in_question(self, ids: Sequence[int]) -> set[int | None]:
        open_ones = select(SightingRow.message_id).join(
            OpenPairRow, OpenPairRow.one_id == SightingRow.id
        )
        return set(self._session.scalars(open_ones.where(SightingRow.message_id.in_(ids))))

    def of_one_minute(
        self, key: ThreadKey, ids: Sequence[int]
    ) -> dict[ThreadKey, list[tuple[dt.datetime, str, str]]]:
        """Return what other threads of the phone show of the minutes of these messages.

        By thread: (minute, text of the message, text of the other one).
        """
        own, other = aliased(MessageRow), aliased(MessageRow)
        found: dict[ThreadKey, list[tuple[dt.datetime, str, str]]] = {}
        for part in slices(ids):
            rows = (
                select(own.sort_at, own.machine_text, other.machine_text, ThreadRow)
                .join(other, and_(other.case_id == own.case_id, other.sort_at == own.sort_at))
                .join(ThreadRow, ThreadRow.id == other.thread_id)
                .where(
                    own.id.in_(part),
                    own.sent_earliest == own.sent_latest,
                    other.sent_earliest == other.sent_latest,
                    other.direction == own.direction,
                    other.thread_id != own.thread_id,
                    ThreadRow.device_id == key.device_id,
                )
            )
            for minute, one, two, thread in self._session.execute(rows):
                other_key = ThreadKey(thread.device_id, thread.sender_key)
                if minute is not None:
                    found.setdefault(other_key, []).append((minute, one, two))
        return found

    def told(self, ids: Iterable[int]) -> dict[int, tuple[object, ...]]:
        """Return what each of these messages says of itself, to be compared later."""
        columns = (
            MessageRow.id,
            MessageRow.machine_text,
            MessageRow.corrected_text,
            MessageRow.sent_earliest,
            MessageRow.sent_latest,
            MessageRow.direction,
            MessageRow.recipient,
            MessageRow.sender,
        )
        return {
            row[0]: tuple(row[1:])
            for some in slices(sorted(set(ids)))
            for row in self._session.execute(select(*columns).where(MessageRow.id.in_(some)))
        }

    def above(self, message_id: int) -> int | None:
        """Return the message above one in its thread, None if it is the first."""
        row = self._row(MessageRow, message_id)
        found = select(MessageRow.id).where(
            MessageRow.thread_id == row.thread_id, MessageRow.position < row.position
        )
        return self._session.scalar(found.order_by(MessageRow.position.desc()).limit(1))

    def in_thread_order(self) -> list[int]:
        """Return all messages, those of each thread in its order."""
        found = select(MessageRow.id).where(MessageRow.case_id == self._case_id)
        return list(
            self._session.scalars(found.order_by(MessageRow.thread_id, MessageRow.position))
        )

    def beside(self, ids: Sequence[int]) -> dict[int, tuple[int | None, int | None]]:
        """Return, for each of these messages, the ones above and below it in its thread."""
        other = aliased(MessageRow)
        of_thread = select(other.id).where(other.thread_id == MessageRow.thread_id).limit(1)
        above = of_thread.where(other.position < MessageRow.position).order_by(
            other.position.desc()
        )
        below = of_thread.where(other.position > MessageRow.position).order_by(other.position)
        columns = (MessageRow.id, above.scalar_subquery(), below.scalar_subquery())
        return {
            row[0]: (row[1], row[2])
            for part in slices(list(ids))
            for row in self._session.execute(select(*columns).where(MessageRow.id.in_(part)))
        }

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
        sender = MessageRow.sender_digits.concat("|").concat(MessageRow.sender_words)
        sums.append(func.count(case((MessageRow.direction == Direction.IN, sender)).distinct()))
        same_case = MessageRow.case_id == self._case_id
        row = self._session.execute(select(*sums).where(same_case)).one()
        return MessageCounts(*row)

    def set_state(self, message_id: int, state: ReviewState) -> ReviewState:
        """Mark a message as looked at, or as new; return the state before. KeyError if unknown."""
        row = self._row(MessageRow, message_id)
        before, row.state = row.state, state
        return before

    def edit(self, edit: FieldEdit) -> None:
        """Give a field of a message the value *after*; KeyError if there is no such message.

        Who changes times calls `sort_anew` for the threads when all is done.
        """
        row = self._row(MessageRow, edit.message_id)
        if edit.field is Field.TEXT:
            self.set_corrected(edit.message_id, cast("str | None", edit.after))
        elif edit.field is Field.STAR:
            row.starred = bool(edit.after)
        elif edit.field is Field.NOTE:
            row.note = str(edit.after or "")
        else:
            word = cast("Sender | Direction | SentTime | None", edit.after)
            say_by_hand(row, _COLUMNS[edit.field], word)
            DueRepository(self._session, self._case_id).note_due([edit.message_id])

    def threads_of(self, ids: Sequence[int]) -> list[int]:
        """Return the threads that these messages belong to."""
        found: set[int] = set()
        for part in slices(ids):
            rows = select(MessageRow.thread_id).where(MessageRow.id.in_(part))
            found.update(self._session.scalars(rows.where(MessageRow.case_id == self._case_id)))
        return sorted(found)

    def of_conversation(self, key: ThreadKey) -> list[int]:
        """Return the messages of a thread from its first, by its key."""
        thread = self._find_thread(key)
        return [] if thread is None else self.of_thread(thread.id)

    def of_sender(self, thread_id: int, sender_key: str) -> list[int]:
        """Return the messages of a thread from its first that bear this number or name."""
        rows = (
            select(MessageRow.id, MessageRow.sender)
            .where(MessageRow.case_id == self._case_id, MessageRow.thread_id == thread_id)
            .order_by(MessageRow.position)
        )
        found = self._session.execute(rows)
        return [row.id for row in found if from_json(Sender, row.sender).key == sender_key]

    def of_thread(self, thread_id: int) -> list[int]:
        """Return the messages of a thread from its first."""
        rows = select(MessageRow.id).where(
            MessageRow.case_id == self._case_id, MessageRow.thread_id == thread_id
        )
        return list(self._session.scalars(rows.order_by(MessageRow.position)))

    def set_corrected(self, message_id: int, text: str | None) -> str | None:
        """Keep a person's reading beside the machine's (None takes it back); return the one before.

        KeyError if there is no such message.
        """
        row = self._row(MessageRow, message_id)
        before, text_before = row.corrected_text, text_of(row)
        row.corrected_text = text
        row.search_text = fold(text_of(row))
        self._carry_findings(row, text_before)
        DueRepository(self._session, self._case_id).note_due([message_id])
        return before
