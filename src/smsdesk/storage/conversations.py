"""Threads by their keys, and which of them are one conversation."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, or_, select, update

from smsdesk.domain.threads import ThreadKey
from smsdesk.storage.repository import Repository
from smsdesk.storage.schema import (
    JoinDecisionRow,
    JoinedBlockRow,
    MessageRow,
    OpenPairRow,
    SightingRow,
    ThreadApartRow,
    ThreadPartRow,
    ThreadRow,
)


class ConversationRepository(Repository):
    """A thread that is part of another one keeps its sightings; the other one has the messages."""

    def key_of(self, thread_id: int) -> ThreadKey:
        """Return the key of a thread; KeyError if there is none."""
        return key_in(self._root(self._own(thread_id)))

    def thread_id(self, key: ThreadKey) -> int:
        """Return the id under which a thread's messages are kept."""
        return self._thread(key).id

    def own_key(self, thread_id: int) -> ThreadKey:
        """Return the key that a thread itself has, part of another one or not; KeyError if none."""
        return key_in(self._own(thread_id))

    def parts(self) -> list[tuple[int, int]]:
        """Return the threads (ids) that are parts, each with the one that it is a part of."""
        rows = select(ThreadPartRow).where(ThreadPartRow.case_id == self._case_id)
        ordered = rows.order_by(ThreadPartRow.root_id, ThreadPartRow.thread_id)
        return [(row.thread_id, row.root_id) for row in self._session.scalars(ordered)]

    def apart(self) -> list[tuple[int, int]]:
        """Return the threads (ids) that a person said are not one conversation."""
        rows = select(ThreadApartRow).where(ThreadApartRow.case_id == self._case_id)
        ordered = rows.order_by(ThreadApartRow.one_id, ThreadApartRow.other_id)
        return [(row.one_id, row.other_id) for row in self._session.scalars(ordered)]

    def make_part(self, part: ThreadKey, root: ThreadKey) -> None:
        """Take the conversation of *part*, and all that is part of it, for that of *root*."""
        row, into = self._thread(part), self._thread(root)
        if row.id == into.id:
            return
        for other in self._session.scalars(
            select(ThreadPartRow).where(ThreadPartRow.root_id == row.id)
        ):
            other.root_id = into.id
        self._session.add(ThreadPartRow(thread_id=row.id, root_id=into.id, case_id=self._case_id))
        self._session.flush()
        for kind in (JoinDecisionRow, OpenPairRow):
            self._session.execute(
                update(kind).where(kind.thread_id == row.id).values(thread_id=into.id)
            )
        self._forget_blocks([row.id, into.id])

    def kept_apart(self, one: ThreadKey, other: ThreadKey) -> bool:
        """Say whether a person said that two conversations, or parts of theirs, are not one."""
        ones, others = (self._group(self._thread(key)) for key in (one, other))
        pairs = select(ThreadApartRow.one_id).where(
            or_(
                ThreadApartRow.one_id.in_(ones) & ThreadApartRow.other_id.in_(others),
                ThreadApartRow.one_id.in_(others) & ThreadApartRow.other_id.in_(ones),
            )
        )
        return self._session.scalar(pairs.limit(1)) is not None

    def keep_apart(self, part_id: int, root_id: int) -> None:
        """Make a part a conversation of its own again, which no import puts back.

        Messages that only it shows go with it; of others its sightings wait to be joined anew.
        """
        part = self._session.get(ThreadPartRow, part_id)
        if part is None or part.root_id != root_id:
            raise KeyError(f"thread {part_id} as a part of {root_id}")
        self._session.delete(part)
        low, high = sorted((part_id, root_id))
        self._session.add(ThreadApartRow(one_id=low, other_id=high, case_id=self._case_id))
        self._session.flush()
        self._take_messages(part_id)
        self._take_words(part_id)
        self._forget_blocks([part_id, root_id])

    def allow_together(self, part_id: int, root_id: int) -> None:
        """Take back that two threads are kept apart, and make the one part of the other."""
        low, high = sorted((part_id, root_id))
        row = self._session.get(ThreadApartRow, (low, high))
        if row is not None:
            self._session.delete(row)
            self._session.flush()
        self.make_part(self.own_key(part_id), self.own_key(root_id))

    def _take_messages(self, part_id: int) -> None:
        """Give a thread the messages that it alone shows, and none of those that others show."""
        shown = select(SightingRow.message_id).where(SightingRow.thread_id == part_id)
        by_others = select(SightingRow.message_id).where(
            SightingRow.thread_id != part_id, SightingRow.message_id.in_(shown)
        )
        shared = set(self._session.scalars(by_others.distinct()))
        for row in self._session.scalars(
            select(SightingRow).where(SightingRow.thread_id == part_id)
        ).all():
            if row.message_id in shared:
                row.message_id = None
        self._session.flush()
        own = update(MessageRow).where(MessageRow.id.in_(shown))
        self._session.execute(
            own.values(thread_id=part_id).execution_options(synchronize_session="fetch")
        )

    def _take_words(self, part_id: int) -> None:
        """Give a thread what a person said of two of its sightings; its questions come anew."""
        own = select(SightingRow.id).where(SightingRow.thread_id == part_id)
        both = JoinDecisionRow.one_id.in_(own) & JoinDecisionRow.other_id.in_(own)
        self._session.execute(update(JoinDecisionRow).where(both).values(thread_id=part_id))
        either = OpenPairRow.one_id.in_(own) | OpenPairRow.other_id.in_(own)
        self._session.execute(delete(OpenPairRow).where(either))

    def _forget_blocks(self, thread_ids: Iterable[int]) -> None:
        """Let threads be joined wholly anew."""
        joined = JoinedBlockRow.thread_id.in_(list(thread_ids))
        self._session.execute(delete(JoinedBlockRow).where(joined))

    def _own(self, thread_id: int) -> ThreadRow:
        row = self._session.get(ThreadRow, thread_id)
        if row is None or row.case_id != self._case_id:
            raise KeyError(f"thread {thread_id}")
        return row

    def _find_thread(self, key: ThreadKey) -> ThreadRow | None:
        own = self._find_own_thread(key)
        return None if own is None else self._root(own)

    def _find_own_thread(self, key: ThreadKey) -> ThreadRow | None:
        return self._session.scalar(
            select(ThreadRow).where(
                ThreadRow.case_id == self._case_id,
                ThreadRow.device_id == key.device_id,
                ThreadRow.sender_key == key.sender_key,
            )
        )

    def _root(self, row: ThreadRow) -> ThreadRow:
        """Return the thread that a thread is a part of, itself for most."""
        part = self._session.get(ThreadPartRow, row.id)
        root = None if part is None else self._session.get(ThreadRow, part.root_id)
        return root or row

    def _group(self, root: ThreadRow) -> list[int]:
        """Return the ids of a thread and of its parts."""
        parts = select(ThreadPartRow.thread_id).where(ThreadPartRow.root_id == root.id)
        return [root.id, *self._session.scalars(parts)]

    def _thread(self, key: ThreadKey) -> ThreadRow:
        """Return the row of the thread that holds the messages, made if it is new."""
        return self._root(self._own_thread(key))

    def _own_thread(self, key: ThreadKey) -> ThreadRow:
        """Return the row of just this key, made if it is new."""
        row = self._find_own_thread(key)
        if row is None:
            row = ThreadRow(
                case_id=self._case_id, device_id=key.device_id, sender_key=key.sender_key
            )
            self._session.add(row)
            self._session.flush()
        return row


def key_in(row: ThreadRow) -> ThreadKey:
    """Return the key that a thread has."""
    return ThreadKey(row.device_id, row.sender_key)
