"""Let the rules propose findings; what a person decided stays."""

from __future__ import annotations

from collections.abc import Sequence

from smsdesk.domain.findings import Proposal
from smsdesk.domain.messages import Message
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.screens import Direction
from smsdesk.domain.times import CHINA
from smsdesk.rules.judging import judge_text, judge_times
from smsdesk.rules.pack import RulePack, load_pack
from smsdesk.services.cases import actor, now
from smsdesk.services.jobs import Task
from smsdesk.storage.case_file import CaseFile


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
        changed = len(work.findings.replace_many(proposals, pack.identity))
        if changed:
            identity = {"pack": pack.identity.version, "pack_sha256": pack.identity.sha256}
            details = {**identity, "messages_changed": changed}
            work.custody.append("findings_proposed", details, actor(), now())
            work.commit()
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
