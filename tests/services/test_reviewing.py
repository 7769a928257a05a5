from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from smsdesk.domain.findings import (
    BY_HAND,
    FindingState,
    Recipient,
    ViolationType,
    rests_on_case,
)
from smsdesk.domain.messages import ReviewState
from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.rulings import Answer
from smsdesk.domain.screens import Direction
from smsdesk.domain.times import CHINA, SentTime, TimeBasis
from smsdesk.services import listing, reviewing
from smsdesk.services.jobs import Task
from smsdesk.services.joining import join_thread
from smsdesk.services.proposing import propose
from smsdesk.services.reviewing import apply, plan_acceptance, plan_decision

PROPOSED = MessageQuery(state=FindingState.PROPOSED)


@pytest.fixture
def message(sample_case):
    return listing.messages(sample_case, listing.message_ids(sample_case, PROPOSED)[:1])[0]


def again(case, message):
    return listing.messages(case, [message.id])[0]


def test_accepting_confirms_all_proposals_and_marks_the_message(sample_case, message):
    assert apply(sample_case, plan_acceptance(message)) == (message.id,)
    after = again(sample_case, message)
    assert {finding.state for finding in after.findings} == {FindingState.CONFIRMED}
    assert after.state == ReviewState.REVIEWED


def test_every_step_can_be_undone(sample_case, message):
    change = plan_acceptance(message)
    apply(sample_case, change)
    apply(sample_case, change.inverse())
    assert again(sample_case, message) == message


def test_what_was_rejected_stays_rejected_when_rules_run_again(sample_case, message):
    ids = [finding.id for finding in message.findings]
    apply(sample_case, plan_decision([message], ids, FindingState.REJECTED))
    propose(sample_case, Task())
    after = again(sample_case, message)
    assert [finding.id for finding in after.findings] == ids
    assert {finding.state for finding in after.findings} == {FindingState.REJECTED}


def test_the_log_tells_what_was_decided(sample_case, message):
    apply(sample_case, plan_acceptance(message))
    entry = listing.custody(sample_case)[-1]
    assert entry.action == "review"
    assert entry.details["messages"] == [
        {"message": message.id, "before": "new", "after": "reviewed"}
    ]


def test_judging_again_without_a_change_writes_nothing(sample_case):
    entries = len(listing.custody(sample_case))
    assert propose(sample_case, Task()) == 0
    assert len(listing.custody(sample_case)) == entries


# --- what is put right by hand --------------------------------------------------------------------

TYPED = SentTime(
    dt.datetime(2024, 1, 2, 3, 4, tzinfo=CHINA),
    dt.datetime(2024, 1, 2, 3, 4, tzinfo=CHINA),
    TimeBasis.TYPED,
)

CHANGES = {
    "text": lambda case, m: reviewing.plan_text(m, m.machine_text.replace("，", "、", 1)),
    "time": lambda case, m: reviewing.plan_time([m], TYPED),
    "sender": lambda case, m: reviewing.plan_sender([m], parse_sender("+86 171 0123 9999")),
    "direction": lambda case, m: reviewing.plan_direction([m], Direction.OUT),
    "star": lambda case, m: reviewing.plan_star([m], on=True),
    "note": lambda case, m: reviewing.plan_note([m], "电话里也这么说"),
    "label": lambda case, m: reviewing.plan_label([m], ViolationType.DOCTORED_IMAGE, on=True),
    "no label": lambda case, m: reviewing.plan_label([m], _label(m), on=False),
    "recipient": lambda case, m: reviewing.plan_recipient(case, [m], MOTHER),
    "institution": lambda case, m: reviewing.plan_institution(case, [m], "云杉消费金融"),
}
MOTHER = Answer(Recipient.THIRD, "母亲")


def _label(message):
    return message.findings[0].proposal.violation


def _told(case, message):
    """Return a message without the ids of its findings: proposed anew they are others."""
    found = again(case, message)
    said = sorted((f.proposal.violation, f.proposal.rule, f.state) for f in found.findings)
    with case.view() as work:
        by_hand = (work.rulings.answers(), work.rulings.institutions())
    return replace(found, findings=()), said, by_hand


@pytest.mark.parametrize("plan", CHANGES.values(), ids=CHANGES)
def test_all_that_a_person_does_is_undone_and_done_again(sample_case, message, plan):
    change = plan(sample_case, message)
    before = _told(sample_case, message)
    apply(sample_case, change)
    done = _told(sample_case, message)
    assert done != before
    assert plan(sample_case, again(sample_case, message)).is_empty
    apply(sample_case, change.inverse())
    assert _told(sample_case, message) == before
    apply(sample_case, change)
    assert _told(sample_case, message) == done


def test_what_a_person_typed_outlives_joining_anew(sample_case, message):
    for plan in ("text", "time", "sender", "direction"):
        apply(sample_case, CHANGES[plan](sample_case, again(sample_case, message)))
    typed = again(sample_case, message)
    with sample_case.work() as work:
        join_thread(work, work.messages.key_of(message.thread_id))
        work.commit()
    after = again(sample_case, message)
    assert after == typed
    assert (after.sent, after.sender.number) == (
        replace(TYPED, label=message.sent.label),
        "+8617101239999",
    )
    assert (after.machine_sent, after.machine_sender) == (message.sent, message.sender)
    assert (after.direction, after.machine_direction) == (Direction.OUT, Direction.IN)
    assert after.machine_text == message.machine_text != after.text


def test_a_typed_time_moves_the_message_in_the_list(sample_case, message):
    ids = listing.message_ids(sample_case, MessageQuery())
    apply(sample_case, reviewing.plan_time([message], TYPED))
    assert listing.message_ids(sample_case, MessageQuery())[0] == message.id != ids[0]


def test_a_corrected_text_is_judged_anew(sample_case, message):
    apply(sample_case, reviewing.plan_text(message, "您好，请于方便时联系我们。"))
    assert [
        f for f in again(sample_case, message).findings if not rests_on_case(f.proposal.rule)
    ] == []


def test_a_label_put_on_by_hand_names_the_provisions_of_its_day(sample_case, message):
    apply(sample_case, CHANGES["label"](sample_case, message))
    (made,) = [f for f in again(sample_case, message).findings if f.proposal.rule == BY_HAND]
    assert (made.state, made.pack) == (FindingState.CONFIRMED, None)
    assert made.proposal.provisions
    assert made.proposal.reason == "由核对人手工标记。"


@pytest.mark.parametrize("blank", ["", "  \n"])
def test_a_blank_wipes_no_text(sample_case, message, blank):
    assert reviewing.plan_text(message, blank).is_empty


def test_an_answer_holds_for_the_whole_thread(sample_case, message):
    touched = apply(sample_case, CHANGES["recipient"](sample_case, message))
    thread = {
        m.id: m.recipient
        for m in listing.messages(sample_case, listing.message_ids(sample_case, MessageQuery()))
        if m.thread_id == message.thread_id
    }
    assert set(touched) == set(thread)
    assert set(thread.values()) == {Recipient.THIRD}


def test_the_log_tells_both_readings(sample_case, message):
    apply(sample_case, CHANGES["sender"](sample_case, message))
    entry = next(e for e in reversed(listing.custody(sample_case)) if e.action == "edited")
    (row,) = entry.details["messages"]
    assert (row["field"], row["before"]) == ("sender", None)
    assert row["after"]["number"] == "+8617101239999"
