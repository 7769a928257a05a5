"""Threads by their keys, and which of them are one conversation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import delete, func, or_, select, update

from smsdesk.domain.changes import ThreadMove
from smsdesk.domain.threads import ThreadKey
from smsdesk.storage.repository import Repository, slices
from smsdesk.storage.schema import (
    FormerMessageRow,
    JoinDecisionRow,
    JoinedBlockRow,
    MessageRow,
    OpenPairRow,
    ScreenSketchRow,
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

    def keep_apart(self, part_id: int, root_id: int, parts: Collection[int] = ()) -> None:
        """Make a part a conversation of its own again, which no import puts back.

        With *parts*, and all messages as they were before; see `_take_along`. KeyError if it is no
        part.
        """
        low, high = sorted((part_id, root_id))
        self._session.add(ThreadApartRow(one_id=low, other_id=high, case_id=self._case_id))
        self.loosen(part_id, parts)

    def loosen(self, part_id: int, parts: Collection[int] = ()) -> None:
        """Undo that a thread was made part of another one, with *parts* that it had before.

        KeyError if it is no part.
        """
        row = self._session.get(ThreadPartRow, part_id)
        if row is None:
            raise KeyError(f"thread {part_id} as a part")
        group = self._group(self._own(row.root_id))
        own = [part_id, *(i for i in parts if i in group)]
        self._session.delete(row)
        self._session.flush()
        for part in self._session.scalars(
            select(ThreadPartRow).where(ThreadPartRow.thread_id.in_(own))
        ):
            part.root_id = part_id
        self._session.flush()
        self._take_along(self._seen_in(own), part_id, group)

    def move(self, moves: Sequence[ThreadMove]) -> None:
        """Let sightings of one thread be of another, all at once; KeyError if one is not of it.

        Messages go with them as `_take_along` says.
        """
        going: defaultdict[int, set[int]] = defaultdict(set)
        sources: defaultdict[int, set[int]] = defaultdict(set)
        for move in moves:
            source, target = self._own_thread(move.before), self._own_thread(move.after)
            self._take_sightings(move.sighting_ids, source.id, target.id)
            root = self._root(target).id
            going[root] |= set(move.sighting_ids)
            sources[root] |= set(self._group(self._root(source)))
        for root, ids in going.items():
            self._take_along(ids, root, sources[root])

    def _take_sightings(self, ids: Sequence[int], source_id: int, target_id: int) -> None:
        for some in slices(sorted(ids)):
            rows = self._session.scalars(select(SightingRow).where(SightingRow.id.in_(some)))
            for row in rows.all():
                if row.thread_id != source_id:
                    raise KeyError(f"sighting {row.id} of thread {source_id}")
                row.thread_id = target_id
        self._session.flush()

    def keys_in(self, thread_id: int) -> list[ThreadKey]:
        """Return the keys of a conversation: its own, and those of all that is part of it."""
        return [self.own_key(i) for i in self.group_of(thread_id)]

    def own_threads(self, sighting_ids: Collection[int]) -> dict[int, int]:
        """Return, by sighting, the thread that it is of, part of another one or not."""
        found: dict[int, int] = {}
        for some in slices(sorted(sighting_ids)):
            rows = select(SightingRow.id, SightingRow.thread_id).where(SightingRow.id.in_(some))
            found |= dict(iter(self._session.execute(rows)))
        return found

    def allow_together(self, part_id: int, root_id: int) -> None:
        """Take back that two threads are kept apart, and make the one part of the other."""
        low, high = sorted((part_id, root_id))
        row = self._session.get(ThreadApartRow, (low, high))
        if row is not None:
            self._session.delete(row)
            self._session.flush()
        self.make_part(self.own_key(part_id), self.own_key(root_id))

    def counted(self) -> list[tuple[int, ThreadKey, int]]:
        """Return every conversation: its id, its key, and how many messages it has."""
        rows = (
            select(ThreadRow, func.count(MessageRow.id))
            .join(MessageRow, MessageRow.thread_id == ThreadRow.id)
            .where(ThreadRow.case_id == self._case_id)
            .group_by(ThreadRow.id)
            .order_by(ThreadRow.id)
        )
        return [(row.id, key_in(row), count) for row, count in self._session.execute(rows)]

    def group_of(self, thread_id: int) -> list[int]:
        """Return the threads (ids) of a conversation: the one with the messages, then its parts."""
        return self._group(self._root(self._own(thread_id)))

    def _take_along(self, ids: set[int], thread_id: int, sources: Collection[int]) -> None:
        """Give a thread, with these sightings, what goes with them from the threads *sources*.

        That is the messages that they alone show or had before others were joined with them, what
        those were then, and what a person said of two of the sightings. Questions come anew.
        """
        self._take_messages(ids, thread_id, sources)
        self._take_words(ids, thread_id, sources)
        for some in slices(sorted(ids)):
            either = OpenPairRow.one_id.in_(some) | OpenPairRow.other_id.in_(some)
            self._session.execute(delete(OpenPairRow).where(either))
        self._forget_blocks([thread_id, *sources])

    def _take_words(self, ids: set[int], thread_id: int, sources: Collection[int]) -> None:
        """Move what a person said of these sightings, but of one and another that stays.

        Words on two that are of two conversations by now rest until these are one again.
        """
        staying = self._seen_in(sources) - ids
        said = select(JoinDecisionRow).where(JoinDecisionRow.thread_id.in_(sources))
        for decision in self._session.scalars(said).all():
            pair = {decision.one_id, decision.other_id}
            if pair & ids and not pair & staying:
                decision.thread_id = thread_id
        self._session.flush()

    def _take_messages(self, ids: set[int], thread_id: int, sources: Collection[int]) -> None:
        """Move messages; one that other sightings show too goes with those that it had first.

        Else, an undo of what was done before they were joined would be about another message.
        """
        came = self._former_of(ids, sources)
        for former in came:
            former.thread_id = thread_id
        coming = {former.message_id for former in came}
        moving: set[int] = set()
        for message_id, seen in self._shown(ids).items():
            others = [row for row in seen if row.id not in ids]
            if not others or message_id in coming:
                moving.add(message_id)
            left = others if message_id in moving else [row for row in seen if row.id in ids]
            for row in left:
                row.message_id = None
        self._session.flush()
        for some in slices(sorted(moving)):
            self._session.execute(
                update(MessageRow)
                .where(MessageRow.id.in_(some))
                .values(thread_id=thread_id)
                .execution_options(synchronize_session="fetch")
            )

    def _former_of(self, ids: set[int], sources: Collection[int]) -> list[FormerMessageRow]:
        """Return the messages, joined with others since, that had sightings of these alone."""
        rows = select(FormerMessageRow).where(FormerMessageRow.thread_id.in_(sources))
        return [row for row in self._session.scalars(rows) if ids.issuperset(row.sightings)]

    def _shown(self, ids: Collection[int]) -> dict[int, list[SightingRow]]:
        """Return the messages that these sightings are of, each with all of its sightings."""
        found: defaultdict[int, dict[int, SightingRow]] = defaultdict(dict)
        for some in slices(sorted(ids)):
            of_these = select(SightingRow.message_id).where(SightingRow.id.in_(some))
            rows = select(SightingRow).where(SightingRow.message_id.in_(of_these))
            for row in self._session.scalars(rows):
                if row.message_id is not None:
                    found[row.message_id][row.id] = row
        return {message_id: list(rows.values()) for message_id, rows in found.items()}

    def _seen_in(self, thread_ids: Collection[int]) -> set[int]:
        """Return the sightings (ids) that these threads themselves have."""
        rows = select(SightingRow.id).where(SightingRow.thread_id.in_(thread_ids))
        return set(self._session.scalars(rows))

    def _forget_blocks(self, thread_ids: Iterable[int]) -> None:
        """Let threads be joined wholly anew."""
        ids = list(thread_ids)
        for kind in (JoinedBlockRow, ScreenSketchRow):
            self._session.execute(delete(kind).where(kind.thread_id.in_(ids)))

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
