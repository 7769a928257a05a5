"""Make new pictures for masked copies: blackened, and with nothing of the old file in them."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence

from PIL import Image, ImageDraw, ImageFont

from smsdesk.domain.geometry import Box
from smsdesk.resources import resource

JPEG, PNG, TIFF = "image/jpeg", "image/png", "image/tiff"

_QUALITY = 92
"""Of JPEGs: letters stay as legible as phones' own cameras leave them."""

_BLANK, _WORDS = (232, 232, 232), (64, 64, 64)


def blackened(image: Image.Image, boxes: Iterable[Box]) -> Image.Image:
    """Return a new RGB picture whose pixels in *boxes* are black; no other pixel changes."""
    copy = Image.new("RGB", image.size)
    copy.paste(image.convert("RGB"))
    draw = ImageDraw.Draw(copy)
    for box in boxes:
        left, top = math.floor(box.x0), math.floor(box.y0)
        right, bottom = math.ceil(box.x1) - 1, math.ceil(box.y1) - 1  # Pillow counts the last in
        if right >= left and bottom >= top:
            draw.rectangle((left, top, right, bottom), fill="black")
    return copy


def blank(size: tuple[int, int], words: str) -> Image.Image:
    """Return a grey picture that says *words*, in the place of one that cannot be shown."""
    image = Image.new("RGB", size, _BLANK)
    draw = ImageDraw.Draw(image)
    height = max(8, min(size[0] // (len(words) + 2), size[1] // 4, 64))
    font = ImageFont.truetype(str(resource("fonts", "NotoSansSC-Regular.ttf")), height)
    draw.text((size[0] / 2, size[1] / 2), words, fill=_WORDS, font=font, anchor="mm")
    return image


def encoded(images: Sequence[Image.Image], media_type: str) -> tuple[bytes, str]:
    """Return a file of *images* and its media type: JPEG for JPEGs, TIFF for several, else PNG.

    The file holds pixels only: no EXIF, no preview, no text.
    """
    out = io.BytesIO()
    if len(images) > 1:
        images[0].save(
            out, "TIFF", save_all=True, append_images=images[1:], compression="tiff_deflate"
        )
        return out.getvalue(), TIFF
    if media_type == JPEG:
        images[0].save(out, "JPEG", quality=_QUALITY, subsampling=0)
        return out.getvalue(), JPEG
    images[0].save(out, "PNG", compress_level=4)
    return out.getvalue(), PNG
