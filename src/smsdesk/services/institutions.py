"""Find the institutions of some senders without looking at all messages of a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from smsdesk.domain.rulings import Bearing
from smsdesk.storage.unit_of_work import UnitOfWork

Groups = dict[str, frozenset[str]]
"""By sender, all senders of its institution."""


def institutions_of(
    work: UnitOfWork,
    sender_keys: Iterable[str],
    by_hand: Mapping[str, str],
    gone: Collection[Bearing] = (),
) -> Groups:
    """Return the institutions of these senders, as `rules.institutions` makes them of all texts.

    Senders without a received message are left out. *gone* are messages that are no longer there
    and count all the same.
    """
    ties = _Ties(work, by_hand, gone)
    groups: Groups = {}
    for key in sorted(set(sender_keys)):
        if key not in groups:
            found = frozenset(ties.reached_from(key))
            groups.update(dict.fromkeys(found, found))
    return groups


class _Ties:
    """What ties senders together: marks in their texts, or the name that a person gave them."""

    def __init__(
        self, work: UnitOfWork, by_hand: Mapping[str, str], gone: Collection[Bearing]
    ) -> None:
        self._work = work
        self._by_hand = by_hand
        self._named: defaultdict[str, set[str]] = defaultdict(set)
        for key, name in by_hand.items():
            self._named[name].add(key)
        self._gone = gone

    def reached_from(self, start: str) -> set[str]:
        """Return the senders that are tied to *start*, however many others lie between."""
        reached: set[str] = set()
        tried: set[str] = set()
        waiting = {start}
        while waiting:
            tried |= waiting
            marks = self._marks_of(waiting)
            reached |= marks.keys()
            waiting = self._beside(marks) - tried
        return reached

    def _beside(self, marks: Mapping[str, set[str]]) -> set[str]:
        """Return what is tied to these senders (with their *marks*) directly; a mark may be one."""
        placed = [key for key in marks if key in self._by_hand]
        free = marks.keys() - set(placed)
        told = {mark for key in free for mark in marks[key]} - self._by_hand.keys()
        same_name = {key for one in placed for key in self._named[self._by_hand[one]]}
        return same_name | told | (self._with_marks(told | free) - self._by_hand.keys())

    def _marks_of(self, keys: Collection[str]) -> dict[str, set[str]]:
        found = self._work.bearings.marks_of(keys)
        for bearing in self._gone:
            if bearing.sender_key in keys:
                found.setdefault(bearing.sender_key, set()).update(bearing.marks)
        return found

    def _with_marks(self, marks: Collection[str]) -> set[str]:
        found = self._work.bearings.senders_with(marks)
        lost = {b.sender_key for b in self._gone if not set(marks).isdisjoint(b.marks)}
        return lost.union(*found.values())
