"""Long work that the window starts, such as opening and exporting; and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from smsdesk.domain.cases import CaseCard, ImportStatus
from smsdesk.domain.queries import MessageQuery
from smsdesk.gui.dialogs.new_case import free_path
from smsdesk.gui.jobs import Job
from smsdesk.gui.library import Library
from smsdesk.gui.message_bar import MessageBar
from smsdesk.gui.panels.progress_strip import ProgressStrip
from smsdesk.services import cases, demo, formats, unpacking
from smsdesk.services.delivering import ExportResult
from smsdesk.services.importing import ImportReport
from smsdesk.services.jobs import Task
from smsdesk.services.listing import CaseSummary
from smsdesk.storage.case_file import CaseFile

LINK_SET_ASIDE = "smsdesk:set-aside"
LINK_TWINS = "smsdesk:twins"
LINK_RESUME = "smsdesk:resume"
LINK_COPY = "smsdesk:copy"


class Workbench(QObject):
    """One long piece of work at a time; its progress in the strip, its end in the message bar."""

    case_ready = Signal(object, object)
    """A CaseFile that was opened or made, and its CaseCard; nobody owns it yet."""
    failed = Signal(object)

    def __init__(
        self, library: Library, bar: MessageBar, strip: ProgressStrip, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._bar = bar
        self._strip = strip
        self._running = False

    @property
    def busy(self) -> bool:
        """Whether something long is running; another one would only wait for it."""
        return self._running

    def refuse_if_busy(self) -> bool:
        """Say so and return True while something long is running."""
        if self.busy:
            self._bar.inform(
                self.tr("Something is still running: wait for it, or cancel it below.")
            )
        return self.busy

    def open_case(self, path: Path) -> None:
        """Open a case file."""

        def work(_task: Task) -> tuple[CaseFile, CaseCard]:
            case = cases.open_case(path)
            return case, cases.card(case)

        self.run(self.tr("Opening"), Job(work), self._on_case)

    def open_package(self, package: Path, folder: Path) -> None:
        """Take the case out of an evidence package into *folder*, and open it."""
        name = package.name if package.is_dir() else package.stem

        def work(task: Task) -> tuple[CaseFile, CaseCard]:
            cases.make_folder(folder)
            case = unpacking.open_package(package, free_path(folder / f"{name}.smscase"), task)
            return case, cases.card(case)

        self.run(self.tr("Opening the package"), Job(work), self._on_case)

    def create_case(self, path: Path, card: CaseCard) -> None:
        """Make a case file; its folder is made too."""

        def work(_task: Task) -> tuple[CaseFile, CaseCard]:
            cases.make_folder(path.parent)
            return cases.create_case(path, card), card

        self.run(self.tr("Making the case"), Job(work), self._on_case)

    def make_sample(self, folder: Path) -> None:
        """Make the sample case in *folder* with the real engine, or open the one made before."""
        path = folder / f"{demo.CASE_NAME}.smscase"

        def work(task: Task) -> tuple[CaseFile, CaseCard]:
            if path.exists():
                case = cases.open_case(path)
            else:
                cases.make_folder(folder)
                case = demo.make_sample_case(path, task, self._library.reader)
            return case, cases.card(case)

        self.run(self.tr("Making the sample case"), Job(work), self._on_case)

    def export(self, target: Path, query: MessageQuery) -> None:
        """Write a PDF or a JSON file, by the ending of *target*."""
        exporter = formats.EXPORTERS[target.suffix.lower()]
        job = self._library.run_long(lambda case, task: exporter(case, target, query, task))
        self.run(self.tr("Exporting"), job, self._on_exported)

    def run(self, title: str, job: Job, then: Callable[[Any], None]) -> None:
        """Run *job* under *title*, its progress in the strip; *then* gets what comes of it."""
        self._bar.hide()
        self._running = True
        job.succeeded.connect(lambda result: self._end(lambda: then(result)))
        job.failed.connect(lambda error: self._end(lambda: self.failed.emit(error)))
        job.cancelled.connect(lambda: self._end(self._on_cancelled))
        self._strip.follow(title, job)
        self._library.runners.long.start(job)

    def _end(self, then: Callable[[], object]) -> None:
        self._running = False  # before `then`, which may go on with the next piece of work
        then()

    def _on_case(self, result: tuple[CaseFile, CaseCard]) -> None:
        self.case_ready.emit(*result)

    def _on_cancelled(self) -> None:
        self._bar.inform(self.tr("Stopped. What was finished until then is kept."))

    def _on_exported(self, result: ExportResult) -> None:
        file = QUrl.fromLocalFile(str(result.path)).toString()
        folder = QUrl.fromLocalFile(str(result.path.parent)).toString()
        done = (
            self.tr("Exported: %n page(s), {messages} of {all} messages", "", result.pages)
            if result.pages
            else self.tr("Exported: {messages} of {all} messages")
        ).format(messages=result.messages, all=result.of_messages)
        parts = [
            escape(done),
            link_html(file, self.tr("Open")),
            link_html(folder, self.tr("Show in folder")),
        ]
        self._bar.succeed("  ·  ".join(parts))


def import_sentence(report: ImportReport, summary: CaseSummary) -> str:
    """Return what an import did, in one sentence with links (HTML)."""
    words = _ImportWords()
    counts = {status: len(report.with_status(status)) for status in ImportStatus}
    parts = [words.imported(counts[ImportStatus.IMPORTED])]
    if counts[ImportStatus.DUPLICATE]:
        there = escape(words.duplicates(counts[ImportStatus.DUPLICATE]))
        parts.append(f"{there} {link_html(LINK_TWINS, words.look())}")
    if counts[ImportStatus.SET_ASIDE]:
        unreadable = escape(words.unreadable(counts[ImportStatus.SET_ASIDE]))
        parts.append(f"{unreadable} {link_html(LINK_SET_ASIDE, words.look())}")
    parts.append(words.recognised(report.messages, summary.messages.new))
    return words.joined(parts)


class _ImportWords(QObject):
    """The parts of the sentence, each with its plural."""

    def imported(self, count: int) -> str:
        return self.tr("Imported %n picture(s)", "", count)

    def duplicates(self, count: int) -> str:
        return self.tr("%n there already", "", count)

    def unreadable(self, count: int) -> str:
        return self.tr("%n could not be read", "", count)

    def look(self) -> str:
        return self.tr("see which")

    def recognised(self, count: int, new: int) -> str:
        recognised = self.tr("%n message(s) recognised", "", count)
        return recognised + self.tr(", %n to review in the case", "", new)

    def joined(self, parts: list[str]) -> str:
        return self.tr(", ").join(parts) + self.tr(".")


def link_html(target: str, text: str) -> str:
    """Return a link for the message bar."""
    return f'<a href="{escape(target)}">{escape(text)}</a>'


def open_link(link: str) -> None:
    """Open a finished file or its folder with the system's own program."""
    QDesktopServices.openUrl(QUrl(link))
