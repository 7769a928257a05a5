"""The sheet that blocks draw on: reportlab's canvas seen from the top left corner.

All lengths are points; y grows downwards from the paper's upper edge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from smsdesk.domain.cases import Page
from smsdesk.report.pdf.binding import Place
from smsdesk.report.pdf.draft import Draft
from smsdesk.report.pdf.ledger import Ledger
from smsdesk.report.pdf.styles import HAIRLINE, PAGE_HEIGHT, RULE_GREY, Style, ink
from smsdesk.report.pdf.text import Glyphs, Line, Mark, indent, shape, stretch

Frame = tuple[float, float, float, float]
"""Left, top (or bottom), width and height, in points."""
Part = tuple[int, int, int, int]
"""Pixels x0, y0, x1, y1 of a picture."""


class PictureDrawer(Protocol):
    """Draws pictures on a draft."""

    def draw(self, draft: Draft, page: Page, place: Frame, part: Part) -> str | None:
        """Fill *place* (left, bottom, ...) with *part*; return the SHA-256 of the image data.

        None if the page cannot be shown.
        """

    def is_reduced(self, page: Page) -> bool:
        """Say whether a page is printed from a copy of print size."""


_BASELINE = 0.36
"""How far the baseline of NotoSansSC lies below the middle of its line, in ems: it centres
Chinese characters (which reach from -0.12 to 0.88 em) on the line."""


_SHARE_AT_LEFT = {"ragged": 0.0, "center": 0.5, "right": 1.0}
"""How much of the free room of a line stands before it."""


class Sheet:
    """One page being drawn; knows on which page every anchor lies."""

    def __init__(
        self,
        draft: Draft,
        place: Place,
        places: Mapping[str, Place],
        pictures: PictureDrawer,
        ledger: Ledger,
    ) -> None:
        self._draft = draft
        self._canvas = draft.canvas
        self.place = place
        self._places = places
        self._pictures = pictures
        self.ledger = ledger
        self._record = ledger.turn(place)

    def place_of(self, anchor: str) -> Place:
        """Return where *anchor* lies; KeyError if nobody set it."""
        return self._places[anchor]

    def tell(self, words: str) -> None:
        """Note words that were drawn here and must be found here when the file is read back."""
        self._record.words.append(words)

    # lines and areas

    def rule(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        *,
        width: float = HAIRLINE,
        black: float = RULE_GREY,
        dash: Sequence[float] = (),
    ) -> None:
        """Draw a straight line."""
        self._canvas.setLineWidth(width)
        self._canvas.setStrokeGray(ink(black))
        self._canvas.setDash(list(dash))
        self._canvas.line(x0, PAGE_HEIGHT - y0, x1, PAGE_HEIGHT - y1)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: float | None = None,
        stroke: float | None = None,
        line: float = HAIRLINE,
        dash: Sequence[float] = (),
        radius: float = 0,
    ) -> None:
        """Draw a rectangle; *fill* and *stroke* are shares of black, None leaves out."""
        canvas = self._canvas
        if fill is not None:
            canvas.setFillGray(ink(fill))
        if stroke is not None:
            canvas.setStrokeGray(ink(stroke))
        canvas.setLineWidth(line)
        canvas.setDash(list(dash))
        paint = {"fill": int(fill is not None), "stroke": int(stroke is not None)}
        bottom = PAGE_HEIGHT - y - height
        if radius:
            canvas.roundRect(x, bottom, width, height, radius, **paint)
        else:
            canvas.rect(x, bottom, width, height, **paint)

    def hatch(self, x: float, y: float, width: float, height: float, gap: float = 2.2) -> None:
        """Fill a rectangle with thin diagonal lines, which survive any photocopier."""
        canvas = self._canvas
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(x, PAGE_HEIGHT - y - height, width, height)
        canvas.clipPath(path, stroke=0, fill=0)
        offset = -height
        while offset < width:
            self.rule(x + offset, y + height, x + offset + height, y, width=0.5, black=0.85)
            offset += gap
        canvas.restoreState()

    def picture(self, page: Page, frame: Frame, part: Part) -> bool:
        """Draw the pixels *part* of a page into *frame*; False if the page cannot be shown."""
        x, y, width, height = frame
        place = (x, PAGE_HEIGHT - y - height, width, height)
        digest = self._pictures.draw(self._draft, page, place, part)
        if digest is None:
            return False
        self._record.pictures.add(digest)
        return True

    def is_reduced(self, page: Page) -> bool:
        """Say whether a page of an original is printed from a copy of print size."""
        return self._pictures.is_reduced(page)

    # text

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
        """Draw glyphs from *x* on; *gap* points are added after each. Marks are not drawn."""
        self._canvas.setFillGray(ink(black))
        start = 0
        while start < len(glyphs):
            end, width = start, 0.0
            while end < len(glyphs) and glyphs[end].font == glyphs[start].font:
                width += glyphs[end].width * size + gap
                end += 1
            self._canvas.setFont(glyphs[start].font, size)
            text = "".join(glyph.char for glyph in glyphs[start:end])
            self._canvas.drawString(x, PAGE_HEIGHT - baseline, text, charSpace=gap)
            x += width
            start = end

    def line(self, line: Line, x: float, top: float, width: float, style: Style) -> None:
        """Draw one broken line whose line box starts at *top*."""
        size = style.size
        baseline = top + style.leading / 2 + _BASELINE * size
        slack = width - line.width * size
        if style.align == "left":
            gap = stretch(line, width / size) * size
        else:
            gap = 0.0
            x += slack * _SHARE_AT_LEFT[style.align]
        x -= indent(line) * size
        self.glyphs(line.glyphs, x, baseline, size, black=style.black, gap=gap)
        self._underline(line, x, baseline, size, gap)

    def line_of(self, glyphs: Glyphs, x: float, top: float, style: Style) -> None:
        """Draw glyphs, known to fit, as one line from *x* on."""
        width = sum(glyph.width for glyph in glyphs)
        self.line(Line(glyphs, width, ends=True), x, top, width * style.size, style)

    def text(self, text: str, x: float, top: float, width: float, style: Style) -> None:
        """Draw *text*, known to fit on one line, in a line box that starts at *top*."""
        glyphs = shape(text, bold=style.bold)
        length = sum(glyph.width for glyph in glyphs)
        self.line(Line(glyphs, length, ends=True), x, top, width, style)

    def _underline(self, line: Line, x: float, baseline: float, size: float, gap: float) -> None:
        """Draw what marks ask for: a solid line for matched words, dots for doubtful ones."""
        for glyph in line.glyphs:
            end = x + glyph.width * size + gap
            if Mark.MATCHED in glyph.mark:
                self.rule(x, baseline + 2.2, end, baseline + 2.2, width=0.7, black=1)
            if Mark.DOUBTFUL in glyph.mark:
                y = baseline + 4
                self.rule(x + 0.6, y, end, y, width=0.9, black=1, dash=(0.9, 1.7))
            x = end

    # places

    def anchor(self, name: str, y: float) -> None:
        """Make *name* a place that links lead to, with *y* at the top of the window."""
        self._canvas.bookmarkHorizontalAbsolute(name, PAGE_HEIGHT - y)

    def bookmark(self, title: str, level: int, name: str) -> None:
        """Put the anchor *name* into the outline; *level* 0 is the outermost."""
        self._canvas.addOutlineEntry(title, name, level=level, closed=level == 0)

    def link(self, anchor: str, x: float, y: float, width: float, height: float) -> None:
        """Make a rectangle lead to *anchor*, unless that lies in another volume."""
        if self.place_of(anchor).volume != self.place.volume:
            return
        bottom = PAGE_HEIGHT - y - height
        self._canvas.linkRect("", anchor, (x, bottom, x + width, bottom + height), relative=0)
        self._record.links.append(anchor)
