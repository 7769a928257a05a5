"""Find the screen inside the picture: photos and windows show other things around it.

What lies around is cut away before anything else is read, so that all other modules know screens
only: their edges, their margins, their first and last row.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from smsdesk.domain.geometry import Box
from smsdesk.domain.reading import Reading, TextLine
from smsdesk.domain.screens import Screen
from smsdesk.layout.pixels import Canvas

_SAMPLES = 400
"""So many rows, or columns, of the picture tell where an edge runs."""

_EDGE_SHARE = 0.92
"""An edge is a frame's if so many of the samples show it."""

_LEAN = 0.0026
"""A frame may lean sideways by this share of its length: half of 0.3 degrees, which are not
levelled (`smsdesk.ocr.straightening`), since the sides stray from their middle."""


def screen_area(reading: Reading, canvas: Canvas) -> Box:
    """Return the screen's box in the picture; all of the picture where no frame encloses it.

    A frame's edges run along all of the text, status bar and header as well; no bubble's do.
    """
    whole = Box(0.0, 0.0, float(canvas.width), float(canvas.height))
    if not reading.lines:
        return whole
    text = Box.around(line.box for line in reading.lines)
    x0, x1 = _beside(text, canvas)
    y0, y1 = _over_and_under(text, Box(x0, 0, x1, canvas.height), canvas)
    return Box(x0, y0, x1, y1)


def _beside(text: Box, canvas: Canvas) -> tuple[float, float]:
    strip = canvas.patch(Box(0, text.y0, canvas.width, text.y1))
    edges = _edges(strip, canvas.step)
    return _nearest(edges, text.x0 - 1, text.x1 + 1, canvas.width)


def _over_and_under(text: Box, column: Box, canvas: Canvas) -> tuple[float, float]:
    """Look above and below only where something lies beside the screen too: a window or a photo.

    Bars at the screen's own upper and lower edge end in lines as long as those of a frame.
    """
    if column.x0 <= 0 and column.x1 >= canvas.width:
        return 0.0, float(canvas.height)
    edges = _edges(canvas.patch(column).transpose(1, 0, 2), canvas.step)
    return _nearest(edges, text.y0 - 1, text.y1 + 1, canvas.height)


def _edges(strip: npt.NDArray[np.uint8], step: float) -> npt.NDArray[np.intp]:
    """Return at which columns of *strip* nearly all rows show an edge there or close by."""
    thin = strip[:: max(1, len(strip) // _SAMPLES)].astype(np.int16)
    edge = np.abs(thin[:, 2:] - thin[:, :-2]).max(axis=2) > step
    reach = round(_LEAN * len(strip))
    counts = np.cumsum(np.pad(edge, ((0, 0), (reach + 1, reach))), axis=1)
    close = counts[:, 2 * reach + 1 :] > counts[:, : -2 * reach - 1]
    return np.flatnonzero(close.mean(axis=0) > _EDGE_SHARE) + 1


def _nearest(
    edges: npt.NDArray[np.intp], first: float, last: float, end: int
) -> tuple[float, float]:
    """Return the edges that are nearest to *first* and *last* outside them; 0 and *end* if none."""
    before, after = edges[edges < first], edges[edges > last]
    return (
        float(before[-1] + 1) if len(before) else 0.0,
        float(after[0]) if len(after) else float(end),
    )


def cut_out(reading: Reading, area: Box) -> tuple[Reading, list[TextLine]]:
    """Return the lines of *area*, as read in a picture of it alone, and those around it as read."""
    inside, around = [], []
    for line in reading.lines:
        box = line.box
        shown = area.x0 <= box.center_x < area.x1 and area.y0 <= box.center_y < area.y1
        (inside if shown else around).append(line)
    lines = tuple(_shifted(line, -area.x0, -area.y0) for line in inside)
    part = replace(reading, width=round(area.width), height=round(area.height), lines=lines)
    return part, around


def moved(screen: Screen, x: float, y: float) -> Screen:
    """Return what a part of the picture shows, its boxes moved to where they are in the whole."""
    drafts = tuple(replace(draft, box=draft.box.moved(x, y)) for draft in screen.drafts)
    others = tuple(replace(o, line=_shifted(o.line, x, y)) for o in screen.other_lines)
    return replace(screen, drafts=drafts, other_lines=others)


def _shifted(line: TextLine, x: float, y: float) -> TextLine:
    spans = tuple((x0 + x, x1 + x) for x0, x1 in line.char_spans)
    return replace(line, box=line.box.moved(x, y), char_spans=spans)
