"""Find lines of text: PP-OCRv6 detection over tiles of the picture, boxes in its pixels."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image

from smsdesk.domain.geometry import Box
from smsdesk.ocr.components import Runs, find_runs
from smsdesk.ocr.tiling import Tile, even_tiles, gather

Floats: TypeAlias = npt.NDArray[np.float32]
Sides: TypeAlias = tuple[float, float, float, float]

SHORT_SIDE = 544
"""The picture's short side at the first look: text of phones is then about 22 px high.

What a phone shows is laid out by its short side, upright or turned, whatever its pixels.
"""
WIDEST_PHONE = 1500
LARGE_SCALE = 0.5
"""First look at a picture with more pixels than phones have, whose text may be tiny (a desktop).

Text of 4 px runs together with the lines around it, and nothing tells that it was text.
"""
READABLE = (15.0, 45.0)
"""Median height of line boxes, in pixels of the model, within which the boxes can be trusted.

Measured on screens brought to many sizes: from 15 (text 8 px high) to 45 the errors stay level;
at 12 lines begin to merge (9 to 37 % of characters lost), above 50 wide-set lines come apart.
"""
BEST_HEIGHT = 27.0
"""What another look aims at: the middle of the range."""
LOOKS = 3
"""Text of 4 px measures larger than it is, so a second look may still fall short of the range."""
MAX_SCALE = 2.0
"""Enlarging more adds no detail."""
MAX_WIDTH = 2560
"""Widest input of the model; bounds memory for pictures of whole desktops."""
TILE_AREA = 544 * 1280
"""Pixels of a tile: any one phone screen is seen whole, and a look takes about 110 MB."""
OVERLAP = 96
"""Shared height of two tiles: more than any line of text, so one of them has it whole."""
SIDE_STEP = 32
"""The model halves the picture five times."""
PIXEL_IS_TEXT = 0.3
BOX_IS_TEXT = 0.4
"""At 0.5 a lone letter, the T of an unsubscribe reply, is lost."""
FAINT_PIXEL = 0.08
"""Where the model holds so little for text, it may be a lone letter or digit in a small bubble."""
FAINT_HEIGHT = 0.6
"""A lone character's box is at least this share of the usual line's height; icons' parts are less.
"""
MIN_SIDE = 3
UNCLIP = 1.6
"""The model marks the core of a line; the line is this much more (area over perimeter)."""


@dataclass(frozen=True, slots=True)
class Region:
    """Where text stands; the model is not sure of a faint one, and it may as well be an icon."""

    box: Box
    is_faint: bool = False


class Detector:
    """Finds lines with the given onnxruntime session; safe to share between threads."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._input = session.get_inputs()[0].name

    def lines(self, image: Image.Image) -> list[Region]:
        """Return where the lines of text of *image* (RGB) are.

        Where the text turns out too small or too large for the model (tablets, a phone mirrored
        on a desktop, a cut-out) the picture is looked at again at a scale that suits the text.
        """
        scale = _allowed(_first_scale(min(image.size)), image)
        for _ in range(LOOKS):
            regions = self._regions_at(image, scale)
            heights = [region.box.height for region in regions if not region.is_faint]
            suited = _allowed(_suited(scale, heights), image)
            if suited == scale:
                break
            scale = suited
        least = FAINT_HEIGHT * statistics.median(heights or [0.0])
        return [each for each in regions if not each.is_faint or each.box.height >= least]

    def _regions_at(self, image: Image.Image, scale: float) -> list[Region]:
        overlap = OVERLAP / scale
        tall = max(4 * overlap, TILE_AREA / (image.width * scale * scale))
        return gather(
            even_tiles(image.height, tall, overlap),
            lambda tile: self._tile_regions(image, tile, scale),
            lambda region: region.box,
        )

    def _tile_regions(self, image: Image.Image, tile: Tile, scale: float) -> Iterator[Region]:
        height = tile.bottom - tile.top
        size = _model_side(image.width * scale), _model_side(height * scale)
        x_scale, y_scale = image.width / size[0], height / size[1]
        probabilities = self._probabilities(image, tile, size)
        sure = list(_boxes_of(probabilities))
        faint = list(_faint_boxes(probabilities, sure))
        for place, (x0, y0, x1, y1) in enumerate([*sure, *faint]):
            box = Box(
                max(0.0, x0 * x_scale),
                max(0.0, tile.top + y0 * y_scale),
                min(float(image.width), x1 * x_scale),
                min(float(image.height), tile.top + y1 * y_scale),
            )
            yield Region(box, place >= len(sure))

    def _probabilities(self, image: Image.Image, tile: Tile, size: tuple[int, int]) -> Floats:
        """Return, for each pixel of the tile seen at *size*, how likely it is text."""
        area = (0, tile.top, image.width, tile.bottom)
        seen = image.resize(size, Image.Resampling.BILINEAR, box=area, reducing_gap=2.0)
        output: Floats = self._session.run(None, {self._input: as_input(seen)[None]})[0][0, 0]
        return output


def _first_scale(short_side: int) -> float:
    return LARGE_SCALE if short_side > WIDEST_PHONE else min(1.0, SHORT_SIDE / short_side)


def _suited(scale: float, heights: Sequence[float]) -> float:
    """Return the scale at which text of the *heights* found at *scale* is best seen."""
    if not heights:
        return scale
    typical = statistics.median(heights) * scale
    return scale if READABLE[0] <= typical <= READABLE[1] else scale * BEST_HEIGHT / typical


def _allowed(scale: float, image: Image.Image) -> float:
    return min(scale, MAX_SCALE, MAX_WIDTH / image.width)


def as_input(image: Image.Image) -> Floats:
    """Return *image* as the models want it: (blue, green, red) planes from -1 to 1."""
    pixels = np.asarray(image)[:, :, ::-1].astype(np.float32)
    return np.ascontiguousarray((pixels / 127.5 - 1).transpose(2, 0, 1))


def _model_side(side: float) -> int:
    return max(SIDE_STEP, round(side / SIDE_STEP) * SIDE_STEP)


def _faint_boxes(probabilities: Floats, sure: Sequence[Sides]) -> Iterator[Sides]:
    """Yield the boxes outside the *sure* ones that may hold a character."""
    rest = probabilities.copy()
    for x0, y0, x1, y1 in sure:
        rest[max(0, int(y0)) : int(y1) + 1, max(0, int(x0)) : int(x1) + 1] = 0
    yield from _boxes_of(rest, FAINT_PIXEL, FAINT_PIXEL)


def _boxes_of(
    probabilities: Floats, pixel_is_text: float = PIXEL_IS_TEXT, box_is_text: float = BOX_IS_TEXT
) -> Iterator[Sides]:
    """Yield (x0, y0, x1, y1) of each connected region that is text on the whole."""
    runs = find_runs(probabilities > pixel_is_text)
    if not runs.components:
        return
    x0, y0, x1, y1 = runs.bounds()
    scores = _mean_probability(probabilities, runs)
    width, height = x1 - x0, y1 - y0
    margin = width * height * UNCLIP / (2 * (width + height))
    keep = (np.minimum(width, height) >= MIN_SIDE) & (scores >= box_is_text)
    grown = np.stack([x0 - margin, y0 - margin, x1 + margin, y1 + margin], axis=1)
    for row in grown[keep].tolist():
        yield row[0], row[1], row[2], row[3]


def _mean_probability(probabilities: Floats, runs: Runs) -> npt.NDArray[np.float64]:
    """Return each component's mean over its pixels."""
    sums = np.zeros((probabilities.shape[0], probabilities.shape[1] + 1))
    np.cumsum(probabilities, axis=1, out=sums[:, 1:])
    run_sums = sums[runs.row, runs.stop] - sums[runs.row, runs.start]
    totals = np.bincount(runs.component, weights=run_sums)
    return totals / np.bincount(runs.component, weights=(runs.stop - runs.start))
