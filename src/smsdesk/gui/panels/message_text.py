"""The text of a message: matched words lit, doubtful characters underlined, edited in place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from smsdesk.gui.theme import Theme

SMALLEST, LARGEST, USUAL = 13, 22, 16
"""Sizes of the transcript in pixels (desk: 13 to 22)."""

Span = tuple[int, int]


class MessageText(QTextEdit):
    """As high as its text; marks survive a change of the theme.

    Read only until `begin_edit` or `next_doubt`; Enter then hands over what was typed, Escape
    leaves the text as it was. Positions are counted in characters, not in Qt's UTF-16 units.
    """

    saved = Signal(str)
    """What a person made of the text."""
    editing_changed = Signal()
    left = Signal()
    """The text stays as it was."""
    character_chosen = Signal(int, int)
    """From which character up to which: clicked, or reached by the caret."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self._units = [0]
        self._marks: tuple[Sequence[Span], Sequence[Span]] = ((), ())
        self._found: Sequence[Span] = ()
        self._doubts: list[tuple[QTextCursor, Span]] = []
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Text of the message"))
        self.document().setDocumentMargin(4)
        self.document().documentLayout().documentSizeChanged.connect(self._fit_height)
        theme.changed.connect(self._mark)

    @property
    def is_editing(self) -> bool:
        """Whether a person is changing the text."""
        return not self.isReadOnly()

    @property
    def typed(self) -> str | None:
        """What a person has made of the text so far, None where it is as it was."""
        text = self.toPlainText()
        return text if self.is_editing and text != self._text else None

    def set_text_size(self, pixels: int) -> None:
        """Set the transcript's size, within its limits."""
        font = self.font()
        font.setPixelSize(min(max(pixels, SMALLEST), LARGEST))
        self.document().setDefaultFont(font)

    def show_text(
        self,
        text: str,
        matched: Sequence[Span],
        doubtful: Sequence[Span],
        found: Sequence[Span] = (),
    ) -> None:
        """Show *text* with (start, end) spans of characters marked; *found* by a search."""
        self._text = text
        # Qt counts UTF-16 units: each character beyond the first plane (emoji) counts twice there.
        self._units = _units(text)
        self._marks = (_in_units(matched, self._units), _in_units(doubtful, self._units))
        self._found = _in_units(found, self._units)
        self._restore()
        self._doubts = [
            (self._cursor(*units), span)
            for units, span in zip(self._marks[1], doubtful, strict=True)
            if units[0] < units[1]
        ]

    # -- editing -------------------------------------------------------------------------------

    def begin_edit(self) -> None:
        """Let a person change the text, from its end."""
        self._open()
        self.moveCursor(QTextCursor.MoveOperation.End)

    def next_doubt(self) -> bool:
        """Select the next doubtful character, to be typed over; False if there is none."""
        here = self.textCursor().selectionEnd() if self.is_editing else -1
        waiting = self._waiting()
        after = [doubt for doubt in waiting if doubt[0].selectionStart() >= here]
        return self._go_to_first(after or waiting)

    def previous_doubt(self) -> bool:
        """Select the doubtful character before; False if there is none."""
        here = self.textCursor().selectionStart()
        waiting = self._waiting()[::-1]
        before = [doubt for doubt in waiting if doubt[0].selectionEnd() <= here]
        return self._go_to_first(before or waiting)

    def _waiting(self) -> list[tuple[QTextCursor, Span]]:
        """Return the doubtful characters that nobody has typed over, in order."""
        return [(cursor, span) for cursor, span in self._doubts if cursor.hasSelection()]

    def _go_to_first(self, doubts: list[tuple[QTextCursor, Span]]) -> bool:
        if not doubts:
            return False
        cursor, span = doubts[0]
        self._open()
        self.setTextCursor(cursor)
        self.character_chosen.emit(*span)
        return True

    def leave(self) -> None:
        """Leave the text as it was."""
        if self.is_editing:
            self._close()
            self._restore()
            self.left.emit()

    def save(self) -> None:
        """Hand over what was typed."""
        if self.is_editing:
            text = self.toPlainText()
            self._close()
            self.saved.emit(text)

    def select_character(self, index: int) -> None:
        """Mark one character: that on which the person pointed in the picture."""
        if self.is_editing or not 0 <= index < len(self._text):
            return
        self.setTextCursor(self._cursor(self._units[index], self._units[index + 1]))

    def _open(self) -> None:
        if not self.is_editing:
            self.setReadOnly(False)
            self.editing_changed.emit()
        self.setFocus()

    def _close(self) -> None:
        self.setReadOnly(True)
        self.editing_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, Shift+Enter is a new line, Escape leaves, Tab goes from doubt to doubt."""
        if not self.is_editing:
            super().keyPressEvent(event)
            return
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shifted:
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() == Qt.Key.Key_Tab:
            self.next_doubt()
        elif event.key() == Qt.Key.Key_Backtab:
            self.previous_doubt()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: N802 - Qt's name
        """Keep Tab for the doubts while the text is edited."""
        return False if self.is_editing else super().focusNextPrevChild(next_)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell which character was clicked."""
        super().mouseReleaseEvent(event)
        if self.is_editing or self.textCursor().hasSelection() or not self._text:
            return
        unit = (
            self.document().documentLayout().hitTest(event.position(), Qt.HitTestAccuracy.ExactHit)
        )
        if unit >= 0:
            index = min(bisect_right(self._units, unit) - 1, len(self._text) - 1)
            self.character_chosen.emit(index, index + 1)

    # -- marks and size ------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Return the height of the whole text."""
        return QSize(200, int(self.document().size().height()) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._fit_height()

    def _restore(self) -> None:
        """Show the text as it is kept."""
        if self.is_editing:
            self._close()
        self.setPlainText(self._text)
        self._mark()

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _mark(self) -> None:
        if self.is_editing:
            return
        colours = self._theme.colours
        plain = QTextCharFormat()
        plain.setForeground(QColor(colours.text))
        whole = QTextCursor(self.document())
        whole.select(QTextCursor.SelectionType.Document)
        whole.setCharFormat(plain)
        matched, doubtful = self._marks
        lit = QTextCharFormat()
        lit.setBackground(QColor(colours.match))
        hit = QTextCharFormat()
        hit.setFontUnderline(True)
        hit.setUnderlineColor(QColor(colours.accent))
        hit.setFontWeight(QFont.Weight.Bold)
        doubt = self._doubt_format()
        for spans, form in ((matched, lit), (self._found, hit), (doubtful, doubt)):
            for start, end in spans:
                self._cursor(start, end).mergeCharFormat(form)

    def _doubt_format(self) -> QTextCharFormat:
        colours = self._theme.colours
        doubt = QTextCharFormat()
        doubt.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        doubt.setUnderlineColor(QColor(colours.doubt))
        doubt.setForeground(QColor(colours.doubt))
        doubt.setToolTip(self.tr("The engine was not sure of this; compare it with the picture."))
        return doubt

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
