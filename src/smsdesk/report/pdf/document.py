"""The court PDF from its content to checked files.

The parts are laid out twice: first to learn where everything lies and how large it is, then to
draw. In between the pages are bound: into one volume, or into several of a given size.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from smsdesk.report.content import CourtFile, PdfFacts
from smsdesk.report.pdf.binding import Binding
from smsdesk.report.pdf.book import Book
from smsdesk.report.pdf.press import MB, Allowance, press, too_small
from smsdesk.report.pdf.surveying import Notify, Stage, silent, take_survey

__all__ = ["MB", "Notify", "Stage", "count_pages", "page_numbers", "write_pdf", "write_volumes"]

_ATTEMPTS = 4
"""Volumes are divided by an estimate; if one came out too large, again by what was learnt."""


def page_numbers(content: CourtFile, notify: Notify = silent) -> Mapping[str, int]:
    """Return on which page of the PDF (in one volume) each place lies, without writing it.

    Keys are the anchors of book.py (`original_anchor`, `original_end`, `message_anchor`), the keys
    of parts ("timeline") and their ends (`part_end`).
    """
    return take_survey(Book.of(content), notify).layout.anchors


def count_pages(content: CourtFile, notify: Notify = silent) -> int:
    """Return how many pages the PDF has in one volume, without writing it."""
    return take_survey(Book.of(content), notify).layout.count


def write_pdf(content: CourtFile, target: Path, notify: Notify = silent) -> PdfFacts:
    """Write *content* as one PDF to *target*, read it back, and return what it holds.

    The same content gives the same bytes. ExportMismatch if anything is missing from what was
    written; OSError if *target* cannot be written.
    """
    with press(content, target.parent, notify, in_volumes=False) as one:
        survey = one.survey()
        return one.print(Binding.single(survey.layout.count), survey, [target])


def write_volumes(
    content: CourtFile, folder: Path, limit: int, notify: Notify = silent
) -> tuple[PdfFacts, list[Path]]:
    """Write *content* into *folder* as PDFs of at most *limit* bytes each; return facts and paths.

    What fits into one file is written as one. VolumeTooSmall if a single page needs more; otherwise
    as `write_pdf`.
    """
    with press(content, folder, notify, in_volumes=True) as one:
        survey = one.survey(with_sizes=True)
        allowance = Allowance()
        for _ in range(_ATTEMPTS):
            binding = one.bind(survey, limit, allowance)
            paths = [folder / f"{volume.number:03}.pdf" for volume in binding.volumes]
            if binding.in_volumes:
                facts = one.print(binding, survey, paths)
            else:
                facts = write_pdf(content, paths[0], notify)
            sizes = [path.stat().st_size for path in paths]
            if max(sizes) <= limit:
                return facts, paths
            allowance = allowance.corrected(binding, survey, sizes)
            for path in paths:
                path.unlink()
    raise too_small(limit, max(sizes), f"第 {1 + sizes.index(max(sizes))} 卷")
