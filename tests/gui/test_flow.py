"""The layout that breaks into lines: it uses the room there is, and cuts nothing."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from smsdesk.gui.flow import FlowLayout

WORDS = ("收件人", "是谁的手机？", "本人", "第三人…")


def box(*texts):
    made = QWidget()
    flow = FlowLayout(made)
    for text in texts:
        flow.addWidget(QLabel(text, made))
    return made


@pytest.mark.parametrize(("share", "lines"), [(1.0, 1), (2.0, 1), (0.7, 2)])
def test_a_flow_within_a_flow_takes_the_room_it_wants(qtbot, share, lines):
    inner, outer = box(*WORDS), box("收到")
    qtbot.addWidget(outer)
    outer.layout().addWidget(inner)
    wanted = sum(label.sizeHint().width() + 4 for label in inner.findChildren(QLabel))
    width = round(wanted * share)
    outer.resize(width, outer.heightForWidth(width))
    with qtbot.waitExposed(outer):
        outer.show()
    labels = inner.findChildren(QLabel)
    assert len({label.y() for label in labels}) == lines
    assert all(inner.rect().contains(label.geometry()) for label in labels)
    assert outer.rect().contains(inner.geometry())
