"""Provisions in a letter: the chief ones word for word, the others by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from smsdesk.domain.findings import Provision
from smsdesk.report.word.characters import numeral
from smsdesk.report.word.letter import LetterContent
from smsdesk.report.word.paper import Paper

NOT_LAW = {
    "国家标准": "推荐性国家标准，不是法律规定",
    "自律规范": "行业自律规范，不是法律规定",
    "典型案例": "供参考，不是法律规定",
}
"""Ranks that must never pass for law."""
_CRIMINAL = "criminal-law-"
"""Letters ask for a check; whether something is a crime is not for them to say."""
_PART = re.compile(r"^(?P<parent>.+?)-p(?P<paragraph>\d+)(?:-i(?P<item>\d+))?$")
Known = Mapping[str, Provision]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The provisions of a letter: `quoted` with their words, `named` by name alone."""

    quoted: tuple[Provision, ...]
    named: tuple[Provision, ...]


def write_provisions(
    paper: Paper, content: LetterContent, allowed: tuple[str, ...], general: tuple[str, ...] = ()
) -> bool:
    """Write the provisions that may apply; return whether there was any.

    *allowed* are beginnings of ids, *general* ids that are quoted whatever the labels.
    """
    known = content.court.provisions
    chosen = choose(content, allowed, general)
    for _, items in groupby(chosen.quoted, key=_list_of):
        together = list(items)
        paper.text(f"{full_name(together, known)}：", keep_next=True)
        paper.quote(quotation(together, known))
    verified = [p for p in chosen.named if p.verified]
    if verified:
        paper.text(f"相关规定还有：{_names(verified, known)}。")
    others = [p for p in chosen.named if not p.verified]
    if others:
        paper.text(f"另可参照（未核对原文，只列名称）：{_names(others, known)}。")
    return bool(chosen.quoted or chosen.named)


def choose(content: LetterContent, allowed: tuple[str, ...], general: tuple[str, ...]) -> Chosen:
    """Return what the findings name: of each label the first verified provision is quoted.

    Packs list the chief provision of a label first. Confirmed findings count; where nothing is
    confirmed yet, proposed ones.
    """
    known = content.court.provisions
    labelled = content.confirmed or content.proposed
    quoted: dict[str, None] = {}
    named: dict[str, None] = {}
    for found in labelled.values():
        findings = [finding for _, label in found for finding in label.findings]
        ids = _ids((i for f in findings for i in f.proposal.provisions), known, allowed)
        quoted.update(dict.fromkeys(_chief(ids, known, allowed)))
        named.update(dict.fromkeys(ids))
    if labelled:
        quoted.update(dict.fromkeys(_ids(general, known, allowed)))
    rest = [i for i in named if i not in quoted]
    return Chosen(_in_order(known[i] for i in quoted), _in_order(known[i] for i in rest))


def _chief(ids: list[str], known: Known, allowed: tuple[str, ...]) -> list[str]:
    """Return the verified provision that the channel goes by, in each version that applies.

    *allowed* stands in the order in which the channel looks at laws.
    """

    def rank(id_: str) -> int:
        return next(place for place, begin in enumerate(allowed) if id_.startswith(begin))

    verified = sorted((i for i in ids if known[i].text is not None), key=rank)
    if not verified:
        return []
    first = known[verified[0]]
    versions: dict[str | None, str] = {}
    for id_ in verified:
        if known[id_].instrument == first.instrument:
            versions.setdefault(known[id_].in_force_to, id_)
    return list(versions.values())


def _ids(ids: Iterable[str], known: Known, allowed: tuple[str, ...]) -> list[str]:
    wanted = (i for i in dict.fromkeys(ids) if i.startswith(allowed))
    return [i for i in wanted if i in known and not i.startswith(_CRIMINAL)]


def _in_order(provisions: Iterable[Provision]) -> tuple[Provision, ...]:
    """Put law before what is none, instruments together, articles as they count."""

    def key(provision: Provision) -> tuple[bool, str, list[tuple[int, str]]]:
        parts = re.findall(r"\d+|\D+", provision.id)
        natural = [(int(part), "") if part.isdigit() else (-1, part) for part in parts]
        return provision.rank in NOT_LAW, provision.instrument, natural

    return tuple(sorted(provisions, key=key))


def _names(provisions: Iterable[Provision], known: Known) -> str:
    """Return the names, the articles of one instrument together."""
    articles: dict[tuple[str, str], dict[str, None]] = {}
    for provision in provisions:
        note = NOT_LAW.get(provision.rank, "")
        ended = f"施行至 {provision.in_force_to}" if provision.in_force_to else ""
        remark = "，".join(part for part in (note, ended) if part)
        place = f"{provision.article or ''}{_part(provision, known)}"
        articles.setdefault((provision.instrument, remark), {})[place] = None
    return "；".join(
        f"《{instrument}》{'、'.join(places)}{f'（{remark}）' if remark else ''}"
        for (instrument, remark), places in articles.items()
    )


def _list_of(provision: Provision) -> str:
    """Return what items of one list have in common: the paragraph that they belong to."""
    found = _PART.match(provision.id)
    return f"{found['parent']}-p{found['paragraph']}" if found else provision.id


def full_name(items: Sequence[Provision], known: Known) -> str:
    """Return 《…》第…条第…款第…项、第…项, with the last day in force where it is over."""
    first = items[0]
    ended = f"（施行至 {first.in_force_to}）" if first.in_force_to else ""
    further = "".join(f"、{_item(item)}" for item in items[1:])
    return f"《{first.instrument}》{first.article or ''}{_part(first, known)}{further}{ended}"


def _part(provision: Provision, known: Known) -> str:
    """Return 第…款第…项; an article of one paragraph has items only."""
    found = _PART.match(provision.id)
    if found is None:
        return ""
    lone = len(_paragraphs(known.get(found["parent"]))) <= 1
    paragraph = "" if lone else f"第{numeral(int(found['paragraph']))}款"
    return paragraph + _item(provision)


def _item(provision: Provision) -> str:
    found = _PART.match(provision.id)
    return f"第{numeral(int(found['item']))}项" if found and found["item"] else ""


def _paragraphs(article: Provision | None) -> list[str]:
    text = (article.text or "") if article else ""
    return [line for line in text.split("\n") if not line.startswith("（")]


def quotation(items: Sequence[Provision], known: Known) -> str:
    """Return the words; items with the line above their list, what is left out marked ……."""
    parts: list[str] = []
    expected = 1
    for provision in items:
        found = _PART.match(provision.id)
        if found and found["item"]:
            if not parts:
                parts += _lead(found["parent"], int(found["paragraph"]), known)
            number = int(found["item"])
            parts += ["……"] if parts and number != expected else []
            expected = number + 1
        parts.append(provision.text or "")
    return "\n".join(parts)


def _lead(parent: str, paragraph: int, known: Known) -> list[str]:
    """Return the line above a list of items, nothing where the article is not known as a whole."""
    paragraphs = _paragraphs(known.get(parent))
    if paragraph > len(paragraphs) or not paragraphs[paragraph - 1].endswith(("：", ":")):
        return []
    return [paragraphs[paragraph - 1]]
