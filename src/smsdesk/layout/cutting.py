"""Where a block of a thread that was photographed without any gap can be cut into sections.

A cut lies above a message whose time is drawn and known, and that came long after the one above it.
Of the screens that show both, all show the same two, whole, with the same times: so nobody doubts
which messages these are, nor that one follows the other. All other screens lie wholly before or
after. So each section can be joined by itself; screens that reach across are shared out.

Which cuts are taken depends on their moments alone as far as can be: what comes into one section
must not move the others.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from smsdesk.layout.sketches import APART, OWN, UNKNOWN, WHOLE, Line, Sketch, hashed

MOST = 60
"""Screens that are joined together though they could be cut: they take some tenths of a second, and
what comes back in a thread is the better known, the more of it is seen at once."""

LEAST = 20
"""Screens on either side of a cut, some 130 messages: fewer tell too little of what comes back."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A cut above a message that was sent `at` this moment at the earliest.

    `heads` are the screens that show it below another message, each with its number on the screen.
    """

    at: int
    heads: tuple[tuple[Sketch, int], ...]

    @property
    def above(self) -> list[int]:
        """The sightings of the message above the cut, on these screens."""
        return [screen.lines[number - 1][0] for screen, number in self.heads]

    @property
    def below(self) -> list[int]:
        """Those of the message below it."""
        return [screen.lines[number][0] for screen, number in self.heads]


class Piece(NamedTuple):
    """The lines of a screen from number `start` to before `stop`."""

    screen: Sketch
    start: int
    stop: int

    @property
    def lines(self) -> list[Line]:
        """What it shows."""
        return self.screen.lines[self.start : self.stop]


@dataclass(slots=True)
class Section:
    """Pieces of screens between two cuts (None: where the block begins or ends)."""

    pieces: list[Piece] = field(default_factory=list)
    top: Cut | None = None
    bottom: Cut | None = None


def cuts_through(screens: Sequence[Sketch], barred: Collection[tuple[int, int]] = ()) -> list[Cut]:
    """Return where to cut a block of these *screens* (all with times), from its beginning.

    None of those *barred* (originals and pages) is shared out.
    """
    if len(screens) <= MOST:
        return []
    return list(_chosen(sorted(_possible(screens, barred), key=itemgetter(0)), 0, len(screens)))


def _chosen(possible: Sequence[tuple[int, Cut]], start: int, end: int) -> Iterator[Cut]:
    """Yield the cuts to take of those *possible* between the screens number *start* and *end*.

    Each has the number of screens that begin above it.
    """
    if end - start <= MOST:
        return
    fitting = [(n, cut) for n, cut in possible if start + LEAST <= n <= end - LEAST]
    if not fitting:
        return
    number, best = min(fitting, key=lambda numbered: hashed(str(numbered[1].at)))
    yield from _chosen(fitting, start, number)
    yield best
    yield from _chosen(fitting, number, end)


def _possible(
    screens: Sequence[Sketch], barred: Collection[tuple[int, int]]
) -> Iterator[tuple[int, Cut]]:
    """Yield all cuts, in no order, each with the number of screens that begin above it."""
    begins = sorted(screen.first for screen in screens)
    ends = sorted(map(_end, screens))
    reaching_up = Counter(screen.first for screen in screens if screen.above_first)
    heads: defaultdict[int, list[tuple[Sketch, int]]] = defaultdict(list)
    for screen in screens:
        if not screen.is_list and screen.key not in barred:
            for number in _heads(screen):
                heads[screen.lines[number][3]].append((screen, number))
    for at, shown in heads.items():
        above = bisect_left(begins, at) + reaching_up[at]
        if above - bisect_left(ends, at) == len(shown) and _of_one(shown):
            yield above, Cut(at, tuple(shown))


def _of_one(shown: Sequence[tuple[Sketch, int]]) -> bool:
    """Say whether screens show the same message below a cut, and the same above it.

    Where one has no time for that above, the two must differ: else it might be the one below.
    """
    pairs = [screen.lines[number - 1 : number + 1] for screen, number in shown]
    if len({(above[1], head[1], head[4]) for above, head in pairs}) > 1:
        return False
    times = {above[3] for above, _ in pairs}
    above, head = pairs[0]
    return len(times - {UNKNOWN}) == 1 and (UNKNOWN not in times or above[1] != head[1])


def _end(screen: Sketch) -> int:
    """Return until when nothing may be cut, after the last time on a screen.

    A row of a message list shows that no other message came until the list was taken; what has no
    time below the last that has one may be of any moment until then.
    """
    is_open = screen.is_list or screen.lines[-1][3] == UNKNOWN
    return max(screen.last, screen.captured if is_open else UNKNOWN) + APART


def _heads(screen: Sketch) -> Iterator[int]:
    """Yield the numbers of the lines above which a cut may lie, as far as this screen tells."""
    earliest = [line[3] for line in screen.lines]
    for number in range(1, len(earliest)):
        at = earliest[number]
        if at != UNKNOWN and _parts(*screen.lines[number - 1 : number + 1]):
            below = (moment for moment in earliest[number:] if moment != UNKNOWN)
            if max(earliest[:number]) + APART < at <= min(below):
                yield number


def _parts(above: Line, head: Line) -> bool:
    """Say whether two lines are whole, and the time drawn above the second one parts them."""
    whole = above[5] & head[5] & WHOLE
    exact = head[3] == head[4]
    return bool(whole and head[5] & OWN) and (exact or above[4] < head[3])
