"""A PDF or a TIFF of several pages: one original, and each page a screenshot of its own."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import text

from smsdesk.domain.cases import CaseCard, ImportStatus
from smsdesk.domain.errors import SetAsideReason
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.times import CHINA, CaptureMoment, CaptureSource, TimeBasis
from smsdesk.resources import resource
from smsdesk.services import listing, readers, rows
from smsdesk.services.case_json import export_json
from smsdesk.services.cases import create_case, open_case
from smsdesk.services.importing import ImportOptions, import_paths, resume_import, waiting
from smsdesk.services.jobs import Cancelled, Task
from smsdesk.services.reading import read_files
from smsdesk.services.verifying import ProblemKind, verify
from tests.ocr.paper import jpeg, laid, printed, saved, scanned

OVERLAPPING = ("IMG_0466.PNG", "IMG_0467.PNG")


def sample(name):
    """A bundled screenshot at two thirds of its size, which is quicker to read."""
    with Image.open(resource("samples", name)) as image:
        return image.convert("RGB").resize((780, round(780 * image.height / image.width)))


@pytest.fixture(scope="module")
def scan(tmp_path_factory):
    """Two screenshots that overlap, a blank page, and one whose picture is cut."""
    shots = [jpeg(sample(name), quality=95) for name in OVERLAPPING]
    size = sample(OVERLAPPING[0]).size
    pdf = pikepdf.open(io.BytesIO(scanned(*shots, size=size)))
    blank = pikepdf.open(io.BytesIO(printed(lambda canvas: None)))
    cut = pikepdf.open(io.BytesIO(scanned(shots[0][:50_000], size=size)))
    pdf.pages.extend([blank.pages[0], cut.pages[0]])
    path = tmp_path_factory.mktemp("scan") / "20251219_101500 短信截图.jpg"  # a PDF all the same
    path.write_bytes(saved(pdf))
    return path


def found(case):
    return listing.messages(case, listing.message_ids(case, MessageQuery()))


@pytest.fixture(scope="module")
def imported(scan, tmp_path_factory):
    """The path of a case with the scan in it, and the report of its import."""
    path = tmp_path_factory.mktemp("case") / "scan.smscase"
    with create_case(path, CaseCard("扫描件")) as case:
        return path, import_paths(case, [scan], ImportOptions(), Task())


@pytest.fixture
def scan_case(imported, tmp_path):
    with open_case(Path(shutil.copy(imported[0], tmp_path))) as case:
        yield case


def test_a_pdf_is_one_original_and_every_page_is_accounted_for(imported, scan_case, scan):
    whole, *pages = imported[1].files
    assert (whole.path, whole.status, whole.page) == (str(scan), ImportStatus.IMPORTED, None)
    assert [(p.page, p.reason) for p in pages] == [
        (2, SetAsideReason.NO_MESSAGES),
        (3, SetAsideReason.DAMAGED),
    ]
    (original,) = listing.originals(scan_case)
    assert listing.original_bytes(scan_case, original.id) == scan.read_bytes()
    assert original.media_type == "application/pdf"
    assert len(original.pages) == 4
    assert (original.pages[1].width, original.pages[1].height) == sample(OVERLAPPING[1]).size
    assert verify(scan_case, Task()).ok
    read = [e for e in listing.custody(scan_case) if e.action == "picture_read"]
    assert sorted(e.details["page"] for e in read) == [1, 2, 3]
    (again,) = import_paths(scan_case, [scan], ImportOptions(), Task()).files
    assert (again.status, again.twin) == (ImportStatus.DUPLICATE, scan.name)


def test_pages_are_joined_as_the_screenshots_themselves_are(scan_case):
    on_pages = {m.text: {s.page for s in m.sightings} for m in found(scan_case)}
    assert set().union(*on_pages.values()) == {0, 1}
    shared = [words for words, pages in on_pages.items() if pages == {0, 1}]
    assert len(shared) == 2  # as in the sample case
    assert len(on_pages) == 9


def test_no_time_is_reckoned_from_that_of_a_document(scan_case):
    """Its name and file time tell when it was scanned; 昨天 on a page is not the day before."""
    (original,) = listing.originals(scan_case)
    assert original.file_time is not None
    assert original.captured == CaptureMoment(None, CaptureSource.UNKNOWN)
    assert {m.sent.basis for m in found(scan_case)} <= {TimeBasis.READ, TimeBasis.UNKNOWN}


def test_lists_and_exports_name_the_page(scan_case, tmp_path):
    originals = {original.id: original for original in listing.originals(scan_case)}
    told = [rows.message_row(message, originals) for message in found(scan_case)]
    assert {s["page"] for row in told for s in row["sightings"]} == {1, 2}
    export_json(scan_case, tmp_path / "out.json", MessageQuery(), Task())
    out = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert [item["page"] for item in out["set_aside"]] == [2, 3]
    assert len(out["originals"][0]["page_sizes"]) == 4


def test_a_tiff_of_several_pages_is_read_page_by_page(empty_case, tmp_path):
    """A person may tell the moment of its pages: then times are reckoned from it."""
    path = tmp_path / "fax.tif"
    first, second = (sample(name) for name in OVERLAPPING)
    first.save(path, save_all=True, append_images=[second], compression="tiff_lzw")
    typed = dt.datetime(2026, 1, 14, 7, 50, tzinfo=CHINA)
    report = import_paths(empty_case, [path], ImportOptions(captured_at=typed), Task())
    assert [item.status for item in report.files] == [ImportStatus.IMPORTED]
    assert {s.page for m in found(empty_case) for s in m.sightings} == {0, 1}
    assert len(found(empty_case)) == 9
    (original,) = listing.originals(empty_case)
    assert original.captured == CaptureMoment(typed, CaptureSource.PERSON)
    assert TimeBasis.DERIVED in {m.sent.basis for m in found(empty_case)}


def test_an_interrupted_document_goes_on_at_the_next_page(empty_case, scan):
    task = Task()

    def cancel_after_the_first(progress):
        if progress.done == 1:
            task.cancel()

    task.on_progress = cancel_after_the_first
    with pytest.raises(Cancelled):
        import_paths(empty_case, [scan], ImportOptions(jobs=1), task)
    assert waiting(empty_case) == 3
    assert verify(empty_case, Task()).ok
    resumed = resume_import(empty_case, ImportOptions(), Task()).files
    assert [item.page for item in resumed] == [None, 2, 3]
    read = [e for e in listing.custody(empty_case) if e.action == "picture_read"]
    assert sorted(e.details["page"] for e in read) == [1, 2, 3]  # none of them twice
    assert len(found(empty_case)) == 9


def test_a_page_lost_from_the_case_is_found_missing(scan_case):
    with scan_case.work() as work:
        work._session.execute(text("DELETE FROM reading WHERE page = 1"))
        work.commit()
    (problem,) = verify(scan_case, Task()).problems
    assert problem.kind == ProblemKind.PAGE_UNACCOUNTED
    assert "(2/4)" in problem.subject


def test_documents_come_from_folders_and_archives_too(empty_case, scan, tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "read_picture", _nothing_read)
    inside = tmp_path / "客户资料"
    inside.mkdir()
    shutil.copy(scan, inside / "a.pdf")
    pdf = pikepdf.open(scan)
    with zipfile.ZipFile(inside / "b.zip", "w") as archive:
        archive.writestr("c/d.pdf", saved(pdf))
        archive.writestr("locked.pdf", saved(pdf, encryption=pikepdf.Encryption("o", "u")))
        archive.writestr("empty.pdf", saved(pikepdf.new()))
        archive.writestr("cut.pdf", scan.read_bytes()[:90_000])
    report = import_paths(empty_case, [inside], ImportOptions(), Task())
    told = {Path(i.path).name: i.reason for i in report.files if i.page is None}
    assert told == {
        "a.pdf": SetAsideReason.READ_FAILED,
        "d.pdf": SetAsideReason.READ_FAILED,
        "locked.pdf": SetAsideReason.ENCRYPTED,
        "empty.pdf": SetAsideReason.NO_PAGES,
        "cut.pdf": SetAsideReason.DAMAGED,
    }
    assert [o.file_name for o in listing.originals(empty_case)] == ["a.pdf", "d.pdf"]
    assert verify(empty_case, Task()).ok


def _nothing_read(*_):
    raise IndexError("an engine that fails on every picture")


def test_reading_without_a_case_gives_a_line_for_each_page(scan, picture):
    read = list(read_files([scan, picture], "ppocr", None, Task()))
    assert [(r.file.name, r.page) for r in read] == [
        *((scan.name, page) for page in range(4)),
        (picture.name, None),
    ]
    assert isinstance(read[3].result, Exception)
    first = rows.read_row(read[1].file.name, read[1].page, read[1].result)
    assert (first["page"], first["kind"]) == (2, "thread")
    assert "page" not in rows.read_row(picture.name, None, read[4].result)


def test_a_pdf_of_one_page_is_a_single_picture(empty_case, tmp_path):
    path = tmp_path / "one.pdf"
    path.write_bytes(printed(laid(sample("IMG_0412.PNG"), scale=0.25)))
    (item,) = import_paths(empty_case, [path], ImportOptions(), Task()).files
    assert (item.status, item.page) == (ImportStatus.IMPORTED, None)
    (original,) = listing.originals(empty_case)
    assert (original.page_sizes, original.captured.source) == ((), CaptureSource.UNKNOWN)
    assert (original.width, original.height) == sample("IMG_0412.PNG").size
    assert len(found(empty_case)) == 2
