"""Ink that no character was read for: emoji that an engine does not know, characters it lost.

Nothing is put in its place. The characters beside it become doubtful, so that whoever reads the
text looks there, and sees what is missing. Lengths are in em of the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias

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
"""The share of such a border that must be free: rows set close reach into it here and there."""

_FAINT = 0.3
"""Ink differs from its ground by this share of the text's contrast at least; emoji are paler."""

_AIR = 0.25
"""So far around a row its own ink may reach: blur, descenders."""

_LEAST_HEIGHT = 0.4
"""What stands between two rows and is lower than this is a line drawn there, not text."""

Columns: TypeAlias = npt.NDArray[np.bool_]


def find_unread(row: Row, canvas: Canvas) -> Row:
    """Return *row* with `unread` set to the characters beside ink that was not read."""
    return replace(row, unread=frozenset(_beside_unread_ink(row, canvas)))


def find_lost_rows(rows: Sequence[Row], canvas: Canvas) -> list[Row]:
    """Return the *rows* of one message with `unread` set also where a row between two is missing.

    The last character above the place and the first one below are beside what is missing.
    """
    marked = list(rows)
    for index, (upper, lower) in enumerate(pairwise(rows)):
        if _ink_between(upper, lower, canvas):
            marked[index] = _beside(marked[index], len(upper.text.rstrip()) - 1)
            marked[index + 1] = _beside(lower, len(lower.text) - len(lower.text.lstrip()))
    return marked


def _beside(row: Row, index: int) -> Row:
    return replace(row, unread=row.unread | {index})


def _ink_between(upper: Row, lower: Row, canvas: Canvas) -> bool:
    """Say whether something as high as characters stands between two rows."""
    em = min(upper.em, lower.em)
    y0, y1 = upper.box.y1 + _AIR * em, lower.box.y0 - _AIR * em
    if y1 - y0 < _LEAST_HEIGHT * em:
        return False
    area = Box(min(upper.box.x0, lower.box.x0), y0, max(upper.box.x1, lower.box.x1), y1)
    filled = _away(upper, canvas, area).any(axis=1)
    return bool(filled.sum() >= _LEAST_HEIGHT * em)


def _away(row: Row, canvas: Canvas, area: Box) -> npt.NDArray[np.bool_]:
    """Return which pixels of *area* are unlike the background of *row*."""
    patch = canvas.patch(area).astype(np.int16)
    least = max(_FAINT * row.look.contrast, 3 * canvas.step)
    away = np.abs(patch - np.array(row.look.background, np.int16)).max(axis=2)
    found: npt.NDArray[np.bool_] = away > least
    return found


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
        self._right = row.box.x1 + _REACH * row.em
        self._columns = self._strip(row, canvas, -_BAND, _BAND)
        borders = [self._strip(row, canvas, a, b) for a, b in (_BORDER, (-_BORDER[1], -_BORDER[0]))]
        self._free = ~(borders[0] | borders[1])

    def _strip(self, row: Row, canvas: Canvas, above: float, below: float) -> Columns:
        """Return the columns with ink between so many em above and below the row's middle."""
        middle, em = row.box.center_y, row.em
        area = Box(self._left, middle + above * em, self._right, middle + below * em)
        columns: Columns = np.logical_or.reduce(_away(row, canvas, area), axis=0)
        return columns

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
