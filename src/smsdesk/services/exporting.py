"""Write what leaves the program: the court PDF and the case as JSON.

A file appears under its name only when it is whole and has been checked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache, partial
from pathlib import Path

from smsdesk import __version__
from smsdesk.domain.cases import Original
from smsdesk.domain.findings import ViolationType
from smsdesk.domain.messages import Message
from smsdesk.domain.queries import MessageQuery
from smsdesk.ocr.loading import page_jpeg
from smsdesk.report.content import CourtFile, LabelText, PictureSource, manifest_text
from smsdesk.report.pdf.document import write_pdf
from smsdesk.rules.pack import load_pack
from smsdesk.rules.provisions import load_provisions
from smsdesk.rules.signature import signature_of
from smsdesk.services.cases import now
from smsdesk.services.delivering import ExportResult, delivered, file_sha256, log_export
from smsdesk.services.exhibits import plan_within
from smsdesk.services.jobs import Task
from smsdesk.services.listing import attachment_bytes, original_bytes
from smsdesk.services.reading import upright
from smsdesk.services.rows import custody_row, message_row, moment
from smsdesk.services.sheets import export_sheet
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork


def export_pdf(case: CaseFile, target: Path, query: MessageQuery, task: Task) -> ExportResult:
    """Write the court PDF of the messages that *query* leaves.

    CannotWrite or DiskFull if the file cannot be written; ExportMismatch if it was found not to
    hold what the case holds. An existing file is replaced only by a whole one.
    """
    content = court_file(case, query)
    with delivered(target) as draft:
        facts = write_pdf(content, draft, lambda stage, done, total: task.step(done, total, stage))
        digest = file_sha256(draft)
    result = ExportResult(
        target, facts.messages, content.total_messages, facts.originals, facts.pages
    )
    log_export(case, result, digest)
    return result


def export_json(case: CaseFile, target: Path, query: MessageQuery, task: Task) -> ExportResult:
    """Write the case card, devices, originals (hashes, no bytes), messages and log as JSON."""
    with case.view() as work:
        messages = work.messages.get(work.messages.ids(query))
        originals = work.originals.all()
        entries = work.custody.all()
        total = work.messages.count()
        content = {
            "format": "smsdesk-case/1",
            "program": f"smsdesk {__version__}",
            "exported_at": moment(now()),
            "case": asdict(work.case.card()),
            "devices": [asdict(device) for device in work.devices.all()],
            "originals": [_original_row(original) for original in originals],
            "messages": _message_rows(messages, {o.id: o for o in originals}, task),
            "total_messages": total,
            "set_aside": [asdict(item) for item in work.queue.all() if item.reason],
            "custody": [custody_row(entry) for entry in entries],
        }
    with delivered(target) as draft:
        text = json.dumps(content, ensure_ascii=False, indent=1)
        draft.write_text(text, encoding="utf-8", newline="\n")
        digest = file_sha256(draft)
    result = ExportResult(target, len(messages), total, len(originals))
    log_export(case, result, digest)
    return result


EXPORTERS: Mapping[str, Callable[[CaseFile, Path, MessageQuery, Task], ExportResult]] = {
    ".pdf": export_pdf,
    ".json": export_json,
    ".xlsx": export_sheet,
}
"""What `export` can write, by the ending of the file's name."""


def court_file(case: CaseFile, query: MessageQuery) -> CourtFile:
    """Return what a court PDF of the messages that *query* leaves would print."""
    with case.view() as work:
        return _court_file(case, work, query)


def _court_file(case: CaseFile, work: UnitOfWork, query: MessageQuery) -> CourtFile:
    pack = load_pack()
    everything = work.messages.ids(MessageQuery())
    messages = work.messages.get(work.messages.ids(query))
    originals = work.originals.all()
    shown = {sighting.original_id for m in messages for sighting in m.sightings}
    narrowed = len(messages) < len(everything)
    return CourtFile(
        card=work.case.card(),
        generated_at=now(),
        program_version=f"smsdesk {__version__}",
        pack=pack.identity,
        devices=work.devices.all(),
        originals=[o for o in originals if o.id in shown or not narrowed],
        messages=messages,
        total_messages=len(everything),
        set_aside=[item for item in work.queue.all() if item.reason],
        provisions=load_provisions(),
        labels={
            ViolationType(name): LabelText(label.name_zh, label.definition)
            for name, label in pack.labels.items()
        },
        custody_head=work.custody.head(),
        manifest_sha256=hashlib.sha256(manifest_text(originals).encode()).hexdigest(),
        engines=work.readings.list_engines(),
        pictures=_pictures(partial(original_bytes, case)),
        numbers={message_id: n for n, message_id in enumerate(everything, 1)},
        signatures={m.id: name for m in messages if (name := signature_of(m.text))},
        plan=plan_within(work, query),
        attached=_pictures(partial(attachment_bytes, case)),
    )


def _pictures(load: Callable[[int], bytes]) -> PictureSource:
    stored = lru_cache(maxsize=1)(load)  # pages come one after another

    def data(file_id: int, page: int) -> bytes:
        return page_jpeg(stored(file_id), page) or stored(file_id)

    return PictureSource(data, lambda file_id, page: upright(stored(file_id), page))


def _message_rows(
    messages: Sequence[Message], originals: Mapping[int, Original], task: Task
) -> list[dict[str, object]]:
    rows = []
    for done, message in enumerate(messages):
        if done % 100 == 0:
            task.step(done, len(messages))
        rows.append(message_row(message, originals))
    return rows


def _original_row(original: Original) -> dict[str, object]:
    row = asdict(original)
    for name in ("file_time", "exif_time", "imported_at"):
        row[name] = moment(row[name])
    row["captured"] = {
        "at": moment(original.captured.at),
        "source": original.captured.source,
    }
    return row
