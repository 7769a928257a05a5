"""Every document that a case can be written as, by the ending of the file's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from smsdesk.domain.queries import MessageQuery
from smsdesk.services import exporting
from smsdesk.services.cataloguing import export_docx
from smsdesk.services.delivering import ExportResult
from smsdesk.services.jobs import Task
from smsdesk.storage.case_file import CaseFile

DOCUMENTS: Mapping[str, Callable[[CaseFile, Path, MessageQuery, Task], ExportResult]] = {
    **exporting.EXPORTERS,
    ".docx": export_docx,
}
"""Add yours here: the package holds all of these, and `export` offers them."""
