"""The Word kit: what it writes, read back with python-docx, and the bytes it gives."""

from __future__ import annotations

import datetime as dt
import io
import time
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from smsdesk.domain.times import CHINA
from smsdesk.report.word.characters import blank, printable
from smsdesk.report.word.paper import Paper
from smsdesk.report.word.tables import Band, Columns
from smsdesk.report.word.template import LETTER, TABLES
from tests.report.word_order import out_of_order

AT = dt.datetime(2026, 1, 21, 15, 4, 5, tzinfo=CHINA)


def new_paper(faces=LETTER, **options):
    return Paper("投诉书", "张女士", AT, faces, **options)


def read(paper):
    return docx.Document(io.BytesIO(paper.data()))


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def test_a_page_is_a4_with_room_to_bind_and_says_who_wrote_it_when():
    paper = new_paper()
    paper.head_and_foot("甲诉乙", "投诉书")
    document = read(paper)
    section = document.sections[0]
    sizes = (section.page_width.mm, section.page_height.mm, section.left_margin.mm)
    assert [round(size) for size in sizes] == [210, 297, 28]
    assert section.header.paragraphs[0].text == "甲诉乙\t投诉书"
    fields = [f.get(qn("w:instr")).strip() for f in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    about = document.core_properties
    assert (about.title, about.author, about.language) == ("投诉书", "张女士", "zh-CN")
    assert about.created.replace(tzinfo=dt.UTC) == AT


def test_landscape_turns_the_page():
    section = read(new_paper(TABLES, landscape=True)).sections[0]
    assert section.page_width.mm > section.page_height.mm


@pytest.mark.parametrize("style", ["Normal", "Heading 1", "Title", "Quote"])
def test_styles_name_a_chinese_typeface(style):
    fonts = read(new_paper()).styles[style].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) in {"宋体", "仿宋", "黑体"}


def test_typefaces_have_stand_ins_and_nothing_of_the_template_is_left():
    with zipfile.ZipFile(io.BytesIO(new_paper().data())) as archive:
        fonts = archive.read("word/fontTable.xml").decode()
        names = archive.namelist()
        app = archive.read("docProps/app.xml").decode()
    assert "Songti SC" in fonts
    assert "Noto Serif CJK SC" in fonts
    assert not [name for name in names if "thumbnail" in name or "customXml" in name]
    assert "Microsoft" not in app


def test_the_same_content_gives_the_same_bytes_at_any_time(monkeypatch):
    def write():
        paper = new_paper()
        paper.title("投诉书")
        paper.table(Columns((20, 20), ("甲", "乙")), [("1", "2")])
        return paper.data()

    first = write()
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))
    assert write() == first


def test_gaps_are_collected_once_in_order_but_not_from_quoted_words():
    paper = new_paper()
    paper.text(f"{blank('乙')}与{blank('甲')}与{blank('乙')}")
    paper.quote(blank("短信里写的"))
    columns = Columns((20, 20), verbatim=frozenset({1}))
    paper.table(columns, [(blank("丙"), blank("短信里写的"))])
    assert paper.blanks == ["乙", "甲", "丙"]
    bold = [run.text for p in read(paper).paragraphs for run in p.runs if run.bold]
    assert bold == [blank("乙"), blank("甲"), blank("乙")]


def test_a_table_repeats_its_head_and_keeps_rows_whole():
    paper = new_paper()
    paper.table(Columns((20, 30, 20), ("甲", "乙", "丙")), [Band("第一组"), ("1", "二\n三", "4")])
    (table,) = read(paper).tables
    rows = table._tbl.tr_lst
    assert [bool(list(row.iter(qn("w:tblHeader")))) for row in rows] == [True, False, False]
    assert all(list(row.iter(qn("w:cantSplit"))) for row in rows)
    assert [cell.text for cell in table.rows[2].cells] == ["1", "二\n三", "4"]
    assert {cell.text for cell in table.rows[1].cells} == {"第一组"}


@settings(max_examples=40)
@given(st.text(max_size=80))
def test_any_text_can_be_written_and_read_back(text):
    paper = new_paper()
    paper.quote(text)
    paper.table(Columns((60,), verbatim=frozenset({0})), [(text,)])
    document = read(paper)
    assert document.tables[0].cell(0, 0).text == printable(text)
    assert "\n".join(p.text for p in document.paragraphs[:-1]) == printable(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\x00b", "a\u2400b"), ("\ud800", "\ufffd"), ("a\r\nb\rc", "a\nb\nc"), ("\x7f", "\u2421")],
)
def test_what_xml_cannot_hold_is_made_visible(text, shown):
    assert printable(text) == shown


def test_what_word_would_call_damaged_is_found():
    body = "<w:pPr><w:jc/><w:spacing/></w:pPr><w:rPr><w:b/><w:sz/></w:rPr>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f'<w:p xmlns:w="{space}">{body}</w:p>')
    assert out_of_order(file.getvalue()) == [("pPr", ["jc", "spacing"])]
