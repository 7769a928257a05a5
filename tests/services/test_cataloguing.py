"""证据目录 in Word: the same numbers and pages as the court PDF, read back."""

from __future__ import annotations

import re
import shutil

import docx
import pypdfium2
import pytest
from PIL import Image

from benchmarks.made_cases import make_case
from smsdesk.domain.errors import CannotWrite
from smsdesk.domain.findings import ViolationType
from smsdesk.domain.queries import MessageQuery
from smsdesk.services import cases, exhibits, listing
from smsdesk.services.attaching import AttachOptions, add_files
from smsdesk.services.cataloguing import export_docx
from smsdesk.services.documents import DOCUMENTS
from smsdesk.services.exporting import export_pdf
from smsdesk.services.jobs import Cancelled, Task
from tests.report.word_order import out_of_order

EVERYTHING = MessageQuery()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "made.smscase"
    make_case(path, 30, 8).close()
    return path


@pytest.fixture
def case(made, tmp_path):
    opened = cases.open_case(shutil.copy(made, tmp_path / "case.smscase"))
    yield opened
    opened.close()


def written(case, tmp_path, query=EVERYTHING):
    target = tmp_path / "out.docx"
    export_docx(case, target, query, Task())
    assert out_of_order(target.read_bytes()) == []
    return docx.Document(target)


def rows(document):
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    return {row[1]: row for row in cells if re.fullmatch(r"\d+-\d+", row[1])}


def test_it_has_the_numbers_and_words_of_the_plan(case, tmp_path):
    found = rows(written(case, tmp_path))
    plan = exhibits.plan(case)
    assert list(found) == [e.number for e in plan.exhibits]
    for exhibit in plan.exhibits:
        _, _, name, source, proves, summary, _, copies, remark = found[exhibit.number]
        texts = exhibit.texts
        assert (name, source, proves, summary, remark) == (
            texts.name, texts.source, texts.proves, texts.summary, texts.remark
        )  # fmt: skip
        assert copies == str(texts.copies)


def test_what_a_person_wrote_is_in_it(case, tmp_path):
    exhibit = exhibits.plan(case).exhibits[0]
    exhibits.apply(case, exhibits.plan_edit(exhibit, {"proves": "另行写明的证明对象", "copies": 3}))
    row = rows(written(case, tmp_path))[exhibit.number]
    assert (row[4], row[7]) == ("另行写明的证明对象", "3")


def test_every_page_named_shows_the_exhibit_in_the_pdf(case, tmp_path):
    Image.new("RGB", (300, 200), "white").save(tmp_path / "回执.png")
    add_files(case, [tmp_path / "回执.png"], AttachOptions(), Task())
    export_pdf(case, tmp_path / "out.pdf", EVERYTHING, Task())
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as pdf:
        texts = ["".join(page.get_textpage().get_text_range().split()) for page in pdf]
    hashes = {original.id: original.sha256 for original in listing.originals(case)}
    found = rows(written(case, tmp_path))
    for exhibit in exhibits.plan(case).exhibits:
        named = [range(int(a), int(b or a) + 1)
                 for a, b in re.findall(r"(\d+)(?:–(\d+))?", found[exhibit.number][6])]  # fmt: skip
        shown = "".join(texts[page - 1] for pages in named for page in pages)
        assert shown
        wanted = [hashes[n] for n in exhibit.originals] + [f.sha256 for f in exhibit.attachments]
        assert [sha256 for sha256 in wanted if sha256[:24] not in shown] == []


def test_a_file_that_cannot_be_printed_lies_apart(case, tmp_path):
    contract = tmp_path / "合同.docx"
    contract.write_bytes(b"PK not really a picture")
    add_files(case, [contract], AttachOptions(), Task())
    (exhibit,) = [e for e in exhibits.plan(case).exhibits if e.attachments]
    row = rows(written(case, tmp_path))[exhibit.number]
    assert (row[2], row[6]) == (exhibit.texts.name, "另附")


def test_a_choice_is_told_as_a_choice(case, tmp_path):
    chosen = MessageQuery(label=ViolationType.INSULT)
    count, total = (
        len(listing.message_ids(case, chosen)),
        len(listing.message_ids(case, EVERYTHING)),
    )
    assert 0 < count < total
    text = "\n".join(p.text for p in written(case, tmp_path, chosen).paragraphs)
    assert f"选列短信 {count} 条，共 {total} 条" in text


def test_it_is_among_the_documents_and_in_the_log(case, tmp_path):
    DOCUMENTS[".docx"](case, tmp_path / "out.docx", EVERYTHING, Task())
    entry = listing.custody(case)[-1]
    assert (entry.action, entry.details["file_name"]) == ("exported", "out.docx")


def test_stopping_or_a_folder_in_the_way_changes_nothing(case, tmp_path):
    (tmp_path / "out.docx").mkdir()
    with pytest.raises(CannotWrite):
        export_docx(case, tmp_path / "out.docx", EVERYTHING, Task())
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        export_docx(case, tmp_path / "b.docx", EVERYTHING, task)
    assert not (tmp_path / "b.docx").exists()
