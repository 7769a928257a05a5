"""Importing, keeping and trusting, as a person does it: real files, real engine, real case."""

from __future__ import annotations

import shutil
import zipfile
from contextlib import closing

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QPushButton

from smsdesk.domain.cases import CaseCard, ImportStatus
from smsdesk.domain.findings import Recipient
from smsdesk.domain.queries import MessageQuery
from smsdesk.gui import watcher as watcher_module
from smsdesk.gui.dialogs.about import AboutDialog
from smsdesk.gui.dialogs.case_card import CaseCardDialog
from smsdesk.gui.dialogs.custody_log import Column, CustodyLogDialog
from smsdesk.gui.dialogs.new_case import NewCaseDialog
from smsdesk.gui.dialogs.preferences import PreferencesDialog
from smsdesk.gui.folded import Folded
from smsdesk.gui.jobs import Job
from smsdesk.gui.models.import_queue import Shown
from smsdesk.resources import resource
from smsdesk.services import cases, listing, storing, watching
from smsdesk.services.jobs import Task
from smsdesk.services.packaging import export_package
from smsdesk.services.verifying import verify
from tests.gui.acts import (
    LONG,
    click,
    do_import,
    drop,
    open_case,
    start_import,
    wait_idle,
)

FIRST, SECOND = (resource("samples", name) for name in ("IMG_0412.PNG", "IMG_0437.PNG"))


@pytest.fixture
def case_window(qtbot, window, empty_case):
    """The window with an empty case open."""
    empty_case.close()
    open_case(qtbot, window, empty_case.path)
    return window


def _case(window):
    return window._library.case


def test_a_pasted_picture_becomes_an_original_with_its_source(qtbot, case_window):
    mime = QMimeData()
    picture = QImage(str(FIRST))
    mime.setImageData(picture)
    QGuiApplication.clipboard().setMimeData(mime)
    case_window.paste_action.trigger()
    qtbot.waitUntil(case_window.case_page.import_panel.isVisible, timeout=LONG)
    assert "粘贴" in case_window.case_page.import_panel.question_label.text()
    do_import(qtbot, case_window)
    (original,) = listing.originals(_case(case_window))
    assert original.source.startswith("剪贴板 ")
    kept = QImage.fromData(listing.original_bytes(_case(case_window), original.id))
    assert kept.convertToFormat(picture.format()) == picture


def test_an_empty_clipboard_says_so(case_window):
    QGuiApplication.clipboard().clear()
    case_window.paste_action.trigger()
    assert "剪贴板里没有" in case_window.bar.html


def test_an_import_is_paused_goes_on_and_more_is_dropped_meanwhile(qtbot, case_window):
    desk, tray = case_window.import_desk, case_window.tray
    drop(case_window, FIRST)
    start_import(qtbot, case_window)
    qtbot.waitUntil(tray.pause_button.isVisible)
    click(qtbot, tray.pause_button)
    assert desk.paused
    assert tray.pause_button.text() == "继续"
    drop(case_window, SECOND)  # a second import is not refused
    start_import(qtbot, case_window)
    click(qtbot, tray.pause_button)
    qtbot.waitUntil(lambda: not desk.busy, timeout=LONG)
    qtbot.waitUntil(lambda: "导入 2 张" in case_window.bar.html, timeout=LONG)
    wait_idle(qtbot, case_window)
    assert listing.summary(_case(case_window)).originals == 2
    assert not tray.pause_button.isVisible()


def test_a_person_reviews_while_pictures_are_read(qtbot, window, sample_case_path):
    open_case(qtbot, window, sample_case_path)
    page = window.case_page
    qtbot.waitUntil(lambda: page.review.reading.message is not None, timeout=LONG)
    chosen = page.view.current_id
    new = listing.summary(_case(window)).messages.new
    drop(window, resource("samples", "IMG_0412.PNG"))
    start_import(qtbot, window)
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert page.view.current_id != chosen
    after = page.view.current_id
    qtbot.waitUntil(lambda: not window.import_desk.busy, timeout=LONG)
    wait_idle(qtbot, window)
    assert listing.summary(_case(window)).messages.new == new - 1
    assert page.view.current_id == after


def test_files_set_aside_are_listed_with_reason_and_tried_again(qtbot, case_window, tmp_path):
    late = tmp_path / "late.png"
    late.write_bytes(b"no picture")
    drop(case_window, late)
    do_import(qtbot, case_window)
    tray = case_window.tray
    qtbot.waitUntil(tray.aside_button.isVisible, timeout=LONG)
    assert tray.aside_button.text() == "1 个文件待处理"
    click(qtbot, tray.aside_button)
    qtbot.waitUntil(lambda: tray.model.rowCount() == 1, timeout=LONG)
    assert "不是图片" in tray.model.index(0).data()

    click(qtbot, tray.copy_button)
    assert str(late) in QGuiApplication.clipboard().text()

    shutil.copy(FIRST, late)
    qtbot.waitUntil(tray.all_again_button.isEnabled, timeout=LONG)
    click(qtbot, tray.all_again_button)
    qtbot.waitUntil(lambda: not case_window.import_desk.busy, timeout=LONG)
    qtbot.waitUntil(lambda: not tray.aside_button.isVisible(), timeout=LONG)
    assert listing.set_aside(_case(case_window)) == []
    assert listing.summary(_case(case_window)).messages.total > 0
    qtbot.waitUntil(lambda: tray.model.count(Shown.SET_ASIDE) == 0, timeout=LONG)
    wait_idle(qtbot, case_window)


def test_thumbnails_come_only_for_rows_on_the_screen(qtbot, case_window):
    drop(case_window, FIRST)
    do_import(qtbot, case_window)
    tray = case_window.tray
    thumbnails = tray.thumbnails
    assert not thumbnails.held
    tray.toggle_button.click()
    qtbot.waitUntil(lambda: len(thumbnails.held) == 1, timeout=LONG)
    wait_idle(qtbot, case_window)


@pytest.fixture
def quick_watching(monkeypatch):
    """Look often and trust soon, so that the test need not wait."""
    monkeypatch.setattr(watcher_module, "POLL_MS", 40)
    monkeypatch.setattr(watching, "_SETTLED", 0.1)


def test_a_watched_folder_is_remembered_and_can_be_stopped(
    quick_watching, qtbot, window, empty_case, tmp_path, monkeypatch
):
    folder = tmp_path / "来自手机"
    folder.mkdir()
    path = empty_case.path
    empty_case.close()
    open_case(qtbot, window, path)
    _choose(monkeypatch, folder)
    window.watch_action.trigger()
    panel = window.case_page.import_panel
    qtbot.waitUntil(panel.isVisible, timeout=LONG)
    panel.device_box.setCurrentText("母亲的手机")
    panel.third_button.setChecked(True)
    click(qtbot, panel.start_button)
    assert "正在监视 来自手机" in window.tray.watch_label.text()

    shutil.copy(FIRST, folder / "a.png")
    qtbot.waitUntil(lambda: _imported(window) == ["a.png"], timeout=LONG)
    qtbot.waitUntil(lambda: not window.import_desk.busy, timeout=LONG)
    (device,) = cases.devices(_case(window))
    assert (device.name, device.recipient) == ("母亲的手机", Recipient.THIRD)

    window.close_case()
    qtbot.waitUntil(window.start_page.isVisible, timeout=LONG)
    assert window.watcher.folder is None
    shutil.copy(SECOND, folder / "b.png")
    open_case_while_watching(qtbot, window, path)
    qtbot.waitUntil(lambda: _imported(window) == ["a.png", "b.png"], timeout=LONG)
    qtbot.waitUntil(lambda: not window.import_desk.busy, timeout=LONG)
    statuses = {item.status for item in listing.import_lines(_case(window))}
    assert statuses == {ImportStatus.IMPORTED}  # nothing came twice

    click(qtbot, window.tray.unwatch_button)
    assert not window.tray.watch_label.isVisible()
    wait_idle(qtbot, window)
    window.close_case()
    qtbot.waitUntil(window.start_page.isVisible, timeout=LONG)
    open_case(qtbot, window, path)
    assert window.watcher.folder is None


def open_case_while_watching(qtbot, window, path):
    window.open_case(path)
    qtbot.waitUntil(lambda: window.watcher.folder is not None, timeout=LONG)


def _choose(monkeypatch, folder):
    monkeypatch.setattr(
        "smsdesk.gui.choosing.QFileDialog.getExistingDirectory",
        lambda *_arguments: str(folder),
    )


def _imported(window):
    case = _case(window)
    return sorted(original.file_name for original in listing.originals(case)) if case else []


def test_copied_files_get_a_hint_and_a_moment_by_hand(qtbot, case_window, tmp_path):
    for number in range(3):
        path = tmp_path / f"{number}.bmp"
        QImage(str(FIRST)).copy(0, number, 400, 600).save(str(path))
    drop(case_window, tmp_path)
    panel = case_window.case_page.import_panel
    qtbot.waitUntil(panel.moment_row.isVisible, timeout=LONG)
    assert "很可能是复制文件的时间" in panel.moment_label.text()
    panel.moment_check.setChecked(True)
    panel.moment_edit.setDateTime(panel.moment_edit.dateTime().addDays(-30))
    typed = panel.moment_edit.dateTime().toPython()
    do_import(qtbot, case_window)
    moments = {o.captured.at.replace(tzinfo=None) for o in listing.originals(_case(case_window))}
    assert moments == {typed.replace(second=0, microsecond=0)}


def test_files_dropped_while_the_panel_asks_are_added(qtbot, case_window):
    drop(case_window, FIRST)
    qtbot.waitUntil(case_window.case_page.import_panel.isVisible, timeout=LONG)
    drop(case_window, SECOND)
    panel = case_window.case_page.import_panel
    qtbot.waitUntil(lambda: "2 项" in panel.question_label.text(), timeout=LONG)
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    wait_idle(qtbot, case_window)
    assert listing.summary(_case(case_window)).originals == 0


def test_a_crash_in_a_job_is_one_sentence_with_a_copy_and_the_case_is_whole(
    qtbot, case_window, monkeypatch
):
    def broken(case, task):
        raise ZeroDivisionError("a bug of ours")

    monkeypatch.setattr("smsdesk.gui.trust_desk.verifying.verify", broken)
    case_window.verify_action.trigger()
    qtbot.waitUntil(case_window.bar.isVisible, timeout=LONG)
    assert "程序内部出错" in case_window.bar.html
    assert "没有丢失" in case_window.bar.html
    case_window.bar.link_activated.emit("smsdesk:copy")
    copied = QGuiApplication.clipboard().text()
    assert "ZeroDivisionError: a bug of ours" in copied
    assert "Traceback" in copied
    monkeypatch.undo()
    wait_idle(qtbot, case_window)
    assert verify(_case(case_window), Task()).ok
    assert not case_window.workbench.busy


def test_a_crash_in_an_import_leaves_the_desk_ready(qtbot, case_window, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("smsdesk.gui.import_desk.read_on", lambda *_: 1 / 0)
        drop(case_window, FIRST)
        start_import(qtbot, case_window)
        qtbot.waitUntil(lambda: not case_window.import_desk.busy, timeout=LONG)
    assert "程序内部出错" in case_window.bar.html
    wait_idle(qtbot, case_window)
    qtbot.waitUntil(case_window.tray.resume_button.isVisible, timeout=LONG)
    click(qtbot, case_window.tray.resume_button)  # the picture is stored and waits
    qtbot.waitUntil(lambda: "识别短信" in case_window.bar.html, timeout=LONG)
    wait_idle(qtbot, case_window)


def test_the_shelf_tells_progress_and_the_last_verification(qtbot, window, sample_case_path):
    open_case(qtbot, window, sample_case_path)
    window.verify_action.trigger()
    qtbot.waitUntil(lambda: not window.workbench.busy, timeout=LONG)
    assert window.case_page.verdict_button.text().startswith("完好")
    window.close_case()
    qtbot.waitUntil(window.start_page.isVisible, timeout=LONG)
    (row,) = window.start_page.rows
    assert "101 条短信" in row.progress.text()
    assert "待核对" in row.progress.text()
    assert "校验完好" in row.state.text()

    open_case(qtbot, window, sample_case_path)
    assert window.case_page.verdict_button.text().startswith("完好")


def test_a_case_that_is_gone_is_found_again_or_taken_off(
    qtbot, window, sample_case_path, tmp_path, monkeypatch
):
    open_case(qtbot, window, sample_case_path)
    window.close_case()
    qtbot.waitUntil(window.start_page.isVisible, timeout=LONG)
    moved = shutil.move(sample_case_path, tmp_path / "搬走.smscase")
    window.shelf.show()
    qtbot.waitUntil(window.start_page.rows[0].buttons.isVisible, timeout=LONG)
    monkeypatch.setattr(
        "smsdesk.gui.choosing.QFileDialog.getOpenFileName",
        lambda *_arguments: (str(moved), ""),
    )
    shelf = window.start_page.recent_list
    shelf.setFocus()
    qtbot.keyClick(shelf, Qt.Key.Key_Return)
    qtbot.waitUntil(window.case_page.isVisible, timeout=LONG)
    wait_idle(qtbot, window)
    window.close_case()
    qtbot.waitUntil(window.start_page.isVisible, timeout=LONG)
    assert [case.path for case in window._settings.recent()] == [str(moved)]
    shelf.setFocus()
    qtbot.keyClick(shelf, Qt.Key.Key_Delete)
    assert window._settings.recent() == []
    assert window.start_page.guide.isVisible()


@pytest.fixture
def package(empty_case, tmp_path, settings):
    settings.set_folder("cases", tmp_path)
    made = tmp_path / "交来的证据.zip"
    with closing(cases.open_case(empty_case.path)) as case:
        export_package(case, made, MessageQuery(), Task())
    return made


def test_an_evidence_package_that_is_dropped_is_verified_or_opened_as_a_case(
    qtbot, window, package
):
    drop(window, package)
    qtbot.waitUntil(lambda: "是证据包" in window.bar.html, timeout=LONG)
    assert window._library.case is None
    window.bar.link_activated.emit("smsdesk:verify-package")
    qtbot.waitUntil(lambda: "均与清单相符" in window.bar.html, timeout=LONG)
    drop(window, package)
    qtbot.waitUntil(lambda: "打开其中的案件" in window.bar.html, timeout=LONG)
    window.bar.link_activated.emit("smsdesk:open-package")
    qtbot.waitUntil(window.case_page.isVisible, timeout=LONG)
    assert _case(window).path == package.with_suffix(".smscase")
    wait_idle(qtbot, window)


def test_a_package_that_was_unpacked_is_verified_as_a_folder(
    qtbot, window, package, tmp_path, monkeypatch
):
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path / "解压")
    (tmp_path / "解压" / ".DS_Store").write_bytes(b"of the system")
    drop(window, tmp_path / "解压")
    qtbot.waitUntil(lambda: "校验这个证据包" in window.bar.html, timeout=LONG)
    window.bar.link_activated.emit("smsdesk:verify-package")
    qtbot.waitUntil(lambda: "均与清单相符" in window.bar.html, timeout=LONG)
    (changed,) = (tmp_path / "解压").glob("*/说明.txt")
    changed.write_bytes(b"changed")
    monkeypatch.setattr(window._chooser, "folder", lambda _title: changed.parent)
    window.verify_folder_action.trigger()
    qtbot.waitUntil(lambda: "请勿使用" in window.bar.html, timeout=LONG)
    assert "说明.txt" in window.bar.html


def test_pictures_in_a_package_can_be_imported_all_the_same(qtbot, case_window, package):
    drop(case_window, package)
    qtbot.waitUntil(lambda: "仍然导入" in case_window.bar.html, timeout=LONG)
    case_window.bar.link_activated.emit("smsdesk:import-package")
    qtbot.waitUntil(case_window.case_page.import_panel.isVisible, timeout=LONG)
    wait_idle(qtbot, case_window)


def test_a_package_that_is_chosen_to_be_opened_is_opened(qtbot, window, package, monkeypatch):
    monkeypatch.setattr(window._chooser, "case", lambda *_: package)
    window.open_action.trigger()
    qtbot.waitUntil(window.case_page.isVisible, timeout=LONG)
    wait_idle(qtbot, window)


@pytest.mark.parametrize("kind", ["word", "sheet", "json", "package"])
def test_every_kind_of_file_is_exported_from_the_menu(
    qtbot, case_window, tmp_path, monkeypatch, kind
):
    target = tmp_path / "导出"
    monkeypatch.setattr(
        "smsdesk.gui.choosing.QFileDialog.getSaveFileName", lambda *_: (str(target), "")
    )
    getattr(case_window, f"export_{kind}_action").trigger()
    qtbot.waitUntil(lambda: "已导出" in case_window.bar.html, timeout=LONG)
    (written,) = tmp_path.glob("导出.*")  # the ending comes of itself
    assert written.stat().st_size > 100
    wait_idle(qtbot, case_window)


def test_a_package_is_verified_without_being_opened(
    qtbot, window, empty_case, tmp_path, monkeypatch
):
    package = tmp_path / "交来的证据.zip"
    export_package(empty_case, package, MessageQuery(), Task())
    monkeypatch.setattr(window._chooser, "package", lambda: package)
    window.verify_package_action.trigger()
    qtbot.waitUntil(window.bar.isVisible, timeout=LONG)
    assert "均与清单相符" in window.bar.html
    assert window._library.case is None
    broken = package.with_name("坏.zip")
    with zipfile.ZipFile(package) as whole, zipfile.ZipFile(broken, "w") as copy:
        for name in whole.namelist():
            changed = b"changed" if name.endswith("说明.txt") else whole.read(name)
            copy.writestr(name, changed)
    monkeypatch.setattr(window._chooser, "package", lambda: broken)
    window.verify_package_action.trigger()
    qtbot.waitUntil(lambda: "请勿使用" in window.bar.html, timeout=LONG)
    assert "说明.txt" in window.bar.html


def test_an_archive_of_pictures_is_imported_and_not_opened(qtbot, case_window, tmp_path):
    archive = tmp_path / "截图.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(FIRST, "a.png")
    drop(case_window, archive)
    qtbot.waitUntil(case_window.case_page.import_panel.isVisible, timeout=LONG)
    assert "截图.zip" in case_window.case_page.import_panel.question_label.text()
    wait_idle(qtbot, case_window)


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("", "写明案件保存在哪里"),
        ("案件", "写完整路径"),
        ("{there}", "已有同名文件"),
        ("{there}/案件", "不能写入"),
    ],
)
def test_a_case_that_cannot_be_kept_there_is_refused_and_what_was_typed_stays(
    qtbot, window, tmp_path, where, why
):
    there = tmp_path / "there.smscase"
    there.write_bytes(b"")
    window.ask_new_case()
    dialog = window.findChild(NewCaseDialog)
    dialog.title_edit.setText("张女士")
    dialog.file_edit.setText(where.format(there=there))
    click(qtbot, dialog.create_button)
    assert dialog.isVisible()
    assert why in dialog.error_label.text()
    assert dialog.title_edit.text() == "张女士"
    dialog.reject()


def asked(page) -> list[str]:
    return [b.text() for b in page.page.findChildren(QPushButton) if b.isVisible()]


def test_an_empty_case_says_in_every_place_what_to_do_next(qtbot, case_window):
    page = case_window.case_page
    for key in ("review", "timeline", "numbers"):
        page.show_place(key)
        wait_idle(qtbot, case_window)
        qtbot.waitUntil(lambda: asked(page) == ["选择截图…"])
    page.show_place("review")
    assert not page.review.picture.isVisible()


def test_what_only_letters_need_is_folded_until_it_is_filled_in(qtbot):
    dialog = CaseCardDialog(CaseCard("案件", loan_amount="5000元"))
    qtbot.addWidget(dialog)
    dialog.show()
    shown = {f.head.text(): f.body.isVisible() for f in dialog.findChildren(Folded)}
    assert list(shown.values()) == [False, True, False]
    with qtbot.waitSignal(dialog.confirmed) as got:
        click(qtbot, dialog.save_button)
    assert got.args[0] == CaseCard("案件", loan_amount="5000元")


def test_the_first_start_shows_three_steps_and_the_sample(window):
    assert window.start_page.guide.isVisible()
    assert not window.start_page.recent_list.isVisible()
    assert window.start_page.new_button.hasFocus() or not window.isActiveWindow()


def test_the_custody_log_is_read_searched_and_copied(qtbot, window, sample_case_path):
    open_case(qtbot, window, sample_case_path)
    window.log_action.trigger()
    qtbot.waitUntil(lambda: window.findChild(CustodyLogDialog) is not None, timeout=LONG)
    dialog = window.findChild(CustodyLogDialog)
    entries = len(listing.custody(_case(window)))
    assert dialog.model.rowCount() == entries
    assert "哈希链完整" in dialog.chain_label.text()
    dialog.search_edit.setText("IMG_0427 入库")
    assert dialog.model.rowCount() == 1
    assert "IMG_0427.PNG" in dialog.model.index(0, Column.DETAILS).data()
    dialog.table.selectRow(0)
    assert '"previous_hash"' in dialog.whole.toPlainText()
    assert dialog.model.text().count("\n") == 0
    dialog.reject()


def test_settings_take_effect_and_are_remembered(qtbot, window, settings):
    window.preferences_action.trigger()
    dialog = window.findChild(PreferencesDialog)
    dialog.look_box.setCurrentIndex(2)
    assert window._theme.colours.dark
    dialog.size_box.setValue(20)
    assert settings.number("view/text_size", 0) == 20
    dialog.language_box.setCurrentIndex(1)
    assert "重新启动" in dialog.hint_label.text()
    dialog.reject()
    click(qtbot, window.tray.larger_button)
    assert settings.number("view/text_size", 0) == 21
    assert settings.text("view/language") == "en"


def test_a_long_folder_is_shown_from_both_ends_and_whole_in_the_tool_tip(
    qtbot, window, settings, tmp_path, monkeypatch
):
    kept = tmp_path / "很长的文件夹名称" / ("甲" * 40) / "云杉案件"
    kept.mkdir(parents=True)
    settings.set_folder("cases", kept)
    window.preferences_action.trigger()
    dialog = window.findChild(PreferencesDialog)
    label = dialog.folder_label
    qtbot.waitUntil(lambda: "…" in label.text(), timeout=LONG)
    assert label.text().startswith(str(kept)[:4])
    assert label.text().endswith("云杉案件")
    assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
    assert (label.toolTip(), label.accessibleName()) == (str(kept), str(kept))
    other = tmp_path / "短"
    other.mkdir()
    monkeypatch.setattr(
        "smsdesk.gui.dialogs.preferences.QFileDialog.getExistingDirectory",
        lambda _parent, _title, start: str(other) if start == str(kept) else "",
    )
    click(qtbot, dialog.choose_button)
    assert label.toolTip() == str(other)
    assert window._chooser.cases_folder == other
    dialog.reject()


def test_about_says_what_is_not_proved_and_where_data_lie(window, settings):
    window.about_action.trigger()
    text = window.findChild(AboutDialog).browser.toPlainText()
    assert "不能证明短信由谁发出" in text
    assert "不提供法律意见" in text
    assert settings.file_name in text
    assert "sqlalchemy" in text.lower()
    window.findChild(AboutDialog).reject()


def test_leaving_a_case_while_it_is_read_waits_without_freezing(qtbot, case_window):
    drop(case_window, FIRST, SECOND)
    start_import(qtbot, case_window)
    case_window.close_case()
    assert case_window.case_page.isVisible()  # the picture in work is finished first
    qtbot.waitUntil(case_window.start_page.isVisible, timeout=LONG)
    assert not case_window.import_desk.busy


def test_closing_the_window_while_pictures_are_read_loses_nothing(qtbot, case_window):
    path = _case(case_window).path
    drop(case_window, FIRST, SECOND)
    start_import(qtbot, case_window)
    qtbot.waitUntil(lambda: case_window.import_desk.progress is not None, timeout=LONG)
    case_window.close()
    case_window.close()  # impatient
    qtbot.waitUntil(lambda: not case_window.isVisible(), timeout=LONG)
    with cases.open_case(path) as case:
        assert listing.summary(case).originals == 2
        assert verify(case, Task()).ok
    assert case_window._settings.recent()[0].waiting <= 2


def test_reading_that_was_left_goes_on_when_the_case_is_opened_again(qtbot, case_window):
    path = _case(case_window).path
    drop(case_window, FIRST, SECOND)
    start_import(qtbot, case_window)
    qtbot.waitUntil(lambda: case_window.import_desk.progress is not None, timeout=LONG)
    case_window.close_case()
    qtbot.waitUntil(case_window.start_page.isVisible, timeout=LONG)
    with cases.open_case(path) as case:
        waiting = listing.summary(case).waiting
    case_window.open_case(path)
    qtbot.waitUntil(case_window.case_page.isVisible, timeout=LONG)
    if waiting:  # a quick machine may have read them all
        qtbot.waitUntil(lambda: "识别短信" in case_window.bar.html, timeout=LONG)
    wait_idle(qtbot, case_window)
    assert listing.summary(_case(case_window)).waiting == 0


def test_an_import_cut_short_while_storing_is_offered_again(qtbot, window, empty_case):
    storing.begin(empty_case, [FIRST], storing.Answers())  # and then the power went out
    empty_case.close()
    open_case(qtbot, window, empty_case.path)
    qtbot.waitUntil(lambda: "中断" in window.bar.html, timeout=LONG)
    qtbot.waitUntil(window.tray.resume_button.isVisible, timeout=LONG)
    click(qtbot, window.tray.resume_button)
    qtbot.waitUntil(lambda: "识别短信" in window.bar.html, timeout=LONG)
    qtbot.waitUntil(lambda: not window.tray.resume_button.isVisible(), timeout=LONG)
    assert listing.summary(_case(window)).originals == 1
    wait_idle(qtbot, window)


def test_a_job_pauses_and_goes_on(qtbot, window):
    steps = []

    def work(task):
        for step in range(3):
            task.step(step, 3)
            steps.append(step)

    job = Job(work)
    job.pause()
    window._library.runners.long.start(job)
    qtbot.wait(50)
    assert steps == []
    with qtbot.waitSignal(job.succeeded):
        job.resume()
    assert steps == [0, 1, 2]
    wait_idle(qtbot, window)
