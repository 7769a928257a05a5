"""The text of a message: selectable, matched words lit, doubtful characters underlined."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from smsdesk.gui.theme import Theme

SMALLEST, LARGEST, USUAL = 13, 22, 16
"""Sizes of the transcript in pixels (desk: 13 to 22)."""

Span = tuple[int, int]


class MessageText(QTextBrowser):
    """As high as its text; marks survive a change of the theme."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marks: tuple[Sequence[Span], Sequence[Span]] = ((), ())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Text of the message"))
        self.document().setDocumentMargin(4)
        self.document().documentLayout().documentSizeChanged.connect(self._fit_height)
        theme.changed.connect(self._mark)

    def set_text_size(self, pixels: int) -> None:
        """Set the transcript's size, within its limits."""
        font = self.font()
        font.setPixelSize(min(max(pixels, SMALLEST), LARGEST))
        self.document().setDefaultFont(font)

    def show_text(self, text: str, matched: Sequence[Span], doubtful: Sequence[Span]) -> None:
        """Show *text* with (start, end) spans of characters marked."""
        self.setPlainText(text)
        # Qt counts UTF-16 units: each character beyond the first plane (emoji) counts twice there.
        units = _units(text)
        self._marks = (_in_units(matched, units), _in_units(doubtful, units))
        self._mark()

    def sizeHint(self) -> QSize:
        """Return the height of the whole text."""
        return QSize(200, int(self.document().size().height()) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._fit_height()

    def _mark(self) -> None:
        colours = self._theme.colours
        plain = QTextCharFormat()
        plain.setForeground(QColor(colours.text))
        whole = QTextCursor(self.document())
        whole.select(QTextCursor.SelectionType.Document)
        whole.setCharFormat(plain)
        matched, doubtful = self._marks
        lit = QTextCharFormat()
        lit.setBackground(QColor(colours.match))
        doubt = QTextCharFormat()
        doubt.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        doubt.setUnderlineColor(QColor(colours.doubt))
        doubt.setForeground(QColor(colours.doubt))
        doubt.setToolTip(self.tr("The engine was not sure of this; compare it with the picture."))
        for spans, form in ((matched, lit), (doubtful, doubt)):
            for start, end in spans:
                cursor = QTextCursor(self.document())
                cursor.setPosition(start)
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(form)

    def _fit_height(self) -> None:
        self.setFixedHeight(int(self.document().size().height()) + 2)


def _units(text: str) -> list[int]:
    """Return the UTF-16 offset of each character, and of the end."""
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + (2 if ord(character) > 0xFFFF else 1))
    return offsets


def _in_units(spans: Sequence[Span], units: list[int]) -> list[Span]:
    last = len(units) - 1
    return [(units[min(start, last)], units[min(end, last)]) for start, end in spans]
