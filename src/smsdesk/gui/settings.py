"""What the window remembers between two starts."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from itertools import chain, count
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QByteArray, QSettings

from smsdesk.domain.cases import SourceDevice
from smsdesk.domain.findings import Recipient
from smsdesk.services.storing import DEFAULT_DEVICE, Answers

RECENT_KEPT = 12
"""Recent cases on the shelf: about as many as one screen shows."""


@dataclass(frozen=True, slots=True)
class RecentCase:
    """One case on the shelf, as it was when it was last looked at on this computer.

    `opened` and `verified` are ISO moments; `verified` is "" if it never was, and `whole` what
    came of it. `waiting` counts pictures that are stored but not read. `place`, `view` and
    `message` tell where the person was when they left it, so that they go on from there; `stopped`
    says that they stopped its import or let it rest.
    """

    path: str
    title: str
    opened: str
    messages: int = 0
    reviewed: int = 0
    doubtful: int = 0
    waiting: int = 0
    set_aside: int = 0
    verified: str = ""
    whole: bool = True
    place: str = ""
    view: str = ""
    message: int = 0
    stopped: bool = False


class LeftAt(NamedTuple):
    """Where a person is in a case: keys of place and view, and the message shown (0: none)."""

    place: str
    view: str
    message: int


_RECENT_FIELDS = {field.name for field in fields(RecentCase)}


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """The folder that is watched for a case, and whose phone its pictures come from."""

    folder: str
    device: str
    recipient: Recipient = Recipient.SELF
    relation: str = ""

    @classmethod
    def of(cls, folder: Path, answers: Answers) -> WatchedFolder:
        """Return what is to be remembered."""
        device = answers.device or SourceDevice(0, DEFAULT_DEVICE)
        return cls(str(folder), device.name, device.recipient, device.relation)

    @property
    def path(self) -> Path:
        """The folder."""
        return Path(self.folder)

    @property
    def answers(self) -> Answers:
        """What the import is to be told."""
        whose = (self.recipient, self.relation)
        device = SourceDevice(0, self.device, recipient=whose[0], relation=whose[1])
        return Answers(device, captured_for_all=False)


@dataclass(frozen=True, slots=True)
class ImportDefaults:
    """What was answered last when the window asked whose phone the pictures come from."""

    device: str = ""
    recipient: Recipient = Recipient.SELF
    relation: str = ""


@dataclass(frozen=True, slots=True)
class OwnView:
    """A view that a person saved: a name, the view it narrows, and words to search in it."""

    name: str
    view: str
    search: str


class WindowSettings:
    """Typed access to the window's QSettings."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "smsdesk", "window"
        )

    @property
    def file_name(self) -> str:
        """Where all this is kept."""
        return self._store.fileName()

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
            return [_recent(row) for row in rows]
        except (ValueError, TypeError, AttributeError):
            return []

    def recent_case(self, path: str) -> RecentCase | None:
        """Return a case of the shelf."""
        return next((case for case in self.recent() if case.path == path), None)

    def note_case(self, path: str, *, on_top: bool = False, **news: Any) -> None:
        """Put down something new of a case where it stands on the shelf, or put it on top."""
        cases = [replace(c, **news) if c.path == path else c for c in self.recent()]
        if on_top:
            cases.sort(key=lambda case: case.path != path)
        self._store_recent(cases)

    def remember_case(self, case: RecentCase) -> None:
        """Put *case* on top of the shelf."""
        others = [one for one in self.recent() if one.path != case.path]
        self._store_recent([case, *others][:RECENT_KEPT])

    def move_case(self, path: str, to: str) -> None:
        """Note that a case of the shelf lies somewhere else now."""
        others = [case for case in self.recent() if case.path != to]
        self._store_recent([replace(c, path=to) if c.path == path else c for c in others])

    def forget_case(self, path: str) -> None:
        """Take a case off the shelf; its file is not touched."""
        self._store_recent([one for one in self.recent() if one.path != path])

    def own_views(self) -> list[OwnView]:
        """Return the views that a person saved, in their order."""
        try:
            return [OwnView(**row) for row in json.loads(self.text("views/own", "[]"))]
        except (ValueError, TypeError):
            return []

    def save_view(self, view: OwnView) -> None:
        """Keep a view; one of the same name is replaced."""
        others = [one for one in self.own_views() if one.name != view.name]
        self._store_views([*others, view])

    def rename_view(self, name: str, wanted: str) -> str:
        """Give a view another name where it stands; return it, with a number where it is taken."""
        views = self.own_views()
        taken = {view.name for view in views} - {name}
        numbered = (f"{wanted} {number}" for number in count(2))
        free = next(one for one in chain([wanted], numbered) if one not in taken)
        self._store_views([replace(v, name=free) if v.name == name else v for v in views])
        return free

    def drop_view(self, name: str) -> None:
        """Forget a view."""
        self._store_views([one for one in self.own_views() if one.name != name])

    def _store_views(self, views: list[OwnView]) -> None:
        rows = [asdict(view) for view in views]
        self.set_text("views/own", json.dumps(rows, ensure_ascii=False))

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

    def watched(self, case_path: str) -> WatchedFolder | None:
        """Return the folder that is watched for a case."""
        try:
            row = json.loads(self.text("watch/folders", "{}"))[case_path]
            return WatchedFolder(**{**row, "recipient": Recipient(row["recipient"])})
        except (ValueError, TypeError, KeyError):
            return None

    def set_watched(self, case_path: str, watched: WatchedFolder | None) -> None:
        """Remember the folder that is watched for a case, or that there is none."""
        try:
            rows = dict(json.loads(self.text("watch/folders", "{}")))
        except (ValueError, TypeError):
            rows = {}
        rows.pop(case_path, None)
        if watched is not None:
            rows[case_path] = asdict(watched)
        self.set_text("watch/folders", json.dumps(rows, ensure_ascii=False))

    def _store_recent(self, cases: list[RecentCase]) -> None:
        rows = [asdict(case) for case in cases]
        self.set_text("cases/recent", json.dumps(rows, ensure_ascii=False))


def _recent(row: dict[str, Any]) -> RecentCase:
    """Return a case of the shelf; what a later version put down besides is left out."""
    return RecentCase(**{name: value for name, value in row.items() if name in _RECENT_FIELDS})
