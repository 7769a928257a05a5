"""Review: the list, the screenshot and the reading of one message, side by side."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QStackedWidget, QVBoxLayout

from smsdesk.domain.cases import Original
from smsdesk.domain.changes import Change
from smsdesk.domain.findings import FindingState
from smsdesk.domain.messages import Message, ReviewState
from smsdesk.domain.queries import MessageQuery
from smsdesk.gui import words
from smsdesk.gui.forms import load_form
from smsdesk.gui.models.message_list import MESSAGES_KEPT, MessageListModel
from smsdesk.gui.models.outline import Outline, outline_of
from smsdesk.gui.panels.message_list_view import MessageListView
from smsdesk.gui.panels.picture_panel import PicturePanel
from smsdesk.gui.panels.reading_panel import ReadingPanel
from smsdesk.gui.places.place import PlaceContext, PlacePage
from smsdesk.services import joining, listing, reviewing
from smsdesk.services.joining import JoinReason
from smsdesk.storage.case_file import CaseFile

SIDE_BY_SIDE = 680
"""From this width on, the upright picture stands beside the reading instead of above it."""

_SPLITTER = "review/splitter"

_Listed = tuple[Outline, list[Message], list[Original]]


class ReviewPlace(PlacePage):
    """Where a person looks at every message and decides; what they do is an undo step each."""

    splitter: QSplitter
    list_stack: QStackedWidget
    list_layout: QVBoxLayout
    empty_label: QLabel
    empty_button: QPushButton
    evidence_splitter: QSplitter

    narrowing_left = Signal()
    """Nothing fits the view and the search, and the person wants to see all messages."""

    def __init__(self, context: PlaceContext) -> None:
        super().__init__()
        load_form("review_place", self)
        self._library = context.library
        self._theme = context.theme
        self._settings = context.settings
        self._wanted_id: int | None = None
        self._asked = 0
        self._query = MessageQuery()
        self._build()
        self._connect()
        self._add_keys()

    def _build(self) -> None:
        self.model = MessageListModel(self)
        self.view = MessageListView(self.model, self._theme, self)
        self.list_layout.addWidget(self.view)
        self.picture = PicturePanel(self._library, self._theme, self)
        self.reading = ReadingPanel(self._theme, self)
        self.evidence_splitter.addWidget(self.picture)
        self.evidence_splitter.addWidget(self.reading)
        self.evidence_splitter.installEventFilter(self)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        self.splitter.setSizes([420, 700])
        self.evidence_splitter.setSizes([500, 500])
        self.splitter.restoreState(self._settings.state(_SPLITTER))

    def _connect(self) -> None:
        self.model.page_wanted.connect(self._fetch)
        self.view.message_chosen.connect(self._show)
        self.reading.decided.connect(self._decide)
        self.reading.accepted.connect(self.accept)
        self.reading.unreviewed.connect(self._mark_as_new)
        self.reading.joins.confirmed.connect(self._confirm_join)
        self.reading.joins.parted.connect(self._part)
        self.reading.joins.joined_above.connect(self._join_above)
        self.empty_button.clicked.connect(self._on_empty_button)
        self.splitter.splitterMoved.connect(
            lambda *_: self._settings.set_state(_SPLITTER, self.splitter.saveState())
        )

    # -- what is shown -------------------------------------------------------------------------

    def set_case(self) -> None:
        """Forget the case before."""
        self._wanted_id = None
        self._asked += 1  # what is on its way belongs to the case before
        self.picture.forget()
        self.model.set_outline(Outline())
        self.reading.show_message(None)

    def refresh(self, query: MessageQuery) -> None:
        """Ask for the list anew; the current message stays current where it is still listed."""
        self._query = query
        whole = query == MessageQuery()
        self._asked += 1
        asked = self._asked
        self._wanted_id = self.view.current_id or self._wanted_id

        def work(case: CaseFile) -> _Listed:
            messages = listing.messages(case, listing.message_ids(case, query))
            outline = outline_of(messages, gaps=whole)
            return outline, messages[:MESSAGES_KEPT], listing.originals(case)

        def then(result: _Listed) -> None:
            if asked == self._asked:  # a later question is on its way otherwise
                self._on_list(*result)

        self._library.read(work, then)

    def want(self, message_id: int) -> None:
        """Go to this message as soon as a list has it."""
        self._wanted_id = message_id
        self.view.clear_current()

    def show_messages(self, ids: tuple[int, ...]) -> bool:
        """Go to what changed: focus follows an undo."""
        return any(self.view.choose(message_id) for message_id in ids)

    def messages_changed(self, ids: tuple[int, ...]) -> None:
        """Show these messages anew, in their rows.

        Rows leave a narrowed list only when it is chosen again: a row that vanished under the eyes
        of whoever reviews it would lose them their place.
        """
        self.model.refresh(ids)

    def take_focus(self) -> None:
        """Put the keyboard into the list."""
        self.view.setFocus()

    def set_text_size(self, pixels: int) -> None:
        """Set the size of the transcript."""
        self.reading.text.set_text_size(pixels)

    def _on_list(
        self, outline: Outline, messages: list[Message], originals: list[Original]
    ) -> None:
        wanted = self._wanted_id
        self.picture.set_originals(originals)
        self.model.set_outline(outline, messages)
        self.list_stack.setCurrentIndex(0 if outline.ids else 1)
        if not outline.ids:
            self._word_empty()
            self._show(None)
        elif wanted is None or not self.view.choose(wanted):
            self.view.choose_first()

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

    def _word_empty(self) -> None:
        if self._query == MessageQuery():
            self.empty_label.setText(
                self.tr("Drop screenshots, PDFs, folders or ZIP files anywhere on this window.")
            )
            self.empty_button.setText(self.tr("Choose pictures…"))
            return
        self.empty_label.setText(self.tr("No message fits here."))
        self.empty_button.setText(self.tr("Show all messages"))

    def _on_empty_button(self) -> None:
        if self._query == MessageQuery():
            self.import_asked.emit()
        else:
            self.narrowing_left.emit()

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

    # -- keys, room ----------------------------------------------------------------------------

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
        """Put the picture beside the reading where there is room, else above it."""
        if watched is self.evidence_splitter and event.type() == QEvent.Type.Resize:
            wide = self.evidence_splitter.width() >= SIDE_BY_SIDE
            wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
            if self.evidence_splitter.orientation() != wanted:
                self.evidence_splitter.setOrientation(wanted)
                self.evidence_splitter.setSizes([500, 500])
        return super().eventFilter(watched, event)
