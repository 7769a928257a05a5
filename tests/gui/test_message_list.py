from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from smsdesk.domain.messages import Continuity, Listed
from smsdesk.domain.times import UNKNOWN_TIME
from smsdesk.gui import words
from smsdesk.gui.delegates.message_row import HEAD_HEIGHT, MessageRowDelegate
from smsdesk.gui.models.message_list import PAGE, MessageListModel, Role, gap_words
from smsdesk.gui.models.outline import RowKind, outline_of
from smsdesk.gui.panels.message_list_view import MessageListView

from .conftest import message


def listed(messages, *, gaps=True):
    """Return the outline of a list of these messages."""
    rows = (Listed(m.id, m.thread_id, m.before, m.sent.earliest, m.sent.latest) for m in messages)
    return outline_of(rows, gaps=gaps)


def _rows(outline):
    return [outline.row(number) for number in range(len(outline))]


def _kinds(outline):
    return [row.kind for row in _rows(outline)]


def test_days_head_their_messages():
    outline = listed([message(1), message(2), message(30)])
    day, text = RowKind.DAY, RowKind.MESSAGE
    assert _kinds(outline) == [day, text, text, day, text]
    assert [row.head.count for row in _rows(outline) if row.head] == [2, 1]
    assert outline.row(0).head.day == dt.date(2025, 12, 18)


def test_messages_without_a_time_stand_under_a_head_of_their_own():
    outline = listed([message(1), message(2, sent=UNKNOWN_TIME)])
    assert [row.head.day for row in _rows(outline) if row.head] == [dt.date(2025, 12, 18), None]


def test_a_gap_says_between_which_moments_of_its_thread():
    other = message(20, thread_id=2)
    after = message(60, before=Continuity.GAP)
    outline = listed([message(1), other, after])
    (gap,) = [row.gap for row in _rows(outline) if row.gap]
    days = (gap.after.date(), gap.before.date())
    assert days == (dt.date(2025, 12, 18), dt.date(2025, 12, 21))
    assert gap.how is Continuity.GAP


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (Continuity.LIKELY_CONTINUOUS, "与同一会话的上一条大概连续，待确认"),
        (Continuity.LIKELY_GAP, "与同一会话的上一条之间可能有缺口，待确认"),
        (Continuity.UNKNOWN, "与同一会话的上一条是否相连尚未判断"),
    ],
)
def test_a_message_that_may_not_follow_the_one_above_says_so(how, said):
    """Without a span of time: whether anything lies between is what is open."""
    unsure = message(60, before=how)
    outline = listed([message(1), unsure])
    (gap,) = [row.gap for row in _rows(outline) if row.gap]
    assert gap_words(gap, unsure) == f"{said}：{words.sender_name(unsure.sender)}"


def test_a_narrowed_list_claims_no_gaps():
    outline = listed([message(1), message(60, before=Continuity.GAP)], gaps=False)
    assert RowKind.GAP not in _kinds(outline)


def test_years_are_told_where_they_differ():
    assert not listed([message(1)]).spans_years
    assert listed([message(1), message(24 * 20)]).spans_years


@pytest.fixture
def messages():
    return [message(number) for number in range(1, 451)]


@pytest.fixture
def model(messages):
    """A model that gets its pages at once."""
    made = MessageListModel()
    by_id = {one.id: one for one in messages}
    made.asked = []

    def answer(ids):
        made.asked.append(ids)
        made.put([by_id[one] for one in ids])

    made.page_wanted.connect(answer, Qt.ConnectionType.QueuedConnection)
    made.set_outline(listed(messages))
    return made


def test_the_model_is_consistent(qtmodeltester, qtbot, model, messages):
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, mode)
    qtmodeltester.check(model)
    model.set_outline(listed(messages[:3]))
    assert tester.model() is model
    assert model.rowCount() == 4


def test_a_page_is_asked_for_once_and_shown_when_it_comes(qtbot, model):
    row = model.row_of(300)
    index = model.index(row)
    assert index.data(Role.MESSAGE) is None
    assert index.data(Role.MESSAGE) is None
    with qtbot.waitSignal(model.dataChanged):
        pass
    assert index.data(Role.MESSAGE).id == 300
    assert len(model.asked) == 1
    assert len(model.asked[0]) == PAGE
    assert "第300条" in index.data()


def test_only_messages_can_be_chosen(model):
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable


def test_the_view_steps_over_day_heads(qtbot, model, theme):
    view = MessageListView(model, theme)
    qtbot.addWidget(view)
    view.resize(400, 600)
    view.show()
    view.choose_first()
    chosen = [view.current_id]
    for _ in range(13):
        qtbot.keyClick(view, Qt.Key.Key_Down)
        chosen.append(view.current_id)
    assert chosen == list(range(1, 15))
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.current_id == 13
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.current_id == 450
    assert not view.step(1)


def test_the_view_reads_only_the_pages_that_show(qtbot, theme):
    many = [message(number) for number in range(1, 5001)]
    model = MessageListModel()
    model.set_outline(listed(many))
    asked = []
    model.page_wanted.connect(asked.append)
    view = MessageListView(model, theme)
    qtbot.addWidget(view)
    view.resize(400, 600)
    with qtbot.waitExposed(view):
        view.show()
    view.scrollToBottom()
    view.viewport().repaint()
    assert 1 <= len(asked) <= 4


@pytest.fixture
def view(qtbot, theme, model):
    made = MessageListView(model, theme)
    qtbot.addWidget(made)
    made.resize(400, 500)
    made.show()
    model.set_outline(model.outline)  # the view gives heads their height when a list comes
    return made


def test_the_head_of_the_day_stays_at_the_top(view, model):
    outline = model.outline
    row = outline.heads[1] + 5
    view.verticalScrollBar().setValue(view.verticalHeader().sectionPosition(row) + 10)
    assert view._head.geometry().top() == view.viewport().geometry().top()
    assert outline.head_above(view.rowAt(0)) == outline.heads[1]
    # the next day's head pushes it out
    following = view.verticalHeader().sectionPosition(outline.heads[2])
    view.verticalScrollBar().setValue(following - 10)
    assert view._head.geometry().bottom() < view.viewport().geometry().top() + 10


def test_the_head_that_stays_never_covers_the_message_chosen(view, model):
    view.choose(300)
    for _ in range(40):
        view.step(-1)
        shown = view.visualRect(view.currentIndex())
        assert shown.top() >= HEAD_HEIGHT
        assert shown.bottom() <= view.viewport().height()


def test_a_gap_tells_all_of_it_in_its_hint(qtbot):
    model = MessageListModel()
    after = message(60, before=Continuity.GAP)
    model.set_outline(listed([message(1), after]), [message(1), after])
    row = next(n for n in range(len(model.outline)) if model.outline.row(n).gap)
    hint = model.data(model.index(row), Qt.ItemDataRole.ToolTipRole)
    assert hint.startswith("此处有缺口")
    assert "12月18日" in hint
    assert "12月21日" in hint
    assert model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole) == hint


def test_a_corrected_text_is_in_doubt_no_more(qtbot, theme):
    told = MessageRowDelegate(theme)._text_mark
    doubtful = ((0, 1), (4, 5))
    assert told(message(1, doubtful=doubtful))[0] == "2 处疑字"
    assert told(message(1, doubtful=doubtful, corrected_text="改正后的正文"))[0] == "已更正"
    assert told(message(1))[0] == ""
