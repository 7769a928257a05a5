"""To whom a thread was sent: asked once, in line, because some labels rest on the answer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from smsdesk.domain.findings import Recipient
from smsdesk.domain.rulings import Answer
from smsdesk.gui import words
from smsdesk.gui.flow import FlowLayout


class RecipientBox(QWidget):
    """Shows the answer of the thread, or asks for it; nothing is taken for granted."""

    answered = Signal(object)
    """An Answer."""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Answer | None = None
        self.name = self.tr("Recipient")
        self.label = QLabel(self)
        self.change_button = QToolButton(self)
        self.change_button.setText(self.tr("Change R"))
        self.change_button.setProperty("role", "dense")
        self.self_button = QPushButton(self.tr("Debtor"), self)
        self.third_button = QPushButton(self.tr("Third person…"), self)
        for button in (self.change_button, self.self_button, self.third_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("role", "dense")
        self.relation_edit = QLineEdit(self)
        self.relation_edit.setPlaceholderText(self.tr("who it is, such as mother; then Enter"))
        self.relation_edit.setAccessibleName(self.tr("Relation to the debtor"))
        self._arrange()
        self._show_buttons(asking=False)
        self.change_button.clicked.connect(self.begin)
        self.self_button.clicked.connect(lambda: self._say(Answer(Recipient.SELF)))
        self.third_button.clicked.connect(self._ask_relation)
        self.relation_edit.returnPressed.connect(self._say_third)
        for widget in (self.self_button, self.third_button, self.relation_edit):
            widget.installEventFilter(self)

    def show_answer(self, answer: Answer | None, recipient: Recipient) -> None:
        """Show what was said of the thread; *recipient* is what holds until somebody says."""
        self._answer = answer
        if answer is None:
            self.label.setText(self.tr("whose phone is it?"))
        else:
            name = words.recipient_name(answer.recipient)
            self.label.setText(f"{name} · {answer.relation}" if answer.relation else name)
        self._show_buttons(asking=answer is None)
        if answer is None and recipient == Recipient.THIRD:
            self.label.setText(self.tr("a third person's phone; this conversation too?"))

    def begin(self) -> None:
        """Ask anew."""
        self._show_buttons(asking=True)
        self.self_button.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave by Escape; Enter presses a button."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Escape:
            self._show_buttons(asking=self._answer is None)
            self.left.emit()
            return True
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and isinstance(watched, QPushButton):
            watched.click()
        return entered and isinstance(watched, QPushButton)

    def _ask_relation(self) -> None:
        self.relation_edit.setText(self._answer.relation if self._answer else "")
        self.relation_edit.show()
        self.relation_edit.setFocus()

    def _say_third(self) -> None:
        self._say(Answer(Recipient.THIRD, self.relation_edit.text().strip()))

    def _say(self, answer: Answer) -> None:
        self._show_buttons(asking=False)
        if answer == self._answer:
            self.left.emit()
        else:
            self.answered.emit(answer)

    def _show_buttons(self, *, asking: bool) -> None:
        self.self_button.setVisible(asking)
        self.third_button.setVisible(asking)
        self.relation_edit.hide()
        self.change_button.setVisible(not asking)

    def _arrange(self) -> None:
        flow = FlowLayout(self, spacing=4)
        for widget in (
            self.label,
            self.change_button,
            self.self_button,
            self.third_button,
            self.relation_edit,
        ):
            flow.addWidget(widget)
