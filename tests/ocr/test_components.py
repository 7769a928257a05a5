from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.ocr.components import find_runs


def painted(text):
    return np.array([[char == "#" for char in row] for row in text.split()])


def labelled(mask):
    """The same by flooding, pixel by pixel: slow and plain."""
    labels, count = np.full(mask.shape, -1), 0
    for start in zip(*np.nonzero(mask), strict=True):
        if labels[start] >= 0:
            continue
        stack = [start]
        while stack:
            y, x = stack.pop()
            inside = 0 <= y < mask.shape[0] and 0 <= x < mask.shape[1]
            if inside and mask[y, x] and labels[y, x] < 0:
                labels[y, x] = count
                stack += [(y + a, x + b) for a in (-1, 0, 1) for b in (-1, 0, 1)]
        count += 1
    return labels, count


@pytest.mark.parametrize(
    ("mask", "count"),
    [
        ("... ...", 0),
        ("#.# .#.", 1),
        ("#.# ... #.#", 4),
        ("#.#.# #.#.# #####", 1),
        ("##### ....# ###.# #.#.# #...# #####", 1),
        ("#..# ....", 2),
    ],
)
def test_corners_join(mask, count):
    assert find_runs(painted(mask)).components == count


def test_bounds_hold_each_component():
    runs = find_runs(painted("##... ##..# ....#"))
    x0, y0, x1, y1 = runs.bounds()
    assert sorted(zip(x0, y0, x1, y1, strict=True)) == [(0, 0, 2, 2), (4, 1, 5, 3)]


@given(st.integers(1, 14), st.integers(1, 14), st.integers(0, 2**32), st.floats(0.1, 0.9))
def test_any_mask_falls_into_the_same_parts_as_by_flooding(rows, columns, seed, density):
    mask = np.random.default_rng(seed).random((rows, columns)) < density
    labels, count = labelled(mask)
    runs = find_runs(mask)
    assert runs.components == count
    pairs = set()
    for row, start, stop, part in zip(runs.row, runs.start, runs.stop, runs.component, strict=True):
        pairs |= {(int(part), int(label)) for label in labels[row, start:stop]}
    assert len(pairs) == count
    assert int((runs.stop - runs.start).sum()) == int(mask.sum())
