"""Check an evidence package, and the case inside, as whoever receives it would."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from smsdesk.domain.custody import CustodyEntry
from smsdesk.domain.errors import CaseError
from smsdesk.report.package.checking import case_files, check, custody_entries
from smsdesk.report.package.reading import Package
from smsdesk.report.package.unpacked import is_package, package_at
from smsdesk.services.delivering import write_error
from smsdesk.services.jobs import Task
from smsdesk.services.verifying import Problem, ProblemKind, Verdict, verify
from smsdesk.storage.case_file import CaseFile

__all__ = ["PackageVerdict", "is_package", "verify_package"]


@dataclass(frozen=True, slots=True)
class PackageVerdict:
    """What was checked in a package of so many files; `case` is that of the case inside, if any."""

    problems: tuple[Problem, ...]
    files: int
    case: Verdict | None

    @property
    def ok(self) -> bool:
        """Whether everything fits."""
        return not self.problems


def verify_package(path: Path, task: Task) -> PackageVerdict:
    """Recompute all hashes in a package, hold its lists against it, and check the case inside.

    *path* is a ZIP, or a folder that one was unpacked to. PackageRefused for what is no package, or
    none that may be unpacked. The case is unpacked for the check to a private temporary folder, and
    removed again.
    """
    with package_at(path) as package:
        problems = [Problem(one.kind, one.subject) for one in check(package, task.step)]
        verdict = None
        for name in case_files(package):
            verdict, found = _case_inside(package, name, task)
            problems += found
        return PackageVerdict(tuple(problems), len(package.names), verdict)


def _case_inside(
    package: Package, name: str, task: Task
) -> tuple[Verdict | None, Sequence[Problem]]:
    with tempfile.TemporaryDirectory(prefix="smsdesk-") as folder:
        copy = Path(folder) / "inside.smscase"
        try:
            package.copy(name, copy, lambda: task.step(0, 1, copy.name))
        except OSError as error:
            raise write_error(error, copy) from error
        try:
            with closing(CaseFile.open(copy)) as case:
                verdict = verify(case, task)
        except CaseError as error:
            return None, [Problem(ProblemKind.CASE_UNREADABLE, f"{name}: {error.code}")]
    if verdict.head not in {entry.hash for entry in _log_beside(package)}:
        return verdict, [*verdict.problems, Problem(ProblemKind.CASE_DIFFERS, name)]
    return verdict, verdict.problems


def _log_beside(package: Package) -> list[CustodyEntry]:
    """Return the log that lies beside the case; what is wrong with it `check` says."""
    try:
        return custody_entries(package)
    except (ValueError, KeyError):  # no such file is a KeyError
        return []
