"""The spreadsheet of a real case, read back by another library."""

from __future__ import annotations

import openpyxl
import pytest

from smsdesk.domain.errors import CannotWrite
from smsdesk.domain.exhibits import ExhibitKind
from smsdesk.domain.findings import ViolationType
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.screens import Direction
from smsdesk.domain.times import CHINA
from smsdesk.report.labels import shown_labels
from smsdesk.services import exhibits, listing
from smsdesk.services.attaching import AttachOptions, add_files
from smsdesk.services.exhibits import label_words
from smsdesk.services.figuring import case_figures
from smsdesk.services.formats import EXPORTERS
from smsdesk.services.jobs import Cancelled, Task
from smsdesk.services.sheets import export_sheet

EVERYTHING = MessageQuery()


def sheets(case, path, query=EVERYTHING):
    """Export and return, by sheet, the rows as dictionaries."""
    result = export_sheet(case, path, query, Task())
    book = openpyxl.load_workbook(path)
    rows = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    return result, {
        name: [dict(zip(r[0], x, strict=True)) for x in r[1:]] for name, r in rows.items()
    }


def test_every_message_is_a_row_with_its_number_time_text_and_labels(sample_case, tmp_path):
    _, tables = sheets(sample_case, tmp_path / "a.xlsx")
    plan = exhibits.plan(sample_case)
    messages = listing.messages(sample_case, listing.message_ids(sample_case, EVERYTHING))
    for number, (message, row) in enumerate(zip(messages, tables["短信"], strict=True), 1):
        assert row["编号"] == f"{number:04}"
        assert row["短信全文"] == message.text
        earliest = message.sent.earliest and message.sent.earliest.astimezone(CHINA)
        assert row["最早发送时间（北京时间）"] == (earliest and earliest.replace(tzinfo=None))
        assert row["收发"] == ("收到" if message.direction == Direction.IN else "发出")
        assert row["证据编号"] == plan.originals[message.sightings[0].original_id]
        proposed = [label_words(v.violation) for v in shown_labels(message) if not v.confirmed]
        assert (row["涉嫌（建议，待确认）"] or "") == "、".join(proposed)
        if message.sender.number:
            digits = row["号码或名称"].replace(" ", "").removeprefix("+86")
            assert digits in message.sender.number.replace("+86", "0")


def test_originals_exhibits_and_figures_are_those_of_the_case(sample_case, tmp_path):
    _, tables = sheets(sample_case, tmp_path / "a.xlsx")
    originals = {o.sha256: o for o in listing.originals(sample_case)}
    assert {row["SHA-256"] for row in tables["原件"]} == set(originals)
    assert all(row["SM3"] == originals[row["SHA-256"]].sm3 for row in tables["原件"])
    plan = exhibits.plan(sample_case)
    assert [(row["编号"], row["证明对象"]) for row in tables["证据目录"]] == [
        (e.number, e.texts.proves) for e in plan.exhibits
    ]
    figures = case_figures(sample_case).figures
    assert [row["催收短信"] for row in tables["号码"]] == [
        len(n.rhythm.ids) for n in figures.numbers
    ]
    assert sum(row["催收短信"] for row in tables["机构"]) == len(figures.overall.ids)
    assert "其他文件" not in tables


def test_a_choice_says_so_and_holds_nothing_else(sample_case, tmp_path):
    insults = MessageQuery(label=ViolationType.INSULT)
    result, tables = sheets(sample_case, tmp_path / "a.xlsx", insults)
    (name,) = (name for name in tables if name.startswith("短信"))
    assert name == f"短信（选列{result.messages}条，共{result.of_messages}条）"
    assert len(tables[name]) == result.messages == len(listing.message_ids(sample_case, insults))
    said = {row["项目"]: row["内容"] for row in tables["说明"]}
    assert said["范围"] == f"选列 {result.messages} 条，共 {result.of_messages} 条"
    whole = exhibits.plan(sample_case)
    numbers = {row["证据编号"] for row in tables[name]}
    assert numbers <= {row["证据编号"] for row in tables["原件"]} < set(whole.originals.values())


def test_ticked_messages_are_a_choice_too(sample_case, tmp_path):
    ids = listing.message_ids(sample_case, EVERYTHING)[3:5]
    _, tables = sheets(sample_case, tmp_path / "a.xlsx", MessageQuery(only=frozenset(ids)))
    assert [row["编号"] for row in tables["短信（选列2条，共101条）"]] == ["0004", "0005"]


def test_files_and_what_was_set_aside_are_listed(empty_case, tmp_path, picture):
    from smsdesk.services.importing import ImportOptions, import_paths

    broken = tmp_path / "坏.png"
    broken.write_bytes(picture.read_bytes()[:500])
    import_paths(empty_case, [broken], ImportOptions(), Task())
    add_files(empty_case, [picture], AttachOptions(ExhibitKind.CALL_LOG), Task())
    _, tables = sheets(empty_case, tmp_path / "a.xlsx")
    assert [row["文件名"] for row in tables["其他文件"]] == [picture.name]
    assert [row["文件"] for row in tables["未能读取的文件"]] == [str(broken)]
    assert tables["短信"] == []


def test_the_log_names_the_sheet(sample_case, tmp_path):
    EXPORTERS[".xlsx"](sample_case, tmp_path / "a.xlsx", EVERYTHING, Task())
    entry = listing.custody(sample_case)[-1]
    assert (entry.action, entry.details["file_name"]) == ("exported", "a.xlsx")


def test_a_cancelled_or_impossible_export_leaves_nothing(sample_case, tmp_path):
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        export_sheet(sample_case, tmp_path / "a.xlsx", EVERYTHING, task)
    with pytest.raises(CannotWrite):
        export_sheet(sample_case, tmp_path / "missing" / "a.xlsx", EVERYTHING, Task())
    assert not list(tmp_path.glob("*a.xlsx*"))
