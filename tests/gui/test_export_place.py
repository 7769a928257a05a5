"""Exporting, previewing and printing as a person does it: real case, real files."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from smsdesk.domain.masks import MaskState
from smsdesk.domain.missing import MissingKind, Remedy
from smsdesk.domain.pdfium import PDFIUM
from smsdesk.domain.products import Product, Wish
from smsdesk.domain.queries import MessageQuery
from smsdesk.gui.dialogs.case_card import CaseCardDialog
from smsdesk.gui.dialogs.masks import MasksDialog
from smsdesk.gui.dialogs.phones import PhonesDialog
from smsdesk.gui.panels.views import View
from smsdesk.gui.places.registry import EXHIBITS
from smsdesk.gui.printing import chosen_pages, make_printer
from smsdesk.services import cases, listing, masking
from smsdesk.services.drawing_pages import PageDrawer
from tests.gui.acts import LONG, click, open_case, wait_idle


@pytest.fixture
def place(qtbot, window, sample_case_path):
    """The export page with the sample case, reached by the button in the header."""
    open_case(qtbot, window, sample_case_path)
    click(qtbot, window.case_page.export_button)
    found = window.case_page.exporting
    qtbot.waitUntil(lambda: bool(found.missing.buttons), timeout=LONG)
    return found


@pytest.fixture
def few(qtbot, window, place):
    """The page narrowed to the messages of one view: quick to write."""
    window.case_page.views.choose(View.SPECIAL)
    wait_idle(qtbot, window)
    place.form.filter_radio.click()
    return place


@pytest.fixture
def save_as(monkeypatch, tmp_path):
    """Answer the system's question where to save with a name in *tmp_path*."""

    def answer(name: str) -> Path:
        path = tmp_path / name
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(path), "")
        )
        return path

    return answer


def done(qtbot, window):
    qtbot.waitUntil(lambda: not window.workbench.busy, timeout=LONG)


def test_it_counts_what_goes_in_and_the_pages(qtbot, window, place):
    wait_idle(qtbot, window)
    total = len(listing.message_ids(window._library.case, MessageQuery()))
    assert f"选列 {total} 条，共 {total} 条" in place.form.scope_label.text()
    assert not place.form.filter_radio.isVisible()
    assert not place.form.ticked_radio.isVisible()
    qtbot.waitUntil(lambda: "A4 纸" in place.pages_label.text(), timeout=LONG)


def test_a_very_large_file_is_not_laid_out_unasked(qtbot, window, place, monkeypatch):
    monkeypatch.setattr("smsdesk.gui.places.export.MOST_LAID_OUT", 3)
    place.refresh(MessageQuery())
    wait_idle(qtbot, window)
    assert place.pages_label.text() == "短信很多，页数在导出时计算"


def test_a_view_and_selected_messages_are_offered(qtbot, window, few):
    ids = listing.message_ids(window._library.case, MessageQuery(special=True))
    assert f"选列 {len(ids)} 条" in few.form.scope_label.text()
    window.case_page.show_everything()
    window.case_page.show_place("review")
    wait_idle(qtbot, window)
    view = window.case_page.view
    view.setCurrentIndex(view.model().index(0, 0))
    for _ in range(4):
        qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    selected = frozenset(view.selected_ids())
    assert len(selected) > 1
    click(qtbot, window.case_page.export_button)
    wait_idle(qtbot, window)
    assert few.form.all_radio.isChecked()
    few.form.ticked_radio.click()
    assert few.form.wish.query == MessageQuery(only=selected)


def test_key_messages_alone_are_offered_once_there_are_some(qtbot, window, place):
    assert not place.form.starred_radio.isVisible()
    assert not place.form.confirmed_radio.isVisible()
    window.case_page.show_place("review")
    wait_idle(qtbot, window)
    window.case_page.review.toggle_star()
    wait_idle(qtbot, window)
    click(qtbot, window.case_page.export_button)
    wait_idle(qtbot, window)
    place.form.starred_radio.click()
    assert place.form.chosen == 1
    assert place.form.wish.query == MessageQuery(starred=True)


def test_a_narrowed_pdf_is_exported_and_offered_for_printing(qtbot, window, few, save_as):
    target = save_as("部分.pdf")
    click(qtbot, few.export_button)
    done(qtbot, window)
    ids = listing.message_ids(window._library.case, MessageQuery(special=True))
    assert target.exists()
    assert f"列入 {len(ids)} 条" in window.bar.html
    assert "smsdesk:print:" in window.bar.html


def test_a_draft_names_what_is_to_be_filled_in(qtbot, window, few, save_as):
    few.choose(Product.DEMAND)
    assert not few.form.masked_box.isVisible()
    assert not few.preview_button.isVisible()
    target = save_as("函.docx")
    click(qtbot, few.export_button)
    done(qtbot, window)
    assert target.exists()
    assert "待填写" in window.bar.html


def test_an_export_is_cancelled_and_leaves_nothing(qtbot, window, place, save_as):
    target = save_as("停.pdf")
    place.export_button.click()
    qtbot.waitUntil(window.strip.isVisible, timeout=LONG)
    click(qtbot, window.strip.cancel_button)
    done(qtbot, window)
    assert not target.exists()
    assert "已停止" in window.bar.html
    assert [path.name for path in target.parent.iterdir() if ".pdf" in path.name] == []


def test_choices_are_remembered_for_the_case_and_the_product(qtbot, window, place, tmp_path):
    place.form.size_box.click()
    place.form.size_edit.setValue(25)
    place.choose(Product.POLICE)
    assert not place.form.size_box.isChecked()
    place.form.masked_box.click()
    place.choose(Product.PDF)
    assert place.form.wish == Wish(limit_mb=25)
    place.choose(Product.POLICE)
    path = window._library.case.path
    window.close_case()
    qtbot.waitUntil(window.start_page.isVisible, timeout=LONG)
    open_case(qtbot, window, path)
    assert place.product is Product.POLICE
    assert place.form.wish == Wish(masked=True)


@pytest.mark.parametrize("line", ["", "no json", "[1]", '{"size": "x", "masked": 3}'])
def test_what_is_remembered_wrongly_is_as_at_first(place, line):
    place.form.remember(line)
    assert place.form.wish == Wish()


def test_the_preview_shows_pages_when_they_are_looked_at(qtbot, window, few):
    before = listing.custody(window._library.case)
    click(qtbot, few.preview_button)
    qtbot.waitUntil(lambda: window.export_desk.preview is not None, timeout=LONG)
    preview = window.export_desk.preview
    count = PageDrawer(preview.path).count  # the preview draws meanwhile
    qtbot.waitUntil(lambda: not preview.sheet.pixmap().isNull(), timeout=LONG)
    wide = preview.sheet.pixmap().width()
    qtbot.keyClick(preview, Qt.Key.Key_PageDown)
    assert (preview.page, preview.page_box.value()) == (1, 2)
    qtbot.keyClick(preview, Qt.Key.Key_Plus)
    qtbot.waitUntil(lambda: preview.sheet.pixmap().width() > wide, timeout=LONG)
    qtbot.keyClick(preview, Qt.Key.Key_End)
    assert preview.page == count - 1
    assert not preview.next_button.isEnabled()
    qtbot.keyClick(preview, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.export_desk.preview is None, timeout=LONG)
    assert listing.custody(window._library.case) == before


def test_all_pages_are_printed_unless_a_person_says_which():
    printer = make_printer(1)
    assert chosen_pages(printer, 3) == [0, 1, 2]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setPageRanges(printer.pageRanges().fromString("1,3-9"))
    assert chosen_pages(printer, 4) == [0, 2, 3]


def test_printing_to_a_file_gives_the_pages_asked_for(qtbot, window, few, tmp_path):
    target = tmp_path / "printed.pdf"
    asked = []

    def to_file(copies):
        printer = make_printer(copies)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        printer.setResolution(150)  # quick to draw
        return printer

    def answer(printer, count, _window):
        asked.append((printer.copyCount(), count))
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setPageRanges(printer.pageRanges().fromString("2-3"))
        return True

    window.export_desk.make_printer, window.export_desk.ask_printer = to_file, answer
    click(qtbot, few.print_button)
    qtbot.waitUntil(lambda: "已送打印机" in window.bar.html, timeout=LONG)
    ((copies, count),) = asked
    assert copies == 3  # two opponents and the court
    with PDFIUM, pypdfium2.PdfDocument(target) as printed:
        assert (len(printed), count > 3) == (2, True)
        width, height = printed[0].get_size()
        assert abs(width - 595) < 2
        assert abs(height - 842) < 2
        shown = printed[1].render(scale=1).to_numpy()
        assert shown.min() < 100 < 200 < shown.mean()
    entry = listing.custody(window._library.case)[-1]
    assert (entry.action, entry.details["pages"]) == ("printed", 2)


def test_a_person_who_closes_the_printers_dialog_prints_nothing(qtbot, window, few):
    asked = []
    window.export_desk.ask_printer = lambda *question: bool(asked.append(question))
    click(qtbot, few.print_button)
    qtbot.waitUntil(lambda: bool(asked), timeout=LONG)
    done(qtbot, window)
    assert listing.custody(window._library.case)[-1].action != "printed"


def missing_button(place, kind):
    if not any(line.kind is kind for line in place.missing._lines):
        pytest.fail(f"the sample case lacks {kind}")
    if place.missing.more_button.isVisible():
        place.missing.more_button.click()
    number = [line.kind for line in place.missing._lines].index(kind)
    return place.missing.buttons[number]


def test_a_missing_line_leads_to_its_messages(qtbot, window, place):
    click(qtbot, missing_button(place, MissingKind.CHARACTERS))
    wait_idle(qtbot, window)
    review = window.case_page.review
    assert window.case_page.page is review
    wanted = listing.message_ids(window._library.case, MessageQuery(doubtful=True))
    assert sorted(review.model.outline.ids) == sorted(wanted)
    assert "存疑的字" in review.narrowed.label.text()


def test_other_lines_lead_to_the_card_and_the_exhibits(qtbot, window, place):
    lines = {line.remedy: line.kind for line in place.missing._lines}
    click(qtbot, missing_button(place, lines[Remedy.CARD]))
    dialog = window.findChild(CaseCardDialog)
    assert dialog.isVisible()
    dialog.reject()
    place.missing.asked.emit(next(n for n in place.missing._lines if n.remedy is Remedy.EXHIBITS))
    assert window.case_page.page is window.case_page.place(EXHIBITS)


def test_phones_are_described_and_their_line_goes(qtbot, window, place):
    before = cases.devices(window._library.case)
    click(qtbot, missing_button(place, MissingKind.PHONES))
    qtbot.waitUntil(lambda: window.findChild(PhonesDialog) is not None, timeout=LONG)
    dialog = window.findChild(PhonesDialog)
    for edits in dialog.edits:
        for name, edit in edits.items():
            edit.setText(edit.text() or f"某{name}")
    click(qtbot, dialog.save_button)
    wait_idle(qtbot, window)
    assert all(phone.kept_by and phone.model for phone in cases.devices(window._library.case))
    assert MissingKind.PHONES not in {line.kind for line in place.missing._lines}
    entry = listing.custody(window._library.case)[-1]
    assert entry.action == "device_described"
    window.undo()
    wait_idle(qtbot, window)
    assert cases.devices(window._library.case) == before
    assert MissingKind.PHONES in {line.kind for line in place.missing._lines}


def test_masks_are_lifted_added_and_kept(qtbot, window, place):
    place.form.masked_box.click()
    click(qtbot, place.form.masks_button)
    dialog = window.findChild(MasksDialog)
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() > 0, timeout=LONG)
    first = dialog.list.topLevelItem(0)
    words = first.text(0)
    first.setCheckState(0, Qt.CheckState.Unchecked)
    wait_idle(qtbot, window)
    dialog.words_edit.setText("鹿芽")
    click(qtbot, dialog.add_button)
    wait_idle(qtbot, window)
    found = {mask.words: mask.choice for mask in masking.masks(window._library.case)}
    assert found[words] is MaskState.LIFTED
    assert found["鹿芽"] is MaskState.ADDED
    shown = {dialog.list.topLevelItem(n).text(0) for n in range(dialog.list.topLevelItemCount())}
    assert shown == set(found)
    dialog.accept()
    assert window._library.undo_stack.undoText() == "遮盖“鹿芽”"
    window.undo()
    window.undo()
    wait_idle(qtbot, window)
    left = {mask.words: mask.choice for mask in masking.masks(window._library.case)}
    assert left[words] is None
    assert "鹿芽" not in left
