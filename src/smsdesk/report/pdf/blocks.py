"""The building stones of a page: what a block must answer, and the plain ones.

A block knows its height for a given width, can often be split, and draws itself. Page numbers of
other places are only asked for while drawing, when every page is known; so one pass lays out all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from smsdesk.domain.cases import Page as OriginalPage
from smsdesk.report.pdf.sheet import Sheet
from smsdesk.report.pdf.styles import BODY, HEADING, Style
from smsdesk.report.pdf.text import Glyphs, Line, break_lines, shape


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that a block draws: a whole page of an original, or the pixels *part* of it."""

    page: OriginalPage
    part: tuple[int, int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Placing:
    """How a block wants to stand on the page.

    `space` points are left above it (not at the top of a page). `keep_next` forbids a page break
    behind it. `anchors` name its place; each of `bookmarks` (title, level, anchor) enters the
    outline. `again` is repeated at the top of a page that begins with this block. `shows` are the
    pictures that the block draws.
    """

    space: float = 0.0
    keep_next: bool = False
    anchors: tuple[str, ...] = ()
    bookmarks: tuple[tuple[str, int, str], ...] = ()
    again: Block | None = None
    shows: tuple[Shown, ...] = ()

    @staticmethod
    def named(anchor: str, title: str, level: int = 0) -> Placing:
        """Return the placing of a block that the outline leads to."""
        return Placing(anchors=(anchor,), bookmarks=((title, level, anchor),))

    def continued(self) -> Placing:
        """Return the placing of what is left of a split block: on a new page, without anchors."""
        return Placing(keep_next=self.keep_next, again=self.again)


ANYWHERE = Placing()
"""Neither kept, nor named, nor repeated."""


class Block(Protocol):
    """Something that stands on a page; lengths in points."""

    @property
    def placing(self) -> Placing:
        """How it wants to stand."""

    def height(self, width: float) -> float:
        """Return its whole height at *width*."""

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Return a first part no higher than *room* and the rest; None if that cannot be."""

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw it with its upper left corner at (x, y)."""


@dataclass(frozen=True)
class Paragraph:
    """Text in one style; splits between lines, two at least on either side."""

    glyphs: Glyphs
    style: Style = BODY
    placing: Placing = ANYWHERE
    _lines: dict[float, tuple[Line, ...]] = field(default_factory=dict, compare=False)

    @staticmethod
    def of(text: str, style: Style = BODY, placing: Placing = ANYWHERE) -> Paragraph:
        """Return a paragraph of plain text."""
        return Paragraph(shape(text, bold=style.bold), style, placing)

    def lines(self, width: float) -> tuple[Line, ...]:
        """Return its lines at *width*."""
        if width not in self._lines:
            self._lines[width] = break_lines(self.glyphs, width / self.style.size)
        return self._lines[width]

    def height(self, width: float) -> float:
        """Return the height of all its lines."""
        return len(self.lines(width)) * self.style.leading

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Split between lines."""
        lines = self.lines(width)
        fit = min(int(room / self.style.leading + 1e-6), len(lines) - 2)
        if fit < 2:
            return None
        style = self.style
        return (
            Lines(lines[:fit], style, replace(self.placing, keep_next=False)),
            Lines(lines[fit:], style, self.placing.continued()),
        )

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw all lines."""
        draw_lines(sheet, self.lines(width), x, y, width, self.style)


def draw_lines(
    sheet: Sheet, lines: Sequence[Line], x: float, y: float, width: float, style: Style
) -> None:
    """Draw *lines* one under the other."""
    for number, line in enumerate(lines):
        sheet.line(line, x, y + number * style.leading, width, style)


@dataclass(frozen=True, slots=True)
class Lines:
    """A part of a paragraph that is broken into lines already."""

    lines: tuple[Line, ...]
    style: Style
    placing: Placing = ANYWHERE

    def height(self, width: float) -> float:
        """Return the height of all lines, whatever the width."""
        return len(self.lines) * self.style.leading

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Split between lines."""
        fit = min(int(room / self.style.leading + 1e-6), len(self.lines) - 2)
        if fit < 2:
            return None
        return (
            Lines(self.lines[:fit], self.style, replace(self.placing, keep_next=False)),
            Lines(self.lines[fit:], self.style, self.placing.continued()),
        )

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw all lines."""
        draw_lines(sheet, self.lines, x, y, width, self.style)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of fixed height made by a function of (sheet, x, y, width)."""

    size: float
    paint: Callable[[Sheet, float, float, float], None]
    placing: Placing = ANYWHERE

    def height(self, width: float) -> float:
        """Return its fixed height."""
        return self.size

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Never splits."""
        return None

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Let the function draw."""
        self.paint(sheet, x, y, width)


def heading(
    text: str, style: Style = HEADING, *, space: float = 15, placing: Placing = ANYWHERE
) -> Paragraph:
    """Return a heading that stays with what follows."""
    return Paragraph.of(text, style, replace(placing, space=space, keep_next=True))
