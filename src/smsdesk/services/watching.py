"""Find the files that come into a folder, once they are whole."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from smsdesk.services.gathering import INSIDE, SYSTEM_FILES
from smsdesk.storage.case_file import CaseFile

_SETTLED = 3.0
"""Seconds for which size and time must not change: programs that copy or download write at least
once a second, and a phone's cable stalls for two."""

_EMPTY_FOR = 60.0
"""Seconds after which a file of no bytes is taken for empty, and not for one just begun."""

_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".temp", ".!qb", ".td")
"""What browsers and download programs append while they write."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file's size in bytes and time of change, and since when both are as they are."""

    size: int
    changed_ns: int
    since: float


class Watch:
    """Looks at one folder and all below it, again and again.

    `known` maps the paths that the case has to their sizes (None: whatever the size). Used by one
    thread at a time.
    """

    def __init__(
        self,
        folder: Path,
        known: Mapping[str, int | None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.folder = folder
        self._known = dict(known)
        self._seen: dict[str, _Seen] = {}
        self._clock = clock

    def look(self) -> list[Path]:
        """Return the files that have become whole since the last look, each once, by name.

        OSError if the folder cannot be read (any more).
        """
        found = dict(_files(self.folder))
        self._seen = {path: seen for path, seen in self._seen.items() if path in found}
        wanted = {path: info for path, info in found.items() if _is_wanted(path)}
        whole = [path for path, info in wanted.items() if self._is_whole(path, info, found)]
        for path in whole:
            self._known[path] = self._seen.pop(path).size
        return sorted(Path(path) for path in whole)

    @property
    def coming(self) -> int:
        """How many files are there that are not whole yet."""
        return len(self._seen)

    def _is_whole(self, path: str, info: os.stat_result, all_files: Mapping[str, object]) -> bool:
        if path in self._known and self._known[path] in (None, info.st_size):
            return False
        seen, now = self._seen.get(path), self._clock()
        if seen is None or (seen.size, seen.changed_ns) != (info.st_size, info.st_mtime_ns):
            seen = self._seen[path] = _Seen(info.st_size, info.st_mtime_ns, now)
        patience = _SETTLED if seen.size else _EMPTY_FOR
        if now - seen.since < patience:
            return False
        return not any(path + end in all_files for end in _UNFINISHED) and _can_be_read(path)


def known_files(case: CaseFile) -> dict[str, int | None]:
    """Return the files that went into a case or were set aside, with the sizes of those inside."""
    with case.view() as work:
        known: dict[str, int | None] = {
            item.path.partition(INSIDE)[0]: None for item in work.queue.all()
        }
        known |= {o.source: o.size for o in work.originals.every() if o.source in known}
    return known


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files_below(Path(entry.path))
            elif entry.is_file():
                yield entry.path, entry.stat()


def _files_below(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files of a folder inside; one that cannot be read keeps none of the others back."""
    if folder.name.startswith("."):
        return
    try:
        yield from list(_files(folder))
    except OSError:
        return


def _is_wanted(path: str) -> bool:
    name = Path(path).name.lower()
    return not (name.startswith((".", "~$")) or name.endswith(_UNFINISHED) or name in SYSTEM_FILES)


def _can_be_read(path: str) -> bool:
    """Return whether no other program holds the file closed, as Windows lets them."""
    try:
        with Path(path).open("rb"):
            return True
    except OSError:
        return False
