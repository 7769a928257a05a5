"""Smaller copies of pictures, for those who want them; originals stay as they are."""

from __future__ import annotations

import io

from PIL import Image

from smsdesk.domain.errors import PictureError
from smsdesk.domain.geometry import Box
from smsdesk.services.reading import upright

SHRUNK_WIDTH = 1080
"""Pixels across the short side: as wide as most phones' own screens, so that text stays legible."""
_QUALITY = 80
"""JPEG: text of a screenshot shows no smear yet; below 70 it does."""
_SCREEN = 2.2
"""Height of a screen by its width: of the longest phones in use."""


def small_picture(data: bytes, page: int, width: int, around: Box | None = None) -> bytes | None:
    """Return a page as JPEG, its short side at most *width* pixels; None if it cannot be shown.

    *around*: of a long screenshot, only as much of it as a phone shows at once.
    """
    try:
        image = upright(data, page)
    except PictureError:
        return None
    if around is not None:
        image = _a_screen_of(image, around)
    scale = min(1.0, width / min(image.size))
    if scale < 1:
        size = (round(image.width * scale), round(image.height * scale))
        image = image.resize(size)
    drawn = io.BytesIO()
    image.save(drawn, "JPEG", quality=_QUALITY)
    return drawn.getvalue()


def _a_screen_of(image: Image.Image, around: Box) -> Image.Image:
    height = min(image.height, round(image.width * _SCREEN))
    middle = (around.y0 + around.y1) / 2
    top = round(min(max(0, middle - height / 2), image.height - height))
    return image.crop((0, top, image.width, top + height))
