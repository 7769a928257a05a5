"""What a person does with the window, for tests that do whole tasks."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from smsdesk.gui.dialogs.new_case import NewCaseDialog

LONG = 60_000
"""Milliseconds for what reads pictures: a busy machine may take long, it must not fail."""


def drop(window, *paths) -> None:
    """Drop files on the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(50, 50), action, mime, button, none))


def click(qtbot, button) -> None:
    """Click a button."""
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def make_case(qtbot, window, path) -> None:
    """Fill in the dialog for a new case."""
    dialog = window.findChild(NewCaseDialog)
    dialog.title_edit.setText("测试：案件")
    dialog.claimant_edit.setText("张女士")
    dialog.file_edit.setText(str(path))
    dialog.file_edit.textEdited.emit(str(path))
    click(qtbot, dialog.create_button)


def open_case(qtbot, window, path) -> None:
    """Open a case file and wait until it is shown."""
    window.open_case(path)
    qtbot.waitUntil(window.case_page.isVisible, timeout=LONG)
    wait_idle(qtbot, window)


def start_import(qtbot, window) -> None:
    """Answer the panel's question with what it offers."""
    panel = window.case_page.import_panel
    qtbot.waitUntil(panel.isVisible, timeout=LONG)
    click(qtbot, panel.start_button)
    qtbot.waitUntil(lambda: window.import_desk.busy, timeout=LONG)


def do_import(qtbot, window) -> None:
    """Start the import and wait for its end."""
    start_import(qtbot, window)
    qtbot.waitUntil(lambda: not window.import_desk.busy, timeout=LONG)
    wait_idle(qtbot, window)


def wait_idle(qtbot, window) -> None:
    """Wait until nothing runs in the background."""
    qtbot.waitUntil(lambda: not window._library.runners.busy, timeout=LONG)
