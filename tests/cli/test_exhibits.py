"""The catalogue of exhibits at the command line."""

from __future__ import annotations

import json

import pytest

from smsdesk.cli.app import run
from smsdesk.services.cases import open_case
from smsdesk.services.exhibits import plan


@pytest.fixture
def command(capsys, sample_case_path):
    """Run a command on the sample case; return exit code, standard output and standard error."""

    def call(name, *arguments):
        code = run([name, str(sample_case_path), *map(str, arguments)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


def listed(command):
    code, out, _ = command("exhibits", "--json")
    assert code == 0
    return [json.loads(line) for line in out.splitlines()]


def test_the_catalogue_names_every_original_once(command, sample_case_path):
    rows = listed(command)
    originals = [original for row in rows for original in row["originals"]]
    assert len(originals) == len({original["sha256"] for original in originals}) == 20
    assert all(o["number"].startswith(row["number"]) for row in rows for o in row["originals"])
    with open_case(sample_case_path) as case:
        assert [row["key"] for row in rows] == [e.key for e in plan(case).exhibits]


def test_files_are_attached_described_moved_and_detached(command, tmp_path):
    receipt = tmp_path / "回执.eml"
    receipt.write_bytes(b"Received")
    code, out, err = command("attach", receipt, tmp_path / "没有.pdf", "--kind", "police_receipt")
    assert code == 1
    assert out.startswith("2-1-01  回执.eml  SHA-256 ")
    assert "没有.pdf：找不到文件" in out
    assert "列入 1 个文件，未能列入 1 个" in err
    columns = ("--proves", "已经报警", "--copies", "2", "--summary", " ")
    assert command("exhibit", "2-1", *columns, "--group", "债权", "--move", "1")[0] == 0
    row = listed(command)[0]
    assert (row["number"], row["proves"], row["copies"]) == ("1-1", "已经报警", 2)
    assert (row["group"], row["edited"]) == ("主体与债权债务关系", ["proves", "copies"])
    assert "（人工填写）：已经报警" in command("exhibits")[1]
    assert command("exhibit", "1-1", "--reset")[0] == 0
    assert listed(command)[0]["edited"] == []
    assert command("detach", "1-1")[0] == 0
    assert listed(command)[-1]["number"] is None
    assert "附件" in command("verify")[1]


def test_several_files_with_a_name_are_one_exhibit(command, tmp_path):
    pages = [tmp_path / f"{n}.txt" for n in range(3)]
    for page in pages:
        page.write_text(page.name)
    code, out, _ = command("attach", *pages, "--kind", "contract", "--name", "借款合同", "--json")
    assert (code, [json.loads(line)["number"] for line in out.splitlines()]) == (
        0, ["1-1-01", "1-1-02", "1-1-03"],
    )  # fmt: skip
    assert listed(command)[0]["name"] == "借款合同"


def test_groups_are_added_renamed_moved_and_dropped(command):
    changes = ("--new-group", "其他", "--rename-group", "短信=短信及通话", "--move-group", "其他=1")
    code, out, _ = command("exhibits", *changes)
    titles = [line for line in out.splitlines() if line.startswith("[")]
    assert code == 0
    assert titles == [
        "[1] 其他（空，不列入目录）",
        "[2] 主体与债权债务关系（空，不列入目录）",
        "[3] 第一组 短信及通话",
        "[4] 损害后果（空，不列入目录）",
    ]
    assert command("exhibits", "--drop-group", "1")[1].startswith("[1] 主体与债权债务关系")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("exhibit", "9-9"), "没有 9-9"),
        (("exhibit", "1-1", "--copies", "0"), "份数"),
        (("exhibit", "1-1", "--name", "甲", "--group", "没有的组"), "没有的组"),
        (("detach", "1-1"), "不能从目录中移除"),
        (("exhibits", "--rename-group", "2="), "组名不能为空"),
        (("exhibits", "--rename-group", "短信"), "组=内容"),
        (("exhibits", "--move-group", "2=先"), "从 1 开始"),
        (("exhibits", "--drop-group", "损害"), "固定的一组"),
        (("attach", "x.png", "--kind", "messages"), "import"),
    ],
)
def test_what_makes_no_sense_is_told_and_changes_nothing(command, arguments, told):
    before = listed(command)
    code, out, err = command(*arguments)
    assert (code, out) == (2, "")
    assert told in err
    assert listed(command) == before


def test_ticked_messages_are_exported_alone_in_every_form(command, sample_case_path):
    for ending, more in (("xlsx", ()), ("json", ("--only", "label=insult"))):
        out = sample_case_path.with_suffix(f".{ending}")
        code, printed, err = command("export", out, "--only", "id=3,16-20", *more)
        assert (code, printed) == (0, f"{out}\n")
        assert ("已导出 6 条" in err) == (not more)


@pytest.mark.parametrize("ids", ["", "a", "5-3", "3,,4", "1-2-3", "-"])
def test_ids_that_cannot_be_read_are_refused(command, tmp_path, ids):
    assert command("export", tmp_path / "a.json", "--only", f"id={ids}")[0] == 2
    assert not list(tmp_path.glob("a.json"))
