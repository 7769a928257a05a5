"""Whole tasks as a person does them: real pictures, real engine, real case file, real PDF."""

from __future__ import annotations

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from smsdesk.domain.findings import FindingState
from smsdesk.domain.messages import ReviewState
from smsdesk.gui.app import build_window
from smsdesk.gui.dialogs.case_card import CaseCardDialog
from smsdesk.gui.dialogs.new_case import file_name_for
from smsdesk.gui.panels.views import View
from smsdesk.resources import resource
from smsdesk.services import cases, listing
from tests.gui.acts import LONG, click, open_case, start_import
from tests.gui.acts import do_import as _import
from tests.gui.acts import drop as _drop
from tests.gui.acts import make_case as _make_case
from tests.gui.acts import wait_idle as _wait_idle
from tests.ocr.paper import laid, printed

THREATS = "IMG_0427.PNG"


def _click_view(qtbot, page, view) -> None:
    row = page.views_list.item(list(View).index(view))
    where = page.views_list.visualItemRect(row).center()
    qtbot.mouseClick(page.views_list.viewport(), Qt.MouseButton.LeftButton, pos=where)


def _listed(window) -> int:
    return len(window.case_page.review.model.outline.ids)


def test_from_two_dropped_pictures_to_a_pdf(qtbot, window, tmp_path):
    page = window.case_page
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    pictures = [resource("samples", name) for name in ("IMG_0412.PNG", THREATS)]

    _drop(window, *pictures, broken)  # without a case: it is asked for first
    _make_case(qtbot, window, tmp_path / "case")
    _import(qtbot, window)
    qtbot.waitUntil(lambda: _listed(window) > 2, timeout=LONG)
    assert (tmp_path / "case.smscase").is_file()
    assert window.windowTitle() == "测试：案件 — 短信取证台"
    qtbot.waitUntil(lambda: "导入 2 张" in window.bar.html, timeout=LONG)
    assert "无法读取 1 张" in window.bar.html

    window.bar.link_activated.emit("smsdesk:set-aside")
    qtbot.waitUntil(lambda: window.tray.model.rowCount() == 1, timeout=LONG)
    row = window.tray.model.index(0).data()
    assert row.startswith("broken.png")
    assert "不是图片" in row
    window.activateWindow()  # what a window manager does when a dialog has closed
    qtbot.waitUntil(window.isActiveWindow)

    _click_view(qtbot, page, View.PROPOSED)
    _wait_idle(qtbot, window)
    proposed = page.review.model.outline.ids
    assert proposed
    qtbot.waitUntil(lambda: page.review.picture.view.original_id is not None, timeout=LONG)
    message = page.review.reading.message
    assert message.id == proposed[0]
    assert page.review.picture.name.text == THREATS
    box = message.sightings[0].box
    lit = page.review.picture.view.lit
    assert lit.left() <= box.x0
    assert lit.bottom() >= box.y1

    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    _wait_idle(qtbot, window)
    accepted = page.review.model.message(message.id)
    assert accepted.state == ReviewState.REVIEWED
    assert {f.state for f in accepted.findings} == {FindingState.CONFIRMED}
    qtbot.waitUntil(lambda: page.views.count(View.CONFIRMED) == len(accepted.findings))

    qtbot.keyClick(page.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    _wait_idle(qtbot, window)
    assert page.view.current_id == message.id
    assert page.review.reading.message.state == ReviewState.NEW
    assert {f.state for f in page.review.reading.message.findings} == {FindingState.PROPOSED}

    qtbot.keyClick(page.view, Qt.Key.Key_X)
    _wait_idle(qtbot, window)
    assert FindingState.REJECTED in {f.state for f in page.review.reading.message.findings}

    target = tmp_path / "out.pdf"
    window.export(target, page.query)
    qtbot.waitUntil(lambda: not window.workbench.busy, timeout=LONG)
    assert target.read_bytes().startswith(b"%PDF-")
    assert "已导出" in window.bar.html
    assert "在文件夹中显示" in window.bar.html


def test_a_cancelled_import_goes_on_when_the_case_is_opened_again(qtbot, window, empty_case):
    path = empty_case.path
    empty_case.close()
    open_case(qtbot, window, path)
    _drop(window, resource("samples", "IMG_0412.PNG"), resource("samples", THREATS))
    start_import(qtbot, window)
    # Storing is quick, reading is what takes the time: none is read when both are stored.
    qtbot.waitUntil(lambda: _stored(path) == 2, timeout=LONG)
    click(qtbot, window.tray.cancel_button)
    qtbot.waitUntil(lambda: "已停止" in window.bar.html, timeout=LONG)
    _wait_idle(qtbot, window)
    window.close_case()
    qtbot.waitUntil(window.start_page.isVisible, timeout=LONG)

    window.open_case(path)
    qtbot.waitUntil(lambda: "还没有识读" in window.bar.html, timeout=LONG)
    window.bar.link_activated.emit("smsdesk:resume")
    qtbot.waitUntil(lambda: "识别短信" in window.bar.html, timeout=LONG)


def _stored(path):
    with cases.open_case(path) as case:
        return listing.summary(case).originals


@pytest.fixture
def sample_window(qtbot, window, sample_case_path):
    """The window with a copy of the sample case."""
    window.open_case(sample_case_path)
    qtbot.waitUntil(lambda: _listed(window) > 50, timeout=LONG)
    _wait_idle(qtbot, window)
    return window


def test_search_and_views_narrow_the_list(qtbot, sample_window):
    page = sample_window.case_page
    whole = _listed(sample_window)
    page.search_edit.setText("幼儿园")
    qtbot.waitUntil(lambda: 0 < _listed(sample_window) < whole, timeout=LONG)
    page.search_edit.setText("没有任何短信会这样写")
    qtbot.waitUntil(lambda: page.review.list_stack.currentIndex() == 1, timeout=LONG)
    assert page.review.empty_label.text() == "这里没有符合条件的短信。"
    qtbot.mouseClick(page.review.empty_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _listed(sample_window) == whole, timeout=LONG)
    for view in (View.NIGHT, View.UNLABELLED, View.NEW):
        page.views.choose(view)
        _wait_idle(qtbot, sample_window)
        assert _listed(sample_window) == page.views.count(view)


def test_a_search_in_a_view_tells_what_the_whole_case_has(qtbot, sample_window):
    page = sample_window.case_page
    page.search_edit.setText("法院")
    page.reload()
    _wait_idle(qtbot, sample_window)
    everywhere = _listed(sample_window)
    assert page.review.found.isVisible()
    assert not page.review.found.everywhere_button.isVisible()
    _click_view(qtbot, page, View.NIGHT)
    _wait_idle(qtbot, sample_window)
    here = _listed(sample_window)
    assert here < everywhere
    assert str(here) in page.review.found.label.text()
    assert str(everywhere) in page.review.found.everywhere_button.text()
    click(qtbot, page.review.found.everywhere_button)
    _wait_idle(qtbot, sample_window)
    assert (_listed(sample_window), page.views.current) == (everywhere, View.ALL)
    _click_view(qtbot, page, View.CONFIRMED)  # where nothing is found the way out stays
    _wait_idle(qtbot, sample_window)
    assert _listed(sample_window) == 0
    assert page.review.found.everywhere_button.isVisible()
    page.search_edit.clear()
    page.reload()
    _wait_idle(qtbot, sample_window)
    assert not page.review.found.isVisible()


def test_ten_messages_are_reviewed_by_enter_alone(qtbot, sample_window):
    page = sample_window.case_page
    before = page.views.count(View.NEW)
    page.view.setFocus()
    reviewed = []
    for _ in range(10):
        qtbot.waitUntil(lambda: page.review.reading.message.id == page.view.current_id)
        reviewed.append(page.view.current_id)
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert len(set(reviewed)) == 10
    _wait_idle(qtbot, sample_window)
    qtbot.waitUntil(lambda: page.views.count(View.NEW) == before - 10, timeout=LONG)
    for _ in range(10):
        sample_window.undo()
    _wait_idle(qtbot, sample_window)
    qtbot.waitUntil(lambda: page.views.count(View.NEW) == before, timeout=LONG)
    assert page.view.current_id == reviewed[0]


def test_other_sightings_are_one_key_away(qtbot, sample_window):
    page = sample_window.case_page
    for _ in range(_listed(sample_window)):
        qtbot.waitUntil(lambda: page.review.reading.message.id == page.view.current_id)
        if len(page.review.reading.message.sightings) > 1:
            break
        page.view.step(1)
    first = page.review.picture.sighting
    qtbot.keyClick(page.view, Qt.Key.Key_BracketRight)
    assert page.review.picture.sighting.original_id != first.original_id
    wanted = page.review.picture.sighting.original_id
    qtbot.waitUntil(lambda: page.review.picture.view.original_id == wanted, timeout=LONG)
    qtbot.keyClick(page.view, Qt.Key.Key_BracketLeft)
    assert page.review.picture.sighting == first


def test_the_page_of_a_scan_is_shown_where_the_message_is(qtbot, window, tmp_path):
    page = window.case_page
    scan = tmp_path / "扫描件.pdf"
    with Image.open(resource("samples", "IMG_0412.PNG")) as image:
        shot = laid(image.convert("RGB"))
    scan.write_bytes(printed(lambda canvas: None, shot, size=(585, 1266)))

    _drop(window, scan)
    _make_case(qtbot, window, tmp_path / "case")
    _import(qtbot, window)
    qtbot.waitUntil(lambda: page.review.picture.view.page is not None, timeout=LONG)
    shown = page.review.picture.view.page
    assert (shown.index, shown.width, shown.height) == (1, 1170, 2532)
    assert page.review.picture.name.text == "第 2/2 页 · 扫描件.pdf"
    window.bar.link_activated.emit("smsdesk:set-aside")
    qtbot.waitUntil(lambda: window.tray.model.rowCount() == 1, timeout=LONG)
    assert window.tray.model.index(0).data().startswith("扫描件.pdf 第 1 页")


def test_a_message_is_parted_and_joined_again_by_undo(qtbot, sample_window):
    page = sample_window.case_page
    for _ in range(_listed(sample_window)):
        qtbot.waitUntil(lambda: page.review.reading.message.id == page.view.current_id)
        if len(page.review.reading.message.sightings) > 1:
            break
        page.view.step(1)
    joins, before = page.review.reading.joins, _listed(sample_window)
    other = page.review.reading.message.sightings[1].original_id
    picture = page.review.picture
    qtbot.waitUntil(lambda: other in picture.names, timeout=LONG)
    name = picture.names[other]
    qtbot.waitUntil(lambda: name in joins.reasons_label.text(), timeout=LONG)
    assert joins.part_button.text() == "这张截图上的是另一条"
    qtbot.mouseClick(joins.part_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _listed(sample_window) == before + 1, timeout=LONG)
    sample_window.undo()
    qtbot.waitUntil(lambda: _listed(sample_window) == before, timeout=LONG)


def test_the_case_card_can_be_changed(qtbot, sample_window):
    sample_window.card_action.trigger()
    dialog = sample_window.findChild(CaseCardDialog)
    dialog.title_edit.setText("改过的案名")
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "改过的案名" in sample_window.windowTitle(), timeout=LONG)
    assert cases.card(sample_window._library.case).title == "改过的案名"
    assert sample_window._library.undo_stack.undoText() == "修改案件卡"
    sample_window.undo()
    qtbot.waitUntil(lambda: "改过的案名" not in sample_window.windowTitle(), timeout=LONG)
    assert cases.card(sample_window._library.case).title != "改过的案名"


def test_verifying_says_so_in_the_header(qtbot, sample_window):
    sample_window.verify_action.trigger()
    qtbot.waitUntil(lambda: not sample_window.workbench.busy, timeout=LONG)
    assert sample_window.case_page.verdict_button.text().startswith("完好")
    assert "20 个原件" in sample_window.bar.html


def test_closing_the_case_leads_back_to_the_shelf(qtbot, sample_window, sample_case_path):
    sample_window.close_case()
    qtbot.waitUntil(sample_window.start_page.isVisible, timeout=LONG)
    assert sample_window.pages.currentWidget() is sample_window.start_page
    assert sample_window.start_page.recent_list.count() == 1
    assert not sample_window.export_action.isEnabled()
    sample_window.start_page.case_asked.emit(sample_case_path)
    qtbot.waitUntil(sample_window.case_page.isVisible, timeout=LONG)


def test_a_case_opens_where_it_was_left(qtbot, sample_window, sample_case_path):
    page = sample_window.case_page
    _click_view(qtbot, page, View.NEW)
    _wait_idle(qtbot, sample_window)
    for _ in range(3):
        qtbot.keyClick(page.view, Qt.Key.Key_J)
    left_at = page.view.current_id
    page.show_place("timeline")
    _wait_idle(qtbot, sample_window)
    sample_window.close_case()
    qtbot.waitUntil(sample_window.start_page.isVisible, timeout=LONG)
    open_case(qtbot, sample_window, sample_case_path)
    assert (page.places.current, page.views.current) == ("timeline", View.NEW)
    page.show_place("review")
    _wait_idle(qtbot, sample_window)
    assert page.view.current_id == left_at


def test_messages_that_a_number_led_to_are_not_where_a_case_opens(
    qtbot, sample_window, sample_case_path
):
    page = sample_window.case_page
    page.show_place("numbers")
    page.show_listed(tuple(page.review.model.outline.ids[:2]), "两条")
    _wait_idle(qtbot, sample_window)
    sample_window.close_case()
    qtbot.waitUntil(sample_window.start_page.isVisible, timeout=LONG)
    open_case(qtbot, sample_window, sample_case_path)
    assert (page.places.current, page.views.current) == ("numbers", View.ALL)


def test_a_file_that_is_no_case_gets_a_sentence_and_nothing_changes(qtbot, window, tmp_path):
    other = tmp_path / "other.smscase"
    other.write_text("no case", encoding="utf-8")
    _drop(window, other)
    qtbot.waitUntil(lambda: "这不是案件文件" in window.bar.html, timeout=LONG)
    assert other.read_text(encoding="utf-8") == "no case"
    assert window.pages.currentWidget() is window.start_page


def test_the_keys_are_told_over_the_window(qtbot, window):
    window.keys_action.trigger()
    assert window.key_sheet.isVisible()
    qtbot.keyClick(window.key_sheet, Qt.Key.Key_A)
    assert not window.key_sheet.isVisible()


def test_the_first_window_fits_its_screen(qtbot, qapp, settings, reader):
    made = build_window(qapp, settings, reader)
    qtbot.addWidget(made)
    room = made.screen().availableSize().expandedTo(made.minimumSize())
    assert made.height() < room.height()
    assert made.width() <= room.width()


def test_look_and_text_size_are_remembered(window, settings):
    window.view_menu.actions()[2].trigger()
    assert settings.text("view/look") == "dark"
    window._step_text(100)
    assert settings.number("view/text_size", 0) == 22


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("张女士与某公司", "张女士与某公司"),
        ("a/b:c?", "a b c"),
        ("  .. ", ""),
        ("字" * 100, "字" * 60),
    ],
)
def test_titles_become_file_names_that_every_system_takes(title, name):
    assert file_name_for(title) == name
