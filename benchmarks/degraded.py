"""What happens to screenshots on their way: smaller, recompressed, blurred, askew."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image, ImageFilter


def _jpeg(image: Image.Image, quality: int) -> Image.Image:
    data = io.BytesIO()
    image.save(data, "JPEG", quality=quality)
    return Image.open(data).convert("RGB")


def _scaled(image: Image.Image, factor: float) -> Image.Image:
    size = round(image.width * factor), round(image.height * factor)
    return image.resize(size, Image.Resampling.BICUBIC)


def _blurred(image: Image.Image) -> Image.Image:
    """As a lens out of focus: the radius follows the width, whatever the phone's resolution."""
    return image.filter(ImageFilter.GaussianBlur(image.width / 720))


def _passed_on_twice(image: Image.Image) -> Image.Image:
    """As chat apps pass pictures on: made smaller and compressed, and compressed once more."""
    return _jpeg(_jpeg(_scaled(image, 0.75), 70), 60)


def _askew(image: Image.Image) -> Image.Image:
    """Turn by half a degree, which a photo or a scan may keep after it was set straight."""
    return image.rotate(0.5, Image.Resampling.BICUBIC, fillcolor=(128, 128, 128))


VARIANTS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "as drawn": lambda image: image,
    "JPEG 75": lambda image: _jpeg(image, 75),
    "JPEG 60": lambda image: _jpeg(image, 60),
    "JPEG 40": lambda image: _jpeg(image, 40),
    "0.66": lambda image: _scaled(image, 0.66),
    "half": lambda image: _scaled(image, 0.5),
    "blurred": _blurred,
    "passed on twice": _passed_on_twice,
    "askew": _askew,
}
"""From an upright RGB picture to what became of it."""
