from __future__ import annotations

import pytest

from smsdesk.rules.signature import signature_of


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        ("【江汀银行】您的账单", "江汀银行"),
        ("您的账单【江汀银行】", "江汀银行"),
        ("  【 江汀银行 】您的账单", "江汀银行"),
        ("[江汀银行]您的账单", "江汀银行"),
        ("请看【公告】后回复", None),
        ("【】您好", None),
        ("没有签名", None),
        ("", None),
        ("【" * 100, None),
    ],
)
def test_the_signature_stands_at_an_end(text, signature):
    assert signature_of(text) == signature
