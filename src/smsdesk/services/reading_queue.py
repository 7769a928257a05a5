"""Read what waits in a case's import queue, then join and judge it.

What a crash, a pause or a cancel leaves in the queue stays there to be taken up again. Files that
are stored while reading goes on are read as well.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from smsdesk.domain.cases import ImportItem, ImportStatus, Original
from smsdesk.domain.errors import EngineUnavailable, PictureError, SetAsideReason
from smsdesk.domain.messages import Sighting
from smsdesk.domain.threads import ThreadKey
from smsdesk.services.cases import actor, now
from smsdesk.services.copies import link_new_copies
from smsdesk.services.jobs import Cancelled, Task
from smsdesk.services.joining import join_new
from smsdesk.services.packs import packs_of
from smsdesk.services.proposing import propose_within
from smsdesk.services.readers import Reader
from smsdesk.services.reading import PictureReading, default_jobs, reading_failed
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork

_EARLY_EVERY = 5.0
"""Seconds of reading, at the least, between two joinings that show messages early: shorter ones
would move the list under the eyes of whoever reads it."""

_EARLY_SHARE = 10
"""Joining early may take a tenth of the time: in a large case it then comes less often."""


@dataclass(frozen=True, slots=True)
class QueueResult:
    """The lines that were read or set aside, and how many messages came or changed."""

    items: tuple[ImportItem, ...]
    messages: int


def read_waiting(
    case: CaseFile,
    reader: Reader,
    jobs: int | None,
    task: Task,
    joined: Callable[[], None] | None = None,
) -> QueueResult:
    """Read the whole queue, a few pictures at a time; each result is committed as it comes.

    With *joined*, messages are joined and judged now and then, so that they can be looked at
    before the end; it is called after each time, in this thread. A pause lets the pictures in work
    finish. Cancelling (Cancelled) joins what was read until then. EngineUnavailable if nothing can
    be read at all: the queue stays as it is.
    """
    run = _Run(case, _Pages(case, reader), jobs or default_jobs(), task, joined)
    try:
        run.read_all()
    except Cancelled:
        run.join(Task())
        raise
    run.join(task.while_writing())
    return QueueResult(tuple(run.items.values()), len(run.changed))


class _Run:
    """One passage through the queue, on one thread; the pool's threads only read pictures."""

    def __init__(
        self,
        case: CaseFile,
        pages: _Pages,
        workers: int,
        task: Task,
        joined: Callable[[], None] | None,
    ) -> None:
        self.items: dict[int, ImportItem] = {}
        self.changed: set[int] = set()
        self._case = case
        self._pages = pages
        self._workers = workers
        self._task = task
        self._joined = joined
        self._todo: deque[ImportItem] = deque()
        self._running: dict[Future[PictureReading], ImportItem] = {}
        self._unjoined: list[int] = []
        self._next_early = time.monotonic() + _EARLY_EVERY

    def read_all(self) -> None:
        """Read until nothing waits any more."""
        with ThreadPoolExecutor(max_workers=self._workers) as pool:
            try:
                while self._refill(pool) or self._is_paused():
                    for future in wait(self._running, return_when=FIRST_COMPLETED).done:
                        self._keep(future)
                    self._join_if_due()
            finally:
                for future in self._running:
                    future.cancel()

    def join(self, task: Task) -> None:
        """Recognise copies, join threads, judge what came of them.

        All of it or nothing, so that an import that goes on after a crash finds it to be done.
        """
        read = [self.items[i] for i in self._unjoined]
        with self._case.work() as work:
            better = link_new_copies(work)
            changed = join_new(work)
            if changed:
                propose_within(work, packs_of(self._case), task)
            named = [_naming_its_better(work, item, better) for item in read]
            work.commit()
        self.items.update({item.id: item for item in named})
        self.changed.update(changed)
        self._unjoined = []

    def _refill(self, pool: ThreadPoolExecutor) -> bool:
        """Keep the workers busy without loading more pictures than they can read."""
        while not self._task.paused and len(self._running) < self._workers:
            item = self._next()
            if item is None:
                break
            self._running[pool.submit(self._pages.read, item)] = item
            self._report()
        return bool(self._running)

    def _next(self) -> ImportItem | None:
        if not self._todo:
            in_work = {item.id for item in self._running.values()}
            with self._case.view() as work:
                self._todo.extend(i for i in work.queue.pending() if i.id not in in_work)
        return self._todo.popleft() if self._todo else None

    def _is_paused(self) -> bool:
        """Wait while paused; return whether that was so."""
        if not self._task.paused:
            return False
        self._task.wait_while_paused()
        return True

    def _keep(self, future: Future[PictureReading]) -> None:
        item = _keep(self._case, self._running.pop(future), future)
        self.items[item.id] = item
        self._unjoined.append(item.id)
        self._report()

    def _report(self) -> None:
        """Say how far it is, and which picture has been in work for longest."""
        with self._case.view() as work:
            waiting = work.queue.counts()[ImportStatus.QUEUED]
        now_read = next(iter(self._running.values()), None)
        label = Path(now_read.path).name if now_read else ""
        self._task.report(len(self.items), len(self.items) + waiting, label)

    def _join_if_due(self) -> None:
        started = time.monotonic()
        if self._joined is None or not self._unjoined or started < self._next_early:
            return
        self.join(Task())
        self._joined()
        took = time.monotonic() - started
        self._next_early = time.monotonic() + max(_EARLY_EVERY, _EARLY_SHARE * took)


class _Pages:
    """Has lines of the queue read, for several threads; pages share the bytes of their file."""

    def __init__(self, case: CaseFile, reader: Reader) -> None:
        self._case = case
        self._reader = reader
        self._bytes_of = lru_cache(maxsize=1)(self._load)

    def read(self, item: ImportItem) -> PictureReading:
        """Return what a page tells; PictureError if it cannot be decoded."""
        original_id = _original_id(item)
        with self._case.view() as work:
            captured = work.originals.get(original_id).captured
        data = self._load(original_id) if item.page is None else self._bytes_of(original_id)
        return self._reader.read(data, item.page or 0, captured)

    def _load(self, original_id: int) -> bytes:
        with self._case.view() as work:
            return work.originals.data(original_id)


def _original_id(item: ImportItem) -> int:
    if item.original_id is None:
        raise ValueError(f"queue item {item.id} has no original")
    return item.original_id


_NOT_ITS_FAULT = (Cancelled, EngineUnavailable)
"""What says nothing against the picture that was to be read: it goes on waiting."""


def _keep(case: CaseFile, item: ImportItem, future: Future[PictureReading]) -> ImportItem:
    """Store what was read; a picture on which reading fails is listed, its original is kept."""
    error = future.exception()
    if error is not None and (
        not isinstance(error, Exception) or isinstance(error, _NOT_ITS_FAULT)
    ):
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
