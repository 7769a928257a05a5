"""Let the rules propose findings; what a person decided stays.

What is proposed of a text depends on the text, its time, sender and recipient, and on the packs.
The case keeps a hash of both for each message, so that after an import or a correction only what
changed is judged anew. A new pack judges new messages; old ones wait until somebody has seen what
would change (`preview`) and said so (`adopt`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from smsdesk.domain.findings import (
    FindingState,
    Proposal,
    ProposalChange,
    Recipient,
    ViolationType,
    rests_on_case,
)
from smsdesk.domain.messages import Message
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.rulings import Answer, Judgement
from smsdesk.domain.screens import Direction
from smsdesk.domain.times import CHINA
from smsdesk.rules.contexts import Pair, judge_contexts, judge_pair, pairs_in
from smsdesk.rules.frequency import collecting_ids
from smsdesk.rules.institutions import institutions_in
from smsdesk.rules.judging import judge_text, judge_times
from smsdesk.rules.pack import RulePack
from smsdesk.services.cases import actor, now
from smsdesk.services.jobs import Task
from smsdesk.services.packs import PackPlan, Packs, packs_of
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork

Proposals = dict[int, tuple[Proposal, ...]]


def propose(case: CaseFile, task: Task) -> int:
    """Judge what is new or was changed; return how many messages' proposals changed.

    Messages that an earlier pack judged keep its proposals; `preview` shows what would change.
    """
    with case.work() as work:
        changed = propose_within(work, packs_of(case), task)
        work.commit()
    return changed


def propose_within(work: UnitOfWork, packs: Packs, task: Task) -> int:
    """Judge what is new or was changed as a part of *work*, which the caller commits."""
    return _judge_and_keep(work, packs, task, everything=False)


def adopt(case: CaseFile, task: Task) -> int:
    """Judge all messages by the packs now in use; return how many messages' proposals changed."""
    with case.work() as work:
        changed = _judge_and_keep(work, packs_of(case), task, everything=True)
        work.commit()
    return changed


def preview(case: CaseFile, task: Task, plan: PackPlan = PackPlan()) -> list[ProposalChange]:  # noqa: B008 - frozen
    """Return what `adopt` would change once *plan* is carried out, and change nothing."""
    packs = packs_of(case, plan)
    with case.view() as work:
        desk = _Desk.of(work)
    by_text = _by_text(packs, desk, [m.id for m in desk.messages], task)
    changes: dict[int, ProposalChange] = {}
    with case.view() as work:
        both = ((by_text, _alone), (_by_case(packs, desk, by_text), rests_on_case))
        for proposals, within in both:
            for change in work.findings.compare_many(proposals, packs.bundled.identity, within):
                changes[change.message_id] = _together(changes.get(change.message_id), change)
    return list(changes.values())


def outdated(case: CaseFile) -> int:
    """Return how many messages were judged by other packs than those now in use."""
    now_in_use = packs_of(case).fingerprint
    with case.view() as work:
        return sum(j.packs != now_in_use for j in work.rulings.judgements().values())


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


@dataclass(frozen=True, slots=True)
class _Desk:
    """All that judging looks at, read in one go."""

    messages: Sequence[Message]
    answers: Mapping[int, Answer]
    by_hand: Mapping[str, str]
    judged: Mapping[int, Judgement]

    @classmethod
    def of(cls, work: UnitOfWork) -> _Desk:
        return cls(
            work.messages.get(work.messages.ids(MessageQuery())),
            work.rulings.answers(),
            work.rulings.institutions(),
            work.rulings.judgements(),
        )

    def recipient(self, message: Message) -> Recipient | None:
        """Return whom a message went to as far as a person said so, of its thread or its phone."""
        answer = self.answers.get(message.thread_id)
        if answer is not None:
            return answer.recipient
        return Recipient.THIRD if message.recipient == Recipient.THIRD else None


def _judge_and_keep(work: UnitOfWork, packs: Packs, task: Task, *, everything: bool) -> int:
    desk = _Desk.of(work)
    inputs = {m.id: _inputs(m, desk.recipient(m)) for m in desk.messages}
    stale = [i for i, text in inputs.items() if everything or not _is_current(desk, i, text)]
    by_text = _by_text(packs, desk, stale, task)
    changed = {*work.findings.replace_many(by_text, packs.bundled.identity, _alone)}
    known = by_text if everything else {**_kept(work, desk, stale), **by_text}
    by_case = _by_case(packs, desk, known)
    changed |= {*work.findings.replace_many(by_case, packs.bundled.identity, rests_on_case)}
    judged = {i: Judgement(inputs[i], packs.fingerprint) for i in stale}
    work.rulings.note_judgements(judged)
    if changed:
        work.custody.append("findings_proposed", _details(packs, len(changed)), actor(), now())
    return len(changed)


def _is_current(desk: _Desk, message_id: int, inputs: str) -> bool:
    judged = desk.judged.get(message_id)
    return judged is not None and judged.inputs == inputs


def _inputs(message: Message, recipient: Recipient | None) -> str:
    """Hash what the judgement of one text depends on."""
    ends = (message.sent.earliest, message.sent.latest)
    days = [day.isoformat() if (day := _china_day(end)) else None for end in ends]
    facts = [message.text, message.direction, recipient, message.sender.raw, *days]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=True).encode()).hexdigest()


def _by_text(packs: Packs, desk: _Desk, ids: Iterable[int], task: Task) -> Proposals:
    wanted = set(ids)
    chosen = [message for message in desk.messages if message.id in wanted]
    proposals: Proposals = {}
    for done, message in enumerate(chosen):
        if done % 100 == 0:
            task.step(done, len(chosen))
        proposals[message.id] = judge(packs, message, desk.recipient(message))
    return proposals


def _kept(work: UnitOfWork, desk: _Desk, judged: Sequence[int]) -> Proposals:
    """Return what is kept of the texts that were not judged anew."""
    anew = set(judged)
    return {
        m.id: tuple(
            f.proposal
            for f in m.findings
            if f.state != FindingState.REJECTED and not rests_on_case(f.proposal.rule)
        )
        for m in desk.messages
        if m.id not in anew
    }


def _by_case(packs: Packs, desk: _Desk, by_text: Proposals) -> Proposals:
    """Return what messages propose in the light of the others: time, number, context, parts."""
    pack = packs.bundled
    proposals: dict[int, tuple[Proposal, ...]] = {m.id: () for m in desk.messages}
    for found in (
        judge_times(packs.timing, desk.messages, desk.by_hand),
        _by_context(pack, desk, by_text),
        *(_of_pair(pack, desk, pair, by_text) for pair in pairs_in(desk.messages)),
    ):
        for message_id, more in found.items():
            proposals[message_id] += more
    return proposals


def _by_context(pack: RulePack, desk: _Desk, by_text: Proposals) -> Proposals:
    labels: dict[int, frozenset[ViolationType]] = {
        i: frozenset(p.violation for p in found) for i, found in by_text.items()
    }
    institutions = institutions_in(desk.messages, desk.by_hand)
    collecting = collecting_ids(pack, desk.messages)
    return judge_contexts(pack, desk.messages, institutions, collecting, labels)


def _of_pair(pack: RulePack, desk: _Desk, pair: Pair, by_text: Proposals) -> Proposals:
    """Return what two parts of one text mean together beyond what each says alone."""
    found = judge_pair(pack, pair, desk.recipient(pair.first))
    return {
        i: tuple(p for p in parts if p.violation not in {q.violation for q in by_text.get(i, ())})
        for i, parts in found.items()
    }


def _alone(rule: str) -> bool:
    return not rests_on_case(rule)


def _together(first: ProposalChange | None, second: ProposalChange) -> ProposalChange:
    if first is None:
        return second
    return ProposalChange(
        first.message_id,
        first.added + second.added,
        first.removed + second.removed,
        first.reworded + second.reworded,
    )


def _details(packs: Packs, changed: int) -> dict[str, object]:
    identity = packs.bundled.identity
    details: dict[str, object] = {"pack": identity.version, "pack_sha256": identity.sha256}
    if packs.added:
        details["added_packs"] = {p.identity.version: p.identity.sha256 for p in packs.added}
    return {**details, "messages_changed": changed}


def _china_day(moment: dt.datetime | None) -> dt.date | None:
    return moment.astimezone(CHINA).date() if moment else None
