"""Blocks are put on pages here, one page at a time.

Laying out is done twice: once to learn on which page every place lies, once more to draw. Blocks
are made anew each time and forgotten with their page, so that a file of thousands of pages needs
the memory of one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from smsdesk.report.pdf.blocks import Block, Shown
from smsdesk.report.pdf.styles import BODY_HEIGHT, BODY_WIDTH, GRID, MARGIN_TOP


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the court file; it begins on a new page. `title` stands in the running head.

    `key` is the anchor of its heading. `blocks` can be gone through once.
    """

    key: str
    title: str
    blocks: Iterable[Block]
    running_head: bool = True


def part_end(key: str) -> str:
    """Return the name under which the last page of the part *key* is known."""
    return f"{key}-last"


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and the y at which it stands."""

    block: Block
    y: float


@dataclass(slots=True)
class Page:
    """One laid out page; `index` counts from 1 and knows nothing of volumes."""

    index: int
    part: Part
    placed: list[Placed] = field(default_factory=list)
    used: float = 0.0

    @property
    def room(self) -> float:
        """How much of the type area is free."""
        return BODY_HEIGHT - self.used

    @property
    def shows(self) -> list[Shown]:
        """The pictures that are drawn on it."""
        return [shown for placed in self.placed for shown in placed.block.placing.shows]

    def place(self, block: Block, height: float) -> None:
        """Put *block* under what is there already."""
        self.used += block.placing.space if self.placed else 0.0
        self.placed.append(Placed(block, MARGIN_TOP + self.used))
        self.used += height


class _Waiting:
    """Blocks that are still to be placed: made when they are looked at, not before."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._made: deque[Block] = deque()
        self._rest = iter(blocks)

    def next(self) -> Block | None:
        """Take the next block; None if there is none left."""
        return self._made.popleft() if self._made else next(self._rest, None)

    def back(self, block: Block) -> None:
        """Put *block* in front of all others."""
        self._made.appendleft(block)

    def ahead(self) -> Iterator[Block]:
        """Look at the next blocks without taking them."""
        position = 0
        while True:
            if position == len(self._made):
                block = next(self._rest, None)
                if block is None:
                    return
                self._made.append(block)
            yield self._made[position]
            position += 1


@dataclass(slots=True)
class Layout:
    """Puts parts on pages; knows how many there are and the page (index) of every anchor."""

    count: int = 0
    anchors: dict[str, int] = field(default_factory=dict)

    def lay(self, part: Part) -> Iterator[Page]:
        """Yield the pages of *part*, which begins on a new one."""
        waiting = _Waiting(part.blocks)
        page = self._turn(part)
        while (block := waiting.next()) is not None:
            if self._put(page, block, waiting):
                continue
            yield page
            page = self._turn(part)
        self.anchors[part_end(part.key)] = page.index
        yield page

    def _turn(self, part: Part) -> Page:
        self.count += 1
        return Page(self.count, part)

    def _place(self, page: Page, block: Block, height: float) -> None:
        page.place(block, height)
        for anchor in block.placing.anchors:
            self.anchors.setdefault(anchor, page.index)

    def _put(self, page: Page, block: Block, waiting: _Waiting) -> bool:
        """Place a block or a first part of it; False if the page is full and what is left waits."""
        if not page.placed and block.placing.again:
            again = block.placing.again
            self._place(page, again, again.height(BODY_WIDTH))
        space = block.placing.space if page.placed else 0.0
        room = page.room - space
        height = block.height(BODY_WIDTH)
        if height + _needed_behind(block, waiting) <= room + 1e-6:
            self._place(page, block, height)
            return True
        parts = None if block.placing.keep_next else block.split(BODY_WIDTH, room)
        if parts:
            self._place(page, parts[0], parts[0].height(BODY_WIDTH))
            waiting.back(parts[1])
            return False
        if _holds_content(page, block):
            waiting.back(block)
            return False
        self._place(page, block, height)
        return True


def _holds_content(page: Page, block: Block) -> bool:
    """Say whether the page holds more than a repeated head, so that turning it makes room."""
    return any(placed.block is not block.placing.again for placed in page.placed)


def _needed_behind(block: Block, waiting: _Waiting) -> float:
    """Return how much room what must stay with *block* needs: heads, and a start of the next."""
    needed = 0.0
    for after in waiting.ahead():
        if not block.placing.keep_next:
            break
        needed += after.placing.space + _least(after)
        block = after
    return needed


def _least(block: Block) -> float:
    """Return the height of the smallest first part of *block*."""
    height = block.height(BODY_WIDTH)
    if block.placing.keep_next:
        return height
    room = 2 * GRID
    while room < height:
        parts = block.split(BODY_WIDTH, room)
        if parts:
            return parts[0].height(BODY_WIDTH)
        room += GRID
    return height
