"""The sample case: bundled pictures through the real engine, rules and report."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from smsdesk.domain.cases import CaseCard, SourceDevice
from smsdesk.domain.findings import Recipient
from smsdesk.domain.queries import MessageQuery
from smsdesk.resources import resource
from smsdesk.services.cases import create_case, make_folder
from smsdesk.services.delivering import ExportResult
from smsdesk.services.exporting import export_pdf
from smsdesk.services.gathering import FoundFile, gather
from smsdesk.services.importing import ImportOptions, import_files
from smsdesk.services.jobs import Task
from smsdesk.services.readers import Reader
from smsdesk.storage.case_file import CaseFile

CASE_NAME = "示例案件"
PICTURES = (".png", ".jpg")


@dataclass(frozen=True, slots=True)
class DemoResult:
    """Where the sample case and its court PDF lie, and what they hold."""

    case_path: Path
    pdf_path: Path
    originals: int
    messages: int
    pages: int


def make_demo(folder: Path, task: Task) -> DemoResult:
    """Make the sample case and its PDF in *folder*, beside those of earlier runs."""
    make_folder(folder)
    case_path = _free_name(folder)
    case = make_sample_case(case_path, task)
    try:
        result: ExportResult = export_pdf(case, case_path.with_suffix(".pdf"), MessageQuery(), task)
    finally:
        case.close()
    return DemoResult(case_path, result.path, result.originals, result.messages, result.pages)


def make_sample_case(path: Path, task: Task, reader: Reader | None = None) -> CaseFile:
    """Make the sample case at *path* from the pictures and the case card alone; leave it open.

    *reader* reads the pictures (None: the default engine, in threads of this process).
    """
    story = json.loads(resource("samples", "story.json").read_text(encoding="utf-8"))
    case = create_case(path, _card(story["case"]))
    try:
        for device in story["devices"]:
            pictures = [_as_kept(file) for file in gather(_pictures(device["files"]))]
            options = ImportOptions(device=_device(device), reader=reader)
            import_files(case, pictures, options, task)
    except BaseException:
        case.close()
        raise
    return case


def _free_name(folder: Path) -> Path:
    names = itertools.chain([CASE_NAME], (f"{CASE_NAME}-{n}" for n in itertools.count(2)))
    taken = {path.stem for path in folder.iterdir()}
    return folder / f"{next(name for name in names if name not in taken)}.smscase"


def _card(card: dict[str, Any]) -> CaseCard:
    return CaseCard(
        title=card["title"],
        claimant=card["claimant"],
        respondent="；".join(card["respondents"]),
        cause=card["cause"],
        case_number=card["case_number"],
        submitter=card["claimant"],
        facts=card["facts"],
    )


def _device(device: dict[str, Any]) -> SourceDevice:
    third = device["owner"] == "第三人"
    return SourceDevice(
        id=0,
        name=f"{device['person']}的{device['model']}",
        owner=device["person"],
        model=device["model"],
        kept_by=device["kept_by"],
        recipient=Recipient.THIRD if third else Recipient.SELF,
        relation=device.get("relation", ""),
    )


def _as_kept(file: FoundFile) -> FoundFile:
    """Return a bundled picture with the file time that it had on its phone.

    Neither version control nor an installation keeps file times; the truth beside the picture does.
    """
    told = json.loads(resource("samples", f"{Path(file.name).stem}.json").read_text("utf-8"))
    moment = told.get("file_time")
    return replace(file, file_time=dt.datetime.fromisoformat(moment) if moment else None)


def _pictures(patterns: str) -> list[Path]:
    """Return the bundled pictures that "A*.PNG / B*.jpg" names, by name."""
    found = {
        path
        for pattern in patterns.split(" / ")
        for path in resource("samples").glob(pattern)
        if path.suffix.lower() in PICTURES
    }
    return sorted(found)
