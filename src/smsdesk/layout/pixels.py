"""Pixels as evidence: background colours, and steps of colour along strips of the picture.

Everything is answered from small strips cut out of the picture, so that the cost grows with the
number of lines and never with the area of a scroll of 50,000 rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from smsdesk.domain.geometry import Box

Profile = npt.NDArray[np.float32]
"""Colours along a strip, shape (length, 3), 0 to 255."""

Colour = tuple[float, float, float]

_CLEAN_STEP, _ROUGH_STEP = 4.0, 6.0
"""A bubble differs from its page by at least this much in one of red, green, blue. The faintest in
use differ by about 6 (white cards on #F9F9F9). Lossy compression leaves up to 6 around text even in
the median of a strip; in such pictures fainter bubbles cannot be told."""

_LINE_STEPS = 3.0
"""A change of a few pixels counts from so many steps on: a drawn line is that strong."""

_LASTING = 3
"""A change lasts if it holds for this many pixels more than edges are blurred."""

_ROUGH_SHARE = 0.5
"""A picture is rough if faint differences between neighbouring pixels are more than clear ones by
this factor: in a clean one nearly all differences are the edges of characters."""

_FRAME_STEP = 24.0
"""In photos, which are noisy, only strong edges are a frame's: a screen shines."""

_NOISE_ROWS = 500
"""So many rows of the picture tell how rough it is."""

_SAMPLES = 24
"""Pixels across a strip that vote on its colour; more cost time and change nothing."""

_INK_SHARE = 0.4
"""A pixel is ink from this share of the line's strongest contrast on; below is blur around it."""


_DRAWN_LINE = 0.9
"""A row of pixels filled so far is a drawn line; characters leave gaps, and their box has air."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """How a line looks: colours, the tight box of its ink, and ink against background (0-255)."""

    background: Colour
    ink: Colour
    ink_box: Box
    contrast: float


class Canvas:
    """The upright picture as an array; x and y are clipped to it everywhere."""

    def __init__(self, image: Image.Image) -> None:
        self._pixels: npt.NDArray[np.uint8] = np.asarray(image.convert("RGB"))
        self.height, self.width = self._pixels.shape[:2]
        self.is_rough = self._is_rough()
        """Whether compression has left its marks."""
        self.step = _ROUGH_STEP if self.is_rough else _CLEAN_STEP
        """The least difference of colour that counts as an edge in this picture."""
        self.is_noisy = self._noise() >= 1
        """Whether even areas are unquiet: a photo's are, a screenshot's never."""
        self.frame_step = _FRAME_STEP if self.is_noisy else self.step
        """The least difference that counts as the edge of a screen's frame."""

    def _is_rough(self) -> bool:
        thin = self._pixels[:: max(1, self.height // _NOISE_ROWS)].astype(np.int16)
        away = np.abs(np.diff(thin, axis=1)).max(axis=2)
        faint, clear = ((away > 0) & (away <= 6)).sum(), (away > 24).sum()
        return bool(faint > _ROUGH_SHARE * clear)

    def _noise(self) -> float:
        """Return how far even areas go up and down from pixel to pixel, in levels."""
        green = self._pixels[:: max(1, self.height // _NOISE_ROWS), :, 1].astype(np.int16)
        return float(np.median(np.abs(green[:, 2:] - 2 * green[:, 1:-1] + green[:, :-2])))

    def patch(self, box: Box) -> npt.NDArray[np.uint8]:
        """Return the pixels inside *box*, shape (height, width, 3); at least one pixel."""
        x0 = min(max(int(box.x0), 0), self.width - 1)
        y0 = min(max(int(box.y0), 0), self.height - 1)
        x1 = min(max(int(np.ceil(box.x1)), x0 + 1), self.width)
        y1 = min(max(int(np.ceil(box.y1)), y0 + 1), self.height)
        return self._pixels[y0:y1, x0:x1]

    def along_x(self, x0: float, x1: float, y0: float, y1: float) -> Profile:
        """Return the median colour of each column from x0 to x1 over rows y0 to y1."""
        patch = self.patch(Box(x0, y0, x1, y1))
        return _medians(_thinned(patch, 0), 0)

    def along_y(self, x0: float, x1: float, y0: float, y1: float) -> Profile:
        """Return the median colour of each row from y0 to y1 over columns x0 to x1."""
        patch = self.patch(Box(x0, y0, x1, y1))
        return _medians(_thinned(patch, 1), 1)

    def appearance(self, box: Box) -> Appearance:
        """Return how the text in *box* looks; the box may be wider than the text."""
        patch = self.patch(box)
        background = mode_colour(patch)
        away = np.abs(patch.astype(np.int16) - np.array(background, np.int16)).max(axis=2)
        contrast = float(np.percentile(away, 99.5))
        ink = _without_lines(away > max(contrast * _INK_SHARE, self.step))
        x0, y0 = max(int(box.x0), 0), max(int(box.y0), 0)
        if not ink.any():
            return Appearance(background, background, box, 0.0)
        columns, rows = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
        tight = Box(
            float(x0 + columns[0]),
            float(y0 + rows[0]),
            float(x0 + columns[-1] + 1),
            float(y0 + rows[-1] + 1),
        )
        strong = patch[away >= contrast * 0.8]  # the cores of the strokes, free of blur
        return Appearance(background, as_colour(np.median(strong, axis=0)), tight, contrast)


def _without_lines(ink: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Take out outlines that a box reaches over: ink from end to end near its border.

    In the middle it is a character, the stem of a lone T.
    """
    rows = (ink.mean(axis=1) > _DRAWN_LINE) & _is_outer(ink.shape[0])
    columns = (ink.mean(axis=0) > _DRAWN_LINE) & _is_outer(ink.shape[1])
    rest = ink & ~rows[:, None] & ~columns[None, :]
    return rest if rest.any() else ink


def _is_outer(count: int) -> npt.NDArray[np.bool_]:
    """Return which of *count* lines of pixels lie in the outer quarters."""
    places = (np.arange(count) + 0.5) / count
    outer: npt.NDArray[np.bool_] = np.abs(places - 0.5) > 0.25
    return outer


def mode_colour(patch: npt.NDArray[np.uint8]) -> Colour:
    """Return the colour most pixels of *patch* share (to 16 levels, then averaged)."""
    flat = patch.reshape(-1, 3)
    if len(flat) > 20_000:  # as sure from a part, and much faster
        flat = flat[:: len(flat) // 20_000 + 1]
    # Two grids, shifted by half a cell: a flat colour with noise may straddle a border of one.
    best: npt.NDArray[np.uint8] = flat[:1]
    for shift in (0, 8):
        cells = (flat.astype(np.int32) + shift) >> 4
        keys = (cells[:, 0] << 10) | (cells[:, 1] << 5) | cells[:, 2]
        counts = np.bincount(keys)
        members = flat[keys == int(counts.argmax())]
        if len(members) > len(best):
            best = members
    return as_colour(np.median(best, axis=0))


def as_colour(values: npt.NDArray[np.generic]) -> Colour:
    """Return three numbers as a colour."""
    red, green, blue = (float(value) for value in values)
    return red, green, blue


def differ(a: Colour, b: Colour) -> float:
    """Return how far two colours are apart: the largest difference of a channel."""
    return max(abs(p - q) for p, q in zip(a, b, strict=True))


def first_step(profile: Profile, lag: int, step: float) -> int | None:
    """Return the index where *profile* first leaves its colour by a step; None if it never does.

    Each colour is compared with the one *lag* before, so that a gradient, which changes little
    over that distance, is no step, while an edge blurred over fewer than *lag* pixels is. What
    changes for a few pixels only is a drawn line if it is strong, else what compression leaves.
    """
    lag = max(lag, 1)
    if len(profile) <= lag:
        return None
    away = np.abs(profile[lag:] - profile[:-lag]).max(axis=1)
    for hit in np.flatnonzero(away > step):
        start = int(hit)
        if away[start] > _LINE_STEPS * step or _lasts(profile, start, lag, step):
            jumps = np.abs(np.diff(profile[start : start + lag + 1], axis=0)).max(axis=1)
            return start + int(jumps.argmax()) + 1
    return None


def _lasts(profile: Profile, start: int, lag: int, step: float) -> bool:
    """Say whether the colour after a change stays away from the colour before it."""
    room = _LASTING + lag
    before = profile[max(0, start - room) : start + 1].mean(axis=0)
    after = profile[start + lag : start + lag + room].mean(axis=0)
    return float(np.abs(after - before).max()) > step


def _thinned(patch: npt.NDArray[np.uint8], axis: int) -> npt.NDArray[np.uint8]:
    count = patch.shape[axis]
    if count <= _SAMPLES:
        return patch
    return np.take(patch, np.linspace(0, count - 1, _SAMPLES).astype(int), axis=axis)


def _medians(patch: npt.NDArray[np.uint8], axis: int) -> Profile:
    medians: Profile = np.median(patch, axis=axis).astype(np.float32)
    return medians
