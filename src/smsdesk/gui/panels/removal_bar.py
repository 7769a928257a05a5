"""Below the picture: why it is taken out of the case, and what was taken out before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from smsdesk.domain.cases import RemovedOriginal
from smsdesk.domain.changes import Change
from smsdesk.domain.errors import CannotRemove
from smsdesk.domain.times import CHINA
from smsdesk.gui.language import current_language
from smsdesk.gui.library import Library
from smsdesk.services.removing import LONGEST_REASON, plan_removal, plan_restoring, removed
from smsdesk.storage.case_file import CaseFile
from smsdesk.wording import explain


class RemovalBar(QWidget):
    """Asks for the reason in place, and lists what is out; both make steps that can be undone."""

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._asked: tuple[int, str] | None = None
        self._focused: QWidget | None = None
        self.question = QLabel(self)
        self.question.setWordWrap(True)
        self.reason_edit = QLineEdit(self)
        self.reason_edit.setMaxLength(LONGEST_REASON)
        self.reason_edit.setPlaceholderText(self.tr("Why? Every export will tell it"))
        self.reason_edit.setAccessibleName(self.tr("Why it is taken out"))
        self.take_out_button = QPushButton(self.tr("Take out"), self)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.out_button = QToolButton(self)
        self.out_button.setProperty("role", "link")
        self.out_button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.out_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.out_menu = QMenu(self)
        self.out_button.setMenu(self.out_menu)
        self._build()
        self._connect()
        self.close_question()
        self._show_removed([])

    def _build(self) -> None:
        answer = QHBoxLayout()
        answer.addWidget(self.reason_edit, 1)
        answer.addWidget(self.take_out_button)
        answer.addWidget(self.cancel_button)
        self._strip = QFrame(self)
        self._strip.setProperty("role", "info")
        lines = QVBoxLayout(self._strip)
        lines.setContentsMargins(12, 8, 12, 8)
        lines.addWidget(self.question)
        lines.addLayout(answer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self.out_button, 0, Qt.AlignmentFlag.AlignLeft)

    def _connect(self) -> None:
        self.reason_edit.textChanged.connect(self._on_typed)
        self.reason_edit.returnPressed.connect(self._take_out)
        self.take_out_button.clicked.connect(self._take_out)
        self.cancel_button.clicked.connect(self.close_question)
        self._library.case_changed.connect(self._on_case)
        self._library.contents_changed.connect(self._refresh)

    def ask(self, original_id: int, name: str) -> None:
        """Ask why an original is to be taken out."""
        self._asked = original_id, name
        self._focused = QApplication.focusWidget()
        self.question.setText(
            self.tr(
                "Take {name} out of the case? It stays in the case file, but what it alone shows"
                " counts nowhere any more. It can be put back."
            ).format(name=name)
        )
        self.reason_edit.clear()
        self._on_typed("")
        self._strip.show()
        self.reason_edit.setFocus()

    def close_question(self) -> bool:
        """Leave everything as it is; False if nothing was asked."""
        was_open = self._asked is not None
        self._asked = None
        self._strip.hide()
        if was_open and self._focused is not None:
            self._focused.setFocus()
        return was_open

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the question with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.close_question():
            event.accept()
        else:
            super().keyPressEvent(event)

    def _on_typed(self, text: str) -> None:
        self.take_out_button.setEnabled(bool(text.strip()))

    def _take_out(self) -> None:
        if self._asked is None or not self.reason_edit.text().strip():
            return
        original_id, name = self._asked
        reason = self.reason_edit.text()
        title = self.tr("Take out {name}").format(name=name)
        self._plan(title, lambda case: plan_removal(case, [original_id], reason))

    def _put_back(self, one: RemovedOriginal) -> None:
        title = self.tr("Put back {name}").format(name=one.original.file_name)
        self._plan(title, lambda case: plan_restoring(case, [one.original.id]))

    def _plan(self, title: str, plan: Callable[[CaseFile], Change]) -> None:
        def work(case: CaseFile) -> Change | CannotRemove:
            try:
                return plan(case)
            except CannotRemove as error:  # the command line was quicker
                return error

        def then(planned: Change | CannotRemove) -> None:
            if isinstance(planned, CannotRemove):
                self.question.setText(explain(planned, current_language()))
                self._strip.show()
                return
            self.close_question()
            self._library.change(title, planned)

        self._library.read(work, then)

    # --- what is out ------------------------------------------------------------------------------

    def _on_case(self) -> None:
        self.close_question()
        self._show_removed([])
        self._refresh()

    def _refresh(self) -> None:
        self._library.read(removed, self._show_removed)

    def _show_removed(self, out: Sequence[RemovedOriginal]) -> None:
        self.out_menu.clear()
        for one in out:
            action = self.out_menu.addAction(
                self.tr("Put back {name}  ·  {at}  ·  {reason}")
                .format(
                    name=one.original.file_name,
                    at=f"{one.removed_at.astimezone(CHINA):%Y-%m-%d %H:%M}",
                    reason=one.reason,
                )
                .replace("&", "&&")
            )
            action.triggered.connect(lambda _on=False, one=one: self._put_back(one))
        self.out_button.setText(self.tr("%n original(s) taken out: put back…", "", len(out)))
        self.out_button.setVisible(bool(out))
