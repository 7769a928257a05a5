"""Open an evidence package: check it, and take the case out of it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path

from smsdesk.domain.errors import CaseExists, PackageDamaged, PackageRefused, PackageWithoutCase
from smsdesk.report.package.checking import case_files, check, is_ours
from smsdesk.report.package.reading import Package
from smsdesk.report.package.unpacked import UnpackedPackage, is_package, package_at
from smsdesk.services.cases import PROGRAM, actor, now, open_case
from smsdesk.services.delivering import file_sha256, write_error
from smsdesk.services.jobs import Task
from smsdesk.services.verifying import Problem, verify
from smsdesk.storage.case_file import CaseFile
from smsdesk.wording import say

TAG_LIST = "tagmanifest-sha256.txt"
"""The list of a package's lists: whoever changes a file has to change it too."""

_NAMED_PROBLEMS = 5
"""How many problems a message names; `verify` lists all."""


def open_package(package: Path, target: Path, task: Task) -> CaseFile:
    """Take the case out of *package*, as `unpack` does, and open it."""
    unpack(package, target, task)
    return open_case(target)


class PackageKind(StrEnum):
    """What is in a package: the case itself, or only what was chosen or masked."""

    WITH_CASE = "with_case"
    WITHOUT_CASE = "without_case"


def kind_of(path: Path) -> PackageKind | None:
    """Return what kind of package a ZIP or a folder is; None for pictures, or anything else."""
    if not is_package(path):
        return None
    try:
        with package_at(path) as package:
            if not is_ours(package):
                return None
            return PackageKind.WITH_CASE if case_files(package) else PackageKind.WITHOUT_CASE
    except (PackageRefused, PackageDamaged, OSError):
        return None


def unpack(package: Path, target: Path, task: Task) -> None:
    """Check *package* and write its case to *target*; the custody log says where it comes from.

    PackageRefused, PackageDamaged or PackageWithoutCase say why not; CaseExists if there is
    anything at *target*. Nothing is written then.
    """
    if os.path.lexists(target):
        raise CaseExists(path=target)
    with package_at(package) as opened:
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
            "package_sha256": _identity(package),
            "program": PROGRAM,
            "schema_upgraded": case.backup is not None,
        }
        with case.work() as work:
            work.custody.append("case_unpacked", details, actor(), now())
            work.commit()


def _identity(package: Path) -> str:
    """Return the hash that names a package: of the ZIP, or of the list that hashes the rest."""
    with package_at(package) as opened:
        if isinstance(opened, UnpackedPackage):
            return opened.digests(TAG_LIST, lambda: None)["sha256"]
    return file_sha256(package)


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
