"""Measures of the court file: paper, margins, type sizes and greys; lengths in points."""

from __future__ import annotations

from dataclasses import dataclass

MM = 72 / 25.4
PAGE_WIDTH = 210 * MM
PAGE_HEIGHT = 297 * MM
MARGIN_LEFT = 28 * MM
"""Wide enough to bind; courts punch or stitch at the left."""
MARGIN_RIGHT = 17 * MM
MARGIN_TOP = 22 * MM
MARGIN_BOTTOM = 20 * MM
BODY_WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT
GRID = 15.0
BODY_HEIGHT = (PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM) // GRID * GRID
"""A whole number of grid lines, so that body text of facing pages stands at the same height."""

HAIRLINE = 0.4
RULE_GREY = 0.6
"""Share of black in hairlines (reportlab counts white as 1, hence `ink`)."""


def ink(share: float) -> float:
    """Return reportlab's grey level for a share of black (0 paper, 1 black)."""
    return 1 - share


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set: size and leading in points, share of black, alignment.

    `align` is "left" (justified where a line is nearly full), "ragged" (left, never stretched),
    "center" or "right".
    """

    size: float
    leading: float
    bold: bool = False
    black: float = 1.0
    align: str = "left"


TITLE = Style(22, 30, bold=True, align="center")
HEADING = Style(15, 22.5, bold=True)
SUBHEADING = Style(12, 15, bold=True)
BODY = Style(9.5, GRID)
BODY_BOLD = Style(9.5, GRID, bold=True)
TABLE = Style(8.5, 13)
CELL = Style(8.5, 13, align="ragged")
"""In narrow columns stretched lines would show gaps between the letters."""
TABLE_HEAD = Style(8.5, 13, bold=True)
TABLE_CENTER = Style(8.5, 13, align="center")
CAPTION = Style(7.5, 11)
CAPTION_CELL = Style(7.5, 11, align="ragged")
CAPTION_GREY = Style(7.5, 11, black=0.75)
CAPTION_BOLD = Style(7.5, 11, bold=True)
HASH = Style(6.8, 11)
"""64 hexadecimal digits stand on one line of 90 mm (on 84 mm as a rule)."""
