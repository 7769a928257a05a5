"""Bring pictures into a case: hash, store, queue, read, join, propose.

Hashing and storing come first, file by file, so that the originals are safe before any reading
starts. A file of several pages is one original, with a line in the queue for each page. Reading
works through the queue in the case file: what a crash or a cancel leaves there is taken up by
`resume_import`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from smsdesk.domain.cases import ImportItem, ImportStatus, Original, SourceDevice
from smsdesk.domain.errors import PictureError, SetAsideReason
from smsdesk.domain.messages import Sighting
from smsdesk.domain.threads import ThreadKey
from smsdesk.domain.times import CaptureMoment, capture_moment, document_moment
from smsdesk.ocr.engine import Engine
from smsdesk.ocr.loading import as_document, load_picture
from smsdesk.ocr.registry import engine as engine_named
from smsdesk.services.cases import actor, now
from smsdesk.services.copies import link_new_copies
from smsdesk.services.gathering import FoundFile, gather
from smsdesk.services.hashing import sha256, sm3
from smsdesk.services.jobs import Cancelled, Task
from smsdesk.services.joining import join_new
from smsdesk.services.packs import packs_of
from smsdesk.services.proposing import propose_within
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
    """What became of every file, and how much there was to read.

    A file of several pages is IMPORTED if any of them could be read; behind it in `files` stand
    those that are set aside, with their `page`.
    """

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
    return import_files(case, list(gather(paths)), options, task)


def import_files(
    case: CaseFile, found: Sequence[FoundFile], options: ImportOptions, task: Task
) -> ImportReport:
    """Import files that have been gathered, as `import_paths` does."""
    engine = engine_named(options.engine)
    device = _device(case, options.device)
    stored = [_store(case, file, device, options.captured_at) for file in _stepping(found, task)]
    read, messages = _read_and_join(case, engine, options.jobs, task)
    final = {item.id: item for item in read}
    files = [[final.get(item.id, item) for item in items] for items in stored]
    return ImportReport(_told_by_file(files), messages)


def resume_import(case: CaseFile, options: ImportOptions, task: Task) -> ImportReport:
    """Go on with what an earlier import left unread or unjoined."""
    read, messages = _read_and_join(case, engine_named(options.engine), options.jobs, task)
    in_order = sorted(read, key=lambda item: item.id)
    files = [list(items) for _, items in groupby(in_order, key=lambda item: item.original_id)]
    return ImportReport(_told_by_file(files), messages)


def _told_by_file(files: Iterable[Sequence[ImportItem]]) -> tuple[ImportItem, ...]:
    """Return the line of each file, and behind it those of its pages that are set aside."""
    told: list[ImportItem] = []
    for items in files:
        if items[0].page is None:
            told += items
            continue
        read = [item for item in items if _could_be_read(item)]
        whole = replace(read[0], status=ImportStatus.IMPORTED, reason=None) if read else items[0]
        told.append(replace(whole, page=None))
        told += [item for item in items if item.status == ImportStatus.SET_ASIDE]
    return tuple(told)


def _could_be_read(item: ImportItem) -> bool:
    return item.status == ImportStatus.IMPORTED or item.reason == SetAsideReason.NO_MESSAGES


def waiting(case: CaseFile) -> int:
    """Return how many stored pictures, pages counted each, are still to be read."""
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
) -> list[ImportItem]:
    """Hash a file and put it into the case, or say why not; return its lines of the queue."""
    try:
        data = file.load()
        digest = sha256(data)
        with case.work() as work:
            twin = work.originals.by_sha256(digest)
            if twin is not None:
                return [_note_duplicate(work, file, twin)]
        original = _describe(data, digest, file, device, typed)
    except PictureError as error:
        return [_note_set_aside(case, file, error)]
    with case.work() as work:
        stored = work.originals.add(original, data)
        pages = range(len(stored.page_sizes)) if stored.page_sizes else (None,)
        line = ImportItem(0, file.source, ImportStatus.QUEUED, original_id=stored.id)
        items = [work.queue.add(replace(line, page=page)) for page in pages]
        work.custody.append("original_imported", _identity(stored), actor(), now())
        work.commit()
    return items


def _describe(
    data: bytes, digest: str, file: FoundFile, device: SourceDevice, typed: dt.datetime | None
) -> Original:
    document = as_document(data)
    if document is not None:
        known = _Known(document.media_type, document.page_sizes, None, document_moment(typed))
    else:
        picture = load_picture(data)
        taken = picture.exif_time
        captured = capture_moment(file.name, taken, file.file_time, typed)
        size = (picture.width, picture.height)
        known = _Known(picture.media_type, (size,), taken, captured)
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
        device_id=device.id,
        page_sizes=known.page_sizes if len(known.page_sizes) > 1 else (),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What a file's content tells."""

    media_type: str
    page_sizes: tuple[tuple[int, int], ...]
    exif_time: dt.datetime | None
    captured: CaptureMoment


def _identity(original: Original) -> dict[str, object]:
    identity: dict[str, object] = {
        "file_name": original.file_name,
        "sha256": original.sha256,
        "sm3": original.sm3,
        "size": original.size,
    }
    return identity | ({"pages": len(original.page_sizes)} if original.page_sizes else {})


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
        _finish(case, [], Task())
        raise
    return _finish(case, read, task)


def _read_queue(case: CaseFile, engine: Engine, jobs: int | None, task: Task) -> list[ImportItem]:
    """Read all that waits, a few pictures at a time; each result is committed as it comes."""
    with case.view() as work:
        pending = work.queue.pending()
    done: list[ImportItem] = []
    reader = _Reader(case, engine)
    with ThreadPoolExecutor(max_workers=jobs or default_jobs()) as pool:
        todo = iter(pending)
        running: dict[Future[PictureReading], ImportItem] = {}
        try:
            while True:
                _refill(pool, running, todo, reader, jobs or default_jobs())
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
    reader: _Reader,
    at_most: int,
) -> None:
    """Keep the workers busy without loading more pictures than they can read."""
    while len(running) < at_most and (item := next(todo, None)) is not None:
        running[pool.submit(reader.read, item)] = item


class _Reader:
    """Reads lines of the queue, from several threads; pages share the bytes of their file."""

    def __init__(self, case: CaseFile, engine: Engine) -> None:
        self._case = case
        self._engine = engine
        self._bytes_of = lru_cache(maxsize=1)(self._load)

    def read(self, item: ImportItem) -> PictureReading:
        """Return what a page tells; PictureError if it cannot be decoded."""
        original_id = _original_id(item)
        with self._case.view() as work:
            captured = work.originals.get(original_id).captured
        data = self._load(original_id) if item.page is None else self._bytes_of(original_id)
        return read_picture(load_picture(data, item.page or 0), captured, self._engine)

    def _load(self, original_id: int) -> bytes:
        with self._case.view() as work:
            return work.originals.data(original_id)


def _original_id(item: ImportItem) -> int:
    if item.original_id is None:
        raise ValueError(f"queue item {item.id} has no original")
    return item.original_id


def _keep(case: CaseFile, item: ImportItem, future: Future[PictureReading]) -> ImportItem:
    """Store what was read; a picture on which reading fails is listed, its original is kept."""
    error = future.exception()
    if error is not None and not isinstance(error, Exception):
        raise error
    with case.work() as work:
        if error is not None:
            item = _set_aside(item, error)
            details = {"source": item.path, "detail": item.detail, **_page_number(item)}
            work.custody.append("reading_failed", details, actor(), now())
        else:
            item = replace(item, status=ImportStatus.IMPORTED)
            read = future.result()
            if item.page is not None and not read.sightings:
                item = _set_aside(item, PictureError(SetAsideReason.NO_MESSAGES))
            _keep_reading(work, item, read)
        work.queue.update(item)
        work.commit()
    return item


def _set_aside(item: ImportItem, error: Exception) -> ImportItem:
    failure = error if isinstance(error, PictureError) else reading_failed(error)
    detail = failure.fields["detail"]
    return replace(item, status=ImportStatus.SET_ASIDE, reason=failure.reason, detail=detail)


def _page_number(item: ImportItem) -> dict[str, object]:
    """Return the page as people count, for the log; nothing for a file of one picture."""
    return {} if item.page is None else {"page": item.page + 1}


def _keep_reading(work: UnitOfWork, item: ImportItem, read: PictureReading) -> None:
    original = work.originals.get(_original_id(item))
    work.readings.add(original.id, read.reading, read.screen, item.page or 0)
    keyed = [(_thread(original, s), s) for s in read.sightings]
    work.messages.add_sightings(original.id, read.screen.kind, keyed)
    engine = read.reading.engine
    details = {
        "sha256": original.sha256,
        **_page_number(item),
        "engine": engine.name,
        "engine_version": engine.version,
        "model_sha256": engine.model_sha256,
        "messages": len(read.sightings),
    }
    work.custody.append("picture_read", details, actor(), now())


def _thread(original: Original, sighting: Sighting) -> ThreadKey:
    page = f".{sighting.page}" if sighting.page else ""
    return ThreadKey(original.device_id, sighting.sender.key or f"?{original.id}{page}")


def _finish(case: CaseFile, read: Sequence[ImportItem], task: Task) -> tuple[list[ImportItem], int]:
    """Recognise copies, join threads, judge what came of them; return the items, and how many.

    All of it or nothing, so that an import that goes on after a crash finds it still to be done.
    """
    with case.work() as work:
        better = link_new_copies(work)
        changed = join_new(work)
        if changed:
            propose_within(work, packs_of(case), task)
        items = [_naming_its_better(work, item, better) for item in read]
        work.commit()
    return items, len(changed)


def _naming_its_better(
    work: UnitOfWork, item: ImportItem, better: Mapping[int, Original]
) -> ImportItem:
    """Return a copy's item with the better picture as its twin."""
    twin = better.get(item.original_id or 0)
    if twin is None:
        return item
    item = replace(item, twin=twin.file_name)
    work.queue.update(item)
    return item
