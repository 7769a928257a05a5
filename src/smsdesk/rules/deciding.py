"""Which of a pack's rules count for a text: what they find, and how the wording as a whole weighs.

A rule that matches counts unless the wording as a whole speaks against it: the text is close to
lawful ones, and the match is chance. A cue (words that are too little by themselves: 你爸妈, 上门)
counts only where the wording is close to labelled texts. So every proposal rests on words with a
stated meaning, and the weights never propose anything by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from smsdesk.domain.findings import ViolationType
from smsdesk.rules.evaluating import holds, matched
from smsdesk.rules.matcher import Scan, Span
from smsdesk.rules.pack import Rule, RulePack
from smsdesk.rules.weighing import ANY

_ALL = frozenset(ViolationType)
BY_RECIPIENT = frozenset({ViolationType.PRIVACY_LEAK, ViolationType.THIRD_PARTY_CONTACT})
"""Labels that may hang on who reads the message."""


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
    if pack.weigher is None or not seen.text:
        return _found(pack.rules, seen, traits)
    sums = pack.weigher.sums(seen.text, seen.present, traits)
    bars = pack.weigher.bars
    unweighed = _ALL - sums.keys()
    borne_out = _reached(sums, bars.beside, bars.any_beside) | unweighed
    if to_third:  # what rests on a person's word cannot be told from the wording
        borne_out |= BY_RECIPIENT
    by_label = _found([r for r in pack.rules if r.sure or r.label in borne_out], seen, traits)
    likely = _reached(sums, bars.alone, bars.any_alone)
    if likely:  # a cue of a label without weights needs a text that is close to any other
        likely |= unweighed
    likely -= by_label.keys()
    return by_label | _found([cue for cue in pack.cues if cue.label in likely], seen, traits)


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


def _reached(sums: Mapping[str, int], bars: Mapping[str, int], any_bar: int) -> Set[str]:
    """Return the labels to which the wording as a whole comes close enough."""
    if sums[ANY] < any_bar:
        return set()
    return {label for label, bar in bars.items() if sums[label] >= bar}
