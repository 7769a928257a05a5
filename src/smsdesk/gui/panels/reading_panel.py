"""What was read of the current message, how it is known, and what is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from smsdesk.domain.findings import SPECIAL, Finding, FindingState
from smsdesk.domain.messages import Message, ReviewState
from smsdesk.domain.searching import hits
from smsdesk.gui import icons, words
from smsdesk.gui.delegates.message_row import in_order
from smsdesk.gui.forms import load_form
from smsdesk.gui.panels.finding_card import FindingCard
from smsdesk.gui.panels.join_bar import JoinBar
from smsdesk.gui.panels.label_bar import LabelBar
from smsdesk.gui.panels.message_facts import MessageFacts, difference
from smsdesk.gui.panels.message_text import MessageText
from smsdesk.gui.panels.strays_bar import StraysBar
from smsdesk.gui.theme import Theme


class ReadingPanel(QWidget):
    """Shows one message; what a person decides goes out as signals."""

    tools_bar: QFrame
    tools_layout: QHBoxLayout
    reading_area: QScrollArea
    body_layout: QVBoxLayout
    text_card: QFrame
    text_layout: QVBoxLayout
    machine_label: QLabel
    facts_layout: QFormLayout
    labels_layout: QVBoxLayout
    findings_title: QLabel
    findings_layout: QVBoxLayout
    foot: QWidget
    state_label: QLabel
    unreview_button: QPushButton
    accept_button: QPushButton

    decided = Signal(int, object)
    """A finding's id and the state wanted."""
    accepted = Signal()
    unreviewed = Signal()
    star_toggled = Signal()
    thread_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form("reading_panel", self)
        self._theme = theme
        self._message: Message | None = None
        self._pool: list[FindingCard] = []
        self._cards: list[FindingCard] = []
        self._current: int | None = None
        self._searched = ""
        self._tools: dict[QToolButton, tuple[str, str, str]] = {}
        self.text = MessageText(theme, self)
        self.text.editing_changed.connect(self._mark_editing)
        self.special_label = QLabel(self)
        self.special_label.setWordWrap(True)
        self.special_label.setProperty("role", "special")
        self.text_layout.addWidget(self.special_label)
        self.text_layout.addWidget(self.text)
        self.caveat_label = QLabel(self)
        self.caveat_label.setWordWrap(True)
        self.caveat_label.setProperty("role", "doubt")
        self.text_layout.addWidget(self.caveat_label)
        self.strays = StraysBar(self)
        self.text_layout.addWidget(self.strays)
        self.joins = JoinBar(self)
        self.facts = MessageFacts(self.facts_layout, theme, self)
        self.labels = LabelBar(theme, self)
        self.labels_layout.addWidget(self.labels)
        self._add_tools()
        self.accept_button.clicked.connect(self.accepted)
        self.unreview_button.clicked.connect(self.unreviewed)
        theme.changed.connect(lambda: self.show_message(self._message))
        self.show_message(None)

    def _add_tools(self) -> None:
        self.edit_button = self._tool("edit", self.tr("Correct"), self.tr("Correct the text"), "E")
        self.doubt_button = self._tool("doubt", self.tr("Doubt"), self.tr("Next doubt"), "Tab")
        self.star_button = self._tool("star", self.tr("Key"), self.tr("Key evidence"), "S")
        self.star_button.setCheckable(True)
        self.note_button = self._tool("note", self.tr("Note"), self.tr("Write a note"), "N")
        self.thread_button = self._tool(
            "thread", self.tr("Talk"), self.tr("Whole conversation"), "G"
        )
        self.tools_layout.addStretch(1)
        self.edit_button.clicked.connect(self.text.begin_edit)
        self.doubt_button.clicked.connect(self.text.next_doubt)
        self.star_button.clicked.connect(self.star_toggled)
        self.note_button.clicked.connect(self.facts.begin_note)
        self.thread_button.clicked.connect(self.thread_asked)

    def _tool(self, icon: str, name: str, hint: str, key: str) -> QToolButton:
        button = QToolButton(self)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setProperty("role", "flat")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(f"{hint}  {key}")
        button.setAccessibleName(f"{hint}  {key}")
        self._tools[button] = (icon, name, key)
        self.tools_layout.addWidget(button)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name the tools in words where there is room."""
        super().resizeEvent(event)
        self._word_tools()

    def _word_tools(self) -> None:
        """Write words and keys on the tools, without pictures where there is little room."""
        style = Qt.ToolButtonStyle
        for button, (_, name, key) in self._tools.items():
            button.setText(f"{name}  {key}")
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon)
        if not self._tools_fit():
            for button, (_, name, key) in self._tools.items():
                button.setText(f"{name} {key}")
                button.setToolButtonStyle(style.ToolButtonTextOnly)
        if not self._tools_fit():
            for button, (_, _, key) in self._tools.items():
                button.setText(key)
                button.setToolButtonStyle(style.ToolButtonTextBesideIcon)

    def _tools_fit(self) -> bool:
        shown = [button for button in self._tools if not button.isHidden()]
        wide = sum(button.sizeHint().width() + self.tools_layout.spacing() for button in shown)
        margins = self.tools_layout.contentsMargins()
        return wide + margins.left() + margins.right() <= self.width()

    @property
    def message(self) -> Message | None:
        """The message shown."""
        return self._message

    @property
    def is_typing(self) -> bool:
        """Whether a person is changing the text or a fact."""
        return self.text.is_editing or self.facts.is_editing

    @property
    def current_finding(self) -> Finding | None:
        """The proposal that the keys act on."""
        for card in self._cards:
            if card.finding.id == self._current:
                return card.finding
        return None

    def light(self, searched: str) -> None:
        """Mark these words in the texts shown from now on: a search found them."""
        self._searched = searched

    def show_message(self, message: Message | None) -> None:
        """Show *message*; the same one again keeps the place where a person was.

        What is being typed over is left alone: news of its message must not eat what was typed.
        """
        same = message is not None and self._message is not None and message.id == self._message.id
        if same and self.is_typing:
            self._message = message
            return
        self._message = message
        for part in (self.tools_bar, self.reading_area, self.foot):
            part.setVisible(message is not None)
        if message is None:
            return
        self._show_text(message)
        self._show_tools(message)
        self._show_joins(message)
        self.facts.show_message(message)
        self._show_findings(message)
        self._show_foot(message)
        if not same:
            self.strays.show_strays(None)
            self.reading_area.verticalScrollBar().setValue(0)

    def _show_text(self, message: Message) -> None:
        live = [f for f in message.findings if f.state != FindingState.REJECTED]
        matched = [span for finding in live for span in finding.proposal.spans]
        corrected = message.corrected_text is not None
        doubtful = () if corrected else message.doubtful
        self.text.show_text(message.text, matched, doubtful, hits(self._searched, message.text))
        self.machine_label.setVisible(corrected)
        if corrected:
            title = self.tr("As the machine read it, with what was corrected:")
            changes = difference(message.machine_text, message.text)
            self.machine_label.setText(f"{escape(title)}<br>{changes}")
        self.caveat_label.setText(self.facts.caveats(message))
        self.caveat_label.setVisible(bool(self.caveat_label.text()))
        self.caveat_label.setToolTip(self.facts.repairs(message))
        special = {f.proposal.violation for f in live} & SPECIAL
        names = "、".join(words.label_name(violation) for violation in special)
        self.special_label.setText(self.tr("Special mark: may be {labels}").format(labels=names))
        self.special_label.setVisible(bool(special))

    def _show_joins(self, message: Message) -> None:
        """Ask what is in question right under the text; offer what is not at the very end."""
        asked = message.in_question or message.times_disagree
        place = self.text_layout if asked else self.body_layout
        at = place.count() if asked else place.count() - 1  # before the stretch at the end
        if place.indexOf(self.joins) < 0:
            place.insertWidget(at, self.joins)
        self.joins.show_message(message)

    def _mark_editing(self) -> None:
        self.text_card.setProperty("role", "current" if self.text.is_editing else "card")
        self.style().unpolish(self.text_card)
        self.style().polish(self.text_card)

    def _show_tools(self, message: Message) -> None:
        doubts = message.corrected_text is None and bool(message.doubtful)
        self.doubt_button.setVisible(doubts)
        self.note_button.setVisible(not message.note)
        for button, (icon, _, _) in self._tools.items():
            button.setIcon(icons.icon(icon, self._theme.colours.text))
        self.star_button.setChecked(message.starred)
        if message.starred:
            self.star_button.setIcon(icons.icon("starred", self._theme.colours.doubt))
        self._word_tools()

    def _show_findings(self, message: Message) -> None:
        findings = in_order(message.findings)
        self._lay_out_cards(findings, message.text)
        title = self.tr("May be in breach") if findings else self.tr("Nothing is proposed")
        self.findings_title.setText(title)
        self.labels.show_message(message)
        proposed = [f.id for f in findings if f.state == FindingState.PROPOSED]
        if self._current not in proposed:
            self._current = proposed[0] if proposed else None
        self._mark_current()

    def _lay_out_cards(self, findings: Sequence[Finding], text: str) -> None:
        """Give every finding a card: those there are first, since a new one takes milliseconds.

        What a person has unfolded stays so as long as the finding is shown.
        """
        unfolded = {card.finding.id for card in self._cards if card.is_unfolded}
        for card, finding in zip(self._pool, findings, strict=False):
            card.show_finding(finding, text, unfolded=finding.id in unfolded)
        self._pool += [self._card(finding, text) for finding in findings[len(self._pool) :]]
        for number, card in enumerate(self._pool):
            card.setVisible(number < len(findings))
        self._cards = self._pool[: len(findings)]

    def _card(self, finding: Finding, text: str) -> FindingCard:
        card = FindingCard(finding, text, self._theme, self)
        card.decided.connect(self.decided)
        card.picked.connect(self._pick)
        self.findings_layout.addWidget(card)
        return card

    def _pick(self, finding_id: int) -> None:
        self._current = finding_id
        self._mark_current()

    def _mark_current(self) -> None:
        for card in self._cards:
            card.set_current(current=card.finding.id == self._current)

    def _show_foot(self, message: Message) -> None:
        proposed = sum(f.state == FindingState.PROPOSED for f in message.findings)
        reviewed = message.state == ReviewState.REVIEWED
        self.state_label.setText(self.tr("Reviewed") if reviewed else self.tr("Not reviewed yet"))
        self.unreview_button.setVisible(reviewed)
        if proposed:
            text = self.tr("Confirm %n and go on  Enter", "findings", proposed)
        elif reviewed:
            text = self.tr("Next  Enter")
        else:
            text = self.tr("Looks right, go on  Enter")
        self.accept_button.setText(text)
