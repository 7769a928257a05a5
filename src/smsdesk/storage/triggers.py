"""SQLite only: triggers that keep originals, attachments and the custody log as written.

They stop slips, of this program and of any tool that opens the file. Whoever drops them first is
found out by the hashes instead. A batch migration that rebuilds a table loses its triggers, so
they are installed anew after every upgrade.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, text

from smsdesk.storage.sqlite import fold_into_one_file, upgrade_engine

_FIXED = (
    "id, case_id, sha256, sm3, size, media_type, file_name, source, width, height, file_time, "
    "exif_time, imported_at, page_sizes"
)
"""What identifies an original. The moment of capture and the phone may be put right later."""

_EVENTS = {
    "original_bytes_update": ("UPDATE ON original_bytes", ""),
    "original_bytes_delete": ("DELETE ON original_bytes", ""),
    "original_bytes_replace": (
        "INSERT ON original_bytes",
        "WHEN EXISTS (SELECT 1 FROM original_bytes WHERE original_id = NEW.original_id)",
    ),
    "original_update": (f"UPDATE OF {_FIXED} ON original", ""),
    "original_delete": ("DELETE ON original", ""),
    "original_replace": (
        "INSERT ON original",
        """WHEN EXISTS (SELECT 1 FROM original
        WHERE id = NEW.id OR (case_id = NEW.case_id AND sha256 = NEW.sha256))""",
    ),
    "attachment_update": ("UPDATE ON attachment", ""),
    "attachment_delete": ("DELETE ON attachment", ""),
    "attachment_replace": (
        "INSERT ON attachment",
        """WHEN EXISTS (SELECT 1 FROM attachment
        WHERE id = NEW.id OR (case_id = NEW.case_id AND sha256 = NEW.sha256))""",
    ),
    "attachment_bytes_update": ("UPDATE ON attachment_bytes", ""),
    "attachment_bytes_delete": ("DELETE ON attachment_bytes", ""),
    "attachment_bytes_replace": (
        "INSERT ON attachment_bytes",
        "WHEN EXISTS (SELECT 1 FROM attachment_bytes WHERE attachment_id = NEW.attachment_id)",
    ),
    "custody_entry_update": ("UPDATE ON custody_entry", ""),
    "custody_entry_delete": ("DELETE ON custody_entry", ""),
    "custody_entry_replace": (
        "INSERT ON custody_entry",
        """WHEN EXISTS (SELECT 1 FROM custody_entry
        WHERE case_id = NEW.case_id AND number = NEW.number)""",
    ),
}
"""INSERT OR REPLACE removes a row without firing DELETE triggers, hence the third of each kind."""

NAMES = frozenset(f"keep_{name}" for name in _EVENTS)


def install(connection: Connection) -> None:
    """Create those triggers that are missing."""
    for name, (event, condition) in _EVENTS.items():
        connection.execute(
            text(
                f"CREATE TRIGGER IF NOT EXISTS keep_{name} BEFORE {event} {condition} "
                f"BEGIN SELECT RAISE(ABORT, 'written once: {name}'); END"
            )
        )


@contextmanager
def unguarded(copy: Path) -> Iterator[Connection]:
    """Give a transaction on a COPY of a case without the triggers; they are back in the end.

    The copy is one file again afterwards.
    """
    engine = upgrade_engine(copy)
    try:
        with engine.begin() as connection:
            for name in NAMES:
                connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
            yield connection
            install(connection)
    finally:
        engine.dispose()
    fold_into_one_file(copy)
