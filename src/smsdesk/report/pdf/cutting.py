"""How a page of an original is laid on paper: how large, and where a long one is cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from smsdesk.domain.cases import Page
from smsdesk.domain.errors import PictureError
from smsdesk.report.pdf.styles import BODY_HEIGHT, BODY_WIDTH, CAPTION, MM

GUTTER = 5 * MM
CELL_WIDTH = (BODY_WIDTH - GUTTER) / 2
"""80 mm: two to a page, and never wider than the 82 mm that keep a phone's text legible."""
CAPTION_HEIGHT = 7 * CAPTION.leading + 4
_HEADINGS = 72.0
"""What the headings of the annex and of a group take above the first pictures."""
MAX_PICTURE = BODY_HEIGHT - CAPTION_HEIGHT - _HEADINGS
OVERLAP = 10 * MM
_COARSEST = 72 / 100
"""No pixel is printed larger than a hundredth of an inch: small pictures stay small."""
_WIDE = 1.15
"""Pictures broader than high (tablets) get the whole width; at 80 mm they could not be read."""
_BLANK_STEP = 6
"""Rows whose darkest and lightest pixel differ by no more than this (of 255) are blank: JPEG noise
stays below it, the palest bubble outline stands out from its ground by 10 and more."""
_SEARCH = 0.3
"""A cut is looked for in this last share of a piece; higher up would waste paper."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The rows y0 to y1 of a page that stand in one cell; piece *part* of *parts*."""

    page: Page
    y0: int
    y1: int
    part: int
    parts: int

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height on paper."""
        scale = scale_of(self.page)
        return self.page.width * scale, (self.y1 - self.y0) * scale


def is_wide(page: Page) -> bool:
    """Say whether a picture takes the whole width of the paper."""
    return page.width > _WIDE * page.height


def cell_width(page: Page) -> float:
    """Return how much width a picture and its caption have."""
    return BODY_WIDTH if is_wide(page) else CELL_WIDTH


def scale_of(page: Page) -> float:
    """Return how many points one pixel of a picture measures on paper."""
    return min(cell_width(page) / page.width, _COARSEST)


def pieces_of(page: Page, upright: Callable[[int, int], Image.Image]) -> list[Piece]:
    """Return the pieces in which a picture is printed, one where it fits a sheet of paper."""
    scale = scale_of(page)
    if page.height * scale <= MAX_PICTURE:
        return [Piece(page, 0, page.height, 1, 1)]
    limit, overlap = int(MAX_PICTURE / scale), round(OVERLAP / scale)
    try:
        cuts = find_cuts(upright(page.original_id, page.index), limit, overlap)
    except PictureError:  # one cell is enough to say that it cannot be shown
        cuts = [(0, limit)]
    return [Piece(page, y0, y1, part, len(cuts)) for part, (y0, y1) in enumerate(cuts, 1)]


def find_cuts(image: Image.Image, limit: int, overlap: int) -> list[tuple[int, int]]:
    """Cut a picture into pieces of at most *limit* rows, at blank rows where there are any.

    Each piece but the first repeats *overlap* rows of the one before.
    """
    blank = _blank_rows(image)
    pieces = []
    top = 0
    while image.height - top > limit:
        bottom = _cut_between(blank, top + round(limit * (1 - _SEARCH)), top + limit)
        pieces.append((top, bottom))
        top = bottom - overlap
    return [*pieces, (top, image.height)]


Rows = npt.NDArray[np.bool_]


def _blank_rows(image: Image.Image) -> Rows:
    """Return for each row whether it shows nothing but its ground."""
    grey = np.asarray(image.convert("L"))
    rows: Rows = grey.max(axis=1).astype(np.int16) - grey.min(axis=1) <= _BLANK_STEP
    return rows


def _cut_between(blank: Rows, low: int, high: int) -> int:
    """Return the middle of the lowest good run of blank rows in [low, high), *high* if none.

    Good is what is at least half as high as the highest run: the space between two messages, not
    that between two lines of one.
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([False], blank[low:high], [False]))))
    runs = [(low + int(a), low + int(b)) for a, b in edges.reshape(-1, 2)]
    highest = max((end - start for start, end in runs), default=0)
    good = [(start + end) // 2 for start, end in runs if 2 * (end - start) >= highest]
    return good[-1] if good else high
