from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage

from smsdesk.domain.cases import Original, Page, SourceDevice
from smsdesk.domain.findings import FindingState, Recipient
from smsdesk.domain.geometry import Box
from smsdesk.domain.messages import ReviewState
from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.times import (
    CHINA,
    CaptureMoment,
    CaptureSource,
    Contradiction,
    SentTime,
    TimeBasis,
)
from smsdesk.gui import words
from smsdesk.gui.chips import Chip
from smsdesk.gui.clipboard import Incoming
from smsdesk.gui.panels.editable_fact import EditableFact
from smsdesk.gui.panels.finding_card import FindingCard
from smsdesk.gui.panels.import_panel import ImportPanel
from smsdesk.gui.panels.message_text import MessageText
from smsdesk.gui.panels.reading_panel import ReadingPanel
from smsdesk.gui.picture_view import BUBBLES, PictureView
from smsdesk.gui.pictures import STRIP, PictureCache, decode
from smsdesk.gui.theme import Look
from smsdesk.resources import resource
from tests.ocr.paper import laid, printed

from .conftest import NOON, finding, message


@pytest.fixture(scope="module")
def scroll():
    """A stitched screenshot that is higher than one strip."""
    data = resource("samples", "IMG_0455.PNG").read_bytes()
    return decode(Page(1, 0, 1170, 8214), data)


def test_a_long_picture_is_cut_into_strips_without_loss(scroll):
    whole = QImage(str(resource("samples", "IMG_0455.PNG")))
    (_, strips), *_ = scroll.levels
    assert [strip.top for strip in strips] == [0, STRIP, 2 * STRIP, 3 * STRIP, 4 * STRIP]
    assert sum(strip.height for strip in strips) == scroll.height == 8214
    for y in (0, STRIP - 1, STRIP, 8213):
        strip = strips[y // STRIP]
        assert strip.image.pixelColor(600, y - strip.top) == whole.pixelColor(600, y)


def test_what_qt_sees_in_another_way_is_decoded_as_the_engine_does():
    data = resource("samples", "IMG_0450.JPG").read_bytes()
    picture = decode(Page(1, 0, 1, 1), data)  # a size that Qt's reading is not of
    assert (picture.width, picture.height) == (1080, 2337)


def test_the_cache_forgets_the_oldest(scroll, monkeypatch):
    monkeypatch.setattr("smsdesk.gui.pictures.CACHE_BYTES", scroll.size_in_bytes * 2)
    cache = PictureCache()
    for number in (1, 2, 3):
        cache.put(dataclasses.replace(scroll, page=Page(1, number, 1170, 8214)))
    kept = [cache.get(Page(1, number, 1170, 8214)) is not None for number in (1, 2, 3)]
    assert kept == [False, True, True]


def test_each_page_of_a_document_is_decoded_as_the_engine_sees_it():
    ground = [Image.new("RGB", (60, 90), colour) for colour in ("red", "blue")]
    data = printed(*[laid(image) for image in ground], size=(30, 45))
    for index, colour in enumerate(("red", "blue")):
        picture = decode(Page(1, index, 60, 90), data)
        assert (picture.page.index, picture.width, picture.height) == (index, 60, 90)
        assert picture.levels[0][1][0].image.pixelColor(30, 45) == QColor(colour)


@pytest.fixture
def view(qtbot, theme, scroll):
    made = PictureView(theme)
    qtbot.addWidget(made)
    made.resize(400, 600)
    made.show()
    made.show_picture(scroll, Box(100, 6000, 900, 6200))
    return made


def test_the_box_is_lit_and_in_view_and_the_rest_is_dimmed(view):
    seen = view.mapToScene(view.viewport().rect()).boundingRect()
    assert seen.contains(QRectF(100, 6000, 800, 200))
    shot = view.viewport().grab().toImage()
    ratio = shot.devicePixelRatio()

    def colour_at(x: float, y: float) -> QColor:
        point = view.mapFromScene(x, y)
        return shot.pixelColor(int(point.x() * ratio), int(point.y() * ratio))

    below, inside = view.lit.bottom() + 12, view.lit.top() + 12
    ground = colour_at(500, inside).lightness()  # the same ground as below, but lit
    assert colour_at(500, below).lightness() < ground - 10
    assert view.lit.contains(QRectF(100, 6000, 800, 200))


def test_a_picture_that_does_not_belong_to_the_message_lights_nothing(view, scroll):
    view.dim()
    assert view.lit is None
    view.show_picture(scroll, Box(100, 100, 900, 300))
    assert view.lit.contains(QRectF(100, 100, 800, 200))


def test_the_picture_stays_as_wide_as_the_view(view):
    view.fit_width()
    fitted = view.viewport().width() / 1170
    assert view.zoom == pytest.approx(fitted)
    view.resize(700, 600)
    assert view.zoom == pytest.approx(view.viewport().width() / 1170)
    assert view.zoom > fitted


def test_the_whole_width_is_seen_and_space_brings_a_message_close(view):
    whole = view.zoom
    assert whole == pytest.approx(view.viewport().width() / 1170)
    view.toggle_box_zoom()
    close = view.viewport().width() / view.lit.width()
    assert view.zoom == pytest.approx(close, rel=0.06)
    view.toggle_box_zoom()
    assert view.zoom == pytest.approx(whole)


def test_a_bubble_of_two_words_is_not_blown_up(view, scroll):
    view.toggle_box_zoom()
    view.show_picture(scroll, Box(100, 6000, 220, 6080))
    assert view.zoom == pytest.approx(view.viewport().width() / (1170 * BUBBLES))


def test_a_zoom_chosen_by_hand_holds_for_the_next_message(view, scroll):
    view.zoom_in()
    zoom = view.zoom
    view.show_picture(scroll, Box(100, 3000, 900, 3200))
    assert view.zoom == pytest.approx(zoom)
    seen = view.mapToScene(view.viewport().rect()).boundingRect()
    assert seen.contains(view.lit.center())


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(0, "0 分钟"), (59, "59 分钟"), (61, "1 小时 1 分钟"), (3012, "2 天 2 小时")],
)
def test_an_interval_is_told_by_its_two_largest_units(minutes, told):
    assert words.interval(minutes) == told


def test_a_long_name_without_spaces_leaves_its_neighbours_their_room(qtbot):
    fact = EditableFact("机构", "更正", "I", "")
    qtbot.addWidget(fact)
    fact.resize(240, 60)
    fact.show_fact("W" * 80, "W" * 80)
    fact.show()
    assert fact.minimumSizeHint().width() <= 240
    assert fact.button.geometry().right() <= 240


def _marks(text: MessageText, mark) -> str:
    """Return the characters whose format fulfils *mark*."""
    found = ""
    for position in range(text.document().characterCount() - 1):
        cursor = text.textCursor()
        cursor.setPosition(position)
        cursor.setPosition(position + 1, cursor.MoveMode.KeepAnchor)
        if mark(cursor.charFormat()):
            found += cursor.selectedText()
    return found


def test_matched_and_doubtful_characters_are_marked_after_an_emoji(qtbot, theme):
    text = MessageText(theme)
    qtbot.addWidget(text)
    text.show_text("😀再不还款", [(1, 3)], [(4, 5)])
    lit = QColor(theme.colours.match)
    assert _marks(text, lambda form: form.background().color() == lit) == "再不"
    wave = "WaveUnderline"
    assert _marks(text, lambda form: form.underlineStyle().name == wave) == "款"


@pytest.fixture
def reading(qtbot, theme):
    made = ReadingPanel(theme)
    qtbot.addWidget(made)
    made.resize(420, 700)
    made.show()
    return made


def test_a_message_is_told_with_how_it_is_known(reading):
    reading.show_message(message(1, recipient=Recipient.THIRD))
    assert "13:00 读取（图中标签“昨天 12:00”）" in reading.facts.time.label.text()
    assert "2025年12月18日 周四" in reading.facts.time.label.text()
    assert "+86 171 0123 6805" in reading.facts.number.label.text()
    assert "转售号段" in reading.facts.number.label.text()
    assert "第三人" in reading.facts.recipient.label.text()
    assert reading.text.toPlainText().startswith("第1条")
    assert reading.accept_button.text() == "无误，下一条  Enter"


def test_a_number_read_in_two_ways_is_told_with_both(reading):
    sender = dataclasses.replace(parse_sender("171 0123 6805"), readings=("+8617101236885",))
    reading.show_message(message(1, sender=sender))
    assert "171 0123 6805" in reading.facts.number.label.text()
    assert "号码存疑，另读作 +8617101236885，请与原图核对" in reading.facts.number.label.text()
    assert reading._theme.colours.doubt in reading.facts.number.label.text()


def test_a_sender_is_shown_as_it_is_written(reading):
    reading.show_message(message(1, sender=parse_sender("<b>张三</b> & Co")))
    assert "&amp; Co" in reading.facts.number.label.text()


def test_a_picture_that_contradicts_its_moment_is_told_in_words():
    captured = CaptureMoment(NOON, CaptureSource.FILE_TIME)
    whole = Original(1, "", "", 0, "image/png", "a", "a", 9, 9, None, None, captured, NOON, 1)
    assert words.contradicted(whole) == ""
    wrong = dataclasses.replace(whole, status_clock="03:07", contradictions=(Contradiction.CLOCK,))
    assert words.contradicted(wrong) == "状态栏时钟 03:07 与截图时间 2025年12月18日 周四 12:00 不符"


def test_a_cut_off_message_is_said_to_be_incomplete(reading):
    whole = message(1)
    clipped = dataclasses.replace(whole.sightings[0], clipped=True)
    reading.show_message(dataclasses.replace(whole, sightings=(clipped,)))
    assert "不完整" in reading.caveat_label.text()


def test_repairs_are_told_with_what_the_engine_read(reading):
    whole = message(1)
    repaired = dataclasses.replace(whole.sightings[0], raw_text=whole.text.replace("，", ","))
    reading.show_message(dataclasses.replace(whole, sightings=(repaired,)))
    assert "已修正 1 处" in reading.caveat_label.text()
    assert "<s>,</s><u>，</u>" in reading.caveat_label.toolTip()
    reading.show_message(whole)
    assert reading.caveat_label.toolTip() == ""


def test_a_correction_is_shown_beside_what_the_machine_read(reading):
    reading.show_message(message(1, text="明天到期", corrected_text="今天到期"))
    assert reading.text.toPlainText() == "今天到期"
    assert "<s>明</s><u>今</u>天到期" in reading.machine_label.text()


def test_the_first_proposal_is_the_one_that_keys_act_on(reading):
    findings = (finding(1, 1, FindingState.CONFIRMED), finding(2, 1), finding(3, 1))
    reading.show_message(message(1, findings=findings))
    assert reading.current_finding.id == 2
    assert reading.accept_button.text() == "确认 2 处，下一条  Enter"
    cards = {card.finding.id: card for card in reading._cards}
    assert cards[2].reject_button.text() == "排除  X"
    assert cards[3].reject_button.text() == "排除"
    assert cards[1].confirm_button.isHidden()
    assert cards[2].matched_label.text() == "命中：“再不还款”"


def test_a_decision_goes_out_as_a_signal(qtbot, reading):
    reading.show_message(message(1, findings=(finding(7, 1),)))
    with qtbot.waitSignal(reading.decided) as got:
        qtbot.mouseClick(reading._cards[0].reject_button, Qt.MouseButton.LeftButton)
    assert got.args == [7, FindingState.REJECTED]


def unfold(qtbot, card):
    qtbot.mouseClick(card.provisions_button, Qt.MouseButton.LeftButton)
    assert "民法典" in card.provisions_label.text()


def test_provisions_stay_unfolded_while_their_finding_is_shown(qtbot, reading, theme):
    first = finding(1, 1, FindingState.CONFIRMED, provisions=("civil-code-1024",))
    second = finding(2, 1, provisions=("civil-code-1032",))
    reading.show_message(message(1, findings=(second, first)))
    unfold(qtbot, next(card for card in reading._cards if card.finding.id == 2))
    theme.choose(Look.DARK)
    assert {card.finding.id: card.is_unfolded for card in reading._cards} == {1: False, 2: True}
    decided = dataclasses.replace(second, state=FindingState.CONFIRMED)
    reading.show_message(message(1, findings=(decided, first)))
    assert {card.finding.id: card.is_unfolded for card in reading._cards} == {1: False, 2: True}
    theme.choose(Look.LIGHT)
    reading.show_message(message(2, findings=(finding(3, 2, provisions=("civil-code-1024",)),)))
    assert [card.is_unfolded for card in reading._cards] == [False]


def test_a_card_shows_nothing_of_the_finding_before(reading):
    bare = finding(2, 2, FindingState.REJECTED, reason="", spans=())
    told = finding(1, 1, provisions=("civil-code-1024",))
    reading.show_message(message(1, findings=(told, finding(3, 1))))
    reading.show_message(message(2, findings=(bare,)))
    (card,) = reading._cards
    for part in (card.reason_label, card.matched_label, card.provisions_button):
        assert part.isHidden()
    assert (card.confirm_button.isHidden(), card.reject_button.isHidden()) == (False, True)
    assert "已排除" in card.state_label.toolTip()
    assert "排除" in card.findChild(Chip).accessibleName()
    shown = [one for one in reading.findChildren(FindingCard) if not one.isHidden()]
    assert shown == [card]
    reading.show_message(message(3))
    assert all(one.isHidden() for one in reading.findChildren(FindingCard))


def test_a_reviewed_message_can_be_made_new_again(qtbot, reading):
    reading.show_message(message(1, state=ReviewState.REVIEWED))
    assert reading.state_label.text() == "已核对"
    with qtbot.waitSignal(reading.unreviewed):
        qtbot.mouseClick(reading.unreview_button, Qt.MouseButton.LeftButton)


@pytest.fixture
def panel(qtbot, settings):
    made = ImportPanel(settings)
    qtbot.addWidget(made)
    made.resize(1000, 90)
    return made


def _paths(*paths):
    return Incoming(paths)


def test_the_import_remembers_whose_phone_it_was(qtbot, panel, settings, tmp_path):
    panel.ask(_paths(tmp_path / "a.png"), [])
    assert panel.device_box.currentText() == "我的手机"
    panel.device_box.setCurrentText("母亲的手机")
    panel.third_button.click()
    panel.relation_edit.setText("母亲")
    with qtbot.waitSignal(panel.confirmed) as got:
        qtbot.keyClick(panel, Qt.Key.Key_Return)
    device = got.args[1].device
    assert (device.name, device.recipient, device.relation) == (
        "母亲的手机",
        Recipient.THIRD,
        "母亲",
    )
    panel.ask(_paths(tmp_path / "b.png"), [])
    assert panel.device_box.currentText() == "母亲的手机"
    assert panel.third_button.isChecked()


def test_a_known_phone_stays_whose_it_is(qtbot, panel, tmp_path):
    known = SourceDevice(3, "她的手机", recipient=Recipient.THIRD, relation="同事")
    panel.ask(_paths(tmp_path / "a.png", tmp_path / "b.png"), [known])
    assert panel.question_label.text() == "这 2 项来自谁的手机？"
    assert not panel.self_button.isEnabled()
    assert panel.relation_edit.text() == "同事"
    with qtbot.waitSignal(panel.confirmed) as got:
        qtbot.mouseClick(panel.start_button, Qt.MouseButton.LeftButton)
    assert got.args[1].device == known


def test_escape_leaves_without_an_import(qtbot, panel, tmp_path):
    panel.ask(_paths(tmp_path / "a.png"), [])
    with qtbot.assertNotEmitted(panel.confirmed):
        qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert panel.isHidden()


def test_times_of_other_zones_are_told_in_china():
    late = dt.datetime(2025, 12, 18, 15, 41, tzinfo=dt.UTC)
    later = dt.datetime(2025, 12, 18, 23, 58, tzinfo=CHINA)
    assert words.sent_clock(SentTime(late, late, TimeBasis.READ)) == "23:41 读取"
    assert words.sent_clock(SentTime(late, later, TimeBasis.DERIVED)) == "推算 23:41–23:58"
    assert words.sent_clock(SentTime(None, None, TimeBasis.UNKNOWN)) == "时间不明"
    assert words.sent_full(SentTime(None, later, TimeBasis.DERIVED)).startswith(
        "不晚于 2025年12月18日"
    )
    assert words.day_name(dt.date(2025, 12, 18)) == "12月18日 周四"
