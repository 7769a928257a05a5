"""Let the rules propose findings; what a person decided stays.

What is proposed of a text depends on the text, its time, sender and recipient, and on the packs.
The case keeps a hash of both for each message, so that after an import or a correction only what
changed is judged anew. A new pack judges new messages; old ones wait until somebody has seen what
would change (`preview`) and said so (`adopt`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from smsdesk.domain.findings import ProposalChange, rests_on_case
from smsdesk.domain.messages import Message
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.rulings import Answer, Judgement
from smsdesk.rules.bearing import bearing_of
from smsdesk.rules.contexts import judge_contexts, pairs_in
from smsdesk.rules.frequency import collecting_ids
from smsdesk.rules.institutions import institutions_in
from smsdesk.rules.judging import judge_times
from smsdesk.services.cases import actor, now
from smsdesk.services.jobs import Task
from smsdesk.services.packs import PackPlan, Packs, packs_of
from smsdesk.services.rejudging import judge_touched
from smsdesk.services.text_judging import (
    Labels,
    Proposals,
    judge,
    judge_parts,
    kept_labels,
    recipient_of,
    stale_among,
)
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork


def propose(case: CaseFile, task: Task) -> int:
    """Judge what is new or was changed; return how many messages' proposals changed.

    Messages that an earlier pack judged keep its proposals; `preview` shows what would change.
    """
    with case.work() as work:
        changed = propose_within(work, packs_of(case), task)
        work.commit()
    return changed


def propose_within(work: UnitOfWork, packs: Packs, task: Task) -> int:
    """Judge what is due as a part of *work*, which the caller commits; return as `propose` does.

    What messages mean to one another is kept, so that only those are read again to which the ones
    that are due mean something. Where other packs found what is kept, all are.
    """
    due = work.bearings.due()
    if due.everything or not work.bearings.rest_on(packs.fingerprint):
        return _judge_and_keep(work, packs, task, everything=False)
    changed = judge_touched(work, packs, task, due)
    _log(work, packs, changed)
    return len(changed)


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
    by_text = _by_text(packs, desk, desk.messages, task)
    by_case = _by_case(packs, desk, _labels(desk, by_text))
    changes: dict[int, ProposalChange] = {}
    with case.view() as work:
        both = ((by_text, _alone), (by_case, rests_on_case))
        for proposals, within in both:
            for change in work.findings.compare_many(proposals, packs.bundled.identity, within):
                changes[change.message_id] = _together(changes.get(change.message_id), change)
    return list(changes.values())


def outdated(case: CaseFile) -> int:
    """Return how many messages were judged by other packs than those now in use."""
    now_in_use = packs_of(case).fingerprint
    with case.view() as work:
        return sum(j.packs != now_in_use for j in work.rulings.judgements().values())


@dataclass(frozen=True, slots=True)
class _Desk:
    """All that judging looks at, read in one go; `order`: each thread's messages in its order."""

    messages: Sequence[Message]
    order: Sequence[int]
    answers: Mapping[int, Answer]
    by_hand: Mapping[str, str]

    @classmethod
    def of(cls, work: UnitOfWork) -> _Desk:
        return cls(
            work.messages.get(work.messages.ids(MessageQuery())),
            work.messages.in_thread_order(),
            work.rulings.answers(),
            work.rulings.institutions(),
        )

    def in_threads(self) -> list[Message]:
        by_id = {message.id: message for message in self.messages}
        return [by_id[i] for i in self.order]


def _judge_and_keep(work: UnitOfWork, packs: Packs, task: Task, *, everything: bool) -> int:
    desk = _Desk.of(work)
    judged = work.rulings.judgements()
    stale, inputs = stale_among(desk.messages, desk.answers, {} if everything else judged)
    by_text = _by_text(packs, desk, stale, task)
    changed = {*work.findings.replace_many(by_text, packs.bundled.identity, _alone)}
    by_case = _by_case(packs, desk, _labels(desk, by_text))
    changed |= {*work.findings.replace_many(by_case, packs.bundled.identity, rests_on_case)}
    work.rulings.note_judgements({i: Judgement(inputs[i], packs.fingerprint) for i in by_text})
    _keep_bearings(work, packs, desk.messages)
    _log(work, packs, changed)
    return len(changed)


def _keep_bearings(work: UnitOfWork, packs: Packs, messages: Sequence[Message]) -> None:
    bearings = (bearing_of(packs.bundled, packs.timing, message) for message in messages)
    kept = [bearing for bearing in bearings if bearing]
    work.bearings.keep(kept, [message.id for message in messages], packs.fingerprint)
    work.bearings.settle_due()


def _by_text(packs: Packs, desk: _Desk, messages: Sequence[Message], task: Task) -> Proposals:
    proposals: Proposals = {}
    for done, message in enumerate(messages):
        if done % 100 == 0:
            task.step(done, len(messages))
        proposals[message.id] = judge(packs, message, recipient_of(message, desk.answers))
    return proposals


def _labels(desk: _Desk, by_text: Proposals) -> Labels:
    """Return what is said of each message's own words: *by_text*, else kept."""
    return {m.id: kept_labels(m, by_text.get(m.id)) for m in desk.messages}


def _by_case(packs: Packs, desk: _Desk, labels: Labels) -> Proposals:
    """Return what messages propose in the light of the others: time, number, context, parts."""
    proposals: Proposals = {m.id: () for m in desk.messages}
    for found in (
        judge_times(packs.timing, desk.messages, desk.by_hand),
        _by_context(packs, desk, labels),
        *(
            judge_parts(packs, pair, recipient_of(pair.first, desk.answers), labels)
            for pair in pairs_in(desk.in_threads())
        ),
    ):
        for message_id, more in found.items():
            proposals[message_id] += more
    return proposals


def _by_context(packs: Packs, desk: _Desk, labels: Labels) -> Proposals:
    institutions = institutions_in(desk.messages, desk.by_hand)
    collecting = collecting_ids(packs.bundled, desk.messages)
    return judge_contexts(packs.bundled, desk.messages, institutions, collecting, labels)


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


def _log(work: UnitOfWork, packs: Packs, changed: Collection[int]) -> None:
    if changed:
        work.custody.append("findings_proposed", _details(packs, len(changed)), actor(), now())


def _details(packs: Packs, changed: int) -> dict[str, object]:
    identity = packs.bundled.identity
    details: dict[str, object] = {"pack": identity.version, "pack_sha256": identity.sha256}
    if packs.added:
        details["added_packs"] = {p.identity.version: p.identity.sha256 for p in packs.added}
    return {**details, "messages_changed": changed}
