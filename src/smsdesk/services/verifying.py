"""Recompute every hash of a case and say plainly whether anything changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from smsdesk.domain.cases import ImportItem, ImportStatus, Original
from smsdesk.domain.custody import CustodyEntry, first_broken
from smsdesk.services.hashing import sha256, sm3
from smsdesk.services.jobs import Task
from smsdesk.storage.case_file import CaseFile


class ProblemKind(StrEnum):
    """What does not fit; sentences in the catalogue (verify.*)."""

    DATABASE = "database"
    BYTES_CHANGED = "bytes_changed"
    ORIGINAL_MISSING = "original_missing"
    ORIGINAL_UNLOGGED = "original_unlogged"
    PAGE_UNACCOUNTED = "page_unaccounted"
    LOG_BROKEN = "log_broken"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mismatch and what it is about (a file name with its page, a log line)."""

    kind: ProblemKind
    subject: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was checked and what was wrong; no problems means that nothing changed."""

    problems: tuple[Problem, ...]
    originals: int
    entries: int
    head: str | None

    @property
    def ok(self) -> bool:
        """Whether everything fits."""
        return not self.problems


def verify(case: CaseFile, task: Task) -> Verdict:
    """Check the database, each original's bytes against its hashes, its pages, and the log."""
    problems: list[Problem] = []
    if (damage := case.damage()) is not None:
        problems.append(Problem(ProblemKind.DATABASE, damage))
    with case.view() as work:
        originals = work.originals.all()
        entries = work.custody.all()
        problems += _unaccounted(originals, work.readings.pages(), work.queue.all())
    for done, original in enumerate(originals):
        task.step(done, len(originals), original.file_name)
        if not _bytes_fit(case, original):
            problems.append(Problem(ProblemKind.BYTES_CHANGED, original.file_name))
    problems += _log_problems(originals, entries)
    return Verdict(
        tuple(problems), len(originals), len(entries), entries[-1].hash if entries else None
    )


def _bytes_fit(case: CaseFile, original: Original) -> bool:
    with case.view() as work:
        data = work.originals.data(original.id)
    return (sha256(data), sm3(data), len(data)) == (original.sha256, original.sm3, original.size)


def _unaccounted(
    originals: Sequence[Original], read: set[tuple[int, int]], items: Sequence[ImportItem]
) -> Iterator[Problem]:
    """Yield the pages that were neither read nor wait for it, nor are set aside with a reason."""
    known = read | {
        (item.original_id, item.page or 0)
        for item in items
        if item.original_id is not None
        and item.status in (ImportStatus.QUEUED, ImportStatus.SET_ASIDE)
    }
    for original in originals:
        for page in original.pages:
            if (original.id, page.index) not in known:
                subject = f"{original.file_name} ({page.index + 1}/{len(original.pages)})"
                yield Problem(ProblemKind.PAGE_UNACCOUNTED, subject)


def _log_problems(originals: list[Original], entries: list[CustodyEntry]) -> Iterator[Problem]:
    """Yield where the chain breaks, and where it tells of other originals than the case holds."""
    broken = first_broken(entries)
    if broken is not None:
        yield Problem(ProblemKind.LOG_BROKEN, str(broken))
    logged = {
        str(e.details["sha256"]): str(e.details["file_name"])
        for e in entries
        if e.action == "original_imported"
    }
    held = {original.sha256: original.file_name for original in originals}
    for digest in logged.keys() - held.keys():
        yield Problem(ProblemKind.ORIGINAL_MISSING, logged[digest])
    for digest in held.keys() - logged.keys():
        yield Problem(ProblemKind.ORIGINAL_UNLOGGED, held[digest])
