"""One case: views on the left, messages in the middle, the evidence on the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from smsdesk.domain.cases import Original
from smsdesk.domain.changes import Change
from smsdesk.domain.findings import FindingState
from smsdesk.domain.messages import Message, ReviewState
from smsdesk.domain.queries import MessageQuery
from smsdesk.gui import icons, words
from smsdesk.gui.forms import load_form
from smsdesk.gui.library import Library
from smsdesk.gui.models.message_list import MESSAGES_KEPT, MessageListModel
from smsdesk.gui.models.outline import Outline, outline_of
from smsdesk.gui.panels.import_panel import ImportPanel
from smsdesk.gui.panels.message_list_view import MessageListView
from smsdesk.gui.panels.picture_panel import PicturePanel
from smsdesk.gui.panels.places import QUERIES, Place, PlacesPanel, counts_of
from smsdesk.gui.panels.reading_panel import ReadingPanel
from smsdesk.gui.settings import WindowSettings
from smsdesk.gui.theme import Theme
from smsdesk.services import joining, listing, reviewing
from smsdesk.services.joining import JoinReason
from smsdesk.services.listing import CaseSummary
from smsdesk.storage.case_file import CaseFile

SEARCH_PAUSE_MS = 250
"""Typing pauses this long before a search starts: about the time between two words."""

COUNT_PAUSE_MS = 150
"""Counts follow a burst of decisions once, not each of them."""

SIDE_BY_SIDE = 680
"""From this width on, the upright picture stands beside the reading instead of above it."""


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
    list_stack: QStackedWidget
    list_layout: QVBoxLayout
    empty_label: QLabel
    empty_button: QPushButton
    evidence_splitter: QSplitter

    import_asked = Signal()

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
        self._wanted_id: int | None = None
        self._asked = 0
        self._total = 0
        self._build()
        self._connect()
        self._add_keys()
        self._restyle()

    def _build(self) -> None:
        self.import_panel = ImportPanel(self._settings, self)
        self.import_layout.addWidget(self.import_panel)
        self.places = PlacesPanel(self.places_list, self._theme, self._place_names())
        self.model = MessageListModel(self)
        self.view = MessageListView(self.model, self._theme, self)
        self.list_layout.addWidget(self.view)
        self.picture = PicturePanel(self._library, self._theme, self)
        self.reading = ReadingPanel(self._theme, self)
        self.evidence_splitter.addWidget(self.picture)
        self.evidence_splitter.addWidget(self.reading)
        self.evidence_splitter.installEventFilter(self)
        self.title_label.installEventFilter(self)
        self.main_splitter.setStretchFactor(0, 0)
        self.main_splitter.setStretchFactor(1, 2)
        self.main_splitter.setStretchFactor(2, 3)
        self.main_splitter.setSizes([160, 420, 700])
        self.evidence_splitter.setSizes([500, 500])
        self.set_text_size(self._settings.number("view/text_size", 16))

    def _connect(self) -> None:
        self._search_pause = _pause(self, SEARCH_PAUSE_MS, self.reload)
        self._count_pause = _pause(self, COUNT_PAUSE_MS, self._ask_counts)
        library = self._library
        library.case_changed.connect(self._on_case_changed)
        library.messages_changed.connect(self._on_messages_changed)
        library.contents_changed.connect(self._on_contents_changed)
        self.places_list.currentRowChanged.connect(lambda _row: self.reload())
        for chosen in (self.places_list.clicked, self.places_list.activated):
            chosen.connect(lambda _index: self.view.setFocus())
        self.search_edit.textChanged.connect(lambda _text: self._search_pause.start())
        self.search_edit.returnPressed.connect(self.view.setFocus)
        self.model.page_wanted.connect(self._fetch)
        self.view.message_chosen.connect(self._show)
        self.reading.decided.connect(self._decide)
        self.reading.accepted.connect(self.accept)
        self.reading.unreviewed.connect(self._mark_as_new)
        self.reading.joins.confirmed.connect(self._confirm_join)
        self.reading.joins.parted.connect(self._part)
        self.reading.joins.joined_above.connect(self._join_above)
        self.empty_button.clicked.connect(self._on_empty_button)
        self._theme.changed.connect(self._restyle)

    # -- what is shown -------------------------------------------------------------------------

    @property
    def query(self) -> MessageQuery:
        """What the list is narrowed to."""
        search = self.search_edit.text().strip()
        return replace(QUERIES[self.places.current], search=search or None)

    def set_title(self, title: str) -> None:
        """Show the case's name."""
        self.title_label.setToolTip(title)
        self._elide_title()

    def set_text_size(self, pixels: int) -> None:
        """Set the size of the transcript."""
        self.reading.text.set_text_size(pixels)

    def show_messages(self, ids: tuple[int, ...]) -> None:
        """Go to what changed: focus follows an undo."""
        for message_id in ids:
            if self.view.choose(message_id):
                return

    def reload(self) -> None:
        """Ask for the list anew; the current message stays current where it is still listed."""
        query = self.query
        whole = query == MessageQuery()
        self._asked += 1
        asked = self._asked
        self._wanted_id = self.view.current_id or self._wanted_id

        def work(case: CaseFile) -> tuple[Outline, list[Message]]:
            messages = listing.messages(case, listing.message_ids(case, query))
            return outline_of(messages, gaps=whole), messages[:MESSAGES_KEPT]

        def then(result: tuple[Outline, list[Message]]) -> None:
            if asked == self._asked:  # a later question is on its way otherwise
                self._on_list(*result)

        self._library.read(work, then)

    def _on_list(self, outline: Outline, messages: list[Message]) -> None:
        wanted = self._wanted_id
        self.model.set_outline(outline, messages)
        self.list_stack.setCurrentIndex(0 if outline.ids else 1)
        if not outline.ids:
            self._word_empty()
            self._show(None)
        elif wanted is None or not self.view.choose(wanted):
            self.view.choose_first()

    def _on_case_changed(self) -> None:
        self._wanted_id = None
        self.picture.forget()
        self.model.set_outline(Outline())
        self.import_panel.hide()
        self.reading.show_message(None)
        self.search_edit.clear()
        self.places.choose(Place.ALL)
        if self._library.case is not None:
            self._on_contents_changed()

    def _on_contents_changed(self) -> None:
        self._library.read(listing.originals, self._on_originals)
        self._ask_counts()

    def _on_originals(self, originals: list[Original]) -> None:
        self.picture.set_originals(originals)
        self.reload()

    def _ask_counts(self) -> None:
        self._library.read(listing.summary, self._on_counts)

    def _on_counts(self, summary: CaseSummary) -> None:
        self._total = summary.messages.total
        self.places.set_counts(counts_of(summary))
        self.export_button.setEnabled(summary.originals > 0)

    def _fetch(self, ids: tuple[int, ...]) -> None:
        self._library.read(lambda case: listing.messages(case, ids), self._on_fetched)

    def _on_fetched(self, messages: list[Message]) -> None:
        self.model.put(messages)
        current = self.view.current_id
        for message in messages:
            if message.id == current:
                self._show(current)

    def _show(self, message_id: int | None) -> None:
        """Show a message as it is at hand; one that is still on its way comes by _on_fetched."""
        message = None if message_id is None else self.model.message(message_id)
        if message is None and message_id is not None:
            self._fetch((message_id,))
            return
        shown = self.reading.message
        self.reading.show_message(message)
        if message is not None:
            self._explain_join(message)
        if message is None or shown is None or shown.id != message.id:
            self.picture.show_message(message)

    # -- what a person decides -----------------------------------------------------------------

    def accept(self) -> None:
        """Confirm what is proposed, mark as reviewed, go to the next."""
        message = self.reading.message
        if message is None:
            return
        change = reviewing.plan_acceptance(message)
        count = len(change.decisions)
        text = self.tr("confirm %n finding(s)", "", count) if count else self.tr("mark as reviewed")
        self._library.change(text, change)
        self.view.step(1)

    def reject_current(self) -> None:
        """Reject the proposal that is marked."""
        finding = self.reading.current_finding
        if finding is not None and finding.state == FindingState.PROPOSED:
            self._decide(finding.id, FindingState.REJECTED)

    def _decide(self, finding_id: int, state: FindingState) -> None:
        message = self.reading.message
        if message is None:
            return
        change = reviewing.plan_decision([message], [finding_id], state)
        name = next(
            words.label_name(f.proposal.violation) for f in message.findings if f.id == finding_id
        )
        pattern = (
            self.tr("confirm {label}")
            if state == FindingState.CONFIRMED
            else self.tr("reject {label}")
        )
        self._library.change(pattern.format(label=name), change)

    def _mark_as_new(self) -> None:
        if self.reading.message is not None:
            change = reviewing.plan_review([self.reading.message], ReviewState.NEW)
            self._library.change(self.tr("mark as new"), change)

    def _confirm_join(self) -> None:
        self._plan_join(self.tr("confirm a join"), joining.plan_join)

    def _part(self) -> None:
        message, sighting = self.reading.message, self.picture.sighting
        asked = message is not None and message.in_question
        chosen = [] if asked or sighting is None else [sighting.id]

        def plan(case: CaseFile, ids: list[int]) -> Change:
            return joining.plan_split(case, ids[0], chosen)

        self._plan_join(self.tr("part a message"), plan)

    def _join_above(self) -> None:
        self._plan_join(self.tr("join messages"), joining.plan_join_above)

    def _plan_join(self, name: str, plan: Callable[[CaseFile, list[int]], Change]) -> None:
        """Plan a change of joins in the background; then carry it out as an undo step."""
        message = self.reading.message
        if message is None:
            return
        self._wanted_id = message.id

        def carry_out(change: Change) -> None:
            self._library.change(name, change)

        self._library.read(lambda case: plan(case, [message.id]), carry_out)

    def _explain_join(self, message: Message) -> None:
        if len(message.sightings) < 2:
            return

        def show(reasons: list[JoinReason]) -> None:
            shown = self.reading.message
            if shown is not None and shown.id == message.id:
                self.reading.joins.show_reasons(shown, reasons, self.picture.names)

        self._library.read(lambda case: joining.reasons(case, message), show)

    def _on_messages_changed(self, ids: tuple[int, ...]) -> None:
        # Rows change in place and leave a narrowed list only when it is chosen again: a row that
        # vanished under the eyes of whoever reviews it would lose them their place.
        self.model.refresh(ids)
        self._count_pause.start()

    # -- keys, looks ---------------------------------------------------------------------------

    def _add_keys(self) -> None:
        # Single keys act where the list, the picture or the text has the focus, never in a field
        # that is typed into or on a button that takes Space and Enter itself.
        view, picture = self.view, self.picture
        self._key(["Return", "Enter"], self.accept)
        self._key(["Shift+Return", "Shift+Enter"], lambda: view.step(-1))
        self._key(["X"], self.reject_current)
        self._key(["J"], lambda: view.step(1))
        self._key(["K"], lambda: view.step(-1))
        self._key(["Space"], picture.view.toggle_box_zoom)
        self._key(["["], lambda: picture.step_sighting(-1))
        self._key(["]"], lambda: picture.step_sighting(1))
        self._key(["+", "="], picture.view.zoom_in)
        self._key(["-"], picture.view.zoom_out)
        self._key(["0"], picture.view.fit_width)

    def _key(self, keys: list[str], act: Callable[[], object]) -> None:
        action = QAction(self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda *_checked: act())
        for widget in (self.view, self.picture.view, self.reading.text, self.reading.reading_area):
            widget.addAction(action)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the picture's place and the title to their room."""
        if watched is self.evidence_splitter and event.type() == QEvent.Type.Resize:
            wide = self.evidence_splitter.width() >= SIDE_BY_SIDE
            wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
            if self.evidence_splitter.orientation() != wanted:
                self.evidence_splitter.setOrientation(wanted)
                self.evidence_splitter.setSizes([500, 500])
        elif watched is self.title_label and event.type() == QEvent.Type.Resize:
            self._elide_title()
        return super().eventFilter(watched, event)

    def _elide_title(self) -> None:
        metrics, room = self.title_label.fontMetrics(), self.title_label.width()
        title = self.title_label.toolTip()
        self.title_label.setText(metrics.elidedText(title, Qt.TextElideMode.ElideRight, room))

    def _restyle(self) -> None:
        colours = self._theme.colours
        self.back_button.setIcon(icons.icon("back", colours.text))
        self.import_button.setIcon(icons.icon("import", colours.text))
        self.export_button.setIcon(icons.icon("export", colours.on_accent))

    def _word_empty(self) -> None:
        if self._total == 0 and self.query == MessageQuery():
            self.empty_label.setText(
                self.tr("Drop screenshots, PDFs, folders or ZIP files anywhere on this window.")
            )
            self.empty_button.setText(self.tr("Choose pictures…"))
            return
        self.empty_label.setText(self.tr("No message fits here."))
        self.empty_button.setText(self.tr("Show all messages"))

    def _on_empty_button(self) -> None:
        if self.query == MessageQuery():
            self.import_asked.emit()
            return
        self.search_edit.clear()
        self.places.choose(Place.ALL)

    def _place_names(self) -> dict[Place, tuple[str, str]]:
        return {
            Place.ALL: (self.tr("All"), self.tr("All messages by time")),
            Place.NEW: (self.tr("To review"), self.tr("Messages that nobody has looked at")),
            Place.DOUBTFUL: (
                self.tr("Doubtful"),
                self.tr("Messages with characters that the engine was not sure of"),
            ),
            Place.NIGHT: (self.tr("Night"), self.tr("Messages certainly sent in the night")),
            Place.UNLABELLED: (
                self.tr("Unmarked"),
                self.tr("Received messages on which nothing is proposed or confirmed"),
            ),
            Place.PROPOSED: (
                self.tr("Proposed"),
                self.tr("Messages with open proposals; the number counts the proposals"),
            ),
            Place.CONFIRMED: (
                self.tr("Confirmed"),
                self.tr("Messages with confirmed findings; the number counts the findings"),
            ),
            Place.REJECTED: (
                self.tr("Rejected"),
                self.tr("Messages with rejected proposals; the number counts the proposals"),
            ),
        }


def _pause(parent: QObject, milliseconds: int, then: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(then)
    return timer
