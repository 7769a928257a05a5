"""SQLite only: triggers that keep originals, attachments and the custody log as written.

They stop slips, of this program and of any tool that opens the file. Whoever drops them first is
found out by the hashes instead. A batch migration that rebuilds a table loses its triggers, so
they are installed anew after every upgrade.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

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
