"""Chips: how a label is drawn. A whole outline is confirmed, a dashed one only proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smsdesk.report.pdf.blocks import ANYWHERE, Block, Placing
from smsdesk.report.pdf.sheet import Sheet
from smsdesk.report.pdf.styles import GRID, Style
from smsdesk.report.pdf.text import shape

_STYLE = Style(8, 12)
_PAD = 4.5
_GAP = 5.0


@dataclass(frozen=True, slots=True)
class Chip:
    """A label's words and whether a person confirmed it."""

    words: str
    confirmed: bool

    @property
    def width(self) -> float:
        """Return its width on paper."""
        return sum(g.width for g in shape(self.words)) * _STYLE.size + 2 * _PAD

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw it in a line box of one grid line that starts at *y*."""
        dash = () if self.confirmed else (2.2, 1.6)
        line = 0.8 if self.confirmed else 0.6
        sheet.box(x, y + 1.5, self.width, 12, stroke=1, line=line, dash=dash, radius=2.5)
        sheet.text(self.words, x + _PAD, y + 1.5, self.width, _STYLE)


def chip(name: str, confirmed: bool) -> Chip:
    """Return the chip of the label called *name*."""
    return Chip(f"涉嫌{name}" if confirmed else f"涉嫌{name}（待确认）", confirmed)


@dataclass(frozen=True, slots=True)
class Chips:
    """Chips one after the other, in as many grid lines as they need."""

    chips: Sequence[Chip]
    placing: Placing = ANYWHERE

    def _rows(self, width: float) -> list[list[tuple[float, Chip]]]:
        rows: list[list[tuple[float, Chip]]] = [[]]
        x = 0.0
        for item in self.chips:
            if rows[-1] and x + item.width > width:
                rows.append([])
                x = 0.0
            rows[-1].append((x, item))
            x += item.width + _GAP
        return rows

    def height(self, width: float) -> float:
        """Return the height of all rows."""
        return GRID * len(self._rows(width)) if self.chips else 0.0

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Never splits."""
        return None

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw all rows."""
        for number, row in enumerate(self._rows(width)):
            for left, item in row:
                item.draw(sheet, x + left, y + number * GRID)
