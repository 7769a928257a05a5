"""Blocks are put on pages here, and pages get their running heads and feet."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from smsdesk.report.pdf.blocks import Block
from smsdesk.report.pdf.sheet import Sheet
from smsdesk.report.pdf.styles import (
    BODY_HEIGHT,
    BODY_WIDTH,
    CAPTION_GREY,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_TOP,
    MM,
    PAGE_HEIGHT,
    Style,
)
from smsdesk.report.pdf.text import Line, one_line


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the court file; it begins on a new page. `title` stands in the running head.

    `key` is the anchor of its heading.
    """

    key: str
    title: str
    blocks: Sequence[Block]
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
    """One laid out page; `number` counts from 1."""

    number: int
    part: Part
    placed: list[Placed] = field(default_factory=list)
    used: float = 0.0

    @property
    def room(self) -> float:
        """How much of the type area is free."""
        return BODY_HEIGHT - self.used

    def place(self, block: Block, height: float) -> None:
        """Put *block* under what is there already."""
        self.used += block.placing.space if self.placed else 0.0
        self.placed.append(Placed(block, MARGIN_TOP + self.used))
        self.used += height


@dataclass(slots=True)
class Layout:
    """All pages, and the page number of every anchor."""

    pages: list[Page] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)

    def add(self, part: Part) -> None:
        """Lay out *part* from a new page on."""
        page = self._turn(part)
        waiting = deque(part.blocks)
        while waiting:
            page = self._put_next(page, waiting)
        self.anchors[part_end(part.key)] = page.number

    def _turn(self, part: Part) -> Page:
        page = Page(len(self.pages) + 1, part)
        self.pages.append(page)
        return page

    def _place(self, page: Page, block: Block, height: float) -> None:
        page.place(block, height)
        for anchor in block.placing.anchors:
            self.anchors.setdefault(anchor, page.number)

    def _put_next(self, page: Page, waiting: deque[Block]) -> Page:
        """Place the next block or a part of it; return the page that goes on."""
        block = waiting.popleft()
        if not page.placed and block.placing.again:
            again = block.placing.again
            self._place(page, again, again.height(BODY_WIDTH))
        space = block.placing.space if page.placed else 0.0
        room = page.room - space
        height = block.height(BODY_WIDTH)
        if height + _needed_behind(block, waiting) <= room + 1e-6:
            self._place(page, block, height)
            return page
        parts = None if block.placing.keep_next else block.split(BODY_WIDTH, room)
        if parts:
            self._place(page, parts[0], parts[0].height(BODY_WIDTH))
            waiting.appendleft(parts[1])
        elif _holds_content(page, block):
            waiting.appendleft(block)
        else:
            self._place(page, block, height)
            return page
        return self._turn(page.part)


def _holds_content(page: Page, block: Block) -> bool:
    """Say whether the page holds more than a repeated head, so that turning it makes room."""
    return any(placed.block is not block.placing.again for placed in page.placed)


def _needed_behind(block: Block, waiting: Iterable[Block]) -> float:
    """Return how much room what must stay with *block* needs: heads, and a start of the next."""
    needed = 0.0
    following: Iterator[Block] = iter(waiting)
    while block.placing.keep_next:
        after = next(following, None)
        if after is None:
            break
        needed += after.placing.space + _least(after)
        block = after
    return needed


def _least(block: Block) -> float:
    """Return the height of the smallest first part of *block*."""
    height = block.height(BODY_WIDTH)
    if block.placing.keep_next:
        return height
    room = 30.0
    while room < height:
        parts = block.split(BODY_WIDTH, room)
        if parts:
            return parts[0].height(BODY_WIDTH)
        room += 15.0
    return height


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands at the head and foot of every page."""

    case_title: str
    manifest_snippet: str
    made_at: str
    pages: int

    def draw(self, sheet: Sheet, page: Page) -> None:
        """Draw head and foot."""
        if page.part.running_head:
            self._head(sheet, page)
        top = PAGE_HEIGHT - MARGIN_BOTTOM + 6 * MM
        edges = MARGIN_LEFT, top, BODY_WIDTH
        sheet.text(self.manifest_snippet, *edges, CAPTION_GREY)
        sheet.text(f"第 {page.number} 页 共 {self.pages} 页", *edges, _centered(CAPTION_GREY))
        sheet.text(self.made_at, *edges, _right(CAPTION_GREY))

    def _head(self, sheet: Sheet, page: Page) -> None:
        top = 12 * MM
        style = CAPTION_GREY
        title = one_line(self.case_title, style.size, BODY_WIDTH - 40 * MM)
        line = Line(title, sum(glyph.width for glyph in title), ends=True)
        sheet.line(line, MARGIN_LEFT, top, BODY_WIDTH, style)
        sheet.text(page.part.title, MARGIN_LEFT, top, BODY_WIDTH, _right(style))
        rule = top + style.leading + 2
        sheet.rule(MARGIN_LEFT, rule, MARGIN_LEFT + BODY_WIDTH, rule)


def _centered(style: Style) -> Style:
    return Style(style.size, style.leading, style.bold, style.black, "center")


def _right(style: Style) -> Style:
    return Style(style.size, style.leading, style.bold, style.black, "right")
