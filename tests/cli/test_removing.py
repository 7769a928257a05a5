"""Taking originals out of a case and putting them back, on the command line."""

from __future__ import annotations

import json
from contextlib import closing

import pytest

from smsdesk.services.cases import open_case
from tests.services.test_joining import A, B, C, show
from tests.storage.builders import at, create

WHY = "他人手机的截图"


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "两张.smscase"
    with closing(create(made)) as case:
        show(case, (A, at(9)), (B, at(10)), file_name="甲.png")
        show(case, (B, at(10)), (C, at(11)), minutes=1, file_name="乙.png")
    return made


def test_an_original_is_taken_out_listed_and_put_back(command, path):
    before = command("list", path, "--json")[1]
    code, _, err = command("remove", path, "乙.png", "--reason", WHY)
    assert (code, "已移出 1 件原件" in err, "现共 2 条短信" in err) == (0, True, True)
    assert C not in command("list", path)[1]
    assert command("remove", path)[1].startswith("乙.png　SHA-256 ")
    (row,) = map(json.loads, command("remove", path, "--json")[1].splitlines())
    assert (row["file_name"], row["reason"]) == ("乙.png", WHY)
    code, _, err = command("restore", path, row["sha256"][:12])
    assert (code, "已放回 1 件原件" in err) == (0, True)
    assert command("list", path, "--json")[1] == before
    log = command("log", path)[1]
    assert ("移出原件" in log, "放回原件" in log) == (True, True)
    assert command("remove", path)[1] == "没有移出的原件\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("remove", "甲.png"), "请写明移出的原因"),
        (("remove", "丙.png", "--reason", WHY), "案件里没有原件“丙.png”"),
        (("restore", "甲.png"), "没有移出"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(command, path, arguments, sentence):
    before = command("list", path, "--json")[1]
    verb, *rest = arguments
    code, _, err = command(verb, path, *rest)
    assert (code, sentence in err, "没有做任何改动" in err) == (2, True, True)
    assert command("list", path, "--json")[1] == before


def test_verify_says_that_what_is_out_was_checked_too(command, tmp_path, picture):
    path = tmp_path / "案.smscase"
    command("new", path, "--title", "案")
    command("import", path, picture)
    command("remove", path, picture.name, "--reason", WHY)
    code, out, _ = command("verify", path)
    assert (code, "其中 1 件已移出" in out) == (0, True)
    code, out, err = command("import", path, picture)
    assert (code, "重复 1 张" in err) == (0, True)
    assert "已于" in out
    assert f"smsdesk restore {path}" in out
    (row,) = map(json.loads, command("import", path, picture, "--json")[1].splitlines())
    assert row["twin_removed"]["reason"] == WHY
    with closing(open_case(path)) as case, case.view() as work:
        assert (work.originals.count(), len(work.originals.every())) == (0, 1)
    command("restore", path, row["twin_removed"]["sha256"])
    assert command("list", path)[1]
