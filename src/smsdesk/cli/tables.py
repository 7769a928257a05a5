"""Plain lines for people: no frames, so that they can be read aloud, searched and copied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from smsdesk.cli.output import language, words
from smsdesk.domain.cases import ImportItem, ImportStatus, Original, RemovedOriginal
from smsdesk.domain.custody import CustodyEntry, canonical_json
from smsdesk.domain.findings import Finding
from smsdesk.domain.messages import Continuity, Message
from smsdesk.domain.numbers import Sender
from smsdesk.domain.screens import Direction
from smsdesk.domain.times import CHINA, CaptureMoment, Contradiction, SentTime
from smsdesk.services.importing import ImportReport
from smsdesk.services.joining import JoinReason
from smsdesk.services.listing import CaseSummary, label_name
from smsdesk.services.reading import PictureReading
from smsdesk.storage.case_file import CaseFile
from smsdesk.wording import say


def import_summary(report: ImportReport, summary: CaseSummary) -> str:
    """Say in one sentence what an import did."""
    return words(
        "imported",
        imported=len(report.with_status(ImportStatus.IMPORTED)),
        duplicates=len(report.with_status(ImportStatus.DUPLICATE)),
        set_aside=len(report.with_status(ImportStatus.SET_ASIDE)),
        messages=summary.messages.total,
        new=summary.messages.new,
    )


def removed_twin_line(case: CaseFile, item: ImportItem, twin: RemovedOriginal) -> str:
    """Say that a file equals an original that was taken out, and how to put that one back."""
    return say(
        "removals.duplicate",
        language(),
        path=item.path,
        twin=item.twin,
        at=f"{twin.removed_at.astimezone(CHINA):%Y-%m-%d %H:%M}",
        reason=twin.reason,
        case=case.path,
        sha256=twin.original.sha256[:12],
    )


def place_words(name: str, page: int | None) -> str:
    """Return a file's name, with the page (from 0) where it has several."""
    return name if page is None else f"{name} {say('terms.page', language(), number=page + 1)}"


def reading_lines(name: str, read: PictureReading) -> Iterator[str]:
    """Yield what was read from one picture."""
    yield f"{name}  {words('kind_' + read.screen.kind)}"
    for found in read.contradictions:
        yield f"  {contradiction_words(found, read.captured, read.screen.status_bar.time)}"
    for sighting in read.sightings:
        arrow = "→" if sighting.direction == Direction.OUT else "←"
        yield f"  {arrow} {sent_words(sighting.sent)}  {sender_words(sighting.sender)}"
        yield f"    {sighting.text}"


def contradiction_words(
    found: Contradiction, captured: CaptureMoment, status_clock: str | None
) -> str:
    """Say what a picture shows against the moment that is known of it."""
    at = f"{captured.at.astimezone(CHINA):%Y-%m-%d %H:%M}" if captured.at else "?"
    return say(f"terms.contradiction_{found}", language(), clock=status_clock, at=at)


def contradicted_lines(originals: Iterable[Original]) -> Iterator[str]:
    """Yield how many screenshots show another time than is known of them, and which."""
    wrong = [original for original in originals if original.contradictions]
    if wrong:
        yield words("contradicted", count=len(wrong))
    for original in wrong:
        for found in original.contradictions:
            told = contradiction_words(found, original.captured, original.status_clock)
            yield f"  {original.file_name}  {told}"


def message_lines(message: Message) -> Iterator[str]:
    """Yield one message: its head, its text, its findings."""
    arrow = "→" if message.direction == Direction.OUT else "←"
    sender = sender_words(message.sender)
    yield f"[{message.id}] {arrow} {sent_words(message.sent)}  {sender}"
    yield f"    {message.text}"
    if message.findings:
        yield "    " + "  ".join(_finding_words(finding) for finding in message.findings)


def continuity_line(message: Message) -> Iterator[str]:
    """Yield what stands above a message that does not follow the one above it in its thread."""
    if message.before not in (Continuity.START, Continuity.CONTINUOUS):
        yield joining_words(message.before)


def joining_words(key: str, **fields: object) -> str:
    """Return a sentence about joins."""
    return say(f"joining.{key}", language(), **fields)


def reason_line(reason: JoinReason, originals: Mapping[int, Original]) -> str:
    """Return why one further sighting was taken for the message."""
    ids = "、".join(map(str, reason.shared))
    parts = [joining_words("reason_shared", count=len(reason.shared), ids=ids)]
    for holds, key in (
        (reason.same_clock, "same_clock"),
        (reason.is_copy, "copy"),
        (reason.by_hand, "by_hand"),
        (reason.in_question, "in_question"),
    ):
        if holds:
            parts.append(joining_words(f"reason_{key}"))
    return f"{originals[reason.sighting.original_id].file_name}  " + "；".join(parts)


def _finding_words(finding: Finding) -> str:
    violation = finding.proposal.violation
    name = label_name(violation) if language() == "zh" else violation.value
    return f"#{name}({words('state_' + finding.state)})"


def sender_words(sender: Sender) -> str:
    """Return the number, else the name, with other readings of the number where they disagree."""
    shown = sender.number or sender.name or "?"
    if not sender.doubtful:
        return shown
    return shown + words("number_doubtful", others=" / ".join(sender.readings))


def sent_words(sent: SentTime) -> str:
    """Return a time with how it is known; a range with both its ends."""
    basis = say(f"terms.basis_{sent.basis}", language())
    if sent.earliest is None:
        return basis
    text = f"{sent.earliest.astimezone(CHINA):%Y-%m-%d %H:%M}"
    if sent.latest is not None and sent.latest != sent.earliest:
        text += f"–{sent.latest.astimezone(CHINA):%Y-%m-%d %H:%M}"
    return f"{text} {basis}"


def custody_line(entry: CustodyEntry) -> str:
    """Return one line of the log; the hash's first 12 digits are enough to compare by eye."""
    action = words("action_" + entry.action)
    at = f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S %z}"
    details = canonical_json(entry.details)
    return f"{entry.number}  {at}  {entry.actor}  {action}  {details}  {entry.hash[:12]}"
