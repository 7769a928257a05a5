"""The view of the message list: fixed heights, keys that step over day heads and gaps."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from smsdesk.domain.messages import ReviewState
from smsdesk.gui.delegates.message_row import (
    GAP_HEIGHT,
    HEAD_HEIGHT,
    ROW_HEIGHT,
    MessageRowDelegate,
)
from smsdesk.gui.models.message_list import MessageListModel
from smsdesk.gui.models.outline import DayHead
from smsdesk.gui.theme import Theme

_STEPS = {
    QAbstractItemView.CursorAction.MoveDown: 1,
    QAbstractItemView.CursorAction.MoveNext: 1,
    QAbstractItemView.CursorAction.MoveUp: -1,
    QAbstractItemView.CursorAction.MovePrevious: -1,
}


class MessageListView(QTableView):
    """A table of one column: unlike QListView it never asks a hundred thousand rows their size."""

    selection_changed = Signal()
    message_chosen = Signal(object)
    """The id of the current message, or None."""

    def __init__(
        self, model: MessageListModel, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("message_list")
        self._model = model
        self._marked: set[int] = set()
        self._rows = MessageRowDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self._rows)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self._set_up()
        self._head = _StickyHead(self, model, self._rows)
        model.modelReset.connect(self._on_reset)
        theme.changed.connect(self.viewport().update)

    @property
    def current_id(self) -> int | None:
        """The id of the current message."""
        return self._model.id_at(self.currentIndex().row())

    def selected_ids(self) -> list[int]:
        """Return the ids of the messages selected, in the order of the list."""
        outline, ranges = self._model.outline, sorted(self._ranges())
        return [i for top, bottom in ranges for i in outline.ids_between(top, bottom)]

    def _ranges(self) -> list[tuple[int, int]]:
        """Return the first and last rows of each run that is selected; Qt keeps them apart."""
        selection = self.selectionModel().selection()
        parts = [selection.at(number) for number in range(selection.count())]
        return [(part.top(), part.bottom()) for part in parts]

    def selected_count(self) -> int:
        """Return how many messages are selected."""
        outline = self._model.outline
        return sum(outline.count_between(top, bottom) for top, bottom in self._ranges())

    def select_current_only(self) -> None:
        """Leave nothing selected but the current message."""
        row = self.currentIndex().row()
        if row >= 0:
            self.selectRow(row)

    def step_to_new(self, message_id: int) -> None:
        """Go from a message to the next one that is not known to be reviewed."""
        row = self._model.row_of(message_id)
        while row is not None:
            row = self._model.next_row(row, 1)
            found = None if row is None else self._model.message(self._model.id_at(row) or 0)
            if row is not None and (found is None or found.state == ReviewState.NEW):
                self._go_to(row)
                return

    def choose(self, message_id: int) -> bool:
        """Make a message current; False if the list does not have it."""
        row = self._model.row_of(message_id)
        if row is None:
            return False
        self._go_to(row)
        return True

    def step(self, step: int) -> bool:
        """Go to the next message (1) or the one before (-1); False at the end."""
        row = self._model.next_row(self.currentIndex().row(), step)
        if row is None:
            return False
        self._go_to(row)
        return True

    def light(self, searched: str) -> None:
        """Mark these words in the texts from now on: a search found them."""
        self._rows.searched = searched
        self.viewport().update()

    def clear_current(self) -> None:
        """Make no message current."""
        self.setCurrentIndex(QModelIndex())

    def choose_first(self) -> None:
        """Make the first message current."""
        row = self._model.next_row(-1, 1)
        if row is not None:
            self._go_to(row)

    def moveCursor(  # noqa: N802 - Qt's name
        self,
        action: QAbstractItemView.CursorAction,
        modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        """Step over day heads and gaps."""
        row = self._target(action, modifiers)
        return self.currentIndex() if row is None else self._model.index(row)

    def _target(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> int | None:
        if action in _STEPS:
            return self._model.next_row(self.currentIndex().row(), _STEPS[action])
        if action == QAbstractItemView.CursorAction.MoveHome:
            return self._model.next_row(-1, 1)
        if action == QAbstractItemView.CursorAction.MoveEnd:
            return self._model.next_row(self._model.rowCount(), -1)
        return self._nearest_message(super().moveCursor(action, modifiers).row())

    def _nearest_message(self, row: int) -> int | None:
        if self._model.id_at(row) is not None:
            return row
        after = self._model.next_row(row, 1)
        return self._model.next_row(row, -1) if after is None else after

    def scrollTo(  # noqa: N802 - Qt's name
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row into sight, below the head that stays at the top."""
        super().scrollTo(index, hint)
        hidden = HEAD_HEIGHT - self.visualRect(index).top()
        if hidden > 0 and index.row() > 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the head as wide as the rows."""
        super().resizeEvent(event)
        self._head.place()

    def _go_to(self, row: int) -> None:
        index = self._model.index(row)
        # Whatever keys are held meanwhile: Ctrl of Ctrl+Z would add the row to those selected.
        alone = QItemSelectionModel.SelectionFlag.ClearAndSelect
        rows = QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, alone | rows)
        # What comes next stays in sight, and the head of the day that the message belongs to.
        last = self._model.rowCount() - 1
        for neighbour in (min(row + 2, last), max(row - 1, 0), row):
            self.scrollTo(self._model.index(neighbour))

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Messages"))
        across = self.horizontalHeader()
        across.hide()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down = self.verticalHeader()
        down.hide()
        down.setMinimumSectionSize(GAP_HEIGHT)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(ROW_HEIGHT)

    def _on_current(self, current: QModelIndex) -> None:
        self.message_chosen.emit(self._model.id_at(current.row()))

    def _on_reset(self) -> None:
        """Give day heads and gaps their heights; all other rows keep the default, unasked."""
        self._rows.with_year = self._model.outline.spans_years
        down, marks = self.verticalHeader(), self._model.outline.marks
        blocked = down.blockSignals(True)  # the table would lay itself out anew for each of them
        for number in self._marked - marks.keys():
            if number < down.count():
                down.resizeSection(number, ROW_HEIGHT)
        for number, mark in marks.items():
            height = HEAD_HEIGHT if isinstance(mark, DayHead) else GAP_HEIGHT
            down.resizeSection(number, height)
        self._marked = set(marks)
        down.blockSignals(blocked)
        self.updateGeometries()
        self._head.place()
        self.viewport().update()


class _StickyHead(QWidget):
    """The head of the day whose messages stand at the top, until the next day pushes it out.

    A widget over the list and not a part of its drawing: what scrolls is moved, not drawn anew.
    """

    def __init__(
        self, view: MessageListView, model: MessageListModel, rows: MessageRowDelegate
    ) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._rows = rows
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        view.verticalScrollBar().valueChanged.connect(self.place)
        self.hide()

    def place(self) -> None:
        """Stand at the top, or as far above it as the next day's head demands."""
        viewport, outline = self._view.viewport(), self._model.outline
        top = self._view.rowAt(0)
        head = outline.head_above(top) if top >= 0 else None
        self.setVisible(head is not None)
        if head is None:
            return
        below = outline.head_below(top)
        limit = HEAD_HEIGHT if below is None else self._view.rowViewportPosition(below)
        where = viewport.geometry()
        shift = min(0, limit - HEAD_HEIGHT)
        self.setGeometry(QRect(where.left(), where.top() + shift, where.width(), HEAD_HEIGHT))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the head as its row does."""
        outline, top = self._model.outline, self._view.rowAt(0)
        mark = outline.marks.get(outline.head_above(top) or 0) if top >= 0 else None
        if isinstance(mark, DayHead):
            painter = QPainter(self)
            painter.setFont(self._view.font())
            self._rows.paint_head(painter, self.rect(), mark)
