"""Turn photos of a screen upright: lines of text that run askew, by a few degrees, are levelled.

Only what is read is turned, never the original: `Straightened` leads every box back to its pixels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from smsdesk.domain.geometry import Box
from smsdesk.domain.reading import Reading, TextLine
from smsdesk.domain.screens import Screen

MOST_DEGREES = 5.0
"""Pictures further askew than this are not what people take of a screen that they want to show."""

LEAST_DEGREES = 0.3
"""A line across a phone's screen climbs by a fifth of its height at this angle: it is read well."""

CLEARER = 1.15
"""Levelled, the lines of a skewed picture stand out from the gaps between them at least so many
times as sharply (1.5 to 14 times at 1.3 degrees); a screenshot gains less than 1.03 anywhere."""

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


@dataclass(frozen=True, slots=True)
class Straightened:
    """An upright `image`, turned by `degrees` (counter-clockwise) about the middle of a picture.

    `original` is that picture's size, width and height in pixels. At 0 degrees `image` is it.
    """

    image: Image.Image
    degrees: float
    original: tuple[int, int]

    def back(self, box: Box) -> Box:
        """Return the smallest box of the picture that holds what *box* holds of `image`."""
        if not self.degrees:
            return box
        width, height = self.original
        corners = [self._back(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        xs, ys = zip(*corners, strict=True)
        return Box(
            min(max(min(xs), 0.0), width),
            min(max(min(ys), 0.0), height),
            min(max(max(xs), 0.0), width),
            min(max(max(ys), 0.0), height),
        )

    def reading_back(self, reading: Reading) -> Reading:
        """Return what was read in `image` with its boxes in the picture's pixels."""
        if not self.degrees:
            return reading
        width, height = self.original
        lines = tuple(self._line_back(line) for line in reading.lines)
        return replace(reading, width=width, height=height, lines=lines)

    def screen_back(self, screen: Screen) -> Screen:
        """Return what `image` shows with its boxes in the picture's pixels."""
        if not self.degrees:
            return screen
        drafts = tuple(replace(draft, box=self.back(draft.box)) for draft in screen.drafts)
        others = tuple(replace(o, line=self._line_back(o.line)) for o in screen.other_lines)
        return replace(screen, drafts=drafts, other_lines=others)

    def _line_back(self, line: TextLine) -> TextLine:
        y = line.box.center_y
        spans = tuple((self._back(x0, y)[0], self._back(x1, y)[0]) for x0, x1 in line.char_spans)
        return replace(line, box=self.back(line.box), char_spans=spans)

    def _back(self, x: float, y: float) -> tuple[float, float]:
        turn = math.radians(self.degrees)
        dx, dy = x - self.image.width / 2, y - self.image.height / 2
        return (
            self.original[0] / 2 + dx * math.cos(turn) - dy * math.sin(turn),
            self.original[1] / 2 + dx * math.sin(turn) + dy * math.cos(turn),
        )


def straighten(image: Image.Image) -> Straightened:
    """Return *image* (RGB) with its lines of text level; as it is where they are already."""
    degrees = skew(image)
    if abs(degrees) < LEAST_DEGREES:
        return Straightened(image, 0.0, image.size)
    return Straightened(_turned(image, degrees), degrees, image.size)


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


def _sharpness(
    xs: npt.NDArray[np.float64], ys: npt.NDArray[np.float64], degrees: float
) -> float:
    level = ys - xs * math.tan(math.radians(degrees))
    rows = np.bincount((level - level.min()).astype(np.int64)).astype(np.float64)
    return float((np.diff(rows) ** 2).sum())


def _turned(image: Image.Image, degrees: float) -> Image.Image:
    """Turn *image* about its middle onto a ground that holds all of it.

    The ground beside it goes on in the colours of its edges, so that no new edge comes in.
    """
    turn = math.radians(abs(degrees))
    width, height = image.size
    grow_x = math.ceil((width * (math.cos(turn) - 1) + height * math.sin(turn)) / 2) + 1
    grow_y = math.ceil((height * (math.cos(turn) - 1) + width * math.sin(turn)) / 2) + 1
    grow = ((max(grow_y, 0),) * 2, (max(grow_x, 0),) * 2, (0, 0))
    padded = Image.fromarray(np.pad(np.asarray(image), grow, mode="edge"))
    return padded.rotate(degrees, Image.Resampling.BICUBIC)
