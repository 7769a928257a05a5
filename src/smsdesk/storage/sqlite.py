"""SQLite only: how a case file is recognised, opened and put back into one file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from smsdesk.domain.custody import canonical_json
from smsdesk.storage.faults import tell_faults, told_as_faults

APPLICATION_ID = 0x534D5343
"""Marks our databases ("SMSC"), as SQLite's file format foresees: bytes 68 to 71 of the file."""

BUSY_SECONDS = 2.0
"""How long to wait for another writer. Our own units of work take milliseconds."""

WRITES = "smsdesk_writes"
"""Execution option: the connection's transactions take the write lock from their start."""

_PAGES_A_STEP = 4096
"""Pages (of 4 KB) that are copied at a time: enough to be fast, few enough to stop soon."""

_MAGIC = b"SQLite format 3\0"
_APPLICATION_ID_AT = slice(68, 72)

_PRAGMAS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA temp_store=MEMORY",  # nothing of a case may be left in the system's temporary folder
    "PRAGMA trusted_schema=OFF",  # case files are passed on, so their schema may be anyone's
    "PRAGMA cell_size_check=ON",
)


def has_our_header(path: Path) -> bool:
    """Whether the file says that it is a case; reads 72 bytes and touches nothing."""
    with path.open("rb") as file:
        header = file.read(_APPLICATION_ID_AT.stop)
    mark = APPLICATION_ID.to_bytes(4, "big")
    return header.startswith(_MAGIC) and header[_APPLICATION_ID_AT] == mark


def missing_bytes(path: Path) -> int:
    """Return how many bytes at least a cut-off file lacks, 0 if it is whole; touches nothing.

    SQLite itself takes a last page that is not all there for one that ends in zeros. A file with
    a log beside it is left to SQLite: the log may hold what the file lacks.
    """
    if any(path.with_name(path.name + suffix).exists() for suffix in ("-wal", "-journal")):
        return 0
    with path.open("rb") as file:
        header = file.read(100)
    page_size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    whole = pages * (65536 if page_size == 1 else page_size)
    return max(whole - path.stat().st_size, 0)


def connect(path: Path, *pragmas: str, mode: str = "rw") -> sqlite3.Connection:
    """Open the database; transactions are ours to begin. *mode* "rwc" makes the file."""
    connection = sqlite3.connect(
        f"{_uri(path)}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,  # the pool hands a connection to one thread at a time
    )
    try:
        for pragma in (*_PRAGMAS, *pragmas):
            connection.execute(pragma)
    except BaseException:
        connection.close()  # else the file could not be moved or removed on Windows
        raise
    return connection


def _uri(path: Path) -> str:
    """Return a file: URI; a Windows share keeps its two slashes after the three of the URI."""
    posix = path.absolute().as_posix()
    return "file://" + ("" if posix.startswith("/") else "/") + quote(posix, safe="/:")


def case_engine(path: Path) -> Engine:
    """Return the engine for everyday use: write-ahead log on, foreign keys enforced.

    Transactions begin really, and with the write lock where the option WRITES is set: two units
    that read and then write would otherwise fail half-way, with SQLITE_BUSY_SNAPSHOT.
    """
    engine = _engine(path, "PRAGMA journal_mode=WAL", "PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def upgrade_engine(path: Path) -> Engine:
    """Return an engine to change the schema with.

    Foreign keys are not enforced: rebuilding a table drops it for a moment.
    """
    engine = _engine(path, "PRAGMA foreign_keys=OFF")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _engine(path: Path, *pragmas: str) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=partial(connect, path, *pragmas),
        poolclass=QueuePool,
        max_overflow=-1,
        json_serializer=canonical_json,
    )
    tell_faults(engine, path)
    return engine


def fold_into_one_file(path: Path) -> None:
    """Write the log back and remove it, unless another program has the case open."""
    with told_as_faults(path), closing(connect(path)) as connection:
        try:
            connection.execute("PRAGMA busy_timeout=0")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise


def copy(source: Path, target: Path, on_page: Callable[[int, int], None] = lambda *_: None) -> None:
    """Copy a database as of one moment, what lies in its log included.

    *on_page* is told (pages copied, pages in all) now and then; what it raises stops the copying.
    """
    with (
        told_as_faults(target),
        closing(connect(source)) as old,
        closing(connect(target, mode="rwc")) as new,
    ):
        old.execute("BEGIN")  # holds the moment: a writer in between would make it start anew
        old.execute("SELECT count(*) FROM sqlite_master").fetchone()
        old.backup(
            new,
            pages=_PAGES_A_STEP,
            progress=lambda _, left, pages: on_page(pages - left, pages),
        )
