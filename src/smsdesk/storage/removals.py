"""Originals that a person took out of the case, and their messages while they are out.

What was done to a message is kept before any of its sightings goes. So a message that goes with its
original comes back as it was, and one that others show too, once it has all its sightings again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, or_, select

from smsdesk.domain.cases import RemovedOriginal
from smsdesk.domain.findings import Recipient
from smsdesk.domain.messages import Continuity, ReviewState
from smsdesk.domain.threads import ThreadKey
from smsdesk.domain.times import SentTime
from smsdesk.storage.codec import from_json
from smsdesk.storage.former import done_by_hand, work_on, write_work
from smsdesk.storage.originals import OriginalRepository
from smsdesk.storage.repository import slices
from smsdesk.storage.rows import write_direction, write_reading, write_sent
from smsdesk.storage.schema import (
    MessageRow,
    OpenPairRow,
    RemovedOriginalRow,
    RemovedWorkRow,
    SightingRow,
)
from smsdesk.storage.threads import ThreadRepository, direction_shown, sender_shown


@dataclass(frozen=True, slots=True)
class Unlinked:
    """The messages that an original showed: those that went with it, and those that stay."""

    gone: tuple[int, ...]
    staying: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Relinked:
    """What originals brought back: threads to be joined anew, messages that are there again."""

    threads: tuple[ThreadKey, ...]
    messages: tuple[int, ...]


class RemovalRepository(ThreadRepository):
    """Taking out and putting back happen in two halves; threads are joined between them."""

    def all(self) -> list[RemovedOriginal]:
        """Return the originals that are out of the case, in the order in which they went."""
        rows = select(RemovedOriginalRow).where(RemovedOriginalRow.case_id == self._case_id)
        ordered = rows.order_by(RemovedOriginalRow.removed_at, RemovedOriginalRow.original_id)
        originals = OriginalRepository(self._session, self._case_id)
        return [
            RemovedOriginal(originals.get(row.original_id), row.reason, row.removed_at)
            for row in self._session.scalars(ordered).all()
        ]

    def reasons(self) -> dict[int, str]:
        """Return why originals are out of the case, by their ids."""
        rows = select(RemovedOriginalRow.original_id, RemovedOriginalRow.reason).where(
            RemovedOriginalRow.case_id == self._case_id
        )
        return dict(iter(self._session.execute(rows)))

    def take_out(
        self, original_id: int, reason: str, at: dt.datetime, copies: Sequence[Mapping[str, Any]]
    ) -> None:
        """Note that an original is out; *copies* are JSON values for whoever puts it back."""
        self._session.add(
            RemovedOriginalRow(
                original_id=original_id,
                case_id=self._case_id,
                removed_at=at,
                reason=reason,
                copies=list(copies),
            )
        )
        self._session.flush()

    def hand_on(self, original_id: int, copies: Sequence[Mapping[str, Any]]) -> None:
        """Keep with an original that is out what was kept of its copies with another one."""
        row = self._session.get_one(RemovedOriginalRow, original_id)
        row.copies = [*row.copies, *copies]

    def put_back(self, original_id: int) -> list[Mapping[str, Any]]:
        """Note that an original is in the case again; return what `take_out` kept of its copies.

        KeyError if it is not out.
        """
        row = self._session.get(RemovedOriginalRow, original_id)
        if row is None or row.case_id != self._case_id:
            raise KeyError(f"removed original {original_id}")
        copies: list[Mapping[str, Any]] = row.copies
        self._session.delete(row)
        self._session.flush()
        return copies

    def threads_of(self, original_ids: Iterable[int]) -> list[ThreadKey]:
        """Return the threads that originals show parts of."""
        return self._threads_of(self._shown_by(set(original_ids)))

    def unlink(self, original_id: int) -> Unlinked:
        """Take the sightings of an original off their messages; remove those that none is left of.

        What a person did to them is kept. `keep_what_is_left` is to be called once the threads
        were joined.
        """
        shown = self._shown_by([original_id])
        messages = sorted({row.message_id for row in shown if row.message_id is not None})
        for message_id in messages:
            self._keep_work(message_id)
        self._forget_questions([row.id for row in shown])
        for row in shown:
            row.message_id, row.rank = None, 0
        self._session.flush()
        staying = tuple(i for i in messages if self._sightings_of(i))
        gone = tuple(i for i in messages if i not in staying)
        self._remove(gone)
        return Unlinked(gone, staying)

    def keep_what_is_left(self, message_ids: Iterable[int]) -> None:
        """Keep what is left of the work on messages that lost sightings and live on."""
        for message_id in message_ids:
            row = self._session.get(MessageRow, message_id)
            for work in self._works([message_id]):
                if row is not None and work.after is None:
                    work.after = done_by_hand(work_on(row, self._findings(row)))
        self._session.flush()

    def relink(self, original_ids: Collection[int]) -> Relinked:
        """Bring back the messages that went with these originals, which count again.

        `settle` is to be called once the threads were joined.
        """
        shown = self._shown_by(original_ids)
        own = {row.id for row in shown}
        back = []
        for works in self._by_message(own).values():
            newest = works[-1]
            gone = self._session.get(MessageRow, newest.message_id) is None
            if newest.after is None and gone:
                self._make_again(works, own)
                back.append(newest.message_id)
        return Relinked(tuple(self._threads_of(shown)), tuple(back))

    def settle(self, original_ids: Collection[int]) -> list[int]:
        """Give messages that have all their sightings again the work that was done on them.

        Unless a person has worked on them since. Return those messages.
        """
        own = {row.id for row in self._shown_by(original_ids)}
        removed = self.reasons().keys()
        settled = []
        for works in self._by_message(own).values():
            for work in works:
                if self._has_back(work):
                    settled.append(work.message_id)
                if not any(self._original_of(i) in removed for i in work.sightings):
                    self._session.delete(work)
        self._session.flush()
        return settled

    # --- in detail ----------------------------------------------------------------------------

    def _shown_by(self, original_ids: Collection[int]) -> list[SightingRow]:
        return [
            row
            for some in slices(sorted(original_ids))
            for row in self._session.scalars(
                select(SightingRow)
                .where(SightingRow.case_id == self._case_id, SightingRow.original_id.in_(some))
                .order_by(SightingRow.id)
            )
        ]

    def _threads_of(self, shown: Iterable[SightingRow]) -> list[ThreadKey]:
        ids = sorted({row.thread_id for row in shown})
        return list(dict.fromkeys(self.key_of(i) for i in ids))

    def _sightings_of(self, message_id: int) -> list[int]:
        rows = select(SightingRow.id).where(SightingRow.message_id == message_id)
        return list(self._session.scalars(rows.order_by(SightingRow.id)))

    def _original_of(self, sighting_id: int) -> int | None:
        row = self._session.get(SightingRow, sighting_id)
        return None if row is None else row.original_id

    def _works(self, message_ids: Sequence[int]) -> list[RemovedWorkRow]:
        """Return what is kept of messages, oldest first."""
        return [
            row
            for some in slices(message_ids)
            for row in self._session.scalars(
                select(RemovedWorkRow)
                .where(RemovedWorkRow.case_id == self._case_id, RemovedWorkRow.message_id.in_(some))
                .order_by(RemovedWorkRow.id)
            )
        ]

    def _by_message(self, sighting_ids: set[int]) -> dict[int, list[RemovedWorkRow]]:
        """Return all that is kept of the messages of which one had these sightings."""
        kept = select(RemovedWorkRow.message_id, RemovedWorkRow.sightings).where(
            RemovedWorkRow.case_id == self._case_id
        )
        rows = self._session.execute(kept)
        about = {message for message, sightings in rows if not sighting_ids.isdisjoint(sightings)}
        found: dict[int, list[RemovedWorkRow]] = {message: [] for message in sorted(about)}
        for work in self._works(sorted(about)):
            found[work.message_id].append(work)
        return found

    def _keep_work(self, message_id: int) -> None:
        row = self._session.get(MessageRow, message_id)
        if row is not None:
            self._session.add(
                RemovedWorkRow(
                    case_id=self._case_id,
                    message_id=message_id,
                    sightings=self._sightings_of(message_id),
                    before=work_on(row, self._findings(row)),
                    after=None,
                )
            )

    def _forget_questions(self, sighting_ids: Sequence[int]) -> None:
        for ids in slices(sighting_ids):
            either = or_(OpenPairRow.one_id.in_(ids), OpenPairRow.other_id.in_(ids))
            self._session.execute(delete(OpenPairRow).where(either))

    def _make_again(self, works: Sequence[RemovedWorkRow], sighting_ids: set[int]) -> None:
        """Make a message that went with its originals, of those of its sightings that are back."""
        work, had = works[-1], {i for work in works for i in work.sightings}
        rows = [self._session.get_one(SightingRow, i) for i in sorted(had & sighting_ids)]
        seen = [row for row in rows if row.message_id is None]
        message = MessageRow(
            id=work.message_id,
            case_id=self._case_id,
            thread_id=self._root(self._own(seen[0].thread_id)).id,
            position=-1,
            recipient=Recipient.SELF,  # joining tells
            state=ReviewState.NEW,
            starred=False,
            note="",
            by_hand={},
            before=Continuity.UNKNOWN,
        )
        write_reading(message, seen[0], sender_shown(seen))
        write_direction(message, direction_shown(seen))
        write_sent(message, from_json(SentTime, seen[0].sent))
        self._session.add(message)
        self._session.flush()
        for rank, row in enumerate(seen):
            row.message_id, row.rank = message.id, rank
        write_work(self._session, message, work.before)
        for kept in works:
            if kept.after is None:
                kept.after = done_by_hand(work_on(message, self._findings(message)))
        self._session.flush()

    def _has_back(self, work: RemovedWorkRow) -> bool:
        """Bring back what was done to a message, if it is the same again, untouched."""
        row = self._session.get(MessageRow, work.message_id)
        if row is None or self._sightings_of(row.id) != work.sightings:
            return False
        if work.after != done_by_hand(work_on(row, self._findings(row))):
            return False
        write_work(self._session, row, work.before)
        return True
