"""Find the screens inside the picture: photos and windows show other things around them.

What lies around is cut away before anything else is read, so that all other modules know screens
only: their edges, their margins, their first and last row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
import numpy.typing as npt

from smsdesk.domain.geometry import Box
from smsdesk.domain.reading import Reading, TextLine
from smsdesk.domain.screens import Screen
from smsdesk.layout.pixels import Canvas

_SAMPLES = 500
"""So many rows of the picture tell where an edge runs."""

_LEAN = 0.0026
"""An edge may lean sideways by this share of its length: half of 0.3 degrees, which are not
levelled (`smsdesk.ocr.straightening`), since both ends stray from the middle."""

_LONG = 0.4
"""A screen that people show is at least so high, as a share of the picture."""

_DENSE = 0.6
"""And is seen at so many of its samples, breaks included."""

_BREAK = 3
"""An edge is one edge though so many samples in a row do not show it."""

_SAME_ENDS = 0.85
"""The left and right edge of a screen run side by side for this share of the longer one."""

_NARROWEST = 8.0
"""No screen is narrower than this many heights of a line."""

_TITLE_ROWS = 2
"""Above a screen stands at most the title of its window, in so many lines; above a card inside a
screen stand the status bar and the header."""

_MOST = 40
"""More edges than this are a pattern; only the longest are looked at."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Edge:
    """An upright edge between x0 and x1, as it leans, from y0 to y1."""

    x0: float
    x1: float
    y0: float
    y1: float


def framed_areas(reading: Reading, canvas: Canvas) -> list[Box]:
    """Return what may be screens with other things around them, from the smallest.

    Each lies between two long upright edges that stand side by side, holds lines of text, cuts
    none in two, and has nothing above it but a window's title.
    """
    if len(reading.lines) < 2:
        return []
    heights = sorted(line.box.height for line in reading.lines)
    narrowest = _NARROWEST * heights[len(heights) // 2]
    edges = _upright_edges(canvas)
    pairs = [(left, right) for left in edges for right in edges if right.x0 - left.x1 > narrowest]
    areas = [area for left, right in pairs if (area := _between(left, right))]
    found = [area for area in areas if _is_framed(area, reading.lines)]
    return sorted(found, key=lambda box: box.width * box.height)


def _upright_edges(canvas: Canvas) -> list[_Edge]:
    pixels = canvas.patch(Box(0, 0, canvas.width, canvas.height))
    pace = max(1, canvas.height // _SAMPLES)
    thin = pixels[::pace].astype(np.int16)
    edge = np.abs(thin[:, 2:] - thin[:, :-2]).max(axis=2) > canvas.frame_step
    near = _near(edge.T, round(_LEAN * canvas.height))
    some = np.flatnonzero(near.mean(axis=1) >= _LONG * _DENSE)
    starts, lengths = _longest_runs(_closed(near[some]))
    long = [(int(x), int(y), int(n)) for x, y, n in zip(some, starts, lengths, strict=True)]
    long = [run for run in long if run[2] * pace >= _LONG * canvas.height]
    edges = []
    for _, group in groupby(enumerate(long), key=lambda pair: pair[1][0] - pair[0]):
        runs = [run for _, run in group]
        _, start, length = max(runs, key=lambda run: run[2])
        top, bottom = float(start * pace), float((start + length) * pace)
        edges.append(_Edge(runs[0][0] + 1.0, runs[-1][0] + 2.0, top, bottom))
    return sorted(edges, key=lambda e: e.y0 - e.y1)[:_MOST]


def _near(marks: Mask, reach: int) -> Mask:
    """Mark what has a mark up to *reach* rows above or below it; for columns of the picture."""
    counts = np.cumsum(np.pad(marks, ((reach + 1, reach), (0, 0))), axis=0, dtype=np.int32)
    return np.asarray(counts[2 * reach + 1 :] > counts[: -2 * reach - 1])


def _closed(marks: Mask) -> Mask:
    """Close breaks of up to _BREAK samples in each row."""
    counts = np.cumsum(np.pad(marks, ((0, 0), (_BREAK + 1, _BREAK))), axis=1, dtype=np.int32)
    length = marks.shape[1]
    before = counts[:, _BREAK + 1 : _BREAK + 1 + length] > counts[:, :length]
    after = counts[:, 2 * _BREAK + 1 :] > counts[:, _BREAK : _BREAK + length]
    return np.asarray(marks | (before & after))


def _longest_runs(marks: Mask) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Return where the longest run of marks begins in each row, and how long it is."""
    places = np.arange(1, marks.shape[1] + 1, dtype=np.int32)
    lengths = places - np.maximum.accumulate(np.where(marks, 0, places), axis=1)
    ends = lengths.argmax(axis=1).astype(np.int32)
    longest = lengths[np.arange(len(marks)), ends]
    return ends + 1 - longest, longest


def _between(left: _Edge, right: _Edge) -> Box | None:
    top, bottom = max(left.y0, right.y0), min(left.y1, right.y1)
    longer = max(left.y1 - left.y0, right.y1 - right.y0)
    if bottom - top < _SAME_ENDS * longer:
        return None
    return Box(left.x1, top, right.x0, bottom)


def _is_framed(area: Box, lines: Sequence[TextLine]) -> bool:
    beside = [line.box for line in lines if line.box.x1 > area.x0 and line.box.x0 < area.x1]
    across = [
        box
        for box in beside
        if area.y0 < box.center_y < area.y1
        and (box.x0 < area.x0 - box.height or box.x1 > area.x1 + box.height)
    ]
    above = [box for box in beside if box.center_y <= area.y0]
    inside = [box for box in beside if area.y0 < box.center_y < area.y1]
    return not across and len(above) <= _TITLE_ROWS and len(inside) > 1


def lines_in(reading: Reading, area: Box) -> list[TextLine]:
    """Return the lines whose middle lies in *area*."""
    return [
        line
        for line in reading.lines
        if area.x0 <= line.box.center_x < area.x1 and area.y0 <= line.box.center_y < area.y1
    ]


def cut_out(reading: Reading, area: Box) -> Reading:
    """Return the lines of *area* as read in a picture of it alone."""
    lines = tuple(_shifted(line, -area.x0, -area.y0) for line in lines_in(reading, area))
    return replace(reading, width=round(area.width), height=round(area.height), lines=lines)


def moved(screen: Screen, x: float, y: float) -> Screen:
    """Return what a part of the picture shows, its boxes moved to where they are in the whole."""
    drafts = tuple(draft.placed(lambda box: box.moved(x, y)) for draft in screen.drafts)
    others = tuple(replace(o, line=_shifted(o.line, x, y)) for o in screen.other_lines)
    title = screen.sender_box.moved(x, y) if screen.sender_box else None
    return replace(screen, drafts=drafts, other_lines=others, sender_box=title)


def _shifted(line: TextLine, x: float, y: float) -> TextLine:
    spans = tuple((x0 + x, x1 + x) for x0, x1 in line.char_spans)
    return replace(line, box=line.box.moved(x, y), char_spans=spans)
