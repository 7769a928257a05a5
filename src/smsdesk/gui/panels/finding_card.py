"""One finding: what is proposed, why, by which words, under which provisions."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from smsdesk.domain.findings import HINTS, Finding, FindingState, Provision
from smsdesk.gui import words
from smsdesk.gui.chips import Chip
from smsdesk.gui.elided import ElidedText
from smsdesk.gui.forms import load_form
from smsdesk.gui.theme import Theme
from smsdesk.services import listing


class FindingCard(QFrame):
    """Shows a finding and lets a person confirm or reject it."""

    chip_layout: QVBoxLayout
    state_label: QLabel
    confirm_button: QPushButton
    reject_button: QPushButton
    reason_label: QLabel
    matched_label: QLabel
    provisions_button: QToolButton
    provisions_label: QLabel

    decided = Signal(int, object)
    """The finding's id and the state wanted."""
    picked = Signal(int)
    """A click on the card: its finding is the current one."""

    def __init__(self, finding: Finding, text: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        load_form("finding_card", self)
        self.finding = finding
        self._chip = Chip(theme, self)
        self.chip_layout.addWidget(self._chip)
        self._state = ElidedText(self.state_label)
        self.confirm_button.setText(self.tr("Confirm"))
        self.provisions_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setProperty("role", "card")
        self._connect()
        self.show_finding(finding, text)
        self.set_current(current=False)

    def show_finding(self, finding: Finding, text: str, *, unfolded: bool = False) -> None:
        """Show *finding* of a message with this *text*; *unfolded* with its provisions."""
        self.finding, proposal = finding, finding.proposal
        self._chip.show_label(proposal.violation, finding.state)
        self._state.set_text(words.state_name(finding.state), self._state_words())
        self.reason_label.setText(proposal.reason)
        self.reason_label.setVisible(bool(proposal.reason))
        matched = _matched_words(text, proposal.spans)
        unsaid = [word for word in matched if word not in proposal.reason]
        quoted = "，".join(f"“{word}”" for word in unsaid)
        self.matched_label.setText(self.tr("Matched: {words}").format(words=quoted))
        self.matched_label.setVisible(bool(unsaid))
        self.confirm_button.setVisible(finding.state != FindingState.CONFIRMED)
        self.reject_button.setVisible(finding.state != FindingState.REJECTED)
        self.provisions_button.setVisible(bool(proposal.provisions))
        self._unfold(shown=unfolded and bool(proposal.provisions))

    @property
    def is_unfolded(self) -> bool:
        """Whether the words of the provisions are shown."""
        return not self.provisions_label.isHidden()

    def set_current(self, *, current: bool) -> None:
        """Mark the card whose finding the keys act on."""
        keys = current and self.finding.state == FindingState.PROPOSED
        role = "current" if keys else "card"
        if role != self.property("role"):
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)
        reject = self.tr("Reject")
        self.reject_button.setText(f"{reject}  X" if keys else reject)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make this finding the one that the keys act on."""
        self.picked.emit(self.finding.id)
        super().mousePressEvent(event)

    def _state_words(self) -> str:
        state = words.state_name(self.finding.state)
        if self.finding.proposal.violation in HINTS:
            return self.tr("{state} · a hint only, no breach").format(state=state)
        return state

    def _connect(self) -> None:
        self.confirm_button.clicked.connect(
            lambda: self.decided.emit(self.finding.id, FindingState.CONFIRMED)
        )
        self.reject_button.clicked.connect(
            lambda: self.decided.emit(self.finding.id, FindingState.REJECTED)
        )
        self.provisions_button.clicked.connect(lambda: self._unfold(shown=not self.is_unfolded))

    def _unfold(self, *, shown: bool) -> None:
        """Show the words of the provisions, which are looked up only then."""
        ids = self.finding.proposal.provisions
        found = listing.provisions(ids) if shown else []
        self.provisions_label.setText("".join(self._provision_html(one) for one in found))
        self.provisions_label.setVisible(shown)
        arrow = Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow
        self.provisions_button.setArrowType(arrow)
        self.provisions_button.setText(self.tr("May fall under %n provision(s)", "", len(ids)))

    def _provision_html(self, provision: Provision) -> str:
        name = f"《{provision.instrument}》{provision.article or ''}"
        body = provision.text or self.tr("(the words were not verified; named only)")
        since = provision.in_force_from or "?"
        until = f"–{provision.in_force_to}" if provision.in_force_to else ""
        force = self.tr("in force {since}{until}").format(since=since, until=until)
        head = f"<b>{escape(name)}</b> · {escape(provision.rank)} · {escape(force)}"
        return f"<p>{head}<br>{escape(body)}</p>"


def _matched_words(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    """Return the matched words, each once."""
    return list(dict.fromkeys(text[start:end] for start, end in spans if start < end))
