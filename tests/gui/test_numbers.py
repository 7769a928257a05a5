"""The numbers as a person works with them: dossiers, grouping by keyboard and by drag, undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit

from smsdesk.gui.models.numbers import Column
from smsdesk.services import asking
from smsdesk.services.figuring import overview

LONG = 60_000
KEYS = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier


class Person:
    """Looks at the numbers of the sample case."""

    def __init__(self, qtbot, window) -> None:
        self.qtbot, self.window, self.page = qtbot, window, window.case_page
        self.page.places.choose("numbers")
        self.place = self.page.page
        self.until(lambda: self.place.dossier.bars is not None and self.place.model.rows)
        self.wait()

    def until(self, condition) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=LONG)

    def wait(self) -> None:
        self.until(lambda: not self.window._library.runners.busy)

    @property
    def case(self):
        return self.window._library.case

    @property
    def said(self):
        """What a person said of institutions, by sender."""
        return asking.answers(self.case)[1]

    @property
    def groups(self):
        return {row.institution.name: row for row in self.place.model.rows if row.is_group}

    @property
    def alone(self):
        return next(row for row in self.place.model.rows if not row.is_group)

    def go_to(self, row) -> None:
        self.place._go_to(self.place.model.index_of(row.key))
        self.place.tree.setFocus()

    def press(self, key, modifier=NONE) -> None:
        self.qtbot.keyClick(QApplication.focusWidget(), key, modifier)

    def name(self, text: str) -> None:
        """Type a name and Enter."""
        self.until(lambda: self.place.bar.is_typing)
        self.place.bar.box.setEditText(text)
        self.press(KEYS.Key_Return)


@pytest.fixture
def person(qtbot, window, sample_case_path):
    window.open_case(sample_case_path)
    qtbot.waitUntil(lambda: len(window.case_page.review.model.outline.ids) > 50, timeout=LONG)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return Person(qtbot, window)


def test_every_number_is_there_once_with_its_count(person):
    counted = overview(person.case).received
    children = [child for row in person.place.model.rows for child in row.children or [row]]
    shown = {row.keys[0]: row.words[Column.COUNT] for row in children}
    assert shown == {one.sender.key: str(len(one.rhythm.ids)) for one in counted.numbers}
    assert len(children) == len(counted.numbers)


def test_a_number_is_assigned_by_keyboard_and_given_back_by_undo(person):
    key = person.alone.keys[0]
    before = person.said
    person.go_to(person.alone)
    person.press(KEYS.Key_I)
    person.name("甲信用管理")
    person.until(lambda: "甲信用管理" in person.groups)
    assert person.said == {**before, key: "甲信用管理"}
    assert person.place.current.key == "=甲信用管理"
    assert "由您归入" in person.place.dossier.group_label.text()
    assert "1 个号码" in person.window._library.undo_stack.undoText()
    person.wait()
    person.window.undo()
    person.until(lambda: "甲信用管理" not in person.groups)
    assert person.said == before


def test_a_number_dropped_on_an_institution_joins_all_that_stand_there(person):
    name, group = next((n, g) for n, g in person.groups.items() if len(g.keys) > 1)
    key = person.alone.keys[0]
    model = person.place.model
    data = model.mimeData([model.index_of(person.alone.key)])
    target = model.index_of(group.key)
    model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, target)
    person.until(lambda: key in person.groups[name].keys)
    assert person.said == dict.fromkeys([*group.keys, key], name)


def test_two_numbers_dropped_on_one_another_become_an_institution(person):
    first, second = [row for row in person.place.model.rows if not row.is_group][:2]
    model = person.place.model
    data = model.mimeData([model.index_of(first.key)])
    model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.index_of(second.key))
    person.until(lambda: set(person.said) == {*first.keys, *second.keys})
    person.until(lambda: any(set(g.keys) == set(person.said) for g in person.groups.values()))


def test_institutions_are_renamed_and_merged_by_their_names(person):
    (one, first), (other, second) = list(person.groups.items())[:2]
    person.go_to(first)
    person.press(KEYS.Key_F2)
    person.name(other)
    person.until(lambda: one not in person.groups)
    assert set(person.groups[other].keys) == {*first.keys, *second.keys}


def test_a_number_is_taken_out_and_comes_back_when_left_to_the_program(person):
    group = next(g for g in person.groups.values() if len(g.keys) > 1)
    name, child = group.institution.name, group.children[-1]
    person.go_to(child)
    person.press(KEYS.Key_Delete)
    person.until(
        lambda: person.groups.get(name) is None or child.keys[0] not in person.groups[name].keys
    )
    assert set(person.said) == set(child.keys)
    person.wait()
    person.go_to(person.place.model.row_at(person.place.model.index_of(child.key)))
    person.press(KEYS.Key_Delete)
    person.until(lambda: _has(person, name, child))
    assert person.said == {}


def _has(person, name, child) -> bool:
    """Say whether an institution of that name has the number."""
    group = person.groups.get(name)
    return group is not None and child.keys[0] in group.keys


def test_escape_and_a_blank_change_nothing(person):
    person.go_to(person.alone)
    person.press(KEYS.Key_I)
    person.press(KEYS.Key_Escape)
    assert not person.place.bar.is_typing
    person.press(KEYS.Key_I)
    person.name("   ")
    person.wait()
    assert person.said == {}
    assert not person.window._library.undo_stack.canUndo()


def test_the_dossier_says_why_numbers_stand_together_and_never_who_owns_them(person):
    group = next(g for g in person.groups.values() if g.institution.ties)
    person.go_to(group)
    tie = group.institution.ties[0]
    assert tie.mark.removeprefix("+86") in person.place.dossier.group_label.text()
    person.go_to(group.children[0])
    assert "不说明由谁使用" in person.place.dossier.known_label.text()
    assert group.institution.name in person.place.dossier.group_label.text()


def test_a_figure_and_an_hour_of_the_dossier_lead_to_the_review_and_back(person):
    row = person.groups[next(iter(person.groups))]
    person.go_to(row)
    person.qtbot.mouseClick(person.place.dossier.figures.buttons[0], Qt.MouseButton.LeftButton)
    review = person.page.review
    person.until(lambda: set(review.model.outline.ids) == set(row.rhythm.ids))
    person.wait()
    person.press(KEYS.Key_Escape)
    person.until(lambda: person.page.page is person.place)
    person.wait()
    bars = person.place.dossier.bars
    hour, ids = max(person.place.dossier._hours.items(), key=lambda pair: len(pair[1]))
    where = bars.bar_place(hour).toPoint()
    person.qtbot.mouseClick(bars.viewport(), Qt.MouseButton.LeftButton, NONE, where)
    person.until(lambda: set(review.model.outline.ids) == set(ids))


def test_the_filter_finds_digits_written_with_spaces_and_the_order_is_kept(person):
    row = next(r for r in person.place.model.rows if not r.is_group and r.keys[0].startswith("+"))
    digits = row.keys[0][-6:]
    person.place.filter_edit.setText(digits)
    person.until(lambda: len(person.place.model.rows) < 4)
    shown = [child for one in person.place.model.rows for child in one.children or [one]]
    assert row.keys[0] in [key for one in shown for key in one.keys]
    person.place.filter_edit.clear()
    person.until(lambda: len(person.place.model.rows) > 4)
    person.place.tree.sortByColumn(Column.FIRST, Qt.SortOrder.AscendingOrder)
    firsts = [one.sorts[Column.FIRST] for one in person.place.model.rows]
    assert firsts == sorted(firsts)


def test_every_control_of_both_places_has_a_name_that_can_be_read_out(person):
    person.page.places.choose("timeline")
    timeline = person.page.page
    person.until(lambda: timeline.hours is not None)
    person.wait()
    unnamed = [
        f"{type(widget).__name__} {widget.objectName()}"
        for place in (person.place, timeline)
        for kind in (QAbstractButton, QLineEdit)
        for widget in place.findChildren(kind)
        if not (widget.accessibleName() or (kind is QAbstractButton and widget.text()))
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parent(), QComboBox)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert unnamed == []
    assert timeline.calendar.chart.accessibleName()
    assert timeline.hours.chart.accessibleName()
    assert person.place.dossier.bars.accessibleName()
