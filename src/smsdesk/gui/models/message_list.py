"""The list of messages: the outline in memory, the messages fetched a page at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from smsdesk.domain.messages import Continuity, Message
from smsdesk.gui import words
from smsdesk.gui.models.outline import Gap, Outline, Row, RowKind, page_around

PAGE = 200
MESSAGES_KEPT = 20 * PAGE

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

translate = QCoreApplication.translate


class Role(IntEnum):
    """What the delegate and the window ask a row for, beside Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole
    MESSAGE = Qt.ItemDataRole.UserRole + 1
    ID = Qt.ItemDataRole.UserRole + 2


class MessageListModel(QAbstractListModel):
    """Rows of one list; a message that is not at hand is asked for by `page_wanted`."""

    page_wanted = Signal(object)
    """A tuple of ids; answer by `put`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outline = Outline()
        self._stale: set[int] = set()
        self._messages: OrderedDict[int, Message] = OrderedDict()
        self._asked: set[int] = set()

    @property
    def outline(self) -> Outline:
        """The ids and rows shown."""
        return self._outline

    def set_outline(self, outline: Outline, messages: Iterable[Message] = ()) -> None:
        """Show other rows; *messages* are those that are at hand already."""
        self.beginResetModel()
        self._outline = outline
        self._messages.clear()
        self._stale.clear()
        self._asked.clear()
        self._keep(messages)
        self.endResetModel()

    def put(self, messages: Iterable[Message]) -> None:
        """Take messages that were asked for, or that changed."""
        fresh = list(messages)
        self._keep(fresh)
        for message in fresh:
            self._asked.discard(message.id)
            self._stale.discard(message.id)
            row = self.row_of(message.id)
            if row is not None:
                index = self.index(row)
                self.dataChanged.emit(index, index)

    def refresh(self, ids: Iterable[int]) -> None:
        """Ask anew for those of *ids* that are at hand; the old ones are shown until then."""
        stale = tuple(one for one in ids if one in self._messages)
        if stale:
            self.page_wanted.emit(stale)

    def refresh_all(self) -> None:
        """Ask anew for messages when they are looked at; the old ones are shown until then."""
        self._stale.update(self._messages)
        self._asked.clear()
        if len(self._outline):
            self.dataChanged.emit(self.index(0), self.index(len(self._outline) - 1))

    def message(self, message_id: int) -> Message | None:
        """Return a message that is at hand."""
        return self._messages.get(message_id)

    def row_of(self, message_id: int) -> int | None:
        """Return the row that shows a message."""
        return self._outline.row_of(message_id)

    def id_at(self, row: int) -> int | None:
        """Return the message id of a row, None for heads and gaps and outside the list."""
        return self._outline.id_at(row)

    def next_row(self, row: int, step: int) -> int | None:
        """Return the next message's row from *row* in direction *step* (1 or -1), if any."""
        row += step
        while 0 <= row < len(self._outline):
            if row not in self._outline.marks:
                return row
            row += step
        return None

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many rows there are, heads and gaps included."""
        return 0 if parent.isValid() else len(self._outline)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let only messages be chosen."""
        if self.id_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _hint(self, row: Row) -> str | None:
        """Return all that a row is about where the row itself may be too narrow for it."""
        message = self._fetched(row)
        if row.gap is not None:
            return gap_words(row.gap, message)
        if message is None:
            return None
        labels = "、".join(words.label_name(f.proposal.violation) for f in message.findings)
        lines = (words.sent_full(message.sent), words.sender_name(message.sender), labels)
        return "\n".join(filter(None, lines))

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows, for Qt's roles and ours."""
        if not index.isValid():
            return None
        row = self._outline.row(index.row())
        if role == Role.ROW:
            return row
        if role == Role.ID:
            return self.id_at(index.row())
        if role == Role.MESSAGE:
            return self._fetched(row)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._plain_text(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hint(row)
        return None

    def _plain_text(self, row: Row) -> str:
        """Return what a screen reader says of a row."""
        if row.head is not None:
            return words.day_name(row.head.day) if row.head.day else self.tr("Time unknown")
        message = self._fetched(row)
        if row.gap is not None:
            return gap_words(row.gap, message)
        if message is None:
            return ""
        parts = [words.sent_clock(message.sent), words.sender_name(message.sender), message.text]
        return " ".join(parts)

    def _fetched(self, row: Row) -> Message | None:
        """Return the message of a row, or of the row that a gap stands above."""
        if row.kind == RowKind.DAY:
            return None
        message_id = self._outline.ids[row.ordinal]
        message = self._messages.get(message_id)
        wanting = message is None or message_id in self._stale
        if wanting and message_id not in self._asked:
            wanted = page_around(self._outline.ids, row.ordinal, PAGE)
            self._asked.update(wanted)
            self.page_wanted.emit(wanted)
        return message

    def _keep(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self._messages[message.id] = message
            self._messages.move_to_end(message.id)
        while len(self._messages) > MESSAGES_KEPT:
            self._messages.popitem(last=False)


def gap_words(gap: Gap, below: Message | None) -> str:
    """Return what a gap says; *below* is the message after it, None while it is on its way."""
    text = _pattern(gap.how).format(sender=words.sender_name(below.sender) if below else "")
    if gap.after and gap.before and gap.after <= gap.before and not gap.how.is_open:
        text += f"  {words.gap_span(gap.after, gap.before)}"
    return text


def _pattern(how: Continuity) -> str:
    """Return what a gap says, with a place for the sender; what is open is said to be so."""
    if how == Continuity.GAP:
        return translate("Gap", "A gap, no screenshot shows what lies between: {sender}")
    if how == Continuity.LIKELY_GAP:
        return translate("Gap", "Likely a gap after the message above, to be confirmed: {sender}")
    if how == Continuity.LIKELY_CONTINUOUS:
        return translate("Gap", "Likely follows the message above, to be confirmed: {sender}")
    return translate("Gap", "Whether this follows the message above is not told yet: {sender}")
