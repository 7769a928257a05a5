"""Find, among all sightings of a thread, the few that can be of the same message as one.

Messages of one template share their beginning by the thousand; those whose minute is known are
therefore kept in order of time, and looked for only where the time allows.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator
from operator import itemgetter

from smsdesk.layout.matching import Seen, can_be_one

KEY_LENGTH = 6
"""Characters at the beginning or end by which texts find each other though the rest differs."""


class SightingIndex:
    """Sightings by the beginnings and ends of their texts and by their minutes."""

    def __init__(self) -> None:
        self._of_minute: dict[dt.datetime, list[Seen]] = defaultdict(list)
        self._dated: dict[str, list[tuple[dt.datetime, Seen]]] = defaultdict(list)
        self._undated: dict[str, list[Seen]] = defaultdict(list)
        self._size = 0

    def add(self, seen: Seen) -> None:
        """Take in one sighting."""
        self._size += 1
        if seen.minute is not None:
            self._of_minute[seen.minute].append(seen)
        for key in _keys(seen):
            if seen.minute is not None:
                insort(self._dated[key], (seen.minute, seen), key=itemgetter(0))
            else:
                self._undated[key].append(seen)

    def of_minute(self, seen: Seen) -> Iterator[Seen]:
        """Yield the sightings whose minute of sending is known to be that of *seen*."""
        return iter(self._of_minute.get(seen.minute, ()) if seen.minute is not None else ())

    def share_like(self, seen: Seen) -> float:
        """Return the share of sightings that begin or end with the same characters as *seen*.

        Rather too many than too few: an engine may have slipped at either end.
        """
        counts = (len(self._dated[key]) + len(self._undated[key]) for key in _keys(seen))
        return max(counts) / self._size

    def of_any_time(self, seen: Seen) -> Iterator[Seen]:
        """Yield what has the beginning or the end of *seen*, whenever it was sent."""
        for key in _keys(seen):
            yield from self._undated[key]
            yield from (other for _, other in self._dated[key])

    def like(self, seen: Seen, earliest: dt.datetime, latest: dt.datetime) -> Iterator[Seen]:
        """Yield what can be of one message with *seen*, sent between *earliest* and *latest*."""
        yield from self.of_minute(seen)
        for key in _keys(seen):
            if seen.minute is None:
                dated = self._dated.get(key, [])
                start = bisect_left(dated, earliest, key=itemgetter(0))
                end = bisect_right(dated, latest, key=itemgetter(0))
                yield from (other for _, other in dated[start:end])
            yield from (other for other in self._undated.get(key, ()) if can_be_one(seen, other))


def _keys(seen: Seen) -> tuple[str, str]:
    return ("^" + seen.text[:KEY_LENGTH], "$" + seen.text[-KEY_LENGTH:])
