"""Write the court PDF.

A file appears under its name only when it is whole and has been checked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from smsdesk import __version__
from smsdesk.domain.findings import ViolationType
from smsdesk.domain.messages import Message
from smsdesk.domain.queries import MessageQuery
from smsdesk.ocr.loading import page_jpeg
from smsdesk.report.content import (
    CourtFile,
    LabelText,
    PdfFacts,
    PictureSource,
    manifest_text,
)
from smsdesk.report.pdf.document import MB, Notify, Stage, write_pdf, write_volumes
from smsdesk.rules.pack import load_pack
from smsdesk.rules.provisions import load_provisions
from smsdesk.rules.signature import signature_of
from smsdesk.services.cases import now
from smsdesk.services.delivering import (
    ExportResult,
    file_sha256,
    log_export,
    workshop,
)
from smsdesk.services.exhibits import plan_within
from smsdesk.services.figuring import figures_of
from smsdesk.services.jobs import Task
from smsdesk.services.listing import attachment_bytes, original_bytes
from smsdesk.services.packs import packs_of
from smsdesk.services.reading import upright
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork
from smsdesk.wording import say


@dataclass(frozen=True, slots=True)
class PdfOptions:
    """How a court PDF is made.

    `volume_mb` splits it into files of at most so many (decimal) megabytes. `print_size` prints
    pictures that are no JPEGs from smaller copies; the pages say so.
    """

    volume_mb: float | None = None
    print_size: bool = False


_ONE_WHOLE_FILE = PdfOptions()


def export_pdf(
    case: CaseFile,
    target: Path,
    query: MessageQuery,
    task: Task,
    options: PdfOptions = _ONE_WHOLE_FILE,
) -> ExportResult:
    """Write the court PDF of the messages that *query* leaves.

    Volumes are named after *target* ("NAME-第1卷-共3卷.pdf") unless one suffices. CannotWrite or
    DiskFull if a file cannot be written; ExportMismatch if it was found not to hold what the case
    holds; VolumeTooSmall. Existing files are replaced only by whole ones.
    """
    target = target.absolute()
    content = replace(court_file(case, query, task), print_size=options.print_size)
    notify = pdf_notify(task)
    with workshop(target) as folder:
        if options.volume_mb is None:
            paths = [folder / "whole.pdf"]
            facts = write_pdf(content, paths[0], notify)
        else:
            limit = round(options.volume_mb * MB)
            facts, paths = write_volumes(content, folder, limit, notify)
        digests = [file_sha256(path) for path in paths]
        names = volume_paths(target, len(paths))
        for path, name in zip(paths, names, strict=True):
            path.replace(name)
    result = ExportResult(
        names[0],
        facts.messages,
        content.total_messages,
        facts.originals,
        facts.pages,
        tuple(names) if len(names) > 1 else (),
    )
    _log_pdf(case, result, digests)
    return result


def draft_pdf(
    case: CaseFile, target: Path, query: MessageQuery, task: Task, options: PdfOptions
) -> PdfFacts:
    """Write the court PDF in one volume to *target*, to be looked at; the log does not say so."""
    content = replace(court_file(case, query, task), print_size=options.print_size)
    return write_pdf(content, target, pdf_notify(task))


def pdf_notify(task: Task) -> Notify:
    """Return what tells *task* of the stages of a court PDF."""

    def notify(stage: Stage, done: int, total: int) -> None:
        task.step(done, total, say(f"report.stage_{stage}"))

    return notify


def volume_paths(target: Path, count: int) -> list[Path]:
    """Return the names of *count* volumes; one volume is called as the person said.

    The number of volumes is part of the name, so that no volume of another export slips in.
    """
    if count == 1:
        return [target]
    width = len(str(count))
    return [
        target.with_name(f"{target.stem}-第{number:0{width}}卷-共{count}卷{target.suffix}")
        for number in range(1, count + 1)
    ]


def _log_pdf(case: CaseFile, result: ExportResult, digests: Sequence[str]) -> None:
    """Note the export; of volumes, every file with its hash."""
    if not result.volumes:
        log_export(case, result, digests[0])
        return
    volumes = [
        {"file_name": path.name, "sha256": digest}
        for path, digest in zip(result.volumes, digests, strict=True)
    ]
    log_export(case, result, digests[0], volumes=volumes)


_SILENT = Task()


def court_file(case: CaseFile, query: MessageQuery, task: Task = _SILENT) -> CourtFile:
    """Return what a court PDF of the messages that *query* leaves would print."""
    with case.view() as work:
        return _court_file(case, work, query, task)


def _court_file(case: CaseFile, work: UnitOfWork, query: MessageQuery, task: Task) -> CourtFile:
    pack = load_pack()
    everything = work.messages.ids(MessageQuery())
    messages = _fetched(work, work.messages.ids(query), task)
    originals = work.originals.all()
    shown = {sighting.original_id for m in messages for sighting in m.sightings}
    narrowed = len(messages) < len(everything)

    def notify() -> None:
        task.step(0, len(messages), say("report.stage_counting"))

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
        figures=figures_of(packs_of(case), messages, work.rulings.institutions(), notify),
        manifest_sha256=hashlib.sha256(manifest_text(work.originals.every()).encode()).hexdigest(),
        engines=work.readings.list_engines(),
        pictures=_pictures(partial(original_bytes, case)),
        numbers={message_id: n for n, message_id in enumerate(everything, 1)},
        signatures={m.id: name for m in messages if (name := signature_of(m.text))},
        masks=case.masks,
        plan=plan_within(work, query, notify),
        attached=_pictures(partial(attachment_bytes, case)),
        removed=work.removals.all(),
    )


def _fetched(work: UnitOfWork, ids: Sequence[int], task: Task) -> list[Message]:
    """Return messages, asking between slices whether to stop."""
    found: list[Message] = []
    for start in range(0, len(ids), _SLICE):
        task.step(start, len(ids), say("report.stage_gathering"))
        found += work.messages.get(ids[start : start + _SLICE])
    return found


_SLICE = 200
"""Messages fetched at a time: some tenths of a second."""


def _pictures(load: Callable[[int], bytes]) -> PictureSource:
    stored = lru_cache(maxsize=1)(load)  # pages come one after another

    def data(file_id: int, page: int) -> bytes:
        return page_jpeg(stored(file_id), page) or stored(file_id)

    return PictureSource(data, lambda file_id, page: upright(stored(file_id), page))
