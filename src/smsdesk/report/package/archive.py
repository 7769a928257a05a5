"""Write a folder as a ZIP file that comes out the same for the same content and moment."""

from __future__ import annotations

import datetime as dt
import stat
import zipfile
from pathlib import Path, PurePosixPath

from smsdesk.domain.times import CHINA
from smsdesk.report.package.bag import OnFile

_TEXT = frozenset({".txt", ".json", ".csv", ".py"})
"""What is worth deflating; pictures, PDF and Office files are compressed already."""

_CHUNK = 1 << 20
_UNIX = 3


def write_zip(folder: Path, root: str, target: Path, at: dt.datetime, on_file: OnFile) -> None:
    """Write all files of *folder*, below the folder *root* in the ZIP, to *target*.

    Their time is *at*, in China's time, since ZIP knows no time zones; their order that of names.
    Files are copied piece by piece, whatever their size; OSError if *target* cannot be written.
    """
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    with zipfile.ZipFile(target, "w", allowZip64=True) as archive:
        for done, name in enumerate(names):
            member = _member(f"{root}/{name}", folder / name, at)
            with (folder / name).open("rb") as source, archive.open(member, "w") as out:
                while chunk := source.read(_CHUNK):
                    on_file(done, len(names), PurePosixPath(name).name)
                    out.write(chunk)


def _member(name: str, source: Path, at: dt.datetime) -> zipfile.ZipInfo:
    local = at.astimezone(CHINA)
    member = zipfile.ZipInfo(name, local.timetuple()[:6])
    member.file_size = source.stat().st_size  # zipfile decides by it whether ZIP64 is needed
    member.create_system = _UNIX
    member.external_attr = (stat.S_IFREG | 0o644) << 16
    deflated = source.suffix.lower() in _TEXT
    member.compress_type = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
    return member
