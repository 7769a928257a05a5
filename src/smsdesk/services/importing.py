"""Bring pictures into a case: hash, store, queue, read, join, propose.

Hashing and storing come first, file by file, so that the originals are safe before any reading
starts (`storing`). A file of several pages is one original, with a line in the queue for each
page. Reading works through the queue in the case file (`reading_queue`): what a crash or a cancel
leaves there is taken up by `resume_import`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from smsdesk.domain.cases import ImportItem, ImportStatus, SourceDevice
from smsdesk.domain.errors import SetAsideReason
from smsdesk.ocr.registry import ENGINES
from smsdesk.ocr.registry import engine as engine_named
from smsdesk.services import storing
from smsdesk.services.gathering import FoundFile, gather
from smsdesk.services.jobs import Task
from smsdesk.services.readers import Reader, ThreadReader
from smsdesk.services.reading_queue import QueueResult, read_waiting
from smsdesk.storage.case_file import CaseFile


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person may say about an import.

    `device` is the phone (None: the default one); `captured_at` the moment of all screenshots,
    whatever the files tell; `jobs` how many pictures are read at a time (None: by processors);
    `reader` who reads them (None: `engine`, in threads of this process).
    """

    device: SourceDevice | None = None
    captured_at: dt.datetime | None = None
    jobs: int | None = None
    engine: str = ENGINES[0]
    reader: Reader | None = None

    def ready_reader(self) -> Reader:
        """Return who reads; EngineUnavailable if that is impossible here."""
        reader = self.reader or ThreadReader(engine_named(self.engine))
        reader.check()
        return reader


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

    def followed_by(self, later: ImportReport) -> ImportReport:
        """Return both reports in one; the later one has the last word on a line of the queue."""
        said = {item.id for item in later.files}
        before = tuple(item for item in self.files if item.id not in said)
        return ImportReport(before + later.files, self.messages + later.messages)


def import_paths(
    case: CaseFile, paths: Sequence[Path], options: ImportOptions, task: Task
) -> ImportReport:
    """Import files, folders and ZIP archives; unreadable ones are set aside and stop nothing.

    Cancelling (Cancelled) keeps what is stored and read; the rest stays in the queue.
    EngineUnavailable if the engine cannot run: nothing is changed then.
    """
    return _import(case, paths, list(gather(paths)), options, task)


def import_files(
    case: CaseFile, found: Sequence[FoundFile], options: ImportOptions, task: Task
) -> ImportReport:
    """Import files that have been gathered, as `import_paths` does."""
    return _import(case, [], found, options, task)


def resume_import(case: CaseFile, options: ImportOptions, task: Task) -> ImportReport:
    """Go on with what an earlier import left unstored, unread or unjoined."""
    reader = options.ready_reader()
    stored = storing.store_rest(case, task)
    return _read(case, reader, stored, options, task)


def try_again(
    case: CaseFile, item_ids: Sequence[int], options: ImportOptions, task: Task
) -> ImportReport:
    """Try files anew that were set aside, and read whatever else waits."""
    reader = options.ready_reader()
    stored = storing.store_again(case, item_ids, task)
    return _read(case, reader, stored, options, task)


def read_on(
    case: CaseFile, reader: Reader, task: Task, joined: Callable[[], None] | None = None
) -> QueueResult:
    """Read what waits in the queue beside other work; see `read_waiting`."""
    reader.check()
    return read_waiting(case, reader, None, task, joined)


def report_of(items: Iterable[ImportItem], messages: int) -> ImportReport:
    """Return the report on lines of the queue, each in its last state."""
    last = {item.id: item for item in items}
    files: dict[object, list[ImportItem]] = {}
    for number in sorted(last):
        item = last[number]
        key = number if item.page is None else f"pages of {item.original_id}"
        files.setdefault(key, []).append(item)
    return ImportReport(_told_by_file(files.values()), messages)


def waiting(case: CaseFile) -> int:
    """Return how many stored pictures, pages counted each, are still to be read."""
    with case.view() as work:
        return work.queue.counts()[ImportStatus.QUEUED]


def _import(
    case: CaseFile,
    paths: Sequence[Path],
    found: Sequence[FoundFile],
    options: ImportOptions,
    task: Task,
) -> ImportReport:
    reader = options.ready_reader()
    answers = storing.Answers(options.device, options.captured_at)
    batch = storing.begin(case, paths, answers)
    return _read(case, reader, storing.store(case, batch, found, task), options, task)


def _read(
    case: CaseFile,
    reader: Reader,
    stored: Sequence[Sequence[ImportItem]],
    options: ImportOptions,
    task: Task,
) -> ImportReport:
    result: QueueResult = read_waiting(case, reader, options.jobs, task)
    lines = [item for items in stored for item in items]
    return report_of([*lines, *result.items], result.messages)


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
