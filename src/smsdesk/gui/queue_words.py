"""How the window words lines of the import queue, and where their files lie."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from smsdesk.domain.cases import ImportItem, ImportStatus
from smsdesk.gui.language import current_language
from smsdesk.services.gathering import INSIDE
from smsdesk.wording import say

translate = QCoreApplication.translate


def name_of(item: ImportItem) -> str:
    """Return the file's name, and the page where it has several."""
    return Path(item.path).name + page_of(item)


def page_of(item: ImportItem) -> str:
    """Return the words that name a page of a file, "" for a file as a whole."""
    if item.page is None:
        return ""
    return f" {say('terms.page', current_language(), number=item.page + 1)}"


def state_of(item: ImportItem, *, twin_is_out: bool = False) -> str:
    """Return what became of a file; *twin_is_out*: its twin was taken out of the case."""
    if item.status == ImportStatus.SET_ASIDE:
        return reason_of(item)
    if item.status == ImportStatus.DUPLICATE and twin_is_out:
        return translate("Queue", "As {twin}, which was taken out").format(twin=item.twin)
    if item.status == ImportStatus.DUPLICATE:
        return translate("Queue", "There already, as {twin}").format(twin=item.twin)
    if item.status == ImportStatus.QUEUED:
        return translate("Queue", "Stored, waits to be read")
    if item.twin is not None:
        return translate("Queue", "Read; a copy of {twin}").format(twin=item.twin)
    return translate("Queue", "Read")


def reason_of(item: ImportItem) -> str:
    """Return why a file was set aside, in the person's language."""
    return say(f"set_aside.{item.reason}", current_language()) if item.reason else ""


def folder_of(item: ImportItem) -> Path | None:
    """Return the folder in which the file (or its archive) lies, None if it is not there."""
    path = Path(item.path.partition(INSIDE)[0])
    return path.parent if path.is_absolute() and path.parent.is_dir() else None


def as_lines(items: list[ImportItem]) -> str:
    """Return the list as text to be pasted: path and reason, a line each."""
    return "\n".join(f"{item.path}{page_of(item)}\t{state_of(item)}" for item in items)
