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

_FAULTS: dict[int, type[SmsdeskError]] = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_BUSY: CaseLocked,
    sqlite3.SQLITE_LOCKED: CaseLocked,
    sqlite3.SQLITE_PROTOCOL: CaseLocked,
    sqlite3.SQLITE_READONLY: CaseReadOnly,
    sqlite3.SQLITE_PERM: CaseReadOnly,
    sqlite3.SQLITE_CANTOPEN: CaseReadOnly,
    sqlite3.SQLITE_CORRUPT: CaseDamaged,
    sqlite3.SQLITE_NOTADB: CaseDamaged,
    sqlite3.SQLITE_IOERR: CaseUnreachable,
}

_PRIMARY_CODE = 0xFF
"""SQLite's extended result codes carry the primary one in their lowest byte."""


def fault_of(error: BaseException, path: Path) -> SmsdeskError | None:
    """Return what *error* means to the person whose case lies at *path*; None if it is a bug."""
    if not isinstance(error, sqlite3.Error):
        return None
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
    kind = _FAULTS.get(code)
    if code == sqlite3.SQLITE_CANTOPEN and not path.exists():
        kind = CaseUnreachable
    elif "not decode to UTF-8" in str(error):  # Python's own complaint, without a code
        kind = CaseDamaged
    return None if kind is None else kind(path=path, detail=error)


@contextmanager
def told_as_faults(path: Path) -> Iterator[None]:
    """Within the block, failures of the sqlite3 module are raised as SmsdeskErrors.

    Only for fixed statements: if SQLite does not understand one, the file is to blame.
    """
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise fault_of(error, path) or CaseDamaged(path=path, detail=error) from error


def tell_faults(engine: Engine, path: Path) -> None:
    """Make *engine* raise SmsdeskErrors, whatever statement fails, BEGIN and COMMIT included."""

    @event.listens_for(engine, "handle_error")
    def _raise(context: ExceptionContext) -> None:
        fault = fault_of(context.original_exception, path)
        if fault is not None:
            raise fault from context.original_exception
