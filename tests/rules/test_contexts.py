from __future__ import annotations

import pytest

from smsdesk.domain.findings import ViolationType
from smsdesk.domain.screens import Direction
from smsdesk.rules.contexts import judge_contexts, judge_pair, pairs_in
from smsdesk.rules.frequency import collecting_ids
from smsdesk.rules.institutions import institutions_in
from smsdesk.rules.pack import load_pack
from tests.rules.building import message

PACK = load_pack()
DUNNING = "你的借款已经逾期，今天必须还款，否则后果自负。"


def in_context(*messages, found=None):
    collecting = collecting_ids(PACK, messages)
    institutions = institutions_in(messages, {})
    return judge_contexts(PACK, messages, institutions, collecting, found or {})


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("孩子几点放学？", ViolationType.MINOR_THREAT),
        ("你家楼下那辆白色的车是你的吧", ViolationType.VIOLENCE_THREAT),
        ("你妈身体还好吧？", ViolationType.THIRD_PARTY_CONTACT),
    ],
)
def test_small_talk_of_one_who_collects_becomes_a_proposal_that_says_so(text, label):
    asked = message(text)
    (proposal,) = in_context(message(DUNNING), asked)[asked.id]
    assert proposal.violation is label
    assert "依据上下文" in proposal.reason
    assert all(0 <= a < b <= len(text) for a, b in proposal.spans)


def test_the_same_words_from_another_sender_mean_nothing():
    asked = message("孩子几点放学？", sender="13800000000")
    assert in_context(message(DUNNING), asked) == {}


def test_what_the_words_say_already_is_not_said_twice():
    asked = message("孩子几点放学？")
    known = {asked.id: frozenset({ViolationType.MINOR_THREAT})}
    assert in_context(message(DUNNING), asked, found=known) == {}


HEAD = (
    "【甲资产】王某你好，你在我平台的借款已经严重逾期，多次联系你本人都没有任何回应，"
    "现在正式通知你，如果今天下午六点之前还没有看到还款，我们就会把你的"
)
TAIL = "身份证照片和欠款金额发到你的朋友圈和小区业主群里让大家看看。"


def test_two_parts_of_one_text_are_judged_together_and_shown_as_two():
    first, second = message(HEAD, sent="2025-12-18T10:00"), message(TAIL, sent="2025-12-18T10:01")
    (pair,) = pairs_in([first, second])
    found = judge_pair(PACK, pair, None)
    labels = {p.violation for proposals in found.values() for p in proposals}
    assert ViolationType.PRIVACY_LEAK in labels
    for part in (first, second):
        for proposal in found[part.id]:
            assert proposal.rule.startswith("joined.")
            assert all(0 <= a < b <= len(part.text) for a, b in proposal.spans)


@pytest.mark.parametrize(
    "second",
    [
        message(TAIL, sent="2025-12-18T10:05"),
        message(TAIL, sent="2025-12-18T10:01", sender="13800000000"),
        message("【甲资产】" + TAIL, sent="2025-12-18T10:01"),
        message(TAIL, sent="2025-12-18T10:01", direction=Direction.OUT),
        message(TAIL),
    ],
)
def test_what_only_follows_is_no_second_part(second):
    assert pairs_in([message(HEAD, sent="2025-12-18T10:00"), second]) == []


def test_parts_that_number_themselves_need_no_time():
    assert len(pairs_in([message("(1/2)你的借款"), message("(2/2)已经逾期")])) == 1
