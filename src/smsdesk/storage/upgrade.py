"""Bring a case file's schema up to date."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from smsdesk.storage import migrations, triggers
from smsdesk.storage.sqlite import connect, copy, upgrade_engine

REVISIONS = [f"{number:04}" for number in range(1, 14)]
"""All revisions of the schema in order, so that opening need not load alembic to compare them."""

MIGRATIONS = Path(str(files(migrations)))
"""Where alembic finds them; it loads files, not modules."""


def revision_of(path: Path) -> str | None:
    """Return the revision of the schema in a database, None if it has none."""
    with closing(connect(path)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:  # any but "no such table"
                raise
            return None
    return None if row is None else str(row[0])


def upgrade(path: Path) -> None:
    """Bring the database to the newest revision; all of it happens, or nothing."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    engine = upgrade_engine(path)
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            triggers.install(connection)
    finally:
        engine.dispose()


def back_up(path: Path, revision: str) -> Path:
    """Copy the case beside itself, never over another file; return the copy's path."""
    number = 1
    while (target := _backup_path(path, revision, number)).exists():
        number += 1
    copy(path, target)
    return target


def _backup_path(path: Path, revision: str, number: int) -> Path:
    suffix = "" if number == 1 else f"-{number}"
    return path.with_name(f"{path.stem}.backup-{revision}{suffix}{path.suffix}")
