"""Find lines of text: PP-OCRv6 detection over tiles of the picture, boxes in its pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image

from smsdesk.domain.geometry import Box
from smsdesk.ocr.components import Runs, find_runs

Floats: TypeAlias = npt.NDArray[np.float32]

SHORT_SIDE = 544
"""The picture's short side as the model sees it: text of phones is then 18 to 30 px high there.

480 to 736 measured the same; below that, small grey labels go first.
"""
TILE = 1280
"""Height of a tile as the model sees it: any one phone screen whole, and bounded memory."""
OVERLAP = 96
"""Shared height of two tiles: more than any line of text, so one of them has it whole."""
SIDE_STEP = 32
"""The model halves the picture five times."""
PIXEL_IS_TEXT = 0.3
BOX_IS_TEXT = 0.5
MIN_SIDE = 3
UNCLIP = 1.6
"""The model marks the core of a line; the line is this much more (area over perimeter)."""


@dataclass(frozen=True, slots=True)
class Tile:
    """Rows `top` to `bottom` of the picture, which the model sees at once.

    Neighbours overlap; of what both see, each keeps what lies in its own band.
    """

    top: int
    bottom: int
    band_top: float
    band_bottom: float

    def owns(self, box: Box) -> bool:
        """Whether *box* (in the picture's pixels) is this tile's to report."""
        return self.band_top <= box.center_y < self.band_bottom


def tiles(height: int, scale: float) -> list[Tile]:
    """Cut *height* rows, seen at *scale*, into even tiles whose bands cover them all once."""
    tall, overlap = TILE / scale, OVERLAP / scale
    count = 1 if height <= tall else int(np.ceil((height - overlap) / (tall - overlap)))
    step = (height - overlap) / count
    cuts = [-np.inf, *(index * step + overlap / 2 for index in range(1, count)), np.inf]
    return [
        Tile(
            round(index * step),
            height if index == count - 1 else round(index * step + step + overlap),
            cuts[index],
            cuts[index + 1],
        )
        for index in range(count)
    ]


class Detector:
    """Finds lines with the given onnxruntime session; safe to share between threads."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._input = session.get_inputs()[0].name

    def lines(self, image: Image.Image) -> list[Box]:
        """Return the boxes of the lines of text of *image* (RGB), tile by tile."""
        scale = min(1.0, SHORT_SIDE / min(image.size))
        return [
            box
            for tile in tiles(image.height, scale)
            for box in self._tile_boxes(image, tile, scale)
            if tile.owns(box)
        ]

    def _tile_boxes(self, image: Image.Image, tile: Tile, scale: float) -> Iterator[Box]:
        height = tile.bottom - tile.top
        size = _model_side(image.width * scale), _model_side(height * scale)
        x_scale, y_scale = image.width / size[0], height / size[1]
        for x0, y0, x1, y1 in _boxes_of(self._probabilities(image, tile, size)):
            yield Box(
                max(0.0, x0 * x_scale),
                max(0.0, tile.top + y0 * y_scale),
                min(float(image.width), x1 * x_scale),
                min(float(image.height), tile.top + y1 * y_scale),
            )

    def _probabilities(self, image: Image.Image, tile: Tile, size: tuple[int, int]) -> Floats:
        """Return, for each pixel of the tile seen at *size*, how likely it is text."""
        area = (0, tile.top, image.width, tile.bottom)
        seen = image.resize(size, Image.Resampling.BILINEAR, box=area, reducing_gap=2.0)
        output: Floats = self._session.run(None, {self._input: as_input(seen)[None]})[0][0, 0]
        return output


def as_input(image: Image.Image) -> Floats:
    """Return *image* as the models want it: (blue, green, red) planes from -1 to 1."""
    pixels = np.asarray(image)[:, :, ::-1].astype(np.float32)
    return np.ascontiguousarray((pixels / 127.5 - 1).transpose(2, 0, 1))


def _model_side(side: float) -> int:
    return max(SIDE_STEP, round(side / SIDE_STEP) * SIDE_STEP)


def _boxes_of(probabilities: Floats) -> Iterator[tuple[float, float, float, float]]:
    """Yield (x0, y0, x1, y1) of each connected region that is text on the whole."""
    runs = find_runs(probabilities > PIXEL_IS_TEXT)
    if not runs.components:
        return
    x0, y0, x1, y1 = _bounds(runs)
    scores = _mean_probability(probabilities, runs)
    width, height = x1 - x0, y1 - y0
    margin = width * height * UNCLIP / (2 * (width + height))
    keep = (np.minimum(width, height) >= MIN_SIDE) & (scores >= BOX_IS_TEXT)
    grown = np.stack([x0 - margin, y0 - margin, x1 + margin, y1 + margin], axis=1)
    for row in grown[keep].tolist():
        yield row[0], row[1], row[2], row[3]


def _bounds(runs: Runs) -> tuple[npt.NDArray[np.int64], ...]:
    """Return x0, y0, x1, y1 (outside) of each component."""
    count = runs.components
    x0, y0 = np.full(count, np.iinfo(np.int64).max), np.full(count, np.iinfo(np.int64).max)
    x1, y1 = np.zeros(count, np.int64), np.zeros(count, np.int64)
    np.minimum.at(x0, runs.component, runs.start)
    np.minimum.at(y0, runs.component, runs.row)
    np.maximum.at(x1, runs.component, runs.stop)
    np.maximum.at(y1, runs.component, runs.row + 1)
    return x0, y0, x1, y1


def _mean_probability(probabilities: Floats, runs: Runs) -> npt.NDArray[np.float64]:
    """Return each component's mean over its pixels."""
    sums = np.zeros((probabilities.shape[0], probabilities.shape[1] + 1))
    np.cumsum(probabilities, axis=1, out=sums[:, 1:])
    run_sums = sums[runs.row, runs.stop] - sums[runs.row, runs.start]
    totals = np.bincount(runs.component, weights=run_sums)
    return totals / np.bincount(runs.component, weights=(runs.stop - runs.start))
