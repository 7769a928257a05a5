"""Even out the light on a photographed screen, so that one colour is one colour all over it.

A lamp beside the phone makes the page paler on one side, by more than a bubble differs from it. How
the light falls is seen on the page's margins; the whole picture is divided by it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from smsdesk.layout.pixels import noise

_MARGIN = 0.02
"""Width of the margins that are looked at, as a share of the screen's: no bubble begins there."""

_BANDS = 60
"""So many bands from the top, whose medians are taken for the light at their height."""

_DEGREE = 2
"""Light falls off slowly: a parabola along each margin follows it."""

_ROUNDS = 4
_OUTLIER = 6.0
"""Bands that are further off than this from the curve show a bar or a picture, not the page."""

_FEWEST = 0.5
"""The curve must fit so many of the bands, or the margins show something else than one page."""

_DIMMEST = 24.0
"""A page darker than this tells nothing of the light: black stays black under any lamp."""

Levels = npt.NDArray[np.float64]


def levelled(image: Image.Image) -> Image.Image:
    """Return *image* (RGB, of a screen) as under even light and without noise, if it is a photo.

    The page's colour becomes what it is on the whole; all else keeps its ratio to it.
    """
    if noise(np.asarray(image)) < 1:
        return image
    image = _without_noise(image)
    pixels = np.asarray(image).astype(np.float32)
    width = max(3, round(_MARGIN * image.width))
    sides = [_light(pixels[:, 1 : 1 + width]), _light(pixels[:, -1 - width : -1])]
    left, right = sides
    if left is None or right is None:
        return image
    usual = np.median(np.concatenate([left, right]), axis=0)
    across = np.linspace(0.0, 1.0, image.width, dtype=np.float32)[None, :, None]
    falls = left[:, None, :] * (1 - across) + right[:, None, :] * across
    even = pixels * (usual / falls).astype(np.float32)
    return Image.fromarray(np.clip(even + 0.5, 0, 255).astype(np.uint8))


def _without_noise(image: Image.Image) -> Image.Image:
    """Smooth what a sensor adds. Wider filters would let bubbles that stand close run together."""
    return image.filter(ImageFilter.MedianFilter(3)).filter(ImageFilter.BoxBlur(1))


def _light(margin: npt.NDArray[np.float32]) -> Levels | None:
    """Return the page's colour down one margin, a smooth curve of shape (height, 3)."""
    height = len(margin)
    cuts = np.linspace(0, height, _BANDS + 1).astype(int)
    middles = (cuts[:-1] + cuts[1:]) / 2 / height
    bands = np.array(
        [
            np.median(margin[a : max(b, a + 1)].reshape(-1, 3), axis=0)
            for a, b in zip(cuts[:-1], cuts[1:], strict=True)
        ]
    )
    kept = np.abs(bands - np.median(bands, axis=0)).max(axis=1) < np.ptp(bands) / 2 + _OUTLIER
    for _ in range(_ROUNDS):
        curve = np.polyfit(middles[kept], bands[kept], _DEGREE)
        fitted = _along(curve, middles)
        kept = np.abs(bands - fitted).max(axis=1) < _OUTLIER
        if kept.mean() < _FEWEST:
            return None
    light = _along(curve, np.arange(height) / height)
    return light if light.min() > _DIMMEST else None


def _along(curve: Levels, places: Levels) -> Levels:
    """Return the values of the polynomials (degree + 1, 3) at *places*."""
    powers = np.vander(places, len(curve))
    values: Levels = powers @ curve
    return values
