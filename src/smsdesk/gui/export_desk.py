"""What the export page asks for, from the question where to the sentence that it is done."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from html import escape
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from smsdesk.domain.cases import CaseCard
from smsdesk.domain.products import Made, Product, Wish, ending_of
from smsdesk.gui.choosing import Chooser
from smsdesk.gui.dialogs.new_case import file_name_for
from smsdesk.gui.language import current_language
from smsdesk.gui.library import Library
from smsdesk.gui.message_bar import MessageBar
from smsdesk.gui.preview_window import PreviewWindow
from smsdesk.gui.printing import Printed, ask_printer, make_printer, print_file
from smsdesk.gui.theme import Theme
from smsdesk.gui.workbench import Workbench, link_html
from smsdesk.services import products
from smsdesk.services.drawing_pages import PageDrawer
from smsdesk.services.jobs import Task
from smsdesk.storage.case_file import CaseFile
from smsdesk.wording import say

LINK_PRINT = "smsdesk:print:"
"""Begins the link that prints a finished PDF; its path follows."""

_NAMED = 3
"""Files named in one sentence; the pack's own instructions list them all."""

PrinterMaker = Callable[[int], QPrinter]
PrinterQuestion = Callable[[QPrinter, int, QWidget], bool]


class ExportDesk(QObject):
    """Makes, previews and prints through the workbench; drafts lie in a folder of its own."""

    def __init__(
        self,
        library: Library,
        workbench: Workbench,
        bar: MessageBar,
        chooser: Chooser,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._library = library
        self._workbench = workbench
        self._bar = bar
        self._chooser = chooser
        self._theme = theme
        self._window = window
        self._card = CaseCard("")
        self._drafts: tempfile.TemporaryDirectory[str] | None = None
        self._drafted: tuple[Wish, int, Path] | None = None
        self._changes = 0
        self.preview: PreviewWindow | None = None
        self.make_printer: PrinterMaker = make_printer
        self.ask_printer: PrinterQuestion = ask_printer
        for news in (
            library.case_changed,
            library.messages_changed,
            library.contents_changed,
            library.exhibits_changed,
            library.judged,
            library.rulings_changed,
        ):
            news.connect(self._note_change)
        library.case_changed.connect(self._forget)

    def set_card(self, card: CaseCard) -> None:
        """Know the case card: names of files and copies follow it, and drafts show it."""
        self._card = card
        self._note_change()

    # -- exporting -----------------------------------------------------------------------------

    def ask_export(self, product: Product, wish: Wish) -> None:
        """Ask where to, and make *product* there."""
        case = self._library.case
        if case is None or self._workbench.refuse_if_busy():
            return
        target = self._chooser.export_target(
            self._file_name(product), ending_of(product), case.path.parent
        )
        if target is not None:
            self._chooser.note_export(target)
            self.export(product, target, wish)

    def _file_name(self, product: Product) -> str:
        name = file_name_for(self._card.title) or self.tr("Case")
        if product is Product.PDF:
            return name
        kind = re.split(r"[（(]", say(f"products.{product}", current_language()))[0]
        return f"{name} {file_name_for(kind.strip())}"

    def export(self, product: Product, target: Path, wish: Wish) -> None:
        """Make *product* at *target*."""
        job = self._library.run_long(
            lambda case, task: products.make(case, product, target, wish, task)
        )
        self._workbench.run(self.tr("Exporting"), job, self._on_made)

    def _on_made(self, made: Made) -> None:
        self._bar.succeed("  ·  ".join([escape(self._done_words(made)), *self._links(made)]))

    def _done_words(self, made: Made) -> str:
        """Return what was exported, and what a person is still to see to."""
        whole = self.tr("Exported: {messages} of {all} messages")
        pattern = whole if made.of_messages else self.tr("Exported: {messages} messages")
        parts = [pattern.format(messages=made.messages, all=made.of_messages)]
        if made.pages:
            parts.append(self.tr("%n page(s)", "", made.pages))
        if volumes := len(made.volumes):
            parts.append(self.tr("%n volume(s)", "", volumes))
        if made.left_out:
            left_out = "; ".join(made.left_out[:_NAMED])
            parts.append(self.tr("not enclosed: {names}").format(names=left_out))
        if made.blanks:
            blanks = self.tr(", ").join(made.blanks)
            parts.append(self.tr("to be filled in: {names}").format(names=blanks))
        return " · ".join(parts)

    def _links(self, made: Made) -> list[str]:
        links = [
            link_html(QUrl.fromLocalFile(str(made.path)).toString(), self.tr("Open")),
            link_html(
                QUrl.fromLocalFile(str(made.path.parent)).toString(), self.tr("Show in folder")
            ),
        ]
        if made.path.suffix == ".pdf" and not made.volumes:
            links.append(link_html(f"{LINK_PRINT}{made.path}", self.tr("Print")))
        return links

    # -- preview -------------------------------------------------------------------------------

    def show_preview(self, wish: Wish) -> None:
        """Draw the court PDF as it would be, and show it in a window of its own."""
        self._with_draft(wish, self._open_preview)

    def _open_preview(self, path: Path) -> None:
        if self.preview is not None:
            self.preview.close()
        preview = PreviewWindow(path, self._theme, self._window)
        preview.print_asked.connect(lambda: self.print_path(path))
        preview.failed.connect(self._workbench.failed)
        preview.destroyed.connect(lambda: self._on_preview_gone(preview))
        self.preview = preview
        preview.show()

    def _on_preview_gone(self, preview: PreviewWindow) -> None:
        if self.preview is preview:
            self.preview = None

    def _with_draft(self, wish: Wish, then: Callable[[Path], None]) -> None:
        """Hand over a draft of *wish*; the one made before, if nothing has changed since."""
        if self._drafted is not None and self._drafted[:2] == (wish, self._changes):
            then(self._drafted[2])
            return
        if self._workbench.refuse_if_busy():
            return
        changes = self._changes
        if self._drafts is None:
            self._drafts = tempfile.TemporaryDirectory(prefix="smsdesk-")
        folder = Path(tempfile.mkdtemp(dir=self._drafts.name))

        def work(case: CaseFile, task: Task) -> Path:
            return products.draft_to_look_at(case, folder, wish, task)

        def made(path: Path) -> None:
            self._drafted = (wish, changes, path)
            then(path)

        self._workbench.run(self.tr("Drawing the pages"), self._library.run_long(work), made)

    # -- printing ------------------------------------------------------------------------------

    def print_wish(self, wish: Wish) -> None:
        """Print the court PDF as it would be exported."""
        self._with_draft(wish, self.print_path)

    def print_path(self, path: Path) -> None:
        """Ask for a printer and print a PDF; one copy for each opponent, and one for the court."""
        if self._workbench.refuse_if_busy():
            return
        printer = self.make_printer(products.copies_for(self._card))
        if not self.ask_printer(printer, PageDrawer(path).count, self._window):
            return

        def work(case: CaseFile, task: Task) -> Printed:
            printed = print_file(path, printer, task)
            products.log_print(case, path, printed.pages, printed.copies)
            return printed

        self._workbench.run(self.tr("Printing"), self._library.run_long(work), self._on_printed)

    def _on_printed(self, printed: Printed) -> None:
        text = self.tr("Sent to the printer: %n page(s), copies: {copies}", "", printed.pages)
        self._bar.succeed(escape(text.format(copies=printed.copies)))

    def follow(self, link: str) -> bool:
        """Follow a link of the message bar; False if it is not one of ours."""
        if not link.startswith(LINK_PRINT):
            return False
        self.print_path(Path(link.removeprefix(LINK_PRINT)))
        return True

    # -- drafts --------------------------------------------------------------------------------

    def _note_change(self) -> None:
        self._changes += 1

    def _forget(self) -> None:
        """Close the preview and remove the drafts of the case before."""
        if self.preview is not None:
            self.preview.close()
        self._drafted = None
        if self._drafts is not None:
            self._drafts.cleanup()
            self._drafts = None
