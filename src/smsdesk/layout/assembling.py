"""Put stretches of a thread together where they overlap, the surest and longest overlaps first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import Enum, auto

from smsdesk.layout.finding import SightingIndex
from smsdesk.layout.matching import Seen
from smsdesk.layout.overlaps import Overlap, overlap_of
from smsdesk.layout.stretches import Place, Stretch


class Search(Enum):
    """What overlaps to look for, the surest and quickest found first."""

    SAME_MINUTE = auto()
    PROVEN = auto()
    LIKELY = auto()


class Assembly:
    """Stretches put together so far, found by the texts and minutes of their messages."""

    def __init__(self) -> None:
        self._stretches: dict[int, Stretch] = {}
        self._place_of: dict[Seen, Place] = {}
        self._index = SightingIndex()

    @property
    def stretches(self) -> list[Stretch]:
        """All stretches, in the order of their first screens."""
        return list(self._stretches.values())

    def add(self, shown: list[Seen]) -> list[Seen]:
        """Take in what a screen shows, as a stretch of its own."""
        stretch = Stretch()
        self._stretches[id(stretch)] = stretch
        for index, seen in enumerate(shown):
            self._place_of[seen] = stretch.put(index, [seen])
            self._index.add(seen)
        return shown

    def holds_an_end(self, shown: list[Seen]) -> bool:
        """Say whether the screen stands at an end of its stretch; every overlap has one there."""
        first, last = self._place_of[shown[0]], self._place_of[shown[-1]]
        return first.index == first.stretch.first or last.index == last.stretch.last

    def join(self, shown: list[Seen], search: Search) -> None:
        """Join the stretch that holds these sightings with all that overlaps there."""
        while len(self._stretches) > 1 and (overlap := self._best_overlap(shown, search)):
            self._merge(overlap)

    def places_like(self, seen: Seen, earliest: dt.datetime, latest: dt.datetime) -> list[Place]:
        """Return the messages of which *seen*, with these bounds, may be one; each once."""
        alike = self._index.like(seen, earliest, latest)
        return list(dict.fromkeys(self._place_of[other] for other in alike))

    def _best_overlap(self, shown: list[Seen], search: Search) -> Overlap | None:
        shifts = {
            (id(other.stretch), other.index - place.index): (place.stretch, other.stretch)
            for seen in shown
            for place in [self._place_of[seen]]
            for other in self._candidates(seen, place, search)
            if other.stretch is not place.stretch
        }
        overlaps = (overlap_of(one, two, shift) for (_, shift), (one, two) in shifts.items())
        fitting = (o for o in overlaps if o and (o.proven or search is Search.LIKELY))
        return max(fitting, key=lambda overlap: overlap.weight, default=None)

    def _candidates(self, seen: Seen, place: Place, search: Search) -> Iterable[Place]:
        if search is Search.SAME_MINUTE:
            return (self._place_of[other] for other in self._index.of_minute(seen))
        return self.places_like(seen, *place.stretch.bounds(place))

    def _merge(self, overlap: Overlap) -> None:
        """Move the smaller stretch into the larger."""
        into, out_of, shift = overlap.two, overlap.one, overlap.shift
        if len(into) < len(out_of):
            into, out_of, shift = out_of, into, -shift
        for place in out_of:
            target = into.put(place.index + shift, place.seen)
            self._place_of.update(dict.fromkeys(place.seen, target))
        del self._stretches[id(out_of)]
