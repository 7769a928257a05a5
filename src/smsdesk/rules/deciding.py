"""Which of a pack's rules count for a text: what they find, and how the wording as a whole weighs.

A rule that matches counts unless the wording as a whole speaks against it: the text is close to
lawful ones, and the match is chance. A cue (words that are too little by themselves: 你爸妈, 上门)
counts only where the wording is close to labelled texts. So every proposal rests on words with a
stated meaning, and the weights never propose anything by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from smsdesk.domain.findings import ViolationType
from smsdesk.rules.evaluating import holds, matched, within_reach
from smsdesk.rules.matcher import Scan, Span
from smsdesk.rules.pack import Rule, RulePack
from smsdesk.rules.weighing import ANY, Bars

_BY_RECIPIENT = frozenset({ViolationType.PRIVACY_LEAK, ViolationType.THIRD_PARTY_CONTACT})


@dataclass(frozen=True, slots=True)
class Found:
    """A rule and the spans, in the normalised text, of the words that it rests on."""

    rule: Rule
    spans: tuple[Span, ...]


ByLabel = dict[ViolationType, list[Found]]


def decide(pack: RulePack, seen: Scan, traits: set[str], *, to_third: bool) -> ByLabel:
    """Return the rules that count, by label; cues only for labels that no other rule gives.

    *to_third*: a person said that the message went to a third person.
    """
    within = within_reach(pack.rules, seen, traits)
    rules = [rule for rule in within if holds(rule.when, seen, traits)]
    if pack.weigher is None or not seen.text:
        return _found(rules, seen, traits)
    cues = within_reach(pack.cues, seen, traits)
    if not rules and not cues:  # so it is with most ordinary messages: nothing to weigh
        return {}
    sums = pack.weigher.sums(seen.text, seen.present, traits)
    bars = pack.weigher.bars
    by_label = _found([r for r in rules if _stands(r, sums, bars, to_third)], seen, traits)
    likely = [cue for cue in cues if _likely(cue, sums, bars) and cue.label not in by_label]
    return by_label | _found(likely, seen, traits)


def rules_that_hold(pack: RulePack, seen: Scan, traits: set[str]) -> list[Rule]:
    """Return the rules and cues that find something, before the wording as a whole is weighed."""
    return [rule for rule in (*pack.rules, *pack.cues) if holds(rule.when, seen, traits)]


def _found(rules: Iterable[Rule], seen: Scan, traits: set[str]) -> ByLabel:
    by_label: ByLabel = {}
    for rule in rules:
        spans = matched(rule.when, seen, traits)
        if spans:
            by_label.setdefault(rule.label, []).append(Found(rule, spans))
    return by_label


def _stands(rule: Rule, sums: Mapping[str, int], bars: Bars, to_third: bool) -> bool:
    """Say whether the wording as a whole does not speak against what a rule found.

    What rests on a person's word about the recipient cannot be told from the wording.
    """
    if rule.sure or rule.label not in sums or (to_third and rule.label in _BY_RECIPIENT):
        return True
    return sums[ANY] >= bars.any_beside and sums[rule.label] >= bars.beside[rule.label]


def _likely(cue: Rule, sums: Mapping[str, int], bars: Bars) -> bool:
    return sums[ANY] >= bars.any_alone and sums[cue.label] >= bars.alone[cue.label]
