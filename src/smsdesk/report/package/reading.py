"""Open a package that may come from anyone: nothing is unpacked before its list is trusted."""

from __future__ import annotations

import hashlib
import re
import stat
import unicodedata
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from cryptography.hazmat.primitives.hashes import SM3, Hash

from smsdesk.domain.errors import PackageRefused

_CHUNK = 1 << 20

MOST_FILES = 200_000
"""Far more than any case has; a list of millions would fill memory before it is looked at."""

MOST_GROWTH = 100
"""How many times larger than the whole ZIP its content may be. Our own packages hold pictures and
databases as they are and deflate lists only, which shrink to a tenth; bombs grow by 1,000."""

LARGEST_TEXT = 256 << 20
"""Bytes of a list or log that is read into memory: a log of a million lines."""

_DRIVE = re.compile(r"[A-Za-z]:")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)


def is_zip(path: Path) -> bool:
    """Whether a file begins as ZIP files do; False if it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    except OSError:
        return False


class Package(ABC):
    """A package's files by their names below its folder; use it as a context manager.

    PackageRefused, when it is opened, says why it is no package, or none that may be trusted.
    """

    path: Path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Let go of the file."""

    @property
    @abstractmethod
    def names(self) -> list[str]:
        """All files, in the order of their names."""

    @abstractmethod
    def size(self, name: str) -> int:
        """Return the bytes of a file, as it is listed."""

    @abstractmethod
    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a file's bytes piece by piece; PackageRefused if it is damaged."""

    def may_lie_there(self, name: str) -> bool:
        """Whether a file that no list names came by itself, and is none of the package's."""
        return False

    def text(self, name: str) -> str:
        """Return a text file; PackageRefused if it is damaged, huge or no UTF-8."""
        if self.size(name) > LARGEST_TEXT:
            raise self._refused("bomb", name)
        data = b"".join(self.chunks(name))
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            raise self._refused("damaged", name) from error

    def digests(self, name: str, on_chunk: Callable[[], None]) -> dict[str, str]:
        """Return the SHA-256, SHA-512 and SM3 of a file; *on_chunk* may raise to stop."""
        sha256, sha512, sm3 = hashlib.sha256(), hashlib.sha512(), Hash(SM3())
        for chunk in self.chunks(name):
            on_chunk()
            sha256.update(chunk)
            sha512.update(chunk)
            sm3.update(chunk)
        return {
            "sha256": sha256.hexdigest(),
            "sha512": sha512.hexdigest(),
            "sm3": sm3.finalize().hex(),
        }

    def copy(self, name: str, target: Path, on_chunk: Callable[[], None]) -> None:
        """Write a file's bytes to *target*; OSError if that cannot be written."""
        with target.open("wb") as out:
            for chunk in self.chunks(name):
                on_chunk()
                out.write(chunk)

    def _refused(self, why: str, detail: object) -> PackageRefused:
        return PackageRefused(path=self.path, why=why, detail=detail)


class ZippedPackage(Package):
    """A package as it was exported."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._archive = zipfile.ZipFile(path)
        except OSError as error:
            raise PackageRefused(path=path, why="unreadable", detail=error.strerror) from error
        except _BROKEN as error:
            raise PackageRefused(path=path, why="no_zip", detail=error) from error
        try:
            self.root, self._members = self._trusted()
        except BaseException:
            self._archive.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()

    @property
    def names(self) -> list[str]:
        """All files, in the order of their names."""
        return sorted(self._members)

    def size(self, name: str) -> int:
        """Return the bytes of a file, as the ZIP's list says."""
        return self._members[name].file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a file's bytes piece by piece; PackageRefused if it is damaged."""
        try:
            with self._archive.open(self._members[name]) as file:
                yield from pieces(file)
        except _BROKEN as error:
            raise self._refused("damaged", name) from error
        except OSError as error:
            raise self._refused("unreadable", error.strerror or name) from error

    def _trusted(self) -> tuple[str, dict[str, zipfile.ZipInfo]]:
        """Return the folder that all lies in, and what lies in it, once the list is trusted."""
        listed = self._archive.infolist()
        if len(listed) > MOST_FILES:
            raise self._refused("bomb", f"{len(listed)} files")
        for member in listed:
            self._check_name(member)
            self._check_kind(member)
        self._check_sizes(listed)
        files = [member for member in listed if not member.is_dir()]
        roots = {member.filename.partition("/")[0] for member in files}
        root = next(iter(roots), "")
        if len(roots) != 1 or f"{root}/bagit.txt" not in {member.filename for member in files}:
            raise self._refused("no_bag", "bagit.txt")
        self._check_distinct(listed)
        return root, {member.filename.removeprefix(f"{root}/"): member for member in files}

    def _check_name(self, member: zipfile.ZipInfo) -> None:
        name = member.orig_filename  # as it stands in the file; zipfile may make another of it
        if not name.isascii() and not member.flag_bits & 0x800:
            raise self._refused("encoding", name)
        unseen = any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in name)
        parts = name.removesuffix("/").split("/")
        wrong = "\\" in name or bool(_DRIVE.match(name)) or unseen
        if wrong or name != member.filename or any(part in ("", ".", "..") for part in parts):
            raise self._refused("path", name)

    def _check_kind(self, member: zipfile.ZipInfo) -> None:
        kind = stat.S_IFMT(member.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise self._refused("link", member.filename)
        if member.flag_bits & 0x1:
            raise self._refused("encrypted", member.filename)

    def _check_sizes(self, listed: list[zipfile.ZipInfo]) -> None:
        """Refuse bombs: content that grows beyond reason, or members that share their bytes."""
        whole = self.path.stat().st_size
        if sum(member.compress_size for member in listed) > whole:
            raise self._refused("bomb", "overlap")
        grown = sum(member.file_size for member in listed)
        if grown > MOST_GROWTH * max(whole, _CHUNK):
            raise self._refused("bomb", f"{grown} bytes")

    def _check_distinct(self, listed: list[zipfile.ZipInfo]) -> None:
        seen: set[str] = set()
        for member in listed:
            key = unicodedata.normalize("NFC", member.filename).casefold()
            if key in seen:
                raise self._refused("duplicate", member.filename)
            seen.add(key)


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Yield a file's bytes in pieces that fit into memory."""
    while chunk := file.read(_CHUNK):
        yield chunk
