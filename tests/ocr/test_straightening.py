"""Photos of a screen are levelled before they are read, and every box leads back to the photo."""

from __future__ import annotations

import random

import numpy as np
import pytest
from PIL import Image, ImageDraw

from smsdesk.domain.geometry import Box
from smsdesk.domain.reading import EngineIdentity, Reading, TextLine
from smsdesk.domain.screens import Direction, LineRole, MessageDraft, OtherLine, Screen, ScreenKind
from smsdesk.ocr.loading import load_picture
from smsdesk.ocr.outline import find_outline
from smsdesk.ocr.straightening import Straightened, skew, straighten
from smsdesk.resources import resource

SAMPLES = ("IMG_0412.PNG", "IMG_0450.JPG", "Screenshot_20260112_213455_com.android.mms.jpg")


TILTED = np.array([[0.999, 0.04, -30.0], [-0.04, 0.999, -10.0], [1e-5, -1e-5, 1.0]])
"""A map such as a phone that is held a little askew gives."""


def sample(name: str) -> Image.Image:
    return load_picture(resource("samples", name).read_bytes()).image


def photo(image: Image.Image, degrees: float) -> Image.Image:
    """Return *image* as a photo of a phone that lies askew on a dark table."""
    return image.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=(48, 44, 40))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_screenshot_is_left_as_it_is(name):
    image = sample(name)
    assert straighten(image).image is image


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("degrees", [-3.0, -1.4, 0.6, 2.2, 4.0])
def test_a_photo_is_levelled(name, degrees):
    assert skew(photo(sample(name), degrees)) == pytest.approx(-degrees, abs=0.2)


def test_noise_and_uneven_light_do_not_hide_the_lines():
    tilted = np.asarray(photo(sample(SAMPLES[0]), 2.0)).astype(np.float64)
    light = np.linspace(0.55, 1.0, tilted.shape[1])[None, :, None]
    noise = np.random.default_rng(5).normal(0, 6, tilted.shape)
    seen = Image.fromarray(np.clip(tilted * light + noise, 0, 255).astype(np.uint8))
    assert skew(seen) == pytest.approx(-2.0, abs=0.25)


def test_pictures_without_text_are_not_turned():
    drawn = random.Random(3)
    image = Image.new("RGB", (800, 1200), (120, 140, 160))
    draw = ImageDraw.Draw(image)
    for _ in range(60):
        x, y, size = drawn.randrange(800), drawn.randrange(1200), drawn.randrange(20, 120)
        draw.ellipse((x, y, x + size, y + size), fill=(drawn.randrange(255), 90, 60))
    assert straighten(image).image is image
    assert skew(Image.new("RGB", (300, 300), "white")) == 0.0


@pytest.mark.parametrize("degrees", [2.5, -1.7, 4.0])
def test_a_box_found_in_the_levelled_picture_leads_back_to_the_photo(degrees):
    tilted = photo(sample(SAMPLES[0]), degrees)
    tilted.paste((255, 0, 0), (300, 900, 330, 930))
    straight = straighten(tilted)
    pixels = np.asarray(straight.image).astype(int)
    red = (pixels[:, :, 0] > 200) & (pixels[:, :, 1] < 60) & (pixels[:, :, 2] < 60)
    ys, xs = np.nonzero(red)
    found = straight.back(Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1))
    assert found.center_x == pytest.approx(315, abs=1.5)
    assert found.center_y == pytest.approx(915, abs=1.5)
    assert found.width < 40


def test_all_that_was_read_leads_back():
    straight = Straightened(Image.new("RGB", (500, 900)), TILTED, (470, 880))
    line = TextLine("还钱", Box(100, 200, 160, 230), (0.9, 0.8), ((100, 130), (130, 160)))
    draft = MessageDraft(Direction.IN, "还钱", "还钱", Box(90, 190, 170, 240), (0.9, 0.8))
    screen = Screen(
        ScreenKind.THREAD, drafts=(draft,), other_lines=(OtherLine(line, LineRole.HEADER),)
    )
    reading = Reading(EngineIdentity("drawn", "1", ""), 500, 900, (line,))
    back = straight.reading_back(reading)
    assert (back.width, back.height) == (470, 880)
    assert back.lines[0].box == straight.back(line.box)
    assert back.lines[0].char_spans[0][1] == pytest.approx(back.lines[0].char_spans[1][0])
    assert straight.screen_back(screen).drafts[0].box == straight.back(draft.box)
    assert straight.screen_back(screen).other_lines[0].line == back.lines[0]


def test_boxes_never_leave_the_photo():
    straight = Straightened(Image.new("RGB", (500, 900)), TILTED, (450, 870))
    box = straight.back(Box(0, 0, 500, 900))
    assert box == Box(0, 0, 450, 870)


def in_perspective(image: Image.Image) -> tuple[Image.Image, tuple[tuple[int, int], ...]]:
    """Return a photo of a bright screen in a dark frame, seen at an angle, and its corners."""
    framed = Image.new("RGB", (image.width + 80, image.height + 80), (14, 14, 16))
    framed.paste(image, (40, 40))
    width, height = framed.width + 400, framed.height + 300
    corners = ((260, 120), (width - 190, 160), (width - 110, height - 130), (150, height - 180))
    rows, values = [], []
    for (x, y), (u, v) in zip(
        corners,
        ((0, 0), (framed.width, 0), framed.size, (0, framed.height)),
        strict=True,
    ):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    solved = np.linalg.solve(np.array(rows, float), np.array(values, float))
    seen = framed.transform(
        (width, height), Image.Transform.PERSPECTIVE, tuple(solved), Image.Resampling.BICUBIC
    )
    inside = (
        framed.point(lambda _: 255)
        .convert("L")
        .transform((width, height), Image.Transform.PERSPECTIVE, tuple(solved))
    )
    table = Image.new("RGB", (width, height), (120, 96, 70))
    table.paste(seen, (0, 0), inside)
    return table, corners


@pytest.mark.parametrize("name", SAMPLES)
def test_a_screen_seen_at_an_angle_is_pulled_into_shape(name):
    seen, _ = in_perspective(sample(name))
    straight = straighten(seen)
    assert straight.to_original is not None
    assert abs(skew(straight.image)) <= 0.1
    outline = find_outline(straight.image)
    assert outline is not None
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = outline
    slack = 0.005 * straight.image.height
    assert abs(ay - by) < slack
    assert abs(cy - dy) < slack
    assert abs(ax - dx) < slack
    assert abs(bx - cx) < slack


def test_a_plain_wall_has_no_outline():
    assert find_outline(Image.new("RGB", (900, 1400), (90, 90, 90))) is None
