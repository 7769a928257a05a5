"""One case: places and saved views in the rail on the left, the place chosen beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from smsdesk.domain.queries import MessageQuery
from smsdesk.gui import icons
from smsdesk.gui.elided import ElidedText
from smsdesk.gui.forms import load_form
from smsdesk.gui.library import Library
from smsdesk.gui.overviews import Overviews
from smsdesk.gui.panels.import_panel import ImportPanel
from smsdesk.gui.panels.message_list_view import MessageListView
from smsdesk.gui.panels.rail import RailItem, RailList
from smsdesk.gui.panels.views import OWN, View, queries_of, rail_items
from smsdesk.gui.places.export import ExportPlace
from smsdesk.gui.places.place import PlaceContext, PlacePage
from smsdesk.gui.places.registry import EXPORT, REVIEW, PlaceEntry, places
from smsdesk.gui.places.review import ReviewPlace
from smsdesk.gui.settings import LeftAt, OwnView, WindowSettings
from smsdesk.gui.theme import Theme
from smsdesk.services import listing
from smsdesk.services.listing import CaseSummary
from smsdesk.storage.case_file import CaseFile

SEARCH_PAUSE_MS = 250
"""Typing pauses this long before a search starts: about the time between two words."""

COUNT_PAUSE_MS = 150
"""Counts follow a burst of decisions once, not each of them."""

_DELETE = Qt.Key.Key_Delete


class CasePage(QWidget):
    """Shows the library's case; imports and exports are asked for by signals."""

    header: QWidget
    back_button: QToolButton
    title_label: QLabel
    search_edit: QLineEdit
    verdict_button: QToolButton
    import_button: QPushButton
    export_button: QPushButton
    import_layout: QVBoxLayout
    main_splitter: QSplitter
    places_list: QListWidget
    views_list: QListWidget
    place_stack: QStackedWidget

    import_asked = Signal()
    escaped = Signal()
    """Escape was pressed where a place had nothing to leave."""

    def __init__(
        self,
        library: Library,
        theme: Theme,
        settings: WindowSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        load_form("case_page", self)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._library = library
        self._theme = theme
        self._settings = settings
        self._queries: dict[str, MessageQuery] = {}
        self._entries: dict[str, PlaceEntry] = {}
        self._pages: dict[str, PlacePage] = {}
        self._asked_for: tuple[MessageQuery, str] | None = None
        self._came_from: tuple[str, str, str] = (REVIEW, View.ALL, "")
        self._build()
        self._connect()
        self._restyle()

    def _build(self) -> None:
        self.import_panel = ImportPanel(self._settings, self)
        self.import_layout.addWidget(self.import_panel)
        self.views = RailList(self.views_list, self._theme)
        self.views_list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._save_action = self.search_edit.addAction(
            icons.icon("tag", self._theme.colours.muted),
            QLineEdit.ActionPosition.TrailingPosition,
        )
        self._save_action.setToolTip(self.tr("Keep this search as a view of your own"))
        self._save_action.setVisible(False)
        self._show_views()
        self.places = RailList(self.places_list, self._theme)
        self._add_places()
        self._title = ElidedText(self.title_label)
        self.main_splitter.setStretchFactor(0, 0)
        self.main_splitter.setStretchFactor(1, 1)
        self.main_splitter.setSizes([168, 1100])
        self.set_text_size(self._settings.number("view/text_size", 16))

    def _add_places(self) -> None:
        overviews = Overviews(self._library, self)
        context = PlaceContext(self._library, self._theme, self._settings, overviews)
        for entry in places():
            page = entry.make(context)
            self._entries[entry.key], self._pages[entry.key] = entry, page
            self.place_stack.addWidget(page)
            page.messages_asked.connect(self.show_listed)
            page.import_asked.connect(self.import_asked)
            page.escaped.connect(self.escaped)
        rows = [RailItem(e.key, e.name, e.hint, e.icon) for e in self._entries.values()]
        self.places.show_items(rows)
        self.places_list.setFixedHeight(self.places.height())

    def _connect(self) -> None:
        self._search_pause = _pause(self, SEARCH_PAUSE_MS, self.reload)
        self._count_pause = _pause(self, COUNT_PAUSE_MS, self._ask_counts)
        library = self._library
        library.case_changed.connect(self._on_case_changed)
        library.messages_changed.connect(self._on_messages_changed)
        library.contents_changed.connect(self._on_contents_changed)
        self.places_list.currentRowChanged.connect(self._on_place)
        self.views_list.currentRowChanged.connect(self._on_view)
        for rail in (self.places_list, self.views_list):
            for chosen in (rail.clicked, rail.activated):
                chosen.connect(lambda _index: self.take_focus())
        self.search_edit.textChanged.connect(self._on_search)
        self._save_action.triggered.connect(self.save_view)
        self.views_list.customContextMenuRequested.connect(self._offer_view_menu)
        # Queued: the row is made anew, which must not happen inside its own editor.
        self.views.named.connect(self.rename_view, Qt.ConnectionType.QueuedConnection)
        self._add_view_keys()
        self.search_edit.returnPressed.connect(self.take_focus)
        self.exporting.ticked = lambda: frozenset(self.view.selected_ids())
        self.review.narrowing_left.connect(self.leave_narrowing)
        self.review.everywhere_asked.connect(self._search_everywhere)
        for key, step in (("F3", 1), ("Shift+F3", -1)):
            self._step_hit_by(key, step)
        self._theme.changed.connect(self._restyle)

    def _step_hit_by(self, key: str, step: int) -> None:
        hit = QShortcut(QKeySequence(key), self)
        hit.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        hit.activated.connect(lambda: self.page.step_hit(step))

    # -- what is shown -------------------------------------------------------------------------

    @property
    def review(self) -> ReviewPlace:
        """The place where messages are reviewed one by one; it is always there."""
        page = self._pages[REVIEW]
        if not isinstance(page, ReviewPlace):
            raise TypeError(f"{page} is not where messages are reviewed")
        return page

    @property
    def exporting(self) -> ExportPlace:
        """The place where a person chooses what is made of the case."""
        page = self._pages[EXPORT]
        if not isinstance(page, ExportPlace):
            raise TypeError(f"{page} is not where the case is exported")
        return page

    @property
    def view(self) -> MessageListView:
        """The list of messages in the review."""
        return self.review.view

    @property
    def page(self) -> PlacePage:
        """The place on the screen."""
        return self._pages[self.places.current or REVIEW]

    @property
    def query(self) -> MessageQuery:
        """What the messages are narrowed to."""
        search = self.search_edit.text().strip()
        base = (
            self._asked_for[0]
            if self._asked_for
            else self._queries.get(self.views.current, MessageQuery())
        )
        return replace(base, search=search) if search else base

    @property
    def left_at(self) -> LeftAt:
        """Where the person is, as the shelf remembers it: place, view and message.

        Of messages that a number led to, where it was clicked: the number may be another one next
        time.
        """
        place, view, _search = (
            self._came_from
            if self._asked_for
            else (self.places.current, self.views.current, self.search_edit.text())
        )
        return LeftAt(place, view, self.view.current_id or 0)

    def set_title(self, title: str) -> None:
        """Show the case's name."""
        self._title.set_text(title)

    def set_text_size(self, pixels: int) -> None:
        """Set the size of transcripts in every place."""
        for page in self._pages.values():
            page.set_text_size(pixels)

    def take_focus(self) -> None:
        """Put the keyboard into the place shown."""
        self.page.take_focus()

    def show_place(self, key: str) -> None:
        """Show another place."""
        self.places.choose(key)

    def place(self, key: str) -> PlacePage:
        """Return a place; KeyError if there is none."""
        return self._pages[key]

    def show_messages(self, ids: tuple[int, ...]) -> None:
        """Go to what changed: focus follows an undo, out of a view that does not list it."""
        if ids and not self.page.show_messages(ids):
            self.places.choose(REVIEW)
            self.review.want(ids[0])
            self.show_everything()

    def show_everything(self) -> None:
        """Leave the search and every view."""
        self.search_edit.clear()
        self._asked_for = None
        self.views.choose(View.ALL)
        self.reload()

    def leave_narrowing(self) -> None:
        """Go back to the view and the search from which a number led away, or to all messages."""
        if self._asked_for is None:
            self.show_everything()
            return
        self._asked_for = None
        place, view, search = self._came_from
        with QSignalBlocker(self.search_edit), QSignalBlocker(self.views_list):
            self.views.choose(view)
            self.search_edit.setText(search)
        self.places.choose(place)
        self.reload()
        self.take_focus()

    def _search_everywhere(self) -> None:
        """Keep what is searched, and leave the view."""
        self._asked_for = None
        self.views.choose(View.ALL)
        self.take_focus()

    def show_listed(self, ids: tuple[int, ...], name: str) -> None:
        """Show these messages in the review, under *name*, until another view is chosen."""
        if self._asked_for is None:
            self._came_from = self.places.current, self.views.current, self.search_edit.text()
        self._asked_for = MessageQuery(only=frozenset(ids)), name
        with QSignalBlocker(self.search_edit), QSignalBlocker(self.views_list):
            self.views.leave()
            self.search_edit.clear()
        if ids and self.page is not self.review:
            self.review.want(ids[0])
        self.places.choose(REVIEW)
        self.reload()
        self.take_focus()

    def reload(self) -> None:
        """Let the place on the screen ask anew."""
        self._search_pause.stop()
        if self._library.case is not None:
            self.review.name_narrowing(self._asked_for[1] if self._asked_for else "")
            self.page.refresh(self.query)

    def save_view(self) -> None:
        """Keep the view and the search as a view of the person's own, named by its words."""
        search, view = self.search_edit.text().strip(), self.views.current
        if not search or not view:
            return
        if view.startswith(OWN):
            view = View.ALL
        shown = "" if view == View.ALL else self.views.name(view)
        name = f"{search} · {shown}" if shown else search
        self._settings.save_view(OwnView(name, view, search))
        self._show_views()
        with QSignalBlocker(self.search_edit):
            self.search_edit.clear()
        self._save_action.setVisible(False)
        self.views.choose(OWN + name)
        self._ask_counts()

    def remove_view(self, key: str) -> None:
        """Forget a view of the person's own."""
        self._settings.drop_view(key.removeprefix(OWN))
        self._show_views()
        self.reload()

    def rename_view(self, key: str, name: str) -> None:
        """Give a view of the person's own another name; a blank one leaves it as it is."""
        if not name or OWN + name == key:
            return
        was_current = self.views.current == key
        now = OWN + self._settings.rename_view(key.removeprefix(OWN), name)
        self._show_views()
        if was_current:
            with QSignalBlocker(self.views_list):
                self.views.choose(now)
        self._ask_counts()

    def _show_views(self) -> None:
        own = self._settings.own_views()
        self._queries = queries_of(own)
        self.views.show_items(rail_items(own))

    def _add_view_keys(self) -> None:
        for key, act in ((Qt.Key.Key_F2, self.views.begin_naming), (_DELETE, self.remove_view)):
            shortcut = QShortcut(QKeySequence(key), self.views_list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(self._to_own_view, act))

    def _to_own_view(self, act: Callable[[str], None]) -> None:
        if self.views.current.startswith(OWN):
            act(self.views.current)

    def _offer_view_menu(self, where: QPoint) -> None:
        item = self.views_list.itemAt(where)
        key = self.views.key_of(item) if item else ""
        if key.startswith(OWN):
            menu = QMenu(self.views_list)
            menu.addAction(self.tr("Rename this view\tF2"), lambda: self.views.begin_naming(key))
            menu.addAction(self.tr("Remove this view\tDel"), lambda: self.remove_view(key))
            menu.popup(self.views_list.viewport().mapToGlobal(where))

    def _on_search(self, text: str) -> None:
        self._save_action.setVisible(bool(text.strip()))
        self._search_pause.start()

    def _on_place(self, row: int) -> None:
        if row >= 0:
            self.place_stack.setCurrentWidget(self.page)
            self.reload()

    def _on_view(self, row: int) -> None:
        if row >= 0:
            self._asked_for = None
            self.reload()

    def _on_case_changed(self) -> None:
        self.import_panel.hide()
        for page in self._pages.values():
            page.set_case()
        self._asked_for = None
        with (
            QSignalBlocker(self.search_edit),
            QSignalBlocker(self.views_list),
            QSignalBlocker(self.places_list),
        ):
            self.search_edit.clear()
            self.views.choose(View.ALL)
            self.places.choose(REVIEW)
            self._go_where_left()
        self.place_stack.setCurrentWidget(self.page)
        if self._library.case is not None:
            self._on_contents_changed()

    def _go_where_left(self) -> None:
        """Choose what the person had chosen when they left this case."""
        case = self._library.case
        known = self._settings.recent_case(str(case.path)) if case else None
        if known is not None:
            self.views.choose(known.view)
            self.places.choose(known.place)
        if known is not None and known.message:
            self.review.want(known.message)

    def _on_contents_changed(self) -> None:
        self.reload()
        self._ask_counts()

    def _on_messages_changed(self, ids: tuple[int, ...]) -> None:
        self.page.messages_changed(ids)
        self._count_pause.start()

    def _ask_counts(self) -> None:
        queries = self._queries

        def work(case: CaseFile) -> tuple[CaseSummary, dict[str, int]]:
            return listing.summary(case), listing.counts(case, queries)

        self._library.read(work, lambda counted: self._on_counts(*counted))

    def _on_counts(self, summary: CaseSummary, counts: dict[str, int]) -> None:
        self.views.set_counts(counts)
        self.places.set_counts({key: e.count(summary) for key, e in self._entries.items()})
        self.export_button.setEnabled(summary.originals > 0)

    # -- looks ---------------------------------------------------------------------------------

    def _restyle(self) -> None:
        colours = self._theme.colours
        self.back_button.setIcon(icons.icon("back", colours.text))
        self.import_button.setIcon(icons.icon("import", colours.text))
        self.export_button.setIcon(icons.icon("export", colours.on_accent))


def _pause(parent: QObject, milliseconds: int, then: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(then)
    return timer
