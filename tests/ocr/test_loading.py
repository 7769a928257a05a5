from __future__ import annotations

import datetime as dt
import io
import struct
import time
import tracemalloc
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from smsdesk.domain.errors import PictureError, SetAsideReason
from smsdesk.domain.times import CHINA
from smsdesk.ocr.loading import MAX_PIXELS, load_picture

DATA = Path(__file__).parents[1] / "data" / "ocr"
RED, WHITE = (220, 20, 20), (255, 255, 255)


def screen(mode="RGB", size=(160, 120)):
    """The left half red, the right half white, with a pattern that does not pack to nothing."""
    image = Image.new("RGB", size, WHITE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, size[0] // 2 - 1, size[1]), fill=RED)
    for y in range(0, size[1], 3):
        draw.line((size[0] // 2, y, size[0], (y * 7) % size[1]), fill=(y % 200, 0, 90))
    return image.convert(mode)


def encoded(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def near(pixel, expected, tolerance=12):
    return all(abs(a - b) <= tolerance for a, b in zip(pixel, expected, strict=True))


def reason_of(data):
    with pytest.raises(PictureError) as caught:
        load_picture(data)
    return caught.value.reason


ENCODED = {
    "image/png": encoded(screen(), "PNG"),
    "image/jpeg": encoded(screen(), "JPEG", quality=90),
    "image/webp": encoded(screen(), "WEBP", lossless=True),
    "image/avif": encoded(screen(), "AVIF", quality=90),
    "image/gif": encoded(screen(), "GIF"),
    "image/bmp": encoded(screen(), "BMP"),
    "image/tiff": encoded(screen(), "TIFF", compression="tiff_lzw"),
}


@pytest.mark.parametrize("media_type", ENCODED)
def test_the_content_tells_the_type(media_type):
    picture = load_picture(ENCODED[media_type])
    assert picture.media_type == media_type
    assert (picture.image.mode, picture.width, picture.height) == ("RGB", 160, 120)
    assert picture.exif_time is None
    assert near(picture.image.getpixel((30, 60)), RED, 40)


@pytest.mark.parametrize("media_type", ENCODED)
@pytest.mark.parametrize("share", [0.35, 0.6, 0.9])
def test_a_cut_file_is_damaged_and_never_half_a_picture(media_type, share):
    data = ENCODED[media_type]
    assert reason_of(data[: int(len(data) * share)]) == SetAsideReason.DAMAGED


@pytest.mark.parametrize("cut", range(6, 40, 3))
def test_a_png_that_lacks_its_last_bytes_is_damaged(cut):
    assert reason_of(ENCODED["image/png"][:-cut]) == SetAsideReason.DAMAGED


@pytest.mark.parametrize("place", [0.2, 0.5, 0.8])
def test_a_png_with_a_changed_byte_is_damaged(place):
    data = bytearray(ENCODED["image/png"])
    data[int(len(data) * place)] ^= 0x55
    assert reason_of(bytes(data)) == SetAsideReason.DAMAGED


@pytest.mark.parametrize("media_type", ENCODED)
def test_garbage_after_a_sound_header_is_damaged(media_type):
    garbage = np.random.default_rng(3).integers(0, 256, 4000, np.uint8).tobytes()
    data = ENCODED[media_type]
    start = 700 if media_type == "image/jpeg" else 60
    if media_type != "image/bmp":  # whose pixels may be anything
        assert reason_of(data[:start] + garbage) == SetAsideReason.DAMAGED


def test_what_phones_write_behind_the_picture_does_no_harm():
    picture = load_picture(ENCODED["image/jpeg"] + b"\0" * 100 + b"samsung trailer")
    assert picture.width == 160


def test_an_empty_file_is_called_empty():
    assert reason_of(b"") == SetAsideReason.EMPTY


@pytest.mark.parametrize(
    "data",
    ["还款提醒\n".encode() * 50, b"PK\x03\x04" + bytes(60), b"%PDF-1.7\n", b"\0", b"%!PS-Adobe"],
)
def test_what_is_no_picture_is_called_so_whatever_its_name(data):
    assert reason_of(data) == SetAsideReason.NOT_A_PICTURE


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(side=20_000):
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(10_000_000))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [chunk(b"IHDR", header), chunk(b"IDAT", packed), chunk(b"IEND", b"")]
    )


def gif_bomb():
    return b"GIF89a" + struct.pack("<HH", 60_000, 60_000) + ENCODED["image/gif"][10:]


def jpeg_bomb():
    data = ENCODED["image/jpeg"]
    frame = data.index(b"\xff\xc0")
    return data[: frame + 5] + struct.pack(">HH", 30_000, 30_000) + data[frame + 9 :]


@pytest.mark.parametrize("make", [png_bomb, gif_bomb, jpeg_bomb])
def test_a_bomb_is_refused_at_once_and_without_memory(make):
    data = make()
    tracemalloc.start()
    started = time.perf_counter()
    assert reason_of(data) == SetAsideReason.TOO_LARGE
    assert time.perf_counter() - started < 1
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_the_longest_scrolls_are_let_in():
    assert 1080 * 50_000 < MAX_PIXELS < (Image.MAX_IMAGE_PIXELS or 0)
    tall = load_picture(encoded(Image.new("L", (1080, 50_000), 255), "PNG"))
    assert (tall.width, tall.height) == (1080, 50_000)


def test_transparent_parts_become_white():
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 19, 39), fill=(*RED, 255))
    for kind in ("PNG", "WEBP"):
        loaded = load_picture(encoded(image, kind, lossless=True)).image
        assert loaded.getpixel((5, 5)) == RED
        assert loaded.getpixel((30, 5)) == WHITE
    palette = load_picture(encoded(image.quantize(8), "PNG")).image
    assert palette.getpixel((30, 5)) == WHITE


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA"])
def test_grey_and_palette_pictures_become_rgb(mode):
    loaded = load_picture(encoded(screen("L").convert(mode), "PNG")).image
    assert loaded.mode == "RGB"
    assert min(loaded.getpixel((100, 1))) > 200


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_keep_their_brightness(kind):
    values = np.tile(np.linspace(0, 65535, 256).astype(np.uint16), (8, 1))
    loaded = load_picture(encoded(Image.fromarray(values), kind)).image
    for x in (0, 64, 128, 255):
        assert near(loaded.getpixel((x, 4)), (x, x, x), 1)


def sixteen_bit_rgb_png():
    row = b"\0" + struct.pack(">HHH", 0xDC00, 0x1400, 0x1400) * 4
    header = struct.pack(">IIBBBBB", 4, 4, 16, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(row * 4)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_sixteen_bit_colours_keep_theirs():
    assert near(load_picture(sixteen_bit_rgb_png()).image.getpixel((1, 1)), RED, 1)


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_cmyk_shows_its_colours(kind):
    loaded = load_picture(encoded(screen("CMYK"), kind)).image
    assert near(loaded.getpixel((30, 60)), RED, 25)
    assert near(loaded.getpixel((100, 1)), WHITE, 25)


def exif(**tags):
    block = Image.Exif()
    if "offset_plain" in tags:
        block.get_ifd(0x8769)[0x9010] = tags["offset_plain"]
    if "taken" in tags:
        block.get_ifd(0x8769)[0x9003] = tags["taken"]
    if "offset" in tags:
        block.get_ifd(0x8769)[0x9011] = tags["offset"]
    if "plain" in tags:
        block[0x0132] = tags["plain"]
    if "orientation" in tags:
        block[0x0112] = tags["orientation"]
    return block


TAKEN = dt.datetime(2026, 1, 12, 21, 34, 55, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"taken": "2026:01:12 21:34:55", "plain": "2026:02:01 00:00:00"}, TAKEN),
        ({"taken": "2026:01:12 13:34:55", "offset": "+00:00"}, TAKEN),
        ({"taken": "2026:01:12 08:34:55", "offset": "-05:00"}, TAKEN),
        ({"plain": "2026:01:12 21:34:55"}, TAKEN),
        ({"plain": "2026:01:12 13:34:55", "offset_plain": "+00:00"}, TAKEN),
        ({"taken": "0000:00:00 00:00:00", "plain": "2026:01:12 21:34:55"}, TAKEN),
        ({"taken": "0000:00:00 00:00:00"}, None),
        ({"taken": "    :  :     :  :  "}, None),
        ({"taken": "yesterday"}, None),
        ({"taken": "2026:01:12 21:34:55", "offset": "+99:99"}, TAKEN),
        ({}, None),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_moment_is_taken_from_exif(kind, tags, expected):
    data = encoded(screen(), kind, exif=exif(**tags).tobytes())
    assert load_picture(data).exif_time == expected


def test_pictures_are_turned_as_exif_says():
    picture = load_picture(encoded(screen(), "JPEG", exif=exif(orientation=6).tobytes()))
    assert (picture.width, picture.height) == (120, 160)
    assert near(picture.image.getpixel((60, 20)), RED, 25)


def test_a_broken_exif_block_costs_nothing_but_the_moment():
    broken = b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + bytes(range(200))
    picture = load_picture(encoded(screen(), "JPEG", exif=broken))
    assert (picture.exif_time, picture.width) == (None, 160)


def test_iphone_photos_are_read_upright_with_their_moment():
    picture = load_picture((DATA / "turned.heic").read_bytes())
    assert picture.media_type == "image/heif"
    assert (picture.width, picture.height, picture.exif_time) == (64, 96, TAKEN)
    assert near(picture.image.getpixel((30, 20)), (200, 30, 30), 8)
    assert near(picture.image.getpixel((30, 80)), WHITE, 8)
    data = (DATA / "turned.heic").read_bytes()
    assert reason_of(data[:-100]) == SetAsideReason.DAMAGED


@pytest.mark.parametrize("place", range(4))
def test_a_ruined_heic_item_does_not_end_the_program(place):
    data = bytearray((DATA / "turned.heic").read_bytes())
    data[data.index(b"Exif\0") + place] = 0xFF
    assert reason_of(bytes(data)) == SetAsideReason.DAMAGED


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_of_a_moving_picture_the_first_frame_counts(kind):
    frames = [Image.new("RGB", (40, 30), colour) for colour in (RED, WHITE)]
    data = encoded(frames[0], kind, save_all=True, append_images=frames[1:], lossless=True)
    assert near(load_picture(data).image.getpixel((5, 5)), RED, 8)
