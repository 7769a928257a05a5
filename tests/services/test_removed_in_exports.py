"""Every document says which originals were taken out of the case, and shows nothing of them."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import PurePosixPath

import docx
import openpyxl
import pypdfium2
import pytest
from jsonschema import Draft202012Validator

from smsdesk.domain.errors import CannotRemove
from smsdesk.domain.exhibits import ExhibitKind
from smsdesk.domain.findings import FindingState
from smsdesk.domain.queries import MessageQuery
from smsdesk.services import cases, exhibits, listing, reviewing
from smsdesk.services.attaching import AttachOptions, add_files
from smsdesk.services.cases import open_case
from smsdesk.services.figuring import case_figures
from smsdesk.services.formats import EXPORTERS
from smsdesk.services.jobs import Task
from smsdesk.services.masked_copies import export_masked
from smsdesk.services.removing import plan_removal, plan_restoring, removed
from smsdesk.services.unpacking import open_package
from smsdesk.services.verdict_words import case_verdict
from smsdesk.services.verifying import ProblemKind, verify
from smsdesk.services.verifying_packages import verify_package
from smsdesk.wording import explain
from tests.services.test_case_json import SCHEMA

EVERYTHING = MessageQuery()
WHY = "误导入的家人截图"
_OF_THE_FILE = {"exported_at", "custody", "custody_head", "removed"}


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
        (folder / "病历.txt").write_bytes(b"in no exhibit")
        add_files(case, [folder / "病历.txt"], AttachOptions(ExhibitKind.MEDICAL), Task())
        unlisted = next(one for one in exhibits.plan(case).exhibits if one.attachments)
        exhibits.apply(case, exhibits.plan_removal(unlisted))
        proposed = MessageQuery(state=FindingState.PROPOSED)
        (decided,) = listing.messages(case, listing.message_ids(case, proposed)[:1])
        reviewing.apply(case, reviewing.plan_acceptance(decided))
        yield case, original, message, folder


def export(bare, ending):
    case, _, _, folder = bare
    path = folder / f"out{ending}"
    EXPORTERS[ending](case, path, EVERYTHING, Task())
    return path


@pytest.fixture(scope="module")
def packed(bare):
    return export(bare, ".zip")


def test_the_package_and_all_documents_in_it(bare, packed):
    _, original, message, folder = bare
    path = packed
    assert verify_package(path, Task()).ok
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder / "unpacked")
        names = archive.namelist()
    root = folder / "unpacked" / "out"
    assert original.file_name not in {PurePosixPath(name).name for name in names}
    files = json.loads((root / "data/原件清单.json").read_text("utf-8"))["files"]
    (line,) = [file for file in files if file["file"] is None]
    assert (line["sha256"], WHY in line["remark"]) == (original.sha256, True)
    notice = (root / "说明.txt").read_text("utf-8-sig")
    assert "有 1 件原件已由人工移出案件" in notice
    assert "没有这些原件的图片和识读结果" in notice
    checker = [sys.executable, "-I", "-X", "utf8", str(root / "verify.py")]
    run = subprocess.run(checker, check=False, capture_output=True, encoding="utf-8")
    assert run.returncode == 0, run.stdout
    _pdf_tells(root / "data/证据材料.pdf", original)
    _word_tells(root / "data/证据目录.docx")
    _sheet_tells(root / "data/短信列表.xlsx", original)
    _json_tells(root / "data/案件数据.json", original, message)


def told(one):
    """Return the record of a removed original; what its picture says is read no more."""
    return replace(one.original, status_clock=None, contradictions=()), one.reason, one.removed_at


def told_in_json(case, folder):
    """Return what the JSON of a case tells, but for when and from which state it was made."""
    EXPORTERS[".json"](case, folder / "case.json", EVERYTHING, Task())
    content = json.loads((folder / "case.json").read_text("utf-8"))
    return {key: value for key, value in content.items() if key not in _OF_THE_FILE}


def pieces_of(data):
    """Return pieces that only this file has; a JPEG's ends may be one byte again and again."""
    pieces = (data[start : start + 64] for start in range(0, len(data), 1024))
    return [piece for piece in pieces if len(set(piece)) > 40]


def test_the_package_opens_as_the_case_without_what_was_taken_out(bare, packed, tmp_path):
    case, original, message, _ = bare
    pieces = pieces_of(listing.original_bytes(case, original.id))
    place = tmp_path / "opened.smscase"
    with open_package(packed, place, Task()) as opened:
        ids = listing.message_ids(case, EVERYTHING)
        assert listing.message_ids(opened, EVERYTHING) == ids
        assert listing.messages(opened, ids) == listing.messages(case, ids)
        assert listing.originals(opened) == listing.originals(case)
        assert [told(one) for one in removed(opened)] == [told(one) for one in removed(case)]
        assert exhibits.plan(opened, EVERYTHING) == exhibits.plan(case, EVERYTHING)
        assert case_figures(opened, EVERYTHING) == case_figures(case, EVERYTHING)
        assert cases.card(opened) == cases.card(case)
        log, before = listing.custody(opened), listing.custody(case)
        shared = len(log) - 2  # what was left out, and that the package was opened
        assert log[:shared] == before[:shared]
        assert [entry.action for entry in log[shared:]] == ["originals_withheld", "case_unpacked"]
        assert log[shared].details["originals"][0]["sha256"] == original.sha256
        verdict = verify(opened, Task())
        assert (verdict.problems, verdict.removed, verdict.withheld) == ((), 1, 1)
        assert "未能核对" in "".join(case_verdict(verdict, "zh"))
        with pytest.raises(CannotRemove) as refused:
            plan_restoring(opened, [original.id])
        assert original.file_name in explain(refused.value, "zh")
        assert told_in_json(opened, tmp_path) == told_in_json(case, tmp_path)
    data = place.read_bytes()
    everywhere = [m.text for m in listing.messages(case, ids)]
    assert message.text not in everywhere
    assert not [one for one in (message.text.encode(), *pieces) if one in data]
    full = case.path.read_bytes()  # where they would have been found
    assert [one for one in pieces if one in full]
    assert message.text.encode() in full


def test_bytes_that_somebody_deleted_are_no_withheld_ones(bare, tmp_path):
    case, original, _, _ = bare
    case.copy_to(tmp_path / "robbed.smscase")
    with closing(sqlite3.connect(tmp_path / "robbed.smscase")) as plain:
        plain.execute("DROP TRIGGER keep_original_bytes_delete")
        plain.execute("DELETE FROM original_bytes WHERE original_id = ?", (original.id,))
        plain.commit()
    with open_case(tmp_path / "robbed.smscase") as robbed:
        found = verify(robbed, Task())
    assert (ProblemKind.BYTES_CHANGED, original.file_name) in {
        (problem.kind, problem.subject) for problem in found.problems
    }
    assert found.withheld == 0


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
    assert [row["action"] for row in content["custody"]].count("original_removed") == 1
    assert [row["file_name"] for row in content["attachments"]] == ["病历.txt"]


def test_a_masked_copy_too(bare):
    case, original, _, folder = bare
    export_masked(case, folder / "masked.json", EVERYTHING, Task())
    content = json.loads((folder / "masked.json").read_text("utf-8"))
    assert [row["sha256"] for row in content["removed"]] == [original.sha256]
