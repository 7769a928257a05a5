"""Bring photos of a screen into the shape of a screenshot: upright, level, without perspective.

Only what is read is changed, never the original: `Straightened` leads every box back to its pixels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from smsdesk.domain.geometry import Box
from smsdesk.domain.reading import Reading, TextLine
from smsdesk.domain.screens import Screen
from smsdesk.ocr.outline import Point, find_outline

MOST_DEGREES = 5.0
"""Pictures further askew than this are not what people take of a screen that they want to show."""

LEAST_DEGREES = 0.3
"""A line across a phone's screen climbs by a fifth of its height at this angle: it is read well."""

CLEARER = 1.15
"""Levelled, the lines of a skewed picture stand out from the gaps between them at least so many
times as sharply (1.5 to 14 times at 1.3 degrees); a screenshot gains less than 1.03 anywhere."""

_AROUND_OUTLINE = 0.15
"""So much of what lies around an outline is kept, as a share of its size: an outline may be that of
a part of the screen, and nothing may be lost."""

_SHORT_SIDE = 640
"""Text is 10 to 25 px high in a picture of this short side: enough to tell lines from gaps."""
_TALLEST = 3
"""Only so many times the width is looked at from the top: scrolls are never askew."""
_INK = 40
_AROUND = 12
"""Ink differs by more than _INK from the mean of the pixels up to _AROUND away."""
_FEWEST, _MOST = 300, 60_000
"""Fewer pixels of ink are no text; more than the second tell nothing new."""
_COARSE, _FINE = 0.25, 0.05

Matrix = npt.NDArray[np.float64]
"""A projective map of the plane, shape (3, 3)."""


@dataclass(frozen=True, slots=True)
class Straightened:
    """A picture as a screenshot would show it.

    `to_original` maps a point of `image` to the picture's pixels, None where `image` is the picture
    itself; `original` is the picture's size, width and height in pixels.
    """

    image: Image.Image
    to_original: Matrix | None
    original: tuple[int, int]

    def back(self, box: Box) -> Box:
        """Return the smallest box of the picture that holds what *box* holds of `image`."""
        if self.to_original is None:
            return box
        width, height = self.original
        corners = [(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        xs, ys = zip(*(_mapped(self.to_original, *corner) for corner in corners), strict=True)
        left, right = np.clip((min(xs), max(xs)), 0.0, width).tolist()
        top, bottom = np.clip((min(ys), max(ys)), 0.0, height).tolist()
        return Box(left, top, right, bottom)

    def reading_back(self, reading: Reading) -> Reading:
        """Return what was read in `image` with its boxes in the picture's pixels."""
        if self.to_original is None:
            return reading
        width, height = self.original
        lines = tuple(self._line_back(line) for line in reading.lines)
        return replace(reading, width=width, height=height, lines=lines)

    def screen_back(self, screen: Screen) -> Screen:
        """Return what `image` shows with its boxes in the picture's pixels."""
        if self.to_original is None:
            return screen
        drafts = tuple(draft.placed(self.back) for draft in screen.drafts)
        others = tuple(replace(o, line=self._line_back(o.line)) for o in screen.other_lines)
        title = self.back(screen.sender_box) if screen.sender_box else None
        return replace(screen, drafts=drafts, other_lines=others, sender_box=title)

    def _line_back(self, line: TextLine) -> TextLine:
        y = line.box.center_y
        spans = tuple(
            (self.back(Box(x0, y, x1, y)).x0, self.back(Box(x0, y, x1, y)).x1)
            for x0, x1 in line.char_spans
        )
        return replace(line, box=self.back(line.box), char_spans=spans)


def straighten(image: Image.Image) -> Straightened:
    """Return *image* (RGB) as a screenshot would show it; as it is if it is straight already.

    Where the screen's outline is seen the picture is pulled into shape by its corners, else it is
    turned until its lines of text are level.
    """
    outline = find_outline(image)
    if outline is not None and LEAST_DEGREES < _lean(outline) < 2 * MOST_DEGREES:
        return _pulled(image, outline)
    degrees = skew(image)
    if abs(degrees) < LEAST_DEGREES:
        return Straightened(image, None, image.size)
    return _turned(image, degrees)


def _lean(outline: tuple[Point, Point, Point, Point]) -> float:
    """Return by how many degrees the most slanted side is off the upright or the level."""
    sides = pairwise((*outline, outline[0]))
    slants = [math.degrees(math.atan2(y1 - y0, x1 - x0)) for (x0, y0), (x1, y1) in sides]
    return max(abs((slant + 45) % 90 - 45) for slant in slants)


def skew(image: Image.Image) -> float:
    """Return by how many degrees the lines of text fall to the right; 0 where that is not plain.

    At the right angle the ink of each line falls together, and the number of ink pixels from row to
    row jumps most: the projection method, as old as reading machines.
    """
    xs, ys = _ink(image)
    if len(xs) < _FEWEST:
        return 0.0
    xs = xs - xs.mean()
    best = max(_angles(0.0, MOST_DEGREES, _COARSE), key=lambda a: _sharpness(xs, ys, a))
    best = max(_angles(best, _COARSE, _FINE), key=lambda a: _sharpness(xs, ys, a))
    gain = _sharpness(xs, ys, best) / max(_sharpness(xs, ys, 0.0), 1.0)
    return best if gain >= CLEARER else 0.0


def _angles(middle: float, reach: float, step: float) -> Iterable[float]:
    count = round(reach / step)
    return [middle + step * index for index in range(-count, count + 1)]


def _ink(image: Image.Image) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return x and y of the pixels that differ from their surroundings, in a small copy."""
    scale = min(1.0, _SHORT_SIDE / min(image.size))
    seen = image.crop((0, 0, image.width, min(image.height, _TALLEST * image.width)))
    size = max(1, round(seen.width * scale)), max(1, round(seen.height * scale))
    grey = seen.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0).convert("L")
    around = grey.filter(ImageFilter.BoxBlur(_AROUND))
    ys, xs = np.nonzero(np.abs(np.asarray(grey, np.int16) - np.asarray(around, np.int16)) > _INK)
    every = -(-len(xs) // _MOST) or 1
    return xs[::every].astype(np.float64), ys[::every].astype(np.float64)


def _sharpness(xs: npt.NDArray[np.float64], ys: npt.NDArray[np.float64], degrees: float) -> float:
    level = ys - xs * math.tan(math.radians(degrees))
    rows = np.bincount((level - level.min()).astype(np.int64)).astype(np.float64)
    return float((np.diff(rows) ** 2).sum())


def _turned(image: Image.Image, degrees: float) -> Straightened:
    """Turn *image* counter-clockwise about its middle, onto a ground that holds all of it."""
    turn = math.radians(degrees)
    cos, sin = math.cos(turn), math.sin(turn)
    width, height = image.size
    out_width = math.ceil(width * cos + height * abs(sin))
    out_height = math.ceil(height * cos + width * abs(sin))
    x, y = out_width / 2, out_height / 2
    matrix = np.array(
        [
            [cos, -sin, width / 2 - cos * x + sin * y],
            [sin, cos, height / 2 - sin * x - cos * y],
            [0.0, 0.0, 1.0],
        ]
    )
    return Straightened(_warped(image, matrix, (out_width, out_height)), matrix, image.size)


def _pulled(image: Image.Image, outline: tuple[Point, Point, Point, Point]) -> Straightened:
    """Pull *image* into the shape in which *outline* is a rectangle of its mean size."""
    a, b, c, d = outline
    width = (math.dist(a, b) + math.dist(d, c)) / 2
    height = (math.dist(a, d) + math.dist(b, c)) / 2
    x, y = _AROUND_OUTLINE * width, _AROUND_OUTLINE * height
    right, bottom = x + width, y + height
    matrix = _projection(((x, y), (right, y), (right, bottom), (x, bottom)), outline)
    size = round(width + 2 * x), round(height + 2 * y)
    return Straightened(_warped(image, matrix, size), matrix, image.size)


def _projection(
    corners: tuple[Point, Point, Point, Point], onto: tuple[Point, Point, Point, Point]
) -> Matrix:
    """Return the map that takes four points onto four others (eight linear equations)."""
    rows, values = [], []
    for (x, y), (u, v) in zip(corners, onto, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    solved = np.linalg.solve(np.array(rows, np.float64), np.array(values, np.float64))
    return np.append(solved, 1.0).reshape(3, 3)


def _mapped(matrix: Matrix, x: float, y: float) -> Point:
    u, v, w = (matrix @ (x, y, 1.0)).tolist()
    return u / w, v / w


def _warped(image: Image.Image, matrix: Matrix, size: tuple[int, int]) -> Image.Image:
    """Return a picture of *size* whose points are those of *image* that *matrix* takes them to.

    The ground beside *image* goes on in the colours of its edges, so that no new edge comes in.
    """
    corners = [_mapped(matrix, x, y) for x in (0, size[0]) for y in (0, size[1])]
    left = max(0, math.ceil(-min(x for x, _ in corners)))
    right = max(0, math.ceil(max(x for x, _ in corners)) - image.width)
    above = max(0, math.ceil(-min(y for _, y in corners)))
    below = max(0, math.ceil(max(y for _, y in corners)) - image.height)
    padded = np.pad(np.asarray(image), ((above, below), (left, right), (0, 0)), mode="edge")
    moved = np.array([[1.0, 0.0, left], [0.0, 1.0, above], [0.0, 0.0, 1.0]]) @ matrix
    moved /= moved[2, 2]
    return Image.fromarray(padded).transform(
        size, Image.Transform.PERSPECTIVE, tuple(moved.ravel()[:8]), Image.Resampling.BICUBIC
    )
