"""What every text recognition engine can do, and the order in which it gives its lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PIL import Image

from smsdesk.domain.reading import EngineIdentity, Reading, TextLine


class Engine(Protocol):
    """Reads the text of pictures; one engine object serves any number of threads at a time."""

    @property
    def identity(self) -> EngineIdentity:
        """Which program and which models read, exactly enough to repeat a reading."""
        ...

    def read(self, image: Image.Image) -> Reading:
        """Return all lines of *image* (mode RGB, upright), top to bottom, boxes in its pixels."""
        ...


def in_reading_order(lines: Sequence[TextLine]) -> list[TextLine]:
    """Sort top to bottom, and from the left where lines stand side by side.

    Two lines are side by side if the middle of one lies within the middle half of the other.
    """
    ordered: list[TextLine] = []
    row: list[TextLine] = []
    for line in sorted(lines, key=lambda each: each.box.center_y):
        if row and abs(line.box.center_y - row[0].box.center_y) > row[0].box.height / 4:
            ordered += sorted(row, key=lambda each: each.box.x0)
            row = []
        row.append(line)
    return ordered + sorted(row, key=lambda each: each.box.x0)
