"""Threads: their sightings, and the messages that joining makes of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, delete, select, type_coerce

from smsdesk.domain.findings import FindingState, Recipient
from smsdesk.domain.messages import ReviewState, Sighting
from smsdesk.domain.numbers import Sender
from smsdesk.domain.screens import Direction, ScreenKind
from smsdesk.domain.spans import carried
from smsdesk.domain.threads import JoinedMessage, SeenScreen, ThreadKey
from smsdesk.domain.times import CaptureMoment
from smsdesk.storage.bearings import DueRepository
from smsdesk.storage.codec import from_json, to_json
from smsdesk.storage.conversations import key_in
from smsdesk.storage.former import FormerMessages, done_by_hand, work_on, write_work
from smsdesk.storage.ordering import UNPLACED, OrderingRepository
from smsdesk.storage.presence import is_present
from smsdesk.storage.repository import slices
from smsdesk.storage.rows import (
    sighting_in,
    sighting_of,
    sighting_row,
    text_of,
    write_direction,
    write_reading,
    write_sent,
)
from smsdesk.storage.schema import (
    FindingRow,
    FormerMessageRow,
    MessageRow,
    OriginalCopyRow,
    OriginalRow,
    SightingRow,
    ThreadRow,
)


class ThreadRepository(OrderingRepository):
    """Sightings come in first; `store_thread` then gives them their messages."""

    def add_sightings(
        self, original_id: int, kind: ScreenKind, keyed: Sequence[tuple[ThreadKey, Sighting]]
    ) -> list[Sighting]:
        """Store what one page shows, each sighting with its thread; return it with ids."""
        threads = {key: self._own_thread(key) for key in dict.fromkeys(key for key, _ in keyed)}
        rows = [
            sighting_row(
                sighting,
                case_id=self._case_id,
                original_id=original_id,
                thread_id=threads[key].id,
                kind=kind,
            )
            for key, sighting in keyed
        ]
        self._session.add_all(rows)
        self._session.flush()
        return [sighting_of(row) for row in rows]

    def unjoined_threads(self) -> list[ThreadKey]:
        """Return the threads with sightings that belong to no message yet.

        What originals show that were taken out waits for nothing.
        """
        waiting = select(SightingRow.thread_id).where(
            SightingRow.case_id == self._case_id,
            SightingRow.message_id.is_(None),
            is_present(SightingRow.original_id),
        )
        threads = select(ThreadRow).where(ThreadRow.id.in_(waiting)).order_by(ThreadRow.id)
        roots = dict.fromkeys(self._root(row) for row in self._session.scalars(threads))
        return [key_in(row) for row in roots]

    def screens_of(
        self, key: ThreadKey, pages: Collection[tuple[int, int]] | None = None
    ) -> list[SeenScreen]:
        """Return what the originals show of a thread, in order of capture, then of import.

        Originals of unknown moment come last; every page of an original is a screen of its own.
        Those that were taken out are left out. With *pages* (originals and pages) only of these.
        """
        thread = self._find_thread(key)
        if thread is None:
            return []
        group = self._group(thread)
        if pages is None:
            return self._screens(SightingRow.thread_id.in_(group))
        of_thread = (SightingRow.thread_id + 0).in_(group)  # a few originals, not all of a thread
        originals = sorted({original_id for original_id, _ in pages})
        wanted = set(pages)
        return [
            screen
            for some in slices(originals)
            for screen in self._screens(of_thread, SightingRow.original_id.in_(some))
            if (screen.original_id, screen.page) in wanted
        ]

    def _screens(self, *conditions: ColumnElement[bool]) -> list[SeenScreen]:
        """Return the screens whose sightings meet *conditions*."""
        shown = *conditions, is_present(SightingRow.original_id)
        rows = self._session.execute(
            select(*_SHOWN)
            .where(*shown)
            .order_by(
                SightingRow.original_id, SightingRow.page, SightingRow.position, SightingRow.id
            )
        )
        taken = self._taken(select(SightingRow.original_id).where(*shown))
        screens = [
            _screen(list(seen), *taken[original_id])
            for (original_id, _), seen in groupby(rows, key=attrgetter("original_id", "page"))
        ]
        return sorted(screens, key=lambda screen: screen.captured.at or _NEVER)

    def _taken(self, original_ids: Select[int]) -> dict[int, tuple[CaptureMoment, int | None]]:
        """Return, by original, when it was taken and of which better one it is a copy."""
        columns = (OriginalRow.id, OriginalRow.captured_at, OriginalRow.captured_source)
        rows = self._session.execute(
            select(*columns, OriginalCopyRow.better_id)
            .outerjoin(OriginalCopyRow, OriginalCopyRow.original_id == OriginalRow.id)
            .where(OriginalRow.id.in_(original_ids))
        )
        return {
            row.id: (CaptureMoment(row.captured_at, row.captured_source), row.better_id)
            for row in rows
        }

    def shown(self, key: ThreadKey, sighting_ids: Collection[int]) -> set[int]:
        """Return those of these sightings that a thread has, of originals that count."""
        thread = self._find_thread(key)
        group = [] if thread is None else self._group(thread)
        of_thread = SightingRow.thread_id.in_(group), is_present(SightingRow.original_id)
        return {
            found
            for some in slices(sorted(sighting_ids))
            for found in self._session.scalars(
                select(SightingRow.id).where(SightingRow.id.in_(some), *of_thread)
            )
        }

    def in_order(self, key: ThreadKey) -> list[int]:
        """Return the messages that a thread and its parts have now, in their order."""
        thread = self._find_thread(key)
        if thread is None:
            return []
        of_thread = MessageRow.thread_id.in_(self._group(thread))
        return list(
            self._session.scalars(
                select(MessageRow.id).where(of_thread).order_by(MessageRow.position)
            )
        )

    def owners(self, sighting_ids: Collection[int]) -> dict[int, int]:
        """Return, by sighting, the messages that these are of now, where they have one."""
        found: dict[int, int] = {}
        for some in slices(sorted(sighting_ids)):
            rows = select(SightingRow.id, SightingRow.message_id).where(SightingRow.id.in_(some))
            found |= {row[0]: row[1] for row in self._session.execute(rows) if row[1] is not None}
        return found

    def store_thread(
        self,
        key: ThreadKey,
        ordered: Sequence[JoinedMessage | int],
        recipient: Recipient,
        *,
        bring_back: bool = True,
    ) -> list[int]:
        """Make *ordered* the messages of a thread; return their ids in thread order.

        Messages given by their ids stay as they are, wherever they now stand.

        A message lives on, with its id and all that a person did, in the joined message that
        holds its best sighting. Where several live on in one, they are merged; parted again, they
        come back as they were, unless *bring_back* is False. Messages that no sighting is left of
        are removed.
        """
        thread = self._thread(key)
        joined = [message for message in ordered if isinstance(message, JoinedMessage)]
        staying = [message for message in ordered if not isinstance(message, JoinedMessage)]
        sightings = self._sightings(thread, joined, staying)
        old = self._messages(thread, sightings.values(), staying)
        remembered = self._group(thread) if bring_back else []
        former = FormerMessages(self._session, self._case_id, remembered)
        heirs = _heirs(joined, sightings.values(), former)
        had = _had(sightings.values())
        kept = [
            self._merged([old[i] for i in heirs[index]], had, former)
            for index in range(len(joined))
        ]
        again = [
            former.within(message.sighting_ids) if row is None else None
            for row, message in zip(kept, joined, strict=True)
        ]
        rows = [
            row or self._new(thread, recipient, before)
            for row, before in zip(kept, again, strict=True)
        ]
        for row, message in zip(rows, joined, strict=True):
            seen = [sightings[i] for i in message.sighting_ids]
            self._retell(row, seen[0], sender_shown(seen))
            write_direction(row, direction_shown(seen))
            write_sent(row, message.sent)
            row.before, row.recipient = message.before, recipient
            row.thread_id = thread.id
        self._session.add_all(rows)
        self._session.flush()
        self._bring_back(rows, joined, former, again)
        _link(rows, joined, sightings)
        self._remove(old.keys() - {row.id for row in rows})
        fresh = (row.id for row in rows)
        ids = [next(fresh) if isinstance(m, JoinedMessage) else m for m in ordered]
        self._place(thread.id, ids, {row.id for row in rows})
        return ids

    def _sightings(
        self, thread: ThreadRow, joined: Sequence[JoinedMessage], staying: Sequence[int]
    ) -> dict[int, SightingRow]:
        """Return the sightings of all messages but those *staying*.

        ValueError unless each is joined at most once.
        """
        used = [i for message in joined for i in message.sighting_ids]
        of_thread = SightingRow.thread_id.in_(self._group(thread))
        if staying:
            rows = [
                row
                for ids in slices(used)
                for row in self._session.scalars(
                    select(SightingRow).where(of_thread, SightingRow.id.in_(ids))
                )
            ]
        else:
            rows = list(self._session.scalars(select(SightingRow).where(of_thread)))
        sightings = {row.id: row for row in rows}
        if len(set(used)) != len(used) or not set(used) <= sightings.keys():
            raise ValueError("a sighting joined twice, or of another thread")
        return sightings

    def _messages(
        self, thread: ThreadRow, sightings: Iterable[SightingRow], staying: Sequence[int]
    ) -> dict[int, MessageRow]:
        """Return the messages that these sightings had so far, of a whole thread all it has."""
        if not staying:
            of_thread = MessageRow.thread_id.in_(self._group(thread))
            rows = self._session.scalars(select(MessageRow).where(of_thread)).all()
            return {row.id: row for row in rows}
        had = {row.message_id for row in sightings if row.message_id is not None} - set(staying)
        found = (
            self._session.scalars(select(MessageRow).where(MessageRow.id.in_(ids)))
            for ids in slices(sorted(had))
        )
        return {row.id: row for rows in found for row in rows}

    def _new(
        self, thread: ThreadRow, recipient: Recipient, before: FormerMessageRow | None
    ) -> MessageRow:
        """Return a new message, under its old id if it was there *before*."""
        free = before is not None and self._session.get(MessageRow, before.message_id) is None
        return MessageRow(
            id=before.message_id if before is not None and free else None,
            case_id=self._case_id,
            thread_id=thread.id,
            position=UNPLACED,
            recipient=recipient,
            state=ReviewState.NEW,
            starred=False,
            note="",
            by_hand={},
        )

    def _bring_back(
        self,
        rows: Sequence[MessageRow],
        joined: Sequence[JoinedMessage],
        former: FormerMessages,
        again: Sequence[FormerMessageRow | None],
    ) -> None:
        """Give messages that were parted from others what a person had done to them before.

        One that took others in has it back only if nobody has worked on it since. *again* are
        those that went into others and are messages of their own now.
        """
        for row, message, own in zip(rows, joined, again, strict=True):
            before = own or former.of(message.sighting_ids)
            if before is None or before.message_id != row.id:
                continue
            if before.after in (None, done_by_hand(work_on(row, self._findings(row)))):
                write_work(self._session, row, before.before)
            former.forget(before)

    def _merged(
        self, rows: Sequence[MessageRow], had: Mapping[int, list[int]], former: FormerMessages
    ) -> MessageRow | None:
        """Return the first of *rows*, or one that a person worked on, with the others' work."""
        if len(rows) < 2:
            return rows[0] if rows else None
        findings = {row.id: self._findings(row) for row in rows}
        keeper = next((row for row in rows if _is_touched(row, findings[row.id])), rows[0])
        works = {row.id: work_on(row, findings[row.id]) for row in rows}
        for row in rows:
            if row is not keeper:
                before = text_of(keeper)
                _absorb(keeper, row)
                _carry(findings[keeper.id], before, text_of(keeper))
                self._take_decisions(keeper, row, findings)
        for row in rows:
            after = done_by_hand(work_on(keeper, findings[keeper.id])) if row is keeper else None
            former.remember(row, had[row.id], works[row.id], after)
        return keeper

    def _take_decisions(
        self, keeper: MessageRow, other: MessageRow, findings: dict[int, list[FindingRow]]
    ) -> None:
        """Move what a person decided about *other*; decisions about *keeper* go before."""
        own = {(finding.violation, finding.rule): finding for finding in findings[keeper.id]}
        for finding in findings[other.id]:
            if finding.state is FindingState.PROPOSED:
                continue
            same = own.get((finding.violation, finding.rule))
            if same is None:
                finding.message_id = keeper.id
                _carry([finding], text_of(other), text_of(keeper))
                findings[keeper.id].append(finding)
            elif same.state is FindingState.PROPOSED:
                same.state = finding.state

    def _retell(self, row: MessageRow, best: SightingRow, sender: Sender) -> None:
        """Refresh a message from its best sighting; findings keep pointing at their words."""
        before = None if row.id is None else text_of(row)
        write_reading(row, best, sender)
        if before is not None and before != text_of(row):
            self._carry_findings(row, before)

    def _carry_findings(self, row: MessageRow, before: str) -> None:
        """Move the spans of a message's findings after its text changed from *before*."""
        _carry(self._findings(row), before, text_of(row))

    def _findings(self, row: MessageRow) -> list[FindingRow]:
        return list(
            self._session.scalars(select(FindingRow).where(FindingRow.message_id == row.id))
        )

    def _remove(self, message_ids: Collection[int]) -> None:
        DueRepository(self._session, self._case_id).note_gone(sorted(message_ids))
        for ids in slices(sorted(message_ids)):
            self._session.execute(delete(FindingRow).where(FindingRow.message_id.in_(ids)))
            self._session.execute(delete(MessageRow).where(MessageRow.id.in_(ids)))


def sender_shown(seen: Sequence[SightingRow]) -> Sender:
    """Return who sent a message: the number that any screen shows, with the name that any does."""
    senders = [from_json(Sender, row.sender) for row in seen]
    numbered = next((sender for sender in senders if sender.number), senders[0])
    name = numbered.name or next((sender.name for sender in senders if sender.name), None)
    return numbered if name == numbered.name else replace(numbered, name=name)


def direction_shown(seen: Sequence[SightingRow]) -> Direction:
    """Return a message's direction; a row of a message list does not show it, a bubble does."""
    bubbles = [row for row in seen if row.screen_kind is not ScreenKind.INBOX]
    return (bubbles or seen)[0].direction


def _had(sightings: Iterable[SightingRow]) -> defaultdict[int, list[int]]:
    """Return the ids of the sightings that each message has had so far."""
    had = defaultdict(list)
    for sighting in sightings:
        if sighting.message_id is not None:
            had[sighting.message_id].append(sighting.id)
    return had


_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)

_SHOWN = (
    SightingRow.id,
    SightingRow.original_id,
    SightingRow.screen_kind,
    SightingRow.position,
    SightingRow.direction,
    SightingRow.text,
    SightingRow.raw_text,
    SightingRow.confidence,
    SightingRow.clipped,
    SightingRow.snippet,
    SightingRow.label_scope,
    SightingRow.page,
    *(
        type_coerce(column, Text).label(column.key)
        for column in (
            SightingRow.box,
            SightingRow.doubtful,
            SightingRow.sender,
            SightingRow.sent,
        )
    ),
)
"""All that a sighting is made of; rows of the mapped class would cost five times as much."""


def _screen(seen: Sequence[Any], captured: CaptureMoment, copy_of: int | None) -> SeenScreen:
    first = seen[0]
    sightings = tuple(map(sighting_in, seen))
    return SeenScreen(
        first.original_id, captured, first.screen_kind, sightings, first.page, copy_of
    )


def _heirs(
    joined: Sequence[JoinedMessage], sightings: Iterable[SightingRow], former: FormerMessages
) -> defaultdict[int, list[int]]:
    """Return, by index in *joined*, the ids of the messages that live on in it, ascending.

    A message that has just the sightings again that it once had is that one, or has those and
    others that no message has; else it goes by the best sighting.
    """
    index_of = {i: n for n, message in enumerate(joined) for i in message.sighting_ids}
    living = {row.message_id for row in sightings}
    owner = {row.id: row.message_id for row in sightings}
    again = ((former.of(message.sighting_ids), n) for n, message in enumerate(joined))
    heir = {row.message_id: n for row, n in again if row and row.message_id in living}
    for n, message in enumerate(joined):
        once = former.within(message.sighting_ids)
        owners = {owner.get(i) for i in message.sighting_ids} - {None}
        if once is not None and owners == {once.message_id}:
            heir.setdefault(once.message_id, n)
    for row in sorted(sightings, key=lambda row: (row.rank, row.id)):
        if row.message_id is not None and row.id in index_of:
            heir.setdefault(row.message_id, index_of[row.id])
    heirs = defaultdict(list)
    for message_id in sorted(heir):
        heirs[heir[message_id]].append(message_id)
    return heirs


def _is_touched(row: MessageRow, findings: Sequence[FindingRow]) -> bool:
    """Whether a person worked on a message."""
    return (
        row.state is not ReviewState.NEW
        or row.starred
        or bool(row.note)
        or row.corrected_text is not None
        or bool(row.by_hand)
        or any(finding.state is not FindingState.PROPOSED for finding in findings)
    )


def _absorb(keeper: MessageRow, other: MessageRow) -> None:
    """Add to *keeper* what a person noted about *other*."""
    keeper.starred = keeper.starred or other.starred
    if other.note and other.note not in keeper.note.splitlines():
        keeper.note = f"{keeper.note}\n{other.note}" if keeper.note else other.note
    if keeper.corrected_text is None:
        keeper.corrected_text = other.corrected_text
    keeper.by_hand = {**other.by_hand, **keeper.by_hand}
    if other.state is ReviewState.REVIEWED:
        keeper.state = ReviewState.REVIEWED


def _carry(findings: Iterable[FindingRow], before: str, after: str) -> None:
    for finding in findings:
        finding.spans = to_json(carried(finding.spans, before, after))


def _link(
    rows: Sequence[MessageRow],
    joined: Sequence[JoinedMessage],
    sightings: dict[int, SightingRow],
) -> None:
    """Give every sighting its message and its rank; those that were left out have none."""
    places = {
        sighting_id: (row.id, rank)
        for row, message in zip(rows, joined, strict=True)
        for rank, sighting_id in enumerate(message.sighting_ids)
    }
    for sighting in sightings.values():
        sighting.message_id, sighting.rank = places.get(sighting.id, (None, 0))
