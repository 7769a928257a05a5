"""Let the rules propose findings; what a person decided stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from smsdesk.domain.findings import PackIdentity, Proposal
from smsdesk.domain.messages import Message
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.screens import Direction
from smsdesk.domain.times import CHINA
from smsdesk.rules.judging import judge_text, judge_times
from smsdesk.rules.pack import RulePack, load_pack
from smsdesk.rules.signature import signature_of
from smsdesk.services.cases import actor, now
from smsdesk.services.jobs import Task
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork


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
    """Judge the messages that changed, and those whose number on a day they change.

    The others were judged before; a case of thousands is not gone through again. Return how many
    messages' proposals changed.
    """
    pack = load_pack()
    proposals: dict[int, Sequence[Proposal]] = {}
    beside = _beside(work, work.messages.get(list(changed)))
    by_time = judge_times(pack, beside)
    for message in beside:
        proposals[message.id] = judge(pack, message) + by_time.get(message.id, ())
    return _keep(work, proposals, pack.identity)


def _beside(work: UnitOfWork, changed: Sequence[Message]) -> list[Message]:
    """Return all messages of the institutions that sent those that changed.

    Senders of one institution sign alike; so do not only the messages of a sender count together.
    """
    known: set[str] = set()
    senders = {message.sender.key for message in changed}
    messages: dict[int, Message] = {message.id: message for message in changed}
    while senders - known:
        found = work.messages.get(work.messages.ids_of_senders(senders - known))
        known |= senders
        messages |= {message.id: message for message in found}
        signatures = {name for message in found if (name := signature_of(message.text))}
        senders |= {sender.key for sender in work.messages.senders_signing(signatures)}
    return list(messages.values())


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
