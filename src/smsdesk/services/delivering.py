"""Bring a finished file to its place: whole, checked, and noted in the custody log."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from smsdesk.domain.errors import CannotWrite, DiskFull
from smsdesk.services.cases import actor, now
from smsdesk.storage.case_file import CaseFile

NO_SPACE = (28, 112)
"""ENOSPC, and Windows' ERROR_DISK_FULL."""


@dataclass(frozen=True, slots=True)
class ExportResult:
    """A finished file: `messages` of the case's `of_messages` are in it.

    `volumes` are all files of a PDF that was split; `path` is the first of them then.
    """

    path: Path
    messages: int
    of_messages: int
    originals: int
    pages: int = 0
    volumes: tuple[Path, ...] = ()


def log_export(case: CaseFile, result: ExportResult, digest: str, **details: object) -> None:
    """Note in the custody log what was written, with the SHA-256 of the file."""
    entry = {
        "file_name": result.path.name,
        "sha256": digest,
        "messages": result.messages,
        "of_messages": result.of_messages,
        "originals": result.originals,
        **details,
    }
    with case.work() as work:
        work.custody.append("exported", entry, actor(), now())
        work.commit()


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file of any size as lower-case hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def delivered(target: Path) -> Iterator[Path]:
    """Give a temporary path beside *target*; move it there when the block ends well.

    CannotWrite or DiskFull if the file cannot be written; nothing is left behind then.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", dir=target.parent)
        os.close(handle)
    except OSError as error:
        raise CannotWrite(path=target, detail=error.strerror or error) from error
    draft = Path(name)
    try:
        yield draft
        draft.chmod(0o644)  # mkstemp made it private; a report is the user's to pass on
        draft.replace(target)
    except OSError as error:
        raise write_error(error, target) from error
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def workshop(target: Path) -> Iterator[Path]:
    """Give a private folder beside *target*, and remove it with all that is left in it.

    CannotWrite or DiskFull if something cannot be written.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=f".{target.stem}-", dir=target.parent) as name:
            yield Path(name)
    except OSError as error:
        raise write_error(error, target) from error


def write_error(error: OSError, target: Path) -> CannotWrite | DiskFull:
    """Return what a failure to write *target* means to a person."""
    if error.errno in NO_SPACE:
        return DiskFull(path=target)
    return CannotWrite(path=target, detail=error.strerror or error)
