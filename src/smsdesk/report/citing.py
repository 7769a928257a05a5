"""How provisions are cited: 《…》第…条第…款第…项, in the order of their articles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from smsdesk.domain.findings import Provision
from smsdesk.report.phrases import numeral

NOT_LAW = {
    "国家标准": "推荐性国家标准，不是法律规定",
    "自律规范": "行业自律规范，不是法律规定",
    "典型案例": "供参考，不是法律规定",
}
"""Ranks that must never pass for law."""
_PART = re.compile(r"^(?P<parent>.+?)-p(?P<paragraph>\d+)(?:-i(?P<item>\d+))?$")
Known = Mapping[str, Provision]
ByNumber = list[tuple[int, str]]


def by_number(provision: Provision) -> ByNumber:
    """Return a key that sorts articles as they count; ids end in the article's number."""
    parts = re.findall(r"\d+|\D+", provision.id)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def part_of(provision: Provision) -> re.Match[str] | None:
    """Return `parent`, `paragraph` and `item` of a part of an article, None for a whole one."""
    return _PART.match(provision.id)


def list_of(provision: Provision) -> str:
    """Return what items of one list have in common: the paragraph that they belong to."""
    found = part_of(provision)
    return f"{found['parent']}-p{found['paragraph']}" if found else provision.id


def full_name(items: Sequence[Provision], known: Known) -> str:
    """Return 《…》第…条第…款第…项、第…项, with the last day in force where it is over."""
    first = items[0]
    ended = f"（施行至 {first.in_force_to}）" if first.in_force_to else ""
    further = "".join(f"、{_item(item)}" for item in items[1:])
    return f"《{first.instrument}》{place_of(first, known)}{further}{ended}"


def place_of(provision: Provision, known: Known) -> str:
    """Return 第…条第…款第…项; *known* holds the whole articles, which tell their paragraphs."""
    return f"{provision.article or ''}{_part(provision, known)}"


def _part(provision: Provision, known: Known) -> str:
    """Return 第…款第…项; an article of one paragraph has items only."""
    found = part_of(provision)
    if found is None:
        return ""
    lone = len(paragraphs_of(known.get(found["parent"]))) <= 1
    paragraph = "" if lone else f"第{numeral(int(found['paragraph']))}款"
    return paragraph + _item(provision)


def _item(provision: Provision) -> str:
    found = part_of(provision)
    return f"第{numeral(int(found['item']))}项" if found and found["item"] else ""


def paragraphs_of(article: Provision | None) -> list[str]:
    """Return the paragraphs of a whole article without the items of their lists."""
    text = (article.text or "") if article else ""
    return [line for line in text.split("\n") if not line.startswith("（")]
