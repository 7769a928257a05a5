"""Bubbles that compression leaves hardly any edge."""

from __future__ import annotations

import random

import pytest
from PIL import Image

from smsdesk.domain.reading import Reading
from smsdesk.layout import regions
from smsdesk.layout.pixels import Canvas
from smsdesk.layout.rows import find_rows
from tests.layout.drawn_threads import IDENTITY, Sheet, recompressed

WIDTH, HEIGHT, EM = 540, 600, 23


@pytest.mark.parametrize("quality", [80, 55, 40])
@pytest.mark.parametrize("page", [249, 250, 251])
def test_the_page_shows_between_two_faint_bubbles_and_not_within_one(page, quality):
    sheet = Sheet(Image.new("RGB", (WIDTH, HEIGHT), (page, page, page)), random.Random(1))
    for top, texts in (
        (100, ("明天上午十点前不还钱", "我们就去你单位找你")),
        (210, ("还有两个小时",)),
    ):
        bottom = top + 30 + 34 * len(texts)
        sheet.pen.rounded_rectangle((24, top, 440, bottom), 12, (255, 255, 255))
        for row, text in enumerate(texts):
            sheet.write(46, top + 16 + 34 * row, text, EM, (20, 20, 20))
    image = recompressed(sheet.image, quality)
    canvas = Canvas(image)
    reading = Reading(IDENTITY, WIDTH, HEIGHT, tuple(sheet.lines))
    first, second, third = find_rows(reading, canvas)
    found = regions.find_page(canvas)
    assert not regions._page_between(first, second, canvas, found)
    assert regions._page_between(second, third, canvas, found)
