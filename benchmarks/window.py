"""Measure the window on a large case with real events: python -m benchmarks.window [--messages N].

Prints, for each thing that a person does, how long it took until it stood on the screen, the
longest time for which the event loop stood still meanwhile, and the longest time for which the
window's own thread worked without a pause (the goal for both: no more than 50 ms). The stall while
nothing is done tells what the machine itself adds.
Needs no screen. The case is made once and kept with --case PATH.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEventLoop, QPoint, QPointF, QSettings, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication
from sqlalchemy import text

from benchmarks.made_cases import make_case
from smsdesk.gui.app import build_window, prepare_rules, spare_the_collector
from smsdesk.gui.library import Library
from smsdesk.gui.main_window import MainWindow
from smsdesk.gui.panels.views import View
from smsdesk.gui.places.numbers import NumbersPlace
from smsdesk.gui.places.registry import REVIEW
from smsdesk.gui.places.timeline import TimelinePlace
from smsdesk.gui.settings import WindowSettings
from smsdesk.services.cases import open_case
from smsdesk.storage.sqlite import WRITES, case_engine

STALL_GOAL = 50
"""Milliseconds: what people still take for at once."""

TICK = 2
"""Milliseconds between two looks at the clock; a late one is a stall."""

BASE_MESSAGES, BASE_PICTURES = 500, 25
"""What is drawn, read and judged one by one; the rest are copies with other ids, times, texts."""


def main() -> None:
    """Make or open the case, and do everything once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--case", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.case or Path(folder) / "large.smscase"
        if not path.exists():
            make_large_case(path, options.messages)
        measure(path, Path(folder) / "settings.ini")


# --- the case -------------------------------------------------------------------------------------


def make_large_case(path: Path, messages: int) -> None:
    """Make a small case through the program, then multiply its rows."""
    make_case(path, BASE_MESSAGES, BASE_PICTURES).close()
    engine = case_engine(path).execution_options(**{WRITES: True})
    with engine.begin() as connection:
        for copy in range(1, messages // BASE_MESSAGES):
            for statement in _COPIES:
                connection.execute(text(statement), {"copy": copy, "day": f"+{copy} days"})
    engine.dispose()


_STEP = 1_000_000
"""Between the ids of two copies; no base case has as many rows of a kind."""

_MESSAGE = (
    "case_id, thread_id, sender, direction, recipient, machine_text, corrected_text, doubtful,"
    " sent_basis, sent_label, state, starred, note, before, night, has_doubt, sender_digits,"
    " sender_words, sender_doubtful, by_hand"
)
_SIGHTING = (
    "case_id, original_id, thread_id, rank, screen_kind, position, box, direction, text, raw_text,"
    " confidence, doubtful, clipped, snippet, sender, sent, label_scope, page"
)
_FINDING = "case_id, violation, rule, spans, reason, provisions, state, pack_version, pack_sha256"
_BEARING = (
    "case_id, packs, sender_key, recipient, collecting, opens_collecting, counted, contextual"
)
_MARK = "case_id, mark, sender_key"
_SHIFTED = "strftime('%Y-%m-%d %H:%M:%S.000000', {0}, :day)"
_ID, _MESSAGE_ID = f"id + :copy * {_STEP}", f"message_id + :copy * {_STEP}"
_TIMES = ", ".join(_SHIFTED.format(name) for name in ("sent_earliest", "sent_latest", "sort_at"))
_NUMBERED = "search_text || ' ' || (:copy * 977 + id)"
_COPIES = tuple(
    f"INSERT INTO {table} ({into}) SELECT {out} FROM {table} WHERE {key} < {_STEP}"
    for table, key, into, out in (
        (
            "message",
            "id",
            f"id, position, search_text, sent_earliest, sent_latest, sort_at, {_MESSAGE}",
            f"{_ID}, position + :copy * {_STEP}, {_NUMBERED}, {_TIMES}, {_MESSAGE}",
        ),
        ("sighting", "id", f"id, message_id, {_SIGHTING}", f"{_ID}, {_MESSAGE_ID}, {_SIGHTING}"),
        ("finding", "id", f"id, message_id, {_FINDING}", f"{_ID}, {_MESSAGE_ID}, {_FINDING}"),
        (
            "bearing",
            "message_id",
            f"message_id, day, {_BEARING}",
            f"{_MESSAGE_ID}, date(day, :day), {_BEARING}",
        ),
        ("bearing_mark", "message_id", f"message_id, {_MARK}", f"{_MESSAGE_ID}, {_MARK}"),
        (
            "judgement",
            "message_id",
            "message_id, case_id, inputs, packs",
            f"{_MESSAGE_ID}, case_id, inputs, packs",
        ),
    )
)


# --- the window -----------------------------------------------------------------------------------


class Stalls:
    """Looks at the clock from within the event loop; remembers how late each look was."""

    def __init__(self) -> None:
        self._clock = QElapsedTimer()
        self._clock.start()
        self._last = 0.0
        self._worked = self._program_worked = 0.0
        self._late: list[tuple[float, float, float]] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)
        self._timer.start(TICK)

    def _look(self) -> None:
        now, worked = self._clock.nsecsElapsed() / 1e6, time.thread_time() * 1000
        program = time.process_time() * 1000
        late = now - self._last - TICK
        self._late.append((late, worked - self._worked, program - self._program_worked))
        self._last, self._worked, self._program_worked = now, worked, program

    def begin(self) -> None:
        """Forget what was; begin to watch."""
        self._look()
        self._late = []

    def longest(self) -> tuple[float, float]:
        """Return the longest stall since `begin`, and the longest work of the window's own thread.

        Both in milliseconds between two looks. The first also holds what other threads and other
        programs took; on a busy machine only the second says something about the window.
        """
        self._look()
        return max(late for late, _, _ in self._late), max(worked for _, worked, _ in self._late)

    def over(self, milliseconds: float) -> list[tuple[float, float]]:
        """Return the stalls since `begin` that were longer than so many milliseconds.

        With each, how long all threads of the program worked meanwhile: where that is less, other
        programs had the processors.
        """
        self._look()
        return [(late, program) for late, _, program in self._late if late > milliseconds]


class Bench:
    """The window with the case open, and a person at it."""

    def __init__(self, window: MainWindow, library: Library) -> None:
        self.window = window
        self.library = library
        self.page = window.case_page
        self.review = self.page.review
        (self.timeline,) = self.page.findChildren(TimelinePlace)
        (self.numbers,) = self.page.findChildren(NumbersPlace)
        self.stalls = Stalls()
        self.worst = (0.0, 0.0)

    @contextmanager
    def doing(self, name: str) -> Iterator[None]:
        """Print how long the block took until all was quiet, and the longest stall."""
        self.stalls.begin()
        began = time.perf_counter()
        yield
        self.settle()
        took = (time.perf_counter() - began) * 1000
        stall, work = self.stalls.longest()
        self.worst = max(self.worst[0], stall), max(self.worst[1], work)
        print(f"{name:<40} {took:8.0f} ms   stall {stall:7.1f} ms   own work {work:6.1f} ms")

    @property
    def state(self) -> tuple[object, ...]:
        """What nearly everything that a person does changes."""
        view, stack = self.review.view, self.library.undo_stack
        listed = len(self.review.model.outline), len(self.timeline.list.model.outline)
        place = self.page.places.current, self.numbers.current and self.numbers.current.key
        chosen = view.current_id, view.selected_count()
        return listed, chosen, place, stack.index(), stack.count()

    def settle(self) -> None:
        """Wait until nothing runs and nothing is about to."""
        runners = self.library.runners
        quiet = 0
        while quiet < 20:
            wait(5)
            busy = self.window.workbench.busy
            busy = busy or any(timer.isActive() for timer in self.page.findChildren(QTimer))
            busy = busy or any(r.busy for r in (runners.readers, runners.writer, runners.long))
            quiet = 0 if busy else quiet + 1


def measure(path: Path, settings: Path) -> None:
    """Do what a reviewer does, once each."""
    app = QApplication(sys.argv[:1])
    store = QSettings(str(settings), QSettings.Format.IniFormat)
    window = build_window(app, WindowSettings(store))
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    spare_the_collector()
    prepare_rules().join()  # a person takes longer to open a case
    (library,) = app.findChildren(Library)
    bench = Bench(window, library)
    with bench.doing("open"):
        window.workbench.case_ready.emit(*_opened(path))
    print(f"{len(bench.review.model.outline.ids)} messages")
    for name, act in _deeds(bench):
        before = bench.state
        with bench.doing(name):
            act()
        if bench.state == before and name not in _STILL:
            raise RuntimeError(f"{name}: nothing happened")
    print(
        f"longest stall {bench.worst[0]:.1f} ms, longest own work {bench.worst[1]:.1f} ms"
        f" (goal: {STALL_GOAL})"
    )
    bench.settle()
    window.close()
    bench.settle()  # what was read for the window that is going


_STILL = ("nothing, for a second", "scroll by the wheel, 200 notches")
"""What leaves the list, the current message and the undo stack as they are."""


def _opened(path: Path) -> tuple[object, object]:
    case = open_case(path)
    with case.view() as work:
        return case, work.case.card()


def _deeds(bench: Bench) -> Iterator[tuple[str, Callable[[], None]]]:
    review, page, window = bench.review, bench.page, bench.window
    yield "nothing, for a second", lambda: wait(1000)
    yield "scroll by the wheel, 200 notches", lambda: _scroll(bench)
    yield "to the end", lambda: QTest.keyClick(review.view, Qt.Key.Key_End)
    yield "to the start", lambda: QTest.keyClick(review.view, Qt.Key.Key_Home)
    yield "down, 30 messages", lambda: _press(review.view, Qt.Key.Key_Down, 30)
    yield "accept, 30 messages", lambda: _press(review.view, Qt.Key.Key_Return, 30)
    for words in ("钱", "还钱", "最后通知", "4321"):
        yield f"search as you type: {words}", lambda words=words: _search(bench, words)
    yield "leave the search", page.search_edit.clear
    for view in (View.NEW, View.UNLABELLED, View.SPECIAL, View.PROPOSED, View.ALL):
        yield f"view {view}", lambda view=view: page.views.choose(view)
    yield from _deeds_in_places(bench)
    yield "select 100, mark", lambda: _mark_hundred(bench)
    yield "undo", window.undo
    yield "redo", window.redo
    yield "select all", review.view.selectAll
    yield "correct a text, rules judge anew", lambda: _correct(bench)
    yield "undo", window.undo


def _deeds_in_places(bench: Bench) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield what is done where figures are shown; the first one loads the charts and counts."""
    places = bench.page.places
    yield "open the timeline", lambda: places.choose("timeline")
    yield "a day of the calendar", lambda: _choose_days(bench, Qt.KeyboardModifier.NoModifier)
    yield "all days", lambda: _choose_days(bench, Qt.KeyboardModifier.ShiftModifier)
    yield "search in the timeline: 还钱", lambda: _search(bench, "还钱")
    yield "leave the search in the timeline", bench.page.search_edit.clear
    yield "open the numbers", lambda: places.choose("numbers")
    yield "the next number", lambda: QTest.keyClick(bench.numbers.tree, Qt.Key.Key_Down)
    yield "filter the numbers", lambda: bench.numbers.filter_edit.setText("8012")
    yield "open the timeline again", lambda: places.choose("timeline")
    yield "back to the review", lambda: places.choose(REVIEW)


def _choose_days(bench: Bench, modifier: Qt.KeyboardModifier) -> None:
    chart = bench.timeline.calendar.chart
    QTest.keyClick(chart, Qt.Key.Key_End)
    QTest.keyClick(chart, Qt.Key.Key_Home, modifier)
    QTest.keyClick(chart, Qt.Key.Key_Return)


def _scroll(bench: Bench) -> None:
    for _ in range(200):
        turn_wheel(bench.review.view, -120)
        wait(2)


def turn_wheel(view: QAbstractItemView, by: int) -> None:
    """Turn the mouse's wheel over a list: a notch is 120, downwards negative."""
    viewport, at = view.viewport(), QPointF(60, 200)
    event = QWheelEvent(
        at, viewport.mapToGlobal(at), QPoint(0, by), QPoint(0, by),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def _press(widget: object, key: Qt.Key, times: int) -> None:
    for _ in range(times):
        QTest.keyClick(widget, key)
        wait(20)


def _search(bench: Bench, words: str) -> None:
    bench.page.search_edit.clear()
    for char in words:
        bench.page.search_edit.insert(char)
        wait(80)


def _mark_hundred(bench: Bench) -> None:
    view = bench.review.view
    view.choose_first()
    for _ in range(99):
        QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        wait(2)
    QTest.keyClick(view, Qt.Key.Key_9)
    bench.settle()
    QTest.keyClick(view, Qt.Key.Key_Return)


def _correct(bench: Bench) -> None:
    review = bench.review
    review.view.select_current_only()
    bench.settle()
    review.reading.text.begin_edit()
    review.reading.text.insertPlainText("！")
    review.reading.text.save()


def wait(milliseconds: int) -> None:
    """Let the event loop run, as it does in the program."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
