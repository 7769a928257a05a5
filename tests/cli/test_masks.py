from __future__ import annotations

import json

import pytest

from smsdesk.cli.app import run


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "a.smscase"
    facts = "张敏的母亲赵桂芳（13800001111）也收到短信。"
    assert run(["new", str(path), "--title", "案", "--claimant", "张敏", "--facts", facts]) == 0
    return path


def listed(case, capsys, *options):
    capsys.readouterr()
    assert run(["masks", str(case), "--json", *options]) == 0
    rows = map(json.loads, capsys.readouterr().out.splitlines())
    return {row["words"]: (row["kind"], row["places"], row["choice"]) for row in rows}


def test_masks_are_listed_added_lifted_and_taken_back(case, capsys):
    assert listed(case, capsys) == {
        "赵桂芳": ("name", 1, None),
        "13800001111": ("phone", 1, None),
    }
    changed = listed(case, capsys, "--add", "也收到", "--kind", "other", "--lift", "138 0000 1111")
    assert changed["也收到"] == ("other", 1, "added")
    assert changed["13800001111"] == ("phone", 1, "lifted")
    back = listed(case, capsys, "--reset", "也收到", "--reset", "13800001111")
    assert back == listed(case, capsys)
    assert "也收到" not in back


def test_a_masked_copy_hides_them_and_says_so(case, tmp_path, capsys):
    assert run(["export", str(case), str(tmp_path / "a.json"), "--masked"]) == 0
    content = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert content["case"]["facts"] == "张敏的母亲██A（███████████）也收到短信。"
    assert {c["kind"] for c in content["masks"]["counts"]} == {"name", "phone"}
    assert run(["masks", str(case)]) == 0
    assert "赵桂芳\t姓名、称呼\t1\t规则找出" in capsys.readouterr().out
