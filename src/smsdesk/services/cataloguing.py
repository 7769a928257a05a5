"""证据目录 as a Word file, with the pages that the court PDF of the same choice has."""

from __future__ import annotations

from pathlib import Path

from smsdesk.domain.queries import MessageQuery
from smsdesk.report.masks import mask_note
from smsdesk.report.pdf.document import page_numbers
from smsdesk.report.removed import removed_note
from smsdesk.report.word.catalogue import catalogue
from smsdesk.services.delivering import ExportResult, delivered, file_sha256, log_export
from smsdesk.services.exporting import court_file
from smsdesk.services.jobs import Task
from smsdesk.storage.case_file import CaseFile


def export_docx(case: CaseFile, target: Path, query: MessageQuery, task: Task) -> ExportResult:
    """Write the catalogue of exhibits of the messages that *query* leaves.

    CannotWrite or DiskFull if the file cannot be written; an earlier file is replaced by a whole
    one only.
    """
    content = court_file(case, query)
    task.step(0, 2, target.name)
    pages = page_numbers(content)
    task.step(1, 2, target.name)
    remarks = mask_note(case.masks) if case.masks else []
    remarks += removed_note(content.removed, "《证据材料》的完整性说明")
    paper = catalogue(content, pages, remarks)
    with delivered(target) as draft:
        paper.save(draft)
        digest = file_sha256(draft)
    task.step(2, 2, target.name)
    result = ExportResult(
        target, len(content.messages), content.total_messages, len(content.originals)
    )
    log_export(case, result, digest)
    return result
