"""Cut tall pictures into overlapping tiles, and put what is found in them together again."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from smsdesk.domain.geometry import Box

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Tile:
    """Rows `top` to `bottom` of the picture, which an engine sees at once.

    Neighbours overlap; what both see is taken from the one in whose own band it lies. The bands
    overlap a little too: the two never measure a line quite alike, and each could leave a line on
    the border to the other.
    """

    top: int
    bottom: int
    band_top: float
    band_bottom: float

    def owns(self, box: Box) -> bool:
        """Whether *box* (in the picture's pixels) is this tile's to report."""
        return self.band_top <= box.center_y < self.band_bottom


def even_tiles(height: int, tall: float, overlap: float) -> list[Tile]:
    """Cut *height* rows into even tiles of at most *tall* rows that share *overlap* rows."""
    count = 1 if height <= tall else math.ceil((height - overlap) / (tall - overlap))
    step = (height - overlap) / count
    cuts = [-math.inf, *(index * step + overlap / 2 for index in range(1, count)), math.inf]
    return [
        Tile(
            max(0, round(index * step)),
            height if index == count - 1 else round(index * step + step + overlap),
            cuts[index] - overlap / 4,
            cuts[index + 1] + overlap / 4,
        )
        for index in range(count)
    ]


def gather(
    tiles: Sequence[Tile],
    find: Callable[[Tile], Iterable[Found]],
    box_of: Callable[[Found], Box],
) -> list[Found]:
    """Return what *find* finds in all *tiles*, each line of text once."""
    kept: list[Found] = []
    for tile in tiles:
        above = [box_of(item) for item in kept if box_of(item).y1 > tile.top]
        own = (item for item in find(tile) if tile.owns(box_of(item)))
        kept += [
            item for item in own if not any(_same_line(box_of(item), other) for other in above)
        ]
    return kept


def _same_line(one: Box, other: Box) -> bool:
    """Whether two tiles saw the same line: each way, the boxes share half of the smaller one."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return wide * 2 > min(one.width, other.width) and high * 2 > min(one.height, other.height)
