from __future__ import annotations

import pytest

from smsdesk.domain.institutions import Basis
from smsdesk.rules.institutions import callbacks_in, institutions_in
from tests.rules.building import message

A, B, C = "1069011112222", "1069033334444", "+8617101236805"


def groups(messages, by_hand=None):
    return [set(one.senders) for one in institutions_in(messages, by_hand or {})]


def test_one_signature_on_two_numbers_is_one_institution():
    found = institutions_in([message("【甲贷】请还款", A), message("【甲贷】逾期", B)], {})
    assert [(one.name, set(one.senders)) for one in found] == [("甲贷", {A, B})]
    assert set(found[0].basis.values()) == {Basis.SIGNATURE}


def test_a_number_to_call_back_ties_senders():
    asks = message("请回电17101236805", A)
    assert groups([asks, message("还钱", C)]) == [{A, C}]
    assert groups([asks, message("速联系 171-0123-6805", B)]) == [{A, B}]


def test_hotlines_of_banks_and_authorities_tie_nobody():
    assert groups([message("客服95588", A), message("投诉12378，95588", B)]) == [{A}, {B}]


def test_what_a_person_says_goes_before_signatures():
    signed = [message("【甲贷】还款", A), message("【甲贷】还款", B), message("还钱", C)]
    found = institutions_in(signed, {B: "乙公司", C: "乙公司"})
    assert [(one.name, set(one.senders)) for one in found] == [("甲贷", {A}), ("乙公司", {B, C})]
    assert found[1].basis == {B: Basis.HAND, C: Basis.HAND}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("请拨打400-123-4567", ["4001234567"]),
        ("电话0731-88881234", ["+8673188881234"]),
        ("欠款13800元，尾号6805", []),
        ("身份证430102199001011234", []),
        ("1" * 100_000, []),
    ],
)
def test_call_back_numbers_are_those_of_persons_and_companies(text, numbers):
    assert callbacks_in(text) == numbers
