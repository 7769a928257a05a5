"""Says what the program is, what it does not prove, what it is made of and where its data lie."""

from __future__ import annotations

import platform
from html import escape
from importlib.metadata import PackageNotFoundError, requires, version

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from smsdesk import __version__
from smsdesk.gui import icons
from smsdesk.resources import resource
from smsdesk.services.logs import log_file


class AboutDialog(QDialog):
    """Plain words first, versions below; all of it can be copied."""

    def __init__(self, settings_file: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About"))
        self.resize(640, 600)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(16)
        layout.addLayout(self._head())
        self.browser = QTextBrowser()
        self.browser.setOpenExternalLinks(False)
        self.browser.setAccessibleName(self.tr("About"))
        self.browser.setHtml(self._html(settings_file))
        layout.addWidget(self.browser, 1)
        layout.addWidget(self._buttons())

    def _head(self) -> QHBoxLayout:
        logo = QLabel()
        logo.setPixmap(icons.app_icon().pixmap(48, 48))
        name = self.tr("SMS Evidence Desk")
        title = QLabel(f"{name} {__version__}")
        title.setProperty("role", "title")
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(logo)
        line.addWidget(title, 1)
        return line

    def _html(self, settings_file: str) -> str:
        parts = [
            (self.tr("What it does not prove"), self._limits()),
            (self.tr("Where your data lie"), self._places(settings_file)),
            (self.tr("Made with"), _versions()),
            (self.tr("Licences"), self._licences()),
        ]
        return "".join(
            f"<h3>{escape(title)}</h3>" + "".join(f"<p>{escape(line)}</p>" for line in lines)
            for title, lines in parts
        )

    def _limits(self) -> list[str]:
        return [
            self.tr(
                "A hash shows that a file has not changed since it was imported. It does not show "
                "that the screenshot was true before."
            ),
            self.tr(
                "A number in a screenshot does not prove who sent the message. Keep the phone and "
                "the messages in it: the court may want to see them."
            ),
            self.tr(
                "What is marked may be in breach; whether it is, a court or an authority decides. "
                "The program gives no legal opinion."
            ),
            self.tr(
                "Text and times are read by a machine and may be wrong. What a person checked or "
                "changed is kept beside what the machine read."
            ),
        ]

    def _places(self, settings_file: str) -> list[str]:
        return [
            self.tr(
                "Each case is one file (.smscase), where you put it. Nothing is sent anywhere."
            ),
            self.tr("Settings: {path}").format(path=settings_file),
            self.tr("Log of faults, without any message text: {path}").format(path=log_file()),
        ]

    def _licences(self) -> list[str]:
        fonts, models = resource("fonts"), resource("models")
        return [
            self.tr("SMS Evidence Desk: Apache License 2.0."),
            self.tr("Fonts (SIL Open Font License): {path}").format(path=fonts),
            self.tr("Models for reading (Apache License 2.0): {path}").format(path=models),
        ]

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = QPushButton(self.tr("Copy all"))
        box.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(
                f"smsdesk {__version__}\n{self.browser.toPlainText()}"
            )
        )
        box.rejected.connect(self.reject)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return box


def _versions() -> list[str]:
    """Return the libraries that this program was installed with, and their versions."""
    names = {line.split(";")[0] for line in requires("smsdesk") or () if "extra ==" not in line}
    libraries = sorted({_name_of(line) for line in names}, key=str.casefold)
    parts = [f"{name} {found}" for name in libraries if (found := _version(name))]
    return [f"Python {platform.python_version()} · {platform.platform()}", " · ".join(parts)]


def _name_of(requirement: str) -> str:
    kept = "".join(c if c.isalnum() or c in "-_." else " " for c in requirement)
    return kept.split()[0]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # a bundle may leave the metadata out
        return ""
