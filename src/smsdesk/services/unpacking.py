"""Open an evidence package: check it, and take the case out of it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from smsdesk.domain.errors import CaseExists, PackageDamaged, PackageRefused, PackageWithoutCase
from smsdesk.report.package.checking import case_files, check
from smsdesk.report.package.reading import Package
from smsdesk.services.cases import PROGRAM, actor, now, open_case
from smsdesk.services.delivering import file_sha256, write_error
from smsdesk.services.jobs import Task
from smsdesk.services.verifying import Problem, verify
from smsdesk.storage.case_file import CaseFile
from smsdesk.wording import say

_NAMED_PROBLEMS = 5
"""How many problems a message names; `verify` lists all."""


def open_package(package: Path, target: Path, task: Task) -> CaseFile:
    """Take the case out of *package*, as `unpack` does, and open it."""
    unpack(package, target, task)
    return open_case(target)


def holds_case(path: Path) -> bool:
    """Whether a file is a package with a case in it; an archive of pictures is none."""
    try:
        with Package(path) as package:
            return bool(case_files(package))
    except (PackageRefused, PackageDamaged, OSError):
        return False


def unpack(package: Path, target: Path, task: Task) -> None:
    """Check *package* and write its case to *target*; the custody log says where it comes from.

    PackageRefused, PackageDamaged or PackageWithoutCase say why not; CaseExists if there is
    anything at *target*. Nothing is written then.
    """
    if os.path.lexists(target):
        raise CaseExists(path=target)
    with Package(package) as opened:
        problems = [Problem(one.kind, one.subject) for one in check(opened, task.step)]
        _refuse(package, problems)
        name = _only_case(opened)
        with _place_for(target) as draft:
            size = max(opened.size(name), 1)
            opened.copy(name, draft, partial(task.step, 0, size, target.name))
            _take_over(draft, package, task)


def _only_case(package: Package) -> str:
    names = case_files(package)
    if not names:
        raise PackageWithoutCase(path=package.path)
    if len(names) > 1:
        raise PackageRefused(path=package.path, why="several_cases", detail=names[1])
    return names[0]


def _refuse(package: Path, problems: list[Problem]) -> None:
    if problems:
        named = [say(f"verify.{p.kind}", subject=p.subject) for p in problems[:_NAMED_PROBLEMS]]
        raise PackageDamaged(path=package, problems="；".join(named))


def _take_over(draft: Path, package: Path, task: Task) -> None:
    """Check the case that was unpacked to *draft*, and note in its log where it comes from."""
    with closing(CaseFile.open(draft)) as case:
        if case.backup is not None:
            case.backup.unlink()  # the package is the backup
        _refuse(package, list(verify(case, task).problems))
        details = {
            "package": package.name,
            "package_sha256": file_sha256(package),
            "program": PROGRAM,
            "schema_upgraded": case.backup is not None,
        }
        with case.work() as work:
            work.custody.append("case_unpacked", details, actor(), now())
            work.commit()


@contextmanager
def _place_for(target: Path) -> Iterator[Path]:
    """Give a path beside *target*; move it there at the end, over no other file."""
    draft = target.with_name(f".smsdesk-{secrets.token_hex(8)}.part")
    try:
        yield draft
        os.close(os.open(target, os.O_CREAT | os.O_EXCL))  # reserves the name
        draft.replace(target)
    except FileExistsError as error:
        raise CaseExists(path=target) from error
    except OSError as error:
        raise write_error(error, target) from error
    finally:
        draft.unlink(missing_ok=True)
