"""Make the pictures of the READMEs from the real program: `python docs/make_pictures.py`.

Needs no screen. Makes the sample case, opens it in the window, shows its export page, and draws
pages of its court PDF into docs/pictures. `docs/draw_window.py` draws
every page in two sizes, light and dark, into a folder of your own.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["SMSDESK_LANG"] = "zh"

import pypdfium2
from PIL import Image, ImageOps
from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QApplication

from smsdesk.domain.findings import ViolationType
from smsdesk.domain.queries import MessageQuery
from smsdesk.gui.app import build_window
from smsdesk.gui.language import install_language
from smsdesk.gui.main_window import MainWindow
from smsdesk.gui.places.registry import EXPORT
from smsdesk.gui.settings import WindowSettings
from smsdesk.services import listing
from smsdesk.services.cases import open_case
from smsdesk.services.demo import DemoResult, make_demo
from smsdesk.services.jobs import Task

PICTURES = Path(__file__).parent / "pictures"
WINDOW = QSize(1360, 850)
SHOWN = MessageQuery(label=ViolationType.IMPERSONATION)
"""The message chosen in the window is the first of these: two findings, easy to understand."""
PAGE_WIDTH = 620


def main() -> None:
    """Make the sample case in a folder that goes away, and the pictures of it."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        demo = make_demo(Path(folder), Task())
        draw_window(demo, Path(folder) / "settings.ini")
        draw_pages(demo)


def draw_window(demo: DemoResult, settings: Path) -> None:
    """Grab the window with the sample case: one message chosen, then what is exported."""
    app = QApplication(sys.argv[:1])
    install_language(app, "zh")
    store = QSettings(str(settings), QSettings.Format.IniFormat)
    window = build_window(app, WindowSettings(store))
    window.resize(WINDOW)
    window.show()
    window.open_case(demo.case_path)
    settle(app)
    page = window.case_page.review
    row = page.model.row_of(shown_message(demo))
    page.view.setCurrentIndex(page.model.index(row or 0, 0))
    settle(app)
    grab(window, PICTURES / "window.png")
    window.case_page.show_place(EXPORT)
    settle(app)
    grab(window, PICTURES / "export.png")
    window.close()


def grab(window: MainWindow, target: Path) -> None:
    """Save what the window shows."""
    window.grab().save(str(target))
    with Image.open(target) as picture:
        save_small(picture, target)


def shown_message(demo: DemoResult) -> int:
    """Return the id of the message that the window shall show."""
    with closing(open_case(demo.case_path)) as case:
        return listing.message_ids(case, SHOWN)[0]


def settle(app: QApplication, seconds: float = 4) -> None:
    """Let the window finish what it reads in the background."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.02)


def draw_pages(demo: DemoResult) -> None:
    """Draw the cover, and the page of the timeline with most findings, beside each other."""
    document = pypdfium2.PdfDocument(demo.pdf_path)
    texts = [page.get_textpage().get_text_range() for page in document]
    timeline = [i for i, text in enumerate(texts) if "短信时间轴" in text and "原件见第" in text]
    fullest = max(timeline, key=lambda i: texts[i].count("涉嫌"))
    pages = [draw_page(document[i]) for i in (0, fullest)]
    gap = 24
    sheet = Image.new("RGB", (2 * pages[0].width + gap, pages[0].height), "white")
    for number, page in enumerate(pages):
        sheet.paste(page, (number * (page.width + gap), 0))
    save_small(sheet, PICTURES / "court-pdf.png")


def draw_page(page: pypdfium2.PdfPage) -> Image.Image:
    """Return one page with a thin grey edge, drawn large and made smaller for clean letters."""
    drawn = page.render(scale=2 * PAGE_WIDTH / page.get_width()).to_pil().convert("RGB")
    drawn = drawn.resize((PAGE_WIDTH, round(drawn.height * PAGE_WIDTH / drawn.width)))
    return ImageOps.expand(drawn, border=1, fill="#c8ccd0")


def save_small(picture: Image.Image, target: Path) -> None:
    """Save with 256 colours: about a third of the size, and no difference to the eye."""
    picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(target, optimize=True)
    print(f"{target}: {picture.width} x {picture.height}, {target.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
