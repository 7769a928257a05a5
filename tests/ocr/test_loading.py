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
from PIL import Image, ImageCms, ImageDraw
from PIL.TiffImagePlugin import AppendingTiffWriter

from smsdesk.domain.errors import PictureError, SetAsideReason
from smsdesk.domain.times import CHINA
from smsdesk.ocr.limits import MAX_PIXELS
from smsdesk.ocr.loading import Document, as_document, load_picture

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


def reason_of(data, page=0):
    with pytest.raises(PictureError) as caught:
        load_picture(data, page)
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
    ["还款提醒\n".encode() * 50, b"PK\x03\x04" + bytes(60), b"\0", b"%!PS-Adobe"],
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


def tiff(*frames, **options):
    return encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:], **options)


PAGES = [screen(size=(160, 120)), screen("1", (100, 300)), screen("CMYK", (50, 40))]


def test_every_page_of_a_tiff_is_a_picture():
    data = tiff(*PAGES, compression="tiff_deflate")
    found = as_document(data)
    assert found == Document("image/tiff", tuple(p.size for p in PAGES))
    for index, page in enumerate(PAGES):
        picture = load_picture(data, index)
        assert (picture.width, picture.height) == page.size
        assert near(picture.image.getpixel((10, 10)), page.convert("RGB").getpixel((10, 10)), 2)
    with pytest.raises(IndexError):
        load_picture(data, 3)


@pytest.mark.parametrize("kind", [1, 4, 5])
def test_smaller_copies_and_masks_in_a_tiff_are_no_pages(kind):
    file = io.BytesIO()
    with AppendingTiffWriter(file) as out:
        for size, meaning in (((160, 120), 0), ((80, 60), kind), ((90, 70), 2)):
            screen(size=size).save(out, "TIFF", tiffinfo={254: meaning})
            out.newFrame()
    assert as_document(file.getvalue()).page_sizes == ((160, 120), (90, 70))
    assert load_picture(file.getvalue(), 1).width == 90


def test_a_tiff_of_one_page_is_a_picture_with_its_moment():
    moment = exif(plain="2026:01:12 21:34:55")
    alone = encoded(screen(), "TIFF", exif=moment)
    assert as_document(alone) is None
    assert load_picture(alone).exif_time == TAKEN
    pages = encoded(screen(), "TIFF", exif=moment, save_all=True, append_images=[screen()])
    assert [load_picture(pages, n).exif_time for n in (0, 1)] == [None, None]  # of the scan


def test_pages_of_a_tiff_are_turned_each_by_its_own_orientation():
    pages = [screen(size=(160, 120)), screen(size=(100, 60))]
    file = io.BytesIO()
    with AppendingTiffWriter(file) as out:
        for page, orientation in zip(pages, (1, 6), strict=True):
            page.save(out, "TIFF", tiffinfo={0x0112: orientation})
            out.newFrame()
    data = file.getvalue()
    assert as_document(data).page_sizes == ((160, 120), (60, 100))
    assert load_picture(data, 1).image.size == (60, 100)
    assert near(load_picture(data, 1).image.getpixel((30, 10)), RED)


def test_one_damaged_page_of_a_tiff_says_nothing_against_the_others():
    data = bytearray(tiff(*[screen()] * 3, compression="tiff_lzw"))
    with Image.open(io.BytesIO(data)) as opened:
        opened.seek(1)
        (start, *_), (length, *_) = opened.tag_v2[273], opened.tag_v2[279]
    data[start : start + length] = b"\xff" * length
    assert len(as_document(bytes(data)).page_sizes) == 3
    assert reason_of(bytes(data), 1) == SetAsideReason.DAMAGED
    assert near(load_picture(bytes(data), 2).image.getpixel((30, 60)), RED)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.95])
def test_a_cut_tiff_of_several_pages_is_damaged(share):
    data = tiff(*PAGES)
    data = data[: int(len(data) * share)]
    with pytest.raises(PictureError) as caught:
        [load_picture(data, page) for page in range(len(as_document(data).page_sizes))]
    assert caught.value.reason == SetAsideReason.DAMAGED


def test_a_page_of_a_tiff_that_is_too_large_is_refused_alone():
    data = bytearray(tiff(screen("L"), screen("L", (161, 121))))
    for old, new in ((161, 30_000), (121, 30_000)):
        for tag in (256, 257):
            entry = struct.pack("<HHIHH", tag, 4, 1, old, 0)
            short = struct.pack("<HHIHH", tag, 3, 1, old, 0)
            for written in (entry, short):
                place = data.find(written)
                if place >= 0:
                    data[place : place + 12] = struct.pack("<HHII", tag, 4, 1, new)
    assert reason_of(bytes(data), 1) == SetAsideReason.TOO_LARGE
    assert load_picture(bytes(data)).width == 160


def test_a_chain_of_pages_that_bites_its_tail_ends():
    data = bytearray(tiff(screen("L", (20, 20)), screen("L", (20, 20))))
    with Image.open(io.BytesIO(data)) as opened:
        first = int.from_bytes(data[4:8], "little")
        opened.seek(1)
    count = int.from_bytes(data[first : first + 2], "little")
    second = int.from_bytes(data[first + 2 + 12 * count :][:4], "little")
    entries = int.from_bytes(data[second : second + 2], "little")
    link = second + 2 + 12 * entries
    data[link : link + 4] = first.to_bytes(4, "little")
    assert len(as_document(bytes(data)).page_sizes) == 2


@pytest.mark.parametrize("media_type", ENCODED)
def test_a_single_picture_is_no_document(media_type):
    assert as_document(ENCODED[media_type]) is None
    with pytest.raises(IndexError):
        load_picture(ENCODED[media_type], 1)


def test_a_camera_pair_counts_as_its_first_picture():
    data = encoded(screen(), "MPO", save_all=True, append_images=[screen(size=(80, 60))])
    assert as_document(data) is None
    picture = load_picture(data)
    assert (picture.media_type, picture.image.size) == ("image/jpeg", (160, 120))
    assert near(picture.image.getpixel((30, 60)), RED, 40)


ORIENTED = {  # where the red left half lies upright, by EXIF orientation
    1: (0, 0, 30, 40), 2: (30, 0, 60, 40), 3: (30, 0, 60, 40), 4: (0, 0, 30, 40),
    5: (0, 0, 40, 30), 6: (0, 0, 40, 30), 7: (0, 30, 40, 60), 8: (0, 30, 40, 60),
}  # fmt: skip


@pytest.mark.parametrize("orientation", ORIENTED)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_all_orientations_are_set_upright_in_all_formats(kind, orientation):
    image = Image.new("RGB", (60, 40), WHITE)
    image.paste(RED, (0, 0, 30, 40))
    options = {"lossless": True} if kind == "WEBP" else {}
    data = encoded(image, kind, exif=exif(orientation=orientation).tobytes(), **options)
    loaded = load_picture(data).image
    x0, y0, x1, y1 = ORIENTED[orientation]
    assert loaded.size == ((60, 40) if orientation < 5 else (40, 60))
    assert near(loaded.getpixel(((x0 + x1) // 2, (y0 + y1) // 2)), RED, 30)
    across = (loaded.width - 1 - (x0 + x1) // 2, loaded.height - 1 - (y0 + y1) // 2)
    assert near(loaded.getpixel(across), WHITE, 30)


def test_a_progressive_jpeg_is_read_and_half_of_one_is_not():
    data = encoded(screen(), "JPEG", progressive=True, quality=90)
    assert near(load_picture(data).image.getpixel((30, 60)), RED, 40)
    assert reason_of(data[: len(data) // 2]) == SetAsideReason.DAMAGED


def test_adobes_inverted_cmyk_shows_its_colours():
    """What Photoshop writes: inks inverted, and a marker that says so."""
    image = screen("CMYK")
    plain = bytearray(encoded(image, "JPEG", quality=95))
    assert b"Adobe" in plain  # Pillow writes it, inverted as Photoshop does
    assert near(load_picture(bytes(plain)).image.getpixel((30, 60)), RED, 25)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_a_colour_profile_changes_no_pixel(kind):
    """Wide-gamut phones embed one; what is read are the pixels as they are stored."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options = {"lossless": True} if kind == "WEBP" else {"quality": 95} if kind == "JPEG" else {}
    plain = load_picture(encoded(screen(), kind, **options)).image
    profiled = load_picture(encoded(screen(), kind, icc_profile=profile, **options)).image
    assert plain.tobytes() == profiled.tobytes()


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGBA"), ("PNG", "LA"), ("TIFF", "RGBA"), ("TIFF", "LA"), ("WEBP", "RGBA")],
)
def test_alpha_of_all_kinds_is_laid_on_white(kind, mode):
    image = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    image.paste((40, 40, 40, 255), (0, 0, 20, 30))
    options = {"lossless": True} if kind == "WEBP" else {}
    data = encoded(image.convert(mode), kind, **options)
    loaded = load_picture(data).image
    assert near(loaded.getpixel((5, 5)), (40, 40, 40), 2)
    assert loaded.getpixel((30, 5)) == WHITE


def sixteen_bit_tiff(channels):
    """A TIFF of 16-bit samples, which Pillow reads but does not write: RGB, or with alpha."""
    samples = struct.pack("<4H", 0xDC00, 0x1400, 0x1400, 0xFFFF)[: 2 * channels] * 16
    entries = [
        (256, 3, 4), (257, 3, 4), (258, 3, 16), (259, 3, 1), (262, 3, 2), (273, 4, 8),
        (277, 3, channels), (278, 3, 4), (279, 4, len(samples)), (284, 3, 1),
    ]  # fmt: skip
    bits_at = 8 + len(samples)
    ifd_at = bits_at + 2 * channels
    packed = struct.pack("<H", len(entries) + (channels == 4))
    for tag, kind, value in entries:
        where = (channels, bits_at) if tag == 258 else (1, value)
        packed += struct.pack("<HHII", tag, kind, *where)
    if channels == 4:
        packed += struct.pack("<HHII", 338, 3, 1, 2)  # the fourth is alpha
    head = b"II*\0" + struct.pack("<I", ifd_at)
    return head + samples + struct.pack("<H", 16) * channels + packed + bytes(4)


@pytest.mark.parametrize("channels", [3, 4])
def test_sixteen_bit_colours_of_tiffs_keep_theirs(channels):
    assert near(load_picture(sixteen_bit_tiff(channels)).image.getpixel((1, 1)), RED, 1)


def test_names_say_nothing(tmp_path):
    """A PDF called .jpg, a JPEG called .pdf: loading never sees a name."""
    as_pdf = encoded(screen(), "PDF")
    assert as_document(as_pdf).media_type == "application/pdf"
    remark = chunk(b"tEXt", b"Comment\0%PDF-1.7 is what this is not")
    png = ENCODED["image/png"]
    assert load_picture(png[:33] + remark + png[33:]).media_type == "image/png"
