"""What only a person knows and rules need: whom a thread was sent to, which senders are one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smsdesk.domain.rulings import Answer
from smsdesk.services.cases import actor, now
from smsdesk.storage.case_file import CaseFile


def answers(case: CaseFile) -> tuple[dict[int, Answer], dict[str, str]]:
    """Return what a person said: by thread whom it was sent to, by sender its institution."""
    with case.view() as work:
        return work.rulings.answers(), work.rulings.institutions()


def unanswered_threads(case: CaseFile) -> list[int]:
    """Return the threads of which nobody has said yet whom they were sent to."""
    with case.view() as work:
        answered = work.rulings.answers()
        messages = work.messages.get(work.messages.ids())
    return [t for t in dict.fromkeys(m.thread_id for m in messages) if t not in answered]


def set_recipient(case: CaseFile, thread_id: int, answer: Answer) -> Answer | None:
    """Keep whom a thread was sent to; return the answer before. KeyError if there is no thread."""
    with case.work() as work:
        before = work.rulings.answers().get(thread_id)
        work.rulings.answer(thread_id, answer)
        details = recipient_details(thread_id, before, answer)
        work.custody.append("recipient_set", details, actor(), now())
        work.commit()
    return before


def set_institution(case: CaseFile, sender_keys: Sequence[str], name: str | None) -> None:
    """Put senders under the institution *name*, or (None) leave them to signatures and numbers."""
    with case.work() as work:
        before = {key: work.rulings.assign(key, name) for key in sender_keys}
        details = institution_details(before, name)
        work.custody.append("institution_set", details, actor(), now())
        work.commit()


def recipient_details(
    thread_id: int, before: Answer | None, after: Answer | None
) -> dict[str, object]:
    """Return what the log tells of an answer about a thread."""
    return {
        "thread": thread_id,
        "before": None if before is None else before.recipient.value,
        "after": None if after is None else after.recipient.value,
        "relation": "" if after is None else after.relation,
    }


def institution_details(before: Mapping[str, str | None], after: str | None) -> dict[str, object]:
    """Return what the log tells of senders (keys of *before*) put under an institution."""
    return {"before": dict(before), "after": after}
