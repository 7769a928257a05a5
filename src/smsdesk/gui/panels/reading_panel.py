"""What was read of the current message, how it is known, and what is proposed."""

from __future__ import annotations

import difflib
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smsdesk.domain.findings import Finding, FindingState, Recipient
from smsdesk.domain.messages import Message, ReviewState
from smsdesk.domain.numbers import Sender
from smsdesk.domain.screens import Direction
from smsdesk.gui import words
from smsdesk.gui.delegates.message_row import in_order
from smsdesk.gui.forms import load_form
from smsdesk.gui.panels.finding_card import FindingCard
from smsdesk.gui.panels.join_bar import JoinBar
from smsdesk.gui.panels.message_text import MessageText
from smsdesk.gui.theme import Theme


class ReadingPanel(QWidget):
    """Shows one message; what a person decides goes out as signals."""

    reading_area: QScrollArea
    text_layout: QVBoxLayout
    machine_label: QLabel
    facts_layout: QFormLayout
    time_label: QLabel
    sender_label: QLabel
    recipient_label: QLabel
    whole_label: QLabel
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

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form("reading_panel", self)
        self._theme = theme
        self._message: Message | None = None
        self._cards: list[FindingCard] = []
        self._current: int | None = None
        self.text = MessageText(theme, self)
        self.text_layout.addWidget(self.text)
        self.joins = JoinBar(self)
        self.text_layout.addWidget(self.joins)
        for label in (self.time_label, self.sender_label, self.recipient_label, self.whole_label):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sender_label.setTextFormat(Qt.TextFormat.RichText)
        self.sender_label.setWordWrap(True)
        self.accept_button.clicked.connect(self.accepted)
        self.unreview_button.clicked.connect(self.unreviewed)
        theme.changed.connect(lambda: self.show_message(self._message))
        self.show_message(None)

    @property
    def message(self) -> Message | None:
        """The message shown."""
        return self._message

    @property
    def current_finding(self) -> Finding | None:
        """The proposal that the keys act on."""
        for card in self._cards:
            if card.finding.id == self._current:
                return card.finding
        return None

    def show_message(self, message: Message | None) -> None:
        """Show *message*; the same one again keeps the place where a person was."""
        same = message is not None and self._message is not None and message.id == self._message.id
        self._message = message
        self.reading_area.setVisible(message is not None)
        self.foot.setVisible(message is not None)
        if message is None:
            return
        self._show_text(message)
        self.joins.show_message(message)
        self._show_facts(message)
        self._show_findings(message)
        self._show_foot(message)
        if not same:
            self.reading_area.verticalScrollBar().setValue(0)

    def _show_text(self, message: Message) -> None:
        live = [f for f in message.findings if f.state != FindingState.REJECTED]
        matched = [span for finding in live for span in finding.proposal.spans]
        corrected = message.corrected_text is not None
        self.text.show_text(message.text, matched, () if corrected else message.doubtful)
        self.machine_label.setVisible(corrected)
        if corrected:
            title = self.tr("As the machine read it, with what was corrected:")
            changes = _difference(message.machine_text, message.text)
            self.machine_label.setText(f"{escape(title)}<br>{changes}")

    def _show_facts(self, message: Message) -> None:
        self.time_label.setText(words.sent_full(message.sent))
        name = words.sender_name(message.sender)
        if message.direction == Direction.OUT:
            name = self.tr("sent to {number}").format(number=name)
        shown = f"{name}  ·  {words.sender_hint(message.sender)}"
        self.sender_label.setText(self._with_doubt(shown, message.sender))
        self.recipient_label.setText(words.recipient_name(message.recipient))
        outgoing = message.direction == Direction.OUT
        third = message.recipient == Recipient.THIRD
        self.facts_layout.setRowVisible(self.recipient_label, not outgoing or third)
        self.whole_label.setText(self._seen(message))
        self.whole_label.setToolTip(self._raw(message))

    def _with_doubt(self, shown: str, sender: Sender) -> str:
        """Add in words what else the number was read as, under a dot of doubt."""
        doubt = words.sender_doubt(sender)
        dot = f'<span style="color:{self._theme.colours.doubt}">●</span>'
        return f"{escape(shown)}<br>{dot} {escape(doubt)}" if doubt else escape(shown)

    def _seen(self, message: Message) -> str:
        """Return where the message is seen, and whether all of it is."""
        parts = [self.tr("in %n place(s)", "", len(message.sightings))]
        best = message.sightings[0] if message.sightings else None
        if best is not None and best.clipped:
            parts.append(self.tr("cut off by the picture's edge: the text is not complete"))
        if best is not None and best.snippet:
            parts.append(self.tr("shortened by the phone itself: the text is not complete"))
        if best is not None and best.repairs:
            parts.append(self.tr("%n place(s) repaired", "", len(best.repairs)))
        return "  ·  ".join(parts)

    def _raw(self, message: Message) -> str:
        """Return what the engine read where it was repaired, as a hint over the facts."""
        best = message.sightings[0] if message.sightings else None
        if best is None or not best.repairs:
            return ""
        title = self.tr("As the engine read it, with what was repaired:")
        return f"{escape(title)}<br>{_difference(best.raw_text, best.text)}"

    def _show_findings(self, message: Message) -> None:
        for card in self._cards:
            self.findings_layout.removeWidget(card)
            card.hide()  # at once: deleteLater would leave it on the screen for a moment
            card.deleteLater()
        findings = in_order(message.findings)
        self._cards = [self._card(finding, message.text) for finding in findings]
        title = self.tr("May be in breach") if findings else self.tr("Nothing is proposed")
        self.findings_title.setText(title)
        proposed = [f.id for f in findings if f.state == FindingState.PROPOSED]
        if self._current not in proposed:
            self._current = proposed[0] if proposed else None
        self._mark_current()

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


def _difference(machine: str, person: str) -> str:
    """Return *machine* turned into *person* as HTML: struck what went, underlined what came."""
    parts: list[str] = []
    matcher = difflib.SequenceMatcher(None, machine, person, autojunk=False)
    for kind, a0, a1, b0, b1 in matcher.get_opcodes():
        if kind == "equal":
            parts.append(escape(machine[a0:a1]))
            continue
        parts.append(f"<s>{escape(machine[a0:a1])}</s><u>{escape(person[b0:b1])}</u>")
    return "".join(parts)
