"""Whatever text a cell holds stays that text, in every program that opens the file."""

from __future__ import annotations

import datetime as dt
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smsdesk.domain.times import CHINA
from smsdesk.report.workbook import (
    MOST_UNITS,
    Column,
    ColumnKind,
    Properties,
    Table,
    cell_text,
    write_workbook,
)

ABOUT = Properties(
    "甲 & 乙", "smsdesk", dt.datetime(2026, 1, 2, tzinfo=dt.UTC), "甲 & 乙 全部 1 条"
)
COLUMNS = (
    Column("号码", 20, ColumnKind.CODE),
    Column("全文", 40),
    Column("时间", 16, ColumnKind.MOMENT),
    Column("条数", 6, ColumnKind.COUNT),
)
HOSTILE = [
    '=HYPERLINK("http://example.com","点此")',
    "=1+1",
    "+8617101236805",
    "-2+3",
    "@SUM(A1)",
    "{=1}",
    "'已加引号",
    "00123",
    "1E5",
    "2025-12-01",
    "TRUE",
    "http://example.com/a?b=c",
    "mailto:a@example.com",
    "internal:Sheet1!A1",
    " 前后空格 ",
    "第一行\n第二行\t制表",
    "_x0041_",
    "<b>&amp;</b>",
    "😡😀",
]


def written(path, rows, columns=COLUMNS):
    write_workbook(path, [Table("表", columns, rows, frozen=1)], ABOUT)
    return openpyxl.load_workbook(path).worksheets[0]


def test_text_is_never_a_formula_a_link_or_a_number(tmp_path):
    path = tmp_path / "a.xlsx"
    sheet = written(path, [(text, text, None, None) for text in HOSTILE])
    for text, row in zip(HOSTILE, sheet.iter_rows(min_row=2, max_col=2), strict=True):
        for cell in row:
            assert cell.data_type == "s"
            assert cell.quotePrefix
            assert cell.hyperlink is None
            assert cell.value.replace("_x005F", "") == text
    with zipfile.ZipFile(path) as parts:
        sheet_xml = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet_xml
        assert "hyperlink" not in sheet_xml
        assert not [name for name in parts.namelist() if "rels" in name and "sheet" in name]


def test_numbers_stay_text_after_an_edit_and_times_are_dates(tmp_path):
    moment = dt.datetime(2025, 12, 31, 23, 59, tzinfo=CHINA)
    sheet = written(tmp_path / "a.xlsx", [("+86171", "甲", moment.astimezone(dt.UTC), 3)])
    code, words, time, count = sheet[2]
    assert code.number_format == "@"
    assert words.alignment.wrap_text
    assert time.is_date
    assert time.value == moment.replace(tzinfo=None)
    assert (count.data_type, count.value) == ("n", 3)


def test_the_head_stays_in_sight_and_can_be_filtered(tmp_path):
    sheet = written(tmp_path / "a.xlsx", [("1", "甲", None, 1), ("2", "乙", None, 2)])
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:D3"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddHeader.left.text == "甲 && 乙 全部 1 条"
    assert written(tmp_path / "b.xlsx", []).auto_filter.ref == "A1:D2"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x1b\x7f", "a␀b␛␡"),
        ("a\r\nb\rc", "a\nb␍c"),
        ("\ud83d单", "\ufffd单"),
        ("\ufffe", "\ufffd"),
        ("\x0b\x0c", "␋␌"),
    ],
)
def test_what_xml_cannot_hold_is_shown(text, shown):
    assert cell_text(text) == shown


@pytest.mark.parametrize("char", ["字", "😡", "\x00"])
def test_a_text_too_long_for_a_cell_says_that_it_is_cut(char):
    assert cell_text(char * (MOST_UNITS // 2)) == cell_text(char) * (MOST_UNITS // 2)
    cut = cell_text(char * 40_000)
    assert len(cut.encode("utf-16-le")) // 2 <= MOST_UNITS
    assert cut.endswith("〔超出单元格限度，全文共 40000 字，见 JSON〕")


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_any_text_comes_back(tmp_path, text):
    sheet = written(tmp_path / "any.xlsx", [(text, text, None, None)])
    wanted = cell_text(text) or None
    read = [None if cell.value is None else str(cell.value) for cell in sheet[2][:2]]
    assert [value and value.replace("_x005F", "") for value in read] == [wanted, wanted]


def test_a_place_that_cannot_be_written_is_an_os_error(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        write_workbook(tmp_path / "missing" / "a.xlsx", [], ABOUT)
