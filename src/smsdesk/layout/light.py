"""Even out the light on a photographed screen, so that one colour is one colour all over it.

A lamp beside the phone makes the page paler on one side, by more than a bubble differs from it. How
the light falls is seen on the page itself; the whole picture is divided by it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

_RADIUS = 5
_STRIPES = 8.0
"""Within so many pixels, what varies by less than this many levels is noise, more is an edge."""

_COLUMNS, _ROWS = 40, 80
"""So many cells across and down, whose medians tell the light there; a cell is about an em."""

_DEGREE = 3
"""Light falls off slowly: a cubic surface follows a lamp on one side and a glare on the other."""

_ROUNDS = 6
_OUTLIER = 6.0
"""Cells that are further off than this from the surface show a bubble, a bar or text."""

_FEWEST = 0.5
"""The surface must fit so many of the cells on the margins, or they show no one page."""

_DIMMEST = 16.0
"""A page darker than this tells nothing of the light: black stays black under any lamp."""

Levels = npt.NDArray[np.float64]


def levelled(image: Image.Image) -> Image.Image:
    """Return *image* (RGB, a photo of a screen) as under even light and without noise.

    The page's colour becomes what it is on the whole; all else keeps its ratio to it.
    """
    image = _without_noise(image)
    light = _light(np.asarray(image.resize((_COLUMNS, _ROWS), Image.Resampling.BOX), np.float64))
    if light is None:
        return image
    usual = np.median(light.reshape(-1, 3), axis=0)
    ratio = _enlarged(usual / light, image.size)
    even = np.asarray(image, np.float32) * ratio
    return Image.fromarray(np.clip(even + 0.5, 0, 255).astype(np.uint8))


def _without_noise(image: Image.Image) -> Image.Image:
    """Smooth what sensors add and the stripes of their grid over the screen's, but no edges.

    A guided filter (He, Sun, Tang 2010) with the picture as its own guide: each pixel becomes a mix
    of itself and its surroundings, the more of itself the more these vary.
    """
    pixels = np.asarray(image.filter(ImageFilter.MedianFilter(3)), np.float32)
    mean = _around(pixels)
    variance = np.maximum(_around(pixels * pixels) - mean * mean, 0)
    own = (variance / (variance + _STRIPES**2)).astype(np.float32)
    rest = (mean - own * mean).astype(np.float32)
    smooth = _around(own) * pixels + _around(rest)
    return Image.fromarray(np.clip(smooth + 0.5, 0, 255).astype(np.uint8))


def _around(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the mean of the square around each pixel."""
    side = 2 * _RADIUS + 1
    for axis in (0, 1):
        pad = [(0, 0)] * values.ndim
        pad[axis] = (_RADIUS + 1, _RADIUS)
        sums = np.cumsum(np.pad(values, pad, mode="edge"), axis=axis, dtype=np.float64)
        count = sums.shape[axis] - side
        upper = np.take(sums, range(side, side + count), axis=axis)
        lower = np.take(sums, range(count), axis=axis)
        values = ((upper - lower) / side).astype(np.float32)
    return values


def _light(cells: Levels) -> Levels | None:
    """Return the page's colour in each cell, shape (rows, columns, 3); None if it is not plain.

    It begins with the margins, where nothing but the page is seen, and takes in all cells that
    agree: the page goes on between the bubbles.
    """
    rows, columns = cells.shape[:2]
    y, x = np.mgrid[0:rows, 0:columns]
    terms = _terms(x.ravel() / columns - 0.5, y.ravel() / rows - 0.5)
    colours = cells.reshape(-1, 3)
    margin = ((x == 0) | (x == columns - 1)).ravel()
    kept, low = margin, terms[:, :4]
    surface = np.zeros_like(colours)
    for turn in range(_ROUNDS):
        basis = low if turn < 2 else terms  # the margins alone would leave the middle free
        solved = np.linalg.lstsq(basis[kept], colours[kept], rcond=None)[0]
        surface = basis @ solved
        away = np.abs(colours - surface).max(axis=1)
        kept = away < (4 if turn == 0 else 1) * _OUTLIER
        kept &= margin if turn == 0 else True
        if kept.sum() < 3 * terms.shape[1]:
            return None
    if kept[margin].mean() < _FEWEST or surface.min() < _DIMMEST:
        return None
    return surface.reshape(rows, columns, 3)


def _terms(x: Levels, y: Levels) -> Levels:
    """Return the powers of x and y up to _DEGREE together, those of the first degree first."""
    powers = [(i, j) for i in range(_DEGREE + 1) for j in range(_DEGREE + 1 - i)]
    powers.sort(key=lambda pair: (sum(pair), -pair[0] * pair[1]))
    return np.stack([x**i * y**j for i, j in powers], axis=1)


def _enlarged(ratio: Levels, size: tuple[int, int]) -> npt.NDArray[np.float32]:
    """Return *ratio* for each pixel of a picture of *size*, shape (height, width, 3)."""
    planes = [
        np.asarray(
            Image.fromarray(ratio[:, :, channel].astype(np.float32)).resize(
                size, Image.Resampling.BICUBIC
            )
        )
        for channel in range(3)
    ]
    return np.stack(planes, axis=2)
