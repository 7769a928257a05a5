"""What the case still lacks (待补材料): lines that lead to where it is mended."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QToolButton, QVBoxLayout, QWidget

from smsdesk.domain.missing import Missing
from smsdesk.gui import icons
from smsdesk.gui.language import current_language
from smsdesk.gui.theme import Theme
from smsdesk.services import completeness

_SHOWN = 4
"""Lines shown before the person asks for all: what comes first in `missing` weighs most."""


class MissingList(QFrame):
    """A card with one line for each thing that is missing; a click leads to it."""

    asked = Signal(object)
    """The line (Missing) that a person wants to see to."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._theme = theme
        self._lines: list[Missing] = []
        self._all = False
        self.title = QLabel(self)
        self.title.setProperty("role", "heading")
        self.remark = QLabel(self)
        self.remark.setProperty("role", "muted")
        self.remark.setWordWrap(True)
        self.buttons: list[QToolButton] = []
        self.more_button = QToolButton(self)
        self.more_button.setProperty("role", "link")
        self.more_button.setText(self.tr("Show fewer"))  # until there is anything to show
        self.more_button.clicked.connect(self._turn)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 12, 16, 12)
        self._layout.setSpacing(2)
        self._layout.addWidget(self.title)
        self._layout.addWidget(self.remark)
        self._layout.addWidget(self.more_button)
        self.title.setText(self.tr("Still to see to"))
        self.remark.setText(self.tr("Looking what is missing…"))
        self.more_button.hide()
        theme.changed.connect(self._show)

    def show_lines(self, lines: list[Missing]) -> None:
        """Show what is missing."""
        self._lines = lines
        self._show()

    def _turn(self) -> None:
        self._all = not self._all
        self._show()

    def _show(self) -> None:
        for button in self.buttons:
            self._layout.removeWidget(button)
            button.hide()  # deleted only when the window has nothing else to do
            button.deleteLater()
        shown = self._lines if self._all else self._lines[:_SHOWN]
        self.buttons = [self._button(line) for line in shown]
        for place, button in enumerate(self.buttons, 2):
            self._layout.insertWidget(place, button)
        count = len(self._lines)
        self.title.setText(self.tr("Still to see to (%n)", "", count))
        self.remark.setText(
            self.tr("Click a line to see to it; none of them prevents an export.")
            if count
            else self.tr("Nothing was found to be missing.")
        )
        self.more_button.setVisible(count > _SHOWN)
        self.more_button.setText(
            self.tr("Show fewer") if self._all else self.tr("Show all %n", "", count)
        )

    def _button(self, line: Missing) -> QToolButton:
        text = completeness.sentence(line, current_language())
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setProperty("role", "link")
        button.setMinimumWidth(80)  # a narrow window cuts the sentence; the tip has all of it
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIcon(icons.icon("warning", self._theme.colours.doubt))
        button.clicked.connect(lambda: self.asked.emit(line))
        return button
