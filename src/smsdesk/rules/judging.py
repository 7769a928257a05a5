"""What the rules propose of a message: by its words, and by when and how often it came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from smsdesk.domain.findings import HINTS, Proposal, Recipient, ViolationType
from smsdesk.domain.numbers import Sender
from smsdesk.rules.deciding import Found, decide
from smsdesk.rules.evaluating import facts_of, traits_in
from smsdesk.rules.frequency import judge_times
from smsdesk.rules.matcher import Span, scan
from smsdesk.rules.normalise import Normalised
from smsdesk.rules.pack import RulePack

__all__ = ["judge_text", "judge_times"]

_SHOWN = 3
"""Words and reasons quoted in one sentence; the highlighted spans show the rest."""
_STOPS = " ，。、；：！？,.;:!?"
_BY_WORDING = "（单看这些词句还不够，全文措辞与已标注的同类短信相近，请结合全文判断）"


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
    by_label = decide(pack, seen, traits, to_third=recipient == Recipient.THIRD)
    return tuple(
        _proposal(pack, label, found, text, normalised, (sent_on, sent_until or sent_on))
        for label, found in by_label.items()
    )


def _proposal(
    pack: RulePack,
    label: ViolationType,
    found: Sequence[Found],
    text: str,
    normalised: Normalised,
    sent: tuple[dt.date | None, dt.date | None],
) -> Proposal:
    joined = _joined(normalised.span(*span) for one in found for span in one.spans)
    spans = _telling(tuple(_without_stops(text, span) for span in joined))
    return Proposal(
        label,
        found[0].rule.id,
        spans,
        _reason(pack.labels[label].name_zh, label, found, [text[a:b] for a, b in spans]),
        pack.provisions_for(label, *sent),
    )


def _reason(name: str, label: ViolationType, found: Sequence[Found], words: Sequence[str]) -> str:
    quoted = "".join(f"“{word}”" for word in list(dict.fromkeys(words))[:_SHOWN])
    whys = "；".join(list(dict.fromkeys(one.rule.why for one in found))[:_SHOWN])
    if label in HINTS:
        return f"命中{quoted}：{whys}（仅作提示，不是违规结论）。"
    limit = _BY_WORDING if all(one.rule.cue for one in found) else ""
    return f"命中{quoted}：{whys}{limit}，涉嫌{name}。"


def _without_stops(text: str, span: Span) -> Span:
    """Leave out the stops by which a word was told from another: “，老赖” quotes 老赖 alone."""
    word = text[slice(*span)]
    bare = word.strip(_STOPS)
    start = span[0] + word.index(bare)
    return (start, start + len(bare)) if bare else span


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
