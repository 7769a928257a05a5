from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from smsdesk.domain.geometry import Box
from smsdesk.ocr.blackening import JPEG, PNG, TIFF, blackened, blank, encoded
from smsdesk.ocr.loading import load_picture


@pytest.fixture
def noise():
    pixels = np.random.default_rng(1).integers(1, 256, (60, 80, 3), dtype=np.uint8)
    return Image.fromarray(pixels)


def test_pixels_in_the_boxes_are_gone_and_no_other_changes(noise):
    seen = np.asarray(blackened(noise, [Box(10.4, 5, 20, 15.5), Box(-5, 50, 500, 500)]))
    before = np.asarray(noise)
    mask = np.zeros((60, 80), bool)
    mask[5:16, 10:20] = True
    mask[50:, :] = True
    assert not seen[mask].any()
    assert (seen[~mask] == before[~mask]).all()


@pytest.mark.parametrize(("asked", "given"), [(JPEG, JPEG), (PNG, PNG), ("image/heif", PNG)])
def test_a_new_file_holds_pixels_and_nothing_else(noise, asked, given):
    noise.info["exif"] = b"Exif\0\0secret"
    noise.info["comment"] = b"secret"
    data, kind = encoded([blackened(noise, [])], asked)
    with Image.open(io.BytesIO(data)) as image:
        assert Image.MIME[image.format] == kind == given
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"secret" not in data


def test_pages_stay_pages(noise):
    data, kind = encoded([noise, blank((40, 90), "不显示")], "application/pdf")
    assert kind == TIFF
    assert load_picture(data, 0).image.tobytes() == noise.tobytes()
    assert load_picture(data, 1).image.size == (40, 90)


@pytest.mark.parametrize("size", [(1, 1), (30, 2000), (1080, 2400)])
def test_a_blank_can_have_any_size(size):
    assert blank(size, "此图未识读，脱敏副本不显示").size == size
