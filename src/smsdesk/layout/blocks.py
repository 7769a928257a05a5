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
from itertools import islice

from smsdesk.domain.threads import JoinDecision
from smsdesk.layout.overlaps import SCROLL
from smsdesk.layout.sketches import UNKNOWN, Sketch
from smsdesk.layout.stretches import ORDER_SLACK

_MICROSECOND = dt.timedelta(microseconds=1)
_SLACK = ORDER_SLACK // _MICROSECOND
_SCROLL = SCROLL // _MICROSECOND

APART = 2 * _SLACK
"""Of two messages further apart than this the one sent first stands first, however late it came."""


def blocks_of(
    screens: Sequence[Sketch], decisions: Iterable[JoinDecision] = ()
) -> list[list[Sketch]]:
    """Return the screens of a thread by blocks; those of a block in their given order.

    What a person joined is in one block. Copies must not be among the *screens*.
    """
    dated = {number: s for number, s in enumerate(screens) if s.first != UNKNOWN}
    roots = _Roots(len(screens))
    for group in _groups(dated):
        for number in group[1:]:
            roots.join(group[0], number)
    _settle_adrift(screens, dated.keys(), roots)
    _keep_together(screens, [d for d in decisions if d.same], roots)
    blocks: defaultdict[int, list[Sketch]] = defaultdict(list)
    for number, screen in enumerate(screens):
        blocks[roots.root(number)].append(screen)
    return list(blocks.values())


def _keep_together(
    screens: Sequence[Sketch], decisions: Sequence[JoinDecision], roots: _Roots
) -> None:
    """Put what a person said to be one message into one block."""
    said = {i for d in decisions for i in (d.one, d.other)}
    number_of = {line[0]: n for n, screen in enumerate(screens) if said for line in screen.lines}
    for decision in decisions:
        if decision.one in number_of and decision.other in number_of:
            roots.join(number_of[decision.one], number_of[decision.other])


def _groups(dated: Mapping[int, Sketch]) -> list[list[int]]:
    """Return the numbers of the screens between which no time passes unseen.

    A row of a message list may show what stands without a time at the end of what is older.
    """
    ordered = sorted(dated, key=lambda number: (dated[number].first, number))
    groups: list[list[int]] = []
    until = UNKNOWN
    for place, number in enumerate(ordered):
        screen = dated[number]
        apart = screen.first - APART > until and not screen.is_list
        if not groups or (apart and not _any_reaches_up(dated, ordered, place)):
            groups.append([])
        groups[-1].append(number)
        until = max(until, screen.last)
    return groups


def _any_reaches_up(dated: Mapping[int, Sketch], ordered: Sequence[int], place: int) -> bool:
    """Say whether one of the screens that begin about when that at *place* does goes further up.

    Messages above a later label stand behind the earlier one, if a thread draws that.
    """
    limit: int | None = None
    for number in islice(ordered, place, None):
        screen = dated[number]
        if limit is not None and screen.first > limit:
            return False
        if screen.above_first:
            return True
        if limit is None and not screen.is_list:
            limit = screen.first + _SLACK
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


def _settle_adrift(screens: Sequence[Sketch], dated: Iterable[int], roots: _Roots) -> None:
    """Put each screen without any time to the block that shows most of it, else to its neighbours.

    Of blocks that show as much, the one taken at about the same time, else the latest.
    """
    settled = set(dated)
    adrift = [number for number in range(len(screens)) if number not in settled]
    if not adrift:
        return
    wanted = frozenset().union(*(screens[number].traits for number in adrift))
    shown = _Shown(screens, settled, roots, wanted)
    homes = {number: shown.home_of(screens[number]) for number in adrift}
    for number, home in homes.items():
        roots.join(number, adrift[0] if home is None else home)
        for step in (number - 1, number + 1):
            if 0 <= step < len(screens) and _overlap_in_scrolling(screens[number], screens[step]):
                roots.join(number, step)


def _overlap_in_scrolling(one: Sketch, other: Sketch) -> bool:
    """Say whether neighbouring screens are steps of one scrolling and show something alike."""
    known = UNKNOWN not in (one.captured, other.captured)
    in_time = known and abs(one.captured - other.captured) <= _SCROLL
    return in_time and not one.traits.isdisjoint(other.traits)


class _Shown:
    """What each block shows of what is *wanted*, and when its screens were taken (ascending)."""

    def __init__(
        self,
        screens: Sequence[Sketch],
        settled: Iterable[int],
        roots: _Roots,
        wanted: frozenset[int],
    ) -> None:
        self._blocks: defaultdict[int, list[int]] = defaultdict(list)
        self._taken: defaultdict[int, list[int]] = defaultdict(list)
        traits: defaultdict[int, set[int]] = defaultdict(set)
        for number in settled:
            block, screen = roots.root(number), screens[number]
            if screen.captured != UNKNOWN:
                self._taken[block].append(screen.captured)
            traits[block] |= screen.traits
        for block, shown in traits.items():
            for trait in shown & wanted:
                self._blocks[trait].append(block)
        for taken in self._taken.values():
            taken.sort()

    def home_of(self, screen: Sketch) -> int | None:
        """Return the block (the number of its first screen) to which *screen* goes, if any."""
        found: Counter[int] = Counter()
        telling: Counter[int] = Counter()
        for trait in screen.traits:
            (telling if trait & 1 else found).update(self._blocks.get(trait, ()))
        found.update(telling)
        if found:
            most = max((telling[block], found[block]) for block in found)
            best = [block for block in found if (telling[block], found[block]) == most]
            return min(best, key=lambda block: (self._between(screen, block), -block))
        near = min(
            self._taken, key=lambda block: (self._between(screen, block), block), default=None
        )
        return near if near is not None and self._between(screen, near) <= _SCROLL else None

    def _between(self, screen: Sketch, block: int) -> int:
        """Return the time between the taking of *screen* and of the nearest one in a block."""
        taken = self._taken.get(block)
        if taken is None or screen.captured == UNKNOWN:
            return -UNKNOWN
        place = bisect_left(taken, screen.captured)
        return min(abs(screen.captured - other) for other in taken[max(0, place - 1) : place + 1])
