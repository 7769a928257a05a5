"""What messages mean to the judgement of others, and which are to be judged again.

All questions are answered by indices: what they cost depends on how much they find, not on how
large the case is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import delete, func, insert, select

from smsdesk.domain.rulings import Bearing, Due
from smsdesk.storage.codec import from_json, to_json
from smsdesk.storage.repository import Repository, slices
from smsdesk.storage.schema import BearingMarkRow, BearingRow, JudgingDueRow

_EVERYTHING = 0
"""Stands for a message's id where all messages are due."""


class DueRepository(Repository):
    """Whoever changes what judgements rest on says so here, in the same unit of work."""

    def note_due(self, message_ids: Iterable[int]) -> None:
        """Have messages judged again; ids that the case has not are harmless."""
        self._note({message_id: {} for message_id in message_ids})

    def note_everything_due(self) -> None:
        """Have all messages judged again: what a person said concerns many of them."""
        self._note({_EVERYTHING: {}})

    def note_gone(self, message_ids: Sequence[int]) -> None:
        """Have what these messages bore on judged again; to be called before they are removed."""
        self._note({b.message_id: to_json(b) for b in self.of(message_ids)}, anew=True)

    def due(self) -> Due:
        """Return what is to be judged again."""
        rows = self._session.execute(
            select(JudgingDueRow.message_id, JudgingDueRow.bearing)
            .where(JudgingDueRow.case_id == self._case_id)
            .order_by(JudgingDueRow.message_id)
        ).all()
        return Due(
            any(number == _EVERYTHING for number, _ in rows),
            tuple(number for number, _ in rows if number != _EVERYTHING),
            tuple(from_json(Bearing, bearing) for _, bearing in rows if bearing),
        )

    def settle_due(self) -> None:
        """Forget what was due: it has been judged."""
        self._session.execute(delete(JudgingDueRow).where(JudgingDueRow.case_id == self._case_id))

    def of(self, message_ids: Sequence[int]) -> list[Bearing]:
        """Return what is kept of these messages; nothing of those that were sent."""
        found: list[Bearing] = []
        for ids in slices(list(message_ids)):
            marks: defaultdict[int, list[str]] = defaultdict(list)
            for row in self._session.execute(
                select(BearingMarkRow.message_id, BearingMarkRow.mark)
                .where(BearingMarkRow.message_id.in_(ids))
                .order_by(BearingMarkRow.mark)
            ):
                marks[row.message_id].append(row.mark)
            rows = select(BearingRow).where(BearingRow.message_id.in_(ids))
            found += [
                _bearing(row, marks[row.message_id])
                for row in self._session.scalars(rows.order_by(BearingRow.message_id))
            ]
        return found

    def _note(self, bearings: dict[int, object], *, anew: bool = False) -> None:
        """Keep what is due; of one that is due already only *anew* what it bore."""
        known: set[int] = set()
        for ids in slices(list(bearings)):
            of_these = (JudgingDueRow.case_id == self._case_id, JudgingDueRow.message_id.in_(ids))
            if anew:
                self._session.execute(delete(JudgingDueRow).where(*of_these))
            else:
                known |= set(
                    self._session.scalars(select(JudgingDueRow.message_id).where(*of_these))
                )
        rows = [
            {"case_id": self._case_id, "message_id": number, "bearing": bearing}
            for number, bearing in bearings.items()
            if number not in known
        ]
        if rows:
            self._session.execute(insert(JudgingDueRow), rows)


class BearingRepository(DueRepository):
    """Messages by what ties their senders together, by day and by kind."""

    def keep(self, bearings: Collection[Bearing], message_ids: Sequence[int], packs: str) -> None:
        """Make *bearings* what is kept of the messages with these ids."""
        for ids in slices(list(message_ids)):
            for kind in (BearingRow, BearingMarkRow):
                self._session.execute(delete(kind).where(kind.message_id.in_(ids)))
        rows = [self._values(bearing, packs) for bearing in bearings]
        marks = [
            {
                "message_id": bearing.message_id,
                "mark": mark,
                "case_id": self._case_id,
                "sender_key": bearing.sender_key,
            }
            for bearing in bearings
            for mark in bearing.marks
        ]
        for kind, values in ((BearingRow, rows), (BearingMarkRow, marks)):
            if values:
                self._session.execute(insert(kind), values)

    def _values(self, bearing: Bearing, packs: str) -> dict[str, object]:
        return {
            "message_id": bearing.message_id,
            "case_id": self._case_id,
            "packs": packs,
            "sender_key": bearing.sender_key,
            "recipient": bearing.recipient,
            "day": bearing.day,
            "collecting": bearing.collecting,
            "opens_collecting": bearing.opens_collecting,
            "counted": bearing.counted,
            "contextual": bearing.contextual,
        }

    def rest_on(self, packs: str) -> bool:
        """Say whether all that is kept was found by these packs."""
        of_case = BearingRow.case_id == self._case_id
        ends = select(func.min(BearingRow.packs), func.max(BearingRow.packs)).where(of_case)
        return set(self._session.execute(ends).one()) <= {packs, None}

    def marks_of(self, sender_keys: Collection[str]) -> dict[str, set[str]]:
        """Return, by sender, the marks in its texts; senders without messages are left out."""
        found: dict[str, set[str]] = {}
        for keys in slices(sorted(sender_keys)):
            there = select(BearingRow.sender_key).distinct()
            of_these = BearingRow.sender_key.in_(keys)
            for key in self._session.scalars(
                there.where(BearingRow.case_id == self._case_id, of_these)
            ):
                found[key] = set()
            pairs = select(BearingMarkRow.sender_key, BearingMarkRow.mark).distinct()
            of_these = BearingMarkRow.sender_key.in_(keys)
            for key, mark in self._session.execute(
                pairs.where(BearingMarkRow.case_id == self._case_id, of_these)
            ):
                found.setdefault(key, set()).add(mark)
        return found

    def senders_with(self, marks: Collection[str]) -> dict[str, set[str]]:
        """Return, by mark, the senders in whose texts it stands."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for some in slices(sorted(marks)):
            pairs = select(BearingMarkRow.mark, BearingMarkRow.sender_key).distinct()
            of_these = BearingMarkRow.mark.in_(some)
            for mark, key in self._session.execute(
                pairs.where(BearingMarkRow.case_id == self._case_id, of_these)
            ):
                found[mark].add(key)
        return found

    def collects(self, sender_keys: Iterable[str]) -> bool:
        """Say whether one of these senders sent what is collection by itself."""
        return any(
            self._session.scalar(
                select(BearingRow.message_id)
                .where(
                    BearingRow.case_id == self._case_id,
                    BearingRow.sender_key == key,
                    BearingRow.opens_collecting.is_(True),
                )
                .limit(1)
            )
            for key in sender_keys
        )

    def count_collecting(self, sender_keys: Iterable[str], most: int) -> int:
        """Return how many messages of these senders are collection; beyond *most* just *most*."""
        count = 0
        for key in sender_keys:
            some = (
                select(BearingRow.message_id)
                .where(
                    BearingRow.case_id == self._case_id,
                    BearingRow.sender_key == key,
                    BearingRow.collecting.is_(True),
                )
                .limit(most - count)
            )
            count += len(self._session.scalars(some).all())
            if count >= most:
                break
        return count

    def on_days(self, sender_keys: Collection[str], days: Collection[str]) -> list[Bearing]:
        """Return the messages (without marks) of these senders on these days, by id."""
        rows = [
            row
            for keys in slices(sorted(sender_keys))
            for some in slices(sorted(days))
            for row in self._session.scalars(
                select(BearingRow).where(
                    BearingRow.case_id == self._case_id,
                    BearingRow.sender_key.in_(keys),
                    BearingRow.day.in_(some),
                )
            )
        ]
        return [_bearing(row, ()) for row in sorted(rows, key=lambda row: row.message_id)]

    def of_senders(self, sender_keys: Collection[str]) -> list[Bearing]:
        """Return all messages (without marks) of these senders, by id."""
        rows = [
            row
            for keys in slices(sorted(sender_keys))
            for row in self._session.scalars(
                select(BearingRow).where(
                    BearingRow.case_id == self._case_id, BearingRow.sender_key.in_(keys)
                )
            )
        ]
        return [_bearing(row, ()) for row in sorted(rows, key=lambda row: row.message_id)]

    def contextual(self, sender_keys: Collection[str]) -> list[int]:
        """Return the messages of these senders to which others may give a meaning."""
        return [
            number
            for keys in slices(sorted(sender_keys))
            for number in self._session.scalars(
                select(BearingRow.message_id).where(
                    BearingRow.case_id == self._case_id,
                    BearingRow.sender_key.in_(keys),
                    BearingRow.contextual.is_(True),
                )
            )
        ]


def _bearing(row: BearingRow, marks: Iterable[str]) -> Bearing:
    return Bearing(
        row.message_id,
        row.sender_key,
        row.recipient,
        row.day,
        tuple(marks),
        row.collecting,
        row.opens_collecting,
        row.counted,
        row.contextual,
    )
