from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.geometry import Box
from smsdesk.domain.masks import MaskKind
from smsdesk.domain.reading import TextLine
from smsdesk.rules.mask_places import missed, places_in
from smsdesk.rules.masks import INK, Masker, id_number_fits, luhn_fits, squeezed

MASKER = Masker(
    senders=frozenset({"17101238846", "4000005518", "106901234417208", "075555553107"}),
    parties=("张敏", "鹿芽快贷（鹿芽网络小额贷款有限公司）"),
)

HIDDEN = [
    ("你妈叫赵桂芳，还要我往下念吗", "赵桂芳", MaskKind.NAME),
    ("紧急联系人：李强，请转告", "李强", MaskKind.NAME),
    ("你同事王芳已经知道了", "王芳", MaskKind.NAME),
    ("老婆叫欧阳静，女儿周小米", "欧阳静", MaskKind.NAME),
    ("麻烦转告李女士回电", "李", MaskKind.NAME),
    ("谢谢王姐，我已经投诉了", "王姐", MaskKind.NAME),
    ("林燕（同事）已收到", "林燕", MaskKind.NAME),
    ("找吴国庆13900001234问问", "吴国庆", MaskKind.NAME),
    ("电话13800001111，马上打", "13800001111", MaskKind.PHONE),
    ("号码 138 0000 1111 停机", "138 0000 1111", MaskKind.PHONE),
    ("致电+86 139-0000-1234", "+86 139-0000-1234", MaskKind.PHONE),
    ("１３９００００１２３４", "１３９００００１２３４", MaskKind.PHONE),
    ("单位座机0755-12345678", "0755-12345678", MaskKind.PHONE),
    ("加微信wx_abc123谈", "wx_abc123", MaskKind.PHONE),
    ("邮箱li.si@example.com", "li.si@example.com", MaskKind.PHONE),
    ("身份证号430102199001011237，核对", "430102199001011237", MaskKind.ID_NUMBER),
    ("430102 19900101 123X 错一位也遮", "430102 19900101 123X", MaskKind.ID_NUMBER),
    ("老证430102900101123号", "430102900101123", MaskKind.ID_NUMBER),
    ("身份证尾号3317", "3317", MaskKind.ID_NUMBER),
    ("卡号6222 0212 3456 7890 128", "6222 0212 3456 7890 128", MaskKind.CARD),
    ("转到4111111111111111", "4111111111111111", MaskKind.CARD),
    ("您尾号6621的信用卡", "6621", MaskKind.CARD),
    ("家住望江路18号2单元602，", "望江路18号2单元602", MaskKind.ADDRESS),
    ("我知道你住香樟苑3栋401", "香樟苑3栋401", MaskKind.ADDRESS),
    ("女儿在望溪路那家幼儿园上小班", "望溪路那家幼儿园", MaskKind.ADDRESS),
    ("户籍地河西街道桥头村", "河西街道桥头村", MaskKind.ADDRESS),
]


@pytest.mark.parametrize(("text", "words", "kind"), HIDDEN, ids=[words for _, words, _ in HIDDEN])
def test_what_tells_who_a_third_person_is_is_hidden(text, words, kind):
    assert (kind, words) in [(m.kind, text[m.start : m.end]) for m in MASKER.find(text)]
    assert words not in MASKER.mask(text)


SHOWN = [
    "【鹿芽快贷】张敏您好，您的借款8,000.00元今日到期",
    "张女士，请于12月20日18:00前还款",
    "小张，你的借款逾期了，张姐你看着办",
    "致电400-000-5518或17101238846，0755-55553107",
    "您的案件编号LY20251221，72小时内处理",
    "案号（2025）粤0399民初1832号，望溪区人民法院",
    "老赖，你同事都知道了，联系人安全吗，朋友圈也发了",
    "逾期24天，应还9,326.50元，12368短信",
    "合同号HT2025120800001234",
    "张某某：您诉陈某某一案",
    "2025-12-18 23:41:02 通知",
]


@pytest.mark.parametrize("text", SHOWN)
def test_parties_senders_sums_and_dates_stay(text):
    assert MASKER.mask(text) == text


def test_a_name_found_once_is_hidden_everywhere_and_told_from_others():
    masker = Masker({"赵桂芳": MaskKind.NAME, "林燕": MaskKind.NAME})
    assert masker.mask("赵桂芳和林燕，赵 桂芳") == "██A和█B，███A"


def test_lifted_words_stay():
    masker = Masker(lifted=frozenset({"13800001111"}))
    assert masker.mask("138 0000 1111或13900001111") == "138 0000 1111或" + INK * 11


@given(st.text(alphabet="王李张刘赵13800001111 430102199001018联系人叫同事，。（）路号栋*xX\n"))
def test_masking_keeps_every_place_in_the_text_and_leaves_the_rest(text):
    masked = MASKER.mask(text)
    assert len(masked) == len(text)
    hidden = {i for m in MASKER.find(text) for i in range(m.start, m.end)}
    assert all(masked[i] == c for i, c in enumerate(text) if i not in hidden)


@given(st.lists(st.text(alphabet="甲乙丙丁戊己", min_size=2, max_size=4), min_size=1, max_size=9))
def test_known_words_never_come_through(words):
    masker = Masker(dict.fromkeys(words, MaskKind.OTHER))
    masked = masker.mask("，".join(words) + "。" + " ".join(words[0]))
    assert not any(word in squeezed(masked) for word in words)


def test_check_digits():
    assert id_number_fits("11010519491231002X")
    assert not id_number_fits("110105194912310021")
    assert luhn_fits("4111 1111 1111 1111")
    assert not luhn_fits("4111111111111112")


# In pictures


def line(text, y, x=100, size=40):
    spans = tuple((x + i * size, x + (i + 1) * size) for i in range(len(text)))
    return TextLine(text, Box(x, y, x + len(text) * size, y + size), (1.0,) * len(text), spans)


def covers(places, x0, y0, x1, y1):
    return any(b.x0 <= x0 and b.x1 >= x1 and b.y0 <= y0 and b.y1 >= y1 for _, b in places)


def test_only_the_words_are_covered():
    places = places_in(MASKER, [line("电话13800001111吗", 200)])
    assert covers(places, 180, 200, 620, 240)
    assert all(box.x0 > 140 and box.x1 < 660 for _, box in places)


def test_a_number_over_two_lines_is_covered_in_both():
    places = places_in(MASKER, [line("你身份证43010219900", 200), line("1011237，家里人", 250)])
    assert covers(places, 100 + 4 * 40, 200, 100 + 15 * 40, 240)
    assert covers(places, 100, 250, 100 + 7 * 40, 290)


def test_digits_of_the_next_line_hide_no_number():
    places = places_in(MASKER, [line("电话13800001111", 200), line("2025年12月", 250)])
    assert covers(places, 180, 200, 620, 240)


def test_without_places_of_characters_the_whole_line_is_covered():
    bare = TextLine("电话13800001111吗", Box(100, 200, 700, 240), (1.0,) * 14, ())
    assert covers(places_in(MASKER, [bare]), 100, 200, 700, 240)


def test_words_that_the_engine_read_otherwise_cover_the_whole_message():
    box = Box(90, 190, 800, 300)
    seen = [line("你妈叫起桂芳", 200)]
    assert missed(MASKER, "你妈叫赵桂芳", box, seen) == [(MaskKind.NAME, box)]
    assert missed(MASKER, "你妈叫赵桂芳", box, [line("你妈叫赵桂芳", 200)]) == []
