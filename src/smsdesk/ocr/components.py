"""Connected components of a mask, as horizontal runs, in numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Runs:
    """The horizontal runs of a mask, row by row: `start` inside, `stop` outside.

    All arrays have one entry a run; `component` numbers the connected component from 0.
    """

    row: Ints
    start: Ints
    stop: Ints
    component: Ints

    @property
    def components(self) -> int:
        """How many components there are."""
        return int(self.component.max()) + 1 if len(self.component) else 0

    def bounds(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Return x0, y0, x1, y1 (outside) of each component."""
        far = np.iinfo(np.int64).max
        x0, y0 = np.full(self.components, far), np.full(self.components, far)
        x1, y1 = np.zeros(self.components, np.int64), np.zeros(self.components, np.int64)
        np.minimum.at(x0, self.component, self.start)
        np.minimum.at(y0, self.component, self.row)
        np.maximum.at(x1, self.component, self.stop)
        np.maximum.at(y1, self.component, self.row + 1)
        return x0, y0, x1, y1


def find_runs(mask: Mask) -> Runs:
    """Return the runs of *mask* (rows, columns), joined where they touch, corners included."""
    rows, columns = mask.shape
    padded = np.zeros((rows, columns + 2), np.int8)
    padded[:, 1:-1] = mask
    steps = np.diff(padded, axis=1)
    row, start = np.nonzero(steps == 1)
    _, stop = np.nonzero(steps == -1)
    above, below = _touching(row, start, stop, columns)
    return Runs(row, start, stop, _numbered(len(row), above, below))


def _touching(row: Ints, start: Ints, stop: Ints, columns: int) -> tuple[Ints, Ints]:
    """Return the pairs (index above, index below) of runs in neighbouring rows that touch.

    Runs are in order of a key that puts the rows one behind the other, so the runs above that a
    run touches are a slice between two binary searches.
    """
    stride = columns + 2
    position = row * stride
    first = np.searchsorted(position + stop, position - stride + start, side="left")
    last = np.searchsorted(position + start, position - stride + stop, side="right")
    counts = np.maximum(last - first, 0)
    below = np.repeat(np.arange(len(row)), counts)
    offsets = np.arange(len(below)) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(first, counts) + offsets, below


def _numbered(count: int, above: Ints, below: Ints) -> Ints:
    """Return the component number of each run (union-find over the touching pairs)."""
    parent = list(range(count))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for a, b in zip(above.tolist(), below.tolist(), strict=True):
        parent[root(b)] = root(a)
    roots = np.array([root(index) for index in range(count)], np.int64)
    return np.unique(roots, return_inverse=True)[1].astype(np.int64)
