from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.rules.matcher import Expression, Group, Lexicon, compile_pattern, scan
from smsdesk.rules.normalise import Normalised, Normaliser
from smsdesk.rules.patterns import PatternError, expand, parse_pattern


def found(source: str, text: str) -> list[list[str]]:
    pattern = parse_pattern(source)
    elements = [*pattern.elements, *(guard.element for guard in pattern.guards)]
    lexicon = Lexicon({element.group: Group(element.words) for element in elements}, {})
    seen = scan(lexicon, Normalised(text, None, None, ()))
    finder = compile_pattern(pattern, lexicon.numbers)
    return [[text[a:b] for a, b in row] for row in finder.matches(seen)]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("坐牢", "等着坐牢吧", [["坐牢"]]),
        ("打{断|折}{|你的}腿", "打断腿,打折你的腿", [["打断腿"], ["打折你的腿"]]),
        ("已 . 立案", "已经立案", [["已", "立案"]]),
        ("已 . 立案", "已由他们立案", []),
        ("案件 > 移送", "案件今天移送", [["案件", "移送"]]),
        ("案件 > 移送", "案件今天,移送", []),
        ("案件 >> 移送", "案件今天,移送", [["案件", "移送"]]),
        ("案件 >> 移送", "案件今天。移送", []),
        ("案件 > 移送", "移送案件", []),
        ("案件 + 移送", "移送案件", [["案件", "移送"]]),
        ("案件 & 移送", "移送了,你的案件", [["案件", "移送"]]),
        ("案件 && 移送", "移送了。你的案件", [["案件", "移送"]]),
        ("移送 -可能", "可能移送", []),
        ("移送 -可能", "可能,移送", [["移送"]]),
        ("移送 --可能", "可能,移送", []),
        ("移送 --可能", "可能。移送", [["移送"]]),
        ("移送 ---可能", "可能。移送", []),
        ("移送 <-不会", "我们不会移送", []),
        ("移送 <-不会", "我们移送,不会等", [["移送"]]),
        ("sig:法院", "【望江法院】请到庭", [["法院"]]),
        ("sig:法院", "请到法院", []),
        ("body:法院", "【望江法院】请到庭", []),
        ("head:老赖", "【甲】老赖你好", [["老赖"]]),
        ("head:老赖", "今天的天气真是好得不得了啊你说是不是老赖", []),
    ],
)
def test_patterns_find_what_they_say(source, text, expected):
    assert found(source, text) == expected


@pytest.mark.parametrize(
    "source", ["", "案件 移送", "案件 >", "> 案件", "甲{乙", "甲||乙", "甲 ~ 乙"]
)
def test_a_senseless_pattern_is_refused(source):
    with pytest.raises(PatternError):
        parse_pattern(source)


def test_templates_give_every_combination():
    assert expand("打{断|折}{你的|}腿|砍人") == [
        "打断你的腿",
        "打断腿",
        "打折你的腿",
        "打折腿",
        "砍人",
    ]


def test_exceptions_hide_the_words_inside_them():
    lexicon = Lexicon({"abuse": Group(("垃圾",), ("垃圾分类",))}, {})
    assert lexicon.find("垃圾分类") == ([], 0)
    assert lexicon.find("你这垃圾") == ([(2, 4, 1)], 1)


def test_a_group_holds_the_words_of_those_it_takes_in_and_hides_them_with_its_exceptions():
    groups = {"kin": Group(("爸",)), "near": Group(("同事",), ("爸比",), ("kin",))}
    lexicon = Lexicon(groups, {})
    assert lexicon.find("你爸") == ([(1, 2, 0b11)], 0b11)
    assert lexicon.find("同事") == ([(0, 2, 0b10)], 0b10)
    assert lexicon.find("爸比") == ([(0, 1, 0b01)], 0b01)


def test_the_longest_word_at_a_place_counts():
    lexicon = Lexicon({"a": Group(("立案", "立案侦查"))}, {})
    assert lexicon.find("已立案侦查") == ([(1, 5, 1)], 1)


letters = st.text("甲乙丙", min_size=1, max_size=4)


@given(st.lists(letters, max_size=9), st.lists(letters, max_size=4), st.text("甲乙丙", max_size=20))
def test_a_group_stands_with_its_longest_word_at_each_place_but_inside_no_exception(
    words, exceptions, text
):
    covered = [
        (at, at + len(word))
        for at in range(len(text))
        for word in exceptions
        if text.startswith(word, at)
    ]
    longest = [
        (at, at + max(map(len, found)))
        for at in range(len(text))
        if (found := [word for word in words if text.startswith(word, at)])
    ]
    expected = [
        (*span, 1) for span in longest if not any(a <= span[0] and span[1] <= b for a, b in covered)
    ]
    hits, present = Lexicon({"a": Group(tuple(words), tuple(exceptions))}, {}).find(text)
    assert hits == expected
    assert present == bool(expected)


def test_expressions_are_groups_like_others():
    lexicon = Lexicon({}, {"number": Expression(re.compile(r"\d{3}号"))})
    assert lexicon.find("案号123号") == ([(2, 6, 1)], 1)


def test_a_pause_parts_clauses():
    normalised = Normaliser({}, [])("你的案件今天 移送到法院")
    lexicon = Lexicon({"案件": Group(("案件",)), "移送": Group(("移送",))}, {})
    numbers = {"案件": 0, "移送": 1}
    finder = compile_pattern(parse_pattern("@案件 > @移送"), numbers)
    assert list(finder.matches(scan(lexicon, normalised))) == []
