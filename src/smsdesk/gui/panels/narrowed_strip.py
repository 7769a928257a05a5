"""Above a narrowed list: what it holds, the way back, and which conversations are one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from smsdesk.gui import words
from smsdesk.gui.flow import FlowLayout
from smsdesk.services.conversations import Conversation

_MOST_LINKS = 3
"""Other headers that the line has room to name; the menu has all."""


class NarrowedStrip(QFrame):
    """Hidden while nothing is narrowed; what a person wants goes out as signals."""

    left = Signal()
    parted = Signal(Conversation)
    """What was taken for one conversation are two."""
    united = Signal(Conversation)
    """What was parted is one conversation after all."""
    uniting_asked = Signal(int)
    """Another conversation is to be chosen that is one with this one (a thread's id)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._menu = QMenu(self)
        self.name = ""
        self.thread_id = 0
        self.setProperty("role", "info")
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.link_button = QToolButton(self)
        self.links_button = QToolButton(self)
        self.links_button.setText(self.tr("Part or unite…"))
        self.links_button.setMenu(self._menu)
        self.links_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.unite_button = QToolButton(self)
        self.unite_button.setText(self.tr("Same as another…"))
        self.unite_button.setToolTip(
            self.tr(
                "One number on another phone, or a name that changed: make them one conversation"
            )
        )
        self.back_button = QToolButton(self)
        self.back_button.setText(self.tr("Back  Esc"))
        self._arrange()
        self.link_button.clicked.connect(self._ask_only)
        self.unite_button.clicked.connect(lambda: self.uniting_asked.emit(self.thread_id))
        self.back_button.clicked.connect(self.left)
        self.show_name("")

    def _arrange(self) -> None:
        """Put name and way back on the first line, what can be done below."""
        line = QHBoxLayout()
        line.addWidget(self.label, 1)
        line.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignTop)
        self._tools = QWidget(self)
        tools = FlowLayout(self._tools, spacing=8)
        tools.addWidget(self.link_button)
        tools.addWidget(self.links_button)
        tools.addWidget(self.unite_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self._tools)

    def show_name(self, name: str) -> None:
        """Name what the list is narrowed to; empty: to nothing."""
        self.name = name
        self.label.setText(name)
        self._tools.hide()
        self.link_button.hide()
        self.setVisible(bool(name))

    def show_conversation(self, thread_id: int) -> None:
        """Offer what can be done with the conversation that the list is narrowed to."""
        self.thread_id = thread_id
        self._tools.show()

    def show_links(self, links: Sequence[Conversation], thread_id: int) -> None:
        """Name the other headers of the conversation *thread_id*; offer to part or unite them."""
        self._menu.clear()
        self.link_button.setVisible(len(links) == 1)
        self.links_button.setVisible(len(links) > 1)
        if not links:
            return
        told = [self._told(link).format(name=self._other(link, thread_id)) for link in links]
        more = self.tr("%n more", "", len(told) - _MOST_LINKS) if len(told) > _MOST_LINKS else ""
        self.label.setText("  ·  ".join(filter(None, [self.name, *told[:_MOST_LINKS], more])))
        for link in links:
            text = f"{self._other(link, thread_id)}  ·  {self._offer(link)}"
            self._menu.addAction(text).triggered.connect(partial(self._ask, link))
        self.link_button.setText(self._offer(links[0]))

    def _told(self, link: Conversation) -> str:
        if link.together:
            return self.tr("another header: {name}")
        return self.tr("kept apart from {name}")

    def _offer(self, link: Conversation) -> str:
        if link.together:
            return self.tr("These are two conversations")
        return self.tr("These are one conversation")

    def _other(self, link: Conversation, thread_id: int) -> str:
        """Name the other side of a link, with its phone where that is another one."""
        key, phone = (
            (link.part, link.part_phone)
            if link.root_id == thread_id
            else (link.root, link.root_phone)
        )
        name = words.key_name(key)
        return name if link.part_phone == link.root_phone else f"{name}  ·  {phone}"

    def _ask_only(self) -> None:
        (only,) = self._menu.actions()
        only.trigger()

    def _ask(self, link: Conversation, _checked: bool = False) -> None:
        (self.parted if link.together else self.united).emit(link)
