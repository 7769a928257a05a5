from __future__ import annotations

import os
import shutil
import stat

import pytest

from smsdesk.domain.geometry import Box
from smsdesk.domain.number_checks import checked
from smsdesk.domain.numbers import parse_sender
from smsdesk.ocr import second_reading
from smsdesk.ocr.second_reading import read_again
from tests.ocr.drawing import font, page, write

NUMBERS = ["+86 171 0123 8846", "1069 0123 4208 171", "95588", "0755-5555 3107", "+852 5550 7193"]
with_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="Tesseract is not installed"
)


@pytest.fixture(autouse=True)
def fresh():
    """What Tesseract said, and where it is, is kept for the whole program."""
    forget()
    yield
    forget()


def forget():
    second_reading._command.cache_clear()
    second_reading._lines.cache_clear()


def drawn(numbers, size=44, ground="white", ink="black"):
    image = page((1080, 40 + 2 * size * len(numbers)), ground)
    boxes = []
    for index, number in enumerate(numbers):
        at = (80, 20 + 2 * size * index)
        write(image, *at, number, size, ink)
        left, top, right, bottom = font(size).getbbox(number)
        boxes.append(Box(at[0] + left, at[1] + top, at[0] + right, at[1] + bottom))
    return image, boxes


def without_tesseract(monkeypatch, command):
    monkeypatch.setattr(second_reading, "find_command", lambda: str(command))


@pytest.mark.parametrize(
    ("size", "ground", "ink"),
    [
        (44, "white", "black"),
        (24, "white", "black"),
        (44, "black", "white"),
        (52, "#f2f2f7", "#111"),
    ],
)
def test_every_reader_that_is_there_reads_the_same_numbers(size, ground, ink):
    image, boxes = drawn(NUMBERS, size, ground, ink)
    for number, texts in zip(NUMBERS, read_again(image, boxes), strict=True):
        assert parse_sender(texts[0]).number == parse_sender(number).number
        assert not checked(parse_sender(number), texts).doubtful


@with_tesseract
def test_tesseract_reads_one_number_and_several():
    image, boxes = drawn(NUMBERS)
    assert [len(texts) for texts in read_again(image, boxes[:1])] == [2]
    assert {len(texts) for texts in read_again(image, boxes)} == {2}


def test_a_number_misread_at_first_becomes_doubtful():
    image, boxes = drawn(["+86 171 0123 8846"])
    sender = checked(parse_sender("+86 171 0123 8848"), read_again(image, boxes)[0])
    assert sender.number == "+8617101238848"
    assert sender.readings == ("+8617101238846",)


def test_without_tesseract_the_first_engine_reads_alone(monkeypatch, tmp_path):
    without_tesseract(monkeypatch, tmp_path / "missing")
    image, boxes = drawn(NUMBERS[:2])
    assert [len(texts) for texts in read_again(image, boxes)] == [1, 1]


@pytest.mark.skipif(os.name == "nt", reason="a script of the shell")
@pytest.mark.parametrize("answer", ["exit 3", "echo eng; exit 0", "sleep 60"])
def test_a_tesseract_that_breaks_or_hangs_breaks_nothing(monkeypatch, tmp_path, answer):
    program = tmp_path / "tesseract"
    program.write_text(f'#!/bin/sh\n[ "$1" = --list-langs ] && echo eng && exit 0\n{answer}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    without_tesseract(monkeypatch, program)
    monkeypatch.setattr(second_reading, "_TIMEOUT", 0.5)
    image, boxes = drawn(NUMBERS[:1])
    texts = read_again(image, boxes)[0]
    assert parse_sender(texts[0]).number == parse_sender(NUMBERS[0]).number
    assert not checked(parse_sender(NUMBERS[0]), texts).doubtful


def test_no_boxes_no_readings():
    assert read_again(page((10, 10)), []) == []


def test_a_box_at_the_edge_of_the_picture_is_read():
    image, boxes = drawn(["95588"])
    x0, y0, x1, y1 = boxes[0].rounded()
    cut = image.crop((x0, y0, x1, y1))
    assert parse_sender(read_again(cut, [Box(0, 0, x1 - x0, y1 - y0)])[0][0]).number == "95588"
