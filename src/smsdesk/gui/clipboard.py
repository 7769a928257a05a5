"""What can be dropped or pasted: files copied in a file manager, or a picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

from smsdesk.services.cases import now
from smsdesk.services.gathering import FoundFile, pasted


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a person dropped, pasted or chose: paths, or a picture that lies nowhere."""

    paths: tuple[Path, ...] = ()
    picture: QImage | None = None

    def __bool__(self) -> bool:
        return bool(self.paths) or self.picture is not None


def incoming(data: QMimeData | None) -> Incoming:
    """Return what *data* holds for us; files go before a picture of their icon."""
    if data is None:  # a clipboard that was cleared, on some systems
        return Incoming()
    urls = [url for url in data.urls() if url.isLocalFile()]
    if urls:
        return Incoming(tuple(Path(url.toLocalFile()) for url in urls))
    picture = data.imageData() if data.hasImage() else None
    if isinstance(picture, QImage) and not picture.isNull():
        return Incoming(picture=picture)
    return Incoming()


def as_file(picture: QImage) -> FoundFile:
    """Return the picture as a PNG file, which keeps every pixel; takes a moment."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(picture)
    buffer.close()
    return pasted(bytes(data.data()), now())
