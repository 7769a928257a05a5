"""Which part of a screenshot stands beside a message, and how large."""

from __future__ import annotations

from dataclasses import dataclass

from smsdesk.domain.cases import Page
from smsdesk.domain.messages import Sighting
from smsdesk.report.pdf.styles import MM

CROP_WIDTH = 58 * MM
_MARGIN = 0.02
"""Margin around a message's box, as a share of the screen's width: shows the bubble's edge."""
_BUBBLE = 0.78
"""Share of the screen's width that the broadest bubbles take on all phones. Narrower ones are
printed at the same scale, so that type in the crops has one size: a phone's 17 pt text on a
390 pt wide screen comes out at 8.5 pt or more."""
_MAX_HEIGHT = 105 * MM


@dataclass(frozen=True, slots=True)
class Crop:
    """Pixels (x0, y0, x1, y1) of a page and their size on paper; `cut` if not all is shown."""

    page: Page
    part: tuple[int, int, int, int]
    width: float
    height: float
    cut: bool


def crop_of(page: Page, sighting: Sighting) -> Crop:
    """Return the crop of *page* that shows *sighting*."""
    margin = _MARGIN * page.width
    x0, y0, x1, y1 = sighting.box.rounded()
    left, top = max(0, round(x0 - margin)), max(0, round(y0 - margin))
    right = min(page.width, max(round(x1 + margin), left + 1))
    bottom = min(page.height, max(round(y1 + margin), top + 1))
    left, top = min(left, right - 1), min(top, bottom - 1)
    scale = min(CROP_WIDTH / (right - left), CROP_WIDTH / (_BUBBLE * page.width))
    shown = min(bottom, top + max(1, int(_MAX_HEIGHT / scale)))
    width, height = (right - left) * scale, (shown - top) * scale
    return Crop(page, (left, top, right, shown), width, height, cut=shown < bottom)
