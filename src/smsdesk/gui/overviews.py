"""The figures of the open case, counted in the background and kept until something changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from smsdesk.domain.figures import Overview
from smsdesk.domain.queries import MessageQuery
from smsdesk.gui.library import Library
from smsdesk.services.figuring import overview
from smsdesk.services.jobs import Cancelled, Task
from smsdesk.storage.case_file import CaseFile

KEPT = 2
"""Figures kept at a time: those of all messages, and of the narrowing last looked at."""

PAUSE_MS = 400
"""After a burst of changes figures are counted anew once, not for each of them."""

Then = Callable[[Overview], None]


class Overviews(QObject):
    """One for all places; a question that is overtaken by another is not counted to its end."""

    stale = Signal()
    """Something changed: whoever shows figures asks again."""

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._kept: OrderedDict[MessageQuery, Overview] = OrderedDict()
        self._stop = Event()
        self._asked = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.stale)
        library.case_changed.connect(self._forget)
        for news in (library.messages_changed, library.contents_changed, library.judged):
            news.connect(self._on_news)
        library.rulings_changed.connect(self._on_news)

    def ask(self, query: MessageQuery, then: Then) -> None:
        """Let *then* have the figures of what *query* leaves; at once where they are at hand."""
        self._stop.set()
        self._asked += 1
        if query in self._kept:
            self._kept.move_to_end(query)
            then(self._kept[query])
            return
        stop = self._stop = Event()
        asked = self._asked

        def work(case: CaseFile, task: Task) -> Overview:
            return overview(case, query, lambda: _go_on_unless(stop, task))

        def done(counted: Overview) -> None:
            if asked == self._asked:
                self._kept[query] = counted
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
                then(counted)

        self._library.read_at_length(work, done)

    def _on_news(self, *_news: object) -> None:
        self._forget()
        self._pause.start()

    def _forget(self) -> None:
        self._stop.set()
        self._asked += 1
        self._kept.clear()


def _go_on_unless(stop: Event, task: Task) -> None:
    if stop.is_set() or task.cancelled:
        raise Cancelled
