"""Panes: wide screens show the list of conversations and one of them side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image

from smsdesk.domain.geometry import Box
from smsdesk.layout.pixels import Canvas
from smsdesk.layout.regions import Page, find_page
from smsdesk.layout.rows import Row

_NARROWEST = 10.0
"""No pane is narrower than this many em: a row of text needs room."""

_SAMPLES = 400
_SHARE = 0.9
"""The line between two panes shows in so many of the sampled rows; no bubble is that high, and
where a menu lies over it the screen is left whole."""


def find_panes(
    rows: Sequence[Row], image: Image.Image, canvas: Canvas, page: Page, em: float
) -> tuple[Page, Page] | None:
    """Return the left and right pane of *page*, or None if it shows one thing only.

    *rows* are those below the status bar, which runs across both. What parts panes is one upright
    line or change of colour from there to the lower edge, with text on both sides and none on it.
    """
    at = _divider(rows, canvas, page, em)
    if at is None:
        return None
    x0, x1, height = page.box.x0, page.box.x1, page.box.y1
    return _pane(image, Box(x0, 0, at, height)), _pane(image, Box(at + 1, 0, x1, height))


def _divider(rows: Sequence[Row], canvas: Canvas, page: Page, em: float) -> float | None:
    box = page.box
    lo, hi = round(box.x0 + _NARROWEST * em), round(box.x1 - _NARROWEST * em)
    if hi <= lo:
        return None
    strip = canvas.patch(Box(lo, min(row.box.y0 for row in rows), hi, box.y1))
    thin = strip[:: max(1, len(strip) // _SAMPLES)].astype(np.int16)
    share = (np.abs(thin[:, 2:] - thin[:, :-2]).max(axis=2) > canvas.step).mean(axis=0)
    edges = np.flatnonzero(share > _SHARE) + lo + 1
    if not len(edges) or edges[-1] - edges[0] > em:  # more than one is a table or a window
        return None
    at = float(edges.mean())
    sides = [row.box.center_x > at for row in rows]
    crossed = any(row.box.x0 < at < row.box.x1 for row in rows)
    return at if any(sides) and not all(sides) and not crossed else None


def _pane(image: Image.Image, box: Box) -> Page:
    part = image.crop((round(box.x0), round(box.y0), round(box.x1), round(box.y1)))
    return Page(box, find_page(Canvas(part)).colours)


def within(rows: Sequence[Row], pane: Page) -> list[Row]:
    """Return those of *rows* that stand in *pane*."""
    return [row for row in rows if pane.box.x0 <= row.box.center_x <= pane.box.x1]
