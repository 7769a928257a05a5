"""The timeline as a person works with it: by mouse and keyboard, on the sample case."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from smsdesk.domain.queries import MessageQuery
from smsdesk.gui.charts.grid import CLASSES, Grid, Stretch, class_bounds, shade_of
from smsdesk.gui.charts.legend import shade_words
from smsdesk.services import listing
from smsdesk.services.figuring import overview

LONG = 60_000
KEYS = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


class Person:
    """Looks at the timeline of the sample case."""

    def __init__(self, qtbot, window) -> None:
        self.qtbot, self.window, self.page = qtbot, window, window.case_page
        self.page.places.choose("timeline")
        self.place = self.page.page
        self.until(lambda: self.place.hours is not None and self.place.hours.isVisible())
        self.wait()
        self.days = self.place.calendar.chart
        self.hours = self.place.hours.chart

    def until(self, condition) -> None:
        self.qtbot.waitUntil(condition, timeout=LONG)

    def wait(self) -> None:
        self.until(lambda: not self.window._library.runners.busy)

    @property
    def case(self):
        return self.window._library.case

    @property
    def counted(self):
        return overview(self.case, self.place._query).listed

    @property
    def listed(self):
        return tuple(self.place.list.model.outline.ids)

    def press(self, key, modifier=NONE) -> None:
        self.qtbot.keyClick(QApplication.focusWidget(), key, modifier)
        self.wait()

    def click(self, chart, cell) -> None:
        where = chart.cell_place(cell).center().toPoint()
        self.qtbot.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, NONE, where)
        self.wait()

    def drag(self, chart, first, last) -> None:
        ends = [chart.cell_place(cell).center().toPoint() for cell in (first, last)]
        button = Qt.MouseButton.LeftButton
        self.qtbot.mousePress(chart.viewport(), button, NONE, ends[0])
        self.qtbot.mouseMove(chart.viewport(), ends[1])
        self.qtbot.mouseRelease(chart.viewport(), button, NONE, ends[1])
        self.wait()


@pytest.fixture
def person(qtbot, window, sample_case_path):
    window.open_case(sample_case_path)
    qtbot.waitUntil(lambda: len(window.case_page.review.model.outline.ids) > 50, timeout=LONG)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return Person(qtbot, window)


def test_a_day_that_is_clicked_lists_its_messages_and_escape_leads_back(person):
    everything = person.listed
    day = person.counted.overall.worst_day
    person.click(person.days, person.place.calendar._calendar.cell_of(day))
    assert person.listed == person.counted.overall.days[day]
    assert str(len(person.listed)) in person.place.list.name_label.text()
    person.press(KEYS.Key_Escape)
    assert person.listed == everything
    assert not person.days.selection


def test_days_are_reached_and_chosen_by_keyboard(person):
    person.place.take_focus()
    person.press(KEYS.Key_Home)
    first = person.days.cursor_cell
    person.press(KEYS.Key_Right)
    assert person.days.cursor_cell == (first[0] + 1, first[1])
    assert person.days.accessibleDescription()
    person.press(KEYS.Key_End)
    person.press(KEYS.Key_Home, SHIFT)
    person.press(KEYS.Key_Return)
    dated = [i for ids in person.counted.overall.days.values() for i in ids]
    assert person.listed == tuple(dated)


def test_a_range_of_days_is_dragged(person):
    calendar = person.place.calendar._calendar
    days = sorted(person.counted.overall.days)
    first, last = days[2], days[6]
    person.drag(person.days, calendar.cell_of(first), calendar.cell_of(last))
    between = [day for day in days if first <= day <= last]
    assert person.listed == tuple(i for day in between for i in person.counted.overall.days[day])


def test_a_block_of_hours_lists_what_came_then(person):
    heat = person.counted.heat
    person.drag(person.hours, (9, 0), (17, 4))
    wanted = {i for (day, hour), ids in heat.items() if day <= 4 and 9 <= hour <= 17 for i in ids}
    assert set(person.listed) == wanted
    person.click(person.days, person.days.grid.ends[0])
    assert not person.hours.selection  # one thing is chosen at a time


def test_every_figure_leads_to_the_messages_that_it_counts(person):
    rhythm = person.counted.overall
    night = next(b for b in person.place.figures.buttons if b.text().startswith("夜间"))
    person.qtbot.mouseClick(night, Qt.MouseButton.LeftButton)
    person.wait()
    assert person.listed == rhythm.night
    assert str(len(rhythm.night)) in night.text()


def test_a_search_narrows_list_and_charts(person):
    person.page.search_edit.setText("还")
    person.qtbot.waitUntil(lambda: person.place._query.search == "还", timeout=LONG)
    person.wait()
    found = listing.message_ids(person.case, MessageQuery(search="还"))
    assert list(person.listed) == found
    assert person.place.counted.overall.ids == tuple(found)
    assert person.place.list.view._rows.searched == "还"
    person.place.list.view.setFocus()
    at = person.place.list.view.current_id
    assert at == found[0]
    person.press(KEYS.Key_F3)
    assert found.index(person.place.list.view.current_id) == found.index(at) + 1
    person.press(KEYS.Key_F3, SHIFT)
    assert person.place.list.view.current_id == at


def test_only_collection_messages_count_where_that_is_asked(person):
    person.place.scope_box.setChecked(True)
    person.wait()
    assert person.listed == overview(person.case).collection.overall.ids
    total = sum(person.days.grid.counts.values())
    assert total + len(person.place.counted.overall.without_day) == len(person.listed)


def test_enter_opens_the_review_at_the_message_and_escape_leads_back(person):
    day = person.counted.overall.worst_day
    person.click(person.days, person.place.calendar._calendar.cell_of(day))
    wanted = person.listed[3]
    person.place.list.view.choose(wanted)
    person.place.list.view.setFocus()
    person.press(KEYS.Key_Return)
    review = person.page.review
    person.until(lambda: review.view.current_id == wanted)
    assert set(review.model.outline.ids) == set(person.counted.overall.days[day])
    person.press(KEYS.Key_Escape)
    assert person.page.page is person.place


def test_what_is_changed_elsewhere_is_counted_anew(person):
    before = person.place.counted
    ids = before.overall.ids[:1]
    message = listing.messages(person.case, ids)[0]
    from smsdesk.services import reviewing

    change = reviewing.plan_typed_time([message], "2024-02-29 03:00")
    person.window._library.change("时间", change)
    leap = dt.date(2024, 2, 29)
    person.until(lambda: leap in person.place.counted.overall.days)
    person.wait()
    person.until(lambda: person.days.grid.columns > 90)
    person.place.take_focus()
    person.press(KEYS.Key_Home)
    for _ in range(4):
        person.press(KEYS.Key_Right)  # to Thursday, February 29
    person.window.undo()
    person.until(lambda: leap not in person.place.counted.overall.days)


@given(st.integers(1, 5000))
def test_shades_cover_all_numbers_and_never_overlap(most):
    bounds = class_bounds(most)
    assert len(bounds) <= CLASSES
    assert [shade_of(bound, bounds) for bound in bounds] == list(range(1, len(bounds) + 1))
    assert shade_of(0, bounds) == 0
    assert shade_of(most, bounds) == len(bounds)
    assert len(shade_words(bounds, most)) == len(bounds) + 1


@given(
    st.tuples(st.integers(0, 4), st.integers(0, 6)), st.tuples(st.integers(0, 4), st.integers(0, 6))
)
def test_a_stretch_holds_both_ends_whichever_comes_first(one, other):
    counts = {(column, row): 0 for column in range(5) for row in range(7)}
    for stretch in Stretch:
        grid = Grid(5, 7, counts, {}, {}, stretch)
        assert {one, other} <= grid.between(one, other) == grid.between(other, one)
        assert grid.between(one, one) == {one}
        assert grid.step(one, 0, 1) in counts


def test_own_lines_are_drawn_in_place_and_undone(person):
    bar = person.place.lines_bar
    before = person.place.counted.overall.striking
    assert bar.done_button.isHidden()
    bar.many_box.setValue(5)
    person.qtbot.mouseClick(bar.done_button, Qt.MouseButton.LeftButton)
    person.until(lambda: len(person.place.counted.overall.striking) > len(before))
    person.wait()
    assert len(person.days.grid.marked) == len(person.place.counted.overall.striking)
    assert person.window._library.undo_stack.undoText() == "自设提示线 3 条、5 条"
    person.window.undo()
    person.until(lambda: person.place.counted.overall.striking == before)
    person.until(lambda: bar.many_box.value() == 10)
