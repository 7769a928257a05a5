"""Judge what the words of each message say by themselves."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from smsdesk.domain.findings import (
    FindingState,
    Proposal,
    Recipient,
    ViolationType,
    rests_on_case,
)
from smsdesk.domain.messages import Message
from smsdesk.domain.rulings import Answer, Judgement
from smsdesk.domain.screens import Direction
from smsdesk.domain.times import CHINA
from smsdesk.rules.contexts import Pair, judge_pair
from smsdesk.rules.judging import judge_text
from smsdesk.services.packs import Packs

Proposals = dict[int, tuple[Proposal, ...]]
Labels = Mapping[int, frozenset[ViolationType]]


def recipient_of(message: Message, answers: Mapping[int, Answer]) -> Recipient | None:
    """Return whom a message went to as far as a person said so, of its thread or its phone."""
    answer = answers.get(message.thread_id)
    if answer is not None:
        return answer.recipient
    return Recipient.THIRD if message.recipient == Recipient.THIRD else None


def judge(packs: Packs, message: Message, recipient: Recipient | None) -> tuple[Proposal, ...]:
    """Return what the words of one received message propose; nothing for one that was sent."""
    if message.direction == Direction.OUT:
        return ()
    found = []
    for pack in (packs.bundled, *packs.added):
        proposals = judge_text(
            pack,
            message.text,
            recipient=recipient,
            sent_on=_china_day(message.sent.earliest),
            sent_until=_china_day(message.sent.latest),
            sender=message.sender,
        )
        found += [replace(proposal, pack=pack.identity) for proposal in proposals]
    return tuple(found)


def _inputs(message: Message, recipient: Recipient | None) -> str:
    """Hash what the judgement of one text depends on."""
    ends = (message.sent.earliest, message.sent.latest)
    days = [day.isoformat() if (day := _china_day(end)) else None for end in ends]
    facts = [message.text, message.direction, recipient, message.sender.raw, *days]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=True).encode()).hexdigest()


def stale_among(
    messages: Sequence[Message], answers: Mapping[int, Answer], judged: Mapping[int, Judgement]
) -> tuple[list[Message], dict[int, str]]:
    """Return the messages whose words were judged (*judged*) in another light, or never.

    Also, for each of them, the hash of what its judgement depends on.
    """
    inputs = {m.id: _inputs(m, recipient_of(m, answers)) for m in messages}
    known = {i: judgement.inputs for i, judgement in judged.items()}
    stale = [message for message in messages if known.get(message.id) != inputs[message.id]]
    return stale, inputs


def kept_labels(
    message: Message, proposals: Sequence[Proposal] | None = None
) -> frozenset[ViolationType]:
    """Return the labels that a message's own words have: proposed anew or kept, and decided.

    A label that a person rejected stands too: no rule is to say it again from another side.
    """
    own = [f for f in message.findings if not rests_on_case(f.proposal.rule)]
    if proposals is not None:
        own = [f for f in own if f.state != FindingState.PROPOSED]
    return frozenset(p.violation for p in (*(f.proposal for f in own), *(proposals or ())))


def judge_parts(packs: Packs, pair: Pair, recipient: Recipient | None, labels: Labels) -> Proposals:
    """Return what two parts of one text mean together beyond what each (*labels*) says alone."""
    found = judge_pair(packs.bundled, pair, recipient)
    return {
        i: tuple(p for p in parts if p.violation not in labels.get(i, frozenset()))
        for i, parts in found.items()
    }


def _china_day(moment: dt.datetime | None) -> dt.date | None:
    return moment.astimezone(CHINA).date() if moment else None
