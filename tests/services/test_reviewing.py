from __future__ import annotations

import pytest

from smsdesk.domain.findings import FindingState
from smsdesk.domain.messages import ReviewState
from smsdesk.domain.queries import MessageQuery
from smsdesk.services import listing
from smsdesk.services.jobs import Task
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
