"""What stands at the head and foot of every page."""

from __future__ import annotations

from dataclasses import dataclass

from smsdesk.report.pdf.binding import Place
from smsdesk.report.pdf.pages import Part
from smsdesk.report.pdf.sheet import Sheet
from smsdesk.report.pdf.styles import (
    BODY_WIDTH,
    CAPTION_GREY,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MM,
    PAGE_HEIGHT,
    Style,
)
from smsdesk.report.pdf.text import Line, one_line

_CENTERED = Style(CAPTION_GREY.size, CAPTION_GREY.leading, black=CAPTION_GREY.black, align="center")
_RIGHT = Style(CAPTION_GREY.size, CAPTION_GREY.leading, black=CAPTION_GREY.black, align="right")


@dataclass(frozen=True, slots=True)
class Furniture:
    """Running head and foot; `volumes` is how many there are."""

    case_title: str
    manifest_snippet: str
    made_at: str
    pages: int
    volumes: int

    def draw(self, sheet: Sheet, part: Part) -> None:
        """Draw head and foot."""
        if part.running_head:
            self._head(sheet, part.title)
        top = PAGE_HEIGHT - MARGIN_BOTTOM + 6 * MM
        edges = MARGIN_LEFT, top, BODY_WIDTH
        folio = self._folio(sheet.place)
        sheet.text(self.manifest_snippet, *edges, CAPTION_GREY)
        sheet.text(folio, *edges, _CENTERED)
        sheet.text(self.made_at, *edges, _RIGHT)
        sheet.tell(folio)

    def _folio(self, place: Place) -> str:
        volume = f"卷 {place.volume}（共 {self.volumes} 卷）　" if self.volumes > 1 else ""
        return f"{volume}第 {place.number} 页 共 {self.pages} 页"

    def _head(self, sheet: Sheet, title: str) -> None:
        top = 12 * MM
        style = CAPTION_GREY
        words = one_line(self.case_title, style.size, BODY_WIDTH - 40 * MM)
        line = Line(words, sum(glyph.width for glyph in words), ends=True)
        sheet.line(line, MARGIN_LEFT, top, BODY_WIDTH, style)
        sheet.text(title, MARGIN_LEFT, top, BODY_WIDTH, _RIGHT)
        rule = top + style.leading + 2
        sheet.rule(MARGIN_LEFT, rule, MARGIN_LEFT + BODY_WIDTH, rule)
