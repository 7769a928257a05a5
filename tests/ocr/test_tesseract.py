from __future__ import annotations

import shutil

import pytest
from PIL import ImageOps

from smsdesk.domain.errors import EngineUnavailable
from smsdesk.ocr.registry import available, engine
from smsdesk.ocr.tesseract import TesseractEngine
from smsdesk.wording import explain
from tests.ocr.drawing import errors, folded, page, write

CAN_RUN = {status.name: status for status in available()}["tesseract"]
installed = pytest.mark.skipif(not CAN_RUN.available, reason=f"Tesseract: {CAN_RUN.reason}")

LINES = ["您的借款已逾期十五天，", "请于今日17:30前归还", "3,000元，逾期后果自负。"]


def drawn(size=(1080, 900), text_size=44, ground="white", ink="black"):
    image = page(size, ground)
    for index, text in enumerate(LINES):
        write(image, size[0] // 18, (2 + 1.5 * index) * text_size, text, text_size, ink)
    return image


@installed
@pytest.mark.parametrize(
    "image",
    [
        drawn(),
        drawn((540, 450), 22),
        drawn((2160, 1800), 88),
        drawn(ground="black", ink="white"),
        drawn(ground="#e9e9eb"),
        drawn(ground="#0b84ff", ink="white"),
    ],
    ids=["phone", "half", "double", "dark", "bubble", "blue"],
)
def test_lines_are_read_at_any_size_and_in_any_colours(image):
    read = [line.text for line in engine("tesseract").read(image).lines]
    assert errors("".join(read), "".join(LINES)) <= 2


@installed
def test_every_character_has_a_place_and_a_confidence():
    for line in engine("tesseract").read(drawn()).lines:
        assert len(line.confidences) == len(line.char_spans) == len(line.text)
        assert all(0.9 <= value <= 1 for value in line.confidences)
        assert 40 < line.box.x0 < 120
        assert line.box.x0 <= line.char_spans[0][0] < line.char_spans[-1][1] <= line.box.x1


@installed
def test_coloured_bubbles_in_dark_mode_are_read():
    image = page((1080, 1200), "black")
    for y, ground in ((100, "#262629"), (500, "#0b84ff")):
        image.paste(ground, (40, y, 1000, y + 160))
        write(image, 80, y + 50, "我会还的，请给我一点时间", ink="white")
    read = "".join(folded(line.text) for line in engine("tesseract").read(image).lines)
    assert read.count(folded("我会还的，请给我一点时间")) == 2


@installed
def test_a_number_and_a_clock_keep_their_spaces():
    image = page((1080, 500))
    write(image, 200, 100, "+86 171 0123 8846", 48)
    write(image, 200, 300, "昨天 23:40", 48)
    read = [line.text for line in engine("tesseract").read(image).lines]
    assert read == ["+86 171 0123 8846", "昨天 23:40"]


@installed
def test_texts_side_by_side_are_two_lines():
    image = page((1080, 400))
    write(image, 60, 100, "云杉金融")
    write(image, 800, 100, "昨天")
    assert [line.text for line in engine("tesseract").read(image).lines] == ["云杉金融", "昨天"]


@installed
def test_a_picture_taller_than_tesseract_takes_is_read():
    image = page((400, 34_000))
    drawn_lines = [f"第{index}条还款提醒" for index in range(34)]
    for index, text in enumerate(drawn_lines):
        write(image, 40, 20 + 1000 * index, text, 26)
    read = [line.text for line in engine("tesseract").read(image).lines]
    assert len(read) == len(drawn_lines)
    assert errors("".join(read), "".join(drawn_lines)) <= 4


@installed
def test_a_blank_picture_reads_as_nothing():
    assert engine("tesseract").read(page((1080, 600))).lines == ()
    assert engine("tesseract").read(ImageOps.invert(page((40, 30)))).lines == ()


@installed
def test_the_identity_names_version_and_model():
    identity = engine("tesseract").identity
    assert identity.name == "tesseract"
    assert identity.version[0].isdigit()
    assert len(identity.model_sha256) in (0, 64)  # Tesseract 4 hides where its models lie


def test_without_tesseract_a_plain_reason_is_given():
    with pytest.raises(EngineUnavailable) as caught:
        TesseractEngine("no-such-tesseract")
    assert "没有安装 Tesseract" in explain(caught.value, "zh")
    assert "not installed" in explain(caught.value, "en")


@pytest.mark.skipif(not shutil.which("sh"), reason="needs a shell")
def test_without_chinese_a_plain_reason_is_given(tmp_path):
    """A Tesseract that answers as one without chi_sim does."""
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho 'List of available languages (1):'\necho eng\n")
    program.chmod(0o755)
    with pytest.raises(EngineUnavailable) as caught:
        TesseractEngine(str(program))
    assert "chi_sim" in explain(caught.value, "zh")
