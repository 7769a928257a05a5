"""Previews of links: kept beside the message, never a part of its text."""

from __future__ import annotations

import random

from PIL import Image

from smsdesk.domain.reading import Reading
from smsdesk.domain.screens import LineRole, Screen
from smsdesk.layout.screen import read_screen
from tests.layout.drawn_threads import IDENTITY, Sheet

EM, WIDTH, HEIGHT = 44, 1080, 2200
INK, BUBBLE, CARD = (20, 20, 24), (233, 233, 235), (206, 208, 212)


class Phone:
    """A thread with one incoming message about a link, to which cards can be added."""

    def __init__(self, text: str = "详情见 https://ysd.example/r7") -> None:
        paper = Image.new("RGB", (WIDTH, HEIGHT), (255, 255, 255))
        self.sheet = Sheet(paper, random.Random(2))
        self.write(9 * EM, 1.5 * EM, "171 0123 0909")
        self.write(10 * EM, 5 * EM, "昨天 14:23", round(0.7 * EM))
        self.region(EM, 7 * EM, 17 * EM, 9.4 * EM, BUBBLE)
        self.write(1.6 * EM, 7.6 * EM, text)
        self.region(EM, 40 * EM, 22 * EM, 42 * EM, (240, 240, 242))
        self.write(2 * EM, 40.4 * EM, "短信/彩信")

    def write(self, x: float, y: float, text: str, size: int = EM) -> None:
        self.sheet.write(x, y, text, size, INK)

    def region(self, x0: float, y0: float, x1: float, y1: float, colour) -> None:
        self.sheet.pen.rounded_rectangle((x0, y0, x1, y1), EM / 2, fill=colour)

    def read(self) -> Screen:
        lines = tuple(sorted(self.sheet.lines, key=lambda line: line.box.y0))
        return read_screen(Reading(IDENTITY, WIDTH, HEIGHT, lines), self.sheet.image)


def below(phone: Phone, *texts: str) -> Screen:
    """Draw a bubble with *texts* right below the message."""
    phone.region(EM, 9.6 * EM, 14 * EM, (11 + 1.4 * len(texts)) * EM, BUBBLE)
    for row, text in enumerate(texts):
        phone.write(1.6 * EM, (10.2 + 1.4 * row) * EM, text)
    return phone.read()


def cards_of(screen: Screen) -> list[str]:
    return [other.line.text for other in screen.other_lines if other.role is LineRole.CARD]


def test_a_bubble_with_the_links_domain_is_the_card_of_the_message():
    screen = below(Phone(), "云杉到家 限时减免", "ysd.example")
    (draft,) = screen.drafts
    assert draft.text == "详情见 https://ysd.example/r7"
    assert draft.card.replace(" ", "") == "云杉到家限时减免ysd.example"
    assert cards_of(screen) == ["云杉到家 限时减免", "ysd.example"]


def test_a_preview_that_was_not_loaded_is_a_card():
    screen = below(Phone(), "点按以加载预览", "other.example")
    assert [draft.card for draft in screen.drafts] == ["点按以加载预览other.example"]


def test_an_answer_with_another_domain_is_a_message():
    screen = below(Phone(), "打不开 换一个网址看看", "abc.example")
    assert len(screen.drafts) == 2
    assert [draft.card for draft in screen.drafts] == ["", ""]


def test_a_region_inside_the_bubble_is_its_card():
    phone = Phone()
    phone.region(EM, 7 * EM, 17 * EM, 14.4 * EM, BUBBLE)
    phone.write(1.6 * EM, 7.6 * EM, "详情见 https://ysd.example/r7")
    phone.sheet.lines = [
        line for i, line in enumerate(phone.sheet.lines) if line.text not in seen(phone, i)
    ]
    phone.region(1.6 * EM, 9.6 * EM, 16.4 * EM, 13.8 * EM, CARD)
    phone.write(2.2 * EM, 10.4 * EM, "云杉到家 限时减免通道")
    screen = phone.read()
    assert [draft.card.replace(" ", "") for draft in screen.drafts] == ["云杉到家限时减免通道"]


def seen(phone: Phone, index: int) -> set[str]:
    """Return the texts of the lines before *index*: what was drawn twice counts once."""
    return {line.text for line in phone.sheet.lines[:index]}
