from __future__ import annotations

import random

import pytest
from PIL import Image

from smsdesk.domain.geometry import Box
from smsdesk.layout.pixels import Canvas
from tests.layout.drawn_threads import Sheet


@pytest.mark.parametrize("char", ["T", "l", "1", "I", "一", "十", "E", "H"])
def test_the_strokes_of_a_lone_character_are_its_ink(char):
    sheet = Sheet(Image.new("RGB", (200, 120), (255, 255, 255)), random.Random(2))
    sheet.write(80, 30, char, 48, (0, 0, 0))
    box = sheet.image.convert("L").point([255] * 128 + [0] * 128).getbbox()
    assert box is not None
    tight = Box(*(float(side) for side in box))
    around = Box(tight.x0 - 2, tight.y0 - 2, tight.x1 + 2, tight.y1 + 2)
    ink = Canvas(sheet.image).appearance(around).ink_box
    assert ink.height >= tight.height - 3
    assert ink.width >= tight.width - 3


def test_an_outline_that_a_box_reaches_over_is_no_ink():
    sheet = Sheet(Image.new("RGB", (300, 120), (255, 255, 255)), random.Random(2))
    sheet.pen.rectangle((60, 20, 240, 100), outline=(0, 0, 0), width=2)
    sheet.write(90, 40, "好的", 40, (0, 0, 0))
    ink = Canvas(sheet.image).appearance(Box(58, 30, 200, 95)).ink_box
    assert ink.x0 > 80
