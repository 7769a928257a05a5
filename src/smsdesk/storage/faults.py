"""SQLite's failures that a person can act on, told as SmsdeskErrors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from smsdesk.domain.errors import (
    CaseDamaged,
    CaseLocked,
    CaseReadOnly,
    CaseUnreachable,
    DiskFull,
    SmsdeskError,
)

_PRIMARY_CODE = 0xFF
"""SQLite's extended result codes carry the primary one in their lowest byte."""


def fault_of(error: BaseException, path: Path) -> SmsdeskError | None:
    """Return what *error* means to the person whose case lies at *path*; None if it is a bug."""
    if not isinstance(error, sqlite3.Error):
        return None
    match getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE:
        case sqlite3.SQLITE_FULL:
            return DiskFull(path=path)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return CaseLocked(path=path)
        case sqlite3.SQLITE_CANTOPEN if not path.exists():
            return CaseUnreachable(path=path, detail=error)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return CaseReadOnly(path=path)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return CaseDamaged(path=path, detail=error)
        case sqlite3.SQLITE_IOERR:
            return CaseUnreachable(path=path, detail=error)
        case _:
            return None


@contextmanager
def told_as_faults(path: Path) -> Iterator[None]:
    """Within the block, failures of the sqlite3 module are raised as SmsdeskErrors."""
    try:
        yield
    except sqlite3.Error as error:
        fault = fault_of(error, path)
        if fault is None:
            raise
        raise fault from error


def tell_faults(engine: Engine, path: Path) -> None:
    """Make *engine* raise SmsdeskErrors, whatever statement fails, BEGIN and COMMIT included."""

    @event.listens_for(engine, "handle_error")
    def _raise(context: ExceptionContext) -> None:
        fault = fault_of(context.original_exception, path)
        if fault is not None:
            raise fault from context.original_exception
