"""What stands beside a number, or in its place: a name, or only what phones print about it."""

from __future__ import annotations

import re

from smsdesk.domain.area_codes import AREA_CODES, PROVINCES

_SIGNATURE_MARKS = re.compile(r"[【】\[\]]")
_NO_NAME = re.compile(
    r"标记|骚扰|诈骗|推销|陌生|未知|无号码|归属地|^(?:短信|信息|通知信息|虚拟|未读|新信息)$"
)
_LEAD = re.compile(
    r"^(?:(?:来自|发自|发件人|收件人|发送号码|电话号码|手机号码?|号码|电话|手机|tel|sms|from|to)\s*"
    r"(?:[:：]\s*|$))+",
    re.IGNORECASE,
)
"""What only says that a number or a name follows."""

_CAPTION_WORDS = re.compile(
    "|".join(
        sorted(
            {city for cities in AREA_CODES.values() for city in cities.split("、")}
            | {*PROVINCES, "中国移动", "中国联通", "中国电信", "中国广电", "移动", "联通", "电信"}
            | {"广电", "虚拟运营商", "虚拟", "中国", "省", "市", "自治区"},
            key=len,
            reverse=True,
        )
    )
    + r"|[\s·,|/-]"
)
"""What phones print below a telephone number: where it is from and by which operator."""

_ENDS = " \t·,|/:;-+"
_HOLLOW = re.compile(r"\(\s*\)")
_CHINESE_BRACKETS = re.compile(r"\(([^()]*[\u4e00-\u9fff][^()]*)\)")


def without_caption(text: str) -> str:
    """Return what is left of *text* without cities, provinces and operators of numbers."""
    return _CAPTION_WORDS.sub("", text)


def name_in(text: str, *, of_telephone: bool) -> str | None:
    """Return the name in *text*, from which a number was taken; None if it holds none.

    *of_telephone*: the number is one whose city and operator phones print, which are no name.
    """
    name = _without_loose_ends(_SIGNATURE_MARKS.sub(" ", text))
    name = _without_loose_ends(_LEAD.sub("", name))
    if not any(c.isalpha() for c in name) or _NO_NAME.search(name):
        return None
    digits = sum(c.isdigit() for c in name)
    if digits >= 6 and digits * 2 > len(name):
        return None  # a number that could not be read
    return None if of_telephone and not without_caption(name) else name


def _without_loose_ends(text: str) -> str:
    """Strip marks from both ends, and brackets that are empty, alone or around the whole.

    A bracket that belongs to a name, 陈主管（催收）, is kept, in the width of what it holds.
    """
    name, before = _HOLLOW.sub(" ", text).strip(_ENDS), ""
    while name != before:
        before, name = name, _without_a_bracket(name).strip(_ENDS)
    return _CHINESE_BRACKETS.sub(r"（\1）", name)


def _without_a_bracket(name: str) -> str:
    surplus = name.count("(") - name.count(")")
    if re.fullmatch(r"\([^()]*\)", name):
        return name[1:-1]
    if name.startswith(")") or (surplus > 0 and name.startswith("(")):
        return name[1:]
    if name.endswith("(") or (surplus < 0 and name.endswith(")")):
        return name[:-1]
    return name
