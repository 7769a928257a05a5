"""Boxes on a picture, in pixels of the upright original (EXIF rotation applied)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """An axis-parallel rectangle; x grows to the right, y downwards; x1 and y1 lie outside."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Horizontal extent in pixels."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Vertical extent in pixels."""
        return self.y1 - self.y0

    @property
    def center_x(self) -> float:
        """Middle between left and right."""
        return (self.x0 + self.x1) / 2

    @property
    def center_y(self) -> float:
        """Middle between top and bottom."""
        return (self.y0 + self.y1) / 2

    def rounded(self) -> tuple[int, int, int, int]:
        """Return whole pixels (x0, y0, x1, y1)."""
        return round(self.x0), round(self.y0), round(self.x1), round(self.y1)

    def overlaps(self, other: Box) -> bool:
        """Say whether the two share any pixel."""
        wide = min(self.x1, other.x1) > max(self.x0, other.x0)
        return wide and min(self.y1, other.y1) > max(self.y0, other.y0)

    def moved(self, x: float, y: float) -> Box:
        """Return the box *x* to the right and *y* down."""
        return Box(self.x0 + x, self.y0 + y, self.x1 + x, self.y1 + y)

    @staticmethod
    def around(boxes: Iterable[Box]) -> Box:
        """Return the smallest box that holds all of *boxes* (at least one)."""
        parts = list(boxes)
        return Box(
            min(b.x0 for b in parts),
            min(b.y0 for b in parts),
            max(b.x1 for b in parts),
            max(b.y1 for b in parts),
        )
