"""The window: menus, pages, drops, errors; it asks and shows, others do the work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QUndoCommand,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLineEdit,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smsdesk.domain.cases import CaseCard, ImportStatus, SourceDevice
from smsdesk.domain.errors import SmsdeskError
from smsdesk.domain.missing import Remedy
from smsdesk.domain.products import Product
from smsdesk.domain.queries import MessageQuery
from smsdesk.gui import crash, icons
from smsdesk.gui.choosing import Chooser
from smsdesk.gui.clipboard import Incoming, incoming
from smsdesk.gui.dialogs.about import AboutDialog
from smsdesk.gui.dialogs.case_card import CaseCardDialog
from smsdesk.gui.dialogs.masks import MasksDialog
from smsdesk.gui.dialogs.new_case import SUFFIX, NewCaseDialog, file_name_for
from smsdesk.gui.dialogs.phones import PhonesDialog
from smsdesk.gui.dialogs.preferences import Preferences, PreferencesDialog
from smsdesk.gui.export_desk import ExportDesk
from smsdesk.gui.forms import load_form
from smsdesk.gui.import_desk import ImportDesk
from smsdesk.gui.import_flow import ImportFlow
from smsdesk.gui.jobs import Job
from smsdesk.gui.key_sheet import KeySheet
from smsdesk.gui.language import current_language
from smsdesk.gui.library import Library
from smsdesk.gui.menus import UndoMenu, ViewMenu
from smsdesk.gui.message_bar import MessageBar
from smsdesk.gui.panels.case_page import CasePage
from smsdesk.gui.panels.import_tray import ImportTray
from smsdesk.gui.panels.message_text import LARGEST, SMALLEST, USUAL
from smsdesk.gui.panels.progress_strip import ProgressStrip
from smsdesk.gui.panels.start_page import StartPage
from smsdesk.gui.places.export import ExportPlace
from smsdesk.gui.places.registry import EXHIBITS, EXPORT
from smsdesk.gui.reading_order import move_focus
from smsdesk.gui.settings import WindowSettings
from smsdesk.gui.shelf import Shelf
from smsdesk.gui.theme import Look, Theme
from smsdesk.gui.trust_desk import TrustDesk
from smsdesk.gui.twin_desk import TwinDesk
from smsdesk.gui.undo import LateStep
from smsdesk.gui.watcher import FolderWatcher
from smsdesk.gui.workbench import (
    LINK_COPY,
    LINK_RESUME,
    LINK_SET_ASIDE,
    Workbench,
    import_sentence,
    link_html,
    open_link,
)
from smsdesk.services import cases, listing
from smsdesk.services.importing import ImportReport
from smsdesk.services.listing import CaseSummary, Unfinished
from smsdesk.services.unpacking import PackageKind, kind_of
from smsdesk.storage.case_file import CaseFile
from smsdesk.wording import explain

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

_LOOK_AGAIN_MS = 30
"""Between two looks whether what runs has stopped, before a case is left."""

_SMALLEST = QSize(880, 500)
"""A screen of 1920 by 1080 at 200 % has room for about that much beside its task bar."""

_FRAME = QSize(16, 48)
"""Room for the title bar and the edges that systems draw around a window, at most."""


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
    paste_action: QAction
    watch_action: QAction
    preferences_action: QAction
    import_files_action: QAction
    import_folder_action: QAction
    export_action: QAction
    export_list_action: QAction
    export_menu: QMenu
    export_word_action: QAction
    export_sheet_action: QAction
    export_json_action: QAction
    export_package_action: QAction
    close_case_action: QAction
    quit_action: QAction
    card_action: QAction
    verify_action: QAction
    verify_package_action: QAction
    verify_folder_action: QAction
    log_action: QAction
    tray_action: QAction
    set_aside_action: QAction
    keys_action: QAction
    about_action: QAction

    def __init__(self, library: Library, theme: Theme, settings: WindowSettings) -> None:
        super().__init__()
        load_form("main_window", self)
        self._library = library
        self._theme = theme
        self._settings = settings
        self._chooser = Chooser(settings, self)
        self._card = CaseCard("")
        self._case_path: Path | None = None
        self._dropped = Incoming()
        self._crash_details = ""
        self._closing = False
        self._build()
        self._connect_actions()
        self._connect_parts()
        self._add_menus()
        self._restore()
        self._on_case_changed()
        self.start_page.take_focus()

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
        self.shelf = Shelf(self._library, self.start_page, self._settings, self)
        self.setMinimumSize(_SMALLEST)
        self._build_import()
        self.export_desk = ExportDesk(
            self._library, self.workbench, self.bar, self._chooser, self._theme, self
        )
        self.trust_desk = TrustDesk(
            self._library,
            self.workbench,
            self.bar,
            self.shelf,
            self._theme,
            self.case_page.verdict_button,
            self._chooser,
            self,
        )

    def _build_import(self) -> None:
        library, settings = self._library, self._settings
        self.import_desk = ImportDesk(library, self)
        self.watcher = FolderWatcher(library, self.import_desk, self)
        self.tray = ImportTray(library, self.import_desk, self.watcher, self._theme, self)
        self.strip_layout.addWidget(self.tray)
        self.twin_desk = TwinDesk(library, self.case_page, self.tray, self.bar, self)
        panel = self.case_page.import_panel
        self.import_flow = ImportFlow(
            library, panel, self.import_desk, self.watcher, settings, self
        )

    def _connect_actions(self) -> None:
        for action, act in (
            (self.new_action, self.ask_new_case),
            (self.open_action, self._choose_case),
            (self.sample_action, self._make_sample),
            (self.import_files_action, self._choose_files),
            (self.import_folder_action, self._choose_folder),
            (self.paste_action, self.paste),
            (self.watch_action, self._choose_watched),
            (self.preferences_action, self._show_preferences),
            (self.export_action, self._go_to_export),
            (self.export_list_action, partial(self._choose_export, ".pdf", narrowed=True)),
            (self.export_word_action, partial(self._choose_export, ".docx", narrowed=False)),
            (self.export_sheet_action, partial(self._choose_export, ".xlsx", narrowed=False)),
            (self.export_json_action, partial(self._choose_export, ".json", narrowed=False)),
            (self.export_package_action, partial(self._choose_export, ".zip", narrowed=False)),
            (self.close_case_action, self.close_case),
            (self.quit_action, self.close),
            (self.card_action, self._edit_card),
            (self.verify_action, self.trust_desk.verify),
            (self.verify_package_action, self.trust_desk.choose_package),
            (self.verify_folder_action, self.trust_desk.choose_folder),
            (self.log_action, self.trust_desk.ask_log),
            (self.tray_action, self.tray.toggle_button.toggle),
            (self.set_aside_action, self.tray.show_set_aside),
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
        start.find_asked.connect(self._find_case)
        page.import_asked.connect(self._choose_files)
        page.escaped.connect(self._escape)
        page.back_button.clicked.connect(self.close_case)
        page.verdict_button.clicked.connect(self.trust_desk.verify)
        page.export_button.clicked.connect(lambda: page.show_place(EXPORT))
        self._connect_export(page.exporting)
        menu = QMenu(page.import_button)
        menu.addActions(
            [
                self.import_files_action,
                self.import_folder_action,
                self.paste_action,
                self.watch_action,
            ]
        )
        page.import_button.setMenu(menu)
        self._connect_tray()
        self.bar.link_activated.connect(self._follow)
        self.workbench.case_ready.connect(self._on_case_ready)
        self.workbench.failed.connect(self.show_error)
        self._library.failed.connect(self.show_error)
        self._library.case_changed.connect(self._on_case_changed)
        self._library.card_changed.connect(self._on_card_changed)
        self._library.phones_changed.connect(self._library.contents_changed)
        self.trust_desk.failed.connect(self.show_error)
        self.trust_desk.open_asked.connect(self._open_package)
        self.trust_desk.import_asked.connect(lambda path: self.ask_import(Incoming((path,))))

    def _connect_export(self, place: ExportPlace) -> None:
        desk = self.export_desk
        place.export_asked.connect(desk.ask_export)
        place.preview_asked.connect(desk.show_preview)
        place.print_asked.connect(desk.print_wish)
        place.masks_asked.connect(lambda: self._show_dialog(MasksDialog(self._library, self)))
        place.remedy_asked.connect(self._lead_to)

    def _lead_to(self, remedy: Remedy) -> None:
        """Show where something that is missing can be mended."""
        if remedy is Remedy.FILES:
            self.tray.show_set_aside()
        elif remedy is Remedy.CARD:
            self._edit_card()
        elif remedy is Remedy.PHONES:
            self._library.read(cases.devices, self._ask_phones)
        elif remedy is Remedy.EXHIBITS:
            self.case_page.show_place(EXHIBITS)

    def _ask_phones(self, phones: list[SourceDevice]) -> None:
        dialog = PhonesDialog(phones, self)
        dialog.confirmed.connect(self._save_phones)
        self._show_dialog(dialog)

    def _save_phones(self, phones: list[SourceDevice]) -> None:
        self._library.describe_phones(self.tr("describe the phones"), phones)

    def _connect_tray(self) -> None:
        self.tray.keys_button.clicked.connect(self.keys_action.trigger)
        self.tray.opened.connect(self._on_tray)
        for button, step in ((self.tray.smaller_button, -1), (self.tray.larger_button, 1)):
            button.clicked.connect(_without_argument(partial(self._step_text, step)))
        desk = self.import_desk
        desk.finished.connect(self._on_imported)
        desk.stopped.connect(self._on_import_stopped)
        desk.failed.connect(self.show_error)

    def _add_menus(self) -> None:
        edit = UndoMenu(self.edit_menu, self._library.undo_stack, self)
        edit.undo_asked.connect(self.undo)
        edit.redo_asked.connect(self.redo)
        edit.search_asked.connect(self._search)
        self._view_entries = ViewMenu(self.view_menu, self._theme.look, self)
        self._view_entries.look_chosen.connect(self._choose_look)
        self._view_entries.text_stepped.connect(self._step_text)

    # -- cases -----------------------------------------------------------------------------------

    def open_case(self, path: Path) -> None:
        """Open a case file; the one that is open is left when it has been read."""
        if not self.workbench.refuse_if_busy():
            self.workbench.open_case(path)

    def ask_new_case(self) -> None:
        """Ask for a new case, and make it."""
        if self.workbench.refuse_if_busy():
            return
        dialog = NewCaseDialog(self._chooser.cases_folder, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.confirmed.connect(self.workbench.create_case)
        dialog.rejected.connect(self._forget_dropped)
        dialog.open()

    def close_case(self) -> None:
        """Go back to the shelf."""
        if self._library.case is not None and not self.workbench.refuse_if_busy():
            self.bar.hide()
            self._leave(lambda: self._library.set_case(None))

    def _leave(self, then: Callable[[], object]) -> None:
        """Note how far the open case is, let its work end at the next step, then go on.

        An import stops after the pictures in work; what it leaves stays in the queue.
        """
        if self._library.case is None:
            then()
            return
        self.shelf.note_left(self.case_page.left_at)
        self.shelf.note_import(self.import_desk)
        self.shelf.note_progress()
        self.watcher.rest()
        self.import_desk.cancel()
        self._when_idle(then)

    def _when_idle(self, then: Callable[[], object]) -> None:
        if not self._library.runners.busy:
            then()
            return
        QTimer.singleShot(_LOOK_AGAIN_MS, self, lambda: self._when_idle(then))

    def _choose_case(self) -> None:
        chosen = self._chooser.case()
        if chosen is None:
            return
        if chosen.suffix.lower() == SUFFIX:
            self.open_case(chosen)
        else:
            self._take_one(Incoming((chosen,)), self._open_or_offer)

    def _find_case(self, missing: Path) -> None:
        """Let the person show where a case of the shelf has gone."""
        chosen = self._chooser.case(missing.parent if missing.parent.is_dir() else None)
        if chosen is not None:
            self._settings.move_case(str(missing), str(chosen))
            self.open_case(chosen)

    def _make_sample(self) -> None:
        if not self.workbench.refuse_if_busy():
            self.workbench.make_sample(self._chooser.cases_folder)

    def _on_case_ready(self, case: CaseFile, card: CaseCard) -> None:
        self._leave(lambda: self._show_case(case, card))

    def _show_case(self, case: CaseFile, card: CaseCard) -> None:
        self._card = card
        self._case_path = case.path
        self._settings.set_folder("case", case.path.parent)
        self.shelf.note_opened(case, card)
        self._library.set_case(case)
        dropped, self._dropped = self._dropped, Incoming()
        if dropped:
            self.import_flow.ask(dropped)
        self.import_flow.watch_again()
        self._library.read(listing.unfinished, self._offer_rest)

    def _offer_rest(self, rest: Unfinished) -> None:
        """Go on with what leaving cut short; ask where a person or a crash stopped it."""
        if not rest or self.import_desk.busy:
            return
        if not rest.cut_short and not self.shelf.was_stopped:
            self.bar.inform(escape(self.tr("Reading goes on where it was when you left.")))
            self.import_desk.resume()
            return
        text, link = (
            (self.tr("An import was cut short before its last file."), self.tr("Go on with it"))
            if rest.cut_short
            else (
                self.tr("%n picture(s) are stored but not read yet.", "", rest.waiting),
                self.tr("Read them now"),
            )
        )
        self.bar.inform(f"{escape(text)}  {link_html(LINK_RESUME, link)}")

    def _on_case_changed(self) -> None:
        is_open = self._library.case is not None
        self.pages.setCurrentWidget(self.case_page if is_open else self.start_page)
        for action in (
            self.import_files_action,
            self.import_folder_action,
            self.export_action,
            self.export_list_action,
            self.export_menu.menuAction(),
            self.close_case_action,
            self.card_action,
            self.verify_action,
            self.log_action,
            self.watch_action,
            self.tray_action,
            self.set_aside_action,
        ):
            action.setEnabled(is_open)
        self._show_title()
        self.trust_desk.show_known()
        self.tray.setVisible(is_open)
        if is_open:
            self.case_page.take_focus()
        else:
            self.shelf.show()
            self.start_page.take_focus()

    def _show_title(self) -> None:
        name = self.tr("SMS Evidence Desk")
        is_open = self._library.case is not None
        self.setWindowTitle(f"{self._card.title} — {name}" if is_open else name)
        self.case_page.set_title(self._card.title)
        self.export_desk.set_card(self._card)

    def _edit_card(self) -> None:
        dialog = CaseCardDialog(self._card, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.confirmed.connect(self._save_card)
        dialog.open()

    def _save_card(self, card: CaseCard) -> None:
        if card != self._card:
            self._library.change_card(self.tr("change the case card"), card)

    def _on_card_changed(self) -> None:
        self._library.read(cases.card, self._show_card)

    def _show_card(self, card: CaseCard) -> None:
        self._card = card
        case = self._library.case
        if case is not None:
            self.shelf.note_title(case, card.title)
        self._show_title()

    # -- import and export -------------------------------------------------------------------------

    def ask_import(self, what: Incoming) -> None:
        """Ask whose phone *what* comes from; without a case, make one first."""
        if self._library.case is None:
            self._dropped = what
            self.ask_new_case()
        else:
            self.import_flow.ask(what)

    def paste(self) -> None:
        """Import the picture or the files that were copied."""
        what = incoming(QGuiApplication.clipboard().mimeData())
        if what:
            self._take(what)
        else:
            self.bar.inform(self.tr("The clipboard holds neither a picture nor a file."))

    def _on_imported(self, report: ImportReport) -> None:
        if not report.files and not report.messages:
            self.bar.inform(self.tr("No picture was found there."))
            return

        self.twin_desk.note(report)

        def say(summary: CaseSummary) -> None:
            sentence = import_sentence(report, summary)
            if report.messages or not report.with_status(ImportStatus.IMPORTED):
                self.bar.succeed(sentence)
                return
            hint = self.tr("No message was seen on them; are they screenshots of messages?")
            self.bar.inform(f"{sentence} {escape(hint)}")

        self._library.read(listing.summary, say)

    def _on_import_stopped(self) -> None:
        self.bar.inform(self.tr("Stopped. What was finished until then is kept."))

    def export(self, target: Path, query: MessageQuery) -> None:
        """Write the file that the ending of *target* names, of the messages that *query* leaves."""
        if not self.workbench.refuse_if_busy():
            self._settings.set_folder("export", target.parent)
            self.workbench.export(target, query)

    def _choose_files(self) -> None:
        what = Incoming(self._chooser.pictures())
        if what:
            self.ask_import(what)

    def _choose_folder(self) -> None:
        chosen = self._chooser.folder(self.tr("Folder to import"))
        if chosen is not None:
            self.ask_import(Incoming((chosen,)))

    def _choose_watched(self) -> None:
        chosen = self._chooser.folder(self.tr("Folder to watch"))
        if chosen is not None:
            self.import_flow.ask(Incoming((chosen,)), watch=True)

    def _go_to_export(self) -> None:
        """Show what the PDF still lacks, what goes in and how, before it is written."""
        self.case_page.show_place(EXPORT)
        self.case_page.exporting.choose(Product.PDF)
        self.case_page.take_focus()

    def _choose_export(self, suffix: str, *, narrowed: bool) -> None:
        if self.workbench.refuse_if_busy():
            return
        name = file_name_for(self._card.title) or self.tr("Case")
        start = self._case_path.parent if self._case_path else None
        target = self._chooser.export_target(name, suffix, start)
        if target is not None:
            self.export(target, self.case_page.query if narrowed else MessageQuery())

    def _show_dialog(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _follow(self, link: str) -> None:
        if any(desk.follow(link) for desk in (self.export_desk, self.twin_desk, self.trust_desk)):
            return
        if link == LINK_SET_ASIDE:
            self.tray.show_set_aside()
        elif link == LINK_RESUME:
            self.bar.hide()
            self.import_desk.resume()
        elif link == LINK_COPY:
            QGuiApplication.clipboard().setText(self._crash_details)
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
        if isinstance(command, LateStep):
            if command.place:
                self.case_page.show_place(command.place)
            return
        ids = getattr(command, "message_ids", ())
        self.case_page.show_messages(ids)

    def show_error(self, error: BaseException) -> None:
        """Word what a person can act on; anything else is a bug: say so, with a way to copy it."""
        if isinstance(error, SmsdeskError):
            self.bar.warn(escape(explain(error, current_language())))
            return
        self._crash_details = crash.report(error)
        name = escape(f"{type(error).__name__}: {error}"[:200])
        links = link_html(LINK_COPY, self.tr("Copy details"))
        self.bar.warn(f"{escape(crash.sentence())}<br><small>{name}</small>  ·  {links}")

    def _search(self) -> None:
        if self._library.case is not None:
            self.case_page.search_edit.setFocus()
            self.case_page.search_edit.selectAll()

    def _choose_look(self, look: Look) -> None:
        self._settings.set_text("view/look", look.value)
        self._theme.choose(look)
        self._view_entries.show_look(look)

    def _step_text(self, step: int) -> None:
        size = self._settings.number("view/text_size", USUAL) + step
        size = min(max(size, SMALLEST), LARGEST)
        self._settings.set_text("view/text_size", str(size))
        self.case_page.set_text_size(size)

    def _set_text_size(self, size: int) -> None:
        self._step_text(size - self._settings.number("view/text_size", USUAL))

    def _show_preferences(self) -> None:
        size = self._settings.number("view/text_size", USUAL)
        now = Preferences(self._theme.look, size, current_language(), self._chooser.cases_folder)
        dialog = PreferencesDialog(now, self)
        dialog.look_chosen.connect(self._choose_look)
        dialog.text_size_chosen.connect(self._set_text_size)
        dialog.language_chosen.connect(partial(self._settings.set_text, "view/language"))
        dialog.folder_chosen.connect(partial(self._settings.set_folder, "cases"))
        self._show_dialog(dialog)

    def _show_about(self) -> None:
        self._show_dialog(AboutDialog(self._settings.file_name, self))

    # -- keyboard, drops, memory -------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what nothing in the window took: Escape leaves, Enter presses the button."""
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif event.key() in _ENTER and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _escape(self) -> None:
        """Empty the field that is searched in, else close the message, else go to the work."""
        focused = self.focusWidget()
        if isinstance(focused, QLineEdit) and focused.isClearButtonEnabled() and focused.text():
            focused.clear()
        elif self.bar.isVisible():
            self.bar.hide()
        elif self._library.case is not None:
            self.case_page.take_focus()

    def _on_tray(self, is_open: bool) -> None:
        """Give the keyboard back to the page when the tray is put away."""
        focused = self.focusWidget()
        if not is_open and focused is not None and self.tray.isAncestorOf(focused):
            self.case_page.take_focus()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Go on with Tab in the order in which the window is read."""
        return move_focus(self, self.focusWidget(), forward=forward)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures from anywhere."""
        if incoming(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a case file; offer to check a package; import anything else."""
        what = incoming(event.mimeData())
        if what:
            event.acceptProposedAction()
            self._take(what)

    def _take(self, what: Incoming) -> None:
        case = next((path for path in what.paths if path.suffix.lower() == SUFFIX), None)
        if case is not None:
            self.open_case(case)
        elif len(what.paths) == 1 and _may_be_package(what.paths[0]):
            self._take_one(what, self.trust_desk.offer)
        else:
            self.ask_import(what)

    def _take_one(self, what: Incoming, take: Callable[[Path, PackageKind], object]) -> None:
        """*take* an evidence package, zipped or unpacked; import what is anything else."""
        path = what.paths[0]
        job = Job(lambda _task: kind_of(path))
        job.succeeded.connect(lambda kind: take(path, kind) if kind else self.ask_import(what))
        job.failed.connect(self.show_error)
        self._library.runners.readers.start(job)

    def _open_or_offer(self, package: Path, kind: PackageKind) -> None:
        """Open the case in a package that was chosen to be opened, if it has one."""
        if kind is PackageKind.WITH_CASE:
            self._open_package(package)
        else:
            self.trust_desk.offer(package, kind)

    def _open_package(self, path: Path) -> None:
        if not self.workbench.refuse_if_busy():
            self.workbench.open_package(path, self._chooser.cases_folder)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window, let running work end at its next step, close the case."""
        self._settings.set_state("window/geometry", self.saveGeometry())
        self._settings.set_state("window/splitter", self.case_page.main_splitter.saveState())
        if self._library.case is None and not self._library.runners.busy:
            self._library.reader.close()
            event.accept()
            return
        event.ignore()
        self._close_soon()

    def _close_soon(self) -> None:
        """Leave the case, then close; a second wish to close changes nothing."""
        if self._closing:
            return
        self._closing = True
        if self._library.runners.busy:
            self.bar.inform(self.tr("Finishing the current step, then closing…"))
        self._library.runners.long.cancel_all()
        self._library.reader.close()
        self._leave(self._close_now)

    def _close_now(self) -> None:
        self._closing = False
        self._library.set_case(None)
        self._when_idle(self.close)

    def _forget_dropped(self) -> None:
        self._dropped = Incoming()

    def _restore(self) -> None:
        if not self.restoreGeometry(self._settings.state("window/geometry")):
            self.resize(self.size().boundedTo(self.screen().availableSize() - _FRAME))
        self.case_page.main_splitter.restoreState(self._settings.state("window/splitter"))


def _may_be_package(path: Path) -> bool:
    return path.suffix.lower() == ".zip" or path.is_dir()


def _without_argument(act: Callable[[], object]) -> Callable[[], object]:
    """Return *act* for `triggered`, which hands over a bool that nobody here wants."""
    return lambda *_checked: act()
