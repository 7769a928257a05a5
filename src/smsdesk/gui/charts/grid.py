"""What a chart of cells shows, apart from how it is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

Cell = tuple[int, int]
"""Column and row, both from 0."""

CLASSES = 4
"""Shades of a cell that is not empty: more can hardly be told apart."""


class Stretch(Enum):
    """What lies between two cells: all that follow one another down the columns, or a block."""

    IN_ORDER = auto()
    BLOCK = auto()


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells with the number in each; a cell that is not in `counts` does not exist.

    `columns_named` and `rows_named` are words at the edge by column or row; `marked` are cells
    that stand out for a reason that the legend tells; `dimmed` are columns of the night.
    """

    columns: int
    rows: int
    counts: Mapping[Cell, int]
    columns_named: Mapping[int, str]
    rows_named: Mapping[int, str]
    stretch: Stretch
    marked: frozenset[Cell] = frozenset()
    dimmed: frozenset[int] = frozenset()
    breaks: frozenset[Cell] = field(default_factory=frozenset)
    """Cells that begin something (a month): a line is drawn before them."""

    @property
    def most(self) -> int:
        """The largest number of a cell."""
        return max(self.counts.values(), default=0)

    def between(self, one: Cell, other: Cell) -> frozenset[Cell]:
        """Return the cells of a stretch from *one* to *other*, both included."""
        return frozenset(cell for cell in self._between(one, other) if cell in self.counts)

    def _between(self, one: Cell, other: Cell) -> Iterator[Cell]:
        if self.stretch is Stretch.BLOCK:
            columns, rows = ((min(a, b), max(a, b)) for a, b in zip(one, other, strict=True))
            for column in range(columns[0], columns[1] + 1):
                yield from ((column, row) for row in range(rows[0], rows[1] + 1))
            return
        first, last = sorted(column * self.rows + row for column, row in (one, other))
        yield from (divmod(place, self.rows) for place in range(first, last + 1))

    def step(self, cell: Cell, across: int, down: int) -> Cell:
        """Return the cell beside *cell*; at the edge, where nothing is, *cell* itself.

        Where cells follow one another down the columns, a step below the last row leads to the
        top of the next column.
        """
        column, row = cell[0] + across, cell[1] + down
        if self.stretch is Stretch.IN_ORDER and not 0 <= row < self.rows:
            column, row = column + (1 if row > 0 else -1), row % self.rows
        return (column, row) if (column, row) in self.counts else cell

    @property
    def ends(self) -> tuple[Cell, Cell] | None:
        """The first and the last cell, None if there is none."""
        return (min(self.counts), max(self.counts)) if self.counts else None


def class_bounds(most: int) -> list[int]:
    """Return the smallest number of each shade, from 1 on: even steps up to *most*."""
    bounds = (1 + (most * step) // CLASSES for step in range(CLASSES))
    return [bound for bound in dict.fromkeys(bounds) if bound <= most]


def shade_of(count: int, bounds: Iterable[int]) -> int:
    """Return the shade (0: empty) of a number."""
    return sum(count >= bound for bound in bounds)
