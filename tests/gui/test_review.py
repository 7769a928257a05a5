"""Reviewing as a person does it: by keyboard, on the sample case, through the real case file."""

from __future__ import annotations

import re
from threading import Event
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTextEdit

from smsdesk.domain.findings import BY_HAND, FindingState, Recipient, ViolationType
from smsdesk.domain.messages import ReviewState
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.rulings import Answer
from smsdesk.domain.times import TimeBasis
from smsdesk.gui.panels.views import OWN, View
from smsdesk.services import asking, conversations, listing, reviewing
from tests.services.test_joining import A, B, C, at, device_of, show_from

LONG = 60_000
KEYS = Qt.Key


class Person:
    """Presses keys where the focus is, and counts them."""

    def __init__(self, qtbot, window) -> None:
        self.qtbot, self.window = qtbot, window
        self.page, self.review = window.case_page, window.case_page.review
        self.reading = self.review.reading
        self.pressed = 0

    @property
    def message(self):
        """The message as the case now holds it."""
        (found,) = listing.messages(self.case, [self.reading.message.id])
        return found

    @property
    def case(self):
        return self.window._library.case

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        self.pressed += 1
        self.qtbot.keyClick(self.focus, key, modifier)

    def type(self, text: str) -> None:
        """Type as an input method does: one character is one stroke."""
        for char in text:
            self.pressed += 1
            event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, char)
            QApplication.sendEvent(self.focus, event)

    @property
    def focus(self):
        return QApplication.focusWidget() or self.review.view

    def wait(self) -> None:
        runners = self.window._library.runners
        self.qtbot.waitUntil(
            lambda: not (runners.readers.busy or runners.writer.busy), timeout=LONG
        )

    def choose(self, view) -> None:
        self.page.views.choose(view)
        self.wait()
        self.qtbot.waitUntil(lambda: self.reading.message is not None, timeout=LONG)
        self.review.take_focus()
        self.pressed = 0

    def go_to(self, message_id) -> None:
        self.review.view.choose(message_id)
        self.wait()

    def undo(self) -> None:
        self.window.undo()
        self.wait()

    def find(self, **conditions) -> list[int]:
        return listing.message_ids(self.case, MessageQuery(**conditions))


@pytest.fixture
def person(qtbot, window, sample_case_path):
    window.open_case(sample_case_path)
    qtbot.waitUntil(lambda: len(window.case_page.review.model.outline.ids) > 50, timeout=LONG)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = Person(qtbot, window)
    made.wait()
    made.choose(View.ALL)
    return made


def test_ten_messages_are_reviewed_with_ten_keys(person):
    person.choose(View.NEW)
    before = person.page.views.count(View.NEW)
    for _ in range(10):
        person.press(KEYS.Key_Return)
    assert person.pressed == 10  # one for each clean message
    person.wait()
    assert len(person.find(review=ReviewState.NEW)) == before - 10
    for _ in range(10):
        person.undo()
    assert len(person.find(review=ReviewState.NEW)) == before


def test_enter_goes_past_what_is_reviewed(person):
    person.choose(View.ALL)
    first, second, third = person.review.model.outline.ids[:3]
    person.go_to(second)
    person.press(KEYS.Key_Return)
    person.wait()
    person.go_to(first)
    person.press(KEYS.Key_Return)
    assert person.review.view.current_id == third


def test_a_doubtful_character_is_corrected_with_three_keys(person):
    person.choose(View.DOUBTFUL)
    message = person.message
    (start, end), *_ = message.doubtful
    person.press(KEYS.Key_Tab)
    assert person.reading.text.textCursor().selectedText() == message.text[start:end]
    person.qtbot.waitUntil(lambda: person.review.picture.view._spot is not None, timeout=LONG)
    person.type("贷")
    person.press(KEYS.Key_Return)
    assert person.pressed == 3
    person.wait()
    (after,) = listing.messages(person.case, [message.id])
    assert after.text == message.text[:start] + "贷" + message.text[end:]
    assert (after.machine_text, after.state) == (message.text, ReviewState.REVIEWED)
    assert person.review.view.current_id != message.id
    person.undo()
    (back,) = listing.messages(person.case, [message.id])
    assert (back.corrected_text, back.state) == (None, ReviewState.NEW)
    assert person.review.view.current_id == message.id


def test_the_caret_goes_from_doubt_to_doubt(person):
    doubts = {m.id: len(m.doubtful) for m in listing.messages(person.case, person.find())}
    person.go_to(next(number for number, count in doubts.items() if count > 1))
    person.review.take_focus()
    person.press(KEYS.Key_Tab)
    first = person.reading.text.textCursor().selectionStart()
    person.press(KEYS.Key_Tab)
    assert person.reading.text.textCursor().selectionStart() > first
    person.press(KEYS.Key_Backtab)
    assert person.reading.text.textCursor().selectionStart() == first
    person.press(KEYS.Key_Backtab)  # from the first to the last
    assert person.reading.text.textCursor().selectionStart() > first
    person.press(KEYS.Key_Escape)
    assert not person.reading.text.is_editing
    assert person.focus is person.review.view


def test_escape_leaves_the_text_as_it_was(person):
    text = person.message.text
    person.press(KEYS.Key_E)
    person.type("x1")  # keys that would mark or reject where nothing is typed
    person.press(KEYS.Key_Escape)
    person.wait()
    assert person.message.text == text == person.reading.text.toPlainText()
    assert not person.window._library.undo_stack.canUndo()


def test_news_do_not_eat_what_is_being_typed(person):
    message = person.message
    person.press(KEYS.Key_E)
    person.type("！")
    person.window._library.contents_changed.emit()  # an import has brought messages
    person.window._library.messages_changed.emit((message.id,))
    person.wait()
    assert person.reading.text.toPlainText() == message.text + "！"
    person.press(KEYS.Key_Return)
    person.wait()
    (after,) = listing.messages(person.case, [message.id])
    assert after.text == message.text + "！"


def test_whoever_goes_to_another_message_keeps_what_was_typed(person):
    message = person.message
    person.press(KEYS.Key_E)
    person.type("！")
    person.review.view.step(1)
    person.wait()
    (after,) = listing.messages(person.case, [message.id])
    assert (after.text, after.state) == (message.text + "！", ReviewState.NEW)
    assert person.reading.message.id != message.id


def test_a_number_key_marks_and_unmarks(person):
    person.go_to(person.find(unlabelled=True)[0])
    person.press(KEYS.Key_4)
    person.wait()
    (made,) = [f for f in person.message.findings if f.proposal.rule == BY_HAND]
    assert (made.proposal.violation, made.state) == (ViolationType.INSULT, FindingState.CONFIRMED)
    assert person.window._library.undo_stack.undoText() == "标记 侮辱诽谤"
    person.press(KEYS.Key_4)
    person.wait()
    assert [f for f in person.message.findings if f.proposal.rule == BY_HAND] == []


def test_the_tenth_label_has_a_key_too(person):
    person.go_to(person.find(unlabelled=True)[0])
    person.press(KEYS.Key_0)
    person.wait()
    labels = [f.proposal.violation for f in person.message.findings if f.proposal.rule == BY_HAND]
    assert labels == [ViolationType.INDUCE_LOAN]


def test_the_list_is_put_away_by_a_key_and_the_keys_go_on(person, settings):
    first, second = person.review.model.outline.ids[:2]
    person.press(KEYS.Key_L)
    assert person.review.list_stack.isHidden()
    assert settings.number("review/list_away", 0) == 1
    person.press(KEYS.Key_Return)
    person.wait()
    assert person.find(review=ReviewState.REVIEWED) == [first]
    assert person.reading.message.id == second
    person.press(KEYS.Key_L)
    assert person.review.view.isVisible()
    assert person.focus is person.review.view


def test_time_number_direction_and_institution_are_corrected_in_place(person):
    before = person.message
    person.press(KEYS.Key_T)
    person.reading.facts.time.edit.setText("不知道")
    person.press(KEYS.Key_Return)
    person.wait()
    assert "看不懂" in person.reading.facts.time.hint.text()
    person.reading.facts.time.edit.setText("2098-12-01 23:41")
    person.press(KEYS.Key_Return)
    person.wait()
    assert "还没有到" in person.reading.facts.time.hint.text()
    person.reading.facts.time.edit.setText("2025-12-01 23:41")
    person.press(KEYS.Key_Return)
    person.wait()
    assert person.message.sent.basis == TimeBasis.TYPED
    assert person.message.machine_sent == before.sent
    person.press(KEYS.Key_H)
    person.reading.facts.number.edit.setText("+86 171 0123 0000")
    person.press(KEYS.Key_Return)
    person.wait()
    assert person.message.sender.number == "+8617101230000"
    assert "机器原读" in person.reading.facts.number.label.text()
    person.press(KEYS.Key_D)
    person.wait()
    assert person.message.direction != before.direction
    for _ in range(3):
        person.undo()
    assert person.message == before


def test_the_recipient_is_asked_once_for_a_conversation(person):
    thread = person.message.thread_id
    person.press(KEYS.Key_R)
    person.press(KEYS.Key_Tab)
    person.press(KEYS.Key_Return)  # a third person's
    person.type("母亲")
    person.press(KEYS.Key_Return)
    person.wait()
    answers, _ = asking.answers(person.case)
    assert answers == {thread: Answer(Recipient.THIRD, "母亲")}
    assert person.reading.facts.recipient.label.text() == "第三人 · 母亲"
    person.undo()
    assert asking.answers(person.case)[0] == {}


def test_star_and_note(person):
    person.press(KEYS.Key_S)
    person.press(KEYS.Key_N)
    person.type("要紧")
    person.press(KEYS.Key_Return)
    person.wait()
    assert (person.message.starred, person.message.note) == (True, "要紧")
    assert person.find(starred=True) == [person.message.id]
    person.undo()
    person.undo()
    assert (person.message.starred, person.message.note) == (False, "")


def test_many_are_marked_at_once_after_a_look_at_what_changes(person):
    person.choose(View.SPECIAL)
    ids = list(person.review.model.outline.ids)
    person.press(KEYS.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert person.review.bulk.count_label.text() == f"已选 {len(ids)} 条"
    person.press(KEYS.Key_9)
    person.wait()
    assert person.review.bulk.preview_label.text() == f"{len(ids)} 条将改变：标记 P图丑化"
    assert not person.window._library.undo_stack.canUndo()  # nothing is done yet
    person.press(KEYS.Key_Return)
    person.wait()
    marked = person.find(label=ViolationType.DOCTORED_IMAGE)
    assert set(marked) == set(ids)
    assert person.window._library.undo_stack.undoText() == f"标记 P图丑化（{len(ids)} 条）"
    person.undo()
    assert person.find(label=ViolationType.DOCTORED_IMAGE) == []


def test_escape_leaves_what_is_still_being_worked_out(person, monkeypatch):
    monkeypatch.setattr("smsdesk.gui.places.review.PLANNED_A_TIME", 1)
    going_on, first = Event(), Event()
    planned = []

    def slow(case, ids):
        planned.append(ids)
        first.set()
        going_on.wait(LONG / 1000)
        return listing.messages(case, ids)

    person.choose(View.SPECIAL)
    person.press(KEYS.Key_A, Qt.KeyboardModifier.ControlModifier)
    with monkeypatch.context() as patch:
        patch.setattr("smsdesk.gui.places.review.listing", SimpleNamespace(messages=slow))
        person.press(KEYS.Key_9)
        assert first.wait(LONG / 1000)
        assert "正在准备" in person.review.bulk.preview_label.text()
        person.press(KEYS.Key_Escape)
        going_on.set()
        person.wait()
    assert len(planned) == 1  # of many
    assert not person.review.bulk.preview_label.isVisible()
    assert person.review.bulk.isVisible()  # they are still selected
    assert person.find(label=ViolationType.DOCTORED_IMAGE) == []


def test_what_is_typed_over_a_fact_is_meant_for_all_selected(person):
    ids = person.review.model.outline.ids[:3].tolist()
    before = [message.sent for message in listing.messages(person.case, ids)]
    for _ in range(2):
        person.press(KEYS.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    person.wait()
    person.press(KEYS.Key_T)
    person.reading.facts.time.edit.setText("2025-11-03")
    person.press(KEYS.Key_Return)
    person.wait()
    assert "3 条将改变" in person.review.bulk.preview_label.text()
    assert not person.window._library.undo_stack.canUndo()
    person.press(KEYS.Key_Return)
    person.wait()
    after = [message.sent for message in listing.messages(person.case, ids)]
    assert {(sent.earliest.month, sent.earliest.day) for sent in after} == {(11, 3)}
    person.undo()
    assert [message.sent for message in listing.messages(person.case, ids)] == before


def test_what_is_of_one_message_only_is_refused_for_several(person):
    person.press(KEYS.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    person.wait()
    for key in (KEYS.Key_X, KEYS.Key_E):
        person.press(key)
        assert "逐条" in person.review.bulk.preview_label.text()
        assert not person.reading.is_typing
    assert not person.window._library.undo_stack.canUndo()


def test_it_is_told_for_how_many_messages_a_change_is_worked_out(person, monkeypatch):
    monkeypatch.setattr("smsdesk.gui.places.review.PLANNED_A_TIME", 2)
    monkeypatch.setattr("smsdesk.gui.jobs.PROGRESS_INTERVAL", 0)
    going_on, third = Event(), Event()
    parts = []

    def slow(case, ids):
        if len(ids) == 2:  # others are read to be shown
            parts.append(ids)
        if len(parts) == 3 and not third.is_set():
            third.set()
            going_on.wait(LONG / 1000)
        return listing.messages(case, ids)

    person.choose(View.SPECIAL)
    count = len(person.review.model.outline.ids)
    person.press(KEYS.Key_A, Qt.KeyboardModifier.ControlModifier)
    with monkeypatch.context() as patch:
        patch.setattr("smsdesk.gui.places.review.listing", SimpleNamespace(messages=slow))
        person.press(KEYS.Key_9)
        label = person.review.bulk.preview_label
        assert f"正在准备 0/{count}" in label.text()
        assert third.wait(LONG / 1000)
        some = re.compile(rf"正在准备 [1-9]\d*/{count}")
        person.qtbot.waitUntil(lambda: some.search(label.text()) is not None, timeout=LONG)
        going_on.set()
        person.wait()
    assert f"{count} 条将改变" in label.text()
    person.press(KEYS.Key_Escape)


def test_enter_does_nothing_else_while_a_change_is_worked_out(person, monkeypatch):
    going_on = Event()
    ids = person.review.model.outline.ids[:2].tolist()
    person.press(KEYS.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    def slow(case, ids):
        going_on.wait(LONG / 1000)
        return listing.messages(case, ids)

    with monkeypatch.context() as patch:
        patch.setattr("smsdesk.gui.places.review.listing", SimpleNamespace(messages=slow))
        person.press(KEYS.Key_9)
        person.press(KEYS.Key_Return)
        going_on.set()
        person.wait()
    assert "P图" in person.review.bulk.preview_label.text()
    person.press(KEYS.Key_Return)
    person.wait()
    states = {m.state for m in listing.messages(person.case, ids)}
    assert states == {ReviewState.NEW}  # marked, not accepted


def test_keys_that_are_held_select_nothing_more(person):
    person.choose(View.NEW)
    QTest.keyClick(person.window.windowHandle(), KEYS.Key_Return)
    person.wait()
    ctrl = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(person.window.windowHandle(), KEYS.Key_Z, ctrl)
    person.wait()
    assert person.review.view.selected_count() == 1
    assert not person.review.bulk.isVisible()


def test_a_blank_field_wipes_nothing(person):
    ids = person.review.model.outline.ids[:2].tolist()
    before = listing.messages(person.case, ids)
    person.press(KEYS.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    bulk = person.review.bulk
    assert bulk.isVisible()
    bulk._ask_for(person.review._deeds.number, "")
    person.qtbot.keyClick(bulk.edit, KEYS.Key_Return)
    person.wait()
    assert bulk.do_button.isHidden()
    assert listing.messages(person.case, ids) == before
    assert not person.window._library.undo_stack.canUndo()


def test_a_date_for_many_keeps_each_ones_clock(person):
    first, second = person.review.model.outline.ids[:2]
    clocks = [m.sent.minute.time() for m in listing.messages(person.case, [first, second])]
    person.press(KEYS.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    person.review.stage(person.review._deeds.time("2025-11-05"))
    person.wait()
    person.press(KEYS.Key_Return)
    person.wait()
    times = [m.sent.earliest for m in listing.messages(person.case, [first, second])]
    assert {time.date().isoformat() for time in times} == {"2025-11-05"}
    assert [time.time() for time in times] == clocks


def test_undo_leads_to_what_changed_even_out_of_a_view(person):
    person.choose(View.NEW)
    changed = person.message.id
    person.press(KEYS.Key_S)
    person.wait()
    person.page.search_edit.setText("没有任何短信会这样写")
    person.qtbot.waitUntil(lambda: person.review.list_stack.currentIndex() == 1, timeout=LONG)
    person.undo()
    person.qtbot.waitUntil(lambda: person.review.view.current_id == changed, timeout=LONG)


def test_a_whole_conversation_and_back(person):
    person.choose(View.NIGHT)
    message = person.message
    person.press(KEYS.Key_G)
    person.wait()
    thread = listing.thread_ids(person.case, message.thread_id)
    assert set(person.review.model.outline.ids) == set(thread)
    assert person.review.view.current_id == message.id
    person.press(KEYS.Key_Escape)
    person.wait()
    assert person.page.views.current == View.NIGHT
    assert person.review.view.current_id == message.id


def test_every_view_lists_as_many_as_it_counts(person):
    for view in View:
        if person.page.views.count(view):
            person.choose(view)
            assert len(person.review.model.outline.ids) == person.page.views.count(view)


def test_a_search_is_kept_as_a_view(person, settings):
    person.page.search_edit.setText("幼儿园")
    person.page.save_view()
    person.wait()
    assert person.page.views.current == OWN + "幼儿园"
    assert person.page.views.count(OWN + "幼儿园") == len(person.find(search="幼儿园"))
    assert settings.own_views()[0].search == "幼儿园"
    person.page.views.begin_naming(OWN + "幼儿园")
    editor = person.page.views_list.findChild(QLineEdit)
    editor.setText("孩子")
    person.qtbot.keyClick(editor, KEYS.Key_Return)
    person.qtbot.waitUntil(lambda: person.page.views.current == OWN + "孩子")
    assert [(v.name, v.search) for v in settings.own_views()] == [("孩子", "幼儿园")]
    person.page.remove_view(OWN + "孩子")
    assert settings.own_views() == []


def test_what_was_searched_is_lit_in_the_text(person):
    person.page.search_edit.setText("幼儿园")
    person.wait()
    person.qtbot.waitUntil(lambda: "幼儿园" in (person.reading.message.text), timeout=LONG)
    text = person.reading.text
    (at, *_), *_ = text._found
    cursor = text._cursor(at, at + 1)
    assert cursor.charFormat().fontUnderline()


def test_a_character_leads_to_the_picture_and_back(person):
    picture, text = person.review.picture, person.reading.text
    person.qtbot.waitUntil(lambda: any(picture._places), timeout=LONG)
    index = next(i for i, box in enumerate(picture._places) if box is not None)
    box = picture._places[index]
    text.character_chosen.emit(index, index + 1)
    assert picture.view._spot.rect().contains(box.x0 + 1, box.y0 + 1)
    other = next(i for i, b in enumerate(picture._places) if b is not None and i > index + 3)
    spot = picture._places[other]
    picture.view.point_chosen.emit((spot.x0 + spot.x1) / 2, (spot.y0 + spot.y1) / 2)
    assert text.textCursor().selectedText() == person.message.text[other]


def test_a_click_in_the_picture_chooses_the_message_there(person):
    picture = person.review.picture
    shown = listing.messages(person.case, person.find())
    here = person.message.sightings[0].original_id
    other = next(
        m for m in shown if m.id != person.message.id and m.sightings[0].original_id == here
    )
    box = other.sightings[0].box
    person.qtbot.waitUntil(lambda: picture.view.original_id == here, timeout=LONG)
    point = picture.view.mapFromScene(box.x0 + 4, box.y0 + 4)
    picture.view.point_chosen.emit(*picture.view.mapToScene(QPoint(point)).toTuple())
    person.qtbot.waitUntil(lambda: person.review.view.current_id == other.id, timeout=LONG)


def test_every_control_has_a_name_that_can_be_read_out(person):
    """In every place, as it stands when a person has come to it."""
    unnamed = []
    for place in person.page._pages:
        person.page.places.choose(place)
        person.wait()
        unnamed += [
            f"{type(widget).__name__} {widget.objectName()} of {type(widget.parent()).__name__}"
            for kind in (QAbstractButton, QLineEdit, QTextEdit)
            for widget in person.page.page.findChildren(kind)
            if not (widget.accessibleName() or (kind is QAbstractButton and widget.text()))
            and widget.isVisible()
            and not widget.objectName().startswith("qt_")
            and not isinstance(widget.parent(), QComboBox)  # named by the box
            and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        ]
    assert unnamed == []


def seen_under_two_headers(case):
    """Show one conversation under a name and under a number: three messages, two of them twice."""
    device_of(case)
    show_from(case, "王经理", (A, at(9)), (B, at(10)))
    show_from(case, "+86 171 0123 8846", (A, at(9)), (B, at(10)), (C, at(11)), minutes=1)


def on_the_list(qtbot, window, case, count):
    """Open *case*, which lists *count* messages."""
    path = case.path
    case.close()
    window.open_case(path)
    qtbot.waitUntil(lambda: len(window.case_page.review.model.outline.ids) == count, timeout=LONG)
    window.activateWindow()
    person = Person(qtbot, window)
    person.wait()
    person.review.take_focus()
    return person


def in_the_whole_conversation(qtbot, window, case, count):
    """Open *case*, which lists *count* messages, and show the whole conversation."""
    person = on_the_list(qtbot, window, case, count)
    person.press(KEYS.Key_G)
    person.wait()
    return person


def test_a_conversation_under_two_headers_is_parted(qtbot, window, empty_case):
    seen_under_two_headers(empty_case)
    person = in_the_whole_conversation(qtbot, window, empty_case, 3)
    assert "含另一标题下的 王经理" in person.review.narrowed.label.text()
    qtbot.mouseClick(person.review.narrowed.link_button, Qt.MouseButton.LeftButton)
    person.wait()
    qtbot.waitUntil(lambda: len(person.find()) == 5, timeout=LONG)
    person.undo()
    assert len(person.find()) == 3


def test_what_was_parted_is_united_again(qtbot, window, empty_case):
    seen_under_two_headers(empty_case)
    (link,) = conversations.conversations(empty_case)
    reviewing.apply(empty_case, conversations.plan_parting(empty_case, link.part_id))
    person = in_the_whole_conversation(qtbot, window, empty_case, 5)
    assert "已拆开" in person.review.narrowed.label.text()
    qtbot.mouseClick(person.review.narrowed.link_button, Qt.MouseButton.LeftButton)
    person.wait()
    qtbot.waitUntil(lambda: len(person.find()) == 3, timeout=LONG)
    person.undo()
    assert len(person.find()) == 5


def test_each_part_of_a_conversation_can_be_parted(qtbot, window, empty_case):
    device_of(empty_case)
    for name in ("手机", "新手机", "旧手机"):
        show_from(empty_case, "+86 171 0123 8846", (A, at(9)), (B, at(10)), name=name)
    first, *others = (c.thread_id for c in conversations.candidates(empty_case))
    for other in others:
        reviewing.apply(empty_case, conversations.plan_union(empty_case, first, other))
    person = in_the_whole_conversation(qtbot, window, empty_case, 2)
    strip = person.review.narrowed
    assert "新手机" in strip.label.text()
    assert "旧手机" in strip.label.text()
    assert strip.links_button.isVisible()
    assert not strip.link_button.isVisible()
    menu = strip.links_button.menu()
    (old,) = (action for action in menu.actions() if "旧手机" in action.text())
    old.trigger()
    person.wait()
    qtbot.waitUntil(lambda: len(person.find()) == 4, timeout=LONG)
    apart = [c.part_phone for c in conversations.conversations(person.case) if not c.together]
    assert apart == ["旧手机"]


def test_one_number_on_two_phones_is_made_one_conversation(qtbot, window, empty_case):
    device_of(empty_case)
    show_from(empty_case, "+86 171 0123 8846", (A, at(9)), (B, at(10)))
    show_from(empty_case, "+86 171 0123 8846", (A, at(9)), (B, at(10)), name="新手机")
    show_from(empty_case, "王经理", (C, at(11)))
    show_from(empty_case, "+86 171 0123 9999", (C, at(12)))
    person = in_the_whole_conversation(qtbot, window, empty_case, 6)
    bar = person.review.uniting
    qtbot.mouseClick(person.review.narrowed.unite_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(bar.isVisible, timeout=LONG)
    offered = [bar.box.itemText(row) for row in range(bar.box.count())]
    assert [text.split("  ·  ")[1:] for text in offered] == [["新手机", "2 条"], ["手机", "1 条"]]
    assert not bar.do_button.isVisible()
    person.press(KEYS.Key_Down)
    bar.box.activated.emit(bar.box.currentIndex())
    qtbot.waitUntil(bar.do_button.isVisible, timeout=LONG)
    assert "共 2 条" in bar.label.text()
    assert "2 条两边都有" in bar.label.text()
    person.press(KEYS.Key_Return)
    person.wait()
    qtbot.waitUntil(lambda: len(person.find()) == 4, timeout=LONG)
    assert bar.isHidden()
    person.undo()
    assert len(person.find()) == 6


def test_uniting_is_left_by_escape(qtbot, window, empty_case):
    device_of(empty_case)
    show_from(empty_case, "+86 171 0123 8846", (A, at(9)))
    show_from(empty_case, "+86 171 0123 9999", (C, at(12)))
    person = in_the_whole_conversation(qtbot, window, empty_case, 2)
    bar = person.review.uniting
    qtbot.mouseClick(person.review.narrowed.unite_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(bar.isVisible, timeout=LONG)
    assert "两个不同的号码" in bar.label.text()
    person.press(KEYS.Key_Escape)
    assert bar.isHidden()
    assert not person.review.narrowed.isHidden()
    assert window._library.undo_stack.count() == 0


def test_a_corrected_number_leads_its_messages_to_their_conversation(qtbot, window, empty_case):
    device_of(empty_case)
    show_from(empty_case, "+86 171 0123 8846", (A, at(9)), (B, at(10)))
    show_from(empty_case, "+86 171 0123 8848", (B, at(10)), (C, at(11)), minutes=1)
    wrong = [m for m in _all(empty_case) if m.sender.key.endswith("8848")]
    person = on_the_list(qtbot, window, empty_case, 4)
    bar = person.reading.strays
    assert bar.isHidden()
    for message in wrong:
        person.go_to(message.id)
        person.press(KEYS.Key_H)
        person.reading.facts.number.edit.setText("171 0123 8846")
        person.press(KEYS.Key_Return)
        person.wait()
    qtbot.waitUntil(bar.isVisible, timeout=LONG)
    assert "171 0123 8848" in bar.label.text()
    assert "2 条" in bar.move_button.text()
    qtbot.mouseClick(bar.move_button, Qt.MouseButton.LeftButton)
    person.wait()
    qtbot.waitUntil(lambda: len(person.find()) == 3, timeout=LONG)
    qtbot.waitUntil(bar.isHidden, timeout=LONG)
    person.undo()
    assert len(person.find()) == 4


def _all(case):
    return listing.messages(case, listing.message_ids(case, MessageQuery()))
