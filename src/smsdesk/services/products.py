"""Make anything that leaves a case, by its kind: the one door for whoever lets a person choose."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from smsdesk.domain.cases import CaseCard
from smsdesk.domain.channels import Channel, Draft
from smsdesk.domain.products import Made, Product, Wish, ending_of, is_draft, is_pack
from smsdesk.domain.queries import MessageQuery
from smsdesk.report.pdf.book import original_anchor, original_end
from smsdesk.report.pdf.document import count_pages, page_numbers
from smsdesk.report.word.letter import respondents
from smsdesk.services import complaining, lettering
from smsdesk.services.cases import actor, now
from smsdesk.services.complaining import PackOptions, PackResult
from smsdesk.services.delivering import ExportResult, file_sha256
from smsdesk.services.exporting import PdfOptions, court_file, draft_pdf, export_pdf, pdf_notify
from smsdesk.services.formats import EXPORTERS
from smsdesk.services.jobs import Task
from smsdesk.services.masked_copies import export_masked, masked_copy
from smsdesk.storage.case_file import CaseFile


def make(case: CaseFile, product: Product, target: Path, wish: Wish, task: Task) -> Made:
    """Write *product* to *target* as wished; what can go wrong is what its own exporter says."""
    if is_draft(product):
        done = lettering.write_draft(case, Draft(product.value), target, wish.query)
        return Made(done.path, done.messages, blanks=done.blanks)
    if is_pack(product):
        options = PackOptions(wish.query, wish.limit_mb, shrink=wish.shrink)
        write = complaining.make_masked_pack if wish.masked else complaining.make_pack
        return _packed(write(case, Channel(product.value), target, options, task))
    export = EXPORTERS[ending_of(product)]
    if product is Product.PDF:
        export = partial(export_pdf, options=PdfOptions(wish.limit_mb, wish.print_size))
    if wish.masked:
        return _exported(export_masked(case, target, wish.query, task, export))
    return _exported(export(case, target, wish.query, task))


def _exported(result: ExportResult) -> Made:
    return Made(result.path, result.messages, result.of_messages, result.pages, result.volumes)


def _packed(result: PackResult) -> Made:
    left_out = tuple(f"{one.file.file_name}: {one.reason}" for one in result.left_out)
    return Made(
        result.path,
        result.messages,
        result.of_messages,
        left_out=left_out,
        blanks=result.blanks,
    )


def court_pages(case: CaseFile, query: MessageQuery, task: Task) -> int:
    """Return how many pages the court PDF (in one volume) would have, without writing it."""
    return count_pages(court_file(case, query, task), pdf_notify(task))


def exhibit_pages(case: CaseFile, task: Task) -> dict[str, tuple[int, int]]:
    """Return the first and last page of every exhibit in the court PDF of the whole case, by key.

    An exhibit that is only listed there (files that cannot be shown) has none.
    """
    content = court_file(case, MessageQuery(), task)
    anchors = page_numbers(content, pdf_notify(task))
    found: dict[str, tuple[int, int]] = {}
    for exhibit in content.plan.exhibits:
        ids = (*exhibit.originals, *(-file.id for file in exhibit.attachments))
        firsts = [anchors[name] for i in ids if (name := original_anchor(i)) in anchors]
        lasts = [anchors[name] for i in ids if (name := original_end(i)) in anchors]
        if firsts and lasts:
            found[exhibit.key] = min(firsts), max(lasts)
    return found


def copies_for(card: CaseCard) -> int:
    """Return how many copies go out: one for each opponent and one for the court."""
    return len(respondents(card)) + 1


def draft_to_look_at(case: CaseFile, folder: Path, wish: Wish, task: Task) -> Path:
    """Write the court PDF as it would be exported, in one volume, into *folder*; return its path.

    It is for looking and printing: the custody log does not mention it.
    """
    target = folder / "draft.pdf"
    options = PdfOptions(print_size=wish.print_size)
    if not wish.masked:
        draft_pdf(case, target, wish.query, task, options)
        return target
    with case.view() as work:  # what is asked for may be masked words
        only = frozenset(work.messages.ids(wish.query))
    whole = wish.query == MessageQuery()
    query = wish.query if whole else MessageQuery(only=only)
    with masked_copy(case, folder, task) as copy:
        draft_pdf(copy, target, query, task, options)
    return target


def log_print(case: CaseFile, path: Path, pages: int, copies: int) -> None:
    """Note in the custody log that a draft went to a printer: its SHA-256, pages and copies."""
    details = {"sha256": file_sha256(path), "pages": pages, "copies": copies}
    with case.work() as work:
        work.custody.append("printed", details, actor(), now())
        work.commit()
