"""What other messages give a meaning: 孩子几点放学？ from one who also collects; split texts.

A message that means nothing alone is read in the light of the rest of its institution: the pack's
[[context]] entries say which words then count, and the reason says that it rests on the context. A
long text that the network split in two is judged as one and its findings shown on the part where
their words stand.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from smsdesk.domain.findings import Proposal, Recipient, ViolationType
from smsdesk.domain.institutions import Institution
from smsdesk.domain.messages import Message
from smsdesk.domain.screens import Direction
from smsdesk.domain.times import CHINA
from smsdesk.rules.evaluating import facts_of, matched, traits_in
from smsdesk.rules.institutions import keys_of
from smsdesk.rules.judging import judge_text
from smsdesk.rules.matcher import scan
from smsdesk.rules.pack import Rule, RulePack

_APART = dt.timedelta(minutes=2)
"""Parts of one message are delivered together; retries of a part take up to a minute or two."""
_SPLIT_LENGTH = 60
"""A long message is split after 67 Chinese characters (70 less the header); some gateways cut a
few earlier."""
_COUNTED = 10
"""Messages around one that its reason counts; said exactly, every reason of a large institution
would be written anew with each message that comes."""
_ENDED = re.compile(r"[。！？!?…】]\s*\Z")
_MARKER = re.compile(r"[(（]?\s*([12])\s*/\s*2\s*[)）]?")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two messages that were one."""

    first: Message
    second: Message


def pairs_in(messages: Iterable[Message]) -> list[Pair]:
    """Return the received messages that follow each other as the parts of one long text.

    The messages of each thread must come in its order.
    """
    threads: dict[int, list[Message]] = defaultdict(list)
    for message in messages:
        threads[message.thread_id].append(message)
    return [pair for thread in threads.values() for pair in _pairs(thread)]


def _pairs(thread: Sequence[Message]) -> Iterator[Pair]:
    taken = 0
    for first, second in pairwise(thread):
        if first.id != taken and are_parts(first, second):
            taken = second.id
            yield Pair(first, second)


def are_parts(first: Message, second: Message) -> bool:
    """Say whether the second of two neighbours reads as the rest of the first."""
    if first.direction != Direction.IN or second.direction != Direction.IN:
        return False
    if first.sender.key != second.sender.key:
        return False
    marks = [_MARKER.search(message.text[:12] + message.text[-12:]) for message in (first, second)]
    if all(marks) and [m and m[1] for m in marks] == ["1", "2"]:
        return True
    if first.sent.minute is None or second.sent.minute is None:
        return False
    together = dt.timedelta(0) <= second.sent.minute - first.sent.minute <= _APART
    cut = len(first.text) >= _SPLIT_LENGTH and not _ENDED.search(first.text)
    return together and cut and not second.text.startswith("【")


def judge_pair(
    pack: RulePack, pair: Pair, recipient: Recipient | None
) -> dict[int, tuple[Proposal, ...]]:
    """Return, by message id, what the text of both parts together proposes."""
    whole = pair.first.text + pair.second.text
    earliest = pair.first.sent.earliest
    found = judge_text(
        pack,
        whole,
        recipient=recipient,
        sent_on=earliest.astimezone(CHINA).date() if earliest else None,
        sender=pair.first.sender,
    )
    cut = len(pair.first.text)
    return {
        pair.first.id: tuple(_on_part(p, 0, cut) for p in found if _touches(p, 0, cut)),
        pair.second.id: tuple(
            _on_part(p, cut, len(whole)) for p in found if _touches(p, cut, len(whole))
        ),
    }


def _touches(proposal: Proposal, start: int, end: int) -> bool:
    return any(a < end and b > start for a, b in proposal.spans)


def _on_part(proposal: Proposal, start: int, end: int) -> Proposal:
    spans = tuple(
        (max(a, start) - start, min(b, end) - start)
        for a, b in proposal.spans
        if a < end and b > start
    )
    reason = f"与相邻一条系同一长短信拆开，合并后判断：{proposal.reason}"
    return replace(proposal, rule=f"joined.{proposal.rule}", spans=spans, reason=reason)


def judge_contexts(
    pack: RulePack,
    messages: Sequence[Message],
    institutions: Sequence[Institution],
    collecting: Iterable[int],
    found: Mapping[int, frozenset[ViolationType]],
) -> dict[int, tuple[Proposal, ...]]:
    """Return what *messages* mean because their institution also collects.

    *collecting* are the ids of messages that are collection by themselves, *found* the labels that
    messages have already.
    """
    institution, numbers = keys_of(institutions), set(collecting)
    behind: dict[str, list[int]] = defaultdict(list)
    for message in messages:
        if message.id in numbers:
            behind[institution[message.sender.key]].append(message.id)
    proposals = {}
    for message in messages:
        others = [
            i for i in behind.get(institution.get(message.sender.key, ""), []) if i != message.id
        ]
        if others and message.direction == Direction.IN:
            proposals[message.id] = tuple(
                in_context(pack, message, len(others), found.get(message.id, frozenset()))
            )
    return {i: found for i, found in proposals.items() if found}


def counted_others(others: int) -> int:
    """Return the number of other messages as far as it makes a difference to any reason."""
    return min(others, _COUNTED + 1)


def in_context(
    pack: RulePack,
    message: Message,
    others: int,
    known: frozenset[ViolationType] = frozenset(),
) -> Iterator[Proposal]:
    """Yield what a message means beside *others* of its institution that are collection.

    Labels that are *known* of it already are not said again.
    """
    normalised = pack.normaliser(message.text)
    seen = scan(pack.lexicon, normalised)
    traits = traits_in(pack, seen, facts_of(message.text, message.recipient, message.sender))
    for rule in pack.contexts:
        spans = () if rule.label in known else matched(rule.when, seen, traits)
        if spans:
            places = tuple(sorted({normalised.span(*span) for span in spans}))
            yield Proposal(
                rule.label,
                rule.id,
                places,
                _reason(pack, rule, [message.text[a:b] for a, b in places], others),
                pack.provisions_for(rule.label, _day(message)),
            )


def _reason(pack: RulePack, rule: Rule, words: Sequence[str], others: int) -> str:
    quoted = "".join(f"“{word}”" for word in dict.fromkeys(words))
    count = f"{others}条" if others <= _COUNTED else f"{_COUNTED}条以上"
    return (
        f"命中{quoted}：单看本条不能判断；依据上下文，同一发送方另有催收短信{count}，"
        f"{rule.why}，涉嫌{pack.labels[rule.label].name_zh}，请人工判断。"
    )


def _day(message: Message) -> dt.date | None:
    earliest = message.sent.earliest
    return earliest.astimezone(CHINA).date() if earliest else None
