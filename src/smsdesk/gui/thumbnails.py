"""Small pictures of originals, made in the background and only for what is on the screen."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from smsdesk.domain.errors import PictureError
from smsdesk.gui.library import Library
from smsdesk.services import listing
from smsdesk.services.reading import upright
from smsdesk.storage.case_file import CaseFile

SIDE = 72
"""Pixels of the longer side: twice what a row shows, for dense screens."""

_KEPT = 400
"""Thumbnails kept, of some 15 KB each: more than anyone scrolls through in one go."""

Key = tuple[int, int]
"""An original's id and the page in it, from 0."""


class Thumbnails(QObject):
    """Hands out thumbnails that it has, and gets those it has not."""

    arrived = Signal()
    """One more can be drawn."""

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._made: OrderedDict[Key, QImage] = OrderedDict()
        self._asked: set[Key] = set()
        library.case_changed.connect(self._forget)

    def get(self, key: Key) -> QImage | None:
        """Return a thumbnail, None while it is on its way; a null one if there is no picture."""
        if key in self._made:
            self._made.move_to_end(key)
            return self._made[key]
        if key not in self._asked:
            self._asked.add(key)
            self._library.read(lambda case: _make(case, key), lambda image: self._put(key, image))
        return None

    @property
    def held(self) -> list[Key]:
        """The keys of those that it has."""
        return list(self._made)

    def _put(self, key: Key, image: QImage) -> None:
        self._asked.discard(key)
        self._made[key] = image
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)
        self.arrived.emit()

    def _forget(self) -> None:
        self._made.clear()
        self._asked.clear()


def _make(case: CaseFile, key: Key) -> QImage:
    original_id, page = key
    try:
        return thumbnail(listing.original_bytes(case, original_id), page)
    except (PictureError, KeyError):  # set aside with its reason, or left out of a package
        return QImage()


def thumbnail(data: bytes, page: int) -> QImage:
    """Return a small upright picture of one page; PictureError if it cannot be decoded.

    Qt would read a small JPEG faster, but keeps the interpreter to itself meanwhile: the window
    would stand still.
    """
    picture = upright(data, page)
    picture.thumbnail((SIDE, SIDE))
    pixels, stride = picture.tobytes(), 3 * picture.width
    rgb = QImage.Format.Format_RGB888
    return QImage(pixels, picture.width, picture.height, stride, rgb).copy()
