"""The catalogue of exhibits as a person arranges it: real case, real files, undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemView

from smsdesk.domain.exhibits import ExhibitKind
from smsdesk.gui.places.registry import EXHIBITS, REVIEW
from smsdesk.services import exhibits, products
from smsdesk.services.jobs import Task
from tests.gui.acts import LONG, click, open_case, wait_idle

BELOW = QAbstractItemView.DropIndicatorPosition.BelowItem
ABOVE = QAbstractItemView.DropIndicatorPosition.AboveItem


@pytest.fixture
def place(qtbot, window, sample_case_path):
    """The place with the sample case in it."""
    open_case(qtbot, window, sample_case_path)
    window.case_page.show_place(EXHIBITS)
    found = window.case_page.place(EXHIBITS)
    qtbot.waitUntil(lambda: bool(found.plan.exhibits), timeout=LONG)
    return found


def settled(qtbot, window):
    wait_idle(qtbot, window)
    return exhibits.plan(window._library.case)


def order(plan):
    return [exhibit.key for exhibit in plan.exhibits]


def current(place):
    return place.plan.find(place.tree.key)


def row_of(tree, key):
    return next(row for row in tree._rows() if row.data(0, Qt.ItemDataRole.UserRole) == key)


def test_it_shows_the_catalogue_as_it_will_be_printed(qtbot, window, place):
    plan = exhibits.plan(window._library.case)
    shown = [row.text(0) for row in place.tree._rows() if row.parent()]
    assert shown == [exhibit.number for exhibit in plan.exhibits]
    assert place.form.edits["summary"].toPlainText() == plan.exhibits[0].texts.summary
    assert place.form.states["summary"].text() == "建议"
    assert not place.form.resets["summary"].isVisible()


def test_it_tells_the_pages_of_the_court_file(qtbot, window, place):
    def pages():
        return [row.text(3) for row in place.tree._rows() if row.parent()]

    qtbot.waitUntil(lambda: all(pages()), timeout=LONG)
    firsts = [int(text.split("–")[0]) for text in pages()]
    assert firsts == sorted(firsts)
    known = products.exhibit_pages(window._library.case, Task())
    assert firsts == [known[exhibit.key][0] for exhibit in place.plan.exhibits]


def test_a_column_is_written_over_and_goes_back_to_its_proposal(qtbot, window, place):
    proposed = current(place).texts.name
    edit = place.form.edits["name"]
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "Renamed")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert settled(qtbot, window).exhibits[0].texts.name == "Renamed"
    assert place.form.states["name"].text() == "人工填写"
    assert window._library.undo_stack.undoText() == "修改证据内容"
    click(qtbot, place.form.resets["name"])
    assert settled(qtbot, window).exhibits[0].texts.name == proposed
    window.undo()
    assert settled(qtbot, window).exhibits[0].texts.name == "Renamed"
    window.undo()
    assert settled(qtbot, window).exhibits[0].edited == frozenset()


@pytest.mark.parametrize("name", ["name", "summary"])
def test_a_blank_and_escape_change_nothing(qtbot, window, place, name):
    edit, before = place.form.edits[name], getattr(current(place).texts, name)
    edit.setFocus()
    edit.clear()
    place.tree.setFocus()
    edit.setFocus()
    qtbot.keyClicks(edit, "x")
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    place.tree.setFocus()
    assert getattr(settled(qtbot, window).exhibits[0].texts, name) == before
    assert window._library.undo_stack.count() == 0


def test_two_edits_at_once_both_stay(qtbot, window, place):
    place.edit("name", "一")
    place.edit("remark", "二")
    texts = settled(qtbot, window).exhibits[0].texts
    assert (texts.name, texts.remark) == ("一", "二")


def test_exhibits_move_by_keys_and_undo_goes_back_to_the_place(qtbot, window, place):
    before = order(place.plan)
    qtbot.keyClick(place.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    moved = settled(qtbot, window)
    assert order(moved)[:2] == [before[1], before[0]]
    assert place.tree.key == before[0]
    window.case_page.show_place(REVIEW)
    window.undo()
    assert window.case_page.page is place
    assert order(settled(qtbot, window)) == before
    window.redo()
    assert order(settled(qtbot, window)) == order(moved)


@pytest.mark.parametrize(
    ("taken", "onto", "where", "expected"),
    [(0, 2, BELOW, [1, 2, 0]), (0, 2, ABOVE, [1, 0, 2]), (2, 0, ABOVE, [2, 0, 1])],
)
def test_a_row_is_dropped_between_others(qtbot, window, place, taken, onto, where, expected):
    keys = order(place.plan)
    tree = place.tree
    tree.drop_row(row_of(tree, keys[taken]), row_of(tree, keys[onto]), where)
    assert order(settled(qtbot, window))[:3] == [keys[n] for n in expected]


def test_a_row_is_dropped_onto_another_group(qtbot, window, place):
    key = order(place.plan)[0]
    last = place.tree.topLevelItem(place.tree.topLevelItemCount() - 1)
    place.tree.drop_row(row_of(place.tree, key), last, BELOW)
    plan = settled(qtbot, window)
    assert plan.group_of(plan.find(key)).place == len(plan.groups)


def test_files_dropped_onto_a_group_are_kept_named_and_taken_out(qtbot, window, place, tmp_path):
    paths = [tmp_path / "合同.docx", tmp_path / "空.pdf"]
    paths[0].write_bytes(b"contract")
    paths[1].write_bytes(b"")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    tree = place.tree
    where = QPointF(tree.visualItemRect(tree.topLevelItem(0)).center())
    none = Qt.KeyboardModifier.NoModifier
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    tree.dropEvent(QDropEvent(where, action, mime, button, none))
    plan = settled(qtbot, window)
    (added,) = plan.groups[0].exhibits
    assert [one.file_name for one in added.attachments] == ["合同.docx"]
    assert "空.pdf: 文件是空的" in place.hint.text()
    tree.choose(added.key)
    place.form.kind_chosen.emit(ExhibitKind.CONTRACT)
    assert settled(qtbot, window).find(added.key).kind is ExhibitKind.CONTRACT
    assert place.remove_button.isEnabled()
    click(qtbot, place.remove_button)
    assert settled(qtbot, window).find(added.key) is None
    window.undo()
    assert settled(qtbot, window).find(added.key) is not None


def test_groups_are_added_renamed_moved_and_removed(qtbot, window, place):
    place.add_group("补充材料")
    plan = settled(qtbot, window)
    group = plan.groups[-1].group
    place.rename_group(group.id, "其他")
    place.move_group(group.id, 1)
    assert settled(qtbot, window).groups[0].title == "其他"
    for _ in range(3):
        window.undo()
    assert group.id not in {one.group.id for one in settled(qtbot, window).groups}
    assert len(place.plan.groups) == len(plan.groups) - 1
    window.redo()
    assert settled(qtbot, window).groups[-1].group == group


def test_what_the_case_refuses_is_said_and_leaves_no_undo_step(qtbot, window, place):
    key = order(place.plan)[0]
    place.tree.choose(key)
    place.set_kind(ExhibitKind.CONTRACT)
    wait_idle(qtbot, window)
    assert "种类不能更改" in window.bar.html
    window.undo()
    assert window._library.undo_stack.count() == 0


def test_its_messages_are_shown_in_the_review(qtbot, window, place):
    messages = current(place).messages
    click(qtbot, place.form.messages_button)
    wait_idle(qtbot, window)
    review = window.case_page.review
    assert window.case_page.page is review
    assert sorted(review.model.outline.ids) == sorted(messages)
