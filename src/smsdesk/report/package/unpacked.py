"""A package that somebody has unpacked: a folder, checked as the ZIP is."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from smsdesk.domain.errors import PackageRefused
from smsdesk.report.package.reading import MOST_FILES, Package, ZippedPackage, is_zip, pieces

_BAG = "bagit.txt"

_OF_THE_SYSTEM = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What systems put into folders that somebody only looks at."""


def package_at(path: Path) -> Package:
    """Open the package at *path*, a ZIP or a folder; PackageRefused if it is none."""
    return UnpackedPackage(path) if path.is_dir() else ZippedPackage(path)


def is_package(path: Path) -> bool:
    """Whether *path* is to be opened as a package: a ZIP, or a folder with a bag in it."""
    return _root_in(path) is not None if path.is_dir() else is_zip(path)


class UnpackedPackage(Package):
    """A folder, or the only folder in it, which is what some programs unpack a ZIP to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        root = _root_in(path)
        if root is None:
            raise PackageRefused(path=path, why="no_bag", detail=_BAG)
        self.root = root
        try:
            self._files = dict(self._found())
        except OSError as error:
            raise self._refused("unreadable", error.filename) from error

    def close(self) -> None:
        """Do nothing: files are opened one by one."""

    @property
    def names(self) -> list[str]:
        """All files, in the order of their names."""
        return sorted(self._files)

    def size(self, name: str) -> int:
        """Return the bytes of a file."""
        try:
            return self._files[name].stat().st_size
        except OSError as error:
            raise self._refused("unreadable", name) from error

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a file's bytes piece by piece; PackageRefused if it cannot be read."""
        try:
            with self._files[name].open("rb") as file:
                yield from pieces(file)
        except OSError as error:
            raise self._refused("unreadable", name) from error

    def may_lie_there(self, name: str) -> bool:
        """Whether a file that no list names came by itself."""
        return name.rpartition("/")[2] in _OF_THE_SYSTEM

    def _found(self) -> Iterator[tuple[str, Path]]:
        """Yield every file with its name in the package; what leads out of it is refused."""
        count = 0
        for folder, below, files in os.walk(self.root, onerror=_raise):
            for name in (*below, *files):
                path = Path(folder, name)
                count += 1
                if count > MOST_FILES:
                    raise self._refused("bomb", f"{count} files")
                kind = path.lstat().st_mode
                if not (stat.S_ISDIR(kind) or stat.S_ISREG(kind)):
                    raise self._refused("link", name)
            for name in files:
                path = Path(folder, name)
                inside = path.relative_to(self.root).as_posix()
                yield unicodedata.normalize("NFC", inside), path  # macOS takes accents apart


def _raise(error: OSError) -> None:
    raise error


def _root_in(path: Path) -> Path | None:
    """Return the folder of a bag: *path*, or the only folder in it; None if there is none."""
    try:
        if (path / _BAG).is_file():
            return path
        with os.scandir(path) as entries:
            own = (entry for entry in entries if entry.name not in _OF_THE_SYSTEM)
            inside = [Path(entry) for entry in islice(own, 2)]
    except OSError:
        return None
    return inside[0] if len(inside) == 1 and (inside[0] / _BAG).is_file() else None
