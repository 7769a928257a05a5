"""Parts of a screen that are no messages: buttons, keyboards, drafts, banners, headers."""

from __future__ import annotations

import random

import pytest
from PIL import Image

from smsdesk.domain.reading import Reading
from smsdesk.domain.screens import Screen
from smsdesk.layout.screen import read_screen
from tests.layout.drawn_threads import IDENTITY, Colour, Sheet

EM, WIDTH, HEIGHT = 44, 1080, 2200
INK, PALE, BLUE = (20, 20, 20), (130, 130, 134), (30, 90, 220)
GREY, FIELD = (226, 226, 230), (255, 255, 255)
FIRST, SECOND = "明天上午十点前还钱，听到没有", "请停止联系我的同事和家人"


class Phone:
    """A screen with two messages under a date, to which tests add what they are about."""

    def __init__(self) -> None:
        image = Image.new("RGB", (WIDTH, HEIGHT), (245, 245, 247))
        self.sheet = Sheet(image, random.Random(7))
        self.write(40, 30, "9:41", 32)
        self.write(900, 30, "5G 76%", 32)

    def write(self, x: float, y: float, text: str, size: int = EM, ink: Colour = INK) -> None:
        self.sheet.write(x, y, text, size, ink)

    def region(self, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
        self.sheet.pen.rounded_rectangle((x0, y0, x1, y1), 16, colour)

    def header(self, name: str = "106901239251") -> Phone:
        self.write(150, 110, name, 50)
        return self

    def messages(self) -> Phone:
        self.write(400, 420, "10月19日 14:23", 32, PALE)
        self.region(40, 500, 760, 620, GREY)
        self.write(70, 530, FIRST)
        self.region(400, 680, 1040, 800, BLUE)
        self.write(430, 710, SECOND, EM, FIELD)
        return self

    def read(self) -> Screen:
        lines = sorted(self.sheet.lines, key=lambda line: line.box.y0)
        return read_screen(Reading(IDENTITY, WIDTH, HEIGHT, tuple(lines)), self.sheet.image)

    def texts(self) -> list[str]:
        return [draft.text for draft in self.read().drafts]


def test_buttons_side_by_side_are_no_text():
    phone = Phone().header()
    phone.write(400, 420, "10月19日 14:23", 32, PALE)
    phone.region(40, 500, 1040, 800, GREY)
    phone.write(70, 530, "【云杉消费金融】您的账单已出，请按时还款。")
    phone.write(200, 710, "查看详情", EM, BLUE)
    phone.write(720, 710, "联系客服", EM, BLUE)
    assert phone.texts() == ["【云杉消费金融】您的账单已出，请按时还款。"]


@pytest.mark.parametrize("offered", [True, False])
def test_what_is_being_typed_is_no_message(offered):
    phone = Phone().header().messages()
    phone.region(140, 1320, 900, 1420, FIELD)
    phone.write(170, 1345, "我明天转给你")
    if offered:
        for place, word in enumerate(("我", "你", "好的", "在", "不是")):
            phone.write(60 + 200 * place, 1460, word)
    for band, letters in enumerate(("qwertyuiop", "asdfghjkl", "zxcvbnm")):
        for place, letter in enumerate(letters):
            x, y = 12 + 30 * band + 105 * place, 1540 + 120 * band
            phone.region(x, y, x + 90, y + 105, FIELD)
            phone.write(x + 30, y + 25, letter)
    assert phone.texts() == [FIRST, SECOND]


def test_a_pale_field_is_known_whatever_it_says():
    phone = Phone().header().messages()
    phone.region(140, 2040, 940, 2150, (232, 232, 236))
    phone.write(180, 2070, "此会话仅供浏览", EM, (170, 170, 174))
    assert phone.texts() == [FIRST, SECOND]


def test_a_banner_under_the_header_is_no_message():
    phone = Phone().header().messages()
    phone.sheet.pen.rectangle((0, 220, WIDTH, 330), (255, 245, 220))
    phone.write(50, 250, "该号码不在通讯录中", 40)
    phone.write(760, 250, "添加联系人", 40, BLUE)
    assert phone.texts() == [FIRST, SECOND]


def test_a_name_is_read_with_the_number_under_it():
    phone = Phone().header("云杉消费金融").messages()
    phone.write(150, 180, "106901239251", 30, PALE)
    assert phone.read().sender_raw == "云杉消费金融 106901239251"


def test_a_count_of_unread_messages_is_no_part_of_the_number():
    phone = Phone().messages()
    phone.write(60, 110, "3", 44)
    phone.write(120, 110, "106901239251", 50)
    assert phone.read().sender_raw == "106901239251"


def test_a_bubble_that_the_picture_cuts_is_called_cut():
    phone = Phone().header().messages()
    phone.region(40, HEIGHT - 110, 760, HEIGHT + 60, GREY)
    phone.write(70, HEIGHT - 84, "最后通知：限今日处理")
    drafts = phone.read().drafts
    assert [draft.clipped for draft in drafts] == [False, False, True]
