"""A draft grows on disk while reportlab describes it.

reportlab keeps a whole document in memory until it is saved. Here the large things, pictures and
the contents of pages, are written at once, under the numbers that reportlab gives them; at the end
the rest is written behind them.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from smsdesk.report.pdf.fonts import REGULAR


class Draft:
    """A PDF being drawn: reportlab's `canvas`, and the file that it becomes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.canvas = Canvas(
            io.BytesIO(), pagesize=A4, invariant=1, initialFontName=REGULAR, pageCompression=0
        )
        self._document = self.canvas._doc  # noqa: SLF001 - reportlab offers no other way in
        self._offsets: dict[int, int] = {}
        self._file = path.open("wb")
        self._file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def has(self, name: str) -> bool:
        """Say whether a picture of that name was put here."""
        return bool(self._document.hasForm(name))

    def put_picture(self, name: str, entries: str, data: bytes) -> None:
        """Write an image; `canvas.doForm(name)` draws it."""
        self._put(self._document.getXObjectName(name), entries, data)

    def close_page(self) -> int:
        """End the page and write what was drawn on it; return how many bytes that takes."""
        self.canvas.showPage()
        page = self._document.Pages.pages[-1]
        content = zlib.compress(page.stream.encode("latin-1"))
        name = f"content{len(self._document.Pages.pages)}"
        page.Contents = self._put(name, "/Filter /FlateDecode", content)
        page.stream = None
        return len(content)

    def _put(self, name: str, entries: str, data: bytes) -> Any:
        """Write a stream; return reportlab's object for it."""
        stands_for_it = pdfdoc.PDFDictionary({})
        self._document.Reference(stands_for_it, name)
        number, _ = self._document.idToObjectNumberAndVersion[name]
        self._offsets[number] = self._file.tell()
        head = f"{number} 0 obj\n<< {entries} /Length {len(data)} >>\nstream\n"
        self._file.write(head.encode())
        self._file.write(data)
        self._file.write(b"\nendstream\nendobj\n")
        return stands_for_it

    def save(self, notify: Callable[[], None]) -> None:
        """Write the rest; *notify* is called between objects, and what it raises stops it."""

        def write_rest() -> bytes:
            document = self._document
            document.encrypt.prepare(document)
            root, info = document.Reference(document.Catalog), document.Reference(document.info)
            number = 1
            while number in document.numberToId:  # formatting an object may add new ones
                if number not in self._offsets:
                    notify()
                    self._write(number)
                number += 1
            self._close(number, root.format(document), info.format(document))
            return b""

        self._document.format = write_rest
        self.canvas.save()

    def _write(self, number: int) -> None:
        document = self._document
        name = document.numberToId[number]
        whole = pdfdoc.PDFIndirectObject(name, document.idToObject[name]).format(document)
        self._offsets[number] = self._file.tell()
        self._file.write(pdfdoc.pdfdocEnc(whole))

    def _close(self, size: int, root: bytes, info: bytes) -> None:
        start = self._file.tell()
        rows = "".join(f"{self._offsets[number]:010} 00000 n \n" for number in range(1, size))
        self._file.write(f"xref\n0 {size}\n0000000000 65535 f \n{rows}trailer\n".encode())
        self._file.write(b"<< /Size %d /Root %s /Info %s >>\n" % (size, root, info))
        self._file.write(f"startxref\n{start}\n%%EOF\n".encode())
