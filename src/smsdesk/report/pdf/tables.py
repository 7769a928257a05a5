"""Tables: rows are blocks of their own, so that a long table breaks anywhere and heads repeat."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from smsdesk.report.pdf.blocks import ANYWHERE, Block, Drawing, Lines, Paragraph, Placing
from smsdesk.report.pdf.sheet import Sheet
from smsdesk.report.pdf.styles import (
    BODY_HEIGHT,
    BODY_WIDTH,
    CELL,
    HAIRLINE,
    MM,
    TABLE,
    TABLE_HEAD,
    Style,
)

PAD_X = 1.4 * MM
PAD_Y = 3.0
HEAD_SHADE = 0.08
_SPLIT_ABOVE = BODY_HEIGHT / 4
"""Rows higher than this may break; lower ones go to the next page whole."""


class Cell(Protocol):
    """What stands in a cell: anything that knows its height and draws itself."""

    def height(self, width: float) -> float:
        """Return its height at *width*."""

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw it."""


@dataclass(frozen=True, slots=True)
class Late:
    """Lines whose words are known only when all pages are laid out (page numbers).

    `words` returns `lines` of them at most.
    """

    words: Callable[[Sheet], Sequence[str]]
    style: Style = TABLE
    link: str | None = None
    lines: int = 1

    def height(self, width: float) -> float:
        """Return the height of its lines."""
        return self.style.leading * self.lines

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Ask for the words, draw them, and make them a link."""
        for row, words in enumerate(self.words(sheet)):
            sheet.text(words, x, y + row * self.style.leading, width, self.style)
        if self.link:
            sheet.link(self.link, x, y, width, self.height(width))


@dataclass(frozen=True, slots=True)
class Columns:
    """A table's columns: widths in points; `grid` draws lines between them as well."""

    widths: tuple[float, ...]
    grid: bool = False

    @staticmethod
    def of(*millimetres: float, grid: bool = False) -> Columns:
        """Return columns that share the type area in these proportions."""
        whole = sum(millimetres)
        return Columns(tuple(BODY_WIDTH * part / whole for part in millimetres), grid)


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `shade` is a share of black behind it."""

    columns: Columns
    cells: tuple[Cell, ...]
    shade: float = 0.0
    placing: Placing = ANYWHERE
    top_line: bool = False

    def height(self, width: float) -> float:
        """Return the height of its highest cell with padding."""
        return 2 * PAD_Y + max(
            cell.height(column - 2 * PAD_X)
            for cell, column in zip(self.cells, self.columns.widths, strict=True)
        )

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Split between lines of the cells, only where the row is a big part of a page."""
        if self.height(width) < _SPLIT_ABOVE or room < _SPLIT_ABOVE / 2:
            return None
        halves = [
            _halves(cell, column - 2 * PAD_X, room - 2 * PAD_Y)
            for cell, column in zip(self.cells, self.columns.widths, strict=True)
        ]
        first = replace(self, cells=tuple(half[0] for half in halves))
        rest = tuple(half[1] for half in halves)
        return first, replace(self, cells=rest, placing=self.placing.continued())

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw shade, cells and lines."""
        height = self.height(width)
        if self.shade:
            sheet.box(x, y, sum(self.columns.widths), height, fill=self.shade)
        left = x
        for cell, column in zip(self.cells, self.columns.widths, strict=True):
            cell.draw(sheet, left + PAD_X, y + PAD_Y, column - 2 * PAD_X)
            left += column
        self._lines(sheet, x, y, height)

    def _lines(self, sheet: Sheet, x: float, y: float, height: float) -> None:
        right = x + sum(self.columns.widths)
        sheet.rule(x, y + height, right, y + height)
        if self.top_line or self.columns.grid:
            sheet.rule(x, y, right, y)
        if self.columns.grid:
            edge = x
            for column in (0.0, *self.columns.widths):
                edge += column
                sheet.rule(edge, y, edge, y + height, width=HAIRLINE)


def _halves(cell: Cell, width: float, room: float) -> tuple[Cell, Cell]:
    """Cut a cell's text after the lines that fit; other cells stay in the first half."""
    if isinstance(cell, Paragraph):
        cell = Lines(cell.lines(width), cell.style)
    if not isinstance(cell, Lines):
        return cell, Lines((), TABLE)
    fit = int(room / cell.style.leading)
    return Lines(cell.lines[:fit], cell.style), Lines(cell.lines[fit:], cell.style)


def head_row(columns: Columns, titles: Sequence[str], *, space: float = 0.0) -> Row:
    """Return the head of a table, which stays with its first row.

    A title that starts with ">" stands at the right, over numbers.
    """
    cells = tuple(_title(title) for title in titles)
    placing = Placing(space=space, keep_next=True)
    return Row(columns, cells, shade=HEAD_SHADE, placing=placing, top_line=True)


def _title(title: str) -> Paragraph:
    if title.startswith(">"):
        return Paragraph.of(title[1:], replace(TABLE_HEAD, align="right"))
    return Paragraph.of(title, TABLE_HEAD)


def text_row(
    columns: Columns, cells: Sequence[str | Cell], head: Row | None = None, style: Style = CELL
) -> Row:
    """Return a row; strings become paragraphs, *head* is repeated where a page begins here."""
    made = tuple(Paragraph.of(c, style) if isinstance(c, str) else c for c in cells)
    return Row(columns, made, placing=Placing(again=head))


def table(
    columns: Columns, titles: Sequence[str], rows: Iterable[Sequence[str | Cell]]
) -> Iterator[Block]:
    """Yield a whole table with a repeated head; its last row never stands alone on a page."""
    again = head_row(columns, titles)
    yield head_row(columns, titles, space=6)
    held: deque[Row] = deque()
    for row in rows:
        held.append(text_row(columns, row, again))
        if len(held) > 2:
            yield held.popleft()
    if len(held) == 2 and held[0].height(BODY_WIDTH) < _SPLIT_ABOVE:
        held[0] = replace(held[0], placing=replace(held[0].placing, keep_next=True))
    yield from held


def gap(points: float) -> Drawing:
    """Return empty space."""
    return Drawing(points, lambda *_: None)
