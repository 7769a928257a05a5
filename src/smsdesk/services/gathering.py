"""Find the files that an import names: single files, folders, and the members of ZIP archives.

Nothing here decides whether a file is a picture; that is told by its content when it is loaded.
"""

from __future__ import annotations

import datetime as dt
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from smsdesk.domain.errors import PictureError, SetAsideReason
from smsdesk.domain.times import CHINA
from smsdesk.services.hashing import sha256

MAX_FILE_BYTES = 256 * 2**20
"""Larger files are set aside unread: a phone's tallest screenshot is some 30 MB as PNG, a scan of
200 pages in colour some 100 MB."""

INSIDE = "!/"
"""Stands in `source` between an archive and the name of its member."""

SYSTEM_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
"""What Windows and macOS leave in folders by themselves; nobody chose to import these."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to import: `name` its own name, `source` where it lies.

    `load` returns its bytes or raises PictureError with the reason why it cannot.
    """

    name: str
    source: str
    file_time: dt.datetime | None
    load: Callable[[], bytes]


def gather(paths: Iterable[Path]) -> Iterator[FoundFile]:
    """Yield every file that *paths* name, folders and archives opened, in natural order."""
    for path in paths:
        if _is_folder(path):
            yield from _folder(path)
        else:
            yield from _file(path)


def pasted(data: bytes, at: dt.datetime) -> FoundFile:
    """Return a picture from the clipboard as a file to import.

    Its name says where it came from and tells two of them apart, and holds no moment: the one of
    pasting is not that of the screenshot. It stands in `source`.
    """
    name = f"剪贴板图片 {sha256(data)[:8]}.png"
    return FoundFile(name, f"剪贴板 {at:%Y-%m-%d %H:%M:%S}/{name}", None, lambda: data)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # inside a folder that may not be searched; _file() says so
        return False


def _folder(folder: Path) -> Iterator[FoundFile]:
    try:
        children = sorted(folder.iterdir(), key=lambda child: _natural(child.name))
    except OSError as error:
        yield _refused(folder, _reason_of(error), str(error))
        return
    for child in children:
        if child.name.lower() in SYSTEM_FILES or child.name.startswith("._"):
            continue
        if child.is_symlink() and child.is_dir():  # could lead round in a circle
            yield _refused(child, SetAsideReason.UNSAFE_PATH, "link to a folder")
        elif child.is_dir():
            yield from _folder(child)
        else:
            yield from _file(child)


def _file(path: Path) -> Iterator[FoundFile]:
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            yield _refused(path, SetAsideReason.NOT_A_PICTURE, "not a regular file")
            return
        with path.open("rb") as file:
            is_archive = file.read(4) == b"PK\x03\x04"
    except OSError as error:
        yield _refused(path, _reason_of(error), str(error))
        return
    if is_archive:
        yield from _archive(path)
    else:
        moment = dt.datetime.fromtimestamp(info.st_mtime, CHINA)
        yield FoundFile(path.name, str(path), moment, lambda: _read(path))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise PictureError(SetAsideReason.TOO_LARGE, f"{path.stat().st_size} bytes")
        return path.read_bytes()
    except OSError as error:
        raise PictureError(_reason_of(error), str(error)) from error


def _archive(path: Path) -> Iterator[FoundFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        yield _refused(path, SetAsideReason.DAMAGED, str(error))
        return
    for member in sorted(members, key=lambda m: _natural(_member_name(m))):
        name = _member_name(member)
        parts = PurePosixPath(name.replace("\\", "/"))
        if parts.name.lower() in SYSTEM_FILES or "__MACOSX" in parts.parts:
            continue
        yield FoundFile(
            parts.name, f"{path}{INSIDE}{name}", _member_time(member), _member_loader(path, member)
        )


def _member_loader(path: Path, member: zipfile.ZipInfo) -> Callable[[], bytes]:
    def load() -> bytes:
        name = _member_name(member).replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name):
            raise PictureError(SetAsideReason.UNSAFE_PATH, name)
        if member.flag_bits & 0x1:
            raise PictureError(SetAsideReason.ENCRYPTED)
        if member.file_size > MAX_FILE_BYTES:
            raise PictureError(SetAsideReason.TOO_LARGE, f"{member.file_size} bytes")
        try:
            with zipfile.ZipFile(path) as archive, archive.open(member) as file:
                data = file.read(MAX_FILE_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
            raise PictureError(SetAsideReason.DAMAGED, str(error)) from error
        if len(data) > MAX_FILE_BYTES:  # the directory lied about the size
            raise PictureError(SetAsideReason.TOO_LARGE)
        return data

    return load


def _member_name(member: zipfile.ZipInfo) -> str:
    """Return the member's name; Windows in Chinese writes GBK without saying so."""
    if member.flag_bits & 0x800:  # the UTF-8 flag
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gbk")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename


def _member_time(member: zipfile.ZipInfo) -> dt.datetime | None:
    try:
        return dt.datetime(*member.date_time, tzinfo=CHINA)
    except ValueError:  # the field may hold anything
        return None


def _refused(path: Path, reason: SetAsideReason, detail: str) -> FoundFile:
    def load() -> bytes:
        raise PictureError(reason, detail)

    return FoundFile(path.name, str(path), None, load)


def _reason_of(error: OSError) -> SetAsideReason:
    if isinstance(error, FileNotFoundError):
        return SetAsideReason.MISSING
    if isinstance(error, PermissionError):
        return SetAsideReason.NO_ACCESS
    return SetAsideReason.DAMAGED


def _natural(name: str) -> list[tuple[int, int, str]]:
    """Order IMG_2 before IMG_10."""
    parts = re.split(r"(\d{1,18})", name.casefold())
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts]
