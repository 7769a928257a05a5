from __future__ import annotations

import pytest

from smsdesk.domain.characters import SIMPLIFIED, is_simplified, likeness


@pytest.mark.parametrize(
    "alike", ["，,", "：:", "（(", "。.．", "￥¥", '“”"', "粵粤", "１1", "【[", "—–-"]
)
def test_what_looks_the_same_has_one_likeness(alike):
    assert len({likeness(char) for char in alike}) == 1


@pytest.mark.parametrize("pair", ["人入", "0O", "1l", "，。", "己已", ",.", "xX"])
def test_what_a_reader_must_tell_apart_has_two(pair):
    assert likeness(pair[0]) != likeness(pair[1])


def test_only_forms_that_simplified_texts_do_not_hold_are_replaced():
    for form, simplified in SIMPLIFIED.items():
        with pytest.raises(UnicodeEncodeError):
            form.encode("gb2312")
        simplified.encode("gb2312")


@pytest.mark.parametrize(
    ("text", "simplified"),
    [("粵0399民初，OK", True), ("今天还钱😔", True), ("請還款", False), ("", True)],
)
def test_simplified_texts(text, simplified):
    assert is_simplified(text) == simplified
