"""Conversations under two headers, on the command line."""

from __future__ import annotations

import json
from contextlib import closing

import pytest

from smsdesk.cli.app import run
from tests.services.test_joining import A, B, device_of, messages, show_from
from tests.storage.builders import at, create


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "两个抬头.smscase"
    with closing(create(made)) as case:
        device_of(case)
        show_from(case, "王经理", (A, at(9)), (B, at(10)))
        show_from(case, "+86 171 0123 8846", (A, at(9)), (B, at(10)), minutes=1)
    return made


def test_a_conversation_is_listed_parted_and_united(path, capsys):
    def call(*arguments):
        code = run([str(argument) for argument in arguments])
        return code, capsys.readouterr()

    code, printed = call("conversations", path, "--json")
    (one,) = map(json.loads, printed.out.splitlines())
    assert code == 0
    assert (one["part"], one["root"], one["together"]) == ("王经理", "+8617101238846", True)
    code, printed = call("part", path, one["part_id"])
    assert (code, "现共 4 条短信" in printed.err) == (0, True)
    assert "已人工分开" in call("conversations", path)[1].out
    code, printed = call("part", path, one["part_id"])
    assert (code, "没有做任何改动" in printed.err) == (2, True)
    code, printed = call("unite", path, one["part_id"])
    assert (code, "现共 2 条短信" in printed.err) == (0, True)
    code, printed = call("log", path)
    assert "人工分开会话" in printed.out


def test_messages_are_moved_to_the_conversation_of_their_corrected_number(tmp_path, capsys):
    made = tmp_path / "误读.smscase"
    with closing(create(made)) as case:
        device_of(case)
        show_from(case, "+86 171 0123 8846", (A, at(9)), (B, at(10)))
        show_from(case, "+86 171 0123 8848", (A, at(9)), (B, at(10)), minutes=1)
        wrong = [m.id for m in messages(case) if m.sender.key.endswith("8848")]
    code = run(["set", str(made), *map(str, wrong), "--sender", "171 0123 8846"])
    told = capsys.readouterr().err
    assert (code, f"smsdesk move 案件 {wrong[0]}" in told) == (0, True)
    assert run(["move", str(made), str(wrong[0])]) == 0
    assert "现共 2 条短信" in capsys.readouterr().err
    assert run(["move", str(made), str(wrong[0])]) == 2
    assert "没有做任何改动" in capsys.readouterr().err


def test_one_number_on_two_phones_is_united_after_a_look(tmp_path, capsys):
    made = tmp_path / "换手机.smscase"
    with closing(create(made)) as case:
        device_of(case)
        show_from(case, "+86 171 0123 8846", (A, at(9)), (B, at(10)))
        show_from(case, "+86 171 0123 8846", (A, at(9)), (B, at(10)), name="新手机")
    assert run(["conversations", str(made), "--all", "--json"]) == 0
    old, new = map(json.loads, capsys.readouterr().out.splitlines())
    assert (old["phone"], new["phone"], new["messages"]) == ("手机", "新手机", 2)
    pair = [str(old["thread_id"]), str(new["thread_id"])]
    assert run(["unite", str(made), *pair, "--dry-run"]) == 0
    assert "现共 4 条短信，合并后 2 条" in capsys.readouterr().err
    assert run(["unite", str(made), *pair]) == 0
    assert "现共 2 条短信" in capsys.readouterr().err
    assert run(["conversations", str(made)]) == 0
    assert "+8617101238846（新手机） 并入" in capsys.readouterr().out
    assert run(["unite", str(made), *pair]) == 2
    assert "没有做任何改动" in capsys.readouterr().err
