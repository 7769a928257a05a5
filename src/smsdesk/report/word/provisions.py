"""Provisions in a letter: the chief ones word for word, the others by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    for provision in chosen.quoted:
        paper.text(f"{full_name(provision, known)}：", keep_next=True)
        paper.quote(quotation(provision, known))
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
        quoted.update(dict.fromkeys([i for i in ids if known[i].text is not None][:1]))
        named.update(dict.fromkeys(ids))
    if labelled:
        quoted.update(dict.fromkeys(_ids(general, known, allowed)))
    rest = [i for i in named if i not in quoted]
    return Chosen(_in_order(known[i] for i in quoted), _in_order(known[i] for i in rest))


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
    names: dict[str, None] = {}
    for provision in provisions:
        note = NOT_LAW.get(provision.rank)
        names[full_name(provision, known) + (f"（{note}）" if note else "")] = None
    return "；".join(names)


def full_name(provision: Provision, known: Known) -> str:
    """Return 《…》第…条第…款第…项, with its last day in force where it is over."""
    ended = f"（施行至 {provision.in_force_to}）" if provision.in_force_to else ""
    return f"《{provision.instrument}》{provision.article or ''}{_part(provision, known)}{ended}"


def _part(provision: Provision, known: Known) -> str:
    """Return 第…款第…项; an article of one paragraph has items only."""
    found = _PART.match(provision.id)
    if found is None:
        return ""
    lone = len(_paragraphs(known.get(found["parent"]))) <= 1
    paragraph = "" if lone else f"第{numeral(int(found['paragraph']))}款"
    return paragraph + (f"第{numeral(int(found['item']))}项" if found["item"] else "")


def _paragraphs(article: Provision | None) -> list[str]:
    text = (article.text or "") if article else ""
    return [line for line in text.split("\n") if not line.startswith("（")]


def quotation(provision: Provision, known: Known) -> str:
    """Return the words; an item with the line above its list, what lies between marked ……."""
    text = provision.text or ""
    found = _PART.match(provision.id)
    if found is None or not found["item"]:
        return text
    paragraphs = _paragraphs(known.get(found["parent"]))
    place = int(found["paragraph"]) - 1
    if place >= len(paragraphs) or not paragraphs[place].endswith("："):
        return text
    gap = "" if found["item"] == "1" else "……\n"
    return f"{paragraphs[place]}\n{gap}{text}"
