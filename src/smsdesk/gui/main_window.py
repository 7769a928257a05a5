"""The window: menus, pages, drops, errors; it asks and shows, the workbench works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QUndoCommand,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMainWindow,
    QMenu,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smsdesk import __version__
from smsdesk.domain.cases import CaseCard, ImportItem, SourceDevice
from smsdesk.domain.errors import SmsdeskError
from smsdesk.domain.queries import MessageQuery
from smsdesk.gui import icons
from smsdesk.gui.crash import crash_box
from smsdesk.gui.dialogs.case_card import CaseCardDialog
from smsdesk.gui.dialogs.new_case import SUFFIX, NewCaseDialog, file_name_for
from smsdesk.gui.dialogs.set_aside import SetAsideDialog
from smsdesk.gui.forms import load_form
from smsdesk.gui.key_sheet import KeySheet
from smsdesk.gui.language import current_language
from smsdesk.gui.library import Library
from smsdesk.gui.message_bar import MessageBar
from smsdesk.gui.panels.case_page import CasePage
from smsdesk.gui.panels.message_text import LARGEST, SMALLEST, USUAL
from smsdesk.gui.panels.progress_strip import ProgressStrip
from smsdesk.gui.panels.start_page import StartPage
from smsdesk.gui.settings import RecentCase, WindowSettings
from smsdesk.gui.theme import Look, Theme
from smsdesk.gui.workbench import LINK_RESUME, LINK_SET_ASIDE, Workbench, link_html, open_link
from smsdesk.services import cases, listing
from smsdesk.services.listing import CaseSummary
from smsdesk.services.verifying import Verdict
from smsdesk.storage.case_file import CaseFile
from smsdesk.wording import explain


class MainWindow(QMainWindow):
    """One window, one case."""

    central: QWidget
    bar_layout: QVBoxLayout
    pages: QStackedWidget
    strip_layout: QVBoxLayout
    file_menu: QMenu
    edit_menu: QMenu
    view_menu: QMenu
    new_action: QAction
    open_action: QAction
    sample_action: QAction
    import_files_action: QAction
    import_folder_action: QAction
    export_action: QAction
    export_list_action: QAction
    export_json_action: QAction
    close_case_action: QAction
    quit_action: QAction
    card_action: QAction
    verify_action: QAction
    set_aside_action: QAction
    keys_action: QAction
    about_action: QAction

    def __init__(self, library: Library, theme: Theme, settings: WindowSettings) -> None:
        super().__init__()
        load_form("main_window", self)
        self._library = library
        self._theme = theme
        self._settings = settings
        self._card = CaseCard("")
        self._case_path: Path | None = None
        self._dropped: tuple[Path, ...] = ()
        self._build()
        self._connect_actions()
        self._connect_parts()
        self._add_edit_menu()
        self._add_view_menu()
        self._restore()
        self._on_case_changed()

    def _build(self) -> None:
        self.setWindowIcon(icons.app_icon())
        self.bar = MessageBar(self._theme, self)
        self.bar_layout.addWidget(self.bar)
        self.strip = ProgressStrip(self)
        self.strip_layout.addWidget(self.strip)
        self.start_page = StartPage(self._theme, self)
        self.case_page = CasePage(self._library, self._theme, self._settings, self)
        self.pages.addWidget(self.start_page)
        self.pages.addWidget(self.case_page)
        self.key_sheet = KeySheet(self.central)
        self.workbench = Workbench(self._library, self.bar, self.strip, self)

    def _connect_actions(self) -> None:
        for action, act in (
            (self.new_action, self.ask_new_case),
            (self.open_action, self._choose_case),
            (self.sample_action, self._make_sample),
            (self.import_files_action, self._choose_files),
            (self.import_folder_action, self._choose_folder),
            (self.export_action, partial(self._choose_export, ".pdf", narrowed=False)),
            (self.export_list_action, partial(self._choose_export, ".pdf", narrowed=True)),
            (self.export_json_action, partial(self._choose_export, ".json", narrowed=False)),
            (self.close_case_action, self.close_case),
            (self.quit_action, self.close),
            (self.card_action, self._edit_card),
            (self.verify_action, self._verify),
            (self.set_aside_action, self._show_set_aside),
            (self.keys_action, self.key_sheet.toggle),
            (self.about_action, self._show_about),
        ):
            action.triggered.connect(_without_argument(act))

    def _connect_parts(self) -> None:
        start, page = self.start_page, self.case_page
        start.new_asked.connect(self.ask_new_case)
        start.open_asked.connect(self._choose_case)
        start.sample_asked.connect(self._make_sample)
        start.case_asked.connect(self.open_case)
        page.import_asked.connect(self._choose_files)
        page.import_panel.confirmed.connect(self._import)
        page.back_button.clicked.connect(self.close_case)
        page.verdict_button.clicked.connect(self._verify)
        page.export_button.clicked.connect(self.export_action.trigger)
        menu = QMenu(page.import_button)
        menu.addActions([self.import_files_action, self.import_folder_action])
        page.import_button.setMenu(menu)
        self.bar.link_activated.connect(self._follow)
        self.workbench.case_ready.connect(self._on_case_ready)
        self.workbench.verified.connect(self._on_verified)
        self.workbench.failed.connect(self.show_error)
        self._library.failed.connect(self.show_error)
        self._library.case_changed.connect(self._on_case_changed)
        self._theme.changed.connect(self._show_not_verified)

    def _add_edit_menu(self) -> None:
        stack = self._library.undo_stack
        undo = QAction(self.tr("Undo"), self)
        redo = QAction(self.tr("Redo"), self)
        undo.setShortcuts(QKeySequence.StandardKey.Undo)
        redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        undo.triggered.connect(self.undo)
        redo.triggered.connect(self.redo)
        undo.setEnabled(False)
        redo.setEnabled(False)
        stack.canUndoChanged.connect(undo.setEnabled)
        stack.canRedoChanged.connect(redo.setEnabled)
        stack.undoTextChanged.connect(
            lambda name: undo.setText(self.tr("Undo: {name}").format(name=name))
        )
        stack.redoTextChanged.connect(
            lambda name: redo.setText(self.tr("Redo: {name}").format(name=name))
        )
        search = QAction(self.tr("Search"), self)
        search.setShortcut(QKeySequence.StandardKey.Find)
        search.triggered.connect(self._search)
        self.edit_menu.addActions([undo, redo, search])

    def _add_view_menu(self) -> None:
        group = QActionGroup(self)
        names = {
            Look.SYSTEM: self.tr("As the system"),
            Look.LIGHT: self.tr("Light"),
            Look.DARK: self.tr("Dark"),
        }
        for look, name in names.items():
            action = QAction(name, self)
            action.setCheckable(True)
            action.setChecked(self._theme.look == look)
            action.triggered.connect(_without_argument(partial(self._choose_look, look)))
            group.addAction(action)
            self.view_menu.addAction(action)
        self.view_menu.addSeparator()
        for name, keys, step in (
            (self.tr("Larger text"), "Ctrl+Shift+=", 1),
            (self.tr("Smaller text"), "Ctrl+Shift+-", -1),
        ):
            action = QAction(name, self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(_without_argument(partial(self._step_text, step)))
            self.view_menu.addAction(action)

    # -- cases -----------------------------------------------------------------------------------

    def open_case(self, path: Path) -> None:
        """Open a case file."""
        if not self.workbench.refuse_if_busy():
            self._settings.set_folder("case", path.parent)
            self.workbench.open_case(path)

    def ask_new_case(self) -> None:
        """Ask for a new case, and make it."""
        if self.workbench.refuse_if_busy():
            return
        folder = self._settings.folder("case", _documents())
        dialog = NewCaseDialog(folder, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.confirmed.connect(self._create_case)
        dialog.rejected.connect(self._forget_dropped)
        dialog.open()

    def close_case(self) -> None:
        """Go back to the shelf."""
        if self._library.case is not None and not self.workbench.refuse_if_busy():
            self.bar.hide()
            self._library.set_case(None)

    def _create_case(self, path: Path, card: CaseCard) -> None:
        self._settings.set_folder("case", path.parent)
        self.workbench.create_case(path, card)

    def _choose_case(self) -> None:
        folder = self._settings.folder("case", _documents())
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open a case"), str(folder), self.tr("Cases (*.smscase)")
        )
        if chosen:
            self.open_case(Path(chosen))

    def _make_sample(self) -> None:
        if not self.workbench.refuse_if_busy():
            self.workbench.make_sample(_documents())

    def _on_case_ready(self, case: CaseFile, card: CaseCard) -> None:
        self._card = card
        self._case_path = case.path
        self._library.set_case(case)
        opened = dt.datetime.now().astimezone().isoformat(timespec="seconds")
        self._settings.remember_case(RecentCase(str(case.path), card.title, opened))
        dropped, self._dropped = self._dropped, ()
        if dropped:
            self.ask_import(dropped)
        else:
            self._library.read(listing.summary, self._offer_rest)

    def _offer_rest(self, summary: CaseSummary) -> None:
        """Offer to go on with an import that a crash or a cancel cut short."""
        if summary.waiting and not self.workbench.busy:
            text = self.tr("%n picture(s) are stored but not read yet.", "", summary.waiting)
            link = link_html(LINK_RESUME, self.tr("Read them now"))
            self.bar.inform(f"{escape(text)}  {link}")

    def _on_case_changed(self) -> None:
        is_open = self._library.case is not None
        self.pages.setCurrentWidget(self.case_page if is_open else self.start_page)
        for action in (
            self.import_files_action,
            self.import_folder_action,
            self.export_action,
            self.export_list_action,
            self.export_json_action,
            self.close_case_action,
            self.card_action,
            self.verify_action,
            self.set_aside_action,
        ):
            action.setEnabled(is_open)
        name = self.tr("SMS Evidence Desk")
        self.setWindowTitle(f"{self._card.title} — {name}" if is_open else name)
        self.case_page.set_title(self._card.title)
        self._show_not_verified()
        if is_open:
            self.case_page.view.setFocus()
        else:
            self.start_page.show_recent(self._settings.recent())

    def _edit_card(self) -> None:
        dialog = CaseCardDialog(self._card, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.confirmed.connect(self._save_card)
        dialog.open()

    def _save_card(self, card: CaseCard) -> None:
        self._library.write(
            lambda case: cases.update_card(case, card), lambda _none: self._on_card_saved(card)
        )

    def _on_card_saved(self, card: CaseCard) -> None:
        self._card = card
        self._on_case_changed()

    # -- import and export -------------------------------------------------------------------------

    def ask_import(self, paths: tuple[Path, ...]) -> None:
        """Ask whose phone *paths* come from; without a case, make one first."""
        if self._library.case is None:
            self._dropped = paths
            self.ask_new_case()
        elif not self.workbench.refuse_if_busy():
            panel = self.case_page.import_panel
            self._library.read(cases.devices, lambda devices: panel.ask(paths, devices))

    def export(self, target: Path, query: MessageQuery) -> None:
        """Write the PDF or JSON of the messages that *query* leaves."""
        if not self.workbench.refuse_if_busy():
            self._settings.set_folder("export", target.parent)
            self.workbench.export(target, query)

    def _import(self, paths: tuple[Path, ...], device: SourceDevice) -> None:
        self.case_page.view.setFocus()
        self.workbench.import_paths(paths, device)

    def _choose_files(self) -> None:
        folder = self._settings.folder("import", _pictures())
        chosen, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Pictures, PDFs or ZIP files to import"), str(folder)
        )
        if chosen:
            paths = tuple(Path(one) for one in chosen)
            self._settings.set_folder("import", paths[0].parent)
            self.ask_import(paths)

    def _choose_folder(self) -> None:
        folder = self._settings.folder("import", _pictures())
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder to import"), str(folder))
        if chosen:
            self._settings.set_folder("import", Path(chosen))
            self.ask_import((Path(chosen),))

    def _choose_export(self, suffix: str, *, narrowed: bool) -> None:
        if self.workbench.refuse_if_busy():
            return
        start = self._case_path.parent if self._case_path else _documents()
        folder = self._settings.folder("export", start)
        name = file_name_for(self._card.title) or self.tr("Case")
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export to"), str(folder / f"{name}{suffix}"), f"*{suffix}"
        )
        if chosen:
            target = Path(chosen)
            target = target if target.suffix.lower() == suffix else Path(chosen + suffix)
            self.export(target, self.case_page.query if narrowed else MessageQuery())

    def _verify(self) -> None:
        if not self.workbench.refuse_if_busy():
            self.workbench.verify()

    def _on_verified(self, verdict: Verdict, at: dt.datetime) -> None:
        button, colours = self.case_page.verdict_button, self._theme.colours
        if verdict.ok:
            button.setText(self.tr("Whole {time}").format(time=f"{at:%H:%M}"))
            button.setIcon(icons.icon("shield", colours.good))
        else:
            button.setText(self.tr("%n problem(s)", "", len(verdict.problems)))
            button.setIcon(icons.icon("shield-broken", colours.danger))

    def _show_not_verified(self) -> None:
        """Show that nothing is known: a verdict holds for one case, at one moment."""
        self.case_page.verdict_button.setText(self.tr("Verify"))
        self.case_page.verdict_button.setIcon(icons.icon("shield", self._theme.colours.muted))

    def _show_set_aside(self) -> None:
        self._library.read(listing.set_aside, self._open_set_aside)

    def _open_set_aside(self, items: list[ImportItem]) -> None:
        if not items:
            self.bar.inform(self.tr("No file was set aside."))
            return
        dialog = SetAsideDialog(items, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _follow(self, link: str) -> None:
        if link == LINK_SET_ASIDE:
            self._show_set_aside()
        elif link == LINK_RESUME:
            if not self.workbench.refuse_if_busy():
                self.workbench.resume_import()
        else:
            open_link(link)

    # -- undo, errors, looks -----------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last change back and go to what it touched."""
        stack = self._library.undo_stack
        self._go_to(stack.command(stack.index() - 1))
        stack.undo()

    def redo(self) -> None:
        """Make the change again and go to what it touches."""
        stack = self._library.undo_stack
        self._go_to(stack.command(stack.index()))
        stack.redo()

    def _go_to(self, command: QUndoCommand | None) -> None:
        ids = getattr(command, "message_ids", ())
        self.case_page.show_messages(ids)

    def show_error(self, error: BaseException) -> None:
        """Word what a person can act on in a line; anything else is a bug and gets a dialog."""
        if isinstance(error, SmsdeskError):
            self.bar.warn(escape(explain(error, current_language())))
            return
        box = crash_box(self, error)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _search(self) -> None:
        if self._library.case is not None:
            self.case_page.search_edit.setFocus()
            self.case_page.search_edit.selectAll()

    def _choose_look(self, look: Look) -> None:
        self._settings.set_text("view/look", look.value)
        self._theme.choose(look)

    def _step_text(self, step: int) -> None:
        size = self._settings.number("view/text_size", USUAL) + step
        size = min(max(size, SMALLEST), LARGEST)
        self._settings.set_text("view/text_size", str(size))
        self.case_page.set_text_size(size)

    def _show_about(self) -> None:
        text = self.tr(
            "SMS Evidence Desk {version}\n\n"
            "Keeps screenshots unchanged, reads them on this computer, marks what may be in "
            "breach and writes a file for court.\n\n"
            "It does not prove who sent a message, and it gives no legal opinion. A hash shows "
            "that a file has not changed since it was imported, not that it was true before."
        ).format(version=__version__)
        box = QMessageBox(
            QMessageBox.Icon.NoIcon,
            self.tr("About"),
            text,
            QMessageBox.StandardButton.Close,
            self,
        )
        box.setIconPixmap(icons.app_icon().pixmap(56, 56))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    # -- drops, memory -----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files from anywhere."""
        if _local_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a case file; import anything else."""
        paths = _local_paths(event)
        if not paths:
            return
        event.acceptProposedAction()
        case = next((path for path in paths if path.suffix.lower() == SUFFIX), None)
        if case is not None:
            self.open_case(case)
        else:
            self.ask_import(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window, let running work end, close the case."""
        self._settings.set_state("window/geometry", self.saveGeometry())
        self._settings.set_state("window/splitter", self.case_page.main_splitter.saveState())
        # An import stops after the picture that it is reading; what it leaves stays in the queue.
        if not self._library.runners.shut_down(wait_ms=30_000):
            event.ignore()
            self.bar.inform(self.tr("Still finishing the current step; close again in a moment."))
            return
        if self._library.case is not None:
            self._library.set_case(None)
        event.accept()

    def _forget_dropped(self) -> None:
        self._dropped = ()

    def _restore(self) -> None:
        self.restoreGeometry(self._settings.state("window/geometry"))
        self.case_page.main_splitter.restoreState(self._settings.state("window/splitter"))


def _without_argument(act: Callable[[], object]) -> Callable[[], object]:
    """Return *act* for `triggered`, which hands over a bool that nobody here wants."""
    return lambda *_checked: act()


def _local_paths(event: QDropEvent) -> tuple[Path, ...]:
    urls = event.mimeData().urls()
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())


def _documents() -> Path:
    """Return the folder in which cases are kept unless a person says otherwise."""
    location = QStandardPaths.StandardLocation.DocumentsLocation
    documents = QStandardPaths.writableLocation(location) or str(Path.home())
    return Path(documents) / QApplication.translate("MainWindow", "SMS Evidence Desk")


def _pictures() -> Path:
    location = QStandardPaths.StandardLocation.PicturesLocation
    return Path(QStandardPaths.writableLocation(location) or str(Path.home()))
