"""Which screens of a thread can have to do with one another at all: its blocks.

A thread falls apart where time passes that no screen reaches across. Blocks are joined each by
itself: what comes into one changes nothing in the others, and a long thread costs what its blocks
cost. Where a screen's first messages have no time, they stand in front of the first one that has,
and behind all that is known to be older; so they hold on to the block before.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from smsdesk.domain.messages import Sighting
from smsdesk.domain.screens import LabelScope, ScreenKind
from smsdesk.domain.threads import JoinDecision, SeenScreen
from smsdesk.layout.finding import KEY_LENGTH
from smsdesk.layout.matching import clock_of, normal
from smsdesk.layout.overlaps import SCROLL, TELLING
from smsdesk.layout.stretches import FIRST, LAST, ORDER_SLACK

APART = 2 * ORDER_SLACK
"""Of two messages further apart than this the one sent first stands first, however late it came."""


def blocks_of(
    screens: Sequence[SeenScreen], decisions: Iterable[JoinDecision] = ()
) -> list[list[SeenScreen]]:
    """Return the screens of a thread by blocks; those of a block in their given order.

    What a person joined is in one block. Copies must not be among the *screens*.
    """
    extents = {number: extent for number, s in enumerate(screens) if (extent := _extent(s))}
    roots = _Roots(len(screens))
    for group in _groups(extents):
        for number in group[1:]:
            roots.join(group[0], number)
    _settle_adrift(screens, extents.keys(), roots)
    number_of = {s.id: number for number, screen in enumerate(screens) for s in screen.sightings}
    for decision in decisions:
        if decision.same and decision.one in number_of and decision.other in number_of:
            roots.join(number_of[decision.one], number_of[decision.other])
    blocks: defaultdict[int, list[SeenScreen]] = defaultdict(list)
    for number, screen in enumerate(screens):
        blocks[roots.root(number)].append(screen)
    return list(blocks.values())


@dataclass(frozen=True, slots=True)
class _Extent:
    """From the first to the last time on a screen; `reaches_up`: messages stand above the first.

    `listed`: it is a row of a message list, whose label is not drawn in the thread.
    """

    first: dt.datetime
    last: dt.datetime
    reaches_up: bool
    listed: bool


def _extent(screen: SeenScreen) -> _Extent | None:
    """Return what times a screen shows, None if none."""
    known = [(n, s) for n, s in enumerate(screen.sightings) if s.sent.earliest]
    if not known:
        return None
    starts = [s.sent.earliest for _, s in known if s.sent.earliest]
    last = max(map(_end, (s for _, s in known)))
    return _Extent(min(starts), last, known[0][0] > 0, screen.kind is ScreenKind.INBOX)


def _end(sighting: Sighting) -> dt.datetime:
    """Return until when a message can have been sent; those of a group go with its label."""
    sent = sighting.sent
    end = sent.earliest if sighting.label_scope is LabelScope.GROUP else sent.latest
    return end or sent.earliest or FIRST


def _groups(extents: Mapping[int, _Extent]) -> list[list[int]]:
    """Return the numbers of the screens between which no time passes unseen.

    A row of a message list may show what stands without a time at the end of what is older.
    """
    ordered = sorted(extents, key=lambda number: (extents[number].first, number))
    groups: list[list[int]] = []
    until = FIRST
    for place, number in enumerate(ordered):
        extent = extents[number]
        apart = extent.first - APART > until and not extent.listed
        if not groups or (apart and not _any_reaches_up(extents, ordered[place:])):
            groups.append([])
        groups[-1].append(number)
        until = max(until, extent.last)
    return groups


def _any_reaches_up(extents: Mapping[int, _Extent], rest: Sequence[int]) -> bool:
    """Say whether one of the screens that begin about when the first of them does goes further up.

    Messages above a later label stand behind the earlier one, if a thread draws that.
    """
    limit = LAST
    for number in rest:
        extent = extents[number]
        if extent.first > limit:
            return False
        if extent.reaches_up:
            return True
        if limit == LAST and not extent.listed:
            limit = extent.first + ORDER_SLACK
    return False


class _Roots:
    """Sets of screens, each with the number of its first one."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._parent[high] = low


# --- screens on which nothing tells a time --------------------------------------------------------


def _settle_adrift(screens: Sequence[SeenScreen], dated: Iterable[int], roots: _Roots) -> None:
    """Put each screen without any time to the block that shows most of it, else to its neighbours.

    Of blocks that show as much, the one taken at about the same time, else the latest.
    """
    settled = set(dated)
    adrift = [number for number in range(len(screens)) if number not in settled]
    if not adrift:
        return
    wanted = frozenset(key for number in adrift for key in _keys(screens[number]))
    shown = _Shown(screens, settled, roots, wanted)
    homes = {number: shown.home_of(screens[number]) for number in adrift}
    for number, home in homes.items():
        roots.join(number, adrift[0] if home is None else home)
        for step in (number - 1, number + 1):
            if 0 <= step < len(screens) and _overlap_in_scrolling(screens[number], screens[step]):
                roots.join(number, step)


def _overlap_in_scrolling(one: SeenScreen, other: SeenScreen) -> bool:
    """Say whether neighbouring screens are steps of one scrolling and show something alike."""
    taken, then = one.captured.at, other.captured.at
    in_time = taken is not None and then is not None and abs(taken - then) <= SCROLL
    return in_time and not set(_keys(one)).isdisjoint(_keys(other))


class _Shown:
    """What each block shows of what is *wanted*, and when its screens were taken (ascending)."""

    def __init__(
        self,
        screens: Sequence[SeenScreen],
        settled: Iterable[int],
        roots: _Roots,
        wanted: frozenset[tuple[object, ...]],
    ) -> None:
        self._blocks: defaultdict[tuple[object, ...], set[int]] = defaultdict(set)
        self._taken: defaultdict[int, list[dt.datetime]] = defaultdict(list)
        for number in settled:
            block = roots.root(number)
            captured = screens[number].captured.at
            if captured is not None:
                self._taken[block].append(captured)
            for key in wanted.intersection(_keys(screens[number])):
                self._blocks[key].add(block)
        for taken in self._taken.values():
            taken.sort()

    def home_of(self, screen: SeenScreen) -> int | None:
        """Return the block (the number of its first screen) to which *screen* goes, if any."""
        found: Counter[int] = Counter()
        telling: Counter[int] = Counter()
        for key in _keys(screen):
            found.update(self._blocks.get(key, ()))
            telling.update(self._blocks.get(key, ()) if key[0] else ())
        if found:
            most = max((telling[block], found[block]) for block in found)
            best = [block for block in found if (telling[block], found[block]) == most]
            return min(best, key=lambda block: (self._between(screen, block), -block))
        near = min(
            self._taken, key=lambda block: (self._between(screen, block), block), default=None
        )
        return near if near is not None and self._between(screen, near) <= SCROLL else None

    def _between(self, screen: SeenScreen, block: int) -> dt.timedelta:
        """Return the time between the taking of *screen* and of the nearest one in a block."""
        taken, moment = self._taken.get(block), screen.captured.at
        if taken is None or moment is None:
            return LAST - FIRST
        place = bisect_left(taken, moment)
        return min(abs(moment - other) for other in taken[max(0, place - 1) : place + 1])


def _keys(screen: SeenScreen) -> list[tuple[object, ...]]:
    """Return what a screen can be known by: its texts, their beginnings and ends, with clocks.

    An engine slips in one place of a text and not in all. The first of a key says whether the text
    says something at all.
    """
    rows = ((normal(s.text), s.direction, clock_of(s)) for s in screen.sightings)
    parts = (
        (len(text) >= TELLING, part, text[cut], direction, clock)
        for text, direction, clock in rows
        for part, cut in enumerate((slice(None), slice(KEY_LENGTH), slice(-KEY_LENGTH, None)))
    )
    return list(dict.fromkeys(parts))
