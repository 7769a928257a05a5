"""The contract of the command line: forms and exit codes (docs/cli.md)."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from smsdesk.domain.times import CHINA
from tests.ocr.paper import printed
from tests.services.bad_files import make_bad_files


def rows(text):
    return [json.loads(line) for line in text.splitlines()]


def test_new_import_list_export_verify_log(command, tmp_path, picture):
    case = tmp_path / "张女士.smscase"
    assert command("new", case, "--title", "张女士 诉 某公司") == (0, f"{case}\n", "")

    code, out, _ = command("import", case, picture, "--json")
    assert code == 0
    (imported,) = rows(out)
    assert imported == {
        "path": str(picture), "status": "imported", "reason": None, "twin": None
    }  # fmt: skip
    code, out, err = command("import", case, picture)
    assert (code, "重复 1 张" in err) == (0, True)

    code, out, _ = command("list", case, "--json")
    listed = rows(out)
    assert code == 0
    assert {row["sender_number"] for row in listed} == {"106801236620"}
    assert listed[0]["before"] == "start"
    assert listed[0]["sightings"][0]["image"] == picture.name

    for name in ("out.pdf", "out.json"):
        code, out, _ = command("export", case, tmp_path / name)
        assert (code, out) == (0, f"{tmp_path / name}\n")
        assert (tmp_path / name).stat().st_size > 1000

    code, out, _ = command("verify", case)
    assert (code, out[:2]) == (0, "完好")
    code, out, _ = command("log", case, "--json")
    actions = [row["action"] for row in rows(out)]
    assert actions[0] == "case_created"
    assert {"original_imported", "picture_read", "exported"} <= set(actions)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.json", "out.pdf", case.name]


def test_a_pdf_in_volumes(command, sample_case_path, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    options = ("--volume-mb", "1.4", "--only", "label=insult")
    code, out, _ = command("export", sample_case_path, folder / "a.pdf", *options)
    paths = [Path(line) for line in out.splitlines()]
    assert code == 0
    assert len(paths) > 1
    assert sorted(paths) == sorted(folder.iterdir())
    assert all(path.stat().st_size <= 1_400_000 for path in paths)
    assert paths[0].name == f"a-第1卷-共{len(paths)}卷.pdf"

    code, _, err = command("export", sample_case_path, folder / "b.pdf", "--volume-mb", "0.1")
    assert (code, "放不下最大的一页" in err) == (2, True)
    code, _, err = command("export", sample_case_path, folder / "b.json", "--volume-mb", "3")
    assert (code, "只用于 .pdf" in err) == (2, True)
    assert sorted(paths) == sorted(folder.iterdir())


def test_list_narrows(command, sample_case_path):
    _, out, _ = command("list", sample_case_path, "--json", "--label", "insult")
    insults = rows(out)
    assert insults
    assert all("insult" in {f["label"] for f in row["findings"]} for row in insults)
    _, out, _ = command(
        "list", sample_case_path, "--json", "--from", "2026-01-01", "--to", "2026-01-10"
    )
    found = rows(out)
    assert found
    for row in found:  # a range counts where it touches the days asked for
        assert (row["sent_at"] or row["sent_at_latest"])[:10] <= "2026-01-10"
        assert row["sent_at_latest"][:10] >= "2026-01-01"


def test_import_sets_aside_and_says_so(command, tmp_path, picture):
    folder = tmp_path / "bad"
    folder.mkdir()
    expected = make_bad_files(folder, picture)
    command("new", tmp_path / "a.smscase", "--title", "T")
    code, out, _ = command("import", tmp_path / "a.smscase", folder, "--json")
    assert code == 1
    assert len(rows(out)) == len(expected)
    assert all(row["status"] == "set_aside" and row["reason"] for row in rows(out))


def test_what_was_set_aside_is_tried_again_when_asked(command, tmp_path, picture):
    case, late = tmp_path / "c.smscase", tmp_path / "late.png"
    command("new", case, "--title", "案件")
    assert command("import", case, late)[0] == 1
    late.write_bytes(picture.read_bytes())
    assert command("resume", case, "--json")[:2] == (0, "")
    code, out, _ = command("resume", case, "--again", "--json")
    assert code == 0
    assert [row["status"] for row in rows(out)] == ["imported"]


def test_read_without_a_case(command, picture, tmp_path):
    (tmp_path / "empty.png").touch()
    code, out, err = command("read", picture, tmp_path / "empty.png", "--json")
    read, refused = rows(out)
    assert code == 1
    assert read["image"] == picture.name
    assert read["kind"] == "thread"
    assert read["captured_at"] == "2025-12-14T20:07:31+08:00"
    assert [m["sent_at"] for m in read["messages"]] == [
        "2025-12-10T09:00+08:00",
        "2025-12-13T10:16+08:00",
    ]
    assert refused["messages"] == []
    assert "0 字节" in refused["error"]
    assert "empty.png" in err


def test_a_page_that_is_set_aside_is_named(command, tmp_path):
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(printed(*[lambda canvas: None] * 2, size=(120, 60)))
    command("new", tmp_path / "a.smscase", "--title", "T")
    code, out, _ = command("import", tmp_path / "a.smscase", scan, "--json")
    whole, *pages = rows(out)
    assert (code, whole["status"], "page" in whole) == (1, "imported", False)
    assert [(p["page"], p["status"]) for p in pages] == [(1, "set_aside"), (2, "set_aside")]
    assert "没有识读出短信" in pages[0]["reason"]
    _, out, _ = command("read", scan, "--json")
    assert [(row["image"], row["page"], row["kind"]) for row in rows(out)] == [
        ("scan.pdf", 1, "none"),
        ("scan.pdf", 2, "none"),
    ]
    _, out, _ = command("read", scan, "--lang", "en")
    assert out.splitlines()[1].startswith("scan.pdf page 2")


def test_a_screenshot_that_shows_another_time_than_its_file_is_told(command, tmp_path, picture):
    """A copy made hours later by a program that drops EXIF: the status bar shows 20:07."""
    copied = tmp_path / "copied.png"
    with Image.open(picture) as image:
        Image.fromarray(np.asarray(image.convert("RGB"))).save(copied)
    later = dt.datetime(2025, 12, 15, 9, 30, tzinfo=CHINA).timestamp()
    os.utime(copied, (later, later))

    _, out, _ = command("read", picture, copied, "--json")
    whole, contradicted = rows(out)
    assert (whole["clock_clash"], whole["label_clash"]) == (False, False)
    assert (contradicted["clock_clash"], contradicted["label_clash"]) == (True, False)
    assert contradicted["status_bar"]["time"] == whole["status_bar"]["time"] == "20:07"
    assert [m["sent_at"] for m in contradicted["messages"]] == [None, None]
    assert {m["time_basis"] for m in contradicted["messages"]} == {"unknown"}

    case = tmp_path / "case.smscase"
    command("new", case, "--title", "甲 诉 乙")
    _, _, err = command("import", case, copied)
    told = "状态栏时钟 20:07 与截图时间 2025-12-15 09:30 不符"
    assert "1 张截图的画面与截图时间不符" in err
    assert told in err
    _, out, err = command("list", case, "--json")
    assert told in err
    assert all(seen["clock_clash"] for row in rows(out) for seen in row["sightings"])
    command("export", case, tmp_path / "out.json")
    exported = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert exported["originals"][0]["contradictions"] == ["clock"]
    assert exported["originals"][0]["status_clock"] == "20:07"


def test_classify_goes_on_after_a_bad_line(command, tmp_path):
    lines = tmp_path / "texts.jsonl"
    lines.write_text(
        '{"id": 1, "text": "再不还款明天就去你孩子幼儿园门口堵人"}\n{bad\n'
        '{"id": 2, "text": "【江汀银行】您的验证码是 482913，五分钟内有效。"}\n',
        encoding="utf-8",
    )
    code, out, err = command("classify", lines, "--json")
    first, second = rows(out)
    assert code == 1
    assert "minor_threat" in first["labels"]
    assert all(0 <= s < e <= 22 for f in first["findings"] for s, e in f["spans"])
    assert second["labels"] == ["none"]
    assert "第 2 行" in err


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "不是案件文件"), (b"just some text " * 100, "不是案件文件"), (None, "找不到")],
)
def test_what_is_no_case_is_left_alone(command, tmp_path, content, words):
    path = tmp_path / "other.smscase"
    if content is not None:
        path.write_bytes(content)
    code, out, err = command("list", path)
    assert (code, out) == (3, "")
    assert words in err
    assert [p.name for p in tmp_path.iterdir()] == ([path.name] if content is not None else [])
    if content is not None:
        assert path.read_bytes() == content


def test_a_new_case_never_overwrites(command, tmp_path):
    path = tmp_path / "mine.smscase"
    path.write_bytes(b"precious")
    code, _, err = command("new", path, "--title", "T")
    assert (code, "已有文件" in err) == (2, True)
    assert path.read_bytes() == b"precious"


@pytest.mark.parametrize(
    "arguments",
    [
        ("new", "x.smscase"),
        ("no-such-command",),
        ("list", "CASE", "--from", "yesterday"),
        ("list", "CASE", "--label", "nonsense"),
        ("export", "CASE", "out.exe"),
        ("export", "CASE", "out.pdf", "--only", "colour=red"),
    ],
)
def test_wrong_use_is_exit_code_2(command, sample_case_path, arguments):
    code, out, err = command(*(sample_case_path if a == "CASE" else a for a in arguments))
    assert (code, out) == (2, "")
    assert err


def test_a_place_that_cannot_be_written_is_named(command, sample_case_path, tmp_path):
    target = tmp_path / "no such folder" / "out.pdf"
    code, _, err = command("export", sample_case_path, target)
    assert (code, "无法写入" in err) == (2, True)


def test_english_when_asked(command, tmp_path):
    code, _, err = command("list", tmp_path / "none.smscase", "--lang", "en")
    assert (code, err.startswith("There is no case file")) == (3, True)


def test_the_command_line_never_loads_qt():
    import subprocess

    script = (
        "import sys, smsdesk.cli.app, smsdesk.cli.commands;"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_pack_is_checked_shown_and_applied(command, sample_case_path, tmp_path):
    pack = tmp_path / "office.toml"
    pack.write_text(
        'version = "office-1"\n[[rule]]\nid = "office.polite"\nlabel = "insult"\n'
        'why = "自设"\nany = ["您|请"]\n',
        encoding="utf-8",
    )
    code, out, _ = command("pack", pack)
    assert (code, "office-1" in out) == (0, True)
    code, out, err = command("judge", sample_case_path, "--add", pack, "--json")
    shown = rows(out)
    assert code == 0
    assert {"label", "rule", "reason"} == shown[0]["added"][0].keys()
    assert "没有改动" in err
    assert rows(command("judge", sample_case_path, "--json")[1]) == []
    command("judge", sample_case_path, "--add", pack, "--apply")
    listed = rows(command("list", sample_case_path, "--json")[1])
    found = [f for row in listed for f in row["findings"] if f["rule"] == "office.polite"]
    assert len(found) == len(shown)
    code, _, err = command("judge", sample_case_path, "--remove", "office-2")
    assert (code, "office-2" in err) == (2, True)
    assert command("judge", sample_case_path, "--remove", "office-1", "--apply")[0] == 0


def test_a_wrong_pack_names_file_and_line(command, tmp_path):
    pack = tmp_path / "office.toml"
    pack.write_text('version = "office-1"\n[[rule]]\nid = "x"\nlabel = "rude"\n', encoding="utf-8")
    code, _, err = command("pack", pack)
    assert code != 0
    assert "office.toml" in err
    assert " 3 " in err


def test_recipients_institutions_and_figures(command, sample_case_path):
    code, out, _ = command("recipient", sample_case_path)
    threads = out.split()
    assert (code, bool(threads)) == (0, True)
    assert command("recipient", sample_case_path, threads[0], "third", "--relation", "妻子")[0] == 0
    assert threads[0] not in command("recipient", sample_case_path)[1].split()
    for wrong in (("99", "self"), (threads[0], "nobody")):
        assert command("recipient", sample_case_path, *wrong)[0] == 2

    (figures,) = rows(command("figures", sample_case_path, "--json")[1])
    senders = [number["sender"] for number in figures["numbers"]][:2]
    assert command("institution", sample_case_path, "某某催收", *senders)[0] == 0
    (figures,) = rows(command("figures", sample_case_path, "--json")[1])
    assert {n["institution"] for n in figures["numbers"] if n["sender"] in senders} == {"某某催收"}
    assert figures["overall"]["own_lines_not_law"].keys() == {"noticed", "striking"}
    assert command("institution", sample_case_path, "某某催收", "99")[0] == 2
    code, out, _ = command("figures", sample_case_path)
    assert (code, "催收短信" in out) == (0, True)


# --- joins ----------------------------------------------------------------------------------------


def test_a_join_is_explained_split_and_redone(command, sample_case_path):
    code, out, _ = command("list", sample_case_path, "--json")
    joined = next(row for row in rows(out) if len(row["sightings"]) == 2)
    images = [seen["image"] for seen in joined["sightings"]]
    assert {seen["copy_of"] for seen in joined["sightings"]} == {None}
    assert (joined["in_question"], joined["times_disagree"]) == (False, False)

    code, out, _ = command("joins", sample_case_path, joined["id"], "--json")
    (reason,) = rows(out)
    assert code == 0
    assert [reason["with"], reason["image"]] == images
    assert joined["id"] in reason["shared"]

    code, _, _ = command("split", sample_case_path, joined["id"], "--image", images[1])
    assert code == 0
    _, out, _ = command("list", sample_case_path, "--json")
    parts = [row["id"] for row in rows(out) if row["text"] == joined["text"]]
    assert len(parts) == 2

    assert command("join", sample_case_path, *parts)[0] == 0
    _, out, _ = command("list", sample_case_path, "--json")
    again = next(row for row in rows(out) if row["id"] == joined["id"])
    assert again["sightings"] == joined["sightings"]
    assert command("verify", sample_case_path)[0] == 0
    _, out, _ = command("log", sample_case_path, "--json")
    assert [row["action"] for row in rows(out)].count("joined_by_hand") == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("join", "99999", "1"), "没有这个编号"),
        (("join", "1"), "没有待定的重叠"),
        (("split", "1", "--image", "不存在.png"), "不存在.png"),
    ],
)
def test_joins_that_make_no_sense_are_refused(command, sample_case_path, arguments, said):
    name, *rest = arguments
    code, out, err = command(name, sample_case_path, *rest)
    assert (code, out) == (2, "")
    assert said in err


def test_what_only_a_person_can_settle_is_listed(command, sample_case_path):
    code, out, err = command("joins", sample_case_path)
    asked = out.count("可能是两条")  # rows of a message list that tell no time of their own
    assert code == 0
    assert asked
    assert f"{asked} 条可能各是两条" in err
