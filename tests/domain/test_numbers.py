from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.area_codes import AREA_CODES
from smsdesk.domain.numbers import UNKNOWN_SENDER, SenderKind, parse_sender
from smsdesk.resources import resource

MOBILE, LANDLINE, SP106 = SenderKind.MOBILE, SenderKind.LANDLINE, SenderKind.SP106
SHORT, FOREIGN, NAME, UNKNOWN = (
    SenderKind.SHORT,
    SenderKind.FOREIGN,
    SenderKind.NAME,
    SenderKind.UNKNOWN,
)


@pytest.mark.parametrize(
    ("raw", "number", "kind"),
    [
        ("+86 170 1234 5678", "+8617012345678", MOBILE),
        ("+86-171-0123-8846", "+8617101238846", MOBILE),
        ("+86\u2011171\u20130123\u22128846", "+8617101238846", MOBILE),
        ("0086 171 0123 8846", "+8617101238846", MOBILE),
        ("00 86 170 0000 1841", "+8617000001841", MOBILE),
        ("86 171 0123 8846", "+8617101238846", MOBILE),
        ("(+86)17101238846", "+8617101238846", MOBILE),
        ("017101238846", "+8617101238846", MOBILE),
        ("17101238846", "+8617101238846", MOBILE),
        ("＋８６ １７１ ０１２３ ８８４６", "+8617101238846", MOBILE),
        ("\u202a+86 171 0123 8846\u202c", "+8617101238846", MOBILE),
        ("1065 0123 0262 372", "106501230262372", SP106),
        ("+86 106901234801", "106901234801", SP106),
        ("+106901234801", "106901234801", SP106),
        ("10690123480112345678", "10690123480112345678", SP106),
        ("95588", "95588", SenderKind.SERVICE95),
        ("+8695588", "95588", SenderKind.SERVICE95),
        ("400-012-5264", "4000125264", SenderKind.SERVICE400),
        ("800 810 0000", "8008100000", SenderKind.SERVICE400),
        ("1010 1234", "10101234", SenderKind.SERVICE400),
        ("110", "110", SHORT),
        ("12110", "12110", SHORT),
        ("12306", "12306", SHORT),
        ("12368", "12368", SHORT),
        ("12378", "12378", SHORT),
        ("96110", "96110", SHORT),
        ("10086", "10086", SHORT),
        ("010-55551526", "+861055551526", LANDLINE),
        ("010 55551526", "+861055551526", LANDLINE),
        ("0755 5555 3107", "+8675555553107", LANDLINE),
        ("(0755)5555 3107", "+8675555553107", LANDLINE),
        ("+86 755 5555 3107", "+8675555553107", LANDLINE),
        ("+86 0755 5555 3107", "+8675555553107", LANDLINE),
        ("+86 10 5555 1526", "+861055551526", LANDLINE),
        ("0755-55553107转801", "+8675555553107", LANDLINE),
        ("010-55551526-801", "+861055551526", LANDLINE),
        ("86 755 5555 3107", "+8675555553107", LANDLINE),
        ("861055551526", "+861055551526", LANDLINE),
        ("86106901234801", "106901234801", SP106),
        ("864000125264", "4000125264", SenderKind.SERVICE400),
        ("tel:+86-171-0123-8846", "+8617101238846", MOBILE),
        ("号码：171 0123 8846", "+8617101238846", MOBILE),
        ("١٧١٠١٢٣٨٨٤٦", "+8617101238846", MOBILE),
        ("134 9012 3456", "+8613490123456", SenderKind.SATELLITE),
        ("161 9012 3456", "+8616190123456", SenderKind.SATELLITE),
        ("174 0012 3456", "+8617400123456", SenderKind.SATELLITE),
        ("1440 1234 56789", "1440123456789", SenderKind.IOT),
        ("10646 0123 4567", "1064601234567", SenderKind.IOT),
        ("955331234", "955331234", SenderKind.SERVICE95),
        ("96102", "96102", SenderKind.SERVICE95),
        ("10086901", "10086901", SHORT),
        ("+10086", "10086", SHORT),
        ("+10101234", "10101234", SenderKind.SERVICE400),
        ("+852 5550 7193", "+85255507193", FOREIGN),
        ("+853 6655 0193", "+85366550193", FOREIGN),
        ("+8817 1234 5678", "+881712345678", FOREIGN),
        ("+95 9 123 456 789", "+959123456789", FOREIGN),
        ("00852 5550 7193", "+85255507193", FOREIGN),
        ("+1 (202) 555-0143", "+12025550143", FOREIGN),
        ("+886 912 345 678", "+886912345678", FOREIGN),
    ],
)
def test_numbers_take_their_normal_form(raw, number, kind):
    sender = parse_sender(raw)
    assert (sender.number, sender.kind, sender.name, sender.raw) == (number, kind, None, raw)


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("+86 171 0123 8846 >", "+8617101238846"),
        ("‹ 12 +86 171 0123 8846", "+8617101238846"),
        ("99+ 12368", "12368"),
        ("1069 0123 4208 171 (12)", "106901234208171"),
        ("+86 171 0123 8846 广东深圳 联通", "+8617101238846"),
        ("171-0123-8846 中国联通", "+8617101238846"),
        ("来自 171-0123-8846", "+8617101238846"),
        ("1 12306", "12306"),
        ("1 400-012-5264", "4000125264"),
        ("12 10086", "10086"),
        ("(3) 10086", "10086"),
        ("10086 3", "10086"),
        ("95533 12", "95533"),
        ("171 0123 8846 5", "+8617101238846"),
        ("+86 171 0123 8846 被36人标记为骚扰电话", "+8617101238846"),
    ],
)
def test_what_phones_draw_beside_a_number_is_no_name(raw, number):
    sender = parse_sender(raw)
    assert (sender.number, sender.name) == (number, None)


@pytest.mark.parametrize(
    ("raw", "number", "name"),
    [
        ("中国移动 10086", "10086", "中国移动"),
        ("10086 中国移动", "10086", "中国移动"),
        ("【某某】106901234208171", "106901234208171", "某某"),
        ("工行95588", "95588", "工行"),
        ("中国铁路12306", "12306", "中国铁路"),
        ("王姐 171 0123 8846", "+8617101238846", "王姐"),
        ("客服 95533(3)", "95533", "客服"),
        ("催收员：171 0123 8846", "+8617101238846", "催收员"),
    ],
)
def test_a_name_may_stand_beside_a_number(raw, number, name):
    sender = parse_sender(raw)
    assert (sender.number, sender.name) == (number, name)


@pytest.mark.parametrize(
    "name",
    [
        *("张三", "公司王姐", "小王2", "张三110", "A1组客服8号", "2024同学会", "HSBC", "Bob 5"),
        *("SOS", "ALIPAY", "张三2", "催收员01", "小米 13", "张三、李四等3人", "iPhone 15"),
    ],
)
def test_names_stay_names_even_with_digits(name):
    sender = parse_sender(name)
    assert (sender.name, sender.number, sender.kind, sender.key) == (name, None, NAME, name)


@pytest.mark.parametrize(
    "raw",
    [
        *("138****1234", "未知号码", "+86", "13800138000, 13900139000", "13800138000,13900139000"),
        *("…", "1069 0123 42…", "106901…4801", "1069012342...", "12,345.67", "1,234", "¥12345"),
        *("1234.56", "12.30", "10-19", "2025-10-19", "2025.10.19", "12:30", "10/19"),
    ],
)
def test_what_names_nobody_is_unknown(raw):
    sender = parse_sender(raw)
    assert (sender.number, sender.name, sender.kind, sender.raw) == (None, None, UNKNOWN, raw)


@pytest.mark.parametrize(
    "raw",
    [
        *(
            "尾号12345",
            "招商银行尾号 12345",
            "订单号10690123480112345678",
            "12345元",
            "余额 10086 元",
        ),
        *("验证码 123456", "第12345期", "1069 0123 4801 等3人", "17101238846等5人"),
    ],
)
def test_digits_that_count_something_else_are_no_number(raw):
    assert parse_sender(raw).number is None


@pytest.mark.parametrize("raw", ["case@mail.example", "17101238846@mail.example", "10086@a.b.cn"])
def test_a_sender_may_be_a_mail_address(raw):
    sender = parse_sender(f"{raw} >")
    assert (sender.name, sender.number, sender.kind) == (raw, None, SenderKind.EMAIL)


def test_nothing_is_the_unknown_sender():
    assert parse_sender(None) == parse_sender("") == UNKNOWN_SENDER


@pytest.mark.parametrize(
    ("raw", "number"), [("5555 3107", "55553107"), ("+86 171 0123 88461", "+86171012388461")]
)
def test_digits_of_no_plan_are_kept_but_not_explained(raw, number):
    sender = parse_sender(raw)
    assert (sender.number, sender.kind, sender.carrier) == (number, UNKNOWN, None)


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("+86 l7l O123 8846", "+8617101238846"),
        ("+B6 171 0123 8846", "+8617101238846"),
        ("10690123O80066", "10690123080066"),
        ("4OO-012-5264", "4000125264"),
    ],
)
def test_letters_misread_for_digits_are_repaired_where_a_number_results(raw, number):
    sender = parse_sender(raw)
    assert (sender.number, sender.name, sender.raw) == (number, None, raw)


def test_digits_that_cannot_be_repaired_are_no_name():
    assert parse_sender("+86 17l O123 88").kind is UNKNOWN


@pytest.mark.parametrize(
    ("prefix", "carrier", "resale"),
    [
        ("133", "中国电信", False),
        ("1348", "中国移动", False),
        ("139", "中国移动", False),
        ("186", "中国联通", False),
        ("192", "中国广电", False),
        ("162", "中国电信", True),
        ("165", "中国移动", True),
        ("167", "中国联通", True),
        ("171", "中国联通", True),
        ("1700", "中国电信", True),
        ("1702", "中国电信", True),
        ("1703", "中国移动", True),
        ("1704", "中国联通", True),
        ("1706", "中国移动", True),
        ("1709", "中国联通", True),
        ("154", None, False),
    ],
)
def test_mobile_prefixes_are_the_ministrys(prefix, carrier, resale):
    sender = parse_sender(prefix.ljust(11, "0"))
    assert (sender.carrier, sender.resale, sender.kind) == (carrier, resale, MOBILE)


def test_the_country_code_of_china_is_no_warning():
    plain, with_code = parse_sender("13900001234"), parse_sender("+86 139 0000 1234")
    assert (plain.number, plain.kind, plain.resale) == (
        with_code.number,
        with_code.kind,
        with_code.resale,
    )


@pytest.mark.parametrize(
    ("raw", "carrier"),
    [("106550123456", "中国联通"), ("106570123456", "中国移动"), ("106901234567", None)],
)
def test_106_codes_name_the_operator_of_their_port(raw, carrier):
    assert parse_sender(raw).carrier == carrier


@pytest.mark.parametrize(
    ("raw", "region"),
    [
        ("0755 5555 3107", "深圳"),
        ("+86 21 5555 3075", "上海"),
        ("0512-5555310", "苏州"),
        ("0378-5555310", None),
        ("+852 5550 7193", "中国香港"),
        ("+853 6655 0193", "中国澳门"),
        ("+886 912 345 678", "中国台湾"),
        ("+63 912 345 5451", "菲律宾"),
        ("+870 773 123 456", "卫星电话（海事卫星）"),
        ("+1 202 555 0143", "美国、加拿大等北美地区"),
        ("+999 555 0143", None),
    ],
)
def test_landlines_and_numbers_from_abroad_have_a_region(raw, region):
    assert parse_sender(raw).region == region


def test_a_number_in_a_city_of_three_digits_has_eight():
    assert parse_sender("010-5555152").kind is UNKNOWN


def test_area_codes_have_the_plans_lengths():
    assert all(
        code.startswith("0") and len(code) == (3 if code[1] in "12" else 4) for code in AREA_CODES
    )


def sample_senders():
    for path in sorted(resource("samples").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        for part in [truth, *truth.get("messages", [])]:
            if "sender_raw" in part:
                yield part["sender_raw"], part["sender_number"], part["sender_name"]


def test_the_samples_senders():
    for raw, number, name in set(sample_senders()):
        sender = parse_sender(raw)
        assert (sender.number, sender.name) == (number, name)


# --- any number in any spelling -------------------------------------------------------------------

DIGITS = st.text("0123456789", min_size=8, max_size=8)
SEPARATORS = st.sampled_from(["", " ", "-", " - ", "\u00a0", "·"])


def grouped(digits: str, sizes: tuple[int, ...], separator: str) -> str:
    parts, start = [], 0
    for size in sizes:
        parts.append(digits[start : start + size])
        start += size
    return separator.join([*parts, digits[start:]] if start < len(digits) else parts)


@given(
    st.sampled_from(["130", "139", "159", "170", "171", "186", "199"]),
    DIGITS,
    SEPARATORS,
    st.sampled_from(["", "+86", "+86 ", "0086", "00 86 ", "(+86)", "+86-", "86 "]),
)
def test_a_mobile_number_in_any_spelling(prefix, rest, separator, country):
    digits = prefix + rest
    sender = parse_sender(country + grouped(digits, (3, 4), separator))
    assert (sender.number, sender.kind) == (f"+86{digits}", MOBILE)


@given(
    st.sampled_from(sorted(AREA_CODES)),
    st.integers(2, 8),
    DIGITS,
    SEPARATORS,
    st.sampled_from(["0", "(0", "+86 ", "+860"]),
)
def test_a_landline_in_any_spelling(area, first, rest, separator, start):
    local = f"{first}{rest[:7]}"
    closing = ")" if start.startswith("(") else separator or " "
    sender = parse_sender(start + area[1:] + closing + grouped(local, (4,), separator))
    assert (sender.number, sender.region) == (f"+86{area[1:]}{local}", AREA_CODES[area])


@given(st.from_regex(r"[5-9][0-9]{4,16}", fullmatch=True), SEPARATORS, st.integers(3, 6))
def test_a_106_code_in_any_spelling(rest, separator, size):
    sender = parse_sender(grouped("106" + rest, (size,), separator))
    assert (sender.number, sender.kind) == ("106" + rest, SP106)


@given(st.text(max_size=30))
def test_any_header_is_read_without_failing(raw):
    sender = parse_sender(raw)
    assert sender.raw == raw
    assert sender.number is None or sender.number.lstrip("+").isdecimal()


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("陈主管（催收）", "陈主管（催收）"),
        ("陈主管(催收)", "陈主管（催收）"),
        ("（陈主管）", "陈主管"),
        ("陈主管）", "陈主管"),
        ("(陈主管", "陈主管"),
        ("陈主管（17101238846）", "陈主管"),
        ("Chen (office)", "Chen (office)"),
    ],
)
def test_a_name_keeps_the_brackets_that_belong_to_it(raw, name):
    assert parse_sender(raw).name == name


# --- what holds for any number --------------------------------------------------------------------

NUMBERS = st.one_of(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.from_regex(r"106[0-9]{5,17}", fullmatch=True),
    st.from_regex(r"95[0-9]{3,6}", fullmatch=True),
    st.from_regex(r"(400|800)[0-9]{7}", fullmatch=True),
    st.sampled_from(["12368", "10086", "12110", "96110", "10101234", "1440123456789"]),
    st.builds(
        lambda area, local: area + local,
        st.sampled_from(sorted(AREA_CODES)),
        st.from_regex(r"[2-8][0-9]{7}", fullmatch=True),
    ),
)
FOREIGN_NUMBERS = st.one_of(
    st.from_regex(r"\+(852|853)[0-9]{8}", fullmatch=True),
    st.from_regex(r"\+886[1-9][0-9]{8}", fullmatch=True),
    st.from_regex(r"\+1[2-9][0-9]{9}", fullmatch=True),
    st.from_regex(r"\+(44|63|65|855|95)[1-9][0-9]{7,9}", fullmatch=True),
)
WIDE = str.maketrans("0123456789+-()", "０１２３４５６７８９＋－（）")


@given(st.one_of(NUMBERS, FOREIGN_NUMBERS))
def test_the_normal_form_is_its_own(digits):
    number = parse_sender(digits).number
    assert number is not None
    assert parse_sender(number).number == number


@given(NUMBERS, st.booleans(), st.sampled_from(["", "电话：", "来自 ", "tel:", "‹ ", "【某某】"]))
def test_width_and_what_stands_before_change_no_number(digits, wide, before):
    drawn = before + (digits.translate(WIDE) if wide else digits)
    assert parse_sender(drawn).number == parse_sender(digits).number


HEADER_PARTS = st.sampled_from(
    [
        *("+86", "86", "0086", "106", "9012", "171", "0123", "8846", "95588", "1", "12", "(3)"),
        *("-", " ", "/", ":", ".", "@", "…", "*", "O", "l", "元", "尾号", "0755", "王姐"),
        *("中国移动", "等3人"),
    ]
)


@given(st.lists(HEADER_PARTS, max_size=8))
def test_no_number_has_digits_that_are_not_drawn(parts):
    raw = "".join(parts)
    number = (parse_sender(raw).number or "").lstrip("+")
    drawn = "".join(c for c in raw.translate(str.maketrans("Ol", "01")) if c.isdigit())
    assert number in drawn or number.removeprefix("86") in drawn or "86(0)" in raw
