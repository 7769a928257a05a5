"""What a person decides about messages and findings; every step can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import partial

from smsdesk.domain.changes import (
    Change,
    Field,
    FieldEdit,
    FieldValue,
    FindingDecision,
    InstitutionChange,
    MessageReview,
    RecipientChange,
    together,
)
from smsdesk.domain.findings import BY_HAND, Finding, FindingState, Proposal, ViolationType
from smsdesk.domain.messages import Message, ReviewState
from smsdesk.domain.numbers import Sender
from smsdesk.domain.rulings import Answer
from smsdesk.domain.screens import Direction
from smsdesk.domain.times import CHINA, SentTime
from smsdesk.domain.typed import typed_time
from smsdesk.services.asking import institution_details, recipient_details
from smsdesk.services.cases import actor, now
from smsdesk.services.conversations import apply_conversation, apply_moves
from smsdesk.services.jobs import Task
from smsdesk.services.joining import apply_join
from smsdesk.services.own_lines import apply_lines
from smsdesk.services.packs import packs_of, packs_within
from smsdesk.services.proposing import propose_within
from smsdesk.services.removing import apply_removals
from smsdesk.services.rows import moment
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork
from smsdesk.wording import say

# --- what is to be changed ------------------------------------------------------------------------


def plan_decision(messages: Iterable[Message], ids: Sequence[int], state: FindingState) -> Change:
    """Return the change that brings the findings with these *ids* into *state*."""
    wanted = set(ids)
    found = (f for m in messages for f in m.findings if f.id in wanted and f.state != state)
    return Change(tuple(_decision(finding, state) for finding in found))


def plan_review(messages: Iterable[Message], state: ReviewState) -> Change:
    """Return the change that marks *messages* as reviewed, or as new again."""
    return Change(
        reviews=tuple(MessageReview(m.id, m.state, state) for m in messages if m.state != state)
    )


def plan_acceptance(message: Message) -> Change:
    """Return the change that confirms a message's open proposals and marks it as reviewed."""
    proposed = [f.id for f in message.findings if f.state == FindingState.PROPOSED]
    decision = plan_decision([message], proposed, FindingState.CONFIRMED)
    return decision + plan_review([message], ReviewState.REVIEWED)


def has_label(message: Message, violation: ViolationType) -> bool:
    """Say whether a label was confirmed or put on by hand."""
    return any(
        f.proposal.violation == violation and f.state == FindingState.CONFIRMED
        for f in message.findings
    )


def plan_label(messages: Iterable[Message], violation: ViolationType, *, on: bool) -> Change:
    """Return the change that puts a label on messages, or takes it off.

    On confirms what rules say of the label, else puts it on by hand. Off rejects what rules say,
    and removes what was put on by hand.
    """
    plan = _label_on if on else _label_off
    return Change(tuple(d for message in messages for d in plan(message, violation)))


def _label_on(message: Message, violation: ViolationType) -> Iterable[FindingDecision]:
    if has_label(message, violation):
        return ()
    said = [f for f in message.findings if f.proposal.violation == violation]
    if said:
        return [_decision(finding, FindingState.CONFIRMED) for finding in said]
    return [FindingDecision(message.id, violation, BY_HAND, None, FindingState.CONFIRMED)]


def _label_off(message: Message, violation: ViolationType) -> Iterable[FindingDecision]:
    return [
        _decision(f, None if f.proposal.rule == BY_HAND else FindingState.REJECTED)
        for f in message.findings
        if f.proposal.violation == violation and f.state != FindingState.REJECTED
    ]


def plan_text(message: Message, text: str) -> Change:
    """Return the change that makes *text* a person's reading of a message.

    The machine's own text, or an empty one, takes a correction back: a blank never wipes a text.
    """
    kept = None if text in ("", message.machine_text) or not text.strip() else text
    return _edits([(message, message.corrected_text, kept)], Field.TEXT)


def plan_time(messages: Iterable[Message], sent: SentTime | None) -> Change:
    """Return the change that gives messages a typed time; None goes back to the screens'."""
    before = [(m, m.sent if m.machine_sent else None) for m in messages]
    labels = {m.id: m.machine_sent.label if m.machine_sent else m.sent.label for m, _ in before}
    return _edits(
        [(m, old, sent and _with_label(sent, labels[m.id])) for m, old in before], Field.TIME
    )


def _with_label(sent: SentTime, label: str | None) -> SentTime:
    return SentTime(sent.earliest, sent.latest, sent.basis, label)


def plan_typed_time(messages: Sequence[Message], text: str) -> Change | None:
    """Return the change that gives messages the time that a person typed; None if it is no time.

    A day alone keeps each message's own clock, a clock alone its own day; a message that lacks
    what was not typed stays as it is.
    """
    times = [(message, typed_time(text, message.sent)) for message in messages]
    if all(sent is None for _, sent in times):
        return None
    return together(
        plan_time([message], _with_own_clock(sent, message.sent))
        for message, sent in times
        if sent is not None
    )


def is_still_to_come(change: Change, at: dt.datetime) -> bool:
    """Whether a change gives a message a time after *at*, at which none can have come yet."""
    times = (edit.after for edit in change.edits if isinstance(edit.after, SentTime))
    return any(sent.earliest is not None and sent.earliest > at for sent in times)


def _with_own_clock(typed: SentTime, known: SentTime) -> SentTime:
    """Return a typed day with the clock that is known of the message."""
    clock = known.earliest
    if typed.earliest is None or typed.earliest == typed.latest or clock is None:
        return typed
    if known.earliest != known.latest:
        return typed
    local = clock.astimezone(CHINA).time()
    at = dt.datetime.combine(typed.earliest.date(), local, CHINA)
    return SentTime(at, at, typed.basis, typed.label)


def plan_sender(messages: Iterable[Message], sender: Sender | None) -> Change:
    """Return the change that puts right who sent messages; None goes back to the screens'."""
    pairs = [(m, m.sender if m.machine_sender else None, sender) for m in messages]
    return _edits(pairs, Field.SENDER)


def plan_direction(messages: Iterable[Message], direction: Direction) -> Change:
    """Return the change that says which way messages went."""
    edits = []
    for m in messages:
        machine = m.direction if m.machine_direction is None else m.machine_direction
        before = None if m.machine_direction is None else m.direction
        edits.append((m, before, None if direction == machine else direction))
    return _edits(edits, Field.DIRECTION)


def plan_star(messages: Iterable[Message], *, on: bool) -> Change:
    """Return the change that marks messages as key ones (关键), or no longer."""
    return _edits([(m, m.starred, on) for m in messages], Field.STAR)


def plan_note(messages: Iterable[Message], note: str) -> Change:
    """Return the change that makes *note* the note on messages."""
    return _edits([(m, m.note, note.strip()) for m in messages], Field.NOTE)


def plan_recipient(case: CaseFile, messages: Sequence[Message], answer: Answer) -> Change:
    """Return the change that says whom the threads of these messages were sent to."""
    with case.view() as work:
        known = work.rulings.answers()
    threads: dict[int, list[int]] = {}
    for message in messages:
        threads.setdefault(message.thread_id, []).append(message.id)
    return Change(
        recipients=tuple(
            RecipientChange(thread, tuple(ids), known.get(thread), answer)
            for thread, ids in threads.items()
            if known.get(thread) != answer
        )
    )


def plan_institution(case: CaseFile, messages: Sequence[Message], name: str | None) -> Change:
    """Return the change that puts the senders of messages under an institution; None: out of it."""
    with case.view() as work:
        known = work.rulings.institutions()
    senders: dict[str, list[int]] = {}
    for message in messages:
        if message.sender.key:
            senders.setdefault(message.sender.key, []).append(message.id)
    return Change(
        institutions=tuple(
            InstitutionChange(key, tuple(ids), known.get(key), name)
            for key, ids in senders.items()
            if known.get(key) != name
        )
    )


def _decision(finding: Finding, state: FindingState | None) -> FindingDecision:
    said = finding.proposal
    return FindingDecision(finding.message_id, said.violation, said.rule, finding.state, state)


def _edits(wanted: Iterable[tuple[Message, FieldValue, FieldValue]], field: Field) -> Change:
    """Return the edits that change something: (message, value before, value after)."""
    changed = ((m, before, after) for m, before, after in wanted if before != after)
    return Change(
        edits=tuple(FieldEdit(m.id, field, before, after) for m, before, after in changed)
    )


# --- carried out ----------------------------------------------------------------------------------


def apply(case: CaseFile, change: Change, *, judge: bool = True) -> tuple[int, ...]:
    """Carry out *change* in one transaction with its custody entries; return the messages touched.

    What rules propose of the messages follows at once. With *judge* False that is left to a call
    of `proposing.propose`: in a large case the person's own change should not wait for it.
    """
    with case.work() as work:
        touched = [*_edit(work, change), *_answer(work, change), *_assign(work, change)]
        _decide(work, change, partial(_provisions_for, case))
        touched += [i for join in change.joins for i in apply_join(work, join)]
        touched += [i for one in change.conversations for i in apply_conversation(work, one)]
        touched += apply_moves(work, change.moves)
        touched += apply_removals(work, change.removals)
        if change.joins:
            work.custody.append("joined_by_hand", _join_details(change), actor(), now())
        for line in change.lines:
            apply_lines(work, line)
        if judge and change.touches_judgement:
            propose_within(work, packs_within(work), Task())
        work.commit()
    return tuple(dict.fromkeys((*change.message_ids, *touched)))


def _provisions_for(
    case: CaseFile, violation: ViolationType, *days: dt.date | None
) -> tuple[str, ...]:
    """Ask the bundled rules, which are loaded only where a label was put on by hand."""
    return packs_of(case).bundled.provisions_for(violation, *days)


def _edit(work: UnitOfWork, change: Change) -> list[int]:
    for edit in change.edits:
        work.messages.edit(edit)
    timed = [edit.message_id for edit in change.edits if edit.field is Field.TIME]
    work.messages.sort_anew(work.messages.threads_of(timed))
    if change.edits:
        rows = [_edit_row(edit) for edit in change.edits]
        work.custody.append("edited", {"messages": rows}, actor(), now())
    return []


def _answer(work: UnitOfWork, change: Change) -> list[int]:
    touched = []
    for one in change.recipients:
        touched += work.messages.of_thread(one.thread_id)
        if one.after is not None:
            work.rulings.answer(one.thread_id, one.after)
        else:
            device = work.messages.key_of(one.thread_id).device_id
            work.rulings.forget_answer(one.thread_id, work.devices.get(device).recipient)
        details = recipient_details(one.thread_id, one.before, one.after)
        work.custody.append("recipient_set", details, actor(), now())
    return touched


def _assign(work: UnitOfWork, change: Change) -> list[int]:
    for after in dict.fromkeys(one.after for one in change.institutions):
        same = [one for one in change.institutions if one.after == after]
        for one in same:
            work.rulings.assign(one.sender_key, after)
        details = institution_details({one.sender_key: one.before for one in same}, after)
        work.custody.append("institution_set", details, actor(), now())
    return []


_ProvisionsFor = Callable[..., tuple[str, ...]]


def _decide(work: UnitOfWork, change: Change, provisions_for: _ProvisionsFor) -> None:
    decided = [(d, _decide_one(work, d, provisions_for)) for d in change.decisions]
    unlabelled = [d.message_id for d in change.decisions if d.after is None]
    work.rulings.forget_judgements(unlabelled)
    for review in change.reviews:
        work.messages.set_state(review.message_id, review.after)
    if change.decisions or change.reviews:
        details = {
            "findings": [_decision_row(d, number) for d, number in decided if number],
            "messages": [
                {"message": r.message_id, "before": r.before, "after": r.after}
                for r in change.reviews
            ],
        }
        work.custody.append("review", details, actor(), now())


def _decide_one(
    work: UnitOfWork, decision: FindingDecision, provisions_for: _ProvisionsFor
) -> int | None:
    """Carry out one decision; return its finding's id, None if the finding is there no more."""
    message_id, violation = decision.message_id, decision.violation
    if decision.after is None:
        return work.findings.remove_by_hand(message_id, violation)
    if decision.rule != BY_HAND:
        return work.findings.decide(message_id, violation, decision.rule, decision.after)
    (message,) = work.messages.get([message_id])
    ends = (message.sent.earliest, message.sent.latest)
    provisions = provisions_for(violation, *(e and e.astimezone(CHINA).date() for e in ends))
    reason = say("terms.labelled_by_hand", "zh")
    return work.findings.add_by_hand(
        message_id, Proposal(violation, BY_HAND, (), reason, provisions)
    )


def _decision_row(decision: FindingDecision, finding_id: int) -> dict[str, object]:
    return {
        "finding": finding_id,
        "message": decision.message_id,
        "label": decision.violation,
        "rule": decision.rule,
        "before": decision.before,
        "after": decision.after,
    }


def _edit_row(edit: FieldEdit) -> dict[str, object]:
    return {
        "message": edit.message_id,
        "field": edit.field,
        "before": _plain(edit.before),
        "after": _plain(edit.after),
    }


def _plain(value: FieldValue) -> object:
    """Return a value as the log tells it."""
    if isinstance(value, SentTime):
        return {"earliest": moment(value.earliest), "latest": moment(value.latest)}
    if isinstance(value, Sender):
        return {"number": value.number, "name": value.name, "shown": value.raw}
    return value


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
