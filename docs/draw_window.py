"""Draw every page of the window, to be looked at: `python docs/draw_window.py FOLDER [CASE]`.

Needs no screen. Draws in two sizes, light and dark; SMSDESK_LANG=en draws it in English,
QT_SCALE_FACTOR=1.5 as on a dense screen. Works on a copy of CASE, or on a sample case that it
makes. Nothing of it is kept in the repository.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QDialog, QToolButton

from smsdesk.domain.findings import ViolationType
from smsdesk.domain.missing import Remedy
from smsdesk.gui.app import build_window
from smsdesk.gui.clipboard import Incoming
from smsdesk.gui.language import install_language, wanted_language
from smsdesk.gui.main_window import MainWindow
from smsdesk.gui.panels.message_text import LARGEST, USUAL
from smsdesk.gui.panels.views import View
from smsdesk.gui.places.registry import REVIEW, places
from smsdesk.gui.settings import WindowSettings
from smsdesk.gui.theme import Look
from smsdesk.resources import resource
from smsdesk.services.demo import make_demo
from smsdesk.services.jobs import Task

SIZES = ((1280, 800), (1920, 1080))
LOOKS = (Look.LIGHT, Look.DARK)


class Draughtsman:
    """Grabs the window, or the dialog over it, into files named after size, look and page."""

    def __init__(self, app: QApplication, window: MainWindow, folder: Path) -> None:
        self.window = window
        self._app = app
        self.folder = folder

    def draw(self, page: str, before: Callable[[], None] = lambda: None) -> None:
        """Draw what is shown, in every size and look; *before* is done before each picture."""
        for size in SIZES:
            self.window.resize(*size)
            for look in LOOKS:
                self.window._choose_look(look)  # noqa: SLF001 - as the menu does
                self.settle(0.4)
                before()
                self.settle(0.1)
                name = f"{page}-{size[0]}-{look.value}.png"
                self._top().grab().save(str(self.folder / name))

    def _top(self) -> QDialog | MainWindow:
        dialogs = [d for d in self.window.findChildren(QDialog) if d.isVisible()]
        return dialogs[-1] if dialogs else self.window

    def settle(self, seconds: float) -> None:
        """Let the window finish what it reads in the background."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._app.processEvents()
            time.sleep(0.01)

    def wait(self, done: Callable[[], bool], seconds: float = 120) -> None:
        """Let the window go on until *done*."""
        end = time.monotonic() + seconds
        while not done() and time.monotonic() < end:
            self.settle(0.05)


def main() -> None:
    """Make the sample case and walk through the window."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    install_language(app, wanted_language())
    with tempfile.TemporaryDirectory() as place:
        demo = case_for(Path(place), sys.argv[2:])
        store = QSettings(str(Path(place) / "settings.ini"), QSettings.Format.IniFormat)
        window = build_window(app, WindowSettings(store))
        window.show()
        pen = Draughtsman(app, window, folder)
        walk(pen, demo, Path(place))
        window.close()


def case_for(place: Path, given: list[str]) -> Path:
    """Return a case to be walked through, a copy of the one given or a new sample case."""
    if given:
        return Path(shutil.copy(given[0], place / "case.smscase"))
    return make_demo(place, Task()).case_path


def walk(pen: Draughtsman, demo: Path, place: Path) -> None:
    """Show every page that belongs to the frame."""
    pen.draw("start-first")
    with case_open(pen, demo):
        window = pen.window
        pen.draw("case")
        window.key_sheet.toggle()
        pen.draw("keys")
        window.key_sheet.toggle()
        walk_places(pen)
        walk_review(pen)
        walk_dialogs(pen)
        walk_import(pen, place)
    window.shelf.show()
    pen.draw("shelf")
    shutil.move(demo, place / "moved.smscase")
    window.shelf.show()
    pen.settle(1)
    pen.draw("shelf-missing")
    window.ask_new_case()
    pen.draw("new-case")
    window.findChildren(QDialog)[-1].reject()


@contextmanager
def case_open(pen: Draughtsman, path: Path) -> Iterator[None]:
    """Open a case for a while."""
    window = pen.window
    window.open_case(path)
    pen.wait(window.case_page.isVisible)
    pen.settle(2)
    yield
    window.close_case()
    pen.wait(window.start_page.isVisible)


def walk_places(pen: Draughtsman) -> None:
    """Show every place of the case, then the preview and the masks."""
    page = pen.window.case_page
    for entry in places():
        page.show_place(entry.key)
        rest(pen)
        pen.draw(f"place-{entry.key}")
    desk = pen.window.export_desk
    page.exporting.preview_asked.emit(page.exporting.form.wish)
    pen.wait(lambda: desk.preview is not None)
    if desk.preview is not None:
        pen.settle(2)
        desk.preview.grab().save(str(pen.folder / "preview.png"))
        desk.preview.close()
    page.exporting.masks_asked.emit()
    pen.settle(1)
    pen.draw("masks")
    pen.window.findChildren(QDialog)[-1].reject()
    page.show_place(REVIEW)
    pen.settle(0.5)


def walk_review(pen: Draughtsman) -> None:
    """Show the heart of the window with each kind of message, then a change of many."""
    page = pen.window.case_page
    for view in (View.DOUBTFUL, View.PROPOSED, View.SPECIAL, View.UNSETTLED, View.REJECTED):
        page.views.choose(view)
        rest(pen)
        pen.draw(f"review-{view}", lambda: unfold_provisions(pen))
    page.views.choose(View.ALL)
    rest(pen)
    pen.window._step_text(LARGEST)  # noqa: SLF001 - as A+ does
    pen.draw("review-large-text")
    pen.window._step_text(USUAL - LARGEST)  # noqa: SLF001
    page.view.setFocus()
    page.view.selectAll()
    page.review.toggle_label(ViolationType.INSULT)
    rest(pen)
    pen.draw("review-bulk")
    page.view.clearSelection()
    page.search_edit.setText("幼儿园")
    rest(pen)
    pen.draw("review-search")
    page.search_edit.clear()
    rest(pen)


def unfold_provisions(pen: Draughtsman) -> None:
    """Show under which provisions the first finding may fall; a new look folds them again."""
    reading = pen.window.case_page.review.reading
    folded = reading.findChildren(QToolButton, "provisions_button")
    for button in [one for one in folded if one.isVisible()][:1]:
        button.click()


def rest(pen: Draughtsman) -> None:
    """Wait until the window has shown what it was asked for."""
    pen.settle(1)
    pen.wait(lambda: not pen.window._library.runners.busy)  # noqa: SLF001
    pen.settle(1)


def walk_dialogs(pen: Draughtsman) -> None:
    """Show each dialog once."""
    window = pen.window
    for name in ("card", "log", "preferences", "about"):
        getattr(window, f"{name}_action").trigger()
        pen.wait(lambda: any(d.isVisible() for d in window.findChildren(QDialog)))
        pen.draw(name)
        window.findChildren(QDialog)[-1].reject()
        pen.settle(0.2)
    window.case_page.exporting.remedy_asked.emit(Remedy.PHONES)
    pen.wait(lambda: any(d.isVisible() for d in window.findChildren(QDialog)))
    pen.draw("phones")
    window.findChildren(QDialog)[-1].reject()
    pen.settle(0.2)
    window.verify_action.trigger()
    pen.wait(lambda: not window.workbench.busy)
    pen.draw("verified")
    window.show_error(ZeroDivisionError("a bug, for the picture"))
    pen.draw("crash")
    window.bar.hide()


def walk_import(pen: Draughtsman, place: Path) -> None:
    """Show an import from the question to the sentence at its end."""
    window = pen.window
    copied = place / "手机截图"
    copied.mkdir()
    for number, picture in enumerate(sorted(resource("samples").glob("IMG_04*.PNG"))[:6]):
        (copied / f"{number}.bin").write_bytes(picture.read_bytes() + bytes([number]))
    (copied / "说明.docx").write_bytes(b"no picture")
    (copied / "空.png").write_bytes(b"")
    window.ask_import(Incoming((copied,)))
    panel = window.case_page.import_panel
    pen.wait(lambda: panel.isVisible() and bool(panel.survey_label.text()))
    pen.draw("question")
    panel.start_button.click()
    desk = window.import_desk
    window.tray.show_open(True)
    pen.wait(lambda: desk.progress is not None and desk.progress.done > 0)
    desk.set_paused(True)
    pen.settle(2)
    pen.draw("reading-paused")
    desk.set_paused(False)
    pen.draw("reading")
    pen.wait(lambda: not desk.busy)
    window.tray.show_set_aside()
    pen.settle(2)
    pen.draw("set-aside")


if __name__ == "__main__":
    main()
