"""Put stretches of a thread together where they overlap, the surest and longest overlaps first."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from enum import Enum, auto
from functools import cached_property
from itertools import chain, islice, pairwise, product
from math import inf
from operator import itemgetter

from smsdesk.domain.threads import OpenOverlap
from smsdesk.layout.deciding import Decisions
from smsdesk.layout.finding import SightingIndex
from smsdesk.layout.matching import Seen, compared, template
from smsdesk.layout.overlaps import (
    CLEAR,
    TELLING,
    TELLS_NOTHING,
    Overlap,
    in_one_scroll,
    overlap_of,
)
from smsdesk.layout.stretches import Place, Stretch

ENOUGH = 20
"""Messages alike that are looked at to learn how often a text comes back; more tell no more."""


SAME_FIGURES = 0.25
"""How often a template comes back with the same figures: the days that a debt is overdue and the
sum stay for a day, on which programs send it several times."""

BURST = dt.timedelta(minutes=1)
"""From a clock to the next: labels show no seconds."""

STEPS = 2
"""Screens taken before and after one that are looked at whatever they show."""


class Search(Enum):
    """What overlaps to look for, the surest and quickest found first: up to which chance."""

    SAME_MINUTE = auto()
    CLEAR = auto()
    POSSIBLE = auto()

    def accepts(self, overlap: Overlap) -> bool:
        """Say whether *overlap* is sure enough."""
        return overlap.chance <= (inf if self is Search.POSSIBLE else CLEAR)


class Assembly:
    """Stretches put together so far, found by the texts and minutes of their messages.

    *repeated* are texts of which the thread is known to have several messages.
    """

    def __init__(self, decisions: Decisions, repeated: Container[str] = ()) -> None:
        self._repeated = repeated
        self._open: list[list[tuple[Seen, Seen]]] = []
        self._sure: dict[Seen, Seen] = {}
        self._screens: list[list[Seen]] = []
        self._number: dict[Seen, int] = {}
        self._stretches: dict[int, Stretch] = {}
        self._place_of: dict[Seen, Place] = {}
        self._seen: dict[int, Seen] = {}
        self._index = SightingIndex()
        self._decisions = decisions

    @property
    def stretches(self) -> list[Stretch]:
        """All stretches, in the order of their first screens."""
        return list(self._stretches.values())

    def add(self, shown: list[Seen]) -> list[Seen]:
        """Take in what a screen shows, as a stretch of its own."""
        stretch = Stretch()
        self._stretches[id(stretch)] = stretch
        self._number.update(dict.fromkeys(shown, len(self._screens)))
        self._screens.append(shown)
        for index, seen in enumerate(shown):
            self._place_of[seen] = stretch.put(index, [seen])
            self._seen[seen.sighting.id] = seen
            self._index.add(seen)
        return shown

    def join_decided(self) -> None:
        """Join the stretches that a person said to overlap, where all that both show agrees."""
        for decision in self._decisions.all:
            one, two = self._seen.get(decision.one), self._seen.get(decision.other)
            if not decision.same or one is None or two is None:
                continue
            a, b = self._place_of[one], self._place_of[two]
            overlap = a.stretch is not b.stretch and self._overlap(a, b)
            if overlap:
                self._merge(overlap)

    def holds_an_end(self, shown: list[Seen]) -> bool:
        """Say whether the screen stands at an end of its stretch; every overlap has one there."""
        first, last = self._place_of[shown[0]], self._place_of[shown[-1]]
        return first.index == first.stretch.first or last.index == last.stretch.last

    def join(self, shown: list[Seen], search: Search) -> None:
        """Join the stretch that holds these sightings with all that overlaps there."""
        while len(self._stretches) > 1 and (overlap := self._best_overlap(shown, search)):
            self._take(overlap)

    def join_likeliest(self, shown: Sequence[list[Seen]]) -> None:
        """Join what these screens may overlap with, the likeliest overlap of all first.

        What is joined rules out others: a false one taken early would keep the right one out.
        """
        best = {
            number: found for number, seen in enumerate(shown) if (found := self._possible(seen))
        }
        while best and len(self._stretches) > 1:
            number = min(best, key=lambda n: (best[n].chance, n))
            overlap = best[number]
            touched = {id(overlap.one), id(overlap.two)}
            self._take(overlap)
            for n in [n for n, o in best.items() if not touched.isdisjoint((id(o.one), id(o.two)))]:
                del best[n]
                if found := self._possible(shown[n]):
                    best[n] = found

    def _possible(self, shown: list[Seen]) -> Overlap | None:
        return self._best_overlap(shown, Search.POSSIBLE) if self.holds_an_end(shown) else None

    def _take(self, overlap: Overlap) -> None:
        if not overlap.is_certain:
            self._open.append([(one.best, two.best) for one, two in overlap.pairs()])
        self._merge(overlap)

    def add_row(self, row: Seen, place: Place, *, certain: bool) -> None:
        """Add the row of a message list to the message that it begins, *certain* or to be asked."""
        if certain:
            self._sure[self._root(row)] = self._root(place.best)
        else:
            self._open.append([(row, place.best)])
        self.stand_alone(row, place)
        place.add([row])

    def stand_alone(self, row: Seen, place: Place) -> None:
        """Note where a row of a message list stands."""
        self._place_of[row] = place
        self._seen[row.sighting.id] = row

    def places_like(self, seen: Seen, earliest: dt.datetime, latest: dt.datetime) -> list[Place]:
        """Return the messages of which *seen*, with these bounds, may be one; each once."""
        alike = self._index.like(seen, earliest, latest)
        return list(dict.fromkeys(self._place_of[other] for other in alike))

    def share(self, place: Place) -> float:
        """Return the share of messages with the text of *place*; 0 if no two are known."""
        if self._is_repeated(place):
            return self._index.share_like(place.best)
        if template(place.best.text) in self._repeated:
            return SAME_FIGURES * self._index.share_like(place.best)
        return 0.0

    def _is_repeated(self, place: Place) -> bool:
        if place.best.text in self._repeated:
            return True
        alike = self._alike(place)
        return len(alike) > 2 or _known_apart(alike) > 1

    @cached_property
    def share_unseen(self) -> float:
        """The share that a text may have of which no two messages are known.

        One of N at the most, and only if it is one of those that come back, as others are known to.
        What an edge left of a text is none of its own.
        """
        whole = (seen.text for seen in self._place_of if not seen.is_cut)
        texts = {template(text) for text in whole}
        coming_back = sum(text in self._repeated for text in texts)
        return coming_back / max(1, len(texts)) / max(1, len(self._place_of))

    @cached_property
    def shared_minutes(self) -> float:
        """How many of the messages have the clock of the one above them, if both are drawn."""
        clocks = list(self._neighbouring_clocks())
        return sum(below == above for above, below, _ in clocks) / max(1, len(clocks))

    @cached_property
    def doublets(self) -> float:
        """How many of the messages are the one above them sent again within the minute.

        Of those sent again by the next one, half may as well have come within it.
        """
        clocks = list(self._neighbouring_clocks())
        weights = {0: 1.0, 1: 0.5}
        again = (weights.get(below - above, 0.0) for above, below, same in clocks if same)
        return sum(again) / max(1, len(clocks))

    def _neighbouring_clocks(self) -> Iterator[tuple[int, int, bool]]:
        """Yield the clocks of neighbours that have both, and whether their text is the same."""
        for above, below in chain.from_iterable(map(pairwise, self._screens)):
            if above.clock is not None and below.clock is not None:
                yield above.clock, below.clock, above.text == below.text

    def following(self, above: tuple[Place, Place], below: Place) -> float:
        """Return how often the text of *below* follows that of *above*, these two left out.

        By the rule of succession: one in two where the thread shows nothing.
        """
        seen = again = 0
        for other in self._alike(above[0]):
            following = other.stretch.places.get(other.index + 1)
            if following is not None and other not in above:
                seen += 1
                again += _same_text(below, following)
        return (again + 1) / (seen + 2)

    def in_one_minute(self, place: Place) -> bool:
        """Say whether the text of *place* is known to be sent twice at its clock, or in bursts.

        A short one typed again a minute later may have been typed again within the minute, too.
        """
        marked = [id(o.stretch) for o in self._alike(place) if place.shares_clock(o)]
        return len(marked) > len(set(marked)) or self._comes_in_bursts(place)

    def _comes_in_bursts(self, place: Place) -> bool:
        """Say whether it is short and was typed again a minute before or after."""
        if place.minute is None or len(place.best.text) >= TELLING:
            return False
        beside = (place.minute - BURST, place.minute + BURST)
        return any(
            _same_text(place, self._place_of[seen])
            for minute in beside
            for seen in self._index.sent_at(minute)
        )

    def neighbouring(self, one: Place, other: Place) -> bool:
        """Say whether screens that show them were taken right after one another."""
        return any(self._next_steps(one, other))

    def scrolled(self, one: Place, other: Place) -> bool:
        """Say whether such screens both reach further if these two are one, as scrolling has it."""
        return any(
            self._reaches_beyond(a, b) or self._reaches_beyond(b, a)
            for a, b in self._next_steps(one, other)
        )

    def _next_steps(self, one: Place, other: Place) -> Iterator[tuple[Seen, Seen]]:
        for a, b in product(one.seen, other.seen):
            if abs(self._number[a] - self._number[b]) == 1 and in_one_scroll(a, b):
                yield a, b

    def _reaches_beyond(self, upper: Seen, lower: Seen) -> bool:
        """Say whether *upper* has more above it on its screen, and *lower* more below."""
        ones, others = (self._screens[self._number[seen]] for seen in (upper, lower))
        above, shift = ones.index(upper), others.index(lower)
        return above > shift and len(ones) - above < len(others) - shift

    def decided(self, one: Place, other: Place) -> bool | None:
        """Return whether a person said that they are one message or two; None if nobody did."""
        words = self._decisions.on(one.seen, other.seen)
        return any(words) if words else None

    def questions(self) -> Iterator[OpenOverlap]:
        """Yield the overlaps that were taken although a repeat would look the same.

        Each side of a pair stands for all sightings that are certainly of one message with it.
        """
        sure = defaultdict(list)
        for seen in self._place_of:
            sure[self._root(seen)].append(seen.sighting.id)
        for pairs in self._open:
            sides = ((sure[self._root(one)], sure[self._root(two)]) for one, two in pairs)
            yield OpenOverlap(tuple(pair for ones, twos in sides for pair in product(ones, twos)))

    def _root(self, seen: Seen) -> Seen:
        """Return the sighting that stands for all that are certainly of one message with *seen*."""
        while (parent := self._sure.get(seen)) is not None:
            seen = parent
        return seen

    def _alike(self, place: Place) -> list[Place]:
        """Return some messages with the text of *place*, itself among them."""
        beginning_alike = islice(self._index.of_any_time(place.best), 10 * ENOUGH)
        others = (self._place_of[seen] for seen in beginning_alike)
        return list(dict.fromkeys(islice((o for o in others if _same_text(place, o)), ENOUGH)))

    def _best_overlap(self, shown: list[Seen], search: Search) -> Overlap | None:
        shifts = {
            (id(other.stretch), other.index - place.index): (place, other)
            for seen in shown
            for place in [self._place_of[seen]]
            for other in self._candidates(seen, place, search)
            if other.stretch is not place.stretch
        }
        overlaps = (self._overlap(one, two) for one, two in shifts.values())
        fitting = [o for o in overlaps if o and search.accepts(o)]
        clear = [o for o in fitting if o.is_clear]
        # Of those that are clear the one that leaves the fewest messages.
        if clear:
            return max(clear, key=lambda overlap: overlap.weight)
        return min(fitting, key=_order, default=None)

    def _overlap(self, one: Place, two: Place) -> Overlap | None:
        """Return the overlap that makes *one* and *two* the same message, if there can be one."""
        return overlap_of(one.stretch, two.stretch, two.index - one.index, self)

    def _candidates(self, seen: Seen, place: Place, search: Search) -> Iterable[Place]:
        if search is Search.SAME_MINUTE:
            return (self._place_of[other] for other in self._index.of_minute(seen))
        return chain(
            self.places_like(seen, *place.stretch.bounds(place)),
            map(self._place_of.__getitem__, self._on_neighbours(seen)),
        )

    def _on_neighbours(self, seen: Seen) -> Iterator[Seen]:
        """Yield what *seen* may be on the screens taken just before and after its own.

        A piece of a cut message may have no characters to be found by. An overlap brings the top
        of one of the two screens onto the other, so those pairs are enough.
        """
        number = self._number[seen]
        for other in self._screens[max(0, number - STEPS) : number + STEPS + 1]:
            if self._number[other[0]] != number:
                yield from other if seen.at_top else other[:1]

    def _merge(self, overlap: Overlap) -> None:
        """Move the smaller stretch into the larger."""
        into, out_of, shift = overlap.two, overlap.one, overlap.shift
        if len(into) < len(out_of):
            into, out_of, shift = out_of, into, -shift
        unsure = None if overlap.is_certain else overlap.first_after
        if overlap.is_certain:
            for one, two in overlap.pairs():
                self._sure[self._root(one.best)] = self._root(two.best)
        for place in out_of:
            target = into.put(place.index + shift, place.seen)
            self._place_of.update(dict.fromkeys(place.seen, target))
        into.unsure.update((index + shift, how) for index, how in out_of.unsure.items())
        if unsure is not None:
            index = unsure if into is overlap.two else unsure - overlap.shift
            into.unsure[index] = overlap.reading
        del self._stretches[id(out_of)]


def _order(overlap: Overlap) -> tuple[float, tuple[int, ...]]:
    """Sort key: the likelier first; where nothing tells, what leaves fewer messages."""
    return min(overlap.chance, TELLS_NOTHING), tuple(-part for part in overlap.weight)


def _same_text(one: Place, other: Place) -> bool:
    likeness = compared(one.best, other.best)
    return likeness is not None and likeness.characters > 0


def _known_apart(places: Sequence[Place]) -> int:
    """Return how many different messages *places* are for certain: of one stretch, or of two times.

    Others may turn out to be the same.
    """
    of_stretch = Counter(id(place.stretch) for place in places)
    apart, after = 0, None
    for earliest, latest in sorted((p.stretch.bounds(p) for p in places), key=itemgetter(1)):
        if after is None or earliest > after:
            apart, after = apart + 1, latest
    return max(max(of_stretch.values(), default=0), apart)
