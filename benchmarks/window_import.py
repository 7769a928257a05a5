"""Measure the window while pictures are read: python -m benchmarks.window_import [FOLDER].

A person scrolls the list and walks through it with the keys, first with nothing else going on, then
while an import of the pictures in FOLDER (default: the bundled samples) runs; the first is the
baseline of the machine, which may be busy with other things. Prints for both how often and for how
long the event loop stood still for more than 50 ms; how many of these stalls are the program's own
(its threads worked for more than 50 ms meanwhile, while in the others the processors were with
other programs); and what processor time was used beside the clock: by the window's own thread, by
the program, by its workers.

`--in-threads` reads in the program's own process, to compare.
Needs no screen.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.made_cases import make_case
from benchmarks.window import STALL_GOAL, Bench, Stalls, turn_wheel, wait
from smsdesk.gui.app import build_window, prepare_rules, spare_the_collector
from smsdesk.gui.clipboard import Incoming
from smsdesk.gui.library import Library
from smsdesk.gui.settings import WindowSettings
from smsdesk.ocr.registry import engine
from smsdesk.resources import resource
from smsdesk.services.cases import card, open_case
from smsdesk.services.readers import ThreadReader
from smsdesk.services.storing import Answers

MESSAGES, SCREENSHOTS = 500, 25
"""What the case holds before, so that there is something to scroll through."""

BASELINE = 15.0
"""Seconds for which the window is watched with nothing else going on."""


def main() -> None:
    """Make a case, and watch the window over it without and with an import."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=resource("samples"))
    parser.add_argument("--pictures", type=int, default=30, help="at the most")
    parser.add_argument("--in-threads", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.smscase"
        _elsewhere(path)
        _measure(path, _pictures(options.folder)[: options.pictures], options.in_threads)


def _elsewhere(path: Path) -> None:
    """Make the case in another process: nothing that the window loads is loaded before."""
    made = multiprocessing.get_context("spawn").Process(target=_make, args=(path,))
    made.start()
    made.join()


def _make(path: Path) -> None:
    make_case(path, MESSAGES, SCREENSHOTS).close()


def _pictures(folder: Path) -> list[Path]:
    endings = {".png", ".jpg", ".jpeg", ".webp", ".heic"}
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in endings)


def _measure(path: Path, pictures: list[Path], in_threads: bool) -> None:
    app = QApplication(sys.argv[:1])
    store = QSettings(str(path.with_suffix(".ini")), QSettings.Format.IniFormat)
    reader = ThreadReader(engine()) if in_threads else None
    window = build_window(app, WindowSettings(store), reader)
    window.resize(1280, 800)
    window.show()
    QTest.qWaitForWindowActive(window)
    spare_the_collector()
    prepare_rules().join()
    (library,) = app.findChildren(Library)
    bench = Bench(window, library)
    case = open_case(path)
    window.workbench.case_ready.emit(case, card(case))
    bench.settle()
    with _watching("nothing else", bench.stalls):
        _be_busy(bench, lambda: False, BASELINE)
    with _watching(f"{len(pictures)} pictures read", bench.stalls):
        window.import_desk.take_in(Incoming(tuple(pictures)), Answers())
        _be_busy(bench, lambda: not window.import_desk.busy, 1e9)
    _tell_of_workers()
    window.close()
    while window.isVisible():
        wait(20)


def _tell_of_workers() -> None:
    """Print what Linux knows of the workers; other systems do not tell so much of a process."""
    for worker in multiprocessing.active_children():
        process = Path(f"/proc/{worker.pid}")
        if process.is_dir():
            times = (process / "stat").read_text().rpartition(")")[2].split()
            seconds = (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")
            peak = next(line for line in (process / "status").open() if line.startswith("VmHWM"))
            print(f"worker: {seconds:.1f} s of processor, at most {int(peak.split()[1]) >> 10} MB")


@contextmanager
def _watching(name: str, watch: Stalls) -> Iterator[None]:
    watch.begin()
    began, used = time.perf_counter(), time.process_time()
    own = time.thread_time()
    yield
    stalls = watch.over(STALL_GOAL)
    late = [stall for stall, _ in stalls]
    own_fault = [stall for stall, worked in stalls if worked > STALL_GOAL]
    print(
        f"{name:<18} {time.perf_counter() - began:5.1f} s clock,"
        f" {time.process_time() - used:5.1f} s"
        f" processor ({time.thread_time() - own:.1f} own thread); stalls over {STALL_GOAL} ms:"
        f" {len(late)}, longest {max(late, default=0):.0f} ms, together {sum(late):.0f} ms;"
        f" the program's own: {len(own_fault)}, longest {max(own_fault, default=0):.0f} ms"
    )


def _be_busy(bench: Bench, done: Callable[[], bool], seconds: float) -> None:
    """Scroll, and walk through the messages, as a person does, until *done* or time is over."""
    view, end = bench.review.view, time.perf_counter() + seconds
    step = 0
    while not done() and time.perf_counter() < end:
        step += 1
        if step % 8:
            turn_wheel(view, -120 if step % 160 < 80 else 120)
        else:
            QTest.keyClick(view, Qt.Key.Key_Down if step % 160 < 80 else Qt.Key.Key_Up)
        wait(25)


if __name__ == "__main__":
    main()
