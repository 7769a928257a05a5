"""What `export` can write, by the ending of the file's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from smsdesk.domain.queries import MessageQuery
from smsdesk.services.delivering import ExportResult
from smsdesk.services.documents import DOCUMENTS
from smsdesk.services.jobs import Task
from smsdesk.services.packaging import export_package
from smsdesk.storage.case_file import CaseFile

EXPORTERS: Mapping[str, Callable[[CaseFile, Path, MessageQuery, Task], ExportResult]] = {
    **DOCUMENTS,
    ".zip": export_package,
}
"""Every document that a case can be written as, and the package that holds them all."""
