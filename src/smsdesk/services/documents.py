"""Every document that a case can be written as, by the ending of the file's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from smsdesk.domain.queries import MessageQuery
from smsdesk.services.case_json import export_json
from smsdesk.services.cataloguing import export_docx
from smsdesk.services.delivering import ExportResult
from smsdesk.services.exporting import export_pdf
from smsdesk.services.jobs import Task
from smsdesk.services.sheets import export_sheet
from smsdesk.storage.case_file import CaseFile

DOCUMENTS: Mapping[str, Callable[[CaseFile, Path, MessageQuery, Task], ExportResult]] = {
    ".pdf": export_pdf,
    ".docx": export_docx,
    ".xlsx": export_sheet,
    ".json": export_json,
}
"""Add yours here: the package holds all of these, and `export` offers them."""
