"""A list of messages beside a chart: what is narrowed to, the way back, the way to the review."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from smsdesk.domain.figures import Ids
from smsdesk.domain.messages import Message
from smsdesk.domain.queries import MessageQuery
from smsdesk.gui.library import Library
from smsdesk.gui.models.message_list import PAGE, MessageListModel
from smsdesk.gui.models.outline import Outline, outline_of
from smsdesk.gui.panels.message_list_view import MessageListView
from smsdesk.gui.theme import Theme
from smsdesk.services import listing
from smsdesk.storage.case_file import CaseFile

_Listed = tuple[Outline, list[Message]]


class ListedMessages(QWidget):
    """Reads what a query leaves in the background, and shows it by day."""

    opened = Signal(object)
    """Ids of the messages listed, the one that a person wants to review first."""
    left = Signal()
    """The person wants to see all messages again."""

    def __init__(self, library: Library, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._asked = 0
        self.model = MessageListModel(self)
        self.view = MessageListView(self.model, theme, self)
        self.name_label = QLabel(self)
        self.name_label.setWordWrap(True)
        self.back_button = QToolButton(self)
        self.back_button.setText(self.tr("All  Esc"))
        self.open_button = QToolButton(self)
        self.open_button.setText(self.tr("Review  Enter"))
        self.open_button.setToolTip(self.tr("Open these messages beside their screenshots"))
        self._arrange()
        self.model.page_wanted.connect(self._fetch)
        self.back_button.clicked.connect(self.left)
        self.open_button.clicked.connect(self.open_current)
        self.view.doubleClicked.connect(lambda _index: self.open_current())
        library.judged.connect(self.model.refresh_all)
        self._add_key(["Return", "Enter"], self.open_current)
        self._add_key(["Escape"], self.left.emit)

    def _arrange(self) -> None:
        self.strip = QFrame(self)
        self.strip.setProperty("role", "info")
        line = QHBoxLayout(self.strip)
        line.setContentsMargins(12, 4, 8, 4)
        line.addWidget(self.name_label, 1)
        line.addWidget(self.open_button)
        line.addWidget(self.back_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.view)

    def _add_key(self, keys: list[str], act: object) -> None:
        action = QAction(self.view)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(act)
        self.view.addAction(action)

    def forget(self) -> None:
        """Show nothing."""
        self._asked += 1
        self.model.set_outline(Outline())

    def show_query(self, query: MessageQuery, name: str, *, narrowed: bool) -> None:
        """List what *query* leaves, under *name*; *narrowed*: there is a way back."""
        self.name_label.setText(name)
        self.back_button.setVisible(narrowed)
        self._asked += 1
        asked = self._asked
        whole = query == MessageQuery()

        def work(case: CaseFile) -> _Listed:
            outline = outline_of(listing.listed(case, query), gaps=whole)
            return outline, listing.messages(case, outline.ids[:PAGE].tolist())

        def then(found: _Listed) -> None:
            if asked == self._asked:
                self._show(*found)

        self._library.read(work, then)

    def open_current(self) -> None:
        """Ask for the review of what is listed, beginning at the current message."""
        ids = self.model.outline.ids.tolist()
        current = self.view.current_id
        if current is not None:
            self.opened.emit((current, *(i for i in ids if i != current)))
        elif ids:
            self.opened.emit(tuple(ids))

    def show_messages(self, ids: Sequence[int]) -> bool:
        """Go to the first of these messages that is listed; False if none is."""
        return any(self.view.choose(message_id) for message_id in ids)

    def _show(self, outline: Outline, messages: list[Message]) -> None:
        current = self.view.current_id
        self.model.set_outline(outline, messages)
        self.open_button.setEnabled(bool(outline.ids))
        if current is None or not self.view.choose(current):
            self.view.choose_first()

    def _fetch(self, ids: Ids) -> None:
        self._library.read(lambda case: listing.messages(case, ids), self.model.put)
