from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.findings import Proposal, Recipient
from smsdesk.rules.judging import judge_text
from smsdesk.rules.pack import bundled_pack, load_pack
from smsdesk.rules.weighing import ANY, Shades, codes_of, group_sign, load_weights, runs_of

PACK = load_pack()
WEIGHTS = load_weights(bundled_pack().with_suffix(".weights.json"))
features = st.lists(st.lists(st.integers(-127, 127), min_size=3, max_size=3), max_size=300)


@given(features)
def test_what_a_text_has_adds_to_shades_and_what_these_have_above_zero_to_columns(table):
    rows = np.array([[0, 0, 0], *table], dtype=np.int8)
    shades = Shades(
        rows, np.array([5, -5, 0]), np.array([[2, 0], [-3, 1], [0, 7]]), np.array([9, 8]), 4
    )
    first, second, third = (
        max(0, n + sum(c)) for n, c in zip((5, -5, 0), rows.T.tolist(), strict=True)
    )
    whole = [(2 * first - 3 * second) // 4 + 9, (second + 7 * third) // 4 + 8]
    assert shades.columns(np.arange(len(rows))).tolist() == whole


def test_runs_are_all_slices_of_up_to_two_characters_with_digits_alike():
    assert runs_of("还7元") == {"还", "0", "元", "还0", "0元"}
    assert runs_of("") == set()


def test_the_columns_are_the_labels_and_one_for_any_and_unknown_words_add_nothing():
    sums = PACK.weigher.sums
    assert [*sums("", 0, [])] == [*WEIGHTS.labels, ANY]
    assert sums("", 0, []) == sums("\U0001f9ff\ud800", 0, ["no such trait"])
    assert sums("法院立案", 0, []) == sums("法院立案法院立案", 0, []) != sums("", 0, [])


@given(st.lists(st.sampled_from("院立案还7元a😀"), max_size=12).map("".join), st.data())
def test_what_is_added_up_are_the_rows_of_the_runs_groups_and_traits_of_a_text(text, data):
    groups = data.draw(st.sets(st.sampled_from(sorted(PACK.lexicon.named))))
    traits = data.draw(st.sets(st.sampled_from([trait.name for trait in PACK.traits])))
    rows = {code: row for row, code in enumerate(WEIGHTS.codes.tolist())}
    signs = {*map(group_sign, groups), *traits}
    held = [rows[code] for code in codes_of(runs_of(text)).tolist() if code in rows]
    held += [WEIGHTS.signs[sign] for sign in signs if sign in WEIGHTS.signs]
    present = sum(1 << PACK.lexicon.named[group] for group in groups)
    expected = WEIGHTS.shades.columns(np.array(held, dtype=np.intp)).tolist()
    assert [*PACK.weigher.sums(text, present, traits).values()] == expected


def cues_of(text: str) -> list[Proposal]:
    """Return what cues alone propose of a text."""
    cues = {cue.id for cue in PACK.cues}
    return [p for p in judge_text(PACK, text) if p.rule in cues]


def test_a_cue_counts_where_the_wording_bears_it_out_and_says_what_its_words_mean():
    (proposal,) = cues_of("今晚就让你全家尝尝什么叫睡不着。")
    assert proposal.reason.startswith("命中“")
    assert any(cue.why in proposal.reason for cue in PACK.cues)
    assert "请结合全文判断" in proposal.reason


@pytest.mark.parametrize(
    "text",
    ["我给你妈打个电话问问菜谱。", "【某派出所】您的居住证已办好，请来领取。", "孩子放学我去接。"],
)
def test_a_cue_alone_proposes_nothing(text):
    assert judge_text(PACK, text) == ()


def test_without_weights_cues_propose_nothing():
    bare = dataclasses.replace(PACK, weigher=None)
    found = judge_text(bare, "你爸妈的电话我有，孩子在哪个学校我也知道，家里等着吧，还钱！")
    assert found
    assert {p.rule for p in found}.isdisjoint(cue.id for cue in PACK.cues)


@pytest.mark.parametrize("recipient", [Recipient.THIRD])
def test_wording_cannot_overrule_what_a_person_said_of_the_recipient(recipient):
    found = judge_text(PACK, "欠款8,000元逾期24天，请尽快还款。", recipient=recipient)
    assert {"privacy_leak", "third_party_contact"} <= {p.violation.value for p in found}


def test_nothing_is_added_to_a_court_notice_by_likeness():
    notice = "【12368】（2025）江0199民初1021号一案已立案，请到庭。江州市望江区人民法院"
    assert judge_text(PACK, notice) == ()
