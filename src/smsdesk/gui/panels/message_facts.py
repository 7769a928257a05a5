"""The facts of a message: when, who, which way, to whom, for whom; each corrected in place."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from html import escape

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from smsdesk.domain.findings import Recipient
from smsdesk.domain.messages import Message
from smsdesk.domain.numbers import Sender
from smsdesk.domain.rulings import Answer
from smsdesk.domain.screens import Direction
from smsdesk.domain.times import CHINA
from smsdesk.gui import words
from smsdesk.gui.panels.editable_fact import EditableFact
from smsdesk.gui.panels.recipient_box import RecipientBox
from smsdesk.gui.theme import Theme


class MessageFacts(QObject):
    """Fills a form; what a person types goes out as signals."""

    direction_toggled = Signal()
    left = Signal()
    """An editing has ended without a change."""

    def __init__(self, form: QFormLayout, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._form = form
        self._theme = theme
        self._answers: Mapping[int, Answer] = {}
        self._institutions: Mapping[str, str] = {}
        self.time = self._fact(self.tr("Time"), self.tr("Correct"), "T", "2025-12-18 23:41")
        self.number = self._fact(self.tr("Number"), self.tr("Correct"), "H", "+86 171 0123 6805")
        self.recipient = RecipientBox(parent)
        self.direction = EditableFact(self.tr("Direction"), self.tr("Turn"), "D", "")
        self.direction.button.clicked.disconnect()
        self.direction.button.clicked.connect(self.direction_toggled)
        self._add(self.tr("Direction"), self.direction)
        self._add(self.recipient.name, self.recipient)
        self.institution = self._fact(
            self.tr("Institution"), self.tr("Name"), "I", self.tr("lender or collection agency")
        )
        self.note = self._fact(self.tr("Note"), self.tr("Change"), "N", self.tr("for yourself"))
        self.note.may_be_blank = True
        self.recipient.left.connect(self.left)
        for fact in (self.time, self.number, self.institution, self.note):
            fact.left.connect(self.left)

    @property
    def is_editing(self) -> bool:
        """Whether a person is typing over a fact."""
        facts = (self.time, self.number, self.institution, self.note)
        return any(fact.is_editing for fact in facts) or not self.recipient.relation_edit.isHidden()

    def know(self, answers: Mapping[int, Answer], institutions: Mapping[str, str]) -> None:
        """Know what a person said: by thread, and by sender."""
        self._answers, self._institutions = answers, institutions

    def show_message(self, message: Message) -> None:
        """Show the facts of a message."""
        self._show_time(message)
        self._show_sender(message)
        self._show_direction(message)
        incoming = message.direction == Direction.IN
        self.recipient.show_answer(self._answers.get(message.thread_id), message.recipient)
        told = incoming or message.recipient == Recipient.THIRD
        self._form.setRowVisible(self.recipient, told)
        name = self._institutions.get(message.sender.key, "")
        shown = name or self.tr("not assigned by hand")
        self.institution.show_fact(escape(shown), name)
        self._form.setRowVisible(self.institution, incoming and bool(message.sender.key))
        self.note.show_fact(escape(message.note), message.note)
        self._form.setRowVisible(self.note, bool(message.note))

    def begin_note(self) -> None:
        """Write a note."""
        self._form.setRowVisible(self.note, True)
        self.note.begin()

    def caveats(self, message: Message) -> str:
        """Return what is to be said against the text as it is shown, empty if nothing."""
        best = message.sightings[0] if message.sightings else None
        if best is None:
            return ""
        count = len(best.repairs)
        told = (
            (best.clipped, self.tr("cut off by the picture's edge: not complete")),
            (best.snippet, self.tr("shortened by the phone itself: not complete")),
            (count, self.tr("%n place(s) repaired", "", count)),
        )
        return "  ·  ".join(words_of_it for holds, words_of_it in told if holds)

    def repairs(self, message: Message) -> str:
        """Return as HTML what the engine read where it was repaired, empty if nowhere."""
        best = message.sightings[0] if message.sightings else None
        if best is None or not best.repairs:
            return ""
        title = self.tr("As the engine read it, with what was repaired:")
        return f"{escape(title)}<br>{difference(best.raw_text, best.text)}"

    def _show_time(self, message: Message) -> None:
        html = escape(words.sent_full(message.sent))
        if message.machine_sent is not None:
            html += self._machine(words.sent_full(message.machine_sent))
        known = message.sent.earliest or message.sent.latest
        value = f"{known.astimezone(CHINA):%Y-%m-%d %H:%M}" if known else ""
        self.time.show_fact(html, value)

    def _show_sender(self, message: Message) -> None:
        name = words.sender_name(message.sender)
        if message.direction == Direction.OUT:
            name = self.tr("sent to {number}").format(number=name)
        shown = f"{name}  ·  {words.sender_hint(message.sender)}"
        html = self._with_doubt(shown, message.sender)
        if message.machine_sender is not None:
            html += self._machine(words.sender_name(message.machine_sender))
        self.number.show_fact(html, message.sender.raw)

    def _show_direction(self, message: Message) -> None:
        incoming = message.direction == Direction.IN
        html = escape(self.tr("received") if incoming else self.tr("sent"))
        if message.machine_direction is not None:
            html += self._machine(
                self.tr("received")
                if message.machine_direction == Direction.IN
                else self.tr("sent")
            )
        self.direction.show_fact(html, "")

    def _machine(self, words_of_it: str) -> str:
        """Return what the screens tell, to stand under a person's word."""
        told = self.tr("As the machine read it: {words}").format(words=words_of_it)
        return f'<br><span style="color:{self._theme.colours.muted}">{escape(told)}</span>'

    def _with_doubt(self, shown: str, sender: Sender) -> str:
        """Add in words what else the number was read as, under a dot of doubt."""
        doubt = words.sender_doubt(sender)
        dot = f'<span style="color:{self._theme.colours.doubt}">●</span>'
        return f"{escape(shown)}<br>{dot} {escape(doubt)}" if doubt else escape(shown)

    def _fact(self, name: str, button: str, key: str, example: str) -> EditableFact:
        fact = EditableFact(name, button, key, example)
        fact.label.setTextFormat(Qt.TextFormat.RichText)
        self._add(name, fact)
        return fact

    def _add(self, name: str, widget: QWidget) -> None:
        title = QLabel(name)
        title.setProperty("role", "muted")
        title.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        title.setContentsMargins(0, 2, 0, 0)
        self._form.addRow(title, widget)


def difference(machine: str, person: str) -> str:
    """Return *machine* turned into *person* as HTML: struck what went, underlined what came."""
    parts: list[str] = []
    matcher = difflib.SequenceMatcher(None, machine, person, autojunk=False)
    for kind, a0, a1, b0, b1 in matcher.get_opcodes():
        if kind == "equal":
            parts.append(escape(machine[a0:a1]))
            continue
        parts.append(f"<s>{escape(machine[a0:a1])}</s><u>{escape(person[b0:b1])}</u>")
    return "".join(parts)
