"""What the window remembers between two starts."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from smsdesk.domain.findings import Recipient

RECENT_KEPT = 12
"""Recent cases on the shelf: about as many as one screen shows."""


@dataclass(frozen=True, slots=True)
class RecentCase:
    """One case on the shelf; `opened` is an ISO moment."""

    path: str
    title: str
    opened: str


@dataclass(frozen=True, slots=True)
class ImportDefaults:
    """What was answered last when the window asked whose phone the pictures come from."""

    device: str = ""
    recipient: Recipient = Recipient.SELF
    relation: str = ""


class WindowSettings:
    """Typed access to the window's QSettings."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "smsdesk", "window"
        )

    def text(self, key: str, default: str = "") -> str:
        """Return a remembered word."""
        return str(self._store.value(key, default))

    def set_text(self, key: str, value: str) -> None:
        """Remember a word."""
        self._store.setValue(key, value)

    def number(self, key: str, default: int) -> int:
        """Return a remembered whole number; the default where it is no number."""
        word = self.text(key, str(default))
        return int(word) if word.lstrip("-").isdigit() else default

    def state(self, key: str) -> QByteArray:
        """Return a remembered geometry or splitter state, empty at first."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_state(self, key: str, value: QByteArray) -> None:
        """Remember a geometry or splitter state."""
        self._store.setValue(key, value)

    def folder(self, key: str, default: Path) -> Path:
        """Return the folder used last for *key* if it is still there."""
        folder = Path(self.text(f"folders/{key}"))
        return folder if folder.is_absolute() and folder.is_dir() else default

    def set_folder(self, key: str, folder: Path) -> None:
        """Remember the folder used for *key*."""
        self.set_text(f"folders/{key}", str(folder))

    def recent(self) -> list[RecentCase]:
        """Return the cases opened last, the newest first, whether or not they still exist."""
        try:
            rows = json.loads(self.text("cases/recent", "[]"))
            return [RecentCase(**row) for row in rows]
        except (ValueError, TypeError):
            return []

    def remember_case(self, case: RecentCase) -> None:
        """Put *case* on top of the shelf."""
        others = [one for one in self.recent() if one.path != case.path]
        self._store_recent([case, *others][:RECENT_KEPT])

    def forget_case(self, path: str) -> None:
        """Take a case off the shelf; its file is not touched."""
        self._store_recent([one for one in self.recent() if one.path != path])

    def import_defaults(self) -> ImportDefaults:
        """Return the answers given last."""
        recipient = self.text("import/recipient", Recipient.SELF.value)
        known = recipient in {one.value for one in Recipient}
        return ImportDefaults(
            self.text("import/device"),
            Recipient(recipient) if known else Recipient.SELF,
            self.text("import/relation"),
        )

    def set_import_defaults(self, defaults: ImportDefaults) -> None:
        """Remember the answers for the next import."""
        self.set_text("import/device", defaults.device)
        self.set_text("import/recipient", defaults.recipient.value)
        self.set_text("import/relation", defaults.relation)

    def _store_recent(self, cases: list[RecentCase]) -> None:
        rows = [asdict(case) for case in cases]
        self.set_text("cases/recent", json.dumps(rows, ensure_ascii=False))
