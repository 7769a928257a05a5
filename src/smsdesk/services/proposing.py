"""Let the rules propose findings; what a person decided stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence

from smsdesk.domain.findings import PackIdentity, Proposal
from smsdesk.domain.messages import Message
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.screens import Direction
from smsdesk.domain.times import CHINA, SentTime
from smsdesk.rules.judging import judge_text, judge_times
from smsdesk.rules.pack import RulePack, load_pack
from smsdesk.rules.signature import signature_of
from smsdesk.services.cases import actor, now
from smsdesk.services.jobs import Task
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork

WITNESSES = 3
"""Messages that show that an institution collects; one is enough, were it not for slips."""


def propose(case: CaseFile, task: Task) -> int:
    """Judge all messages by the bundled rule pack; return how many messages' proposals changed."""
    pack = load_pack()
    with case.view() as work:
        messages = work.messages.get(work.messages.ids(MessageQuery()))
    by_time = judge_times(pack, messages)
    proposals: dict[int, Sequence[Proposal]] = {}
    for done, message in enumerate(messages):
        if done % 100 == 0:
            task.step(done, len(messages))
        proposals[message.id] = judge(pack, message) + by_time.get(message.id, ())
    with case.work() as work:
        changed = _keep(work, proposals, pack.identity)
        if changed:
            work.commit()
    return changed


def propose_within(work: UnitOfWork, changed: Collection[int]) -> int:
    """Judge the messages that changed, and those that are counted with them on their days.

    The others were judged before; a case of thousands is not gone through again. Return how many
    messages' proposals changed.
    """
    pack = load_pack()
    messages = work.messages.get(list(changed))
    senders = _institution(work, {message.sender.key for message in messages})
    witnesses = work.messages.get(work.messages.ids_with_violation(senders, limit=WITNESSES))
    # Whether senders collect is known by any one message; without one, by all they sent.
    days = {day for message in messages for day in _days(message.sent)} if witnesses else None
    beside = work.messages.get(work.messages.ids_of_senders(senders, days))
    judged = {message.id: message for message in [*beside, *messages]}
    by_time = judge_times(pack, [*{m.id: m for m in [*witnesses, *judged.values()]}.values()])
    proposals = {i: judge(pack, m) + by_time.get(i, ()) for i, m in judged.items()}
    return _keep(work, proposals, pack.identity)


def _institution(work: UnitOfWork, senders: set[str]) -> set[str]:
    """Return *senders* with all that sign as any of them does: they count together."""
    known: set[str] = set()
    while fresh := senders - known:
        known |= fresh
        texts = work.messages.signed_texts(fresh)
        signatures = {name for text in texts if (name := signature_of(text))}
        senders = known | {sender.key for sender in work.messages.senders_signing(signatures)}
    return known


def _days(sent: SentTime) -> Iterator[dt.date]:
    """Yield the days in China on which a message may have been sent, the first and the last."""
    for moment in (sent.earliest, sent.latest):
        if moment is not None:
            yield moment.astimezone(CHINA).date()


def _keep(work: UnitOfWork, proposals: Mapping[int, Sequence[Proposal]], pack: PackIdentity) -> int:
    changed = len(work.findings.replace_many(proposals, pack))
    if changed:
        identity = {"pack": pack.version, "pack_sha256": pack.sha256}
        details = {**identity, "messages_changed": changed}
        work.custody.append("findings_proposed", details, actor(), now())
    return changed


def judge(pack: RulePack, message: Message) -> tuple[Proposal, ...]:
    """Return what the words of one received message propose; nothing for one that was sent."""
    if message.direction == Direction.OUT:
        return ()
    earliest = message.sent.earliest
    sent_on = earliest.astimezone(CHINA).date() if earliest else None
    return judge_text(
        pack, message.text, recipient=message.recipient, sent_on=sent_on, sender=message.sender
    )
