"""The line at the top of the window that says what happened: no dialog where a line will do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QToolButton, QWidget

from smsdesk.gui import icons
from smsdesk.gui.forms import load_form
from smsdesk.gui.theme import Theme


class MessageBar(QFrame):
    """One sentence with links; stays until it is closed or the next one comes."""

    icon_label: QLabel
    text_label: QLabel
    close_button: QToolButton

    link_activated = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._level = "info"
        self._html = ""
        load_form("message_bar", self)
        self.text_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.text_label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.text_label.linkActivated.connect(self.link_activated)
        self.close_button.clicked.connect(self.hide)
        theme.changed.connect(self._restyle)
        self.hide()

    def inform(self, html: str) -> None:
        """Say something neutral."""
        self._show("info", html)

    def succeed(self, html: str) -> None:
        """Say what was done."""
        self._show("good", html)

    def warn(self, html: str) -> None:
        """Say what went wrong, what is safe and what to do."""
        self._show("danger", html)

    @property
    def html(self) -> str:
        """What the bar says now."""
        return self._html

    def _show(self, level: str, html: str) -> None:
        self._level = level
        self._html = html
        self._restyle()
        self.show()

    def _restyle(self) -> None:
        """Take the colours of the look; links keep what they had when their text was set."""
        colours = self._theme.colours
        links = f"<style>a {{ color: {colours.accent}; }}</style>"
        self.text_label.setText(links + self._html)
        name, colour = {
            "info": ("inbox", colours.accent),
            "good": ("check", colours.good),
            "danger": ("warning", colours.danger),
        }[self._level]
        self.icon_label.setPixmap(icons.pixmap(name, colour, 16, self.devicePixelRatioF()))
        self.close_button.setIcon(icons.icon("close", colours.muted))
        self.setProperty("role", self._level)
        self.style().unpolish(self)
        self.style().polish(self)
