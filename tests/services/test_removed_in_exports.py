"""Every document says which originals were taken out of the case, and shows nothing of them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import PurePosixPath

import docx
import openpyxl
import pypdfium2
import pytest
from jsonschema import Draft202012Validator

from smsdesk.domain.queries import MessageQuery
from smsdesk.services import listing, reviewing
from smsdesk.services.cases import open_case
from smsdesk.services.formats import EXPORTERS
from smsdesk.services.jobs import Task
from smsdesk.services.masked_copies import export_masked
from smsdesk.services.removing import plan_removal
from smsdesk.services.verifying_packages import verify_package
from tests.services.test_case_json import SCHEMA

EVERYTHING = MessageQuery()
WHY = "误导入的家人截图"


@pytest.fixture(scope="module")
def bare(demo, tmp_path_factory):
    """The sample case without one of its originals; with that one, and a folder for exports."""
    folder = tmp_path_factory.mktemp("removed")
    with open_case(shutil.copy(demo.case_path, folder / "case.smscase")) as case:
        shown = {}
        for message in listing.messages(case, listing.message_ids(case, EVERYTHING)):
            if len(message.sightings) == 1:
                shown.setdefault(message.sightings[0].original_id, message)
        gone, message = next(iter(shown.items()))
        (original,) = listing.originals_with(case, [gone])
        reviewing.apply(case, plan_removal(case, [gone], WHY))
        yield case, original, message, folder


def export(bare, ending):
    case, _, _, folder = bare
    path = folder / f"out{ending}"
    EXPORTERS[ending](case, path, EVERYTHING, Task())
    return path


def test_the_package_and_all_documents_in_it(bare):
    _, original, message, folder = bare
    path = export(bare, ".zip")
    assert verify_package(path, Task()).ok
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder / "unpacked")
        names = archive.namelist()
    root = folder / "unpacked" / "out"
    assert not [n for n in names if n.endswith((".smscase", "流转记录.json"))]
    assert original.file_name not in {PurePosixPath(name).name for name in names}
    files = json.loads((root / "data/原件清单.json").read_text("utf-8"))["files"]
    (line,) = [file for file in files if file["file"] is None]
    assert (line["sha256"], WHY in line["remark"]) == (original.sha256, True)
    notice = (root / "说明.txt").read_text("utf-8-sig")
    assert "有 1 件原件已由人工移出案件" in notice
    checker = [sys.executable, "-I", "-X", "utf8", str(root / "verify.py")]
    run = subprocess.run(checker, check=False, capture_output=True, encoding="utf-8")
    assert run.returncode == 0, run.stdout
    _pdf_tells(root / "data/证据材料.pdf", original)
    _word_tells(root / "data/证据目录.docx")
    _sheet_tells(root / "data/短信列表.xlsx", original)
    _json_tells(root / "data/案件数据.json", original, message)


def _pdf_tells(path, original):
    with pypdfium2.PdfDocument(path) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    text = "".join("".join(pages).split())
    assert "已移出的原件共1件" in text
    assert original.sha256 in text
    assert WHY in text


def _word_tells(path):
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert "另有 1 件原件已由人工移出案件，未列入" in text


def _sheet_tells(path, original):
    book = openpyxl.load_workbook(path)
    *_, last = book["原件"].iter_rows(values_only=True)
    assert last[0] == "已移出"
    assert original.sha256 in last
    assert any(WHY in str(cell) for cell in last)
    about = dict(row[:2] for row in book["说明"].iter_rows(values_only=True))
    assert about["已移出的原件"].startswith("1 件")


def _json_tells(path, original, message):
    content = json.loads(path.read_text("utf-8"))
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(content)
    (row,) = content["removed"]
    assert (row["sha256"], row["sm3"], row["reason"]) == (original.sha256, original.sm3, WHY)
    assert original.id not in {one["id"] for one in content["originals"]}
    assert message.id not in {one["id"] for one in content["messages"]}
    assert content["total_messages"] == len(content["messages"])
    assert content["custody"] == []


def test_a_masked_copy_too(bare):
    case, original, _, folder = bare
    export_masked(case, folder / "masked.json", EVERYTHING, Task())
    content = json.loads((folder / "masked.json").read_text("utf-8"))
    assert [row["sha256"] for row in content["removed"]] == [original.sha256]
