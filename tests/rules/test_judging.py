from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smsdesk.domain.findings import HINTS, Recipient
from smsdesk.domain.numbers import Sender, SenderKind
from smsdesk.rules.judging import judge_text
from smsdesk.rules.pack import load_pack
from smsdesk.rules.patterns import expand

PACK = load_pack()
DATA = Path(__file__).parents[1] / "data" / "rules"


def labels(text: str, **given_facts) -> set[str]:
    proposals = judge_text(PACK, text, **given_facts)
    return {p.violation.value for p in proposals if p.violation not in HINTS}


def hints(text: str, **given_facts) -> set[str]:
    proposals = judge_text(PACK, text, **given_facts)
    return {p.violation.value for p in proposals if p.violation in HINTS}


def recipient_of(row: dict) -> Recipient | None:
    return Recipient(row["recipient"]) if "recipient" in row else None


def rows(name: str) -> list[dict]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize(
    "text",
    [
        "逾期只提供出票证明，不再提供行程单。",
        "您的积分逾期自动清零，请尽快兑换。",
        "通讯录永久备份，换机不丢联系人。",
        "业主欠款急抛，低于市场价三十万。",
        "今天已是最后付款日，请及时还款，以免逾期违约。",
        "您的账单欠款人民币1,208.00元，最低还款额120.80元。",
        "房产抵押贷款，年化利率3.2%起。",
        "若您仍未还款，我司可能依法向人民法院提起诉讼。",
        "我司将考虑向有管辖权的法院起诉。",
        "【书店】新书《老赖克星》今晚签售。",
        "你看新闻没，村里那个老赖被法院拘了。",
        "",
        "。。。！！！",
        "😀\ud83d",
    ],
)
def test_the_lawful_is_not_flagged(text):
    assert labels(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("已立案，今日抓人。", {"false_threat"}),
        ("【望江区法院】你的借款案已立案，今日还款可撤案。", {"impersonation", "false_threat"}),
        ("沵的贷歀已经立·案，等着坐牢吧", {"false_threat"}),
        ("您涉嫌詐騙，案件已移交公安機關", {"false_threat"}),
    ],
)
def test_the_unlawful_is_flagged(text, expected):
    assert labels(text) == expected


def test_a_court_notice_with_name_and_number_is_lawful_and_a_copy_with_a_demand_is_not():
    notice = "【12368】（2025）江0199民初1021号一案已立案，请到庭。江州市望江区人民法院"
    assert labels(notice) == set()
    assert "impersonation" in labels(
        "【江州市望江区人民法院】（2025）江0199民初1021号一案，请转账还款至承办人账户。"
    )


def test_the_sum_is_private_only_towards_a_third_person():
    text = "欠款8,000元逾期24天，请尽快还款。"
    assert labels(text, recipient=Recipient.SELF) == set()
    assert labels(text, recipient=Recipient.THIRD) == {"privacy_leak", "third_party_contact"}


def test_a_third_person_is_recognised_by_the_text_itself():
    assert labels("您的同事王某欠款8,650元不还，请转告他。") == {
        "privacy_leak",
        "third_party_contact",
    }


def test_the_reason_quotes_the_words_and_claims_no_more():
    text = "【甲】您的逾期案已立·案，桉号稍后下发。"
    (proposal,) = judge_text(PACK, text, sent_on=dt.date(2026, 1, 2))
    assert proposal.rule.startswith("false_threat.")
    assert any(text[a:b].endswith("立·案") for a, b in proposal.spans)
    assert proposal.reason.startswith("命中“")
    assert "涉嫌虚假恐吓" in proposal.reason
    assert "psapl-2025-50-p1-i1" in proposal.provisions
    assert "psapl-2012-42-p1-i1" not in proposal.provisions


def test_no_quoted_words_begin_or_end_with_a_stop():
    for row in rows("violations.jsonl"):
        for proposal in judge_text(PACK, row["text"]):
            for word in (row["text"][a:b] for a, b in proposal.spans):
                assert word.strip(" ，。、；：！？,.;:!?") in (word, ""), row["text"]


def test_hints_come_from_the_number_and_call_themselves_hints():
    resale = Sender("171", "+8617101230000", None, SenderKind.MOBILE, resale=True)
    text = "我是受委托的催收专员，你欠款未还，速还款。"
    assert hints(text, sender=resale) == {"no_identity", "private_number", "number_risk"}
    for proposal in judge_text(PACK, text, sender=resale):
        assert "涉嫌" not in proposal.reason
    assert hints("【江汀银行】您的借款逾期未还，请还款。") == set()


def test_who_does_not_name_the_lender_is_hinted_at_among_collectors_not_among_friends():
    assert hints("您的借款已逾期5天，请尽快还款。") == {"no_identity"}
    assert hints("不还钱，腿给你打断，医药费我出。") == {"no_identity"}
    ordinary = rows("phones.jsonl")
    assert sum(bool(hints(row["text"])) for row in ordinary) <= len(ordinary) // 2_000


def rates(named: list[dict]) -> dict[str, tuple[float, float]]:
    counts: dict[str, list[int]] = {}
    for row in named:
        open_questions = set(row.get("disputable_labels", ()))
        want = set(row["labels"]) - {"none"} - open_questions
        got = labels(row["text"]) - open_questions
        for label in want | got:
            count = counts.setdefault(label, [0, 0, 0])
            count[0] += label in want and label in got
            count[1] += label in got
            count[2] += label in want
    return {
        label: (hit / said if said else 1.0, hit / true if true else 1.0)
        for label, (hit, said, true) in counts.items()
    }


def test_the_own_violations_are_found():
    """They count a quarter of an author's texts in the weights; what is said too much is a second
    label beside a right one."""
    for label, (precision, recall) in rates(rows("violations.jsonl")).items():
        assert precision >= 0.9, label
        assert recall >= 0.95, label


def test_the_texts_that_weights_are_fitted_to_are_judged_as_labelled():
    """Of the many, every tenth: they are alike, and this takes a while."""
    for name, step in (("given", 1), ("wordings", 10)):
        some = rows(f"{name}.jsonl")[::step]
        found = rates(some)
        found.pop("induce_loan", None)  # too few texts to learn from
        for label, (precision, recall) in found.items():
            assert precision >= 0.93, (name, label)
            assert recall >= 0.9, (name, label)
        ordinary = [row["text"] for row in some if row["labels"] == ["none"]]
        assert sum(bool(labels(text)) for text in ordinary) <= len(ordinary) // 300


@pytest.mark.parametrize(
    ("name", "precision", "recall", "flagged"),
    [
        ("held_out.jsonl", 0.94, 0.97, 1),
        ("other_hand.jsonl", 0.97, 0.96, 1),
        ("second_hand.jsonl", 0.93, 0.95, 4),
        ("third_hand.jsonl", 0.89, 0.91, 4),
        ("fourth_hand.jsonl", 0.92, 0.96, 7),
        ("fifth_hand.jsonl", 0.92, 0.93, 5),
        ("sixth_hand.jsonl", 0.95, 0.94, 5),
        ("seventh_hand.jsonl", 0.95, 0.84, 4),
        ("eighth_hand.jsonl", 0.96, 0.96, 4),
    ],
)
def test_texts_that_nothing_was_fitted_to_are_mostly_judged_as_labelled(
    name, precision, recall, flagged
):
    """Keeps what was reached; docs/rules.md has the figures, which are below our aim of .97."""
    unseen = rows(name)
    counted = [
        (set(row["labels"]) - {"none"}, labels(row["text"], recipient=recipient_of(row)))
        for row in unseen
    ]
    right = sum(len(want & got) for want, got in counted)
    assert right / sum(len(got) for _, got in counted) >= precision
    assert right / sum(len(want) for want, _ in counted) >= recall
    assert sum(bool(got) for want, got in counted if not want) <= flagged


def test_what_an_expression_finds_holds_one_of_the_characters_that_it_names():
    expressions = [x for x in PACK.lexicon._expressions.values() if x.holds]
    texts = [PACK.normaliser(row["text"]).text for row in rows("wordings.jsonl")[::5]]
    for expression in expressions:
        found = [match.group() for text in texts for match in expression.regex.finditer(text)]
        assert found
        assert not any(expression.holds.isdisjoint(word) for word in found)


@pytest.mark.parametrize("name", ["ordinary.jsonl", "given.jsonl", "phones.jsonl"])
def test_no_ordinary_message_is_flagged(name):
    ordinary = [row["text"] for row in rows(name) if row["labels"] == ["none"]]
    assert [text for text in ordinary if labels(text)] == []


def test_of_ordinary_messages_that_nothing_was_fitted_to_one_in_two_thousand_is_flagged():
    """By eleven authors who knew nothing of the program. Apart: chat of which half is insults in
    jest, which who does not know the two friends cannot tell from what it is said in fun of."""
    unseen = rows("phones_unseen.jsonl")
    jest = [row["text"] for row in unseen if row.get("hand") == "plain21"]
    others = [row["text"] for row in unseen if row.get("hand") != "plain21"]
    assert sum(bool(labels(text)) for text in others) <= len(others) // 2_000
    assert sum(bool(labels(text)) for text in jest) <= len(jest) // 15


def test_at_most_one_in_two_thousand_everyday_messages_is_flagged():
    """Every second line of the templates was never fitted to."""
    lines = (DATA / "everyday.txt").read_text(encoding="utf-8").splitlines()
    messages = [message for line in lines for message in expand(line)]
    assert len(messages) >= 2_000
    assert len([text for text in messages if labels(text)]) <= len(messages) // 2_000


SNIPPETS = st.sampled_from(
    [row["text"][:30] for row in rows("violations.jsonl")[::4]]
    + ["你", "还钱", "立案", "·", " ", "。", "【", "】", "😀", "\ud83d", "（2025）", "法院", "家人"]
)


@settings(max_examples=150)
@given(st.lists(SNIPPETS, max_size=8).map("".join), st.sampled_from([None, *Recipient]))
def test_spans_are_words_of_the_text(text, recipient):
    for proposal in judge_text(PACK, text, recipient=recipient):
        assert proposal.spans
        assert all(0 <= a < b <= len(text) for a, b in proposal.spans)
        assert list(proposal.spans) == sorted(proposal.spans)


@pytest.mark.parametrize(
    "unit",
    ["法", "1", "【", "（", "立 ", "你还钱", "妈，", "（2025）", "😀", "孩子学校老师欠款逾期"],
)
def test_hostile_repetition_takes_linear_time(unit):
    text = (unit * 100_000)[:100_000]
    start = time.process_time()
    judge_text(PACK, text)
    assert time.process_time() - start < 10
