"""What the rules propose of a message: by its words, and by when and how often it came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from smsdesk.domain.findings import HINTS, Proposal, Recipient, ViolationType
from smsdesk.domain.numbers import Sender
from smsdesk.rules.evaluating import facts_of, matched, traits_in
from smsdesk.rules.frequency import judge_times
from smsdesk.rules.matcher import Scan, Span, scan
from smsdesk.rules.normalise import Normalised
from smsdesk.rules.pack import RulePack
from smsdesk.rules.weighing import ANY, signs_of

__all__ = ["judge_text", "judge_times"]

_SHOWN = 3
"""Words and reasons quoted in one sentence; the highlighted spans show the rest."""


_WORDING = "整体措辞与已标注的同类短信相近（按词句权重推断，未命中单条规则）"
_BY_RECIPIENT = frozenset({ViolationType.PRIVACY_LEAK, ViolationType.THIRD_PARTY_CONTACT})
_CONCERNED = "concerned"
"""The trait of a text that speaks to somebody, or of a debt; without it a likeness is chance."""
_LAWFUL = frozenset({"court_notice", "code"})
"""Traits of messages of which only a rule, never a likeness, may say that they are unlawful."""


@dataclass(frozen=True, slots=True)
class _Found:
    rule: str
    why: str
    spans: tuple[Span, ...]


def judge_text(
    pack: RulePack,
    text: str,
    *,
    recipient: Recipient | None = None,
    sent_on: dt.date | None = None,
    sent_until: dt.date | None = None,
    sender: Sender | None = None,
) -> tuple[Proposal, ...]:
    """Return what the words of a received message propose, one proposal a label.

    *recipient* None: whether it went to a third person is inferred from the text. *sent_on* chooses
    the provisions (day in China), with *sent_until* those of a range; None gives those of all
    times. Spans are in *text*. Pure.
    """
    normalised = pack.normaliser(text)
    seen = scan(pack.lexicon, normalised)
    traits = traits_in(pack, seen, facts_of(text, recipient, sender))
    sums = _sums(pack, seen, traits)
    by_label = _found_by_rules(pack, seen, traits, sums, recipient == Recipient.THIRD)
    wording = _by_wording(pack, seen, traits, sums, by_label)
    return tuple(
        _proposal(pack, label, found, text, normalised, (sent_on, sent_until or sent_on))
        for label, found in (*by_label.items(), *wording.items())
    )


def hits_of(pack: RulePack, seen: Scan, traits: set[str]) -> set[ViolationType]:
    """Return the labels that rules alone give."""
    return {rule.label for rule in pack.rules if matched(rule.when, seen, traits)}


def _sums(pack: RulePack, seen: Scan, traits: set[str]) -> Mapping[str, int]:
    """Return how the wording as a whole weighs; empty where the pack has no weights."""
    if pack.weights is None or not seen.text:
        return {}
    return pack.weights.sums(seen.text, signs_of(pack.lexicon.groups_in(seen.found), traits))


def _borne_out(
    pack: RulePack, label: ViolationType, sums: Mapping[str, int], to_third: bool
) -> bool:
    """Say whether the wording as a whole does not speak against what a rule found.

    What rests on a person's word about the recipient cannot be told from the wording.
    """
    if pack.weights is None or label not in sums or (to_third and label in _BY_RECIPIENT):
        return True
    bars = pack.weights.bars
    return sums[ANY] >= bars.any_beside and sums[label] >= bars.beside


def _found_by_rules(
    pack: RulePack, seen: Scan, traits: set[str], sums: Mapping[str, int], to_third: bool
) -> dict[ViolationType, list[_Found]]:
    borne_out = {label: _borne_out(pack, label, sums, to_third) for label in pack.labels}
    by_label: dict[ViolationType, list[_Found]] = {}
    for rule in pack.rules:
        spans = matched(rule.when, seen, traits) if rule.sure or borne_out[rule.label] else ()
        if spans:
            by_label.setdefault(rule.label, []).append(_Found(rule.id, rule.why, spans))
    return by_label


def _by_wording(
    pack: RulePack,
    seen: Scan,
    traits: set[str],
    sums: Mapping[str, int],
    by_label: Container[ViolationType],
) -> dict[ViolationType, list[_Found]]:
    """Return what the wording as a whole says beyond the rules."""
    if pack.weights is None or not sums or sums[ANY] < pack.weights.bars.any_alone:
        return {}
    if _CONCERNED not in traits or not _LAWFUL.isdisjoint(traits):
        return {}
    weights, bars = pack.weights, pack.weights.bars.alone
    likely = [lb for lb in weights.labels if lb not in by_label and sums[lb] >= bars[lb]]
    spans = {label: tuple(weights.telling(seen.text, label)) for label in likely}
    return {lb: [_Found(f"{lb}.wording", _WORDING, told)] for lb, told in spans.items() if told}


def _proposal(
    pack: RulePack,
    label: ViolationType,
    found: Sequence[_Found],
    text: str,
    normalised: Normalised,
    sent: tuple[dt.date | None, dt.date | None],
) -> Proposal:
    spans = _telling(_joined(normalised.span(*span) for one in found for span in one.spans))
    return Proposal(
        label,
        found[0].rule,
        spans,
        _reason(pack.labels[label].name_zh, label, found, [text[a:b] for a, b in spans]),
        pack.provisions_for(label, *sent),
    )


def _reason(name: str, label: ViolationType, found: Sequence[_Found], words: Sequence[str]) -> str:
    quoted = "".join(f"“{word}”" for word in list(dict.fromkeys(words))[:_SHOWN])
    whys = "；".join(list(dict.fromkeys(one.why for one in found))[:_SHOWN])
    if label in HINTS:
        return f"命中{quoted}：{whys}（仅作提示，不是违规结论）。"
    return f"命中{quoted}：{whys}，涉嫌{name}。"


def _telling(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Leave out single characters ("你", "将") beside words: they tie a match, and tell nothing."""
    return tuple(span for span in spans if span[1] - span[0] > 1) or spans


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sort spans and put together those that touch or overlap."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
