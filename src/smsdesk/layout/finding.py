"""Find, among all sightings of a thread, the few that can be of the same message as one.

Messages of one template share their beginning by the thousand; those whose minute is known are
therefore kept in order of time, and looked for only where the time allows.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import itemgetter

from smsdesk.layout.matching import Seen, can_be_one

KEY_LENGTH = 6
"""Characters at the beginning or end by which texts find each other though the rest differs."""


NEAREST = 40
"""Sightings with the same beginning that are looked at on either side of the time known next to
one. Between two screens that overlap there is no other label, so that few can lie nearer."""


class SightingIndex:
    """Sightings by the beginnings and ends of their texts and by their minutes."""

    def __init__(self) -> None:
        self._of_minute: dict[dt.datetime, list[Seen]] = defaultdict(list)
        self._dated: dict[str, list[tuple[dt.datetime, Seen]]] = defaultdict(list)
        self._undated: dict[str, list[tuple[dt.datetime, Seen]]] = defaultdict(list)
        self._adrift: dict[str, list[Seen]] = defaultdict(list)
        self._size = 0

    def add(self, seen: Seen) -> None:
        """Take in one sighting."""
        self._size += 1
        if seen.minute is not None:
            self._of_minute[seen.minute].append(seen)
        for key in _keys(seen):
            if seen.minute is not None:
                insort(self._dated[key], (seen.minute, seen), key=itemgetter(0))
            elif seen.anchor is not None:
                insort(self._undated[key], (seen.anchor, seen), key=itemgetter(0))
            else:
                self._adrift[key].append(seen)

    def of_minute(self, seen: Seen) -> Iterator[Seen]:
        """Yield the sightings whose minute of sending is known to be that of *seen*."""
        return iter(self.sent_at(seen.minute) if seen.minute is not None else ())

    def sent_at(self, minute: dt.datetime) -> Sequence[Seen]:
        """Return the sightings known to be sent at just this *minute*."""
        return self._of_minute.get(minute, ())

    def share_like(self, seen: Seen) -> float:
        """Return the share of sightings that begin or end with the same characters as *seen*.

        Rather too many than too few: an engine may have slipped at either end.
        """
        kinds = (self._dated, self._undated, self._adrift)
        return max(sum(len(kind[key]) for kind in kinds) for key in _keys(seen)) / self._size

    def of_any_time(self, seen: Seen) -> Iterator[Seen]:
        """Yield what has the beginning or the end of *seen*, whenever it was sent."""
        for key in _keys(seen):
            yield from (other for _, other in self._undated[key])
            yield from (other for _, other in self._dated[key])
            yield from self._adrift[key]

    def like(self, seen: Seen, earliest: dt.datetime, latest: dt.datetime) -> Iterator[Seen]:
        """Yield what can be of one message with *seen*, sent between *earliest* and *latest*."""
        yield from self.of_minute(seen)
        for key in _keys(seen):
            if seen.minute is None:
                dated = _nearest(self._dated[key], seen.anchor)
                yield from (other for at, other in dated if earliest <= at <= latest)
            undated = (other for _, other in _nearest(self._undated[key], seen.anchor))
            yield from (o for o in chain(undated, self._adrift[key]) if can_be_one(seen, o))


def _nearest(
    ordered: list[tuple[dt.datetime, Seen]], anchor: dt.datetime | None
) -> list[tuple[dt.datetime, Seen]]:
    """Return those of *ordered* that stand nearest to *anchor*, all if there is none."""
    if anchor is None:
        return ordered
    start = bisect_left(ordered, anchor, key=itemgetter(0))
    end = bisect_right(ordered, anchor, key=itemgetter(0))
    return ordered[max(0, start - NEAREST) : end + NEAREST]


def _keys(seen: Seen) -> tuple[str, str]:
    return ("^" + seen.text[:KEY_LENGTH], "$" + seen.text[-KEY_LENGTH:])
