"""How provisions are cited in letters, on those that come with the program."""

from __future__ import annotations

import pytest

from smsdesk.report.citing import full_name
from smsdesk.report.word.provisions import quotation
from smsdesk.rules.provisions import load_provisions

KNOWN = load_provisions()


def named(*ids):
    return full_name([KNOWN[i] for i in ids], KNOWN)


@pytest.mark.parametrize(
    ("ids", "name"),
    [
        (["civil-code-991"], "《中华人民共和国民法典》第九百九十一条"),
        (["civil-code-1033-p1-i1"], "《中华人民共和国民法典》第一千零三十三条第一项"),
        (["civil-code-1032-p2"], "《中华人民共和国民法典》第一千零三十二条第二款"),
        (
            ["psapl-2025-50-p1-i1", "psapl-2025-50-p1-i5"],
            "《中华人民共和国治安管理处罚法》第五十条第一款第一项、第五项",
        ),
        (
            ["psapl-2012-42-p1-i5"],
            "《中华人民共和国治安管理处罚法》第四十二条第五项（施行至 2025-12-31）",
        ),
    ],
)
def test_paragraphs_and_items_are_named_as_courts_do(ids, name):
    assert named(*ids) == name


def test_no_two_provisions_have_one_name():
    names = {(named(id_), p.in_force_from) for id_, p in KNOWN.items()}
    assert len(names) == len(KNOWN)


def test_items_are_quoted_below_the_line_that_heads_them():
    text = quotation([KNOWN["psapl-2025-50-p1-i1"], KNOWN["psapl-2025-50-p1-i5"]], KNOWN)
    whole = KNOWN["psapl-2025-50"].text.split("\n")
    lines = text.split("\n")
    assert lines[0] == whole[0]
    assert lines[2] == "……"
    assert [line for line in lines if line != "……" and line not in whole] == []


def test_what_is_quoted_stands_word_for_word_in_the_provision():
    for provision in KNOWN.values():
        if provision.text is not None:
            quoted = quotation([provision], KNOWN)
            assert quoted.endswith(provision.text)
