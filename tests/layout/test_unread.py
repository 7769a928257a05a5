from __future__ import annotations

import random

import pytest
from PIL import Image

from smsdesk.domain.geometry import Box
from smsdesk.domain.reading import Reading, TextLine
from smsdesk.layout.pixels import Canvas
from smsdesk.layout.rows import Row, find_rows
from smsdesk.layout.text import join_rows
from smsdesk.layout.unread import find_lost_rows, find_unread
from tests.layout.drawn_threads import IDENTITY, Sheet, font, recompressed

EM = 40
FACE = (255, 200, 60)
PAGE, BUBBLE, INK = (255, 255, 255), (233, 233, 235), (20, 20, 20)


def drawn(text: str, *, unread: str = "", signs: tuple[float, ...] = (), end: float = 3.0):
    """A bubble with a row; characters of *unread* are drawn but not read, *signs* are faces at so
    many em after the text's start; the bubble ends so many em after the text."""
    sheet = Sheet(Image.new("RGB", (1080, 300), PAGE), random.Random(1))
    width = font(EM).getlength(text)
    sheet.pen.rounded_rectangle((60, 90, 100 + width + end * EM, 190), 30, BUBBLE)
    sheet.write(100, 110, text, EM, INK)
    for place in signs:
        x = 100 + place * EM
        sheet.pen.ellipse((x, 113, x + 1.1 * EM, 113 + 1.1 * EM), FACE)
    line = sheet.lines[0]
    kept = [i for i, char in enumerate(text) if char not in unread]
    box = line.box
    if kept[-1] < len(text) - 1:
        box = Box(box.x0, box.y0, line.char_spans[kept[-1]][1], box.y1)
    read = TextLine(
        "".join(text[i] for i in kept),
        box,
        tuple(line.confidences[i] for i in kept),
        tuple(line.char_spans[i] for i in kept),
    )
    return sheet.image, read


def looked_at(image: Image.Image, line: TextLine) -> Row:
    canvas = Canvas(image)
    (row,) = find_rows(Reading(IDENTITY, image.width, image.height, (line,)), canvas)
    return find_unread(row, canvas)


@pytest.mark.parametrize("quality", [None, 50])
@pytest.mark.parametrize(
    ("text", "unread", "signs", "beside"),
    [
        ("别发了求你了", "", (), set()),
        ("别发了求你了", "", (6.1,), {5}),
        ("别发了求你了", "", (6.1, 7.3), {5}),
        ("别发了求你了", "", (-1.2,), {0}),
        ("别发了求你了", "求", (), {2, 3}),
        ("今天下午还钱", "钱", (), {4}),
        ("call me OK", "", (), set()),
        ("还2,186.40元。", "", (), set()),
    ],
)
def test_ink_without_a_character_makes_its_neighbours_doubtful(
    text, unread, signs, beside, quality
):
    image, line = drawn(text, unread=unread, signs=signs)
    row = looked_at(recompressed(image, quality) if quality else image, line)
    assert row.unread == beside


@pytest.mark.parametrize("end", [0.1, 0.4, 1.0])
def test_the_end_of_a_bubble_is_no_ink(end):
    assert not looked_at(*drawn("别发了求你了", end=end)).unread


def test_a_sign_far_from_the_text_is_an_icon():
    assert not looked_at(*drawn("别发了求你了", signs=(7.4,), end=4)).unread


def test_what_is_beside_unread_ink_has_no_confidence():
    row = looked_at(*drawn("别发了求你了", signs=(6.1,)))
    assert join_rows([row]).confidences == (0.99,) * 5 + (0.0,)


@pytest.mark.parametrize("quality", [None, 50])
@pytest.mark.parametrize(
    ("read", "beside"),
    [((0, 1, 2), [set(), set(), set()]), ((0, 2), [{5}, {0}]), ((1, 2), [set(), set()])],
)
def test_a_row_lost_between_two_leaves_its_mark_on_both(read, beside, quality):
    sheet = Sheet(Image.new("RGB", (1080, 400), BUBBLE), random.Random(1))
    for number in range(3):
        sheet.write(100, 100 + 1.4 * EM * number, "您的账单已出", EM, INK)
    image = recompressed(sheet.image, quality) if quality else sheet.image
    canvas, lines = Canvas(image), tuple(sheet.lines[number] for number in read)
    rows = find_rows(Reading(IDENTITY, image.width, image.height, lines), canvas)
    assert [row.unread for row in find_lost_rows(rows, canvas)] == beside
