"""Files that must never stop an import, and why each is refused."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

from PIL import Image

from smsdesk.domain.errors import SetAsideReason


def _chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def bomb(side: int = 20_000) -> bytes:
    """Return a PNG of *side* x *side* black pixels, which is small only while it is packed."""
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side // 8 + 1) * side), 1)
    parts = (_chunk(b"IHDR", header), _chunk(b"IDAT", rows), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def make_bad_files(folder: Path, picture: Path) -> dict[str, SetAsideReason]:
    """Write one file of each bad kind into *folder*; return name -> expected reason."""
    png = picture.read_bytes()
    jpeg = folder / "whole.jpg.tmp"
    Image.open(picture).convert("RGB").save(jpeg, "JPEG")
    files = {
        "empty.png": (b"", SetAsideReason.EMPTY),
        "text.png": (("还款提醒，不是图片\n" * 50).encode(), SetAsideReason.NOT_A_PICTURE),
        "cut.png": (png[: len(png) // 2], SetAsideReason.DAMAGED),
        "cut.jpg": (jpeg.read_bytes()[:40_000], SetAsideReason.DAMAGED),
        "bomb.png": (bomb(), SetAsideReason.TOO_LARGE),
    }
    jpeg.unlink()
    for name, (data, _) in files.items():
        (folder / name).write_bytes(data)
    with zipfile.ZipFile(folder / "evil.zip", "w") as archive:
        archive.writestr("../../evil.png", png)
    expected = {name: reason for name, (_, reason) in files.items()}
    return expected | {"evil.png": SetAsideReason.UNSAFE_PATH}
