"""Stretches of a thread: messages that follow one another without a gap, with their sightings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from smsdesk.domain.messages import Continuity
from smsdesk.domain.moments import in_china
from smsdesk.domain.screens import LabelScope
from smsdesk.domain.time_labels import parse_label
from smsdesk.domain.times import UNKNOWN_TIME, SentTime, TimeBasis
from smsdesk.layout.matching import SAME, Seen

ORDER_SLACK = dt.timedelta(minutes=15)
"""Messages stand in order of arrival; a delayed one may have been sent this much earlier."""

CLOCK_SLACK = dt.timedelta(minutes=1)
"""A clock on the screen is rounded and may be this much later than the screen's moment."""

NEAR = 50
"""Neighbours that are asked for a time; messages further off bound none."""

LAST = dt.datetime.max.replace(tzinfo=dt.UTC)
FIRST = dt.datetime.min.replace(tzinfo=dt.UTC)


class Place:
    """One message: its sightings so far, the best first, and where it stands in its stretch.

    `sent` is what all sightings together allow, `range` the moments between which it was sent,
    `clocks` those drawn for it; `scopes` say how it stood to its label where that was to be seen.
    """

    def __init__(self, stretch: Stretch, index: int) -> None:
        self.stretch = stretch
        self.index = index
        self.seen: list[Seen] = []
        self.sent = UNKNOWN_TIME
        self.range = (FIRST, LAST)
        self.clocks: set[int] = set()
        self.scopes: set[LabelScope] = set()

    def add(self, seen: Iterable[Seen]) -> None:
        """Add sightings."""
        together = [*self.seen, *seen]
        longest = max(len(s.text) for s in together)
        self.seen = sorted(together, key=lambda s: _quality(s, longest))
        self.sent = closest([s.sighting.sent for s in self.seen])
        captured = min((s.captured for s in self.seen if s.captured), default=None)
        latest = self.sent.latest or (captured + CLOCK_SLACK if captured else LAST)
        self.range = (self.sent.earliest or FIRST, latest)
        self.clocks = {s.clock for s in self.seen if s.clock is not None}
        self.scopes = {s.sighting.label_scope for s in self.seen} - {LabelScope.NONE}

    def part(self, seen: Iterable[Seen]) -> Place:
        """Return another place of the same stretch with *seen* alone."""
        place = Place(self.stretch, self.index)
        place.add(seen)
        return place

    @property
    def best(self) -> Seen:
        """The sighting to go by."""
        return self.seen[0]

    @property
    def minute(self) -> dt.datetime | None:
        """The minute of sending, where it is known exactly."""
        return self.sent.earliest if self.sent.earliest == self.sent.latest else None

    @property
    def mark(self) -> dt.datetime | dt.date | None:
        """What sets it apart from its like: its minute, or the day whose label stands above it."""
        if self.minute is None and LabelScope.OWN in self.scopes and self.sent.earliest:
            return in_china(self.sent.earliest).date() if _names_one_day(self.sent) else None
        return self.minute

    def shares_clock(self, other: Place) -> bool:
        """Say whether both have one mark, or one clock where the day is not known."""
        if self.mark is not None:
            return self.mark == other.mark
        return bool(self.clocks & other.clocks)


@dataclass(eq=False, slots=True)
class Stretch:
    """Messages that follow one another without a gap; indices may begin anywhere.

    `unsure` are the indices of messages of which it is open whether they follow the one above, each
    with the likelier reading.
    """

    places: dict[int, Place] = field(default_factory=dict)
    first: int = 0
    last: int = -1
    unsure: dict[int, Continuity] = field(default_factory=dict)

    def put(self, index: int, seen: Iterable[Seen]) -> Place:
        """Add a message at either end, or sightings to the one that is at *index*."""
        place = self.places.get(index)
        if place is None:
            self.first = min(self.first, index) if self.places else index
            self.last = max(self.last, index) if self.places else index
            place = self.places[index] = Place(self, index)
        place.add(seen)
        return place

    def __iter__(self) -> Iterator[Place]:
        return (self.places[index] for index in range(self.first, self.last + 1))

    def __len__(self) -> int:
        return len(self.places)

    def bounds(self, place: Place) -> tuple[dt.datetime, dt.datetime]:
        """Return between which moments *place* was sent, the times of its neighbours considered."""
        earliest, latest = place.range
        if earliest == latest:
            return earliest, latest
        above = range(place.index - 1, max(self.first, place.index - NEAR) - 1, -1)
        below = range(place.index + 1, min(self.last, place.index + NEAR) + 1)
        known = (self.places[i].sent.earliest for i in above)
        before = next((moment - ORDER_SLACK for moment in known if moment), FIRST)
        known = (self.places[i].sent.latest for i in below)
        after = next((moment + ORDER_SLACK for moment in known if moment), LAST)
        return max(earliest, before), min(latest, after)


def _names_one_day(sent: SentTime) -> bool:
    """Say whether the label is a day without a clock."""
    parsed = parse_label(sent.label) if sent.label else None
    whole = sent.earliest and sent.latest and sent.latest - sent.earliest < dt.timedelta(days=1)
    return parsed is not None and parsed.clock is None and bool(whole)


def _quality(seen: Seen, longest: int) -> tuple[bool | float, ...]:
    """Sort key: whole before cut before shortened, then the sharper, the longer, the earlier.

    A row of a message list stands behind a bubble: it shows neither who wrote nor what surrounds.

    A copy is never sharper than its picture, however sure the engine was of what it read there.

    What is much shorter than the *longest* text was cut though it does not look so; and what is as
    long has lost nothing, though its bubble ends at the screen's edge.
    """
    s = seen.sighting
    cut = len(seen.text) < SAME * longest
    moment = seen.captured or LAST
    clipped = s.clipped and len(seen.text) < longest
    place = (seen.from_list, seen.of_copy)
    return (s.snippet, clipped, cut, *place, -s.confidence, -len(s.text), moment.timestamp())


def closest(times: Sequence[SentTime]) -> SentTime:
    """Return what all *times* of one message together allow: a minute read before one derived."""
    known = [t for t in times if t.earliest is not None]
    exact = [t for t in known if t.earliest == t.latest]
    if exact:
        return min(exact, key=lambda t: t.basis is not TimeBasis.READ)
    if not known:
        return next((t for t in times if t.label), UNKNOWN_TIME)
    narrowest = min(known, key=lambda t: (t.latest or LAST) - (t.earliest or FIRST))
    earliest = max(t.earliest for t in known if t.earliest)
    latest = min((t.latest for t in known if t.latest), default=None)
    if latest is not None and latest < earliest:  # they contradict each other
        return narrowest
    return replace(narrowest, earliest=earliest, latest=latest, basis=TimeBasis.DERIVED)
