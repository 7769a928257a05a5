"""Provisions in a letter: the chief ones word for word, the others by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from smsdesk.domain.findings import Provision
from smsdesk.report.citing import (
    NOT_LAW,
    ByNumber,
    Known,
    by_number,
    full_name,
    list_of,
    paragraphs_of,
    part_of,
    place_of,
)
from smsdesk.report.word.letter import LetterContent
from smsdesk.report.word.paper import Paper

_CRIMINAL = "criminal-law-"
"""Letters ask for a check; whether something is a crime is not for them to say."""


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
    for _, items in groupby(chosen.quoted, key=list_of):
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

    def key(provision: Provision) -> tuple[bool, str, ByNumber]:
        return provision.rank in NOT_LAW, provision.instrument, by_number(provision)

    return tuple(sorted(provisions, key=key))


def _names(provisions: Iterable[Provision], known: Known) -> str:
    """Return the names, the articles of one instrument together."""
    articles: dict[tuple[str, str], dict[str, None]] = {}
    for provision in provisions:
        note = NOT_LAW.get(provision.rank, "")
        ended = f"施行至 {provision.in_force_to}" if provision.in_force_to else ""
        remark = "，".join(part for part in (note, ended) if part)
        articles.setdefault((provision.instrument, remark), {})[place_of(provision, known)] = None
    return "；".join(
        f"《{instrument}》{'、'.join(places)}{f'（{remark}）' if remark else ''}"
        for (instrument, remark), places in articles.items()
    )


def quotation(items: Sequence[Provision], known: Known) -> str:
    """Return the words; items with the line above their list, what is left out marked ……."""
    parts: list[str] = []
    expected = 1
    for provision in items:
        found = part_of(provision)
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
    paragraphs = paragraphs_of(known.get(parent))
    if paragraph > len(paragraphs) or not paragraphs[paragraph - 1].endswith(("：", ":")):
        return []
    return [paragraphs[paragraph - 1]]
