"""A case file: one SQLite database that holds everything of a case, the originals included."""

from __future__ import annotations

import datetime as dt
import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from smsdesk.domain.cases import CaseCard
from smsdesk.domain.errors import (
    CannotWrite,
    CaseDamaged,
    CaseExists,
    CaseNotFound,
    CaseReadOnly,
    CaseTooNew,
    CaseUnreachable,
    NotACaseFile,
    SmsdeskError,
)
from smsdesk.domain.exhibits import DEFAULT_GROUPS
from smsdesk.domain.masks import MaskReport
from smsdesk.storage import triggers, upgrade
from smsdesk.storage.faults import told_as_faults
from smsdesk.storage.schema import Base, CaseRow
from smsdesk.storage.sqlite import (
    APPLICATION_ID,
    WRITES,
    case_engine,
    connect,
    copy,
    fold_into_one_file,
    has_our_header,
    missing_bytes,
)
from smsdesk.storage.unit_of_work import UnitOfWork, WriterLock


class CaseFile:
    """An open case file; its units of work may run in any thread.

    `backup` is the copy that was made before this program's newer schema was put in place, None
    if nothing was to be done. `masks` is None, except in a masked copy: what was masked in it.
    Several programs may have the case open: readers never wait, writers take turns, and one that
    waits over two seconds gets CaseLocked.
    """

    def __init__(self, path: Path, engine: Engine, case_id: int, backup: Path | None) -> None:
        self.path = path
        self.backup = backup
        self.masks: MaskReport | None = None
        self._engine = engine
        self._writing = engine.execution_options(**{WRITES: True})
        self._case_id = case_id
        self._lock = WriterLock()
        self._closed = False

    @classmethod
    def create(
        cls, path: Path, card: CaseCard, *, at: dt.datetime, actor: str, program: str
    ) -> CaseFile:
        """Make an empty case and open it; its custody log begins with the entry "case_created".

        The file appears whole or not at all. CaseExists if there is anything at *path*;
        CannotWrite or CaseReadOnly if the folder does not allow it.
        """
        if os.path.lexists(path):
            raise CaseExists(path=path)
        with _place_for(path) as unfinished:
            _make_database(unfinished)
            _fill(unfinished, card, at=at, actor=actor, program=program)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> CaseFile:
        """Open a case file; bring its schema up to date if need be, after a backup beside it.

        CaseNotFound, NotACaseFile, CaseDamaged, CaseTooNew, CaseLocked, CaseReadOnly or
        CaseUnreachable say why it cannot be; the file is then as it was.
        """
        _check_file(path)
        with told_as_faults(path):
            backup = _bring_up_to_date(path)
            _check_tables(path)
        engine = case_engine(path)
        try:
            return cls(path, engine, _only_case(engine, path), backup)
        except BaseException:
            engine.dispose()
            raise

    def work(self) -> UnitOfWork:
        """Return a unit of work that may write; other writers wait until it is left."""
        return self._unit(self._writing, self._lock)

    def view(self) -> UnitOfWork:
        """Return a unit of work that only reads, and never waits for one that writes."""
        return self._unit(self._engine, None)

    def _unit(self, engine: Engine, lock: WriterLock | None) -> UnitOfWork:
        if self._closed:
            raise RuntimeError(f"the case is closed: {self.path}")
        return UnitOfWork(Session(engine), self.path, self._case_id, lock)

    def damage(self) -> str | None:
        """Look through the whole database; return what is broken in it, None if nothing is.

        Takes time in proportion to the file. Hashes of originals are not part of this.
        """
        try:
            with self._engine.connect() as connection:
                found = connection.execute(text("PRAGMA integrity_check(5)")).scalars().all()
                problems = [str(line) for line in found if line != "ok"]
                for table, *_ in connection.execute(text("PRAGMA foreign_key_check")):
                    problems.append(f"{table}: a row refers to one that is missing")
                present = connection.execute(
                    text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                )
                missing = triggers.NAMES - set(present.scalars())
        except CaseDamaged as error:
            return error.fields["detail"]
        problems += [f"trigger {name} is missing" for name in sorted(missing)]
        return "; ".join(problems[:5]) or None

    def copy_to(self, target: Path, on_page: Callable[[int, int], None] = lambda *_: None) -> None:
        """Write the case as of one moment, its log folded in, as one file to *target*.

        *on_page* is told (pages copied, pages in all); what it raises stops the copying. The
        faults of `open` say why it cannot be.
        """
        copy(self.path, target, on_page)
        fold_into_one_file(target)

    def close(self) -> None:
        """Close the case; the program that closes it last leaves one single file."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._engine.dispose()
            fold_into_one_file(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def _check_file(path: Path) -> None:
    """Raise unless *path* is a file of ours that may be written; touches nothing."""
    try:
        if not path.exists():
            raise CaseNotFound(path=path)
        if not path.is_file() or not has_our_header(path):
            raise NotACaseFile(path=path)
        if missing := missing_bytes(path):
            raise CaseDamaged(path=path, detail=f"{missing} bytes are missing")
    except PermissionError as error:
        raise CaseReadOnly(path=path) from error
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise CaseNotFound(path=path) from error
        raise CaseUnreachable(path=path, detail=error.strerror) from error
    # The log is written beside the file, so the folder counts as well.
    if not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)):
        raise CaseReadOnly(path=path)


def _bring_up_to_date(path: Path) -> Path | None:
    """Upgrade an older case; return the backup that was made before, None if not needed."""
    revision = upgrade.revision_of(path)
    if revision == upgrade.REVISIONS[-1]:
        return None
    if revision is None:
        raise CaseDamaged(path=path, detail="no alembic_version")
    if revision not in upgrade.REVISIONS:
        raise CaseTooNew(path=path, revision=revision)
    backup = upgrade.back_up(path, revision)
    upgrade.upgrade(path)
    return backup


def _check_tables(path: Path) -> None:
    with closing(connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        missing = set(Base.metadata.tables) - {name for (name,) in names}
    if missing:
        raise CaseDamaged(path=path, detail="no table " + ", ".join(sorted(missing)))


def _only_case(engine: Engine, path: Path) -> int:
    with engine.connect() as connection:
        found = connection.scalars(select(CaseRow.id)).all()
    if len(found) != 1:
        raise CaseDamaged(path=path, detail=f"{len(found)} case cards")
    return found[0]


@contextmanager
def _place_for(path: Path) -> Iterator[Path]:
    """Yield a path beside *path* to make the file at; put it in place when it is done.

    Whatever goes wrong, nothing is left behind and no file is overwritten.
    """
    unfinished = path.with_name(f".smsdesk-{secrets.token_hex(8)}.part")
    try:
        unfinished.touch(exist_ok=False)
        yield unfinished
        path.touch(exist_ok=False)  # reserves the name: replacing alone would overwrite
        unfinished.replace(path)
    except FileExistsError as error:
        raise CaseExists(path=path) from error
    except PermissionError as error:
        raise CaseReadOnly(path=path) from error
    except OSError as error:
        raise CannotWrite(path=path, detail=error.strerror) from error
    except SmsdeskError as error:
        error.fields["path"] = str(path)
        raise
    finally:
        unfinished.unlink(missing_ok=True)
        unfinished.with_name(f"{unfinished.name}-journal").unlink(missing_ok=True)


def _make_database(path: Path) -> None:
    with told_as_faults(path):
        with closing(connect(path)) as connection:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        upgrade.upgrade(path)


def _fill(path: Path, card: CaseCard, *, at: dt.datetime, actor: str, program: str) -> None:
    engine = case_engine(path)
    row = CaseRow(created_at=at, program=program, **asdict(card))
    try:
        with Session(engine.execution_options(**{WRITES: True})) as session:
            session.add(row)
            session.flush()
            details = {"program": program, "schema": upgrade.REVISIONS[-1], **asdict(card)}
            with UnitOfWork(session, path, row.id, WriterLock()) as unit:
                for group in DEFAULT_GROUPS:
                    unit.exhibits.put_group(group)
                unit.custody.append("case_created", details, actor, at)
                unit.commit()
    finally:
        engine.dispose()
    fold_into_one_file(path)
