"""Checks a case or an evidence package, says plainly what came of it, and shows the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from html import escape
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from smsdesk.gui import icons
from smsdesk.gui.choosing import Chooser
from smsdesk.gui.dialogs.custody_log import CustodyLogDialog
from smsdesk.gui.jobs import Job
from smsdesk.gui.language import current_language
from smsdesk.gui.library import Library
from smsdesk.gui.message_bar import MessageBar
from smsdesk.gui.panels.shelf_row import moment_words
from smsdesk.gui.shelf import Shelf
from smsdesk.gui.theme import Theme
from smsdesk.gui.workbench import Workbench, link_html
from smsdesk.services import verifying, verifying_packages
from smsdesk.services.custody_words import LogBook, log_book
from smsdesk.services.unpacking import PackageKind
from smsdesk.services.verdict_words import case_verdict, package_verdict
from smsdesk.services.verifying import Verdict
from smsdesk.services.verifying_packages import PackageVerdict

LINK_VERIFY = "smsdesk:verify-package"
LINK_OPEN = "smsdesk:open-package"
LINK_IMPORT = "smsdesk:import-package"

_MOST_PROBLEMS = 12
"""Problems named in the message bar; the command line lists all."""


class TrustDesk(QObject):
    """Runs on the workbench; the header's button shows when the case was last verified."""

    failed = Signal(object)
    open_asked = Signal(object)
    """The Path of a package whose case is to be taken out and opened."""
    import_asked = Signal(object)
    """The Path of a package whose pictures are to be imported all the same."""

    def __init__(
        self,
        library: Library,
        workbench: Workbench,
        bar: MessageBar,
        shelf: Shelf,
        theme: Theme,
        button: QToolButton,
        chooser: Chooser,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._library = library
        self._workbench = workbench
        self._bar = bar
        self._shelf = shelf
        self._theme = theme
        self._button = button
        self._chooser = chooser
        self._offered: Path | None = None
        theme.changed.connect(self.show_known)

    def verify(self) -> None:
        """Check every hash of the open case."""
        if not self._workbench.refuse_if_busy():
            job = self._library.run_long(verifying.verify)
            self._workbench.run(self.tr("Verifying"), job, self._on_case)

    def choose_package(self) -> None:
        """Ask for an evidence package, and check it."""
        if self._workbench.refuse_if_busy():
            return
        chosen = self._chooser.package()
        if chosen is not None:
            self.verify_package(chosen)

    def verify_package(self, path: Path) -> None:
        """Check a package as whoever receives it would; nothing is changed or opened."""
        job = Job(partial(verifying_packages.verify_package, path))
        self._workbench.run(
            self.tr("Verifying the package"), job, lambda found: self._on_package(path, found)
        )

    def choose_folder(self) -> None:
        """Ask for the folder that a package was unpacked to, and check it."""
        if self._workbench.refuse_if_busy():
            return
        chosen = self._chooser.folder(self.tr("Verify an unpacked evidence package"))
        if chosen is not None:
            self.verify_package(chosen)

    def offer(self, path: Path, kind: PackageKind) -> None:
        """Offer to check a package that came without a word what is wanted with it."""
        self._offered = path
        said = self.tr("{name} is an evidence package, not a picture.").format(name=path.name)
        links = [link_html(LINK_VERIFY, self.tr("Verify this package"))]
        if kind is PackageKind.WITH_CASE:
            links.append(link_html(LINK_OPEN, self.tr("Open the case in it")))
        links.append(link_html(LINK_IMPORT, self.tr("Import its pictures all the same")))
        self._bar.inform("  ·  ".join([escape(said), *links]))

    def follow(self, link: str) -> bool:
        """Do what a link of the offer says; False if it is none of them."""
        path, acts = (
            self._offered,
            {
                LINK_VERIFY: self._verify_offered,
                LINK_OPEN: self.open_asked.emit,
                LINK_IMPORT: self.import_asked.emit,
            },
        )
        if link not in acts or path is None:
            return False
        self._bar.hide()
        acts[link](path)
        return True

    def _verify_offered(self, path: Path) -> None:
        if not self._workbench.refuse_if_busy():
            self.verify_package(path)

    def show_known(self) -> None:
        """Show in the header when this case was last verified here, and what came of it."""
        case = self._library.case
        known = self._shelf.verdict_of(case) if case else None
        button, colours = self._button, self._theme.colours
        if known is None:
            button.setText(self.tr("Verify"))
            button.setIcon(icons.icon("shield", colours.muted))
            return
        pattern = self.tr("Whole {time}") if known.whole else self.tr("Damage found {time}")
        button.setText(pattern.format(time=moment_words(known.verified)))
        name, colour = (
            ("shield", colours.good) if known.whole else ("shield-broken", colours.danger)
        )
        button.setIcon(icons.icon(name, colour))

    def ask_log(self) -> None:
        """Show the custody log, put into words."""
        language = current_language()
        job = self._library.run_long(lambda case, task: log_book(case, language, task))
        job.succeeded.connect(self._show_log)
        job.failed.connect(self.failed)
        self._library.runners.readers.start(job)

    def _show_log(self, book: LogBook) -> None:
        dialog = CustodyLogDialog(book, self._theme, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _on_case(self, verdict: Verdict) -> None:
        case = self._library.case
        if case is not None:
            self._shelf.note_verdict(case, verdict, dt.datetime.now().astimezone())
        self.show_known()
        self._say(case_verdict(verdict, current_language()), whole=verdict.ok)

    def _on_package(self, path: Path, verdict: PackageVerdict) -> None:
        lines = package_verdict(verdict, current_language())
        self._say([path.name, *lines], whole=verdict.ok)

    def _say(self, lines: Sequence[str], *, whole: bool) -> None:
        shown = [escape(line) for line in lines]
        if len(shown) > _MOST_PROBLEMS:
            more = self.tr("%n more", "", len(shown) - _MOST_PROBLEMS)
            shown = [*shown[: _MOST_PROBLEMS - 1], escape(more), shown[-1]]
        if whole:
            self._bar.succeed("  ".join(shown))
        else:
            self._bar.warn("<br>".join(shown))
