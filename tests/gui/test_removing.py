"""A picture is taken out of the case and put back as a person does it, in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt

from smsdesk.domain.queries import MessageQuery
from smsdesk.resources import resource
from smsdesk.services import listing, reviewing
from smsdesk.services.removing import plan_removal, removed
from tests.gui.acts import click, do_import, drop, wait_idle
from tests.gui.test_review import LONG, person

__all__ = ["person"]

WHY = "家人的私人照片"


def test_a_picture_is_taken_out_undone_and_put_back(person):
    qtbot, window, review = person.qtbot, person.window, person.review
    bar, before = review.picture.removal, listing.message_ids(person.case, MessageQuery())
    qtbot.waitUntil(lambda: bool(review.picture.names), timeout=LONG)
    assert (bar.question.isVisible(), bar.out_button.isVisible()) == (False, False)
    person.press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    name = review.picture.names[review.picture.sighting.original_id]
    assert name in bar.question.text()
    assert not bar.take_out_button.isEnabled()
    qtbot.keyClick(bar.reason_edit, Qt.Key.Key_Escape)
    assert not bar.question.isVisible()

    click(qtbot, review.picture.remove_button)
    bar.reason_edit.insert(WHY)
    qtbot.keyClick(bar.reason_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(bar.out_button.isVisible, timeout=LONG)
    wait_idle(qtbot, window)
    (out,) = removed(person.case)
    assert (out.original.file_name, out.reason) == (name, WHY)
    assert len(listing.message_ids(person.case, MessageQuery())) < len(before)
    assert set(review.model.outline.ids) == set(person.find())

    person.undo()
    wait_idle(qtbot, window)
    assert removed(person.case) == []
    assert listing.message_ids(person.case, MessageQuery()) == before
    window.redo()
    wait_idle(qtbot, window)
    qtbot.waitUntil(bar.out_button.isVisible, timeout=LONG)

    (action,) = bar.out_menu.actions()
    assert (name in action.text(), WHY in action.text()) == (True, True)
    action.trigger()
    qtbot.waitUntil(lambda: not bar.out_button.isVisible(), timeout=LONG)
    wait_idle(qtbot, window)
    assert listing.message_ids(person.case, MessageQuery()) == before


def test_what_comes_again_after_it_was_taken_out_is_put_back_from_the_tray(person):
    qtbot, window, tray = person.qtbot, person.window, person.window.tray
    first = listing.originals(person.case)[0]
    reviewing.apply(person.case, plan_removal(person.case, [first.id], WHY))
    drop(window, resource("samples", first.file_name))
    do_import(qtbot, window)
    tray.show_open(True)
    wait_idle(qtbot, window)
    lines = [tray.model.index(row).data() for row in range(tray.model.rowCount())]
    (row,) = [row for row, line in enumerate(lines) if "已移出" in line]
    assert not tray.put_back_button.isVisible()
    tray.queue_list.setCurrentIndex(tray.model.index(row))
    click(qtbot, tray.put_back_button)
    wait_idle(qtbot, window)
    assert removed(person.case) == []
    qtbot.waitUntil(lambda: "已移出" not in str(tray.model.index(row).data()), timeout=LONG)
    person.undo()
    wait_idle(qtbot, window)
    assert [one.original.id for one in removed(person.case)] == [first.id]
