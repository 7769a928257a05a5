"""Crops that stand for themselves in volumes: the same pixels, in as little room as they need."""

from __future__ import annotations

import zlib

import pytest
from PIL import Image, ImageDraw

from smsdesk.report.pdf.pictures import flat


def grey():
    image = Image.new("RGB", (60, 20), (240, 240, 240))
    ImageDraw.Draw(image).text((3, 3), "bubble", fill=(30, 30, 30))
    return image


def blue():
    image = Image.new("RGB", (60, 20), (240, 240, 240))
    ImageDraw.Draw(image).rectangle((10, 4, 40, 15), fill=(0, 122, 255))
    return image


def photo():
    image = Image.new("RGB", (60, 20))
    image.putdata([(n // 256, n % 256, 7) for n in range(60 * 20)])
    return image


@pytest.mark.parametrize(
    ("image", "space"), [(grey(), "/DeviceGray"), (blue(), "[/Indexed"), (photo(), "/DeviceRGB")]
)
def test_a_crop_keeps_every_pixel(image, space):
    embedded = flat(image)
    assert embedded.colour_space.startswith(space)
    assert pixels_of(embedded) == image.tobytes()


def pixels_of(embedded):
    data = zlib.decompress(embedded.data)
    size = (embedded.width, embedded.height)
    mode = {"/DeviceGray": "L", "/DeviceRGB": "RGB"}.get(embedded.colour_space, "P")
    image = Image.frombytes(mode, size, data)
    if mode == "P":
        image.putpalette(bytes.fromhex(embedded.colour_space.partition("<")[2].rstrip(">]")))
    return image.convert("RGB").tobytes()
