"""Review: the list, the screenshot and the reading of one message, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
)

from smsdesk.domain.changes import Change, together
from smsdesk.domain.findings import FindingState, ViolationType
from smsdesk.domain.messages import Message, ReviewState
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.rulings import Answer
from smsdesk.domain.screens import Direction
from smsdesk.gui import words
from smsdesk.gui.forms import load_form
from smsdesk.gui.models.message_list import PAGE, MessageListModel
from smsdesk.gui.models.outline import Outline, outline_of, page_around
from smsdesk.gui.panels.bulk_bar import BulkBar
from smsdesk.gui.panels.editable_fact import EditableFact
from smsdesk.gui.panels.found_strip import FoundStrip
from smsdesk.gui.panels.label_bar import KEYS
from smsdesk.gui.panels.message_list_view import MessageListView
from smsdesk.gui.panels.narrowed_strip import NarrowedStrip
from smsdesk.gui.panels.picture_panel import PicturePanel
from smsdesk.gui.panels.reading_panel import ReadingPanel
from smsdesk.gui.panels.uniting_bar import UnitingBar
from smsdesk.gui.places.deciding import Deed, Deeds, NotUnderstood
from smsdesk.gui.places.place import PlaceContext, PlacePage
from smsdesk.services import asking, conversations, joining, listing, reviewing
from smsdesk.services.conversations import Conversation, Strays, Union
from smsdesk.services.jobs import Cancelled, Progress, Task
from smsdesk.services.joining import JoinReason
from smsdesk.storage.case_file import CaseFile

SIDE_BY_SIDE = 680
"""From this width on, the upright picture stands beside the reading instead of above it."""

_SPLITTER = "review/splitter"

_LIST_AWAY = "review/list_away"

PLANNED_A_TIME = 500
"""Messages read at once for a change of many; all of a large case would fill the memory."""

_Listed = tuple[Outline, list[Message], int | None]
T = TypeVar("T")


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

    everywhere_asked = Signal()
    """What is searched is to be searched in all messages."""

    def __init__(self, context: PlaceContext) -> None:
        super().__init__(context)
        load_form("review_place", self)
        self._wanted_id: int | None = None
        self._asked = 0
        self._has_news = False
        self._staged: tuple[str, Change] | None = None
        self._planning: Event | None = None
        self._deeds = Deeds(self)
        self._query = MessageQuery()
        self._build()
        self._connect()
        self._add_keys()

    def _build(self) -> None:
        self.model = MessageListModel(self)
        self.view = MessageListView(self.model, self._theme, self)
        self.bulk = BulkBar(self)
        self.narrowed = NarrowedStrip(self)
        self.uniting = UnitingBar(self)
        self.list_layout.addWidget(self.narrowed)
        self.found = FoundStrip(self)
        self.list_layout.addWidget(self.found)
        self.list_layout.addWidget(self.uniting)
        self.list_layout.addWidget(self.view)
        self.list_layout.addWidget(self.bulk)
        self.picture = PicturePanel(self._library, self._theme, self._settings, self)
        self.reading = ReadingPanel(self._theme, self)
        self.evidence_splitter.addWidget(self.picture)
        self.evidence_splitter.addWidget(self.reading)
        self.evidence_splitter.installEventFilter(self)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        self.splitter.setSizes([420, 700])
        self.evidence_splitter.setSizes([500, 500])
        self.splitter.restoreState(self._settings.state(_SPLITTER))
        self.picture.list_button.setChecked(bool(self._settings.number(_LIST_AWAY, 0)))

    def _connect(self) -> None:
        self.model.page_wanted.connect(self._fetch)
        self.view.message_chosen.connect(self._show)
        self.view.selection_changed.connect(self._on_selection)
        self.bulk.asked.connect(self.stage)
        self.bulk.confirmed.connect(self._do_staged)
        self.bulk.dropped.connect(self._drop_staged)
        self.empty_button.clicked.connect(self._on_empty_button)
        self.found.everywhere_asked.connect(self.everywhere_asked)
        self.narrowed.left.connect(self.narrowing_left)
        self.narrowed.parted.connect(self._part_conversation)
        self.narrowed.united.connect(self._unite_conversations)
        self.narrowed.uniting_asked.connect(self._offer_uniting)
        self.uniting.chosen.connect(self._preview_uniting)
        self.uniting.confirmed.connect(self._unite)
        self.uniting.dropped.connect(self._drop_uniting)
        self._library.judged.connect(self.model.refresh_all)
        self._library.judged.connect(self._show_anew)
        self._library.rulings_changed.connect(self._learn_rulings)
        self.splitter.splitterMoved.connect(
            lambda *_: self._settings.set_state(_SPLITTER, self.splitter.saveState())
        )
        self._connect_reading()
        self._connect_picture()

    def _connect_reading(self) -> None:
        reading, facts, deeds = self.reading, self.reading.facts, self._deeds
        reading.decided.connect(self._decide)
        reading.accepted.connect(self.accept)
        reading.unreviewed.connect(self._mark_as_new)
        reading.star_toggled.connect(self.toggle_star)
        reading.thread_asked.connect(self.show_thread)
        reading.labels.toggled.connect(self.toggle_label)
        reading.text.saved.connect(self.save_text)
        reading.text.left.connect(self._on_left)
        facts.left.connect(self._on_left)
        facts.direction_toggled.connect(self.turn)
        facts.recipient.answered.connect(lambda answer: self._typed(deeds.recipient(answer)))
        facts.time.typed.connect(lambda text: self._correct(facts.time, deeds.time(text)))
        facts.number.typed.connect(lambda text: self._correct(facts.number, deeds.number(text)))
        facts.institution.typed.connect(
            lambda text: self._correct(facts.institution, deeds.institution(text))
        )
        facts.note.typed.connect(lambda text: self._correct(facts.note, deeds.note(text)))
        reading.joins.confirmed.connect(self._confirm_join)
        reading.joins.parted.connect(self._part)
        reading.joins.joined_above.connect(self._join_above)
        reading.strays.move_asked.connect(self._move_strays)

    def _connect_picture(self) -> None:
        self.picture.list_button.toggled.connect(self._put_list_away)
        self.picture.named.connect(self._explain_shown)
        self.picture.text_chosen.connect(self.reading.text.select_character)
        self.picture.message_chosen.connect(self.view.choose)
        self.reading.text.character_chosen.connect(
            lambda start, _end: self.picture.show_character(start)
        )

    def _typed(self, deed: Deed) -> None:
        self.take_focus()
        self.do(deed)

    def _correct(self, fact: EditableFact, deed: Deed) -> None:
        """Do what was typed over a fact; the editor stays open where it makes no sense.

        Several messages that are selected are all meant: what would change is shown first.
        """
        if self._is_bulk:
            fact.end()
            self.stage(deed)
            return
        message = self.reading.message

        def then(change: Change) -> None:
            fact.end()
            self._library.change(deed.name, change)

        if message is not None:
            self._plan(deed, [message], then)

    def _on_left(self) -> None:
        """Show the message as it is now: news were held back while its text was edited."""
        self.take_focus()
        self._show_anew()
        self._catch_up()

    def _catch_up(self) -> None:
        """Ask for the list that was held back while a person was typing."""
        if self._has_news and not self.reading.is_typing:
            self.refresh(self._query)

    # -- what is shown -------------------------------------------------------------------------

    def set_case(self) -> None:
        """Forget the case before."""
        self._wanted_id = None
        self._asked += 1  # what is on its way belongs to the case before
        self.name_narrowing("")
        self.picture.forget()
        self.model.set_outline(Outline())
        self.reading.show_message(None)
        if self._library.case is not None:
            self._learn_rulings()

    def _learn_rulings(self) -> None:
        def then(said: tuple[dict[int, Answer], dict[str, str]]) -> None:
            self.reading.facts.know(*said)
            self._show_anew()

        self._library.read(asking.answers, then)

    def _show_anew(self) -> None:
        if self.reading.message is not None:
            self._show(self.view.current_id)

    def refresh(self, query: MessageQuery) -> None:
        """Ask for the list anew; the current message stays current where it is still listed."""
        if query == self._query and self.reading.is_typing:
            self._has_news = True  # an import, say; the list waits until what is typed is kept
            return
        self._query, self._has_news = query, False
        self.reading.light(query.search or "")
        self.view.light(query.search or "")
        whole = query == MessageQuery()
        self._asked += 1
        asked = self._asked
        current = self._wanted_id = self.view.current_id or self._wanted_id

        def work(case: CaseFile) -> _Listed:
            outline = outline_of(listing.listed(case, query), gaps=whole)
            wanted = outline.ordinals.get(current or 0, 0)
            shown = page_around(outline.ids, wanted, PAGE)
            return outline, listing.messages(case, shown), _everywhere(case, query, outline)

        def then(result: _Listed) -> None:
            if asked == self._asked:  # a later question is on its way otherwise
                self._on_list(*result)

        self._library.read(work, then)

    def name_narrowing(self, name: str) -> None:
        """Say what the list is narrowed to by a number that was clicked; nothing if empty."""
        if name == self.narrowed.name:  # what is asked there stays open whatever news come
            return
        self.narrowed.show_name(name)
        self.uniting.hide()
        self.picture.prefer(())

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

    def step_hit(self, step: int) -> None:
        """Go to the next message that a search found, or the one before."""
        self.view.step(step)

    def take_focus(self) -> None:
        """Put the keyboard into the list, or where its keys work while the list is away."""
        (self.reading.reading_area if self.list_stack.isHidden() else self.view).setFocus()

    def _put_list_away(self, away: bool) -> None:
        """Leave the room to picture and reading, one half each; remembered."""
        self._settings.set_text(_LIST_AWAY, str(int(away)))
        self._show_list()
        self.evidence_splitter.setSizes([500, 500])
        self.take_focus()

    def _show_list(self) -> None:
        """Show the list, unless it was put away; an empty one says why nothing is shown."""
        has_messages = bool(self.model.outline.ids)
        self.list_stack.setHidden(self.picture.list_button.isChecked() and has_messages)

    def set_text_size(self, pixels: int) -> None:
        """Set the size of the transcript."""
        self.reading.text.set_text_size(pixels)

    def _on_list(self, outline: Outline, messages: list[Message], everywhere: int | None) -> None:
        wanted = self._wanted_id
        if everywhere is None:
            self.found.hide()
        else:
            self.found.show_found(len(outline.ids), everywhere)
        self.model.set_outline(outline, messages)
        # What is found in other views alone is offered by the line above the list.
        self.list_stack.setCurrentIndex(0 if outline.ids or everywhere else 1)
        self.evidence_splitter.setVisible(bool(outline.ids))
        self._show_list()
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
        if shown is not None and (message is None or shown.id != message.id):
            self._keep_typed(shown)
        self.reading.show_message(message)
        doubts = message is not None and message.corrected_text is None and bool(message.doubtful)
        self._tab.setEnabled(doubts)  # without doubts Tab leads to the buttons, as everywhere
        if message is not None:
            self._explain_join(message)
            self._tell_strays(message)
        if message is None or shown is None or shown.id != message.id:
            self.picture.show_message(message)

    def _keep_typed(self, shown: Message) -> None:
        """Keep what was typed for a message that a person leaves otherwise than by Escape."""
        typed = self.reading.text.typed
        if typed is not None:
            self._library.change(self.tr("correct the text"), reviewing.plan_text(shown, typed))
        self.reading.text.leave()

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

    # -- what a person does --------------------------------------------------------------------

    def accept(self) -> None:
        """Confirm what is proposed, mark as reviewed, go to the next that is not reviewed."""
        if self._staged is not None:
            self._do_staged()
        elif self._planning is not None:
            pass  # Enter is meant for what is still being worked out, not for another deed
        elif self._is_bulk:
            self.stage(self._deeds.accept())
        elif self.reading.message is not None:
            self._accept_one(self.reading.message)

    def _accept_one(self, message: Message) -> None:
        change = reviewing.plan_acceptance(message)
        count = len(change.decisions)
        text = self.tr("confirm %n finding(s)", "", count) if count else self.tr("mark as reviewed")
        self._library.change(text, change)
        self.view.step_to_new(message.id)

    def save_text(self, text: str) -> None:
        """Keep a corrected text, accept the message and go on: one step, one undo."""
        message = self.reading.message
        if message is None:
            return
        change = reviewing.plan_text(message, text)
        self.take_focus()
        if change.is_empty:
            self._accept_one(message)
        else:
            name = self.tr("correct the text")
            self._library.change(name, change + reviewing.plan_acceptance(message))
            self.view.step_to_new(message.id)
        self._catch_up()

    def toggle_label(self, violation: ViolationType) -> None:
        """Put a label on the messages chosen, or take it off the one that has it."""
        message = self.reading.message
        if message is not None:
            has = not self._is_bulk and reviewing.has_label(message, violation)
            self.do(self._deeds.label(violation, on=not has))

    def toggle_star(self) -> None:
        """Mark as key evidence, or no longer."""
        message = self.reading.message
        if message is not None:
            self.do(self._deeds.star(on=self._is_bulk or not message.starred))

    def turn(self) -> None:
        """Say that the message went the other way."""
        message = self.reading.message
        if message is not None:
            other = Direction.OUT if message.direction == Direction.IN else Direction.IN
            self.do(self._deeds.turn(other))

    def _edit_text(self) -> None:
        if self._is_bulk:
            self.bulk.refuse(self.tr("Texts are corrected one message at a time."))
        else:
            self.reading.text.begin_edit()

    def reject_current(self) -> None:
        """Reject the proposal that is marked; of several messages none is."""
        if self._is_bulk:
            self.bulk.refuse(self.tr("Proposals are rejected one message at a time."))
            return
        finding = self.reading.current_finding
        if finding is not None and finding.state == FindingState.PROPOSED:
            self._decide(finding.id, FindingState.REJECTED)

    def show_thread(self) -> None:
        """Show the whole conversation of the message; from there, go back."""
        message = self.reading.message
        if not self.narrowed.isHidden():
            self.narrowing_left.emit()
        elif message is not None:
            name = self.tr("The whole conversation with {name}").format(
                name=words.sender_name(message.sender)
            )
            thread_id = message.thread_id
            self._library.read(
                lambda case: _conversation(case, thread_id),
                lambda found: self._on_conversation(name, thread_id, *found),
            )

    def _on_conversation(
        self, name: str, thread_id: int, ids: list[int], links: list[Conversation]
    ) -> None:
        self.messages_asked.emit(tuple(ids), name)
        self.narrowed.show_conversation(thread_id)
        self.narrowed.show_links(links, thread_id)

    def _part_conversation(self, link: Conversation) -> None:
        """Make the part that stands under another header a conversation of its own."""
        name = self.tr("part a conversation")
        self._relink(name, lambda case: conversations.plan_parting(case, link.part_id))

    def _unite_conversations(self, link: Conversation) -> None:
        """Put together again what was parted."""
        name = self.tr("unite two conversations")
        self._relink(name, lambda case: conversations.plan_uniting(case, link.part_id))

    def _relink(self, name: str, plan: Callable[[CaseFile], Change]) -> None:
        def carry_out(change: Change) -> None:
            self._library.change(name, change)
            self.narrowing_left.emit()

        self._library.read(plan, carry_out)

    def _offer_uniting(self, thread_id: int) -> None:
        self._library.read(
            lambda case: conversations.candidates(case, thread_id), self.uniting.offer
        )

    def _preview_uniting(self, other_id: int) -> None:
        """Find out what would change by doing it, after all changes so far; nothing is kept."""
        one_id = self.narrowed.thread_id
        self._library.write(
            lambda case: conversations.preview_union(case, one_id, other_id),
            self.uniting.show_preview,
        )

    def _unite(self, union: Union) -> None:
        self.uniting.hide()
        self._library.change(self.tr("unite two conversations"), union.change)
        self.narrowing_left.emit()

    def _drop_uniting(self) -> None:
        self.uniting.hide()
        self.take_focus()

    def do(self, deed: Deed) -> None:
        """Do *deed* to the message shown; of several selected, show first what it changes."""
        if self._is_bulk:
            self.stage(deed)
            return
        message = self.reading.message
        if message is not None:
            self._plan(deed, [message], lambda change: self._library.change(deed.name, change))

    def stage(self, deed: Deed) -> None:
        """Say what *deed* would change of the messages selected; Escape leaves it, also before."""
        ids = self.view.selected_ids()
        self._stop_planning()
        stop = self._planning = Event()
        if len(ids) > PLANNED_A_TIME:
            self.bulk.show_planning(deed.name, 0, len(ids))

        def show(change: Change) -> None:
            self._planning = None
            count = len(change.message_ids)
            self._staged = None if change.is_empty else (words.counted(deed.name, count), change)
            self.bulk.show_preview(deed.name, change, len(ids))
            self.take_focus()

        self._plan(deed, ids, show, stop)

    def _stop_planning(self) -> None:
        if self._planning is not None:
            self._planning.set()
            self._planning = None

    def _plan(
        self,
        deed: Deed,
        about: Sequence[Message] | Sequence[int],
        then: Callable[[Change], object],
        stop: Event | None = None,
    ) -> None:
        """Plan *deed* in the background for messages, given themselves or by id, until *stop*."""
        stop = stop or Event()

        def work(case: CaseFile, task: Task) -> Change | NotUnderstood:
            try:
                parts = _until(stop.is_set, _counted(_in_parts(case, about), task, len(about)))
                return together(deed.plan(case, part) for part in parts)
            except NotUnderstood as error:
                return error

        def progressed(progress: Progress) -> None:
            if not stop.is_set() and progress.total > PLANNED_A_TIME:
                self.bulk.show_planning(deed.name, progress.done, progress.total)

        def planned(change: Change | NotUnderstood) -> None:
            if stop.is_set():
                return
            if isinstance(change, NotUnderstood):
                self._stop_planning()
                self._refuse(str(change))
            else:
                then(change)

        self._library.read_at_length(work, planned, progressed)

    def _refuse(self, why: str) -> None:
        self.bulk.refuse(why)
        for fact in (self.reading.facts.time, self.reading.facts.number):
            if fact.is_editing:
                fact.refuse(why)

    def _do_staged(self) -> None:
        if self._staged is not None:
            name, change = self._staged
            self._drop_staged()
            self._library.change(name, change)

    def _drop_staged(self) -> None:
        self._stop_planning()
        self._staged = None
        self.bulk.clear_preview()
        self.take_focus()

    @property
    def _is_bulk(self) -> bool:
        return self.bulk.isVisible()

    def _on_selection(self) -> None:
        self._stop_planning()
        self._staged = None
        self.bulk.show_count(self.view.selected_count())

    def _decide(self, finding_id: int, state: FindingState) -> None:
        message = self.reading.message
        if message is None:
            return
        found = (f.proposal.violation for f in message.findings if f.id == finding_id)
        change = reviewing.plan_decision([message], [finding_id], state)
        self._library.change(self._deeds.decide(finding_id, state, next(found)).name, change)

    def _mark_as_new(self) -> None:
        self.do(self._deeds.review(ReviewState.NEW))

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

    def _explain_shown(self) -> None:
        if self.reading.message is not None:
            self._explain_join(self.reading.message)

    def _explain_join(self, message: Message) -> None:
        if len(message.sightings) < 2:
            return

        def show(reasons: list[JoinReason]) -> None:
            shown = self.reading.message
            if shown is not None and shown.id == message.id:
                self.reading.joins.show_reasons(shown, reasons, self.picture.names)

        self._library.read(lambda case: joining.reasons(case, message), show)

    def _tell_strays(self, message: Message) -> None:
        """Say so where the message's number was put right and its conversation is another's."""

        def show(strays: Strays | None) -> None:
            shown = self.reading.message
            if shown is not None and shown.id == message.id:
                self.reading.strays.show_strays(strays)

        self._library.read(lambda case: conversations.strays(case, message), show)

    def _move_strays(self) -> None:
        message = self.reading.message
        if message is not None:
            self._wanted_id = message.id
            name = self.tr("put into the conversation of the number")
            self._library.read(
                lambda case: conversations.plan_moving(case, message),
                lambda change: self._library.change(name, change),
            )

    # -- keys, room ----------------------------------------------------------------------------

    def _add_keys(self) -> None:
        # Single keys act where the list, the picture or the text has the focus, never in a field
        # that is typed into or on a button that takes Space and Enter itself.
        view, picture, reading = self.view, self.picture, self.reading
        for keys, act in (
            (["Return", "Enter"], self.accept),
            (["Shift+Return", "Shift+Enter"], lambda: view.step(-1)),
            (["X"], self.reject_current),
            (["J"], lambda: view.step(1)),
            (["K"], lambda: view.step(-1)),
            (["E"], self._edit_text),
            (["T"], reading.facts.time.begin),
            (["H"], reading.facts.number.begin),
            (["I"], reading.facts.institution.begin),
            (["D"], self.turn),
            (["R"], reading.facts.recipient.begin),
            (["N"], reading.facts.begin_note),
            (["S"], self.toggle_star),
            (["G"], self.show_thread),
            (["Space"], picture.view.toggle_box_zoom),
            (["Shift+Del"], picture.ask_removal),
            (["["], lambda: picture.step_sighting(-1)),
            (["]"], lambda: picture.step_sighting(1)),
            (["+", "="], picture.view.zoom_in),
            (["-"], picture.view.zoom_out),
            (["W"], picture.view.fit_width),
            (["L"], picture.list_button.toggle),
            (["Escape"], self._escape),
        ):
            self._key(keys, act)
        for violation, key in KEYS.items():
            self._key([key], partial(self.toggle_label, violation))
        self._tab = self._key(["Tab"], reading.text.next_doubt)

    def _key(self, keys: list[str], act: Callable[[], object]) -> QAction:
        action = QAction(self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda *_checked: act())
        for widget in (self.view, self.picture.view, self.reading.text, self.reading.reading_area):
            widget.addAction(action)
        return action

    def _escape(self) -> None:
        if self.reading.text.is_editing:
            self.reading.text.leave()
        elif self.picture.removal.close_question():
            pass
        elif not self.uniting.isHidden():
            self._drop_uniting()
        elif self.bulk.is_asking:
            self._drop_staged()
        elif self._is_bulk:
            self.view.select_current_only()
        elif not self.narrowed.isHidden():
            self.narrowing_left.emit()
        else:
            self.escaped.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put the picture beside the reading where there is room, else above it."""
        if watched is self.evidence_splitter and event.type() == QEvent.Type.Resize:
            wide = self.evidence_splitter.width() >= SIDE_BY_SIDE
            wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
            if self.evidence_splitter.orientation() != wanted:
                self.evidence_splitter.setOrientation(wanted)
                self.evidence_splitter.setSizes([500, 500])
        return super().eventFilter(watched, event)


def _everywhere(case: CaseFile, query: MessageQuery, outline: Outline) -> int | None:
    """Return how many messages of the whole case have what is searched; None if nothing is."""
    whole = MessageQuery(search=query.search)
    if not query.search:
        return None
    return len(outline.ids) if query == whole else listing.counts(case, {"all": whole})["all"]


def _conversation(case: CaseFile, thread_id: int) -> tuple[list[int], list[Conversation]]:
    """Return the messages of a conversation, and its links to others, those that hold first."""
    about = (c for c in conversations.conversations(case) if thread_id in (c.root_id, c.part_id))
    links = sorted(about, key=lambda link: not link.together)
    return listing.thread_ids(case, thread_id), links


def _until(stopped: Callable[[], bool], parts: Iterable[T]) -> Iterator[T]:
    """Yield *parts* until it says stop: Cancelled then."""
    for part in parts:
        if stopped():
            raise Cancelled
        yield part


def _counted(
    parts: Iterable[Sequence[Message]], task: Task, total: int
) -> Iterator[Sequence[Message]]:
    """Yield *parts*, telling *task* how many of *total* messages were in those done."""
    done = 0
    for part in parts:
        yield part
        done += len(part)
        task.report(done, total)


def _in_parts(
    case: CaseFile, about: Sequence[Message] | Sequence[int]
) -> Iterator[Sequence[Message]]:
    """Yield the messages that a deed is about, given themselves or by id."""
    messages = [one for one in about if isinstance(one, Message)]
    if messages:
        yield messages
    ids = [one for one in about if isinstance(one, int)]
    for start in range(0, len(ids), PLANNED_A_TIME):
        yield listing.messages(case, ids[start : start + PLANNED_A_TIME])
