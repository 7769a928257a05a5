"""Print a finished PDF: pages drawn at the printer's resolution, in strips of bounded size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from smsdesk.domain.errors import CannotWrite
from smsdesk.services.drawing_pages import Band, PageDrawer
from smsdesk.services.jobs import Task

translate = QCoreApplication.translate

FINEST = 600
"""Dots an inch at which pages are drawn at most: print of 8 pt is sharp, and a printer of 1200 dots
would get four times the data for nothing that an eye can see."""

_Option = QPrintDialog.PrintDialogOption


@dataclass(frozen=True, slots=True)
class Printed:
    """What went to the printer: pages of one copy, and copies."""

    pages: int
    copies: int


def make_printer(copies: int) -> QPrinter:
    """Return the system's printer, set for a court file: A4, two-sided, so many copies."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    printer.setCopyCount(copies)
    printer.setCollateCopies(True)
    printer.setFullPage(True)  # pages have margins of their own
    return printer


def ask_printer(printer: QPrinter, pages: int, parent: QWidget) -> bool:
    """Let the person choose printer, pages, sides and copies in the system's own dialog."""
    dialog = QPrintDialog(printer, parent)
    dialog.setOptions(_Option.PrintToFile | _Option.PrintPageRange | _Option.PrintCollateCopies)
    dialog.setMinMax(1, pages)
    dialog.setFromTo(1, pages)
    return dialog.exec() == QDialog.DialogCode.Accepted


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """Return the pages to print, counted from 0, as the dialog left them in *printer*."""
    if printer.printRange() is not QPrinter.PrintRange.PageRange:
        return list(range(count))
    ranges = printer.pageRanges()
    return [page for page in range(count) if ranges.isEmpty() or ranges.contains(page + 1)]


def print_file(path: Path, printer: QPrinter, task: Task) -> Printed:
    """Print *path*; may run in any thread. CannotWrite if the printer takes nothing.

    A cancelled job (Cancelled) is taken back from the printer as far as it can be.
    """
    drawer = PageDrawer(path)
    pages = chosen_pages(printer, drawer.count)
    copies = printer.copyCount()
    by_hand = 1 if printer.supportsMultipleCopies() or _to_file(printer) else copies
    painter = QPainter()
    if not pages or not painter.begin(printer):
        raise CannotWrite(path=printer.outputFileName() or printer.printerName(), detail="")
    try:
        _print_pages(drawer, painter, printer, pages * by_hand, task)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return Printed(len(pages), 1 if _to_file(printer) else copies)


def _to_file(printer: QPrinter) -> bool:
    """Say whether the "printer" writes a PDF, which is one copy."""
    return printer.outputFormat() is QPrinter.OutputFormat.PdfFormat


def _print_pages(
    drawer: PageDrawer, painter: QPainter, printer: QPrinter, pages: Sequence[int], task: Task
) -> None:
    label = translate("Printing", "page {number}")
    for done, page in enumerate(pages):
        task.step(done, len(pages), label.format(number=page + 1))
        if done:
            printer.newPage()
        _print_page(drawer, page, painter, printer, task)
    task.step(len(pages), len(pages))


def _print_page(
    drawer: PageDrawer, page: int, painter: QPainter, printer: QPrinter, task: Task
) -> None:
    """Print a page as large as it is, or smaller where the paper is smaller."""
    resolution = printer.resolution()
    dots = resolution / math.ceil(resolution / FINEST)
    width, height = drawer.pixels(page, dots)
    paper = printer.pageLayout().fullRectPixels(resolution)
    scale = min(resolution / dots, paper.width() / width, paper.height() / height)
    for band in drawer.bands(page, dots):
        task.report(0, 1)
        top, bottom = round(band.top * scale), round((band.top + band.height) * scale)
        where = QRect(0, top, round(band.width * scale), bottom - top)
        painter.drawImage(where, image_of(band))


def image_of(band: Band) -> QImage:
    """Return a strip of a page as Qt draws it."""
    stride = 3 * band.width
    return QImage(band.data, band.width, band.height, stride, QImage.Format.Format_RGB888).copy()
