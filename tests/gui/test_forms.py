from __future__ import annotations

import pytest
from PySide6.QtUiTools import QUiLoader
from PySide6.QtWidgets import QLabel, QWidget

from smsdesk.gui.forms import FormError, load_form
from smsdesk.resources import form

FORMS = sorted(path.stem for path in form("main_window").parent.glob("*.ui"))


@pytest.mark.parametrize("name", FORMS)
def test_every_form_loads(qtbot, name):
    widget = QUiLoader().load(str(form(name)))
    assert widget is not None
    qtbot.addWidget(widget)
    assert widget.objectName() == name


def test_a_declared_widget_must_be_in_the_form(qtbot):
    class Wrong(QWidget):
        missing_label: QLabel

    widget = Wrong()
    qtbot.addWidget(widget)
    with pytest.raises(FormError, match="missing_label"):
        load_form("message_bar", widget)


@pytest.mark.qt_log_ignore("^Designer: ")
def test_a_form_that_is_no_form_is_named(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("smsdesk.gui.forms.form", lambda name: tmp_path / f"{name}.ui")
    (tmp_path / "broken.ui").write_text("no form", encoding="utf-8")
    widget = QWidget()
    qtbot.addWidget(widget)
    with pytest.raises((FormError, RuntimeError)):
        load_form("broken", widget)
