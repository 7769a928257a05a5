"""Bring pictures into a case: hash, store, queue, read, join, propose.

Hashing and storing come first, file by file, so that the originals are safe before any reading
starts. Reading works through the queue in the case file: what a crash or a cancel leaves there is
taken up by `resume_import`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path

from smsdesk.domain.cases import ImportItem, ImportStatus, Original, SourceDevice
from smsdesk.domain.errors import PictureError
from smsdesk.domain.messages import Sighting
from smsdesk.domain.threads import ThreadKey
from smsdesk.domain.times import capture_moment
from smsdesk.ocr.engine import Engine
from smsdesk.ocr.loading import load_picture
from smsdesk.ocr.registry import engine as engine_named
from smsdesk.services.cases import actor, now
from smsdesk.services.gathering import FoundFile, gather
from smsdesk.services.hashing import sha256, sm3
from smsdesk.services.jobs import Cancelled, Task
from smsdesk.services.joining import join_threads, unjoined_threads
from smsdesk.services.proposing import propose
from smsdesk.services.reading import PictureReading, default_jobs, read_picture, reading_failed
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork

DEFAULT_DEVICE = "手机"
"""The phone's name where nobody gave one."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person may say about an import.

    `device` is the phone (None: the default one); `captured_at` the moment of all screenshots
    where the files do not tell; `jobs` how many pictures are read at a time (None: by processors).
    """

    device: SourceDevice | None = None
    captured_at: dt.datetime | None = None
    jobs: int | None = None
    engine: str = "ppocr"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every file, and how much there was to read."""

    files: tuple[ImportItem, ...]
    messages: int

    def with_status(self, status: ImportStatus) -> tuple[ImportItem, ...]:
        """Return the files that ended so."""
        return tuple(item for item in self.files if item.status == status)


def import_paths(
    case: CaseFile, paths: Sequence[Path], options: ImportOptions, task: Task
) -> ImportReport:
    """Import files, folders and ZIP archives; unreadable ones are set aside and stop nothing.

    Cancelling (Cancelled) keeps what is stored and read; the rest stays in the queue.
    EngineUnavailable if the engine cannot run: nothing is changed then.
    """
    engine = engine_named(options.engine)
    found = list(gather(paths))
    device = _device(case, options.device)
    items = [_store(case, file, device, options.captured_at) for file in _stepping(found, task)]
    read, messages = _read_and_join(case, engine, options.jobs, task)
    final = {item.id: item for item in read}
    return ImportReport(tuple(final.get(item.id, item) for item in items), messages)


def resume_import(case: CaseFile, options: ImportOptions, task: Task) -> ImportReport:
    """Go on with what an earlier import left unread or unjoined."""
    read, messages = _read_and_join(case, engine_named(options.engine), options.jobs, task)
    return ImportReport(tuple(read), messages)


def waiting(case: CaseFile) -> int:
    """Return how many stored pictures are still to be read."""
    with case.view() as work:
        return len(work.queue.pending())


def _stepping(found: Sequence[FoundFile], task: Task) -> Iterator[FoundFile]:
    """Yield the files; storing one is no step: it takes a tenth of the time of reading it."""
    for file in found:
        task.step(0, len(found), file.name)
        yield file


def _device(case: CaseFile, wanted: SourceDevice | None) -> SourceDevice:
    """Return the case's device of that name, adding it where it is new."""
    device = wanted or SourceDevice(0, DEFAULT_DEVICE)
    with case.work() as work:
        known = work.devices.by_name(device.name)
        if known is None:
            known = work.devices.add(device)
            details = {"name": device.name, "model": device.model, "owner": device.owner}
            work.custody.append("device_added", details, actor(), now())
            work.commit()
        return known


def _store(
    case: CaseFile, file: FoundFile, device: SourceDevice, typed: dt.datetime | None
) -> ImportItem:
    """Hash a file and put it into the case, or say why not."""
    try:
        data = file.load()
        digest = sha256(data)
        with case.work() as work:
            twin = work.originals.by_sha256(digest)
            if twin is not None:
                return _note_duplicate(work, file, twin)
        original = _describe(data, digest, file, device, typed)
    except PictureError as error:
        return _note_set_aside(case, file, error)
    with case.work() as work:
        stored = work.originals.add(original, data)
        item = work.queue.add(
            ImportItem(0, file.source, ImportStatus.QUEUED, original_id=stored.id)
        )
        work.custody.append("original_imported", _identity(stored), actor(), now())
        work.commit()
    return item


def _describe(
    data: bytes, digest: str, file: FoundFile, device: SourceDevice, typed: dt.datetime | None
) -> Original:
    picture = load_picture(data)
    return Original(
        id=0,
        sha256=digest,
        sm3=sm3(data),
        size=len(data),
        media_type=picture.media_type,
        file_name=file.name,
        source=file.source,
        width=picture.width,
        height=picture.height,
        file_time=file.file_time,
        exif_time=picture.exif_time,
        captured=capture_moment(file.name, picture.exif_time, file.file_time, typed),
        imported_at=now(),
        device_id=device.id,
    )


def _identity(original: Original) -> dict[str, object]:
    return {
        "file_name": original.file_name,
        "sha256": original.sha256,
        "sm3": original.sm3,
        "size": original.size,
    }


def _note_duplicate(work: UnitOfWork, file: FoundFile, twin: Original) -> ImportItem:
    item = work.queue.add(
        ImportItem(
            0,
            file.source,
            ImportStatus.DUPLICATE,
            original_id=twin.id,
            twin=twin.file_name,
        )
    )
    work.commit()
    return item


def _note_set_aside(case: CaseFile, file: FoundFile, error: PictureError) -> ImportItem:
    detail = error.fields["detail"]
    with case.work() as work:
        item = work.queue.add(
            ImportItem(0, file.source, ImportStatus.SET_ASIDE, reason=error.reason, detail=detail)
        )
        details = {"source": file.source, "reason": error.reason.value, "detail": detail}
        work.custody.append("file_set_aside", details, actor(), now())
        work.commit()
    return item


def _read_and_join(
    case: CaseFile, engine: Engine, jobs: int | None, task: Task
) -> tuple[list[ImportItem], int]:
    """Read the queue, then join and judge; also what was read before someone cancelled."""
    try:
        read = _read_queue(case, engine, jobs, task)
    except Cancelled:
        _finish(case, Task())
        raise
    return read, _finish(case, task)


def _read_queue(case: CaseFile, engine: Engine, jobs: int | None, task: Task) -> list[ImportItem]:
    """Read all that waits, a few pictures at a time; each result is committed as it comes."""
    with case.view() as work:
        pending = work.queue.pending()
    done: list[ImportItem] = []
    with ThreadPoolExecutor(max_workers=jobs or default_jobs()) as pool:
        todo = iter(pending)
        running: dict[Future[PictureReading], ImportItem] = {}
        try:
            while True:
                _refill(pool, running, todo, case, engine, jobs or default_jobs())
                if not running:
                    return done
                finished, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in finished:
                    done.append(_keep(case, running.pop(future), future))
                    task.step(len(done), len(pending), Path(done[-1].path).name)
        finally:
            for future in running:
                future.cancel()


def _refill(
    pool: ThreadPoolExecutor,
    running: dict[Future[PictureReading], ImportItem],
    todo: Iterator[ImportItem],
    case: CaseFile,
    engine: Engine,
    at_most: int,
) -> None:
    """Keep the workers busy without loading more pictures than they can read."""
    while len(running) < at_most and (item := next(todo, None)) is not None:
        running[pool.submit(_read, case, item, engine)] = item


def _read(case: CaseFile, item: ImportItem, engine: Engine) -> PictureReading:
    if item.original_id is None:
        raise ValueError(f"queue item {item.id} has no original")
    with case.view() as work:
        original = work.originals.get(item.original_id)
        data = work.originals.data(item.original_id)
    return read_picture(load_picture(data), original.captured, engine)


def _keep(case: CaseFile, item: ImportItem, future: Future[PictureReading]) -> ImportItem:
    """Store what was read; a picture on which reading fails is listed, its original is kept."""
    error = future.exception()
    if error is not None and not isinstance(error, Exception):
        raise error
    with case.work() as work:
        if error is not None:
            failure = reading_failed(error)
            item = replace(
                item,
                status=ImportStatus.SET_ASIDE,
                reason=failure.reason,
                detail=failure.fields["detail"],
            )
            details: dict[str, object] = {"source": item.path, "detail": item.detail}
            work.custody.append("reading_failed", details, actor(), now())
        else:
            item = replace(item, status=ImportStatus.IMPORTED)
            _keep_reading(work, item, future.result())
        work.queue.update(item)
        work.commit()
    return item


def _keep_reading(work: UnitOfWork, item: ImportItem, read: PictureReading) -> None:
    if item.original_id is None:
        raise ValueError(f"queue item {item.id} has no original")
    original = work.originals.get(item.original_id)
    work.readings.add(original.id, read.reading, read.screen)
    keyed = [(_thread(original, s), s) for s in read.sightings]
    work.messages.add_sightings(original.id, read.screen.kind, keyed)
    engine = read.reading.engine
    details = {
        "sha256": original.sha256,
        "engine": engine.name,
        "engine_version": engine.version,
        "model_sha256": engine.model_sha256,
        "messages": len(read.sightings),
    }
    work.custody.append("picture_read", details, actor(), now())


def _thread(original: Original, sighting: Sighting) -> ThreadKey:
    return ThreadKey(original.device_id, sighting.sender.key or f"?{original.id}")


def _finish(case: CaseFile, task: Task) -> int:
    """Join the threads that have new sightings, judge what came of them; return how many."""
    touched = join_threads(case, unjoined_threads(case))
    propose(case, task)
    return len(touched)
