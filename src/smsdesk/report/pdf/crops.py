"""Which part of a screenshot stands beside a message, and how large."""

from __future__ import annotations

from dataclasses import dataclass

from smsdesk.domain.cases import Original
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
    """Pixels (x0, y0, x1, y1) of an original and their size on paper; `cut` if not all is shown."""

    original_id: int
    part: tuple[int, int, int, int]
    width: float
    height: float
    cut: bool


def crop_of(original: Original, sighting: Sighting) -> Crop:
    """Return the crop of *original* that shows *sighting*."""
    margin = _MARGIN * original.width
    x0, y0, x1, y1 = sighting.box.rounded()
    left, top = max(0, round(x0 - margin)), max(0, round(y0 - margin))
    right = min(original.width, max(round(x1 + margin), left + 1))
    bottom = min(original.height, max(round(y1 + margin), top + 1))
    left, top = min(left, right - 1), min(top, bottom - 1)
    scale = min(CROP_WIDTH / (right - left), CROP_WIDTH / (_BUBBLE * original.width))
    shown = min(bottom, top + max(1, int(_MAX_HEIGHT / scale)))
    width, height = (right - left) * scale, (shown - top) * scale
    return Crop(original.id, (left, top, right, shown), width, height, cut=shown < bottom)
