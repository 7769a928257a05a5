"""Letters and drafts from a case: what they tell, and drafts as Word files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from smsdesk.domain.channels import Draft
from smsdesk.domain.errors import NothingToTell
from smsdesk.domain.figures import CaseFigures
from smsdesk.domain.findings import Recipient
from smsdesk.domain.messages import Message
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.screens import Direction
from smsdesk.report.labels import shown_labels
from smsdesk.report.word.drafts import DRAFTS
from smsdesk.report.word.letter import Counts, LetterContent
from smsdesk.services import listing
from smsdesk.services.delivering import ExportResult, delivered, file_sha256, log_export
from smsdesk.services.exporting import court_file
from smsdesk.services.figuring import case_figures
from smsdesk.storage.case_file import CaseFile


@dataclass(frozen=True, slots=True)
class DraftResult:
    """A finished draft, and what a person is still to fill in."""

    path: Path
    messages: int
    blanks: tuple[str, ...]


def write_draft(case: CaseFile, kind: Draft, target: Path, query: MessageQuery) -> DraftResult:
    """Write a draft about the collection messages that *query* leaves.

    NothingToTell if there are none; CannotWrite or DiskFull if the file cannot be written.
    """
    content = letter_content(case, query)
    paper = DRAFTS[kind](content)
    with delivered(target) as draft:
        paper.save(draft)
        digest = file_sha256(draft)
    court = content.court
    result = ExportResult(target, len(court.messages), court.total_messages, 0)
    log_export(case, result, digest, draft=kind.value)
    return DraftResult(target, result.messages, tuple(paper.blanks))


def letter_content(
    case: CaseFile, query: MessageQuery, *, only_labelled: bool = False
) -> LetterContent:
    """Return what a letter tells of the collection messages that *query* leaves.

    Those are the received messages that count as collection in the figures, and all that bear a
    label (*only_labelled*: these alone); parcels and verification codes are nobody's business.
    NothingToTell if there are none.
    """
    counted = case_figures(case, query)
    collection = set() if only_labelled else set(counted.figures.overall.ids)
    candidates = listing.messages(case, listing.message_ids(case, query))
    chosen = [m for m in candidates if m.id in collection or _labelled(m)]
    if not chosen:
        raise NothingToTell
    court = court_file(case, replace(query, only=frozenset(m.id for m in chosen)))
    return LetterContent(court, _counts(chosen, counted))


def _labelled(message: Message) -> bool:
    return message.direction == Direction.IN and bool(shown_labels(message))


def _counts(chosen: Sequence[Message], counted: CaseFigures) -> Counts:
    """Return the figures of the messages chosen: of the case's own figures, those of *chosen*."""
    ids = {message.id for message in chosen}
    overall = counted.figures.overall
    days = {day: len(ids.intersection(of_day)) for day, of_day in overall.days.items()}
    worst = max(days, key=lambda day: days[day], default=None)
    return Counts(
        received=len(chosen),
        numbers=len({message.sender.key for message in chosen}),
        third=sum(message.recipient == Recipient.THIRD for message in chosen),
        first=min(days, default=None),
        last=max(days, default=None),
        night=len(ids.intersection(overall.night)),
        worst_day=worst,
        worst=days[worst] if worst else 0,
    )
