"""What a person decides about messages and findings; every step can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from smsdesk.domain.changes import Change, FindingDecision, MessageReview
from smsdesk.domain.findings import FindingState
from smsdesk.domain.messages import Message, ReviewState
from smsdesk.services.cases import actor, now
from smsdesk.services.jobs import Task
from smsdesk.services.joining import apply_join
from smsdesk.services.packs import packs_of
from smsdesk.services.proposing import propose_within
from smsdesk.storage.case_file import CaseFile


def plan_decision(messages: Iterable[Message], ids: Sequence[int], state: FindingState) -> Change:
    """Return the change that brings the findings with these *ids* into *state*."""
    wanted = set(ids)
    findings = [f for m in messages for f in m.findings if f.id in wanted and f.state != state]
    return Change(tuple(FindingDecision(f.id, f.message_id, f.state, state) for f in findings))


def plan_review(messages: Iterable[Message], state: ReviewState) -> Change:
    """Return the change that marks *messages* as reviewed, or as new again."""
    return Change(
        reviews=tuple(MessageReview(m.id, m.state, state) for m in messages if m.state != state)
    )


def plan_acceptance(message: Message) -> Change:
    """Return the change that confirms a message's open proposals and marks it as reviewed."""
    proposed = [f.id for f in message.findings if f.state == FindingState.PROPOSED]
    decision = plan_decision([message], proposed, FindingState.CONFIRMED)
    return Change(decision.decisions, plan_review([message], ReviewState.REVIEWED).reviews)


def apply(case: CaseFile, change: Change) -> tuple[int, ...]:
    """Carry out *change* in one transaction with its custody entry; return the messages touched."""
    with case.work() as work:
        for decision in change.decisions:
            work.findings.set_state(decision.finding_id, decision.after)
        for review in change.reviews:
            work.messages.set_state(review.message_id, review.after)
        touched = [i for join in change.joins for i in apply_join(work, join)]
        if change.joins:
            propose_within(work, packs_of(case), Task())
            work.custody.append("joined_by_hand", _join_details(change), actor(), now())
        if change.decisions or change.reviews:
            work.custody.append("review", _details(change), actor(), now())
        work.commit()
    return tuple(dict.fromkeys((*change.message_ids, *touched)))


def _join_details(change: Change) -> dict[str, object]:
    return {
        "threads": [
            {
                "thread": join.thread_id,
                "messages": list(join.message_ids),
                "before": [asdict(decision) for decision in join.before],
                "after": [asdict(decision) for decision in join.after],
            }
            for join in change.joins
        ]
    }


def _details(change: Change) -> dict[str, object]:
    return {
        "findings": [
            {"finding": d.finding_id, "message": d.message_id, "before": d.before, "after": d.after}
            for d in change.decisions
        ],
        "messages": [
            {"message": r.message_id, "before": r.before, "after": r.after} for r in change.reviews
        ],
    }
