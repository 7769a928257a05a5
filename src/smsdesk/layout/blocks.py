"""Which screens of a thread can have to do with one another at all: its blocks.

A thread falls apart where time passes that no screen reaches across. Blocks are joined each by
itself: what comes into one changes nothing in the others, and a long thread costs what its blocks
cost. Where a screen's first messages have no time, they stand in front of the first one that has,
and behind all that is known to be older; so they hold on to the block before.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import NamedTuple, Self

from smsdesk.domain.threads import JoinDecision
from smsdesk.layout.cutting import Cut, Piece, Section, cuts_through
from smsdesk.layout.overlaps import SCROLL
from smsdesk.layout.sketches import APART, UNKNOWN, Sketch
from smsdesk.layout.stretches import ORDER_SLACK

_MICROSECOND = dt.timedelta(microseconds=1)
_SLACK = ORDER_SLACK // _MICROSECOND
_SCROLL = SCROLL // _MICROSECOND


def blocks_of(
    screens: Sequence[Sketch],
    decisions: Sequence[JoinDecision] = (),
    copied: Collection[int] = (),
) -> list[list[Section]]:
    """Return the screens of a thread by blocks, each with its sections; all in their given order.

    What a person joined is in one section. Copies must not be among the *screens*. No screen is
    shared out of which there is a copy (sightings *copied*) or of which a person spoke, nor one
    that is a step of scrolling beside another without any time.
    """
    dated = {number: s for number, s in enumerate(screens) if s.first != UNKNOWN}
    adrift = {
        number: list(_steps_beside(screens, number))
        for number in range(len(screens))
        if number not in dated
    }
    barred = {screens[step].key for steps in adrift.values() for step in steps}
    barred |= _showing(screens, {*copied, *(i for d in decisions for i in (d.one, d.other))})
    blocks = [_CutBlock.of(screens, group, barred) for group in _groups(dated)]
    roots = _Roots(len(screens))
    for block in blocks:
        for part in block.parts:
            roots.join_all(part)
    _settle_adrift(screens, adrift, blocks, roots)
    _keep_together(screens, [d for d in decisions if d.same], roots)
    _close_cuts(blocks, roots)
    return _sections(screens, blocks, roots)


def _showing(screens: Iterable[Sketch], sightings: Collection[int]) -> set[tuple[int, int]]:
    """Return the screens (originals and pages) that show some of these *sightings*."""
    found = (s for s in screens if sightings and any(line[0] in sightings for line in s.lines))
    return {screen.key for screen in found}


@dataclass(frozen=True, slots=True)
class _CutBlock:
    """Screens (by number) between which no time passes unseen, in the parts between *cuts*."""

    parts: list[list[int]]
    cuts: list[Cut]

    @classmethod
    def of(
        cls,
        screens: Sequence[Sketch],
        group: Sequence[int],
        barred: Collection[tuple[int, int]],
    ) -> Self:
        cuts = cuts_through([screens[number] for number in group], barred)
        ats = [cut.at for cut in cuts]
        parts: list[list[int]] = [[] for _ in range(len(cuts) + 1)]
        for number in group:
            first, reaches_up = screens[number].first, bool(screens[number].above_first)
            parts[(bisect_left if reaches_up else bisect_right)(ats, first)].append(number)
        return cls(parts, cuts)


def _close_cuts(blocks: Sequence[_CutBlock], roots: _Roots) -> None:
    """Put sections together that screens without a time, or a person, hold together.

    With two sections go those between them; with two of two blocks, those from there to the end of
    the one and from the beginning of the other.
    """
    changed = any(block.cuts for block in blocks)
    while changed:
        changed = False
        held: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, block in enumerate(blocks):
            for part, screens in enumerate(block.parts):
                held[roots.root(screens[0])].append((number, part))
        for spots in held.values():
            changed |= roots.join_all(
                [block.parts[part][0] for block, part in _between(blocks, spots)]
            )


def _between(
    blocks: Sequence[_CutBlock], spots: Sequence[tuple[int, int]]
) -> Iterator[tuple[_CutBlock, int]]:
    """Yield the parts of the blocks in *spots* (block and part, in order) from first to last."""
    for number in dict.fromkeys(number for number, _ in spots):
        first = spots[0][1] if number == spots[0][0] else 0
        last = spots[-1][1] if number == spots[-1][0] else len(blocks[number].parts) - 1
        yield from ((blocks[number], part) for part in range(first, last + 1))


def _sections(
    screens: Sequence[Sketch], blocks: Sequence[_CutBlock], roots: _Roots
) -> list[list[Section]]:
    """Return what is left of the cuts as sections, by blocks."""
    sections: defaultdict[int, Section] = defaultdict(Section)
    chains: list[list[int]] = []
    crossed: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for block in blocks:
        parts = [roots.root(part[0]) for part in block.parts]
        own = list(dict.fromkeys(parts))
        last = next((chain for chain in chains if chain[-1] == own[0]), None)
        if last is None:
            chains.append(own)
        else:
            last += own[1:]
        for cut, (above, below) in zip(block.cuts, pairwise(parts), strict=True):
            if above != below:
                sections[above].bottom = sections[below].top = cut
                for screen, head in cut.heads:
                    crossed[screen.key].append((head, below))
    for number, screen in enumerate(screens):
        start, root = 0, roots.root(number)
        for head, below in crossed.get(screen.key, ()):
            sections[root].pieces.append(Piece(screen, start, head))
            start, root = head, below
        sections[root].pieces.append(Piece(screen, start, len(screen.lines)))
    inner = {root for chain in chains for root in chain}
    loose = [[root] for root in sections if root not in inner]
    return [[sections[root] for root in chain] for chain in (*chains, *loose)]


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

    def join(self, one: int, other: int) -> bool:
        """Put two together; say whether they were not."""
        low, high = sorted((self.root(one), self.root(other)))
        self._parent[high] = low
        return low != high

    def join_all(self, numbers: Sequence[int]) -> bool:
        """Put several together; say whether any were not."""
        return sum(self.join(numbers[0], number) for number in numbers[1:]) > 0


# --- screens on which nothing tells a time --------------------------------------------------------


def _settle_adrift(
    screens: Sequence[Sketch],
    adrift: Mapping[int, Sequence[int]],
    blocks: Sequence[_CutBlock],
    roots: _Roots,
) -> None:
    """Put each screen without any time to the block that shows most of it, else to its neighbours.

    Of blocks that show as much, the one taken at about the same time, else the latest. Steps of one
    scrolling (given by screen) stay together; of a block that was cut they tell the section, else
    the section does that shows most of one of them.
    """
    if not adrift:
        return
    block_of = {number: n for n, b in enumerate(blocks) for part in b.parts for number in part}
    wanted = frozenset[int]().union(*(screens[number].traits for number in adrift))
    shown = _Shown(screens, block_of, roots, wanted)
    homes = {number: shown.home_of(screens[number]) for number in adrift}
    for number, steps in adrift.items():
        roots.join_all([number, *(step for step in steps if step in adrift)])
    scrolled: defaultdict[int, list[int]] = defaultdict(list)
    for number, steps in adrift.items():
        scrolled[roots.root(number)] += [number, *steps]
    beside = _beside_parts(blocks)
    settled = {
        members[0]: _settle_scroll(members, homes, block_of, beside, roots)
        for members in scrolled.values()
    }
    lost = [number for number, is_settled in settled.items() if not is_settled]
    roots.join_all([next(iter(adrift)), *lost])


def _settle_scroll(
    members: Sequence[int],
    homes: Mapping[int, _Home | None],
    block_of: Mapping[int, int],
    beside: Mapping[int, Sequence[int]],
    roots: _Roots,
) -> bool:
    """Put steps of one scrolling to those of them with times, and to their homes in other blocks.

    Where none has a time it may as well be of the sections *beside* its home. Say whether there is
    any such.
    """
    dated = [number for number in members if number in block_of]
    best: dict[int, _Home] = {}
    for home in filter(None, map(homes.get, members)):
        block = block_of[home.number]
        best[block] = max(best.get(block, home), home)
    for number in dated:
        best.pop(block_of[number], None)
    found = [home.number for home in best.values()]
    around = [] if dated else [number for home in found for number in beside.get(home, ())]
    roots.join_all([members[0], *dated, *found, *around])
    return bool(dated or best)


def _beside_parts(blocks: Sequence[_CutBlock]) -> dict[int, list[int]]:
    """Return, for each part of a block that was cut, those above and below it, by a screen each.

    The screen of the part itself is the one by which its set is known at first.
    """
    beside: defaultdict[int, list[int]] = defaultdict(list)
    for block in blocks:
        for upper, lower in pairwise(min(part) for part in block.parts):
            beside[upper].append(lower)
            beside[lower].append(upper)
    return beside


def _steps_beside(screens: Sequence[Sketch], number: int) -> Iterator[int]:
    """Yield the steps before and after one that overlap with it."""
    for step in (number - 1, number + 1):
        if 0 <= step < len(screens) and _overlap_in_scrolling(screens[number], screens[step]):
            yield step


def _overlap_in_scrolling(one: Sketch, other: Sketch) -> bool:
    """Say whether neighbouring screens are steps of one scrolling and show something alike."""
    known = UNKNOWN not in (one.captured, other.captured)
    in_time = known and abs(one.captured - other.captured) <= _SCROLL
    return in_time and not one.traits.isdisjoint(other.traits)


class _Home(NamedTuple):
    """Where a screen without any time may belong, the likelier the greater.

    So many `telling` things both show, so many in all; how `near` in time (0 or less) they were
    taken; the `number` of the block's first screen.
    """

    telling: int
    found: int
    near: int
    number: int


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

    def home_of(self, screen: Sketch) -> _Home | None:
        """Return the block to which *screen* goes, if any."""
        found: Counter[int] = Counter()
        telling: Counter[int] = Counter()
        for trait in screen.traits:
            (telling if trait & 1 else found).update(self._blocks.get(trait, ()))
        found.update(telling)
        if found:
            most = max((telling[block], found[block]) for block in found)
            best = (block for block in found if (telling[block], found[block]) == most)
            return max(_Home(*most, -self._between(screen, block), block) for block in best)
        near = min(((self._between(screen, block), block) for block in self._taken), default=None)
        return _Home(0, 0, -near[0], near[1]) if near and near[0] <= _SCROLL else None

    def _between(self, screen: Sketch, block: int) -> int:
        """Return the time between the taking of *screen* and of the nearest one in a block."""
        taken = self._taken.get(block)
        if taken is None or screen.captured == UNKNOWN:
            return -UNKNOWN
        place = bisect_left(taken, screen.captured)
        return min(abs(screen.captured - other) for other in taken[max(0, place - 1) : place + 1])
