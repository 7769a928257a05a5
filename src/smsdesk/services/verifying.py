"""Recompute every hash of a case and say plainly whether anything changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from smsdesk.domain.cases import ImportItem, ImportStatus, Original
from smsdesk.domain.custody import CustodyEntry, first_broken
from smsdesk.domain.exhibits import Attachment
from smsdesk.report.package.checking import MismatchKind
from smsdesk.services.hashing import sha256, sm3
from smsdesk.services.jobs import Task
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork

WITHHELD = "originals_withheld"
"""The action in the log of a packed case that says whose bytes it goes without."""


class ProblemKind(StrEnum):
    """What does not fit; sentences in the catalogue (verify.*)."""

    DATABASE = "database"
    BYTES_CHANGED = "bytes_changed"
    ORIGINAL_MISSING = "original_missing"
    ORIGINAL_UNLOGGED = "original_unlogged"
    PAGE_UNACCOUNTED = "page_unaccounted"
    ATTACHMENT_CHANGED = "attachment_changed"
    ATTACHMENT_MISSING = "attachment_missing"
    ATTACHMENT_UNLOGGED = "attachment_unlogged"
    LOG_BROKEN = "log_broken"
    CASE_UNREADABLE = "case_unreadable"
    CASE_DIFFERS = "case_differs"


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the log calls the arrival of a file, and what may be wrong with it."""

    action: str
    changed: ProblemKind
    missing: ProblemKind
    unlogged: ProblemKind


_ORIGINAL = _Kind(
    "original_imported",
    ProblemKind.BYTES_CHANGED,
    ProblemKind.ORIGINAL_MISSING,
    ProblemKind.ORIGINAL_UNLOGGED,
)
_ATTACHMENT = _Kind(
    "attachment_added",
    ProblemKind.ATTACHMENT_CHANGED,
    ProblemKind.ATTACHMENT_MISSING,
    ProblemKind.ATTACHMENT_UNLOGGED,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One mismatch and what it is about (a file name with its page, a log line)."""

    kind: ProblemKind | MismatchKind
    subject: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was checked and what was wrong; no problems means that nothing changed.

    `removed` of the `originals` were taken out of the case (移出); of `withheld` ones among them
    the file holds only the record, since it comes from an evidence package.
    """

    problems: tuple[Problem, ...]
    originals: int
    entries: int
    head: str | None
    attachments: int = 0
    removed: int = 0
    withheld: int = 0

    @property
    def ok(self) -> bool:
        """Whether everything fits."""
        return not self.problems


def verify(case: CaseFile, task: Task) -> Verdict:
    """Check the database, the bytes of originals and attachments, their pages, and the log."""
    problems: list[Problem] = []
    if (damage := case.damage()) is not None:
        problems.append(Problem(ProblemKind.DATABASE, damage))
    with case.view() as work:
        originals = work.originals.every()
        removed = len(work.removals.all())
        withheld = withheld_originals(work)
        attachments = work.attachments.all()
        entries = work.custody.all()
        here = [original for original in originals if original.id not in withheld]
        problems += _unaccounted(here, work.readings.pages(), work.queue.all())
    files: Sequence[Original | Attachment] = [*here, *attachments]
    for done, file in enumerate(files):
        task.step(done, len(files), file.file_name)
        if not _bytes_fit(case, file):
            kind = (_ATTACHMENT if isinstance(file, Attachment) else _ORIGINAL).changed
            problems.append(Problem(kind, file.file_name))
    if (broken := first_broken(entries)) is not None:
        problems.append(Problem(ProblemKind.LOG_BROKEN, str(broken)))
    problems += _log_problems(_ORIGINAL, originals, entries)
    problems += _log_problems(_ATTACHMENT, attachments, entries)
    head = entries[-1].hash if entries else None
    counts = len(originals), len(entries)
    return Verdict(tuple(problems), *counts, head, len(attachments), removed, len(withheld))


def withheld_originals(work: UnitOfWork) -> set[int]:
    """Return the originals that a package left out: no bytes, taken out before, and logged so."""
    lacking = work.originals.lacking_bytes() & work.removals.reasons().keys()
    logged = {
        one["sha256"]
        for entry in (work.custody.all() if lacking else ())
        if entry.action == WITHHELD
        for one in entry.details["originals"]
    }
    return {i for i in lacking if work.originals.get(i).sha256 in logged}


def _bytes_fit(case: CaseFile, file: Original | Attachment) -> bool:
    with case.view() as work:
        kept = work.attachments if isinstance(file, Attachment) else work.originals
        try:
            data = kept.data(file.id)
        except KeyError:  # somebody deleted them
            return False
    return (sha256(data), sm3(data), len(data)) == (file.sha256, file.sm3, file.size)


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


def _log_problems(
    kind: _Kind, files: Sequence[Original | Attachment], entries: Sequence[CustodyEntry]
) -> Iterator[Problem]:
    """Yield where the log tells of other files than the case holds."""
    logged = {
        str(e.details["sha256"]): str(e.details["file_name"])
        for e in entries
        if e.action == kind.action
    }
    held = {file.sha256: file.file_name for file in files}
    for digest in logged.keys() - held.keys():
        yield Problem(kind.missing, logged[digest])
    for digest in held.keys() - logged.keys():
        yield Problem(kind.unlogged, held[digest])
