"""Find the outline of a screen in a photo: four straight edges, none quite upright or level."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Point = tuple[float, float]
Floats = npt.NDArray[np.float32]

_SHORT_SIDE = 420
"""Edges a few pixels blurred are sharp in a picture of this short side, and noise is gone."""

_MOST_DEGREES, _DEGREE_STEP = 8.0, 0.25
"""Sides lean by at most this much: by holding the phone askew, and the camera too."""

_STRONG = 14.0
"""Edges change the grey by more than this from pixel to pixel; a screen shines more."""

_LINES = 8
"""So many lines each way are tried for sides."""

_SIDE = 0.3
"""Sides are at least so long, as a share of the picture's own."""

_LEAST_AREA = 0.4
"""A screen fills at least this share of the photo that is taken of it; a bubble does not."""

_SEEN = 0.55
"""A side shows along so much of its length; fingers and cables may hide the rest."""

_NEAR = 1.5
"""Edge points so near a line, in pixels of the small picture, belong to it."""


@dataclass(frozen=True, slots=True)
class _Line:
    """Points (at + slope * t, t); t runs down the picture, or across it for level lines.

    `points` are the t of the edge points on it and how strong each is.
    """

    at: float
    slope: float
    ts: Floats
    strengths: Floats

    def strength(self, start: float, end: float) -> float:
        """Return the mean strength from *start* to *end*; 0 where too little of it shows."""
        inside = (self.ts >= start) & (self.ts <= end)
        length = max(end - start, 1.0)
        if len(np.unique(self.ts[inside])) < _SEEN * length:
            return 0.0
        return float(self.strengths[inside].sum() / length)


def find_outline(image: Image.Image) -> tuple[Point, Point, Point, Point] | None:
    """Return the corners of the screen's outline, clockwise from the upper left; None if unclear.

    Of all outlines of four edges the one whose weakest side is strongest.
    """
    scale = min(1.0, _SHORT_SIDE / min(image.size))
    size = max(8, round(image.width * scale)), max(8, round(image.height * scale))
    small = image.convert("L").resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    grey = np.asarray(small.filter(ImageFilter.MedianFilter(3)), np.float32)
    upright = _lines(grey)
    level = _lines(np.ascontiguousarray(grey.T))
    best, corners = 0.0, None
    for sides in product(combinations(upright, 2), combinations(level, 2)):
        strength, found = _judged(*sides)
        if strength > best and found and _area(found) >= _LEAST_AREA * grey.size:
            best, corners = strength, found
    if corners is None:
        return None
    a, b, c, d = ((x / scale, y / scale) for x, y in corners)
    return a, b, c, d


def _lines(grey: Floats) -> list[_Line]:
    """Return the strongest nearly upright lines of *grey*, from the left (the Hough transform)."""
    change = np.zeros_like(grey)
    change[:, 1:-1] = np.abs(grey[:, 2:] - grey[:, :-2])
    peak = (change >= np.roll(change, 1, axis=1)) & (change > np.roll(change, -1, axis=1))
    ys, xs = np.nonzero(peak & (change > _STRONG))
    strengths = change[ys, xs]
    height, width = grey.shape
    slopes = [
        math.tan(math.radians(step * _DEGREE_STEP))
        for step in range(
            -round(_MOST_DEGREES / _DEGREE_STEP), round(_MOST_DEGREES / _DEGREE_STEP) + 1
        )
    ]
    reach = math.ceil(height * abs(slopes[0])) + 2
    counts = np.array(
        [
            np.bincount((xs - slope * ys + reach + 0.5).astype(int), minlength=width + 2 * reach)
            for slope in slopes
        ]
    ).astype(np.float32)
    found = []
    for _ in range(_LINES):
        row, column = np.unravel_index(int(counts.argmax()), counts.shape)
        if counts[row, column] < _SIDE * _SEEN * height:
            break
        slope, at = slopes[int(row)], float(column - reach)
        on_it = np.abs(xs - slope * ys - at) <= _NEAR
        found.append(_Line(at, slope, ys[on_it].astype(np.float32), strengths[on_it]))
        _clear(counts, slopes, at, slope, height, reach)
    return found


def _clear(
    counts: Floats, slopes: Sequence[float], at: float, slope: float, height: int, reach: int
) -> None:
    """Take the line out of *counts*, and all that run along it."""
    for index, other in enumerate(slopes):
        ends = sorted((at + (slope - other) * 0, at + (slope - other) * height))
        low, high = round(ends[0] + reach) - 3, round(ends[1] + reach) + 4
        if high - low < 0.05 * height + 8:
            counts[index, max(0, low) : high] = 0


def _judged(
    sides: tuple[_Line, _Line], ends: tuple[_Line, _Line]
) -> tuple[float, tuple[Point, Point, Point, Point] | None]:
    """Return the strength of the weakest side, and the corners, of four lines."""
    left, right = sorted(sides, key=lambda line: line.at)
    top, bottom = sorted(ends, key=lambda line: line.at)
    corners = tuple(
        _crossing(side, end)
        for side, end in ((left, top), (right, top), (right, bottom), (left, bottom))
    )
    a, b, c, d = corners
    if min(b[0] - a[0], c[0] - d[0]) < 40 or min(d[1] - a[1], c[1] - b[1]) < 60:
        return 0.0, None
    strength = min(
        left.strength(a[1], d[1]),
        right.strength(b[1], c[1]),
        top.strength(a[0], b[0]),
        bottom.strength(d[0], c[0]),
    )
    return strength, (a, b, c, d)


def _area(corners: tuple[Point, Point, Point, Point]) -> float:
    """Return the area of a quadrangle (the shoelace formula)."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise((*corners, corners[0]))) / 2


def _crossing(side: _Line, end: _Line) -> Point:
    """Return where an upright and a level line cross: x = at + slope * y, y = at + slope * x."""
    x = (side.at + side.slope * end.at) / (1 - side.slope * end.slope)
    return x, end.at + end.slope * x
