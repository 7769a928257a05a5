"""Whatever a case is written as, an exhibit has one number, and the columns that a person wrote."""

from __future__ import annotations

import json

import docx
import openpyxl
import pypdfium2
import pytest

from smsdesk.domain.exhibits import ExhibitKind
from smsdesk.domain.queries import MessageQuery
from smsdesk.services import exhibits
from smsdesk.services.attaching import AttachOptions, add_files
from smsdesk.services.documents import DOCUMENTS
from smsdesk.services.importing import ImportOptions, import_paths
from smsdesk.services.jobs import Task


def _pdf(path):
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return {number for number in ("1-1", "2-1", "2-2") if number in text}, "写明的证明对象" in text


def _docx(path):
    cells = [cell.text for t in docx.Document(str(path)).tables for r in t.rows for cell in r.cells]
    return {text for text in cells if text in ("1-1", "2-1", "2-2")}, "写明的证明对象" in cells


def _xlsx(path):
    rows = list(openpyxl.load_workbook(path)["证据目录"].iter_rows(min_row=2, values_only=True))
    return {row[1] for row in rows}, any(row[4] == "写明的证明对象" for row in rows)


def _json(path):
    rows = json.loads(path.read_text(encoding="utf-8"))["exhibits"]
    return {row["number"] for row in rows}, any(r["proves"] == "写明的证明对象" for r in rows)


READERS = {".pdf": _pdf, ".docx": _docx, ".xlsx": _xlsx, ".json": _json}


@pytest.fixture
def case(empty_case, picture, tmp_path):
    contract = tmp_path / "合同.bin"
    contract.write_bytes(b"contract")
    import_paths(empty_case, [picture], ImportOptions(), Task())
    add_files(empty_case, [contract], AttachOptions(ExhibitKind.CONTRACT), Task())
    add_files(empty_case, [picture], AttachOptions(ExhibitKind.CALL_LOG), Task())
    call_log = exhibits.plan(empty_case).find("2-2")
    exhibits.apply(empty_case, exhibits.plan_edit(call_log, {"proves": "写明的证明对象"}))
    return empty_case


def test_every_document_numbers_exhibits_alike(case, tmp_path):
    assert set(DOCUMENTS) == set(READERS)
    for ending, export in DOCUMENTS.items():
        path = tmp_path / f"out{ending}"
        export(case, path, MessageQuery(), Task())
        assert READERS[ending](path) == ({"1-1", "2-1", "2-2"}, True), ending
