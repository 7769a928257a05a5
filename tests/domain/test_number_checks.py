from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.number_checks import checked
from smsdesk.domain.numbers import parse_sender

MOBILE = parse_sender("+86 171 0123 8846")


@pytest.mark.parametrize(
    "text",
    [
        *("+86 171 0123 8846", "17101238846", "0086-171-0123-8846", "8617101238846"),
        *("", "»", "张三"),  # nothing was read there
        *("171 0123 884", "86 171 0123 884", "6 171 0123 8846"),  # digits lost at an edge
        "+86 171 012E 8846",
    ],
)
def test_what_agrees_or_is_no_reading_raises_no_doubt(text):
    assert not checked(MOBILE, [text]).doubtful


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+86 171 0123 8848", "+8617101238848"),
        ("17701238846", "+8617701238846"),
        ("95588", "95588"),
        ("+86 071 0123 8846", "+8607101238846"),  # of no plan, but of as many digits
    ],
)
def test_another_number_makes_the_sender_doubtful(text, number):
    sender = checked(MOBILE, [text])
    assert (sender.doubtful, sender.readings) == (True, (number,))


def test_a_majority_against_the_first_reading_does_not_replace_it():
    sender = checked(MOBILE, ["171 0123 8848", "171 0123 8848", "171 0123 8846"])
    assert sender.number == "+8617101238846"
    assert sender.readings == ("+8617101238848",)


def test_a_possible_number_casts_doubt_on_one_of_no_plan():
    sender = checked(parse_sender("271 0123 8846"), ["+86 171 0123 8846"])
    assert (sender.number, sender.readings) == ("27101238846", ("+8617101238846",))


@pytest.mark.parametrize("raw", ["张三", "138****1234", None])
def test_without_a_number_there_is_nothing_to_doubt(raw):
    assert not checked(parse_sender(raw), ["13800001234"]).doubtful


@given(st.lists(st.text("+0123456789- ", max_size=16), max_size=3))
def test_checking_changes_nothing_but_the_other_readings(texts):
    sender = checked(MOBILE, texts)
    assert (sender.number, sender.raw, sender.kind) == (MOBILE.number, MOBILE.raw, MOBILE.kind)
    assert MOBILE.number not in sender.readings
