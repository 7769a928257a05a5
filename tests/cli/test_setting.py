"""`smsdesk set`: what the window can do to messages, from the command line."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def listed(command, sample_case_path):
    """Return the messages of the sample case by id, as `list --json` tells them."""

    def read():
        _, out, _ = command("list", sample_case_path, "--json")
        return {row["id"]: row for row in map(json.loads, out.splitlines())}

    return read


def test_one_message_is_put_right_in_every_way(command, listed, sample_case_path):
    number, before = next(iter(listed().items()))
    code, out, _ = command(
        "set", sample_case_path, number, "--text", "改过的正文", "--time", "2025-11-05 07:08",
        "--sender", "+86 171 0123 0000", "--star", "--note", "要紧", "--label", "insult",
        "--recipient", "third", "--relation", "母亲", "--reviewed",
    )  # fmt: skip
    assert (code, out.split()[0]) == (0, str(number))
    row = listed()[number]
    assert (row["text"], row["machine_text"]) == ("改过的正文", before["text"])
    assert (row["sent_at"], row["time_basis"]) == ("2025-11-05T07:08+08:00", "typed")
    assert row["machine_sent_at"] == before["sent_at"]
    assert row["sender_number"] == "+8617101230000"
    assert (row["starred"], row["note"], row["state"]) == (True, "要紧", "reviewed")
    assert row["recipient"] == "third"
    assert ("insult", "confirmed") in {(f["label"], f["state"]) for f in row["findings"]}
    again = ("set", sample_case_path, number, "--unlabel", "insult", "--no-star", "--note", "")
    assert command(*again)[0] == 0
    row = listed()[number]
    assert (row["starred"], row["note"]) == (False, "")
    assert ("insult", "confirmed") not in {(f["label"], f["state"]) for f in row["findings"]}


def test_a_dry_run_changes_nothing(command, listed, sample_case_path):
    before = listed()
    first, second, *_ = before
    code, out, _ = command("set", sample_case_path, first, second, "--star", "--dry-run")
    assert (code, out.split()) == (0, [str(first), str(second)])
    assert listed() == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("999999", "--star"), "没有编号为 999999 的短信"),
        (("{one}", "--time", "不知道"), "看不懂的时间"),
        (("{one}", "--sender", "****"), "不是号码"),
        (("{one}", "{two}", "--text", "同一句"), "一次只能给一条"),
        (("{one}", "--label", "number_risk"), "不能这样标记"),
        (("{one}", "--star", "--recipient", "nobody"), "nobody"),
    ],
)
def test_what_makes_no_sense_changes_nothing(command, listed, sample_case_path, arguments, told):
    before = listed()
    one, two, *_ = before
    filled = [argument.format(one=one, two=two) for argument in arguments]
    code, _, err = command("set", sample_case_path, *filled)
    assert code == 2
    assert told in err
    assert listed() == before


def test_it_must_be_said_what_to_change(command, listed, sample_case_path):
    number = next(iter(listed()))
    code, out, err = command("set", sample_case_path, number)
    assert (code, out) == (2, "")
    assert "没有写要更改什么" in err
    assert "已更改 1 条短信" in command("set", sample_case_path, number, "--star")[2]
