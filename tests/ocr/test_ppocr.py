from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image, ImageDraw, ImageOps

from smsdesk.ocr.loading import load_picture
from smsdesk.ocr.models import DETECTION, RECOGNITION
from smsdesk.ocr.ppocr import PpocrEngine
from smsdesk.ocr.registry import engine
from smsdesk.resources import resource
from tests.ocr.drawing import errors, folded, page, write


def read(image):
    return engine().read(image)


def texts(image):
    return [line.text for line in read(image).lines]


def sample(name):
    return load_picture(resource("samples", name).read_bytes()).image


def recompressed(image):
    """Half the size and badly packed, as a chat app passes pictures on."""
    file = io.BytesIO()
    half = image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)
    half.save(file, "JPEG", quality=60)
    return load_picture(file.getvalue()).image


def message_errors(reading, name, scale=1.0):
    """Return (wrong characters, characters) over the whole messages that the truth lists."""
    truth = json.loads(resource("samples", name).with_suffix(".json").read_text("utf-8"))
    wrong = total = 0
    for message in truth["messages"]:
        if message["clipped"]:
            continue
        x0, y0, x1, y1 = (value * scale for value in message["bbox"])
        inside = [
            line.text
            for line in reading.lines
            if x0 <= line.box.center_x <= x1 and y0 <= line.box.center_y <= y1
        ]
        wrong += errors("".join(inside), message["text"])
        total += len(folded(message["text"]))
    return wrong, total


@pytest.mark.parametrize("name", ["IMG_0419.PNG", "IMG_0441.PNG", "IMG_0463.PNG", "IMG_0450.JPG"])
def test_the_sample_screens_are_read(name):
    wrong, total = message_errors(read(sample(name)), name)
    assert total > 100
    assert wrong <= 0.01 * total


@pytest.mark.parametrize("name", ["IMG_0428.PNG", "IMG_0441.PNG"])
def test_a_recompressed_half_size_screen_is_read(name):
    wrong, total = message_errors(read(recompressed(sample(name))), name, 0.5)
    assert wrong <= 0.01 * total


def test_inverted_colours_are_read():
    wrong, total = message_errors(read(ImageOps.invert(sample("IMG_0428.PNG"))), "IMG_0428.PNG")
    assert wrong <= 0.01 * total


def test_lines_come_in_reading_order_with_boxes_and_a_confidence_for_each_character():
    image = page((1080, 900))
    write(image, 60, 100, "您的借款已逾期，")
    write(image, 60, 160, "请尽快处理。")
    write(image, 700, 400, "左右")
    write(image, 60, 404, "并排")
    reading = read(image)
    assert [folded(line.text) for line in reading.lines] == [
        "您的借款已逾期,",
        "请尽快处理.",
        "并排",
        "左右",
    ]
    assert (reading.width, reading.height) == (1080, 900)
    for line in reading.lines:
        assert len(line.confidences) == len(line.char_spans) == len(line.text)
        assert all(0 < value <= 1 for value in line.confidences)
        assert 90 < line.box.y0 < line.box.y1 < 480


def test_each_character_knows_where_it_stands():
    image = page((1080, 300))
    write(image, 100, 100, "逾期三千元整", size=50)
    (line,) = read(image).lines
    for index, (left, right) in enumerate(line.char_spans):
        assert left < 100 + 50 * index + 25 < right
        assert right - left == pytest.approx(50, abs=20)
    assert all(a[1] == b[0] for a, b in zip(line.char_spans, line.char_spans[1:], strict=False))


@pytest.mark.parametrize("last", ["人。", "元。", "T", "好"])
def test_a_short_last_line_is_not_lost(last):
    image = page((1080, 600), "#e9e9eb")
    write(image, 60, 100, "再不还款我们就会去找你的家")
    write(image, 60, 165, last)
    assert folded(texts(image)[-1]) == folded(last)


@pytest.mark.parametrize(
    ("ground", "ink"),
    [("#0b84ff", "white"), ("#34c759", "white"), ("black", "white"), ("#262629", "#e8e8e8")],
)
def test_light_text_on_colour_and_on_black_is_read(ground, ink):
    image = page((1080, 400), ground)
    write(image, 60, 150, "我会还的，请给我一点时间", ink=ink)
    assert [folded(text) for text in texts(image)] == ["我会还的,请给我一点时间"]


def test_a_very_long_line_is_read_whole():
    drawn = "您在本平台的借款已严重逾期，请于今日十七时前处理，否则将移交法务部门。" * 3
    image = page((4900, 300))
    write(image, 60, 120, drawn)
    assert errors("".join(texts(image)), drawn) <= 1


@pytest.mark.parametrize(
    ("size", "text_size"),
    [
        ((720, 1280), 30),
        ((1440, 3200), 60),
        ((2400, 1080), 44),
        ((1620, 2160), 32),
        ((2560, 1440), 16),
        ((3840, 2160), 18),
        ((360, 640), 15),
        ((1080, 160), 44),
        ((500, 120), 80),
    ],
)
def test_text_is_found_whatever_the_size_of_the_picture(size, text_size):
    """Phones, a turned phone, a tablet, phones mirrored on desktops, thumbnails, cut-outs."""
    image = page(size)
    drawn = ["今日最后期限", "请速还款"][: max(1, size[1] // (4 * text_size))]
    for index, text in enumerate(drawn):
        write(image, size[0] // 12, text_size * (0.3 + 1.6 * index), text, size=text_size)
    assert texts(image) == drawn


def test_a_line_across_any_border_of_tiles_is_read_once():
    image = page((1080, 6000))
    drawn = [f"第{index}条还款提醒" for index in range(90)]
    for index, text in enumerate(drawn):
        write(image, 60, 10 + 66 * index, text)
    assert texts(image) == drawn


def test_a_blank_picture_and_a_speck_read_as_nothing():
    assert read(page((1080, 2400))).lines == ()
    assert read(page((1, 1))).lines == ()
    assert read(page((3000, 2))).lines == ()


def test_threads_share_the_engine_and_read_the_same():
    whole = sample("IMG_0419.PNG")
    images = [whole.crop((0, top, 1170, top + 700)) for top in (100, 600)] * 2
    fresh = PpocrEngine()
    with ThreadPoolExecutor(4) as pool:
        side_by_side = list(pool.map(fresh.read, images))
    assert side_by_side == [read(image) for image in images[:2]] * 2


def test_the_identity_names_pipeline_runtime_and_models():
    identity = engine().identity
    both = "".join(
        hashlib.sha256(resource("models", name).read_bytes()).hexdigest()
        for name in (DETECTION, RECOGNITION)
    )
    assert identity.name == "ppocr"
    assert "onnxruntime" in identity.version
    assert identity.model_sha256 == hashlib.sha256(both.encode()).hexdigest()


_TALL = """
from pathlib import Path
from PIL import Image, ImageDraw, ImageFont
from smsdesk.ocr.registry import engine
from smsdesk.resources import resource as shipped
font = ImageFont.truetype(str(shipped("fonts", "NotoSansSC-Regular.ttf")), 44)
image = Image.new("RGB", (1080, 50_000), "white")
for index in range(25):
    ImageDraw.Draw(image).text((60, 40 + 2000 * index), f"第{index}条提醒", font=font, fill="black")
lines = [line.text for line in engine().read(image).lines]
assert lines == [f"第{index}条提醒" for index in range(25)], lines
status = Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is asked of the kernel")
def test_the_longest_scroll_is_read_in_bounded_memory():
    answer = subprocess.run(
        [sys.executable, "-c", _TALL], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert int(answer.stdout) / 1024 < 700  # megabytes, of which the picture is 162


@pytest.mark.parametrize(("size", "char"), [(34, "？"), (34, "N"), (40, "T"), (40, "1")])
def test_a_lone_character_in_a_bubble_is_read(size, char):
    picture = page((1080, 900))
    write(picture, 60, 80, "您的账单已出，请及时还款", size)
    side = 2 * size
    ImageDraw.Draw(picture).rounded_rectangle(
        (1020 - side, 300, 1020, 300 + side), size * 0.6, (0, 122, 255)
    )
    write(picture, 1020 - 1.3 * size, 300 + 0.4 * size, char, size, "white")
    assert [folded(text) for text in texts(picture)][1:] == [folded(char)]


def test_shapes_are_no_text():
    picture = page((1080, 900))
    pen = ImageDraw.Draw(picture)
    for place in range(5):
        x = 120 + 180 * place
        pen.ellipse((x, 300, x + 60, 360), (0, 122, 255))
        pen.polygon([(x, 500), (x + 30, 550), (x + 60, 500)], (230, 60, 60))
        pen.line((x, 700, x + 50, 700), (90, 90, 90), 6)
    assert texts(picture) == []
