"""The bottom of the case: how far the imports are, their files, and those that need a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from smsdesk.domain.cases import ImportItem, ImportStatus, RemovedOriginal
from smsdesk.gui import icons, words
from smsdesk.gui.delegates.import_row import ImportRowDelegate
from smsdesk.gui.forms import load_form
from smsdesk.gui.import_desk import ImportDesk
from smsdesk.gui.library import Library
from smsdesk.gui.models.import_queue import ImportQueueModel, Role, Shown
from smsdesk.gui.queue_words import as_lines, folder_of
from smsdesk.gui.theme import Theme
from smsdesk.gui.thumbnails import Thumbnails
from smsdesk.gui.watcher import FolderWatcher
from smsdesk.services import listing
from smsdesk.services.jobs import Progress
from smsdesk.services.listing import Unfinished
from smsdesk.services.removing import plan_restoring, removed_twins
from smsdesk.storage.case_file import CaseFile

_REFRESH_MS = 700
"""Pause between two looks at the queue while reading goes on: seldom enough to cost nothing."""


class ImportTray(QWidget):
    """Follows the import desk and the watched folder; its buttons act on both."""

    body: QFrame
    filter_layout: QHBoxLayout
    again_button: QPushButton
    all_again_button: QPushButton
    folder_button: QPushButton
    copy_button: QPushButton
    list_stack: QStackedWidget
    queue_list: QListView
    empty_label: QLabel
    toggle_button: QToolButton
    bar: QProgressBar
    state_label: QLabel
    now_label: QLabel
    aside_button: QPushButton
    pause_button: QPushButton
    cancel_button: QPushButton
    resume_button: QPushButton
    put_back_button: QPushButton
    kept_button: QPushButton
    watch_label: QLabel
    unwatch_button: QPushButton
    keys_button: QToolButton
    smaller_button: QToolButton
    larger_button: QToolButton

    opened = Signal(bool)
    kept_asked = Signal(object)
    """A tuple of originals (ids): a person wants to see the messages on them."""

    def __init__(
        self,
        library: Library,
        desk: ImportDesk,
        watcher: FolderWatcher,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        load_form("import_tray", self)
        self._library = library
        self._desk = desk
        self._watcher = watcher
        self._theme = theme
        self._filters: dict[Shown, QPushButton] = {}
        self._rest = Unfinished(0, 0)
        self._out: Mapping[int, RemovedOriginal] = {}
        self._build()
        self._connect()
        self.show_open(False)
        self._restyle()
        self._show_state()

    def _build(self) -> None:
        self.model = ImportQueueModel(self)
        self.thumbnails = Thumbnails(self._library, self)
        self.thumbnails.arrived.connect(self.queue_list.viewport().update)
        self.queue_list.setModel(self.model)
        self.queue_list.setItemDelegate(ImportRowDelegate(self._theme, self.thumbnails, self))
        group = QButtonGroup(self)
        for shown in Shown:
            button = QPushButton(self)
            button.setCheckable(True)
            button.setChecked(shown == Shown.ALL)
            button.clicked.connect(lambda _on, shown=shown: self.show_lines(shown))
            group.addButton(button)
            self.filter_layout.addWidget(button)
            self._filters[shown] = button

    def _connect(self) -> None:
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(self.reload)
        desk = self._desk
        desk.state_changed.connect(self._show_state)
        desk.queue_changed.connect(self._on_queue_changed)
        self._library.case_changed.connect(self._on_case)
        self._library.contents_changed.connect(self._on_queue_changed)
        self._watcher.changed.connect(self._show_watching)
        self.toggle_button.toggled.connect(self.show_open)
        self.aside_button.clicked.connect(self.show_set_aside)
        self.pause_button.clicked.connect(lambda: desk.set_paused(not desk.paused))
        self.cancel_button.clicked.connect(desk.cancel)
        self.resume_button.clicked.connect(desk.resume)
        self.unwatch_button.clicked.connect(self._watcher.stop)
        self.again_button.clicked.connect(lambda: desk.try_again(_ids(self._chosen(aside=True))))
        self.all_again_button.clicked.connect(lambda: desk.try_again(_ids(self._aside())))
        self.put_back_button.clicked.connect(self._put_back)
        self.kept_button.clicked.connect(self._ask_kept)
        self.queue_list.activated.connect(lambda _index: self._ask_kept())
        self.folder_button.clicked.connect(self._show_folder)
        self.copy_button.clicked.connect(self._copy)
        self.queue_list.selectionModel().selectionChanged.connect(self._offer_actions)
        self._theme.changed.connect(self._restyle)

    # -- the list --------------------------------------------------------------------------------

    def show_open(self, is_open: bool) -> None:
        """Show the files, or the one line alone."""
        self.body.setVisible(is_open)
        self.toggle_button.setChecked(is_open)
        self._restyle()
        if is_open:
            self.reload()
            self.queue_list.setFocus()
        self.opened.emit(is_open)

    def show_set_aside(self) -> None:
        """Show the files that need a person."""
        self.show_open(True)
        self.show_lines(Shown.SET_ASIDE)

    def show_lines(self, shown: Shown) -> None:
        """Show the files of one kind."""
        self._filters[shown].setChecked(True)
        self.model.show_only(shown)
        self._on_rows()

    def reload(self) -> None:
        """Ask for the queue anew."""
        self._library.read(_lines_and_removed, lambda found: self._on_items(*found))
        self._library.read(listing.unfinished, self._on_rest)

    def _on_queue_changed(self) -> None:
        if not self._refresh.isActive():
            self._refresh.start()

    def _on_items(self, items: list[ImportItem], out: Mapping[int, RemovedOriginal]) -> None:
        chosen = {item.id for item in self._chosen()}
        self._out = out
        self.model.set_items(items, out)
        if chosen and not self._chosen():
            self._choose(chosen)
        self._on_rows()
        self._show_state()

    def _on_rest(self, rest: Unfinished) -> None:
        self._rest = rest
        self._show_state()

    def _choose(self, ids: set[int]) -> None:
        chosen = self.queue_list.selectionModel()
        for row, item in enumerate(self.model.items):
            if item.id in ids:
                chosen.select(self.model.index(row), chosen.SelectionFlag.Select)

    def _on_rows(self) -> None:
        for shown, name in self._filter_names().items():
            self._filters[shown].setText(f"{name}  {self.model.count(shown)}")
        self.list_stack.setCurrentIndex(0 if self.model.items else 1)
        self.empty_label.setText(
            self.tr("No file was set aside.")
            if self._filters[Shown.SET_ASIDE].isChecked()
            else self.tr("Nothing here. Drop screenshots anywhere on this window.")
        )
        self._offer_actions()

    def _filter_names(self) -> dict[Shown, str]:
        return {
            Shown.ALL: self.tr("All"),
            Shown.WAITING: self.tr("Waiting"),
            Shown.SET_ASIDE: self.tr("Set aside"),
            Shown.DUPLICATE: self.tr("Duplicates"),
        }

    def _chosen(self, *, aside: bool = False) -> list[ImportItem]:
        rows = self.queue_list.selectionModel().selectedIndexes()
        items = [row.data(Role.ITEM) for row in rows]
        return [item for item in items if not aside or item.status == ImportStatus.SET_ASIDE]

    def _aside(self) -> list[ImportItem]:
        return [item for item in self.model.every_item if item.status == ImportStatus.SET_ASIDE]

    def _offer_actions(self) -> None:
        chosen = self._chosen()
        aside = bool(self._aside())
        for button in (self.again_button, self.all_again_button):
            button.setVisible(aside)
        self.again_button.setEnabled(bool(self._chosen(aside=True)))
        self.put_back_button.setVisible(any(item.id in self._out for item in chosen))
        self.kept_button.setVisible(bool(self._read_of(chosen)))
        self.kept_button.setText(
            self.tr("See the twin")
            if any(item.twin is not None for item in chosen)
            else self.tr("See its messages")
        )
        self.folder_button.setEnabled(len(chosen) == 1)
        self.copy_button.setEnabled(bool(self.model.items))

    def _read_of(self, items: Iterable[ImportItem]) -> tuple[int, ...]:
        """Return the originals that were read of these lines, each once; none that is out."""
        read = (ImportStatus.IMPORTED, ImportStatus.DUPLICATE)
        found = (i.original_id for i in items if i.status in read and i.id not in self._out)
        return tuple(dict.fromkeys(number for number in found if number is not None))

    def _ask_kept(self) -> None:
        wanted = self._read_of(self._chosen())
        if wanted:
            self.kept_asked.emit(wanted)

    def show_line_of(self, original_ids: Collection[int]) -> None:
        """Show and choose the lines of the files that brought these originals."""
        self.show_open(True)
        self.show_lines(Shown.ALL)
        own = [i for i in self.model.every_item if i.original_id in original_ids]
        first = [item for item in own if item.status != ImportStatus.DUPLICATE] or own
        self.queue_list.clearSelection()
        self._choose({item.id for item in first})
        for row in self.queue_list.selectionModel().selectedIndexes()[:1]:
            self.queue_list.scrollTo(row)

    def _put_back(self) -> None:
        """Put the twins of the chosen files back into the case: what came again is wanted."""
        twins = [self._out[item.id].original for item in self._chosen() if item.id in self._out]
        ids = tuple(dict.fromkeys(twin.id for twin in twins))
        name = self.tr("Put back {name}").format(name=twins[0].file_name)
        self._library.read(
            lambda case: plan_restoring(case, ids),
            lambda change: self._library.change(name, change),
        )

    def _show_folder(self) -> None:
        folder = folder_of(self._chosen()[0])
        if folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
            return
        self.now_label.setText(self.tr("The file is no longer where it came from."))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(as_lines(self._chosen() or self.model.items))

    # -- the line --------------------------------------------------------------------------------

    def _on_case(self) -> None:
        self.setVisible(self._library.case is not None)
        self.model.set_items([])
        self._rest = Unfinished(0, 0)
        self.show_lines(Shown.ALL)
        self.show_open(False)
        self.reload()
        self._show_state()
        self._show_watching()

    def _show_state(self) -> None:
        desk = self._desk
        self.bar.setVisible(desk.busy)
        self.pause_button.setVisible(desk.busy and not desk.cancelled)
        self.cancel_button.setVisible(desk.busy)
        self.cancel_button.setEnabled(not desk.cancelled)
        self.pause_button.setText(self.tr("Go on") if desk.paused else self.tr("Pause"))
        self.state_label.setText(self._state_words())
        self.state_label.setVisible(bool(self.state_label.text()))
        self.now_label.setText(self._now_words())
        self._show_bar(desk.progress or desk.storing)
        self.resume_button.setVisible(not desk.busy and bool(self._rest))
        self.resume_button.setText(
            self.tr("Go on with the import")
            if self._rest.cut_short
            else self.tr("Read %n picture(s) on", "", self._rest.waiting)
        )
        aside = self.model.count(Shown.SET_ASIDE)
        self.aside_button.setVisible(aside > 0)
        self.aside_button.setText(self.tr("%n file(s) set aside", "", aside))

    def _show_bar(self, progress: Progress | None) -> None:
        total = progress.total if progress is self._desk.progress and progress else 0
        self.bar.setRange(0, total)  # of no known length while files are only being stored
        if progress is not None and total:
            self.bar.setValue(progress.done)

    def _state_words(self) -> str:
        desk = self._desk
        if not desk.busy:
            return ""
        if desk.cancelled:
            return self.tr("Stopping after the pictures in work…")
        if desk.progress is None:
            stored = desk.storing
            return self.tr("Storing %n file(s)", "", stored.total) if stored else self.tr("Storing")
        parts = [self.tr("Reading {done}/{total}").format(**_counts(desk.progress))]
        if desk.paused:
            return "  ·  ".join([*parts, self.tr("paused")])
        return "  ·  ".join([*parts, *self._pace_words(desk.progress)])

    def _pace_words(self, progress: Progress) -> list[str]:
        seconds = self._desk.pace.seconds_a_step
        rest = progress.total - progress.done
        if seconds is None or rest <= 0:
            return []
        rate = self.tr("{count} a minute").format(count=max(1, round(60 / max(seconds, 0.01))))
        return [rate, words.time_left(seconds * rest)]

    def _now_words(self) -> str:
        desk = self._desk
        if not desk.busy or desk.paused:
            return ""
        if desk.storing is not None:
            return self.tr("storing {name}").format(name=desk.storing.label)
        if desk.progress is None:
            return ""
        if not desk.progress.label:
            return self.tr("weighing what was read")
        return self.tr("now {name}").format(name=desk.progress.label)

    def _show_watching(self) -> None:
        folder = self._watcher.folder
        self.watch_label.setVisible(folder is not None)
        self.unwatch_button.setVisible(folder is not None)
        if folder is None:
            return
        pattern = (
            self.tr("The watched folder {name} cannot be reached")
            if self._watcher.lost
            else self.tr("Watching {name}")
        )
        self.watch_label.setText(pattern.format(name=Path(folder).name))
        self.watch_label.setToolTip(str(folder))

    def _restyle(self) -> None:
        colours = self._theme.colours
        name = "chevron-down" if self.body.isVisibleTo(self) else "chevron-up"
        self.toggle_button.setIcon(icons.icon(name, colours.text))
        self.aside_button.setIcon(icons.icon("warning", colours.danger))
        self.watch_label.setEnabled(True)
        self.queue_list.viewport().update()


def _lines_and_removed(
    case: CaseFile,
) -> tuple[list[ImportItem], Mapping[int, RemovedOriginal]]:
    """Return the queue, and by line what a duplicate equals that was taken out of the case."""
    items = listing.import_lines(case)
    return items, removed_twins(case, items)


def _counts(progress: Progress) -> dict[str, int]:
    return {"done": progress.done, "total": progress.total}


def _ids(items: list[ImportItem]) -> list[int]:
    return [item.id for item in items]
