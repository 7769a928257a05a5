"""Write tables as a spreadsheet (.xlsx) in which text is never anything but text.

Rows are written as they come and not kept, so that a table may have 100,000 of them.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from smsdesk.domain.times import CHINA

Cell = str | int | dt.datetime | None


class ColumnKind(StrEnum):
    """How a column is written.

    CODE: numbers, hashes and the like, which no program may take for quantities. WORDS: text that
    wraps. MOMENT: a real date and time, in China's time, since a cell knows no zone. COUNT: a
    quantity.
    """

    CODE = "code"
    WORDS = "words"
    MOMENT = "moment"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in characters, how its cells are written."""

    title: str
    width: float
    kind: ColumnKind = ColumnKind.WORDS


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. `rows` is gone through once; `frozen` columns stay in sight beside the head.

    Of a table too wide for paper the first `printed` columns are printed, and the page says so.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    frozen: int = 0
    printed: int | None = None


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself; `note` stands at the head of every printed page."""

    title: str
    program: str
    created: dt.datetime
    note: str


MOST_UNITS = 32_767
"""UTF-16 units that a cell holds; Excel refuses a file with more."""

_LINE, _HIGHEST_ROW = 13.5, 409
"""Points: a line of text of 10 points; and the highest row that Excel knows."""

_FILLED = 0.92
"""Lines are never quite full: words and marks are not parted."""

_CUT = "……〔超出单元格限度，全文共 {length} 字，见 JSON〕"
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")

_CELL = {
    "valign": "top",
    "border": 1,
    "border_color": "#BFBFBF",
    "font_name": "宋体",
    "font_size": 10,
}
_FORMATS = {
    # As "text" even after someone edits the cell: a leading = + - @ never becomes a formula.
    ColumnKind.CODE: {**_CELL, "num_format": "@", "quote_prefix": True},
    # Not "@": older Excel shows ##### for such cells of more than 255 characters.
    ColumnKind.WORDS: {**_CELL, "text_wrap": True, "quote_prefix": True},
    ColumnKind.MOMENT: {**_CELL, "num_format": "yyyy-mm-dd hh:mm", "align": "center"},
    ColumnKind.COUNT: {**_CELL, "num_format": "0"},
}
_HEAD = {
    **_CELL,
    "bold": True,
    "bg_color": "#E7E6E6",
    "text_wrap": True,
    "valign": "vcenter",
    "align": "center",
}
_A4 = 9
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}


def write_workbook(
    target: Path | BinaryIO, tables: Sequence[Table], properties: Properties
) -> None:
    """Write *tables* in order, the first one in sight; OSError if the file cannot be written."""
    book = xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, _OPTIONS)
    naive = properties.created.astimezone(CHINA).replace(tzinfo=None)
    book.set_properties(
        {"title": properties.title, "comments": properties.program, "created": naive}
    )
    head = book.add_format(_HEAD)
    formats = {kind: book.add_format(values) for kind, values in _FORMATS.items()}
    try:
        for table in tables:
            sheet = book.add_worksheet(table.name)
            _set_up(sheet, table, properties.note)
            _write_head(sheet, table.columns, head)
            last = _write_rows(sheet, table, formats)
            sheet.autofilter(0, 0, max(last, 1), len(table.columns) - 1)
            if table.printed:
                sheet.print_area(0, 0, max(last, 1), table.printed - 1)
    finally:
        _close(book)


def _close(book: xlsxwriter.Workbook) -> None:
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        cause = error.args[0] if error.args else error
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


def _set_up(sheet: Worksheet, table: Table, note: str) -> None:
    sheet.freeze_panes(1, table.frozen)
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.6, right=0.4, top=0.7, bottom=0.6)
    if table.printed:
        note += "（只打印主要各栏）"
    sheet.set_header("&L" + note.replace("&", "&&")[-200:] + "&R&A")
    sheet.set_footer("&C第 &P 页 共 &N 页")


def _write_head(sheet: Worksheet, columns: Sequence[Column], head: Format) -> None:
    sheet.set_row(0, 32)
    for number, column in enumerate(columns):
        sheet.write_string(0, number, column.title, head)


def _write_rows(sheet: Worksheet, table: Table, formats: dict[ColumnKind, Format]) -> int:
    """Write all rows; return the number of the last one, the head being 0."""
    styles = [formats[column.kind] for column in table.columns]
    number = 0
    for number, row in enumerate(table.rows, 1):
        sheet.set_row(number, _height(row, table.columns))
        for place, (value, style) in enumerate(zip(row, styles, strict=True)):
            _write(sheet, number, place, value, style)
    return number


def _height(row: Sequence[Cell], columns: Sequence[Column]) -> float:
    """Return the height in points that shows all lines of a row.

    Programs differ in whether they find it themselves when they open a file; some leave one line.
    """
    lines = 1
    for value, column in zip(row, columns, strict=True):
        if isinstance(value, str) and column.kind == ColumnKind.WORDS:
            lines = max(lines, sum(_lines(part, column.width) for part in value.split("\n")))
    return min(_LINE * lines + 2, _HIGHEST_ROW)


def _lines(text: str, width: float) -> int:
    """Estimate the lines of a paragraph: a Chinese character is as wide as two digits."""
    digits = len(text) + sum(char > "\u2000" for char in text)
    return max(1, math.ceil(digits / (width * _FILLED)))


def _write(sheet: Worksheet, row: int, place: int, value: Cell, style: Format) -> None:
    if value is None or value == "":
        sheet.write_blank(row, place, None, style)
    elif isinstance(value, dt.datetime):
        sheet.write_datetime(row, place, value.astimezone(CHINA).replace(tzinfo=None), style)
    elif isinstance(value, int):
        sheet.write_number(row, place, value, style)
    else:
        sheet.write_string(row, place, cell_text(value), style)


def cell_text(text: str) -> str:
    """Return *text* as a cell can hold it: control characters as their pictures, and not too long.

    What is cut says so, and how long the whole is.
    """
    plain = _NO_XML.sub("\ufffd", text.replace("\r\n", "\n"))
    shown = _CONTROLS.sub(_picture, plain)
    if _units(shown) <= MOST_UNITS:
        return shown
    cut = _CUT.format(length=len(text))
    return shown[: (MOST_UNITS - len(cut)) // 2] + cut


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return "\u2421" if code == 0x7F else chr(0x2400 + code)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
