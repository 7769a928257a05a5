"""The finished files are read back and held against the case and against what was drawn.

Texts are taken out by PDFium, another library than the one that wrote them; image data are hashed
as they lie in the file. What does not match is not delivered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pikepdf
import pypdfium2

from smsdesk.domain.cases import Original
from smsdesk.domain.errors import ExportMismatch
from smsdesk.domain.exhibits import Attachment
from smsdesk.domain.messages import Message
from smsdesk.domain.pdfium import PDFIUM
from smsdesk.report.content import CourtFile, PdfFacts
from smsdesk.report.exhibits import pages_of
from smsdesk.report.pdf.archive import open_streamed
from smsdesk.report.pdf.binding import Place
from smsdesk.report.pdf.book import message_anchor, original_anchor
from smsdesk.report.pdf.ledger import Ledger, PageRecord
from smsdesk.report.pdf.text import shape

_UNCERTAIN = frozenset("-\u00ad\u2010\u0002\ufffe")
"""PDFium takes a hyphen at the end of a line for a soft one and leaves it out."""

Notify = Callable[[Place], None]


def check_file(
    path: Path, records: Sequence[PageRecord], places: Mapping[str, Place], notify: Notify
) -> None:
    """Hold a file against what was drawn on its pages; ExportMismatch names the first difference.

    *places* says where every anchor lies; *notify* is told each page before it is checked.
    """
    with open_streamed(path) as pdf, closing(_Texts(path)) as texts:
        if len(pdf.pages) != len(records) or texts.pages != len(records):
            raise ExportMismatch(detail=f"文件有 {len(pdf.pages)} 页，应有 {len(records)} 页")
        digests = _Digests()
        both = list(zip(pdf.pages, records, strict=True))
        number_of: dict[object, Place] = {page.objgen: record.place for page, record in both}
        for index, (page, record) in enumerate(both):
            notify(record.place)
            _check_words(texts.of(index), record)
            _check_pictures(digests.of(page), record)
            _check_links(page, record, number_of, places)


class _Texts:
    """The texts of pages as PDFium reads them, without white space."""

    _RENEW_AFTER = 200
    """PDFium keeps the pictures of pages that it has seen until the document is closed; 200 pages
    of screenshots are some 50 MB."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with PDFIUM:
            self._document = pypdfium2.PdfDocument(path)
            self.pages = len(self._document)

    def of(self, index: int) -> str:
        """Return the text of a page."""
        with PDFIUM:
            return _flat(self._read(index))

    def _read(self, index: int) -> str:
        if index and index % self._RENEW_AFTER == 0:
            self._document.close()
            self._document = pypdfium2.PdfDocument(self._path)
        page = self._document[index]
        text_page = page.get_textpage()
        try:
            return str(text_page.get_text_range())
        finally:
            text_page.close()
            page.close()

    def close(self) -> None:
        """Let the file go."""
        with PDFIUM:
            self._document.close()


def _flat(text: str) -> str:
    """Return *text* without white space and what readers of PDFs add or drop at line ends."""
    return "".join(char for char in text if not char.isspace() and char not in _UNCERTAIN)


def _check_words(text: str, record: PageRecord) -> None:
    for words in record.words:
        if _flat(words) not in text:
            raise ExportMismatch(detail=f"第 {record.place.number} 页读不出「{words[:40]}」")


class _Digests:
    """SHA-256 of the image data of pages; each image is read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], str] = {}

    def of(self, page: pikepdf.Page) -> set[str]:
        images = page.resources.get("/XObject", pikepdf.Dictionary())
        return {self._digest(image) for image in images.values()}

    def _digest(self, image: pikepdf.Object) -> str:
        if image.objgen not in self._known:
            data = image.get_raw_stream_buffer()
            self._known[image.objgen] = hashlib.sha256(data).hexdigest()
        return self._known[image.objgen]


def _check_pictures(found: set[str], record: PageRecord) -> None:
    if found != record.pictures:
        raise ExportMismatch(
            detail=f"第 {record.place.number} 页的图片与原件数据不符"
            f"（{len(found)} 幅，应有 {len(record.pictures)} 幅）"
        )


def _check_links(
    page: pikepdf.Page,
    record: PageRecord,
    number_of: Mapping[object, Place],
    places: Mapping[str, Place],
) -> None:
    led_to = [number_of.get(a.Dest[0].objgen) for a in page.get("/Annots", [])]
    if led_to != [places[anchor] for anchor in record.links]:
        raise ExportMismatch(detail=f"第 {record.place.number} 页的链接没有指向所写的页")


def check_content(content: CourtFile, ledger: Ledger, places: Mapping[str, Place]) -> PdfFacts:
    """Hold what was drawn, and found in the files, against the case; ExportMismatch if it lacks."""
    for words in _lacking(content, ledger, places):
        raise ExportMismatch(detail=words)
    return PdfFacts(len(ledger.pages), len(ledger.messages), len(content.originals))


def _lacking(content: CourtFile, ledger: Ledger, places: Mapping[str, Place]) -> Iterator[str]:
    if len(ledger.messages) != len(content.messages):
        yield f"印出 {len(ledger.messages)} 条短信，应有 {len(content.messages)} 条"
    for message in content.messages:
        yield from _message_lacks(message, ledger, places)
    attached = [file for exhibit in content.plan.exhibits for file in exhibit.attachments]
    files: list[Original | Attachment] = [*content.originals, *attached]
    for file in files:
        yield from _file_lacks(file, ledger, places)


def _message_lacks(message: Message, ledger: Ledger, places: Mapping[str, Place]) -> Iterator[str]:
    drawn = ledger.messages.get(message.id, [])
    whole = "".join(glyph.char for glyph in shape(message.text))
    if _flat("".join(words for _, words in drawn)) != _flat(whole):
        yield f"短信 {message.id} 的文字不完整"
    elif drawn[0][0] != places[message_anchor(message.id)].number:
        yield f"短信 {message.id} 不在所写的第 {places[message_anchor(message.id)].number} 页"


def _file_lacks(
    file: Original | Attachment, ledger: Ledger, places: Mapping[str, Place]
) -> Iterator[str]:
    for page in pages_of(file):
        shown = ledger.pictures.get((page.original_id, page.index), [])
        place = places.get(original_anchor(page.original_id, page.index))
        if not shown or place is None or shown[0] != place.number:
            yield f"原件 {file.file_name} 的第 {page.index + 1} 幅不在附件所写的页"
