from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.findings import Recipient, ViolationType
from smsdesk.rules.judging import judge_text
from smsdesk.rules.pack import load_pack
from smsdesk.rules.weighing import ANY, packed, runs_of, unpacked

PACK = load_pack()
rows = st.lists(st.integers(-800, 800), min_size=9, max_size=9)


@given(st.lists(rows, min_size=1, max_size=300))
def test_packed_rows_add_up_as_the_columns_do(table):
    assert unpacked(sum(map(packed, table)), 9) == tuple(map(sum, zip(*table, strict=True)))


def test_runs_are_all_slices_of_up_to_four_characters_with_digits_alike():
    assert runs_of("还7元") == {"还", "0", "元", "还0", "0元", "还0元"}
    assert runs_of("") == set()


def test_a_sum_is_the_start_and_the_weights_of_what_is_found():
    weights = PACK.weights
    known = [run for run in runs_of("法院立案") if run in weights.runs]
    total = packed([0] * 9) + weights.start + sum(weights.runs[run] for run in known)
    assert [*weights.sums("法院立案", []).values()] == list(unpacked(total, 9))
    assert [*weights.sums("", [])] == [*weights.labels, ANY]


def test_what_no_rule_names_is_proposed_by_its_wording_with_the_words_that_carry_it():
    text = "刑警队的同志正往你住处赶，牢里头的饭管够，欠款还不还你自己想。"
    found = judge_text(PACK, text)
    assert ViolationType.FALSE_THREAT in {p.violation for p in found}
    for proposal in found:
        assert proposal.spans
        assert all(0 <= a < b <= len(text) for a, b in proposal.spans)


def test_a_proposal_by_wording_says_that_it_is_one():
    texts = [
        "今晚就让你全家尝尝什么叫睡不着。",
        "你崽儿那学校门口人多得很哦，钱呢？",
        "你那点烂账我要让全镇都晓得",
    ]
    by_wording = [p for t in texts for p in judge_text(PACK, t) if p.rule.endswith(".wording")]
    assert by_wording
    assert all("按词句权重推断" in p.reason for p in by_wording)


@pytest.mark.parametrize("recipient", [Recipient.THIRD])
def test_wording_cannot_overrule_what_a_person_said_of_the_recipient(recipient):
    found = judge_text(PACK, "欠款8,000元逾期24天，请尽快还款。", recipient=recipient)
    assert {"privacy_leak", "third_party_contact"} <= {p.violation.value for p in found}


def test_nothing_is_added_to_a_court_notice_by_likeness():
    notice = "【12368】（2025）江0199民初1021号一案已立案，请到庭。江州市望江区人民法院"
    assert judge_text(PACK, notice) == ()
