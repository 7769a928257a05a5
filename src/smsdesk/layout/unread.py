"""Ink that no character was read for: emoji that an engine does not know, characters it lost.

Nothing is put in its place. The characters beside it become doubtful, so that whoever reads the
text looks there, and sees what is missing. Lengths are in em of the row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from smsdesk.domain.geometry import Box
from smsdesk.layout.pixels import Canvas
from smsdesk.layout.rows import Row, is_wide

_REACH = 2.2
"""So far beyond a row's ends is looked: one emoji, and the air before and after it."""

_NEAR = 0.75
"""What belongs to the text begins no further from its last character than a space."""

_LEAST_WIDTH = 0.4
"""Ink beyond the last character that is narrower may be a part of it, whose place is not exact."""

_SIGN = 1.1
"""An emoji is so wide; what comes after it does not matter."""

_OWN_HALF = 0.72
"""A full-width character's ink ends so far from its middle at most: half an em, and the error."""

_NARROW_HALF = 0.5
"""The same of letters, digits and marks."""

_EXTRA_ROOM = 0.6
"""Two characters further apart than they are wide by this much have lost one between them."""

_BAND = 0.4
"""Ink is looked for so far above and below the middle of the row."""

_BORDER = (0.72, 0.8)
"""A sign of the text's own height leaves the row's border, so far off its middle, free; the end of
a bubble does not."""

_FREE = 0.5
"""The share of such a border that must be free."""


def find_unread(row: Row, canvas: Canvas) -> Row:
    """Return *row* with `unread` set to the characters beside ink that was not read."""
    return replace(row, unread=frozenset(_beside_unread_ink(row, canvas)))


def _beside_unread_ink(row: Row, canvas: Canvas) -> set[int]:
    inked = _Ink(row, canvas)
    found = set(_lost_between(row, inked))
    shown = [index for index, char in enumerate(row.text) if not char.isspace()]
    if shown and inked.goes_on(_middle(row, shown[-1]), _half(row.text[shown[-1]]), 1):
        found.add(shown[-1])
    if shown and inked.goes_on(_middle(row, shown[0]), _half(row.text[shown[0]]), -1):
        found.add(shown[0])
    return found


def _middle(row: Row, index: int) -> float:
    return sum(row.char_spans[index]) / 2


def _half(char: str) -> float:
    return _OWN_HALF if is_wide(char) else _NARROW_HALF


def _lost_between(row: Row, inked: _Ink) -> Iterator[int]:
    """Yield both neighbours of every place where a full-width character is missing."""
    for index, (one, other) in enumerate(pairwise(row.text)):
        if not (is_wide(one) or is_wide(other)) or one.isspace() or other.isspace():
            continue
        a, b = _middle(row, index), _middle(row, index + 1)
        usual = sum(0.5 if is_wide(char) else 0.3 for char in (one, other))
        if b - a > (usual + _EXTRA_ROOM) * row.em and inked.between(
            a + _half(one) * row.em, b - _half(other) * row.em
        ):
            yield index
            yield index + 1


class _Ink:
    """The columns around a row in which something stands on the row's background."""

    def __init__(self, row: Row, canvas: Canvas) -> None:
        self._em = row.em
        self._left = max(0.0, row.box.x0 - _REACH * row.em)
        middle = row.box.center_y
        away = self._away(row, canvas, middle - _BAND * row.em, middle + _BAND * row.em)
        self._columns = away.any(axis=0)
        borders = [
            self._away(row, canvas, middle - _BORDER[1] * row.em, middle - _BORDER[0] * row.em),
            self._away(row, canvas, middle + _BORDER[0] * row.em, middle + _BORDER[1] * row.em),
        ]
        self._free = ~np.stack([border.any(axis=0) for border in borders]).any(axis=0)

    def _away(self, row: Row, canvas: Canvas, y0: float, y1: float) -> npt.NDArray[np.bool_]:
        right = row.box.x1 + _REACH * self._em
        patch = canvas.patch(Box(self._left, y0, right, y1)).astype(np.int16)
        background = np.array(row.look.background, np.int16)
        least = max(0.3 * row.look.contrast, 3 * canvas.step)
        return np.abs(patch - background).max(axis=2) > least

    def between(self, x0: float, x1: float) -> bool:
        """Say whether there is ink between x0 and x1."""
        return bool(self._columns[self._index(x0) : max(self._index(x1), 0)].any())

    def goes_on(self, middle: float, half: float, step: int) -> bool:
        """Say whether a sign follows the character at *middle* on the side of *step* (1 or -1)."""
        start = self._index(middle + step * half * self._em)
        columns, free = self._columns[start:], self._free[start:]
        if step < 0:
            columns, free = self._columns[: max(start, 0)][::-1], self._free[: max(start, 0)][::-1]
        inked = np.flatnonzero(columns[: round(_NEAR * self._em)])
        if not len(inked):
            return False
        sign = slice(int(inked[0]), int(inked[0]) + round(_SIGN * self._em))
        width = columns[sign].sum()
        return bool(width >= _LEAST_WIDTH * self._em and free[sign].mean() >= _FREE)

    def _index(self, x: float) -> int:
        return max(0, round(x - self._left))
