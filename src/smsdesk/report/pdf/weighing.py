"""How large pages will be, before any is drawn: pictures, glyphs and what the page says.

Pages are drawn on a draft that is thrown away, without their pictures, whose size is known. What
volumes hold once however often it is shown, a picture or a glyph, is weighed under its own name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from pathlib import Path
from types import TracebackType
from typing import Self

from smsdesk.domain import cases
from smsdesk.report.pdf.binding import Place
from smsdesk.report.pdf.draft import Draft
from smsdesk.report.pdf.fonts import outline_size, register
from smsdesk.report.pdf.furniture import Furniture
from smsdesk.report.pdf.ledger import Ledger
from smsdesk.report.pdf.pages import Page
from smsdesk.report.pdf.pictures import PictureStore
from smsdesk.report.pdf.sheet import Frame, Part, Sheet
from smsdesk.report.pdf.styles import BODY_WIDTH, MARGIN_LEFT
from smsdesk.report.pdf.text import Glyphs

Weights = dict[Hashable, int]
"""Bytes by the name of what takes them; what has one name is held once in a volume."""

_SOMEWHERE = Place(999, 99_999)
"""Stands for all places while they are unknown: no number is longer than these."""
_PICTURE_DRAWN = 60
"""Bytes that drawing a picture adds to a page: a frame, a matrix, a name."""
_LINK = 45
"""Bytes of a link, packed among others: a rectangle and where it leads."""
_GLYPH = 25
"""Bytes of a glyph beside its outline: width, place, code and character."""


class Scales:
    """Weighs laid out pages; `furniture` is drawn on each, and `folder` holds the waste."""

    def __init__(self, furniture: Furniture, store: PictureStore, folder: Path) -> None:
        self._furniture, self._store = furniture, store
        register()
        self._draft = Draft(folder / "weighed.draft")

    def __enter__(self) -> Self:
        self._draft.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._draft.__exit__(kind, error, trace)
        self._draft.path.unlink()

    def weigh(self, page: Page) -> Weights:
        """Return what *page* takes, without the objects that every page has."""
        sheet = _WeighedSheet(self._draft, self._store)
        self._furniture.draw(sheet, page.part)
        for placed in page.placed:
            placed.block.draw(sheet, MARGIN_LEFT, placed.y, BODY_WIDTH)
        weights: Weights = {shown: self._store.size(shown.page, shown.part) for shown in page.shows}
        weights |= {(font, char): _GLYPH + outline_size(char, font) for font, char in sheet.shown}
        weights["page", page.index] = self._draft.close_page() + sheet.more
        return weights


class _WeighedSheet(Sheet):
    """A sheet that notes glyphs as (font, character) and draws neither pictures nor links."""

    def __init__(self, draft: Draft, store: PictureStore) -> None:
        super().__init__(draft, _SOMEWHERE, defaultdict(lambda: _SOMEWHERE), store, Ledger())
        self._store = store
        self.shown: set[tuple[str, str]] = set()
        self.more = 0

    def glyphs(
        self,
        glyphs: Glyphs,
        x: float,
        baseline: float,
        size: float,
        *,
        black: float = 1,
        gap: float = 0,
    ) -> None:
        """Draw glyphs, and note them."""
        self.shown |= {(glyph.font, glyph.char) for glyph in glyphs}
        super().glyphs(glyphs, x, baseline, size, black=black, gap=gap)

    def picture(self, page: cases.Page, frame: Frame, part: Part) -> bool:
        """Say whether a picture can be shown."""
        self.more += _PICTURE_DRAWN
        return page not in self._store.missing

    def link(self, anchor: str, x: float, y: float, width: float, height: float) -> None:
        """Count a link."""
        self.more += _LINK
