"""Hash files and put them into a case, before any of them is read.

An import is kept as a batch before its first file is touched. So one that a crash cuts short goes
on where it was, and a file that was set aside can be tried again as it was first asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from smsdesk.domain.captures import tells_moment
from smsdesk.domain.cases import ImportBatch, ImportItem, ImportStatus, Original, SourceDevice
from smsdesk.domain.errors import PictureError
from smsdesk.domain.times import CaptureMoment, capture_moment, document_moment
from smsdesk.ocr.loading import as_document, load_picture
from smsdesk.services.cases import actor, now
from smsdesk.services.gathering import INSIDE, FoundFile, gather
from smsdesk.services.hashing import sha256, sm3
from smsdesk.services.jobs import Task
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork

DEFAULT_DEVICE = "手机"
"""The phone's name where nobody gave one."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said about an import.

    `device` is the phone (None: the default one). `captured_at` is when the screenshots were
    taken, of all of them if `captured_for_all`, else of those where neither EXIF nor name tell.
    """

    device: SourceDevice | None = None
    captured_at: dt.datetime | None = None
    captured_for_all: bool = True


def take_in(
    case: CaseFile, paths: Sequence[Path], answers: Answers, task: Task
) -> list[list[ImportItem]]:
    """Store the files that *paths* name; return the lines of the queue of each file."""
    return store(case, begin(case, paths, answers), list(gather(paths)), task)


def begin(case: CaseFile, paths: Iterable[Path], answers: Answers) -> ImportBatch:
    """Keep what an import was asked for; a phone that is new to the case is added."""
    wanted = answers.device or SourceDevice(0, DEFAULT_DEVICE)
    with case.work() as work:
        known = work.devices.by_name(wanted.name) or _new_device(work, wanted)
        given = tuple(str(path.absolute()) for path in paths)
        told = (answers.captured_at, answers.captured_for_all)
        batch = work.queue.begin(ImportBatch(0, given, known.id, now(), *told))
        work.commit()
    return batch


def store(
    case: CaseFile, batch: ImportBatch, found: Sequence[FoundFile], task: Task
) -> list[list[ImportItem]]:
    """Put the files of a batch into the case; return the lines of the queue of each.

    Files that have their line from an earlier attempt are left alone.
    """
    with case.view() as work:
        done = work.queue.sources_of(batch.id)
    missing = [file for file in found if file.source not in done]
    stored = [_store(case, file, batch) for file in _stepping(missing, task)]
    with case.work() as work:
        work.queue.set_stored(batch.id)
        work.commit()
    return stored


def store_rest(case: CaseFile, task: Task) -> list[list[ImportItem]]:
    """Go on with imports that were cut short before all their files were stored."""
    with case.view() as work:
        batches = work.queue.cut_short()
    lines: list[list[ImportItem]] = []
    for batch in batches:
        lines += store(case, batch, list(gather(map(Path, batch.paths))), task)
    return lines


def store_again(case: CaseFile, item_ids: Sequence[int], task: Task) -> list[list[ImportItem]]:
    """Try files anew that were set aside; return the lines of each.

    What is in the case already waits to be read again. What is not is looked for where it lay.
    """
    with case.view() as work:
        items = [work.queue.get(item_id) for item_id in item_ids]
    lines: list[list[ImportItem]] = []
    for item in items:
        task.step(len(lines), len(items), Path(item.path).name)
        if item.status == ImportStatus.SET_ASIDE:
            lines.append(_wait_again(case, item) if item.original_id else _seek_again(case, item))
    return lines


def _wait_again(case: CaseFile, item: ImportItem) -> list[ImportItem]:
    queued = replace(item, status=ImportStatus.QUEUED, reason=None, detail="")
    with case.work() as work:
        work.queue.update(queued)
        work.commit()
    return [queued]


def _seek_again(case: CaseFile, item: ImportItem) -> list[ImportItem]:
    batch = _batch_of(case, item)
    path = Path(item.path.partition(INSIDE)[0])
    same = [file for file in gather([path]) if file.source == item.path]
    return _store(case, same[0] if same else _vanished(item), batch, item)


def _vanished(item: ImportItem) -> FoundFile:
    """Return what stands for a member that its archive no longer holds."""
    (missing,) = gather([Path(item.path)])
    return missing


def _batch_of(case: CaseFile, item: ImportItem) -> ImportBatch:
    """Return the import that a line came from; cases of earlier versions did not keep it."""
    if item.batch_id is None:
        return begin(case, [], Answers())
    with case.view() as work:
        return work.queue.batch(item.batch_id)


def _new_device(work: UnitOfWork, device: SourceDevice) -> SourceDevice:
    known = work.devices.add(device)
    details = {"name": device.name, "model": device.model, "owner": device.owner}
    work.custody.append("device_added", details, actor(), now())
    return known


def _stepping(found: Sequence[FoundFile], task: Task) -> Iterator[FoundFile]:
    """Yield the files; storing one is no step: it takes a tenth of the time of reading it."""
    for file in found:
        task.step(0, len(found), file.name)
        yield file


def _store(
    case: CaseFile, file: FoundFile, batch: ImportBatch, before: ImportItem | None = None
) -> list[ImportItem]:
    """Hash a file and put it into the case, or say why not; return its lines of the queue.

    *before* is the line that it already has.
    """
    line = ImportItem(before.id if before else 0, file.source, ImportStatus.QUEUED)
    line = replace(line, batch_id=batch.id)
    try:
        data = file.load()
        digest = sha256(data)
        with case.work() as work:
            twin = work.originals.by_sha256(digest)
            if twin is not None:
                return [_note_duplicate(work, line, twin)]
        original = _describe(data, digest, file, batch)
    except PictureError as error:
        return [_note_set_aside(case, line, error)]
    with case.work() as work:
        stored = work.originals.add(original, data)
        items = _note_queued(work, replace(line, original_id=stored.id), len(stored.page_sizes))
        work.custody.append("original_imported", _identity(stored), actor(), now())
        work.commit()
    return items


def _note_queued(work: UnitOfWork, line: ImportItem, pages: int) -> list[ImportItem]:
    if not pages:
        return [_note(work, line)]
    first = _note(work, replace(line, page=0))
    others = [replace(line, id=0, page=page) for page in range(1, pages)]
    return [first, *(_note(work, other) for other in others)]


def _note(work: UnitOfWork, line: ImportItem) -> ImportItem:
    if not line.id:
        return work.queue.add(line)
    work.queue.update(line)
    return line


def _describe(data: bytes, digest: str, file: FoundFile, batch: ImportBatch) -> Original:
    known = _known(data, file, batch)
    width, height = known.page_sizes[0]
    return Original(
        id=0,
        sha256=digest,
        sm3=sm3(data),
        size=len(data),
        media_type=known.media_type,
        file_name=file.name,
        source=file.source,
        width=width,
        height=height,
        file_time=file.file_time,
        exif_time=known.exif_time,
        captured=known.captured,
        imported_at=now(),
        device_id=batch.device_id,
        page_sizes=known.page_sizes if len(known.page_sizes) > 1 else (),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What a file's content tells."""

    media_type: str
    page_sizes: tuple[tuple[int, int], ...]
    exif_time: dt.datetime | None
    captured: CaptureMoment


def _known(data: bytes, file: FoundFile, batch: ImportBatch) -> _Known:
    typed = batch.captured_at
    document = as_document(data)
    if document is not None:
        return _Known(document.media_type, document.page_sizes, None, document_moment(typed))
    picture = load_picture(data)
    taken = picture.exif_time
    if not batch.captured_for_all and tells_moment(file.name, taken):
        typed = None
    captured = capture_moment(file.name, taken, file.file_time, typed)
    return _Known(picture.media_type, ((picture.width, picture.height),), taken, captured)


def _identity(original: Original) -> dict[str, object]:
    identity: dict[str, object] = {
        "file_name": original.file_name,
        "sha256": original.sha256,
        "sm3": original.sm3,
        "size": original.size,
    }
    return identity | ({"pages": len(original.page_sizes)} if original.page_sizes else {})


def _note_duplicate(work: UnitOfWork, line: ImportItem, twin: Original) -> ImportItem:
    same = replace(line, status=ImportStatus.DUPLICATE, original_id=twin.id, twin=twin.file_name)
    item = _note(work, same)
    work.commit()
    return item


def _note_set_aside(case: CaseFile, line: ImportItem, error: PictureError) -> ImportItem:
    detail = error.fields["detail"]
    aside = replace(line, status=ImportStatus.SET_ASIDE, reason=error.reason, detail=detail)
    with case.work() as work:
        item = _note(work, aside)
        details = {"source": line.path, "reason": error.reason.value, "detail": detail}
        work.custody.append("file_set_aside", details, actor(), now())
        work.commit()
    return item
