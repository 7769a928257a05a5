"""Draws a row of the message list: two lines a message, day heads, gaps."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from smsdesk.domain.findings import HINTS, SPECIAL, Finding, FindingState
from smsdesk.domain.messages import Message, ReviewState
from smsdesk.domain.night import is_night
from smsdesk.domain.screens import Direction
from smsdesk.domain.searching import hits
from smsdesk.gui import icons, words
from smsdesk.gui.chips import HEIGHT, chip_width, paint_chip
from smsdesk.gui.models.message_list import Role, gap_words
from smsdesk.gui.models.outline import DayHead, Gap, Row
from smsdesk.gui.theme import Theme

ROW_HEIGHT = 56
HEAD_HEIGHT = 32
GAP_HEIGHT = 28
_SIDE = 12
_MARK = 16
_BAR = 4
_BEFORE_HIT = 8
"""Characters shown before a hit that would not be in sight."""
_BEHIND_HIT = 60
"""Pixels kept for what follows a hit."""
_ORDER = (FindingState.CONFIRMED, FindingState.PROPOSED, FindingState.REJECTED)

_Index = QModelIndex | QPersistentModelIndex


class MessageRowDelegate(QStyledItemDelegate):
    """Paints from what the model has at hand; a message that is on its way leaves its row blank."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.with_year = False
        self.searched = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row, whatever its kind."""
        row: Row = index.data(Role.ROW)
        place: QRect = option.rect
        painter.save()
        if row.head is not None:
            self.paint_head(painter, place, row.head)
        elif row.gap is not None:
            self._paint_gap(painter, place, row.gap, index.data(Role.MESSAGE))
        else:
            state: QStyle.StateFlag = option.state
            if state & QStyle.StateFlag.State_Selected:
                self._paint_selection(painter, place, focused=option.widget.hasFocus())
            else:
                painter.fillRect(place, QColor(self._theme.colours.surface))
            self._paint_message(painter, place, index.data(Role.MESSAGE))
        painter.restore()

    def paint_head(self, painter: QPainter, place: QRect, head: DayHead) -> None:
        """Draw the head of a day, in its row or over the rows that stand under it."""
        colours = self._theme.colours
        painter.fillRect(place, QColor(colours.window))
        title = (
            words.day_name(head.day, with_year=self.with_year)
            if head.day
            else self.tr("Time unknown")
        )
        inner = place.adjusted(_SIDE, 0, -_SIDE, 0)
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, title)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(QColor(colours.muted))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(inner, right, self.tr("%n message(s)", "", head.count))

    def _paint_gap(self, painter: QPainter, place: QRect, gap: Gap, below: Message | None) -> None:
        colours = self._theme.colours
        text = gap_words(gap, below)
        text = _elided(painter, text, place.width() - 6 * _SIDE)
        width = painter.fontMetrics().horizontalAdvance(text)
        middle = place.center().y()
        pen = QPen(QColor(colours.muted), 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        left = place.left() + (place.width() - width) // 2
        painter.drawLine(place.left() + _SIDE, middle, left - 8, middle)
        painter.drawLine(left + width + 8, middle, place.right() - _SIDE, middle)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_selection(self, painter: QPainter, place: QRect, *, focused: bool) -> None:
        """Draw the ground of a selected row; its bar tells whether keys go to the list."""
        colours = self._theme.colours
        painter.fillRect(place, QColor(colours.selected))
        bar = QRect(place.left(), place.top(), _BAR, place.height())
        painter.fillRect(bar, QColor(colours.accent if focused else colours.handle))

    def _paint_message(self, painter: QPainter, place: QRect, message: Message | None) -> None:
        edge = QRect(place.left(), place.bottom(), place.width(), 1)
        painter.fillRect(edge, QColor(self._theme.colours.line))
        if message is None:
            return
        inner = place.adjusted(_SIDE, 6, -_SIDE, -6)
        self._paint_mark(painter, inner, message)
        inner.setLeft(inner.left() + _MARK + 4)
        first = QRect(inner.left(), inner.top(), inner.width(), HEIGHT)
        second = QRect(inner.left(), inner.bottom() - 19, inner.width(), 20)
        self._paint_first_line(painter, first, message)
        self._paint_second_line(painter, second, message)

    def _paint_mark(self, painter: QPainter, inner: QRect, message: Message) -> None:
        """Draw a dot for a message that nobody has looked at, a tick for one that is done."""
        colours = self._theme.colours
        if message.state == ReviewState.REVIEWED:
            device = painter.device()
            ratio = device.devicePixelRatioF() if device else 1.0
            tick = icons.pixmap("check", colours.good, 14, ratio)
            painter.drawPixmap(inner.left(), inner.top() + 3, tick)
            return
        self._paint_dot(painter, QPoint(inner.left() + 4, inner.top() + 10), colours.accent)

    def _paint_dot(self, painter: QPainter, left_middle: QPoint, colour: str) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QRectF(left_middle.x(), left_middle.y() - 3, 7, 7))
        painter.restore()

    def _paint_first_line(self, painter: QPainter, line: QRect, message: Message) -> None:
        colours = self._theme.colours
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        time = words.sent_clock(message.sent)
        who = words.sender_name(message.sender)
        if message.direction == Direction.OUT:
            who = self.tr("sent to {number}").format(number=who)
        metrics = painter.fontMetrics()
        told = metrics.horizontalAdvance(time) + metrics.horizontalAdvance(who) + 24
        chips_from = self._paint_chips(painter, line, message, line.width() - told)
        line = self._paint_signs(painter, line, message)
        painter.setPen(QColor(colours.muted))
        painter.drawText(line, left, time)
        x = line.left() + painter.fontMetrics().horizontalAdvance(time) + 12
        painter.setPen(QColor(colours.text))
        room = QRect(x, line.top(), max(0, chips_from - 8 - x), line.height())
        painter.drawText(room, left, _elided(painter, who, room.width()))

    def _paint_signs(self, painter: QPainter, line: QRect, message: Message) -> QRect:
        """Draw a star and the special mark, where a message has them; return the room left."""
        colours = self._theme.colours
        live = {f.proposal.violation for f in message.findings if f.state != FindingState.REJECTED}
        device = painter.device()
        ratio = device.devicePixelRatioF() if device else 1.0
        for shown, name, colour in (
            (bool(live & SPECIAL), "warning", colours.danger),
            (message.starred, "starred", colours.doubt),
            (bool(message.note), "note", colours.muted),
            (is_night(message.sent), "moon", colours.muted),
        ):
            if shown:
                sign = icons.pixmap(name, colour, 14, ratio)
                painter.drawPixmap(line.left(), line.top() + 3, sign)
                line = line.adjusted(18, 0, 0, 0)
        return line

    def _paint_chips(self, painter: QPainter, line: QRect, message: Message, room: int) -> int:
        """Draw chips from the right, as many as *room* allows but one at least."""
        small = QFont(painter.font())
        small.setPixelSize(max(11, painter.font().pixelSize() - 1))
        painter.save()
        painter.setFont(small)
        metrics = QFontMetrics(small)
        findings = in_order(message.findings)
        shown, used = _fitting(findings, metrics, room - metrics.horizontalAdvance("+9") - 4)
        x = line.right() + 1
        if hidden := len(findings) - shown:
            more = f"+{hidden}"
            x -= metrics.horizontalAdvance(more)
            painter.setPen(QColor(self._theme.colours.muted))
            painter.drawText(
                QRect(x, line.top(), 40, line.height()), Qt.AlignmentFlag.AlignVCenter, more
            )
            x -= 4
        x -= used
        begin = x
        for finding in findings[:shown]:
            wide = chip_width(metrics, finding.proposal.violation)
            place = QRectF(x, line.top(), wide, HEIGHT)
            paint_chip(painter, place, finding.proposal.violation, finding.state, self._theme)
            x += wide + 4
        painter.restore()
        return begin

    def _text_mark(self, message: Message) -> tuple[str, str]:
        """Return what is to be known of the text, and its colour; a correction ends all doubt."""
        colours = self._theme.colours
        if message.corrected_text is not None:
            return self.tr("corrected"), colours.muted
        if message.doubtful:
            return self.tr("%n doubtful", "characters", len(message.doubtful)), colours.doubt
        return "", colours.muted

    def _paint_second_line(self, painter: QPainter, line: QRect, message: Message) -> None:
        colours = self._theme.colours
        right = line.right()
        told, colour = self._text_mark(message)
        if told:
            right -= painter.fontMetrics().horizontalAdvance(told)
            painter.setPen(QColor(colour))
            place = QRect(right, line.top(), line.right() - right + 1, line.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, told)
            right -= 11
            self._paint_dot(painter, QPoint(right, line.center().y()), colour)
            right -= 8
        done = message.state == ReviewState.REVIEWED
        painter.setPen(QColor(colours.muted if done else colours.text))
        self._paint_text(painter, line, " ".join(message.text.split()), right - line.left())

    def _paint_text(self, painter: QPainter, line: QRect, text: str, room: int) -> None:
        """Draw a text with its hits lit, from before the first one where that is far inside."""
        found = hits(self.searched, text)
        if not found:
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(line, middle, _elided(painter, text, room))
            return
        if painter.fontMetrics().horizontalAdvance(text[: found[0][1]]) > room - _BEHIND_HIT:
            text = "…" + text[max(0, found[0][0] - _BEFORE_HIT) :]
        text = _elided(painter, text, room)
        layout = QTextLayout(text, painter.font())
        layout.setFormats(self._hit_formats(text))
        layout.beginLayout()
        only = layout.createLine()
        only.setLineWidth(line.width())
        layout.endLayout()
        top = line.top() + (line.height() - only.height()) / 2
        layout.draw(painter, QPointF(line.left(), top))

    def _hit_formats(self, text: str) -> list[QTextLayout.FormatRange]:
        lit = QTextCharFormat()
        lit.setFontUnderline(True)
        lit.setUnderlineColor(QColor(self._theme.colours.accent))
        lit.setFontWeight(QFont.Weight.Bold)
        formats = []
        for start, end in hits(self.searched, text):
            part = QTextLayout.FormatRange()
            # Qt counts UTF-16 units: characters beyond the first plane count twice.
            part.start = len(text[:start].encode("utf-16-le")) // 2
            part.length = len(text[start:end].encode("utf-16-le")) // 2
            part.format = lit
            formats.append(part)
        return formats


def in_order(findings: tuple[Finding, ...]) -> list[Finding]:
    """Return findings with the confirmed first and the rejected last; hints after violations."""

    def rank(finding: Finding) -> tuple[int, bool]:
        return _ORDER.index(finding.state), finding.proposal.violation in HINTS

    return sorted(findings, key=rank)


def _fitting(findings: list[Finding], metrics: QFontMetrics, room: int) -> tuple[int, int]:
    """Return how many chips fit into *room* pixels (one at least), and how wide they are."""
    used = 0
    for shown, finding in enumerate(findings):
        wide = chip_width(metrics, finding.proposal.violation) + (4 if shown else 0)
        if shown and used + wide > room:
            return shown, used
        used += wide
    return len(findings), used


def _elided(painter: QPainter, text: str, room: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
