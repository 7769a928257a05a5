"""The messages under a label: a row each, or many of one reason in the row of their first."""

from __future__ import annotations

import dataclasses

import pytest
import sample_content as sample

from smsdesk.report.pdf.blocks import Paragraph
from smsdesk.report.pdf.book import Book
from smsdesk.report.pdf.fonts import register
from smsdesk.report.pdf.sections.classification import classification
from smsdesk.report.pdf.tables import HEAD_SHADE, Row
from smsdesk.rules.provisions import load_provisions

register()


def rows_of(texts):
    """Return (number, reason) of each row under all labels of a file of these messages."""
    part = classification(Book.of(sample.small_file(texts)))
    rows = [b for b in part.blocks if isinstance(b, Row) and b.shade != HEAD_SHADE]
    return [(words(row.cells[0]), words(row.cells[2])) for row in rows]


def words(cell):
    assert isinstance(cell, Paragraph)
    return "".join(glyph.char for glyph in cell.glyphs)


def test_few_messages_have_a_row_each():
    rows = rows_of(["再不还钱就起诉你", "你这个老赖", "还钱"] * 4)
    numbers = [number for number, _ in rows]
    threats, insults = [1, 2, 4, 5, 7, 8, 10, 11], [2, 5, 8, 11]
    assert numbers == [f"{number:04}" for number in (*threats, *insults)]
    assert not any("另有" in reason for _, reason in rows)


@pytest.mark.parametrize("count", [60, 90])
def test_many_of_one_reason_share_a_row_that_names_each(count):
    rows = rows_of(["再不还钱就起诉你"] * count)
    shared = {number: reason for number, reason in rows if "另有" in reason}
    assert "0001" in shared
    named = "".join(reason.partition("编号 ")[2] for _, reason in rows)
    for number in range(1, count + 1):
        listed = f"{number:04}"
        assert (number % 3 == 0) != (listed in named or any(n == listed for n, _ in rows))


def test_confirmed_and_proposed_ones_never_share_a_row():
    rows = rows_of(["再不还钱就起诉你"] * 60)
    for number, reason in rows:
        numbers = [n for n in reason.partition("编号 ")[2].strip("。").split("、") if n]
        assert {int(n) % 2 for n in numbers} <= {int(number) % 2}


def test_provisions_are_named_to_their_paragraph_and_item():
    """Else two paragraphs of one article would be referred to by two equal lines."""
    known = load_provisions()
    content = sample.small_file(["再不还钱就起诉你", "你这个老赖", "还钱"] * 4)
    parts = {"law-a": known["civil-code-1032-p2"], "law-b": known["psapl-2012-42-p1-i5"]}
    provisions = {**content.provisions, **parts, "civil-code-1032": known["civil-code-1032"]}
    part = classification(Book.of(dataclasses.replace(content, provisions=provisions)))
    names = [words(b) for b in part.blocks if isinstance(b, Paragraph) and words(b)[0] == "《"]
    assert "《中华人民共和国民法典》第一千零三十二条第二款（2021-01-01 起施行）" in names
    assert any("第四十二条第五项" in name for name in names)
