"""Whether two pictures are one: the same screen, resent through a chat, smaller or compressed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from PIL import Image

from smsdesk.domain.geometry import Box
from smsdesk.layout.matching import normal

WIDTH = 270
"""Both pictures are compared at this width: digits of a status bar are still five pixels high."""

BLOCK = 6
"""Side in pixels of the squares that are compared: a letter of a bubble, a digit of a clock."""

NOISE = 32
"""Grey levels (of 255) by which the mean of a square may change. Measured on screens of 750 to 1290
pixels: at most 30 for copies of half the size in JPEG of quality 40, over 100 for other messages.
A digit of the status bar may change less, so that its clock is compared as it was read."""

SHAPE = 0.02
"""Part by which the sides' ratio, and the height of a line, may differ after scaling."""


def may_be_one(
    size: tuple[int, int],
    lines: Sequence[tuple[str, Box]],
    other_size: tuple[int, int],
    other_lines: Sequence[tuple[str, Box]],
) -> bool:
    """Say, by what was read, whether two pictures may be one; *lines* are messages from the top.

    Cheap, so that few pictures need be decoded: the same shape, and at least half of the messages
    with the same text at the same height.
    """
    (width, height), (other_width, other_height) = size, other_size
    if abs(width / height - other_width / other_height) > SHAPE * width / height:
        return False
    heights = {normal(text): box.center_y / height for text, box in lines}
    same = sum(
        abs(heights[key] - box.center_y / other_height) <= SHAPE
        for text, box in other_lines
        if (key := normal(text)) in heights
    )
    return 2 * same >= max(len(lines), len(other_lines))


def same_picture(one: Image.Image, other: Image.Image) -> bool:
    """Say whether two upright pictures of like shape show the same, square by square."""
    return difference(one, other) <= NOISE


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return by how many grey levels the two differ in the square where they differ most.

    Scaling may have moved a picture by a part of a pixel: of all moves by one pixel each square
    takes the one that suits it best.
    """
    height = round(WIDTH * one.height / one.width)
    a, b = (_grey(picture, height) for picture in (one, other))
    fixed = _squares(a[1:-1, 1:-1])
    moved = [
        np.abs(fixed - _squares(b[y : height - 2 + y, x : WIDTH - 2 + x]))
        for y, x in product(range(3), repeat=2)
    ]
    return float(np.minimum.reduce(moved).max())


def _grey(picture: Image.Image, height: int) -> np.ndarray:
    small = picture.convert("L").resize((WIDTH, height), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float32)


def _squares(grey: np.ndarray) -> np.ndarray:
    """Return the mean grey of each square."""
    rows, columns = grey.shape[0] // BLOCK, grey.shape[1] // BLOCK
    whole = grey[: rows * BLOCK, : columns * BLOCK]
    means: np.ndarray = whole.reshape(rows, BLOCK, columns, BLOCK).mean(axis=(1, 3))
    return means
