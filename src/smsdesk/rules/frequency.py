"""The label `frequent`: collection messages at night, and many of them on one day.

Only incoming collection messages count: those of senders that collect, without the verification
codes, statements, deliveries and court notices that may come from the same number. No rule or
standard sets a limit to messages a day; the pack's line is our own (自设，非法定标准).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from smsdesk.domain.days import day_of
from smsdesk.domain.findings import HINTS, Proposal, Recipient, ViolationType
from smsdesk.domain.institutions import Institution
from smsdesk.domain.messages import Message
from smsdesk.domain.night import is_night
from smsdesk.domain.screens import Direction
from smsdesk.domain.times import CHINA, SentTime, TimeBasis
from smsdesk.rules.deciding import decide
from smsdesk.rules.evaluating import facts_of, traits_in
from smsdesk.rules.institutions import institutions_in, keys_of
from smsdesk.rules.matcher import scan
from smsdesk.rules.pack import RulePack, Thresholds

NIGHT, CROWD = "frequent.night", "frequent.many"

_NOBODY: Mapping[str, str] = {}


def judge_times(
    pack: RulePack, messages: Sequence[Message], by_hand: Mapping[str, str] = _NOBODY
) -> dict[int, tuple[Proposal, ...]]:
    """Return, by message id, what time and number of the messages of a case propose.

    Messages are taken together by institution (*by_hand*: sender keys that a person named). A
    derived time counts only where its whole range fits.
    """
    institutions = institutions_in(messages, by_hand)
    counted = counted_messages(pack, messages, institutions)
    proposals: dict[int, list[Proposal]] = defaultdict(list)
    for message in counted:
        proposals[message.id] += judge_night(pack, message)
    for group in _crowds(counted, keys_of(institutions), pack.thresholds.many_a_day):
        for number, found in judge_crowd(pack, group).items():
            proposals[number] += found
    return {number: tuple(found) for number, found in proposals.items() if found}


def judge_night(pack: RulePack, message: Message) -> tuple[Proposal, ...]:
    """Return what the hour of a message that counts proposes."""
    if not at_night(message.sent, pack.thresholds):
        return ()
    reason = _night_reason(message.sent, pack.thresholds)
    return (_proposal(pack, NIGHT, reason, message),)


def judge_crowd(pack: RulePack, group: Sequence[Message]) -> dict[int, tuple[Proposal, ...]]:
    """Return what the number of messages of one day, institution and recipient proposes."""
    many = pack.thresholds.many_a_day
    if len(group) < many:
        return {}
    reason = _many_reason(group, many)
    return {message.id: (_proposal(pack, CROWD, reason, message),) for message in group}


def at_night(sent: SentTime, thresholds: Thresholds) -> bool:
    """Say whether the whole range of *sent* lies inside one night (end of night excluded)."""
    return is_night(sent, thresholds.night_from, thresholds.night_to)


def at_edge(sent: SentTime, thresholds: Thresholds) -> bool:
    """Say whether a known minute is one at which the night begins or ends."""
    edges = (thresholds.night_from, thresholds.night_to)
    return sent.minute is not None and sent.minute.astimezone(CHINA).time() in edges


def counted_messages(
    pack: RulePack,
    messages: Sequence[Message],
    institutions: Iterable[Institution],
    notify: Callable[[], None] = lambda: None,
) -> list[Message]:
    """Return the collection messages: received, of institutions that collect, no ordinary ones.

    *notify* is called before each message is judged; what it raises stops the counting.
    """
    incoming = [m for m in messages if m.direction == Direction.IN]
    institution = keys_of(institutions)
    collects = {}
    for message in incoming:
        notify()
        collects[message.id] = collects_by_itself(pack, message)
    collectors = {institution[m.sender.key] for m in incoming if collects[m.id]}
    return [
        m
        for m in incoming
        if institution[m.sender.key] in collectors and collects[m.id] is not None
    ]


def collecting_ids(pack: RulePack, messages: Iterable[Message]) -> list[int]:
    """Return the received messages that are collection by themselves."""
    return [m.id for m in messages if m.direction == Direction.IN and collects_by_itself(pack, m)]


def collects_by_itself(pack: RulePack, message: Message) -> bool | None:
    """Say whether a text is collection by itself; None for ordinary business (never counted)."""
    seen = scan(pack.lexicon, pack.normaliser(message.text))
    traits = traits_in(pack, seen, facts_of(message.text, message.recipient, message.sender))
    if "collection" in traits:
        return True
    to_third = message.recipient == Recipient.THIRD
    if not HINTS.issuperset(decide(pack, seen, traits, to_third=to_third)):
        return True
    return None if "everyday" in traits else False


def _crowds(
    counted: Iterable[Message], institutions: Mapping[str, str], many: int
) -> list[list[Message]]:
    """Return the groups of *many* or more on one day from one institution to one recipient."""
    groups: dict[tuple[str, str, dt.date], list[Message]] = defaultdict(list)
    for message in counted:
        day = day_of(message.sent)
        if day is not None:
            key = institutions[message.sender.key]
            groups[key, message.recipient, day].append(message)
    return [group for group in groups.values() if len(group) >= many]


def _night_reason(sent: SentTime, thresholds: Thresholds) -> str:
    window = f"{thresholds.night_from:%H:%M}至次日{thresholds.night_to:%H:%M}"
    how = {TimeBasis.DERIVED: "推算", TimeBasis.TYPED: "手填"}.get(sent.basis, "显示")
    clock = _clock(sent)
    edge = "，恰在边界" if at_edge(sent, thresholds) else ""
    return (
        f"夜间（{window}）收到催收短信：{how}的接收时间为{clock}{edge}；该时段参照国家标准和行业自律规范"
        "（并非法律规定），涉嫌频繁骚扰。"
    )


def _clock(sent: SentTime) -> str:
    moments = [m.astimezone(CHINA) for m in (sent.earliest, sent.latest) if m is not None]
    texts = dict.fromkeys(f"{moment:%Y-%m-%d %H:%M}" for moment in moments)
    return "至".join(texts)


def _many_reason(group: Sequence[Message], many: int) -> str:
    day = day_of(group[0].sent)
    numbers = len({message.sender.key for message in group})
    spread = f"（{numbers}个号码）" if numbers > 1 else ""
    return (
        f"同一发送方{spread}在{day}向同一收件人发来催收短信{len(group)}条，达到提示线{many}条"
        "（自设，非法定标准），涉嫌频繁骚扰。"
    )


def _proposal(pack: RulePack, rule: str, reason: str, message: Message) -> Proposal:
    earliest = message.sent.earliest
    on = earliest.astimezone(CHINA).date() if earliest else None
    provisions = pack.provisions_for(ViolationType.FREQUENT, on)
    return Proposal(ViolationType.FREQUENT, rule, (), reason, provisions)
